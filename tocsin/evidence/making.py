"""The evidence file of a change, put together: the same archive gives the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from archive import chain
from archive.canonical import canonical
from archive.errors import BadInput
from archive.store import Archive
from tocsin import __version__
from tocsin.evidence import formats, warc
from tocsin.evidence.concerned import Concerned, concerned
from tocsin.evidence.documents import document
from tocsin.evidence.formats import Evidence
from tocsin.evidence.matched import matched
from tocsin.evidence.pages import as_page, as_text, sections
from tocsin.evidence.program import program
from tocsin.evidence.shown import Entry, dropped_entries, entries, review_entries

PROGRAM = f"tocsin {__version__}"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_FIRST = (formats.INDEX, formats.PAGE, formats.PROGRAM, formats.MANIFEST)


_NOT_TOGETHER = (
    "The document {} is not in this file: another capture took the place of its edition in the same instant, so that the archive never held it as its"
    " text, and this version reads its bytes otherwise. The bytes are in captures.warc, the digest of what was read in the chain."
)


def evidence_file(archive: Archive, change: str, *, privileged: bool = False) -> tuple[str, bytes]:
    """The zip of a change by its id, or the start of it, and the id in full; ``privileged`` says that comments for counsel alone are in it.

    Raises ``BadInput`` for a change that is none, that is not in the chain yet, or whose editions the archive does not hold any more."""
    found = concerned(archive, change)
    shown, covered = entries(archive, found)
    shown += dropped_entries(archive, shown)
    shown += review_entries(archive, found.change, privileged=privileged)
    about: dict[str, Any] = {
        "format": formats.FORMAT,
        "change": found.change,
        "head": list(chain.head(archive)),
        "program": PROGRAM,
        "remarks": list(_remarks(archive, shown, privileged=privileged)),
        "match": [list(pair) for pair in matched(archive, found.change, shown)],
    }
    batches = [
        {name: said for name, said in one.items() if name != "all"} for _, one in sorted(covered.items())
    ]
    files = {
        formats.ABOUT: canonical(about),
        formats.LINKS: _lines(_link(one) for one in chain.links(archive)),
        formats.BATCHES: canonical(batches),
        formats.ROWS: _lines(shown),
        formats.WARC: warc.warc(
            archive, (one for one in shown if one["sort"] == "captures"), program=PROGRAM
        ),
        formats.PROGRAM: program(),
    }
    files |= _texts(archive, found, Evidence(files))
    about["without"] = [
        side for side in formats.SIDES if _step(shown)[side] and formats.DOCUMENT % side not in files
    ]
    about["remarks"] += [_NOT_TOGETHER.format(side) for side in about["without"]]
    files[formats.ABOUT] = canonical(about)
    said = sections(Evidence(files))
    files |= {formats.INDEX: as_text(said).encode(), formats.PAGE: as_page(said).encode()}
    listed = {name: [len(data), formats.sha256(data)] for name, data in files.items()}
    files[formats.MANIFEST] = canonical({"format": formats.FORMAT, "files": listed})
    return found.change, _zipped(files)


def _step(shown: list[Entry]) -> dict[str, Any]:
    """The transition, among the rows that are shown."""
    step: dict[str, Any] = next(one for one in shown if one["sort"] == "analyses")["row"]["transition"]
    return step


def _link(one: chain.Link) -> list[Any]:
    return [one.position, one.at, one.kind, one.subject, one.content, one.previous, one.hash]


def _lines(values: Iterable[Any]) -> bytes:
    return b"".join(canonical(value) + b"\n" for value in values)


def _texts(archive: Archive, found: Concerned, read: Evidence) -> dict[str, bytes]:
    step, change = read.one("analyses")["transition"], read.one("change")
    files: dict[str, bytes] = {}
    for side in formats.SIDES:
        files[formats.PROVISION % side] = change.get(f"text_{side}", "").encode()
        if not step[side]:
            continue
        edition = formats.edition_of(read, side)
        if edition is None:
            raise BadInput(
                f"the archive does not hold the edition of {step[side]} of {step['work']} any more",
                thing=f"change {found.change}",
                mend="Restore it from a backup: 'tocsin verify' says what is missing",
            )
        if tree := document(archive, edition):
            files[formats.DOCUMENT % side] = _lines(list(one) for one in tree)
    return files


def _remarks(archive: Archive, shown: list[Entry], *, privileged: bool) -> Iterable[str]:
    for one in chain.links(archive, kinds=("history",)):
        if any(entry["link"] == one.position for entry in shown):
            yield f"What link {one.position} covers was written by a version that linked nothing: it was linked on {one.at[:10]}, not when it was written."
    for entry in shown:
        for name in entry.get("masked", ()):
            yield (
                f"{entry['sort']} {entry['row'].get('id', '')}: its {name} holds a secret, which is masked here; the hash of the whole is"
                f" {entry['row'][name + '_sha256']}."
            )
        if entry["sort"] == "captures" and not entry["said"]["request"]:
            yield f"capture {entry['row']['id']}: what was asked is not known; the version that fetched it did not keep it."
        if entry["sort"] == "captures" and not warc.is_answer({**entry["row"], **entry["said"]}):
            yield f"capture {entry['row']['id']}: its bytes are no single answer as it came, but taken out of one, or put together of several."
    if privileged:
        yield "With comments for counsel alone: do not hand this file on without asking counsel."


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
        for name in (*_FIRST, *sorted(set(files) - set(_FIRST))):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            zipped.writestr(entry, files[name])
    return out.getvalue()


def head_of(data: bytes) -> tuple[int, str]:
    """The head of the chain that an evidence file was made with."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        position, hashed = json.loads(zipped.read(formats.ABOUT))["head"]
    return int(position), str(hashed)
