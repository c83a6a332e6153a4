"""How cost grows: with the editions of a document, with what changed in them, and with the number of documents.

    python -m benchmarks.slopes [--copies 10] [--json]

Every dated edition of the Commerce Control List in the corpus goes the program's own way into one archive, oldest first: read, archived, compared, touched,
matched. Then so many copies of three parts of the CFR (10 CFR 810 of two days, 22 CFR 121, 15 CFR 744), each under a title of its own and in bytes of its own,
go into another. The slope of the line through the logarithms of size and cost is told: 1 is as much again for each again as much. Processor time of one process;
both ends of a line are measured in one run, so that a slope holds on a busy machine better than seconds. ``TOCSIN_LONG=1`` makes a hundred copies.
What an edition, a change and a megabyte cost (``more`` of the JSON) is what ``benchmarks.scale`` reckons with.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from alerts.match import WatchIndex
from alerts.messages import Context
from archive import ledger
from archive.records import Capture, Reading
from archive.store import Archive
from archive.verify import verify
from benchmarks.growth import exponent
from benchmarks.table import Row, Table, options
from normalize import reading
from tocsin.hints import hints_of
from tocsin.intake import Intake

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
FOLDER = CORPUS / "files/www.ecfr.gov/ecfr"
CCL = "title-15_part-774_Supplement_No._1_to_Part_774.en.*.xml"
COPIED = (
    ("10", "810", "2026-03-25"),
    ("10", "810", "2026-06-18"),
    ("22", "121", "2026-03-25"),
    ("15", "744", "2026-03-25"),
)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
SLOPE = 1.1
"""What counts as linear: a tenth above 1 is the scatter of fits through few points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one document cost: megabytes that came, changes, seconds to read and to take in, megabytes that both files grew by."""

    megabytes: float
    changes: int
    read: float
    taken: float
    grown: float
    is_first: bool


def take_in(archive: Archive, documents: Iterator[tuple[Capture, str]]) -> Iterator[Cost]:
    """Take documents in, oldest first, each works under the title that stands beside it; what each cost."""
    run = ledger.start_run(archive, "us_ecfr", at=NOW, replayed=True)
    intake = Intake(
        archive=archive, run=run, now=NOW, watches=WatchIndex(()), context=Context(now=NOW), sure=True, told="all"
    )  # fmt: skip
    seen: set[str] = set()
    before = _sizes(archive)
    for capture, title in documents:
        began = time.process_time()
        found = _under(reading.read(capture.source, capture.body, hints_of(capture)), title)
        read = time.process_time()
        taken = intake.take(capture, found)
        done = time.process_time()
        assert taken.outcome == "published", taken.reasons
        after = _sizes(archive)
        yield Cost(
            megabytes=len(capture.body) / 1e6,
            changes=len(taken.changes),
            read=read - began,
            taken=done - read,
            grown=sum(after) - sum(before),
            is_first=capture.document not in seen,
        )
        seen.add(capture.document)
        before = after


def _under(found: Reading, title: str) -> Reading:
    """The same with its works under another title of the CFR."""
    works = [
        replace(one, work=re.sub(r"^us/cfr/\d+", f"us/cfr/{title}", one.work)) for one in found.expressions
    ]
    return replace(found, expressions=tuple(works))


def _sizes(archive: Archive) -> tuple[float, float]:
    """Megabytes of the archive and of the captures, what waits in their logs included."""
    pages, size = (archive.database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))  # fmt: skip
    return pages * size / 1e6, archive.captures.sizes()[1] / 1e6


def editions() -> Iterator[tuple[Capture, str]]:
    """The list, edition by edition."""
    for path in sorted(FOLDER.glob(CCL), key=lambda path: path.name.split(".")[-2]):
        day = date.fromisoformat(path.name.split(".")[-2])
        yield _capture("title-15/part-774", path, day, path.read_bytes()), "15"


def copies(number: int) -> Iterator[tuple[Capture, str]]:
    """The parts, again and again, each time as documents of their own."""
    for copy in range(1, number + 1):
        for title, part, day in COPIED:
            path = FOLDER / f"title-{title}_part-{part}.en.{day}.xml"
            body = path.read_bytes() + f"\n<!-- copy {copy} -->\n".encode()
            own = str(1000 * copy + int(title))
            yield _capture(f"title-{own}/part-{part}", path, date.fromisoformat(day), body), own


def _capture(document: str, path: Path, day: date, body: bytes) -> Capture:
    return Capture(
        source="us_ecfr", document=document, url=path.as_uri(), body=body, as_of=day, fetched_at=NOW, media_type="application/xml"
    )  # fmt: skip


def measured(documents: Iterator[tuple[Capture, str]]) -> tuple[list[Cost], float]:
    """What each of the documents cost, in an archive of their own, and the seconds of verifying all of it, a megabyte of its files."""
    with tempfile.TemporaryDirectory() as folder, Archive.create(Path(folder) / "archive") as archive:
        costs = list(take_in(archive, documents))
        began = time.process_time()
        findings = list(verify(archive))
        verified = time.process_time() - began
        assert not any(one.grave for one in findings), findings
        return costs, verified / sum(_sizes(archive))


def slopes(work: str, over: Sequence[int], costs: Sequence[Cost], aim: float | None) -> Iterator[Row]:
    """How the sums of time and size grow from the beginning to so many documents: a row each."""
    for name, unit, one_of in (
        ("time", "s", lambda one: one.read + one.taken),
        ("size", "MB", lambda one: one.grown),
    ):
        sums = [sum(map(one_of, costs[: len(costs) * number // over[-1]])) for number in over]
        said = f"{sums[0]:.2f} {unit} at {over[0]}, {sums[-1]:.2f} {unit} at {over[-1]}"
        if aim is None:
            said += f"; the last of them alone brings {costs[-1].changes:,} of {sum(one.changes for one in costs):,} changes"
        yield _row(f"{work}: {name}", exponent(over, sums), said, aim)


def over_changes(costs: Sequence[Cost]) -> Iterator[Row]:
    """How the cost of a later edition, beyond that of one in which nothing changed, grows with the changes that it brings."""
    later = [one for one in costs if not one.is_first]
    quiet = min(later, key=lambda one: one.changes)
    for name, unit, one_of in (
        ("time after reading", "s", lambda one: one.taken - quiet.taken),
        ("size", "MB", lambda one: one.grown - quiet.grown),
    ):
        # Files grow by whole pages: an edition whose rows found room in one that was there says nothing of size.
        found = sorted((one.changes, one_of(one)) for one in later if one is not quiet and one_of(one) > 0)
        said = f"{found[0][1]:.2f} {unit} for {found[0][0]:,} changes, {found[-1][1]:.2f} {unit} for {found[-1][0]:,}"
        power = exponent([changes for changes, _ in found], [cost for _, cost in found])
        yield _row(f"changes of {len(later)} editions of the CCL: {name}", power, said, SLOPE)


def _row(work: str, power: float, note: str, aim: float | None) -> Row:
    return Row(work=f"{work} grows to the power of", ours=power, beside="in proportion", peer=1.0, unit="", ratio_at_most=aim, note=note)  # fmt: skip


def per_change(costs: Sequence[Cost]) -> tuple[float, float]:
    """Seconds of taking in a later edition: of an edition in which nothing changed, and of each change more (least squares)."""
    later = [(one.changes, one.taken) for one in costs if not one.is_first]
    x, y = (sum(axis) / len(later) for axis in zip(*later, strict=True))
    spread = sum((changes - x) ** 2 for changes, _ in later)
    each = sum((changes - x) * (seconds - y) for changes, seconds in later) / spread if spread else 0.0
    return y - each * x, each


def points(number: int) -> list[int]:
    """1, 2, 4 … and the last."""
    return sorted({*(2**power for power in range(number.bit_length())), number})


def main() -> None:
    arguments = options(__doc__)
    default = 100 if os.environ.get("TOCSIN_LONG") == "1" else 10
    arguments.add_argument("--copies", type=int, default=default)
    given = arguments.parse_args()
    if given.copies < 2:
        arguments.error("a growth needs two copies at least")
    if not FOLDER.is_dir():
        print(f"skipped: the corpus is not at {CORPUS} (set TOCSIN_CORPUS)")
        return
    measured(copies(1))  # what is loaded and remembered at the first use belongs to no slope
    (listed, _), (copied, verified) = measured(editions()), measured(copies(given.copies))
    fixed, each = per_change(listed)
    later = [one for one in listed if not one.is_first]
    # Of the copies the first alone: the archive keeps a text once, and theirs are the same.
    first = [one for one in listed + copied[: len(COPIED)] if one.is_first]
    read = sum(one.read for one in listed + copied) / sum(one.megabytes for one in listed + copied)
    rows = (
        *over_changes(listed),
        *slopes(f"1 to {len(listed)} editions of the CCL", points(len(listed)), listed, None),
        *slopes(f"1 to {given.copies} copies of three parts", points(given.copies), copied, SLOPE),
        Row(
            work="a later edition of the CCL, after reading: of it, what does not depend on changes",
            ours=fixed,
            beside="a change",
            peer=each,
        ),
    )
    costs = {
        "read_s_per_mb": read,
        "later_s_per_mb": fixed / (sum(one.megabytes for one in later) / len(later)),
        "s_per_change": each,
        "first_s_per_mb": sum(one.taken for one in first) / sum(one.megabytes for one in first),
        "first_mb_per_mb": sum(one.grown for one in first) / sum(one.megabytes for one in first),
        "mb_per_change": sum(one.grown for one in later) / sum(one.changes for one in later),
        "verify_s_per_mb": verified,
        "changes_per_edition": sum(one.changes for one in later) / len(later),
    }
    about = f"{len(listed)} editions of the Commerce Control List; {given.copies} copies of {', '.join(sorted({f'{title} CFR {part}' for title, part, _ in COPIED}))}"
    Table(about=about, rows=rows, more={"costs": costs}).show(as_json=given.json)


if __name__ == "__main__":
    main()
