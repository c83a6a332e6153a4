"""govinfo in the place of the Federal Register and the eCFR: only while they are walled, only what they lack, under their names, with the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from archive.errors import BadInput
from archive.vocabulary.folding import comparison_key
from crawlers.card import source_card
from crawlers.job import Held, Principal, State
from normalize.reading import read
from tests.crawlers.crawling import Crawled, crawled, visited
from tests.crawlers.invented import ECFR_PARTS, FIRST, SECOND, replica
from tests.replica.faults import Fault
from tests.replica.federal_register import Paper
from tests.replica.server import Replica
from tocsin.hints import hints_of

DAY = date(2026, 2, 17)
LATE = Paper(
    number="2026-00777",
    day=DAY,
    root="RULE",
    title="Lenses",
    cfr=((15, 744),),
    pages=(900, 900),
    paragraphs=("A licence for lenses is due within 20 days.", "Nothing else – not even oil – needs one."),
)
_WORDS = tuple(
    f"Point {n} of this paper speaks of lamp {n}, of its wick and of its keeper in turn." for n in range(12)
)
SETTINGS: dict[str, dict[str, Any]] = {
    "us_federal_register": {"since": "2026-01-01"},
    "us_ecfr": {"parts": ECFR_PARTS},
}


def server(*papers: Paper) -> Replica:
    made = replica(DAY)
    made.register.papers += papers
    return made


def principals(walled: str = "", **documents: Mapping[str, Held]) -> dict[str, Principal]:
    return {
        name: Principal(settings=table, documents=documents.get(name, {}), is_walled=name == walled)
        for name, table in SETTINGS.items()
    }


def crawl(
    made: Replica, walled: str, state: State | None = None, documents: Mapping[str, Held] | None = None
) -> Crawled:
    known = principals(walled, **({walled: documents} if documents else {}))
    before = replace(state or State(), principals=known)
    return visited("us_govinfo", made.hosts, made.today, before)


def held_of(run: Crawled) -> dict[str, Held]:
    return {
        each.document: Held(as_of=each.as_of, sha256=hashlib.sha256(each.body).hexdigest())
        for each in run.captures
    }


def said(run: Crawled) -> dict[str, list[tuple[str, ...]]]:
    """Of every document what a comparison sees of it."""
    found = {}
    for capture in run.captures:
        for expression in read(capture.source, capture.body, hints_of(capture)).expressions:
            found[expression.work] = [
                (one.eid, one.unit, *map(comparison_key, (one.num, one.heading, one.text)))
                for one in expression.walk()
            ] + [(expression.recipe, str(expression.as_of))]
    return found


def test_nothing_is_asked_while_both_hosts_let_us_in() -> None:
    with server(LATE) as made:
        run = visited("us_govinfo", made.hosts, DAY, State(principals=principals()))
        assert made.asked == []
    assert run.finished.outcome == "complete"


def test_the_papers_of_a_walled_register_come_from_its_issues_under_their_own_names_and_read_alike() -> None:
    texts = [replace(paper, paragraphs=paper.paragraphs or _WORDS) for paper in replica().register.papers]
    with server() as made:
        made.register.papers = [*texts, LATE]
        official = visited("us_federal_register", made.hosts, DAY, **SETTINGS["us_federal_register"])
        made.faults.append(Fault("wall_200", match="federalregister"))
        run = crawl(made, "us_federal_register")
    due = {capture.document for capture in official.captures if capture.as_of >= DAY - timedelta(days=30)}
    assert run.finished.outcome == "complete", run.finished.reason
    assert set(run.named()) == due
    assert {capture.source for capture in run.captures} == {"us_federal_register"}
    mine, theirs = said(run), said(official)
    assert mine == {work: theirs[work] for work in mine}


def test_only_papers_that_are_not_held_come_and_an_issue_is_read_once() -> None:
    with server() as made:
        held = held_of(visited("us_federal_register", made.hosts, DAY, **SETTINGS["us_federal_register"]))
        made.register.papers.append(LATE)
        first = crawl(made, "us_federal_register", documents=held)
        made.asked.clear()
        again = crawl(made, "us_federal_register", first.state, {**held, **held_of(first)})
        asked = [each.path for each in made.asked]
    assert first.named() == {"2026-00777": [DAY.isoformat()]}
    assert again.captures == []
    assert asked == ["/bulkdata/json/FR/2026/02"]


def test_a_number_that_is_padded_otherwise_is_the_same_paper() -> None:
    with server(LATE) as made:
        run = crawl(made, "us_federal_register", documents={"2026-777": Held(as_of=DAY)})
    assert "2026-00777" not in run.named()


def test_a_paper_that_was_listed_and_never_arrived_is_looked_for_on_its_day() -> None:
    old = replace(LATE, number="2026-00111", day=date(2026, 1, 14))
    with server(old) as made:
        known = principals("us_federal_register", us_federal_register={"2026-00010": Held(as_of=DAY)})
        known["us_federal_register"] = replace(
            known["us_federal_register"], memory={"pending": {"2026-00111": "2026-01-14"}}
        )
        run = visited("us_govinfo", made.hosts, DAY, State(principals=known))
    assert "2026-00111" in run.named()


def test_another_choice_of_papers_reads_the_issues_again() -> None:
    visa = Paper(
        number="2026-00888", day=DAY, title="Visas", agencies=("state-department",), paragraphs=("Visas.",)
    )
    with server(LATE, visa) as made:
        first = crawl(made, "us_federal_register")
        wider = principals("us_federal_register")
        wider["us_federal_register"] = replace(
            wider["us_federal_register"], settings={"agencies": ["state-department"], "since": "2026-01-01"}
        )
        second = visited("us_govinfo", made.hosts, DAY, replace(first.state, principals=wider))
    assert "2026-00888" not in first.named()
    assert list(second.named()) == ["2026-00888"]


def test_a_paper_that_the_contents_name_and_the_issue_lacks_is_told() -> None:
    others = [replace(LATE, number=f"2026-0090{n}", title=f"Oil {n}") for n in range(9)]
    many = [replace(LATE, number=f"2026-0100{n}", title=f"Wick {n}") for n in range(5)]
    with server(LATE, *others, *many) as made:
        made.govinfo.lacking = {"2026-00777"}
        run = crawl(made, "us_federal_register")
        healed = crawl(made, "us_federal_register", run.state, held_of(run))
        made.govinfo.lacking = set()
        after = crawl(made, "us_federal_register", healed.state, held_of(run))
        made.govinfo.lacking = {paper.number for paper in others}
        cut = crawl(made, "us_federal_register")
    assert "names paper 2026-00777" in run.finished.reason
    assert "2026-00905" in run.named()
    assert list(after.named()) == ["2026-00777"]
    assert "SuspiciousShrink" in cut.kinds()


def test_the_parts_of_a_walled_ecfr_come_from_its_files_and_read_alike() -> None:
    with server() as made:
        official = visited("us_ecfr", made.hosts, DAY, **SETTINGS["us_ecfr"])
        made.faults.append(Fault("wall_200", match="ecfr.gov"))
        run = crawl(made, "us_ecfr")
        again = crawl(made, "us_ecfr", run.state, held_of(run))
    assert run.finished.outcome == "complete", run.finished.reason
    assert set(run.named()) == set(official.named())
    assert {capture.source for capture in run.captures} == {"us_ecfr"}
    assert run.named()["title-15/part-1001"] == [SECOND.isoformat()]
    without_days = [{work: rows[:-1] for work, rows in said(each).items()} for each in (run, official)]
    assert without_days[0] == without_days[1]
    assert again.captures == []
    assert [each.status for each in made.asked[-2:]] == [304, 304]


def test_a_file_that_is_older_than_what_is_held_is_no_news() -> None:
    with server() as made:
        held = {"title-15/part-1001": Held(as_of=SECOND + timedelta(days=1))}
        run = crawl(made, "us_ecfr", documents=held)
    assert "title-15/part-1001" not in run.named()


def test_only_parts_whose_text_moved_come_again_from_a_file_that_moved() -> None:
    with server() as made:
        made.today = FIRST + timedelta(days=2)
        first = crawl(made, "us_ecfr")
        made.today = DAY
        second = crawl(made, "us_ecfr", first.state, held_of(first))
    assert len(first.captures) == 3
    assert second.named() == {"title-15/part-1001": [SECOND.isoformat()]}


def test_a_file_without_a_part_that_is_held_is_refused() -> None:
    with server() as made:
        run = crawl(made, "us_ecfr", documents={"title-15/part-1002": Held(as_of=FIRST)})
    assert "SuspiciousShrink" in run.kinds()
    assert "title-10/part-1900" in run.named(), "the other title comes all the same"


@pytest.mark.parametrize("walled", SETTINGS)
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("wall_200", "ChallengePage"),
        ("waf_202", "WafChallenge"),
        ("maintenance_200", "Maintenance"),
        ("empty_200", "EmptyDocument"),
        ("truncated_gzip", "Truncated"),
        ("wrong_type", "UnexpectedContentType"),
        ("bad_bytes", "UnexpectedContentType"),
        ("server_503", "ServerError"),
        ("redirect_away", "RedirectedAway"),
    ],
)
def test_what_is_no_bulk_file_is_refused_by_its_kind(walled: str, fault: str, kind: str) -> None:
    with server(LATE) as made:
        made.faults.append(Fault(fault, match=r"bulkdata/(FR|ECFR)/"))
        run = crawl(made, walled)
    assert run.captures == []
    assert kind in run.kinds()
    assert run.finished.outcome == "incomplete"


def test_the_issue_of_another_day_and_the_file_of_another_title_are_refused() -> None:
    with server(LATE) as made:
        answer = made.govinfo.answer
        other = {f"FR-{DAY}": "FR-2026-02-16", "title-15": "title-10"}

        def swapped(path: str, *rest: Any) -> Any:
            if "/json/" not in path:
                for mine, theirs in other.items():
                    path = path.replace(mine, theirs).replace(mine.replace("-", ""), theirs.replace("-", ""))
                path = path.replace("title15", "title10")
            return answer(path, *rest)

        made.govinfo.answer = swapped  # type: ignore[method-assign]
        register, ecfr = crawl(made, "us_federal_register"), crawl(made, "us_ecfr")
    assert "2026-00777" not in register.named()
    assert "WrongDocument" in register.kinds()
    assert not any(name.startswith("title-15") for name in ecfr.named())
    assert "WrongDocument" in ecfr.kinds()


def test_the_child_process_stands_in_with_the_same_result() -> None:
    with server(LATE) as made:
        run = crawled("us_govinfo", made.hosts, DAY, State(principals=principals("us_federal_register")))
        asked = {(each.host, each.user_agent[:31]) for each in made.asked}
    assert run.finished.outcome == "complete", run.finished.reason
    assert "2026-00777" in run.named()
    assert asked == {("www.govinfo.gov", "Mozilla/5.0 (compatible; tocsin")}


@pytest.mark.parametrize(
    ("table", "place"), [({"when": "never"}, "when"), ({"back": -1}, "back"), ({"overlap": -1}, "overlap")]
)
def test_a_wrong_setting_is_told_with_its_place(table: dict[str, object], place: str) -> None:
    with pytest.raises(BadInput) as caught:
        source_card("us_govinfo").configured(table)
    assert place in caught.value.line()
