"""The neutral form of a text: one provision a line of JSON, in document order.

``{"eid": "3A090.a", "parent": "3A090", "unit": "item", "num": "a.", "heading": "", "text": "…"}``: eids are opaque and
unique, a parent stands before its children, ``null`` or "" says there is none, the cells of a row are joined by `` | ``, superscripts
are ``^``. A line may carry ``lang``; all lines that do must agree. What is read back is what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from archive.errors import UnreadableDocument
from archive.identifiers import check_work
from archive.records import Expression, Provision
from normalize.language import language_of

RECIPE = "provisions/1"
_TEXT_KEYS = ("unit", "num", "heading", "text")
_KEYS = frozenset(("eid", "parent", *_TEXT_KEYS, "lang"))
_MEND = 'Write one JSON object a line: {"eid": …, "parent": …, "unit": …, "num": …, "heading": …, "text": …}'


def read_provisions(
    body: bytes, *, work: str, as_of: date, thing: str = "", language: str = ""
) -> Expression:
    """The neutral form to an Expression of ``work``. ``language`` is what it is in if no line says, "" to tell by its words.

    Raises ``UnreadableDocument`` with the line of what is wrong.
    """
    check_work(work)
    lines: dict[str, tuple[str, dict[str, str]]] = {}
    languages: dict[str, int] = {}
    for number, raw in enumerate(_text(body, thing).split("\n"), start=1):
        if not raw.strip():
            continue
        row = _row(raw, number, thing)
        eid, parent = row.pop("eid"), row.pop("parent")
        if eid in lines:
            raise _fault(
                f"eid {eid!r} stands a second time", number, thing, "Give each provision an eid of its own"
            )
        if parent and parent not in lines:
            raise _fault(f"parent {parent!r} is not above", number, thing, "Put a parent before its children")
        if said := row.pop("lang"):
            languages.setdefault(said, number)
        lines[eid] = (parent, row)
    if not lines:
        raise UnreadableDocument("it holds no provision", thing=thing, mend=_MEND)
    if len(languages) > 1:
        raise _fault(
            f"several languages: {', '.join(languages)}", max(languages.values()), thing, "Ingest each apart"
        )
    words = "\n".join(row["heading"] + row["text"] for _, row in lines.values())
    spoken = next(iter(languages), "") or language or language_of(words)
    return Expression(
        work=work,
        as_of=as_of,
        recipe=RECIPE,
        title=work,
        language=spoken,
        provisions=_tree(lines),
        published=as_of,
    )


def write_provisions(provisions: Iterable[Provision], language: str = "") -> Iterator[str]:
    """The lines of the neutral form, each with its newline, in document order."""
    stack: list[tuple[str, Provision]] = [("", provision) for provision in reversed(tuple(provisions))]
    while stack:
        parent, provision = stack.pop()
        row: dict[str, str | None] = {
            "eid": provision.eid,
            "parent": parent or None,
            "unit": provision.unit,
            "num": provision.num,
            "heading": provision.heading,
            "text": provision.text,
        }
        if language:
            row["lang"] = language
        yield json.dumps(row, ensure_ascii=False) + "\n"
        stack.extend((provision.eid, child) for child in reversed(provision.children))


def _text(body: bytes, thing: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise UnreadableDocument(
            "it is not UTF-8", thing=thing, place=f"line {line}", mend="Save it as UTF-8"
        ) from None


def _row(raw: str, number: int, thing: str) -> dict[str, str]:
    try:
        said = json.loads(raw)
    except ValueError as error:
        raise _fault(f"it is not JSON ({error})", number, thing) from None
    except RecursionError:
        raise _fault("it is nested too deep", number, thing) from None
    if not isinstance(said, dict):
        raise _fault("it is not a JSON object", number, thing)
    if unknown := sorted(said.keys() - _KEYS):
        raise _fault(f"unknown key {unknown[0]!r}", number, thing)
    row: dict[str, str] = {}
    for key in ("eid", "parent", *_TEXT_KEYS, "lang"):
        value = said.get(key)
        if value is not None and not isinstance(value, str):
            raise _fault(f"{key} is {type(value).__name__}, not text", number, thing)
        row[key] = value or ""
    if not row["eid"]:
        raise _fault("it has no eid", number, thing)
    return row


def _fault(message: str, number: int, thing: str, mend: str = _MEND) -> UnreadableDocument:
    return UnreadableDocument(message, thing=thing, place=f"line {number}", mend=mend)


def _tree(lines: dict[str, tuple[str, dict[str, str]]]) -> tuple[Provision, ...]:
    """Provisions from their rows, leaves first: a parent always stands before its children."""
    children: dict[str, list[Provision]] = {}
    for eid, (parent, row) in reversed(lines.items()):
        own = tuple(reversed(children.pop(eid, ())))
        provision = Provision(
            eid=eid, unit=row["unit"], num=row["num"], heading=row["heading"], text=row["text"], children=own
        )
        children.setdefault(parent, []).append(provision)
    return tuple(reversed(children.get("", ())))
