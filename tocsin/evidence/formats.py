"""What is in an evidence file and how it is written: the part of its verifier that the maker shares.

This module, ``pages`` and ``checks`` are put together as the ``verify.py`` of each file: they run on Python 3.9 and its standard library alone.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator
from typing import Any

FORMAT = "tocsin-evidence/1"
MANIFEST, LINKS, BATCHES, ROWS, ABOUT = (
    "manifest.json",
    "links.jsonl",
    "batches.json",
    "rows.jsonl",
    "about.json",
)
WARC, INDEX, PAGE, PROGRAM = "captures.warc", "index.txt", "index.html", "verify.py"
PROVISION, DOCUMENT = "texts/provision-%s.txt", "texts/document-%s.jsonl"
SIDES = ("before", "after")
BEGINNING = "0" * 64
CAPTURE = "X-Tocsin-Capture"
_MOVED = ("content-encoding", "content-length", "transfer-encoding", "connection")


def canonical(value: Any) -> bytes:
    """The one way in which a value is written before it is hashed: keys in order, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(value: Any) -> str:
    """SHA-256 of that."""
    return sha256(canonical(value))


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def json_lines(data: bytes) -> list[Any]:
    """What stands a line each; a text may hold what other programs take for the end of a line."""
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


class Evidence:
    """The files of an evidence file by their names, and what is in them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.about: dict[str, Any] = json.loads(files[ABOUT])
        self.links: list[list[Any]] = json_lines(files[LINKS])
        self.batches: list[dict[str, Any]] = json.loads(files[BATCHES])
        self.entries: list[dict[str, Any]] = json_lines(files[ROWS])

    def rows(self, sort: str) -> list[dict[str, Any]]:
        """The rows of a sort as they are shown: what was hashed, with what stands for its hashes."""
        return [{**one["row"], **one.get("said", {})} for one in self.entries if one["sort"] == sort]

    def one(self, sort: str) -> dict[str, Any]:
        """The only row of a sort."""
        (found,) = self.rows(sort)
        return found


def edition_of(found: Evidence, side: str) -> Any:
    """The edition that a change went from or to: of its work and day, read from the bytes that the transition names; None where none is shown."""
    step = found.one("analyses")["transition"]
    bodies = {one["id"]: one["body_sha256"] for one in found.rows("captures")}
    for one in found.rows("editions"):
        due = [step["work"], step[side], step[side + "_sha256"]]
        if [one["work"], one["as_of"], bodies.get(one["capture"])] == due:
            return one
    return None


def warc_records(data: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """The records of a WARC file that is not compressed: their headers and their blocks. Raises ``ValueError``."""
    at = 0
    while at < len(data):
        end = data.index(b"\r\n\r\n", at)
        version, *lines = data[at:end].decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        start, size = end + 4, int(headers["Content-Length"])
        if version != "WARC/1.1" or data[start + size : start + size + 4] != b"\r\n\r\n":
            raise ValueError(f"a record of {WARC} does not end where it says")
        yield headers, data[start : start + size]
        at = start + size + 4


def request_head(captured: dict[str, Any]) -> bytes:
    """The request line and the headers as they went out, with credentials masked."""
    asked = json.loads(captured["request"])
    path = asked["url"].split("://", 1)[-1].partition("/")
    lines = ["{} /{} HTTP/1.1".format(asked["method"], path[2].partition("#")[0])]
    return _head(lines, asked["headers"])


def response_head(captured: dict[str, Any]) -> bytes:
    """The status line and the headers as they were kept. Those that speak of how the body travelled are renamed, since it is here as unpacked."""
    kept = [
        ("x-archive-orig-" + name if name.lower() in _MOVED else name, value)
        for name, value in json.loads(captured["headers"])
    ]
    return _head(
        ["HTTP/1.1 {} ".format(captured["status"])], [*kept, ("content-length", str(captured["bytes"]))]
    )


def _head(lines: list[str], headers: list[Any]) -> bytes:
    lines += ["{}: {}".format(name, " ".join(str(value).split())) for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode()


def packed(lines: list[list[Any]]) -> bytes:
    """A document as its digest is over it: MessagePack of a list of provisions, each a list of texts and nothings."""
    return _array(len(lines)) + b"".join(_array(len(line)) + b"".join(map(_text, line)) for line in lines)


def _array(size: int) -> bytes:
    return (
        bytes([0x90 | size])
        if size < 16
        else struct.pack(">BH", 0xDC, size)
        if size < 65536
        else struct.pack(">BI", 0xDD, size)
    )


def _text(text: Any) -> bytes:
    if text is None:
        return b"\xc0"
    data: bytes = text.encode()
    size = len(data)
    if size < 32:
        return bytes([0xA0 | size]) + data
    if size < 256:
        return struct.pack(">BB", 0xD9, size) + data
    return (struct.pack(">BH", 0xDA, size) if size < 65536 else struct.pack(">BI", 0xDB, size)) + data


def named(*parts: str) -> str:
    """An id over strings: SHA-256 of each with its length before it, the first half of it."""
    data = b"".join(struct.pack(">Q", len(part.encode())) + part.encode() for part in parts)
    return sha256(data)[:32]
