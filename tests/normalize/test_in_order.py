"""What follows in order is set aside on both sides, and nothing else is: the rest differs as the wholes do."""

from __future__ import annotations

import gc
import random

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.uncollected import uncollected
from normalize.audit import letters, source_text
from normalize.in_order import unlike

SENTENCES = st.text("ab é™ ^|\n\u00a0\u3000\0", max_size=40)


@given(st.lists(SENTENCES, max_size=6), st.lists(SENTENCES, max_size=6), st.integers(0, 10**6))
def test_the_rest_differs_as_the_wholes_do(ours: list[str], theirs: list[str], seed: int) -> None:
    both = [*ours, *theirs]
    random.Random(seed).shuffle(both)
    printed = "\n".join(both)
    rest, kept_rest = (letters(side) for side in unlike(printed, ours))
    whole, kept_whole = letters(printed), letters("\n".join(ours))
    assert rest - kept_rest == whole - kept_whole
    assert kept_rest - rest == kept_whole - whole


def test_passages_that_follow_leave_nothing_and_one_out_of_order_leaves_itself() -> None:
    assert unlike("a. Kites\u00a0of paper; b. [Reserved]", ["a.", "Kites of\npaper;", "b. [Reserved]"]) == (
        "",
        "",
    )
    last = "and lines of more than sixteen letters"
    rest, kept = unlike(f"heading of the table {last}", [last, "heading of the table"])
    assert rest.strip() == kept == "headingofthetable"


def test_a_passage_is_found_behind_what_was_left_out() -> None:
    assert unlike("a page number 17 The words that go on here.", ["The words that go on here."]) == (
        "apagenumber17\n",
        "",
    )


def test_naming_the_pictures_leaves_the_tree_as_it_was_and_the_words_in_their_order() -> None:
    body = b'<P>one<I>two<GID>EC01.000</GID></I>three <img src="a/b.gif"/></P>'
    element = etree.fromstring(body)
    assert source_text(element) == "onetwo[graphic EC01.000]three [graphic b.gif]"
    assert etree.tostring(element) == body


def test_what_was_made_without_the_collector_is_old_at_once() -> None:
    with uncollected():
        assert not gc.isenabled()
        made = [[number] for number in range(2000)]
    assert gc.isenabled()
    young = {id(one) for one in gc.get_objects(generation=0)} | {
        id(one) for one in gc.get_objects(generation=1)
    }
    assert not young & {id(one) for one in made}
