"""The labelled cases of ``tests/changes``: two texts in the neutral form and what a reader has to be told of them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.records import Applicability, Expression, Provision

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
    children: dict[str | None, list[dict[str, Any]]] = {}
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
                applicability=tuple(_applicability(state) for state in record.get("applicability", ())),
            )
            for record in children.get(parent, ())
        )

    return Expression(
        work="xx/case", as_of=as_of, recipe="neutral/1", language=language, provisions=under(None)
    )


def _applicability(state: dict[str, str]) -> Applicability:
    days = {name: date.fromisoformat(state[name]) for name in ("start", "end") if name in state}
    return Applicability(state=state["state"], citation=state.get("citation", ""), **days)


def _case(topic: str, entry: dict[str, object]) -> Case:
    language = str(entry.get("language", "en"))
    expect = tuple(tuple(told) for told in entry["expect"])  # type: ignore[attr-defined]
    return Case(
        id=f"{topic}: {entry['name']}",
        why=str(entry["why"]),
        before=expression(
            str(entry["before"]), date.fromisoformat(str(entry.get("was", "2026-01-01"))), language
        ),
        after=expression(
            str(entry["after"]), date.fromisoformat(str(entry.get("now", "2026-06-01"))), language
        ),
        expect=expect,
        carried=tuple(map(tuple, entry["carried"])) if "carried" in entry else None,  # type: ignore[arg-type]
        limits=tuple(map(tuple, entry["limits"])) if "limits" in entry else None,  # type: ignore[arg-type]
    )
