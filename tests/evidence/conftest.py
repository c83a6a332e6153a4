"""One installation for all tests of evidence: they read it, or work on a copy of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive import reviews
from archive.reviews import Bond
from archive.store import Archive
from tests.archive.building import at
from tests.evidence.world import World, crawled


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with crawled(tmp_path_factory.mktemp("evidence") / "tocsin") as (place, _):
        change = next(
            one["id"]
            for one in place.changes("--materiality", "substantive")
            if one["work"].startswith("us/cfr") and one["before"]
        )
        with Archive.open(place.folder / "archive") as archive:
            (transition,) = archive.database.execute(
                "SELECT transition_id FROM changeset JOIN change ON changeset = changeset.id WHERE key = ?",
                (change,),
            ).fetchone()
            for privileged in (False, True):
                reviews.write_comment(
                    archive,
                    at=at(3),
                    author="cole",
                    role="counsel",
                    transition_id=transition,
                    change=change,
                    quote="",
                    start=0,
                    redline="",
                    words="our strategy" if privileged else "please look",
                    privileged=privileged,
                    corrects=None,
                )
            decision = reviews.write_decision(
                archive,
                at=at(4),
                author="ann",
                role="reviewer",
                transition_id=transition,
                change=change,
                watch="every",
                verdict="relevant",
                reason="it is ours",
                person="",
                due=None,
                corrects=None,
                bond=Bond(),
            )
        yield World(place=place, change=change, decided=decision.id)
