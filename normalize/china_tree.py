"""Blocks of a Chinese document as provisions: chapters, articles and their paragraphs, numbered lists, annexes, tables, the signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from normalize.china_marks import (
    ANNEX,
    ARTICLE,
    CLOSING,
    DATE_LINE,
    DIVISION,
    DIVISION_RANKS,
    DIVISIONS,
    PROMULGATION,
    Mark,
    number_of,
    read_mark,
)
from normalize.china_tables import china_table
from normalize.draft import Draft
from normalize.eids import slug
from normalize.page_blocks import Block

_ANNEX_RANK = 0
_HEADING_RANK = 5
_SIGNATURE_LINES = 12
_SIGNATURE_WIDTH = 40
_SENTENCE = "。；：，;:,"
_SLUG_WIDTH = 16
_AHEAD = 40  # lines in which a list goes on, if it does
_CONTENTS = frozenset({"目录", "目錄", "目次"})
_GROUPS = frozenset({"chapter", "division", "book", "part", "annex", "heading"})


@dataclass(slots=True)
class ChinaTree:
    """Builds the roots. ``groups`` are the open divisions, annexes and headings, each with its rank and the style of its mark, ``article`` the open 条, ``paragraph`` its last 款, ``items`` the
    open items from the outermost, each with the style of its mark."""

    roots: list[Draft] = field(default_factory=list)
    groups: list[tuple[int, Draft, str]] = field(default_factory=list)
    article: Draft | None = None
    paragraph: Draft | None = None
    items: list[tuple[str, Draft]] = field(default_factory=list)
    contents: set[str] | None = None  # the lines of a table of contents, while it is being read
    following: list[str] = field(default_factory=list)  # the lines that are still to come, the next one last

    def read(self, blocks: Iterable[Block]) -> list[Draft]:
        """All blocks, in order."""
        given = list(blocks)
        self.following = [line for block in given for line in _lines(block)][::-1]
        for block in given:
            if block.kind == "table" and block.table is not None:
                self._owner().append(china_table(block.table))
            for line in _lines(block):
                self.following.pop()
                self._line(line, heading=block.kind == "heading", level=block.level)
        sign(self.roots)
        return self.roots

    def _owner(self) -> list[Draft]:
        """Where a block without a mark goes."""
        if self.items:
            return self.items[-1][1].children
        if self.paragraph is not None:
            return self.paragraph.children
        return self._top()

    def _top(self) -> list[Draft]:
        return self.groups[-1][1].children if self.groups else self.roots

    def _line(self, line: str, *, heading: bool, level: int) -> None:
        if self._in_contents(line):
            self._top().append(Draft(segment=_slug(line), unit="text", text=line, quiet=True))
            return
        if (found := DIVISION.match(line)) and (heading or not line.endswith("。")):
            name, unit = DIVISIONS[found["unit"]]
            num = line[: found.start("words")].strip()
            segment = f"{name}-{number_of(found['number'])}"
            self._group(DIVISION_RANKS[found["unit"]], segment, unit, num, found["words"].strip())
        elif found := ARTICLE.match(line):
            self._article(found["number"], found["of"], found.group().strip(), line[found.end() :].strip())
        elif (found := ANNEX.match(line)) and not line.endswith(("。", "；")):
            number = f"-{number_of(found['number'])}" if found["number"] else ""
            num = line[: found.start("words")].strip()
            self._group(_ANNEX_RANK, f"annex{number}", "annex", num, found["words"].strip())
        elif heading:
            mark = read_mark(line)
            if mark is not None and mark.style != "code":
                self._close(mark.style)
                self._group(_HEADING_RANK + level, mark.segment, "heading", mark.num, mark.text, mark.style)
            else:
                self._group(_HEADING_RANK + level, _slug(line), "heading", "", line)
        elif mark := read_mark(line):
            self._item(mark)
        else:
            self._unmarked(line)

    def _in_contents(self, line: str) -> bool:
        """Whether a line only says which chapters there are: after 目录, until the first of them comes again."""
        name = "".join(line.split())
        if name in _CONTENTS:
            self.contents = set()
            return False
        if self.contents is None:
            return False
        if name in self.contents or not DIVISION.match(line):
            self.contents = None
            if self.groups and "".join(self.groups[-1][1].heading.split()) in _CONTENTS:
                self.groups.pop()
            return False
        self.contents.add(name)
        return True

    def _close(self, style: str) -> None:
        """Closes the heading that was numbered in the same style, and what is open under it."""
        for at, (_, _, open_style) in enumerate(self.groups):
            if open_style and open_style == style:
                del self.groups[at:]
                return

    def _group(self, rank: int, segment: str, unit: str, num: str, words: str, style: str = "") -> None:
        self.article = self.paragraph = None
        self.items.clear()
        while self.groups and self.groups[-1][0] >= rank:
            self.groups.pop()
        draft = Draft(segment=segment, unit=unit, num=num, heading=words, quiet=True)
        self._top().append(draft)
        self.groups.append((rank, draft, style))

    def _article(self, number: str, of: str | None, num: str, text: str) -> None:
        segment = f"art-{number_of(number)}" + (f"-{number_of(of)}" if of else "")
        # Articles are numbered through the whole of a statute, so they are cited without their chapter; those of an annex are not.
        annexed = any(rank == _ANNEX_RANK for rank, _, _ in self.groups)
        draft = Draft(segment=segment, unit="article", num=num, text=text, absolute=not annexed)
        self._top().append(draft)
        self.article = self.paragraph = draft
        self.items.clear()

    def _item(self, mark: Mark) -> None:
        styles = [style for style, _ in self.items]
        if mark.style == "code":
            while self.items and not (
                self.items[-1][0] != "code" or mark.segment.startswith(f"{self.items[-1][1].segment}.")
            ):
                self.items.pop()
        elif mark.style in styles:
            del self.items[styles.index(mark.style) :]
        elif mark.style == "一、":
            self.items.clear()  # the highest mark of an announcement
        if mark.style != "code" and mark.style not in styles:
            self._close(mark.style)
        code = mark.style == "code"
        draft = Draft(
            segment=mark.segment,
            unit="entry" if code and "." not in mark.segment else "item",
            num=mark.num,
            text=mark.text.strip(),
            absolute=code,
            quiet=True,
        )
        self._owner().append(draft)
        self.items.append((mark.style, draft))

    def _unmarked(self, line: str) -> None:
        if self.article is not None:
            # Every paragraph of an article is a 款; the first is the text that its number opens.
            self.items.clear()
            if not self.article.text and not self.article.children:
                self.article.text = line
                return
            count = 2 + sum(child.unit == "paragraph" for child in self.article.children)
            self.paragraph = self.article.add(Draft(segment=f"p{count}", unit="paragraph", text=line))
            return
        if (
            not self.groups
            and PROMULGATION.match(line)
            and not any(root.unit == "article" for root in self.roots)
        ):
            self.roots.append(Draft(segment="promulgation", unit="citation", text=line, quiet=True))
            return
        if self.items and line[-1] not in _SENTENCE and len(line) <= _SIGNATURE_WIDTH:
            self._top().append(Draft(segment=_slug(line), unit="text", text=line, quiet=True))
            self.items.clear()
            return
        if self.items and CLOSING.match(line) and not self._goes_on():
            self._top().append(Draft(segment=_slug(line), unit="text", text=line, quiet=True))
            self.items.clear()  # it ends the list, and belongs to none of its items
            return
        owner = self.items[0][1].children if self.items else self._owner()
        owner.append(Draft(segment=_slug(line), unit="text", text=line, quiet=True))

    def _goes_on(self) -> bool:
        """Whether the next mark continues a list that is open below its outermost items, so that what stands before it is inside."""
        ahead = islice(reversed(self.following), _AHEAD)
        mark = next(filter(None, map(read_mark, ahead)), None)
        return mark is not None and mark.style in [style for style, _ in self.items[1:]]


def _lines(block: Block) -> list[str]:
    """The lines that a block prints outside of tables."""
    if block.kind not in ("text", "heading"):
        return []
    return [line.strip() for line in block.text.split("\n") if line.strip()]


def _slug(line: str) -> str:
    """The first words of a line: a run of Chinese has no blanks to cut at."""
    return slug(line[:60], words=2)[:_SLUG_WIDTH].rstrip("-") or "text"


def sign(roots: list[Draft]) -> None:
    """Marks the lines that end a document, names of authorities and a date, as its signature, wherever they came to stand."""
    owner = roots
    while owner and owner[-1].children and owner[-1].unit in _GROUPS:
        owner = owner[-1].children
    for index in range(len(owner) - 1, -1, -1):
        if owner[index].unit != "text" or not DATE_LINE.fullmatch(owner[index].text.strip()):
            continue
        owner[index].unit = "signature"
        for above in reversed(owner[max(0, index - _SIGNATURE_LINES) : index]):
            if above.unit != "text" or len(above.text) > _SIGNATURE_WIDTH or above.text[-1] in _SENTENCE:
                break
            above.unit = "signature"
        return
