"""Day by day against the replica of the official sources: what the archive holds is what was published, nothing twice, and nobody was asked in vain.

Some days on which the truth changes; with ``TOCSIN_LONG=1`` every one of them.
"""

from __future__ import annotations

import os
import statistics
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import corpus_entries
from tests.crawlers.keeping import AGENT, Keeper, Sources

LONG = bool(os.environ.get("TOCSIN_LONG"))
PACE = 20.0
HOST = {
    "us_ecfr": "www.ecfr.gov",
    "us_federal_register": "www.federalregister.gov",
    "us_public_inspection": "www.federalregister.gov",
    "us_csl": "data.trade.gov",
    "us_bis_dpl": "www.bis.doc.gov",
}
BUREAU = ("industry-and-security-bureau", "export-administration-bureau")
SETTINGS: dict[str, dict[str, Any]] = {
    "us_ecfr": {"parts": ["15/744", "15/774", "22/121", "10/810"] if LONG else ["10/810"]},
    "us_federal_register": {
        "agencies": list(BUREAU),
        "parts": ["15/730-774"],
        **({} if LONG else {"since": "2026-02-15"}),
    },
    "us_public_inspection": {"agencies": list(BUREAU)},
    "us_csl": {},
    "us_bis_dpl": {},
}
SOME: dict[str, tuple[str, ...]] = {
    "us_ecfr": ("2026-03-25", "2026-06-18"),
    "us_federal_register": ("2026-02-24", "2026-03-26"),
    "us_public_inspection": ("2026-03-25", "2026-03-26"),
    "us_csl": ("2022-05-16", "2023-11-30"),
    "us_bis_dpl": ("2019-07-09", "2022-09-07", "2023-11-30"),
}


def days_of(source: str) -> list[date]:
    """The days on which what a source publishes changes: all that the corpus knows, or some."""
    if not LONG:
        return [date.fromisoformat(day) for day in SOME[source]]
    entries = corpus_entries(host=HOST[source])
    days = {str(entry["valid_from"]) for entry in entries if entry["kind"] != "ecfr_structure"}
    if source == "us_public_inspection":
        metas = [_meta(entry) for entry in entries if _meta(entry).get("filed_at")]
        days = {str(meta["filed_at"])[:10] for meta in metas} | {
            str(meta["publication_date"]) for meta in metas
        }
    return sorted(date.fromisoformat(day) for day in days)


def _meta(entry: Mapping[str, object]) -> Mapping[str, Any]:
    meta = entry["meta"]
    assert isinstance(meta, Mapping)
    return meta


def selected(source: str) -> set[str]:
    """The numbers of all papers that the source's conditions select, published or yet to come."""
    names = {slug.replace("-", " ").replace(" and ", " ") for slug in BUREAU}
    found = set()
    for entry in corpus_entries(host=HOST[source], kind="fr_document"):
        meta = _meta(entry)
        agency = any(name.lower().replace(" and ", " ") in names for name in meta.get("agencies", ()))
        cited = source == "us_federal_register" and any(
            title == 15 and 730 <= int(part) <= 774 for title, part in meta.get("cfr") or ()
        )
        if agency or cited:
            found.add(str(entry["id"]))
    return found


def due(server: Sources, source: str) -> dict[str, set[str]]:
    """What has to be held by now: document → the digests that its text may have, empty where the replica makes the answer itself."""
    said = server.truth(HOST[source])
    if source == "us_federal_register":
        since = SETTINGS[source].get("since", "")
        papers = said["federal_register"]["documents"]
        return {
            row["document_number"]: set()
            for row in papers
            if row["publication_date"] >= since and row["document_number"] in selected(source)
        }
    if source == "us_public_inspection":
        return {
            number: set()
            for number in said["federal_register"]["public_inspection"]
            if number in selected(source)
        }
    found: dict[str, set[str]] = {}
    for item in said["items"]:
        name = {"us_csl": "consolidated", "us_bis_dpl": "dpl"}.get(source, item["id"])
        part = name.partition("/Supplement")[0]
        if (
            source == "us_ecfr"
            and part.replace("title-", "").replace("/part-", "/") not in SETTINGS[source]["parts"]
        ):
            continue
        if item["kind"] == "ecfr_structure":
            continue
        if item["versions"][-1].get(
            "artificial_step"
        ):  # another form and not another law: any text may be held
            found.setdefault(part, set())
            continue
        found[part] = {item["versions"][-1]["sha256"]} if part == name else set()
    return found


def documents(rows: list[tuple[str, str, str]]) -> dict[str, str]:
    """Of each document the digest of its newest edition; papers by their number alone."""
    return {
        name.rpartition("/")[2] if name[:4].isdigit() and "/" in name else name: sha for name, _, sha in rows
    }


@pytest.mark.parametrize("source", SETTINGS)
def test_on_every_day_the_archive_holds_what_is_published(source: str, tmp_path: Path) -> None:
    days = days_of(source)
    asked: list[dict[str, Any]] = []
    with Sources(days[0].isoformat()) as server:
        keeper = Keeper(
            folder=tmp_path,
            hosts=server.mapping(),
            source=source,
            settings={**SETTINGS[source], "pace": PACE},
        ).start()
        for day in days:
            server.today(day.isoformat())
            outcome = keeper.run(day)
            asked += [{**row, "run": day} for row in server.log()]
            expected, held = due(server, source), documents(keeper.captures())
            waiting = {name for name, _, _ in keeper.captures("held")}
            for name, digests in expected.items():
                if name in waiting and _may_wait(source, day):
                    continue
                assert name in held, f"{name} is published on {day} and not held: {outcome.reasons}"
                assert not digests or held[name] in digests, f"another text of {name} is held on {day}"
            if source in ("us_federal_register", "us_ecfr"):
                assert set(held) == set(expected) | (set(held) & waiting), (
                    f"more is held than published on {day}"
                )
            assert outcome.complete or waiting, outcome.reasons
        again = keeper.run(days[-1])
        asked_again = server.log()
    captures = keeper.captures()
    assert captures
    assert len({(name, as_of) for name, as_of, _ in captures}) == len(captures), "an edition is held twice"
    assert again.counts.get("published", 0) == 0
    if source == "us_csl":
        assert any(day == "2023-11-30" for _, day, _ in keeper.captures("held")), (
            "a cut list waits for a person"
        )
        assert all(day != "2023-11-30" for _, day, _ in captures)
    elif not LONG:
        assert not keeper.captures("held")
    _nobody_was_asked_in_vain(source, asked, asked_again)


def _may_wait(source: str, day: date) -> bool:
    """The screening list of these days is a cut one, or an excerpt; texts of the CCL that were rebuilt are not all whole."""
    return source == "us_ecfr" or (source == "us_csl" and day.year in (2019, 2023))


def _nobody_was_asked_in_vain(source: str, asked: list[dict[str, Any]], again: list[dict[str, Any]]) -> None:
    assert all(row["user_agent"].startswith(AGENT) for row in [*asked, *again])
    assert {row["host"] for row in asked} <= {HOST[source], "public-inspection.federalregister.gov"}
    full = Counter(
        (row["path"], row["query"])
        for row in [*asked, *again]
        if row["status"] == 200 and ("/full/" in row["path"] or "/full_text/xml/" in row["path"])
    )
    assert all(number == 1 for number in full.values()), full.most_common(3)
    if source == "us_csl":  # its host dates the list: it comes whole once for each version
        whole = sum(row["status"] == 200 and row["path"].endswith(".csv") for row in [*asked, *again])
        held_back = len({row["run"] for row in asked if str(row["run"]) in ("2019-12-05", "2023-11-30")})
        assert whole <= len(days_of(source)) + held_back
    # A request is noted when it was answered, a moment after it was sent: on a busy machine the moments differ, so half of the gap is asked for, in
    # half of the cases. A crawl without a budget comes nowhere near it.
    gaps = []
    for day in {row["run"] for row in asked}:
        times = [datetime.fromisoformat(row["time"]) for row in asked if row["run"] == day]
        gaps += [(later - sooner).total_seconds() for sooner, later in zip(times, times[1:], strict=False)]
    if len(gaps) >= 12:
        assert statistics.median(gaps) >= 0.5 / PACE, "the host is asked faster than its budget allows"
