"""The bytes of captures: compressed, keyed by their SHA-256, on disk before any code of ours interprets them.

Editions of one document differ little, so each is compressed with the document's last keyframe as zstd prefix: a keyframe stands alone,
every other body needs its keyframe and nothing else. Where too little is shared, the body becomes the next keyframe.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

import zstandard

from archive.databases import told_clearly
from archive.errors import UnsoundArchive

# Measured on dated editions of a 1 MB regulation: above 12 the time doubles for each per cent saved.
_LEVEL = 12
# A body that takes more than this share of its compressed size alone, in spite of the prefix, is the next keyframe.
_WORTHWHILE = 0.5
# zstd windows reach 128 MB unless the reader allows more: prefix and body have to fit in.
_WINDOW_LOG_LIMIT = 27


class CaptureStore:
    """``captures.db``. Each ``put`` is a transaction of its own, committed when it returns."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self.database = database
        self._path = path
        self._keyframe: tuple[str, bytes] | None = None

    def put(self, body: bytes, document: str) -> str:
        """Keep the bytes and answer their SHA-256 in hex; bytes that are kept already cost a look-up. ``document`` names what they
        are a capture of (``us_ecfr/title-15/part-744``). Raises ``TocsinError`` where the disk is at fault."""
        sha256 = hashlib.sha256(body).hexdigest()
        with told_clearly(self._path):
            if self.database.execute("SELECT 1 FROM body WHERE sha256 = ?", (sha256,)).fetchone():
                return sha256
            keyframe, frame = self._compress(body, document)
            # One statement, so one transaction; a second writer is kept out by the archive's lock.
            self.database.execute(
                "INSERT INTO body (sha256, document, size, keyframe, frame) VALUES (?, ?, ?, ?, ?)",
                (sha256, document, len(body), keyframe, frame),
            )
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises ``UnsoundArchive`` where they are absent or are not what they were."""
        with told_clearly(self._path):
            row = self.database.execute(
                "SELECT size, keyframe, frame FROM body WHERE sha256 = ?", (sha256,)
            ).fetchone()
        if row is None:
            raise self._unsound(sha256, "is not there")
        size, keyframe, frame = row
        try:
            body = _decompress(frame, size, self._keyframe_body(keyframe) if keyframe else b"")
        except zstandard.ZstdError as error:
            raise self._unsound(sha256, f"cannot be decompressed ({error})") from None
        if hashlib.sha256(body).hexdigest() != sha256:
            raise self._unsound(sha256, "is not the bytes that were captured")
        return body

    def __contains__(self, sha256: str) -> bool:
        return self.database.execute("SELECT 1 FROM body WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def hashes(self) -> Iterator[str]:
        """The SHA-256 of every body, keyframes first seen first."""
        for (sha256,) in self.database.execute("SELECT sha256 FROM body ORDER BY rowid"):
            yield sha256

    def sizes(self) -> tuple[int, int]:
        """The bytes that were captured, and those they take on disk."""
        captured, kept = self.database.execute(
            "SELECT coalesce(sum(size), 0), coalesce(sum(length(frame)), 0) FROM body"
        ).fetchone()
        return captured, kept

    def drop(self, hashes: Collection[str]) -> None:
        """Take bodies away. What was compressed against one of them is compressed anew first, and read back; all of it in one transaction."""
        gone = frozenset(hashes)
        with told_clearly(self._path):
            self.database.execute("BEGIN IMMEDIATE")
            try:
                self.database.execute(
                    "PRAGMA defer_foreign_keys = ON"
                )  # a keyframe may go before what needed it
                for keyframe in sorted(gone):
                    self._let_stand(keyframe, gone)
                self.database.executemany(
                    "DELETE FROM body WHERE sha256 = ?", [(one,) for one in sorted(gone)]
                )
                self.database.execute("COMMIT")
            except BaseException:
                if self.database.in_transaction:
                    self.database.execute("ROLLBACK")
                raise
            finally:
                self._keyframe = None

    def _let_stand(self, keyframe: str, gone: frozenset[str]) -> None:
        """Of what needs a keyframe that goes, the first becomes the next one, and the others are compressed against it, or alone where they share
        too little with it."""
        rows = self.database.execute("SELECT sha256 FROM body WHERE keyframe = ? ORDER BY rowid", (keyframe,))
        left = [sha256 for (sha256,) in rows.fetchall() if sha256 not in gone]
        prefix, cost = b"", 0
        first: str | None = None
        for sha256 in left:
            body = self.get(sha256)
            frame, against = _compress(body, prefix), first
            if first is not None and len(frame) > cost * _WORTHWHILE:
                alone = _compress(body, b"")
                frame, against = (alone, None) if len(frame) > len(alone) * _WORTHWHILE else (frame, first)
            if _decompress(frame, len(body), prefix if against else b"") != body:
                raise self._unsound(sha256, "cannot be compressed anew")
            if first is None:
                prefix, cost, first = body, len(frame), sha256
            self.database.execute(
                "UPDATE body SET keyframe = ?, frame = ? WHERE sha256 = ?", (against, frame, sha256)
            )

    def free(self) -> tuple[int, int]:
        """Bytes of the file that hold nothing any more and are used for what comes, and bytes of the whole file."""
        (size,) = self.database.execute("PRAGMA page_size").fetchone()
        (empty,) = self.database.execute("PRAGMA freelist_count").fetchone()
        (pages,) = self.database.execute("PRAGMA page_count").fetchone()
        return size * empty, size * pages

    def shrink(self) -> None:
        """Write the file anew without its empty pages; it needs as much room again meanwhile. Killed, the file is as it was."""
        with told_clearly(self._path):
            self.database.execute("VACUUM")
            self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def _compress(self, body: bytes, document: str) -> tuple[str | None, bytes]:
        """The keyframe to compress against (None: this is one) and the frame."""
        row = self.database.execute(
            "SELECT sha256, length(frame) FROM body WHERE document = ? AND keyframe IS NULL ORDER BY rowid DESC LIMIT 1",
            (document,),
        ).fetchone()
        if row is None:
            return None, _compress(body, b"")
        keyframe, keyframe_cost = row
        frame = _compress(body, self._keyframe_body(keyframe))
        if len(frame) > keyframe_cost * _WORTHWHILE:
            alone = _compress(body, b"")
            if len(frame) > len(alone) * _WORTHWHILE:
                return None, alone
        return keyframe, frame

    def _keyframe_body(self, sha256: str) -> bytes:
        """A keyframe, verified; the last one is kept, since the captures of a document are read one after the other."""
        if self._keyframe is None or self._keyframe[0] != sha256:
            self._keyframe = (sha256, self.get(sha256))
        return self._keyframe[1]

    def _unsound(self, sha256: str, what: str) -> UnsoundArchive:
        return UnsoundArchive(
            f"capture {sha256} {what}",
            thing=str(self._path),
            mend="Restore it from a backup; 'tocsin verify' checks them all",
        )


def _compress(body: bytes, prefix: bytes) -> bytes:
    window_log = max(10, min(_WINDOW_LOG_LIMIT, (len(prefix) + len(body)).bit_length()))
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, source_size=len(body), window_log=window_log, write_checksum=True
    )
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(prefix)).compress(
        body
    )


def _decompress(frame: bytes, size: int, prefix: bytes) -> bytes:
    decompressor = zstandard.ZstdDecompressor(
        dict_data=_dictionary(prefix), max_window_size=1 << _WINDOW_LOG_LIMIT
    )
    return decompressor.decompress(frame, max_output_size=size)


def _dictionary(prefix: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if prefix else None
