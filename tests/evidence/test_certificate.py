"""A certificate names exactly what is missing, and says that nothing was missed only where nothing at all is left open."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import chain
from archive.store import Archive
from crawlers.events import Counted
from tests.crawlers.invented import ECFR_PARTS, papers, replica
from tests.replica.faults import Fault
from tests.replica.server import Replica
from tests.tocsin.program import Installation, install
from tocsin.certificate import pages, weighing
from tocsin.certificate.records import DATED, MISSING, NONE, STANDING, UNKNOWN, WHOLE, Certificate, Read
from tocsin.coverage import Coverage
from tocsin.observed import observed

FIRST = date(2026, 1, 1)
SPAN = 40
LAW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no counter-example
LAST = FIRST + timedelta(days=SPAN - 1)
AFTER = datetime(2026, 6, 1, tzinfo=UTC)


def certified(
    found: Coverage, *, now: datetime = AFTER, reads: tuple[Read, ...] = (), has_counter: bool = True
) -> Certificate:
    """A certificate of the days by what a counter said, as ``making`` puts it together."""
    counter = weighing.counter_of(found, has_counter=has_counter)
    return Certificate(
        source="s",
        title="S",
        watched=(("parts", '["15/744"]'),),
        first=FIRST,
        last=LAST,
        counter=counter,
        what=("papers",),
        read_at=now,
        published=found.published,
        held=found.held,
        missed=weighing.missed(found.days),
        unsaid=weighing.unsaid(found, counter, reads, FIRST, LAST, now=now),
        reads=reads,
        observed=observed((), FIRST, LAST, now=now),
        unobserved=(),
        taken=(),
        beyond="",
        recipes=(),
        program="tocsin",
        head=(0, "0" * 64),
    )


def counted(day: date, names: frozenset[str], missing: frozenset[str]) -> Counted:
    return Counted(
        day=day,
        what="papers",
        published=len(names),
        held=len(names - missing),
        missing=tuple(sorted(names & missing)),
    )


days = st.integers(0, SPAN - 1).map(lambda number: FIRST + timedelta(days=number))
published = st.dictionaries(
    days, st.frozensets(st.integers(0, 9).map(str), min_size=1, max_size=4), max_size=12
)


@LAW
@given(published, st.randoms(use_true_random=False))
def test_for_any_documents_that_are_missing_exactly_those_are_named(
    papers: dict[date, frozenset[str]], chance: random.Random
) -> None:
    papers = {day: frozenset(f"{day}-{name}" for name in names) for day, names in papers.items()}
    everything = sorted(name for names in papers.values() for name in names)
    missing = frozenset(name for name in everything if chance.random() < 0.3)
    made = certified(
        Coverage(source="s", days=tuple(counted(day, names, missing) for day, names in papers.items()))
    )
    assert {one.name for one in made.missed} == missing
    assert all(one.name.startswith(str(one.day)) for one in made.missed)
    assert (made.verdict == WHOLE) is (not missing)
    said = pages.as_text(made)
    assert all((name in said) is (name in missing) for name in everything)
    assert ("Nothing was missed" in said) is (not missing)


@LAW
@given(
    published,
    st.none() | days,
    st.none() | days,
    st.sampled_from(["", "ChallengePage: a wall"]),
    st.integers(-3, SPAN + 5),
)
def test_nothing_was_missed_is_never_said_where_the_counter_did_not_speak_of_every_day(
    papers: dict[date, frozenset[str]],
    since: date | None,
    until: date | None,
    failure: str,
    hours: int,
) -> None:
    now = datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC) + timedelta(days=hours)
    found = Coverage(
        source="s",
        days=tuple(counted(day, names, frozenset()) for day, names in papers.items()),
        since=since,
        until=until,
        failure=failure,
    )
    made = certified(found, now=now)
    every = [FIRST + timedelta(days=number) for number in range(SPAN)]
    spoken = {
        day
        for day in every
        if not failure
        and (since is None or day >= since)
        and (until is None or day <= until)
        and datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=36) <= now
    }
    assert ("Nothing was missed" in pages.as_text(made)) is (len(spoken) == SPAN)
    said_not = [
        one.first + timedelta(days=number)
        for one in made.unsaid
        for number in range((one.last - one.first).days + 1)
    ]
    assert len(said_not) == len(set(said_not)), "no day twice"
    assert set(said_not) | spoken == set(every)
    assert not set(said_not) & spoken
    if not spoken:
        assert made.verdict == UNKNOWN


def test_more_that_is_published_than_is_named_is_told_as_a_number() -> None:
    one = Counted(day=FIRST, what="papers", published=5, held=2, missing=("a",))
    made = certified(Coverage(source="s", days=(one,)))
    assert [gap.name for gap in made.missed] == ["a", "2 papers without a name"]


def test_a_list_that_keeps_no_past_is_vouched_for_on_the_days_on_which_its_counter_was_read() -> None:
    standing = Counted(day=date(2026, 6, 1), what="entries", published=9, held=9, is_dated=False)
    found = Coverage(source="s", days=(standing,))
    each = tuple(
        Read(at=datetime(2026, 1, 1, 6, tzinfo=UTC) + timedelta(days=number), published=9, held=9)
        for number in range(SPAN)
    )
    made = certified(found, reads=each)
    assert (made.counter, made.verdict) == (STANDING, WHOLE)
    assert "of what stood on the list when its counter was read" in pages.sentence(made)
    without = certified(found, reads=(*each[:3], *each[5:]))
    assert [(one.first.day, one.last.day) for one in without.unsaid] == [(4, 5)]
    assert "Nothing was missed" not in pages.as_text(without)
    short = certified(found, reads=(*each[:3], replace(each[3], held=8), *each[4:]))
    assert [one.why for one in short.unsaid] == ["the list that was held differed from what the counter said"]
    assert certified(found).verdict == UNKNOWN


def test_a_source_without_a_counter_is_never_vouched_for() -> None:
    looks = tuple(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=6 * number) for number in range(160))
    found = Coverage(source="s", observed=observed(looks, FIRST, LAST, now=AFTER))
    made = replace(certified(found, has_counter=False), observed=found.observed)  # type: ignore[arg-type]
    assert (made.counter, made.verdict) == (NONE, UNKNOWN)
    said = pages.as_text(made)
    assert "It cannot be said whether anything was missed" in said
    assert "observed every 6 h" in said
    assert "longest gap" in said


def test_the_page_is_inert_and_escapes_what_it_shows() -> None:
    one = Counted(day=FIRST, what="papers", published=1, held=0, missing=("<script>alert(1)</script>",))
    page = pages.as_page(certified(Coverage(source="s", days=(one,))))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


# ── the program against a publisher ────────────────────────────────────────────────────────────────

CONFIG = f"""
[sources.us_ecfr]
parts = {json.dumps(ECFR_PARTS)}
pace = 200.0
retries = 0
[sources.us_federal_register]
pace = 200.0
retries = 0
since = "2025-12-01"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Replica]:
    with replica(date(2026, 4, 1)) as server:
        yield server


def installed(folder: Path, server: Replica) -> Installation:
    place = install(folder, TOCSIN_HOSTS=json.dumps(server.hosts), TOCSIN_NOW="2026-04-10T12:00:00+00:00")
    (place.folder / "tocsin.toml").write_text(CONFIG)
    return place


def certificate(place: Installation, *arguments: str, status: int) -> dict[str, object]:
    said: dict[str, object] = json.loads(place.run("certificate", *arguments, "--json", status=status).stdout)
    return said


def test_papers_that_could_not_be_had_are_named_and_no_others(server: Replica, tmp_path: Path) -> None:
    chance = random.Random(2)
    published = sorted(paper.number for paper in papers()[:-1])
    lost = set(chance.sample(sorted(paper.number for paper in papers()[:12] if paper.paragraphs), 4))
    place = installed(tmp_path / "some", server)
    span = ("us_federal_register", "--from", "2025-12-01", "--to", "2026-03-31")
    server.faults = [Fault("server_503", match=f"full_text/xml/.*{name}") for name in sorted(lost)]
    try:
        place.run("run", "--once", "--source", "us_federal_register", status=1)
    finally:
        server.faults = []
    said = certificate(place, *span, status=1)
    assert (said["verdict"], said["counter"]) == (MISSING, DATED)
    assert {one["name"] for one in said["missed"]} == lost  # type: ignore[attr-defined]
    taken = {one["document"] for one in said["taken"]}  # type: ignore[attr-defined]
    assert taken == set(published) - lost
    place.run("run", "--once", "--source", "us_federal_register")
    text = place.run("certificate", *span).stdout
    assert "Nothing was missed from 2025-12-01 to 2026-03-31" in text
    assert all(name in text for name in published)
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        assert chain.head(archive)[1] in text
    assert "us_federal_register/" in text


def test_a_counter_that_cannot_be_read_or_does_not_reach_so_far_proves_nothing(
    server: Replica, tmp_path: Path
) -> None:
    place = installed(tmp_path / "walled", server)
    place.run("run", "--once", "--source", "us_ecfr")
    span = ("--from", "2026-03-20", "--to", "2026-03-31")
    server.faults = [Fault("wall_200", match="facets")]
    try:
        walled = certificate(place, "us_federal_register", *span, status=1)
    finally:
        server.faults = []
    assert (walled["verdict"], walled["read_at"]) == (UNKNOWN, None)
    assert "ChallengePage" in str(walled["unsaid"])
    beyond = certificate(place, "us_ecfr", "--from", "2026-03-20", "--to", "2026-04-05", status=1)
    (span_of,) = beyond["unsaid"]  # type: ignore[misc]
    assert span_of["last"] == "2026-04-05"
    assert "says nothing of days after" in span_of["why"]
    page = tmp_path / "page.html"
    place.run("certificate", "us_ecfr", *span, "--html", "--output", str(page))
    assert "Nothing was missed" in page.read_text()
