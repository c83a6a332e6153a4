"""Materiality with its reason: editorial where rules say so, substantive in all else.

One substantive difference makes the change substantive, whatever noise stands beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archive.vocabulary.folding import cached_key, comparison_key
from diffing.align_rows import ORDINAL, cells
from diffing.citations import is_citation_line
from diffing.context import Context, Whole
from diffing.difference import Difference, differences
from diffing.kinds import Relation
from diffing.nodes import Node
from diffing.rules import RULES
from diffing.substance import substance
from diffing.text import Redline

EDITORIAL = "editorial"
SUBSTANTIVE = "substantive"


class Judgement(NamedTuple):
    """``editorial`` or ``substantive``, and the rule that decided, in words."""

    materiality: str
    reason: str


def judge_text(before: str, after: str, compared: Redline, found: list[Difference]) -> Judgement:
    """Whether the words of two texts differ in substance."""
    if before == after or before.split() == after.split():
        return Judgement(EDITORIAL, "no word changed")
    if not found or cached_key(before) == cached_key(after):
        return Judgement(
            EDITORIAL, "the same text but for blanks, dashes, quotation marks, width or listed spellings"
        )
    said: list[str] = []
    for difference in found:
        rule = next((rule for rule in RULES if rule.holds(difference)), None)
        if rule is None:
            return Judgement(SUBSTANTIVE, substance(difference))
        if rule.said not in said:
            said.append(rule.said)
    return Judgement(EDITORIAL, f"only {_listed(said)} differ")


def judge_pair(relation: Relation, old: Node, new: Node, compared: Redline, context: Context) -> Judgement:
    """The materiality of one pair: its structure, its number, its words. ``compared`` are the texts without their numbers."""
    if is_citation_line(old.provision.unit, old.text) and is_citation_line(new.provision.unit, new.text):
        return Judgement(EDITORIAL, "a citation line or note of the last amendment")
    judgement = _placeholders(old, new) or _words(relation, old, new, compared, context)
    if relation.elsewhere and old.key and not (old.placeholder and new.placeholder):
        where = "under another parent, which governs it now"
        said = f"moved {where}" if relation.kind == "move" else f"part of it stands {where}"
        return Judgement(
            SUBSTANTIVE, said if judgement.materiality == EDITORIAL else f"{said}; {judgement.reason}"
        )
    if judgement.materiality == SUBSTANTIVE or not relation.kind:
        return judgement
    structure = {
        "move": "moved among its siblings",
        "renumbering": "renumbered",
        "split": "split",
        "join": "joined",
    }[relation.kind]
    return Judgement(EDITORIAL, f"{structure}, {judgement.reason}")


def _placeholders(old: Node, new: Node) -> Judgement | None:
    if old.placeholder and new.placeholder:
        if cached_key(old.provision.heading) != cached_key(new.provision.heading):
            return None
        return Judgement(EDITORIAL, "a placeholder on both sides")
    if new.placeholder:
        if not old.key:
            return Judgement(EDITORIAL, "a placeholder where no text was")
        return Judgement(SUBSTANTIVE, "the text was taken out and a placeholder put in its place")
    if old.placeholder:
        if not new.key:
            return Judgement(EDITORIAL, "a placeholder vanished where no text was")
        return Judgement(SUBSTANTIVE, "a text took the place of a placeholder")
    return None


def _words(relation: Relation, old: Node, new: Node, compared: Redline, context: Context) -> Judgement:
    if relation.kind in ("split", "join"):
        return _judge_parts(context.whole(relation))
    before, after = old.text, new.text
    if old.eid == new.eid and old.provision.num != new.provision.num:
        if not same_mark(old.provision.num, new.provision.num):
            return Judgement(
                SUBSTANTIVE, f"another number mark: {old.provision.num!r} became {new.provision.num!r}"
            )
        if before == after:
            return Judgement(EDITORIAL, "only the number mark differs")
    if _entry(old.provision.num) and _entry(new.provision.num) not in ("", _entry(old.provision.num)):
        return Judgement(
            SUBSTANTIVE, f"another control number: {old.provision.num!r} became {new.provision.num!r}"
        )
    if relation.kind == "renumbering" and old.is_row and _same_but_running_number(old, new):
        return Judgement(EDITORIAL, "only the running number of the row differs")
    found = differences(
        compared,
        is_row=old.is_row or new.is_row,
        reference_follows=lambda redline, hunk: context.reference_follows(relation, redline, hunk),
        footnote_follows=lambda redline, hunk: context.footnote_follows(relation, redline, hunk),
    )
    return judge_text(before, after, compared, found)


@lru_cache(maxsize=1)
def _judge_parts(whole: Whole) -> Judgement:
    """Whether any words changed besides being split or joined; the parts of one whole follow each other, and it is judged once for all of them."""
    return max(
        (judge_text(*compared.texts, compared, differences(compared)) for compared in whole.redlines),
        key=lambda judgement: judgement.materiality == EDITORIAL,
    )


def _same_but_running_number(old: Node, new: Node) -> bool:
    was, now = cells(old), cells(new)
    return was[1:] == now[1:] and bool(ORDINAL.fullmatch(was[0]) and ORDINAL.fullmatch(now[0]))


def same_mark(old: str, new: str) -> bool:
    """Whether two number marks are plain marks, so that one for the other is a renumbering and no more.

    A mark that says more than a number, as the ``*`` of significant military equipment on the USML, does not qualify.
    """
    return _dress(old) == _dress(new) and _entry(old) == _entry(new)


_ENTRY = re.compile(r"\W*(\d[A-E]\d{3}|EAR99)\b", re.IGNORECASE)


def _entry(num: str) -> str:
    """The control number a mark is, down to the entry: what is listed under another one is another classification."""
    found = _ENTRY.match(num)
    return found[1].upper() if found else ""


def _dress(num: str) -> str:
    """What a mark has besides letters, numerals, brackets and points."""
    return "".join(sorted(c for c in comparison_key(num) if not c.isalnum() and c not in " .,:;()[]-§/"))


def judge_whole(kind: str, node: Node, context: Context) -> Judgement:
    """The materiality of an insertion or a repeal."""
    if is_citation_line(node.provision.unit, node.text):
        return Judgement(EDITORIAL, "a citation line or note of the last amendment")
    if node.placeholder:
        return Judgement(EDITORIAL, "a placeholder where no text " + ("was" if kind == "insertion" else "is"))
    if not node.key and not context.holds_text(kind, node):
        return Judgement(EDITORIAL, "nothing is said in it")
    return Judgement(SUBSTANTIVE, "new text" if kind == "insertion" else "text taken out")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
