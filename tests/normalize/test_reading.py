"""The door of the package, the profiles, and the account."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from archive.errors import BadInput
from archive.records import Discard, Provision
from normalize.audit import Account, letters, settle, source_text, unplaced
from normalize.profile import Hints
from normalize.reading import profile, read, sources


def test_a_source_that_nobody_declared_is_named_with_those_that_are() -> None:
    with pytest.raises(BadInput, match=r"no reader is declared for the source 'us_moon'.*us_ecfr") as caught:
        read("us_moon", b"<A/>", Hints(as_of=date(2026, 1, 1)))
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("source", sources())
def test_every_profile_names_a_reader_that_exists_and_a_recipe(source: str) -> None:
    declared = profile(source)
    assert callable(declared.load())
    assert declared.recipe == f"{source}/{declared.version}"
    assert all(rule.reason for rule in declared.discards)


def test_hints_name_the_thing_for_messages() -> None:
    assert Hints(as_of=date(2026, 1, 1), url="u", document="d").thing == "d"
    assert Hints(as_of=date(2026, 1, 1), url="u").thing == "u"
    assert Hints(as_of=date(2026, 1, 1)).thing == "document"


def test_an_account_takes_places_and_refuses_undeclared_rules() -> None:
    root = etree.fromstring("<A><B/><B>x</B></A>")
    account = Account(["dash"])
    account.leftover(root[1], "  some \n words ")
    account.leftover(root[1], "   ")
    account.discard("dash", "line 3", "—")
    account.remark(root, "odd")
    account.remark(root, "odd")
    assert [(one.place, one.text) for one in account.leftovers] == [("/A/B[2]", "some words")]
    assert account.discards == (Discard(rule="dash", place="line 3", text="—"),)
    assert [one.message for one in account.remarks] == ["odd"]
    with pytest.raises(KeyError):
        account.discard("convenience", root, "x")


def _settled(source: str, *texts: str) -> tuple[list[str], list[str]]:
    root = etree.fromstring("<A/>")
    account = Account()
    settle(root, source, texts, account, account.since())
    return [one.text for one in account.leftovers], [one.message for one in account.remarks]


def test_what_is_missing_is_left_over_and_what_is_too_much_is_told() -> None:
    assert _settled("one two three", "one three", "two") == ([], [])
    assert _settled("one two three", "one three") == (["two"], [])
    assert _settled("ten 26 x", "ten", "^26 | x") == ([], [])
    leftovers, remarks = _settled("one two", "one two", "two")
    assert leftovers == []
    assert remarks == ["the provisions have more than the source prints: two"]


def test_what_the_account_said_of_a_unit_counts_as_placed() -> None:
    root = etree.fromstring("<A/>")
    account = Account(["dash"])
    account.leftover(root, "earlier")
    since = account.since()
    account.leftover(root, "stray")
    account.discard("dash", root, "—")
    settle(root, "one — stray", ["one"], account, since)
    assert [one.text for one in account.leftovers] == ["earlier", "stray"]


def test_unplaced_names_the_words_that_no_provision_has() -> None:
    provisions = (Provision(eid="a", num="(a)", text="one", children=(Provision(eid="b", heading="two"),)),)
    assert unplaced("(a) one two", provisions) == ""
    assert unplaced("(a) one two three —", provisions, [Discard(rule="r", place="", text="—")]) == "three"


def test_the_source_text_has_the_names_of_pictures() -> None:
    element = etree.fromstring('<P>see <img src="/graphics/er1.gif"/> and <I>this</I><!-- not this --></P>')
    assert source_text(element) == "see [graphic er1.gif] and this"
    assert letters("a b\na^") == {"a": 2, "b": 1}
