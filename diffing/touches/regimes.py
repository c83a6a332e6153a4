"""Numbers of the multilateral lists where they are named: Wassenaar ``3.A.1.a.1``, MTCR ``Item 9.A.3``, NSG ``1.A.1``.

They look like section numbers of any text, so the regime has to be named nearby; which one is nearest says whose number it is.
"""

from __future__ import annotations

import re

from diffing.touches.context import Context, Found

_ITEM = re.compile(
    r"(?<![0-9A-Za-z.])(?P<category>[0-9]{1,2})\.\s?(?P<group>[A-E])\.\s?(?P<number>[0-9]{1,2})(?P<rest>(?:\.(?:[a-z](?![a-z])|[0-9]{1,2}))*)(?![0-9A-Za-z])"
)
_NAMES = (
    ("wassenaar", re.compile(r"wassenaar|瓦森纳|瓦聖納|瓦森納|ワッセナー")),
    ("mtcr", re.compile(r"\bmtcr\b|missile technology control regime|导弹技术控制|飛彈技術管制|ミサイル技術管理")),
    ("nsg", re.compile(r"\bnsg\b|nuclear suppliers|infcirc|trigger list|原子力供給国|核供应国|核供應國")),
)  # fmt: skip
# The names as plain text, sought before anything else: most texts hold none of them.
_PLAIN = tuple(one for _, name in _NAMES for one in name.pattern.replace(r"\b", "").split("|"))


def regimes(context: Context) -> list[Found]:
    """Items of the three lists that the text names, as ``3.A.1.a.1`` with the regime."""
    small = context.page.small
    if not any(name in small for name in _PLAIN):
        return []
    found = []
    for hit in _ITEM.finditer(context.page.cased):
        low = max(0, hit.start() - 200)
        before, after = small[low : hit.start()], small[hit.end() : hit.end() + 120]
        near = [
            (distance, regime)
            for regime, name in _NAMES
            for distance in (
                *(len(before) - m.end() for m in name.finditer(before)),
                *(m.start() for m in name.finditer(after)),
            )
        ]
        if near and not context.is_blocked(hit.start()):
            code = f"{hit['category']}.{hit['group']}.{hit['number']}{hit['rest']}"
            found.append(Found(hit.start(), hit.end(), "code", code, min(near)[1], 0.8))
    return found
