"""legislation.gov.uk: an invented order in Crown Legislation Markup."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import UnreadableDocument
from archive.records import Provision, Reading
from normalize.reading import Hints, read

HINTS = Hints(as_of=date(2031, 5, 1), document="/uksi/2031/77/data.xml")
ORDER = """<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" DocumentURI="http://www.legislation.gov.uk/uksi/2031/77%s">
<ukm:Metadata xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/">
<dc:title>The Export of Buoys Order 2031</dc:title><dc:modified>2031-04-02</dc:modified><dct:valid>2031-04-01</dct:valid>
<ukm:UnappliedEffects><ukm:UnappliedEffect/></ukm:UnappliedEffects></ukm:Metadata>
<Secondary><SecondaryPrelims><Number>2031 No. 77</Number><Title>The Export of Buoys Order 2031</Title></SecondaryPrelims>
<Body><Part id="part-1"><Number><Strong>PART 1</Strong></Number><Title>General</Title>
<P1group><Title>Interpretation</Title><P1 id="article-2"><Pnumber><CommentaryRef Ref="c1"/>2</Pnumber><P1para>
<P2 id="article-2-1"><Pnumber>1</Pnumber><P2para><Text>In this Order—</Text><UnorderedList><ListItem><Para><Text>“<Term>buoy</Term>” means a float;</Text></Para></ListItem></UnorderedList>
<P3 id="article-2-1-a"><Pnumber><Substitution ChangeId="k" CommentaryRef="c2">a</Substitution></Pnumber><P3para><Text>a mass of 10<Superior>3</Superior> kg <Addition CommentaryRef="c2">or more</Addition>;</Text></P3para></P3></P2para></P2>
<P2 id="article-2-2" Status="Prospective"><Pnumber>2</Pnumber><P2para><Text>In the 2008 Order insert—</Text><BlockAmendment><P3><Pnumber>aa</Pnumber><P3para><Text>a raft;</Text></P3para></P3></BlockAmendment><AppendText>.</AppendText></P2para></P2>
</P1para></P1></P1group></Part></Body>
<Schedules><Schedule id="schedule-2"><Number>SCHEDULE 2</Number><TitleBlock><Title>Codes</Title></TitleBlock><Reference>Article 3</Reference><ScheduleBody>
<P1 id="schedule-2-paragraph-1"><Pnumber>1</Pnumber><P1para><Text>The codes are in the table.</Text></P1para></P1>
<Tabular><table xmlns="http://www.w3.org/1999/xhtml"><tbody><tr><th>Code</th><th>Goods</th></tr><tr><td>PL9009.a</td><td>Buoys</td></tr></tbody></table></Tabular>
</ScheduleBody></Schedule></Schedules></Secondary>
<Commentaries><Commentary id="c1" Type="I"><Para><Text>Art. 2 in force at 1.4.2031</Text></Para></Commentary>
<Commentary id="c2" Type="F"><Para><Text>Words substituted</Text></Para></Commentary>
<Commentary id="c9" Type="M"><Para><Text>Referred to by nobody</Text></Para></Commentary></Commentaries></Legislation>"""


def order(rest: str = "") -> Reading:
    return read("uk_legislation", (ORDER % rest).encode(), HINTS)


def provisions(reading: Reading) -> dict[str, Provision]:
    assert reading.leftovers == ()
    return {one.eid: one for one in reading.expressions[0].walk()}


def test_an_order_is_addressed_as_the_publisher_names_its_parts() -> None:
    found = provisions(order())
    assert (found["part-1"].num, found["part-1"].heading) == ("PART 1", "General")
    assert (found["article-2"].unit, found["article-2"].heading) == ("article", "Interpretation")
    assert found["article-2.1.buoy"].text == "“buoy” means a float;"
    assert found["article-2.1.a"].text == "a mass of 10^3 kg or more;"
    assert found["schedule-2.paragraph-1"].text == "The codes are in the table."
    assert found["schedule-2.table.pl9009-a-buoys"].text == "PL9009.a | Buoys"


def test_text_put_into_another_law_is_quoted_and_has_no_address_of_this_one() -> None:
    found = provisions(order())
    assert found["article-2.2"].text == "In the 2008 Order insert—"
    assert found["article-2.2.quoted.aa"].text == "a raft;."
    assert [eid for eid in found if "quoted" in eid] == ["article-2.2.quoted", "article-2.2.quoted.aa"]


def test_items_that_the_site_numbers_are_cited_by_the_style_of_their_list() -> None:
    listed = (
        '<P1 id="article-9"><Pnumber>9</Pnumber><P1para><Text>Items:</Text><OrderedList Type="alpha" Decoration="period">'
        '<ListItem><Para><Text>circuits:</Text><OrderedList Type="arabic"><ListItem><Para><Text>hardened;</Text></Para></ListItem>'
        '<ListItem NumberOverride="1a."><Para><Text>other;</Text></Para></ListItem></OrderedList></Para></ListItem>'
        "<ListItem><Para><Text>lenses.</Text></Para></ListItem></OrderedList></P1para></P1>"
    )
    body = ORDER.replace("%s", "").replace("</Body>", f"{listed}</Body>")
    reading = read("uk_legislation", body.encode(), HINTS)
    found = {one.eid: one.text for one in reading.expressions[0].walk()}
    assert reading.leftovers == ()
    assert (found["article-9.a.1"], found["article-9.a.1a"], found["article-9.b"]) == (
        "hardened;",
        "other;",
        "lenses.",
    )


def test_annotations_hang_once_under_what_they_annotate() -> None:
    found = provisions(order())
    assert found["article-2.annotation-I"].text == "Art. 2 in force at 1.4.2031"
    assert found["article-2.1.a.annotation-F"].unit == "citation"
    assert found["annotations.annotation-M"].text == "Referred to by nobody"
    assert sum(one.text == "Words substituted" for one in found.values()) == 1


def test_a_prospective_provision_is_future_law() -> None:
    found = provisions(order())
    assert [one.state for one in found["article-2.2"].applicability] == ["future"]
    assert found["article-2.1"].applicability == ()


def test_title_and_dates_are_facts_and_effects_not_yet_worked_in_are_told() -> None:
    reading = order()
    made = reading.expressions[0]
    assert (made.work, made.title, made.scope) == ("uk/uksi/2031/77", "The Export of Buoys Order 2031", ())
    assert [(fact.name, fact.value) for fact in made.facts] == [
        ("published", "2031-04-02"),
        ("effective", "2031-04-01"),
    ]
    assert any("1 amendments are not yet worked in" in remark.message for remark in reading.remarks)


def test_a_piece_of_a_text_declares_its_scope() -> None:
    assert order("/schedule/2").expressions[0].scope == (
        "introduction",
        "part-1",
        "schedule-2",
        "annotations",
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"<html><body>202</body></html>", "web page"),
        (
            b'<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" DocumentURI="http://www.legislation.gov.uk/uksi/2031/77"/>',
            "no provision",
        ),
        (ORDER.encode()[:1500], "cut off"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><Legislation>&b;</Legislation>", "entities"),
        (b"<Akn/>", "root element"),
        (b"<Legislation>" + b"<P1>" * 5000 + b"x" + b"</P1>" * 5000 + b"</Legislation>", "nested|deeper"),
    ],
)
def test_hostile_or_empty_input_is_a_clear_error(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said) as refused:
        read("uk_legislation", body, HINTS)
    assert refused.value.mend
