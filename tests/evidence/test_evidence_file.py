"""A stranger with Python alone checks an evidence file: an honest one holds, and whatever is done to it is found."""

from __future__ import annotations

import ast
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import chain
from archive.errors import BadInput
from archive.store import Archive
from tests.evidence.world import World
from tocsin.evidence import formats
from tocsin.evidence.checks import check, read
from tocsin.evidence.formats import canonical, sha256
from tocsin.evidence.making import evidence_file
from tocsin.evidence.program import program

# What a machine without a network and without any package does with the file: sockets are refused, only the standard library is there.
OFFLINE = """
import runpy, sys
def refuse(event, arguments):
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        raise SystemExit(f"verify.py asked for {event}")
sys.addaudithook(refuse)
assert not any("site-packages" in path for path in sys.path)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def made(world: World) -> dict[str, bytes]:
    with Archive.open(world.folder, read_only=True) as archive:
        _, data = evidence_file(archive, world.change)
    return unzipped(data)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def unpacked(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def by_a_stranger(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", OFFLINE, str(folder / "verify.py"), *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def wrong(files: dict[str, bytes]) -> list[str]:
    return [line for _, lines in check(files) for line in lines]


def relisted(files: dict[str, bytes]) -> dict[str, bytes]:
    """What a forger does who knows the manifest."""
    listed = {name: [len(data), sha256(data)] for name, data in files.items() if name != formats.MANIFEST}
    return {**files, formats.MANIFEST: canonical({"format": formats.FORMAT, "files": listed})}


def test_a_stranger_finds_that_all_holds_with_python_alone_and_offline(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    done = by_a_stranger(unpacked(made, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok  ") == 6
    assert "BROKEN" not in done.stdout
    assert json.loads(made[formats.ABOUT])["head"][1] in done.stdout


def test_the_zip_is_checked_as_it_is_by_a_copy_of_the_program_from_elsewhere(
    world: World, tmp_path: Path
) -> None:
    out = tmp_path / "one.zip"
    said = world.place.run("evidence", world.change[:12], "--output", str(out)).stdout
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "verify.py").write_bytes(program())
    done = by_a_stranger(tmp_path / "mine", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert sha256(out.read_bytes()) in said
    (tmp_path / "mine" / "verify.py").write_bytes(program() + b"# older\n")
    assert "another one than this program" in by_a_stranger(tmp_path / "mine", str(out)).stdout


def test_a_head_from_elsewhere_is_compared(world: World, made: dict[str, bytes], tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path)
    with Archive.open(world.folder, read_only=True) as archive:
        first = chain.links(archive)[0].hash
    assert by_a_stranger(folder, "--head", first).returncode == 0
    foreign = by_a_stranger(folder, "--head", "0123456789abcdef")
    assert foreign.returncode == 1
    assert "no link has the head 0123456789abcdef" in foreign.stdout


def test_the_same_archive_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    def again(folder: Path) -> bytes:
        with Archive.open(folder, read_only=True) as archive:
            return evidence_file(archive, world.change)[1]

    first = again(world.folder)
    assert again(world.folder) == first
    world.place.run("backup", str(tmp_path / "backups"))
    (backup,) = (tmp_path / "backups").iterdir()
    assert again(backup) == first


def test_a_flipped_bit_anywhere_in_any_file_is_found(made: dict[str, bytes]) -> None:
    """Of each file the first and the last byte, and every so many between, a bit each."""
    assert wrong(made) == []
    chance = random.Random(13)
    for name, data in made.items():
        places = {0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(12))} if data else ()
        for place in places:
            flipped = bytearray(data)
            flipped[place] ^= 1 << chance.randrange(8)
            assert wrong({**made, name: bytes(flipped)}), f"{name} at {place}"


def test_a_file_that_is_cut_longer_missing_or_too_many_is_found(made: dict[str, bytes]) -> None:
    for name, data in made.items():
        for other in (data[:-1], data + b"\n", b"", data.replace(b"\n", b"\r\n")):
            if other != data:
                assert wrong({**made, name: other}), name
        assert wrong({one: said for one, said in made.items() if one != name}), name
    assert wrong({**made, "more.txt": b"x"}) == ["more.txt is not in the manifest"]


@pytest.mark.parametrize("name", ["manifest.json", "captures.warc", "links.jsonl", "verify.py", "index.html"])
def test_the_program_itself_says_so(made: dict[str, bytes], tmp_path: Path, name: str) -> None:
    data = bytearray(made[name])
    data[len(data) // 2] ^= 2
    done = by_a_stranger(unpacked({**made, name: bytes(data)}, tmp_path))
    assert done.returncode != 0
    assert "BROKEN" in done.stdout or "Error" in done.stderr
    assert "ok" not in done.stdout.partition("\n")[0]


def edited(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        assert old in files[name], (name, old)
        return {**files, name: files[name].replace(old, new, 1)}

    return edit


def rows_with(
    sort: str, change: Callable[[dict[str, Any]], object]
) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    """A row of a sort that a forger edits."""

    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        entries = formats.json_lines(files[formats.ROWS])
        change(next(one for one in entries if one["sort"] == sort))
        return {**files, formats.ROWS: b"".join(canonical(one) + b"\n" for one in entries)}

    return edit


def another_body(files: dict[str, bytes]) -> dict[str, bytes]:
    """Other bytes in the WARC, with digests that fit."""
    warc = files[formats.WARC]
    headers, block = next(
        one for one in formats.warc_records(warc) if one[0]["WARC-Type"] in ("response", "resource")
    )
    start = block.index(b"\r\n\r\n") + 4
    forged = block[:start] + block[start:].replace(b"Section", b"Suction", 1)
    assert forged != block
    for name, data, other in (
        ("WARC-Block-Digest", block, forged),
        ("WARC-Payload-Digest", block[start:], forged[start:]),
    ):
        assert headers[name] == "sha256:" + sha256(data)
        warc = warc.replace(sha256(data).encode(), sha256(other).encode())
    return {**files, formats.WARC: warc.replace(block, forged)}


def another_link(files: dict[str, bytes]) -> dict[str, bytes]:
    """The chain made anew without one of its links: only the head tells."""
    links = formats.json_lines(files[formats.LINKS])
    del links[0]
    before = formats.BEGINNING
    for number, link in enumerate(links, start=1):
        link[0], link[5] = number, before
        before = link[6] = formats.digest(link[:-1])
    return {**files, formats.LINKS: b"".join(canonical(one) + b"\n" for one in links)}


@pytest.mark.parametrize(
    "forgery",
    [
        edited("texts/provision-before.txt", b"e", b"3"),
        edited("texts/document-after.jsonl", b"Section", b"Suction"),
        edited("texts/document-before.jsonl", b"Rule", b"Role"),
        edited("links.jsonl", b'"run"', b'"ran"'),
        edited("batches.json", b'"attempts":', b'"attempt":'),
        edited("about.json", b'"change":"', b'"change":"0'),
        edited("about.json", b'"head":[', b'"head":[1'),
        edited("index.txt", b"substantive", b"editorial"),
        edited("index.html", b"<del>", b"<ins>"),
        edited("captures.warc", b"WARC-Target-URI: https", b"WARC-Target-URI: httpx"),
        edited("captures.warc", b"WARC-Date: 2026-02", b"WARC-Date: 2025-02"),
        edited("captures.warc", b"content-type: application/xml", b"content-type: text/html      "),
        edited("captures.warc", b"user-agent: ", b"user-agent: not "),
        another_body,
        another_link,
        rows_with("attempts", lambda one: one["row"].update(status=500)),
        rows_with("attempts", lambda one: one["said"].update(url="https://else.org")),
        rows_with("captures", lambda one: one["row"].update(fetched_at="2020-01-01T00:00:00.000000Z")),
        rows_with("captures", lambda one: one["said"].update(headers="[]")),
        rows_with("captures", lambda one: one["row"].update(body_sha256="0" * 64)),
        rows_with("editions", lambda one: one["row"].update(digest="0" * 64)),
        rows_with("analyses", lambda one: one["row"]["transition"].update(observed_at="2020")),
        rows_with("change", lambda one: one["row"].update(materiality="editorial")),
        rows_with("change", lambda one: one["row"].update(reason="nothing")),
        rows_with("readings", lambda one: one.update(said={"touches": "[]"})),
        rows_with("owed", lambda one: one["row"].update(target="mailto:x")),
        rows_with("sends", lambda one: one["row"].update(outcome="failed")),
        rows_with("sends", lambda one: one["said"].update(payload="{}")),
        rows_with("wordings", lambda one: one["said"].update(content="{}")),
        rows_with("decision", lambda one: one["row"].update(verdict="not applicable")),
        rows_with("comment", lambda one: one["row"].update(words="all is well")),
        rows_with("runs", lambda one: one["row"].update(outcome="incomplete")),
    ],
)
def test_a_forger_who_writes_the_manifest_anew_is_found(
    made: dict[str, bytes], forgery: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    forged = relisted(forgery(made))
    assert not any("was changed" in line and line.split()[0] in made for line in wrong(forged))
    assert wrong(forged)


def test_a_zip_that_was_damaged_is_refused_or_says_the_same(
    made: dict[str, bytes], world: World, tmp_path: Path
) -> None:
    with Archive.open(world.folder, read_only=True) as archive:
        data = evidence_file(archive, world.change)[1]
    chance = random.Random(7)
    for _ in range(60):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (tmp_path / "damaged.zip").write_bytes(damaged)
        try:
            files = read(str(tmp_path / "damaged.zip"))
        except Exception:  # what a zip may raise that was damaged is wide; the program catches it as widely
            continue
        assert files == made or wrong(files)


def test_the_captures_are_a_warc_that_other_tools_take(made: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "captures.warc"
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(place)]
    place.write_bytes(made[formats.WARC])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("digest pass") == len(list(formats.warc_records(made[formats.WARC]))) == 5
    place.write_bytes(made[formats.WARC].replace(b"Section", b"Suction", 1))
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 1
    sorts = [headers["WARC-Type"] for headers, _ in formats.warc_records(made[formats.WARC])]
    assert sorts == ["warcinfo", "response", "request", "response", "request"]


def test_the_verifier_runs_on_python_3_9_and_imports_nothing_else() -> None:
    tree = ast.parse(program(), feature_version=(3, 9))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= {
        "__future__",
        "collections",
        "hashlib",
        "html",
        "json",
        "pathlib",
        "struct",
        "sys",
        "typing",
        "zipfile",
    }
    assert len(program().splitlines()) < 600


def test_what_is_for_counsel_alone_is_in_it_only_for_counsel(world: World, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    world.place.run("evidence", world.change, "--output", str(out))
    plain = b"".join(unzipped(out.read_bytes()).values())
    assert b"please look" in plain
    assert b"our strategy" not in plain
    denied = world.place.run(
        "evidence", world.change, "--include-privileged", "--as", "ann", "--output", str(out), status=2
    )
    assert "privileged" in denied.stderr
    world.place.run("evidence", world.change, "--include-privileged", "--as", "cole", "--output", str(out))
    files = unzipped(out.read_bytes())
    assert b"our strategy" in files["index.txt"]
    assert b"counsel" in files["index.txt"]
    assert wrong(files) == []


def test_the_page_has_no_script_and_asks_for_nothing(made: dict[str, bytes]) -> None:
    page = made["index.html"].decode().lower()
    for word in ("<script", "<img", "<link", "src=", "href=", "@import", "url("):
        assert word not in page
    assert "default-src 'none'" in page


def test_a_document_that_appeared_has_one_side(world: World) -> None:
    paper = next(one["id"] for one in world.place.changes() if one["work"].startswith("us/fr"))
    with Archive.open(world.folder, read_only=True) as archive:
        files = unzipped(evidence_file(archive, paper)[1])
    assert wrong(files) == []
    assert "texts/document-before.jsonl" not in files
    assert files["texts/provision-before.txt"] == b""


def test_every_change_of_the_archive_has_a_file_that_holds(world: World) -> None:
    with Archive.open(world.folder, read_only=True) as archive:
        for one in world.place.changes():
            assert wrong(unzipped(evidence_file(archive, one["id"])[1])) == []


def test_a_change_that_is_none_is_told(world: World) -> None:
    assert "names no change" in world.place.run("evidence", "0123456789", status=2).stderr
    assert "8 or more" in world.place.run("evidence", world.change[:4], status=2).stderr


def test_a_change_that_is_in_no_link_yet_waits_for_its_run(world: World, tmp_path: Path) -> None:
    shutil.copytree(world.folder, tmp_path / "copy")
    with Archive.open(tmp_path / "copy") as archive:
        for table in ("batch", "chain"):
            for (name,) in archive.database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (table,)
            ).fetchall():
                archive.database.execute(f"DROP TRIGGER {name}")
        archive.database.execute("DELETE FROM batch WHERE id > 1")
        with pytest.raises(BadInput, match="not in the chain yet"):
            evidence_file(archive, world.change)
