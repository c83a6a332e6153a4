"""The contents of a regulation: each place once, with its address and its name, short and without anything that acts."""

from __future__ import annotations

from archive.sections import Place
from tocsin.web.contents_html import contents
from tocsin.web.wording import Wording

WORK = "us/cfr/15/999"


def place(eid: str, num: str = "", heading: str = "") -> Place:
    return Place(address=1, parent=None, eid=eid, unit="section", num=num, heading=heading, size=0)


def told(*places: Place, twice: frozenset[tuple[str, str]] = frozenset(), depth: int = 1) -> list[str]:
    said = contents(((depth, one) for one in places), twice, WORK, query={"on": "2026-02-02"}, said=Wording())
    return str(said).splitlines()


def test_a_place_is_called_by_its_number_and_heading_and_leads_to_its_address() -> None:
    numbered, headed = told(
        place("999.1", "§ 999.1", "Scope"), place("a<b", heading="<b> & \u202eco"), depth=11
    )
    assert numbered == '<li class="d8"><a href="/us/cfr/15/999/999.1?on=2026-02-02">§ 999.1</a> Scope</li>'
    assert headed == '<li class="d8"><a href="/us/cfr/15/999/a%3Cb?on=2026-02-02">&lt;b&gt; &amp; co</a></li>'


def test_a_long_heading_is_cut_between_words() -> None:
    whole, cut = told(place("1", heading="word " * 18 + "end"), place("2", heading="word " * 30))
    assert ">" + "word " * 18 + "end<" in whole
    assert ">" + "word " * 16 + "word...<" in cut


def test_places_that_are_called_the_same_say_where_they_stand() -> None:
    named, bare = told(place("a.1", "1", "Scope"), place("b-2"), twice=frozenset({("1", "Scope"), ("", "")}))
    where = [Wording().told_apart(WORK, eid) for eid in ("a.1", "b-2")]
    assert named.endswith(f'>1</a> Scope <span class="path">{where[0]}</span></li>')
    assert bare.endswith(f">{where[1]}</a></li>")
