"""A source without a counter: what ``tocsin coverage`` says of it comes from the ledger, and from its card what it never sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive import ledger
from archive.store import Archive
from crawlers.card import source_card
from tocsin.config import Config
from tocsin.coverage import coverage, told
from tocsin.observed import in_words, observed

FIRST, LAST = date(2031, 4, 2), date(2031, 4, 4)
START = datetime(2031, 4, 2, 6, 15, tzinfo=UTC)
NOW = datetime(2031, 4, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("TOCSIN_NOW", NOW.isoformat())
    monkeypatch.setenv("TOCSIN_HOSTS", '{"www.meti.go.jp": "http://127.0.0.1:9"}')
    with Archive.create(tmp_path / "archive") as archive:
        yield archive


def ran(archive: Archive, hours: float, outcome: str = ledger.COMPLETE) -> None:
    at = START + timedelta(hours=hours)
    run = ledger.start_run(archive, "jp_meti", at=at, replayed=True)
    ledger.finish_run(archive, run, at=at + timedelta(minutes=2), outcome=outcome)


def lines(archive: Archive, source: str = "jp_meti") -> list[str]:
    config = Config(folder=archive.folder, archive=archive.folder, watches=archive.folder)
    return list(told(coverage(config, archive, source_card(source), FIRST, LAST)))


def test_how_often_and_the_longest_gap_are_told_in_words(archive: Archive) -> None:
    for hours in (0, 6, 12, 31, 37, 43, 62):
        ran(archive, hours)
    ran(archive, 18, "incomplete")
    first, beyond, *spans = lines(archive)
    assert first == (
        "jp_meti: no counter exists, so: observed every 6 h (7 times), longest gap 19 h, from 2031-04-02 18:15 to 2031-04-03 13:15; "
        "what stood there only in between was not seen"
    )
    assert "官報" in beyond
    assert spans == ["  not observed from 2031-04-04 20:15 to now: 1 runs did not get through"]


def test_a_gap_reaches_over_the_ends_of_the_days_that_are_asked_for(archive: Archive) -> None:
    for hours in (-30, 0, 6):
        ran(archive, hours)
    found = observed(ledger.looks(archive, "jp_meti"), FIRST, FIRST, now=NOW)
    assert found.looks == 2
    assert found.longest == (START + timedelta(hours=6), NOW), "nobody has looked since"
    assert found.usual == timedelta(hours=6)


def test_a_source_that_was_never_looked_at_is_not_covered(archive: Archive) -> None:
    ran(archive, 0, "incomplete")
    config = Config(folder=archive.folder, archive=archive.folder, watches=archive.folder)
    found = coverage(config, archive, source_card("jp_meti"), FIRST, LAST)
    assert not found.is_whole
    assert "never observed" in next(told(found))


@pytest.mark.parametrize(
    "source", ["jp_meti", "cn_mofcom", "sg_customs", "eu_ai_office", "uk_notices", "uk_legislation", "de_awv"]
)
def test_each_source_without_a_counter_says_so(archive: Archive, source: str) -> None:
    assert source_card(source).count is None
    first, beyond, *_ = lines(archive, source)
    assert "no counter exists" in first
    assert beyond.startswith("  not observed at all: ")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "less than a minute"),
        (59, "59 min"),
        (360, "6 h"),
        (785, "13 h 5 min"),
        (3070, "2 d 3 h"),
        (1440, "1 d"),
    ],
)
def test_spans_are_said_in_their_two_largest_units(minutes: int, said: str) -> None:
    assert in_words(timedelta(minutes=minutes)) == said
