"""What a message says: whole in plain text, grouped, dated, explained, and safe in HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from alerts.citations import cite
from alerts.conditions import Watch
from alerts.folding import folded
from alerts.match import match
from alerts.message import Payload
from alerts.messages import LISTED, SHOWN, Context, deliveries_for
from alerts.sources import SourceNote
from archive.codec import loads
from archive.records import Applicability, Delivery, Enclosing, Fact, Operation, StoredChange, Touch
from tests.alerts.made import NOW, change, chips, document, stored, thailand, watch

CONTEXT = Context(now=NOW, address="http://127.0.0.1:8801")


def owed(ones: list[StoredChange], watches: list[Watch], context: Context = CONTEXT) -> tuple[Delivery, ...]:
    return deliveries_for(ones, [found for one in ones for found in match(watches, one)], context)


def payload(ones: list[StoredChange], *watches: Watch, context: Context = CONTEXT) -> Payload:
    return loads(owed(ones, list(watches) or [watch()], context)[0].payload, Payload)


def text_of(markup: str) -> str:
    """What is left of HTML where a program keeps nothing but text."""
    return str(lxml_html.document_fromstring(markup.replace("<br>", "\n")).text_content())


def test_a_message_says_what_changed_where_why_since_when_and_how_far_to_trust_it() -> None:
    said = payload([thailand()], watch("Thai desk", owner="ann", matter="M-12", countries=("TH",)))
    assert said.title == "10 CFR Part 810, Appendix A: inserted Thailand"
    for part in (
        said.title,
        "eCFR: Part 810 of a fixture",
        "Edition of 2026-03-25 → edition of 2026-06-18, observed 2026-06-18 09:00 UTC",
        "Appendix A Destinations of this fixture",
        "Thailand",
        "watch “Thai desk” of ann, matter M-12: we ship it",
        "country Thailand (TH), in inserted words, as item",
        "substantive (a provision was inserted)",
        "The eCFR is not the official edition of the Code of Federal Regulations. Sources checked to 2026-06-18.",
    ):
        assert part in said.body
        assert part in text_of(said.html).replace("\n", " ")
    assert "http://127.0.0.1:8801/change/c-th" in said.body
    assert 'href="http://127.0.0.1:8801/change/c-th"' in said.html


def test_numbers_never_run_together() -> None:
    said = payload([chips()])
    for text in (said.title, said.body, text_of(said.html)):
        assert "48002400" not in text
        assert re.search(r"4800\W+2400|4800 → ≥ 2400", text)
    assert "In short: 4800 → 2400" in said.body
    assert "[-4800-] [+2400+]" in said.body
    assert "total processing performance: ≥ 4800 → ≥ 2400 (tighter)" in said.body


def test_what_a_source_says_of_itself_comes_from_the_caller() -> None:
    note = SourceNote(title="Gazette", legal_status="This is the official text.", checked=date(2026, 6, 17))
    said = payload([thailand()], context=Context(now=NOW, sources={"us_ecfr": note}))
    assert "Gazette: Part 810" in said.body
    assert "This is the official text. Sources checked to 2026-06-17." in said.body


def test_without_an_address_of_the_archive_only_the_publisher_is_linked() -> None:
    said = payload([thailand()], context=Context(now=NOW))
    page = "https://www.ecfr.gov/on/2026-06-18/title-10/part-810"
    assert re.findall(r"https?://\S+", said.body) == [page]
    assert re.findall(r'href="([^"]*)"', said.html) == [page]


def test_a_document_shows_its_dates_with_the_days_left() -> None:
    said = payload([document()])
    assert said.title == "Federal Register: Notice of a public meeting"
    assert "Comments close: 2026-07-18 (Saturday) (in 30 days)" in said.body
    assert "Published: 2026-06-18 (Thursday)\n" in said.body
    assert "Action: Notice; request for comments." in said.body
    late = payload([document(facts=(Fact(name="effective", value="2026-06-17"),))])
    assert "Effective: 2026-06-17 (Wednesday) (1 day ago)" in late.body


def test_a_stay_shows_when_it_begins_and_ends() -> None:
    stay = Applicability(state="stayed", start=date(2026, 6, 18), end=date(2026, 11, 9))
    one = stored(change((), kind="applicability", applicability=(stay,)))
    said = payload([one])
    assert "Stayed from: 2026-06-18 (Thursday) (today)" in said.body
    assert "Stayed until: 2026-11-09 (Monday) (in 144 days)" in said.body


def test_changes_are_grouped_under_their_headings() -> None:
    path = (Enclosing(eid="744.11", unit="section", num="§ 744.11", heading="A heading of this fixture"),)
    ones = [
        stored(change(new_eid=f"744.11.{mark}", path=path), id=f"c{mark}", work="us/cfr/15/744")
        for mark in "abc"
    ]
    said = payload(ones)
    assert said.body.count("§ 744.11 A heading of this fixture") == 1
    assert said.title.endswith("4800 → 2400 and 2 more")
    assert [f"15 CFR 744.11({mark})" in said.body for mark in "abc"] == [True] * 3


def test_what_is_under_a_new_entry_stands_under_its_heading_too() -> None:
    entry = Enclosing(eid="2D352", unit="entry", num="2D352", heading="Software of this fixture")
    block = Enclosing(eid="2D352.requirements", unit="paragraph", heading="License Requirements")
    new = {"kind": "insertion", "old_eid": None}
    ones = [
        stored(
            change((("+", "a"),), new_eid="2D352", unit="entry", num="2D352", heading=entry.heading, **new),
            id="c1",
        ),
        stored(
            change((("+", "b"),), new_eid="2D352.requirements.x", unit="row", path=(entry, block), **new),
            id="c2",
        ),
    ]
    said = payload(ones)
    assert said.body.count("\n2D352 Software of this fixture\n") == 1
    assert "ECCN 2D352 › License Requirements" in said.body


def test_what_moved_with_no_word_changed_shows_its_beginning() -> None:
    one = stored(
        change((("=", "The text that moved. " * 40),), kind="move", old_eid="1C350.a.1", new_eid="1C350.b")
    )
    said = payload([one])
    assert "Moved 1C350.a.1 to 1C350.b" in said.body
    assert "    The text that moved. The text that moved." in said.body
    assert "characters unchanged …]" in said.body
    assert "deleted-]" not in said.body


def test_the_marks_are_explained_once_and_again_only_where_they_differ() -> None:
    ones = [
        stored(change(), id="c1"),
        stored(change(), id="c2"),
        stored(change((("+", "[+ plus ]"),)), id="c3"),
    ]
    said = payload(ones)
    assert said.body.count("[-deleted-] [+added+]") == 1
    assert said.body.count("{-deleted-} {+added+}") == 1


def test_watches_of_one_target_share_a_message_and_each_has_a_delivery() -> None:
    first, second = thailand(), chips()
    second = replace(second, transition_id=first.transition_id)
    watches = [
        watch("a", countries=("TH",), notify=("console:", "legal")),
        watch("b", notify=("legal",)),
        watch("c", eccn=("9A001",), notify=("legal",)),
    ]
    found = owed([first, second], watches)
    assert [(one.target, one.watch, one.changes) for one in found] == [
        ("console:", "a", ("c-th",)),
        ("legal", "a", ("c-th",)),
        ("legal", "b", ("c-th", "c-chips")),
    ]
    assert len({one.key for one in found}) == 3
    assert found[0].message_id != found[1].message_id == found[2].message_id
    assert found[1].payload == found[2].payload
    assert "watch “a”" in loads(found[1].payload, Payload).body
    assert "1 other substantive change" in loads(found[0].payload, Payload).body


def test_the_same_transition_gives_the_same_ids_whenever_it_is_told() -> None:
    later = Context(now=NOW + timedelta(days=9), address=CONTEXT.address)
    first, second = owed([thailand()], [watch()]), owed([thailand(id="another")], [watch()], later)
    assert [(one.key, one.message_id) for one in first] == [(one.key, one.message_id) for one in second]


def test_nothing_met_is_nothing_owed() -> None:
    assert owed([thailand()], [watch(countries=("JP",))]) == ()


def test_a_message_is_never_empty_of_what_changed() -> None:
    with pytest.raises(AssertionError, match="never empty"):
        owed([stored(change((("=", "the same"),)))], [watch()])


def test_a_long_message_names_what_it_does_not_show_and_counts_the_rest() -> None:
    ones = [stored(change(), id=f"c{number}") for number in range(SHOWN + LISTED + 7)]
    said = payload(ones)
    assert said.body.count("Read it: ") == SHOWN
    assert said.body.count("\n- ") == 1 + LISTED
    assert "and 7 more that are not named here" in said.body
    assert f"({len(ones)} changes)" in said.body


def test_a_long_text_is_folded_and_cut_with_its_count_and_a_link() -> None:
    before, long = "same words " * 200, "new words " * 3000
    one = stored(change((("=", before), ("-", "old"), ("+", long), ("=", before))))
    said = payload([one])
    assert re.search(r"\[… [\d,]+ characters unchanged …\]", said.body)
    cut = re.search(r"([\d,]+) changed characters are not shown here; the whole: (\S+)", said.body)
    assert cut
    assert cut[2] == "http://127.0.0.1:8801/change/c1"
    assert said.body.count("new words") * 10 + int(cut[1].replace(",", "")) == pytest.approx(
        len(long), abs=10
    )
    assert "changed characters are not shown here" in said.html


def test_a_document_that_is_cut_shows_where_the_terms_stand() -> None:
    text = (
        "Words of a long notice. " * 400 + "Items of ECCN 3A090 need a license. " + "More words of it. " * 400
    )
    at = text.index("3A090")
    paper = document(
        change=change((("+", text),), kind="insertion", old_eid=None, new_eid=None, heading="A long notice"),
        touches=(Touch(type="code", id="3A090", regime="ear", via="inserted", start=at, end=at + 5),),
    )
    said = payload([paper], watch(eccn=("3A090",)), watch("words", text=("need a license",)))
    assert said.body.count("Found: …") == 2
    assert said.body.count("Items of ECCN 3A090 need a license.") == 2
    assert "Items of ECCN 3A090 need a license." in said.html
    assert "Found:" not in payload([chips()]).body


words = st.sampled_from(["alpha ", "beta, ", "4800", "2400", "芯片", "<b>", "\n", "of the ", "x" * 50 + " "])
runs = st.lists(words, min_size=1, max_size=30).map("".join)
operations = st.lists(st.tuples(st.sampled_from("=+-"), runs), min_size=1, max_size=6).map(tuple)


@settings(max_examples=80, deadline=None)
@given(operations)
def test_folding_keeps_every_changed_word_and_says_what_it_hides(ops: tuple[Operation, ...]) -> None:
    one = change(ops)
    short, cut = folded(one, keep=20, longest=10_000)
    assert cut == 0
    assert [op for op in short.ops if op[0] != "="] == [op for op in ops if op[0] != "="]
    assert short.text_before == "".join(text for sign, text in short.ops if sign != "+")
    for (_, now), (_, then) in zip(short.ops, ops, strict=True):
        hidden = re.search(r" \[… ([\d,]+) characters unchanged …\] ", now)
        if hidden:
            kept = now[: hidden.start()], now[hidden.end() :]
            assert then.startswith(kept[0])
            assert then.endswith(kept[1])
            assert sum(map(len, kept)) + int(hidden[1].replace(",", "")) == len(then)
        else:
            assert now == then


@settings(max_examples=60, deadline=None)
@given(operations.filter(lambda ops: any(sign != "=" and text.strip() for sign, text in ops)))
def test_the_plain_text_carries_every_changed_word(ops: tuple[Operation, ...]) -> None:
    said = payload([stored(change(ops))])
    plain = " ".join(said.body.split())
    html = " ".join(text_of(said.html).split())
    for sign, text in ops:
        if sign != "=":
            for line in text.split("\n"):
                assert " ".join(line.split()) in plain
                assert " ".join(line.split()) in html


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\r\nBcc: all@example.org\x1b[31m'


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def test_hostile_texts_make_no_markup_and_no_second_line_of_a_title() -> None:
    one = stored(
        change(
            (("-", HOSTILE), ("+", HOSTILE * 2)),
            heading=HOSTILE,
            reason=HOSTILE,
            path=(Enclosing(eid="x", num=HOSTILE, heading=HOSTILE),),
        ),
        title=HOSTILE,
        facts=(Fact(name="action", value=HOSTILE),),
    )
    said = payload([one], watch(HOSTILE, owner=HOSTILE, reason=HOSTILE, matter=HOSTILE))
    tags = Tags()
    tags.feed(said.html)
    assert tags.seen <= {
        "html", "head", "meta", "title", "body", "div", "h1", "h2", "h3", "p", "ul", "li", "strong", "span", "a", "hr",
        "table", "thead", "tbody", "tr", "th", "td", "br", "style",
    }  # fmt: skip
    assert "\x1b" not in said.body + said.html
    assert said.title.isprintable()
    assert len(said.title) <= 150


@pytest.mark.parametrize(
    ("work", "eid", "cited"),
    [
        ("us/cfr/15/744", "744.11.c.1", "15 CFR 744.11(c)(1)"),
        ("us/cfr/15/744/supp-4", "china.acme", "15 CFR Part 744, Supplement No. 4"),
        ("us/cfr/15/774/supp-1", "3A090.a.1", "15 CFR Part 774, Supplement No. 1, ECCN 3A090.a.1"),
        ("us/cfr/15/774/supp-1", "3A090.controls.row-2", "15 CFR Part 774, Supplement No. 1, ECCN 3A090"),
        ("us/cfr/15/744", "744.11.c.note-1", "15 CFR 744.11(c)"),
        ("us/cfr/10/810", "app-A.thailand", "10 CFR Part 810, Appendix A"),
        ("us/cfr/10/810", "", "10 CFR Part 810"),
        ("us/fr/2026-00001", "", "Federal Register document 2026-00001"),
        ("jp/1949/228", "48.1", "jp/1949/228, 48.1"),
        ("jp/law/324AC0000000228", "48/項1", "jp/law/324AC0000000228, 第48条第1項"),
    ],
)
def test_places_are_cited_as_people_cite_them(work: str, eid: str, cited: str) -> None:
    assert cite(work, eid) == cited
