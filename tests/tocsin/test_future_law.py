"""Law that is promulgated for a later day: told when it is promulgated, told on its day, and each once, whatever comes in between."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from archive import editions
from archive.store import Archive
from tests.replica.abroad import Abroad, Egov, Revision
from tests.sources.jp_egov.replica import FORCE, LAW_ID, server
from tests.tocsin.program import Installation, install

WORK = f"jp/law/{LAW_ID}"


def place_for(folder: Path, replica: Abroad) -> Installation:
    place = install(folder / "tocsin", TOCSIN_HOSTS=json.dumps(replica.hosts))
    (place.folder / "tocsin.toml").write_text(
        f'[sources.jp_egov]\npace = 500.0\nretries = 0\nlaws = ["{LAW_ID}"]\n'
    )
    place.watch(orders={"sources": ["jp_egov"]})
    return place


def run_on(place: Installation, replica: Abroad, day: date) -> list[str]:
    """The titles of what a run on a day tells."""
    before = len(place.alerts())
    replica.today = day
    place.environment["TOCSIN_NOW"] = f"{day}T12:00:00+00:00"
    place.run("run", "--once", "--source", "jp_egov")
    return [str(alert["title"]) for alert in place.alerts()[before:]]


def test_future_law_is_told_when_promulgated_and_on_its_day(tmp_path: Path) -> None:
    with server() as replica:
        place = place_for(tmp_path, replica)
        assert run_on(place, replica, date(2026, 3, 2)) == []
        (told,) = run_on(place, replica, date(2026, 3, 10))
        assert "質量 > 10 キログラム → > 5 キログラム" in told
        (today,) = run_on(place, replica, FORCE)
        assert today.startswith("Today")
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        days = [edition.as_of.isoformat() for edition in editions.editions(archive, WORK)]
        in_force = editions.expression(archive, WORK, on=date(2026, 5, 31))
    assert days == ["2020-01-06", "2026-01-05", "2026-06-01"]
    assert in_force is not None
    assert any("十キログラム" in one.text for one in in_force.walk())


def test_what_comes_before_law_that_lies_ahead_is_news_and_a_moved_day_is_none(tmp_path: Path) -> None:
    with server() as replica:
        place = place_for(tmp_path, replica)
        service = replica.service
        assert isinstance(service, Egov)
        assert run_on(place, replica, date(2026, 3, 10)) == []

        other = service.revisions[1].law.replace("届出を要しない。", "届出を要する。")
        service.revisions.append(Revision(act=4, shown=date(2026, 3, 20), force=date(2026, 4, 1), law=other))
        told = [title for title in run_on(place, replica, date(2026, 3, 20)) if "質量" not in title]
        assert len([title for title in told if not title.startswith("In ")]) == 1

        ahead = service.revisions.pop(2)
        service.revisions.append(
            Revision(act=ahead.act, shown=date(2026, 3, 25), force=date(2026, 5, 1), law=ahead.law)
        )
        assert [title for title in run_on(place, replica, date(2026, 3, 25)) if "質量" in title] == []
