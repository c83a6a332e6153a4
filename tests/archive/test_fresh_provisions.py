"""A provision made in haste is the one that its constructor makes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields

import pytest

from archive.fresh_provisions import fresh_provision
from archive.records import Applicability, Provision

BELOW = fresh_provision("1.a", "item", "a.", "", "words", ())


def test_it_is_the_same_provision() -> None:
    states = (Applicability(state="future", words="from then on"),)
    made = fresh_provision("1", "entry", "1", "Widgets", "as follows", (BELOW,), states)
    assert made == Provision(
        eid="1",
        unit="entry",
        num="1",
        heading="Widgets",
        text="as follows",
        children=(BELOW,),
        applicability=states,
    )
    assert hash(made) == hash(pickle.loads(pickle.dumps(made)))
    assert [one.eid for one in made.walk()] == ["1", "1.a"]


def test_no_field_is_left_out() -> None:
    assert all(hasattr(BELOW, one.name) for one in fields(Provision))


def test_it_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        BELOW.text = "else"  # type: ignore[misc]
