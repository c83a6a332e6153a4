"""The search as people use it: what a run brought is found at once, with its words marked; filters narrow; what is wrong is said beside the form."""

from __future__ import annotations

import asyncio

import pytest

from tests.tocsin.web.conftest import Get
from tests.tocsin.web.site import BIG, CHIPS, JAPANESE, PAPER
from tocsin.config import Config
from tocsin.web import links


def hits(get: Get, **query: str) -> set[tuple[str, str]]:
    """The provisions on the first page of results."""
    answer = get("/search.json", params=query).json()
    assert not answer["error"], answer["error"]
    return {(hit["work"], hit["eid"]) for hit in answer["hits"]}


def test_what_a_run_brought_is_found_in_every_script(get: Get) -> None:
    assert hits(get, q="輸出") == {(JAPANESE, "1")}
    assert hits(get, q="半導体") == {(JAPANESE, "1/項2")}
    assert hits(get, q='"Circuits of"') == {(CHIPS, "3A090.a")}
    assert hits(get, q="4800 Circuits") == {(CHIPS, "3A090.a")}
    assert hits(get, q="3A090") == {(CHIPS, "3A090"), (PAPER, "1")}
    assert get("/search.json", params={"q": "long list", "work": BIG}).json()["total"] == 2501


def test_filters_narrow_what_is_found(get: Get) -> None:
    assert hits(get, q="Circuits", on="2031-01-15", below="3A090.a") == {(CHIPS, "3A090.a")}
    assert hits(get, q="4800", standing="1") == set()
    assert hits(get, country="Thailand") == {(CHIPS, "3A090.c"), (PAPER, "1")}
    assert hits(get, country="TH", jurisdiction="US", source="us_ecfr") == {(CHIPS, "3A090.c")}
    assert hits(get, code="3a090", source="us_federal_register") == {(PAPER, "1")}
    assert hits(get, q="規制", language="en") == set()


def test_words_are_marked_and_old_wordings_lead_to_the_day_on_which_they_stood(get: Get) -> None:
    page = get("/search", params={"q": "4800"}).text
    assert "<mark>4800</mark>" in page
    assert f'href="{links.work(CHIPS, "3A090.a", on="2031-01-01")}"' in page
    assert "in the editions from 2031-01-01 until 2031-02-01" in page


def test_an_address_typed_as_it_is_cited_is_one_step_away(get: Get) -> None:
    page = get("/search", params={"q": "3A090.c"}).text
    assert f'At this address: <a href="{links.work(CHIPS, "3A090.c")}">' in page


@pytest.mark.parametrize("said", ['"', "***", "-a", "x" * 500, "a " * 40])
def test_a_query_that_cannot_be_used_is_told_why_and_stays_in_the_form(get: Get, said: str) -> None:
    page = get("/search", params={"q": said})
    assert page.status_code == 400
    assert 'role="alert"' in page.text


def test_a_server_without_a_configuration_says_that_it_knows_no_watches(config: Config) -> None:
    from tocsin.web.server import application

    client = application(config.archive).client
    for path in ("/watches", links.work(CHIPS, "3A090.a")):
        assert "started on an archive alone" in asyncio.run(client.get(path)).text
