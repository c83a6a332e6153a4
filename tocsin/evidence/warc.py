"""Captures as a WARC 1.1 file (ISO 28500), which any web archive's tools read: what was asked, what was answered, with the SHA-256 of each.

The bytes are those that were unpacked from the transfer, so the headers that speak of how they travelled are renamed (``x-archive-orig-…``). A capture
whose bytes are no answer as it came (a paper cut out of an issue, files put together, what a person handed over) is a ``resource``.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.codec import loads
from archive.dropped import dropped_body
from archive.records import Request
from archive.store import Archive
from tocsin.evidence.formats import CAPTURE, request_head, response_head
from tocsin.evidence.shown import Entry

_VERSION = "WARC/1.1"
_HTTP = "application/http; msgtype={}"


def warc(archive: Archive, captures: Iterable[Entry], *, program: str) -> bytes:
    """The file, without the bytes that a rule of retention has dropped. Deterministic: the instants are those of the captures, the names of records are made of what they hold. Raises ``UnsoundArchive``
    for bytes that are not what they were."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version=_VERSION)
    shown = [{**one["row"], **one["said"]} for one in captures]
    info = f"software: {program}\r\nformat: WARC file version 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    first = min((one["fetched_at"] for one in shown), default="1970-01-01T00:00:00.000000Z")
    _write(writer, "warcinfo", "application/warc-fields", first, b"", info.encode())
    for one in shown:
        if dropped_body(archive, one["body_sha256"]):
            continue
        body = archive.captures.get(one["body_sha256"])
        about = {"uri": one["url"], "capture": str(one["id"])}
        if not is_answer(one):
            _write(
                writer,
                "resource",
                one["media_type"] or "application/octet-stream",
                one["fetched_at"],
                b"",
                body,
                **about,
            )
            continue
        head = response_head(one)
        answer = _write(writer, "response", _HTTP.format("response"), one["fetched_at"], head, body, **about)
        if one["request"]:
            form = loads(one["request"], Request).body.encode()
            asked = request_head(one)
            _write(
                writer,
                "request",
                _HTTP.format("request"),
                one["fetched_at"],
                asked,
                form,
                **about,
                answer=answer,
            )
    return out.getvalue()


def is_answer(captured: Entry) -> bool:
    """Whether the bytes of a capture are one answer as it came."""
    meta = loads(captured["meta"], dict[str, object])
    files = meta.get("files", 1)
    return captured["headers"] != "[]" and "stands_in" not in meta and files == 1


def _write(
    writer: WARCWriter,
    sort: str,
    media_type: str,
    at: str,
    head: bytes,
    payload: bytes,
    *,
    uri: str = "",
    capture: str = "",
    answer: str = "",
) -> str:
    """Write a record; answers its id."""
    block = head + payload
    hashed = hashlib.sha256(block).hexdigest()
    name = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{sort} {uri} {capture} {at} {hashed}')}>"
    headers = [("WARC-Type", sort), ("WARC-Record-ID", name), ("WARC-Date", at)]
    headers += [("WARC-Target-URI", uri)] if uri else []
    headers += [(CAPTURE, capture)] if capture else []
    headers += [("WARC-Concurrent-To", answer)] if answer else []
    headers += [("WARC-Block-Digest", f"sha256:{hashed}")]
    if sort != "warcinfo":
        headers += [("WARC-Payload-Digest", f"sha256:{hashlib.sha256(payload).hexdigest()}")]
    record = ArcWarcRecord(
        "warc",
        sort,
        StatusAndHeaders("", [*headers, ("Content-Type", media_type)], protocol=_VERSION),
        BytesIO(block),
        None,
        media_type,
        len(block),
    )
    record.payload_length = len(block)
    writer.write_record(record)
    return name
