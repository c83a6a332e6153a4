"""What the index of the Federal Register says of a paper: one record, whichever spelling of its fields it comes in.

The API's fields are those of ``federalregister.gov/api/v1`` (``document_number``, ``cfr_references`` …). A record that was stored
in a shorter form (``number``, ``cfr`` as pairs, ``type_code``) means the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from archive.errors import UnreadableDocument

_TYPE_CODES = {
    "rule": "RULE",
    "prorule": "PRORULE",
    "proposed rule": "PRORULE",
    "notice": "NOTICE",
    "sunshine act document": "NOTICE",
    "presdocu": "PRESDOCU",
    "presidential document": "PRESDOCU",
    "correct": "CORRECT",
    "correction": "CORRECT",
}

#: Fields whose words become provisions, with the unit and address each gets.
WORDS = {"title": "subject", "abstract": "summary", "action": "action", "dates": "dates"}

#: Fields that are read as facts or name the paper.
_FACTS = frozenset(
    "document_number number type type_code subtype publication_date effective_on comments_close_on signing_date filed_at"
    " agencies agency_names docket_id docket_ids dockets regulation_id_numbers regulation_id_number_info cfr_references cfr"
    " citation volume start_page end_page page_length correction_of corrections html_url executive_order_number"
    " disposition_notes proclamation_number presidential_document_number reissue estimated note toc_doc toc_subject".split()
)

#: Fields of the index that say nothing of the law: addresses of renderings, counts of readers, search excerpts.
_INDEX_ONLY = frozenset(
    "body_html_url json_url full_text_xml_url raw_text_url pdf_url public_inspection_pdf_url mods_url comment_url"
    " regulations_dot_gov_info regulations_dot_gov_url page_views excerpts images images_metadata topics significant president"
    " executive_order_notes not_received_for_publication explanation agency_letters docket_numbers"
    " editorial_note filing_type num_pages pdf_file_name pdf_file_size pdf_updated_at last_public_inspection_issue"
    " subject_1 subject_2 subject_3 raw_name slug unique_id presidential_document_type_id".split()
)

#: A number as the Federal Register prints it: 2024-02930, E8-4768, 05-8393, C1-2024-01234.
NUMBER = r"(?:[A-Z]\d{0,2}-)?(?:\d{2,4}|[A-Z]\d{1,2})-\d{1,6}"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_DOCKET_LABEL = re.compile(
    r"^(?:Dockets?(?:\s+(?:Nos?\.?|ID|IDs|Numbers?))?|Docket\s*#)\s*:?\s*", re.IGNORECASE
)
_CFR = re.compile(
    r"\b(\d{1,2})\s+CFR\s+(?:Subtitle\s+\w+,?\s+)?(?:Parts?\s+)?(\d[\w.-]*(?:(?:\s*,?\s+and\s+|\s*,\s*)\d[\w.-]*)*)",
    re.IGNORECASE,
)
_PART = re.compile(r"\d+[A-Za-z]?(?:-\d+)?")

_YEAR_IN_NUMBER = re.compile(r"(?:[A-Z]\d*-)?(?:19|20)\d\d-")
_LAST_YEAR_OF_REUSE = (
    2015  # numbers were used again before 2016, so a paper is then known by its date and number
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """The fields that tocsin reads, "" or None or empty where the index has none."""

    number: str = ""
    type: str = ""
    title: str = ""
    abstract: str = ""
    action: str = ""
    dates: str = ""
    citation: str = ""
    url: str = ""
    published: date | None = None
    effective: date | None = None
    comments_close: date | None = None
    signed: date | None = None
    filed: date | None = None
    agencies: tuple[str, ...] = ()
    dockets: tuple[str, ...] = ()
    rins: tuple[str, ...] = ()
    cfr_parts: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    executive_order: str = ""
    disposition: str = ""


def is_record(fields: Mapping[str, object]) -> bool:
    """Whether a JSON object is a record of a paper: it has a number and a title or a type."""
    return bool(fields.get("document_number") or fields.get("number")) and any(
        name in fields for name in ("title", "type", "type_code")
    )


def unknown_fields(fields: Mapping[str, object]) -> tuple[str, ...]:
    """The names of fields that nobody here has heard of, sorted."""
    return tuple(sorted(set(fields) - _FACTS - _INDEX_ONLY - set(WORDS)))


def record_of(fields: Mapping[str, object], *, thing: str) -> PaperRecord:
    """Reads an index record. Raises ``UnreadableDocument`` with the field that is not what it should be."""
    return PaperRecord(
        number=plain_number(_text(fields, "document_number") or _text(fields, "number")),
        type=type_code(_text(fields, "type_code") or _text(fields, "type")),
        title=_text(fields, "title"),
        abstract=_text(fields, "abstract"),
        executive_order=_number(fields, "executive_order_number"),
        disposition=_text(fields, "disposition_notes"),
        action=_text(fields, "action"),
        dates=_text(fields, "dates"),
        citation=_text(fields, "citation"),
        url=_text(fields, "html_url"),
        published=_day(fields, "publication_date", thing),
        effective=_day(fields, "effective_on", thing),
        comments_close=_day(fields, "comments_close_on", thing),
        signed=_day(fields, "signing_date", thing),
        filed=_day(fields, "filed_at", thing),
        agencies=_agencies(fields),
        dockets=_unique(
            docket for said in _texts(fields, "docket_ids", "docket_id") for docket in dockets_in(said)
        ),
        rins=_unique(said.translate(_DASHES) for said in _texts(fields, "regulation_id_numbers")),
        cfr_parts=_cfr_parts(fields),
        corrects=_unique(
            plain_number(said.split("?")[0].rsplit("/", 1)[-1]) for said in _texts(fields, "correction_of")
        ),
    )


def plain_number(said: str) -> str:
    """A paper's number with plain hyphens and no ``.json``; the web sites print en dashes here and there."""
    return said.strip().translate(_DASHES).removesuffix(".json")


def work_of(number: str, published: date) -> str:
    """``us/fr/2024-02930``; before 2016 a number without its year was used again, so ``us/fr/2005-04-27/05-8393``."""
    if published.year <= _LAST_YEAR_OF_REUSE and not _YEAR_IN_NUMBER.match(number):
        return f"us/fr/{published.isoformat()}/{number}"
    return f"us/fr/{number}"


def type_code(said: str) -> str:
    """RULE, PRORULE, NOTICE, PRESDOCU or CORRECT, from the code or the word that the API displays."""
    return _TYPE_CODES.get(said.strip().lower(), said.strip().upper())


def dockets_in(said: str) -> tuple[str, ...]:
    """``[Docket No. 250509–0083; BIS-2025-0001]`` → ``250509-0083``, ``BIS-2025-0001``."""
    inner = said.translate(_DASHES).strip().strip("[]")
    parts = (re.sub(r"\s+", " ", part).strip(" .") for part in re.split(r";|,\s+", inner))
    return tuple(_DOCKET_LABEL.sub("", part) for part in parts if _DOCKET_LABEL.sub("", part))


def cfr_parts_in(said: str) -> tuple[str, ...]:
    """``15 CFR Parts 734, 740, and 774`` → ``15/734``, ``15/740``, ``15/774``. A chapter alone names no part."""
    found: list[str] = []
    for title, parts in _CFR.findall(said.translate(_DASHES)):
        found.extend(f"{int(title)}/{part}" for part in _PART.findall(parts))
    return tuple(dict.fromkeys(found))


def _number(fields: Mapping[str, object], name: str) -> str:
    """A number that the index tells as text or as a number."""
    value = fields.get(name)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(fields, name)


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    return " ".join(value.split()) if isinstance(value, str) else str(value)


def _texts(fields: Mapping[str, object], *names: str) -> list[str]:
    """The strings of the first of ``names`` that has any: a list of them, or one."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return [value.strip()]
        if isinstance(value, (list, tuple)) and value:
            return [str(item).strip() for item in value if item]
    return []


def _day(fields: Mapping[str, object], name: str, thing: str) -> date | None:
    said = _text(fields, name)
    if not said:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        raise UnreadableDocument(
            f"{said!r} is not a date",
            thing=thing,
            place=f"field {name}",
            mend="The index writes dates like 2026-03-25",
        ) from None


def _agencies(fields: Mapping[str, object]) -> tuple[str, ...]:
    said = fields.get("agencies") or fields.get("agency_names") or ()
    names: list[str] = []
    for agency in said if isinstance(said, (list, tuple)) else ():
        if isinstance(agency, Mapping):
            names.append(str(agency.get("name") or agency.get("raw_name") or ""))
        else:
            names.append(str(agency))
    return _unique(names)


def _cfr_parts(fields: Mapping[str, object]) -> tuple[str, ...]:
    said = fields.get("cfr_references") or fields.get("cfr") or ()
    parts: list[str] = []
    for reference in said if isinstance(said, (list, tuple)) else ():
        if isinstance(reference, Mapping):
            title, part = reference.get("title"), reference.get("part")
        elif isinstance(reference, (list, tuple)) and len(reference) == 2:
            title, part = reference
        else:
            continue
        if title and part:
            parts.append(f"{title}/{part}")
    return _unique(parts)


def _unique(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in said if item))
