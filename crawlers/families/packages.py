"""A zip that a publisher serves: whole, with every file in it readable."""

from __future__ import annotations

import io
import zipfile
import zlib

from crawlers.visit import Answer
from crawlers.walls import by_status, named, refusal

_TYPES = frozenset({"application/zip", "application/x-zip-compressed", "application/octet-stream"})
_LARGEST = 256 * 1024 * 1024


def accept_package(answer: Answer, *, expected: str) -> dict[str, bytes]:
    """The XML files of a zip, each as long and with the checksum that the zip says. Raises ``Refused``."""
    again = "Wait for the next run"
    if answer.cut:
        raise refusal(answer, "Truncated", f"{expected} broke off: {answer.cut}", again)
    if answer.status != 200:
        raise by_status(answer, expected=expected)
    if not answer.body:
        raise refusal(answer, "EmptyDocument", f"nothing came instead of {expected}", again)
    if answer.media_type not in _TYPES or not answer.body.startswith(b"PK"):
        raise named(answer, expected=expected, found=f"a body of type {answer.media_type or 'unknown'}")
    try:
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            entries = [one for one in archive.infolist() if one.filename.lower().endswith(".xml")]
            if sum(one.file_size for one in archive.infolist()) > _LARGEST:
                raise refusal(answer, "TooLarge", f"{expected} unpacks to more than any act", again)
            found = {one.filename: archive.read(one) for one in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise refusal(answer, "Truncated", f"{expected} is a damaged zip ({error})", again) from None
    if not found:
        raise refusal(answer, "EmptyDocument", f"{expected} is a zip without a text", again)
    return found
