"""Documents that are made to hurt whoever reads them: small in transit, endless when they are unpacked, expanded or walked through."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping

ZEROS = b"0" * (1 << 20)
ROOTS = ("DIV5", "Law", "html")


def laughs(root: str) -> bytes:
    """Entities that hold entities: 3 KB that stand for gigabytes (known since 2003 as *billion laughs*)."""

    def named(number_: int) -> str:
        return f"&e{number_};"

    entities = "".join(f'<!ENTITY e{n} "{10 * named(n - 1)}">' for n in range(1, 11))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "law">{entities}]><{root}>&e10;</{root}>'.encode()


def repeated(root: str) -> bytes:
    """One long entity, named many times: its cost is the square of its size."""
    long, named = "a" * 50_000, "&a;" * 50_000
    return f'<!DOCTYPE {root} [<!ENTITY a "{long}">]><{root}>{named}</{root}>'.encode()


def foreign(root: str) -> bytes:
    """An entity that is a file of the machine."""
    return f'<!DOCTYPE {root} [<!ENTITY f SYSTEM "file:///etc/passwd">]><{root}>&f;</{root}>'.encode()


def fetched(root: str) -> bytes:
    """A definition that lies on another host."""
    return f'<!DOCTYPE {root} SYSTEM "http://127.0.0.1:9/a.dtd"><{root}>law</{root}>'.encode()


def nested(root: str) -> bytes:
    """Twenty thousand levels."""
    return f"<{root}>{'<P>' * 20_000}law{'</P>' * 20_000}</{root}>".encode()


def attributes(root: str) -> bytes:
    """An element with a hundred thousand attributes."""
    said = " ".join(f'a{n}="1"' for n in range(100_000))
    return f"<{root} {said}>law</{root}>".encode()


def unclosed(root: str) -> bytes:
    """Elements that begin and do not end, each a thing to mend."""
    return f"<{root}>{'<i><b>' * 100_000}".encode()


def arrays() -> bytes:
    """JSON in a hundred thousand brackets."""
    return b"[" * 100_000 + b"]" * 100_000


def number() -> bytes:
    """A number of a million digits."""
    return json.dumps({"results": 0}).encode().replace(b"0", b"9" * 1_000_000)


def cells() -> bytes:
    """A table of one line with a hundred thousand cells, each in quotes that may not end."""
    return b'"a","' * 100_000


def archived() -> bytes:
    """A zip whose one file is 512 MB of the same byte."""
    return _zipped({"law.xml": 512})


def overlapping() -> bytes:
    """A zip in which two hundred names are one 32 MB file: more than any list of sizes sums up to."""
    made = bytearray(_zipped({"a.xml": 32}))
    end = made.rindex(b"PK\x05\x06")
    begin = made.rindex(b"PK\x01\x02", 0, end)
    entry = bytes(made[begin:end])
    entries = b"".join(
        entry.replace(b"a.xml", f"{chr(97 + n // 26)}{chr(97 + n % 26)}xml".encode()) for n in range(200)
    )
    tail = bytearray(made[end:])
    tail[8:12] = (200).to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    return bytes(made[:begin]) + entries + bytes(tail)


def climbing() -> bytes:
    """A zip that wants to be unpacked above its folder."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("../../../../tmp/tocsin-was-here.xml", "<dokumente/>")
        package.writestr("/tmp/tocsin-was-here.xml", "<dokumente/>")
    return made.getvalue()


def zipped_in_zip() -> bytes:
    """A zip in a zip in a zip."""
    inner = _zipped({"a.xml": 64})
    for level in range(8):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(f"{level}.zip", inner)
        inner = made.getvalue()
    return inner


def gzipped() -> bytes:
    """A gzip of 256 MB."""
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as stream:
        for _ in range(256):
            stream.write(ZEROS)
    return made.getvalue()


def stream() -> bytes:
    """A PDF of which one stream unpacks to 256 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(256)) + packer.flush()
    return _pdf(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed))


def _pdf(content: bytes) -> bytes:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
        content,
    )
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number_, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number_, body)
    begin = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made) + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % begin


def _zipped(files: Mapping[str, int]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, megabytes in files.items():
            with package.open(name, "w", force_zip64=True) as member:
                for _ in range(megabytes):
                    member.write(ZEROS)
    return made.getvalue()


OF_MARKUP: tuple[Callable[[str], bytes], ...] = (
    laughs,
    repeated,
    foreign,
    fetched,
    nested,
    attributes,
    unclosed,
)
OF_BYTES: tuple[Callable[[], bytes], ...] = (
    arrays,
    number,
    cells,
    archived,
    overlapping,
    climbing,
    zipped_in_zip,
    gzipped,
    stream,
)


def bombs() -> dict[str, bytes]:
    """All of them by name, those of markup with each root that a reader of ours knows."""
    made = {f"{make.__name__}-{root}": make(root) for make in OF_MARKUP for root in ROOTS}
    return made | {make.__name__: make() for make in OF_BYTES}
