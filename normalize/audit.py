"""Every character accounted for: what a reader could not place, left out on purpose, or wants a person to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from archive.records import Discard, Leftover, Provision, Remark
from normalize.in_order import unlike
from normalize.inline import PICTURES, graphic_name, tag_of

# What the readers write that the source does not: marks of scripts, joints of cells, braces, accents, the stars of a gap.
_OURS = "^_{}|*\u0300\u0301\u0302\u0303\u0308\u030a\u0327"
_XPATHS = 2000
_STRING = etree.XPath("string()", smart_strings=False)
_WITHOUT_OURS = str.maketrans("", "", _OURS)


class Account:
    """Collects, while one document is read, what does not end in a provision.

    A place is an element of the tree (its XPath is taken) or a string. ``rules`` are the names of the discard rules that
    the profile declares; a discard by any other name is a mistake in the reader and raises ``KeyError``.
    """

    def __init__(self, rules: Iterable[str] = ()) -> None:
        self._rules = frozenset(rules)
        self._leftovers: list[Leftover] = []
        self._discards: list[Discard] = []
        self._remarks: dict[Remark, None] = {}

    def leftover(self, place: etree._Element | str, text: str) -> None:
        """``text`` stands in the source and in no provision."""
        if text.strip():
            self._leftovers.append(Leftover(place=self._place(place), text=" ".join(text.split())))

    def discard(self, rule: str, place: etree._Element | str, text: str) -> None:
        """``text`` is left out by the declared ``rule``."""
        if rule not in self._rules:
            raise KeyError(rule)
        self._discards.append(Discard(rule=rule, place=self._place(place), text=" ".join(text.split())))

    def remark(self, place: etree._Element | str, message: str) -> None:
        """Something a person should know; the same remark at the same place is kept once."""
        self._remarks[Remark(place=self._place(place), message=message)] = None

    def since(self) -> Since:
        """This point in the account."""
        return Since(len(self._leftovers), len(self._discards))

    def said_since(self, since: Since) -> Iterator[str]:
        """The texts that were left over or discarded after that point."""
        yield from (one.text for one in self._leftovers[since.leftovers :])
        yield from (one.text for one in self._discards[since.discards :])

    def _place(self, place: etree._Element | str) -> str:
        """An XPath counts the elements before it, so of the many places in a hostile document only the first get one."""
        if (
            isinstance(place, str)
            or len(self._leftovers) + len(self._discards) + len(self._remarks) < _XPATHS
        ):
            return place_of(place)
        return f"line {place.sourceline}"

    @property
    def leftovers(self) -> tuple[Leftover, ...]:
        return tuple(self._leftovers)

    @property
    def discards(self) -> tuple[Discard, ...]:
        return tuple(self._discards)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return tuple(self._remarks)


def place_of(place: etree._Element | str) -> str:
    """The XPath of an element, or the string itself."""
    if isinstance(place, str):
        return place
    path: str = place.getroottree().getpath(place)
    return path


def letters(text: str) -> Counter[str]:
    """How often each character stands in ``text``, without white space and the marks that readers add: what conservation counts."""
    counted = Counter("".join(text.split()))
    for mark in _OURS:
        del counted[mark]
    return counted


@dataclass(frozen=True, slots=True)
class Since:
    """A point in an account, so that what was said of one unit can be told from the rest."""

    leftovers: int
    discards: int


def source_text(element: etree._Element) -> str:
    """All that ``element`` prints: its words, and the names of its pictures, which stand in them for as long as it is read."""
    if not tag_of(element):
        return ""
    pictures = [(one, one.text, f"[graphic {graphic_name(one)}]") for one in element.iter(*PICTURES)]
    for one, _, name in pictures:
        one.text = name
    try:
        return str(_STRING(element))
    finally:
        for one, said, _ in pictures:
            one.text = said


def settle(place: etree._Element, source: str, texts: Iterable[str], account: Account, since: Since) -> None:
    """Compares what a unit prints (``source``) with what became of it: ``texts`` (the numbers, headings and texts of its
    provisions, one by one or as :func:`run_of` gives them), and what the account says of it ``since`` it was begun. What is
    missing is reported as left over, what is too much as a remark.

    Only where the counts of characters differ are the words looked for.
    """
    whole = [*texts, *account.said_since(since)]
    ours, theirs = unlike(source, whole)
    if letters(ours) == letters(theirs):
        return
    there = "\n".join(whole)
    printed, kept = _letters_apart(source, there)
    if missing := printed - kept:
        words = Counter(_words(source)) - Counter(_words(there))
        account.leftover(place, " ".join(words.elements()) or "".join(missing.elements()))
    if extra := kept - printed:
        words = Counter(_words(there)) - Counter(_words(source))
        said = " ".join(words.elements()) or "".join(extra.elements())
        account.remark(place, f"the provisions have more than the source prints: {said[:200]}")


class Printed(Protocol):
    """What has a number, a heading and a text: a provision, or the draft of one."""

    @property
    def num(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...


def run_of(printed: Printed) -> str:
    """The number, the heading and the text in one run, as the source mostly prints them."""
    num, heading, text = printed.num, printed.heading, printed.text
    if num and heading:
        return f"{num} {heading} {text}" if text else f"{num} {heading}"
    mark = num or heading
    return f"{mark} {text}" if mark and text else mark or text


def runs_of(roots: Iterable[Provision]) -> list[str]:
    """The runs of all provisions of these branches, in document order."""
    runs: list[str] = []
    stack = list(roots)
    stack.reverse()
    while stack:
        one = stack.pop()
        runs.append(f"{one.num} {one.heading} {one.text}")
        if one.children:
            stack += one.children[::-1]
    return runs


def _letters_apart(printed: str, kept: str) -> tuple[Counter[str], Counter[str]]:
    """How often each character stands in what is not alike in the two texts. Nearly all is alike, and setting whole lines aside, then
    whole words, takes a third of the time that counting every character would."""
    for parts in (str.splitlines, str.split):
        ours, theirs = Counter(parts(printed)), Counter(parts(kept))
        unlike = {part for part, _ in ours.items() ^ theirs.items()}
        printed, kept = _more_of(unlike, ours, theirs), _more_of(unlike, theirs, ours)
    return letters(printed), letters(kept)


def _more_of(unlike: Set[str], here: Counter[str], there: Counter[str]) -> str:
    """``here - there`` line by line, where only what is ``unlike`` has to be counted: a Counter's own subtraction goes through all of it
    (5 % of the reading of the control list, profile of 2026-11-23)."""
    parts: list[str] = []
    for part in here:
        if part in unlike:
            parts += [part] * (here[part] - there[part])
    return "\n".join(parts)


def unplaced(source: str, provisions: Iterable[Provision], discards: Iterable[Discard] = ()) -> str:
    """What ``source`` (the raw text of a unit) has more than its provisions and discards, "" when all is placed."""
    kept = [part for item in provisions for one in item.walk() for part in (one.num, one.heading, one.text)]
    kept.extend(discard.text for discard in discards)
    there = "\n".join(kept)
    printed, there_too = _letters_apart(source, there)
    missing = printed - there_too
    if not missing:
        return ""
    words = Counter(_words(source)) - Counter(_words(there))
    return " ".join(words.elements()) or "".join(missing.elements())


def _words(text: str) -> list[str]:
    return text.translate(_WITHOUT_OURS).split()
