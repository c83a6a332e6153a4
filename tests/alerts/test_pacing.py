"""Each message goes at its hour: at once, at the next working hour, in a round-up, muted and listed; never lost, and once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.people import Rules
from alerts.same_place import with_one_name_each
from alerts.targets import Target
from archive import acknowledged, calendar, holds, mutes, outbox
from archive.errors import BadInput
from archive.records import Fuse
from archive.store import Archive
from tests.alerts.made import watch
from tests.alerts.pacing import (
    ANN,
    BO,
    FILE,
    FRIDAY_EVENING,
    MONDAY_EIGHT,
    MONDAY_HALF_PAST,
    THURSDAY_NOON,
    Desk,
    of_ann,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Archive.create(tmp_path / "archive") as archive:
        yield Desk(
            archive=archive,
            folder=tmp_path,
            watches=(
                of_ann("now"),
                of_ann("other"),
                of_ann("daily", rate="daily"),
                of_ann("weekly", rate="weekly"),
            ),
        )


def test_without_quiet_hours_everything_goes_at_once(desk: Desk) -> None:
    desk.rules = Rules()
    desk.owe("t1", "now", at=FRIDAY_EVENING)
    assert desk.at(FRIDAY_EVENING).sent == 1
    assert desk.titles() == ["Title t1"]


def test_in_working_hours_it_goes_at_once_and_the_owner_is_written(desk: Desk) -> None:
    (key,) = desk.owe("t1", "now")
    assert desk.at(THURSDAY_NOON).sent == 1
    assert outbox.delivery(desk.archive, key).person == "ann"
    assert holds.holds(desk.archive, key) == ()


def test_in_quiet_hours_it_waits_for_the_next_working_hour(desk: Desk) -> None:
    (key,) = desk.owe("t1", "now", at=FRIDAY_EVENING)
    assert desk.at(FRIDAY_EVENING).sent == 0
    (hold,) = holds.holds(desk.archive, key)
    assert (hold.sort, hold.until, hold.ended_at) == (holds.HOURS, MONDAY_EIGHT, None)
    assert "next working hour of ann" in hold.why
    assert outbox.counts(desk.archive)["held"] == 1
    assert desk.at(MONDAY_EIGHT - timedelta(seconds=1)).sent == 0
    assert desk.at(MONDAY_EIGHT).sent == 1
    assert desk.at(MONDAY_EIGHT + timedelta(days=1)).sent == 0
    assert desk.titles() == ["Title t1"]
    assert outbox.delivery(desk.archive, key).state == "sent"


def test_a_date_that_would_pass_while_it_waits_sends_it_at_once_and_says_so(desk: Desk) -> None:
    fuse = Fuse(
        work="us/cfr/15/744",
        eid="744.1",
        day=date(2026, 6, 21),
        named=date(2026, 6, 21),
        sort="comments close",
    )
    far = replace(fuse, day=date(2026, 9, 1), named=date(2026, 9, 1))
    calendar.keep(desk.archive, fuse.work, [fuse, far], as_of=date(2026, 6, 1), seen=date(2026, 6, 1))
    near_id, far_id = (kept.id for kept in calendar.fuses(desk.archive))
    (near,) = desk.owe("t1", "now", changes=(near_id,))
    (later,) = desk.owe("t2", "now", changes=(far_id,))
    assert desk.at(FRIDAY_EVENING).sent == 1
    (line,) = desk.lines()
    assert line["title"] == "Title t1"
    assert (
        "because a date would have come or passed while it waited: 2026-06-21: comments close" in line["body"]
    )
    assert [one.sort for one in holds.holds(desk.archive, near)] == [holds.URGENT]
    assert [one.sort for one in holds.holds(desk.archive, later)] == [holds.HOURS]


def test_a_daily_watch_has_one_message_at_the_hour_of_its_owner(desk: Desk) -> None:
    for number in range(3):
        desk.owe(f"t{number}", "daily", at=FRIDAY_EVENING)
    assert desk.at(FRIDAY_EVENING).sent == 0
    assert desk.at(MONDAY_EIGHT).sent == 0
    assert desk.at(MONDAY_HALF_PAST).sent == 1
    (line,) = desk.lines()
    assert line["title"] == "Daily round-up of 2026-06-22: 3 alerts"
    assert line["changes"] == ["c1"]
    for number in range(3):
        assert f"- Title t{number} http://127.0.0.1/t{number}" in line["body"]
        assert line["body"].count(f"Title t{number}\n\n4800 → 2400") == 1
    assert outbox.counts(desk.archive) | {"gathered": 3, "sent": 1} == outbox.counts(desk.archive)
    assert desk.at(MONDAY_HALF_PAST + timedelta(days=1)).sent == 0


def test_a_weekly_watch_waits_for_the_first_working_day(desk: Desk) -> None:
    desk.owe("t1", "weekly")
    desk.owe("t2", "daily")
    assert desk.at(THURSDAY_NOON).sent == 0
    assert desk.at(THURSDAY_NOON + timedelta(days=1)).sent == 1
    assert desk.at(MONDAY_HALF_PAST).sent == 1
    assert desk.titles() == [
        "Daily round-up of 2026-06-19: 1 alert",
        "Weekly round-up of 2026-06-22: 1 alert",
    ]


def test_of_watches_that_share_a_message_the_quickest_counts(desk: Desk) -> None:
    desk.owe("t1", "now", "daily", "weekly")
    assert desk.at(THURSDAY_NOON).sent == 1
    assert [line["watch"] for line in desk.lines()] == ["now", "daily", "weekly"]
    assert len({line["message_id"] for line in desk.lines()}) == 1
    assert desk.at(MONDAY_HALF_PAST).sent == 0


def test_a_round_up_names_each_watch_in_a_line_of_its_own(desk: Desk) -> None:
    desk.owe("t1", "daily", "weekly", changes=("c1", "c2"))
    desk.at(THURSDAY_NOON)
    desk.at(THURSDAY_NOON + timedelta(days=1))
    assert [(line["watch"], line["changes"]) for line in desk.lines()] == [
        ("daily", ["c1", "c2"]),
        ("weekly", ["c1", "c2"]),
    ]
    assert len({line["message_id"] for line in desk.lines()}) == 1


def test_what_does_not_fit_into_a_round_up_is_named_in_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alerts.notices.WHOLE", 60)
    for number in range(5):
        desk.owe(f"t{number}", "daily")
    desk.at(THURSDAY_NOON)
    desk.at(THURSDAY_NOON + timedelta(days=1))
    (line,) = desk.lines()
    assert "3 more are only named here" in line["body"]
    assert line["body"].count("4800 → 2400") == 2
    assert all(f"Title t{number} http://127.0.0.1/t{number}" in line["body"] for number in range(5))


def test_what_is_muted_is_written_as_such_and_listed_in_the_next_round_up(desk: Desk) -> None:
    mutes.add(
        desk.archive,
        person="ann",
        sort=mutes.WATCH,
        subject="other",
        until=date(2026, 7, 1),
        reason="a known matter",
        author="bo",
        at=THURSDAY_NOON,
    )
    muted, sent = desk.owe("t1", "other", "now")
    assert desk.at(THURSDAY_NOON).sent == 1
    assert [line["watch"] for line in desk.lines()] == ["now"]
    assert [outbox.delivery(desk.archive, key).state for key in (muted, sent)] == ["muted", "sent"]
    assert desk.at(THURSDAY_NOON + timedelta(days=1)).sent == 1
    title, body = desk.lines()[-1]["title"], desk.lines()[-1]["body"]
    assert title == "Muted of 2026-06-19: 1 alert"
    assert "Title t1 [watch other, muted for ann until 2026-07-01 by bo: a known matter]" in body
    assert "4800" not in body
    (hold,) = holds.holds(desk.archive, muted)
    assert (hold.sort, hold.gathered) == (holds.MUTED, desk.lines()[-1]["message_id"])
    assert outbox.delivery(desk.archive, muted).state == "muted"
    assert desk.at(THURSDAY_NOON + timedelta(days=4)).sent == 0


def test_a_mute_holds_to_its_day_for_its_person_and_until_it_is_taken_back(desk: Desk) -> None:
    given = {"sort": mutes.WATCH, "subject": "now", "reason": "r", "author": "ann", "at": THURSDAY_NOON}
    first = mutes.add(desk.archive, person="ann", until=date(2026, 6, 19), **given)  # type: ignore[arg-type]
    mutes.add(desk.archive, person="bo", until=date(2026, 7, 1), **given)  # type: ignore[arg-type]
    desk.owe("t1", "now")
    assert desk.at(THURSDAY_NOON).sent == 0
    midnight_in_brussels = datetime.fromisoformat("2026-06-18T22:00+00:00")
    desk.rules = Rules(people={"ann": replace(ANN, hours=replace(ANN.hours, quiet=None)), "bo": BO})
    desk.owe("t2", "now")
    assert desk.at(midnight_in_brussels - timedelta(minutes=1)).sent == 0
    desk.owe("t3", "now")
    assert desk.at(midnight_in_brussels).sent == 1
    again = mutes.add(desk.archive, person="ann", until=date(2026, 7, 1), **given)  # type: ignore[arg-type]
    mutes.end(desk.archive, again.id, THURSDAY_NOON)
    desk.owe("t4", "now")
    assert desk.at(midnight_in_brussels + timedelta(minutes=1)).sent == 1
    assert [one.id for one in mutes.mutes(desk.archive)] == [first.id, first.id + 1]
    with pytest.raises(BadInput, match="no mute 3 that stands"):
        mutes.end(desk.archive, again.id, THURSDAY_NOON)


def test_a_watch_that_is_gone_is_told_at_once(desk: Desk) -> None:
    desk.owe("t1", "taken out", at=FRIDAY_EVENING)
    assert desk.at(FRIDAY_EVENING).sent == 1


def test_two_names_of_one_place_are_one_target() -> None:
    targets = {
        name: Target(name=name, said=said)
        for name, said in {"mail": "env:MAIL", "legal": "env:MAIL", "log": FILE, "chat": "env:CHAT"}.items()
    }
    first, second = with_one_name_each(
        [watch("a", notify=("mail", "legal", "chat")), watch("b", notify=(FILE, "legal"))], targets
    )
    assert first.notify == ("mail", "chat")
    assert second.notify == ("log", "mail")


# ── acknowledging and escalating ───────────────────────────────────────────────────────────────────


def awaiting(desk: Desk) -> Desk:
    desk.rules = Rules(people={"ann": ANN, "bo": BO}, escalate_after=timedelta(hours=8))
    return desk


def test_what_nobody_acknowledges_in_time_goes_to_the_deputy_once(desk: Desk) -> None:
    awaiting(desk).owe("t1", "now")
    noon_on_friday = datetime.fromisoformat("2026-06-19T13:00+00:00")
    desk.watches = (of_ann("now", acknowledge=True),)
    assert (
        desk.at(noon_on_friday).sent == 1
    )  # 15:00 in Brussels: four working hours are left, and four of Monday follow
    due = datetime.fromisoformat("2026-06-22T10:00+00:00")
    assert desk.at(due - timedelta(seconds=1)).sent == 0
    assert desk.at(due).sent == 1
    (line,) = desk.lines("bo.jsonl")
    assert line["title"] == "Not acknowledged by ann: Title t1"
    assert "You hear of it as the deputy, bo." in line["body"]
    assert "4800 → 2400" in line["body"]
    assert desk.at(due + timedelta(days=9)).sent == 0
    assert len(desk.lines("bo.jsonl")) == 1


def test_all_that_one_person_has_left_is_one_message_and_acknowledging_it_is_enough(desk: Desk) -> None:
    desk.watches = (of_ann("now", acknowledge=True),)
    for number in range(4):
        awaiting(desk).owe(f"t{number}", "now")
    desk.at(THURSDAY_NOON)
    later = THURSDAY_NOON + timedelta(days=1)
    assert desk.at(later).sent == 1
    (line,) = desk.lines("bo.jsonl")
    assert line["title"] == "Not acknowledged by ann: Title t0 and 3 more"
    assert line["body"].count("4800 → 2400") == 4
    acknowledged.acknowledge_message(desk.archive, line["message_id"], person="bo", note="", at=later)
    read = [acknowledged.acknowledgements(desk.archive, f"t{number}") for number in range(4)]
    assert [(one.owner, one.person) for (one,) in read] == [("ann", "bo")] * 4


@pytest.mark.parametrize("reader", ["ann", "carl@example.org"])
def test_what_somebody_has_acknowledged_goes_to_no_deputy(desk: Desk, reader: str) -> None:
    desk.watches = (of_ann("now", acknowledge=True),)
    (key,) = awaiting(desk).owe("t1", "now")
    desk.at(THURSDAY_NOON)
    acknowledged.acknowledge(desk.archive, key[:8], person=reader, note="no effect on us", at=THURSDAY_NOON)
    assert desk.at(THURSDAY_NOON + timedelta(days=30)).sent == 0
    (one,) = acknowledged.acknowledgements(desk.archive, "t1")
    assert (one.owner, one.person, one.note) == ("ann", reader, "no effect on us")


def test_a_message_is_acknowledged_by_the_id_that_it_carries(desk: Desk) -> None:
    (key,) = desk.owe("t1", "now")
    desk.at(THURSDAY_NOON)
    message = outbox.delivery(desk.archive, key).delivery.message_id
    given = {"note": "", "at": THURSDAY_NOON}
    (one,) = acknowledged.acknowledge_message(desk.archive, message, person="ann", **given)  # type: ignore[arg-type]
    assert (one.transition_id, one.owner) == ("t1", "ann")
    with pytest.raises(BadInput, match="there is no such message"):
        acknowledged.acknowledge_message(desk.archive, "x", person="ann", **given)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="nobody is named"):
        acknowledged.acknowledge(desk.archive, key, person=" ", **given)  # type: ignore[arg-type]


def test_what_a_watch_says_need_not_be_acknowledged_is_not_awaited(desk: Desk) -> None:
    desk.watches = (of_ann("now", acknowledge=False),)
    awaiting(desk).owe("t1", "now")
    desk.at(THURSDAY_NOON)
    assert acknowledged.overdue(desk.archive, THURSDAY_NOON + timedelta(days=30)) == ()


def test_reading_a_round_up_acknowledges_all_that_it_tells(desk: Desk) -> None:
    desk.watches = (of_ann("daily", rate="daily", acknowledge=True),)
    awaiting(desk).owe("t1", "daily")
    desk.owe("t2", "daily")
    desk.at(THURSDAY_NOON)
    friday = THURSDAY_NOON + timedelta(days=1)
    desk.at(friday)
    assert len(acknowledged.overdue(desk.archive, friday + timedelta(days=9))) == 2
    roundup = next(one for one in outbox.deliveries(desk.archive, state="sent"))
    written = acknowledged.acknowledge(desk.archive, roundup.delivery.key, person="ann", note="", at=friday)
    assert {one.transition_id for one in written} >= {"t1", "t2"}
    assert acknowledged.overdue(desk.archive, friday + timedelta(days=9)) == ()


def test_without_a_deputy_the_operators_hear_and_without_both_it_stays_overdue(desk: Desk) -> None:
    alone = replace(ANN, deputy="")
    desk.watches = (of_ann("now", acknowledge=True),)
    desk.rules = Rules(people={"ann": alone}, escalate_after=timedelta(hours=1))
    desk.owe("t1", "now")
    desk.at(THURSDAY_NOON)
    later = THURSDAY_NOON + timedelta(hours=5)
    assert desk.at(later).sent == 0
    assert [one.owner for one in acknowledged.overdue(desk.archive, later)] == ["ann"]
    desk.rules = replace(desk.rules, operators=("file:operators.jsonl",))
    assert desk.at(later).sent == 1
    assert "There is no deputy." in desk.lines("operators.jsonl")[0]["body"]


def test_an_escalation_waits_for_the_working_hours_of_the_deputy(desk: Desk) -> None:
    tokyo = replace(BO, hours=replace(ANN.hours, zone="Asia/Tokyo"))
    desk.watches = (of_ann("now", acknowledge=True),)
    desk.rules = Rules(people={"ann": ANN, "bo": tokyo}, escalate_after=timedelta(hours=1))
    desk.owe("t1", "now")
    desk.at(THURSDAY_NOON)
    later = THURSDAY_NOON + timedelta(hours=2)  # 21:00 in Tokyo
    assert desk.at(later).sent == 0
    assert desk.at(datetime.fromisoformat("2026-06-18T23:00+00:00")).sent == 1
    assert desk.titles("bo.jsonl") == ["Not acknowledged by ann: Title t1"]


# ── the law of it all ──────────────────────────────────────────────────────────────────────────────

moments = st.lists(st.integers(0, 14 * 24 * 4), min_size=1, max_size=8).map(sorted)
owing = st.lists(
    st.tuples(
        st.integers(0, 9 * 24 * 4),
        st.sets(st.sampled_from(["now", "other", "daily", "weekly", "gone"]), min_size=1),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owing, moments, st.booleans())
def test_whatever_waits_is_told_once_and_within_a_week(
    tmp_path_factory: pytest.TempPathFactory,
    owing: list[tuple[int, set[str]]],
    moments: list[int],
    is_muted: bool,
) -> None:
    folder = tmp_path_factory.mktemp("law")
    quarter = timedelta(minutes=15)
    with Archive.create(folder / "archive") as archive:
        names = ("now", "other", "daily", "weekly")
        rates = {"daily": "daily", "weekly": "weekly"}
        desk = Desk(
            archive=archive,
            folder=folder,
            watches=[of_ann(name, rate=rates.get(name, "now")) for name in names],
        )
        if is_muted:
            mutes.add(
                archive,
                person="ann",
                sort=mutes.WATCH,
                subject="other",
                until=date(2026, 6, 25),
                reason="r",
                author="ann",
                at=THURSDAY_NOON,
            )
        steps = sorted(
            [(at, None) for at in moments] + [(at, watches) for at, watches in owing], key=lambda s: s[0]
        )
        expected = set()
        for number, (at, watches) in enumerate(steps):
            now = THURSDAY_NOON + at * quarter
            if watches is not None:
                for name in sorted(watches):
                    expected.add((f"c{number}", name))
                desk.owe(f"t{number}", *sorted(watches), at=now, changes=(f"c{number}",))
            desk.at(now)
        desk.at(THURSDAY_NOON + timedelta(days=9) + timedelta(days=8))
        told = [(change, line["watch"]) for line in desk.lines() for change in line["changes"]]
        assert sorted(told) == sorted(expected), "each once, whatever message tells it"
        left = outbox.counts(archive)
        assert left["pending"] == left["held"] == left["failed"] == left["sending"] == 0
