"""Acknowledging and muting on the pages: a link alone does nothing, and the address in a mail is that of the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.messages import Context
from archive import acknowledged, clock, mutes, outbox
from archive.store import Archive
from tests.tocsin.web.browser import Browser, logged
from tests.tocsin.web.desk import Desk, forms, opened, settled
from tocsin.web import links


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settled(tmp_path_factory.mktemp("alerts") / "tocsin")


@pytest.fixture
def desk(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from opened(house, tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def shared(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For what is refused, and so changes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        yield from opened(house, tmp_path_factory.mktemp("shared"), patch)


def message(desk: Desk) -> outbox.Owed:
    with Archive.open(desk.config.archive, read_only=True) as archive:
        return next(one for one in outbox.deliveries(archive) if one.delivery.watch == "chips")


def acknowledgements(desk: Desk) -> list[tuple[str, str]]:
    with Archive.open(desk.config.archive, read_only=True) as archive:
        found = acknowledged.acknowledgements(archive, message(desk).delivery.transition_id)
    return [(one.person, one.note) for one in found]


def test_the_address_in_a_mail_is_that_of_the_page(shared: Desk) -> None:
    owed = message(shared).delivery
    said = json.loads(owed.payload)["acknowledge"]
    page = links.acknowledge(owed.message_id)
    assert said == shared.config.address + page
    assert (
        Context(now=clock.now(), address="https://t.example.org").acknowledged_at(owed.message_id)
        == f"https://t.example.org{page}"
    )
    assert page in shared.read("rita", "/alerts")


def test_following_the_link_acknowledges_nothing_and_the_button_does(desk: Desk) -> None:
    page = links.acknowledge(message(desk).delivery.message_id)
    for method in ("GET", "HEAD", "GET"):
        assert desk.of("rita").ask(method, page).status_code == 200
    assert desk.of("rita").ask("POST", page).status_code == 405
    assert acknowledgements(desk) == []
    scanner = Browser(desk.datasette)
    assert scanner.get(page).status_code in (302, 401), "who is not signed in is asked to"
    said = desk.follow("rita", desk.fill("rita", page, "/do/acknowledge", note="Read <b>."))
    assert "It is written that you have read it." in said
    assert "read by rita" in said
    assert acknowledgements(desk) == [("rita", "Read <b>.")]
    assert "read by rita" in desk.read("rob", "/alerts")
    assert logged(desk.datasette)[-1].deed == "acknowledge"


def test_what_cannot_be_acknowledged_is_refused(shared: Desk) -> None:
    assert shared.of("rita").get(links.acknowledge("none")).status_code == 404
    assert shared.of("rita").send("/do/acknowledge", {"message": "none"}).status_code == 400
    key = message(shared).delivery.message_id
    long = shared.of("rita").send("/do/acknowledge", {"message": key, "note": "x" * 2001})
    assert long.status_code == 400
    assert "keep it to 2,000" in long.text
    assert acknowledgements(shared) == []


def test_a_watch_is_muted_by_whom_it_concerns_and_taken_back(desk: Desk) -> None:
    assert links.mute("watch", "chips").partition("&person")[0].replace("&", "&amp;") in desk.read(
        "rita", "/alerts"
    )
    page = links.mute("watch", "chips", "rita")
    said = desk.follow("rita", desk.fill("rita", page, "/do/mute", until="2026-03-01", reason="Away <i>"))
    assert "It is muted." in said
    assert "Away &lt;i&gt;" in said
    with Archive.open(desk.config.archive, read_only=True) as archive:
        (one,) = mutes.mutes(archive)
    assert (one.person, one.sort, one.subject, one.author) == ("rita", "watch", "chips", "rita")
    assert "1,rita,watch,chips,2026-03-01,Away <i>,rita," in desk.of("rob").get("/alerts/mutes.csv").text
    assert [each.action for each in forms(desk.read("cora", "/alerts/mutes"))] == ["/do/unmute", "/do/mute"]
    assert "is not muted any more" in desk.follow("rob", desk.fill("rob", "/alerts/mutes", "/do/unmute"))
    assert desk.of("rob").send("/do/unmute", {"number": "1"}).status_code == 400


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ({"person": "rob"}, 403, "rita may not mute for rob"),
        ({"until": "2026-02-09"}, 400, "is no day to come"),
        ({"until": "soon"}, 400, "is not a day"),
        ({"reason": ""}, 400, "no reason is given"),
        ({"subject": ""}, 400, "it is not said what"),
        ({"sort": "planet"}, 400, "cannot be muted"),
        ({"sort": "event", "subject": "ffff"}, 400, "no such event"),
    ],
)
def test_a_refused_mute_says_why(shared: Desk, said: dict[str, str], status: int, why: str) -> None:
    whole = {
        "sort": "watch",
        "subject": "chips",
        "person": "rita",
        "until": "2026-03-01",
        "reason": "Away",
        **said,
    }
    answer = shared.of("rita").send("/do/mute", whole)
    assert answer.status_code == status
    assert why in answer.text.replace("&#39;", "'")
    with Archive.open(shared.config.archive, read_only=True) as archive:
        assert not mutes.mutes(archive)
