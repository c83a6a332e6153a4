"""The HTML of mails: valid, inert, legible in light and dark, in the language of its reader with law text in its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib
import pytest

from alerts.language import LANGUAGES, texts
from alerts.mail_style import DARK, LOOKS, Look
from alerts.match import match
from alerts.message import Payload
from alerts.messages import Context, deliveries_for
from alerts.notices import notice
from alerts.official_pages import is_web
from archive.codec import loads
from archive.evidence import Evidence
from archive.records import Change, Enclosing, Fact, LimitChange, Touch
from tests.alerts.made import NOW, change, stored, watch
from tests.alerts.realistic import ALERTS, SHA

EVERY = [(name, language) for name in ALERTS for language in LANGUAGES]
ALLOWED = {
    "html": {"lang"}, "head": set(), "meta": {"charset", "name", "content"}, "title": set(), "style": set(), "body": set(), "div": set(), "p": set(),
    "h1": set(), "h2": set(), "h3": set(), "ul": set(), "li": set(), "a": {"href"}, "span": {"title"}, "strong": set(), "br": set(), "hr": set(),
    "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": {"scope"}, "td": set(),
}  # fmt: skip
EVERYWHERE = {"class", "style", "lang"}
LAW = ("en", "ja", "zh", "zh-Hans", "zh-Hant", "")
LARGE_ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of a text with its background."""


def parsed(markup: str) -> ET.Element:
    """The tree of a page that a strict parser of HTML 5 takes without one error."""
    parser = html5lib.HTMLParser(
        tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True
    )
    return parser.parse(markup)


def judge(markup: str) -> None:
    """The rules for mail: known elements and attributes only, nothing that runs or is fetched, tables with heads, links of the web."""
    tree = parsed(markup)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag in ALLOWED, element.tag
        for name, value in element.attrib.items():
            assert name in ALLOWED[element.tag] | EVERYWHERE, (element.tag, name)
            assert name != "href" or is_web(value), value
            assert name != "lang" or value in LAW, value
            assert name != "style" or not re.search(r"url\(|expression|@import|position|behavior", value), (
                value
            )
        if element.tag == "style":
            assert element.text == DARK
    assert not re.search(r"url\(|@import|</", DARK)
    for table in tree.iter("table"):
        heads, rows = table.findall("thead/tr/th"), table.findall("tbody/tr")
        assert heads
        assert rows
        assert all(head.get("scope") == "col" for head in heads)
        assert all(len(row) == len(heads) and row[0].get("scope") == "row" for row in rows)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_mail_is_valid_and_says_its_language(name: str, language: str) -> None:
    markup = ALERTS[name](language).html
    judge(markup)
    tree = parsed(markup)
    assert tree.get("lang") == language
    assert [len(list(tree.iter(tag))) for tag in ("title", "h1", "body")] == [1, 1, 1]


def test_the_judge_refuses_what_does_not_belong_into_a_mail() -> None:
    good = ALERTS["control-list"]("en").html
    for bad in (
        "<script>x</script>", '<img src="https://x.example/i.png" alt="">', '<p onclick="x">y</p>', '<a href="javascript:x">y</a>',
        "<table><tr><td>x</td></tr></table>", '<p style="background:url(x)">y</p>', '<p lang="tlh">y</p>', "<p><div>y</div></p>", "<b>y",
    ):  # fmt: skip
        with pytest.raises((AssertionError, html5lib.html5parser.ParseError)):
            judge(good.replace("</h1>", f"</h1>{bad}", 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_encloses_others_is_valid_too(language: str) -> None:
    enclosed = [ALERTS["control-list"](language), ALERTS["japanese-order"]("ja")]
    listed = [(one.title, one.link) for one in enclosed] + [("hostile", "javascript:alert(1)")]
    told = notice(HOSTILE, [HOSTILE], listed=listed, enclosed=enclosed, say=texts(language))
    judge(told.html)
    tree = parsed(told.html)
    assert (tree.get("lang"), told.language) == (language, language)
    assert [one.get("lang") for one in tree.iter("div") if "border-top:2px" in one.get("style", "")] == [
        language,
        "ja",
    ]
    for text, colour, ground in (
        one for dark in (False, True) for one in shown(tree, "#000000", "#ffffff", dark=dark)
    ):
        assert text == DARK or contrast(colour, ground) >= LARGE_ENOUGH, (text, colour, ground)


@pytest.mark.parametrize("language", LANGUAGES)
def test_law_text_keeps_its_own_language(language: str) -> None:
    for name, own, words in (
        ("japanese-order", "ja", "集積回路であって"),
        ("control-list", "en", "Integrated circuits having"),
        ("chinese-announcement", "zh", "根据《中华人民共和国出口管制法》"),
    ):
        tree = parsed(ALERTS[name](language).html)
        (holder,) = (
            element
            for element in tree.iter("div")
            if element.get("lang") is not None and words in "".join(element.itertext())
        )
        assert holder.get("lang") == own


def test_where_nobody_knows_the_language_of_the_law_it_is_not_called_the_readers() -> None:
    assert '<div lang="" ' in ALERTS["country-group"]("ja").html


# ── colours ────────────────────────────────────────────────────────────────────────────────────────


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def shown(element: ET.Element, colour: str, ground: str, *, dark: bool) -> Iterator[tuple[str, str, str]]:
    """Every text with its colour and background, as a program shows it that heeds inline styles, and in the dark the style sheet too."""
    said = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    colour, ground = said.get("color", colour), said.get("background", ground)
    look = LOOKS.get(element.get("class", "").rpartition(" ")[2]) if dark else None
    if look is not None:
        colour, ground = look.dark_colour, look.dark_background or ground
    if (element.text or "").strip():
        yield str(element.text), colour, ground
    for child in element:
        yield from shown(child, colour, ground, dark=dark)
        if (child.tail or "").strip():
            yield str(child.tail), colour, ground


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ALERTS)
def test_every_text_stands_out_from_its_background(name: str, dark: bool) -> None:
    body = parsed(ALERTS[name]("zh-Hant").html).find("body")
    assert body is not None
    texts = list(shown(body, "#000000", "#ffffff", dark=dark))
    assert len(texts) > 8
    for text, colour, ground in texts:
        assert contrast(colour, ground) >= LARGE_ENOUGH, (text, colour, ground)


def test_the_style_sheet_is_the_table_of_looks() -> None:
    for name, look in LOOKS.items():
        assert isinstance(look, Look)
        rule = re.search(rf"\.{name}\{{([^}}]*)\}}", DARK)
        assert rule
        assert f"color:{look.dark_colour}!important" in rule[1]
        assert (f"background:{look.dark_background}!important" in rule[1]) == bool(look.dark_background)


# ── hostile texts ──────────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "</title></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{day}%s{{ 7*7 }}\r\nBcc: all@example.org\x1b[31m"
    "\u202egnp.exe\u2066\ufdd0\uffff\ud800javascript:alert(1)"
)


def hostile() -> Payload:
    one = stored(
        replace(
            change(
                (("-", HOSTILE), ("+", HOSTILE * 2)), heading=HOSTILE, reason=HOSTILE, kind="substitution"
            ),
            path=(Enclosing(eid=HOSTILE, num=HOSTILE, heading=HOSTILE),),
            limits=(LimitChange(eid="x", quantity=HOSTILE, old=HOSTILE, new=HOSTILE, direction=HOSTILE),),
            carried=((HOSTILE, HOSTILE),),
        ),
        (Touch(type="country", id="TH", role=HOSTILE, via=HOSTILE),),
        title=HOSTILE,
        source=HOSTILE,
        facts=(
            Fact(name="action", value=HOSTILE),
            Fact(name="url", value="javascript:alert(1)"),
            Fact(name="abstract", value=HOSTILE),
        ),
    )
    evidence = Evidence(url="javascript:alert(1)", fetched_at=NOW, sha256=SHA, language="en")
    context = Context(now=NOW, address="http://127.0.0.1:8801", evidence=evidence)
    name = HOSTILE.replace("\ud800", "")  # an id is made of it, and no UTF-8 has it
    met = match([watch(name, owner=HOSTILE, reason=HOSTILE, matter=HOSTILE, countries=("TH",))], one)
    return loads(deliveries_for([one], met, context)[0].payload, Payload)


def test_hostile_texts_are_text() -> None:
    said = hostile()
    judge(said.html)
    tree = parsed(said.html)
    assert not list(tree.iter("script"))
    assert not list(tree.iter("img"))
    assert {link.get("href", "")[:21] for link in tree.iter("a")} <= {
        "http://127.0.0.1:8801",
        "https://www.ecfr.gov/",
    }
    seen = "".join(tree.itertext())
    assert "<script>alert(1)</script>" in seen
    for mark in "\x1b\u202e\u2066\ufdd0\uffff\ud800":
        assert mark not in said.html + said.body
    assert "\n" not in said.title


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "http://", "//x.example", "https://x.example/ y", "https://x.example/\u202e", "ftp://x.example",
        "http://[bad", "",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_linked(address: str) -> None:
    assert not is_web(address)


def test_words_that_meet_are_parted_whatever_stands_first() -> None:
    for ops in ((("-", "4800"), ("+", "2400")), (("+", "2400"), ("-", "4800"))):
        one: Change = change(ops)
        met = match([watch()], stored(one))
        html = loads(deliveries_for([stored(one)], met, Context(now=NOW))[0].payload, Payload).html
        seen = "".join(parsed(html).itertext())
        assert "48002400" not in seen
        assert "24004800" not in seen
