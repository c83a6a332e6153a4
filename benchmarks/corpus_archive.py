"""An archive of every document of the corpus, in the order of their days, through the program's own intake: what a page is measured on, and looked at.

    python -m benchmarks.corpus_archive FOLDER

FOLDER becomes a configuration with its watches and its archive; the corpus is found as the tests find it (``TOCSIN_CORPUS``, or beside the checkout).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from alerts.match import WatchIndex
from alerts.messages import Context
from alerts.watches_written import watches_in_force
from archive import ledger, search_index
from archive.records import Capture
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.config import Config, load
from tocsin.intake import Intake
from tocsin.telling import tell

CORPUS = Path(os.environ.get("TOCSIN_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
SOURCES = {
    "www.ecfr.gov": "us_ecfr",
    "www.federalregister.gov": "us_federal_register",
    "data.trade.gov": "us_csl",
    "www.bis.doc.gov": "us_bis_dpl",
    "www.whitehouse.gov": "us_whitehouse",
    "bidenwhitehouse.archives.gov": "us_whitehouse",
    "eur-lex.europa.eu": "eu_ai_act",
    "publications.europa.eu": "eu_ai_act",
    "laws.e-gov.go.jp": "jp_egov",
    "law.e-gov.go.jp": "jp_egov",
    "www.gesetze-im-internet.de": "de_awv",
    "www.legislation.gov.uk": "uk_legislation",
    "www.gov.uk": "uk_notices",
    "www.cac.gov.cn": "cn_mofcom",
}
"""Which source brings the documents of a host. The daily issues of govinfo.gov hold papers that stand here singly."""
_NOT_READ = ("ecfr_structure",)
WATCHES = """
[[watch]]
name = "advanced chips"
owner = "desk"
reason = "Our accelerators are classified here."
matter = "M-1"
eccn = ["3A090", "4A090"]
notify = ["file:alerts.jsonl"]

[[watch]]
name = "semiconductor equipment"
owner = "desk"
reason = "We sell etching equipment from the plant in Kumamoto."
matter = "M-2"
technologies = ["X1"]
notify = ["file:alerts.jsonl"]

[[watch]]
name = "Thailand"
owner = "desk"
reason = "A subsidiary is being founded in Bangkok."
matter = "M-3"
countries = ["TH"]
notify = ["file:alerts.jsonl"]
"""


def configuration(folder: Path) -> Config:
    """A configuration with three watches, and its archive, made if they are not there."""
    (folder / "watches").mkdir(parents=True, exist_ok=True)
    (folder / "watches" / "desk.toml").write_text(WATCHES, encoding="utf-8")
    if not (folder / "tocsin.toml").exists():
        (folder / "tocsin.toml").write_text('[people.desk]\naddress = "desk@example.org"\n', encoding="utf-8")
    config = load(folder / "tocsin.toml", known_sources=tuple(source_cards()), environment={})
    if not config.archive.exists():
        Archive.create(config.archive).close()
    return config


def documents() -> Iterator[Capture]:
    """The documents of the corpus, the oldest first; those of one day by source."""
    for entry in sorted(entries(), key=lambda one: (one["valid_from"], SOURCES[one["host"]], one["file"])):
        yield capture_of(entry)


def entries() -> list[dict[str, Any]]:
    """What the corpus says of each document that a source brings; nothing where it is absent."""
    if not (CORPUS / "index.json").is_file():
        return []
    found = json.loads((CORPUS / "index.json").read_text(encoding="utf-8"))
    return [one for one in found if one["host"] in SOURCES and one["kind"] not in _NOT_READ]


def capture_of(entry: dict[str, Any]) -> Capture:
    """A document of the corpus as its source would have fetched it on its day."""
    day, name = date.fromisoformat(entry["valid_from"][:10]), entry["id"]
    return Capture(
        source=SOURCES[entry["host"]],
        document=name,
        url=f"https://{entry['host']}{name if name.startswith('/') else '/' + name}",
        body=(CORPUS / entry["file"]).read_bytes(),
        as_of=day,
        fetched_at=datetime.combine(day, time(20), UTC),
        media_type=entry["media_type"],
        meta=entry["meta"],
    )


def fill(config: Config) -> dict[str, int]:
    """Take the corpus in, a run for each day and source; what came of the documents."""
    came: dict[str, int] = {}
    seen: dict[str, date] = {}
    with Archive.open(config.archive) as archive:
        found, _ = watches_in_force(
            archive, config.watches, people=config.people, targets=config.targets, sources=tuple(SOURCES)
        )
        watches, before, run = WatchIndex(found), ("", date.min), 0
        now = datetime(2000, 1, 1, tzinfo=UTC)
        for capture in documents():
            if (capture.source, capture.as_of) != before:
                if run:
                    ledger.finish_run(archive, run, at=now, outcome=ledger.COMPLETE)
                before, now = (capture.source, capture.as_of), max(now, capture.fetched_at)
                run = ledger.start_run(archive, capture.source, at=now, replayed=True)
            intake = Intake(
                archive=archive,
                run=run,
                now=now,
                watches=watches,
                context=Context(now=now),
                seen_from=seen.setdefault(capture.source, capture.as_of),
                sure=True,
            )
            outcome = intake.take(capture).outcome
            came[outcome] = came.get(outcome, 0) + 1
        if run:
            ledger.finish_run(archive, run, at=now, outcome=ledger.COMPLETE)
        tell(archive, config, watches, Context(now=now))
        search_index.update(archive)
    return came


def main() -> None:
    if len(sys.argv) < 2:
        print("skipped: no folder was named to put the archive into; benchmarks.browse makes one for itself")
        return
    folder = Path(sys.argv[1])
    came = fill(configuration(folder))
    print(json.dumps({"documents": came, "bytes": (folder / "archive" / "archive.db").stat().st_size}))


if __name__ == "__main__":
    main()
