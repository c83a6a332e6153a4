"""Stored captures read by old code and by new: of every source whose examples are here, what differs by our reading alone is told to nobody, and what the
old code hid is told once, as a late finding.

Each example is made three editions of: in the second the law changes in two places, the third repeats it. The old reader loses one of the places in
every edition; the new one finds both, and words a third place in another way than the old one did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive import changes, clock, editions
from archive.records import Capture, Expression, Provision, Reading, StoredChange
from archive.store import Archive
from archive.verify import verify
from crawlers.card import source_cards
from normalize.profile import Hints, Profile
from normalize.profiles import PROFILES
from normalize.reading import read
from tests.sources.test_every_source import cases_of
from tests.tocsin.program import Installation, install
from tocsin.config import load
from tocsin.flow import Flow
from tocsin.recording import read_case
from tocsin.rederive import LATE

OLD, NEW = 90, 91
MARK = b"\n<!-- edition "
SEEN, HIDDEN = (
    "The limit of the invented item 3A090 is 4800.",
    "Exports of the invented item to Thailand need a licence.",
)
OWN = dict(PROFILES)
DAY = date(2026, 5, 4)


def read_by_version(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """The source's own reader, on the example's own bytes; then the law of that edition, as that version of the reader sees it."""
    own, _, edition = body.rpartition(MARK)
    declared = replace(profile, reader=OWN[profile.source].reader)
    found = declared.load()(own, hints, declared)
    law = [
        amended(replace(one, as_of=hints.as_of), int(edition), profile.version) for one in found.expressions
    ]
    return replace(found, expressions=tuple(law), leftovers=())


def amended(expression: Expression, edition: int, version: int) -> Expression:
    """The law of an edition, in the places that ``places`` names; the old version loses the hidden one."""
    expression = long_enough(expression)
    seen, hidden, worded = places(expression)

    def read_anew(provision: Provision) -> Provision | None:
        if provision.eid == hidden and version == OLD:
            return None
        text = provision.text
        if edition > 1 and provision.eid in (seen, hidden):
            text += f" {SEEN if provision.eid == seen else HIDDEN}"
        if provision.eid == worded and version == NEW:
            text = f"[{text}]"
        below = (read_anew(child) for child in provision.children)
        return replace(provision, text=text, children=tuple(one for one in below if one is not None))

    roots = (read_anew(provision) for provision in expression.provisions)
    return replace(expression, provisions=tuple(one for one in roots if one is not None))


def places(expression: Expression) -> tuple[str, str, str]:
    """Three provisions with words and with nothing below them."""
    leaves = leaves_of(expression)
    return leaves[0], leaves[len(leaves) // 2], leaves[-1]


def leaves_of(expression: Expression) -> list[str]:
    return [
        one.eid
        for one in expression.walk()
        if one.text and not one.children and one.unit not in ("header", "row")
    ]


def long_enough(expression: Expression) -> Expression:
    """A text with three such places: some of the examples are a sentence or two."""
    more = (
        Provision(eid=f"invented-{number}", unit="paragraph", text=f"Invented sentence {number}.")
        for number in range(3)
    )
    return (
        expression
        if len(leaves_of(expression)) >= 3
        else replace(expression, provisions=(*expression.provisions, *more))
    )


@dataclass(frozen=True)
class Example:
    """A recorded capture, and the works in it."""

    capture: Capture
    works: tuple[str, ...]


def examples() -> list[Example]:
    """One of each document: what another source brings of the same document would be the same law again."""
    found: dict[tuple[str, str], Example] = {}
    for name in source_cards():
        for case in cases_of(name):
            capture = read_case(case)
            hints = Hints(
                as_of=capture.as_of,
                url=capture.url,
                media_type=capture.media_type,
                document=capture.document,
                meta=capture.meta,
            )
            expressions = read(capture.source, capture.body, hints).expressions
            works = tuple(one.work for one in expressions)
            found.setdefault((capture.source, capture.document), Example(capture, works))
    return list(found.values())


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    place = install(tmp_path / "tocsin")
    place.watch(all={"sources": sorted(source_cards())})
    return place


@contextmanager
def flow(place: Installation) -> Iterator[Flow]:
    """The program, opened as a run opens it."""
    config = load(place.folder / "tocsin.toml", known_sources=tuple(source_cards()), environment={})
    with Archive.open(config.archive) as archive:
        yield Flow(config, archive)


def versions(monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    for source, own in OWN.items():
        reader = f"{__name__}:read_by_version"
        monkeypatch.setitem(PROFILES, source, replace(own, version=version, reader=reader))


def take(running: Flow, every: list[Example], edition: int) -> None:
    """The edition of that number of each document, which has to be published."""
    for example in every:
        day = DAY + timedelta(days=7 * edition)
        capture = replace(
            example.capture,
            body=example.capture.body + MARK + str(edition).encode(),
            as_of=day,
            fetched_at=clock.now(),
            inventory=None,
            meta={
                name: value
                for name, value in example.capture.meta.items()
                if name not in ("doubts", "appeared", "stands_in")
            },
        )
        hints = Hints(
            as_of=day,
            url=capture.url,
            media_type=capture.media_type,
            document=capture.document,
            meta=capture.meta,
        )
        outcome = running.ingest([(capture, read(capture.source, capture.body, hints))], sure=False)
        assert outcome.complete, f"{capture.source}: {outcome.reason}"


def told(running: Flow, works: set[str]) -> dict[str, list[StoredChange]]:
    found: dict[str, list[StoredChange]] = {work: [] for work in works}
    for stored in changes.changes(running.archive):
        if stored.work in works:
            found[stored.work].append(stored)
    return found


def says(words: str) -> Callable[[StoredChange], bool]:
    return lambda stored: words in stored.change.text_after


def test_new_code_tells_nothing_of_its_own_and_once_what_the_old_code_hid(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = examples()
    works = {work for example in every for work in example.works}
    assert set(OWN) - {example.capture.source for example in every} == {
        "pdf_document"
    }  # read apart, for others
    versions(monkeypatch, OLD)
    with flow(place) as running:
        for edition in (1, 2):
            take(running, every, edition)
        running.tell()
        before = told(running, works)
        texts = {work: editions.expression(running.archive, work) for work in works}
    for work, found in before.items():
        assert len(list(filter(says(SEEN), found))) == 1, work
        assert not any(map(says(HIDDEN), found)), work
    alerts = place.alerts()
    assert len(alerts) >= len(works)
    known = datetime.now(UTC)

    versions(monkeypatch, NEW)
    with flow(place) as running:
        take(running, every, 3)
        running.tell()
        after = told(running, works)
        for work, found in after.items():
            (seen,), (late,) = list(filter(says(SEEN), found)), list(filter(says(HIDDEN), found))
            known_ids = {one.id for one in before[work]}
            assert known_ids <= {one.id for one in found}, f"{work}: what was told has another name now"
            assert not seen.change.reason.startswith(LATE), work
            assert late.change.reason.startswith(LATE), work
            assert (late.before, late.after) == (
                seen.before,
                seen.after,
            )
            assert all(
                one.change.materiality == "technical"
                for one in found
                if one is not late and one.id not in known_ids
            ), work
            assert {
                edition.recipe.rpartition("/")[2] for edition in editions.editions(running.archive, work)
            } == {str(NEW)}
            assert editions.expression(running.archive, work, known=known) == texts[work], (
                f"{work}: its past was rewritten"
            )
        assert [finding.what for finding in verify(running.archive) if finding.grave] == []
    new = place.alerts()[len(alerts) :]
    assert place.alerts()[: len(alerts)] == alerts
    assert all("late finding" in alert["body"] for alert in new)
    heard = [change for alert in new for change in alert["changes"]]
    assert sorted(heard) == sorted(
        stored.id for found in after.values() for stored in found if says(HIDDEN)(stored)
    )
