"""The words that compare, in the languages of the sources, before and after a number."""

from __future__ import annotations

import re

_GE = (
    r"≥|>=|≧|at least|not less than|no less than|no fewer than|not fewer than|not below|no lower than|equal to or (?:greater|more|higher|longer|larger) than|"
    r"equal to or exceeding|greater than or equal to|more than or equal to|(?:a )?minimum(?: of)?|equals or exceeds|equal or exceed|"
    r"mindestens|wenigstens|nicht weniger als|nicht unter|größer(?:/| oder )gleich(?: als)?|gleich oder (?:größer|höher|mehr)(?: als)?|ab|"
    r"au moins|supérieure?s? ou égale?s? à|égale?s? ou supérieure?s? à|au minimum|"
    r"ten minste|tenminste|minstens|minimaal|niet minder dan|groter dan of gelijk aan|gelijk aan of (?:groter|meer|hoger) dan|"
    r"不低于|不少于|不小于|大于或?等于|大于或者等于|至少|最低"
)
_LE = (
    r"≤|<=|≦|not more than|no more than|not exceeding|(?:(?:do(?:es)?|may|shall|must|can) )?not exceed|not to exceed|no greater than|not greater than|at most|"
    r"up to and including|up to|(?:a )?maximum(?: of)?|less than or equal to|equal to or (?:less|smaller|lower|shorter|fewer) than|equal to or below|"
    r"not later than|no later than|not above|no higher than|within|"
    r"höchstens|nicht mehr als|nicht über|nicht größer als|maximal|bis zu|kleiner(?:/| oder )gleich(?: als)?|gleich oder (?:kleiner|weniger)(?: als)?|binnen|innerhalb von|"
    r"au plus|au maximum|inférieure?s? ou égale?s? à|égale?s? ou inférieure?s? à|ne dépassant pas|n['’]excédant pas|n['’]excède pas|jusqu['’]à|dans un délai de|"
    r"ten hoogste|hoogstens|niet meer dan|maximaal|kleiner dan of gelijk aan|gelijk aan of (?:kleiner|minder|lager) dan|tot en met|"
    r"不超过|不大于|不高于|不多于|小于或?等于|小于或者等于|至多|最高|最多"
)
_GT = (
    r">|greater than|more than|exceeding|exceeds|exceed|in excess of|above|over|higher than|longer than|larger than|heavier than|faster than|"
    r"größer als|mehr als|über|oberhalb von|höher als|länger als|supérieure?s? à|plus de|excédant|dépassant|"
    r"meer dan|groter dan|hoger dan|langer dan|boven|大于|超过|高于|多于"
)
_LT = (
    r"<|less than|fewer than|below|under|lower than|smaller than|shorter than|\(less\) than|lighter than|"
    r"weniger als|kleiner als|unter|unterhalb von|geringer als|niedriger als|kürzer als|inférieure?s? à|moins de|"
    r"minder dan|kleiner dan|lager dan|korter dan|onder|小于|低于|少于|不足|未满"
)
# A word between the comparator and the number: "greater than a value of 5", "exceeding about 5".
_BETWEEN = r"(?: (?:of|a|an|the|als|à|von|dan|de|d['’]|value of|total of|or equal to))*"
_EDGE = r"(?:(?<![\wÀ-ÿ])|(?<=[\u3040-\u9fff]))"
BEFORE = re.compile(
    rf"{_EDGE}(?:(?P<ge>{_GE})|(?P<le>{_LE})|(?P<gt>{_GT})|(?P<lt>{_LT})){_BETWEEN} ?\(?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s?(?:\([^()]{1,20}\) ?)?(?:"
    r"(?P<ge>or (?:more|greater|higher|above|longer|larger|over)\b|and (?:above|over|higher)\b|oder (?:mehr|größer|höher)\b|und mehr\b|ou plus\b|of meer\b|以上)"
    r"|(?P<le>or (?:less|fewer|below|under|smaller|lower|shorter)\b|oder (?:weniger|kleiner|niedriger)\b|ou moins\b|of minder\b|以下|以内|を超えない|を超えず|之内)"
    r"|(?P<gt>を超え|超(?!過)|を上回)"
    r"|(?P<lt>未満|に満たない|を下回|未满)"
    r")",
    re.IGNORECASE,
)
