"""How people cite what changed: a work and an address in it, in the words of its jurisdiction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from alerts.language import ENGLISH, Texts
from alerts.places import place, words
from alerts.subject import prefixes
from archive.records import Change, Enclosing, StoredChange
from archive.vocabulary.eccn import parse_code

_CFR = re.compile(r"us/cfr/(?P<title>\d+)/(?P<part>[^/]+)(?:/supp-(?P<supplement>[^/]+))?")
_SECTION = re.compile(r"(?P<section>\d+[a-z]?\.\d+[a-z]?)(?P<rest>(?:\.[0-9A-Za-z]{1,6})*)")
_APPENDIX = re.compile(r"app-[0-9A-Za-z]+")
_UNION = re.compile(
    r"(?P<sort>(?:(?:council|commission|implementing|delegated) )*(?:regulation|directive|decision)) ?(?P<number> \((?:EU|EC|EEC)\)(?: No)? \d+/\d+| \d+/\d+/(?:EU|EC|EEC))",
    re.IGNORECASE,
)
"""What an act of the European Union is cited by: its title names whom it comes from and all that it amends."""


def cite_work(work: str, title: str = "", say: Texts = ENGLISH) -> str:
    """``us/cfr/15/744/supp-4`` → ``15 CFR Part 744, Supplement No. 4``, which is cited so in every language; a paper of the Federal Register by
    its number; else the title, else the path."""
    cfr = _CFR.fullmatch(work)
    if cfr is not None:
        part = f"{cfr['title']} CFR Part {cfr['part']}"
        return f"{part}, Supplement No. {cfr['supplement']}" if cfr["supplement"] else part
    if work.startswith("us/fr/"):
        return say("Federal Register document {number}", number=work.removeprefix("us/fr/"))
    if act := _UNION.match(title) if work.startswith("eu/") else None:
        return (
            " ".join(word if word in ("No", "of") else word.capitalize() for word in act["sort"].split())
            + act["number"]
        )
    return title or work


def cite(work: str, eid: str, title: str = "", say: Texts = ENGLISH) -> str:
    """``us/cfr/15/744`` and ``744.11.c.1`` → ``15 CFR 744.11(c)(1)``; in the CCL ``3A090.a.1`` → ``… ECCN 3A090.a.1``.

    A provision without a customary citation of its own (a note, a row) is cited by the nearest above it that has one.
    """
    cited = cite_work(work, title, say)
    cfr = _CFR.fullmatch(work)
    if not eid:
        return cited
    if cfr is None:
        where = place(work, eid)
        return f"{cited}{say(', ')}{where}" if where else cited
    for above in reversed(tuple(prefixes(eid))):
        section = _SECTION.fullmatch(above)
        if section is not None and section["section"].startswith(f"{cfr['part']}."):
            marks = "".join(f"({mark})" for mark in section["rest"].split(".") if mark)
            return f"{cfr['title']} CFR {section['section']}{marks}"
        if _APPENDIX.fullmatch(above):
            return f"{cited}, Appendix {above.removeprefix('app-')}"
        if parse_code(above) == above:
            return f"{cited}, ECCN {above}"
    return cited


def spot(work: str, eid: str) -> str:
    """Where in a work something stands, without the work, to the last part of its address that says something to people: ``744.11(c), note 1``,
    ``3A090, controls``; "" where nothing of it does."""
    cfr = _CFR.fullmatch(work)
    if cfr is None:
        return place(work, eid)
    for above in reversed(tuple(prefixes(eid))):
        rest = [part for part in eid[len(above) + 1 :].split(".") if part]
        section = _SECTION.fullmatch(above)
        if section is not None and section["section"].startswith(f"{cfr['part']}."):
            marks = "".join(f"({mark})" for mark in section["rest"].split(".") if mark)
            return _with(f"{section['section']}{marks}", rest)
        if _APPENDIX.fullmatch(above):
            return _with(f"Appendix {above.removeprefix('app-')}", rest)
        if parse_code(above) == above:
            return _with(above, rest)
    own, *rest = eid.split(".")
    first, *below = rest or [""] if own == f"supp-{cfr['supplement']}" else [own, *rest]
    # Below a country stand names without blanks.
    told = takewhile(lambda part: len(part) < 5 or "-" in part, below)
    return words([first, *told]) if first else ""


def _with(above: str, rest: Sequence[str]) -> str:
    more = words(rest)
    return f"{above}{more}" if more.startswith("(") or not more else f"{above}, {more[:1].lower()}{more[1:]}"


def cite_change(stored: StoredChange, say: Texts = ENGLISH) -> str:
    """The citation of the side that exists: after, else before."""
    return cite(stored.work, stored.change.new_eid or stored.change.old_eid or "", stored.title, say)


# Units that stand inside what people look up; a unit that is none of these has a heading of its own in a message.
_SMALL = frozenset(
    "paragraph item note li list row header heading table extract text footnote footnotes citation source authority words caption"
    " stars signature graphic".split()
)


def group_of(change: Change) -> tuple[str, ...]:
    """The headings under which a message puts a change: what encloses it from the root down to the section, appendix, entry or
    country that it is in, itself included where it is one of these."""
    chain = [*change.path, Enclosing(eid="", unit=change.unit, num=change.num, heading=change.heading)]
    found = []
    for one in chain:
        if one.unit in _SMALL or (not one.eid and not one.num and not one.heading):
            break
        found.append(_label(one))
    return tuple(found)


def inside_group(change: Change) -> tuple[str, ...]:
    """The headings that enclose a change below those: ``License Requirements``; marks alone are in its citation."""
    return tuple(one.heading for one in change.path[len(group_of(change)) :] if one.heading)


def _label(one: Enclosing) -> str:
    return " ".join(part for part in (one.num, one.heading) if part).strip() or re.split("[./]", one.eid)[
        -1
    ].replace("-", " ")


def label(change: Change) -> str:
    """The heading of the changed provision, or the first cells of a row; "" where it has neither."""
    if change.unit == "row":
        cells = (change.text_after or change.text_before).split(" | ")[:2]
        return " | ".join(cell for cell in cells if cell.strip())
    return change.heading


def own_name(change: Change) -> str:
    """What the changed provision is called: its label, else its words."""
    return label(change) or " ".join((change.text_after or change.text_before).split())
