"""The blocks of an old page put together as a ``Law``: articles, paragraphs, items, 附則, appended tables."""

from __future__ import annotations

import re

from lxml import etree

from normalize.inline import tag_of
from normalize.japan_inline import SCRIPTS
from normalize.japan_markup import DIVISIONS
from normalize.japan_page_blocks import BLANK, Block, append

_DIVISION = re.compile(r"第[0-9０-９〇一二三四五六七八九十百]+(?P<kind>[編章節款目])")
_DIVISIONS = dict(zip("編章節款目", DIVISIONS, strict=True))
_ARTICLE = re.compile(r"第[0-9０-９〇一二三四五六七八九十百千]+条")
_SUPPLEMENT = re.compile(r"附[\s\u3000]*則")
_APPENDED = (
    ("別表", "AppdxTable"),
    ("様式", "AppdxStyle"),
    ("書式", "AppdxFormat"),
    ("別図", "AppdxFig"),
    ("付録", "Appdx"),
    ("附録", "Appdx"),
)
_REMARKS = re.compile(r"(?:備[\s\u3000]*考|注|（注）)(?=$|[\s\u3000一１])")
_BELOW = re.compile(r"para(?P<level>[0-9]{1,2})")
_PARAGRAPH, _ITEM = 1, 2


class PageLaw:
    """Takes the blocks of a page in their order; ``root`` is the ``Law`` so far, ``number`` the line with its number."""

    def __init__(self) -> None:
        self.root = etree.Element("Law")
        self.number = ""
        self._body = etree.SubElement(self.root, "LawBody")
        self._main: etree._Element | None = None
        self._container = self._body  # where an article or a free paragraph goes
        self._divisions: list[tuple[int, etree._Element]] = []
        self._article: etree._Element | None = None
        self._open: list[tuple[int, etree._Element]] = []  # paragraph 1, item 2, para1 3, para2 4 …
        self._caption = ""
        self._numbered: etree._Element | None = None  # whose paragraphs are being counted
        self._paragraphs = 0

    def take(self, block: Block) -> None:
        mark = block.mark.strip(BLANK)
        if not self.number and mark:
            self._title(block, mark)
        elif block.table is not None:
            self._table(block.table)
        elif self._main is None and block.text.startswith("最終改正"):
            self._leaf(self._body, "LastAmendment", block)
        elif block.anchor.startswith("#") and self._main is None:
            etree.SubElement(self._body, "TOC").text = mark + "".join(
                str(run) for run in block.words.itertext()
            )
        elif block.kind == "arttitle":
            self._flush_caption()
            self._caption = mark + block.text
        elif _SUPPLEMENT.match(mark):
            self._supplement(block, mark)
        elif division := _DIVISION.match(mark):
            self._division(block, mark, division["kind"])
        elif block.anchor.startswith("3"):
            self._appended(block, mark)
        elif block.kind == "item" or (mark and _ARTICLE.match(mark)):
            self._item(block, mark)
        elif block.kind == "number":
            self._listed("Item", _ITEM, block, mark)
        elif below := _BELOW.fullmatch(block.kind):
            level = min(max(int(below["level"]), 1), 10)
            self._listed(f"Subitem{level}", _ITEM + level, block, mark)
        else:
            self._free(block, mark)

    # ── head ───────────────────────────────────────────────────────────────────────────────────────

    def _title(self, block: Block, mark: str) -> None:
        etree.SubElement(self._body, "LawTitle").text = mark
        self.number = block.text
        number = etree.Element("LawNum")
        number.text = block.text
        self.root.insert(0, number)

    def _table(self, table: etree._Element) -> None:
        if self._main is not None or self._container is not self._body:
            self._innermost().append(html_table(table))
            return
        box = etree.SubElement(self._body, "Pending")
        links = {"".join(str(run) for run in link.itertext()).strip(BLANK) for link in table.iter("a")}
        for row in html_table(table).iter("TableRow"):
            cells = ["".join(str(run) for run in cell.itertext()).strip(BLANK) for cell in row]
            said = "\u3000".join(filter(None, cells))
            if said:
                linked = not links.isdisjoint(cells)
                etree.SubElement(box, "PendingLaw" if linked else "PendingTitle").text = said

    # ── divisions ──────────────────────────────────────────────────────────────────────────────────

    def _division(self, block: Block, mark: str, kind: str) -> None:
        tag = _DIVISIONS[kind]
        level = list(DIVISIONS).index(tag)
        while self._divisions and self._divisions[-1][0] >= level:
            self._divisions.pop()
        self._begin_main()
        parent = self._divisions[-1][1] if self._divisions else self._main
        assert parent is not None
        division = etree.SubElement(parent, tag)
        etree.SubElement(division, f"{tag}Title").text = _joined(mark, block.text)
        self._divisions.append((level, division))
        self._enter(division)

    def _supplement(self, block: Block, mark: str) -> None:
        self._flush_caption()
        self._begin_main()
        supplement = etree.SubElement(self._body, "SupplProvision")
        etree.SubElement(supplement, "SupplProvisionLabel").text = _joined(mark, block.text)
        self._divisions.clear()
        self._enter(supplement)

    def _appended(self, block: Block, mark: str) -> None:
        """A table or a form at the end: the first line of the block is its title, the rest its words."""
        self._flush_caption()
        self._begin_main()
        title, words = _first_line(block.words)
        title = _joined(mark, title)
        tag = next((tag for name, tag in _APPENDED if name in title[:8]), "AppdxNote")
        appended = etree.SubElement(self._body, tag)
        etree.SubElement(appended, f"{tag}Title").text = title
        self._enter(appended)
        if "".join(str(run) for run in words.itertext()).strip(BLANK) or words.find(".//img") is not None:
            self._paragraph("", words)

    def _enter(self, container: etree._Element) -> None:
        self._container, self._article = container, None
        self._open.clear()

    def _begin_main(self) -> None:
        if self._main is None:
            self._main = etree.SubElement(self._body, "MainProvision")
            if self._container is self._body:
                self._container = self._main

    # ── articles, paragraphs, items ────────────────────────────────────────────────────────────────

    def _item(self, block: Block, mark: str) -> None:
        self._begin_main()
        if _ARTICLE.match(mark):
            self._article = etree.SubElement(self._container, "Article")
            if self._caption:
                etree.SubElement(self._article, "ArticleCaption").text = self._caption
                self._caption = ""
            etree.SubElement(self._article, "ArticleTitle").text = mark
            mark = ""
        self._paragraph(mark, block.words)

    def _paragraph(self, mark: str, words: etree._Element) -> None:
        parent = self._article if self._article is not None else self._container
        paragraph = etree.SubElement(parent, "Paragraph")
        self._paragraphs = self._paragraphs + 1 if parent is self._numbered else 1
        self._numbered = parent
        paragraph.set("Num", str(self._paragraphs))
        if self._caption:
            etree.SubElement(paragraph, "ParagraphCaption").text = self._caption
            self._caption = ""
        etree.SubElement(paragraph, "ParagraphNum").text = mark
        etree.SubElement(paragraph, "ParagraphSentence").append(words)
        self._open = [(_PARAGRAPH, paragraph)]

    def _listed(self, tag: str, level: int, block: Block, mark: str) -> None:
        self._flush_caption()
        self._begin_main()
        if not self._open:
            self._paragraph("", etree.Element("Sentence"))
        while len(self._open) > 1 and self._open[-1][0] >= level:
            self._open.pop()
        listed = etree.SubElement(self._open[-1][1], tag)
        etree.SubElement(listed, f"{tag}Title").text = mark
        etree.SubElement(listed, f"{tag}Sentence").append(block.words)
        self._open.append((level, listed))

    def _free(self, block: Block, mark: str) -> None:
        """Words outside the divisions: the enacting words at the head, a paragraph without a number in a 附則, a line that goes on."""
        if mark:
            block.words.text = _joined(mark, block.words.text or "")
        if self._main is None:
            self._leaf(self._body, "EnactStatement", block)
        elif self._open and self._article is not None:
            self._open[-1][1].append(block.words)
        elif self._container.find("TableStruct") is not None and _REMARKS.match(block.text):
            label, words = _first_line(block.words)
            remarks = etree.SubElement(self._container, "Remarks")
            etree.SubElement(remarks, "RemarksLabel").text = label
            remarks.append(words)
        else:
            self._paragraph("", block.words)

    def _flush_caption(self) -> None:
        """A caption that no article or paragraph followed is a provision of its own."""
        if self._caption:
            self._begin_main()
            words = etree.Element("Sentence")
            words.text, self._caption = self._caption, ""
            self._paragraph("", words)

    def _leaf(self, parent: etree._Element, tag: str, block: Block) -> None:
        etree.SubElement(parent, tag).append(block.words)

    def _innermost(self) -> etree._Element:
        return self._open[-1][1] if self._open else self._container

    def finish(self) -> None:
        """What was still waiting when the page ended."""
        self._flush_caption()


def _first_line(words: etree._Element) -> tuple[str, etree._Element]:
    """The words up to the first line break, and what follows it."""
    rest = etree.Element("Sentence")
    title = words.text or ""
    into_title = True
    for node in list(words):
        tail, node.tail = node.tail or "", None
        if into_title and node.tag == "br":
            into_title = not title.strip(BLANK)
        elif into_title:
            title += "".join(str(run) for run in node.itertext())
        else:
            rest.append(node)
        if into_title:
            title += tail
        else:
            append(rest, tail)
    return title.strip(BLANK), rest


def html_table(table: etree._Element) -> etree._Element:
    """An HTML table in the elements of the standard: a ``TableStruct`` with its title and its ``Table``. Words that stand between the cells are a
    row of their own; those of a table inside a cell are words of that cell."""
    outer = etree.Element("TableStruct")
    made = etree.Element("Table")
    stack: list[etree._Element] = [table]
    while stack:
        source = stack.pop()
        tag = tag_of(source)
        if tag in ("table", "tbody", "thead", "tfoot"):
            loose = [source.text, *(child.tail for child in source.iterchildren())]
            _row_of_words(made, "".join(text for text in loose if text))
            stack.extend(reversed(source))
        elif tag == "caption":
            _copy_words(source, etree.SubElement(outer, "TableStructTitle"))
        elif tag == "tr":
            row = etree.SubElement(made, "TableRow")
            between = [source.text]
            for cell in source.iterchildren():
                if tag_of(cell):
                    _cell(cell, row)
                between.append(cell.tail)
            _row_of_words(made, "".join(text for text in between if text))
        elif tag not in ("", "colgroup", "col"):
            _cell(source, etree.SubElement(made, "TableRow"))
    outer.append(made)
    return outer


def _cell(source: etree._Element, row: etree._Element) -> None:
    column = etree.SubElement(row, "TableColumn")
    for name in ("rowspan", "colspan"):
        if said := source.get(name):
            column.set(name, said)
    _copy_words(source, etree.SubElement(column, "Sentence"))


def _row_of_words(table: etree._Element, text: str) -> None:
    if text.strip(BLANK):
        row = etree.SubElement(table, "TableRow")
        column = etree.SubElement(row, "TableColumn")
        etree.SubElement(column, "Sentence").text = text.strip()


def _copy_words(cell: etree._Element, target: etree._Element) -> None:
    """The words of a cell with their line breaks, scripts and pictures."""
    stack: list[tuple[etree._Element | str, etree._Element]] = [(child, target) for child in reversed(cell)]
    append(target, cell.text or "")
    while stack:
        item, into = stack.pop()
        if isinstance(item, str):
            append(into, item)
            continue
        stack.append((item.tail or "", into))
        tag = tag_of(item)
        inner = into
        if tag == "img":
            etree.SubElement(into, "img", src=item.get("src", ""))
        elif tag == "br":
            etree.SubElement(into, "br")
        elif tag in SCRIPTS:
            inner = etree.SubElement(into, tag)
        elif tag in ("div", "p", "li", "tr") and (into.text or len(into)):
            etree.SubElement(into, "br")
        stack.extend((child, inner) for child in reversed(item))
        append(inner, item.text or "")


def _joined(first: str, second: str) -> str:
    return f"{first}\u3000{second}" if first and second else first or second
