"""What each sort of alert shows, in plain text and in four languages: everything that a person needs, and nothing left in another language."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.language import LANGUAGES, texts
from alerts.match import match
from alerts.message import Payload
from alerts.messages import Context, deliveries_for
from alerts.official_pages import official_page
from archive.codec import loads
from archive.records import Operation
from diffing.render.plain import marks_for
from tests.alerts.made import NOW, change, document, stored, watch
from tests.alerts.realistic import ALERTS, SHA

# What stays in its own language: law text, titles, citations, names, codes, addresses, commands.
OWN = re.compile(
    r"https?://\S+|tocsin alerts ack \S+ --person \S+|SHA-256 [0-9a-f]+|UTC|EXP-2026-014|M-1\b|ann@example\.org|“?advanced computing”?|We ship .*?region\.|we ship it"
    r"|Federal Register|eCFR|CFR|govinfo\.gov|PDF|e-Gov|RIN|Docket|\(?[0-9A-Z]+[0-9.a-z]*\)?|[0-9A-Z]+\.note-\d(?:\.\w)?|groups? D:5|TH|CN"
)


def foreign(body: str, law: str) -> list[str]:
    """The runs of Latin words in a message that are neither in the law text of its fixture nor among what stays as it is."""
    kept = OWN.sub(" ", body)
    words = set(re.findall(r"[A-Za-z]+", law))
    return [run for run in re.findall(r"[A-Za-z]{2,}", kept) if run not in words]


LAW = (
    "15 10 CFR Part Supplement No Appendix ECCN Note Entity List FR Electronic the Commerce Control List of this fixture Integrated circuits having one or more "
    "digital processing units total processing performance or density whichever conditions is met first Note to items this note are not controlled "
    "China People s Republic CHINA PEOPLE S REPUBLIC OF Brightwater Advanced Lithography Research Institute of This Fixture a k a following five aliases BALRI Litho "
    "Mingshui Guangke and No Example Road District Shanghai For all items subject to EAR see Presumption denial June Clearlake Microdevices Co Ltd Shenzhen "
    "Assistance Foreign Atomic Energy Activities Generally Authorized Destinations Thailand Atlantis Additions Entities Correction Interim final rule request for "
    "comments Bureau Industry Security adds entity located in list It effective on July was stayed until committee considered that it received Items need a license "
    "Revising paragraph c read as follows Supplement Part to"
)


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", ALERTS)
def test_nothing_that_we_say_is_left_in_english(name: str, language: str) -> None:
    said = ALERTS[name](language)
    assert foreign(said.body, LAW) == []
    assert said.language == language


def test_a_text_left_in_english_would_be_found() -> None:
    assert foreign("変更の性質：substantive（数値）", LAW) == ["substantive"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALERTS)
def test_each_alert_leads_on_to_where_it_is_acknowledged_and_to_the_publisher(
    name: str, language: str
) -> None:
    said, say = ALERTS[name](language), texts(language)
    assert re.fullmatch(r"http://127\.0\.0\.1:8801/alert/[0-9a-f]{32}/ack", said.acknowledge)
    assert say("Acknowledge: {link}", link=said.acknowledge) in said.body
    assert f'href="{said.acknowledge}"' in said.html
    assert re.search(r"tocsin alerts ack [0-9a-f]{12} --person ann@example\.org\n", said.body)
    assert re.search(re.escape(say("Official page: {link}", link="")) + r"https://\S+\n", said.body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_names_the_delivery_that_the_message_is_owed_by(language: str) -> None:
    one = stored()
    (owed,) = deliveries_for(
        [one], match([watch()], one), Context(now=NOW, languages={"ann@example.org": language})
    )
    assert f"tocsin alerts ack {owed.key[:12]} --person ann@example.org" in loads(owed.payload, Payload).body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_says_which_bytes_and_when_and_links_to_them(language: str) -> None:
    said, say = ALERTS["control-list"](language), texts(language)
    at = say.instant(NOW.replace(hour=8, minute=58))
    line = say("Evidence: fetched {at}, SHA-256 {digest}…", at=at, digest=SHA[:12])
    assert f"{line} http://127.0.0.1:8801/change/c1#evidence\n" in said.body
    assert line in said.html
    assert said.html.count('href="http://127.0.0.1:8801/change/c1#evidence"') == 2


def test_the_earlier_stages_of_an_act_are_told_with_their_days() -> None:
    said = ALERTS["update"]("en")
    assert said.title.startswith("Update: ")
    told = said.body.partition("Earlier stages of this act\n")[2].splitlines()[:2]
    assert told == [
        "- 2026-06-16: announced, Additions of Entities of This Fixture to the Entity List",
        "- 2026-06-17: corrected, Additions of Entities of This Fixture; Correction",
    ]
    assert "この法令行為のこれまでの経緯" in ALERTS["update"]("ja").body
    assert "この法令行為のこれまでの経緯" not in ALERTS["cut"]("ja").body
    assert "2026年6月16日：予告、Additions" in ALERTS["update"]("ja").body


def test_limits_are_a_table_of_old_and_new() -> None:
    html = unescape(ALERTS["control-list"]("en").html).replace("\u00a0", " ")
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    cells = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]
    assert [[" ".join(words) for words in row] for row in cells] == [
        ["Limit", "Before", "After"],
        ["total processing performance tighter", "≥ 4800", "≥ 2400"],
        ["performance density tighter", "≥ 5.92", "≥ 3.2"],
    ]


def test_legal_words_are_those_of_the_field() -> None:
    assert "施行日：2026年7月20日（月曜日）（あと32日）" in ALERTS["update"]("ja").body
    assert "该项" not in ALERTS["update"]("zh-Hant").body
    assert "生效日期：2026年7月20日（星期一）（还有32天）" in ALERTS["update"]("zh-Hans").body
    assert "管制編碼（ECCN） 3A090.a.1" in ALERTS["control-list"]("zh-Hant").body
    assert "該当項番（日本） 貨物等省令/6/16_4/イ" in ALERTS["japanese-order"]("ja").body


def test_people_of_different_languages_behind_one_target_are_told_in_english() -> None:
    one = stored()
    both = [watch("a", owner="ann"), watch("b", owner="ben")]
    for languages, expected in (
        ({"ann": "ja", "ben": "ja"}, "ja"),
        ({"ann": "ja", "ben": "zh-Hant"}, "en"),
        ({"ann": "ja"}, "en"),
    ):
        (first, _) = deliveries_for([one], match(both, one), Context(now=NOW, languages=languages))
        assert loads(first.payload, Payload).language == expected


def test_the_language_changes_no_id() -> None:
    one = stored()
    keys = {
        (owed.key, owed.message_id)
        for language in LANGUAGES
        for owed in deliveries_for(
            [one], match([watch()], one), Context(now=NOW, languages={"ann@example.org": language})
        )
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("work", "eid", "fetched", "page"),
    [
        ("us/cfr/15/744", "744.11.c.1", "", "https://www.ecfr.gov/on/2026-06-18/title-15/section-744.11"),
        ("us/cfr/15/774/supp-1", "3A090", "", "https://www.ecfr.gov/on/2026-06-18/title-15/part-774/appendix-Supplement%20No.%201%20to%20Part%20774"),
        ("us/cfr/10/810", "app-A", "", "https://www.ecfr.gov/on/2026-06-18/title-10/part-810"),
        ("jp/law/403M50000400049", "6.1", "https://laws.e-gov.go.jp/api/2/law_data/x", "https://laws.e-gov.go.jp/law/403M50000400049"),
        ("uk/x", "", "https://www.legislation.gov.uk/uksi/2031/77/data.xml", "https://www.legislation.gov.uk/uksi/2031/77"),
        ("de/gii/awv", "", "https://www.gesetze-im-internet.de/awv_2013/xml.zip", "https://www.gesetze-im-internet.de/awv_2013/"),
        ("xx/y", "", "https://gazette.example.org/7", "https://gazette.example.org/7"),
        ("xx/y", "", "file:///tmp/x", ""),
    ],
)  # fmt: skip
def test_the_publishers_page_is_one_for_people(work: str, eid: str, fetched: str, page: str) -> None:
    assert official_page(stored(change(new_eid=eid), work=work), fetched) == page


def test_the_page_that_a_document_names_of_itself_comes_first() -> None:
    paper = document()
    assert official_page(paper, "https://x.example/api") == "https://x.example/api"


words = st.sampled_from(
    [
        "alpha ",
        "beta, ",
        "4800",
        "2400",
        "芯片",
        "−40 ",
        "[",
        "]",
        "[-",
        "+]",
        "\n",
        "of the ",
        "4.8 kW",
        "x" * 50 + " ",
        "-",
        ".",
    ]
)
runs = st.lists(words, min_size=1, max_size=30).map("".join)
operations = st.lists(st.tuples(st.sampled_from("=+-"), runs), min_size=1, max_size=7).map(tuple)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(ops=operations.filter(lambda ops: any(sign != "=" and text.strip() for sign, text in ops)))
def test_the_plain_text_alone_carries_every_changed_word_with_its_mark(
    ops: tuple[Operation, ...], language: str
) -> None:
    """Every deleted and every inserted run stands whole between its own marks, in its order: nothing runs together, nothing is unmarked."""
    one = stored(change(ops))
    (owed,) = deliveries_for(
        [one], match([watch()], one), Context(now=NOW, languages={"ann@example.org": language})
    )
    say = texts(language)
    body = "\n".join(line.removeprefix("    ") for line in loads(owed.payload, Payload).body.splitlines())
    start_del, end_del, start_ins, end_ins = marks_for(ops, (say("deleted"), say("added")))
    at = body.index("─" * 60)
    for sign, text in ops:
        if sign != "=":
            start, end = (start_del, end_del) if sign == "-" else (start_ins, end_ins)
            marked = "\n".join(line.rstrip() for line in f"{start}{text}{end}".split("\n"))
            found = body.find(marked, at)
            assert found >= 0, (marked, body)
            at = found + len(marked)
