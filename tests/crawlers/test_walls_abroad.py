"""Every wall and soft error that the facts name for the sources abroad (06, 07, 08), each under its kind; and every good page passes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from archive.errors import Refused
from crawlers.families.addressed import Address
from crawlers.families.cellar_answers import accept_feed, accept_text, accept_works, where
from crawlers.families.egov_answers import Revision, accept_law, accept_revisions, accept_updates
from crawlers.families.gesetze_im_internet import accept_german_law
from crawlers.families.govuk import accept_page, accept_search
from crawlers.families.legislation_gov_uk import accept_uk_text
from crawlers.visit import Answer
from tests.crawlers.crawling import visited
from tests.normalize.eu_pages import CELEX, formex_zip, page
from tests.replica.faults import Reply
from tests.replica.laws import LAWS
from tests.replica.server import Replica
from tests.replica.sites import framed, paragraphs, pdf
from tests.sources.jp_egov.replica import FIRST, LAW_ID, NUMBER
from tests.sources.uk_legislation.replica import FIRST as ORDER
from tests.sources.uk_notices.replica import record

HTML, XML, JSON = (
    "text/html; charset=utf-8",
    "application/xml; charset=utf-8",
    "application/json; charset=utf-8",
)
REVISION = Revision(
    id=f"{LAW_ID}_20260105_508CO0000000002",
    day=date(2026, 1, 5),
    status="CurrentEnforced",
    said={"law_num": NUMBER, "updated": "2026-01-05T09:00:00+09:00"},
)
PATH = "/government/publications/x"


def answer(body: bytes | str, kind: str = HTML, status: int = 200, cut: str = "", **headers: str) -> Answer:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    raw = body.encode() if isinstance(body, str) else body
    return Answer(
        url="https://laws.example.go.jp/x",
        status=status,
        body=raw,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        headers={"content-type": kind, **named},
        cut=cut,
    )


def egov(inner: str, *, revision: str = REVISION.id, status: str = "CurrentEnforced") -> Answer:
    info = f"<law_revision_id>{revision}</law_revision_id><current_revision_status>{status}</current_revision_status>"
    return answer(
        f'<?xml version="1.0"?><law_data_response><revision_info>{info}</revision_info>{inner}</law_data_response>',
        XML,
    )


def rows(**changed: Any) -> Answer:
    row = {
        **REVISION.said,
        "law_revision_id": REVISION.id,
        "current_revision_status": "CurrentEnforced",
        **changed,
    }
    return answer(json.dumps({"law_info": {"law_id": LAW_ID}, "revisions": [row]}), JSON)


def updates(code: str, inner: str = "") -> Answer:
    return answer(
        f"<DataRoot><Result><Code>{code}</Code></Result><ApplData>{inner}</ApplData></DataRoot>", XML
    )


def sparql(*celex: str) -> Answer:
    found = [{"celex": {"value": one}, "date": {"value": "2031-03-03"}} for one in celex]
    return answer(json.dumps({"results": {"bindings": found}}), "application/sparql-results+json")


def search(*links: str, total: int) -> Answer:
    found = [{"link": link, "title": "Artificial intelligence", "description": None} for link in links]
    return answer(json.dumps({"results": found, "total": total}), JSON)


ACCEPT: dict[str, Callable[[Answer], Any]] = {
    "law": lambda one: accept_law(one, REVISION),
    "revisions": lambda one: accept_revisions(one, LAW_ID),
    "updates": accept_updates,
    "works": lambda one: accept_works(one, CELEX),
    "place": lambda one: where(one, CELEX),
    "act": lambda one: accept_text(one, CELEX),
    "feed": accept_feed,
    "german": lambda one: accept_german_law(one, Address(document="mustv", url=one.url)),
    "record": lambda one: accept_page(one, Address(document=PATH, url=one.url)),
    "search": lambda one: accept_search(one, ["AI", "artificial intelligence"]),
    "uk": lambda one: accept_uk_text(one, Address(document="/uksi/2031/77/data.xml", url=one.url)),
}
CHALLENGE = '<html><script>window.awsWafCookieDomainList=[];window.gokuProps={}</script><script src="https://x.token.awswaf.com/y/challenge.js"></script></html>'

# Walls that may stand before any of these hosts (facts 6.5, 7.2, 8.2).
EVERYWHERE: dict[str, tuple[Answer, str]] = {
    "a challenge with 202": (answer(CHALLENGE, status=202, x_amzn_waf_action="challenge"), "WafChallenge"),
    "a challenge with 200": (answer(CHALLENGE), "WafChallenge"),
    "a captcha with 405": (
        answer("<html>captcha</html>", status=405, x_amzn_waf_action="captcha"),
        "WafChallenge",
    ),
    "405 without words": (answer("<html></html>", status=405), "Blocked"),
    "202 while a text is made": (answer("", status=202), "WafChallenge"),
    "437 for a client's handshake": (answer("<html></html>", status=437), "Blocked"),
    "403 for a foreign address": (answer("<html><h1>Access Denied</h1></html>", status=403), "Blocked"),
    "451": (answer("", status=451), "Blocked"),
    "429": (answer("", status=429, retry_after="60"), "RateLimited"),
    "503": (answer("<html>Service Unavailable</html>", status=503), "ServerError"),
    "maintenance in Japanese": (
        answer("<html><body>ただいまメンテナンス中です</body></html>"),
        "Maintenance",
    ),
    "maintenance in German": (answer("<html><body>Wartungsarbeiten</body></html>"), "Maintenance"),
    "nothing": (answer("", XML), "EmptyDocument"),
    "half a transfer": (answer("<Law", XML, cut="12 of 90 bytes came"), "Truncated"),
    "gone": (answer("<html></html>", status=404), "NotFound"),
    "gone for good": (answer("<html></html>", status=410), "NotFound"),
}

OWN: dict[str, tuple[str, Answer, str]] = {
    # 6.1: an empty answer was published as the law by a third party; a text in Base64; another revision; one not yet in force any more.
    "the empty JSON": ("law", answer("{}", JSON), "UnexpectedContentType"),
    "an empty law": ("law", egov("<law_full_text/>"), "EmptyDocument"),
    "a law without provisions": (
        "law",
        egov(f"<law_full_text><Law><LawNum>{NUMBER}</LawNum><LawBody><MainProvision/></LawBody></Law></law_full_text>"),
        "EmptyDocument",
    ),
    "a law in Base64": (
        "law",
        egov(f"<law_full_text>{base64.b64encode(FIRST.encode()).decode()}</law_full_text>"),
        "EmptyDocument",
    ),
    "another revision": ("law", egov(f"<law_full_text>{FIRST}</law_full_text>", revision="x"), "WrongDocument"),
    "another status than listed": (
        "law",
        egov(f"<law_full_text>{FIRST}</law_full_text>", status="UnEnforced"),
        "WrongDocument",
    ),
    "another law": (
        "law",
        egov(f"<law_full_text>{FIRST.replace(NUMBER, '平成元年政令第一号')}</law_full_text>"),
        "WrongDocument",
    ),
    "an error of the API": ("law", answer('{"code": "400002", "message": "x"}', JSON, 400), "NotFound"),
    "an empty list of revisions": (
        "revisions",
        answer(json.dumps({"law_info": {"law_id": LAW_ID}, "revisions": []}), JSON),
        "SuspiciousShrink",
    ),
    "the list of another law": (
        "revisions",
        answer(json.dumps({"law_info": {"law_id": "1"}, "revisions": [{}]}), JSON),
        "WrongDocument",
    ),
    "an unknown status": ("revisions", rows(current_revision_status="Odd"), "WrongDocument"),
    "a revision without a day of its data": ("revisions", rows(updated=None), "WrongDocument"),
    "an error in the daily list": ("updates", updates("2"), "WrongDocument"),
    "a daily list with a code and no laws": ("updates", updates("0"), "WrongDocument"),
    # 7.3: time-outs are answered with 200 and half a body; an untyped number matches nothing; a wrong language is 400; 300 lists files.
    "half a list of works": ("works", answer('{"results": {"bindings": [', "application/sparql-results+json"), "Truncated"),
    "a list of works without the act": ("works", sparql("32031R0099"), "SuspiciousShrink"),
    "a wrong language": ("place", answer("<p>Invalid Accept-Language</p>", status=400), "NotFound"),
    "half a list of files": (
        "place",
        answer('<a href="https://x/DOC_1"></a><a href="https://x/DOC_3"></a>', status=300),
        "SuspiciousShrink",
    ),
    "a redirection to itself": (
        "place",
        answer("", status=302, location="https://laws.example.go.jp/x"),
        "RedirectedAway",
    ),
    "a page that is no act": ("act", answer(f"<html><body>{'Welcome. ' * 9}</body></html>"), "UnexpectedContentType"),
    "a page that breaks off": ("act", answer(page()[:-40], "application/xhtml+xml"), "Truncated"),
    "a page that lost its paragraphs": (
        "act",
        answer(
            page(
                "<p class='oj-hd-date'>1.3.2031</p><p>2031/77</p>"
                + "".join(f'<div id="art_{n}">{"<p class=oj-ti-art>Article</p>" * (n < 2)}</div>' for n in range(1, 9))
            ).replace(b"'oj-hd-date'", b'"oj-hd-date"'),
            "application/xhtml+xml",
        ),
        "SuspiciousShrink",
    ),
    "another act": (
        "act",
        answer(page().replace(b"2031/77", b"2031/78"), "application/xhtml+xml"),
        "WrongDocument",
    ),
    "half a zip": ("act", answer(formex_zip()[:400], "application/zip"), "Truncated"),
    "a feed that is a page": ("feed", answer("<html></html>"), "UnexpectedContentType"),
    # German law is a zip of one file.
    "a damaged zip": ("german", answer(b"PK\x03\x04", "application/zip"), "Truncated"),
    "a page instead of the zip": ("german", answer("<html></html>"), "UnexpectedContentType"),
    # 8.1: a search with a parameter that is none; a page that moved; a record without words.
    "a search that is refused": ("search", answer('{"error": "Unexpected parameters"}', JSON, 422), "NotFound"),
    "a search without results": ("search", answer("{}", JSON), "WrongDocument"),
    "a search that lost most": ("search", search("/a", total=9), "SuspiciousShrink"),
    "a page that moved": ("record", answer("", status=301, location="https://www.gov.uk/y"), "RedirectedAway"),
    "the record of another page": ("record", answer(record("/y", "Y", "Y", date(2031, 1, 1)), JSON), "WrongDocument"),
    "a record without words": (
        "record",
        answer(json.dumps({"base_path": PATH, "title": "X", "details": {"body": ""}}), JSON),
        "EmptyDocument",
    ),
    "a placeholder for what is gone": ("record", answer(json.dumps({"base_path": PATH, "schema_name": "gone"}), JSON), "WrongDocument"),
    # 8.2: fewer provisions than it says, another text.
    "law that lost its provisions": (
        "uk",
        answer(ORDER.replace('NumberOfProvisions="2"', 'NumberOfProvisions="20"'), XML),
        "SuspiciousShrink",
    ),
    "another order": ("uk", answer(ORDER.replace("uksi/2031/77", "uksi/2031/78"), XML), "WrongDocument"),
}  # fmt: skip

GOOD: dict[str, tuple[str, Answer]] = {
    "a law": ("law", egov(f"<law_full_text>{FIRST}</law_full_text>")),
    "law that speaks of maintenance": (
        "law",
        egov(
            f"<law_full_text>{FIRST.replace('届出を要しない', 'メンテナンス中は Access Denied')}</law_full_text>"
        ),
    ),
    "a list of revisions": ("revisions", rows()),
    "a revision without a fixed day": ("revisions", rows(amendment_scheduled_enforcement_date=None)),
    "a day without updates": ("updates", updates("1")),
    "a list of works": ("works", sparql(CELEX, "32031R0099")),
    "an item": ("place", answer("", status=303, location="https://publications.europa.eu/item/1")),
    "a list of files": (
        "place",
        answer('<a href="https://x/DOC_1"></a><a href="https://x/DOC_2"></a>', status=300),
    ),
    "a page of the journal": ("act", answer(page(), "application/xhtml+xml")),
    "a zip": ("act", answer(formex_zip(), "application/zip")),
    "a feed": ("feed", answer("<rss><channel/></rss>", "application/rss+xml")),
    "a German law": (
        "german",
        answer(next(iter(LAWS["de_awv"].service().truth(date(2026, 3, 2)).values())), "application/zip"),
    ),
    "a record": ("record", answer(record(PATH, "X", "Words.", date(2031, 1, 1)), JSON)),
    "a search": ("search", search(PATH, total=1)),
    "a search that finds nothing": ("search", search(total=0)),
    "an order": ("uk", answer(ORDER, XML)),
}


@pytest.mark.parametrize("case", EVERYWHERE)
@pytest.mark.parametrize("what", ACCEPT)
def test_a_wall_before_any_of_them_is_refused_under_its_name(what: str, case: str) -> None:
    given, kind = EVERYWHERE[case]
    if what == "place" and given.status == 200:
        # Cellar may answer with the act itself: then the same address is asked for as the act, which is judged so.
        assert where(given, CELEX).links == (given.url,)
        what = "act"
    with pytest.raises(Refused) as caught:
        ACCEPT[what](given)
    assert caught.value.kind == kind, caught.value.line()
    assert caught.value.mend


@pytest.mark.parametrize("case", OWN)
def test_a_soft_error_of_its_own_is_refused_under_its_name(case: str) -> None:
    what, given, kind = OWN[case]
    with pytest.raises(Refused) as caught:
        ACCEPT[what](given)
    assert caught.value.kind == kind, caught.value.line()


@pytest.mark.parametrize("case", GOOD)
def test_every_good_answer_passes(case: str) -> None:
    what, given = GOOD[case]
    assert ACCEPT[what](given) is not None


# ── pages of ministries ────────────────────────────────────────────────────────────────────────────

HOST = {
    "jp_meti": "www.meti.go.jp",
    "cn_mofcom": "www.mofcom.gov.cn",
    "sg_customs": "www.customs.gov.sg",
    "eu_ai_office": "digital-strategy.ec.europa.eu",
}
SITE = {
    "jp_meti": "経済産業省",
    "cn_mofcom": "商务部",
    "sg_customs": "Singapore Customs",
    "eu_ai_office": "European Commission",
}
WORDS = {
    "jp_meti": "電子計算機①は㈱見本の貨物である。",
    "cn_mofcom": "样品出口管制。",
    "sg_customs": "Sextants need a permit.",
    "eu_ai_office": "A clock – “clever” – is an AI system.",
}


def kinds_of(source: str, reply: Reply) -> tuple[set[str], int]:
    """How one watched page that answers so is judged, and how many captures came of it."""
    with Replica(today=date(2031, 4, 2), pages={f"{HOST[source]}/page": reply}) as server:
        run = visited(source, server.hosts, server.today, pages=[f"https://{HOST[source]}/page"], lists=[])
    return run.kinds(), len(run.captures)


PAGES: dict[str, tuple[Reply, str]] = {
    "a challenge": (
        Reply(status=202, body=CHALLENGE.encode(), headers={"x-amzn-waf-action": "challenge"}),
        "WafChallenge",
    ),
    "a challenge with 200": (Reply(body=CHALLENGE.encode()), "WafChallenge"),
    "437": (Reply(status=437, body=b"<html></html>"), "Blocked"),
    "a denial": (Reply(status=403, body=b"<html>Access Denied</html>"), "Blocked"),
    "maintenance": (Reply(body=b"<html><body>Scheduled maintenance</body></html>"), "Maintenance"),
    "nothing": (Reply(body=b""), "EmptyDocument"),
    "another site": (
        framed("Welcome", paragraphs("A hosting company greets you. " * 3), site="Parked"),
        "UnexpectedContentType",
    ),
    "a picture": (Reply(body=b"GIF89a", media_type="image/gif"), "UnexpectedContentType"),
    "half a PDF": (Reply(body=pdf("Notice").body[:300], media_type="application/pdf"), "Truncated"),
    "elsewhere": (Reply(status=302, headers={"Location": "https://login.example.org/"}), "RedirectedAway"),
    "404": (Reply(status=404, body=b"<html></html>"), "NotFound"),
}


@pytest.mark.parametrize("source", HOST)
def test_what_stands_before_a_page_of_a_ministry_is_refused_under_its_name(source: str) -> None:
    for case, (reply, kind) in PAGES.items():
        kinds, captures = kinds_of(source, reply)
        assert kind in kinds, (case, kinds)
        assert captures == 0, case


@pytest.mark.parametrize("source", HOST)
def test_a_frame_for_a_script_and_a_page_that_says_it_is_not_there_are_empty(source: str) -> None:
    shell = f"<html><head><title>{SITE[source]}</title></head><body><footer>{SITE[source]}</footer><div id='app'></div></body></html>"
    gone = framed("404 Not Found", paragraphs("Sorry. " * 9), site=SITE[source])
    for reply in (Reply(body=shell.encode()), gone):
        kinds, captures = kinds_of(source, reply)
        assert "EmptyDocument" in kinds
        assert captures == 0


@pytest.mark.parametrize(
    ("source", "charset", "declared"),
    [
        ("jp_meti", "utf-8", True),
        ("jp_meti", "cp932", True),
        ("jp_meti", "euc_jp", True),
        ("cn_mofcom", "utf-8", False),
        ("cn_mofcom", "gb2312", True),
        ("cn_mofcom", "gbk", True),
        ("sg_customs", "utf-8", True),
        ("eu_ai_office", "utf-8", True),
        ("eu_ai_office", "utf-8", False),
    ],
)
def test_a_good_page_passes_in_whatever_characters_its_site_has_ever_used(
    source: str, charset: str, declared: bool
) -> None:
    words = WORDS[source] if charset != "euc_jp" else "電子計算機は見本の貨物である。"
    reply = framed("Page", paragraphs(*[words] * 4), site=SITE[source], charset=charset, declared=declared)
    assert kinds_of(source, reply) == ({"accepted"}, 1)


@pytest.mark.parametrize("source", HOST)
def test_a_page_declared_in_other_characters_than_it_is_in_is_read_as_it_is(source: str) -> None:
    page = framed("Page", paragraphs(*[WORDS[source]] * 4), site=SITE[source])
    wrong = Reply(body=page.body, media_type="text/html; charset=shift_jis")
    assert kinds_of(source, wrong) == ({"accepted"}, 1)
