"""The neutral form: what is read back is what was written, and what is wrong is named with its line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.records import Provision
from normalize.provisions_format import read_provisions, write_provisions

AS_OF = date(2026, 1, 2)
TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Provision, ...]:
    parents = draw(st.lists(st.integers(-1, 20), min_size=1, max_size=15))
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(min(parent, index - 1) if index else -1, []).append(index)

    def build(index: int) -> Provision:
        return Provision(
            eid=f"e{index}",
            unit=draw(TEXTS),
            num=draw(TEXTS),
            heading=draw(TEXTS),
            text=draw(TEXTS),
            children=tuple(build(child) for child in children.get(index, ())),
        )

    return tuple(build(index) for index in children[-1])


@given(trees())
def test_what_is_written_is_read_back(provisions: tuple[Provision, ...]) -> None:
    body = "".join(write_provisions(provisions)).encode()
    assert read_provisions(body, work="us/test/1", as_of=AS_OF).provisions == provisions


def line(**keys: object) -> str:
    return json.dumps({"eid": "a", "text": "x", **keys})


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ([line(), line()], "line 2", "second time"),
        ([line(parent="b")], "line 1", "is not above"),
        ([line(eid=None)], "line 1", "no eid"),
        ([line(txt="y")], "line 1", "unknown key 'txt'"),
        ([line(text=3)], "line 1", "text is int"),
        ([line(), "{"], "line 2", "not JSON"),
        ([line(), "[]"], "line 2", "not a JSON object"),
        ([line(lang="de"), line(eid="b", lang="ja")], "line 2", "several languages"),
        ([""], "", "no provision"),
    ],
)
def test_a_faulty_line_is_named(lines: list[str], place: str, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message) as caught:
        read_provisions("\n".join(lines).encode(), work="us/test/1", as_of=AS_OF, thing="f.jsonl")
    assert caught.value.place == place
    assert caught.value.thing == "f.jsonl"


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(UnreadableDocument, match="not UTF-8") as caught:
        read_provisions((line() + "\n").encode() + b"\xff", work="us/test/1", as_of=AS_OF)
    assert caught.value.place == "line 2"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The export of the following items is controlled.", "en"),
        ("Die Ausfuhr der folgenden Güter ist nicht erlaubt.", "de"),
        ("Les exportations des biens suivants sont soumises à une autorisation.", "fr"),
        ("De uitvoer van de volgende goederen is niet toegestaan.", "nl"),
        ("貨物の輸出は許可を受けなければならない。", "ja"),
        ("国家对两用物项的出口实行管制。", "zh-Hans"),
        ("國家對兩用物項的出口實行管制。", "zh-Hant"),
        ("3A090", "en"),
    ],
)
def test_the_language_is_told_by_script_and_words(text: str, language: str) -> None:
    body = json.dumps({"eid": "a", "text": text}).encode()
    assert read_provisions(body, work="xx/test/1", as_of=AS_OF).language == language
