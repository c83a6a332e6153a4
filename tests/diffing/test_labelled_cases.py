"""Every labelled case: the kinds, the eids, the materiality, and what else the case is about."""

from __future__ import annotations

import pytest

from diffing.engine import compare
from tests.labelled import Case, cases


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_labelled_case_is_told_as_its_label_says(case: Case) -> None:
    changes = compare(case.before, case.after)
    told = sorted((c.kind, c.old_eid or "-", c.new_eid or "-", c.materiality) for c in changes)
    assert told == sorted(case.expect), (case.why, [change.reason for change in changes])
    if case.carried is not None:
        assert sorted(pair for change in changes for pair in change.carried) == sorted(case.carried)
    if case.limits is not None:
        limits = [(limit.eid, limit.old, limit.new, limit.direction) for c in changes for limit in c.limits]
        assert sorted(limits) == sorted(case.limits)


def test_there_are_cases_for_every_kind_and_language() -> None:
    found = cases()
    assert {told[0] for case in found for told in case.expect} >= {
        "insertion", "repeal", "substitution", "renumbering", "move", "split", "join", "applicability",
    }  # fmt: skip
    assert {case.before.language for case in found} == {"en", "ja", "zh", "de", "fr", "nl"}
    assert len({case.id for case in found}) == len(found) >= 60
