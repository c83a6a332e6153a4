"""Bytes that were captured come back as they were, or it is said that they do not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import editions
from archive.errors import BadInput, UnsoundArchive
from archive.store import Archive
from tests.archive.building import at, capture


def law(seed: int = 0, words: int = 20_000) -> bytes:
    """Text that compresses like text: a vocabulary in random order."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(2_000)]
    return " ".join(chance.choices(vocabulary, k=words)).encode()


def cost(archive: Archive, sha256: str) -> tuple[int, str | None]:
    row: tuple[int, str | None] = archive.captures.database.execute(
        "SELECT length(frame), keyframe FROM body WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return row


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.binary(max_size=200), st.sampled_from("ab")), max_size=6))
def test_what_was_put_comes_back(archive: Archive, bodies: list[tuple[bytes, str]]) -> None:
    kept = [(archive.captures.put(body, document), body) for body, document in bodies]
    for sha256, body in kept:
        assert archive.captures.get(sha256) == body
        assert sha256 in archive.captures


def test_an_edition_that_differs_by_a_word_costs_next_to_nothing(archive: Archive) -> None:
    first = law()
    keyframe = archive.captures.put(first, "d")
    alone, _ = cost(archive, keyframe)
    for number in range(5):
        middle = len(first) // 2 + number
        sha256 = archive.captures.put(first[:middle] + b"amended" + first[middle + 7 :], "d")
        size, against = cost(archive, sha256)
        assert size < alone / 100
        assert against == keyframe  # never against another delta: one that breaks takes no other with it


def test_a_text_that_shares_little_is_the_next_keyframe(archive: Archive) -> None:
    old = archive.captures.put(law(1), "d")
    new = archive.captures.put(law(2), "d")
    amended = archive.captures.put(law(2) + b" amended", "d")
    assert cost(archive, new)[1] is None
    assert cost(archive, amended)[1] == new
    assert [archive.captures.get(sha256) for sha256 in (old, new, amended)] == [
        law(1),
        law(2),
        law(2) + b" amended",
    ]


def test_documents_are_not_compressed_against_each_other(archive: Archive) -> None:
    archive.captures.put(law(), "one")
    assert cost(archive, archive.captures.put(law() + b"!", "other"))[1] is None


def test_the_same_bytes_are_kept_once(archive: Archive) -> None:
    assert archive.captures.put(b"same", "one") == archive.captures.put(b"same", "other")
    assert len(list(archive.captures.hashes())) == 1


def test_a_flipped_bit_is_found_on_reading(archive: Archive) -> None:
    for document, body in (("d", law()), ("d", law() + b"x")):
        sha256 = archive.captures.put(body, document)
        (frame,) = archive.captures.database.execute(
            "SELECT frame FROM body WHERE sha256 = ?", (sha256,)
        ).fetchone()
        for place in (10, len(frame) // 2, len(frame) - 1):
            flipped = bytes((*frame[:place], frame[place] ^ 4, *frame[place + 1 :]))
            archive.captures.database.execute("UPDATE body SET frame = ? WHERE sha256 = ?", (flipped, sha256))
            with pytest.raises(UnsoundArchive, match=f"capture {sha256}.*Restore it from a backup"):
                archive.captures.get(sha256)
        archive.captures.database.execute("UPDATE body SET frame = ? WHERE sha256 = ?", (frame, sha256))
        assert archive.captures.get(sha256) == body


def test_bytes_under_another_hash_are_found_on_reading(archive: Archive) -> None:
    sha256 = archive.captures.put(b"true", "d")
    archive.captures.database.execute("UPDATE body SET sha256 = ?", ("0" * 64,))
    with pytest.raises(UnsoundArchive, match="is not the bytes that were captured"):
        archive.captures.get("0" * 64)
    with pytest.raises(UnsoundArchive, match="is not there"):
        archive.captures.get(sha256)


def test_bytes_survive_a_reopening(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        bodies = {
            archive.captures.put(law() + bytes([number]), "d"): law() + bytes([number]) for number in range(3)
        }
    with Archive.open(tmp_path, read_only=True) as archive:
        assert {sha256: archive.captures.get(sha256) for sha256 in bodies} == bodies


# ── their rows ─────────────────────────────────────────────────────────────────────────────────────


def test_a_recorded_capture_comes_back_with_all_it_says(archive: Archive) -> None:
    seen = capture(b"<doc/>", days=3, hours=2)
    row = editions.record_capture(archive, None, seen)
    assert (row.state, row.bytes, row.fetched_at) == ("accepted", 6, at(2))
    assert editions.load_capture(archive, row.id) == seen


def test_the_same_edition_fetched_again_is_the_same_capture_in_the_same_state(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    editions.hold(archive, row.id, "it shrank")
    again = editions.record_capture(archive, None, capture(hours=5))
    assert (again.id, again.state, again.reason, again.fetched_at) == (row.id, "held", "it shrank", at(0))
    assert editions.record_capture(archive, None, capture(days=1)).id != row.id


def test_an_inventory_that_comes_later_is_noted(archive: Archive) -> None:
    bare = capture()
    row = editions.record_capture(archive, None, bare)
    assert row.inventory is None
    listed = type(bare)(
        **{name: getattr(bare, name) for name in bare.__slots__} | {"inventory": {"section": 9}}
    )
    assert editions.record_capture(archive, None, listed).inventory == {"section": 9}
    assert editions.record_capture(archive, None, bare).inventory == {"section": 9}


def test_held_captures_wait_with_their_reason_until_released_or_rejected(archive: Archive) -> None:
    first, second = (
        editions.record_capture(archive, None, capture(bytes([number]), days=number)) for number in (1, 2)
    )
    for row in (first, second):
        editions.hold(archive, row.id, "it shrank")
    assert [(row.id, row.reason) for row in editions.held(archive)] == [
        (first.id, "it shrank"),
        (second.id, "it shrank"),
    ]
    editions.release(archive, first.id, "the source says so")
    editions.reject(archive, second.id, "an error page")
    assert editions.held(archive) == ()
    assert [editions.capture_row(archive, row.id).state for row in (first, second)] == [
        "accepted",
        "rejected",
    ]


def test_a_capture_in_another_state_is_not_changed(archive: Archive) -> None:
    row = editions.record_capture(archive, None, capture())
    archive.database.execute("UPDATE capture SET state = 'published'")
    for change in (editions.hold, editions.release, editions.reject):
        with pytest.raises(BadInput, match="is published, it cannot be"):
            change(archive, row.id, "a reason")
    with pytest.raises(BadInput, match="there is no capture 77"):
        editions.hold(archive, 77, "a reason")


def test_of_each_document_the_newest_published_edition_is_told(archive: Archive) -> None:
    rows = [
        editions.record_capture(archive, None, capture(bytes([number]), days=days, document=document))
        for number, (days, document) in enumerate([(1, "a"), (5, "a"), (3, "a"), (2, "b"), (9, "b")])
    ]
    for row in rows[:-1]:
        archive.database.execute("UPDATE capture SET state = 'published' WHERE id = ?", (row.id,))
    assert list(editions.documents(archive, "us_ecfr")) == [
        ("a", rows[1].as_of, rows[1].sha256),
        ("b", rows[3].as_of, rows[3].sha256),
    ]
    newest = editions.newest_capture(archive, "us_ecfr", "b")
    assert newest
    assert newest.id == rows[3].id
    assert editions.newest_capture(archive, "us_ecfr", "c") is None
    assert [row.id for row in editions.captures(archive, source="us_ecfr", document="a")] == [
        rows[0].id,
        rows[2].id,
        rows[1].id,
    ]
