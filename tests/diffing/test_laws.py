"""Laws of comparing, on generated texts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Change, Expression, Provision
from archive.vocabulary.folding import comparison_key
from diffing.engine import compare
from diffing.text import redline

WORDS = (
    "exporter licence reactor laser carrier directorate shipment alloy turbine vessel notice consignee record software "
    "beryllium graphite encryption satellite helium detector furnace catalyst antenna compressor isotope membrane pigment "
    "sonar lattice magnet polymer quartz rocket sensor tantalum uranium valve wafer xenon yield zirconium bearing cathode"
).split()
DAYS = (date(2026, 1, 1), date(2026, 6, 1))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sentence(seed: int, length: int = 14) -> str:
    """A sentence that no other seed gives."""
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length)).capitalize() + f" clause {seed + 1000}."


def paragraphs(seeds: list[int]) -> tuple[Provision, ...]:
    return tuple(
        Provision(eid=f"s.{LETTERS[k]}", unit="paragraph", num=f"({LETTERS[k]})", text=sentence(seed))
        for k, seed in enumerate(seeds)
    )


def edition(provisions: tuple[Provision, ...], day: date = DAYS[0]) -> Expression:
    section = Provision(eid="s", unit="section", num="§ 1", heading="Scope", children=provisions)
    return Expression(work="xx/law", as_of=day, recipe="made/1", provisions=(section,))


def kinds(changes: tuple[Change, ...]) -> list[str]:
    return sorted(change.kind for change in changes)


texts = st.text(
    alphabet=st.one_of(
        st.sampled_from(" \n\u00a0\u3000|,.;:()-–−“”'\"%§°^×x0123456789[]"),
        st.characters(categories=["L", "N", "P", "S", "Zs"]),
    ),
    max_size=60,
)
seeds = st.lists(st.integers(0, 400), min_size=2, max_size=9, unique=True)


@given(texts, texts)
@settings(deadline=None, max_examples=300)
def test_operations_rebuild_both_texts(before: str, after: str) -> None:
    ops = redline(before, after).ops
    assert "".join(text for sign, text in ops if sign != "+") == before
    assert "".join(text for sign, text in ops if sign != "-") == after
    assert all(text for _, text in ops)


@given(
    st.lists(
        st.sampled_from(WORDS + ["3A090.a.1", "4,800", "10^26", "5:1", "80 FR 9375", "(a)(1)"]), max_size=25
    ).map(" ".join),
    st.data(),
)
@settings(deadline=None, max_examples=150)
def test_no_operation_cuts_a_number_a_code_or_a_citation(text: str, data: st.DataObject) -> None:
    other = data.draw(st.permutations(text.split(" "))) if text else []
    for piece in ("3A090.a.1", "4,800", "10^26", "5:1", "(a)(1)"):
        before, after = text, " ".join(other)
        ops = redline(before, after).ops
        for sign in "-+":
            kept = "".join(f"{words}" for mark, words in ops if mark in ("=", sign))
            assert kept == (before if sign == "-" else after)
        assert sum(words.count(piece) for mark, words in ops if mark != "+") == before.count(piece)


@given(seeds)
@settings(deadline=None, max_examples=60)
def test_a_text_compared_with_itself_is_unchanged(chosen: list[int]) -> None:
    before = edition(paragraphs(chosen))
    assert compare(before, replace(before, as_of=DAYS[1])) == ()


@given(seeds, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_permuting_paragraphs_gives_only_moves(chosen: list[int], shuffle: random.Random) -> None:
    before = paragraphs(chosen)
    after = list(before)
    shuffle.shuffle(after)
    changes = compare(edition(before), edition(tuple(after), DAYS[1]))
    assert set(kinds(changes)) <= {"move"}
    assert all(change.materiality == "editorial" and change.old_eid == change.new_eid for change in changes)
    assert bool(changes) == (list(before) != after)


@given(seeds, st.integers(0, 8))
@settings(deadline=None, max_examples=60)
def test_inserting_one_is_one_insertion_and_renumberings(chosen: list[int], place: int) -> None:
    place = min(place, len(chosen))
    changes = compare(
        edition(paragraphs(chosen)), edition(paragraphs([*chosen[:place], 999, *chosen[place:]]), DAYS[1])
    )
    assert kinds(changes) == sorted(["insertion"] + ["renumbering"] * (len(chosen) - place))
    assert [change.materiality for change in changes if change.kind == "insertion"] == ["substantive"]
    assert all(change.materiality == "editorial" for change in changes if change.kind == "renumbering")


@given(seeds, st.integers(0, 8))
@settings(deadline=None, max_examples=60)
def test_taking_one_out_is_one_repeal_and_renumberings(chosen: list[int], place: int) -> None:
    place = min(place, len(chosen) - 1)
    changes = compare(
        edition(paragraphs(chosen)), edition(paragraphs([*chosen[:place], *chosen[place + 1 :]]), DAYS[1])
    )
    assert kinds(changes) == sorted(["repeal"] + ["renumbering"] * (len(chosen) - place - 1))


@given(seeds, st.integers(0, 8), st.integers(1, 99))
@settings(deadline=None, max_examples=60)
def test_an_edited_number_is_one_substantive_substitution(chosen: list[int], place: int, number: int) -> None:
    before = list(paragraphs(chosen))
    place = min(place, len(before) - 1)
    after = list(before)
    after[place] = replace(after[place], text=after[place].text + f" Not above {number} kg.")
    (change,) = compare(edition(tuple(before)), edition(tuple(after), DAYS[1]))
    assert (change.kind, change.materiality) == ("substitution", "substantive")
    assert [limit.new for limit in change.limits] == [f"<= {number} kg"]


@given(seeds, st.integers(0, 8))
@settings(deadline=None, max_examples=60)
def test_a_planted_split_and_its_reverse_come_back(chosen: list[int], place: int) -> None:
    place = min(place, len(chosen) - 1)
    whole = list(paragraphs(chosen))
    first, second = sentence(2000), sentence(2001)
    whole[place] = replace(whole[place], text=f"{first} {second}")
    parts = whole.copy()
    parts[place : place + 1] = [
        replace(whole[place], text=first),
        Provision(eid="s.new", unit="paragraph", num="", text=second),
    ]
    split = compare(edition(tuple(whole)), edition(tuple(parts), DAYS[1]))
    assert [(c.kind, c.old_eid, c.materiality) for c in split] == [
        ("split", whole[place].eid, "editorial")
    ] * 2
    joined = compare(edition(tuple(parts)), edition(tuple(whole), DAYS[1]))
    assert [(c.kind, c.new_eid, c.materiality) for c in joined] == [
        ("join", whole[place].eid, "editorial")
    ] * 2


@given(seeds, seeds, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_input_provisions_does_not_matter(
    first: list[int], second: list[int], shuffle: random.Random
) -> None:
    """Sections in another order, the same on both sides, give the same changes."""
    before = [
        Provision(eid="x", num="§ 1", heading="Scope", children=paragraphs(first)),
        Provision(eid="y", num="§ 2", heading="Records", text=sentence(500)),
        Provision(eid="z", num="§ 3", heading="Penalties", text=sentence(501)),
    ]
    after = [
        replace(before[0], children=paragraphs(second)),
        replace(before[1], text=before[1].text + " Amended."),
        before[2],
    ]
    order = [0, 1, 2]
    shuffle.shuffle(order)
    plain = compare(_roots(before), _roots(after))
    turned = compare(_roots([before[k] for k in order]), _roots([after[k] for k in order]))
    assert set(plain) == set(turned)


def _roots(provisions: list[Provision]) -> Expression:
    return Expression(work="xx/law", as_of=DAYS[0], recipe="made/1", provisions=tuple(provisions))


@given(seeds, seeds)
@settings(deadline=None, max_examples=60)
def test_every_change_of_a_rewritten_section_is_told_and_rebuilds(
    first: list[int], second: list[int]
) -> None:
    before, after = paragraphs(first), paragraphs(second)
    changes = compare(edition(before), edition(after, DAYS[1]))
    for change in changes:
        assert "".join(text for sign, text in change.ops if sign != "+") == change.text_before
        assert "".join(text for sign, text in change.ops if sign != "-") == change.text_after
    gone = {change.old_eid for change in changes} | {p.eid for p in before if p in after}
    come = {change.new_eid for change in changes} | {p.eid for p in after if p in before}
    assert {p.eid for p in before} <= gone
    assert {p.eid for p in after} <= come


@given(texts)
@settings(deadline=None, max_examples=200)
def test_the_comparison_key_is_stable(text: str) -> None:
    """A key is its own key, so keys can be stored and compared with keys."""
    assert comparison_key(comparison_key(text)) == comparison_key(text)
