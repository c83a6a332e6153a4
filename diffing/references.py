"""Cross-references: what they point at, and whether a changed one still points at the same provision.

A reference that merely follows a renumbering points, before and after, at provisions that are paired. It is looked for in the
nearest scope first, as a reader does: "paragraph (c)" is the one of this section.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from diffing.nodes import ROOT, Tree
from diffing.numerals import arabic
from diffing.pairing import Pairing

_LEVELS = (
    r"§§?|sections?|paragraphs?|subparagraphs?|items?|points?|clauses?|articles?|annex(?:es)?|notes?|parts?|chapters?|"
    r"supplements?(?: no\.)?|appendix|indents?|entry|entries|categor(?:y|ies)|"
    r"artikels?|art\.|absatz|absätze|abs\.|nummern?|nr\.|buchstaben?|buchst\.|anlagen?|anhang|kapitel|"
    r"paragraphe|alinéa|annexe|chapitre|artikelen|leden|lid|onderdeel|onderdelen|bijlage|hoofdstuk"
)
_MARK = (
    r"\(?(?:\d+(?:\.\d+)*[a-z]?|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,6})\)?(?:\((?:[A-Za-z]{1,4}|\d{1,3})\))*(?![\w])"
)
_PATTERNS: tuple[re.Pattern[str], ...] = (
    # 3A090.a.1
    re.compile(r"(?<![\w.])\d[A-E]\d{3}(?:\.(?:[a-z]{1,2}|\d{1,3})(?![A-Za-z0-9]))*"),
    # § 744.11(c)(1), (c)(1), Article 5(1)(h)
    re.compile(
        r"(?:§§? ?)?(?<![\w.(])\d+(?:\.\d+)*[a-z]?(?:\((?:[A-Za-z]{1,4}|\d{1,3})\))+|(?<!\w)(?:\((?:[A-Za-z]{1,4}|\d{1,3})\))+"
    ),
    # paragraphs 3, 4 and 5; § 5 Absatz 2 Nummer 3 Buchstabe a; artikel 5, lid 2, onderdeel c
    re.compile(
        rf"(?:\b(?:{_LEVELS})|§§?) ?{_MARK}(?:(?:,? (?:{_LEVELS})|,? §) ?{_MARK})*"
        rf"(?:(?:, | and | or | to | through | und | oder | bis | et | ou | en | of |, and |, or ){_MARK})*",
        re.IGNORECASE,
    ),
    # 第十二条の二第三項第四号イ, 第十二条第三款第（四）项; 前項 and its kin point at a neighbour
    re.compile(
        r"(?:第[（(]?[〇一二三四五六七八九十百千\d０-９]+[）)]?(?:条|項|号|章|節|款|项|节)(?:の[〇一二三四五六七八九十百]+)*)+"
        r"(?:[イロハニホヘトチリヌルヲワカヨタレソツネナラム](?![ァ-ヶー]))?"
    ),
    re.compile(r"[前次](?:条|項|号|款|项)"),
)
_PART = re.compile(
    r"\d[A-E]\d{3}|\d+(?:\.\d+)*[a-z]?|[A-Za-z]+|[〇一二三四五六七八九十百千０-９]+(?:条の[〇一二三四五六七八九十百]+)?|[ァ-ヶ]"
)
_LEVEL = re.compile(rf"(?:\b(?:{_LEVELS})|§§?)(?= ?[\w(])", re.IGNORECASE)
_BRANCH = re.compile(
    r"第?[（(]?([〇一二三四五六七八九十百千\d０-９]+)[）)]?(?:条|項|号|章|節|款|项|节)?((?:の[〇一二三四五六七八九十百]+)*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference in a text: its span and the marks it names, outermost first."""

    start: int
    end: int
    marks: tuple[str, ...]


@lru_cache(maxsize=1 << 13)
def canonical_mark(num: str) -> tuple[str, ...]:
    """The marks in a printed number: ``§ 744.11`` → ("744.11",), ``a.1.`` → ("a", "1"), ``第三条の二`` → ("3_2",)."""
    num = num.strip().rstrip(".:")
    branch = _BRANCH.fullmatch(num)
    if branch:
        pieces = [branch[1], *branch[2].split("の")[1:]]
        return ("_".join(str(value) if (value := arabic(piece)) is not None else piece for piece in pieces),)
    if re.fullmatch(r"\*?§? ?\d+(?:\.\d+)*[a-z]?", num):
        return (num.lstrip("*§ "),)
    num = _LEVEL.sub(" ", num)
    return tuple(part.strip() for part in re.findall(r"\d[A-E]\d{3}|\d+|[A-Za-z]+|[ァ-ヶ]", num))


def find_references(text: str, start: int, end: int) -> list[Reference]:
    """The references of a text that contain the span from ``start`` to ``end``, the longest first."""
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, max(0, start - 120), min(len(text), end + 120)):
            if match.start() <= start and end <= match.end():
                found.append(_reference(match, start, end))
    return sorted(found, key=lambda reference: (reference.start - reference.end, reference.start))


def _reference(match: re.Match[str], start: int, end: int) -> Reference:
    """The marks of a reference, as far as the span: of a list only the member that changed."""
    said = match.group()
    marks: list[str] = []
    if said[0] in "前次":
        return Reference(start=match.start(), end=match.end(), marks=(said[0],))
    if said[0] == "第":
        for piece in re.finditer(
            r"第[（(]?[^第イ-ン）)]+[）)]?(?:条|項|号|章|節|款|项|节)?(?:の[〇一二三四五六七八九十百]+)*|[ァ-ヶ]",
            said,
        ):
            if match.start() + piece.start() < end:
                marks += canonical_mark(piece.group())
        return Reference(start=match.start(), end=match.end(), marks=tuple(marks))
    members = re.split(
        r"(, and |, or |, | and | or | to | through | und | oder | bis | et | ou | en )",
        _LEVEL.sub(lambda m: " " * len(m[0]), said),
    )
    chained = bool(re.search(rf", ?(?:{_LEVELS})", said, re.IGNORECASE))
    at = match.start()
    for member in members:
        inside = at <= start and end <= at + len(member)
        if chained:
            marks += [
                piece
                for piece in re.findall(r"\d[A-E]\d{3}|\d+(?:\.\d+)*[a-z]?|[A-Za-z]{1,6}", member)
                if at < end
            ]
        elif inside or (at <= start < at + len(member)):
            marks = _marks_of(member)
        at += len(member)
        if at >= end:
            break
    return Reference(start=match.start(), end=match.end(), marks=tuple(marks))


def _marks_of(member: str) -> list[str]:
    code = re.fullmatch(r"\s*(\d[A-E]\d{3})((?:\.[a-z0-9]+)*)\s*", member)
    if code:
        return [code[1], *filter(None, code[2].split("."))]
    return re.findall(r"\d+(?:\.\d+)*[a-z]?|[A-Za-z]{1,6}", member)


class References:
    """The provisions of two paired trees by their marks."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._old = _Marks(pairing.old)
        self._new = _Marks(pairing.new)

    def follows(self, before: int, after: int, old: Reference, new: Reference) -> bool:
        """Whether ``old``, said in old node ``before``, and ``new``, said in new node ``after``, point at one provision,
        which is now numbered otherwise."""
        if old.marks == new.marks or not old.marks or not new.marks:
            return False
        was, now = self._old.point(before, old.marks), self._new.point(after, new.marks)
        if was is None or now is None:
            return False
        pairing = self._pairing
        became = {pairing.to_new[was], *pairing.splits.get(was, ())}
        became.update(whole for whole, parts in pairing.joins.items() if was in parts)
        return now in became


class _Marks:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._paths: list[tuple[str, ...]] = []
        self._by_last: defaultdict[str, list[int]] = defaultdict(list)
        for node in tree.nodes:
            above = self._paths[node.parent] if node.parent != ROOT else ()
            own = canonical_mark(node.provision.num)
            if not own and "." in node.eid:
                own = tuple(re.findall(r"\w+", node.eid))
            shared = next((k for k in range(min(len(own), len(above)), 0, -1) if above[-k:] == own[:k]), 0)
            path = above + own[shared:]
            self._paths.append(path)
            if own:
                self._by_last[path[-1]].append(node.index)

    def point(self, citing: int, marks: tuple[str, ...]) -> int | None:
        """The one node that marks point at from where they are said, or None."""
        if marks[0] in ("前", "次"):
            return self._neighbour(citing, -1 if marks[0] == "前" else 1)
        fitting = [
            index
            for index in self._by_last.get(marks[-1], ())
            if index != citing and _ends_with(self._paths[index], marks)
        ]
        if not fitting:
            return None
        near = {
            ancestor: depth
            for depth, ancestor in enumerate(reversed([citing, *self._tree.ancestors(citing)]), 1)
        }
        scored = [
            (max((near.get(a, 0) for a in (index, *self._tree.ancestors(index))), default=0), index)
            for index in fitting
        ]
        closest = max(score for score, _ in scored)
        nearest = [index for score, index in scored if score == closest]
        shallow = min(self._tree.nodes[index].depth for index in nearest)
        nearest = [index for index in nearest if self._tree.nodes[index].depth == shallow]
        return nearest[0] if len(nearest) == 1 else None

    def _neighbour(self, citing: int, step: int) -> int | None:
        node = self._tree.nodes[citing]
        siblings = self._tree.children_of(node.parent)
        at = node.position + step
        return siblings[at] if 0 <= at < len(siblings) else None


def _ends_with(path: tuple[str, ...], marks: tuple[str, ...]) -> bool:
    """Whether marks are in a path in order, the last at its end."""
    if not path or path[-1] != marks[-1]:
        return False
    rest = iter(reversed(path[:-1]))
    return all(any(mark == step for step in rest) for mark in reversed(marks[:-1]))
