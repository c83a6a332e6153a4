"""A writer of small PDFs for tests: pages of lines at given places, rules, a picture; nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A line of Helvetica at ``x``, ``y`` (points from the lower left); ``rise`` lifts it, as a superscript is lifted."""

    x: float
    y: float
    words: str
    size: float = 11
    rise: float = 0


@dataclass(frozen=True)
class Rule:
    """A thin stroke from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Picture:
    """A grey picture over the whole page."""


Item = Text | Rule | Picture


# A font of Adobe's Japanese collection, which every reader knows without its being embedded; its codes are UTF-16.
_WIDE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UTF16-H /DescendantFonts [<< /Type /Font"
    b" /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> /DW 1000 >>] >>"
)


def pdf(*pages: list[Item], trailer: bytes = b"") -> bytes:
    """The bytes of a PDF with these pages (595 by 842 points)."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(_WIDE)
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
        b"stream\n\x80\nendstream"
    )
    kids: list[int] = []
    for page in pages:
        content = b"\n".join(_drawn(item) for item in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /P1 5 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % kid for kid in kids),
        len(kids),
    )
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def column(
    lines: list[str], *, x: float = 70, top: float = 740, step: float = 14, size: float = 11
) -> list[Item]:
    """Lines under one another; an empty line leaves a gap."""
    return [Text(x, top - step * at, line, size) for at, line in enumerate(lines) if line]


def _drawn(item: Item) -> bytes:
    if isinstance(item, Text) and not item.words.isascii() and max(item.words) > "\u2fff":
        wide = item.words.encode("utf-16-be").hex().encode()
        return b"BT /F2 %g Tf %g %g Td %g Ts <%s> Tj ET" % (item.size, item.x, item.y, item.rise, wide)
    if isinstance(item, Text):
        words = (
            item.words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        )
        return b"BT /F1 %g Tf %g %g Td %g Ts (%s) Tj ET" % (item.size, item.x, item.y, item.rise, words)
    if isinstance(item, Rule):
        return b"0.7 w %g %g m %g %g l S" % (item.x1, item.y1, item.x2, item.y2)
    return b"q 595 0 0 842 0 0 cm /P1 Do Q"
