"""The page of a change: what a person needs to judge it, and what was not compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from alerts.labels import signs
from archive import changes
from archive.records import Capture, Expression, Reading, StoredChange
from archive.store import Archive
from tests.tocsin.web.conftest import Get
from tests.tocsin.web.site import CHIPS, MOVED, item
from tocsin.config import Config, load
from tocsin.flow import Flow
from tocsin.web import links, redline


@pytest.fixture(scope="module")
def stored(config: Config) -> dict[str, StoredChange]:
    with Archive.open(config.archive, read_only=True) as archive:
        return {one.change.new_eid or one.work: one for one in changes.changes(archive)}


def test_it_tells_what_changed_by_how_much_whom_it_reaches_and_what_proves_it(
    get: Get, stored: dict[str, StoredChange]
) -> None:
    one = stored["3A090.a"]
    page = get(links.change(one.id)).text
    assert "<del>4800</del>" in page
    assert "<ins>2400</ins>" in page
    assert "substantive</span> substitution" in page
    assert one.change.reason in page
    assert any(limit.old and signs(limit.old) in page for limit in one.change.limits)
    assert "/watch/chips" in page.split('id="why"')[1]
    assert "control number 3A090.a" in page
    evidence = page.split('id="evidence"')[1]
    assert f"https://example.org/{CHIPS}" in evidence
    assert len(one.transition_id) == 32
    assert one.transition_id in evidence


def test_side_by_side_each_side_has_its_own_words(get: Get, stored: dict[str, StoredChange]) -> None:
    old, new = (
        get(links.change(stored["3A090.a"].id) + "?view=side")
        .text.split('class="sides"')[1]
        .split("<h3>")[1:]
    )
    assert "4800" in old
    assert "2400" not in old
    assert "2400" in new.split("</div>")[0]
    assert "4800" not in new.split("</div>")[0]


def test_a_renumbering_links_both_places(get: Get, stored: dict[str, StoredChange]) -> None:
    page = get(links.change(stored["798.2"].id)).text
    for eid, day in (("798.1", "2031-01-01"), ("798.2", "2031-02-01")):
        assert f'href="{links.work(MOVED, eid, on=day)}"'.replace("&", "&amp;") in page


def test_an_address_of_a_document_is_no_link_unless_it_is_of_the_web(
    get: Get, stored: dict[str, StoredChange]
) -> None:
    page = get(links.change(stored["us/fr/2031-00001"].id)).text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_what_was_not_compared_is_said(tmp_path: Path) -> None:
    import asyncio

    from tocsin.web.server import application

    (tmp_path / "watches").mkdir()
    (tmp_path / "tocsin.toml").write_text("")
    config = load(tmp_path / "tocsin.toml", known_sources=(), environment={})
    first = Expression(
        work="us/cfr/15/795",
        as_of=date(2031, 1, 1),
        recipe="us_ecfr/1",
        title="Part 795",
        scope=("795.1", "795.2"),
        provisions=(item("795.1", "One."), item("795.2", "Two.")),
    )
    second = replace(
        first, as_of=date(2031, 2, 1), scope=("795.1",), provisions=(item("795.1", "One and more."),)
    )
    with Archive.create(config.archive) as archive:
        flow = Flow(config, archive)
        for expression in (first, second):
            capture = Capture(
                source="us_ecfr",
                document="x",
                url="https://example.org",
                body=repr(expression).encode(),
                as_of=expression.as_of,
                fetched_at=flow.context.now,
            )
            flow.ingest([(capture, Reading(expressions=(expression,)))], sure=True)
        (stored,) = changes.changes(archive)
    page = asyncio.run(application(config.archive, config).client.get(links.change(stored.id))).text
    assert 'id="not-compared"' in page
    assert "Not compared:" in page


def test_a_redline_of_lines_joins_to_both_texts() -> None:
    old = {"a": "one", "b": "two words here", "c": "three", "x": "gone"}
    new = {"a": "one", "c": "three", "b": "two words there", "d": "come"}
    ops = redline.of_lines(old, new)
    assert sorted("".join(text for sign, text in ops if sign != "+").split()) == sorted(
        " ".join(old.values()).split()
    )
    assert sorted("".join(text for sign, text in ops if sign != "-").split()) == sorted(
        " ".join(new.values()).split()
    )


def test_a_redline_shows_no_control_characters_and_no_marks_that_turn_text_around() -> None:
    shown = redline.inline((("+", "a\x00\x08\u202eb<i>\ud800"), ("=", "\nc\x85")))
    assert shown == "<ins>ab&lt;i&gt;</ins><br>c"
