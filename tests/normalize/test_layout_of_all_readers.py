"""For the readers of every family: what is layout changes neither addresses nor comparison keys, what is law does; and a neighbour that is
inserted or taken away leaves the other addresses as they were."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Reading
from archive.vocabulary.folding import comparison_key
from normalize.reading import Hints, read
from tests.normalize.ecfr_fixtures import eids, read_bytes, section

_TESTS = Path(__file__).resolve().parents[1]
_DOCUMENTS = {
    "us_ecfr": "normalize/fixtures/ecfr/part-990.xml",
    "us_federal_register": "normalize/federal_register/rule.xml",
    "us_ofac_sdn": "normalize/lists/sdn.xml",
    "us_bis": "sources/us_bis/2031-01-13_bureau-revises-its-license-review-policy-for-lantern-lenses_2031-01-13/body.html",
    "us_whitehouse": "sources/us_whitehouse/2031-02-07_lighting-the-frontier-of-thinking-machines_2031-02-07/body.html",
    "jp_egov": "normalize/japan/order.xml",
    "eu_ai_act": "fuzz/seeds/eu_ai_act/page.html",
    "eu_dual_use": "fuzz/seeds/eu_dual_use/consolidated.html",
    "uk_legislation": "fuzz/seeds/uk_legislation/order.xml",
    "de_awv": "fuzz/seeds/de_awv/law.xml",
    "web_page": "fuzz/seeds/web_page/page.html",
}
_TEXTS = {source: (_TESTS / path).read_text(encoding="utf-8") for source, path in _DOCUMENTS.items()}
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ATTRIBUTE = re.compile(r"\s[\w:.-]+=(?:\"[^\"]*\"|'[^']*')")


def _read(source: str, text: str) -> Reading:
    return read(source, text.encode(), Hints(as_of=date(2026, 1, 1), meta={"title": 15}))


def _said(source: str, text: str) -> list[tuple[str, str, str, str, str]]:
    return [
        (one.eid, one.unit, comparison_key(one.num), comparison_key(one.heading), comparison_key(one.text))
        for expression in _read(source, text).expressions
        for one in expression.walk()
    ]


_EXPECTED = {source: _said(source, text) for source, text in _TEXTS.items()}


def _shuffled(text: str, choose: random.Random) -> str:
    """The attributes of every element in another order."""

    def one(found: re.Match[str]) -> str:
        attributes = _ATTRIBUTE.findall(found.group())
        if len(attributes) < 2:
            return found.group()
        bare = _ATTRIBUTE.sub("", found.group())
        choose.shuffle(attributes)
        end = 2 if bare.endswith("/>") else 1
        return bare[:-end] + "".join(attributes) + bare[-end:]

    return _TAG.sub(one, text)


def _requoted(text: str, choose: random.Random) -> str:
    """Attributes in the other sort of quotation marks."""
    return _TAG.sub(
        lambda found: re.sub(
            r"=\"([^\"'&]*)\"",
            lambda value: f"='{value[1]}'" if choose.random() < 0.7 else value[0],
            found[0],
        ),
        text,
    )


def _commented(text: str, choose: random.Random) -> str:
    """Comments between elements."""
    return re.sub(r"(?<=>)(?=\s*</)", lambda _: "<!-- p. 12 -->" if choose.random() < 0.3 else "", text)


def _spaced(text: str, choose: random.Random) -> str:
    """Other white space where a blank stands between two words."""
    return re.sub(
        r"(?<=[A-Za-z,;]) (?=[A-Za-z])(?![^<]*>)(?![^<]*</(?:script|style)>)",
        lambda _: choose.choice([" ", "  ", "\n", " \t ", "\r\n"]),
        text,
    )


@pytest.mark.parametrize("source", _DOCUMENTS)
@pytest.mark.parametrize("change", [_shuffled, _requoted, _commented, _spaced])
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_layout_changes_no_address_and_no_key(change: object, source: str, seed: int) -> None:
    changed = change(_TEXTS[source], random.Random(seed))  # type: ignore[operator]
    assert _said(source, changed) == _EXPECTED[source]


def test_the_changes_of_layout_do_change_the_bytes() -> None:
    for change in (_shuffled, _requoted, _commented, _spaced):
        assert sum(change(text, random.Random(1)) != text for text in _TEXTS.values()) >= 5, change


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("“lamp”", '"lamp"', True),
        ("the keeper’s lamp", "the keeper's lamp", True),
        ("“lamp”", "‘lamp’", False),
        ("−5 °C", "-5 °C", True),
        ("−5 °C", "5 °C", False),
        ("≥ 5 W", "> 5 W", False),
        ("5 mW", "5 MW", False),
        ("1.5 W", "15 W", False),
        ("[Reserved]", "Reserved", False),
    ],
)
@pytest.mark.parametrize(
    "source", ["us_ecfr", "eu_ai_act", "uk_legislation", "de_awv", "web_page", "jp_egov"]
)
def test_what_is_law_changes_the_key_and_the_style_of_a_quote_does_not(
    source: str, before: str, after: str, same: bool
) -> None:
    spot = {
        "us_ecfr": "</P>",
        "eu_ai_act": "</p>",
        "uk_legislation": "</Text>",
        "de_awv": "</LA>",
        "web_page": "</p>",
        "jp_egov": "</Sentence>",
    }[source]
    at = _TEXTS[source].rindex(spot) if source != "web_page" else _TEXTS[source].index(spot)
    texts = [_TEXTS[source][:at] + f" {words}" + _TEXTS[source][at:] for words in (before, after)]
    keys = [[key for *_, key in _said(source, text)] for text in texts]
    assert (keys[0] == keys[1]) is same


_WORDS = st.lists(
    st.sampled_from("amber brass copper drum echo flint glass harbour iron jetty".split()),
    min_size=2,
    max_size=4,
).map(" ".join)


@settings(max_examples=40, deadline=None)
# Up to (h): an (i) that follows a (g) at the end of a list may as well be the first roman numeral, and nothing in the text tells.
@given(words=st.lists(_WORDS, min_size=3, max_size=8), gone=st.integers(0, 7), below=st.booleans())
def test_a_paragraph_taken_away_leaves_the_other_addresses(words: list[str], gone: int, below: bool) -> None:
    """Taken away, or put back: the letters of the others are printed, so their addresses stay."""
    gone %= len(words) - 1  # the last one stays, so that the end of the list is known
    paragraphs = [
        f"<P>({chr(97 + index)}) {text}{':' if below else '.'}</P>"
        + ("<P>(1) One;</P><P>(2) Two.</P>" if below else "")
        for index, text in enumerate(words)
    ]
    whole = eids(read_bytes(section("".join(paragraphs))))
    left = eids(read_bytes(section("".join(paragraphs[:gone] + paragraphs[gone + 1 :]))))
    letter = f"990.1.{chr(97 + gone)}"
    assert left == [eid for eid in whole if eid != letter and not eid.startswith(f"{letter}.")]


@settings(max_examples=40, deadline=None)
@given(terms=st.lists(_WORDS, min_size=2, max_size=8, unique=True), at=st.integers(0, 8))
def test_a_definition_inserted_leaves_the_other_addresses(terms: list[str], at: int) -> None:
    body = [f"<P><I>{term.capitalize()}.</I> A thing:</P><P>(1) lit;</P><P>(2) dark.</P>" for term in terms]
    at %= len(body) + 1
    new = "<P><I>Zinc lamp.</I> (a) A lamp:</P><P>(1) of zinc.</P><P>(b) No other.</P>"
    before = eids(read_bytes(section("".join(body))))
    after = eids(read_bytes(section("".join([*body[:at], new, *body[at:]]))))
    assert [eid for eid in after if ".zinc-lamp" not in eid] == before
