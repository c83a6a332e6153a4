"""Which way a limit moved: ``tighter`` where more is controlled, forbidden, demanded or punished, ``looser`` where less.

It takes two things to tell: whether the quantity reaches further (``> 5`` to ``> 3`` does, ``< 5`` to ``< 3`` reaches less far), and
what it is the limit of: things controlled, things let off, a duty, a penalty. Where the provision does not say, it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from diffing.exclusions import EXCEPTED, excludes_its_list, exclusions_around, has_exclusion, without_brackets
from diffing.lowercase import lowercase
from diffing.nodes import Node, Tree
from diffing.quantities import Quantity
from diffing.units import same_unit

# The words about a quantity, for clauses in lower case.
_EXEMPT_BEFORE = re.compile(
    r"(?:do|does|shall|will) not (?:control|apply|include|require)|not (?:subject to|controlled|required|prohibited|applicable)|\bexempt|de minimis|license exception|no license|without a license|\beligible|\blvs\b|"
    r"(?<!not )(?<!unless )\b(?:permitted|authori[sz]ed|authori[sz]es|allowed)\b|(?<!\bno person )(?<!\bno one )(?<!\bno item )(?<!\bno exporter )\bmay (?:be )?(?:[a-z]+ly )?(?:re-?)?(?:export|ship|transfer|import)|"
    r"\bkeiner (?:\w+)?genehmigung|genehmigungsfrei|bedarf nicht|bedürfen nicht|entfällt|n['’]est pas (?:soumis|requis|nécessaire)|dispens|autorisée?s? (?!à l)|"
    r"geen vergunning|toegestaan|vrijstelling|免于|免於|无须|無須|免申请|免申請|"
    r"gilt nicht|gelten nicht|erfass(?:t|en) nicht|nicht erfasst|nicht genehmigungspflichtig|befreit|ne (?:s['’]applique|vise|couvre|concerne)(?:nt)? pas|exonér|"
    r"vrijgesteld|niet van toepassing|不适用|无需|不需要|免除",
)
_EXEMPT_AFTER = re.compile(
    r"適用しない|要しない|規制の対象としない|は、この限りでない|gilt nicht|gelten nicht|不适用|do(?:es)? not apply|"
    r"(?:is|are) (?:exempt|excluded|released|decontrolled|not (?:controlled|subject|required))|"
    r"\b(?:ist|sind|bleib(?:t|en)|wird|werden)(?: \w+){0,2} (?:ausgenommen|ausgeschlossen)|[^,(]\s+(?:ausgenommen|uitgezonderd)\s*$|"
    r"\b(?:est|sont) (?:exclu|exempt)|\b(?:is|zijn)(?: \w+){0,2} uitgezonderd",
)
_BETWEEN_COMMAS = re.compile(rf",\s*(?:{EXCEPTED.pattern})[^,]*", re.IGNORECASE)
# Shut out of an exception: what is not eligible, what an exception may not be used for.
_SHUT_OUT = re.compile(
    r"\b(?:is|are) (?:not eligible|ineligible|not available)|may not (?:be used|use|rely)|does not (?:qualify|authori[sz]e)|not authori[sz]ed (?:by|under)\b",
)
_NOTE = re.compile(r"\b(?:Notes?|Anmerkung(?:en)?)(?: \d+)?(?: to [^:\n]{1,60})? ?:")
_LETS_OFF_A_LIST = re.compile(
    r"(?:(?:do|does) not (?:control|apply|include)|erfass(?:t|en) nicht|gilt nicht|ne (?:s['’]applique|vise)(?:nt)? pas)\b[^;:]*:",
    re.IGNORECASE,
)
_UNLESS = re.compile(r"\b(?:unless|es sei denn|sofern nicht|à moins que|sauf si|tenzij)\b|除非")
_TURNED = {"forbidden": "exempt", "listed": "exempt", "duty": "exempt", "exempt": "forbidden"}
# A negation before the condition itself: "not having a length of more than 20 m", "ohne eine Leistung von mehr als".
_NEGATED = re.compile(
    r"\b(?:not (?:having|exhibiting|possessing|with)|without (?:a|an|any) (?!licen|authori|permit)|ohne (?:eine?n? )?(?!genehmig)|n['’]ayant pas|sans )\b[^,;:]{0,60}$",
)
_PENALTY = re.compile(
    r"\bfine|penalt|imprison|punish|罰金|懲役|拘禁刑|過料|罚款|罰鍰|罰款|有期徒刑|徒刑|拘役|geldbuße|geldstrafe|freiheitsstrafe|amende|emprisonnement|boete|gevangenisstraf",
)
_FORBIDDEN = re.compile(
    r"\bno (?:person|one|item|exporter) may\b|(?:shall|must|may) not (?!exceed|be (?:less|more|greater|later))|prohibited|unlawful|forbidden|licen[cs]e (?:is )?required|require(?:s)? an? (?:export )?(?:licen[cs]e|authori[sz]ation)|subject to|"
    r"(?:is|are) controlled|presumption of denial|verboten|untersagt|genehmigungspflichtig|genehmigung|interdit|soumis|verboden|vergunningplichtig|vergunning|"
    r"許可を受けなければならない|してはならない|禁止|应当申请|许可|管制",
)
_DUTY = re.compile(
    r"\b(?:shall|must|has to|have to|(?:is|are) required to|muss|müssen|hat|haben|ist|sind|doit|doivent|moet|moeten|dient|dienen)\b|なければならない|应当|必须|须",
)
_DUTY_AFTER = re.compile("なければならない|应当|應當|必须|須|须")
_KEPT = re.compile(
    r"\b(?:retain|keep|kept|preserve|record|aufbewahr|aufzubewahr|conserv|bewa(?:ar|ren))|保存|保管",
)
_LISTED = re.compile(
    r"having (?:any|all)|as follows|specially designed|capable of|rated for|であつて|であって|該当するもの|以上のもの|超えるもの|未満のもの|以下のもの|mit (?:einer|einem)|ayant|met een|具有",
)
_ITEM_MARK = re.compile(r"\s[a-z]\.(?:\d+\.)+(?:[a-z]\.)*\s")
_CODE = re.compile(r"\d[A-E]\d{3}|(?:USML|ML|PL)\s?\d")


def direction(before: str, after: str, old: Quantity, new: Quantity, node: Node, tree: Tree) -> str:
    """``tighter``, ``looser`` or ``unknown``, for a limit that both texts have."""
    old_size, new_size = _size(old), _size(new)
    if old_size is None or new_size is None or _scale(old.unit) != _scale(new.unit):
        return "unknown"
    sense = _sense(after, new, node, tree)
    if sense == "penalty":
        return _by_sign(new_size - old_size, "tighter", "looser")
    if sense == "kept" and not old.comparator and not new.comparator:
        return _by_sign(new_size - old_size, "tighter", "looser")
    reach = _reach(old, new, old_size, new_size)
    if reach == 0:
        return "unknown"
    if sense in ("exempt", "duty", "kept"):
        return _by_sign(reach, "looser", "tighter")
    if sense in ("forbidden", "listed"):
        return _by_sign(reach, "tighter", "looser")
    return "unknown"


def direction_of_condition(
    text: str, quantity: Quantity, node: Node, tree: Tree, *, came: bool, beside: str
) -> str:
    """The direction of a limit that a standing provision got or lost: one more condition takes in less.

    ``beside`` are the words that came or went with it, up to the number: an *or* in them makes it one more way to be taken in.
    """
    if not quantity.comparator or _CLAUSES.search(beside.rstrip(" .;\n。)）")):
        return "unknown"
    sense = _sense(text, quantity, node, tree)
    if sense == "exempt" and has_exclusion(beside):
        return "looser" if came else "tighter"  # not a condition of an exclusion: the exclusion itself
    if sense == "":
        return "unknown"
    if sense == "kept" or (sense == "duty" and quantity.comparator in ("<=", "<", ">=")):
        return "tighter" if came else "looser"  # a term or a minimum is one more demand
    if sense == "penalty":
        return "unknown"
    narrows = not _ALTERNATIVE.search(beside)
    controls = sense in ("forbidden", "listed", "duty")
    return "looser" if (narrows == controls) == came else "tighter"


def direction_of_provision(
    text: str, quantity: Quantity, node: Node, tree: Tree, *, came: bool, root: int
) -> str:
    """The direction of a limit that came or went with its whole provision: an item more is more controlled, unless all
    items of its list have to be met. ``root`` is the highest provision that came or went with it."""
    sense = _sense(text, quantity, node, tree)
    if sense == "":
        return "unknown"
    more = sense != "exempt"
    if sense in ("listed", "forbidden", "exempt") and _conjunctive(root, tree):
        more = not more
    return "tighter" if more == came else "looser"


# Whole items came or went in one text: whether they add to the list or narrow it is not for one of them to say.
_CLAUSES = re.compile(r"[;；\n]|(?<=[a-z)])\. [A-Z]|。")
_ALTERNATIVE = re.compile(
    r"^[\s,;(]*(?:or|oder|ou|of|又は|若しくは|或者?)(?![A-Za-zÀ-ÿ])|(?:又は|若しくは)", re.IGNORECASE
)
_ALL_OF = re.compile(
    r"\b(?:all|both) (?:of )?(?:the )?(?:following|these)|(?:meet|meeting|having|with) all|\ball of\b|"
    r"alle (?:der )?(?:folgenden|nachstehenden)|toutes? les|l['’]ensemble des|alle (?:van )?(?:de )?(?:volgende|onderstaande)|"
    r"のすべて|の全て|いずれにも|下列全部|同时(?:符合|满足|具备|具有)|以下所有",
    re.IGNORECASE,
)


def _conjunctive(root: int, tree: Tree) -> bool:
    """Whether the list that a provision stands in has to be met in all its items."""
    parent = tree.nodes[root].parent
    return parent >= 0 and bool(_ALL_OF.search(tree.nodes[parent].text[-60:]))


def _sense(text: str, quantity: Quantity, node: Node, tree: Tree) -> str:
    """What a quantity is the limit of: ``penalty``, ``kept`` (a time to keep something), ``exempt``, ``forbidden``, ``duty``, ``listed``
    (things controlled), or "" where nothing says."""
    clause, rest = map(lowercase, _clause(text, quantity))
    begins = quantity.at - len(clause)
    note = text.rfind("Technical Note", 0, quantity.start)
    if note >= 0 and not _ITEM_MARK.search(text, note, quantity.start):
        return ""  # it says what the words of the control mean
    if _NEGATED.search(clause):
        return ""  # what the condition takes in is turned round
    unless = [*_UNLESS.finditer(clause)]
    if unless:
        main = clause[: unless[-1].start()]
        taken_out = tuple(at - begins for at in exclusions_around(text, begins + len(main)))
        return _TURNED.get(_side(main, "", taken_out, node, tree), "")
    taken_out = tuple(at - begins for at in exclusions_around(text, quantity.at))
    found = _side(clause, rest, taken_out, node, tree)
    opened = _note_before(text, quantity)
    if opened is None or found not in ("listed", ""):
        return found
    return "exempt" if _LETS_OFF_A_LIST.search(opened) else ""


def _note_before(text: str, quantity: Quantity) -> str | None:
    """The words of the note that a quantity stands in, up to it, where an item and its notes are one text."""
    if "Note" not in text and "Anmerkung" not in text:
        return None
    notes = [*_NOTE.finditer(text, 0, quantity.start)]
    if not notes or _ITEM_MARK.search(text, notes[-1].end(), quantity.start):
        return None
    opened = text[notes[-1].end() : quantity.start]
    return None if "\n" in opened else opened


def _side(clause: str, rest: str, taken_out: tuple[int, ...], node: Node, tree: Tree) -> str:
    """The sense of a quantity by the words before it in its sentence and those after it.

    Both are in lower case. ``taken_out``: where in the clause the exclusions begin that hold the quantity.
    """
    said = clause + rest
    if _PENALTY.search(clause) or _PENALTY.search(rest):
        return "penalty"
    if _KEPT.search(said) and _DUTY.search(said):
        return "kept"
    if _SHUT_OUT.search(said):
        return "forbidden"
    governing = [node, *(tree.nodes[at] for at in tree.ancestors(node.index))]
    above = [one.text[-400:] for one in governing[1:]]
    exempt, turned = _let_off(clause, rest, above, taken_out)
    if exempt:
        return "forbidden" if turned else "exempt"
    if _FORBIDDEN.search(said):
        return "forbidden"
    if _DUTY.search(clause) or _DUTY_AFTER.search(rest):
        return "duty"
    if any("note" in one.provision.unit for one in governing):
        return ""  # it says what the words of a control mean
    listed = node.provision.unit in ("item", "entry") or any(
        _CODE.match(one.provision.num or one.eid) for one in governing
    )
    if listed or _LISTED.search(said) or _FORBIDDEN.search(lowercase(" ".join(above))):
        return "listed"
    return ""


def _reach(old: Quantity, new: Quantity, old_size: Decimal, new_size: Decimal) -> int:
    """1 where the new phrase takes in more than the old, -1 where less, 0 where that cannot be said."""
    sides = {old.comparator[:1], new.comparator[:1]}
    if len(sides) != 1 or "" in sides:
        return 0
    side = sides.pop()
    if old_size == new_size:
        return (len(new.comparator) > len(old.comparator)) - (len(new.comparator) < len(old.comparator))
    grew = new_size > old_size
    return 1 if grew == (side == "<") else -1


def _by_sign(sign: int | Decimal, positive: str, negative: str) -> str:
    return positive if sign > 0 else negative if sign < 0 else "unknown"


_CLAUSE_MARKS = ";；。\n"
_POINT = re.compile(r"(?<=[a-z)])\.\s")
_CLAUSE_ENDS = re.compile(rf"[{_CLAUSE_MARKS}]|\.\s")


def _clause(text: str, quantity: Quantity) -> tuple[str, str]:
    """The sentence around a quantity: what is before it, and what is after."""
    begins = 1 + max(text.rfind(mark, 0, quantity.start) for mark in _CLAUSE_MARKS)
    for point in _POINT.finditer(text, begins, quantity.start):
        begins = point.end()
    end = _CLAUSE_ENDS.search(text, quantity.end)
    return text[begins : quantity.at], text[quantity.end : end.start() if end else None]


def _let_off(clause: str, rest: str, above: Sequence[str], taken_out: tuple[int, ...]) -> tuple[bool, bool]:
    """Whether a quantity is about what is let off or taken out, and whether it is taken out of what is let off: it is taken in again.

    What brackets beside the quantity say is said of other things.
    """
    main = clause[: max(0, taken_out[0])] if taken_out else clause
    released = bool(
        _EXEMPT_BEFORE.search(without_brackets(main))
        or _EXEMPT_AFTER.search(_beside_exclusions(rest))
        or _list_let_off(above)
    )
    turned = len(taken_out) % 2 == 1
    return released or turned, released and turned


def _beside_exclusions(rest: str) -> str:
    """What follows a quantity, without brackets and without exclusions between commas."""
    plain = without_brackets(rest)
    mark = _BETWEEN_COMMAS.search(plain)
    return plain if mark is None else plain[: mark.start()] + plain[mark.end() :]


_LIST_LET_OFF = re.compile(r"not (?:control|apply to|include)[^.;]{0,200}:\s*$", re.IGNORECASE)


def _list_let_off(above: Sequence[str]) -> bool:
    """Whether what stands above lets off what stands below: it ends in the list that the item is in."""
    if _LIST_LET_OFF.search(" ".join(above).strip()):
        return True
    return any(excludes_its_list(text) for text in above)


_PREFIXES = {"n": "1e-9", "u": "1e-6", "m": "1e-3", "k": "1e3", "M": "1e6", "G": "1e9", "T": "1e12"}
_PREFIXED = re.compile(r"([numkMGT])(Hz|W|V|A|m|s|g|Pa|J|bit|byte|B|b|FLOPS|eV)(/s)?")


def _scale(unit: str) -> str:
    """What a unit measures, its prefix aside."""
    unit = same_unit(unit)
    prefixed = _PREFIXED.fullmatch(unit)
    return f"{prefixed[2]}{prefixed[3] or ''}" if prefixed else unit


def _size(quantity: Quantity) -> Decimal | None:
    """The number with the prefix of its unit multiplied in."""
    prefixed = _PREFIXED.fullmatch(same_unit(quantity.unit))
    factor = Decimal(_PREFIXES[prefixed[1]]) if prefixed else Decimal(1)
    value = quantity.value
    try:
        if "^" in value:
            mantissa, _, power = value.rpartition("*")
            base, _, exponent = power.partition("^")
            return Decimal(mantissa or 1) * Decimal(base) ** Decimal(exponent) * factor
        for mark in (":", "/"):
            if mark in value:
                top, bottom = value.split(mark)
                return Decimal(top) / Decimal(bottom) * factor
        return Decimal(value) * factor
    except (InvalidOperation, ZeroDivisionError):
        return None
