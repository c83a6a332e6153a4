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
_LATIN = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.?\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,?\s(?P<year>[12][0-9]{{3}})|(?P<day2>[0-3]?[0-9])(?:\.|er|st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})\.?,?\s(?P<year2>[12][0-9]{{3}}))(?![0-9])"
)
_NUMERIC = re.compile(
    r"(?<![0-9.,/-])(?:(?P<year>[12][0-9]{3})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])|(?P<day2>[0-3]?[0-9])\.(?P<month2>[01]?[0-9])\.(?P<year2>20[0-9]{2}|19[0-9]{2}))(?![0-9-]|\.[0-9])"
)
_WIDE = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正|明治)(?P<reign>元|{_N})|(?P<year>[12][0-9]{{3}}|[一二][〇○零一二三四五六七八九]{{3}}))\s?年\s?(?P<month>{_N})\s?月\s?(?P<day>{_N})\s?日"
)


def dates(context: Context) -> list[Found]:
    """Every full date; a month without its day is none, and neither is a day that no calendar has."""
    small = context.page.small
    found: list[Found] = []
    for pattern in (_LATIN, _NUMERIC):
        for hit in pattern.finditer(small):
            year, month, day = (
                hit["year"] or hit["year2"],
                hit["month"] or hit["month2"],
                hit["day"] or hit["day2"],
            )
            _keep(found, hit, int(year), _MONTHS.get(month) or int(month), int(day))
    for hit in _WIDE.finditer(small):
        numbers = [to_int(hit["month"]), to_int(hit["day"])]
        reign = 1 if hit["reign"] == "元" else to_int(hit["reign"] or "0")
        year_ = to_int(hit["year"]) if hit["year"] else _ERAS[hit["era"]] + (reign or 0)
        if year_ and all(numbers):
            _keep(found, hit, year_, numbers[0] or 0, numbers[1] or 0)
    return sorted(found)


def _keep(found: list[Found], hit: re.Match[str], year: int, month: int, day: int) -> None:
    try:
        found.append(Found(hit.start(), hit.end(), "date", date(year, month, day).isoformat()))
    except ValueError:
        return
