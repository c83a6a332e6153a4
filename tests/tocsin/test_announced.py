"""Announced and codified reconciled: found in the text, or told once as missing there after the usual lag. All content is invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from alerts.conditions import Watch
from alerts.events_missing import due_day
from alerts.match import WatchIndex
from alerts.message import Payload
from alerts.messages import Context
from archive import announced, events, ledger, outbox
from archive.codec import loads
from archive.records import Capture, Expression, Fact, Provision, Reading
from archive.store import Archive
from tests.archive.building import edition, item, publish
from tests.tocsin.program import install
from tocsin.announced import outcomes_of
from tocsin.intake import Intake
from tocsin.reminders import remind
from tocsin.web.acts import outcomes_kept

PAPER = "us/fr/2026-10001"
PART, LIST = "us/cfr/15/744", "us/cfr/15/744/supp-4"
THAI = Watch(
    name="thai", owner="a@example.org", reason="r", matter="m", countries=("TH",), notify=("file:thai.jsonl",)
)
JAPAN = Watch(
    name="japan",
    owner="a@example.org",
    reason="r",
    matter="m",
    countries=("JP",),
    notify=("file:japan.jsonl",),
)
WATCHES = WatchIndex([THAI, JAPAN])


@dataclass
class Desk:
    """An archive past its baseline, with a day that moves; each step is a round of a source with what it brings."""

    archive: Archive
    heard: list[Payload] = field(default_factory=list)

    def round(self, source: str, day: str, *texts: Expression, outcome: str = "complete") -> list[Payload]:
        """A round of a source on a day; the messages that it brought, the reminders of the calendar aside."""
        now = datetime.combine(date.fromisoformat(day), time(12), UTC)
        context = Context(now=now)
        run = ledger.start_run(self.archive, source, at=now, replayed=True)
        intake = Intake(
            archive=self.archive,
            run=run,
            now=now,
            watches=WATCHES,
            context=context,
            seen_from=date(2026, 1, 1),
            sure=True,
        )
        for text in texts:
            capture = Capture(
                source=source,
                document=text.work,
                url="https://example.org",
                body=repr(text).encode(),
                as_of=text.as_of,
                fetched_at=now,
            )
            assert intake.take(capture, Reading(expressions=(text,))).outcome == "published"
        ledger.finish_run(self.archive, run, at=now, outcome=outcome, reason="", counts={})
        remind(self.archive, WATCHES, context)
        told = [loads(owed.delivery.payload, Payload) for owed in outbox.due(self.archive, now, 100)]
        new, self.heard = told[len(self.heard) :], told
        return [one for one in new if ": effective, " not in one.title]


def paper(
    *instructions: str, number: str = "2026-10001", published: str = "2026-06-18", **facts: str
) -> Expression:
    told = tuple(
        Provision(eid=f"amendment-{at}", unit="amendment", num=f"{at}.", text=words)
        for at, words in enumerate(instructions, 1)
    )
    said = {"cfr_part": "15/744", "citation": "91 FR 22222", **facts}
    return Expression(
        work=f"us/fr/{number}",
        as_of=date.fromisoformat(published),
        published=date.fromisoformat(published),
        recipe="t/1",
        title="Additions of This Test",
        kind="document",
        provisions=(
            Provision(eid="p1", text="This rule adds an entity of Thailand."),
            Provision(eid="cfr-15-744", unit="regulation", children=told),
        ),
        facts=tuple(Fact(name=name, value=value) for name, value in said.items()),
    )


KEEP = "The authority citation for 15 CFR part 744 continues to read as follows:"
REVISE = "Section 744.11 is amended by revising paragraph (c) to read as follows:"
ADD = (
    "Supplement No. 4 to part 744 is amended under THAILAND by adding in alphabetical order an entry for “Second Company of This "
    "Test” to read as follows:"
)


def part(day: str, words: str) -> Expression:
    clause = Provision(eid="744.11.c", unit="paragraph", num="(c)", text=words)
    section = Provision(
        eid="744.11", unit="section", num="§ 744.11", heading="Parties of this test", children=(clause,)
    )
    return Expression(
        work=PART, as_of=date.fromisoformat(day), recipe="t/1", title="Part 744", provisions=(section,)
    )


def entities(day: str, *names: str) -> Expression:
    rows = tuple(
        Provision(eid=f"thailand.r{at}", unit="row", text=f"Thailand | {name}")
        for at, name in enumerate(names)
    )
    return Expression(
        work=LIST,
        as_of=date.fromisoformat(day),
        recipe="t/1",
        title="Entity List",
        provisions=(Provision(eid="thailand", unit="country", heading="THAILAND", children=rows),),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Archive.create(tmp_path / "archive") as archive:
        desk = Desk(archive)
        desk.round(
            "us_ecfr",
            "2026-06-01",
            part("2026-05-29", "Old words."),
            entities("2026-05-29", "First Company of This Test"),
        )
        yield desk


def rule(**facts: str) -> Expression:
    return paper(KEEP, REVISE, ADD, effective="2026-06-22", **facts)


def test_the_lag_is_counted_in_weekdays_from_the_later_of_day_and_printing() -> None:
    thursday, friday = date(2026, 6, 18), date(2026, 6, 19)
    assert due_day(thursday, None) == date(2026, 6, 25)
    assert due_day(thursday, friday) == due_day(friday, thursday) == date(2026, 6, 26)
    assert due_day(date(2026, 6, 20), None) == due_day(date(2026, 6, 21), None) == date(2026, 6, 26)


def test_what_is_not_in_the_text_after_the_lag_is_told_once_to_the_watches_of_the_announcement(
    desk: Desk,
) -> None:
    (alert,) = desk.round("us_federal_register", "2026-06-18", rule())
    assert desk.round("us_ecfr", "2026-06-26") == []
    (told,) = desk.round("us_ecfr", "2026-06-29")
    assert told.title.startswith("Announced, not yet codified: none of its 2 instructions is in the text")
    assert told.watches == ("thai",)
    assert told.thread == alert.thread
    for said in (
        "2: revise, 15 CFR 744.11(c)",
        "3: add entry “Second Company of This Test” under THAILAND, 15 CFR Part 744, Supplement No. 4",
        "The newest edition held is of 2026-05-29; its source was last read 2026-06-29 12:00 UTC",
        "Effective: 2026-06-22 (Monday) (7 days ago)",
        "the newest edition is older than its day",
    ):
        assert said in told.body
        assert said.replace("“", "").split("“")[0] in told.html.replace("“", "")
    assert KEEP not in told.body
    assert desk.round("us_ecfr", "2026-06-30") == []
    (one, other) = announced.by_act(desk.archive, PAPER)
    assert one.closed == other.closed == date(2026, 6, 29)
    assert one.missing == ("2: revise, 15 CFR 744.11(c)",)


def test_what_was_due_while_nobody_looked_is_told_by_the_next_round_that_read_the_text(desk: Desk) -> None:
    desk.round("us_federal_register", "2026-06-18", rule())
    assert desk.round("us_federal_register", "2026-07-20") == []
    assert desk.round("us_ecfr", "2026-07-20", outcome="failed") == []
    (told,) = desk.round("us_ecfr", "2026-07-21")
    assert "not yet codified" in told.title
    assert desk.round("us_ecfr", "2026-07-22") == []


def test_nothing_is_said_where_all_of_it_is_found(desk: Desk) -> None:
    (alert,) = desk.round("us_federal_register", "2026-06-18", rule())
    (codified,) = desk.round(
        "us_ecfr",
        "2026-06-24",
        part("2026-06-23", "New words."),
        entities("2026-06-23", "First Company of This Test", "Second Company of This Test"),
    )
    assert codified.title.startswith("Update: ")
    assert codified.thread == alert.thread
    assert desk.round("us_ecfr", "2026-07-10") == []
    assert [one.missing for one in announced.by_act(desk.archive, PAPER)] == [(), ()]
    assert [one.state for one in outcomes_of(desk.archive, PAPER)] == ["unchecked", "found", "found"]
    (key,) = events.of_work(desk.archive, PAPER)
    assert [stage.stage for stage in events.event(desk.archive, key).stages] == [
        "published",
        "codified",
        "codified",
    ]


def test_what_was_found_in_part_is_told_with_what_is_left(desk: Desk) -> None:
    desk.round("us_federal_register", "2026-06-18", rule())
    desk.round(
        "us_ecfr",
        "2026-06-24",
        part("2026-06-23", "New words."),
        entities("2026-06-23", "First Company of This Test"),
    )
    (told,) = desk.round("us_ecfr", "2026-07-10")
    assert told.title.startswith(
        "Announced, not yet codified in full: 1 of 2 instructions is not in the text"
    )
    assert "Second Company of This Test" in told.body
    assert "nothing changed there since its day" in told.body
    assert "744.11(c)" not in told.body


def test_a_late_codification_is_an_update_after_the_statement(desk: Desk) -> None:
    desk.round("us_federal_register", "2026-06-18", rule())
    (told,) = desk.round("us_ecfr", "2026-06-29")
    (codified,) = desk.round(
        "us_ecfr",
        "2026-07-02",
        entities("2026-07-01", "First Company of This Test", "Second Company of This Test"),
    )
    assert codified.title.startswith("Update: ")
    assert codified.thread == told.thread


def test_a_proposal_and_a_text_that_is_not_held_are_awaited_by_nobody(desk: Desk) -> None:
    desk.round("us_federal_register", "2026-06-18", paper(KEEP, REVISE, ADD))
    elsewhere = "Section 746.3 is amended by revising paragraph (a) to read as follows:"
    desk.round(
        "us_federal_register",
        "2026-06-18",
        paper(elsewhere, number="2026-10002", effective="2026-06-22", citation="91 FR 33333"),
    )
    assert desk.round("us_ecfr", "2026-07-10") == []


def test_a_day_that_moved_before_it_came_is_waited_for_anew(desk: Desk) -> None:
    desk.round("us_federal_register", "2026-06-18", rule())
    moved = paper(KEEP, REVISE, ADD, effective="2026-08-03", published="2026-06-19")
    desk.round("us_federal_register", "2026-06-19", moved)
    assert desk.round("us_ecfr", "2026-07-10") == []
    (told,) = desk.round("us_ecfr", "2026-08-11")
    assert "Effective: 2026-08-03" in told.body


def test_a_paper_that_came_after_it_is_named(desk: Desk) -> None:
    desk.round("us_federal_register", "2026-06-18", rule())
    stay = Expression(
        work="us/fr/2026-10009",
        as_of=date(2026, 6, 22),
        published=date(2026, 6, 22),
        recipe="t/1",
        title="Additions of This Test: Stay",
        kind="document",
        provisions=(Provision(eid="p1", text="Thailand waits."),),
        facts=(Fact(name="abstract", value="This stays the rule at 91 FR 22222."),),
    )
    desk.round("us_federal_register", "2026-06-22", stay)
    (told,) = desk.round("us_ecfr", "2026-06-29")
    assert "After it came: Additions of This Test: Stay (stayed, 2026-06-22)." in told.body


def test_a_text_that_cites_no_act_belongs_to_the_one_that_announced_it(desk: Desk) -> None:
    (alert,) = desk.round("us_federal_register", "2026-06-18", rule())
    (codified,) = desk.round(
        "us_ecfr",
        "2026-06-24",
        entities("2026-06-23", "First Company of This Test", "Second Company of This Test"),
    )
    assert codified.thread == alert.thread
    (other,) = desk.round(
        "us_ecfr",
        "2026-06-26",
        entities(
            "2026-06-25",
            "First Company of This Test",
            "Second Company of This Test",
            "Third Company of This Test",
        ),
    )
    assert other.thread != alert.thread


def test_what_became_of_a_paper_is_kept_until_something_comes_of_it_or_of_a_work_that_it_names(
    desk: Desk,
) -> None:
    desk.round("us_federal_register", "2026-06-18", rule())
    awaited = outcomes_kept(desk.archive, PAPER)
    assert {one.state for one in awaited} == {"unchecked", "awaited"}
    publish(desk.archive, edition(item("1", "Other words."), work="us/cfr/15/999"))
    assert outcomes_kept(desk.archive, PAPER) is awaited
    desk.round("us_ecfr", "2026-06-24", part("2026-06-23", "New words."))
    found = outcomes_kept(desk.archive, PAPER)
    assert found == outcomes_of(desk.archive, PAPER)
    assert "found" in {one.state for one in found}


def test_events_are_listed_and_shown_with_announced_beside_observed(tmp_path: Path) -> None:
    place = install(tmp_path / "tocsin")
    with Archive.open(place.folder / "archive") as archive:
        desk = Desk(archive)
        desk.round(
            "us_ecfr",
            "2026-06-01",
            part("2026-05-29", "Old words."),
            entities("2026-05-29", "First Company of This Test"),
        )
        desk.round("us_federal_register", "2026-06-18", rule(url="https://example.org/2026-10001"))
        desk.round(
            "us_ecfr",
            "2026-06-24",
            part("2026-06-23", "New words."),
            entities("2026-06-23", "First Company of This Test"),
        )
        desk.round("us_ecfr", "2026-07-10")
    lines = place.run("events", "list").stdout.splitlines()
    key = lines[0].split()[0]
    assert lines[0].endswith("2026-06-24  Additions of This Test")
    assert lines[1].strip() == "published 2026-06-18, codified 2026-06-24"
    assert lines[2].strip().startswith("announced, not yet codified (said on 2026-07-10)")
    shown = place.run("events", "show", key).stdout
    assert place.run("events", "show", PAPER).stdout == shown
    for said in (
        "known as  document 2026-10001; citation 91 FR 22222",
        "2026-06-18  published  Federal Register document 2026-10001",
        "effective 2026-06-22",
        "https://example.org/2026-10001",
        "2026-06-24  codified   1 change of 15 CFR Part 744",
        "beside what was observed: 1 found, 1 missing, 1 unchecked",
        "found      2: revise, 15 CFR 744.11(c) → edition of 2026-06-23: 15 CFR 744.11(c)",
        "missing    3: add entry “Second Company of This Test” under THAILAND",
        "looked for up to the edition of 2026-06-23",
    ):
        assert said in shown
    told = json.loads(place.run("events", "show", key, "--json").stdout)
    assert [one["state"] for one in told["announced"]] == ["unchecked", "found", "missing"]
    assert [stage["stage"] for stage in told["stages"]] == ["published", "codified"]
    assert told["stages"][0]["links"] == ["https://example.org/2026-10001"]
    assert told["not_codified"][0]["day"] == "2026-06-22"
    (listed,) = place.run("events", "list", "--json", "--since", "2026-06-24").stdout.splitlines()
    assert json.loads(listed)["id"] == told["id"]
    assert place.run("events", "list", "--since", "2026-06-25").stdout == ""
    assert "no such event" in place.run("events", "show", "zz", status=2).stderr
    assert "no such event" in place.run("events", "show", "us/fr/2026-99999", status=2).stderr
