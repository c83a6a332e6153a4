"""The calendar as a calendar program reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alerts.ics import as_ics
from archive.calendar import KeptFuse
from archive.records import Fuse
from tests.alerts.made import NOW

FUSE = Fuse(
    work="us/cfr/15/774/supp-1",
    eid="3A090",
    day=date(2026, 7, 18),
    named=date(2026, 7, 17),
    sort="stay ends",
    act="90 FR 50857",
    words="Stayed until July 17, 2026; 二〇二六年まで, “später”",
)
KEPT = KeptFuse(
    id="f1",
    fuse=FUSE,
    source="us_ecfr",
    title="The Commerce Control List",
    as_of=date(2026, 6, 18),
    seen=date(2026, 6, 18),
    told=None,
)


def read(text: str) -> list[dict[str, object]]:
    events = Calendar.from_ical(text).walk("VEVENT")
    return [
        {name.lower(): _plain(event.decoded(name)) for name in event if name != "CATEGORIES"}
        for event in events
    ]


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode()
    return str(value) if isinstance(value, str) else value


def test_a_date_is_an_event_of_a_whole_day_with_what_was_read() -> None:
    (event,) = read(as_ics([KEPT], NOW, address="http://127.0.0.1:8801"))
    assert event["uid"] == "f1@tocsin"
    assert event["dtstart"] == date(2026, 7, 18)
    assert event["dtend"] == date(2026, 7, 19)
    assert event["dtstamp"] == NOW
    assert "3A090" in str(event["summary"])
    assert "(90 FR 50857)" in str(event["summary"])
    assert FUSE.words in str(event["description"])
    assert "Last day 2026-07-17" in str(event["description"])
    assert event["url"] == "http://127.0.0.1:8801/us/cfr/15/774/supp-1/3A090"
    assert event["transp"] == "TRANSPARENT"


def test_a_fuse_keeps_its_uid_and_its_sequence_grows_with_the_edition() -> None:
    later = replace(KEPT, as_of=KEPT.as_of + timedelta(days=30), fuse=replace(FUSE, words="reworded"))
    (before,), (after,) = read(as_ics([KEPT], NOW)), read(as_ics([later], NOW))
    assert before["uid"] == after["uid"]
    assert int(str(before["sequence"])) < int(str(after["sequence"])) < 2**31
    (again,) = read(as_ics([KEPT], NOW))
    assert again["sequence"] == before["sequence"]


def test_a_calendar_says_what_a_calendar_must() -> None:
    calendar = Calendar.from_ical(as_ics([], NOW))
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//tocsin//calendar//EN")
    assert calendar.walk("VEVENT") == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from('ab \n\r\t;,:\\"輸出令規制貨物é🛰\x00\x1b\u202e\u2028')
        | st.characters(codec="utf-8"),
        max_size=300,
    )
)
def test_hostile_words_make_no_line_of_their_own_and_lines_fold_by_octets(words: str) -> None:
    words += "\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:http://evil.example\n" + "輸出貿易管理令" * 20
    text = as_ics([replace(KEPT, title=words, fuse=replace(FUSE, work="jp/x", words=words))], NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    (event,) = read(text)
    assert "attach" not in event
    assert "輸出貿易管理令" * 20 in str(event["description"])
