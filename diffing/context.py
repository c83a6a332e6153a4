"""What judging one change needs to know of the whole comparison: renumberings, footnotes, the other parts of a split."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from archive.vocabulary.folding import cached_key
from diffing.kinds import Relation
from diffing.nodes import Node
from diffing.pairing import NONE, Pairing
from diffing.reference_text import canonical_mark, find_references
from diffing.references import References
from diffing.text import Hunk, Redline, redline

_FOOTNOTE_MARK = re.compile(r"\^?(\d{1,3}|[*†‡§]+)[.)]?(?=\s|$)")
_TOKEN_MARK = re.compile(r"(.*?)\^?([0-9]{1,3})")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whole:
    """The whole of a split or join against its parts put together, without and with their number marks. One for all of its parts."""

    redlines: tuple[Redline, Redline]


class Context:
    """One for each comparison; all that is costly in it is worked out when first asked for."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._wholes: dict[tuple[str, int], Whole] = {}

    @cached_property
    def _references(self) -> References:
        return References(self._pairing)

    @cached_property
    def _footnotes(self) -> frozenset[tuple[str, str]]:
        """The (old, new) marks of footnotes that were renumbered and kept their words."""
        found = set()
        for before, after in enumerate(self._pairing.to_new):
            if after == NONE:
                continue
            old, new = self._pairing.old.nodes[before], self._pairing.new.nodes[after]
            if "footnote" in old.provision.unit and "footnote" in new.provision.unit:
                (was, words), (now, others) = _footnote(old), _footnote(new)
                if was and now and was != now and words == others:
                    found.add((was, now))
        return frozenset(found)

    def reference_follows(self, relation: Relation, compared: Redline, hunk: Hunk) -> bool:
        """Whether a difference lies in a reference that points at one provision on both sides."""
        before, after = compared.texts
        olds = find_references(before, *_span(compared.before_starts, compared.before, hunk.i1, hunk.i2))
        if not olds:
            return False
        news = find_references(after, *_span(compared.after_starts, compared.after, hunk.j1, hunk.j2))
        return any(
            self._references.follows(relation.before, relation.after, old, new)
            for old in olds
            for new in news
        )

    def footnote_follows(self, relation: Relation, compared: Redline, hunk: Hunk) -> bool:
        """Whether a difference is only a footnote mark, and the footnote was renumbered in the same way."""
        gone, come = compared.before[hunk.i1 : hunk.i2], compared.after[hunk.j1 : hunk.j2]
        if len(gone) != 1 or len(come) != 1:
            return False
        old, new = _TOKEN_MARK.fullmatch(gone[0]), _TOKEN_MARK.fullmatch(come[0])
        if not old or not new or old[1] != new[1]:
            return False
        node = self._pairing.old.nodes[relation.before]
        if "footnote" in node.provision.unit and not node.provision.num and _leads(compared, hunk):
            return True
        marked = (
            gone[0].startswith("^")
            or old[1]
            or (hunk.i1 and compared.before[hunk.i1 - 1] in ("^", "footnote", "Footnote", "note"))
        )
        return bool(marked) and (old[2], new[2]) in self._footnotes

    def whole(self, relation: Relation) -> Whole:
        """What a part of a split or join is a part of."""
        at = relation.before if relation.kind == "split" else relation.after
        key = (relation.kind, at)
        if key not in self._wholes:
            self._wholes[key] = self._of_split(at) if relation.kind == "split" else self._of_join(at)
        return self._wholes[key]

    def _of_split(self, before: int) -> Whole:
        whole = self._pairing.old.nodes[before].text
        bare, marked = _together([self._pairing.new.nodes[part] for part in self._pairing.splits[before]])
        return Whole(redlines=(redline(whole, bare), redline(whole, marked)))

    def _of_join(self, after: int) -> Whole:
        whole = self._pairing.new.nodes[after].text
        bare, marked = _together([self._pairing.old.nodes[part] for part in self._pairing.joins[after]])
        return Whole(redlines=(redline(bare, whole), redline(marked, whole)))

    def holds_text(self, kind: str, node: Node) -> bool:
        """Whether anything under an inserted or repealed node says something and came or went with it."""
        tree, partners = (
            (self._pairing.new, self._pairing.to_old)
            if kind == "insertion"
            else (self._pairing.old, self._pairing.to_new)
        )
        return any(
            partners[at] == NONE and tree.nodes[at].key and not tree.nodes[at].placeholder
            for at in range(node.index + 1, node.end)
        )


def _footnote(node: Node) -> tuple[str, str]:
    """The mark of a footnote and its words."""
    mark = canonical_mark(node.provision.num.lstrip("^"))
    if mark:
        return mark[0], node.key
    leading = _FOOTNOTE_MARK.match(cached_key(node.text))
    return (leading[1], node.key) if leading else ("", node.key)


def _leads(compared: Redline, hunk: Hunk) -> bool:
    """Whether a difference is the mark a footnote begins with; a quantity that begins a sentence (30 days) is none."""
    if hunk.i1 == 1 and compared.before[0] in ("^", "[", "("):
        return True
    following = compared.before[hunk.i2] if hunk.i2 < len(compared.before) else ""
    return hunk.i1 == 0 and (following in (".", ")") or following[:1].isupper())


def _together(parts: list[Node]) -> tuple[str, str]:
    """The texts of parts in order; and with their numbers, which the whole may hold in its running text."""
    first, *rest = parts
    return (
        "\n".join(part.text for part in parts),
        "\n".join([first.text, *(" ".join(filter(None, (part.provision.num, part.text))) for part in rest)]),
    )


def _span(starts: tuple[int, ...], tokens: tuple[str, ...], first: int, last: int) -> tuple[int, int]:
    """The characters where the tokens from ``first`` to ``last`` stand; of none, the end of the token before them."""
    end = starts[last - 1] + len(tokens[last - 1]) if last else 0
    return (starts[first] if last > first else end), end
