"""The words of the field as records (after FRBR and Akoma Ntoso). Frozen, picklable, without behaviour.

Dates are ``datetime.date``; instants are UTC ``datetime``. "" stands for "there is none" in a text field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

# ── the regulation ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """When a provision applies, where that differs from its being printed.

    ``state`` is ``stayed`` (printed, without force), ``future`` (promulgated, not yet in force) or ``ended``.
    ``start`` and ``end`` are the first and the last day of that state, None where the source gives none;
    ``citation`` is the act that says so (``90 FR 50857``); ``words`` is the sentence it was read from.
    """

    state: str
    start: date | None = None
    end: date | None = None
    citation: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """An addressable unit of a text, with those under it.

    ``eid`` is unique in its Expression and says the citation (``3A090.a.1``, ``744.11.c.1``); ``unit`` names the
    level (``section``, ``paragraph``, ``entry``, ``item``, ``note``, ``table``, ``row`` ...); ``num`` is the mark as
    printed (``(a)``, ``§ 744.11``, ``3A090``); ``heading`` and ``text`` are its own words, without the mark and without those of
    ``children``. Of a row the cells are joined by `` | `` in ``text``, its key being the first; a line break inside a text is a
    newline; superscripts are ``^2``, subscripts ``_2``.
    """

    eid: str
    unit: str = ""
    num: str = ""
    heading: str = ""
    text: str = ""
    children: tuple[Provision, ...] = ()
    applicability: tuple[Applicability, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """This provision and all under it, in document order, without recursion (depth is hostile input)."""
        stack = [self]
        while stack:
            provision = stack.pop()
            yield provision
            stack.extend(reversed(provision.children))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a document states of itself: ``name`` is one of ``published``, ``filed``, ``effective``, ``applicable``, ``compliance``,
    ``stayed``, ``expires``, ``comments_close``, ``signed``, ``citation``, ``docket``, ``rin``, ``agency``, ``action``, ``type``, ``cfr_part``, ``corrects``, ``url``,
    ``number``, ``abstract``; ``value`` is canonical (an ISO date, a citation); ``words`` is where it was read, "" for a field."""

    name: str
    value: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """The text of a Work in one language as it stood at a date.

    ``work`` is its path (``us/cfr/15/744/supp-4``); ``as_of`` the date of this edition by the source's own reckoning;
    ``recipe`` the reader and its version that made it (``us_ecfr/1``): only equal recipes are compared. ``kind`` is ``consolidated``
    (a text that is amended) or ``document`` (a rule, a notice, a page: itself a change when it appears). ``scope`` names the parts
    of the work that this edition prints, empty for all of it.
    """

    work: str
    as_of: date
    recipe: str
    title: str = ""
    language: str = "en"
    kind: str = "consolidated"
    provisions: tuple[Provision, ...] = ()
    facts: tuple[Fact, ...] = ()
    published: date | None = None
    scope: tuple[str, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """All provisions in document order."""
        for provision in self.provisions:
            yield from provision.walk()


# ── what a reader says of a document ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """Text of the source that no rule took: where it stands (an XPath or a line) and the text."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Text that a named rule of the profile leaves out on purpose."""

    rule: str
    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A thing a person should know of the reading: recovery from malformed markup, a guess, an odd count."""

    place: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of the bytes of one document: one Expression for each Work in it, and the account of the rest."""

    expressions: tuple[Expression, ...]
    leftovers: tuple[Leftover, ...] = ()
    discards: tuple[Discard, ...] = ()
    remarks: tuple[Remark, ...] = ()


# ── what an amending document says ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One change that an amending document *says* it makes; what was observed is a ``Change``, and comparing the two is a feature.

    ``operation`` is ``revise``, ``add``, ``remove``, ``reserve``, ``redesignate``, ``substitute`` (words for words), ``transfer``,
    ``stay``, ``delay``, ``correct``, ``keep`` (an authority citation that "continues to read") or ``unknown`` (the instruction was
    not understood and is kept as it stands). ``work`` and ``eid`` are the target as tocsin addresses it (``us/cfr/15/744/supp-4``,
    ``744.11.a.2.ii``), as far as the instruction says; ``unit`` what of it is touched (``sentence``, ``heading``, ``introductory text``,
    ``entry``, ``definition``, ``note``, ``words`` ...) and ``name`` which one; ``under`` the heading that encloses it (a country of the
    Entity List, a table). ``becomes`` is the new designation, or the words put in the place of ``name``. ``instruction`` is its number in
    the document (``4.b``), ``place`` the eid of the provision that says it, ``words`` what it says.
    """

    operation: str
    work: str = ""
    eid: str = ""
    part: str = ""
    section: str = ""
    supplement: str = ""
    appendix: str = ""
    subpart: str = ""
    eccn: str = ""
    paragraph: str = ""
    unit: str = ""
    name: str = ""
    under: str = ""
    becomes: str = ""
    effective: date | None = None
    instruction: str = ""
    place: str = ""
    words: str = ""


# ── what was fetched ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for a document: the ``url`` as it went out, its ``headers`` with names in lower case, ``body`` that of a form, "" for none.
    Credentials are masked before it is made (``archive.masking``)."""

    method: str = "GET"
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetched document. ``document`` is its stable name in the source (``title-15/part-744``, ``2026-05902``);
    ``as_of`` the edition's date; ``meta`` what the publisher's index says of it, as JSON-ready values; ``inventory``
    the number of units the publisher says it has, by unit name, None where nobody says; ``request`` what was asked, None where that is not known."""

    source: str
    document: str
    url: str
    body: bytes
    as_of: date
    fetched_at: datetime
    status: int = 200
    media_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict)
    inventory: Mapping[str, int] | None = None
    request: Request | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request, whatever came of it. ``outcome`` is ``accepted``, ``unchanged`` or the kind of the refusal."""

    source: str
    url: str
    at: datetime
    outcome: str
    status: int = 0
    reason: str = ""
    bytes: int = 0


# ── what changed ───────────────────────────────────────────────────────────────────────────────────

Operation = tuple[str, str]  # ("=" | "-" | "+", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosing:
    """A provision above a changed one, from the root down: its words govern the change."""

    eid: str
    unit: str = ""
    num: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """A quantity that moved: ``old`` and ``new`` like ``>= 4800`` ("" where it did not exist); ``direction`` is
    ``tighter``, ``looser`` or ``unknown``; ``quantity`` the words that name it, "" where none do."""

    eid: str
    quantity: str = ""
    old: str = ""
    new: str = ""
    direction: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """What a change (or a text) reaches. ``type`` is ``code``, ``series``, ``country``, ``group``, ``technology``, ``party``, ``limit`` or
    ``date``; ``id`` as the conventions write it; ``role`` heading, item, note, cross-reference, control-table, preamble, instruction;
    ``via`` inserted, deleted, enclosing, text, or ``group:D:5``; ``start`` and ``end`` the span in the text that was read."""

    type: str
    id: str
    regime: str = ""
    excluded: bool = False
    role: str = ""
    via: str = ""
    confidence: float = 1.0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One modification. ``kind`` and ``materiality`` as the conventions define them, ``reason`` says which rule decided.

    ``text_before`` and ``text_after`` are the provision's own heading and text (joined by a newline where both are), "" on the side
    where it does not exist; joining the ``=`` and ``-`` operations gives the first, ``=`` and ``+`` the second. ``carried`` pairs the eids of
    provisions that went along under it; ``path`` is what encloses it, root first, on the side that exists (after, else before).
    """

    kind: str
    materiality: str
    reason: str
    old_eid: str | None = None
    new_eid: str | None = None
    unit: str = ""
    num: str = ""
    heading: str = ""
    text_before: str = ""
    text_after: str = ""
    ops: tuple[Operation, ...] = ()
    likeness: float = 0.0
    carried: tuple[tuple[str, str], ...] = ()
    limits: tuple[LimitChange, ...] = ()
    path: tuple[Enclosing, ...] = ()
    applicability: tuple[Applicability, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """That a Work went from one capture to another; ``before_*`` is empty for a document that appeared.
    ``id`` is the hash of (work, before capture, after capture), see ``archive.identifiers``."""

    id: str
    source: str
    work: str
    before_sha256: str
    after_sha256: str
    before: date | None
    after: date
    observed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One analysis of a Transition by a named engine and version."""

    transition: Transition
    engine: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChange:
    """A Change as the archive holds it: with its id, its place, and its touches."""

    id: str
    source: str
    work: str
    title: str
    transition_id: str
    before: date | None
    after: date
    observed_at: datetime
    change: Change
    touches: tuple[Touch, ...] = ()
    facts: tuple[Fact, ...] = ()


# ── dates on which law changes by itself ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuse:
    """A date on which a text changes its meaning, or something is due, though no word changes.

    ``day`` is the first day on which it is otherwise, ``named`` the date that the source gives (the last day of a stay is the day before
    ``day``). ``sort`` says what happens: ``stay begins``, ``stay ends``, ``comes into force``, ``ends``, ``in force again``, ``date in the text``,
    or for a document ``effective``, ``applicable``, ``compliance due``, ``comments close``, ``stayed``, ``expires``. ``eid`` is the provision, "" for a document as
    such; ``act`` the citation of what says so; ``words`` the sentence that it was read from.
    """

    work: str
    eid: str
    day: date
    named: date
    sort: str
    act: str = ""
    words: str = ""


# ── who hears of it ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message that is owed to one target. ``key`` = hash of (transition, watch, target) makes a second one impossible;
    ``message_id`` is one for all watches of one person that a transition hits. ``payload`` is the rendered message as JSON."""

    key: str
    message_id: str
    transition_id: str
    watch: str
    target: str
    changes: tuple[str, ...]
    payload: str
