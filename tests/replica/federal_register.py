"""www.federalregister.gov: search with its paging quirks, full text as XML and as plain text; over invented papers."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from tests.replica.faults import Reply

HOST = "www.federalregister.gov"
JSON = "application/json; charset=utf-8"
SECRET = ("page_views", "excerpts")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper; one without paragraphs has a record only."""

    number: str
    day: date
    title: str = "Invented Notice"
    root: str = "NOTICE"
    agencies: tuple[str, ...] = ("commerce-department", "industry-and-security-bureau")
    cfr: tuple[tuple[int, int], ...] = ()
    pages: tuple[int, int] | None = None
    paragraphs: tuple[str, ...] = ()
    filed: date | None = None  # the day on which it lay on the desk first
    filled: bool = True  # whether the blocks of the preamble have their paragraphs
    corrects: str = ""  # the number of the paper that this one corrects

    @property
    def path(self) -> str:
        """The middle of its addresses."""
        return f"{self.day:%Y/%m/%d}/{self.number}"


@dataclass(kw_only=True)
class FederalRegister:
    """The service. ``window`` is how many results a search reaches, and where its count stops."""

    papers: list[Paper] = field(default_factory=list)
    window: int = 10_000

    def answer(self, path: str, query: dict[str, list[str]], today: date, base: str) -> Reply:
        """One request; ``base`` is where links in the answer lead."""
        visible = [paper for paper in self.papers if paper.day <= today]
        if path == "/api/v1/documents.json":
            return self._search(visible, query, base)
        if path == "/api/v1/documents/facets/daily":
            days = Counter(paper.day.isoformat() for paper in _matching(visible, query))
            body = {day: {"count": number, "name": day} for day, number in sorted(days.items())}
            return Reply(body=json.dumps(body).encode(), media_type=JSON)
        if path == "/api/v1/public-inspection-documents/current.json":
            return self._desk(today, base)
        if hit := re.fullmatch(r"/public-inspection/raw_text/([\w-]+)\.txt", path):
            lying = {paper.number: paper for paper in self._lying(today) if paper.paragraphs}
            return (
                _text_on_desk(lying[hit[1]]) if hit[1] in lying else Reply(status=404, body=b"<html></html>")
            )
        hit = re.fullmatch(r"/documents/full_text/(xml|text)/([\d/]+/[\w-]+)\.(?:xml|txt)", path)
        paper = next((each for each in visible if hit and each.path == hit[2] and each.paragraphs), None)
        if hit is None or paper is None:
            return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")
        if hit[1] == "xml":
            return Reply(body=paper_xml(paper), media_type="text/xml; charset=utf-8")
        text = "\n".join(
            ["[Federal Register]", paper.title, *_blocks(paper), *paper.paragraphs, _mark(paper)]
        )
        return Reply(body=text.encode(), media_type="text/plain; charset=utf-8")

    def _lying(self, today: date) -> list[Paper]:
        return [paper for paper in self.papers if paper.filed and paper.filed <= today < paper.day]

    def _desk(self, today: date, base: str) -> Reply:
        lying = self._lying(today)
        results = [
            {
                "document_number": paper.number,
                "title": paper.title,
                "type": {"RULE": "Rule", "NOTICE": "Notice"}[paper.root],
                "agencies": [
                    {"slug": slug, "name": slug.replace("-", " ").title()} for slug in paper.agencies
                ],
                "filed_at": f"{paper.filed}T12:45:00.000Z",
                "pdf_updated_at": f"{paper.filed}T12:45:00.000Z",
                "filing_type": "regular",
                "publication_date": paper.day.isoformat(),
                "docket_numbers": ["BIS-2026-9001"],
                "num_pages": 1,
                "page_views": {"count": len(base)},
                "raw_text_url": f"{base}/public-inspection/raw_text/{paper.number}.txt"
                if paper.paragraphs
                else None,
                "json_url": f"{base}/api/v1/public-inspection-documents/{paper.number}.json",
            }
            for paper in lying
        ]
        return Reply(body=json.dumps({"count": len(results), "results": results}).encode(), media_type=JSON)

    def _search(self, papers: list[Paper], query: dict[str, list[str]], base: str) -> Reply:
        def first(name: str) -> str:
            return query.get(name, [""])[0]

        found = _matching(papers, query)
        if first("order") == "oldest":
            found.sort(key=lambda paper: (paper.day, paper.number))
        else:
            found.sort(key=lambda paper: len(paper.title))
        per_page, page = int(first("per_page") or 20), int(first("page") or 1)
        per_page = per_page if 1 < per_page <= 2000 else 20
        page = page if 1 <= page <= 50 and page * per_page <= self.window else 1
        value: dict[str, object] = {"count": min(len(found), self.window), "description": "Documents"}
        shown = found[: self.window][(page - 1) * per_page : page * per_page]
        if shown:
            value["results"] = [self._record(paper, query.get("fields[]", []), base) for paper in shown]
        return Reply(body=json.dumps(value).encode(), media_type=JSON)

    @staticmethod
    def _record(paper: Paper, fields: list[str], base: str) -> dict[str, object]:
        site, api = f"{base}/documents", f"{base}/api/v1/documents"
        text = bool(paper.paragraphs)
        known: dict[str, object] = {
            "document_number": paper.number,
            "publication_date": paper.day.isoformat(),
            "title": paper.title,
            "type": {"RULE": "Rule", "NOTICE": "Notice"}[paper.root],
            "agencies": [{"slug": slug, "name": slug.replace("-", " ").title()} for slug in paper.agencies],
            "cfr_references": [{"title": t, "part": p} for t, p in paper.cfr],
            "correction_of": f"{api}/{paper.corrects}.json" if paper.corrects else None,
            "start_page": paper.pages[0] if paper.pages else None,
            "end_page": paper.pages[1] if paper.pages else None,
            "json_url": f"{api}/{paper.number}.json?"
            + urlencode({"publication_date": paper.day.isoformat()}),
            "html_url": f"{site}/{paper.path}/paper",
            "full_text_xml_url": f"{site}/full_text/xml/{paper.path}.xml" if text else None,
            "raw_text_url": f"{site}/full_text/text/{paper.path}.txt" if text else None,
        }
        return {name: known.get(name) for name in fields if name not in SECRET}


def _matching(papers: list[Paper], query: dict[str, list[str]]) -> list[Paper]:
    def first(name: str) -> str:
        return query.get(name, [""])[0]

    agencies = query.get("conditions[agencies][]", [])
    title, part = first("conditions[cfr][title]"), first("conditions[cfr][part]")
    low, high = first("conditions[publication_date][gte]"), first("conditions[publication_date][lte]")
    start, _, end = part.partition("-")
    terms = [term.strip().strip('"').casefold() for term in first("conditions[term]").split("|")]
    return [
        paper
        for paper in papers
        if any(term in " ".join((paper.title, *paper.paragraphs)).casefold() for term in terms)
        and (not agencies or set(agencies) & set(paper.agencies))
        and (not title or any(t == int(title) and int(start) <= p <= int(end or start) for t, p in paper.cfr))
        and (low or "0") <= paper.day.isoformat() <= (high or "9")
    ]


def paper_xml(paper: Paper) -> bytes:
    """The full text of a paper."""
    names = ("AGENCY", "ACTION", "SUMMARY", "DATES")
    tags = ("AGY", "ACT", "SUM", "DATES")
    blocks = "".join(
        f'<{tag}><HD SOURCE="HED">{name}:</HD>{f"<P>{words}</P>" if paper.filled else ""}</{tag}>\n'
        for tag, name, words in zip(tags, names, _blocks(paper), strict=True)
    )
    text = "".join(f"<P>{paragraph}</P>\n" for paragraph in paper.paragraphs)
    cited = "".join(f"<CFR>{title} CFR Part {part}</CFR>\n" for title, part in paper.cfr)
    return (
        f"<{paper.root}>\n<PREAMB>\n{cited}<SUBJECT>{paper.title}</SUBJECT>\n{blocks}</PREAMB>\n<SUPLINF>\n{text}</SUPLINF>\n"
        f"<FRDOC>{_mark(paper)}</FRDOC>\n<BILCOD>BILLING CODE 3510-33-P</BILCOD>\n</{paper.root}>\n"
    ).encode()


def _blocks(paper: Paper) -> list[str]:
    return [
        "Bureau of Invented Security, Commerce.",
        f"Notice number {paper.number}.",
        "This paper was written for a test and has no force.",
        "It takes effect on no day.",
    ]


def _text_on_desk(paper: Paper) -> Reply:
    """As it is taken out of a PDF: a stamp, broken lines and words, numbers of pages."""
    lines = [
        "This document is scheduled to be published in the",
        f"Federal Register on {paper.day:%m/%d/%Y} and available online at",
        f"https://federalregister.gov/d/{paper.number}, and on govinfo.gov",
        "",
        paper.title.upper(),
        "",
    ]
    for paragraph in paper.paragraphs:
        words = paragraph.split()
        middle = len(words) // 2
        lines += [" ".join(words[:middle]), "1", "", " ".join(words[middle:]), ""]
    return Reply(body="\n".join(lines).encode(), media_type="text/plain; charset=utf-8")


def _mark(paper: Paper) -> str:
    return f"[FR Doc. {paper.number} Filed {paper.day:%m-%d-%y}; 8:45 am]"
