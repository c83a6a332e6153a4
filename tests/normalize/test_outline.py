"""From flat marks to levels: each rule, the ambiguities, and nesting that comes back whatever its shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.markers import Mark, to_roman
from normalize.outline import IRREGULAR, Event, Placed, Sort, place


def _events(run: str) -> list[Event]:
    """``a +1 i: ii`` → marks; ``+`` stands in the paragraph of the one before, ``:`` announces a list, ``_`` is italic;
    ``TERM`` is a definition, ``HEAD1`` a heading."""
    events = []
    announced = False
    for word in run.split():
        if word == "TERM":
            events.append(Event(sort=Sort.TERM))
        elif word.startswith("HEAD"):
            events.append(Event(sort=Sort.HEAD, rank=int(word[4:])))
        else:
            sign = word.strip("+:_").split("-")
            mark = Mark(
                num=f"({word})", sign=sign[0], italic="_" in word, last=sign[1] if len(sign) > 1 else ""
            )
            events.append(Event(sort=Sort.MARK, mark=mark, inner=word.startswith("+"), announced=announced))
        announced = word.endswith(":")
    return events


def _depths(run: str) -> list[int]:
    return [placed.depth for placed in place(_events(run))]


@pytest.mark.parametrize(
    ("run", "depths"),
    [
        ("a 1 2 i ii A B _1 _2 _i _ii _3 C b", [1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 5, 4, 1]),
        ("a +1 2 b", [1, 2, 2, 1]),
        ("a b c d e f g h i j", [1] * 10),
        ("a b c d e f g h i ii iii i j", [1] * 8 + [2, 2, 2, 1, 1]),
        ("h 1 i ii 2 i", [1, 2, 3, 3, 2, 1]),
        ("a 1 i ii iii iv v vi b", [1, 2, 3, 3, 3, 3, 3, 3, 1]),
        ("u v w x y z aa bb", [1] * 8),
        ("a 1 i A 1 2 B", [1, 2, 3, 4, 5, 5, 4]),
        ("1 i ii 2 i ii 3", [1, 2, 2, 1, 2, 2, 1]),
        ("i ii iii", [1, 1, 1]),
        ("a b: i ii iii c", [1, 1, 2, 2, 2, 1]),
        ("a-c d 1 2", [1, 1, 2, 2]),
        ("TERM 1 2 TERM 1 2 3 i ii TERM", [1, 2, 2, 1, 2, 2, 2, 3, 3, 1]),
        ("a TERM 1 2 TERM 1 2 b", [1, 2, 3, 3, 2, 3, 3, 1]),
        ("HEAD1 a b HEAD1 a 1 2 b HEAD2 c", [1, 2, 2, 1, 2, 3, 3, 2, 3, 2]),
        ("a b HEAD1 c d", [1, 1, 2, 1, 1]),
    ],
)
def test_a_run_of_marks_is_read_at_its_levels(run: str, depths: list[int]) -> None:
    assert _depths(run) == depths


def test_what_comes_after_decides_an_ambiguous_mark() -> None:
    assert _depths("a b c d e f g h i j")[8] == 1, "(i) before (j) is the ninth letter"
    assert _depths("a b c d e f g h i ii")[8] == 2, "(i) before (ii) is the first numeral"


def test_a_number_left_out_is_read_on_and_costs_enough_to_be_told() -> None:
    placed = place(_events("a b d e"))
    assert [one.depth for one in placed] == [1, 1, 1, 1]
    assert placed[2].rule == "number left out"
    assert placed[2].cost >= IRREGULAR


def test_a_number_printed_twice_stands_beside_the_first() -> None:
    assert [(one.depth, one.rule) for one in place(_events("a b b c"))][2] == (1, "number again")


def test_a_misprinted_l_is_the_number_one() -> None:
    assert _depths("a l 2 3") == [1, 2, 2, 2]


def test_letters_that_are_no_number_are_no_mark() -> None:
    assert place(_events("a MT b"))[1] == Placed(0, "no mark", 9.0)


_LEVELS = (
    lambda number: chr(96 + number),
    str,
    to_roman,
    lambda number: chr(64 + number),
    lambda number: f"_{number}",
    lambda number: f"_{to_roman(number)}",
)


@st.composite
def _outlines(draw: st.DrawFn) -> list[tuple[int, str]]:
    """An outline in the official order of alphabets, each level with 2 to 12 numbers."""
    made: list[tuple[int, str]] = []

    def level(depth: int) -> None:
        for number in range(1, draw(st.integers(2, 12 if depth < 3 else 3)) + 1):
            made.append((depth + 1, _LEVELS[depth](number)))
            if depth < 5 and len(made) < 60 and draw(st.booleans()) and draw(st.booleans()):
                level(depth + 1)

    level(0)
    return made


@settings(max_examples=60, deadline=None)
@given(_outlines())
def test_every_regular_outline_comes_back(outline: list[tuple[int, str]]) -> None:
    assert _depths(" ".join(mark for _, mark in outline)) == [depth for depth, _ in outline]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("a b c i ii v x l 1 2 3 A B I _1 _i MT zz 99 TERM HEAD1 HEAD2".split()), max_size=30
    )
)
def test_any_run_is_placed_and_always_the_same(run: list[str]) -> None:
    events = _events(" ".join(run))
    placed = place(events)
    assert len(placed) == len(events)
    depth = 0
    for one in placed:
        assert one.depth <= depth + 1, "a level opens one at a time"
        depth = one.depth or depth
    assert placed == place(events)
