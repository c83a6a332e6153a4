"""What stood at an address over time, what came from a document, how much there is."""

from __future__ import annotations

from archive import editions, outbox, queries
from archive.records import Delivery
from archive.store import Archive
from tests.archive.building import START, WORK, at, capture, edition, item, on, publish


def told(archive: Archive, eid: str, **asked: bool) -> list[tuple[object, ...]]:
    return [(one.text, one.from_date, one.to_date) for one in queries.timeline(archive, WORK, eid, **asked)]


def test_a_timeline_shows_each_wording_with_its_days_and_the_gaps(archive: Archive) -> None:
    for days, text in enumerate(["one", "one", "two", "", "one"]):
        provisions = [item("1", "", item("1.a", text))] if text else [item("1")]
        publish(archive, edition(*provisions, days=days), hours=days, body=f"{days}".encode())
    assert told(archive, "1.a") == [("one", on(0), on(2)), ("two", on(2), on(3)), ("one", on(4), None)]
    assert {one.parent for one in queries.timeline(archive, WORK, "1.a")} == {"1"}
    assert told(archive, "1.b") == []


def test_history_filled_in_makes_the_timeline_finer_and_keeps_what_was_believed(archive: Archive) -> None:
    publish(archive, edition(item("1", "new"), days=10))
    publish(archive, edition(item("1", "old"), days=0), hours=1)
    publish(archive, edition(item("1", "new"), days=5), hours=2)
    assert told(archive, "1") == [("old", on(0), on(5)), ("new", on(5), None)]
    believed = queries.timeline(archive, WORK, "1", all_knowledge=True)
    assert ("old", on(0), on(10), at(1), at(2)) in [
        (one.text, one.from_date, one.to_date, one.known_from, one.known_to) for one in believed
    ]


def test_one_provision_of_a_day_is_the_one_the_whole_text_has(archive: Archive) -> None:
    for days, text in ((0, "one"), (4, "two"), (2, "between")):
        publish(archive, edition(item("1", "", item("1.a", text)), days=days), hours=days)
    for day in range(-1, 6):
        for hour in (None, 0, 2, 4):
            known = None if hour is None else at(hour)
            whole = editions.expression(archive, WORK, on=on(day), known=known)
            found = queries.standing(archive, WORK, "1.a", on=on(day), known=known)
            assert (found.text if found else None) == (
                whole.provisions[0].children[0].text if whole else None
            )
    assert queries.standing(archive, WORK, "9") is None


def test_the_entries_of_a_list_are_those_of_its_latest_edition(archive: Archive) -> None:
    category = item("3", "", item("3A001", "", item("3A001.a"), unit="entry"), unit="category")
    publish(archive, edition(category, item("3B001", unit="entry")))
    publish(archive, edition(category, days=1), hours=1)
    assert queries.roots(archive, WORK, "entry") == {"3A001"}
    assert queries.roots(archive, "us/cfr/1", "entry") == frozenset()


def test_the_works_of_a_document_are_those_it_still_holds(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture(document="part-999"))
    for work in ("us/cfr/15/999", "us/cfr/15/999/supp-1"):
        editions.publish(
            archive, edition(item("1", "x"), work=work), row.id, observed=START, provisional=False
        )
    assert queries.works_of_document(archive, "us_ecfr", "part-999") == (
        "us/cfr/15/999",
        "us/cfr/15/999/supp-1",
    )
    emptied = editions.record_capture(archive, None, capture(b"less", days=1, document="part-999"))
    gone = edition(days=1, work="us/cfr/15/999/supp-1")
    editions.publish(archive, gone, emptied.id, observed=at(1), provisional=False)
    assert queries.works_of_document(archive, "us_ecfr", "part-999") == ("us/cfr/15/999",)
    assert queries.works_of_document(archive, "us_ecfr", "part-1") == ()


def test_the_overview_counts_what_there_is(archive: Archive) -> None:
    publish(archive, edition(item("1", "one", item("2", "two"))), body=b"x" * 5_000)
    outbox.enqueue(
        archive,
        Delivery(
            key="k", message_id="m", transition_id="t", watch="w", target="console:", changes=(), payload=""
        ),
        START,
    )
    found = queries.overview(archive)
    assert (
        found["work"],
        found["provision"],
        found["text"],
        found["deliveries pending"],
        found["deliveries dead"],
    ) == (1, 2, 2, 1, 0)
    assert found["bytes captured"] == 5_000 > found["bytes kept"] > 0


def test_people_can_read_the_history_by_plain_sql(archive: Archive) -> None:
    publish(archive, edition(item("1", "one", heading="Scope", num="(a)")), hours=3)
    row = archive.database.execute(
        "SELECT work, eid, parent, num, heading, text, from_date, to_date, known_from, known_to FROM provision_history"
    ).fetchone()
    assert row == (WORK, "1", None, "(a)", "Scope", "one", "2026-01-01", None, "2026-01-01T15:00:00Z", None)
