"""When a British text comes into force, as it says itself: by a day, by a period, by parts, or by nobody's day yet."""

from __future__ import annotations

from datetime import date

from archive.records import Reading
from normalize.reading import Hints, read

_NS = 'xmlns="http://www.legislation.gov.uk/namespaces/legislation" xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata"'


def section(number: int, *paragraphs: str) -> str:
    """A section of numbered subsections; a subsection that ends with a dash is followed by the items of its list, parted by ``|``."""
    made = []
    for count, words in enumerate(paragraphs, 1):
        chapeau, *items = words.split("|")
        listed = "".join(
            f'<P3 id="section-{number}-{count}-{letter}"><Pnumber>{letter}</Pnumber><P3para><Text>{item}</Text></P3para></P3>'
            for letter, item in zip("abcdef", items, strict=False)
        )
        made.append(
            f'<P2 id="section-{number}-{count}"><Pnumber>{count}</Pnumber><P2para><Text>{chapeau}</Text>{listed}</P2para></P2>'
        )
    return (
        f'<P1group><Title>Title {number}</Title><P1 id="section-{number}"><Pnumber>{number}</Pnumber><P1para>'
        + "".join(made)
        + "</P1para></P1></P1group>"
    )


def act(*commencement: str, on: date = date(2031, 5, 1)) -> Reading:
    body = (
        f'<Legislation {_NS} DocumentURI="http://www.legislation.gov.uk/ukpga/2031/7"><ukm:Metadata>'
        '<ukm:PrimaryMetadata><ukm:EnactmentDate Date="2031-04-30"/></ukm:PrimaryMetadata></ukm:Metadata><Primary><PrimaryPrelims>'
        "<Title>Sextants Act 2031</Title></PrimaryPrelims><Body>"
        + "".join(section(number, "One.", "Two.") for number in (1, 2, 3, 4))
        + section(5, *commencement)
        + "</Body></Primary></Legislation>"
    )
    reading = read(
        "uk_legislation",
        body.encode(),
        Hints(as_of=on, url="http://www.legislation.gov.uk/ukpga/2031/7/data.xml"),
    )
    assert reading.leftovers == ()
    return reading


def ends(reading: Reading) -> dict[str, list[date | None]]:
    return {
        one.eid: [state.end for state in one.applicability]
        for one in reading.expressions[0].walk()
        if one.applicability
    }


def test_sections_that_come_into_force_on_a_day_are_law_to_come_until_then() -> None:
    found = ends(act("Sections 1 to 2 and section 3(2) come into force on 1st October 2031."))
    assert set(found) == {
        "section-1",
        "section-1.1",
        "section-1.2",
        "section-2",
        "section-2.1",
        "section-2.2",
        "section-3.2",
    }
    assert found["section-3.2"] == [date(2031, 9, 30)]


def test_a_period_that_begins_with_the_day_of_passing_is_counted() -> None:
    said = "Section 1 comes into force at the end of the period of two months beginning with the day on which this Act is passed."
    assert ends(act(said))["section-1"] == [date(2031, 6, 29)]


def test_a_list_says_what_comes_into_force() -> None:
    found = ends(
        act(
            "The following provisions of this Act come into force on 1 January 2032—|section 1;|sections 3 and 4."
        )
    )
    assert {eid.split(".")[0] for eid in found} == {"section-1", "section-3", "section-4"}


def test_a_day_that_a_minister_appoints_is_told() -> None:
    reading = act(
        "Section 1 comes into force on such day as the Secretary of State may by regulations appoint."
    )
    assert ends(reading) == {}
    assert "not by a day" in reading.remarks[0].message


def test_what_comes_into_force_for_some_purposes_only_is_told_and_marked_nowhere() -> None:
    reading = act(
        "Section 1 comes into force on 1 January 2032 so far as it confers power to make regulations."
    )
    assert ends(reading) == {}
    assert "some purposes only" in reading.remarks[0].message


def test_what_is_in_force_on_the_day_of_the_edition_has_no_state() -> None:
    assert ends(act("Section 1 comes into force on 1st October 2031.", on=date(2031, 10, 1))) == {}


def test_a_section_of_another_act_is_not_meant() -> None:
    assert ends(act("Section 1 of the Export Control Act 2002 comes into force on 1st October 2031.")) == {}
