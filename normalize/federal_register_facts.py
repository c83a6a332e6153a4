"""What a paper states of itself: from its own text first, completed by the index's record, disagreements told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from archive.records import Fact, Provision
from normalize.audit import Account
from normalize.dates_paragraph import dates_facts, dates_in, sentences
from normalize.federal_register_record import NUMBER, PaperRecord, cfr_parts_in, dockets_in, plain_number

_DOCUMENT = re.compile(rf"FR\s*Doc\.?\s*(?:No\.?\s*)?({NUMBER})")
_FILED = re.compile(r"Filed\s+(\d{1,2})-(\d{1,2})-(\d{2,4})")
_RIN = re.compile(r"\b\d{4}-[A-Z]{2}\d{2}\b")
_CORRECTED = re.compile(rf"(?:FR\s*Doc\.?\s*(?:No\.?\s*)?|\bdocument\s+(?:number\s+)?)({NUMBER})")
_CORRECTION_NUMBER = re.compile(r"[CR]\d+-(.+)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

#: A paragraph of a paper without a DATES block that does the work of one.
_OPENS_LIKE_DATES = re.compile(
    r"(?:DATES?:|Effective\s+[Dd]ates?\b|Effective\b[^.]{0,60}\.\Z|(?:This|The|These)\s(?:[\w-]+\s){0,6}?(?:rule|rules|notice|order|correction|action|amendments?|document)"
    r"\s+(?:is|are|becomes?|will\s+be(?:come)?)\s+effective\b|(?:Written\s+)?[Cc]omments\s+(?:on\s[^.]{0,80}\s)?must\s+be"
    r"|\w+,?\s+(?:that\s+)?this\s+[Oo]rder\s+(?:is|shall be)\s+effective\b)"
)
_LONGEST_DATES = 900
_FIRST_XML_YEAR = 36  # two-digit years: the Federal Register began in 1936, its XML in 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the XML of a paper says by its markup alone."""

    number: str = ""
    type: str = ""
    title: str = ""
    action: str = ""
    dates: str = ""
    filed: str = ""
    filed_on: date | None = None
    signed_on: date | None = None
    agencies: tuple[str, ...] = ()
    dockets: tuple[str, ...] = ()
    rins: tuple[str, ...] = ()
    cfr_parts: tuple[str, ...] = ()
    citation: str = ""
    corrects: tuple[Fact, ...] = ()


def printed(kind: str, provisions: tuple[Provision, ...], *, citation: str = "") -> Printed:
    """Reads the blocks of a paper, which the reader has named: ``dates``, ``docket``, ``filing`` and so on."""
    blocks = [item for root in provisions for item in root.walk()]
    filing = " ".join(item.text for item in blocks if item.unit == "filing").translate(_DASHES)
    number = _DOCUMENT.search(filing)
    filed = _FILED.search(filing)
    action = _joined(blocks, "action")
    title = _title(blocks)
    cfr = [part for item in blocks if _is(item, "cfr") for part in cfr_parts_in(item.text)]
    cfr += [_regulation_part(item.eid) for item in blocks if item.unit == "regulation"]
    return Printed(
        number=plain_number(number.group(1)) if number else "",
        type=kind,
        title=title,
        action=action,
        dates=_dates_text(blocks),
        filed=filed.group() if filed else "",
        filed_on=_short_date(filed) if filed else None,
        signed_on=next(
            (day for item in blocks if item.unit == "signature" for day in _dated(item.text)), None
        ),
        agencies=_all(blocks, "department") + _all(blocks, "bureau"),
        dockets=_unique(docket for item in blocks if _is(item, "docket") for docket in dockets_in(item.text)),
        rins=_unique(
            rin for item in blocks if _is(item, "rin") for rin in _RIN.findall(item.text.translate(_DASHES))
        ),
        cfr_parts=_unique(part for part in cfr if part),
        citation=citation,
        corrects=tuple(_corrects(number.group(1) if number else "", f"{action} {title}", blocks)),
    )


def facts_of(
    paper: Printed, record: PaperRecord, published: date | None, account: Account
) -> tuple[Fact, ...]:
    """All facts, each once, in a fixed order; a Remark where the paper and the index disagree."""
    facts: list[Fact] = []

    def add(name: str, *values: str, words: str = "") -> None:
        facts.extend(Fact(name=name, value=value, words=words) for value in values if value)

    add("number", paper.number or record.number)
    add("type", record.type or paper.type)
    add("action", paper.action or record.action)
    add("agency", *(record.agencies or paper.agencies))
    add("docket", *_unique((*paper.dockets, *record.dockets)))
    add("rin", *_unique((*paper.rins, *record.rins)))
    add("citation", record.citation or paper.citation)
    add("cfr_part", *_unique((*record.cfr_parts, *paper.cfr_parts)))
    if published:
        add("published", published.isoformat())
    filed = paper.filed_on or record.filed
    add("filed", filed.isoformat() if filed else "", words=paper.filed)
    facts.extend(_dates(paper, record, published, account))
    signed = record.signed or paper.signed_on
    add("signed", signed.isoformat() if signed else "")
    facts.extend(paper.corrects)
    add(
        "corrects",
        *(number for number in record.corrects if number not in {fact.value for fact in paper.corrects}),
    )
    # What a presidential document does to earlier ones: "Revokes: EO 14110, October 30, 2023".
    add("executive_order", record.executive_order)
    add("disposition", record.disposition)
    add("url", record.url)
    add("abstract", record.abstract)
    return tuple(facts)


def _dates(paper: Printed, record: PaperRecord, published: date | None, account: Account) -> Iterator[Fact]:
    """The dates of the paragraph; those of the index besides, where it has others."""
    said = dates_facts(paper.dates or record.dates, published=published)
    yield from said
    for name, day, field in (
        ("effective", record.effective, "effective_on"),
        ("comments_close", record.comments_close, "comments_close_on"),
    ):
        values = {fact.value for fact in said if fact.name == name}
        if day is None or day.isoformat() in values:
            continue
        yield Fact(name=name, value=day.isoformat())
        if values:
            account.remark(
                f"field {field}",
                f"the index says {day.isoformat()}, the DATES paragraph {', '.join(sorted(values))}",
            )


# ── reading blocks ─────────────────────────────────────────────────────────────────────────────────


def _is(item: Provision, name: str) -> bool:
    return item.unit == "preamble" and re.fullmatch(rf"{name}(?:-\d+)?", item.eid) is not None


def _all(blocks: list[Provision], name: str) -> tuple[str, ...]:
    return _unique(item.text for item in blocks if _is(item, name))


def _joined(blocks: list[Provision], name: str) -> str:
    """The words of a block with those under it, footnotes aside."""
    return " ".join(
        part.text
        for item in blocks
        if _is(item, name)
        for part in item.walk()
        if part.text and part.unit != "footnote"
    )


def _title(blocks: list[Provision]) -> str:
    subject = next((item.text or item.heading for item in blocks if _is(item, "subject")), "")
    return subject or next((item.heading for item in blocks if item.unit == "heading"), "")


def _dates_text(blocks: list[Provision]) -> str:
    if text := _joined(blocks, "dates"):
        return text
    # Papers that were rebuilt from their paragraphs, and orders, have no block: the sentence stands in the running text.
    return " ".join(
        item.text
        for item in blocks
        if item.unit == "paragraph"
        and len(item.text) <= _LONGEST_DATES
        and _OPENS_LIKE_DATES.match(item.text)
    )


def _short_date(found: re.Match[str]) -> date | None:
    month, day, year = (int(part) for part in found.groups())
    if year < 100:
        year += 1900 if year >= _FIRST_XML_YEAR else 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(text: str) -> Iterator[date]:
    for line in text.split("\n"):
        if re.match(r"(?i)(?:dated|issued|signed)\b", line):
            for span in dates_in(
                re.sub(r"(?i)\b(?:this\s+)?(\d{1,2})(?:st|nd|rd|th)\s+day\s+of\s+", r"\1 ", line)
            ):
                yield span.day


def _regulation_part(eid: str) -> str:
    found = re.match(r"cfr-(\d+)-([0-9a-z]+)", eid)
    return f"{found.group(1)}/{found.group(2)}" if found else ""


def _corrects(number: str, announced: str, blocks: list[Provision]) -> Iterator[Fact]:
    """The papers that a correction names. Only a paper that calls itself a correction is asked."""
    own = _CORRECTION_NUMBER.fullmatch(number)
    if own:
        yield Fact(name="corrects", value=own.group(1))
    if not own and "correct" not in announced.lower():
        return
    seen = {number, own.group(1) if own else ""}
    for item in blocks:
        if item.unit not in ("paragraph", "preamble", "supplementary"):
            continue
        for sentence in sentences(item.text):
            for found in _CORRECTED.findall(sentence.translate(_DASHES)):
                if found not in seen:
                    seen.add(found)
                    yield Fact(name="corrects", value=found, words=sentence)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
