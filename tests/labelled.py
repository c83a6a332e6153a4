"""The labelled cases of ``tests/changes``: two texts in the neutral form and what a reader has to be told of them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive.records import Expression, Provision

FOLDER = Path(__file__).parent / "changes"
Told = tuple[str, str, str, str]  # kind, old eid, new eid, materiality


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case; ``limits`` are (eid, old, new, direction), None where they are not the point."""

    id: str
    why: str
    before: Expression
    after: Expression
    expect: tuple[Told, ...]
    carried: tuple[tuple[str, str], ...] | None
    limits: tuple[tuple[str, str, str, str], ...] | None


def cases() -> list[Case]:
    """All cases, in the order of their files."""
    return [
        _case(path.stem, entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def expression(lines: str, as_of: date, language: str = "en") -> Expression:
    """Lines of the neutral form as an expression."""
    records = [json.loads(line) for line in lines.splitlines() if line.strip()]
    children: dict[str | None, list[dict[str, str]]] = {}
    for record in records:
        children.setdefault(record.get("parent"), []).append(record)

    def under(parent: str | None) -> tuple[Provision, ...]:
        return tuple(
            Provision(
                eid=record["eid"],
                unit=record.get("unit", ""),
                num=record.get("num", ""),
                heading=record.get("heading", ""),
                text=record.get("text", ""),
                children=under(record["eid"]),
            )
            for record in children.get(parent, ())
        )

    return Expression(work="xx/case", as_of=as_of, recipe="neutral/1", language=language, provisions=under(None))


def _case(topic: str, entry: dict[str, object]) -> Case:
    language = str(entry.get("language", "en"))
    expect = tuple(tuple(told) for told in entry["expect"])  # type: ignore[attr-defined]
    return Case(
        id=f"{topic}: {entry['name']}",
        why=str(entry["why"]),
        before=expression(str(entry["before"]), date(2026, 1, 1), language),
        after=expression(str(entry["after"]), date(2026, 6, 1), language),
        expect=expect,
        carried=tuple(map(tuple, entry["carried"])) if "carried" in entry else None,  # type: ignore[arg-type]
        limits=tuple(map(tuple, entry["limits"])) if "limits" in entry else None,  # type: ignore[arg-type]
    )
