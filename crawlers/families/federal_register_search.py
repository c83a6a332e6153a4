"""The searches of the Federal Register: every paper under some conditions, read completely or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from archive.errors import Refused
from crawlers.families.federal_register_answers import WINDOW, Record, accept_results, document
from crawlers.families.federal_register_settings import Conditions, FederalRegisterSettings
from crawlers.visit import Visit

BASE = "https://www.federalregister.gov/api/v1"
PER_PAGE = 1000
REMEMBERED = 20

# Everything the API tells but what changes by itself: page views, excerpts, comment counts.
FIELDS = """document_number publication_date title type subtype abstract action dates citation volume start_page end_page page_length
effective_on signing_date comments_close_on comment_url agencies agency_names cfr_references docket_id docket_ids dockets
regulation_id_numbers regulation_id_number_info topics significant correction_of corrections executive_order_number
executive_order_notes proclamation_number presidential_document_number president disposition_notes not_received_for_publication
toc_doc toc_subject explanation html_url json_url body_html_url full_text_xml_url raw_text_url pdf_url
public_inspection_pdf_url mods_url""".split()


class Listing:
    """What the searches list: ``papers`` by name, in official addresses; ``pending`` are papers that were listed, now or
    earlier, and have not arrived in the archive (name → day)."""

    def __init__(self, visit: Visit, settings: FederalRegisterSettings) -> None:
        self._visit, self._settings = visit, settings
        self.papers: dict[str, Record] = {}
        first_day, memory = settings.first_day(visit.today), visit.state.memory
        before = date.fromisoformat(memory["since"]) if "since" in memory else date.max
        if first_day < before:  # a first run, or the window reaches further back than it did: begin anew
            memory = {}
        self._first_day = min(first_day, before)
        self._known: dict[str, list[list[str]]] = dict(memory.get("searches", {}))
        held = visit.state.documents
        self.pending: dict[str, str] = {
            k: day for k, day in memory.get("pending", {}).items() if k not in held
        }

    async def read(self) -> None:
        """Runs the searches. One that fails is a gap, and is read from its old place next time."""
        searches = self._settings.searches()
        for number, (name, conditions) in enumerate(searches.items()):
            self._visit.progress(number, len(searches), f"search {name}")
            last = self._known.get(name, [])
            start = _start(self._first_day, last, self.pending.values(), self._settings.overlap)
            try:
                records = await search(self._visit, conditions, start)
                must_belong(records, conditions, name)
                _must_hold(records, last, name)
            except Refused as refused:
                self._visit.gap(refused)
                continue
            for record in records:
                self._take(official(self._visit, record))
            rows = sorted([record["publication_date"], record["document_number"]] for record in records)
            self._known[name] = rows[-REMEMBERED:]
            self._visit.remember(since=self._first_day.isoformat(), searches=self._known)

    def _take(self, record: Record) -> None:
        name = document(record)
        if self.papers.setdefault(name, record) != record:
            self._visit.gap(_moved(f"{BASE}/documents.json", f"two searches tell paper {name} differently"))
            self.pending[name] = record["publication_date"]
            del self.papers[name]


def _start(first_day: date, last: list[list[str]], pending: Iterable[str], overlap: int) -> date:
    """Where a later run begins to list: ``overlap`` days before the newest paper known, or before, to meet the last known ones and
    those that did not arrive."""
    if not last:
        return first_day
    back = (date.fromisoformat(last[-1][0]) - timedelta(days=overlap)).isoformat()
    return max(first_day, date.fromisoformat(min([back, last[0][0], *pending])))


def must_belong(records: list[Record], conditions: Conditions, name: str) -> None:
    """A list must be about what was asked: a search whose condition was not understood lists everything."""
    wanted = {value for key, value in conditions if key == "conditions[agencies][]"}
    cited = dict(conditions)
    strange = 0
    for record in records:
        if wanted:
            belongs = any(agency.get("slug") in wanted for agency in record.get("agencies") or ())
        else:
            title, part = cited["conditions[cfr][title]"], cited["conditions[cfr][part]"]
            first, _, last = part.partition("-")
            belongs = any(
                str(reference.get("title")) == title
                and int(first) <= int(reference.get("part") or 0) <= int(last or first)
                for reference in record.get("cfr_references") or ()
            )
        strange += not belongs
    if strange * 2 > len(records):
        said = f"{strange} of the {len(records)} papers of search {name} have nothing to do with it"
        raise _moved(f"{BASE}/documents.json", said)


def _must_hold(records: list[Record], last: list[list[str]], name: str) -> None:
    """A list must hold what it held before: papers are not taken back from the Federal Register."""
    here = {(record["publication_date"], record["document_number"]) for record in records}
    lost = [number for day, number in last if (day, number) not in here]
    if len(lost) * 10 > len(last):
        raise Refused(
            "SuspiciousShrink",
            f"SuspiciousShrink: search {name} lacks {len(lost)} of the {len(last)} papers it ended with last time, {lost[0]} among them",
            thing=f"{BASE}/documents.json",
            mend="Wait for the next run",
        )


async def search(
    visit: Visit, conditions: Conditions, since: date, until: date | None = None
) -> list[Record]:
    """Every paper under these conditions, in slices that stay inside the search's window."""
    dates = [("conditions[publication_date][gte]", since.isoformat())]
    if until is not None:
        dates.append(("conditions[publication_date][lte]", until.isoformat()))
    query = [
        *conditions,
        *dates,
        ("order", "oldest"),
        ("per_page", str(PER_PAGE)),
        *(("fields[]", name) for name in FIELDS),
    ]
    records: list[Record] = []
    page, count = 1, 0
    while page == 1 or len(records) < count:
        url = f"{BASE}/documents.json?{urlencode([*query, ('page', str(page))])}"
        accept = partial(accept_results, page=page, per_page=PER_PAGE, since=since, until=until)
        told, rows = await visit.fetch(url, accept)
        if page == 1 and told >= WINDOW:
            return await _halves(visit, conditions, since, until)
        records.extend(rows)
        if page > 1 and told != count:
            raise _moved(url, f"the number of papers went from {count} to {told} while the list was read")
        page, count = page + 1, told
    if len({(row["document_number"], row["publication_date"]) for row in records}) != len(records):
        raise _moved(f"{BASE}/documents.json", "a page of the list came twice")
    return records


async def _halves(visit: Visit, conditions: Conditions, since: date, until: date | None) -> list[Record]:
    last = until or max(visit.today, since) + timedelta(days=7)
    if since >= last:
        raise _moved(
            f"{BASE}/documents.json", f"{since} alone has {WINDOW:,} papers or more: narrow the search"
        )
    middle = since + (last - since) // 2
    before = await search(visit, conditions, since, middle)
    return before + await search(visit, conditions, middle + timedelta(days=1), last)


def official(visit: Visit, value: Any) -> Any:
    """A record with the addresses of a mirror written as the publisher's."""
    if isinstance(value, str):
        return visit.official(value)
    if isinstance(value, Mapping):
        return {key: official(visit, each) for key, each in value.items()}
    return [official(visit, each) for each in value] if isinstance(value, list) else value


def _moved(url: str, said: str) -> Refused:
    return Refused("WrongDocument", f"WrongDocument: {said}", thing=url, mend="Wait for the next run")
