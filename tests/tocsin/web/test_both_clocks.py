"""What pages read on both clocks (in force on, known on) is what was published by then, and no later edition, correction or review changes what was known."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import addresses, changes, editions
from archive.records import Provision
from archive.store import Archive
from tests.archive.building import at, edition, on, publish
from tests.archive.test_history import amended
from tests.tocsin.digest.made import MONDAY, WEEK, empty, instant, later, take
from tests.tocsin.digest.test_known_then import AFTER, FIRST, UNTIL
from tests.tocsin.digest.test_known_then import week as a_week
from tests.tocsin.web.browser import Browser, served
from tocsin.config import Config, load
from tocsin.digest.kept import keep, version_of
from tocsin.digest.records import Digest
from tocsin.review.decisions import comment, decide
from tocsin.review.drafts import draft
from tocsin.review.roles import Actor
from tocsin.web import skeletons
from tocsin.web.digests import built_for
from tocsin.web.leaves import leaves
from tocsin.web.site import Asked, Site

works = count()
COUNSEL = Actor(name="cora", roles=("counsel", "reviewer"))
LAW = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("clocks") / "archive") as made:
        yield made


def shown(archive: Archive, work: str, day: int, known: datetime | None) -> list[tuple[str, str, str, str]]:
    """What a page shows of a work, provision by provision."""
    edition = editions.edition_at(archive, work, on=on(day), known=known)
    if edition is None:
        return []
    found = skeletons.skeleton(archive, edition)
    pages = [
        leaves(archive, found, None, page=page) for page in range(1, leaves(archive, found, None).pages + 1)
    ]
    for one in pages[0].provisions:  # a provision shows the same of itself and below it
        address = addresses.number(archive, work, one.eid)
        part = skeletons.part(archive, edition, address)
        assert part is not None
        assert part.in_order(address) == found.in_order(address)
        assert part.above(part.by_eid[one.eid]) == found.above(found.by_eid[one.eid])
    return [(one.eid, one.num, one.heading, one.text) for page in pages for one in page.provisions]


@LAW
@given(amended(), st.lists(st.integers(0, 4), min_size=7, max_size=7))
def test_what_a_page_showed_for_a_known_instant_it_shows_for_ever(
    archive: Archive, trees: list[tuple[Provision, ...]], days: list[int]
) -> None:
    """Editions come in any order of days, and several for the same day: corrections."""
    work = f"us/test/{next(works)}"
    told: dict[tuple[int, int], list[tuple[str, str, str, str]]] = {}
    for hour, (provisions, day) in enumerate(zip(trees, days, strict=False)):
        publish(archive, edition(*provisions, days=day, work=work), hours=hour, body=f"{hour}".encode())
        for when, known in product(range(-1, 5), range(hour + 1)):
            now = shown(archive, work, when, at(known))
            whole = editions.expression(archive, work, on=on(when), known=at(known))
            assert now == [
                (one.eid, one.num, one.heading, one.text) for one in (whole.walk() if whole else ())
            ]
            assert told.setdefault((when, known), now) == now, "what was known then was overwritten"
        for when in range(-1, 5):
            assert shown(archive, work, when, None) == told[when, hour]


@LAW
@given(amended(), st.lists(st.integers(0, 4), min_size=7, max_size=7))
def test_no_text_is_shown_of_a_day_or_an_instant_to_come(
    archive: Archive, trees: list[tuple[Provision, ...]], days: list[int]
) -> None:
    """Each edition says in its text when it is of and when it came: a page shows no other than the last that was due and known."""
    work = f"us/test/{next(works)}"
    came = list(zip(range(len(trees)), days, strict=False))
    for hour, day in came:
        mark = Provision(eid="mark", unit="item", text=f"day {day} hour {hour}")
        publish(
            archive, edition(mark, *trees[hour], days=day, work=work), hours=hour, body=f"m{hour}".encode()
        )
    for when, known in product(range(-1, 5), range(-1, len(trees) + 1)):
        due = [(day, hour) for hour, day in came if day <= when and hour <= known]
        wanted = [f"day {day} hour {hour}" for day, hour in [max(due)]] if due else []
        assert [text for eid, _, _, text in shown(archive, work, when, at(known)) if eid == "mark"] == wanted


# ── a digest, as its page shows it ─────────────────────────────────────────────────────────────────

KNOWN = (
    None,
    UNTIL - timedelta(microseconds=1),
    instant(MONDAY + timedelta(days=1), 10) + timedelta(minutes=30),
)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week in which something of every sort happened, and its digest as it was built then."""
    folder = tmp_path_factory.mktemp("past")
    with empty(folder) as archive:
        a_week(archive)
    (folder / "watches").mkdir()
    people = "".join(
        f'{name} = {{ address = "{name}@example.org", roles = ["{role}"] }}\n'
        for name, role in (("cora", "counsel"), ("rob", "reviewer"))
    )
    (folder / "tocsin.toml").write_text(f"[people]\n{people}", encoding="utf-8")
    return folder


@pytest.fixture
def house(past: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCSIN_HOSTS", "{}")
    monkeypatch.setenv("TOCSIN_NOW", "2032-01-01T00:00:00Z")
    shutil.copytree(past, tmp_path / "house")
    return tmp_path / "house"


def config_of(house: Path) -> Config:
    return load(house / "tocsin.toml", known_sources=())


def a_later_edition(archive: Archive, config: Config) -> None:
    take(archive, instant(AFTER), later(FIRST, AFTER, "Destinations: none.", "No licence is needed."))


def a_correction_of_the_edition(archive: Archive, config: Config) -> None:
    day = MONDAY + timedelta(days=1)
    take(
        archive,
        instant(AFTER, 10),
        later(FIRST, day, "Destinations: Thailand.", "A licence is needed for 1200 units."),
    )


def reviews(archive: Archive, config: Config) -> None:
    told = [one for one in changes.changes(archive) if one.change.materiality == "substantive"]
    for one in told[:2]:
        decide(
            archive, COUNSEL, one.id, "relevant", people=config.people, at=instant(AFTER, 11), reason="Ours."
        )
        comment(archive, COUNSEL, one.id, "zebra", at=instant(AFTER, 12), privileged=True)


def another_draft(archive: Archive, config: Config) -> None:
    draft(archive, config, WEEK, at=instant(AFTER, 13))


LATER: tuple[Callable[[Archive, Config], None], ...] = (
    a_later_edition,
    a_correction_of_the_edition,
    reviews,
    another_draft,
)


def article(page: str) -> str:
    """A digest as its page shows it, without what stands around: who signed, and whether it is the newest."""
    found = re.search(r'<article class="digest".*?</article>', page, re.DOTALL)
    assert found, page[:500]
    return found[0]


def test_known_on_reproduces_a_past_digest_exactly_on_its_page(house: Path) -> None:
    config = config_of(house)
    site = Site(folder=config.archive, config=config)

    def asked(known: datetime) -> Asked:
        return Asked(site=site, path="", named={"week": WEEK}, query={"known": known.isoformat()})

    with Archive.open(config.archive) as archive:
        first = built_for(archive, asked(UNTIL - timedelta(microseconds=1)))
        assert first is not None
        keep(archive, first, at=UNTIL)
    version = version_of(first)
    paths = [
        f"/digest/{WEEK}?version={version}",
        *(f"/digest/{WEEK}?known={known.isoformat().replace('+', '%2B')}" for known in KNOWN if known),
    ]
    files = [f"/digest/{WEEK}/{version}.{form}" for form in ("html", "md", "docx", "mail.html", "mail.txt")]
    for datasette in served(house):
        browser = Browser(datasette)
        before = {path: article(browser.get(path).text) for path in paths}
        printed = {path: browser.get(path).content for path in files}
        data = {path: browser.get(path.replace("?", ".json?")).json()["digest"] for path in paths}
        assert len(set(before.values())) == 2, (
            "the kept one is the one that the archive gives again; earlier less was known"
        )
        assert before[paths[0]] == before[paths[1]]
        built: list[Digest | None] = []
        for happens in LATER:
            with Archive.open(config.archive) as archive:
                happens(archive, config)
                built.append(built_for(archive, asked(instant(AFTER, 23))))
            for path in paths:
                assert article(browser.get(path).text) == before[path], (happens.__name__, path)
                assert browser.get(path.replace("?", ".json?")).json()["digest"] == data[path], (
                    happens.__name__
                )
        assert len({version_of(one) for one in built if one}) >= 3, (
            "what happened is seen by who asks for a later instant"
        )
        assert {path: browser.get(path).content for path in files} == printed
        newest = browser.get(f"/digest/{WEEK}").text
        assert "zebra" not in newest
        assert version not in re.findall(r"<dt>Version</dt><dd><code>([0-9a-f]+)", newest)
