"""What an amending act of the European Union says it changes: its articles and points, read with what stands above them.

"Regulation (EU) 2021/821 is amended as follows: (1) in Article 3, paragraph 2 is replaced by the following; (2) the following Article 4a is
inserted" (Joint Practical Guide of the institutions, guideline 18). A sentence in which a word is left over is not understood. English texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from archive.records import Amendment, Expression, Provision

_ACT = re.compile(
    r"(?P<kind>Regulation|Directive|Decision|Framework Decision)\s+(?:\((?:EU|EC|EEC|Euratom|EU, Euratom)\)\s*)?(?P<no>No\s+)?(?P<first>\d{1,4})/(?P<second>\d{1,4})"
)
_WITHIN = re.compile(
    rf"\b(?:of|to)\s+(?:Council\s+|Commission\s+|European\s+Parliament\s+)?{_ACT.pattern}(?:/(?:EC|EU|EEC))?(?:\s+of\s+the\s+European\s+Parliament\s+and\s+of\s+the\s+Council)?(?:\s*\(\d+\))?,?"
)
_KINDS = {"Regulation": "reg", "Directive": "dir", "Decision": "dec", "Framework Decision": "dec_framw"}
_OPENS = re.compile(
    r"\b(?:is|are)\s+(?:hereby\s+)?amended\s+as\s+follows\b|is\s+amended\s+in\s+accordance\s+with\b"
)
_VERB = re.compile(
    r"(?:is|are)\s+(?:hereby\s+)?(?P<verb>replaced|deleted|inserted|added|amended|renumbered|repealed|corrected)\b(?P<rest>.*)",
    re.DOTALL,
)
_OPERATIONS = {
    "replaced": "revise",
    "deleted": "remove",
    "repealed": "remove",
    "inserted": "add",
    "added": "add",
    "renumbered": "redesignate",
    "corrected": "correct",
}
_REST = re.compile(
    r"(?:\s|[:;,.]|and|by|the|following|text|set|out|in|to|this|annex(?:\s+[IVXL]+)?|regulation|act|directive|decision|as|follows|accordance|with|reads?|heading|wording|"
    r"(?:new\s+)?(?:points?|paragraphs?|subparagraphs?|articles?|sentences?|indents?|entr(?:y|ies)|sections?)(?:\s+\(?[0-9a-z]{1,3}\)?)?|[‘“\"'].*)*",
    re.I | re.DOTALL,
)
_PLACE = re.compile(
    r"""(?P<article>Articles?\s+(?P<articlenumber>\d+[a-z]{0,2})(?P<levels>(?:\(\d+[a-z]?\)|\([a-z]{1,2}\))*))
      | (?P<annex>Annex(?:es)?(?:\s+(?P<roman>[IVXL]+)(?![A-Za-z]))?)
      | (?P<paragraph>paragraphs?\s+(?P<paragraphs>\(?\d+[a-z]?\)?(?:(?:,\s*|\s+and\s+|,\s+and\s+)\(?\d+[a-z]?\)?)*))
      | (?P<point>points?\s+(?P<points>\(?(?:\d+|[a-z]{1,3})\)?(?:\([a-z]{1,3}\))*(?:(?:,\s*|\s+and\s+|,\s+and\s+)\((?:\d+|[a-z]{1,3})\))*))
      | (?P<code>(?:the\s+)?(?:entry|entries|item|items)\s+(?P<codes>[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,2})*(?:(?:,\s*|\s+and\s+)[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,2})*)*))
      | (?P<part>(?:the\s+)?(?:(?P<ordinal>first|second|third|fourth|last|introductory|final)\s+)?(?P<unit>subparagraphs?|sentences?|title|heading|introductory\s+(?:wording|part|phrase)|indents?|recitals?|wording|paragraphs?|points?|articles?|words?|entr(?:y|ies)|sections?))
      | (?P<quote>[‘“"'][^’”"']*[’”"'])
      | (?P<filler>\s+|,|;|:|\bin\b|\bof\b|\bto\b|\bthe\b|\bfollowing\b|\bnew\b|\band\b|\bcontrol\b|\blist\b|\bthat\b|\bas\b|\bafter\b|\bregulation\b|\bSections?\s+[A-Z]\b|\bPart\s+[IVX]+\b)""",
    re.X | re.I,
)
_EACH = re.compile(r"\d+[a-z]?|[a-z]{1,3}(?![a-z])")
_NOT_EACH = re.compile(r"\band\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an instruction points: the act, and the levels of its address."""

    work: str = ""
    head: str = ""
    levels: tuple[str, ...] = ()

    @property
    def eid(self) -> str:
        return ".".join((self.head, *self.levels)) if self.head else ""


def european_amendments(expression: Expression) -> tuple[Amendment, ...]:
    """The amendments of an act of the Union, in its order, ``unknown`` for an instruction that was not understood; empty where no article
    says that an act "is amended"."""
    effective = next(
        (date.fromisoformat(f.value) for f in expression.facts if f.name in ("effective", "applicable")), None
    )
    found: list[Amendment] = []
    stack = [(root, _Place()) for root in reversed(expression.provisions)]
    while stack:
        provision, place = stack.pop()
        words = provision.text or provision.heading
        below = place
        if (opens := _opening(words)) is not None:
            below = opens
        elif provision.unit in ("recital", "footnote", "quotation"):
            continue
        elif not place.work and (within := _named_within(words)) is not None:
            said, _ = _read(*within, provision)
            found += [replace(one, effective=effective, words=words) for one in said]
            if said:
                continue
        elif place.work:
            said, below = _read(words, place, provision)
            found += [replace(one, effective=effective) for one in said]
            if said:
                continue  # what stands under it is the new text
        stack.extend((child, below) for child in reversed(provision.children))
    return tuple(found)


def _opening(words: str) -> _Place | None:
    """The act that the words under this sentence amend."""
    act = _ACT.search(words[:160])
    if act is None or not _OPENS.match(words[act.end() : act.end() + 60].lstrip(" /ECU,")):
        return None
    annex = re.search(r"\bAnnex(?:\s+([IVXL]+))?\s+to\s*(?:Council\s+|Commission\s+)?$", words[: act.start()])
    return _Place(work=_work_of(act), head=f"annex{annex[1] or ''}" if annex else "")


def _named_within(words: str) -> tuple[str, _Place] | None:
    """ "In Article 4(3) of Regulation (EC) No 300/2008, the following subparagraph is added": the words without the act, and the act."""
    verb = _VERB.search(words)
    act = _WITHIN.search(words, 0, verb.start()) if verb is not None else None
    if act is None:
        return None
    return f"{words[: act.start()]} {words[act.end() :]}", _Place(work=_work_of(act))


def _work_of(act: re.Match[str]) -> str:
    year, number = act["first"], act["second"]
    if act["no"] or (
        len(year) < 4 and len(number) in (2, 4)
    ):  # before 2015 the number of a regulation came first
        year, number = number, year
    year = f"19{year}" if len(year) == 2 else year
    return f"eu/{_KINDS[act['kind']]}/{year}/{int(number)}"


def _read(words: str, place: _Place, provision: Provision) -> tuple[list[Amendment], _Place]:
    """The amendments that one sentence says, and the place that holds for what stands under it."""
    hit = _VERB.search(words)
    if hit is None:
        return [], place
    common: dict[str, Any] = {
        "instruction": provision.num.strip("()."),
        "place": provision.eid,
        "words": words,
    }
    targets = _targets(words[: hit.start()], place)
    if hit["verb"] == "amended":
        if targets and re.match(r"\s+as\s+follows", hit["rest"]):
            return [], targets[0][0]
        operation = "revise" if targets and re.match(r"\s+in\s+accordance\s+with", hit["rest"]) else ""
    else:
        operation = _OPERATIONS[hit["verb"]]
    if not targets or not operation or _REST.fullmatch(hit["rest"]) is None:
        return [Amendment(operation="unknown", work=place.work, **common)], place
    becomes = ""
    if (
        operation == "revise"
        and targets[0][2]
        and (new := re.search(r"by\s+(?:the\s+words?\s+)?[‘“\"']([^’”\"']*)[’”\"']", hit["rest"]))
    ):
        operation, becomes = "substitute", new[1]
    said = [
        Amendment(
            operation=operation,
            work=_work(target),
            eid=_eid(target),
            unit=unit,
            name=name,
            becomes=becomes,
            **common,
        )
        for target, unit, name in targets
    ]
    return said, place


def _targets(words: str, place: _Place) -> list[tuple[_Place, str, str]]:
    """The places named in ``words`` with the unit and the name of what is changed there; empty where a word is none of a place."""
    found: list[_Place] = []
    unit = name = ""
    at = 0
    base = place
    while at < len(words):
        hit = _PLACE.match(words, at)
        if hit is None or hit.end() == at:
            return []
        at = hit.end()
        if hit["article"]:
            base = _Place(
                work=place.work, head=f"art{hit['articlenumber']}", levels=tuple(_EACH.findall(hit["levels"]))
            )
            found = [base]
        elif hit["annex"]:
            base = _Place(work=place.work, head=f"annex{(hit['roman'] or '').upper()}")
            found = [base]
        elif hit["paragraph"]:
            found = [replace(base, levels=(number,)) for number in _each(hit["paragraphs"])]
            base = found[0]
        elif hit["point"]:
            found = [replace(base, levels=(*base.levels, *marks)) for marks in _points(hit["points"])]
        elif hit["code"]:
            found = [
                _Place(work=base.work, head=code)
                for code in re.findall(r"[0-9][A-E][0-9]{3}[.a-z0-9]*", hit["codes"])
            ]
        elif hit["part"]:
            unit = " ".join(part for part in (hit["ordinal"], hit["unit"]) if part).lower()
        elif hit["quote"]:
            name = hit["quote"][1:-1]
            unit = "words" if unit in ("", "word", "words") else unit
    if not found and (unit or name):
        found = [base] if base.head or unit in ("title", "article", "articles") else []
    return [(one, unit, name) for one in found]


def _each(written: str) -> Iterator[str]:
    yield from _EACH.findall(_NOT_EACH.sub(" ", written))


def _points(written: str) -> Iterator[tuple[str, ...]]:
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", written):
        if marks := tuple(_EACH.findall(piece)):
            yield marks


def _work(place: _Place) -> str:
    """Annex I of the dual-use regulation is a work of its own, by its codes."""
    if place.work == "eu/reg/2021/821" and (place.head == "annexI" or re.match(r"[0-9][A-E]", place.head)):
        return f"{place.work}/annex-I"
    return place.work


def _eid(place: _Place) -> str:
    return "" if _work(place) != place.work and place.head == "annexI" else place.eid
