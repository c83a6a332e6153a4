"""Days that a text names, as ISO dates: English, German, French, Chinese, Japanese (eras included)."""

from __future__ import annotations

import re
from datetime import date

from archive.vocabulary.japanese_numerals import NUMERAL, to_int
from diffing.touches.context import Context, Found

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    )
    for number, name in enumerate(names.split(), 1)
} | {"janner": 1, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_N = rf"[{NUMERAL}]{{1,5}}"
# A year is rare in a text, and every date of Latin script begins or ends with one: what stands around it is read from there.
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_BEFORE_YEAR = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.?\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,?\s|(?P<day2>[0-3]?[0-9])(?:\.|er|st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})\.?,?\s"
    r"|(?<![0-9.,/-])(?P<day3>[0-3]?[0-9])\.(?P<month3>[01]?[0-9])\.)$"
)
_LONGEST_BEFORE_YEAR = 24
_AFTER_YEAR = re.compile(r"-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9-]|\.[0-9])")
_NUMBER_BEFORE = re.compile(r"[.,/-]$")
_GOES_ON = re.compile(r"-|\.[0-9]")
_WIDE = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正|明治)(?P<reign>元|{_N})|(?P<year>[12][0-9]{{3}}|[一二][〇○零一二三四五六七八九]{{3}}))\s?年\s?(?P<month>{_N})\s?月\s?(?P<day>{_N})\s?日"
)


def dates(context: Context) -> list[Found]:
    """Every full date; a month without its day is none, and neither is a day that no calendar has."""
    small = context.page.small
    found: list[Found] = []
    for year in _YEAR.finditer(small):
        start, end = year.span()
        if (after := _AFTER_YEAR.match(small, end)) and not _NUMBER_BEFORE.match(small, start - 1, start):
            _keep(found, start, after.end(), int(year[0]), int(after["month"]), int(after["day"]))
        elif before := _BEFORE_YEAR.search(small, max(0, start - _LONGEST_BEFORE_YEAR), start):
            if before["day3"]:
                if _GOES_ON.match(small, end) is None and year[0][:2] in ("19", "20"):
                    _keep(
                        found, before.start(), end, int(year[0]), int(before["month3"]), int(before["day3"])
                    )
            else:
                month, day = before["month"] or before["month2"], before["day"] or before["day2"]
                _keep(found, before.start(), end, int(year[0]), _MONTHS[month], int(day))
    for hit in _WIDE.finditer(small) if "年" in small else ():
        numbers = [to_int(hit["month"]), to_int(hit["day"])]
        reign = 1 if hit["reign"] == "元" else to_int(hit["reign"] or "0")
        year_ = to_int(hit["year"]) if hit["year"] else _ERAS[hit["era"]] + (reign or 0)
        if year_ and all(numbers):
            _keep(found, hit.start(), hit.end(), year_, numbers[0] or 0, numbers[1] or 0)
    return sorted(found)


def _keep(found: list[Found], start: int, end: int, year: int, month: int, day: int) -> None:
    try:
        found.append(Found(start, end, "date", date(year, month, day).isoformat()))
    except ValueError:
        return
