"""A whole installation with people, a watch, and a change that it was told of: for the commands and the API alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from archive.errors import TocsinError
from tests.tocsin.program import Installation, install
from tocsin.cli import cli

LIST = "us/cfr/15/774/supp-1"
WEEK = "2026-W06"
TOKENS = {name: f"token-of-{name}-0123456789" for name in ("rita", "rob", "cora", "carl", "ada")}
CONFIG = """
[people]
rita = { address = "rita@example.org", roles = ["reader"], token = "env:TOKEN_RITA" }
rob  = { address = "rob@example.org", roles = ["reviewer"], token = "env:TOKEN_ROB" }
cora = { address = "cora@example.org", roles = ["counsel"], token = "file:cora.token", deputy = "carl" }
carl = { address = "carl@example.org", roles = ["counsel"], token = "env:TOKEN_CARL", notify = ["file:carl.jsonl"] }
ada  = { address = "ada@example.org", roles = ["administrator"], token = "env:TOKEN_ADA" }
nina = { address = "nina@example.org" }

[digest]
signatures = 2
signers = ["counsel"]
sign_by = "Wed 17:00"
list = ["file:readers.jsonl"]
"""


def settle(folder: Path) -> Installation:
    """An installation in which 3A090.a went from 4800 to 2400 on Monday of the week."""
    place = install(folder)
    (folder / "tocsin.toml").write_text(CONFIG)
    (folder / "cora.token").write_text(TOKENS["cora"] + "\n")
    place.watch(chips={"eccn": ["3A090"]})
    place.environment.update(TOCSIN_HOSTS="{}")
    for day, limit in (("2026-01-05", "4800"), ("2026-02-02", "2400")):
        ingest(place, day, limit)
    return place


def ingest(place: Installation, day: str, limit: str) -> None:
    """An edition of the list of a day, observed at noon of it."""
    file = place.folder / f"{day}.jsonl"
    lines: list[dict[str, Any]] = [
        {"eid": "3A090", "unit": "entry", "num": "3A090", "text": "Integrated circuits."},
        {
            "eid": "3A090.a",
            "unit": "item",
            "num": "a.",
            "parent": "3A090",
            "text": f"having a 'total processing performance' of {limit} or more",
        },
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    at(place, f"{day}T12:00:00+00:00")
    run(place, "ingest", "--as-of", day, "--format", "provisions", "--work", LIST, str(file))


def at(place: Installation, instant: str) -> None:
    """What the clock says from here on."""
    place.environment["TOCSIN_NOW"] = instant


def run(place: Installation, *arguments: str, status: int = 0) -> bytes:
    """A command in this process, which is a tenth of the time of another one; what it printed, of a refusal what it said."""
    done = CliRunner().invoke(cli, ["--config", str(place.folder), *arguments], env=place.environment)
    if isinstance(done.exception, TocsinError):
        assert done.exception.exit_status == status, done.exception.line()
        return done.exception.line().encode()
    assert done.exit_code == status, f"{arguments}: {done.output}{done.exception!r}"
    return bytes(done.stdout_bytes)


def review(place: Installation, *arguments: str, person: str = "", status: int = 0) -> Any:
    """``tocsin review``: its lines as JSON where it was asked for, else its output; of a refusal what it said."""
    acting = ("--as", person) if person else ()
    said = run(place, "review", *arguments, *acting, status=status).decode()
    return [json.loads(line) for line in said.splitlines()] if "--json" in arguments and not status else said
