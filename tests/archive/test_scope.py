"""An edition that prints a part of its work replaces that part and leaves the rest standing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import editions
from archive.errors import UnreadableDocument
from archive.store import Archive
from tests.archive.building import WORK, edition, item, on, publish

WHOLE = edition(
    item("A", "", item("1", "one", item("1.a", "x"), item("1.b", "y")), item("2", "two")),
    item("B", "", item("3", "three")),
)


def after(archive: Archive, *provisions: object, scope: tuple[str, ...]) -> str:
    publish(archive, WHOLE)
    publish(archive, replace(edition(*provisions, days=1), scope=scope), hours=1)  # type: ignore[arg-type]
    held = editions.expression(archive, WORK)
    assert held
    assert held.scope == ()
    return " ".join(f"{one.eid}={one.text}" for one in held.walk())


def test_a_section_printed_alone_is_replaced_where_it_stood(archive: Archive) -> None:
    printed = item("1", "one", item("1.a", "X"), item("1.c", "z"))
    assert after(archive, printed, scope=("1",)) == "A= 1=one 1.a=X 1.c=z 2=two B= 3=three"


def test_with_what_encloses_it_the_section_stays_at_its_place(archive: Archive) -> None:
    printed = item("A", "", item("1", "one", item("1.a", "X"), item("1.c", "z")))
    assert after(archive, printed, scope=("1",)) == "A= 1=one 1.a=X 1.c=z 2=two B= 3=three"


def test_a_new_section_stands_after_the_one_that_is_printed_before_it(archive: Archive) -> None:
    printed = item("A", "", item("1", "one"), item("1-bis", "new"))
    assert after(archive, printed, scope=("1-bis",)) == "A= 1=one 1.a=x 1.b=y 1-bis=new 2=two B= 3=three"


def test_a_part_that_is_printed_empty_is_gone(archive: Archive) -> None:
    assert after(archive, item("A"), scope=("1",)) == "A= 2=two B= 3=three"


def test_inside_the_scope_the_printed_order_counts(archive: Archive) -> None:
    printed = item("1", "one", item("1.b", "y"), item("1.a", "x"))
    assert after(archive, printed, scope=("1",)) == "A= 1=one 1.b=y 1.a=x 2=two B= 3=three"


def test_a_part_is_put_into_a_text_that_was_amended_before(archive: Archive) -> None:
    publish(archive, replace(WHOLE, provisions=tuple(reversed(WHOLE.provisions)), as_of=on(-1)))
    assert after(archive, item("3", "drei"), scope=("3",)) == "A= 1=one 1.a=x 1.b=y 2=two B= 3=drei"


def test_what_prints_its_own_ground_below_itself_is_refused(archive: Archive) -> None:
    publish(archive, WHOLE)
    turned = edition(item("1", "one", item("A", "")), days=1)
    with pytest.raises(UnreadableDocument, match="what it prints encloses what encloses it"):
        publish(archive, replace(turned, scope=("1",)), hours=1)


def test_a_scope_that_names_nothing_is_refused(archive: Archive) -> None:
    publish(archive, WHOLE)
    with pytest.raises(UnreadableDocument, match="its scope names 9, the eid of no provision"):
        publish(archive, replace(edition(item("1"), days=1), scope=("9",)), hours=1)


def test_without_an_edition_before_the_text_is_what_was_printed_and_says_so(archive: Archive) -> None:
    first = replace(edition(item("1", "one")), scope=("1",))
    publish(archive, first)
    assert editions.expression(archive, WORK) == first
    publish(archive, replace(edition(item("2", "two"), days=1), scope=("2",)), hours=1)
    held = editions.expression(archive, WORK)
    assert held
    assert held.scope == ("1", "2")
    assert {one.eid for one in held.walk()} == {"1", "2"}
    newest = editions.latest(archive, WORK)
    assert newest
    assert newest.scope == ("2",)


def test_a_part_whose_parent_goes_is_kept_as_a_root(archive: Archive) -> None:
    assert after(archive, item("1.a", "alone"), scope=("1",)) == "1.a=alone A= 2=two B= 3=three"
