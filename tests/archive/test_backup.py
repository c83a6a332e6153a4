"""A backup taken while the archive is written to is of one moment; a restoring that is interrupted loses nothing and can be done again."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive import actions, changes, editions
from archive.backup import MANIFEST, NAME, back_up, backups, restore
from archive.databases import RESTORED
from archive.errors import BadInput, TocsinError, UnsoundArchive
from archive.store import Archive
from archive.verify import verify
from tests.archive.building import WORK, at, edition, item, publish
from tests.archive.released import put, versions
from tests.tocsin.program import ROOT

WRITER = """
import sys
from pathlib import Path
from archive.store import Archive
from tests.archive.building import capture, edition, item, publish
with Archive.open(Path(sys.argv[1])) as archive:
    for number in range(1, 100_000):
        publish(archive, edition(item("1", f"text {number}"), item("2", "x" * (number % 977)), days=2), hours=number)
        if number == 20:
            print("writing", flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.create(tmp_path / "archive") as archive:
        publish(archive, edition(item("1", "one"), item("2", "two")))
        publish(archive, edition(item("1", "one"), item("2", "zwei"), days=1), hours=1)
    return tmp_path / "archive"


@pytest.fixture
def being_written(folder: Path) -> Iterator[Path]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        yield folder
        assert writer.poll() is None, "the writer was at work all the time"
        writer.kill()


def held(folder: Path) -> list[str]:
    with Archive.open(folder, read_only=True) as archive:
        assert [finding for finding in verify(archive) if finding.grave] == []
        text = editions.expression(archive, WORK)
        return [one.text for one in text.provisions] if text else []


def test_a_backup_taken_while_the_archive_is_written_restores_to_one_that_verifies(
    being_written: Path, tmp_path: Path
) -> None:
    found = [back_up(being_written, tmp_path / "backups", at(hour)) for hour in range(3)]
    assert list(backups(tmp_path / "backups")) == found
    texts = []
    for number, backup in enumerate(found):
        assert restore(backup.folder, tmp_path / f"restored-{number}") is None
        texts.append(held(tmp_path / f"restored-{number}")[0])
    numbers = [int(text.removeprefix("text ")) for text in texts]
    assert numbers == sorted(numbers)
    assert numbers[0] >= 20


def test_backups_that_take_turns_while_the_archive_is_written_are_each_of_one_moment(
    being_written: Path, tmp_path: Path
) -> None:
    """Both files of a backup, against each other: an edition is of a capture, a capture of bytes, and nothing of one file is of a later moment."""
    for hour in range(5):
        back_up(being_written, tmp_path / "backups", at(hour), keep=2)
    kept = backups(tmp_path / "backups")
    assert [backup.manifest.at for backup in kept] == [at(hour).isoformat() for hour in (3, 4)]
    counts = []
    for number, backup in enumerate(kept):
        restore(backup.folder, tmp_path / f"restored-{number}")
        with Archive.open(tmp_path / f"restored-{number}", read_only=True) as archive:
            assert [finding for finding in verify(archive) if finding.grave] == []
            rows = archive.database.execute("SELECT sha256 FROM capture").fetchall()
            assert all(archive.captures.get(sha256) for (sha256,) in rows)
            ((known,),) = archive.database.execute(
                "SELECT count(*) FROM edition JOIN capture ON capture.id = edition.capture"
            )
            counts.append((len(rows), known))
    assert counts == sorted(counts)
    assert counts[0][1] > 20


def test_the_newest_backups_are_kept_and_an_unfinished_one_counts_for_nothing(
    folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "backups"
    (place / "tocsin-20200101T000000.000000Z.unfinished").mkdir(parents=True)
    done = [back_up(folder, place, at(0) + timedelta(seconds=second), keep=3) for second in range(5)]
    assert list(backups(place)) == done[-3:]
    assert done[-1].size == sum(
        (done[-1].folder / name).stat().st_size for name in ("archive.db", "captures.db")
    )


def test_a_copy_of_a_broken_archive_is_no_backup_and_costs_none(folder: Path, tmp_path: Path) -> None:
    good = back_up(folder, tmp_path / "backups", at(0), keep=1)
    with Archive.open(folder) as archive:
        archive.database.execute("UPDATE text SET body = 'won' WHERE body = 'one'")
    with pytest.raises(UnsoundArchive, match="is not what it was"):
        back_up(folder, tmp_path / "backups", at(1), keep=1)
    assert backups(tmp_path / "backups") == (good,)


@pytest.mark.parametrize("name", ["archive.db", "captures.db", MANIFEST])
def test_a_backup_that_was_tampered_with_is_refused_before_anything_is_touched(
    name: str, folder: Path, tmp_path: Path
) -> None:
    backup = back_up(folder, tmp_path / "backups", at(0)).folder
    body = bytearray((backup / name).read_bytes())
    body[len(body) // 2] ^= 1
    (backup / name).write_bytes(body)
    with pytest.raises(TocsinError):
        restore(backup, folder, replace=True)
    assert held(folder) == ["one", "zwei"]


def test_an_archive_that_is_there_is_moved_aside_only_when_that_was_said(
    folder: Path, tmp_path: Path
) -> None:
    backup = back_up(folder, tmp_path / "backups", at(0)).folder
    with Archive.open(folder) as archive:
        publish(archive, edition(item("1", "eins"), days=2), hours=2)
    with pytest.raises(BadInput, match="already"):
        restore(backup, folder)
    aside = restore(backup, folder, replace=True)
    assert aside is not None
    assert (held(folder), held(aside)) == (["one", "zwei"], ["eins"])


def test_an_archive_that_is_written_to_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    backup = back_up(folder, tmp_path / "backups", at(0)).folder
    with Archive.open(folder), pytest.raises(BadInput):
        restore(backup, folder, replace=True)
    assert held(folder) == ["one", "zwei"]


def test_a_restoring_that_is_cut_off_at_any_step_loses_nothing_and_can_be_done_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = back_up(folder, tmp_path / "backups", at(0)).folder
    steps, real = 0, Path.rename

    class Cut(BaseException):
        pass

    for last in range(1, 20):
        steps = 0

        def rename(path: Path, target: Path, last: int = last) -> Path:
            nonlocal steps
            steps += 1
            if steps == last:
                raise Cut
            return real(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", rename)
            try:
                restore(backup, folder, replace=True)
            except Cut:
                pass
            else:
                break
        assert held(backup) == ["one", "zwei"]
        restore(backup, folder, replace=True)
        assert held(folder) == ["one", "zwei"]
    assert last >= 4
    assert steps < last


def test_what_is_no_backup_is_said_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(BadInput, match=MANIFEST):
        restore(tmp_path / "x", folder, replace=True)
    backup = back_up(folder, tmp_path / "backups", at(0)).folder
    (backup / MANIFEST).write_text(json.dumps({"files": {}}))
    with pytest.raises(BadInput, match=MANIFEST):
        restore(backup, folder, replace=True)


@pytest.mark.parametrize("version", [versions()[0], versions()[-1]])
def test_an_archive_of_an_older_program_is_backed_up_as_it_is_and_restored_as_one_of_this(
    version: int, tmp_path: Path
) -> None:
    """Whoever upgrades takes a backup first, often with the new program."""
    old = put(version, tmp_path / "old")
    backup = back_up(old, tmp_path / "backups", at(0))
    assert backup.manifest.schemas["archive.db"] == version
    assert {path.name for path in backup.folder.iterdir()} == {"archive.db", "captures.db", MANIFEST}
    restore(
        backup.folder,
        tmp_path / "new",
        note=lambda archive: actions.write(archive, at=at(1), person="ann", deed="x"),
    )
    with Archive.open(tmp_path / "new", read_only=True) as archive:
        assert [finding for finding in verify(archive) if finding.grave] == []
        assert len(list(changes.changes(archive))) == 6
        assert actions.actions(archive)[0].person == "ann"
    assert (tmp_path / "new" / "archive.db").stat().st_size > 0
    assert {path.name for path in (tmp_path / "new").iterdir()} >= {"archive.db", "captures.db"}
    assert not (tmp_path / "new" / RESTORED).exists()


def test_a_clock_that_went_back_costs_neither_the_new_backup_nor_more_of_the_old(
    folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "backups"
    old = [back_up(folder, place, at(hour)) for hour in (10, 11, 12)]
    fresh = back_up(folder, place, at(1), keep=2)
    assert list(backups(place)) == [fresh, old[-1]]
    assert back_up(folder, place, at(2), keep=1) in backups(place)
    assert len(backups(place)) == 1


def test_a_backup_that_fails_leaves_nothing_and_one_that_was_killed_goes_when_it_is_a_day_old(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "backups"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("archive.backup._described", full)
        with pytest.raises(OSError, match="No space left"):
            back_up(folder, place, at(0))
    assert list(place.iterdir()) == []
    left = [place / f"{at(hour).strftime(NAME)}.unfinished" for hour in (-30, -1)]
    for one in left:
        one.mkdir()
    back_up(folder, place, at(0))
    assert [one.exists() for one in left] == [False, True]


def test_a_restoring_that_was_cut_off_is_named_by_who_finds_no_archive(folder: Path) -> None:
    (folder / RESTORED).mkdir()
    (folder / "archive.db").unlink()
    with pytest.raises(UnsoundArchive, match="cut off.*tocsin restore.*replaced-N"):
        Archive.open(folder, read_only=True)
