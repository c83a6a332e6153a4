"""Lists that come as delimited text, read strictly: every row has every column, and the last one is whole."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from archive.errors import UnreadableDocument
from normalize.profile import Hints, Profile

_GZIP = b"\x1f\x8b"
_LONGEST_CELL = 1_000_000
_DELIMITERS = (
    500  # a row on average, those inside quoted cells included; the longest real rows have some 30 columns
)
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One record: the line it begins on, and its cells by column, white space made plain."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTable:
    """``columns`` as the header names them, the rows, and the lines on which the header is repeated among them."""

    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]
    repeated_headers: tuple[int, ...] = ()


def unpacked(body: bytes, hints: Hints, profile: Profile) -> bytes:
    """``body``, unpacked if it is gzip-compressed, within the size that the profile allows. Raises ``UnreadableDocument``."""
    if body.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=31)
        try:
            body = inflater.decompress(body, profile.size_limit + 1)
        except zlib.error as error:
            raise UnreadableDocument(
                f"the gzip stream is damaged: {error}", thing=hints.thing, mend="Fetch it again"
            ) from None
        if len(body) <= profile.size_limit and not inflater.eof:
            raise UnreadableDocument("the gzip stream is cut off", thing=hints.thing, mend="Fetch it again")
    if len(body) > profile.size_limit:
        raise UnreadableDocument(
            f"the list has more than the {profile.size_limit:,} bytes that any real one has",
            thing=hints.thing,
            mend="Raise size_limit in the profile of the source if the list has grown",
        )
    if not body.strip():
        raise UnreadableDocument(
            "the document is empty", thing=hints.thing, mend="Fetch it again: an empty answer is no list"
        )
    return body


def decoded(body: bytes, hints: Hints) -> str:
    """UTF-8, with or without its mark. Raises ``UnreadableDocument``."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise UnreadableDocument(
            f"byte {error.start:,} is not UTF-8 (0x{body[error.start]:02x})",
            thing=hints.thing,
            place=f"line {line}",
            mend="Fetch it again, or convert it to UTF-8",
        ) from None


def table_of(
    text: str,
    hints: Hints,
    *,
    delimiter: str,
    columns: Collection[str],
    optional: Collection[str] = (),
) -> ListTable:
    """The records of ``text``. Its first row must name all of ``columns`` and nothing else but those of ``optional``.

    Raises ``UnreadableDocument``: a column missing, unknown or named twice, a row with another number of cells, a quotation
    that never ends (the last record is torn).
    """
    if text.count(delimiter) > _DELIMITERS * (text.count("\n") + 100):
        raise UnreadableDocument(
            "the rows have more cells than any real list",
            thing=hints.thing,
            mend="Look at where it came from",
        )
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    old_limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        return _table(lines, hints, columns, optional)
    finally:
        csv.field_size_limit(old_limit)


def _table(
    lines: Iterator[list[str]], hints: Hints, columns: Collection[str], optional: Collection[str]
) -> ListTable:
    rows: list[ListRow] = []
    repeated: list[int] = []
    header: list[str] = []
    line = 1
    try:
        for cells in lines:
            begins, line = line, lines.line_num + 1  # type: ignore[attr-defined]
            if not header:
                header = [" ".join(name.split()) for name in cells]
                _check_header(header, hints, columns, optional)
            elif not any(cell.strip() for cell in cells):
                continue
            elif cells == header:
                repeated.append(begins)
            elif len(cells) != len(header):
                raise UnreadableDocument(
                    f"this record has {len(cells)} cells, the header names {len(header)}, after {len(rows):,} whole records",
                    thing=hints.thing,
                    place=f"line {begins}",
                    mend="Fetch it again: if it is the last line, the list was cut off",
                )
            else:
                plain = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
                rows.append(ListRow(line=begins, cells=plain))
    except csv.Error as error:
        torn = "unexpected end" in str(error)
        raise UnreadableDocument(
            f"the list is cut off inside its last record, after {len(rows):,} whole ones"
            if torn
            else f"the record is malformed: {error}, after {len(rows):,} whole ones",
            thing=hints.thing,
            place=f"line {line}",
            mend="Fetch it again: a part of a list is not published as the whole",
        ) from None
    if not rows:
        raise UnreadableDocument(
            "the list has no record",
            thing=hints.thing,
            place="line 2",
            mend="Fetch it again: none of these lists is empty",
        )
    return ListTable(columns=tuple(header), rows=tuple(rows), repeated_headers=tuple(repeated))


def _check_header(
    header: list[str], hints: Hints, columns: Collection[str], optional: Collection[str]
) -> None:
    for place, name in enumerate(header, 1):
        if name not in columns and name not in optional:
            raise UnreadableDocument(
                f"the column {name!r} is not known",
                thing=hints.thing,
                place=f"line 1, column {place}",
                mend="The publisher changed the list: teach the reader what the column holds",
            )
        if header.index(name) != place - 1:
            raise UnreadableDocument(
                f"the column {name!r} is named twice",
                thing=hints.thing,
                place=f"line 1, column {place}",
                mend="Fetch it again",
            )
    missing = [name for name in columns if name not in header]
    if missing:
        raise UnreadableDocument(
            f"the column {missing[0]!r} is missing"
            + (f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""),
            thing=hints.thing,
            place="line 1",
            mend="Check that this is the list, with its header",
        )


def day_of(said: str) -> date | None:
    """A date of a list, ISO or American (``10/16/2017``); None for anything else, "" included."""
    if found := _US_DATE.fullmatch(said):
        month, day, year = (int(part) for part in found.groups())
    else:
        try:
            return date.fromisoformat(said[:10])
        except ValueError:
            return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
