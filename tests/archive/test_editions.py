"""What publishing costs, refuses and repeats, and what the archive says of works and editions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import editions, ledger
from archive.errors import BadInput, TocsinError, UnreadableDocument
from archive.records import Applicability, Fact, Provision
from archive.store import Archive
from tests.archive.building import START, WORK, at, capture, edition, item, on, publish

TWO = edition(item("999.1", "one", item("999.1.a", "two")), item("999.2", "three"))


def rows(archive: Archive) -> dict[str, int]:
    return {
        table: archive.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("edition", "provision", "text", "address")
    }


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: after[table] - before[table] for table in after if after[table] != before[table]}


def test_everything_an_expression_says_comes_back(archive: Archive) -> None:
    stayed = Applicability(
        state="stayed", start=on(1), end=on(9), citation="90 FR 50857", words="Stayed until then."
    )
    full = replace(
        edition(
            replace(
                item("1", "text\nof two lines", num="(a)", heading="Scope", unit="section"),
                applicability=(stayed,),
            )
        ),
        language="en",
        kind="consolidated",
        facts=(
            Fact(name="citation", value="91 FR 1", words="91 FR 1, Jan. 1"),
            Fact(name="effective", value="2026-01-01"),
        ),
        published=on(2),
        scope=(),
    )
    publish(archive, full)
    assert editions.expression(archive, WORK) == full


def test_a_one_word_amendment_of_a_large_work_costs_one_text_and_two_rows(archive: Archive) -> None:
    provisions = tuple(
        item(f"{n}", f"heading of {n}", *(item(f"{n}.{m}", f"item {m} of {n}") for m in range(99)))
        for n in range(350)
    )
    publish(archive, edition(*provisions))
    before = rows(archive)
    assert before["provision"] == 35_000
    amended = replace(
        provisions[7],
        children=(replace(provisions[7].children[0], text="item 0 of seven"), *provisions[7].children[1:]),
    )
    publish(archive, edition(*provisions[:7], amended, *provisions[8:], days=1), hours=1)
    # The words it has now, and what was before told again with its end.
    assert grown(before, rows(archive)) == {"edition": 1, "text": 1, "provision": 2}


def test_an_edition_that_repeats_the_one_before_costs_its_own_row(archive: Archive) -> None:
    publish(archive, TWO)
    before = rows(archive)
    publish(archive, replace(TWO, as_of=on(1)), hours=1, body=b"other bytes")
    assert grown(before, rows(archive)) == {"edition": 1}


def test_an_insertion_between_two_and_a_move_write_only_what_moved(archive: Archive) -> None:
    publish(archive, edition(*(item(f"{n}", f"text {n}") for n in range(100))))
    before = rows(archive)
    middle = [item(f"{n}", f"text {n}") for n in range(100)]
    middle.insert(50, item("49-bis", "new"))
    publish(archive, edition(*middle, days=1), hours=1)
    assert grown(before, rows(archive)) == {"edition": 1, "provision": 1, "text": 1, "address": 1}
    before = rows(archive)
    moved = [*middle[1:], middle[0]]
    publish(archive, edition(*moved, days=2), hours=2)
    assert grown(before, rows(archive)) == {"edition": 1, "provision": 2}
    assert editions.expression(archive, WORK) == edition(*moved, days=2)


def test_what_was_moved_under_another_parent_takes_what_is_under_it_along_without_a_row(
    archive: Archive,
) -> None:
    deep = item("b", "", item("b.1", "", item("b.1.i", "deep")))
    publish(archive, edition(item("a"), deep))
    before = rows(archive)
    publish(archive, edition(item("a", "", deep), days=1), hours=1)
    assert grown(before, rows(archive)) == {"edition": 1, "provision": 2}


def test_oldest_first_history_before_the_latest_costs_what_changed(archive: Archive) -> None:
    many = [item(f"{n}", f"text {n}") for n in range(50)]
    publish(archive, edition(*many, days=9))
    publish(archive, edition(*many, days=1), hours=1)
    before = rows(archive)
    publish(archive, edition(item("0", "between"), *many[1:], days=5), hours=2)
    assert grown(before, rows(archive)) == {"edition": 1, "text": 1, "provision": 2}


def test_publishing_the_same_again_answers_the_same_edition(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    first = editions.publish(archive, TWO, row.id, observed=START, provisional=True)
    before = rows(archive)
    assert editions.publish(archive, TWO, row.id, observed=at(1), provisional=True) == first
    assert rows(archive) == before
    (held,) = editions.editions(archive, WORK)
    assert (held.provisional, held.observed, held.known_from) == (True, START, START)
    editions.publish(archive, TWO, row.id, observed=at(2), provisional=False)
    (held,) = editions.editions(archive, WORK)
    assert not held.provisional


def test_confirming_an_edition_ends_that_it_is_provisional(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    number = editions.publish(archive, TWO, row.id, observed=START, provisional=True)
    editions.confirm(archive, number)
    latest = editions.latest(archive, WORK)
    assert latest
    assert not latest.provisional


def test_another_text_of_the_same_bytes_by_the_same_recipe_is_refused(archive: Archive) -> None:
    publish(archive, TWO, body=b"bytes")
    with pytest.raises(
        TocsinError, match=r"us_ecfr/1 makes another text of capture \d+ than before.* new version"
    ):
        publish(archive, edition(item("999.1", "else")), body=b"bytes")
    assert editions.expression(archive, WORK) == TWO


def test_another_capture_of_the_same_date_takes_the_place_of_the_first(archive: Archive) -> None:
    publish(archive, TWO)
    corrected = edition(item("999.1", "corrected"))
    publish(archive, corrected, hours=1)
    assert editions.expression(archive, WORK) == corrected
    assert editions.expression(archive, WORK, known=START) == TWO
    assert len(editions.editions(archive, WORK)) == 1
    publish(archive, TWO, hours=2)
    assert editions.expression(archive, WORK) == TWO


def test_a_clock_that_jumps_back_never_back_dates_knowledge(archive: Archive) -> None:
    publish(archive, TWO, hours=10)
    second = edition(item("999.1", "later"), days=1)
    publish(archive, second, hours=-50)
    assert editions.expression(archive, WORK, known=at(9.9)) is None
    assert editions.expression(archive, WORK, known=at(10)) == second
    newest = editions.latest(archive, WORK)
    assert newest
    assert (newest.observed, newest.known_from) == (at(-50), at(10))


@pytest.mark.parametrize(
    ("provisions", "said"),
    [
        ((item("1", "a"), item("1", "b")), "two provisions have the eid '1'"),
        ((item("1", "a", item("2", "b")), item("2", "c")), "two provisions have the eid '2'"),
        ((item("", "no name"),), "a provision has no eid: 'no name'"),
        ((item("1", "half \ud83d pair"),), "half of a surrogate pair"),
    ],
)
def test_what_nothing_could_address_or_hold_is_refused_and_writes_nothing(
    archive: Archive, provisions: tuple[Provision, ...], said: str
) -> None:
    row = editions.record_capture(archive, None, capture())
    before = rows(archive)
    with pytest.raises(UnreadableDocument, match=said):
        editions.publish(archive, edition(*provisions), row.id, observed=START, provisional=False)
    assert rows(archive) == before
    assert editions.capture_row(archive, row.id).state == "accepted"
    assert editions.works(archive) == ()


def test_a_work_path_that_is_none_and_a_capture_that_is_not_there_are_refused(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    with pytest.raises(BadInput, match="is not the path of a work"):
        editions.publish(archive, edition(work="part 744"), row.id, observed=START, provisional=False)
    with pytest.raises(BadInput, match="there is no capture 99"):
        editions.publish(archive, TWO, 99, observed=START, provisional=False)


def test_nesting_of_any_depth_is_kept_without_recursion(archive: Archive) -> None:
    deep = item("0")
    for level in range(1, 20_000):
        deep = item(str(level), "", deep)
    publish(archive, edition(deep), body=b"deep")
    answer = editions.expression(archive, WORK)
    assert answer
    assert [one.eid for one in answer.walk()] == [str(level) for level in reversed(range(20_000))]
    # Taken apart from the top, so that freeing it does not recurse either.
    for tree in (deep, answer.provisions[0]):
        rest = tree
        while rest.children:
            rest = rest.children[0]
    assert rest.eid == "0"


def test_works_are_listed_at_a_path_and_below_it(archive: Archive) -> None:
    for path in ("us/cfr/15/744", "us/cfr/15/744/supp-4", "us/cfr/15/7440", "us/cfr/15/745"):
        publish(archive, edition(item("1", "x"), work=path))
    assert [work.path for work in editions.works(archive, "us/cfr/15/744")] == [
        "us/cfr/15/744",
        "us/cfr/15/744/supp-4",
    ]
    assert len(editions.works(archive)) == 4
    (work,) = editions.works(archive, "us/cfr/15/745")
    assert (work.source, work.title, work.language, work.kind, work.jurisdiction) == (
        "us_ecfr",
        "Part 999",
        "en",
        "consolidated",
        "US",
    )


def test_the_title_of_a_work_is_that_of_its_newest_edition(archive: Archive) -> None:
    publish(archive, edition(item("1", "b"), days=5, title="New"))
    publish(archive, edition(item("1", "a"), days=1, title="Old"), hours=1)
    assert editions.works(archive)[0].title == "New"


def test_languages_of_a_work_stand_beside_each_other(archive: Archive) -> None:
    english = edition(item("1", "one"), work="eu/32024R1689")
    german = replace(edition(item("1", "eins"), work="eu/32024R1689"), language="de")
    publish(archive, english)
    publish(archive, german, hours=1)
    assert editions.expression(archive, "eu/32024R1689") == english
    assert editions.expression(archive, "eu/32024R1689", language="de") == german
    assert len(editions.editions(archive, "eu/32024R1689", language="de")) == 1


def test_where_nothing_is_held_there_is_no_edition(archive: Archive) -> None:
    publish(archive, TWO)
    assert editions.expression(archive, WORK, on=on(-1)) is None
    assert editions.expression(archive, WORK, known=at(-1)) is None
    assert editions.expression(archive, "us/cfr/1") is None
    assert editions.latest(archive, "us/cfr/1") is None
    assert editions.editions(archive, "us/cfr/1") == ()


def test_rederiving_keeps_what_was_provisional_and_refuses_a_mixed_list(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    editions.publish(archive, TWO, row.id, observed=START, provisional=True)
    editions.rederive(archive, WORK, [(replace(TWO, recipe="us_ecfr/2"), row.id)], at=at(5))
    (held,) = editions.editions(archive, WORK)
    assert held.provisional
    for mixed in (
        [],
        [(TWO, row.id), (replace(TWO, recipe="us_ecfr/2"), row.id)],
        [(replace(TWO, work="us/x"), row.id)],
    ):
        with pytest.raises(BadInput):
            editions.rederive(archive, WORK, mixed, at=at(6))


def test_a_recipe_that_was_superseded_and_publishes_again_counts_again(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    editions.publish(archive, TWO, row.id, observed=START, provisional=False)
    editions.rederive(archive, WORK, [(replace(TWO, recipe="us_ecfr/2"), row.id)], at=at(5))
    newer = edition(item("999.1", "newer"), days=3)
    publish(archive, newer, hours=6)
    assert editions.expression(archive, WORK) == newer
    assert editions.expression(archive, WORK, on=on(1)) == replace(TWO, recipe="us_ecfr/2")


def test_an_error_in_the_middle_of_a_transaction_takes_the_edition_back(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())

    def interrupted() -> None:
        with archive.transaction():
            editions.publish(archive, TWO, row.id, observed=START, provisional=False)
            assert editions.expression(archive, WORK) == TWO
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        interrupted()
    assert editions.expression(archive, WORK) is None
    assert editions.capture_row(archive, row.id).state == "accepted"


def test_the_newest_document_of_a_run_is_by_date_of_publication(archive: Archive) -> None:
    run = ledger.start_run(archive, "us_federal_register", at=START, replayed=False)
    for number, day in ((1, 4), (2, 2)):
        document = replace(
            edition(item("1", f"rule {number}"), work=f"us/fr/2026-0000{number}", days=9),
            kind="document",
            published=on(day),
        )
        row = editions.record_capture(
            archive, run, capture(f"{number}".encode(), document=f"2026-0000{number}")
        )
        editions.publish(archive, document, row.id, observed=START, provisional=False)
    assert editions.newest_document_of_run(archive, run) == on(4)
    assert editions.newest_document_of_run(archive, run + 1) is None
