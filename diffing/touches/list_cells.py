"""Countries in the address cells of the Consolidated Screening List, which end in a code: ``1 Road, Town, CN; 2 Road, Kowloon, HK``.

Only there: two letters in prose are words, and in other lists the state stands where this one has the country (data.trade.gov, field
``addresses``).
"""

from __future__ import annotations

import re

from archive.vocabulary.countries import country_code
from diffing.touches.context import Context, Found

_SOURCE, _WORK = "us_csl", "us/list/csl"
_CODE = re.compile(r", (?P<code>[A-Z]{2})(?=;| \||$)")


def country_cells(context: Context) -> list[Found]:
    """The countries of the addresses in a row of that list, none in any other text."""
    if context.source != _SOURCE and context.work != _WORK:
        return []
    return [
        Found(hit.start("code"), hit.end("code"), "country", code)
        for hit in _CODE.finditer(context.page.cased)
        if (code := country_code(hit["code"]))
    ]
