"""A watch tried on history: counted by transition, by the day of the edition, with a warning where it is noisy or silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from alerts.backtest import backtest
from archive.records import StoredChange, Touch
from tests.alerts.made import chips, stored, thailand, watch

YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


def test_changes_of_one_transition_are_one_alert() -> None:
    twice = [chips(id="c1"), chips(id="c2"), chips(id="c3", transition_id="t2", after=date(2026, 6, 25))]
    (tried,) = backtest([watch(eccn=("3A090",))], twice, **YEAR)
    assert [alert.changes for alert in tried.fired] == [("c1", "c2"), ("c3",)]
    assert tried.changes == 3
    assert tried.transitions == 2
    assert tried.by_week == ((date(2026, 6, 15), 1), (date(2026, 6, 22), 1))
    assert tried.fired[0].terms[0].startswith("control number 3A090")
    assert not tried.warnings


def test_only_editions_of_the_days_asked_for_count() -> None:
    days = [chips(id=f"c{n}", transition_id=f"t{n}", after=date(2026, 6, n)) for n in (9, 10, 11, 12)]
    (tried,) = backtest([watch(eccn=("3A090",))], days, since=date(2026, 6, 10), until=date(2026, 6, 11))
    assert [alert.day.day for alert in tried.fired] == [10, 11]
    assert tried.transitions == 2


def test_a_silent_watch_is_called_silent_and_an_empty_history_empty() -> None:
    (silent,) = backtest([watch(eccn=("9A004",))], [chips()], **YEAR)
    assert silent.warnings[0].startswith("silent: none of 1 transitions")
    (untried,) = backtest([watch(eccn=("9A004",))], [], **YEAR)
    assert "nothing changed in the archive" in untried.warnings[0]


def test_a_watch_on_everything_is_called_noisy_twice() -> None:
    start = date(2026, 6, 1)
    many = [chips(id=f"c{n}", transition_id=f"t{n}", after=start + timedelta(days=n % 7)) for n in range(40)]
    (tried,) = backtest([watch()], many, since=start, until=start + timedelta(days=6))
    assert tried.per_week == 40
    assert len(tried.warnings) == 2
    assert all(warning.startswith("noisy") for warning in tried.warnings)


def test_what_is_only_named_elsewhere_is_a_cross_reference() -> None:
    def named(role: str, **given: str) -> StoredChange:
        return stored(
            touches=(Touch(type="code", id="3A001", regime="ear", role=role, via="inserted"),), **given
        )

    both = [named("cross-reference"), named("cross-reference", id="c2", transition_id="t2")]
    both.append(replace(named("item"), id="c3", transition_id="t2"))
    (tried,) = backtest([watch(eccn=("3A001",))], both, **YEAR)
    assert [alert.cross_reference for alert in tried.fired] == [True, False]


def test_watches_are_tried_side_by_side() -> None:
    tried = backtest(
        [watch("a", countries=("TH",)), watch("b", eccn=("3A090",)), watch("c")],
        [chips(), thailand(transition_id="t2")],
        **YEAR,
    )
    assert [(one.watch.name, len(one.fired)) for one in tried] == [("a", 1), ("b", 1), ("c", 2)]
