"""A press office that rebuilds its site, through the whole program: what moved is told as moved, and nothing as withdrawn or new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.replica.offices import BIS, MEDIA
from tests.sources.us_bis.replica import DAY, RELEASES, pages, server
from tests.tocsin.kept import Program


def test_pages_that_moved_are_moves_and_the_paper_that_came_with_them_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server() as replica:
        program = Program(tmp_path, replica, monkeypatch, {"us_bis": {}}).start()
        (first,) = program.run(DAY, "us_bis")
        assert first.complete, first.reason
        assert program.told() == []
        lenses, *others = (replace(one, place=one.place.replace(BIS, MEDIA)) for one in RELEASES)
        fresh = replace(
            lenses,
            place=f"{MEDIA}/press-release/fresh",
            title="Bureau Controls Drones That Carry Lanterns",
            day=DAY,
            paragraphs=(
                "Drones that carry lanterns of kind 3A990 need a license for Peru from today on. " * 4,
            ),
        )
        replica.pages = pages((fresh, lenses, *others))
        (second,) = program.run(DAY + timedelta(days=1), "us_bis")
        told = program.told()
        (third,) = program.run(DAY + timedelta(days=2), "us_bis")
    assert second.complete, second.reason
    assert {(work.rsplit("/", 1)[1], kind) for work, kind, _ in told} == {
        ("bureau-controls-drones-that-carry-lanterns", "insertion"),
        ("bureau-revises-its-license-review-policy-for-lantern-lenses", "move"),
        ("bureau-fines-a-maker-of-wicks", "move"),
    }
    assert third.counts.get("published", 0) == 0
    assert program.told() == told
