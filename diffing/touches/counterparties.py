"""A user's own counterparties beside the parties of a list: who might be meant, with a score. Candidates, never verdicts.

The list is the user's and stays with the user: it is read, compared and forgotten, and nothing of it is sent or stored. Scores are those
of rapidfuzz over the telling words of both names (legal form, accents, punctuation and script aside), 0 to 100.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from archive.errors import BadInput
from archive.vocabulary.party_names import party_key

THRESHOLD = 88.0
"""Below this score two names are not shown as candidates: measured on renamed, reordered and misspelt names of the tests."""

_NAME = ("name", "company", "counterparty", "party", "firma", "nom", "名称", "名稱", "会社名")
_ALIASES = ("aliases", "alias", "aka", "also known as")
_LEAST = 4  # letters a key must have to be compared by likeness; shorter ones only count when equal


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """One of the user's: the name, other names it goes by, and what the user calls it by (a customer number)."""

    name: str
    aliases: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """That ``listed`` may be ``counterparty``: the user's name that came nearest, and the score (0 to 100)."""

    listed: str
    counterparty: Counterparty
    matched: str
    score: float


def read_counterparties(
    text: str, *, form: str, thing: str = "the counterparties"
) -> tuple[Counterparty, ...]:
    """A user's list: ``csv`` with a column ``name`` (and ``aliases``, set apart by ``;``, and ``reference``), or ``toml`` with
    ``[[counterparty]]`` tables of the same keys. Raises ``BadInput`` with the line or the table that is wrong."""
    return _of_toml(text, thing) if form == "toml" else _of_csv(text, thing)


def candidates(
    listed: Iterable[str], counterparties: Sequence[Counterparty], *, threshold: float = THRESHOLD
) -> tuple[Candidate, ...]:
    """Who of ``counterparties`` may be meant by the names ``listed``, best first within each name."""
    names, keys, joined = _keys(tuple(counterparties))
    found = []
    for name in listed:
        key = party_key(name)
        # Two fast passes choose, the score decides: no name scores higher than in the better of the two.
        near = {
            index
            for wanted, among, scorer in (
                (key, keys, fuzz.token_set_ratio),
                (key.replace(" ", ""), joined, fuzz.ratio),
            )
            for _, _, index in process.extract_iter(wanted, among, scorer=scorer, score_cutoff=threshold)
        }
        best: dict[Counterparty, Candidate] = {}
        for index in sorted(near):
            matched, one = names[index]
            score = round(_score(key, keys[index]), 1)
            if score >= threshold and (one not in best or best[one].score < score):
                best[one] = Candidate(listed=name, counterparty=one, matched=matched, score=score)
        found += sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.counterparty.name))
    return tuple(found)


@lru_cache(maxsize=2)
def _keys(
    counterparties: tuple[Counterparty, ...],
) -> tuple[tuple[tuple[str, Counterparty], ...], tuple[str, ...], tuple[str, ...]]:
    """Each name with whose it is, its key, and the key written together: made once for a list, however many changes come."""
    names = tuple((name, one) for one in counterparties for name in (one.name, *one.aliases))
    keys = tuple(party_key(name) for name, _ in names)
    return names, keys, tuple(key.replace(" ", "") for key in keys)


def _score(one: str, other: str) -> float:
    """How alike two keys are: words in any order, words written together or apart; a name that only holds the other counts less."""
    if one == other:
        return 100.0
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    score = max(fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")), fuzz.token_sort_ratio(one, other))
    if min(len(one.split()), len(other.split())) >= 2:
        score = max(score, 0.93 * fuzz.token_set_ratio(one, other))
    return score


def _of_csv(text: str, thing: str) -> tuple[Counterparty, ...]:
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_delimiter(text))
    head = [cell.strip().casefold() for cell in next(rows, [])]
    if not head:
        raise BadInput(
            "is empty", thing=thing, mend="Give a header line with a column 'name', and a party a line"
        )
    column = next((head.index(name) for name in _NAME if name in head), None)
    if column is None:
        raise BadInput(
            f"has no column 'name' among {', '.join(head)}",
            thing=thing,
            place="line 1",
            mend="Call the column of the parties' names 'name'",
        )
    others = next((head.index(name) for name in _ALIASES if name in head), None)
    reference = head.index("reference") if "reference" in head else None
    found = []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) <= column or not cells[column]:
            raise BadInput(
                "has no name",
                thing=thing,
                place=f"line {rows.line_num}",
                mend="Give the name, or drop the line",
            )
        aliases = cells[others].split(";") if others is not None and others < len(cells) else []
        found.append(
            Counterparty(
                name=cells[column],
                aliases=tuple(alias.strip() for alias in aliases if alias.strip()),
                reference=cells[reference] if reference is not None and reference < len(cells) else "",
            )
        )
    return tuple(found)


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count) if any(mark in head for mark in ",;\t") else ","


def _of_toml(text: str, thing: str) -> tuple[Counterparty, ...]:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"is not TOML: {error}", thing=thing, mend="Correct it there") from None
    tables = said.get("counterparty")
    if not isinstance(tables, list):
        raise BadInput(
            "has no [[counterparty]]", thing=thing, mend='Write [[counterparty]] and name = "…" for each'
        )
    found = []
    for number, table in enumerate(tables, 1):
        name = table.get("name") if isinstance(table, dict) else None
        aliases = table.get("aliases", []) if isinstance(table, dict) else None
        place = f"[[counterparty]] number {number}"
        if not isinstance(name, str) or not name.strip():
            raise BadInput("has no name", thing=thing, place=place, mend='Give it a name = "…"')
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            raise BadInput(
                "aliases are no list of names", thing=thing, place=place, mend='Write aliases = ["…", "…"]'
            )
        found.append(
            Counterparty(name=name.strip(), aliases=tuple(aliases), reference=str(table.get("reference", "")))
        )
    return tuple(found)
