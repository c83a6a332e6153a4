"""From when a law is in force, as its supplementary provisions say: 附則第一条（施行期日）, with its ただし書 and its list of exceptions.

"公布の日から起算して三月を経過した日" is counted with the day of promulgation as the first, so it is the same day three months later. A
day that another act is to fix cannot be read: that is told while it may still lie ahead. Articles that the supplementary provisions of an amending law name are its own; of the law that is amended they
say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from archive.records import Applicability
from archive.vocabulary.japanese_numerals import to_int
from normalize.audit import Account
from normalize.draft import Draft
from normalize.japan_identity import era_date, law_number
from normalize.japan_numbers import read_number

_N = r"[0-9〇一二三四五六七八九十百千元]+"
_DATE = rf"(?:明治|大正|昭和|平成|令和){_N}年{_N}月{_N}日"
_SELF = re.compile(
    r"^この(?:法律|政令|省令|府令|規則|告示|通達|命令|規程)(?:\((?P<but>.+?)(?:の規定)?を除く。?\))?(?:の施行期日)?は"
)
_IN_FORCE = re.compile(r"施行(?:する|し|期日)|に定める日から")
_PERIOD = re.compile(
    rf"公布の日から起算して(?P<count>{_N})(?P<unit>日|週間|月|箇月|か月|ヶ月|年)(?:(?P<half>六月))?(?P<how>を経過した日|を(?:超|こ)えない(?:範囲|期間)内)"
)
_TODAY = re.compile(r"^(?:は、)?公布の日(?:から施行|$|の)|公布の日から(?:、)?施行")
_ORDERED = re.compile(r"(?:政令|省令|府令|別に法律)で定める")
_PLACE = re.compile(
    rf"(?P<own>附則)?第(?P<article>{_N})条(?:の(?P<branch>{_N}))?|附則第(?P<paragraph>{_N})項"
)
_EXCEPT = re.compile(r"ただし、|但し、|但、")
_SENTENCE = re.compile(r"(?<=。)")
_RECENT = 5  # years after which a day that another act was to fix has come: no longer period was ever set in this field
_ONE_DAY = timedelta(days=1)
_STATEMENTS = 100  # each is set on all that it reaches; the longest list of exceptions has a score of items


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that is said: ``day``, or where none can be computed the ``latest`` that it can be (None: nobody says)."""

    day: date | None = None
    latest: date | None = None


def apply_enforcement(
    roots: Sequence[Draft], account: Account, *, on: date, promulgated: dict[str, date], title: str
) -> None:
    """Sets on the provisions under ``roots`` (addresses are settled) from when they are in force, where that lies after ``on``, the day of the
    edition. ``promulgated`` are the days of promulgation that are known: of amending laws by their short number, of the law itself by "".
    What may lie ahead and cannot be computed is told."""
    own = True
    for supplement in [one for one in roots if one.unit == "supplementary"]:
        number = law_number(supplement.eid.replace("附則/", ""))
        key = "" if own and number is None else number.short if number else "?"
        since = promulgated.get(key) or (number.day if number else None)
        # An amending law that is not named (older files) is one of long ago.
        year = _year_of(number.short) if number else since.year if since else None
        first = next(iter(supplement.children), None)
        law = [root for root in roots if root.unit not in ("title", "citation", "pending", "supplementary")]
        reach = [*law, supplement] if key == "" else [supplement]
        for saying in [supplement, *([first] if first is not None else [])]:
            if _IN_FORCE.search(saying.text):
                _apply(
                    saying,
                    supplement,
                    reach,
                    account,
                    on=on,
                    since=since,
                    year=year,
                    cited=number.short if number else title,
                )
                break
        own = False


def _apply(
    saying: Draft,
    supplement: Draft,
    reach: list[Draft],
    account: Account,
    *,
    on: date,
    since: date | None,
    year: int | None,
    cited: str,
) -> None:
    words = unicodedata.normalize("NFKC", re.sub(r"\s", "", saying.text))
    named: set[int] = set()
    held = {draft.eid: draft for root in reach for draft in root.walk()}
    for clause, items in islice(_clauses(words, saying), _STATEMENTS):
        said = _day(clause, since)
        targets = reach
        main = _SELF.match(clause)
        if main is None or items is not None:
            targets = [target for eid in _places(clause, supplement) for target in _found(eid, held)]
            named |= {id(draft) for target in targets for draft in target.walk()}
        if said.day is None:
            latest = said.latest or (_day(clause, date(year, 12, 31)).latest if year else None)
            ahead = latest >= on if latest else year is not None and year >= on.year - _RECENT
            if _ORDERED.search(clause) and ahead:
                account.remark(
                    saying.eid,
                    f"from when it is in force is fixed by another act, so no day is known: {clause[:120]}",
                )
            continue
        if said.day <= on:
            continue
        state = Applicability(
            state="future",
            start=since if since and since < said.day else None,
            end=said.day - _ONE_DAY,
            citation=f"{cited} {saying.num}".strip(),
            words=clause,
        )
        out = {id(draft) for draft in saying.walk()}
        if main is not None and main["but"]:
            out |= {
                id(draft)
                for eid in _places(main["but"], supplement)
                for target in _found(eid, held)
                for draft in target.walk()
            }
        for target in targets:
            for draft in target.walk():
                if id(draft) in out or (main is not None and items is None and id(draft) in named):
                    continue
                if main is None or items is not None:
                    draft.applicability[:] = [
                        one
                        for one in draft.applicability
                        if one.state != "future" or one.citation != state.citation
                    ]
                draft.applicability.append(state)


def _clauses(words: str, saying: Draft) -> Iterator[tuple[str, str | None]]:
    """Exceptions first: the items of a list, the sentences after ただし; then what holds of the law as such. The second value is not None
    for an item."""
    sentences = [one for one in _SENTENCE.split(words) if one]
    for item in saying.children:
        if item.unit == "item" and item.text:
            yield unicodedata.normalize("NFKC", item.text.replace("\u3000", "は、", 1)), item.num
    for sentence in reversed(sentences):
        body = _EXCEPT.split(sentence)
        for exception in body[1:]:
            if "当該各号" not in exception:
                yield exception, None
        if body[0] and "当該各号に定める日" not in body[0].split("から施行")[0]:
            yield body[0], None


def _day(clause: str, since: date | None) -> _Day:
    if period := _PERIOD.search(clause):
        count = to_int(period["count"])
        end = _after(since, count, period["unit"]) if since is not None and count else None
        if period["how"] == "を経過した日":
            return _Day(day=end, latest=end)
        return _Day(latest=end)
    if (day := era_date(clause[-80:] if len(clause) > 80 else clause)) is not None and re.search(
        rf"{_DATE}(?:から|$|。)", clause
    ):
        return _Day(day=day)
    if _TODAY.search(clause.rpartition("規定")[2] or clause):
        return _Day(day=since)
    return _Day()


def _after(since: date, count: int, unit: str) -> date | None:
    try:
        if unit == "日":
            return since + timedelta(days=count)
        if unit == "週間":
            return since + timedelta(weeks=count)
        months = since.month - 1 + count * (12 if unit == "年" else 1)
        year, month = since.year + months // 12, months % 12 + 1
    except OverflowError:
        return None
    try:
        return date(year, month, since.day)
    except ValueError:  # a month without such a day, or a year without end
        return date(year + month // 12, month % 12 + 1, 1) if year < 9000 else None


def _places(clause: str, supplement: Draft) -> Iterator[str]:
    """The addresses that a clause names: articles of the law, and of these supplementary provisions."""
    before = ""
    for place in _PLACE.finditer(clause.partition("は、")[0]):
        if place["paragraph"]:
            yield f"{supplement.eid}/{read_number(place['paragraph'])}"
            continue
        before = (
            "附則"
            if place["own"]
            else before
            if clause[place.start() - 1 : place.start()] in ("、", "び", "に")
            else ""
        )
        number = read_number(place["article"]) or ""
        branch = f"_{read_number(place['branch'])}" if place["branch"] else ""
        yield f"{supplement.eid}/{number}{branch}" if before else f"{number}{branch}"


def _found(eid: str, held: dict[str, Draft]) -> list[Draft]:
    return [held[eid]] if eid in held else []


def _year_of(short: str) -> int | None:
    """The year of a law by its short number: 平成25年 → 2013."""
    day = era_date(short.partition("年")[0] + "年1月1日")
    return day.year if day else None
