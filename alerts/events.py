"""Which changes are stages of one legal act: the paper on the desk and in print, its correction, its stay, the codified text, the entries of lists.

A document number and a revision id name one paper; a RIN (5 CFR 1.5 ff., the Unified Agenda) names one rulemaking from proposal to final rule. A
citation names a page, on which several papers may begin: it ties what cites to what is cited, never two papers to each other. A docket is a
folder: two papers in one are one act only if no RIN parts them and their titles say the same. Prose cites many earlier papers; of a paper count
its own names and those that it says it corrects, stays, delays or extends, of a text or a list the citations that were inserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from alerts.events_titles import FOLLOWS, names_by_title
from archive.records import StoredChange

Name = tuple[str, str]  # (sort of name, the name)
DESK = "us/fr-desk/"
"""Where the papers on public inspection stand until they are printed."""
_PROPER = ("document", "revision", "rin")
"""The sorts of names that one act has to itself."""
_ROUTINE = re.compile(r"\d{4}-AA\d{2}")
"""RINs that an agency gives to a routine, not to a rule: 1625-AA00 to all safety zones, 2120-AA64 to all airworthiness directives."""
_CITATION = re.compile(r"\b(\d{2,3})\s+(?:FR|Fed\.\s?Reg\.)\s+(\d{1,3}(?:,\d{3})+|\d+)\b")
_RULEMAKING = re.compile(r"(\d{8,})-\d{3,5}-\d{2}")
"""A docket of Commerce: the number of the rulemaking, that of the paper, and which paper of the rulemaking it is."""
_SAME_TITLE = 85.0
"""Likeness of two titles (rapidfuzz, words as sets, 0 to 100) from which papers of one docket are one act."""
_KINDS = (
    ("corrected", re.compile(r"\bcorrect(?:ions?|ing|s|ed)\b", re.I)),
    ("stayed", re.compile(r"\b(?:stay(?:s|ed|ing)?|suspen(?:ds?|ded|sions?|ding))\b", re.I)),
    (
        "extended",
        re.compile(r"\b(?:exten(?:ds?|ded|sions?|ding)|delay(?:s|ed|ing)?|reopen(?:s|ed|ing)?)\b", re.I),
    ),
    ("withdrawn", re.compile(r"\bwithdraw(?:s|n|als?|ing)?\b", re.I)),
)
_CORRECTED = re.compile(r"[CR]\d+-(\d{4}-\d+|[A-Z]?\d+-\d+)")
"""The number that the Office of the Federal Register gives to its own correction of a paper: C1-2024-13148."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a transition says of the act behind it: the ``stage`` (``announced``, ``published``, ``corrected``, ``stayed``, ``extended``, ``withdrawn``,
    ``codified``, ``listed``), the names ``own`` to it, those of acts that it ``follows``, its title, and what it ``says`` of an act that it follows
    (``alerts.events_titles``)."""

    stage: str
    own: frozenset[Name] = frozenset()
    follows: frozenset[Name] = frozenset()
    title: str = ""
    says: str = ""

    @property
    def names(self) -> frozenset[Name]:
        """All names."""
        return self.own | self.follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act as it is known so far: its names, and the titles of its papers."""

    names: frozenset[Name]
    titles: tuple[str, ...]


def is_paper(work: str) -> bool:
    """Whether a work is a paper of the Federal Register, in print or on its desk for public inspection."""
    return work.startswith(("us/fr/", DESK))


def trace_of(stored: Sequence[StoredChange]) -> Trace:
    """The trace of one transition, of which ``stored`` are all changes (one at least)."""
    first = stored[0]
    if is_paper(first.work):
        return _of_paper(first)
    revisions = {("revision", fact.value) for one in stored for fact in one.facts if fact.name == "revision"}
    cited = {("citation", cite) for one in stored for cite in _inserted(one)}
    stays = {
        ("citation", cite)
        for one in stored
        for state in one.change.applicability
        for cite in _citations(state.citation)
    }
    listed = any(one.change.unit == "row" or one.work.endswith("/supp-4") for one in stored)
    by_list = listed and not first.work.startswith("us/cfr/")
    return Trace(
        stage="listed" if by_list else "codified",
        own=frozenset(revisions | {("part", "/".join(first.work.split("/")[:4]))}),
        follows=frozenset(cited | stays),
        title=first.title,
    )


def names_of(trace: Trace, *, opens: bool) -> frozenset[Name]:
    """The names that a transition gives to its act: its own; where it ``opens`` one also those of the one act that it follows, whose paper may
    still be to come. A citation is only ``cited`` then."""
    if not opens or len(_of(trace.follows, "citation") or _of(trace.follows, "document")) != 1:
        return trace.own
    return trace.own | {("cited" if sort == "citation" else sort, name) for sort, name in trace.follows}


def sought(trace: Trace) -> frozenset[Name]:
    """The names under which an act that the transition may be a stage of is to be looked up."""
    citations = {name for _, name in _of(trace.names, "citation")}
    by_page = {(sort, name) for sort in ("citation", "cited") for name in citations}
    return frozenset(by_page | _of(trace.names, *_PROPER, "docket"))


def narrowed(trace: Trace, acts: Sequence[Act]) -> list[int]:
    """Of several acts that a text belongs to by the pages it cites, the places of those whose papers amend its part; of all if none says so."""
    part = _of(trace.own, "part")
    amending = [at for at, act in enumerate(acts) if part & act.names]
    return amending or list(range(len(acts)))


def is_one_act(trace: Trace, act: Act) -> bool:
    """Whether a transition is a stage of an act that is known."""
    if _of(trace.names, *_PROPER) & _of(act.names, *_PROPER):
        return True
    # What cites a page and the paper printed there, whichever came first; two that cite the same page as well.
    cited = {name for _, name in _of(trace.follows, "citation")}
    if cited & {name for _, name in _of(act.names, "citation", "cited")}:
        return True
    if {name for _, name in _of(trace.own, "citation")} & {name for _, name in _of(act.names, "cited")}:
        return True
    if not _of(trace.own, "docket") & _of(act.names, "docket"):
        return False
    mine, theirs = _of(trace.own, "rin"), _of(act.names, "rin")
    if mine and theirs:  # and none in common
        return False
    return any(_says_the_same(trace.title, title) for title in act.titles)


def _of_paper(paper: StoredChange) -> Trace:
    facts: dict[str, list[str]] = {}
    for fact in paper.facts:
        facts.setdefault(fact.name, []).append(fact.value)
    own: set[Name] = {("document", paper.work.removeprefix("us/fr/").removeprefix(DESK))}
    own |= {("document", number) for number in facts.get("number", ())}
    own |= {("citation", cite) for value in facts.get("citation", ()) for cite in _citations(value)}
    own |= {("rin", rin) for rin in facts.get("rin", ()) if not _ROUTINE.fullmatch(rin)}
    own |= {("part", f"us/cfr/{part}") for part in facts.get("cfr_part", ())}
    own |= {("docket", name) for docket in facts.get("docket", ()) for name in _dockets(docket)}
    said = " ".join((paper.title, *facts.get("action", ())))
    numbers = [name for sort, name in own if sort == "document"]
    corrects = [hit[1] for number in numbers if (hit := _CORRECTED.fullmatch(number))]
    follows: set[Name] = {("document", number) for number in (*facts.get("corrects", ()), *corrects)}
    if FOLLOWS.search(said):
        of_dates = [fact.words for fact in paper.facts if fact.name in ("effective", "stayed", "expires")]
        told = (*facts.get("abstract", ()), *of_dates)
        follows |= {("citation", cite) for words in told for cite in _citations(words)}
    printed = not paper.work.startswith(DESK) and ("citation" in facts or "published" in facts)
    kind = "corrected" if corrects else "published" if printed else "announced"
    stage = next((name for name, pattern in _KINDS if pattern.search(said)), kind)
    says = names_by_title(paper.title, " ".join(facts.get("action", ())), " ".join(facts.get("abstract", ())))
    return Trace(
        stage=stage, own=frozenset(own), follows=frozenset(follows - own), title=paper.title, says=says
    )


def _dockets(docket: str) -> tuple[str, ...]:
    rulemaking = _RULEMAKING.search(docket)
    return (docket, rulemaking[1]) if rulemaking else (docket,)


def _inserted(stored: StoredChange) -> Iterator[str]:
    """The citations that have a letter in inserted words, whole even where only a number in them is new."""
    at, runs = 0, []
    for mark, text in stored.change.ops:
        if mark == "+":
            runs.append((at, at + len(text)))
        at += len(text) if mark != "-" else 0
    for hit in _CITATION.finditer(stored.change.text_after):
        if any(start < hit.end() and hit.start() < end for start, end in runs):
            yield _written(hit)


def _citations(text: str) -> Iterator[str]:
    return map(_written, _CITATION.finditer(text))


def _written(hit: re.Match[str]) -> str:
    return f"{hit[1]} FR {hit[2].replace(',', '')}"


def _of(names: Iterable[Name], *sorts: str) -> set[Name]:
    return {name for name in names if name[0] in sorts}


def _says_the_same(one: str, other: str) -> bool:
    """Whether two titles name one thing, the words of a later stage aside."""
    mine, theirs = (" ".join(FOLLOWS.sub(" ", title).casefold().split()) for title in (one, other))
    return bool(mine and theirs) and token_set_ratio(mine, theirs) >= _SAME_TITLE
