"""The Commerce Control List reader on lists written for the project: the shapes and traps of the real one."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.normalize.ccl_reading import (
    HERE,
    by_eid,
    eids,
    full_lines,
    read_bytes,
    read_items,
    read_list,
    walk,
)

TRAPS = HERE / "traps.xml"
ROW = '<TR><TD class="left">{}</TD><TD>{}</TD></TR>'
HEAD = "<THEAD><TR><TH>Control(s)</TH><TH>Country chart</TH></TR></THEAD>"


def table(*rows: tuple[str, str]) -> str:
    body = "".join(ROW.format(*row) for row in rows)
    return f'<DIV width="100%"><DIV class="gpotbl_div"><TABLE>{HEAD}<TBODY>{body}</TBODY></TABLE></DIV></DIV>'


def test_the_list_with_every_trap_reads_as_the_golden_file_that_was_read() -> None:
    provisions, account = read_bytes(TRAPS.read_bytes())
    golden = (HERE / "traps.golden.txt").read_text(encoding="utf-8").splitlines()
    assert list(full_lines(provisions)) == golden
    assert account.leftovers == ()
    assert [remark.message for remark in account.remarks] == [
        "'g. Winches for reels.' stands in a note, but is the next item of the entry and is read as that"
    ]


def test_addresses_are_unique_and_a_childs_entry_is_its_parents() -> None:
    provisions, _ = read_bytes(TRAPS.read_bytes())
    found = eids(provisions)
    assert len(found) == len(set(found))
    for entry in provisions:
        if entry.unit == "entry":
            assert {one.eid[:5] for one in entry.walk()} == {entry.eid}


def test_records_pickle_and_reading_is_deterministic() -> None:
    once, _ = read_bytes(TRAPS.read_bytes())
    again, _ = read_bytes(TRAPS.read_bytes())
    assert pickle.loads(pickle.dumps(once)) == again == once


@pytest.mark.parametrize(
    ("block", "left"),
    [
        ("<MYSTERY>Kites are free.</MYSTERY>", "Kites are free."),
        ("<DIV>loose words<P>a. A kite.</P></DIV>", "loose words"),
        ("<P>a. A kite.</P> stray tail", "stray tail"),
    ],
)
def test_what_no_rule_takes_is_left_over_with_its_place(block: str, left: str) -> None:
    provisions, account = read_list("<FP-2><B>3A700 Kites.</B></FP-2>", block)
    assert [leftover.text for leftover in account.leftovers] == [left]
    assert account.leftovers[0].place.startswith("/DIV9/")
    assert eids(provisions, "entry") == ["3A700"]


def test_words_before_the_first_heading_are_left_over() -> None:
    _, account = read_list("<P>Words of nobody.</P>", "<FP-2><B>3A700 Kites.</B></FP-2>")
    assert [leftover.text for leftover in account.leftovers] == ["Words of nobody."]


def test_an_empty_list_has_no_provisions() -> None:
    provisions, account = read_list()
    assert provisions == ()
    assert account.leftovers == ()


@pytest.mark.parametrize(
    "heading",
    [
        "<FP-2><B>3A700 Kites.</B></FP-2>",
        "<FP-1><B>3A700 Kites</B>.</FP-1>",
        "<FP-2>3A700 Kites.</FP-2>",
        "<HD2>3A700 Kites.</HD2>",
        "<P><B>3A700</B> Kites.</P>",
        '<FP-2>\n<B>3A700 Kites <E T="03">of paper</E>.</B></FP-2>',
    ],
)
def test_headings_of_entries_in_their_shapes(heading: str) -> None:
    provisions, _ = read_list(heading)
    assert eids(provisions, "entry") == ["3A700"]
    assert provisions[0].heading.startswith("Kites")


@pytest.mark.parametrize(
    ("heading", "eid", "num", "words"),
    [
        ("ECCN 3A700—Kites", "3A700", "ECCN 3A700—", "Kites"),
        ("3A700: Kites", "3A700", "3A700:", "Kites"),
        ("3A700. Kites", "3A700", "3A700.", "Kites"),
        ("3A700 [Reserved]", "3A700", "3A700", "[Reserved]"),
        ("3A700-3A705 [Reserved]", "3A700-3A705", "3A700-3A705", "[Reserved]"),
        ("3A700 through 3A705 [Reserved]", "3A700-3A705", "3A700 through 3A705", "[Reserved]"),
        ("3A700 and 3A705 kites", "3A700", "3A700", "and 3A705 kites"),
    ],
)
def test_the_number_of_an_entry_is_kept_as_printed(heading: str, eid: str, num: str, words: str) -> None:
    provisions, account = read_list(f"<FP-2><B>{heading}</B></FP-2>")
    assert [(one.eid, one.num, one.heading) for one in provisions] == [(eid, num, words)]
    assert account.leftovers == ()


def test_a_bold_heading_that_names_no_entry_is_told() -> None:
    provisions, account = read_list("<FP-2><B>3A700 Kites.</B></FP-2>", "<FP-2><B>3A7A1 Bells.</B></FP-2>")
    assert (eids(provisions), provisions[0].text) == (["3A700"], "3A7A1 Bells.")
    assert [one.message for one in account.remarks] == [
        "a heading in bold that names no ECCN is read as text: 3A7A1 Bells."
    ]


@pytest.mark.parametrize(
    ("heading", "eid", "num"),
    [
        ("C. Materials", "category-3.group-c", "C."),
        ("C.[Reserved]", "category-3.group-c", "C."),
        ("Product Group C. Materials", "category-3.group-c", "Product Group C."),
        ("PRODUCT GROUP C—Materials", "category-3.group-c", "PRODUCT GROUP C—"),
    ],
)
def test_product_groups_in_their_spellings(heading: str, eid: str, num: str) -> None:
    provisions, account = read_list("<HD1>Category 3—Kites</HD1>", f"<HD1>{heading}</HD1>")
    assert (provisions[1].eid, provisions[1].unit, provisions[1].num) == (eid, "group", num)
    assert account.leftovers == ()


def test_a_list_in_a_note_whose_labels_are_written_in_full() -> None:
    """As in the technical notes to 5A002.a and the notes to 4E091 (2026-06-24)."""
    provisions, account = read_items(
        "a. Kites",
        "<NOTE><HED><I>Technical Notes:</I></HED><P><I>1. Any of:</I></P><P><I>1.a. Silk:</I></P><P><I>1.a.1. Raw</I></P>"
        "<P><I>1.b. Paper</I></P><P><I>1.b.1. Wet</I></P><P><I>2. Wind of</I></P><P><I>2.5 m/s counts.</I></P></NOTE>",
        "b. Balloons",
    )
    assert [eid.removeprefix("3A700.a.technical-notes.") for eid in eids(provisions, "paragraph")] == [
        "1",
        "1.a",
        "1.a.1",
        "1.b",
        "1.b.1",
        "2",
    ]
    assert by_eid(provisions)["3A700.a.technical-notes.2"].text == "Wind of\n2.5 m/s counts."
    assert account.remarks == ()


def test_a_code_at_the_head_of_a_paragraph_makes_no_entry() -> None:
    provisions, _ = read_list(
        "<FP-2><B>0A521 Any kite.</B></FP-2>",
        "<P>0A521 commodities are subject to RS1 controls.</P>",
        "<P><I>0A521 does not apply to toys.</I></P>",
    )
    assert eids(provisions) == ["0A521"]
    assert provisions[0].text.startswith("0A521 commodities")


def test_a_second_entry_of_the_same_code_is_kept_and_remarked() -> None:
    provisions, account = read_list(
        "<FP-2><B>3A700 Kites.</B></FP-2>",
        "<P>One.</P>",
        "<FP-2><B>3A700 Kites again.</B></FP-2>",
        "<P>Two.</P>",
    )
    assert eids(provisions) == ["3A700", "3A700_2"]
    assert "a second entry 3A700" in [remark.message for remark in account.remarks]


@pytest.mark.parametrize(
    ("line", "eid", "heading", "text"),
    [
        (
            "<FP-1><I>Reasons for Control:</I> NS, AT</FP-1>",
            "3A700.reason-for-control",
            "Reasons for Control:",
            "NS, AT",
        ),
        ("<P>REASON FOR CONTROL: AT</P>", "3A700.reason-for-control", "REASON FOR CONTROL:", "AT"),
        ("<FP-1><I>Control(s):</I> CC applies.</FP-1>", "3A700.controls", "Control(s):", "CC applies."),
        ("<FP-1><I>Country Chart.</I></FP-1>", "3A700.controls", "Country Chart.", ""),
        (
            "<P><I>Reporting Requirements:</I> <I>See § 743.1.</I></P>",
            "3A700.reporting-requirements",
            "Reporting Requirements:",
            "See § 743.1.",
        ),
        (
            '<FP-1><E T="04">List-based License Exceptions (see part 740)</E></FP-1>',
            "3A700.license-exceptions",
            "List-based License Exceptions (see part 740)",
            "",
        ),
        (
            "<HD1>List Based License Exceptions</HD1>",
            "3A700.license-exceptions",
            "List Based License Exceptions",
            "",
        ),
        ("<FP-1><I>CIV:</I> N/A</FP-1>", "3A700.license-exceptions.civ", "CIV:", "N/A"),
        ("<P><I>NAC/ACA:</I> Yes</P>", "3A700.license-exceptions.nac-aca", "NAC/ACA:", "Yes"),
        (
            "<FP-1>Special Conditions for Strategic Trade Authorization (STA)</FP-1>",
            "3A700.special-conditions",
            "Special Conditions for Strategic Trade Authorization (STA)",
            "",
        ),
        (
            "<FP-1><I>List of Items Controlled:</I></FP-1>",
            "3A700.list-of-items",
            "List of Items Controlled:",
            "",
        ),
        ("<FP-1><I>Unit:</I> $ value</FP-1>", "3A700.unit", "Unit:", "$ value"),
        ("<FP-1><I>ECCN Controls:</I> None.</FP-1>", "3A700.eccn-controls", "ECCN Controls:", "None."),
        (
            "<FP-1><I>Related</I> <I>Controls: See</I> 3A701.</FP-1>",
            "3A700.related-controls",
            "Related Controls:",
            "See 3A701.",
        ),
        (
            "<FP-1><I>Related Definition:</I> N/A</FP-1>",
            "3A700.related-definitions",
            "Related Definition:",
            "N/A",
        ),
        ("<P><I>Items:</I></P>", "3A700.items", "Items:", ""),
        (
            "<FP>Items The list of items controlled is contained in the ECCN heading.</FP>",
            "3A700.items",
            "Items",
            "The list of items controlled is contained in the ECCN heading.",
        ),
    ],
)
def test_labels_of_blocks_in_their_spellings(line: str, eid: str, heading: str, text: str) -> None:
    provisions, account = read_list("<FP-2><B>3A700 Kites.</B></FP-2>", line)
    block = by_eid(provisions)[eid]
    assert (block.heading, block.text) == (heading, text)
    assert account.leftovers == ()


@pytest.mark.parametrize(
    "words",
    [
        "Items controlled by 3A701 are free.",
        "Units of kites are many.",
        "List of items controlled elsewhere.",
    ],
)
def test_sentences_that_begin_like_a_label_are_text(words: str) -> None:
    provisions, _ = read_list("<FP-2><B>3A700 Kites.</B></FP-2>", f"<P>{words}</P>")
    assert provisions[0].text == words


def test_a_label_in_heading_and_list_fused_with_the_first_item() -> None:
    provisions, _ = read_list(
        "<FP-2><B>3A700 Kites.</B></FP-2>",
        "<FP-1>List of Items Controlled a. Kites.</FP-1>",
        "<P>b. Tails.</P>",
    )
    assert eids(provisions, "item") == ["3A700.a", "3A700.b"]


def test_a_lettered_list_in_related_controls_makes_no_items() -> None:
    provisions, _ = read_list(
        "<FP-2><B>3A700 Kites.</B></FP-2>",
        "<FP-1><I>Related Controls:</I> Elsewhere:</FP-1>",
        "<P>a. Paper dragons;</P>",
        "<FP><I>Items:</I></FP>",
        "<P>a. Kites.</P>",
    )
    assert eids(provisions, "item") == ["3A700.a"]
    assert by_eid(provisions)["3A700.related-controls"].text.endswith("a. Paper dragons;")


def test_items_without_an_items_line() -> None:
    provisions, _ = read_list(
        "<FP-2><B>3A700 Kites.</B></FP-2>", "<FP-1><I>Related Controls:</I> N/A</FP-1>", "<P>a. Kites.</P>"
    )
    assert eids(provisions, "item") == ["3A700.a"]


def test_rows_are_keyed_by_their_left_cell_wherever_they_stand() -> None:
    before, _ = read_list("<FP-2><B>3A700 Kites.</B></FP-2>", table(("RS applies to 3A700.b", "RS Column 1")))
    after, _ = read_list(
        "<FP-2><B>3A700 Kites.</B></FP-2>",
        table(("NS applies to 3A700.a", "NS Column 2"), ("RS applies to 3A700.b", "RS Column 1")),
    )
    assert by_eid(before)["3A700.controls.rs-3a700-b"] == by_eid(after)["3A700.controls.rs-3a700-b"]
    assert by_eid(after)["3A700.controls.rs-3a700-b"].text == "RS applies to 3A700.b | RS Column 1"


def test_two_control_tables_with_prose_between_are_one_block() -> None:
    provisions, _ = read_list(
        "<FP-2><B>3A700 Kites.</B></FP-2>",
        table(("CB applies to 3A700.a", "CB Column 1")),
        "<P>CW applies to 3A700.b and a license is required for all valleys.</P>",
        table(("AT applies to entire entry", "AT Column 1")),
    )
    controls = by_eid(provisions)["3A700.controls"]
    assert [child.eid.rpartition(".")[2] for child in controls.children] == [
        "header",
        "cb-3a700-a",
        "cw-3a700-b",
        "header_2",
        "at-entire-entry",
    ]


WORDS = st.sampled_from(["Kites", "Tails of 5 m;", "Bells, or", "as follows:", "[Reserved]", "≥ 4800"])
LABELS = st.sampled_from(
    [
        "a. ",
        "b. ",
        "c.1. ",
        "a.1.a ",
        "1. ",
        "2. ",
        "(i) ",
        "",
        "Note: ",
        "Note 1 to 3A700.a: ",
        "b.-d. ",
        "LVS: ",
        "Items: ",
    ]
)
FACES = st.sampled_from(
    ["<P>{}</P>", "<P><I>{}</I></P>", "<FP-1>{}</FP-1>", "<NOTE><HED>Note:</HED><P>{}</P></NOTE>"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(FACES, LABELS, WORDS), max_size=14))
def test_any_order_of_blocks_keeps_every_character_and_unique_addresses(
    blocks: list[tuple[str, str, str]],
) -> None:
    provisions, account = read_items(*(face.format(label + words) for face, label, words in blocks))
    found = eids(provisions)
    assert len(found) == len(set(found))
    assert account.leftovers == ()
    assert not any("more than the source" in remark.message for remark in account.remarks)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([" ", "\n", "\t", "\u00a0"]), min_size=1, max_size=3))
def test_white_space_between_words_changes_nothing(blanks: list[str]) -> None:
    text = TRAPS.read_text(encoding="utf-8")
    # Only between words of running text: the blanks in tags and before scripts are others.
    noisy = text.replace("having any of", f"having{''.join(blanks)} any of")
    assert read_bytes(noisy.encode())[0] == read_bytes(text.encode())[0]


def test_provisions_walk_in_the_order_of_the_document() -> None:
    provisions, _ = read_bytes(TRAPS.read_bytes())
    numbered = [one.text for one in walk(provisions) if one.unit == "item" and one.text]
    source = " ".join(TRAPS.read_text(encoding="utf-8").split())
    places = [
        source.find(text.split(",")[0].split("<")[0][:12]) for text in numbered if "[Reserved]" not in text
    ]
    assert places == sorted(places)
