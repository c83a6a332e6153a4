"""What must change nothing (white space, order of attributes, page breaks, quote style of attributes), and what must show."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.normalize.ecfr_fixtures import by_eid, fixture, read_bytes, rendered, section, supplement

_PART = fixture("part-990.xml").decode()
_BULK = fixture("bulk.xml").decode()
_EXPECTED = {text: rendered(read_bytes(text.encode())) for text in (_PART, _BULK)}

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_BLANKS_IN_TEXT = re.compile(r"(?<=[A-Za-z,;.] )(?=[A-Za-z(])|(?<=[a-z]) (?=[a-z])")


def _with_white_space(text: str, choose: random.Random) -> str:
    """More blanks, tabs and line breaks wherever there is a blank already between two words."""
    return re.sub(
        r"(?<=[A-Za-z,;.:]) (?=[A-Za-z(])(?![^<]*>)",
        lambda found: choose.choice([" ", "  ", "\n", " \t ", "\r\n", "\u00a0", " \n\n "]),
        text,
    )


def _with_shuffled_attributes(text: str, choose: random.Random) -> str:
    def shuffled(found: re.Match[str]) -> str:
        attributes = re.findall(r"\s[\w:]+=(?:\"[^\"]*\"|'[^']*')", found.group())
        if len(attributes) < 2:
            return found.group()
        rest = found.group()
        for attribute in attributes:
            rest = rest.replace(attribute, "", 1)
        choose.shuffle(attributes)
        end = 2 if rest.endswith("/>") else 1
        return rest[:-end] + "".join(attributes) + rest[-end:]

    return _TAG.sub(shuffled, text)


def _with_page_breaks(text: str, choose: random.Random) -> str:
    """A page break, a comment or an instruction between two words of a paragraph."""
    marks = ["<PRTPAGE P='12'/>", "<!-- page -->", "<?page 12?>", "\n<PRTPAGE P='12'/>\n"]
    return re.sub(
        r"(?<=[a-z]) (?=[a-z]+ [a-z]+[^<>]*</P>)",
        lambda found: " " + choose.choice(marks) if choose.random() < 0.5 else " ",
        text,
    )


@pytest.mark.parametrize("text", [_PART, _BULK], ids=["part", "bulk"])
@pytest.mark.parametrize("change", [_with_white_space, _with_shuffled_attributes, _with_page_breaks])
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_layout_changes_nothing(change: object, text: str, seed: int) -> None:
    changed = change(text, random.Random(seed))  # type: ignore[operator]
    assert rendered(read_bytes(changed.encode())) == _EXPECTED[text]


def test_the_changes_of_these_tests_do_change_the_bytes() -> None:
    choose = random.Random(1)
    assert _with_white_space(_PART, choose) != _PART
    assert _with_shuffled_attributes(_PART, choose) != _PART
    assert _with_page_breaks(_PART, choose) != _PART


def test_blank_lines_between_elements_change_nothing() -> None:
    spaced = re.sub(r"\n<(?=P|NOTE|DIV8|HED|TR|LI)", "\n\n   \t<", _PART)
    assert spaced != _PART
    assert rendered(read_bytes(spaced.encode())) == _EXPECTED[_PART]


def test_single_quotes_around_attributes_and_numeric_entities_change_nothing() -> None:
    requoted = (
        re.sub(r' (N|TYPE|class)="([^"\']*)"', r" \1='\2'", _PART)
        .replace("&#x2014;", "—")
        .replace("&#xA7;", "&#167;")
    )
    assert requoted != _PART
    assert rendered(read_bytes(requoted.encode())) == _EXPECTED[_PART]


def test_another_encoding_of_the_same_characters_changes_nothing() -> None:
    text = _PART.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
    assert rendered(read_bytes(text.encode("utf-16"))) == _EXPECTED[_PART]
    latin = _PART.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="ISO-8859-1"?>').replace(
        "&#xA7;", "§"
    )
    assert rendered(read_bytes(latin.encode("latin-1"))) == _EXPECTED[_PART]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("10<SU>26</SU> candela", "10<SU>25</SU> candela"),
        ("more than 5 mW", "more than 5 MW"),
        ("of −5 °C", "of 5 °C"),
        ("≥ 5", "> 5"),
        ("“lamp”", "'lamp'"),
        ("lit and swept", "lit or swept"),
        ('<img src="/graphics/er1.gif"/>', '<img src="/graphics/er2.gif"/>'),
        ("H<E T='52'>2</E>O", "H2O"),
    ],
)
def test_what_is_law_shows(before: str, after: str) -> None:
    texts = [
        by_eid(read_bytes(section(f"<P>(a) Lamps {words} here.</P>")))["990.1.a"].text
        for words in (before, after)
    ]
    assert texts[0] != texts[1]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["P", "FP", "HD1", "NOTE", "EXTRACT", "LI", "CITA", "TD", "BLURB"]),
            st.text(alphabet="abIiv12()[]*.—:;&<^_| \u00a0\u2009é漢", max_size=25),
        ),
        max_size=12,
    )
)
def test_no_character_of_any_section_is_lost_or_printed_twice(blocks: list[tuple[str, str]]) -> None:
    def element(tag: str, words: str) -> str:
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        if tag == "TD":
            return f"<TABLE><TR><TD>{words}</TD></TR></TABLE>"
        if tag == "LI":
            return f"<SCOL2><LI>{words}</LI></SCOL2>"
        if tag in ("NOTE", "EXTRACT"):
            return f"<{tag}><HED>Note:</HED><P>{words}</P></{tag}>"
        return f"<{tag}>{words}</{tag}>"

    reading = read_bytes(supplement("".join(element(tag, words) for tag, words in blocks)))
    provisions = [one for expression in reading.expressions for one in expression.walk()]
    there = "".join(one.num + one.heading + one.text for one in provisions)
    there += "".join(left.text for left in (*reading.leftovers, *reading.discards))
    printed = "Supplement No. 1 to Part 990—Lists" + "".join(
        words + ("Note:" if tag in ("NOTE", "EXTRACT") else "") for tag, words in blocks
    )

    def counted(text: str) -> list[str]:
        return sorted(re.sub(r"[\s^_{}|*]", "", text))

    assert counted(there) == counted(printed)
    found = [one.eid for one in provisions]
    assert len(found) == len(set(found))
    assert not any("more than the source" in remark.message for remark in reading.remarks)
