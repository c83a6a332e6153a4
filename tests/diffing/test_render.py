"""Renderers: nothing changed is lost, nothing is said by colour alone, nothing foreign gets through."""

from __future__ import annotations

import io
import json as stdlib_json
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Change, LimitChange
from diffing.render import ansi, html, json, markdown, plain, redline_plain
from diffing.render.docx import docx
from diffing.text import redline

AT = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)


def change(before: str, after: str, **other: object) -> Change:
    return Change(
        kind="substitution",
        materiality="substantive",
        reason="a number or code changed",
        old_eid="3A090.a",
        new_eid="3A090.a",
        text_before=before,
        text_after=after,
        ops=redline(before, after).ops,
        **other,  # type: ignore[arg-type]
    )


THRESHOLD = change(
    "a ‘total processing performance’ of 4800 or more",
    "a ‘total processing performance’ of 2400 or more",
    limits=(
        LimitChange(
            eid="3A090.a",
            quantity="total processing performance",
            old=">= 4800",
            new=">= 2400",
            direction="tighter",
        ),
    ),
)


def test_plain_text_keeps_old_and_new_apart() -> None:
    assert "[-4800-] [+2400+]" in plain(THRESHOLD)
    assert "([-deleted-] [+added+])" in plain(THRESHOLD)
    assert "Limit: total processing performance: >= 4800 → >= 2400 (tighter)" in plain(THRESHOLD)


def test_plain_text_takes_other_marks_where_the_text_holds_these() -> None:
    said = plain(change("a choice [+ 40 to 85] of six", "a choice [+ 40 to 95] of six"))
    assert "[+ 40 to {-85-} {+95+}] of six" in said
    assert "({-deleted-} {+added+})" in said


def test_signs_are_not_mixed_up_with_marks() -> None:
    assert "below ⟦deleted: −40⟧ ⟦added: −55⟧ °C" in plain(change("below −40 °C", "below −55 °C"))


def test_reserved_stays_readable() -> None:
    assert "[-An old rule.-] [+[Reserved]+]" in plain(change("An old rule.", "[Reserved]"))


def test_long_unchanged_stretches_are_folded_and_changed_words_are_not() -> None:
    filler = "unchanged words " * 200
    long_insertion = "new words " * 300
    said = plain(change(f"{filler}4800 {filler}", f"{filler}{long_insertion}2400 {filler}"))
    assert said.count("[…]") == 2
    assert said.count("new words") == 300
    assert "4800" in said
    assert "2400" in said


def test_a_move_is_marked_as_a_move() -> None:
    moved = Change(
        kind="move", materiality="substantive", reason="moved under another parent", old_eid="a.1", new_eid="b.2",
        text_before="Same words.", text_after="Same words.", ops=(("=", "Same words."),), carried=(("a.1.i", "b.2.i"),),
    )  # fmt: skip
    for said in (plain(moved), markdown(moved).replace("\\", ""), html(moved)):
        assert "Moved: a.1 → b.2" in said
        assert "a.1.i → b.2.i" in said
    assert "border-left" in html(moved)


def test_the_terminal_form_says_with_marks_what_it_says_with_colour() -> None:
    bare = re.sub(r"\x1b\[[0-9;]*m", "", ansi(THRESHOLD))
    assert "[-4800-]" in bare
    assert "[+2400+]" in bare


def test_control_characters_of_a_page_do_not_reach_the_terminal() -> None:
    said = ansi(change("safe", "unsafe \x1b]0;owned\x07 \x9b31m text"))
    assert "\x1b]" not in said
    assert "\x07" not in said
    assert "\x9b" not in said


class _Words(HTMLParser):
    """The words of a fragment, and those inside ins and del."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: dict[str, str] = {"ins": "", "del": "", "all": ""}
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("ins", "del"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ins", "del"):
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        self.found["all"] += data
        for tag in self.inside:
            self.found[tag] += data


def test_html_marks_with_elements_and_inline_styles_only() -> None:
    words = _Words()
    words.feed(html(THRESHOLD))
    assert words.found["del"] == "4800"
    assert words.found["ins"] == "2400"
    assert "class=" not in html(THRESHOLD)
    assert "line-through" in html(THRESHOLD)
    assert "underline" in html(THRESHOLD)


def test_html_of_a_hostile_text_is_text() -> None:
    words = _Words()
    words.feed(html(change("plain", '<script>alert("x")</script><img src=x onerror=y>')))
    assert words.tags <= {"div", "p", "strong", "ins", "del", "ul", "li", "br", "span"}
    assert "<script>" in words.found["ins"]


def test_markdown_of_a_hostile_text_is_text() -> None:
    said = markdown(change("plain", "**bold** [link](http://x) <b>"))
    assert "\\*\\*bold\\*\\*" in said
    assert "\\[link\\]\\(http" in said


def test_json_holds_the_operations() -> None:
    record = stdlib_json.loads(json(THRESHOLD))
    assert ["-", "4800"] in record["ops"]
    assert record["limits"][0]["direction"] == "tighter"


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _resolved(data: bytes, *, accept: bool) -> str:
    """The third paragraph as a word processor leaves it when all changes are accepted, or rejected."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = ET.fromstring(parts.read("word/document.xml"))[0]
    paragraph = body[2]
    kept = []
    for child in paragraph:
        if child.tag == f"{_W}r" or child.tag == (f"{_W}ins" if accept else f"{_W}del"):
            for element in child.iter():
                if element.tag == f"{_W}br":
                    kept.append("\n")
                elif element.tag in (f"{_W}t", f"{_W}delText"):
                    kept.append(element.text or "")
    return "".join(kept)


lines = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], include_characters="\n"), max_size=60
)


@given(lines, lines)
@settings(deadline=None, max_examples=60)
def test_the_word_document_accepted_gives_after_and_rejected_gives_before(before: str, after: str) -> None:
    data = docx([change(before, after)], title="Redline", at=AT)
    assert _resolved(data, accept=True) == after
    assert _resolved(data, accept=False) == before


def test_the_word_document_is_the_same_bytes_every_time() -> None:
    assert docx([THRESHOLD], title="Redline", at=AT) == docx([THRESHOLD], title="Redline", at=AT)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(deadline=None, max_examples=100)
def test_no_changed_word_is_lost_in_plain_text(before: str, after: str) -> None:
    ops = redline(before, after).ops
    said = redline_plain(ops)
    assert all(words in said for sign, words in ops if sign != "=")
