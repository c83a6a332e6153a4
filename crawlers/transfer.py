"""Did all of it arrive? Compressed bodies are unpacked here and not by Scrapy, which takes half a gzip stream for a whole one.

An answer whose Content-Length fits and whose gzip stream breaks off is a cut document that no other layer notices
(``scrapy.utils.gz.gunzip`` of 2.19 returns what it could read).
"""

from __future__ import annotations

import zlib

ACCEPTED = "gzip"


class Cut(Exception):
    """The body is not all that was sent; the message says how."""


def unpacked(body: bytes, encoding: str, *, limit: int) -> bytes:
    """A body without its content encoding (``gzip`` or none). Raises :class:`Cut` for a stream that breaks off, is damaged, is in an
    encoding that was not asked for, or grows beyond ``limit`` bytes."""
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip"):
        raise Cut(f"it is packed as {encoding}, which was not asked for")
    out: list[bytes] = []
    size = 0
    rest = body
    while rest:
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            part = stream.decompress(rest, limit - size + 1)
        except zlib.error as error:
            raise Cut(f"its gzip stream is damaged ({error})") from None
        size += len(part)
        if size > limit:
            raise Cut(f"it unpacks to more than {limit:,} bytes")
        if not stream.eof:
            raise Cut(f"its gzip stream ends after {size:,} bytes without its last mark")
        out.append(part)
        rest = stream.unused_data
    return b"".join(out)
