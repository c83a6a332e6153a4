"""Reviews over HTTP: who is let in, what is refused, a week decided and signed by two, beside a writer that is at work."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import changes, databases, digests, reviews
from archive.chain import check_chain
from archive.counted import found_in
from archive.records import ChangeSet, Transition
from archive.store import Archive
from tests.tocsin.program import Installation
from tests.tocsin.review.house import TOKENS, WEEK, ingest, run, settle
from tocsin.config import Config, load
from tocsin.review.drafts import draft

SECRET = "zebra crossing privileged words"
NOON = "2026-02-09T12:00:00+00:00"
WRITES = {
    "decisions": {"change": "CHANGE", "verdict": "relevant"},
    "comments": {"change": "CHANGE", "words": "hm"},
    "assignments": {"change": "CHANGE", "person": "rob"},
    "signatures": {"version": "0" * 64},
}
READS = ("", "/change/CHANGE", f"/digest/{WEEK}", "/log")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(tmp_path_factory.mktemp("house") / "tocsin").folder


@pytest.fixture
def place(settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    shutil.copytree(settled, tmp_path / "tocsin")
    place = Installation(tmp_path / "tocsin", {"TOCSIN_HOSTS": "{}", "TOCSIN_NOW": NOON})
    monkeypatch.setenv("TOCSIN_HOSTS", "{}")
    monkeypatch.setenv("TOCSIN_NOW", NOON)
    for name, token in TOKENS.items():
        if name != "cora":  # hers is in a file
            monkeypatch.setenv(f"TOKEN_{name.upper()}", token)
    return place


@pytest.fixture
def config(place: Installation) -> Config:
    return load(place.folder / "tocsin.toml", known_sources=())


@pytest.fixture
def client(place: Installation, config: Config) -> Iterator[Any]:
    from tocsin.web.server import application

    datasette = application(place.folder / "archive", config)
    yield datasette.client
    for database in datasette.databases.values():
        database.close() if hasattr(database, "close") else None


@pytest.fixture
def change(place: Installation) -> str:
    (found,) = [
        one
        for one in map(json.loads, run(place, "changes", "--json").splitlines())
        if one["materiality"] == "substantive"
    ]
    return str(found["id"])


def ask(
    client: Any, path: str, person: str = "", body: Any = None, authorization: str = ""
) -> tuple[int, Any]:
    """A request with the token of a person, or what else is sent as one: its status, and what the answer says."""
    sent = f"Bearer {TOKENS[person]}" if person else authorization
    headers = {"authorization": sent.encode("latin-1")} if sent else {}
    address = f"/api/reviews{path}"
    if body is None:
        answer = asyncio.run(client.get(address, headers=headers))
    else:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = asyncio.run(client.post(address, content=content, headers=headers))
    assert answer.headers["content-type"].startswith("application/json")
    assert "no-store" in answer.headers["cache-control"]
    return answer.status_code, answer.json()


def written(place: Installation) -> int:
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        return (
            len(reviews.decisions(archive))
            + len(reviews.comments(archive, privileged=True))
            + len(digests.signatures(archive))
        )


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong-token-0123456789",
        f"Basic {TOKENS['rob']}",
        f"Bearer {TOKENS['rob'][:-1]}",
        "Bearer \u00e9".encode().decode("latin-1"),
    ],
)
def test_nobody_reads_or_writes_without_a_token(
    client: Any, place: Installation, change: str, authorization: str
) -> None:
    for path in READS:
        assert ask(client, path.replace("CHANGE", change), authorization=authorization)[0] == 401
    for path, body in WRITES.items():
        assert ask(client, f"/{path}", body={**body, "change": change}, authorization=authorization)[0] == 401
    assert written(place) == 0


def test_a_cookie_opens_nothing(client: Any, place: Installation, change: str) -> None:
    """No other site can have a browser decide: what browsers send by themselves counts for nothing."""
    answer = asyncio.run(
        client.post(
            "/api/reviews/decisions",
            content=json.dumps({"change": change, "verdict": "relevant"}),
            cookies={"ds_actor": "rob"},
        )
    )
    assert answer.status_code in (401, 403)
    assert written(place) == 0


def test_an_unset_empty_or_short_token_is_nobodys(
    client: Any, place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("", "short", TOKENS["carl"]):
        monkeypatch.setenv("TOKEN_ROB", value)
        assert ask(client, "", authorization=f"Bearer {value}")[0] == 401, "carl's own is two people's now"
    monkeypatch.delenv("TOKEN_ROB")
    assert ask(client, "", authorization="Bearer ")[0] == 401
    assert ask(client, "", "carl")[0] == 200


def test_a_front_end_without_a_configuration_knows_nobody(place: Installation) -> None:
    from tocsin.web.server import application

    datasette = application(place.folder / "archive")
    assert (
        asyncio.run(
            datasette.client.get("/api/reviews", headers={"authorization": f"Bearer {TOKENS['rob']}"})
        ).status_code
        == 401
    )


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("rita", set()),
        ("ada", {"assignments"}),
        ("rob", {"decisions", "comments", "assignments"}),
        ("cora", {"decisions", "comments", "assignments"}),
    ],
)
def test_each_role_writes_what_it_may_and_all_read(
    client: Any, change: str, person: str, allowed: set[str]
) -> None:
    for path, body in WRITES.items():
        status, said = ask(
            client, f"/{path}", person, {**body, "change": change} if "change" in body else body
        )
        if path in allowed:
            assert status == 201, said
        elif path == "signatures" and person == "cora":
            assert (status, "names no version" in said["error"]) == (400, True)
        else:
            assert (status, f"{person} may not" in said["error"]) == (403, True)
    assert ask(client, "", person)[0] == 200
    assert ask(client, f"/change/{change}", person)[0] == 200
    assert ask(client, "/log", person)[0] == 200


def test_a_week_is_decided_and_signed_by_two(
    client: Any, place: Installation, config: Config, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, (waiting,) = ask(client, "?since=2026-02-01", "rita")
    assert (status, waiting["change"], waiting["watch"], waiting["open"]) == (200, change, "chips", True)
    said = {
        "change": change,
        "verdict": "action",
        "because": "we ship it",
        "person": "rita",
        "due": "2026-03-01",
    }
    status, (decision,) = ask(client, "/decisions", "rob", said)
    assert (status, decision["author"], decision["role"]) == (201, "rob", "reviewer")
    status, said = ask(client, "/decisions", "cora", {"change": change, "verdict": "relevant"})
    assert (status, decision["id"] in said["error"]) == (400, True)
    assert ask(client, "/comments", "rob", {"change": change, "words": "halved", "quote": "2400"})[0] == 201
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-09T13:00:00+00:00")
    from archive import clock

    with Archive.beside(config.archive) as archive:
        build = draft(archive, config, WEEK, at=clock.now())
    assert ask(client, "/signatures", "rob", {"version": build.version})[0] == 403
    status, said = ask(client, "/signatures", "cora", {"version": build.version})
    assert (status, said["missing"], said["released"]) == (201, 1, False)
    status, said = ask(client, "/signatures", "cora", {"version": build.version})
    assert (status, "cora has signed it" in said["error"]) == (400, True)
    status, said = ask(client, "/signatures", "carl", {"version": build.version})
    assert (status, said["missing"], said["released"]) == (201, 0, True)
    status, week = ask(client, f"/digest/{WEEK}", "rita")
    assert [one["author"] for one in week["signatures"]] == ["cora", "carl"]
    assert (week["missing"], week["outdated"], len(week["released"])) == (0, "", 1)
    status, log = ask(client, "/log", "rita")
    assert [one["kind"] for one in log] == [
        "decision",
        "comment",
        "digest",
        "signature",
        "signature",
        "release",
    ]
    with Archive.open(config.archive, read_only=True) as archive:
        assert list(check_chain(archive)) == []


def test_a_decision_lapses_by_a_later_change_and_by_an_edited_watch_and_not_by_another_engine(
    client: Any, place: Installation, config: Config, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def now() -> tuple[bool, list[str]]:
        (one,) = ask(client, f"/change/{change}", "rita")[1]["items"]
        return one["open"], one["why"]

    def decide() -> None:
        assert ask(client, "/decisions", "rob", {"change": change, "verdict": "relevant"})[0] == 201
        assert now() == (False, [])

    assert now() == (True, [])
    decide()
    with Archive.open(config.archive) as archive:
        stored = changes.change(archive, change)
        assert stored is not None
        (transition,) = [
            one for one in (found_in(archive, stored.transition_id) or ()) if one.change == change
        ]
        seen = Transition(
            id=stored.transition_id,
            source=stored.source,
            work=stored.work,
            before_sha256="",
            after_sha256="",
            before=stored.before,
            after=stored.after,
            observed_at=stored.observed_at,
        )
        otherwise = replace(stored.change, reason="by another engine")
        again = ChangeSet(transition=seen, engine="tocsin-diff/99", changes=(otherwise,))
        (found,) = changes.record_changeset(archive, again, [()])
        assert (found.id, found.change.reason) == (transition.change, "by another engine")
    assert now() == (False, [])

    place.watch(chips={"eccn": ["3A090", "4A090"]})
    ingest(place, "2026-02-10", "2400")  # an edition that says the same: only the watch is new
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-10T13:00:00+00:00")
    assert now() == (True, ["the watch “chips” was edited: eccn"])
    decide()
    ingest(place, "2026-02-11", "1200")
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-11T13:00:00+00:00")
    assert now() == (
        True,
        ["a later change of the same provision (substantive substitution, edition of 2026-02-11)"],
    )


def test_what_is_privileged_is_told_to_counsel_that_asks_and_to_nobody_else(client: Any, change: str) -> None:
    assert ask(client, "/comments", "rob", {"change": change, "words": SECRET, "privileged": True})[0] == 403
    status, said = ask(client, "/comments", "cora", {"change": change, "words": SECRET, "privileged": True})
    assert (status, said["privileged"]) == (201, True)
    for person in ("rita", "rob", "ada", "cora"):
        for path in READS[:2] + READS[3:]:
            assert SECRET not in json.dumps(ask(client, path.replace("CHANGE", change), person))
    for person in ("rita", "rob", "ada"):
        for path in (f"/change/{change}", "/log"):
            status, said = ask(client, f"{path}?include_privileged=1", person)
            assert (status, SECRET in json.dumps(said)) == (403, False)
    for path in (f"/change/{change}", "/log"):
        assert SECRET in json.dumps(ask(client, f"{path}?include_privileged=1", "cora"))


def test_what_is_privileged_is_on_no_page_and_in_no_table(client: Any, change: str) -> None:
    assert ask(client, "/comments", "cora", {"change": change, "words": SECRET, "privileged": True})[0] == 201
    pages = [
        "/",
        "/changes",
        "/changes?all=1",
        f"/change/{change}",
        "/archive",
        "/archive.json",
        "/calendar",
        "/search?q=zebra",
    ]
    tables = ("comment", "decision", "chain", "assignment", "signature", "release", "digest")
    pages += [f"/archive/{table}{end}" for table in tables for end in ("", ".json", ".csv")]
    for page in pages:
        answer = asyncio.run(client.get(page))
        assert SECRET not in answer.text, page
        if page.startswith("/archive/"):
            assert answer.status_code in (403, 404), page
        else:
            assert answer.status_code == 200, page


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("decisions", b"{", "truncated"),
        ("decisions", b"[]", "object"),
        ("decisions", b"\xff", "request"),
        ("decisions", {"change": "CHANGE"}, "verdict"),
        ("decisions", {"change": "CHANGE", "verdict": "relevant", "author": "cora"}, "author"),
        ("decisions", {"change": "CHANGE", "verdict": "relevant", "at": "2020-01-01"}, "at"),
        ("decisions", {"change": "CHANGE", "verdict": "action", "due": "tomorrow"}, "due"),
        ("decisions", {"change": "0" * 32, "verdict": "relevant"}, "no such change"),
        ("decisions", {"change": "'; DROP TABLE decision; --", "verdict": "relevant"}, "no such change"),
        ("comments", {"change": "CHANGE", "words": "x", "quote": "not there"}, "has no 'not there'"),
        ("comments", {"change": "CHANGE", "words": "half a \ud800 pair"}, "request"),
        ("signatures", {"version": "%"}, "names no version"),
    ],
)
def test_bad_input_gets_a_clear_error_and_writes_nothing(
    client: Any, place: Installation, change: str, path: str, body: Any, words: str
) -> None:
    said = {**body, "change": change} if isinstance(body, dict) and body.get("change") == "CHANGE" else body
    status, answer = ask(client, f"/{path}", "cora", said)
    assert (status, words in answer["error"]) == (400, True), answer
    assert written(place) == 0


def test_a_request_that_is_too_long_or_by_another_method_is_refused(
    client: Any, place: Installation, change: str
) -> None:
    assert ask(client, "/comments", "rob", {"change": change, "words": "x" * 300_000})[0] == 413
    assert ask(client, "/decisions", "rob")[0] == 405
    assert ask(client, "/log", "rob", {})[0] == 405
    assert ask(client, "/change/0123", "rob")[0] == 400
    assert ask(client, "?since=yesterday", "rob")[0] == 400
    assert written(place) == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_method_edits_anything(client: Any, place: Installation, change: str, method: str) -> None:
    (decision,) = ask(client, "/decisions", "rob", {"change": change, "verdict": "relevant"})[1]
    headers = {"authorization": f"Bearer {TOKENS['cora']}"}
    for path in ("decisions", f"decisions/{decision['id']}", f"change/{change}", "log"):
        answer = asyncio.run(getattr(client, method)(f"/api/reviews/{path}", headers=headers))
        assert answer.status_code in (404, 405), path
    assert ask(client, f"/change/{change}", "rita")[1]["decisions"] == [decision]


def test_a_decision_is_written_beside_a_crawl_that_holds_the_lock(
    client: Any, config: Config, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_MS", 50)
    body = {"change": change, "verdict": "relevant"}
    with Archive.open(config.archive) as writer:
        with writer.transaction():
            writer.database.execute("UPDATE memory SET content = content")
            status, said = ask(client, "/decisions", "rob", body)
            assert (status, "Another program holds it" in said["error"]) == (503, True)
            assert ask(client, f"/change/{change}", "rob")[0] == 200, "readers go on"
        assert ask(client, "/decisions", "rob", body)[0] == 201
        assert len(reviews.decisions(writer)) == 1
