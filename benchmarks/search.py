"""Words looked for in all that the archive holds, every edition of every work: the search of the product beside grep over the same editions as files.

    python -m benchmarks.search [--json]

The control list in every dated edition of the corpus goes the program's own way; grep looks through each edition's text, a file each, as a tree of
files has it. Ours answers where each hit stands and from when to when it was law, a page of 25; grep has lines. Both are measured in turn, in
processor time; what the index takes on disk and cost to make is told beside it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from archive import editions, search_index
from archive.search import search
from archive.search_query import read_query
from archive.store import Archive
from benchmarks.archive_ccl import CORPUS, FOLDER, PATTERN, WORK, filled, spent
from benchmarks.table import Row, Table, options

ROUNDS = 7
SOUGHT = (
    ("a rare phrase", '"presumption of denial"'),
    ("a control number", "3A090.a"),
    ("two common words", "technology equipment"),
    ("a prefix", "lithograph*"),
)
AIM = 0.5


def main() -> None:
    given = options(__doc__).parse_args()
    files = {date.fromisoformat(path.name.split(".")[-2]): path for path in sorted(FOLDER.glob(PATTERN))}
    if not files:
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with filled(folder / "archive", files) as archive:
            began = time.process_time()
            search_index.update(archive)
            made = time.process_time() - began
            texts = _texts(archive, files, folder / "texts")
            kept = sum(path.stat().st_size for path in archive.folder.glob("search*")) / 1e6
        with Archive.open(folder / "archive", read_only=True) as archive:
            rows = tuple(_row(archive, what, said, folder / "texts") for what, said in SOUGHT)
    note = f"{kept:.1f} MB on disk"
    index = Row(work="the index of all editions, made", ours=made, note=note)
    about = f"{len(files)} dated editions of the Commerce Control List, {texts / 1e6:.1f} MB of text"
    Table(about=about, rows=(*rows, index)).show(as_json=given.json)


def _texts(archive: Archive, files: dict[date, Path], folder: Path) -> int:
    """Each edition as a file of lines; how many bytes they are together."""
    folder.mkdir()
    size = 0
    for day in files:
        text = editions.expression(archive, WORK, on=day)
        assert text is not None
        lines = [f"{one.num} {one.heading} {one.text}" for root in text.provisions for one in root.walk()]
        size += (folder / f"{day}.txt").write_text("\n".join(lines), encoding="utf-8")
    return size


def _row(archive: Archive, what: str, said: str, folder: Path) -> Row:
    query = read_query(said)
    grep = shutil.which("grep")
    best = {"ours": float("inf"), "grep": float("inf")}
    for _ in range(ROUNDS):
        best["ours"] = min(best["ours"], _took(lambda: search(archive, query)))
        if grep:
            command = [grep, "-rniE", _pattern(said), str(folder)]
            best["grep"] = min(best["grep"], _took(lambda asked=command: _grep(asked)))
    found = search(archive, query)
    return Row(
        work=f"search: {what}",
        ours=best["ours"],
        beside="grep -rniE, every edition a file",
        peer=best["grep"] if grep else None,
        at_most=AIM,
        note=f"{said}: {found.total:,} provisions"
        + ("" if grep else "; grep is not on the path: install it by apt install grep"),
    )


def _pattern(said: str) -> str:
    """What grep looks for: of several words a line that has them in either order."""
    words = [said.strip('"')] if said.startswith('"') else said.split()
    escaped = [word.removesuffix("*").replace(".", r"\.") for word in words]
    if len(escaped) == 1:
        return escaped[0]
    first, second = escaped
    return f"{first}.*{second}|{second}.*{first}"


def _grep(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), "1 is that it found nothing, more is that it could not look"


def _took(step: Callable[[], object]) -> float:
    began = spent()
    step()
    return spent() - began


if __name__ == "__main__":
    main()
