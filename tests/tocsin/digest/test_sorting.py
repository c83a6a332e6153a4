"""Where a change stands in a digest: news by jurisdiction and act, late findings apart, the rest counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from archive import acknowledged, incidents
from archive.incidents import Trouble
from archive.records import Change
from tests.tocsin.digest.made import (
    LIST,
    MONDAY,
    digest_of,
    empty,
    instant,
    later,
    paper,
    take,
    text,
)
from tocsin.digest.phrases import Phrases
from tocsin.digest.records import Digest, Review, Step
from tocsin.digest.templating import Manner
from tocsin.reconciliation import COUNTED, COUNTED_HELD

BEFORE, DAY = MONDAY - timedelta(days=10), MONDAY + timedelta(days=1)
JAPANESE = "jp/law/324CO0000000378"


def steps(digest: Digest, code: str) -> list[Step]:
    return [
        step for one in digest.jurisdictions if one.code == code for act in one.acts for step in act.steps
    ]


def summary(digest: Digest) -> dict[str, str]:
    return dict(Phrases(say=Manner().say).summary(digest))


def test_jurisdictions_stand_apart_and_editorial_changes_are_only_counted(tmp_path: Path) -> None:
    law = text(
        JAPANESE,
        BEFORE,
        "第一条　許可を受けなければならない。",
        "第二条　すべての貨物",
        language="ja",
        title="輸出貿易管理令",
    )
    rule = text(LIST, BEFORE, "Destinations: France.", "An Appendix of this kind.", "The re-export of goods.")
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE), law, source="jp_egov")
        take(archive, instant(BEFORE), rule)
        take(
            archive,
            instant(DAY),
            later(law, DAY, "第一条　事前の許可を受けなければならない。", "第二条　全ての貨物"),
            source="jp_egov",
        )
        take(
            archive,
            instant(DAY),
            later(
                rule,
                DAY,
                "Destinations: France, Thailand.",
                "An appendix of this kind.",
                "The reexport of goods.",
            ),
        )
        digest = digest_of(archive)
    assert [one.code for one in digest.jurisdictions] == ["JP", "US"]
    (japan,), (america,) = steps(digest, "JP"), steps(digest, "US")
    assert japan.language == "ja"
    assert [item.change.materiality for item in (*japan.items, *america.items)] == ["substantive"] * 2
    assert "country TH" in america.items[0].touches
    counted = {(one.work, one.materiality): one.count for one in digest.lesser}
    assert counted == {(JAPANESE, "editorial"): 1, (LIST, "editorial"): 2}
    assert sum(number for one in digest.lesser for _, number in one.reasons) == 3
    assert summary(digest)["Editorial changes"] == "3"


def test_papers_stand_under_their_act_with_its_stages(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE), source="us_federal_register")
        take(
            archive,
            instant(DAY),
            paper("2031-00001", DAY, "A rule.", citation="96 FR 100", effective="2031-04-01"),
            source="us_federal_register",
        )
        digest = digest_of(archive)
    (act,) = digest.jurisdictions[0].acts
    assert act.id
    assert act.title == "Paper 2031-00001"
    assert [stage.stage for stage in act.stages] == ["published"]
    assert Phrases(say=Manner().say).facts(act.steps[0]) == ("Citation: 96 FR 100", "effective: 2031-04-01")
    assert [(one.day, one.sort) for one in digest.calendar] == [(date(2031, 4, 1), "effective")]


def test_an_old_paper_is_a_late_finding_and_old_editions_are_history(tmp_path: Path) -> None:
    old, older, oldest = (MONDAY - timedelta(days=days) for days in (30, 60, 90))
    rule = text(LIST, old, "Limit 100.", "Same.")
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE), rule)
        take(archive, instant(DAY), later(rule, older, "Limit 90.", "Same."))
        take(archive, instant(DAY, 10), later(rule, oldest, "Limit 80.", "Same."))
        take(archive, instant(DAY, 11), paper("2031-00009", old, "Missed."), source="us_federal_register")
        digest = digest_of(archive)
    assert [(step.work, step.late) for step in digest.late] == [("us/fr/2031-00009", "older")]
    assert digest.jurisdictions == ()
    assert {(one.before, one.after, one.substantive) for one in digest.history} == {
        (older, old, 1),
        (oldest, older, 1),
    }


def test_what_a_better_reader_finds_is_late_and_what_it_says_again_is_not_news(tmp_path: Path) -> None:
    first = text(LIST, BEFORE, "Limit 100.", "Hidden before.")
    second = later(first, BEFORE + timedelta(days=1), "Limit 90.", "Hidden before.")
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE), first)
        take(archive, instant(BEFORE, 12), second)
        (transition,) = [key for (key,) in archive.database.execute("SELECT id FROM transition")]
        take(archive, instant(DAY))
        analyse_again(archive, transition, BEFORE)
        digest = digest_of(archive)
    assert [(step.late, [item.change.text_after for item in step.items]) for step in digest.late] == [
        ("reread", ["Now seen."])
    ]
    assert digest.jurisdictions == ()


def analyse_again(archive: object, transition: str, day: date) -> None:
    from dataclasses import replace

    from archive import changes
    from archive.records import ChangeSet, Transition
    from archive.store import Archive
    from tocsin.rederive import LATE

    assert isinstance(archive, Archive)
    known = changes.of_transition(archive, transition)
    seen = Change(
        kind="substitution",
        materiality="substantive",
        reason=LATE + "words changed",
        old_eid="p2",
        new_eid="p2",
        text_before="Hidden before.",
        text_after="Now seen.",
        ops=(("-", "Hidden before."), ("+", "Now seen.")),
    )
    (row,) = archive.database.execute("SELECT before_sha256, after_sha256, before, after FROM transition")
    bound = Transition(
        id=transition,
        source="us_ecfr",
        work=LIST,
        before_sha256=row[0],
        after_sha256=row[1],
        before=date.fromisoformat(row[2]),
        after=date.fromisoformat(row[3]),
        observed_at=known[0].observed_at,
    )
    told = tuple(replace(one.change, reason="the same, by other words") for one in known)
    changes.record_changeset(
        archive, ChangeSet(transition=bound, engine="e/2", changes=(*told, seen)), [()] * (len(told) + 1)
    )


def test_coverage_tells_runs_counters_failures_incidents_and_the_longest_silence(tmp_path: Path) -> None:
    rule = text(LIST, BEFORE, "Limit 100.")
    with empty(tmp_path) as archive:
        take(archive, instant(MONDAY - timedelta(days=3)), rule, counts={COUNTED: 5, COUNTED_HELD: 5})
        take(archive, instant(DAY), outcome="incomplete", reason="the host answered 503")
        take(archive, instant(DAY + timedelta(days=1)), counts={COUNTED: 7, COUNTED_HELD: 6})
        gap = Trouble(subject="x", said="x is published and not held", day=DAY)
        incidents.settle(
            archive, "us_ecfr", "gap", [gap], at=instant(DAY + timedelta(days=1)), patience=timedelta(days=1)
        )
        digest = digest_of(archive)
    (source,) = digest.coverage
    assert (source.runs, source.complete, len(source.failures)) == (2, 1, 1)
    assert (source.counted, source.counted_held) == (7, 6)
    assert source.silence is not None
    assert (source.silence.hours, source.silence.until_next) == (5 * 24, True)
    (incident,) = source.incidents
    assert (incident.sort, incident.closed) == ("gap", None)
    told = Phrases(say=Manner().say)
    assert told.counter(source) == "6 of 7"
    assert "the host answered 503" in told.failures(source)
    assert summary(digest)["Sources with no failed run"] == "0 of 1"


def test_what_nobody_decided_is_counted_on_the_first_page(tmp_path: Path) -> None:
    rule = text(LIST, BEFORE, "Limit 100.", "Limit 200.", "Limit 300.")
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE), rule)
        take(archive, instant(DAY), later(rule, DAY, "Limit 90.", "Limit 190.", "Limit 290."))
        ids = [item.id for step in digest_of(archive).steps for item in step.items]
        transition = digest_of(archive).steps[0].transition
        reviews = [
            Review(change=ids[0], transition=transition, at=instant(DAY, 12), by="Ann", decision="relevant"),
            Review(
                change=ids[1],
                transition=transition,
                at=instant(DAY, 12),
                by="Ann",
                decision="action",
                due=DAY,
            ),
            Review(change=ids[1], transition=transition, at=instant(DAY, 13), by="Ann", assigned="Ben"),
            Review(
                change=ids[2],
                transition=transition,
                at=instant(DAY, 12),
                by="Ann",
                decision="relevant",
                privileged=True,
            ),
            Review(
                change=ids[2],
                transition=transition,
                at=instant(MONDAY + timedelta(days=9)),
                by="Ann",
                decision="relevant",
            ),
        ]
        digest = digest_of(archive, reviews=reviews)
    assert digest.reviews.decided == 1
    assert digest.reviews.undecided == (ids[1], ids[2])
    assert [one.decision for one in digest.reviews.taken] == ["relevant", "action"]
    assert [one.assigned for one in digest.reviews.open] == ["Ben"]
    assert summary(digest)["Decided"] == "1 of 3"


def test_an_acknowledgement_counts_for_the_owner_and_what_is_past_its_hour_is_overdue(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE))
        for owner, due in (
            ("a", instant(DAY, 20)),
            ("b", instant(DAY, 20)),
            ("c", instant(MONDAY + timedelta(days=9))),
        ):
            acknowledged.wait_for(archive, "t", owner, since=instant(DAY, 12), due=due)
        archive.database.execute(
            "INSERT INTO acknowledgement (transition_id, owner, person, note, at) VALUES ('t', 'a', 'deputy', '', ?)",
            ("2031-03-04T13:00:00.000000Z",),
        )
        alerts = digest_of(archive).alerts
    assert alerts.acknowledged == 1
    assert [(one.owner, one.overdue) for one in alerts.awaited] == [("b", True), ("c", False)]
    assert alerts.overdue == 1
