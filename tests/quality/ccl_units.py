"""The dated editions of the Commerce Control List in the corpus, as expressions."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

from archive.records import Expression, Provision
from tests.corpus import corpus_folder


def editions() -> list[Path]:
    """The files, oldest first."""
    return sorted((corpus_folder() / "extra" / "ccl_units").glob("ccl_units_*.jsonl.gz"))


def digest(paths: list[Path]) -> str:
    """One digest over the bytes of all editions."""
    hasher = hashlib.sha256()
    for path in paths:
        hasher.update(path.read_bytes())
    return hasher.hexdigest()


def raw_units(path: Path) -> dict[str, str]:
    """Each unit's text as the file has it, blanks run together: what an independent comparison sees."""
    units: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            units.setdefault(record["eccn"], " ".join(record["text"].split()))
    return units


def expression(path: Path) -> Expression:
    """An edition as a tree: each unit under the last of its ancestors that came before it."""
    children: defaultdict[str | None, list[tuple[str, str]]] = defaultdict(list)
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["eccn"] in seen:
                continue
            seen.add(record["eccn"])
            parent = next((above for above in reversed(record["ancestors"]) if above in seen), None)
            children[parent].append((record["eccn"], record["text"]))

    def under(parent: str | None) -> tuple[Provision, ...]:
        return tuple(
            Provision(
                eid=eid, unit="item" if "." in eid else "entry", num=eid, text=text, children=under(eid)
            )
            for eid, text in children[parent]
        )

    day = date.fromisoformat(path.name[10:20])
    return Expression(work="us/cfr/15/774/supp-1", as_of=day, recipe="units/1", provisions=under(None))
