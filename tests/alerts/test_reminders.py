"""Reminders: when one is due, whom a fuse touches, what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.ics import as_ics
from alerts.match import WatchIndex
from alerts.message import Payload
from alerts.messages import Context
from alerts.reminders import STAGES, Due, groups_of, reminders_for, stage_due, subject_of
from archive.calendar import KeptFuse
from archive.codec import loads
from archive.records import Expression, Fact, Fuse, Provision
from tests.alerts.made import NOW, watch

DAY = date(2026, 7, 18)
FUSE = Fuse(
    work="us/cfr/15/774/supp-1",
    eid="3A090.note-1",
    day=DAY,
    named=DAY - timedelta(days=1),
    sort="stay ends",
    act="90 FR 99999",
    words="Note 1 was stayed, effective until July 17, 2026.",
)
KEPT = KeptFuse(
    id="f1",
    fuse=FUSE,
    source="us_ecfr",
    title="A list",
    as_of=date(2026, 6, 1),
    seen=date(2026, 6, 2),
    told=None,
)
NOTE = Provision(eid="3A090.note-1", unit="note", text="Destinations in Thailand, and their affiliates.")
LIST = Expression(
    work=FUSE.work,
    as_of=KEPT.as_of,
    recipe="t/1",
    provisions=(Provision(eid="3A090", unit="entry", num="3A090", heading="Circuits", children=(NOTE,)),),
    facts=(Fact(name="cfr_part", value="15 CFR Part 774"),),
)


@pytest.mark.parametrize(
    ("seen", "told", "left", "expected"),
    [
        (200, None, 91, None),
        (200, None, 90, 90),
        (200, 90, 89, None),
        (200, 90, 31, None),
        (200, 90, 30, 30),
        (200, 90, 6, 7),
        (200, 7, 1, None),
        (200, 7, 0, 0),
        (200, 7, -12, 0),
        (200, 0, -12, None),
        (200, None, -12, 0),
        (20, None, 20, None),
        (20, None, 5, 7),
        (90, None, 90, None),
        (1, None, 1, None),
        (0, None, 0, 0),
        (-1, None, -1, None),
    ],
)
def test_a_reminder_is_due_from_its_day_on_once_and_not_for_what_had_passed(
    seen: int, told: int | None, left: int, expected: int | None
) -> None:
    kept = replace(KEPT, seen=DAY - timedelta(days=seen), told=told)
    assert stage_due(kept, DAY - timedelta(days=left)) == expected


@given(
    st.integers(0, 400),
    st.lists(st.integers(-40, 400), min_size=1, max_size=40).map(lambda days: sorted(days, reverse=True)),
)
def test_whatever_days_somebody_looks_on_each_stage_is_told_once_at_most_and_the_day_at_last(
    seen: int, looked: list[int]
) -> None:
    kept = replace(KEPT, seen=DAY - timedelta(days=seen))
    told = []
    for left in [each for each in looked if each <= seen] + [-41]:
        stage = stage_due(kept, DAY - timedelta(days=left))
        if stage is not None:
            assert left <= stage
            told.append(stage)
            kept = replace(kept, told=stage)
    assert told == sorted(set(told), reverse=True)
    assert told[-1] == 0
    assert set(told) <= {stage for stage in STAGES if stage <= seen}


def due(kept: KeptFuse = KEPT, stage: int = 30, now: datetime = NOW) -> Due:
    return Due(kept=kept, stage=stage, subject=subject_of(kept, LIST, now))


@pytest.mark.parametrize(
    ("conditions", "touched"),
    [
        ({"eccn": ("3A090",)}, True),
        ({"eccn": ("3A001",)}, False),
        ({"countries": ("TH",)}, True),
        ({"countries": ("JP",)}, False),
        ({"works": ("us/cfr/15/774",)}, True),
        ({"works": ("us/cfr/15/744",)}, False),
        ({"text": ("affiliate",)}, True),
        ({"kinds": ("applicability",)}, True),
        ({"kinds": ("repeal",)}, False),
    ],
)
def test_a_watch_hears_of_what_the_provision_says_and_stands_in(
    conditions: dict[str, tuple[str, ...]], touched: bool
) -> None:
    owed = reminders_for([due()], WatchIndex([watch(**conditions)]), Context(now=NOW), checked=NOW)
    assert bool(owed) is touched


def test_it_says_what_was_due_by_which_text_as_of_which_check() -> None:
    (owed,) = reminders_for([due()], WatchIndex([watch(eccn=("3A090",))]), Context(now=NOW), checked=NOW)
    payload = loads(owed.payload, Payload)
    assert (
        payload.title
        == "In 30 days, 2026-07-18: stay ends, 15 CFR Part 774, Supplement No. 1, ECCN 3A090 (90 FR 99999)"
    )
    for said in (
        "the edition of 2026-06-01, last checked 2026-06-18 09:00 UTC",
        "No word changed.",
        "An extension",
        "Stay ends is due on 2026-07-18, last day 2026-07-17",
        FUSE.words,
        "control number 3A090",
    ):
        assert said in payload.body
        assert said in payload.html
    assert owed.changes == ("f1",)
    (late,) = reminders_for(
        [due()],
        WatchIndex([watch()]),
        Context(now=NOW.replace(month=7, day=20)),
        checked=None,
    )
    assert "2 days ago, 2026-07-18" in late.payload
    assert "not checked since" in late.payload


def test_what_one_act_sets_on_one_day_is_one_message_and_each_watch_and_stage_its_own_key() -> None:
    other = replace(KEPT, id="f2", fuse=replace(FUSE, work="us/cfr/15/744", eid="744.11"))
    apart = replace(KEPT, id="f3", fuse=replace(FUSE, act="", work="us/cfr/15/740"))
    groups = groups_of([due(), due(other), due(apart)])
    assert [len(group) for group in groups] == [2, 1]
    index = WatchIndex([watch("a"), watch("b", notify=("console:", "file:x.jsonl"))])
    owed = reminders_for(groups[0], index, Context(now=NOW), checked=NOW)
    assert [(one.watch, one.target) for one in owed] == [
        ("a", "console:"),
        ("b", "console:"),
        ("b", "file:x.jsonl"),
    ]
    assert len({one.message_id for one in owed}) == 2
    assert all(one.changes == ("f1", "f2") for one in owed)
    later = reminders_for([due(stage=7), due(other, stage=7)], index, Context(now=NOW), checked=NOW)
    assert not {one.key for one in owed} & {one.key for one in later}


def test_without_its_edition_the_sentence_of_a_fuse_still_tells() -> None:
    subject = subject_of(KEPT, None, NOW)
    assert subject.change.text_after == FUSE.words
    assert any(touch.id == "3A090" for touch in subject.touches)


def test_the_calendar_as_ics_escapes_folds_and_keeps_its_ids() -> None:
    long = replace(KEPT, fuse=replace(FUSE, words="Erst; dann, “später” 二〇二六年\n" * 20))
    text = as_ics([KEPT, long], NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260718" in unfolded
    assert "UID:f1@tocsin" in unfolded
    assert "Erst\\; dann\\, “später” 二〇二六年\\n" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 2
