"""A crawl's captures as cases for the tests: ``capture.json`` and the bytes as they came, and what is read of them, to be looked at and kept.

A case is a folder: ``capture.json`` (all of a Capture but its bytes), ``body`` with the ending of its kind, ``golden.jsonl`` (a line for each
expression and each provision in it, in document order).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from archive.errors import BadInput
from archive.records import Capture, Expression, Reading
from normalize import reading as readers
from tocsin.hints import hints_of

CAPTURE, GOLDEN = "capture.json", "golden.jsonl"
_ENDINGS = {"json": "json", "xml": "xml", "csv": "csv", "html": "html", "pdf": "pdf", "zip": "zip"}
_UNSAFE = re.compile(r"[^\w.-]")  # what some file system does not take in a name
# Headers that differ with every answer, or tell of the machine that it went through.
_KEPT_HEADERS = frozenset({"content-type", "etag", "last-modified"})


def write_case(folder: Path, capture: Capture) -> Path:
    """Writes a capture, and the golden of what is read of it, into a new folder under ``folder``. Raises ``UnreadableDocument``."""
    case = folder / capture.source / f"{_UNSAFE.sub('_', capture.document)}_{capture.as_of}"
    case.mkdir(parents=True, exist_ok=True)
    read = readers.read(capture.source, capture.body, hints_of(capture))
    ending = next((end for word, end in _ENDINGS.items() if word in capture.media_type), "txt")
    (case / f"body.{ending}").write_bytes(capture.body)
    said = msgspec.to_builtins(capture)
    del said["body"], said["request"]  # what was asked tells of this machine
    said["headers"] = [header for header in said["headers"] if header[0] in _KEPT_HEADERS]
    said["body"] = f"body.{ending}"
    (case / CAPTURE).write_text(_json(said, indent=1) + "\n", encoding="utf-8")
    (case / GOLDEN).write_text(golden_of(read), encoding="utf-8")
    return case


def read_case(case: Path) -> Capture:
    """The capture of a case. Raises ``BadInput`` for a folder that is none."""
    try:
        said = json.loads((case / CAPTURE).read_text(encoding="utf-8"))
        body = (case / said.pop("body")).read_bytes()
        return replace(msgspec.convert({**said, "body": b""}, Capture), body=body)
    except (OSError, ValueError, KeyError, msgspec.ValidationError) as error:
        raise BadInput(
            f"this is no recorded case ({error})", thing=str(case), mend="Record it again"
        ) from None


def golden_of(read: Reading) -> str:
    """What was read, a JSON object a line."""
    lines = [_json(line) for expression in read.expressions for line in _lines(expression)]
    lines += [_json({"leftover": left.text, "place": left.place}) for left in read.leftovers]
    return "\n".join(lines) + "\n"


def _lines(expression: Expression) -> Iterator[dict[str, Any]]:
    said = msgspec.to_builtins(expression)
    roots = said.pop("provisions")
    yield {name: value for name, value in said.items() if value}
    stack = [("", root) for root in reversed(roots)]
    while stack:
        parent, provision = stack.pop()
        children = provision.pop("children")
        stack += [(provision["eid"], child) for child in reversed(children)]
        yield {name: value for name, value in {**provision, "parent": parent}.items() if value}


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent)
