"""Records to JSON and back, by msgspec: the only place that knows how a record looks on disk."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import msgspec

Record = TypeVar("Record")


def dumps(record: Any) -> str:
    """Compact JSON of a record or of plain values; keys in the order of the record's fields."""
    return msgspec.json.encode(record).decode()


def loads(text: str | bytes, kind: type[Record]) -> Record:
    """JSON to a record of ``kind``; raises ``msgspec.ValidationError`` with the path of what does not fit."""
    asked: Any = kind
    record: Record = _reader(asked).decode(text)
    return record


@lru_cache(maxsize=256)
def _reader(kind: Any) -> msgspec.json.Decoder[Any]:
    """A kind is looked into once: for a small text that took longer than to read it."""
    return msgspec.json.Decoder(kind)
