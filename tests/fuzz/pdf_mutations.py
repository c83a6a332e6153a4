"""Neighbours of a PDF that are PDFs still: its objects changed, its table of places written anew.

Bytes flipped at random die in the header or in the table of places, and say nothing of what reads the pages.
"""

from __future__ import annotations

import random
import re

_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_REFERENCE = re.compile(rb"\d+ 0 R")
_KEY = re.compile(rb"/[A-Za-z]\w*")
_SHOWN = re.compile(rb"\((?:[^()\\]|\\.)*\)")
_NUMBERS = (b"0", b"-1", b"1", b"3", b"0.5", b"300", b"842", b"65536", b"2147483648", b"-99999999999", b"1e9")
_KEYS = tuple(
    b"/Type /Page /Pages /Kids /Count /Parent /Contents /Resources /MediaBox /CropBox /Rotate /Font /F1 /Encoding /ToUnicode"
    b" /Length /Filter /FlateDecode /XObject /Subtype /Form /Image /WinAnsiEncoding /Identity-H /BaseFont /DescendantFonts".split()
)
_WORDS = tuple(
    word.encode("cp1252")
    for word in (
        "(a)|(b)|(1)|1.|2.|A.|Article 2|Article 3|Chapter I|ANNEX II|§ 4|Note 1|Page 2 of 7|2|- 3 -|exceeding 10|GHz|licence|re-|exports|^2"
        "|3A090|[Reserved]|8541 10|–|…|“x”|shall apply from 2 August 2027|\x00|\xad|é"
    ).split("|")
)
_OPERATORS = (
    b"BT /F1 11 Tf 70 700 Td (x) Tj ET",
    b"BT /F1 6 Tf 72 60 Td 4 Ts (1) Tj ET",
    b"BT ET",
    b"q Q Q Q",
    b"0.7 w 70 500 m 500 500 l S",
    b"70 400 430 60 re S",
    b"70 400 200 30 re 270 400 230 30 re 70 370 200 30 re 270 370 230 30 re S",
    b"/P1 Do",
    b"/F9 11 Tf",
    b"90 Tr",
    b"1 0 0 -1 0 842 cm",
    b"0 0 0 0 0 0 cm",
    b"BI /W 1 /H 1 ID x EI",
    b"<00480049> Tj",
    b"[(a) -2500 (b)] TJ",
    b"T*",
    b"-9 TL",
)


def mutated_pdf(body: bytes, choose: random.Random) -> bytes:
    """A neighbour of ``body``; what has no objects to change comes back cut off."""
    objects = [(int(found[1]), found[2]) for found in _OBJECT.finditer(body)]
    if not objects:
        return body[: choose.randrange(len(body) + 1)]
    for _ in range(choose.randint(1, 6)):
        at = choose.randrange(len(objects))
        number, held = objects[at]
        action = choose.randrange(12)
        if action == 0 and len(objects) > 1:
            del objects[at]
        elif action == 1:
            objects.append((choose.choice(objects)[0] if choose.random() < 0.3 else len(objects) + 1, held))
        elif action == 2:
            objects[at] = (choose.randint(0, len(objects) + 2), held)
        else:
            objects[at] = (number, _changed(held, choose, [one for one, _ in objects]))
    return _written(objects, choose)


def _changed(held: bytes, choose: random.Random, numbers: list[int]) -> bytes:
    """An object with its stream changed (as often as not), or its dictionary."""
    stream = _STREAM.search(held)
    if stream is not None and choose.random() < 0.7:
        content = _content(stream[1], choose)
        before = held[: stream.start()]
        if choose.random() < 0.9:
            before = re.sub(rb"/Length \d+", b"/Length %d" % len(content), before)
        return before + b"stream\n" + content + b"\nendstream" + held[stream.end() :]
    head, rest = (held[: stream.start()], held[stream.start() :]) if stream else (held, b"")
    action = choose.randrange(5)
    if action == 0:
        head = _one(_NUMBER, head, choose, choose.choice(_NUMBERS))
    elif action == 1:
        head = _one(_REFERENCE, head, choose, b"%d 0 R" % choose.choice([*numbers, 0, 99]))
    elif action == 2:
        head = _one(_KEY, head, choose, choose.choice(_KEYS))
    elif action == 3:
        head = _one(_KEY, head, choose, b"")
    else:
        found = list(_REFERENCE.finditer(head))
        if found:
            one = choose.choice(found)
            head = head[: one.end()] + (b" " + one.group()) * choose.randint(1, 4) + head[one.end() :]
    return head + rest


def _content(content: bytes, choose: random.Random) -> bytes:
    """The drawing of a page: other words, other places, operators added, dropped, doubled or in another order."""
    lines = content.split(b"\n")
    for _ in range(choose.randint(1, 5)):
        at = choose.randrange(len(lines))
        action = choose.randrange(7)
        if action == 0:
            words = b" ".join(choose.choice(_WORDS) for _ in range(choose.randint(1, 6)))
            escaped = words.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            lines[at] = _one(_SHOWN, lines[at], choose, b"(" + escaped + b")")
        elif action == 1:
            lines[at] = _one(_NUMBER, lines[at], choose, choose.choice(_NUMBERS))
        elif action == 2:
            lines.insert(at, choose.choice(_OPERATORS))
        elif action == 3 and len(lines) > 1:
            del lines[at]
        elif action == 4:
            lines[at:at] = lines[at : at + choose.randint(1, 6)]
        elif action == 5:
            other = choose.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif lines[at]:
            broken = bytearray(lines[at])
            broken[choose.randrange(len(broken))] = choose.randrange(256)
            lines[at] = bytes(broken)
    return b"\n".join(lines)


def _one(pattern: re.Pattern[bytes], text: bytes, choose: random.Random, put: bytes) -> bytes:
    """``text`` with one of the places where ``pattern`` stands replaced."""
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = choose.choice(found)
    return text[: one.start()] + put + text[one.end() :]


def _written(objects: list[tuple[int, bytes]], choose: random.Random) -> bytes:
    """The file, with the places of its objects; rarely a wrong one, so that PDFium has to look for them."""
    out = bytearray(b"%PDF-1.4\n")
    places: dict[int, int] = {}
    for number, held in objects:
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(out)
    size = max(places, default=0) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        place = places.get(number, 0) + (choose.randint(-9, 9) if choose.random() < 0.01 else 0)
        out += b"%010d 00000 %c \n" % (max(place, 0), ord("n" if number in places else "f"))
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)
