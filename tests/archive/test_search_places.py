"""Counting, narrowing and ranking from the places of the index gives what reading every row of the archive gives, whatever was published, corrected and
read anew before; and the index answers while it is written and when it is made again."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from archive import editions, search_index
from archive.records import Expression, Provision
from archive.search import Scope, search
from archive.search_query import read_query
from archive.search_words import contains, folded
from archive.store import Archive
from tests.archive.building import at, edition, item, on, publish

WORKS = ("us/cfr/15/774", "us/cfr/15/774/supp-1", "us/cfr/15/7740", "jp/law/x")
WORDS = ("laser", "lasers", "power", "輸出", "license", "rare", "(reserved)")
SCOPES = (
    Scope(),
    Scope(work=WORKS[0]),
    Scope(work=WORKS[0], on=on(15)),
    Scope(jurisdiction="JP"),
    Scope(below="2"),
    Scope(below="2", work=WORKS[1], standing=True),
    Scope(standing=True),
    Scope(on=on(25), source="us_ecfr", language="en"),
    Scope(language="de"),
)
QUERIES = ("laser*", "power license", '"power 輸出"', "輸出 -rare", "reserved", "nowhere")
HELD = """
    SELECT work.path, address.eid, provision.num, coalesce(heading.body, '') AS heading, coalesce(words.body, '') AS words, from_date, to_date,
        work.source, work.jurisdiction, series.language
    FROM provision
    JOIN address ON address.id = provision.address
    JOIN work ON work.id = address.work
    JOIN series ON series.id = provision.series
    LEFT JOIN text AS heading ON heading.id = provision.heading
    LEFT JOIN text AS words ON words.id = provision.text
    WHERE known_to IS NULL
"""


def drawn(draw: random.Random, work: str, day: int, recipe: str = "us_ecfr/1") -> Expression:
    """An edition whose provisions say a few of a few words, so that many say the same."""

    def said(eid: str, *inside: Provision) -> Provision:
        words = " ".join(draw.choices(WORDS, k=draw.randrange(1, 3)))
        return item(eid, words, *inside, heading=draw.choice(("", "", "power")))

    top = [said("2", said("2.a"), said("2/b")), *(said(eid) for eid in ("1", "20", "3"))]
    return edition(*top[: draw.randrange(2, 5)], days=day, work=work, recipe=recipe)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that was published, corrected and read anew in turn, with the index kept up now and then."""
    draw = random.Random(12)
    with Archive.create(tmp_path_factory.mktemp("grown") / "archive") as archive:
        for hour in range(40):
            work, day = draw.choice(WORKS), draw.choice((0, 10, 20, 30))
            publish(archive, drawn(draw, work, day), hours=hour)
            if hour in (15, 30):
                read_anew(archive, draw, WORKS[hour % 2], f"us_ecfr/{hour}", hour)
            if draw.random() < 0.5:
                search_index.update(archive)
        search_index.update(archive)
        yield archive


def read_anew(archive: Archive, draw: random.Random, work: str, recipe: str, hour: int) -> None:
    held = archive.database.execute(
        """
        SELECT as_of, capture FROM edition JOIN series ON series.id = edition.series JOIN work ON work.id = series.work
        WHERE path = ? AND known_to IS NULL ORDER BY as_of
        """,
        (work,),
    ).fetchall()
    days = [(on(0).fromisoformat(day) - on(0)).days for day, _ in held]
    made = [(drawn(draw, work, day, recipe), capture) for day, (_, capture) in zip(days, held, strict=True)]
    if made:
        editions.rederive(archive, work, made, at=at(hour + 0.5))


def scanned(archive: Archive, said: str, scope: Scope) -> dict[tuple[str, str], bool]:
    """By address whether it stands there, read row by row."""
    query, found = read_query(said), dict[tuple[str, str], bool]()
    for work, eid, *fields, begin, end, source, jurisdiction, language in archive.database.execute(HELD):
        day = scope.on.isoformat() if scope.on else ""
        if (
            (not scope.work or f"{work}/".startswith(f"{scope.work}/"))
            and (not scope.below or eid == scope.below or eid.startswith((f"{scope.below}.", f"{scope.below}/")))
            and (scope.source or source, scope.jurisdiction or jurisdiction) == (source, jurisdiction)
            and (scope.language or language) == language
            and (not day or (begin <= day and (end is None or end > day)))
            and not (scope.standing and end)
            and query.is_met(tuple(map(folded, fields)))
        ):  # fmt: skip
            found[work, eid] = found.get((work, eid), False) or end is None
    return found


@pytest.mark.parametrize(("said", "scope"), [*product(QUERIES, SCOPES)])
def test_it_finds_counts_and_orders_as_a_scan_of_every_row(grown: Archive, said: str, scope: Scope) -> None:
    expected = scanned(grown, said, scope)
    whole = search(grown, read_query(said), scope, limit=1000)
    assert {(hit.work, hit.eid) for hit in whole.hits} == set(expected)
    assert whole.total == len(whole.hits) == len(expected)
    order = [not expected[hit.work, hit.eid] for hit in whole.hits]
    assert order == sorted(order), "where it stands comes first"
    for start in range(0, whole.total + 1, 3):
        page = search(grown, read_query(said), scope, start=start, limit=3)
        assert (page.total, page.hits) == (whole.total, whole.hits[start : start + 3])


def test_each_query_and_each_scope_finds_something_somewhere(grown: Archive) -> None:
    for said in QUERIES[:-1]:
        assert scanned(grown, said, Scope()), said
    for scope in SCOPES[:-1]:
        assert any(scanned(grown, said, scope) for said in QUERIES), scope
    assert not scanned(grown, QUERIES[-1], Scope())


def test_kept_up_step_by_step_it_is_what_it_is_when_it_is_made_anew(grown: Archive, tmp_path: Path) -> None:
    kept = places(grown)
    again = tmp_path / "archive"
    again.mkdir()
    for name in ("archive.db", "captures.db"):
        with (
            closing(sqlite3.connect(grown.folder / name)) as held,
            closing(sqlite3.connect(again / name)) as copy,
        ):
            held.backup(copy)
    with Archive.open(again, read_only=True) as fresh:
        search_index.update(fresh)
        assert places(fresh) == kept
    (rows,) = grown.database.execute("SELECT count(*) FROM provision WHERE known_to IS NULL").fetchone()
    assert len(kept) == rows
    (closed,) = grown.database.execute("SELECT count(*) FROM provision WHERE known_to IS NOT NULL").fetchone()
    assert closed > 20


def places(archive: Archive) -> list[tuple[object, ...]]:
    """Every place with what it says, and how often that stands alone."""
    with closing(sqlite3.connect(archive.folder / search_index.FILE)) as index:
        return index.execute(
            """
            SELECT num, heading, text, alone, address, provision, series, from_date, to_date, shared
            FROM place JOIN saying ON saying.id = place.saying ORDER BY provision
            """
        ).fetchall()


def test_what_a_correction_of_the_same_day_took_away_is_gone(archive: Archive) -> None:
    publish(archive, edition(item("1", "alpha"), item("2", "beta")))
    search_index.update(archive)
    publish(archive, edition(item("1", "alpha")), hours=1)
    assert search_index.behind(archive) == 1
    search_index.update(archive)
    assert search(archive, read_query("beta")).total == 0
    assert search_index.behind(archive) == 0


def test_it_answers_while_it_is_written_and_sees_what_was_written(archive: Archive) -> None:
    publish(archive, edition(item("1", "alpha")))
    search_index.update(archive)
    with closing(sqlite3.connect(archive.folder / search_index.FILE, isolation_level=None)) as writer:
        assert search(archive, read_query("alpha")).total == 1
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM place")
        assert search(archive, read_query("alpha")).total == 1
        writer.execute("ROLLBACK")
    publish(archive, edition(item("1", "alpha beta"), days=1), hours=1)
    search_index.update(archive)
    assert search(archive, read_query("beta")).total == 1


def test_one_that_was_deleted_is_missed_and_the_next_one_is_used(archive: Archive) -> None:
    publish(archive, edition(item("1", "alpha")))
    search_index.update(archive)
    assert search(archive, read_query("alpha")).total == 1
    for left in archive.folder.glob(f"{search_index.FILE}*"):
        left.unlink()
    assert search_index.behind(archive) == 1
    publish(archive, edition(item("1", "alpha"), item("2", "alpha"), days=1), hours=1)
    search_index.update(archive)
    assert search(archive, read_query("alpha")).total == 2


def test_a_restored_archive_that_went_on_otherwise_has_its_index_made_anew(archive: Archive) -> None:
    publish(archive, edition(item("1", "alpha"), item("2", "beta")))
    with (
        closing(sqlite3.connect(archive.folder / "archive.db")) as held,
        closing(sqlite3.connect(":memory:")) as backup,
    ):
        held.backup(backup)
        publish(archive, edition(item("1", "alpha")), hours=1)
        search_index.update(archive)
        backup.backup(held)
    publish(archive, edition(item("2", "beta")), hours=2)
    search_index.update(archive)
    assert search(archive, read_query("alpha")).total == 0
    assert search(archive, read_query("beta")).total == 1


def test_folding_leaves_out_what_nobody_sees_and_reads_any_run_of_blanks_as_one() -> None:
    assert folded(" De\u00adnial\n\t OF\u3000\u200b Ｌicense\u200f ") == "denial of license"
    assert contains(folded("presump\u00adtion of\u00a0denial"), "presumption of denial")
