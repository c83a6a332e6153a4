"""What became of an act's instructions is the same whether all changes of its works are read or only those that can answer to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import changes
from archive.records import Amendment, Change, Enclosing
from archive.store import Archive
from diffing.touches.claimed import Claim, compare_claims
from tests.archive.building import changeset, on, transition
from tocsin.announced import answering, works_of

LIST, PART, ABOVE = "us/cfr/15/774/supp-1", "us/cfr/15/744", "us/cfr/15/774"
EIDS = ("3A090", "3A090.a", "3A090.a.1", "3A090/x", "3A0900", "744.11", "744.11.a", "744.110")
DAYS = {work: [on(day) for day in (0, 30, 200)] for work in (LIST, PART, ABOVE)}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Every eid changed in two steps of every work: in place, gone, come, and with others carried along."""
    with Archive.create(tmp_path_factory.mktemp("announced") / "archive") as archive:
        for number, work in enumerate((LIST, PART, ABOVE)):
            for step, (before, after) in enumerate(((0, 30), (30, 200), (None, 30))):
                seen = replace(
                    transition(10 * number + step + 1, work=work),
                    before=None if before is None else on(before),
                    after=on(after),
                )
                made = [one for eid in EIDS for one in _changes(eid)]
                changes.record_changeset(archive, changeset(made, seen), [()] * len(made))
        yield archive


def _changes(eid: str) -> tuple[Change, ...]:
    words = f"Widget works of 15 CFR, ({eid[-1]})"
    made = Change(
        kind="substitution",
        materiality="substantive",
        reason="words",
        old_eid=eid,
        new_eid=eid,
        unit="authority" if eid == "744.110" else "item",
        heading="Authority" if eid == "744.110" else "",
        text_after=words,
        ops=(("+", words),),
        path=(Enclosing(eid="app-A", unit="country", num="", heading="Thailand"),),
    )
    return (
        made,
        replace(made, kind="repeal", new_eid=None),
        replace(made, kind="insertion", old_eid=None),
        replace(made, kind="move", old_eid="1", new_eid="2", carried=((eid, f"{eid}.9"), ("8", "9"))),
    )


amendments = st.builds(
    lambda work, eid, unit, name, under, day, operation: Amendment(
        work=work,
        eid=eid,
        unit=unit,
        name=name,
        under=under,
        effective=day,
        operation=operation,
        words="drawn",
    ),
    st.sampled_from((LIST, PART, ABOVE, "", "us/cfr/15/999")),
    st.sampled_from(("", *EIDS, "3A090.a.1.i", "5")),
    st.sampled_from(("", "entry", "authority citation", "definition")),
    st.sampled_from(("", "Widget works", "Nobody")),
    st.sampled_from(("", "Thailand", "Japan")),
    st.one_of(st.none(), st.sampled_from([on(day) for day in (-80, 1, 30, 31, 95, 300)])),
    st.sampled_from(("revise", "add", "keep", "unknown")),
)


@settings(max_examples=60, deadline=None)
@given(said=st.lists(amendments, max_size=5))
def test_changes_that_are_not_read_answer_to_nothing(held: Archive, said: list[Amendment]) -> None:
    claims = tuple(Claim(act="us/fr/2026-00001", amendment=one) for one in said)
    every = [one for work in works_of(claims) for one in changes.changes(held, work=work) if one.work == work]
    plain = compare_claims(claims, every, DAYS)
    assert compare_claims(claims, answering(held, claims), DAYS).outcomes == plain.outcomes


def test_a_change_elsewhere_or_at_another_time_is_not_read(held: Archive) -> None:
    said = Amendment(
        work=LIST, eid="3A090.a", unit="item", effective=on(95), operation="revise", words="drawn"
    )
    read = list(answering(held, [Claim(act="us/fr/2026-00001", amendment=said)]))
    assert {one.work for one in read} == {LIST}
    assert {one.after for one in read} == {on(200)}
    own = {(one.change.old_eid or one.change.new_eid) for one in read if not one.change.carried}
    assert own == {"3A090", "3A090.a", "3A090.a.1"}
