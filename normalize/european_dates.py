"""Days as the languages of the European Union print them in law: ``2 August 2026``, ``dem 2. August 2026``, ``1er août 2026``, ``1st April 2026``
(the letters raised or not)."""

from __future__ import annotations

import re
from datetime import date

from normalize.eids import fold

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
#: A day in words without accents (``plain``), in any case of letters.
DAY = rf"[0-3]?[0-9](?:\.|\^?(?:er|st|nd|rd|th))?\s(?:of\s)?(?:{_MONTH})\.?,?\s[12][0-9]{{3}}"
_DAY = re.compile(
    rf"(?i)(?P<day>[0-3]?[0-9])\D{{0,5}}?\s(?:of\s)?(?P<month>{_MONTH})\.?,?\s(?P<year>[12][0-9]{{3}})"
)


def day_of(words: str) -> date | None:
    """The day that ``words`` print, None for one that no calendar has."""
    found = _DAY.search(words)
    if found is None:
        return None
    try:
        return date(int(found["year"]), _MONTHS[fold(found["month"])], int(found["day"]))
    except ValueError:
        return None
