"""Pair the rows of a table or list: by key, by everything but the key (a renamed entity at its address), by rare words.

Rows of one table share most of their words (the same licence requirement, the same policy), so likeness counts a word the less the
more rows have it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import log

from archive.vocabulary.folding import comparison_key
from diffing.nodes import Node, weight
from diffing.pairing import NONE, Pairing

_ENOUGH = 0.5
_TELLING_REST = 24
_FEW = 4  # rows under different eids have to share a word that at most so many rows of both tables have
ORDINAL = re.compile(r"[(\[]?(?:\d{1,4}|[A-Za-z]|[ivxlc]+|[一二三四五六七八九十]+)[.)\]]?", re.IGNORECASE)


def cells(node: Node) -> tuple[str, ...]:
    """The comparison keys of a row's cells."""
    return tuple(comparison_key(cell) for cell in node.text.split(" | "))


def pair_rows(pairing: Pairing, old: list[Node], new: list[Node]) -> list[tuple[int, int]]:
    """Pair the rows among two lists of unpaired siblings."""
    old = [node for node in old if node.is_row]
    new = [node for node in new if node.is_row]
    if not old or not new:
        return []
    found: list[tuple[int, int]] = []
    for trait in (_key_and_next, _key, _rest):
        found += _pair_by(pairing, old, new, trait)
        old = [node for node in old if pairing.to_new[node.index] == NONE]
        new = [node for node in new if pairing.to_old[node.index] == NONE]
    found += _pair_by_rare_words(pairing, old, new)
    return found


def _key_and_next(node: Node) -> str:
    """Key cell and the cell after it, for lists that repeat a country in the first."""
    row = cells(node)
    return " | ".join(row[:2]) if len(row) > 2 and row[0] and row[1] else ""


def _key(node: Node) -> str:
    """The key cell, unless it is only a running number."""
    key = cells(node)[0]
    return "" if ORDINAL.fullmatch(key) else key


def _rest(node: Node) -> str:
    """All cells but the key, where they are telling."""
    rest = " | ".join(cells(node)[1:])
    return rest if weight(rest) >= _TELLING_REST else ""


def _pair_by(
    pairing: Pairing, old: list[Node], new: list[Node], trait: Callable[[Node], str]
) -> list[tuple[int, int]]:
    """Rows whose trait is the same, where just one on each side has it."""
    here, there = _unique(old, trait), _unique(new, trait)
    found = [(here[value].index, there[value].index) for value in here if value in there]
    for before, after in found:
        pairing.pair(before, after)
    return found


def _unique(rows: Iterable[Node], trait: Callable[[Node], str]) -> dict[str, Node]:
    by_trait: defaultdict[str, list[Node]] = defaultdict(list)
    for row in rows:
        by_trait[trait(row)].append(row)
    return {value: having[0] for value, having in by_trait.items() if value and len(having) == 1}


def _pair_by_rare_words(pairing: Pairing, old: list[Node], new: list[Node]) -> list[tuple[int, int]]:
    """Greedily by likeness; a word counts by how few rows of the whole table have it."""
    if not old or not new:
        return []
    table = [pairing.old.nodes[child] for child in pairing.old.children_of(old[0].parent)]
    table += [pairing.new.nodes[child] for child in pairing.new.children_of(new[0].parent)]
    having = Counter(word for row in table for word in set(row.words))
    rarity = {word: log(1 + len(table) / (2 * count)) for word, count in having.items()}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    new_words = [Counter(row.words) for row in new]
    for j, words in enumerate(new_words):
        for word in words:
            holders[word].append(j)
    scored: list[tuple[float, int, int]] = []
    for i, row in enumerate(old):
        words = Counter(row.words)
        rare = sorted((word for word in words if word in holders), key=lambda word: (having[word], word))[:8]
        for j in sorted({j for word in rare for j in holders[word][:24]}):
            same = row.eid == new[j].eid
            if not same and not any(having[word] <= _FEW for word in rare if word in new_words[j]):
                continue
            score = _weighted(words, new_words[j], rarity) + 0.2 * same
            if score >= _ENOUGH:
                scored.append((-score, i, j))
    found: list[tuple[int, int]] = []
    for _, i, j in sorted(scored):
        if pairing.to_new[old[i].index] == NONE and pairing.to_old[new[j].index] == NONE:
            pairing.pair(old[i].index, new[j].index)
            found.append((old[i].index, new[j].index))
    return found


def _weighted(first: Counter[str], second: Counter[str], rarity: dict[str, float]) -> float:
    """Dice over bags of words, each word by its rarity."""
    shared = sum(rarity[word] * count for word, count in (first & second).items())
    total = sum(rarity[word] * count for bag in (first, second) for word, count in bag.items())
    return 2 * shared / total if total else 0.0
