"""Deciding, commenting, assigning: what is taken, what is refused and how, and that nothing is ever edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive import chain, reviews
from archive.chain import check_chain
from archive.changes import record_changeset
from archive.errors import BadInput
from archive.records import StoredChange
from archive.store import Archive
from tests.archive.building import at, changeset, edition, item, publish, substitution, transition
from tests.tocsin.review.desk import AFTER, BEFORE, PEOPLE, change_in, decided, later, tell, who
from tocsin.review.decisions import assign, comment, decide, redline_text
from tocsin.review.for_digest import reviews_for_digest
from tocsin.review.items import items_between, items_of, items_of_change
from tocsin.review.roles import Denied
from tocsin.review.states import standing_decisions

DUE = date(2026, 2, 1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as made:
        yield made


@pytest.fixture
def stored(archive: Archive) -> StoredChange:
    return change_in(archive)


def refused(archive: Archive, change: str, verdict: str, **said: Any) -> str:
    with pytest.raises(BadInput) as error:
        decide(archive, who("rob"), change, verdict, people=PEOPLE, at=at(40), **said)
    return error.value.line()


def test_a_decision_has_author_role_instant_and_reason(archive: Archive, stored: StoredChange) -> None:
    (made,) = decide(
        archive,
        who("cora"),
        stored.id,
        "not applicable",
        people=PEOPLE,
        at=at(40),
        reason=" because we ship none ",
    )
    assert (made.author, made.role, made.at, made.watch) == ("cora", "counsel", at(40), "chips")
    assert (made.verdict, made.reason) == ("not applicable", "because we ship none")
    assert made.bond.old != made.bond.new
    assert made.bond.watch
    assert [one.kind for one in chain.links(archive)] == ["decision"]


def test_an_action_has_a_person_and_a_day_and_is_done_once(archive: Archive, stored: StoredChange) -> None:
    (action,) = decide(
        archive,
        who("rob"),
        stored.id,
        "action",
        people=PEOPLE,
        at=at(40),
        person="rita",
        due=DUE,
        reason="screen",
    )
    (waiting,) = items_of_change(archive, stored.id)
    assert waiting.waits
    assert not waiting.is_open
    (done,) = decide(archive, who("rob"), stored.id, "done", people=PEOPLE, at=at(41), reason="screened")
    assert done.corrects == action.id
    assert not items_of_change(archive, stored.id)[0].waits
    assert "nobody has to do" in refused(archive, stored.id, "done", reason="again")


@pytest.mark.parametrize(
    ("verdict", "said", "words"),
    [
        ("not applicable", {}, "--because"),
        ("action", {"person": "rita"}, "--on"),
        ("action", {"due": DUE}, "--by"),
        ("action", {"person": "Rita", "due": DUE}, "The nearest is 'rita'"),
        ("action", {"person": "rita", "due": date(2025, 12, 31)}, "is over"),
        ("relevant", {"person": "rita"}, "only an action"),
        ("relevent", {}, "The nearest is 'relevant'"),
        ("done", {"reason": "did it"}, "no action was decided"),
        ("relevant", {"watch": "servers"}, "It was told to 'chips'"),
        ("relevant", {"corrects": "0123"}, "no decision that it could correct"),
        ("relevant", {"reason": "x" * 20_001}, "20,000"),
        ("relevant", {"reason": "safe\u202eevil"}, "not seen"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_mend_and_nothing_is_written(
    archive: Archive, stored: StoredChange, verdict: str, said: dict[str, Any], words: str
) -> None:
    assert words in refused(archive, stored.id, verdict, **said)
    assert reviews.decisions(archive) == ()
    assert chain.head(archive)[0] == 0


def test_the_day_of_an_action_is_that_of_whoever_acts(archive: Archive, stored: StoredChange) -> None:
    """At 16:00 UTC it is tomorrow in Tokyo."""
    evening = at(28)
    said: dict[str, Any] = {"people": PEOPLE, "at": evening, "due": evening.date()}
    with pytest.raises(BadInput, match="is over"):
        decide(archive, who("rob"), stored.id, "action", person="rob", **said)
    decide(archive, who("rob"), stored.id, "action", person="cora", **said)


def test_a_decision_that_stands_is_only_replaced_by_one_that_names_it(
    archive: Archive, stored: StoredChange
) -> None:
    first = decided(archive, stored)
    assert f"--corrects {first}" in refused(archive, stored.id, "not applicable", reason="no")
    (second,) = decide(
        archive,
        who("cora"),
        stored.id,
        "not applicable",
        people=PEOPLE,
        at=at(41),
        reason="no",
        corrects=first,
    )
    assert second.corrects == first
    assert [one.id for one in standing_decisions(archive)] == [second.id]
    assert [one.id for one in reviews.decisions(archive)] == [first, second.id]
    assert f"the decision that counts is {second.id}" in refused(
        archive, stored.id, "relevant", corrects=first
    ), "two people correct the same one: the second is told"
    assert list(check_chain(archive)) == []


def test_a_lapsed_decision_is_decided_again_without_naming_it(archive: Archive, stored: StoredChange) -> None:
    first = decided(archive, stored)
    later(archive, 2, [substitution("1", AFTER, "Nothing.")], ("1", "Nothing."), ("2", "Apart."), hours=60)
    (again,) = decide(archive, who("rob"), stored.id, "relevant", people=PEOPLE, at=at(61))
    assert again.corrects == first
    assert not items_of_change(archive, stored.id)[0].is_open


def test_each_watch_that_was_told_is_decided(archive: Archive) -> None:
    stored = change_in(archive, watches=("chips", "servers"))
    (one,) = decide(archive, who("rob"), stored.id, "relevant", people=PEOPLE, at=at(40), watch="chips")
    assert [item.watch for item in items_of_change(archive, stored.id) if item.is_open] == ["servers"]
    (other,) = decide(
        archive, who("rob"), stored.id, "not applicable", people=PEOPLE, at=at(41), reason="none"
    )
    assert (one.watch, other.watch) == ("chips", "servers")


def test_a_change_with_weight_that_no_watch_was_told_of_is_decided_too_and_one_without_is_not(
    archive: Archive,
) -> None:
    publish(archive, edition(item("1", BEFORE), item("2", "A, b.")), hours=2)
    publish(archive, edition(item("1", AFTER), item("2", "A b."), days=1), hours=30)
    found = [substitution("1", BEFORE, AFTER), substitution("2", "A, b.", "A b.", "editorial")]
    weighty, light = record_changeset(archive, changeset(found, transition(1, hours=30)), [(), ()])
    (only,) = items_between(archive, since=at(0), until=at(31))
    assert (only.found.change, only.watch) == (weighty.id, "")
    assert "no weight" in refused(archive, light.id, "relevant")
    tell(archive, light, "chips")
    assert [one.found.change for one in items_between(archive, since=at(0), until=at(31))] == [
        weighty.id,
        light.id,
    ]
    assert items_between(archive, since=at(31), until=at(99)) == ()
    assert items_of(archive, "nothing") == ()


@pytest.mark.parametrize("name", ["rita", "ada", "nina"])
def test_who_only_reads_or_keeps_the_machine_decides_nothing(
    archive: Archive, stored: StoredChange, name: str
) -> None:
    with pytest.raises(Denied, match=f"{name} may not decide"):
        decide(archive, who(name), stored.id, "relevant", people=PEOPLE, at=at(40))
    with pytest.raises(Denied, match="may not comment"):
        comment(archive, who(name), stored.id, "hm", at=at(40))
    assert chain.head(archive)[0] == 0


def test_somebody_unknown_is_nobody(archive: Archive) -> None:
    with pytest.raises(Denied, match="nobody is called 'robb'.*The nearest is 'rob'"):
        who("robb")
    with pytest.raises(Denied, match="TOCSIN_PERSON"):
        who("")


def test_a_comment_is_on_a_passage_that_occurs(archive: Archive, stored: StoredChange) -> None:
    text = redline_text(stored.change)
    assert text == BEFORE + AFTER
    made = comment(archive, who("rob"), stored.id, "halved", quote="2400", at=at(40))
    assert text[made.start : made.start + 4] == "2400"
    assert made.redline
    for quote, start, words in (
        ("9600", None, "has no '9600'"),
        ("limit", None, "2 times. Say which by --start: 4, 22"),
        ("limit", 5, "does not read 'limit' at character 5"),
        ("limit", -14, "does not read"),
    ):
        with pytest.raises(BadInput) as error:
            comment(archive, who("rob"), stored.id, "hm", quote=quote, start=start, at=at(40))
        assert words in error.value.line()
    assert comment(archive, who("rob"), stored.id, "this one", quote="limit", start=22, at=at(41)).start == 22
    assert comment(archive, who("rob"), stored.id, "the whole", at=at(42)).redline == ""
    with pytest.raises(BadInput, match="it says nothing"):
        comment(archive, who("rob"), stored.id, "  ", at=at(40))


def test_what_is_privileged_is_written_read_and_corrected_by_counsel_alone(
    archive: Archive, stored: StoredChange
) -> None:
    with pytest.raises(Denied, match="role counsel"):
        comment(archive, who("rob"), stored.id, "secret", privileged=True, at=at(40))
    secret = comment(archive, who("cora"), stored.id, "secret", privileged=True, at=at(40))
    assert reviews.comments(archive, privileged=False) == ()
    with pytest.raises(BadInput, match="no such comment"):
        comment(archive, who("rob"), stored.id, "mine", corrects=secret.id, at=at(41))
    with pytest.raises(BadInput, match="it is cora's"):
        comment(archive, who("carl"), stored.id, "ours", corrects=secret.id, privileged=True, at=at(41))
    with pytest.raises(BadInput, match="would not be"):
        comment(archive, who("cora"), stored.id, "open", corrects=secret.id, at=at(41))
    again = comment(
        archive, who("cora"), stored.id, "still secret", corrects=secret.id, privileged=True, at=at(41)
    )
    assert [one.corrects for one in reviews.comments(archive, privileged=True)] == [None, secret.id]
    assert again.privileged


def test_a_change_is_given_to_people_and_the_last_one_counts(archive: Archive, stored: StoredChange) -> None:
    assign(archive, who("ada"), stored.id, "rob", people=PEOPLE, at=at(40))
    assert items_of_change(archive, stored.id)[0].assigned == "rob"
    assign(archive, who("rob"), stored.id, "cora", people=PEOPLE, at=at(41))
    assert items_of_change(archive, stored.id)[0].assigned == "cora"
    assign(archive, who("rob"), stored.id, "", people=PEOPLE, at=at(42))
    assert items_of_change(archive, stored.id)[0].assigned == ""
    with pytest.raises(BadInput, match="nobody is called 'zoe'"):
        assign(archive, who("rob"), stored.id, "zoe", people=PEOPLE, at=at(43))
    with pytest.raises(Denied):
        assign(archive, who("rita"), stored.id, "rita", people=PEOPLE, at=at(43))


def test_an_archive_opened_beside_its_writer_takes_a_decision(archive: Archive, stored: StoredChange) -> None:
    with Archive.beside(archive.folder) as beside:
        decided(beside, stored)
    assert len(reviews.decisions(archive)) == 1
    assert list(check_chain(archive)) == []


def test_a_digest_is_told_what_was_known_at_an_instant(archive: Archive) -> None:
    stored = change_in(archive, watches=("chips", "servers"))
    assert reviews_for_digest(archive, known=at(39)) == ()
    assign(archive, who("rob"), stored.id, "cora", people=PEOPLE, at=at(40), watch="chips")
    (given,) = reviews_for_digest(archive, known=at(40))
    assert (given.change, given.decision, given.assigned, given.at) == (stored.id, "", "cora", at(40))
    assert given.citation == "15 CFR Part 999"
    decide(
        archive,
        who("rob"),
        stored.id,
        "action",
        people=PEOPLE,
        at=at(41),
        watch="chips",
        person="rob",
        due=DUE,
        reason="screen",
    )
    known = at(41)
    action, rest = reviews_for_digest(archive, known=known)
    assert (action.decision, action.due, action.done, action.reason, action.by) == (
        "action",
        DUE,
        False,
        "screen",
        "rob",
    )
    assert rest.decision == "", "the other watch still waits"
    decide(
        archive,
        who("rob"),
        stored.id,
        "not applicable",
        people=PEOPLE,
        at=at(42),
        watch="servers",
        reason="none",
    )
    decide(archive, who("rob"), stored.id, "done", people=PEOPLE, at=at(43), watch="chips", reason="screened")
    last = reviews_for_digest(archive, known=at(43))[-1]
    assert (last.decision, last.done, last.due, last.reason) == ("action", True, DUE, "screened")
    later(archive, 2, [substitution("1", AFTER, "Nothing.")], ("1", "Nothing."), ("2", "Apart."), hours=60)
    opened = reviews_for_digest(archive, known=at(60))[-1]
    assert (opened.decision, opened.at) == ("", at(60))
    assert opened.reason.startswith("a later change of the same provision")
    assert reviews_for_digest(archive, known=known) == (action, rest), (
        "what was known then is not written over"
    )


def test_what_a_later_engine_calls_a_change_is_told_to_digests_from_then_on(
    archive: Archive, stored: StoredChange
) -> None:
    decided(archive, stored)
    other = replace(substitution("1", BEFORE, AFTER), kind="renumbering", old_eid="0")
    (found,) = record_changeset(
        archive, changeset([other], transition(1, hours=30), engine="tocsin-diff/2"), [()]
    )
    (told,) = reviews_for_digest(archive, known=at(90))
    assert (told.change, told.decision) == (found.id, "relevant")
