"""The document inside what gesetze-im-internet.de serves: ``xml.zip`` with one XML file and its pictures, or the XML itself."""

from __future__ import annotations

import io
import zipfile
import zlib

from archive.errors import UnreadableDocument

_ZIP = b"PK\x03\x04"
_MEMBERS_CEILING = 2_000
_MEND = "Fetch the archive again; it should hold one XML file and its pictures"


def unpack(body: bytes, *, thing: str, size_limit: int) -> bytes:
    """``body`` itself, or the one XML file of the zip archive that it is. Raises ``UnreadableDocument``."""
    if not body.startswith(_ZIP):
        return body
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _the_document(archive, thing, size_limit)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise UnreadableDocument(
            f"the zip archive is damaged or encrypted: {error}", thing=thing, mend=_MEND
        ) from None


def _the_document(archive: zipfile.ZipFile, thing: str, size_limit: int) -> bytes:
    members = archive.infolist()
    documents = [member for member in members if member.filename.lower().endswith(".xml")]
    if len(members) > _MEMBERS_CEILING or len(documents) != 1:
        raise UnreadableDocument(
            f"the zip archive holds {len(members):,} files, {len(documents)} of them XML, where one is expected",
            thing=thing,
            mend=_MEND,
        )
    # What a member says of its size is not believed: it is read up to the limit and one byte more.
    with archive.open(documents[0]) as member:
        found = member.read(size_limit + 1)
    if len(found) > size_limit:
        raise UnreadableDocument(
            f"the XML file in the archive has more than {size_limit:,} bytes, more than any law",
            thing=thing,
            place=documents[0].filename,
            mend="Look at where it came from",
        )
    return found
