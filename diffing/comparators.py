"""The words that compare, in the languages of the sources, before and after a number."""

from __future__ import annotations

import re

_GE = (
    r"≥|>=|≧|at least|not less than|no less than|no fewer than|not fewer than|not below|no lower than|equal to or (?:greater|more|higher|longer|larger) than|"
    r"equal to or exceeding|equal to,? or (?:greater|more|higher|in excess of)(?: than)?,?|greater than,? or equal(?: to)?,?|at or above|no lower than|(?:shall |must |may )?not be (?:less|lower|smaller|fewer) than|greater than or equal to|more than or equal to|(?:a )?minimum(?: of)?|equals or exceeds|equal or exceed|"
    r"mindestens|wenigstens|nicht weniger als|nicht unter|größer(?:/| oder )gleich(?: als)?|größer als oder gleich|mehr als oder gleich|nicht kleiner als|nicht geringer als|gleich oder (?:größer|höher|mehr)(?: als)?|ab|"
    r"au moins|(?:supérieure?s?|égale?s?) ou (?:supérieure?s?|égale?s?) à|d['’]au moins|égale?s? ou supérieure?s? à|au minimum|"
    r"ten minste|tenminste|minstens|minimaal|niet minder dan|groter dan of gelijk aan|(?:meer|hoger|langer) dan of gelijk aan|niet (?:kleiner|lager) dan|gelijk aan of (?:groter|meer|hoger) dan|"
    r"不低于|不少于|不小于|不低於|不少於|不小於|大於或?等於|大于或?等于|大于或者等于|至少|最低"
)
_LE = (
    r"≤|<=|≦|not more than|no more than|not exceeding|(?:(?:do(?:es)?|may|shall|must|can) )?not exceed|not to exceed|no greater than|not greater than|at most|"
    r"up to and including|up to|(?:a )?maximum(?: of)?|less than,? or equal(?: to)?,?|at or below|(?:below|under) or equal to|(?:shall |must |may )?not be (?:more|greater|higher|larger) than|equal to,? or (?:less|smaller|lower|shorter|fewer) than|equal to or below|"
    r"not later than|no later than|not above|no higher than|within|"
    r"höchstens|spätestens|nicht mehr als|nicht über|nicht größer als|maximal|bis zu|kleiner(?:/| oder )gleich(?: als)?|kleiner als oder gleich|weniger als oder gleich|nicht höher als|binnen von|gleich oder (?:kleiner|weniger)(?: als)?|binnen|innerhalb von|"
    r"au plus tard(?: dans les)?|au plus|au maximum|inférieure?s? ou égale?s? à|d['’]au plus|dans les|égale?s? ou inférieure?s? à|ne dépassant pas|n['’]excédant pas|n['’]excède pas|jusqu['’]à|dans un délai de|"
    r"uiterlijk|ten hoogste|hoogstens|niet meer dan|maximaal|(?:kleiner|minder|lager|korter) dan of gelijk aan|niet (?:groter|hoger) dan|gelijk aan of (?:kleiner|minder|lager) dan|tot en met|"
    r"不超过|不大于|不高于|不超過|不大於|不高於|不逾|小於或?等於|不多于|小于或?等于|小于或者等于|至多|最高|最多"
)
_GT = (
    r">|greater(?: than)?|more than|exceeding|exceeds|exceed|in excess of|above|over|higher than|longer than|larger than|heavier than|faster than|"
    r"größer als|mehr als|über|oberhalb von|höher als|länger als|supérieure?s? à|plus de|excédant|dépassant|"
    r"meer dan|groter dan|hoger dan|langer dan|boven|大于|超过|高于|多于|大於|超過|逾|高於|多於"
)
_LT = (
    r"<|less than|fewer than|below|under|lower than|smaller than|shorter than|\(less\) than|lighter than|"
    r"weniger als|kleiner als|unter|unterhalb von|geringer als|niedriger als|kürzer als|inférieure?s? à|moins de|"
    r"minder dan|kleiner dan|lager dan|korter dan|onder|小于|低于|少于|不足|未满|小於|低於|少於|未滿"
)
# A word between the comparator and the number: "greater than a value of 5", "within ±0.5".
_BETWEEN = r"(?: (?:of|a|an|the|als|à|von|dan|de|d['’]|value of|total of|an? [a-z]+ of|eine[mr]? [a-zäöüß]+ von|une? [a-zé]+ (?:de|d['’])|or equal to|about|approximately|±|\+/[-−]|plus or minus))*"
# A bracket inside a comparator says what the direction is worth: "less (better) than", "kleiner (besser) als".
_WORTH = r"(?: ?\([a-zäöüßéè]{3,14}\))?"
_GE, _LE, _GT, _LT = (
    re.sub(r" (?=than\b|als\b|dan\b)", lambda _: _WORTH + " ", phrases) for phrases in (_GE, _LE, _GT, _LT)
)
_LE += r"|equal to or better \(less\) than|(?:inférieure?s?|égale?s? ou inférieure?s?) ?\([a-zéè]{3,14}\) à"
_EDGE = r"(?:(?<![\wÀ-ÿ])|(?<=[\u3040-\u9fff])|(?=[<>≤≥≦≧]))"
# For text in lower case: a search that is not blind to case skips most phrases by their first letter, ten times as fast.
_BEFORE = re.compile(rf"{_EDGE}(?:(?P<ge>{_GE})|(?P<le>{_LE})|(?P<gt>{_GT})|(?P<lt>{_LT})){_BETWEEN} ?\(?$")


_NO_LETTER = re.compile(r"[^a-zß-ÿ]")
# What can stand right before a number that is compared; "part 3" need not be looked at any further.
_WORDS = frozenset(_NO_LETTER.split(_BEFORE.pattern)) - {""}
_SIGNS = frozenset("<>=,'’-")


def _can_compare(left: str) -> bool:
    """Whether the last word before a number can be one of a comparison, or a sign stands there, or a script without blanks."""
    end = left.rstrip(" (\n")[-20:].lower()
    word = _NO_LETTER.split(end)[-1]
    return word in _WORDS if word else end[-1:] in _SIGNS or not end.isascii()


def comparison_before(left: str) -> re.Match[str] | None:
    """The comparison at the end of the text before a number."""
    if not _can_compare(left):
        return None
    lower = left.lower()
    return _BEFORE.search(lower if len(lower) == len(left) else left, max(0, len(left) - 48))


def is_stated(left: str) -> bool:
    """Whether a number without a comparison is a quantity by the words before it: "equal to 1", "the K factor = 0.35", "a factor of 2.5"."""
    end = left.rstrip(" \n")[-8:]
    return end.endswith(_STATING) and bool(_STATED.search(left, max(0, len(left) - 24)))


_STATING = (
    "to",
    "equal",
    "equals",
    "of",
    "by",
    "gleich",
    "Faktor",
    "von",
    "à",
    "facteur",
    "de",
    "aan",
    "=",
    "等于",
    "等於",
    "为",
    "に等しい",
)
_STATED = re.compile(
    r"(?:\b(?:equal to|equals?|(?:a |the )?factor of|multiplied by|divided by|ratio of|gleich|Faktor(?: von)?|égale?s? à|facteur (?:de )?|gelijk aan)|=|等于|等於|为|に等しい) ?$"
)
# The thing counted may stand before the comparison: "4,096 elements or less", "zwei Achsen oder mehr".
_COUNTED = (
    r"(?:(?:[^\W\d_]|-){3,20} (?<!\bof )(?<!\band )(?<!\bfor )(?<!\bthe )(?<!\bare )(?<!\bnot )(?<!\bund )(?<!\bder )(?<!\bdie )"
    r"(?=(?:or|oder|ou|of) (?:more|less|fewer|greater|mehr|weniger|plus|moins|meer|minder)\b))?"
)
AFTER = re.compile(
    rf"\s?(?:\([^()]{{1,20}}\) ?)?{_COUNTED}(?:"
    r"(?P<ge>or (?:more|greater|higher|above|longer|larger|over)\b|and (?:above|over|higher)\b|oder (?:mehr|größer|höher)\b|und mehr\b|ou plus\b|of meer\b|(?:及|或|含)?以上|或更[多高大])"
    r"|(?P<le>or (?:less|fewer|below|under|smaller|lower|shorter)\b|oder (?:weniger|kleiner|niedriger)\b|ou moins\b|of minder\b|(?:及|或|含)?以下|以内|以內|之內|[内內](?![部容側])|或更[少低小]|を上回らない|を超えない|を超えず|之内)"
    r"|(?P<gt>を超え|超(?![過过])|を上回|より(?:大き|高|長|多))"
    r"|(?P<lt>未満|に満たない|を下回|未满|未滿|より(?:小さ|低|短|少な))"
    r")",
    re.IGNORECASE,
)
