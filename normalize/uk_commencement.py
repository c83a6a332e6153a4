"""Commencement as the text of an Act or instrument says it: until the day before, what is named is law to come.

"Regulations 4 and 5 come into force on 1st October 2026"; "section 3 comes into force at the end of the period of two months beginning with
the day on which this Act is passed". What comes into force on a day that a minister appoints has none that could be read: that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from archive.records import Applicability
from normalize.audit import Account
from normalize.draft import Draft
from normalize.european_dates import DAY, day_of

_UNIT = r"sections?|regulations?|articles?|rules?|parts?|chapters?|schedules?|paragraphs?"
_NUMBER = r"[0-9]+[A-Z]{0,2}(?:\([0-9a-zA-Z]{1,5}\))*|\([0-9a-z]{1,5}\)(?:\([0-9a-z]{1,5}\))*"
_LIST = rf"(?:{_NUMBER})(?:(?:,? and|,? or|,? to|,)\s(?:{_NUMBER}))*"
_REFERENCE = re.compile(
    rf"(?i)\b(?P<unit>{_UNIT})\s(?P<numbers>{_LIST})(?P<of>\s(?:of|to)\s(?:the\s)?(?P<holder>schedules?|parts?)\s(?P<in>[0-9]+[A-Z]?))?"
    r"(?P<foreign>\s(?:of|to)\s(?:the|that|those)\s(?!schedule|part)\w)?"
)
_ONE = re.compile(rf"(?P<to>\bto\s)?(?P<number>{_NUMBER})")
_COMES = re.compile(r"(?i)\b(?:shall )?(?:comes?|is to come|are to come) into (?:force|operation)\b")
_WHOLE = re.compile(
    r"(?i)\b(?:these (?:regulations|rules)|this (?:order|act|instrument|scheme))\b(?! \d)[^.;]*$"
)
_REST = re.compile(r"(?i)\b(?:the (?:remaining|other) provisions|the remainder|the rest)\b")
_FOLLOWING = re.compile(r"(?i)\bfollowing\b")
_ON = re.compile(rf"(?i)\bon (?:the )?(?P<day>{DAY})")
_PASSED = re.compile(r"(?i)\bon the day (?:on|after the day on) which this Act is passed")
_PERIOD = re.compile(
    r"(?i)\bat the end of the period of (?P<count>\w+) (?P<what>months?|weeks?|days?) beginning with (?:the day|the date) on which (?:this Act is passed|it is (?:made|passed))"
)
_NO_DAY = re.compile(
    r"(?i)\b(?:appoint|in accordance with|provision contained in regulations|immediately (?:after|before)|on the day (?:on|after)|at the end|on the date|when|at the same time)\b"
)
_LONGEST_PERIOD = 1000  # of days, weeks or months: more is no period of commencement
_COUNTS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_IN_PART = re.compile(
    r"(?i)\b(?:so far as|to the extent that|for the purposes? of|in so far as|insofar as)\b"
)
_LAW = frozenset({"part", "section", "schedule", "chapter", "crossheading", "regulation", "article", "group"})
_ONE_DAY = timedelta(days=1)
_STATEMENTS = 300  # each is set on all that it reaches


def apply_commencement(
    roots: Sequence[Draft], account: Account, *, title: str, passed: date | None, on: date
) -> None:
    """Sets on the provisions under ``roots`` (addresses are settled) from when they are in force, as the text says. ``passed`` is the day of
    the Act's enactment, ``on`` that of the edition: what came into force before it needs no state. What is named and not here, what has no
    day, and what comes into force only for some purposes, is told."""
    held = {draft.eid: draft for root in roots for draft in root.walk()}
    # "Chapter 2" is told by its own name, though it is addressed within its Part.
    tails = {eid.partition(".")[2]: draft for eid, draft in reversed(held.items()) if ".quoted" not in eid}
    count = 0
    stated: set[int] = set()
    for draft in list(held.values()):
        if ".quoted" in draft.eid or not (comes := _COMES.search(draft.text)):
            continue
        words = " ".join(draft.text.split())
        comes = _COMES.search(words) or comes
        before, after = words[: comes.start()], words[comes.end() :]
        after = re.split(r"(?<=[.;])\s", after, maxsplit=1)[0]
        if _IN_PART.search(words) or any(_IN_PART.search(one.text) for one in draft.children):
            account.remark(draft.eid, f"it brings something into force for some purposes only: {words[:200]}")
            continue
        listed = _FOLLOWING.search(before) is not None
        whole = not listed and bool(_WHOLE.search(before) or _REST.search(before))
        targets = [] if whole else list(_targets(before, draft, held, tails, account))
        if listed:
            targets = [
                one for item in draft.children for one in _targets(item.text, draft, held, tails, account)
            ]
        if not whole and not targets:
            continue
        day = _day(after, passed)
        if day is None:
            if _NO_DAY.search(after):
                account.remark(draft.eid, f"it says what comes into force, but not by a day: {words[:200]}")
            continue
        if day <= on:
            continue
        count += 1
        if count > _STATEMENTS:
            account.remark(
                draft.eid, f"it states commencement more than {_STATEMENTS} times; the rest is not read"
            )
            return
        state = Applicability(
            state="future",
            start=passed if passed and passed < day else None,
            end=day - _ONE_DAY,
            citation=f"{title}, {_name(draft)}",
            words=words,
        )
        if whole:
            targets = [root for root in roots if root.unit in _LAW]
        own = {id(one) for one in draft.walk()}
        for target in targets:
            for one in target.walk():
                if id(one) in own or (whole and id(one) in stated):
                    continue
                one.applicability.append(state)
                if not whole:
                    stated.add(id(one))


def _day(words: str, passed: date | None) -> date | None:
    if found := _ON.search(words):
        return day_of(found["day"])
    if passed is None:
        return None
    if found := _PERIOD.search(words):
        count = _COUNTS.get(found["count"].lower()) or (
            int(found["count"]) if found["count"].isdigit() else 0
        )
        what = found["what"].lower().rstrip("s")
        if not 0 < count <= _LONGEST_PERIOD:
            return None
        if what == "month":
            months = passed.month - 1 + count
            try:
                return date(passed.year + months // 12, months % 12 + 1, passed.day)
            except ValueError:  # a period that ends with a month that has no such day
                return date(passed.year + (months + 1) // 12, (months + 1) % 12 + 1, 1)
        return passed + timedelta(days=count * (7 if what == "week" else 1))
    if found := _PASSED.search(words):
        return passed + _ONE_DAY if "after" in found.group().lower() else passed
    return None


def _targets(
    words: str, by: Draft, held: dict[str, Draft], tails: dict[str, Draft], account: Account
) -> Iterator[Draft]:
    for found in _REFERENCE.finditer(words):
        if found["foreign"]:
            continue
        unit = found["unit"].lower().removesuffix("s")
        holder = f"{found['holder'].lower().removesuffix('s')}-{found['in']}." if found["holder"] else ""
        for number in _numbers(found["numbers"]):
            first, *deeper = re.findall(r"[0-9A-Za-z]+", number)
            if unit == "paragraph" and not holder:
                # "paragraph (2)" is one of the provision that says so
                wanted = ".".join([by.eid.split(".")[0], first, *deeper])
            else:
                wanted = ".".join([f"{holder}{unit}-{first}", *deeper])
            target = held.get(wanted) or tails.get(wanted)
            if target is None:
                account.remark(by.eid, f"it names {wanted}, which is not here: {words[:160]}")
            else:
                yield target


def _numbers(words: str) -> Iterator[str]:
    before = ""
    for found in _ONE.finditer(words):
        number = found["number"]
        if found["to"] and before.isdigit() and number.isdigit():
            yield from (str(one) for one in range(int(before) + 1, min(int(number), int(before) + 500)))
        if number.startswith("(") and before and not before.startswith("("):
            number = before.partition("(")[0] + number  # "section 5(1) and (2)"
        yield number
        before = number


def _name(draft: Draft) -> str:
    """``regulation 1(1)`` of ``regulation-1.1``."""
    first, *deeper = draft.eid.split(".")
    return first.replace("-", " ") + "".join(f"({one})" for one in deeper)
