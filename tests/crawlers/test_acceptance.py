"""The first gate by itself: every wall and soft error that the facts name gets its kind, every good answer passes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.errors import Refused
from crawlers.acceptance import error_of, whole_json, whole_xml
from crawlers.visit import Answer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
XML = "application/xml; charset=utf-8"
LAW = b'<?xml version="1.0"?>\n<DIV5 N="1001"><P>Maintenance of records; Access Denied areas; just a moment... of challenge.js</P></DIV5>\n'


def answer(body: bytes, kind: str = XML, status: int = 200, cut: str = "", **headers: str) -> Answer:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Answer(
        url="https://www.ecfr.gov/x?part=1",
        status=status,
        body=body,
        fetched_at=NOW,
        headers={"content-type": kind, **named},
        cut=cut,
    )


def refused(given: Answer) -> Refused:
    with pytest.raises(Refused) as caught:
        whole_xml(given, roots={"DIV5"}, expected="the part")
    return caught.value


HTML = "text/html; charset=utf-8"
WALLS = {
    "request access": (
        answer(b"<html><title>Federal Register :: Request Access</title>", HTML),
        "ChallengePage",
    ),
    "scraping notice": (
        answer(b"<html><p>Due to aggressive automated scraping of eCFR.gov", HTML),
        "ChallengePage",
    ),
    "recaptcha": (answer(b'<html><div class="g-recaptcha">', HTML, 403), "ChallengePage"),
    "cloudflare header": (answer(b"<html>", HTML, 503, cf_mitigated="challenge"), "ChallengePage"),
    "just a moment": (answer(b"<html><title>Just a moment...</title>", HTML, 403), "ChallengePage"),
    "goku": (answer(b"<html><script>window.gokuProps={}</script>", HTML), "WafChallenge"),
    "waf header": (answer(b"", HTML, 202, x_amzn_waf_action="challenge"), "WafChallenge"),
    "an empty 202": (answer(b"", HTML, 202), "WafChallenge"),
    "access denied": (answer(b"<html><h1>Access Denied</h1>", HTML, 403), "Blocked"),
    "437": (answer(b"<html>", HTML, 437), "Blocked"),
    "405": (answer(b"<html>", HTML, 405), "Blocked"),
    "429": (answer(b"<html>", HTML, 429), "RateLimited"),
    "500": (answer(b"<html>", HTML, 500), "ServerError"),
    "503": (answer(b"<html>", HTML, 503, retry_after="60"), "ServerError"),
    "maintenance": (answer(b"<html>The system is under maintenance", HTML), "Maintenance"),
    "maintenance in Japanese": (answer("<html>ただいまメンテナンス中です".encode(), HTML), "Maintenance"),
    "nothing": (answer(b" \n"), "EmptyDocument"),
    "a redirect": (answer(b"", HTML, 302, location="https://unblock.federalregister.gov"), "RedirectedAway"),
    "gone": (answer(b"<html>", HTML, 404), "NotFound"),
    "another type": (answer(LAW, HTML), "UnexpectedContentType"),
    "json": (answer(b"{}", "application/json"), "UnexpectedContentType"),
    "another root": (answer(b"<DIV1><P/></DIV1>"), "UnexpectedContentType"),
    "HTML as XML": (answer(b"<!DOCTYPE html><html><p>Hello</p></html>"), "UnexpectedContentType"),
    "a wall as XML": (answer(b"<html><div class='g-recaptcha'/></html>"), "ChallengePage"),
    "another charset": (answer(LAW, "application/xml; charset=shift_jis"), "UnexpectedContentType"),
    "an unknown charset": (answer(LAW, "application/xml; charset=klingon"), "UnexpectedContentType"),
    "a false byte": (answer(LAW.replace(b"records", b"rec\xffords")), "UnexpectedContentType"),
    "half a body": (answer(LAW[:60]), "Truncated"),
    "a cut transfer": (answer(LAW, cut="its gzip stream ends after 7 bytes"), "Truncated"),
    "malformed": (answer(LAW.replace(b"</P>", b"")), "WrongDocument"),
}


@pytest.mark.parametrize("case", WALLS)
def test_each_wall_and_soft_error_is_refused_under_its_name(case: str) -> None:
    given, kind = WALLS[case]
    error = refused(given)
    assert error.kind == kind
    assert error.line().startswith("https://www.ecfr.gov/x?part=1: ")
    assert f"status {given.status}" in error.line()
    assert error.mend


def test_law_that_speaks_of_walls_is_law() -> None:
    root, complaint = whole_xml(answer(LAW), roots={"DIV5"}, expected="the part")
    assert root.get("N") == "1001"
    assert complaint == ""


@pytest.mark.parametrize(
    "kind", ["application/xml", "text/xml; charset=UTF-8", 'application/xml; charset="utf-8"']
)
def test_the_types_of_xml_are_taken(kind: str) -> None:
    assert whole_xml(answer(LAW, kind), roots={"DIV5"}, expected="the part")[0].tag == "DIV5"


def test_a_prolog_with_comments_and_a_byte_order_mark_is_no_obstacle() -> None:
    body = b"\xef\xbb\xbf<?xml version='1.0'?><!-- a note --><!DOCTYPE DIV5>\n<DIV5 N='1'/>".replace(
        b"/>", b"></DIV5><!-- end -->"
    )
    assert whole_xml(answer(body), roots={"DIV5"}, expected="the part")[0].get("N") == "1"


def test_a_malformed_paper_is_repaired_only_where_the_source_is_known_for_it() -> None:
    root, complaint = whole_xml(
        answer(LAW.replace(b"</P>", b"")), roots={"DIV5"}, expected="the part", lenient=True
    )
    assert root.tag == "DIV5"
    assert "mismatch" in complaint.lower()


def test_a_document_that_declares_entities_of_its_own_is_refused() -> None:
    body = b'<!DOCTYPE DIV5 [<!ENTITY x SYSTEM "file:///etc/hostname">]><DIV5><P>&x;</P></DIV5>'
    assert refused(answer(body)).kind == "UnexpectedContentType"


def test_json_that_breaks_off_is_truncated_and_html_is_named() -> None:
    for body, kind in ((b'{"titles": [1, 2', "Truncated"), (b"<html>g-recaptcha", "ChallengePage")):
        with pytest.raises(Refused) as caught:
            whole_json(answer(body, "application/json"), expected="a list")
        assert caught.value.kind == kind
    assert whole_json(answer(b'{"a": 1}', "application/json; charset=utf-8"), expected="a list") == {"a": 1}


def test_an_api_that_says_it_has_nothing_is_understood() -> None:
    assert (
        error_of(answer(b'{"error": "No matching content found."}', "application/json", 404))
        == "No matching content found."
    )
    assert error_of(answer(b"<html>", HTML, 404)) is None
    assert error_of(answer(b'{"error": "x"}', "application/json", 200)) is None
