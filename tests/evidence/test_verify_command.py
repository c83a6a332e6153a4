"""``tocsin verify`` on an archive that crawled: it names what somebody with the files and a shell has done to it, and what to do."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive import chain
from archive.errors import TocsinError
from archive.store import Archive
from archive.verify import verify
from tests.evidence.world import World
from tests.tocsin.program import Installation


@pytest.fixture
def folder(world: World, tmp_path: Path) -> Path:
    """A copy of the archive."""
    shutil.copytree(world.folder, tmp_path / "archive")
    return tmp_path / "archive"


def forged(folder: Path, *statements: str, file: str = "archive.db") -> None:
    with sqlite3.connect(folder / file, isolation_level=None) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert other.execute(statement).rowcount > 0, statement
    other.close()


def findings(folder: Path) -> list[str]:
    with Archive.open(folder, read_only=True) as archive:
        found = [finding for finding in verify(archive) if finding.grave]
    assert all(finding.mend for finding in found)
    return [f"{finding.file}: {finding.what}" for finding in found]


def test_what_was_crawled_is_sound_and_the_head_is_told(world: World) -> None:
    said = world.place.run("verify").stdout
    head = said.rpartition("head of the chain: ")[2].split()[0]
    assert "sound" in said
    with Archive.open(world.folder, read_only=True) as archive:
        assert chain.head(archive)[1] == head
        first = chain.links(archive)[0]
    again = world.place.run("verify", "--head", first.hash[:16]).stdout
    assert f"is that of link 1 of {first.at[:10]}" in again
    foreign = world.place.run("verify", "--head", "f" * 64, status=1).stdout
    assert "links were cut off or written anew" in foreign
    assert "what to do: Compare with a backup" in foreign
    assert "12 to 64 hexadecimal digits" in world.place.run("verify", "--head", "no", status=2).stderr


def test_the_command_names_the_row_and_says_what_to_do(world: World, folder: Path) -> None:
    place = Installation(folder.parent, world.place.environment)
    (folder.parent / "tocsin.toml").write_text("")
    forged(folder, "UPDATE attempt SET outcome = 'refused' WHERE id = 3")
    said = place.run("verify", status=1).stdout
    assert "BROKEN  archive.db: link 1, run 1: attempt 3 was changed" in said
    assert "what to do: Compare with a backup from before" in said
    assert "1 findings" in said


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE attempt SET status = 404 WHERE id = 2", "run 1: attempt 2 was changed"),
        ("DELETE FROM attempt WHERE id = 3", "1 attempt removed after 2"),
        ("UPDATE capture SET url = 'https://else.org' WHERE id = 2", "run 1: capture 2 was changed"),
        ("UPDATE transition SET observed_at = '2020-01-01T00:00:00.000000Z'", "analysis 1"),
        ("UPDATE change SET materiality = 'technical'", "analysis 1"),
        ("UPDATE decision SET verdict = 'not applicable'", "what it says was changed"),
        ("DELETE FROM decision", "what it was about was removed"),
        ("UPDATE comment SET words = 'x' WHERE privileged = 1", "what it says was changed"),
        ("UPDATE delivery_attempt SET outcome = 'failed'", "attempt at a delivery 1"),
        ("DELETE FROM delivery_order WHERE id = 1", "attempt at a delivery removed"),
        ("DELETE FROM chain WHERE position = 2", "link 2 before it was removed"),
    ],
)
def test_an_edit_without_triggers_is_found(folder: Path, harm: str, said: str) -> None:
    assert findings(folder) == []
    forged(folder, harm)
    found = findings(folder)
    assert any(said in one for one in found), found


def test_a_reordered_delivery_is_found(folder: Path) -> None:
    swap = "UPDATE delivery SET position = {} WHERE position = {}"
    forged(folder, swap.format(99, 1), swap.format(1, 2), swap.format(2, 99))
    found = findings(folder)
    assert any("delivery 1" in one for one in found), found
    assert any("delivery 2" in one or "delivery 1, 2" in one for one in found), found


def test_a_bit_that_flipped_on_the_disk_is_found(folder: Path) -> None:
    """In the file itself, inside the bytes of each capture."""
    with sqlite3.connect(folder / "captures.db") as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        frames = other.execute("SELECT sha256, frame FROM body WHERE length(frame) < 3000").fetchall()
    other.close()
    whole = (folder / "captures.db").read_bytes()
    chance = random.Random(5)
    assert len(frames) > 3
    for sha256, frame in frames:
        place = whole.index(frame) + chance.randrange(len(frame))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        (folder / "captures.db").write_bytes(flipped)
        assert any(sha256 in one for one in findings(folder)), (sha256, place)


def test_damage_anywhere_in_the_file_is_found_or_changes_nothing(folder: Path) -> None:
    with sqlite3.connect(folder / "archive.db") as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.execute("PRAGMA journal_mode = DELETE")
        said = content(other)
    other.close()
    whole = (folder / "archive.db").read_bytes()
    chance = random.Random(11)
    found = 0
    for _ in range(20):
        flipped = bytearray(whole)
        flipped[chance.randrange(100, len(whole))] ^= 1 << chance.randrange(8)
        (folder / "archive.db").write_bytes(flipped)
        try:
            is_found = bool(findings(folder))
        except TocsinError:
            is_found = True
        found += is_found
        if not is_found:
            with sqlite3.connect(folder / "archive.db") as other:
                assert content(other) == said
            other.close()
    assert found


CHAINED = "attempt capture edition transition changeset change text delivery delivery_attempt decision comment".split()


def content(database: sqlite3.Connection) -> list[object]:
    """What stands in the tables that the chain is over, but for what may change."""
    mutable = {"state", "reason", "inventory", "known_to", "provisional", "newest", "reference", "next_try"}
    rows: list[object] = []
    for table in CHAINED:
        columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
        kept = [
            f'"{name}"'
            for name in columns
            if table not in ("capture", "edition", "changeset", "delivery") or name not in mutable
        ]
        if table == "delivery":
            kept = ["key", "position", "watch", "target", "changes", "payload"]
        rows += [table, *database.execute(f"SELECT {', '.join(kept)} FROM {table} ORDER BY 1, 2")]
    return rows
