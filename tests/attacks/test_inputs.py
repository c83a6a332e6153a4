"""What people and programs hand in: patterns that never end, names that climb out of their folder, messages that somebody else made."""

from __future__ import annotations

import hmac
import json
import re
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from tests.tocsin.program import Installation, install

ROW = {"eid": "1", "num": "1.", "unit": "section", "heading": "Scope", "text": "This policy covers all."}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A new installation with a document to hand in, one folder below what it must not leave."""
    above = tmp_path_factory.mktemp("above")
    made = install(above / "data")
    (made.folder / "policy.jsonl").write_text(json.dumps(ROW) + "\n")
    return made


def everything(place: Installation) -> set[str]:
    """Every path at and beside the installation, but for what SQLite makes beside its files."""
    above = place.folder.parent
    return {
        str(path.relative_to(above)) for path in above.rglob("*") if not path.name.endswith(("-wal", "-shm"))
    }


@pytest.mark.parametrize(
    "work",
    [
        "../../etc/passwd",
        "us/../../etc",
        "/etc/passwd",
        "us/policy/..",
        "us//policy",
        "us/pol icy\r\nX-A: b",
        "us/policy\x00",
        "C:\\law",
    ],
)
def test_a_work_that_climbs_out_of_its_place_is_refused(place: Installation, work: str) -> None:
    before = everything(place)
    if "\x00" in work:
        with pytest.raises(ValueError, match="null byte"):
            place.run(
                "ingest", "--format", "provisions", "--work", work, "--as-of", "2026-01-01", "policy.jsonl"
            )
    else:
        done = place.run(
            "ingest",
            "--format",
            "provisions",
            "--work",
            work,
            "--as-of",
            "2026-01-01",
            "policy.jsonl",
            status=2,
        )
        assert len(done.stderr.strip().splitlines()) == 1
    assert everything(place) == before


@pytest.mark.parametrize("name", ["../../owned", "a/b", "..", "owned\nb", ""])
def test_a_new_source_is_written_nowhere_but_in_its_folder(place: Installation, name: str) -> None:
    before = everything(place)
    place.run("sources", "new", "page", name, "https://example.org/law", "--landmark", "Law", status=2)
    assert everything(place) == before


@pytest.mark.parametrize("file", ["missing.xml", ".", "archive/archive.db"])
def test_what_is_no_document_is_not_taken_in(place: Installation, file: str) -> None:
    before = everything(place)
    done = place.run("ingest", "--source", "us_ecfr", "--as-of", "2026-01-01", file, status=2)
    assert "Traceback" not in done.stderr
    assert everything(place) == before


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(.*)*b", r"(a|aa)+c", r"^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_pattern_that_would_never_end_elsewhere_ends(place: Installation, pattern: str) -> None:
    place.watch(endless={"regex": [pattern]})
    text = json.dumps({**ROW, "text": "a" * 200_000 + "!"})
    for day, row in (("2026-01-01", json.dumps(ROW)), ("2026-01-02", text)):
        (place.folder / "policy.jsonl").write_text(row + "\n")
        work = "us/policy/p" + str(abs(hash(pattern)))[:6]
        place.run("ingest", "--format", "provisions", "--work", work, "--as-of", day, "policy.jsonl")


@pytest.mark.parametrize("pattern", [r"(a)\1", r"(?<=a)b", "(", r"(a{1000}){1000}"])
def test_a_pattern_that_no_linear_engine_takes_is_refused(place: Installation, pattern: str) -> None:
    place.watch(strange={"regex": [pattern]})
    done = place.run("watch", "list", status=2)
    assert "regex" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/etc/cron.d/alerts.jsonl",
        "../alerts.jsonl",
        "a/../../b.jsonl",
        "tocsin.toml",
        "archive/archive.db",
        ".jsonl",
    ],
)
def test_a_watch_writes_no_file_but_one_of_alerts_in_its_own_folder(place: Installation, path: str) -> None:
    place.watch(elsewhere={"eccn": ["3A090"], "notify": [f"file:{path}"]})
    done = place.run("watch", "list", status=2)
    assert "is not a target" in done.stderr


def test_what_the_reference_has_a_receiver_do_finds_every_forgery() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/webhook.md").read_text(encoding="utf-8")
    check = re.search(r"```python\n(?P<code>.*?)```", page, re.DOTALL)
    assert check is not None
    secret = b64decode("c2l4dGVlbiBieXRlcyBvciBtb3Jl")
    body, number, second = b'{"version": 1}', "m1", "1768000000"
    digest = hmac.digest(secret, f"{number}.{second}.".encode() + body, "sha256")
    signature = f"v1,{b64encode(digest).decode()}"

    def taken(**changed: object) -> bool:
        scope = {
            "b64encode": b64encode,
            "hmac": hmac,
            "secret": secret,
            "id": number,
            "timestamp": second,
            "body": body,
            "signature": signature,
            **changed,
        }
        exec(check["code"], scope)
        return bool(scope["taken"])

    assert taken()
    assert taken(signature=f"v1,AAAA {signature}")
    for forged in (
        {"body": b'{"version": 2}'},
        {"id": "m2"},
        {"timestamp": "1768000001"},
        {"secret": b"another"},
        {"signature": ""},
        {"signature": "v1,"},
        {"signature": signature.replace("v1", "v2")},
    ):
        assert not taken(**forged), forged
