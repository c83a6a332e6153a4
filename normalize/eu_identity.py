"""Which work a European Union document is, of which day: by its CELEX number, its ELI, or what it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from archive.errors import UnreadableDocument
from normalize.days import iso_day
from normalize.profile import Hints

#: Sector, year, type, number, and after them a corrigendum or the day of a consolidation.
CELEX = re.compile(
    r"(?<![0-9A-Z])(?P<sector>[0-9CE])(?P<year>(?:19|20)\d\d)(?P<type>[A-Z]{1,2})(?P<number>\d{4})"
    r"(?:R\((?P<corrigendum>\d+)\)|-(?P<day>(?:19|20)\d{6}))?(?![0-9A-Z])"
)
_ELI = re.compile(
    r"/eli/(?P<type>reg|dir|dec|reco?|reg_del|reg_impl|dir_del|dir_impl|dec_del|dec_impl)/(?P<year>\d{4})/(?P<number>\d+)"
    r"(?:/(?P<day>\d{4}-\d\d-\d\d))?(?:/corrigendum/(?P<corrigendum>\d+))?"
)
_PRINTED = re.compile(
    r"(?i)\b(?P<type>regulation|directive|decision|verordnung|richtlinie|beschluss|règlement|directive|décision|verordening|richtlijn|besluit"
    r"|regolamento|direttiva|decisione|reglamento|directiva|decisión)\b[^0-9\n]{0,40}?(?P<year>(?:19|20)\d\d)/(?P<number>\d{1,5})\b"
)
_OLD_PRINTED = re.compile(
    r"(?i)\b(?P<type>regulation|verordnung|règlement|verordening|regolamento|reglamento)\b[^0-9\n]{0,30}?(?:No|Nr|n[o°])\.?\s*(?P<number>\d{1,5})/(?P<year>(?:19|20)\d\d)\b"
)
_TYPES = {"R": "reg", "L": "dir", "D": "dec", "H": "reco", "Q": "rule"}
_WORDS = {
    "reg": "regulation verordnung règlement verordening regolamento reglamento".split(),
    "dir": "directive richtlinie richtlijn direttiva directiva".split(),
    "dec": "decision beschluss décision besluit decisione decisión".split(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The work's path; the day of a consolidation, None for a text that is not one; the CELEX number, "" if unknown."""

    work: str
    consolidated: date | None = None
    celex: str = ""


def identify(hints: Hints, title: str, *, eli: str = "") -> Identity:
    """By what the caller says (meta ``celex``, the document's name, the address), else by what the document prints.

    Raises ``UnreadableDocument`` where nothing says it, or where the document prints another number than it was asked for.
    """
    printed = _from_eli(eli) or _from_title(title)
    for said in (str(hints.meta.get("celex", "")), hints.document, hints.url):
        if found := CELEX.search(said.replace("%28", "(").replace("%29", ")")):
            named = _from_celex(found)
            _check(named, printed, hints)
            return named
        if (by_eli := _from_eli(said)) is not None:
            _check(by_eli, printed, hints)
            return by_eli
    if printed is not None:
        return printed
    raise UnreadableDocument(
        "nothing says which act this is: no CELEX number, no ELI, no number in its title",
        thing=hints.thing,
        mend="Name the document by its CELEX number, such as 32024R1689",
    )


def _from_celex(found: re.Match[str]) -> Identity:
    sector, kind, number = found["sector"], found["type"], int(found["number"])
    celex = found.group()
    if sector in "30" and kind in _TYPES:
        path = f"eu/{_TYPES[kind]}/{found['year']}/{number}"
    else:
        path = f"eu/celex/{found['sector']}{found['year']}{kind}{found['number']}"
    if found["corrigendum"]:
        path += f"/corrigendum-{int(found['corrigendum'])}"
    day = found["day"] or ""
    consolidated = iso_day(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return Identity(work=path, consolidated=consolidated, celex=celex)


def _from_eli(text: str) -> Identity | None:
    found = _ELI.search(text)
    if found is None:
        return None
    path = f"eu/{found['type'].partition('_')[0]}/{found['year']}/{int(found['number'])}"
    if found["corrigendum"]:
        path += f"/corrigendum-{int(found['corrigendum'])}"
    return Identity(work=path, consolidated=iso_day(found["day"] or ""))


def _from_title(title: str) -> Identity | None:
    head = title[:200]
    found = _PRINTED.search(head) or _OLD_PRINTED.search(head)
    if found is None:
        return None
    word = found["type"].casefold()
    kind = next(kind for kind, words in _WORDS.items() if word in words)
    return Identity(work=f"eu/{kind}/{found['year']}/{int(found['number'])}")


def cited_as(title: str) -> str:
    """How an act of this title is cited: ``Regulation (EU) 2024/1689``; "" where it prints no number."""
    head = title[:200]
    found = _PRINTED.search(head) or _OLD_PRINTED.search(head)
    if found is None:
        return ""
    words = " ".join(found.group().split())
    return words[:1].upper() + words[1 : len(found["type"])].lower() + words[len(found["type"]) :]


def _check(said: Identity, printed: Identity | None, hints: Hints) -> None:
    """Another act than was asked for is never published as it. Only base acts print a number that can be compared."""
    if printed is None or "/celex/" in said.work or "/corrigendum" in said.work:
        return
    if replace(printed, celex="", consolidated=None).work != said.work:
        raise UnreadableDocument(
            f"the document is {printed.work}, but it was handed in as {said.work}",
            thing=hints.thing,
            mend="Fetch it again: this is another act than the one that was asked for",
        )
