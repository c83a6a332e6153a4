"""One legal act, seen on the desk, in print, in the codified text and in a list: one alert, then updates in its thread. All content is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.message import Payload
from alerts.messages import Context
from archive import events, ledger, outbox
from archive.codec import loads
from archive.evidence import evidence_of
from archive.records import Capture, Expression, Fact, Provision, Reading
from archive.store import Archive
from tocsin.intake import Intake

NOW = datetime(2026, 6, 18, 9, tzinfo=UTC)
TITLE = "Additions of Entities of This Test to the Entity List"
WATCHES = WatchIndex(
    [
        Watch(
            name="thai",
            owner="a@example.org",
            reason="r",
            matter="m",
            countries=("TH",),
            notify=("file:thai.jsonl",),
        )
    ]
)


class Desk:
    """An archive that is past its baseline, to which documents are handed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.run = ledger.start_run(archive, "test", at=NOW, replayed=True)

    def take(self, source: str, expression: Expression) -> list[Payload]:
        """Take a text in; the messages that it brought."""
        before = len(self.messages())
        intake = Intake(
            archive=self.archive,
            run=self.run,
            now=NOW,
            watches=WATCHES,
            context=Context(now=NOW),
            seen_from=date(2026, 1, 1),
            sure=True,
        )
        capture = Capture(
            source=source,
            document=expression.work,
            url="https://example.org",
            body=repr(expression).encode(),
            as_of=expression.as_of,
            fetched_at=NOW,
        )
        assert intake.take(capture, Reading(expressions=(expression,))).outcome == "published"
        return self.messages()[before:]

    def messages(self) -> list[Payload]:
        return [loads(owed.delivery.payload, Payload) for owed in outbox.due(self.archive, NOW, 100)]

    def paper(
        self, document: str, day: int = 18, *, title: str = TITLE, text: str = "", **facts: str
    ) -> list[Payload]:
        words = text or "This rule adds one entity of Thailand."
        return self.take(
            "us_federal_register",
            Expression(
                work=document if "/" in document else f"us/fr/{document}",
                as_of=date(2026, 6, day),
                recipe="t/1",
                title=title,
                kind="document",
                provisions=(Provision(eid="p1", text=words),),
                facts=tuple(Fact(name=name.rstrip("_"), value=value) for name, value in facts.items()),
            ),
        )

    def text(self, work: str, source: str, day: int, *rows: str) -> list[Payload]:
        provisions = tuple(
            Provision(eid=f"r{number}", unit="row", num="", text=row) for number, row in enumerate(rows)
        )
        return self.take(
            source,
            Expression(work=work, as_of=date(2026, 6, day), recipe="t/1", title=work, provisions=provisions),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Archive.create(tmp_path / "archive") as archive:
        yield Desk(archive)


ICELAND = "Iceland | First Company of This Test | 90 FR 11111, 5/5/25"
THAILAND = "Thailand | Second Company of This Test | 91 FR 22222, 6/20/26"


def test_a_rule_seen_in_four_places_is_one_alert_and_three_updates(desk: Desk) -> None:
    desk.text("us/cfr/15/744/supp-4", "us_ecfr", 1, ICELAND)
    desk.text("us/csl/el", "us_csl", 1, ICELAND)
    (alert,) = desk.paper(
        "us/fr-desk/2026-10001", number="2026-10001", rin="0694-ZZ01", published="2026-06-20"
    )
    (printed,) = desk.paper(
        "2026-10001",
        20,
        text="This rule adds one entity of Thailand, and its branches in Thailand.",
        rin="0694-ZZ01",
        citation="91 FR 22222",
    )
    (codified,) = desk.text("us/cfr/15/744/supp-4", "us_ecfr", 21, ICELAND, THAILAND)
    (listed,) = desk.text("us/csl/el", "us_csl", 22, ICELAND, THAILAND)
    assert not alert.title.startswith("Update")
    assert [one.title.partition(":")[0] for one in (printed, codified, listed)] == ["Update"] * 3
    assert {one.thread for one in (alert, printed, codified, listed)} == {alert.thread}
    assert f"Update (codified); you heard of this act on 2026-06-18: {TITLE}" in codified.body
    assert "Update (listed);" in listed.body
    earlier = [line for line in listed.body.splitlines() if line.startswith("- 2026-06-18: ")]
    assert earlier == [
        f"- 2026-06-18: announced, {TITLE}",
        f"- 2026-06-18: published, {TITLE}",
        "- 2026-06-18: codified, us/cfr/15/744/supp-4",
    ]
    (key,) = events.of_work(desk.archive, "us/csl/el")
    assert [stage.stage for stage in events.event(desk.archive, key).stages] == [
        "announced",
        "published",
        "codified",
        "listed",
    ]


def test_a_paper_that_went_to_print_as_it_was_on_the_desk_is_known_by_its_citation(desk: Desk) -> None:
    desk.text("us/cfr/15/744/supp-4", "us_ecfr", 1, ICELAND)
    (alert,) = desk.paper("2026-10001")
    assert desk.paper("2026-10001", 20, citation="91 FR 22222") == []
    (codified,) = desk.text("us/cfr/15/744/supp-4", "us_ecfr", 21, ICELAND, THAILAND)
    assert codified.thread == alert.thread


def test_a_later_stage_for_a_watch_that_heard_nothing_yet_is_its_alert(desk: Desk) -> None:
    desk.text("us/cfr/15/744/supp-4", "us_ecfr", 1, ICELAND)
    assert desk.paper("2026-10001", text="This rule adds an entity.", citation="91 FR 22222") == []
    (codified,) = desk.text("us/cfr/15/744/supp-4", "us_ecfr", 21, ICELAND, THAILAND)
    assert not codified.title.startswith("Update")


def test_a_correction_and_a_stay_are_linked_and_alert_anew(desk: Desk) -> None:
    (rule,) = desk.paper("2026-10001", citation="91 FR 22222")
    (corrected,) = desk.paper(
        "2026-10002", 21, title="Entity List of This Test; Correction", corrects="2026-10001"
    )
    (stayed,) = desk.paper(
        "2026-10003",
        22,
        title="Entity List of This Test: Stay of a Rule",
        abstract="This rule stays the rule of Thailand at 91 FR 22222.",
    )
    assert rule.thread == corrected.thread == stayed.thread
    assert not any(one.title.startswith("Update") for one in (rule, corrected, stayed))


def test_two_unrelated_rules_of_one_docket_stay_two(desk: Desk) -> None:
    (one,) = desk.paper("2026-10001", docket="260601-0001", rin="0694-ZZ01")
    (same_words,) = desk.paper("2026-10002", docket="260601-0001", rin="0694-ZZ02")
    (other,) = desk.paper("2026-10003", docket="260601-0001", title="Fees for Tests of Vessels")
    assert len({one.thread, same_words.thread, other.thread}) == 3


def test_a_proposal_and_its_final_rule_share_a_docket_and_a_title_or_a_rin(desk: Desk) -> None:
    (proposal,) = desk.paper("2026-10001", docket="260601-0001")
    (extended,) = desk.paper(
        "2026-10002", 21, docket="260601-0001", title=f"{TITLE}; Extension of Comment Period"
    )
    assert proposal.thread == extended.thread
    (by_rin,) = desk.paper("2026-10003", 22, rin="0694-ZZ09", title="A Proposal of This Test")
    (final,) = desk.paper("2026-10004", 23, rin="0694-ZZ09", title="Something Final of This Test")
    assert by_rin.thread == final.thread != proposal.thread
    assert final.title.startswith("Update: ")


def test_an_earlier_act_that_prose_cites_is_another_act(desk: Desk) -> None:
    (one,) = desk.paper("2026-10001", citation="91 FR 22222")
    (other,) = desk.paper(
        "2026-10002", 21, title="Fees of This Test", abstract="Since 91 FR 22222 the fees of Thailand rose."
    )
    assert one.thread != other.thread


def test_a_date_that_was_moved_is_news(desk: Desk) -> None:
    desk.paper("2026-10001", rin="0694-ZZ01", effective="2026-07-01")
    (same,) = desk.paper("2026-10002", 21, rin="0694-ZZ01", effective="2026-07-01")
    (moved,) = desk.paper("2026-10003", 22, rin="0694-ZZ01", effective="2026-08-01")
    assert same.title.startswith("Update: ")
    assert not moved.title.startswith("Update: ")


def test_a_text_that_cites_two_acts_is_in_no_single_thread_and_is_told_as_ever(desk: Desk) -> None:
    desk.text("us/cfr/15/744/supp-4", "us_ecfr", 1, ICELAND)
    (one,) = desk.paper("2026-10001", citation="91 FR 22222")
    (two,) = desk.paper("2026-10002", citation="91 FR 33333")
    second = "Thailand | Third Company of This Test | 91 FR 33333, 6/20/26"
    (both,) = desk.text("us/cfr/15/744/supp-4", "us_ecfr", 22, ICELAND, THAILAND, second)
    assert both.thread not in (one.thread, two.thread)
    assert not both.title.startswith("Update")


def test_papers_that_begin_on_one_page_or_share_the_rin_of_a_routine_stay_apart(desk: Desk) -> None:
    (one,) = desk.paper("2026-10001", citation="91 FR 22222", rin="0694-AA00")
    (other,) = desk.paper(
        "2026-10002", citation="91 FR 22222", rin="0694-AA00", title="Fees for Tests of Vessels"
    )
    (third,) = desk.paper("2026-10003", citation="91 FR 22229", rin="0694-AA00")
    assert len({one.thread, other.thread, third.thread}) == 3


def test_of_papers_on_one_page_a_text_belongs_to_the_one_that_amends_its_part(desk: Desk) -> None:
    desk.text("us/cfr/15/744/supp-4", "us_ecfr", 1, ICELAND)
    (rule,) = desk.paper("2026-10001", citation="91 FR 22222", cfr_part="15/744")
    (notice,) = desk.paper("2026-10002", citation="91 FR 22222", title="Fees for Tests of Vessels")
    (codified,) = desk.text("us/cfr/15/744/supp-4", "us_ecfr", 21, ICELAND, THAILAND)
    assert codified.thread == rule.thread != notice.thread
    assert codified.title.startswith("Update: ")


def test_stages_that_come_in_another_order_are_one_act_as_well(desk: Desk) -> None:
    desk.text("us/csl/el", "us_csl", 1, ICELAND)
    (listed,) = desk.text("us/csl/el", "us_csl", 19, ICELAND, THAILAND)
    (printed,) = desk.paper("2026-10001", 20, citation="91 FR 22222")
    assert printed.thread == listed.thread
    (corrected,) = desk.paper("2026-10005", 21, title="This Test; Correction", corrects="2026-10004")
    (late,) = desk.paper("2026-10004", 22, title="A Rule of This Test", citation="91 FR 33333")
    assert late.thread == corrected.thread != printed.thread


LONG = "Controls on Quiet Instruments of This Test and on What They Measure"


def test_a_correction_without_a_number_in_common_is_known_by_the_title_it_repeats_or_quotes(
    desk: Desk,
) -> None:
    (rule,) = desk.paper("2026-10001", title=LONG, docket="260601-0001")
    (repeats,) = desk.paper("2026-10002", 21, title=f"{LONG}; Updates and Corrections", docket="260610-0002")
    (quotes,) = desk.paper(
        "2026-10003",
        22,
        title="Loud Instruments",
        action="Final rule; delay of effective date.",
        abstract=f"On June 18 the bureau published “{LONG}” and waits.",
    )
    assert rule.thread == repeats.thread == quotes.thread
    (own,) = desk.paper("C1-2026-10001", 22, title="In rule document 2026-10001")
    assert own.thread == rule.thread
    assert not own.title.startswith("Update")
    (other,) = desk.paper("2026-10004", 23, title=f"{LONG} in Vessels", docket="260611-0003")
    (speaks_of_it,) = desk.paper("2026-10005", 24, title="Fees", abstract=f"After “{LONG}” fees rose.")
    assert len({rule.thread, other.thread, speaks_of_it.thread}) == 3


def test_a_title_that_several_acts_have_links_nothing(desk: Desk) -> None:
    (one,) = desk.paper("2026-10001", rin="0694-ZZ01")
    (two,) = desk.paper("2026-10002", 19, rin="0694-ZZ02")
    (correction,) = desk.paper("2026-10003", 20, title=f"{TITLE}; Correction")
    assert len({one.thread, two.thread, correction.thread}) == 3


def test_the_number_of_the_rulemaking_in_a_docket_of_commerce_joins_its_papers(desk: Desk) -> None:
    (rule,) = desk.paper("2026-10001", docket="020509118-2118-01")
    (second,) = desk.paper("2026-10002", 21, docket="020509118-2164-02")
    (other,) = desk.paper("2026-10003", 22, docket="020509118-2165-03", title="Fees for Tests of Vessels")
    assert rule.thread == second.thread != other.thread


def test_a_stay_that_cites_the_rule_in_its_dates_is_linked(desk: Desk) -> None:
    (rule,) = desk.paper("2026-10001", citation="91 FR 22222")
    stay = Expression(
        work="us/fr/2026-10002",
        as_of=date(2026, 6, 22),
        recipe="t/1",
        title="One-Year Suspension of Something of This Test",
        kind="document",
        provisions=(Provision(eid="p1", text="Thailand waits."),),
        facts=(
            Fact(
                name="effective",
                value="2026-06-22",
                words="The rule at 91 FR 22222 is stayed from June 22, 2026.",
            ),
        ),
    )
    (stayed,) = desk.take("us_federal_register", stay)
    assert stayed.thread == rule.thread
    assert not stayed.title.startswith("Update")


def test_a_stay_that_was_told_from_the_desk_is_an_update_in_print(desk: Desk) -> None:
    title = f"{TITLE}; Stay"
    (rule,) = desk.paper("2026-10001", rin="0694-ZZ01")
    (on_desk,) = desk.paper("us/fr-desk/2026-10002", 20, number="2026-10002", rin="0694-ZZ01", title=title)
    (printed,) = desk.paper("2026-10002", 21, rin="0694-ZZ01", title=title)
    assert rule.thread == on_desk.thread == printed.thread
    assert [one.title.startswith("Update: ") for one in (on_desk, printed)] == [False, True]


def test_an_alert_names_the_bytes_that_it_was_read_from(desk: Desk) -> None:
    (alert,) = desk.paper("2026-10001", 20, rin="0694-ZZ01")
    (capture,) = desk.archive.database.execute("SELECT sha256 FROM capture").fetchone()
    assert f"Evidence: fetched 2026-06-18 09:00 UTC, SHA-256 {capture[:12]}…" in alert.body
    transition = desk.archive.database.execute("SELECT id FROM transition").fetchone()[0]
    proof = evidence_of(desk.archive, transition)
    assert proof is not None
    assert (proof.url, proof.sha256, proof.language) == ("https://example.org", capture, "en")
    assert evidence_of(desk.archive, "no such transition") is None
