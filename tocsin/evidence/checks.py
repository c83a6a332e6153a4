"""The checks of an evidence file, and the program that makes them."""

from __future__ import annotations

import json
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tocsin.evidence.formats import (
    ABOUT,
    BEGINNING,
    CAPTURE,
    DOCUMENT,
    FORMAT,
    INDEX,
    MANIFEST,
    PAGE,
    PROGRAM,
    PROVISION,
    SIDES,
    WARC,
    Evidence,
    canonical,
    digest,
    edition_of,
    json_lines,
    named,
    packed,
    request_head,
    response_head,
    sha256,
    warc_records,
)
from tocsin.evidence.pages import as_page, as_text, sections


def check(files: dict[str, bytes], head: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each thing that is checked, with what is wrong with it."""
    yield "every file is the one that the manifest lists", list(_files(files))
    try:
        found = Evidence(files)
    except (KeyError, ValueError) as error:
        yield "the files can be read", [f"{type(error).__name__}: {error}"]
        return
    steps: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("the chain holds from its beginning to its head", lambda: _chain(found, head)),
        ("each row that is shown is in the chain", lambda: _rows(found)),
        ("the captured bytes are those that the rows name", lambda: _captures(found)),
        ("the texts and the change are those that were analysed", lambda: _texts(found)),
        ("the readable pages say what the rows say", lambda: _pages(found)),
    ]
    for name, step in steps:
        try:
            yield name, list(step())
        except (
            KeyError,
            ValueError,
            TypeError,
            IndexError,
            AttributeError,
            RecursionError,
            struct.error,
        ) as error:
            yield name, [f"it cannot be read ({type(error).__name__}: {error})"]


def _files(files: dict[str, bytes]) -> Iterator[str]:
    try:
        said = json.loads(files[MANIFEST])
        listed = said["files"]
    except (KeyError, ValueError, TypeError) as error:
        yield f"{MANIFEST} cannot be read ({error})"
        return
    if said.get("format") != FORMAT or canonical(said) != files[MANIFEST]:
        yield f"{MANIFEST} is not as it was written"
    for name in sorted(set(files) - set(listed) - {MANIFEST}):
        yield f"{name} is not in the manifest"
    for name, (size, hashed) in sorted(listed.items()):
        if name not in files:
            yield f"{name} is missing"
        elif (len(files[name]), sha256(files[name])) != (size, hashed):
            yield f"{name} was changed"


def _chain(found: Evidence, head: str) -> Iterator[str]:
    before, hashes = BEGINNING, []
    for number, link in enumerate(found.links, start=1):
        position, _at, kind, subject, _content, previous, hashed = link
        if position != number or previous != before or digest(link[:-1]) != hashed:
            yield f"link {position} ({kind} {subject}) does not follow the one before it"
        before = hashed
        hashes.append(hashed)
    if found.about["head"] != [len(found.links), before]:
        yield "its head is not the one that the file was made with"
    if head and not any(one.startswith(head.lower()) for one in hashes):
        yield f"no link has the head {head}"


def _rows(found: Evidence) -> Iterator[str]:
    links = {link[0]: link for link in found.links}
    batches = {}
    for one in found.batches:
        batches[one["link"]] = one
        content = {"after": one["after"], "ends": one["ends"], "rows": one["rows"]}
        if digest(content) != links[one["link"]][4]:
            yield "what link {} covers was changed".format(one["link"])
        for sort, hashes in one["hashes"].items():
            if sha256("\n".join(hashes).encode()) != one["rows"][sort]:
                yield "the hashes of the {} of link {} were changed".format(sort, one["link"])
    for one in found.entries:
        where = "{} {}".format(one["sort"], one["row"].get("id", one["row"].get("position", "")))
        hashed = digest(one["row"])
        if one["sort"] == "change":
            due = found.one("analyses")["changes"][one["place"]]
        elif one["link"] in batches:
            due = batches[one["link"]]["hashes"][one["sort"]][one["place"]]
        else:
            due = links[one["link"]][4]
            if links[one["link"]][2:4] != [one["sort"], one["row"]["id"]]:
                yield "{} is not what link {} is about".format(where, one["link"])
        if hashed != due:
            yield f"{where} is not what was written into the chain"
        for name, text in one.get("said", {}).items():
            if name in one["row"] or (
                name not in one.get("masked", []) and sha256(text.encode()) != one["row"][name + "_sha256"]
            ):
                yield f"{where}: its {name} is not what was written"


def _captures(found: Evidence) -> Iterator[str]:
    records = list(warc_records(found.files[WARC]))
    due = {str(one["id"]): one for one in found.rows("captures")}
    seen = set()
    for headers, block in records:
        if headers["WARC-Block-Digest"] != "sha256:" + sha256(block):
            yield "the record {} was changed".format(headers["WARC-Record-ID"])
        sort = headers["WARC-Type"]
        if sort == "warcinfo":
            if headers["WARC-Date"] != min(one["fetched_at"] for one in due.values()):
                yield "the WARC file says another date"
            continue
        captured = due.get(headers[CAPTURE])
        if captured is None:
            yield "the record {} is of no capture that is shown".format(headers["WARC-Record-ID"])
            continue
        seen.add((captured["id"], sort))
        start = {"request": request_head, "response": response_head}.get(sort, lambda _: b"")(captured)
        body = block[len(start) :]
        if headers["WARC-Target-URI"] != captured["url"] or headers["WARC-Date"] != captured["fetched_at"]:
            yield "the {} of capture {} names another address or instant".format(sort, captured["id"])
        if not block.startswith(start):
            yield "the headers of the {} of capture {} are not those that were kept".format(
                sort, captured["id"]
            )
        payload = captured["body_sha256"]
        if sort == "request":
            payload = sha256(json.loads(captured["request"])["body"].encode())
        if sha256(body) != payload or headers["WARC-Payload-Digest"] != "sha256:" + payload:
            yield "the bytes of the {} of capture {} are not those that were fetched".format(
                sort, captured["id"]
            )
    dropped = {body for one in found.rows("retention") for body, _ in one["bodies"]}
    for one in due.values():
        if (
            not {(one["id"], "response"), (one["id"], "resource")} & seen
            and one["body_sha256"] not in dropped
        ):
            yield "the bytes of capture {} are not there".format(one["id"])


def _texts(found: Evidence) -> Iterator[str]:
    step, change = found.one("analyses")["transition"], found.one("change")
    texts = dict.fromkeys(SIDES, "")
    for side, lost in (("before", "+"), ("after", "-")):
        texts[side] = change.get("text_" + side, "")
        if found.files[PROVISION % side] != texts[side].encode():
            yield f"the provision {side} is not the one that was compared"
        if "".join(text for mark, text in change.get("ops", []) if mark != lost) != texts[side]:
            yield f"the marked words do not join to the provision {side}"
        if not step[side]:
            continue
        edition = edition_of(found, side)
        if edition is None:
            yield f"the edition {side} is not the one that was read from the captured bytes"
        elif (
            side not in found.about["without"]
            and sha256(packed(json_lines(found.files[DOCUMENT % side]))) != edition["digest"]
        ):
            yield f"the document {side} is not the one that was read"
    place = [change["kind"], change.get("old_eid") or "", change.get("new_eid") or ""]
    ids = (
        named("change", step["id"], *place, str(nth)) for nth in range(len(found.one("analyses")["changes"]))
    )
    if found.about["change"] not in ids:
        yield "the change {} is another one".format(found.about["change"])


def _pages(found: Evidence) -> Iterator[str]:
    said = sections(found)
    for name, due in ((INDEX, as_text(said)), (PAGE, as_page(said))):
        if found.files[name] != due.encode():
            yield f"{name} does not say what the rows say"


# ── from the command line ──────────────────────────────────────────────────────────────────────────


def read(place: str) -> dict[str, bytes]:
    """The files of a folder or of a zip by their names. Raises ``ValueError`` for a zip that holds one twice."""
    folder = Path(place)
    if folder.is_dir():
        found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(place) as zipped:
        names = zipped.namelist()
        if len(set(names)) != len(names):
            raise ValueError("the zip holds a file twice")
        return {name: zipped.read(name) for name in names}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> int:
    """Print what holds and what does not; the exit status."""
    head = ""
    if arguments[:1] == ["--head"] and len(arguments) > 1:
        head, arguments = arguments[1], arguments[2:]
    place = arguments[0] if arguments else str(Path(__file__).resolve().parent)
    try:
        files = read(place)
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        _say(f"BROKEN  {place} cannot be read: {error}")
        return 1
    except Exception as error:
        _say(f"BROKEN  {place} cannot be unpacked: {error}")
        return 1
    if MANIFEST not in files:
        _say(f"{place} holds no evidence file: there is no {MANIFEST}")
        return 2
    broken = 0
    for what, wrong in check(files, head):
        _say(f"{'BROKEN' if wrong else 'ok    '}  {what}")
        for line in wrong:
            _say("        - " + line)
        broken += len(wrong)
    if files.get(PROGRAM) != Path(__file__).read_bytes():
        _say(
            "note    its verify.py is another one than this program: it may be of another version, trust this one"
        )
    if broken:
        _say("This file was changed, or was not made whole. Ask for it again, and keep this one.")
        return 1
    position, hashed = json.loads(files[ABOUT])["head"]
    _say(f"head of the chain: {hashed} (link {position})")
    _say(
        "Compare it with a head that you had from elsewhere: this file alone cannot prove when its chain was made."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
