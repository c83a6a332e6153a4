"""The EAR's lists of parties (part 744, Supplements 4, 6 and 7): one entry a row, by country and name.

The row's address must outlive what the printer does to a row (commas, blanks, dashes, a missing full stop: 288 rows between two
weeks of July 2026), and tell apart two parties of one name. So it is the letters and digits of the country and of the first
name, and of rows that share both the one with the oldest citation keeps the plain address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from normalize.draft import Draft
from normalize.eids import key
from normalize.table import JOINT, Row, Table

if TYPE_CHECKING:
    from normalize.ecfr_flow import Context

_PARTY_COLUMN = re.compile(r"entit(?:y|ies)|listed person|name|person", re.I)
_CITATION_COLUMN = re.compile(r"citation", re.I)
_GROUP = re.compile(r"the following .*subordinate \w+ of (?P<parent>.+):\s*$", re.I | re.DOTALL)
_LABEL = re.compile(r"[^:,]{3,40}:\s*$")
_RESERVED = re.compile(r"\[reserved\]\.?", re.I)

# What ends the first name: the aliases that follow it, a line break, or the first comma that does not belong to it.
_AFTER_NAME = re.compile(
    r"\n|,?\s*\b(?:a\.?k\.?a\b|f\.?k\.?a\b|n\.?k\.?a\b|d\.?b\.?a\b|also known as|formerly known as)"
    r"|,?\s*(?:\ba\.?k\.?a\.?,\s*)?\bthe following\b|;|:\s",
    re.I,
)
_COMMA = re.compile(r",\s*")
_OF_THE_NAME = re.compile(
    r"(?:co|ltd|limited|inc|incorporated|llc|llp|lp|l\.l\.c|l\.l\.p|corp|corporation|company|s\.?a|s\.?l|s\.?r\.?l|s\.?p\.?a|"
    r"gmbh|ag|b\.?v|n\.?v|pte|pty|plc|pjsc|jsc|ojsc|cjsc|ooo|ao|oao|zao|fze|fzc|fzco|fz|dmcc|sdn|bhd|a\.?s|oy|ab|kg|se|"
    r"ltda|lda|s\.?a\.?r\.?l|e\.?k|d\.?o\.?o|kft|est|inst|jr|sr|ii|iii)\b\.?",
    re.I,
)
_ADDRESS_ONLY = re.compile(r"address\s+\d+", re.I)
_CITATION = re.compile(r"(\d{2,3})\s*FR\s*(\d{1,6})")


def is_party_list(table: Table) -> bool:
    """Whether the columns are those of a list of parties: Country, then who, and at the end the citation."""
    columns = table.columns
    return (
        len(columns) >= 3
        and columns[0].strip().casefold() == "country"
        and bool(_PARTY_COLUMN.search(columns[1]))
        and bool(_CITATION_COLUMN.search(columns[-1]))
    )


def read_party_list(rows: list[Row], table: Table, draft: Draft, context: Context) -> None:
    """Adds the countries to ``draft``, under each its entries; subordinate institutions under the group that announces them.

    Units: ``country``, ``entry``, ``group`` ("The following eight subordinate institutions of X:"), ``header`` (the label
    "Subordinate institution:"), ``row`` ("[Reserved]").
    """
    country: Draft | None = None
    group: Draft | None = None
    citations: dict[int, tuple[int, int]] = {}
    for row in rows:
        name = row.texts[0]
        if name or country is None:
            if row.spans_all:
                context.account.remark(
                    row.place, f"a row across the whole table is read as a heading: {name[:60]}"
                )
            country = Draft(segment=key(name) or "no-country", unit="country", heading=name, place=row.place)
            if not name:
                context.account.remark(row.place, "a row stands before the first country")
            draft.add(country)
            group = None
            if row.spans_all:
                continue
        party = row.texts[1] if len(row.texts) > 1 else ""
        citation = row.texts[-1]
        entry = Draft(segment="", unit="entry", text=JOINT.join(row.texts[1:]), place=row.place)
        if _RESERVED.fullmatch(party):
            entry.unit, entry.segment = "row", "reserved"
        elif announced := _GROUP.match(party) if len(party) < 500 else None:
            entry.unit, entry.segment = "group", f"group-{key(announced['parent'])}"
            country.add(entry)
            group = entry
            continue
        elif _LABEL.fullmatch(party):
            entry.unit = "header"
        else:
            entry.segment = key(first_name(party)) or key(party)
        # An institution of the group has no citation of its own, or the label above it.
        labelled = group is not None and bool(group.children) and group.children[-1].unit == "header"
        if citation and not labelled:
            group = None
        (group or country).add(entry)
        citations[id(entry)] = first_citation(citation)
    for parent in draft.walk():
        if parent.unit in ("country", "group"):
            _tell_apart(parent.children, citations)


def _tell_apart(entries: list[Draft], citations: dict[int, tuple[int, int]]) -> None:
    """Of entries of one name the oldest citation keeps the name; the others add their citation, then their address."""
    for index, entry in enumerate(entries):
        if entry.unit == "header":
            following = next((one.segment for one in entries[index + 1 :] if one.unit == "entry"), "")
            entry.segment, entry.quiet = f"label-{following}", True
    by_name: dict[str, list[Draft]] = {}
    for entry in entries:
        if entry.unit == "entry":
            by_name.setdefault(entry.segment, []).append(entry)
    for name, same in by_name.items():
        if len(same) == 1:
            continue
        oldest = min(same, key=lambda entry: citations[id(entry)])
        taken = {name}
        for entry in same:
            if entry is oldest:
                continue
            volume, page = citations[id(entry)]
            wanted = f"{name}-{volume}fr{page}" if volume < _NO_CITATION[0] else name
            where = key(address(entry.text))
            if wanted in taken:
                wanted = f"{wanted}-{where[:24]}"
            if wanted in taken:
                wanted = f"{wanted}{where[24:80]}"
            entry.segment = wanted
            taken.add(wanted)


_NO_CITATION = (10_000, 0)


def first_citation(text: str) -> tuple[int, int]:
    """Volume and page of the oldest citation: ``85 FR 51603, 8/20/20.`` → (85, 51603). Some lack every separator
    (``77 FR 231164/18/12.``); they still begin with the volume. A high number where there is none."""
    found = [(int(volume), int(page)) for volume, page in _CITATION.findall(text)]
    return min(found, default=_NO_CITATION)


def first_name(party: str) -> str:
    """The name that an entry is listed under, without aliases and address.

    >>> first_name("Aimal Bala, Inc., a.k.a., the following one alias:\\n—Imal Bala.\\n\\nKabul")
    'Aimal Bala, Inc.'
    """
    name = party[: ends.start()] if (ends := _AFTER_NAME.search(party, 2)) else party
    if _ADDRESS_ONLY.match(name):
        return party  # "Address 01, Room 1104, …, Hong Kong": the address is what is listed
    position = 0
    while comma := _COMMA.search(name, position):
        if not _OF_THE_NAME.match(name, comma.end()):
            return name[: comma.start()]
        position = comma.end()
    return name


def address(text: str) -> str:
    """What follows the first name in a row's text: aliases and address."""
    party = text.split(JOINT, 1)[0]
    return party[len(first_name(party)) :]
