"""The nearest valid value, for messages that say how to mend what a person wrote."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def nearest(word: str, valid: Iterable[str]) -> str:
    """The one of ``valid`` most like ``word``, case aside; "" when ``valid`` is empty. Ties go to the first in
    alphabetical order, so that a message never changes between runs.

    Only for messages: nothing is ever matched by likeness, 3A090 and 3A990 being different law.
    """
    choices = sorted(set(valid))
    found = process.extractOne(word.casefold(), [choice.casefold() for choice in choices], scorer=fuzz.WRatio)
    return choices[found[2]] if found else ""
