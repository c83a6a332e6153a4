"""Notes of the Commerce Control List: whose they are, and the lists in them that make no items."""

from __future__ import annotations

import pytest

from tests.normalize.ccl_reading import by_eid, eids, read_items

NOTE = "<NOTE><HED><I>{}</I></HED>{}</NOTE>"


def note(heading: str, *paragraphs: str) -> str:
    return NOTE.format(heading, "".join(f"<P><I>{text}</I></P>" for text in paragraphs))


@pytest.mark.parametrize(
    ("block", "eid"),
    [
        (note("Note 1 to 3A700.a:", "Words."), "3A700.a.note-1"),
        (note("Technical Note to paragraph .a.2:", "Words."), "3A700.a.2.technical-note"),
        (note("Note 2 to 3A700:", "Words."), "3A700.note-2"),
        (note("Note to ECCN 3A700.", "Words."), "3A700.note"),
        (note("Note 3 to 3A700.a.1 and .a.2:", "Words."), "3A700.a.note-3"),
        (note("Note:", "3A700.a.1 does not apply to toys."), "3A700.a.note"),
        (note("Technical Note:", "Words."), "3A700.a.2.technical-note"),
        (note("N.B.:", "For toys, see 3A700.a.1."), "3A700.a.2.nb"),
        ("<P><I>Note to 3A700.a:</I> <I>Words.</I></P>", "3A700.a.note"),
        ("<P>Note 4 to 3A700.a: Words.</P>", "3A700.a.note-4"),
        ("<P>N.B. 1: Words.</P>", "3A700.a.2.nb-1"),
    ],
)
def test_notes_belong_to_what_they_name_else_to_where_they_stand(block: str, eid: str) -> None:
    provisions, _ = read_items("a. Kites:", "a.1. One; or", "a.2. Two.", block, "b. Tails.")
    assert eids(provisions, "note") == [eid]
    assert eids(provisions, "item") == ["3A700.a", "3A700.a.1", "3A700.a.2", "3A700.b"]


def test_a_note_never_leaves_the_list_that_goes_on_after_it() -> None:
    provisions, _ = read_items("a. Kites:", "a.1. One;", note("Note to 3A700:", "Words."), "a.2. Two.")
    assert eids(provisions)[-4:] == ["3A700.a", "3A700.a.1", "3A700.a.note-to-3a700", "3A700.a.2"]


def test_notes_keep_their_addresses_when_another_comes_before_them() -> None:
    before, _ = read_items("a. Kites.", note("Note 2 to 3A700.a:", "Second."))
    after, _ = read_items(
        "a. Kites.",
        note("Note 1 to 3A700.a:", "First."),
        note("Technical Note to 3A700.a:", "Words."),
        note("Note 2 to 3A700.a:", "Second."),
    )
    assert by_eid(before)["3A700.a.note-2"] == by_eid(after)["3A700.a.note-2"]


def test_lists_in_notes_make_no_items_but_paragraphs() -> None:
    provisions, _ = read_items(
        "a. Kites.",
        note(
            "Note 1 to 3A700.a:",
            "If:",
            "a. Listed:",
            "(1) Flown;",
            "(2) Sold:",
            "(i) Here;",
            "(ii) There.",
            "b. Or.",
        ),
        "b. Tails.",
    )
    assert eids(provisions, "item") == ["3A700.a", "3A700.b"]
    assert [eid.removeprefix("3A700.a.note-1.") for eid in eids(provisions, "paragraph")] == [
        "a",
        "a.1",
        "a.2",
        "a.2.i",
        "a.2.ii",
        "b",
    ]


def test_a_plain_notes_list_in_italics_ends_at_the_next_upright_item() -> None:
    provisions, _ = read_items(
        "a. Kites.",
        "<P><I>Note:</I> <I>Not:</I></P>",
        "<P><I>a. Toys;</I></P>",
        "<P><I>b. Lamps.</I></P>",
        "b. Tails.",
    )
    assert eids(provisions, "item") == ["3A700.a", "3A700.b"]
    assert eids(provisions, "paragraph") == ["3A700.a.note.a", "3A700.a.note.b"]


def test_a_plain_notes_upright_list_is_told_by_labels_that_come_again() -> None:
    provisions, _ = read_items(
        "a. Kites.", "Note to 3A700.a: Not:", "a. Toys;", "b. Lamps;", "c. Bells.", "b. Tails.", "c. Strings."
    )
    assert eids(provisions, "item") == ["3A700.a", "3A700.b", "3A700.c"]
    assert eids(provisions, "paragraph") == ["3A700.a.note.a", "3A700.a.note.b", "3A700.a.note.c"]
    assert by_eid(provisions)["3A700.b"].text == "Tails."


def test_a_note_whose_list_goes_on_inside_the_next_note() -> None:
    provisions, _ = read_items(
        "a. Kites.",
        note("Note 2:", "3A700.a does not control:", "a. Toys;"),
        note("Technical Note to paragraph a. of Note 2:", "A toy is small.", "b. Lamps."),
        "b. Tails.",
    )
    assert eids(provisions)[3:-1] == [
        "3A700.a",
        "3A700.a.note-2",
        "3A700.a.note-2.a",
        "3A700.a.note-2.a.technical-note",
        "3A700.a.note-2.b",
    ]


def test_an_upright_next_item_trapped_in_an_italic_note_is_an_item_and_remarked() -> None:
    trapped = "<NOTE><HED><I>Note:</I></HED><P><I>3A700.a is broad.</I></P><P>b. Tails.</P></NOTE>"
    provisions, account = read_items("a. Kites.", trapped, "c. Strings.")
    assert eids(provisions, "item") == ["3A700.a", "3A700.b", "3A700.c"]
    assert "stands in a note" in account.remarks[0].message


def test_an_upright_list_of_an_upright_note_stays_in_it() -> None:
    upright = "<NOTE><HED>Note:</HED><P>3A700.a is broad:</P><P>a. Wide; or</P><P>b. Long.</P></NOTE>"
    provisions, _ = read_items("a. Kites.", upright, "b. Tails.")
    assert eids(provisions, "item") == ["3A700.a", "3A700.b"]
    assert by_eid(provisions)["3A700.b"].text == "Tails."


def test_a_picture_between_two_halves_of_a_note_stands_in_the_note() -> None:
    provisions, _ = read_items(
        "a. Kites.",
        note("Technical Note:", "By the formula:"),
        '<img src="/graphics/er01ja25.001.gif"/>',
        "<NOTE><HED></HED><FP><I>where K = 0.25.</I></FP></NOTE>",
    )
    assert by_eid(provisions)["3A700.a.technical-note"].text == (
        "By the formula:\n[graphic er01ja25.001.gif]\nwhere K = 0.25."
    )
