"""What acts announce beside what was observed: invented acts and changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from archive.records import Amendment, Change, Enclosing, StoredChange
from diffing.touches.claimed import Claim, answers, claims_of, compare_claims

PART = "us/cfr/15/744"
LIST = "us/cfr/15/744/supp-4"
CCL = "us/cfr/15/774/supp-1"
DAY = date(2026, 3, 2)
BEFORE, AFTER = date(2026, 2, 20), date(2026, 3, 3)


def said(eid: str = "", *, work: str = PART, operation: str = "revise", **more: object) -> Amendment:
    values: dict[str, object] = {
        "part": work.split("/")[3] if work.startswith("us/cfr/") else "",
        "effective": DAY,
        "instruction": "1",
        **more,
    }
    return Amendment(operation=operation, work=work, eid=eid, **values)  # type: ignore[arg-type]


def seen(
    new: str | None,
    *,
    old: str | None = "same",
    work: str = PART,
    kind: str = "substitution",
    before: date | None = BEFORE,
    after: date = AFTER,
    text: str = "",
    materiality: str = "substantive",
    **more: object,
) -> StoredChange:
    old = new if old == "same" else old
    change = Change(
        kind=kind, materiality=materiality, reason="", old_eid=old, new_eid=new, text_after=text, ops=(("+", text),), **more
    )  # type: ignore[arg-type]  # fmt: skip
    return StoredChange(
        id=f"{work}#{new}|{old}|{after}|{text[:20]}",
        source="us_ecfr",
        work=work,
        title="",
        transition_id="t",
        before=before,
        after=after,
        observed_at=datetime(2026, 3, 4, tzinfo=UTC),
        change=change,
    )


def states(
    *amendments: Amendment, observed: tuple[StoredChange, ...] = (), held: tuple[date, ...] = (BEFORE, AFTER)
) -> list[str]:
    works = {amendment.work for amendment in amendments}
    claims = claims_of("us/fr/2026-90001", amendments)
    return [
        outcome.state for outcome in compare_claims(claims, observed, dict.fromkeys(works, held)).outcomes
    ]


@pytest.mark.parametrize(
    ("amendment", "change"),
    [
        (said("744.11.a"), seen("744.11.a")),
        (said("744.11.a"), seen("744.11.a.2.iv")),
        (said("744.11"), seen("744.11.c.1", old=None, kind="insertion")),
        (said("744.11.b", operation="remove"), seen(None, old="744.11.b", kind="repeal")),
        (said("744.11.d", operation="redesignate", becomes="(e)"), seen("744.11.e", old="744.11.d", kind="renumbering")),
        (said("744.11.d.1"), seen("744.11.e", old="744.11.d", kind="renumbering", carried=(("744.11.d.1", "744.11.e.1"),))),
        (said("744.11.a.3", operation="add"), seen("744.11.a", text="and (3) any other")),
        (said("772.1", work="us/cfr/15/772", unit="definition", name="Node"), seen("772.1.node", work="us/cfr/15/772", text="Node. A place.")),
        (said("772.1", work="us/cfr/15/772", unit="definition", name="Node"), seen("772.1.node.a", work="us/cfr/15/772", path=(Enclosing(eid="772.1.node", heading="Node"),))),
        (said(unit="authority citation"), seen("authority", unit="authority")),
        (said(subpart="C", operation="add"), seen("744.60", old=None, kind="insertion", path=(Enclosing(eid="subpart-C", unit="subpart", num="Subpart C"),))),
        (said("3A090", work=CCL), seen("3A090.a.1", work=CCL)),
        (said(work=LIST, unit="entry", name="Alpha Lathes Co., Ltd.", under="INDIA", operation="add"), seen("supp-4.india.alpha", old=None, work=LIST, kind="insertion", text="INDIA | Alpha Lathes Company Limited, 1 Road | All items")),
        (said(work=LIST, unit="entry", name="Alpha Lathes", under="CHINA, PEOPLE'S REPUBLIC OF"), seen("supp-4.china.alpha", work=LIST, text=" | ALPHA LATHES, 1 Road | All", path=(Enclosing(eid="supp-4.china", heading="CHINA, PEOPLE’S REPUBLIC OF"),))),
        (said("別表1/7", work="jp/law/1"), seen("別表1/7/16", work="jp/law/1")),
    ],
)  # fmt: skip
def test_a_change_at_the_announced_place_is_found(amendment: Amendment, change: StoredChange) -> None:
    assert answers(change, amendment)
    assert states(amendment, observed=(change,)) == ["found"]


@pytest.mark.parametrize(
    ("amendment", "change"),
    [
        (said("744.11.a"), seen("744.11.b")),
        (said("744.1"), seen("744.11")),
        (said("744.11.a.3"), seen("744.11.a", text="another word")),
        (said("3A090", work=CCL), seen("3A991", work=CCL)),
        (said("744.11"), seen("744.11", work=LIST)),
        (said("772.1", work="us/cfr/15/772", unit="definition", name="Node"), seen("772.1.nodes-at-sea", work="us/cfr/15/772", text="Anode. Another.")),
        (said(unit="authority citation"), seen("744.11")),
        (said(work=LIST, unit="entry", name="Alpha Lathes", under="INDIA"), seen("x", work=LIST, text="INDIA | Alphabet Lathes")),
        (said(work=LIST, unit="entry", name="Alpha Lathes", under="INDIA"), seen("x", work=LIST, text="IRAN | Alpha Lathes", path=(Enclosing(eid="y", heading="IRAN"),))),
    ],
)  # fmt: skip
def test_a_change_elsewhere_is_not(amendment: Amendment, change: StoredChange) -> None:
    assert states(amendment, observed=(change,)) == ["missing"]


@pytest.mark.parametrize(
    ("held", "state"),
    [((BEFORE,), "awaited"), ((AFTER,), "unchecked"), ((), "unchecked"), ((BEFORE, DAY), "missing")],
)
def test_what_is_held_decides_what_can_be_said(held: tuple[date, ...], state: str) -> None:
    assert states(said("744.11.a"), held=held) == [state]


@pytest.mark.parametrize(
    "amendment",
    [
        said("744.11.a", operation="unknown"),
        said(unit="authority citation", operation="keep"),
        said("744.11.a", effective=None),
    ],
)
def test_what_cannot_be_checked_says_why(amendment: Amendment) -> None:
    (outcome,) = compare_claims(
        [Claim(act="us/fr/1", amendment=amendment)], (), {PART: (BEFORE, AFTER)}
    ).outcomes
    assert outcome.state == "unchecked"
    assert outcome.reason


def test_only_changes_from_the_effective_day_on_and_in_its_time_count() -> None:
    early = seen("744.11.a", before=date(2026, 1, 1), after=date(2026, 2, 1))
    late = seen("744.11.a", before=date(2026, 9, 1), after=date(2026, 9, 9))
    spanning = seen("744.11.a", before=date(2026, 1, 1), after=date(2026, 9, 9))
    first = seen("744.11.a", before=None)
    for change, state in ((early, "missing"), (late, "missing"), (spanning, "found"), (first, "missing")):
        assert states(said("744.11.a"), observed=(change,), held=(BEFORE, date(2026, 9, 9))) == [state]


def test_what_no_act_announces_is_told_once_and_only_where_an_act_is_known() -> None:
    covered, alone = seen("744.11.a"), seen("744.15.b")
    editorial = seen("744.16", materiality="editorial")
    before_all = seen("744.17", before=date(2025, 1, 1), after=date(2025, 2, 1))
    elsewhere = seen("3A090", work=CCL)
    result = compare_claims(
        claims_of("us/fr/1", [said("744.11.a")]),
        [covered, alone, editorial, before_all, elsewhere],
        {PART: (BEFORE, AFTER), CCL: (BEFORE, AFTER)},
    )
    assert result.unannounced == (alone,)


def test_an_instruction_that_was_not_understood_may_be_what_announced_it() -> None:
    alone = seen("744.15.b")
    claims = claims_of(
        "us/fr/1", [said("744.11.a"), Amendment(operation="unknown", part="744", effective=DAY)]
    )
    assert compare_claims(claims, [alone], {PART: (BEFORE, AFTER)}).unannounced == ()
    late = seen("744.15.b", before=date(2026, 9, 1), after=date(2026, 9, 9))
    assert compare_claims(claims, [late], {PART: (BEFORE, AFTER)}).unannounced == (late,)


def test_within_is_what_the_caller_says() -> None:
    late = seen("744.11.a", before=date(2026, 9, 1), after=date(2026, 9, 9))
    (outcome,) = compare_claims(
        claims_of("us/fr/1", [said("744.11.a")]), [late], {PART: (BEFORE, AFTER)}, within=timedelta(days=400)
    ).outcomes
    assert outcome.changes == (late,)
