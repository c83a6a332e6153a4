"""Two made-up editions of a long control list, for measuring where the corpus is absent: the same every time."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from archive.records import Expression, Provision

_WORDS = (
    "systems equipment components designed modified controlled lasers sensors frequency output power exceeding specially "
    "material coating optical density wavelength technology software development production use having following characteristics"
).split()
_ITEMS = 3000
_EDITED = 60
_INSERTED = 30


def editions(seed: int = 1) -> tuple[Expression, Expression]:
    """An edition and the next: words and limits of some items edited, some items new."""
    choose = random.Random(seed)
    items = [_item(choose, number) for number in range(_ITEMS)]
    before = Expression(work="xx/list", as_of=date(2030, 1, 1), recipe="generated/1", provisions=tuple(items))
    after = list(items)
    for at in choose.sample(range(_ITEMS), _EDITED):
        words = after[at].text.split()
        words[choose.randrange(len(words))] = str(choose.randrange(10, 9000))
        after[at] = replace(after[at], text=" ".join(words))
    for number in range(_INSERTED):
        after.insert(choose.randrange(len(after)), _item(choose, _ITEMS + number))
    return before, replace(before, as_of=date(2030, 7, 1), provisions=tuple(after))


def _item(choose: random.Random, number: int) -> Provision:
    words = choose.choices(_WORDS, k=choose.randrange(5, 80))
    words.insert(len(words) // 2, f"exceeding {choose.randrange(1, 5000)} mW")
    mark = f"{number // 1000}A{number % 1000:03d}"
    return Provision(eid=mark, unit="item", num=mark, text=" ".join(words))
