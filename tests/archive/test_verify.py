"""``verify`` finds what was tampered with or lost, and nothing in a sound archive."""

from __future__ import annotations

import re

import pytest

from archive import editions
from archive.store import Archive
from archive.verify import verify
from tests.archive.building import WORK, at, edition, item, publish


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Three editions, one of them corrected, one by a new recipe."""
    publish(archive, edition(item("1", "one", item("1.a", "below")), item("2", "two")))
    publish(archive, edition(item("1", "one"), item("2", "zwei"), days=1), hours=1)
    publish(archive, edition(item("2", "two"), item("1", "uno"), days=1), hours=2)
    (first, second) = editions.editions(archive, WORK)
    texts = [editions.expression(archive, WORK, on=held.as_of) for held in (first, second)]
    anew = [
        edition(*text.provisions, days=days, recipe="us_ecfr/2") for days, text in enumerate(texts) if text
    ]
    editions.rederive(archive, WORK, [(anew[0], first.capture_id), (anew[1], second.capture_id)], at=at(3))
    return archive


def test_a_sound_archive_has_no_finding_and_every_step_is_told(filled: Archive) -> None:
    steps: list[tuple[int, int]] = []
    assert list(verify(filled, lambda done, of: steps.append((done, of)))) == []
    assert [done for done, _ in steps] == list(range(1, steps[-1][1] + 1))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE text SET body = 'won' WHERE body = 'one'", "text .* is not what it was: 'won'"),
        (
            "DELETE FROM provision WHERE id = (SELECT min(id) FROM provision WHERE parent IS NOT NULL)",
            "is not what was published",
        ),
        ("DELETE FROM provision WHERE id = 1", "is not what was published"),
        ("UPDATE provision SET rank = 'zz' WHERE id = 1", "is not what was published"),
        ("UPDATE provision SET num = '(x)' WHERE id = 3", "is not what was published"),
        ("UPDATE provision SET to_date = NULL WHERE to_date IS NOT NULL", "is not what was published"),
        ("DELETE FROM text WHERE body = 'zwei'", "refers to a row of text that is not there"),
        ("DELETE FROM capture WHERE id = 1", "refers to a row of capture that is not there"),
    ],
)
def test_a_row_that_was_changed_or_removed_is_found(filled: Archive, harm: str, said: str) -> None:
    filled.database.execute("PRAGMA foreign_keys = OFF")
    for (name,) in filled.database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        filled.database.execute(f"DROP TRIGGER {name}")
    assert filled.database.execute(harm).rowcount > 0
    found = [finding for finding in verify(filled) if finding.grave]
    assert found
    assert all(finding.file == "archive.db" for finding in found)
    assert any(re.search(said, finding.what) for finding in found)


def test_a_flipped_bit_or_a_lost_body_of_a_capture_is_found(filled: Archive) -> None:
    database = filled.captures.database
    database.execute("PRAGMA foreign_keys = OFF")
    shas = list(filled.captures.hashes())
    (frame,) = database.execute("SELECT frame FROM body WHERE sha256 = ?", (shas[0],)).fetchone()
    database.execute(
        "UPDATE body SET frame = ? WHERE sha256 = ?", (frame[:-1] + bytes([frame[-1] ^ 1]), shas[0])
    )
    database.execute("DELETE FROM body WHERE sha256 = ?", (shas[1],))
    found = [finding.what for finding in verify(filled) if finding.grave]
    assert any(f"capture {shas[0]} cannot be decompressed" in what for what in found)
    assert f"the bytes of capture {shas[1]} are not there" in found
