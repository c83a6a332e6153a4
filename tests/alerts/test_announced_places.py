"""A watch on a place of the law hears of the paper that announces its amendment, at any level. All content is invented."""

from __future__ import annotations

import pytest

from alerts.match import match
from archive.records import Fact, StoredChange
from tests.alerts.made import change, stored, watch

TEXT = """A Rule of This Test
The bureau thought of § 744.21 and of 3A001 for long, and of Supplement No. 6 to part 744.
1. The authority citation for 15 CFR part 744 continues to read as follows:
2. Section 744.11 is amended by revising paragraph (c) to read as follows:
3. In § 744.9(b)(2), remove the words of this test.
4. Supplement No. 4 to part 744 is amended under THAILAND by adding an entry.
5. In Supplement No. 1 to part 774, ECCN 3A090 is revised to read as follows:
6. Section 120.5 is amended by adding paragraph (z)."""


def paper(*parts: str, text: str = TEXT) -> StoredChange:
    return stored(
        change((("+", text),), kind="insertion", reason="a document appeared", old_eid=None, new_eid=None),
        source="us_federal_register",
        work="us/fr/2026-00001",
        before=None,
        facts=tuple(Fact(name="cfr_part", value=part) for part in parts),
    )


@pytest.mark.parametrize(
    ("place", "met"),
    [
        ("us/cfr/15/744", True),
        ("us/cfr/15/774", True),
        ("us/cfr/15/740", False),
        ("us/cfr/22/120", False),
        ("us/cfr/15/744#744.11", True),
        ("us/cfr/15/744#744.9", True),
        ("us/cfr/15/744#744.9.b", True),
        ("us/cfr/15/744#744.9.b.2", True),
        ("us/cfr/15/744#744.9.b.3", False),
        ("us/cfr/15/744#744.21", False),
        ("us/cfr/15/744/supp-4", True),
        ("us/cfr/15/744/supp-6", False),
        ("us/cfr/15/774/supp-1", True),
        ("us/cfr/15/774/supp-1#3A090", True),
        ("us/cfr/15/774/supp-1#3A001", False),
        ("us/cfr/15/744#120.5", False),
    ],
)
def test_a_paper_meets_the_places_that_its_instructions_name(place: str, met: bool) -> None:
    assert bool(match([watch(works=(place,))], paper("15/744", "15/774"))) is met


@pytest.mark.parametrize("said", ["15/744", "15 CFR 744", "15 CFR Part 744", "15 CFR Parts 744"])
def test_the_part_is_known_in_every_form_in_which_the_head_of_a_paper_gives_it(said: str) -> None:
    assert match([watch(works=("us/cfr/15/744",))], paper(said, text="Words"))
    assert not match([watch(works=("us/cfr/15/74",))], paper(said, text="Words"))
