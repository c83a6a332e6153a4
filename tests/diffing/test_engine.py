"""What compare promises besides kinds and materiality: order, place, determinism, bounded cost."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from archive.records import Expression, Provision
from diffing.engine import ENGINE, compare, document_appeared
from diffing.text import redline
from tests.labelled import cases

ROOT = Path(__file__).resolve().parents[2]


def law(*provisions: Provision) -> Expression:
    return Expression(work="xx/law", as_of=date(2026, 1, 1), recipe="made/1", provisions=provisions)


def item(eid: str, text: str, *children: Provision, num: str = "", unit: str = "") -> Provision:
    return Provision(eid=eid, text=text, children=children, num=num, unit=unit)


def test_changes_come_in_document_order_and_a_repeal_stands_where_it_stood() -> None:
    before = law(
        item("a", "First text here."), item("b", "Second text there."), item("c", "Third text, of kilns.")
    )
    after = law(
        item("a", "First words here."),
        item("c", "Third text, of ovens."),
        item("d", "Quite another subject."),
    )
    changes = compare(before, after)
    assert [(c.kind, c.old_eid or c.new_eid) for c in changes] == [
        ("substitution", "a"), ("repeal", "b"), ("substitution", "c"), ("insertion", "d"),
    ]  # fmt: skip


def test_the_path_names_what_encloses_a_change_root_first() -> None:
    def entry(text: str) -> Expression:
        return law(
            Provision(
                eid="3A090", unit="entry", num="3A090", heading="Integrated circuits",
                children=(item("3A090.a", "As follows:", item("3A090.a.1", text, num="1."), num="a."),),
            )
        )  # fmt: skip

    (change,) = compare(entry("4800 or more"), entry("2400 or more"))
    assert [(place.eid, place.num) for place in change.path] == [("3A090", "3A090"), ("3A090.a", "a.")]


def test_a_changed_number_mark_is_shown_on_both_sides() -> None:
    (change,) = compare(law(item("x", "The words.", num="(a)")), law(item("x", "The words.", num="(b)")))
    assert (change.text_before, change.text_after) == ("(a) The words.", "(b) The words.")


def test_heading_and_text_are_joined_by_a_newline() -> None:
    before = law(Provision(eid="x", heading="Scope", text="All items."))
    after = law(Provision(eid="x", heading="Scope", text="No items."))
    (change,) = compare(before, after)
    assert change.text_before == "Scope\nAll items."


def test_a_document_that_appears_is_one_insertion_of_all_its_words() -> None:
    change = document_appeared(law(item("a", "One."), item("b", "Two.")))
    assert (change.kind, change.materiality, change.text_after) == ("insertion", "substantive", "One.\nTwo.")
    assert (change.old_eid, change.new_eid) == (None, None)


def test_records_pickle_so_that_any_executor_can_compare() -> None:
    case = cases()[0]
    changes = compare(*pickle.loads(pickle.dumps((case.before, case.after))))
    assert pickle.loads(pickle.dumps(changes)) == changes


def test_results_are_the_same_bytes_for_every_hash_seed() -> None:
    program = (
        "from tests.labelled import cases\nfrom diffing.engine import compare\nfrom archive.codec import dumps\n"
        "import hashlib\nprint(hashlib.sha256('\\n'.join(dumps(compare(c.before, c.after)) for c in cases()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(digests) == 1


def test_two_long_unlike_texts_are_compared_in_bounded_time() -> None:
    before = " ".join(f"alpha{k} beta{k * 7 % 997} common" for k in range(4000))
    after = " ".join(f"gamma{k} common delta{k * 5 % 991}" for k in range(4000))
    started = time.perf_counter()
    ops = redline(before, after).ops
    assert time.perf_counter() - started < 10
    assert "".join(text for sign, text in ops if sign != "+") == before


def test_a_deep_tree_is_no_recursion() -> None:
    before = after = item("leaf", "deep words here")
    after = item("leaf", "deep words there")
    for level in range(3000):
        before, after = (Provision(eid=f"n{level}", children=(inner,)) for inner in (before, after))
    (change,) = compare(law(before), law(after))
    assert change.kind == "substitution"
    assert len(change.path) == 3000


def test_the_engine_names_itself_and_its_version() -> None:
    assert ENGINE.startswith("tocsin-diff/")


def test_two_provisions_of_one_eid_are_both_compared() -> None:
    """Uniqueness is the reader's duty; if it fails, nothing may be lost."""
    before = law(item("x", "First of two."), item("x", "Second of two, about kilns."))
    after = law(item("x", "First of two."), item("x", "Second of two, about ovens."))
    (change,) = compare(before, after)
    assert change.text_after == "Second of two, about ovens."
