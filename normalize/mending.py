"""Malformed but complete XML made well-formed without losing a character of its text.

``libxml2`` has a recovery of its own, which drops what it does not understand: of ``R & D`` it keeps ``R  D``, of
``&nbsp;x`` it keeps ``x``, and after one tag that was never closed every later section is nested in it. So the markup is
balanced here and then parsed strictly.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# No alternative may run past the next "<": a hostile body would make it quadratic.
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<attributes>(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'/]|/(?!>))*)(?P<empty>/?)>"
    r"|<!--|<!\[CDATA\[|<\?|<!DOCTYPE"
)
_CLOSERS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!DOCTYPE": ">"}
_REFERENCE = re.compile(
    r"&(?:(?P<name>[A-Za-z][A-Za-z0-9]*)|#(?P<dec>\d{1,9})|#[xX](?P<hex>[0-9A-Fa-f]{1,8}));|&"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NOTES_LIMIT = 50

Note = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The well-formed text, and one note for each kind of thing that was mended, with the first line it was found on."""

    text: str
    notes: tuple[str, ...]


def mend(text: str, *, depth_limit: int) -> Mending:
    """Balances the tags of ``text`` and repairs its references.

    An end tag closes what was left open inside it; one that has another of its kind directly in it (a paragraph in a paragraph) ended
    where that one begins; an end tag of nothing open is left out; a bare ``&`` or ``<`` is
    text; named references of HTML are their characters. Nesting deeper than ``depth_limit`` stays as it is, for the
    strict parser to refuse.
    """
    found: dict[str, tuple[int, int]] = {}

    def note(what: str, at: int) -> None:
        count, first = found.get(what, (0, at))
        if count or len(found) < _NOTES_LIMIT:
            found[what] = (count + 1, first)

    out: list[str] = []
    open_tags: list[_Open] = []
    for kind, at, piece in _tokens(text):
        if kind == "text":
            out.append(_mended_text(piece, at, note))
        elif kind == "cdata":
            words = html.escape(piece[len("<![CDATA[") : -len("]]>")], quote=False)
            out.append(_mended_text(words, at, note))
        elif tag := _TAG.match(piece):
            _balance(tag, at, open_tags, out, note, depth_limit)
    notes = (
        f"line {text.count(chr(10), 0, first) + 1}: {what}" + (f" ({count} times)" if count > 1 else "")
        for what, (count, first) in found.items()
    )
    return Mending(text="".join(out), notes=tuple(notes))


def _tokens(text: str) -> Iterator[tuple[str, int, str]]:
    """The text as (``text`` | ``tag`` | ``cdata``, its offset, its characters). Comments, instructions and declarations have no words
    and are dropped."""
    position = 0
    exhausted: set[str] = set()  # closers that do not occur any more: their openers are text
    for token in _TAG.finditer(text):
        if token.start() < position:
            continue
        end, kind = token.end(), "tag"
        if token.group("name") is None:
            closer = _CLOSERS[token.group()]
            if closer in exhausted:
                continue
            end = text.find(closer, token.end())
            if end < 0:
                exhausted.add(closer)
                continue
            end, kind = end + len(closer), "cdata" if closer == "]]>" else ""
        if token.start() > position:
            yield "text", position, text[position : token.start()]
        position = end
        if kind:
            yield kind, token.start(), text[token.start() : end]
    yield "text", position, text[position:]


@dataclass(slots=True)
class _Open:
    """An element that is open, and the place in the output where another of its kind begins directly in it (0: none does)."""

    name: str
    next_alike: int = 0


def _balance(
    tag: re.Match[str], at: int, open_tags: list[_Open], out: list[str], note: Note, depth_limit: int
) -> None:
    name = tag["name"]
    if not tag["end"]:
        attributes = _mended_text(tag["attributes"], at, note)
        if not tag["empty"]:
            if open_tags and open_tags[-1].name == name and not open_tags[-1].next_alike:
                open_tags[-1].next_alike = len(out)
                out.append("")
            open_tags.append(_Open(name))
        out.append(f"<{name}{attributes}{tag['empty']}>")
        return
    if all(one.name != name for one in open_tags[-depth_limit:]):
        note(f"an end tag </{name}> without its start was left out", at)
        return
    while (inner := open_tags.pop()).name != name:
        if inner.next_alike:
            note(f"<{inner.name}> was never closed and ends where the next <{inner.name}> begins", at)
            out[inner.next_alike] = f"</{inner.name}>"
        else:
            note(f"<{inner.name}> was never closed and ends where <{name}> ends", at)
            out.append(f"</{inner.name}>")
    out.append(f"</{name}>")


def _mended_text(piece: str, at: int, note: Note) -> str:
    if "<" in piece:
        note("a bare < was read as text", at + piece.index("<"))
        piece = piece.replace("<", "&lt;")
    if control := _CONTROL.search(piece):
        note("a control character, which XML does not allow, was left out", at + control.start())
        piece = _CONTROL.sub("", piece)

    def reference(match: re.Match[str]) -> str:
        if name := match["name"]:
            if name in _XML_NAMES:
                return match.group()
            character = html.unescape(match.group())
            if character != match.group():
                note(f"&{name}; was read as {character!r}", at)
                return character
        elif number := match["dec"] or match["hex"]:
            code = int(number, 10 if match["dec"] else 16)
            if (
                code in (9, 10, 13)
                or 0x20 <= code <= 0xD7FF
                or 0xE000 <= code <= 0xFFFD
                or 0x10000 <= code <= 0x10FFFF
            ):
                return match.group()
            note("a reference to a character that XML does not allow was read as text", at)
            return f"&amp;{match.group()[1:]}"
        note("a bare & was read as text", at)
        return f"&amp;{match.group()[1:]}"

    return _REFERENCE.sub(reference, piece).replace("]]>", "]]&gt;")
