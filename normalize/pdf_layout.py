"""From the lines of pages to paragraphs: running heads told apart, columns put in reading order, lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize.audit import Account
from normalize.pdf_printed import Line, Page
from normalize.pdf_profile import HYPHEN, PAGE_NUMBER, RUNNING_HEAD

_EDGE = 0.13  # of the height of a page: where running heads and feet stand
_REPEATED = 0.5
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|blz\.?|p\.|第)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,7})\s*[-–—]?\s*(?:(?:/|of|von|van)\s*\d{1,4}|页|頁|ページ)?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[„“\"'‘«]?(?:\(\s*(?:\d{1,3}|[a-zA-Z]|([a-z])\1|[ivxl]{1,6}|[一二三四五六七八九十]{1,3})\s*\)|（\s*[0-9０-９一二三四五六七八九十]{1,3}\s*）|\d{1,3}[.)、．](?=\s|[\u3040-\u9fff])|[a-zA-Z]{1,3}\)|[a-z]\.(?=\s)|[ivx]{1,5}\)|[–—•▪·-]\s|"
    r"(?:Article|Artikel|Section|Sec\.|Annex|Anhang|Bijlage|ANNEX|ANNEXE|BIJLAGE|ANHANG|Chapter|CHAPTER|Kapitel|HOOFDSTUK|AFDELING|Note)\s+(?:\d|[IVXLC]+\b)|§\s*\d|第[一二三四五六七八九十百〇零0-9０-９]+[条條章节節編项項]|[一二三四五六七八九十]{1,3}、)"
)
_ENDS = tuple('.:;!?。；：！？”"»“’)')
_LEADS_ON = re.compile(r"(?:[.:;,!?。；：，—–”»]|\b(?:and|or|und|oder|et|ou|en|of|sowie))$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Paragraph:
    """The lines of a paragraph as one text; ``size`` of its type; ``note`` says that it is a footnote."""

    text: str
    size: float
    page: int
    note: bool = False


def without_running_heads(pages: Sequence[Page], account: Account) -> list[list[Line]]:
    """The lines of each page, heads and feet taken out and told. A line repeats if it stands at the same height of at least half of the
    pages, its digits aside."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if _at_edge(line, page):
                seen[_shape(line)].add(page.number)
    kept: list[list[Line]] = []
    for page in pages:
        lines: list[Line] = []
        for line in page.lines:
            shape = _shape(line)
            near = sum(len(seen.get((shape[0], shape[1] + step), ())) for step in (-1, 0, 1))
            if not _at_edge(line, page):
                lines.append(line)
            elif len(pages) > 1 and _PAGE_NUMBER.fullmatch(line.text):
                account.discard(PAGE_NUMBER, f"page {page.number}", line.text)
            elif len(pages) >= 3 and near >= max(3, _REPEATED * len(pages)):
                account.discard(RUNNING_HEAD, f"page {page.number}", line.text)
            else:
                lines.append(line)
        kept.append(lines)
    return kept


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom > (1 - _EDGE) * page.height or line.top < _EDGE * page.height


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("0", line.text), round(line.bottom / 6)


# ── reading order ──────────────────────────────────────────────────────────────────────────────────


def in_reading_order(lines: Sequence[Line], page: Page) -> list[list[Line]]:
    """The columns of a page from the first to the last; a line across both columns parts them into bands. Without a gutter, one
    column in the order of the page's content."""
    gutter = _gutter(lines, page)
    if gutter is None:
        return [list(lines)]
    columns: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda one: -one.top):
        if line.left < gutter < line.right:
            columns += [part for part in (left, right, [line]) if part]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return columns + [part for part in (left, right) if part]


def _gutter(lines: Sequence[Line], page: Page) -> float | None:
    """The middle of a blank strip down the page with running lines on both sides, None where there is none."""
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        at = page.width * step / 100
        across = sum(line.left < at < line.right for line in lines)
        left = [line for line in lines if line.right <= at and line.right - line.left > 0.15 * page.width]
        right = [line for line in lines if line.left >= at and line.right - line.left > 0.15 * page.width]
        beside = sum(any(abs(one.bottom - other.bottom) < one.size for other in right) for one in left)
        if min(len(left), len(right)) >= 4 and beside >= 4 and across * 5 <= len(lines):
            score = min(len(left), len(right)) - across
            if best is None or score > best[0]:
                best = (score, at)
    return best[1] if best else None


# ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────


def paragraphs(columns: Iterable[Sequence[Line]], account: Account) -> list[Paragraph]:
    """The paragraphs of all columns in order. A paragraph goes on over a column or a page where its words do; footnotes do not
    part it."""
    columns = [list(column) for column in columns]
    body = _body_size(columns)
    pitch = _pitch(columns, body)
    words = Counter(
        word.lower() for column in columns for line in column for word in _WORD.findall(line.text)
    )
    done: list[Paragraph] = []
    current: Paragraph | None = None
    before: Line | None = None
    for column in columns:
        right = max((line.right for line in column), default=0.0)
        notes: list[Paragraph] = []
        for line in column:
            if _is_note(line, column, body) or (notes and line.size < 0.92 * body):
                if notes and not re.match(r"\^?\d{1,3}\b", line.text):
                    notes[-1].text = _joined(notes[-1].text, line.text, False, words, account)
                else:
                    notes.append(Paragraph(line.text, line.size, line.page, note=True))
                continue
            if current is None or before is None or _begins(line, before, current, right, pitch):
                current = Paragraph(line.text, line.size, line.page)
                done.append(current)
            else:
                current.text = _joined(current.text, line.text, before.soft, words, account)
            before = line
        done.extend(notes)
    return done


def _begins(line: Line, before: Line, current: Paragraph, right: float, pitch: float) -> bool:
    if _OPENS.match(line.text) and _may_open(line, before, current, pitch):
        return True
    if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return True
    ended = current.text.endswith(_ENDS)
    if line.page != before.page or line.bottom > before.bottom + before.size:
        return ended or not (line.text[:1].islower() or _CJK.match(line.text))
    if abs(line.bottom - before.bottom) < 0.5 * line.size:
        return False  # the rest of the same line, after a gap
    if before.bottom - line.bottom > 1.4 * pitch:
        return True
    if current.text.endswith((",", "-")):
        return False
    short = before.right < right - 0.25 * max(right - before.left, 1.0)
    return short and (ended or not line.text[:1].islower())


def _may_open(line: Line, before: Line, current: Paragraph, pitch: float) -> bool:
    """Whether a line that begins like a numbered paragraph is one: a sentence can break before "(2) of that Article"."""
    if line.page != before.page or abs(line.left - before.left) > 0.6 * line.size:
        return True
    return before.bottom - line.bottom > 1.15 * pitch or bool(_LEADS_ON.search(current.text))


def _pitch(columns: Sequence[Sequence[Line]], body: float) -> float:
    """The commonest distance from one line of the body to the next, in points."""
    steps: Counter[int] = Counter()
    for column in columns:
        for one, other in zip(column, column[1:], strict=False):
            step = one.bottom - other.bottom
            if min(one.size, other.size) > 0.92 * body and 0.5 * body < step < 4 * body:
                steps[round(step)] += 1
    return float(steps.most_common(1)[0][0]) if steps else 1.4 * body


def _body_size(columns: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for column in columns:
        for line in column:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _is_note(line: Line, column: Sequence[Line], body: float) -> bool:
    """Whether a line opens a footnote: small type under all of the body, with its number."""
    if line.size > 0.92 * body or not re.match(r"\^?\d{1,3}\b", line.text):
        return False
    return not any(other.bottom < line.bottom and other.size > 0.95 * body for other in column)


def _joined(text: str, following: str, soft: bool, words: Counter[str], account: Account) -> str:
    """Two lines as one text. A hyphen at the end of a line goes only where the document has the whole word elsewhere."""
    if soft:
        return text + following
    if text.endswith(("-", "‐")) and following[:1].islower():
        head, tail = _WORD.findall(text[:-1])[-1:], _WORD.match(following)
        if head and tail and words[(head[0] + tail.group()).lower()]:
            account.discard(HYPHEN, "line end", text[-1])
            return text[:-1] + following
        return text + following
    if text and following and _CJK.match(text[-1]) and _CJK.match(following):
        return text + following
    return f"{text} {following}"
