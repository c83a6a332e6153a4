"""A part of a work, read alone, is what the whole has there: on any day, as known at any instant."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import addresses, changes, editions, sections
from archive.records import Change, ChangeSet, Expression, Provision
from archive.store import Archive
from tests.archive.building import WORK, at, edition, item, on, publish, transition
from tests.archive.test_history import amended

works = count()
LAW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.create(tmp_path_factory.mktemp("sections") / "archive")


def nodes(expression: Expression | None) -> dict[str, Provision]:
    return {one.eid: one for one in expression.walk()} if expression else {}


@LAW
@given(amended(), st.lists(st.integers(0, 5), min_size=7, max_size=7))
def test_a_part_is_what_the_whole_has_there_on_both_clocks(
    archive: Archive, trees: list[tuple[Provision, ...]], days: list[int]
) -> None:
    work = f"us/test/{next(works)}"
    for hour, (provisions, day) in enumerate(zip(trees, days, strict=False)):
        publish(archive, edition(*provisions, days=day, work=work), hours=hour, body=f"{hour}".encode())
    every = {
        eid
        for (eid,) in archive.database.execute(
            "SELECT eid FROM address JOIN work ON work.id = work WHERE path = ?", (work,)
        )
    }
    for day in range(-1, 6):
        for known in (0, len(trees) - 1, None):
            instant = None if known is None else at(known)
            whole = editions.expression(archive, work, on=on(day), known=instant)
            skeleton = sections.skeleton(archive, work, on=on(day), known=instant)
            assert (skeleton is None) == (whole is None)
            if skeleton and whole:
                assert [place.eid for _, place in skeleton.in_order()] == [one.eid for one in whole.walk()]
                assert sum(place.size for place in skeleton.places.values()) == sum(
                    len(one.heading) + len(one.text) for one in whole.walk()
                )
            wanted = nodes(whole)
            for eid in every:
                assert sections.text_at(archive, work, eid, on=on(day), known=instant) == wanted.get(eid)


@LAW
@given(amended())
def test_the_days_of_an_address_are_those_on_which_it_reads_otherwise(
    archive: Archive, trees: list[tuple[Provision, ...]]
) -> None:
    work = f"us/test/{next(works)}"
    for day, provisions in enumerate(trees):
        publish(archive, edition(*provisions, days=day, work=work), hours=day, body=f"{day}".encode())
    found = editions.edition_at(archive, work)
    assert found is not None
    links = sections.links_of(archive, found.series)
    for eid in {one.eid for provisions in trees for root in provisions for one in root.walk()}:
        read = [nodes(editions.expression(archive, work, on=on(day))).get(eid) for day in range(len(trees))]
        address = addresses.number(archive, work, eid)
        assert address is not None
        days = set(sections.days_of(archive, found.series, address, links.within(address)))
        for day in range(1, len(trees)):
            if read[day] != read[day - 1]:
                assert on(day) in days, (eid, day)


def test_a_part_has_the_headers_of_the_tables_that_it_stands_in(archive: Archive) -> None:
    def named(eid: str, unit: str, *below: Provision) -> Provision:
        return Provision(eid=eid, unit=unit, children=below)

    work = f"us/test/{next(works)}"
    lists = [named(f"{one}.of", "list", named(f"{one}.of.who", "entry")) for one in ("ab", "cd")]
    tables = [
        named(eid, "table", named(f"{eid}.names", "header"), one)
        for eid, one in zip(("t", "u"), lists, strict=True)
    ]
    publish(archive, edition(named("top", "header"), *tables, work=work))
    found, address = editions.edition_at(archive, work), addresses.number(archive, work, "ab.of.who")
    assert found is not None
    assert address is not None
    part = sections.part_of(archive, found, address, sections.links_of(archive, found.series))
    assert set(part.by_eid) == {"top", "t", "t.names", "ab.of", "ab.of.who"}
    assert [one.eid for one in part.above(part.by_eid["ab.of.who"])] == ["t", "ab.of"]


def test_an_address_that_was_renumbered_still_leads_to_where_it_went(archive: Archive) -> None:
    moved = Change(
        kind="renumbering",
        materiality="editorial",
        reason="renumbered",
        old_eid="999.1",
        new_eid="999.2",
        text_before="one",
        text_after="one",
        ops=(("=", "one"),),
        carried=(("999.1.a", "999.2.a"),),
    )
    publish(archive, edition(item("999.1", "one", item("999.1.a", "two"))))
    publish(archive, edition(item("999.2", "one", item("999.2.a", "two")), days=4), hours=1)
    step = replace(transition(), before=on(0), after=on(4))
    changes.record_changeset(archive, ChangeSet(transition=step, engine="e/1", changes=(moved,)), [()])
    for old, new in (("999.1", "999.2"), ("999.1.a", "999.2.a")):
        for eid in (old, new):
            (renamed,) = addresses.renamings(archive, WORK, eid)
            assert (renamed.old, renamed.new, renamed.day) == (old, new, on(4))
    assert addresses.renamings(archive, WORK, "999.1.b") == ()
    assert [one.new_eid for one in addresses.steps(archive, WORK, "99")] == []
    assert [one.new_eid for one in addresses.steps(archive, WORK, "999.1")] == ["999.2"]
    assert addresses.find(archive, f"{WORK}/999.1.a") == (WORK, "999.1.a")
    assert addresses.find(archive, f"{WORK}/別表/1/2") == (WORK, "別表/1/2")
    assert addresses.find(archive, "us/none") == ("", "")
    assert "999.1.a" in addresses.nearby(archive, WORK, "999.1.x%_")
