"""A user's own terms and counterparties, named in tocsin.toml: read anew each time, held against changes, kept nowhere. All names are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from alerts.match import match
from alerts.watches import load_watches
from archive.errors import BadInput
from archive.ledger import runs
from archive.records import Change
from archive.store import Archive
from tests.archive.building import transition
from tocsin.cli import cli
from tocsin.config import load
from tocsin.rederive import record
from tocsin.reference import own_reference

CUSTOMERS = "name;aliases;reference\nSky-Ore Trading Co., Ltd.;SOT Shanghai;K-1041\nQuartzline Optik GmbH;;\n"
WATCH = """
[[watch]]
name = "{name}"
owner = "ann@example.org"
reason = "we sell there"
matter = "stop"
{condition}
notify = ["log"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tocsin.toml").write_text('terms = "terms.toml"\ncounterparties = "customers.csv"\n')
    (tmp_path / "terms.toml").write_text('photonics = ["photonic chip", "光子芯片"]\n', encoding="utf-8")
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    return tmp_path


def row(text: str) -> Change:
    return Change(
        kind="insertion", materiality="substantive", reason="", new_eid="supp-4.x", unit="row", text_after=text, ops=(("+", text),)
    )  # fmt: skip


def stored(folder: Path, *changes: Change) -> list[tuple[str, str, float]]:
    config = load(folder / "tocsin.toml", known_sources=())
    with Archive.create(folder / "archive") as archive, archive.transaction():
        found = record(
            archive,
            transition(work="us/cfr/15/744/supp-4"),
            changes,
            language="en",
            own=own_reference(config),
        )
        return [(t.type, t.id, t.confidence) for one in found for t in one.touches]


def test_a_listed_party_touches_the_counterparty_it_may_be_by_reference_else_by_name(folder: Path) -> None:
    touches = stored(
        folder,
        row("CHINA | SKY ORE TRADING COMPANY LIMITED, 5 Example Road, Shanghai | For all items | Denial"),
        row("GERMANY | Quarzline Optik, 5 Example Road, Berlin | For all items | Denial"),
        row("GERMANY | Nobody in Particular GmbH, 7 Example Road, Berlin | For all items | Denial"),
    )
    met = {name: score for kind, name, score in touches if kind == "counterparty"}
    assert met.keys() == {"K-1041", "Quartzline Optik GmbH"}
    assert met["K-1041"] == 1.0
    assert 0.88 <= met["Quartzline Optik GmbH"] < 1.0


def test_nothing_of_the_file_is_in_the_archive_but_what_matched(folder: Path) -> None:
    stored(folder, row("CHINA | Sky Ore Trading, 5 Example Road, Shanghai | For all items | Denial"))
    kept = b"".join(path.read_bytes() for path in (folder / "archive").iterdir() if path.is_file())
    assert b"K-1041" in kept
    assert b"SOT Shanghai" not in kept
    assert b"Quartzline" not in kept


def test_own_terms_are_technologies_with_a_mark(folder: Path) -> None:
    assert ("technology", "U:photonics", 1.0) in stored(
        folder, row("CHINA | Ore Ltd., 5 Example Road | a photonic chip | Denial")
    )


def test_a_watch_meets_counterparties_and_own_terms_and_says_candidate(folder: Path) -> None:
    watches = folder / "watches"
    watches.mkdir()
    for name, condition in (
        ("any customer", 'counterparties = ["*"]'),
        ("that customer", 'counterparties = ["k-1041"]'),
        ("another", 'counterparties = ["K-2"]'),
        ("own topic", 'technologies = ["U:photonics"]'),
    ):
        (watches / f"{name}.toml").write_text(WATCH.format(name=name, condition=condition))
    loaded, _ = load_watches(watches, people={}, targets={"log"})
    config = load(folder / "tocsin.toml", known_sources=())
    with Archive.create(folder / "archive") as archive, archive.transaction():
        (one,) = record(
            archive,
            transition(work="us/cfr/15/744/supp-4"),
            [row("CHINA | Sky Ore Trading, 5 Example Road, Shanghai | a photonic chip | Denial")],
            language="en",
            own=own_reference(config),
        )
    met = {found.watch.name: found.why for found in match(loaded, one)}
    assert met.keys() == {"any customer", "that customer", "own topic"}
    assert [why.note for why in met["any customer"] if why.key == "counterparties"] == [
        "a candidate, score 100.0 of 100"
    ]


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("terms.toml", "photonics = 3\n", "photonics"),
        ("terms.toml", "photonics = [\n", ""),
        ("customers.csv", "name\nOre\n,x\n", "line 3"),
        ("customers.csv", "who\nOre\n", "line 1"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_file_place_and_mend(
    folder: Path, file: str, text: str, place: str
) -> None:
    (folder / file).write_text(text)
    with pytest.raises(BadInput) as refused:
        own_reference(load(folder / "tocsin.toml", known_sources=()))
    assert refused.value.thing == str(folder / file)
    assert place in refused.value.place
    assert refused.value.mend


def test_a_file_that_is_not_there_is_told_with_its_key(folder: Path) -> None:
    (folder / "customers.csv").unlink()
    with pytest.raises(BadInput, match="no such file") as refused:
        own_reference(load(folder / "tocsin.toml", known_sources=()))
    assert "counterparties in tocsin.toml" in refused.value.mend


def test_the_command_uses_the_terms_of_its_configuration(folder: Path) -> None:
    answer = CliRunner().invoke(
        cli, ["--config", str(folder / "tocsin.toml"), "touches", "-"], input="a photonic chip"
    )
    assert [row["id"] for row in json.loads(answer.stdout)] == ["U:photonics"]


def test_a_run_with_a_mistake_in_a_file_says_so_and_starts_nothing(folder: Path) -> None:
    (folder / "watches").mkdir()
    with Archive.create(folder / "archive"):
        pass
    (folder / "terms.toml").write_text("photonics = 3\n")
    answer = CliRunner().invoke(
        cli, ["--config", str(folder / "tocsin.toml"), "run", "--once", "--source", "us_ecfr"]
    )
    assert answer.exit_code != 0
    assert "terms.toml" in str(answer.exception)
    with Archive.open(folder / "archive", read_only=True) as archive:
        assert runs(archive) == ()
