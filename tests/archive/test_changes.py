"""Changes come back as they were recorded, found by what they are and touch; the newest analysis counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import changes, editions
from archive.errors import BadInput
from archive.records import (
    Applicability,
    Change,
    Enclosing,
    Fact,
    LimitChange,
    Operation,
    StoredChange,
    Touch,
)
from archive.store import Archive
from tests.archive.building import (
    START,
    WORK,
    at,
    capture,
    changeset,
    code,
    edition,
    item,
    on,
    substitution,
    transition,
)

FULL = Change(
    kind="move",
    materiality="substantive",
    reason="under another chapeau",
    old_eid="3A090.a",
    new_eid="3A090.b",
    unit="item",
    num="b.",
    heading="Integrated circuits",
    text_before="Integrated circuits\nof 4800 or more",
    text_after="Integrated circuits\nof 2400 or more",
    ops=(("=", "Integrated circuits\nof "), ("-", "4800"), ("+", "2400"), ("=", " or more")),
    likeness=0.875,
    carried=(("3A090.a.1", "3A090.b.1"),),
    limits=(LimitChange(eid="3A090.b", quantity="TPP", old=">= 4800", new=">= 2400", direction="tighter"),),
    path=(Enclosing(eid="3A090", unit="entry", num="3A090", heading="ICs"),),
    applicability=(Applicability(state="future", start=on(40), words="from then on"),),
)
TOUCHES = (
    Touch(
        type="code", id="3A090.b", regime="ear", via="enclosing", role="item", confidence=0.5, start=3, end=9
    ),
    Touch(type="country", id="CN", via="group:D:5", excluded=True),
)


def record(
    archive: Archive, *found: Change, number: int = 1, touches: object = None, **where: object
) -> tuple[StoredChange, ...]:
    given = touches if touches is not None else [()] * len(found)
    return changes.record_changeset(archive, changeset(found, transition(number, **where)), given)  # type: ignore[arg-type]


def test_a_change_comes_back_with_all_it_says(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture(b"after", days=1))
    said = replace(edition(item("1"), days=1), facts=(Fact(name="citation", value="91 FR 1"),))
    editions.publish(archive, said, row.id, observed=START, provisional=False)
    seen = replace(transition(hours=2), after_sha256=row.sha256)
    (stored,) = changes.record_changeset(archive, changeset([FULL], seen), [TOUCHES])
    assert stored == StoredChange(
        id=stored.id,
        source="us_ecfr",
        work=WORK,
        title="Part 999",
        transition_id=seen.id,
        before=on(0),
        after=on(1),
        observed_at=at(2),
        change=FULL,
        touches=TOUCHES,
        facts=(Fact(name="citation", value="91 FR 1"),),
    )
    assert list(changes.changes(archive)) == [stored]
    assert changes.change(archive, stored.id) == stored
    assert changes.of_transition(archive, seen.id) == (stored,)
    assert changes.change(archive, "0" * 32) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("=-+"), st.text(max_size=5)), max_size=8), st.booleans())
def test_operations_come_back_whether_or_not_they_join_to_the_texts(
    archive: Archive, ops: list[Operation], join: bool
) -> None:
    before = "".join(text for mark, text in ops if mark != "+")
    after = "".join(text for mark, text in ops if mark != "-")
    one = replace(FULL, ops=tuple(ops), text_before=before if join else "else", text_after=after)
    (stored,) = record(archive, one)
    assert stored.change == one


def test_a_long_text_is_kept_once_however_often_operations_repeat_it(archive: Archive) -> None:
    words = "of the appeared document " * 1_000
    appeared = Change(
        kind="insertion", materiality="substantive", reason="new", text_after=words, ops=(("+", words),)
    )
    record(archive, appeared)
    (ops,) = archive.database.execute("SELECT ops FROM change").fetchone()
    assert len(ops) < 20
    assert next(changes.changes(archive)).change == appeared


def test_the_id_of_a_change_is_the_same_in_every_analysis_that_finds_it(archive: Archive) -> None:
    first = record(archive, substitution("1"), substitution("2"), substitution("2"))
    assert len({stored.id for stored in first}) == 3
    better = [
        substitution("2", "word", "words"),
        substitution("1", materiality="editorial"),
        substitution("2"),
    ]
    second = changes.record_changeset(archive, changeset(better, transition(), "tocsin-diff/2"), [()] * 3)
    assert [stored.id for stored in second] == [first[1].id, first[0].id, first[2].id]


def test_the_newest_analysis_counts_and_the_older_stays(archive: Archive) -> None:
    (gone, _) = record(archive, substitution("1"), substitution("2"))
    changes.record_changeset(archive, changeset([substitution("2")], transition(), "tocsin-diff/2"), [()])
    assert [stored.change.new_eid for stored in changes.changes(archive)] == ["2"]
    assert changes.change(archive, gone.id) == gone


def test_the_same_analysis_again_is_kept_once(archive: Archive) -> None:
    first = record(archive, FULL, touches=[TOUCHES])
    assert record(archive, FULL, touches=[TOUCHES]) == first
    assert archive.database.execute("SELECT count(*) FROM changeset").fetchone() == (1,)


def test_an_analysis_that_finds_nothing_is_kept_too(archive: Archive) -> None:
    record(archive, substitution("1"))
    assert changes.record_changeset(archive, changeset([], transition(), "tocsin-diff/2"), []) == ()
    assert list(changes.changes(archive)) == []


def test_new_reference_data_gives_old_changes_new_touches(archive: Archive) -> None:
    record(archive, FULL, touches=[(code("3A090"),)])
    seen = changeset([FULL], transition())
    (stored,) = changes.record_changeset(archive, seen, [(code("4A090"),)], reference="groups of July")
    assert [touch.id for touch in stored.touches] == ["4A090"]
    assert list(changes.changes(archive, touching=("code", "3A090"))) == []
    assert archive.database.execute("SELECT count(*) FROM touch").fetchone() == (2,)


def test_touches_must_come_for_each_change(archive: Archive) -> None:
    with pytest.raises(BadInput, match="2 changes came with touches for 1"):
        record(archive, substitution("1"), substitution("2"), touches=[()])


def test_a_transition_that_is_superseded_counts_no_more_but_is_found(archive: Archive) -> None:
    (old,) = record(archive, substitution("1"), number=5)
    (other,) = record(archive, substitution("1"), number=6)
    changes.supersede_transitions(archive, WORK, into=on(5))
    assert [stored.id for stored in changes.changes(archive)] == [other.id]
    assert changes.of_transition(archive, old.transition_id) == ()
    assert changes.change(archive, old.id) == old
    assert record(archive, substitution("1"), number=5) == (old,)
    assert len(list(changes.changes(archive))) == 2


# ── asking ─────────────────────────────────────────────────────────────────────────────────────────


def eids(archive: Archive, **asked: object) -> list[str | None]:
    return [stored.change.new_eid for stored in changes.changes(archive, **asked)]  # type: ignore[arg-type]


def test_changes_come_by_observation_then_in_document_order(archive: Archive) -> None:
    record(archive, substitution("c"), substitution("a"), number=2, hours=5)
    record(archive, substitution("z"), number=1, hours=1)
    record(archive, substitution("b"), number=3, hours=5)
    assert eids(archive) == ["z", "c", "a", "b"]


def test_days_are_whole_days_in_utc(archive: Archive) -> None:
    for number, hours in enumerate((-12.001, -12, 11.999, 12)):  # the first day begins 12 hours before START
        record(archive, substitution(str(number)), number=number, hours=hours)
    assert eids(archive, since=on(0)) == ["1", "2", "3"]
    assert eids(archive, until=on(0)) == ["0", "1", "2"]
    assert eids(archive, since=on(0), until=on(0)) == ["1", "2"]


def test_a_work_includes_the_works_below_it_and_no_neighbour(archive: Archive) -> None:
    for number, path in enumerate(("us/cfr/15/744", "us/cfr/15/744/supp-4", "us/cfr/15/7440")):
        record(archive, substitution(str(number)), number=number, work=path)
    assert eids(archive, work="us/cfr/15/744") == ["0", "1"]
    assert eids(archive, work="us/cfr/15/744/supp-4") == ["1"]


def test_a_source_is_asked_for_by_its_name(archive: Archive) -> None:
    record(archive, substitution("1"), number=1)
    record(archive, substitution("2"), number=2, source="jp_egov")
    assert eids(archive, source="jp_egov") == ["2"]


def test_materiality_is_a_least_or_a_set(archive: Archive) -> None:
    record(
        archive, *(substitution(name, materiality=name) for name in ("technical", "editorial", "substantive"))
    )
    assert eids(archive, materiality="editorial") == ["editorial", "substantive"]
    assert eids(archive, materiality="technical") == ["technical", "editorial", "substantive"]
    assert eids(archive, materiality={"technical", "substantive"}) == ["technical", "substantive"]
    assert eids(archive, materiality=()) == []
    with pytest.raises(BadInput, match="'major' is no materiality.*technical, editorial, substantive"):
        changes.changes(archive, materiality="major")


@pytest.mark.parametrize(
    ("kind", "asked", "touched", "found"),
    [
        ("code", "3A090", "3A090", True),
        ("code", "3A090", "3A090.a.1", True),
        ("code", "3A090.a", "3A090", False),
        ("code", "3A090", "3A0901", False),
        ("code", "3A09", "3A090", False),
        ("code", "輸出令/別表1/7", "輸出令/別表1/7/16", True),
        ("code", "輸出令/別表1/7", "輸出令/別表1/70", False),
        ("technology", "2", "2.1", True),
        ("technology", "2", "21", False),
        ("country", "UA", "UA-43", False),
        ("limit", "10", "10.5", False),
        ("country", "3A090", "3A090", True),
    ],
)
def test_a_code_covers_what_is_below_it(
    archive: Archive, kind: str, asked: str, touched: str, found: bool
) -> None:
    record(
        archive, substitution("1"), touches=[(Touch(type=kind, id=touched), Touch(type="party", id=asked))]
    )
    assert eids(archive, touching=(kind, asked)) == (["1"] if found else [])


def test_a_change_that_touches_a_code_twice_is_told_once(archive: Archive) -> None:
    record(
        archive, substitution("1"), touches=[(code("3A090"), code("3A090.a"), code("3A090", via="deleted"))]
    )
    assert eids(archive, touching=("code", "3A090")) == ["1"]


def test_changes_are_read_as_they_are_taken(archive: Archive) -> None:
    record(archive, *(substitution(str(number), f"{number} before") for number in range(2_000)))
    statements: list[str] = []
    archive.database.set_trace_callback(statements.append)
    stream = changes.changes(archive)
    next(stream)
    archive.database.set_trace_callback(None)
    assert len(statements) <= 4
    assert len(list(stream)) == 1_999


def test_many_changes_are_read_in_few_steps(archive: Archive) -> None:
    record(archive, *(substitution(str(number), f"{number} before") for number in range(2_000)))
    statements: list[str] = []
    archive.database.set_trace_callback(statements.append)
    assert len(list(changes.changes(archive))) == 2_000
    archive.database.set_trace_callback(None)
    assert len(statements) < 50
