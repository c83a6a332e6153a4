"""The calendar outlives editions: what an amendment took out is gone, what burnt down is still told, and once."""

from __future__ import annotations

from datetime import date, timedelta

from archive import calendar
from archive.records import Fuse
from archive.store import Archive
from tests.archive.building import DAY, WORK, edition, item, on, publish

END = on(100)


def fuse(eid: str = "1", day: date = END, words: str = "until then", **given: str) -> Fuse:
    return Fuse(
        work=WORK, eid=eid, day=day, named=day - timedelta(days=1), sort="stay ends", words=words, **given
    )


def hold(archive: Archive, days: int, *found: Fuse) -> None:
    publish(archive, edition(item("1", f"text of day {days}"), days=days))
    calendar.keep(archive, WORK, found, as_of=on(days), seen=on(days))


def kept(archive: Archive) -> list[tuple[str, date]]:
    return [(one.fuse.eid, one.fuse.day) for one in calendar.fuses(archive)]


def test_works_are_searched_once_for_each_edition(archive: Archive) -> None:
    assert calendar.unsearched(archive) == ()
    publish(archive, edition(item("1", "a")))
    assert calendar.unsearched(archive) == (WORK,)
    calendar.keep(archive, WORK, (), as_of=DAY, seen=DAY)
    assert calendar.unsearched(archive) == ()
    publish(archive, edition(item("1", "b"), days=1))
    assert calendar.unsearched(archive) == (WORK,)


def test_a_fuse_is_read_back_as_it_was_found(archive: Archive) -> None:
    hold(archive, 0, fuse(act="90 FR 99999"))
    (one,) = calendar.fuses(archive)
    assert one.fuse == fuse(act="90 FR 99999")
    assert (one.source, one.title, one.as_of, one.seen, one.told) == ("us_ecfr", "Part 999", DAY, DAY, None)
    assert calendar.fuses(archive, since=END) == (one,)
    assert calendar.fuses(archive, since=END + timedelta(days=1)) == ()


def test_what_an_amendment_took_out_before_its_day_is_gone(archive: Archive) -> None:
    hold(archive, 0, fuse())
    hold(archive, 50)
    assert calendar.untold(archive) == ()
    hold(archive, 60, fuse())
    assert kept(archive) == [("1", END)]


def test_what_burnt_down_is_still_to_be_told_and_then_no_more(archive: Archive) -> None:
    hold(archive, 0, fuse())
    hold(archive, 120)
    (one,) = calendar.untold(archive)
    calendar.mark_told(archive, [one.id], 0)
    assert calendar.untold(archive) == ()


def test_found_again_it_keeps_its_first_day_and_what_was_told(archive: Archive) -> None:
    hold(archive, 0, fuse())
    calendar.mark_told(archive, [calendar.fuses(archive)[0].id], 30)
    hold(archive, 75, fuse(words="until then, or so"))
    (one,) = calendar.fuses(archive)
    assert (one.seen, one.as_of, one.told, one.fuse.words) == (DAY, on(75), 30, "until then, or so")


def test_under_another_address_it_is_not_told_again(archive: Archive) -> None:
    hold(archive, 0, fuse())
    calendar.mark_told(archive, [calendar.fuses(archive)[0].id], 30)
    hold(archive, 75, fuse("2"))
    assert [(one.fuse.eid, one.told) for one in calendar.fuses(archive)] == [("2", 30)]


def test_two_of_one_place_and_day_are_two(archive: Archive) -> None:
    hold(archive, 0, fuse(words="first"), fuse(words="second"))
    assert [one.fuse.words for one in calendar.fuses(archive)] == ["first", "second"]
