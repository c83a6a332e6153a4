"""What Cellar answers, and when it is the answer: the list of works, the feed, the place of an act, its files (facts 7.3 to 7.5)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from lxml import etree

from crawlers.acceptance import shrunk, whole_text, whole_xml, wrong
from crawlers.families.cellar_settings import CELEX
from crawlers.families.packages import accept_package
from crawlers.visit import Answer
from crawlers.walls import by_status, named, refusal

FORMEX_ZIP = "application/zip;mtype=fmx4"
FORMEX = "application/xml;type=fmx4"
XHTML = "application/xhtml+xml"

_SPARQL = "https://publications.europa.eu/webapi/rdf/sparql"
_ROOTS = {
    "ACT",
    "ANNEX",
    "CONS.ACT",
    "CONS.DOC",
    "CONS.ANNEX",
    "CORR",
    "GENERAL",
    "DOC",
    "PUBLICATION",
    "DECISION",
}
_LANDMARK = re.compile(
    r'class="(?:oj-)?(?:ti-art|doc-ti|hd-date)"|class="(?:title-article-norm|title-doc-first)"|eli-container'
)
_ARTICLE = re.compile(r'id="art_(\d+)"')
_TITLE = re.compile(r'class="(?:(?:oj-)?ti-art|title-article-norm)"')
_HEAD_DATE = re.compile(r'class="(?:oj-)?hd-date"[^>]*>\s*(\d{1,2})\.(\d{1,2})\.(\d{4})')
# Articles that went leave a hole in a consolidated text; a text without a third of its numbers is not whole.
_KEPT = 0.66
_FEW = 2  # so many may be gone from an act of a handful


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to ask next: the files of an act, or with ``again`` one more address that will say so."""

    links: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One file of an act: the answer it came in, and for Formex its pages (first, last; 0 where it does not say)."""

    answer: Answer
    pages: tuple[int, int] = (0, 0)


def question(act: str) -> str:
    """The query for all that belongs to an act, by relation: a scan over numbers takes minutes, an untyped number matches nothing."""
    relations = (
        "act_consolidated_based_on_resource_legal",
        "resource_legal_amends_resource_legal",
        "resource_legal_corrects_resource_legal",
        "resource_legal_based_on_resource_legal",
    )
    parts = " UNION ".join(f"{{ ?work cdm:{name} ?base }}" for name in relations)
    query = (
        "PREFIX cdm: <http://publications.europa.eu/ontology/cdm#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        f'SELECT DISTINCT ?celex ?date WHERE {{ ?base cdm:resource_legal_id_celex "{act}"^^xsd:string . '
        f"{{ BIND(?base AS ?work) }} UNION {parts} ?work cdm:resource_legal_id_celex ?celex . "
        "OPTIONAL { ?work cdm:work_date_document ?date } }"
    )
    return f"{_SPARQL}?{urlencode({'query': query, 'format': 'application/sparql-results+json'})}"


def accept_works(answer: Answer, act: str) -> dict[str, date | None]:
    """The numbers of the works that belong to an act, with the dates of their documents; the act itself has to be among them."""
    expected = f"the list of works of {act}"
    text = whole_text(
        answer, types={"application/sparql-results+json", "application/json"}, expected=expected
    )
    try:
        rows = json.loads(text)["results"]["bindings"]
        found = {
            row["celex"]["value"]: date.fromisoformat(row["date"]["value"][:10])
            if "date" in row
            else date.min
            for row in rows
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        # A query that ran out of time is answered with 200 and half a list.
        raise refusal(answer, "Truncated", f"{expected} broke off", "Wait for the next run") from None
    if act not in found:
        raise shrunk(answer, f"{expected} lacks the act itself")
    return {celex: day for celex, day in found.items() if CELEX.fullmatch(celex) and celex[0] in "03"}


def accept_feed(answer: Answer) -> tuple[set[str], bool]:
    """The numbers in a page of the feed, and whether there is another page."""
    expected = "the feed of what Cellar took in"
    if answer.media_type in ("application/rss+xml", "application/atom+xml"):
        answer = Answer(
            url=answer.url,
            status=answer.status,
            body=answer.body,
            fetched_at=answer.fetched_at,
            headers={**answer.headers, "content-type": "application/xml"},
            cut=answer.cut,
        )
    root, _ = whole_xml(answer, roots={"rss", "{http://www.w3.org/2005/Atom}feed", "feed"}, expected=expected)
    text = " ".join(str(run) for run in root.itertext())
    numbers = set(re.findall(r"celex:([0-9][0-9A-Z()-]+)", text))
    more = any(
        etree.QName(one).localname == "moreEntries" and (one.text or "").strip() == "true"
        for one in root.iter(etree.Element)
    )
    return numbers, more


def where(answer: Answer, celex: str) -> Place:
    """Where Cellar sends us: to the item (303), to the files of a publication (300), or on to another form of the same address."""
    location = answer.headers.get("location", "")
    if answer.status == 303 and location and not answer.cut:
        return Place(links=(location,))
    if answer.status in (301, 302, 307, 308) and location and location != answer.url and not answer.cut:
        return Place(links=(location,), again=True)
    if answer.status == 300 and not answer.cut:
        links = re.findall(r'href="([^"]+/DOC_\d+)"', answer.body.decode("utf-8", "replace"))
        numbers = [int(link.rpartition("_")[2]) for link in links]
        if not links or numbers != list(range(1, len(links) + 1)):
            raise shrunk(answer, f"the list of the files of {celex} is not whole")
        return Place(links=tuple(links))
    if answer.status == 200:
        return Place(links=(answer.url,))
    raise by_status(answer, expected=celex)


def accept_text(answer: Answer, celex: str) -> Text:
    """One file of an act, in Formex, as their zip, or as the page of the Official Journal."""
    expected = f"the text of {celex}"
    if answer.media_type == "application/zip" and answer.status == 200:
        accept_package(answer, expected=expected)
        return Text(answer=answer)
    if answer.media_type in ("application/xml", "text/xml"):
        root, _ = whole_xml(answer, roots=_ROOTS, expected=expected)
        pages = [
            int((root.findtext(f"BIB.INSTANCE/PAGE.{end}") or "0").strip() or 0) for end in ("FIRST", "LAST")
        ]
        return Text(answer=answer, pages=(pages[0], pages[1]))
    text = whole_text(answer, types={XHTML, "text/html"}, expected=expected)
    if not _LANDMARK.search(text):
        raise named(answer, expected=expected, found="a page without the marks of an act")
    if not re.search(r"</html\s*>\s*\Z", text[-200:]):
        raise refusal(answer, "Truncated", f"{expected} ends without </html>", "Wait for the next run")
    # Every article of the generator's pages has a title in its container: where most have lost it, paragraphs were lost (and with them law).
    places, titles = len(set(_ARTICLE.findall(text))), len(_TITLE.findall(text))
    if places > _FEW and titles < places * _KEPT:
        raise shrunk(
            answer, f"{expected} has places for {places} articles, and {titles} of them have a title"
        )
    number = re.match(r"[03](\d{4})[A-Z]+0*(\d+)", celex)
    if number and not re.search(rf"\b(?:{number[1]}/{number[2]}|{number[2]}/{number[1]})\b", text):
        raise wrong(answer, f"{expected} does not name {number[1]}/{number[2]}")
    return Text(answer=answer)


def together(texts: Sequence[Text], celex: str) -> tuple[bytes, str, tuple[str, ...]]:
    """The act as one body: a file as it came, several as a zip in the order of the list; its media type, and what is odd about it."""
    if len(texts) == 1:
        answer = texts[0].answer
        return answer.body, answer.media_type, _doubts([answer], celex)
    doubts = []
    for before, after in zip(texts, texts[1:], strict=False):
        if before.pages[1] and after.pages[0] > before.pages[1] + 1:
            doubts.append(
                f"pages {before.pages[1] + 1} to {after.pages[0] - 1} of {celex} are in none of its files"
            )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts, start=1):
            archive.writestr(
                zipfile.ZipInfo(f"DOC_{number:03d}.xml", (1980, 1, 1, 0, 0, 0)), text.answer.body
            )
    return out.getvalue(), "application/zip", (*doubts, *_doubts([text.answer for text in texts], celex))


def day_of(celex: str, texts: Sequence[Text]) -> date | None:
    """The day of a consolidation, or of the Official Journal that printed the act; None where the files do not say."""
    if hit := re.search(r"-(\d{4})(\d\d)(\d\d)$", celex):
        return date(int(hit[1]), int(hit[2]), int(hit[3]))
    for body in _bodies([text.answer for text in texts]):
        if printed := re.search(rb"<PUBLICATION\.REF\b.*?<DATE ISO=\"(\d{8})\"", body, re.S):
            return date.fromisoformat(printed[1].decode())
        if page := _HEAD_DATE.search(body[:200_000].decode("utf-8", "replace")):
            return date(int(page[3]), int(page[2]), int(page[1]))
    return None


def _bodies(answers: Sequence[Answer]) -> list[bytes]:
    bodies = []
    for answer in answers:
        if answer.body.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
                bodies += [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".xml")]
        else:
            bodies.append(answer.body)
    return bodies


def _doubts(answers: Sequence[Answer], celex: str) -> tuple[str, ...]:
    """An act numbers its articles: one that lacks many of its numbers, or a file that its contents name, is not whole."""
    numbers: set[int] = set()
    named_files: set[str] = set()
    names: set[str] = set()
    for answer in answers:
        if answer.body.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
                names |= {name.rpartition("/")[2] for name in archive.namelist()}
    for body in _bodies(answers):
        numbers |= {int(hit) for hit in re.findall(rb'<ARTICLE\b[^>]*\bIDENTIFIER="0*(\d+)"', body)}
        numbers |= {int(hit) for hit in re.findall(rb'\bid="art_(\d+)"', body)}
        named_files |= {hit.decode() for hit in re.findall(rb'<REF\.PHYS\b[^>]*\bFILE="([^"]+\.xml)"', body)}
    doubts = []
    if lacking := named_files - names:
        doubts.append(
            f"{celex} lacks {len(lacking)} of the files that its contents name, {min(lacking)} among them"
        )
    if numbers and len(numbers) < max(numbers) * _KEPT and max(numbers) - len(numbers) > _FEW:
        doubts.append(f"{celex} counts {max(numbers)} articles and prints {len(numbers)} of their numbers")
    return tuple(doubts)
