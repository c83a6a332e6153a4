"""What a watch may ask for, as records: keys joined by AND, the values of a key by OR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

CODE_KEYS: Mapping[str, str] = {
    "eccn": "ear",
    "usml": "usml",
    "item_jp": "jp",
    "item_eu": "eu",
    "item_uk": "uk",
    "item_cn": "cn",
    "item_de": "de",
    "military": "ml",
    "ai_act": "aia",
}
"""The keys that take control numbers, with the regime in which each is read: one number is different law in each."""

KINDS = ("substitution", "renumbering", "move", "split", "join", "insertion", "repeal", "applicability")
ROLES = ("heading", "item", "note", "cross-reference", "control-table", "preamble", "instruction")
MATERIALITIES = ("substantive", "editorial", "technical")
RATES = ("now", "daily", "weekly")
DIRECTIONS = ("tighter", "looser", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """One table of conditions. Every key that is given must be met (AND), by any one of its values (OR).

    A code covers what stands under it. ``works`` are paths or addresses (``us/cfr/15/744``, ``us/cfr/15/774/supp-1#3A090``) and cover
    what stands under them, and the documents that announce an amendment of that CFR part. ``technologies`` cover their
    sub-items. ``counterparties`` are those of the user's own list (by reference, else by name; ``*`` is any of them) that a listed party may be:
    candidates. ``limits`` are directions of a limit that moved. ``text`` are phrases, ``regex`` RE2 patterns, looked for where words were
    inserted or deleted and in the numbers and headings that enclose them. ``roles`` narrow the touches that count. ``through_groups``
    False keeps countries that are reached through a group (Country Group D:5) out of ``countries``. Of ``all`` every table must be met,
    of ``any`` at least one, of ``none`` (``not`` in a file) no one.
    """

    eccn: tuple[str, ...] = ()
    usml: tuple[str, ...] = ()
    item_jp: tuple[str, ...] = ()
    item_eu: tuple[str, ...] = ()
    item_uk: tuple[str, ...] = ()
    item_cn: tuple[str, ...] = ()
    item_de: tuple[str, ...] = ()
    military: tuple[str, ...] = ()
    ai_act: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    through_groups: bool = True
    groups: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    regex: tuple[str, ...] = ()
    materiality: tuple[str, ...] = ()
    all: tuple[Conditions, ...] = ()
    any: tuple[Conditions, ...] = ()
    none: tuple[Conditions, ...] = ()

    def values(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The keys that were given, each with its values, nested tables aside."""
        for key in VALUE_KEYS:
            given = getattr(self, key)
            if given:
                yield key, given


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Conditions):
    """Who must hear of what, and why: conditions, and the person who answers for them.

    ``owner`` is an e-mail address or a name of ``[people]``; ``notify`` names targets; ``rate`` is ``now``, or ``daily`` or ``weekly`` for one message
    at the owner's hour; ``acknowledge`` says whether its alerts have to be acknowledged, None where the materiality decides; ``file`` and ``line`` say where it is written
    (line 0 where that is not known).
    """

    name: str
    owner: str
    reason: str
    matter: str
    materiality: tuple[str, ...] = ("substantive",)
    notify: tuple[str, ...] = ()
    rate: str = "now"
    acknowledge: bool | None = None
    file: str = ""
    line: int = 0


NESTED_KEYS = ("all", "any", "none")
VALUE_KEYS = tuple(
    field.name for field in fields(Conditions) if field.name not in (*NESTED_KEYS, "through_groups")
)
TOUCH_KEYS = (*CODE_KEYS, "countries", "groups", "technologies", "parties", "counterparties")
