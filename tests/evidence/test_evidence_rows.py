"""What an evidence file does with secrets, with what older versions did not keep, and with bytes that a rule has dropped."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import chain, editions, ledger, linking, outbox
from archive.changes import record_changeset
from archive.identifiers import transition_id
from archive.records import Attempt, Capture, Change, ChangeSet, Delivery, Reading, Request, Transition
from archive.store import Archive
from tests.archive.building import WORK, at, capture, edition, item, on, substitution
from tocsin.evidence import formats
from tocsin.evidence.checks import check
from tocsin.evidence.making import evidence_file

SECRET = "hunter2hunter2"
TEXTS = ("old word", "new\u2028word\x85 and a line\nbreak 改正")


def grown(archive: Archive, *captures: Capture, changes: tuple[Change, ...] = ()) -> str:
    """Two editions read from two captures, told once; answers the id of the first change."""
    run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)
    hashes = []
    for number, one in enumerate(captures):
        ledger.record_attempt(
            archive,
            run,
            Attempt(source="us_ecfr", url=one.url, at=at(number), outcome="accepted", status=200),
        )
        row = editions.record_capture(archive, run, one)
        hashes.append(row.sha256)
        text = edition(item("1", TEXTS[number], item("1.a", "below")), days=number)
        editions.publish(archive, text, row.id, observed=at(number), provisional=False)
    before, after = hashes
    step = Transition(
        id=transition_id(WORK, before, after),
        source="us_ecfr",
        work=WORK,
        before_sha256=before,
        after_sha256=after,
        before=on(0),
        after=on(1),
        observed_at=at(1),
    )
    found = changes or (substitution("1", *TEXTS),)
    stored = record_changeset(
        archive, ChangeSet(transition=step, engine="e/1", changes=found), [()] * len(found)
    )
    payload = json.dumps({"title": "t", "body": f"https://x.org/ack?token={SECRET} and more"})
    told = Delivery(
        key="key",
        message_id="m",
        transition_id=step.id,
        watch="w",
        target="console:",
        changes=(stored[0].id,),
        payload=payload,
    )
    outbox.enqueue(archive, told, at(1))
    ledger.finish_run(archive, run, at=at(2), outcome="complete")
    assert outbox.claim(archive, "key", at(3))
    outbox.mark_sent(archive, "key", at(3))
    linking.link_sending(archive, at=at(3))
    return stored[0].id


def fetched(number: int) -> Capture:
    """A capture whose address, headers and index hold a credential."""
    body = f"<x>{number}</x>".encode()
    one = capture(body, days=number, hours=number)
    return replace(
        one,
        url=f"https://example.org/d?number={number}&api_key={SECRET}",
        headers=(("content-encoding", "gzip"), ("content-length", "7"), ("etag", '"1"')),
        meta={"link": f"https://example.org/?token={SECRET}"},
        request=Request(url="https://example.org/d", headers=(("host", "example.org"),)),
    )


def files_of(archive: Archive, change: str) -> dict[str, bytes]:
    _, data = evidence_file(archive, change)
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def wrong(files: dict[str, bytes]) -> list[str]:
    return [line for _, lines in check(files) for line in lines]


def records(files: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [(headers["WARC-Type"], block) for headers, block in formats.warc_records(files[formats.WARC])]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as made:
        yield made


def test_no_secret_is_in_any_file_and_what_is_masked_is_said(archive: Archive) -> None:
    change = grown(archive, fetched(0), fetched(1))
    files = files_of(archive, change)
    assert wrong(files) == []
    assert not any(SECRET.encode() in data for data in files.values())
    index = files["index.txt"].decode()
    assert "its url holds a secret, which is masked here" in index
    assert "api_key=(masked)" in index
    with_secret = {one["sort"] for one in formats.json_lines(files["rows.jsonl"]) if one.get("masked")}
    assert with_secret == {"attempts", "captures", "sends"}


def test_headers_of_the_transfer_are_renamed_since_the_bytes_are_unpacked(archive: Archive) -> None:
    files = files_of(archive, grown(archive, fetched(0), fetched(1)))
    (answer, asked) = (block for sort, block in records(files)[1:3] if sort)
    assert answer == (
        b'HTTP/1.1 200 \r\nx-archive-orig-content-encoding: gzip\r\nx-archive-orig-content-length: 7\r\netag: "1"\r\n'
        b"content-length: 8\r\n\r\n<x>0</x>"
    )
    assert asked == b"GET /d HTTP/1.1\r\nhost: example.org\r\n\r\n"


def test_texts_with_odd_ends_of_lines_are_kept_as_they_are(archive: Archive) -> None:
    files = files_of(archive, grown(archive, fetched(0), fetched(1)))
    assert wrong(files) == []
    assert files["texts/provision-after.txt"].decode() == TEXTS[1]
    lines = formats.json_lines(files["texts/document-after.jsonl"])
    assert [line[0] for line in lines] == ["1", "1.a"]
    assert lines[0][5] == TEXTS[1]


def test_what_was_never_kept_is_said_and_what_a_person_handed_in_is_a_resource(archive: Archive) -> None:
    by_hand = replace(fetched(1), headers=(), request=None)
    files = files_of(archive, grown(archive, replace(fetched(0), request=None), by_hand))
    assert wrong(files) == []
    assert [sort for sort, _ in records(files)] == ["warcinfo", "response", "resource"]
    index = files["index.txt"].decode()
    assert "capture 1: what was asked is not known" in index
    assert "capture 2: its bytes are no single answer as it came" in index


def test_bytes_that_a_rule_has_dropped_are_missing_with_a_reason_that_is_in_the_chain(
    archive: Archive,
) -> None:
    change = grown(archive, fetched(0), fetched(1))
    sha256 = hashlib.sha256(b"<x>0</x>").hexdigest()
    with archive.transaction():
        archive.database.execute(
            "INSERT INTO retention VALUES ('r1', ?, 'us_ecfr', 'older than a year')", ("2026-02-01",)
        )
        archive.database.execute("INSERT INTO dropped_body VALUES (?, 'r1', 8)", (sha256,))
        chain.link(archive, "retention", "r1", at=at(9))
    archive.captures.database.execute(
        "DELETE FROM body WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM body WHERE keyframe = ?)",
        (sha256, sha256),
    )
    if sha256 in archive.captures:  # the other one was compressed against it
        archive.captures.database.execute("PRAGMA foreign_keys = OFF")
        body = archive.captures.get(hashlib.sha256(b"<x>1</x>").hexdigest())
        archive.captures.database.execute("DELETE FROM body")
        archive.captures.put(body, "us_ecfr/other")
    files = files_of(archive, change)
    assert wrong(files) == []
    assert [sort for sort, _ in records(files)] == ["warcinfo", "response", "request"]
    assert "older than a year" in files["index.txt"].decode()
    entries = [one for one in formats.json_lines(files["rows.jsonl"]) if one["sort"] != "retention"]
    lines = b"".join(formats.canonical(one) + b"\n" for one in entries)
    assert "the bytes of capture 1 are not there" in wrong({**files, "rows.jsonl": lines})


def test_each_of_equal_changes_has_its_own_id_and_another_ones_is_refused(archive: Archive) -> None:
    removed = Change(
        kind="insertion",
        materiality="substantive",
        reason="r",
        new_eid="1",
        text_after="x",
        ops=(("+", "x"),),
    )
    twice = (removed, replace(removed, text_after="y", ops=(("+", "y"),)))
    grown(archive, fetched(0), fetched(1), changes=twice)
    keys = [key for (key,) in archive.database.execute("SELECT key FROM change ORDER BY position")]
    assert len(set(keys)) == 2
    for key, text in zip(keys, (b"x", b"y"), strict=True):
        files = files_of(archive, key)
        assert wrong(files) == []
        assert files["texts/provision-after.txt"] == text


def test_an_edition_that_was_replaced_as_it_became_known_is_read_again_or_said_to_be_missing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = grown(archive, fetched(0), fetched(1))
    better = editions.record_capture(archive, None, replace(fetched(1), body=b"<x>better</x>"))
    with archive.transaction():  # at the instant at which the other one became known
        editions.publish(
            archive, edition(item("1", "better"), days=1), better.id, observed=at(1), provisional=False
        )
    files = files_of(archive, change)
    assert wrong(files) == []
    assert "texts/document-after.jsonl" not in files
    assert "The document after is not in this file" in files["index.txt"].decode()
    assert files["texts/provision-after.txt"].decode() == TEXTS[1]

    def as_then(*_: object) -> Reading:
        return Reading(expressions=(edition(item("1", TEXTS[1], item("1.a", "below")), days=1),))

    monkeypatch.setattr("tocsin.evidence.documents.readers.read", as_then)
    again = files_of(archive, change)
    assert wrong(again) == []
    assert formats.json_lines(again["texts/document-after.jsonl"])[0][5] == TEXTS[1]
