"""GOV.UK pages: the record of the content API and the page itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from archive.errors import UnreadableDocument
from archive.records import Provision, Reading
from normalize.reading import Hints, read

HINTS = Hints(
    as_of=date(2031, 5, 1), document="/government/publications/nte-203101", media_type="application/json"
)
PAGE = replace(HINTS, media_type="text/html; charset=utf-8")
BODY = (
    '<div class="govspeak"><p>First words<sup id="fnref:1"><a href="#fn:1">[footnote 1]</a></sup>.</p><h2 id="a">1. Buoys</h2><p>From 1 May you need a licence for:</p>'
    "<ul><li>round buoys</li><li>red buoys<ul><li>small</li></ul></li></ul><h3>Exceptions</h3><p>None.</p><h2>Codes</h2>"
    "<table><thead><tr><th>Code</th><th>Goods</th></tr></thead><tbody><tr><td>PL9009</td><td>Buoys</td></tr></tbody></table>"
    '<div class="footnotes"><ol><li id="fn:1"><p>See the order. <a href="#fnref:1">↩</a></p></li></ol></div></div>'
)
RECORD = {
    "base_path": "/government/publications/nte-203101", "content_id": "0d1e", "document_type": "notice", "locale": "en",
    "title": "Notice to exporters 2031/01: buoys", "description": "Buoys need a licence.", "public_updated_at": "2031-04-30T10:00:00Z",
    "updated_at": "2031-04-30T10:05:01Z", "withdrawn_notice": {"explanation": "<p>Replaced by 2031/02.</p>", "withdrawn_at": "2031-06-01T00:00:00Z"},
    "details": {"body": BODY, "change_history": [{"note": "Added red buoys.", "public_timestamp": "2031-04-30T10:00:00Z"}],
                "attachments": [{"title": "The list", "url": "https://assets.example/1", "content_type": "application/pdf"}], "first_public_at": "2031-04-01"},
    "links": {"organisations": [{"title": "A joint unit"}]},
}  # fmt: skip


def found(reading: Reading) -> dict[str, Provision]:
    assert reading.leftovers == ()
    return {one.eid: one for one in reading.expressions[0].walk()}


def record(**changes: object) -> bytes:
    return json.dumps({**RECORD, **changes}).encode()


def test_a_record_is_read_into_headings_lists_tables_and_footnotes() -> None:
    here = found(read("uk_notices", record(), HINTS))
    assert (here["buoys"].num, here["buoys"].heading, here["buoys"].text) == (
        "1.",
        "Buoys",
        "From 1 May you need a licence for:",
    )
    assert here["buoys.item-2.item-1"].text == "small"
    assert here["buoys.exceptions"].text == "None."
    assert here["codes.table.pl9009"].text == "PL9009 | Buoys"
    assert here["withdrawn"].text == "Replaced by 2031/02."
    assert here["change-history.added-red-buoys"].unit == "citation"
    assert here["attachments.the-list"].text == "The list"
    assert any(one.unit == "footnote" and one.text == "See the order." for one in here.values())


def test_the_record_says_its_work_and_its_day() -> None:
    made = read("uk_notices", record(), HINTS).expressions[0]
    assert (made.work, made.kind) == ("uk/gov/government/publications/nte-203101", "document")
    assert (made.published, made.title) == (date(2031, 4, 30), "Notice to exporters 2031/01: buoys")


def test_a_change_of_stamps_and_related_pages_changes_no_provision() -> None:
    other = record(
        updated_at="2031-05-09T00:00:00Z", links={"organisations": [{"title": "Another"}]}, content_id="ffff"
    )
    assert (
        read("uk_notices", other, HINTS).expressions[0].provisions
        == read("uk_notices", record(), HINTS).expressions[0].provisions
    )


def test_the_page_itself_gives_the_same_text_whatever_stands_around_it() -> None:
    def page(token: str) -> bytes:
        return f"<!DOCTYPE html><html><head><title>Buoys - GOV.UK</title><script>{token}</script></head><body><header>Cookies {token}</header><main>{BODY}</main><footer>{token}</footer></body></html>".encode()

    one, two = (read("uk_notices", page(token), PAGE) for token in ("a1", "b2"))
    assert one.expressions == two.expressions
    assert found(one)["buoys.exceptions"].text == "None."
    assert one.expressions[0].title == "Buoys"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{}", "no title"),
        (b"[]", "no title"),
        (b'{"title": "x", "details": ', "not JSON"),
        (b'{"title": "x", "details": {}}', "title and no text"),
        (b"[" * 200_000, "not JSON"),
        (b"<html><body><main> </main></body></html>", "no text"),
        (b"", "empty"),
    ],
)
def test_hostile_or_empty_input_is_a_clear_error(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said) as refused:
        read("uk_notices", body, PAGE)
    assert refused.value.mend
