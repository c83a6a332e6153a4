"""The lists of the United States as they arrive: delimited text and SDN.XML, each taken only whole. Facts of November 2026."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from datetime import date

from crawlers.acceptance import shrunk, whole_text, whole_xml, wrong
from crawlers.families.bulk_list import Listed
from crawlers.visit import Answer
from crawlers.walls import named, refusal

# The store of files that data.trade.gov fronts has given each of these.
_TEXT = frozenset(
    {"text/csv", "application/csv", "text/plain", "text/tab-separated-values", "application/octet-stream"}
)
_LONGEST_CELL = 1_000_000

DPL_COLUMNS = frozenset({"Name", "Effective_Date", "Expiration_Date", "Standard_Order", "FR_Citation"})
CSL_COLUMNS = frozenset(
    {"source", "entity_number", "name", "addresses", "federal_register_notice", "programs"}
)


def accept_csl(answer: Answer) -> Listed:
    """The Consolidated Screening List: comma-separated, every entry under the name of the list that it is from."""
    expected = "the Consolidated Screening List"
    rows, torn = _records(answer, expected, ",", CSL_COLUMNS)
    parts: dict[str, list[str]] = {}
    for row in rows:
        if not row["source"] or not row["name"]:
            raise wrong(answer, f"{expected} has an entry without a list or a name")
        parts.setdefault(row["source"], []).append(row["entity_number"] or row["name"])
    return Listed(parts={name: tuple(keys) for name, keys in parts.items()}, torn=torn)


def accept_dpl(answer: Answer) -> Listed:
    """The Denied Persons List: tab-separated; orders are told apart by name and citation."""
    rows, torn = _records(answer, "the Denied Persons List", "\t", DPL_COLUMNS)
    keys = tuple(f"{row['Name']}|{row['FR_Citation']}" for row in rows)
    return Listed(parts={"Denied Persons List": keys}, torn=torn)


def accept_sdn(answer: Answer) -> Listed:
    """SDN.XML, by local names (its namespace has changed): as many entries as it says it has, and the day that it says it is of."""
    expected = "the list of Specially Designated Nationals"
    text = whole_text(
        answer, types={"text/xml", "application/xml", "application/octet-stream"}, expected=expected
    )
    if "<!DOCTYPE" in text[:2000] or "<!ENTITY" in text[:2000]:
        raise named(answer, expected=expected, found="a document with a DOCTYPE, which the list never has,")
    root, _ = whole_xml(answer, roots=(), expected=expected, local="sdnList")
    uids: list[str] = []
    said: dict[str, str] = {}
    for child in root:
        match str(child.tag).rpartition("}")[2]:
            case "publshInformation":
                said = {str(one.tag).rpartition("}")[2]: (one.text or "").strip() for one in child}
            case "sdnEntry":
                uid = next((one.text for one in child if str(one.tag).rpartition("}")[2] == "uid"), None)
                uids.append((uid or "").strip())
    count = said.get("Record_Count", "")
    if not count.isdigit():
        raise wrong(answer, f"{expected} does not say how many entries it has")
    if int(count) != len(uids):
        raise shrunk(answer, f"{expected} says that it has {int(count):,} entries and has {len(uids):,}")
    if not all(uids) or len(set(uids)) != len(uids):
        raise wrong(answer, f"{expected} has entries without a number of their own")
    return Listed(parts={"SDN": tuple(uids)}, day=_day(answer, said.get("Publish_Date", ""), expected))


def _day(answer: Answer, said: str, expected: str) -> date:
    hit = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said)
    try:
        if hit is None:
            raise ValueError(said)
        return date(int(hit[3]), int(hit[1]), int(hit[2]))
    except ValueError:
        raise wrong(answer, f"{expected} is of no day ({said!r})") from None


def _records(
    answer: Answer, expected: str, delimiter: str, columns: Collection[str]
) -> tuple[list[dict[str, str]], str]:
    """The records of delimited text whose header has these columns, and where they tear, "" for a list that is whole.

    A file that arrives whole and is torn inside is the publisher's own accident (the Consolidated Screening List of 2023-11-30): it is brought, to
    be held and looked at. Raises ``Refused`` for what is no such list.
    """
    text = whole_text(answer, types=_TEXT, expected=expected).removeprefix("\ufeff")
    head = text.partition("\n")[0]
    header = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
    if not set(columns) <= set(header):
        raise named(answer, expected=expected, found="text without the list's header")
    old_limit = csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[dict[str, str]] = []
    torn = ""
    try:
        for cells in lines:
            plain = [cell.strip() for cell in cells]
            if not any(plain) or plain == header:  # a recorded list repeats its header among the records
                continue
            if len(cells) != len(header):
                torn = f"a record of {len(cells)} cells at line {lines.line_num:,}, where the header names {len(header)}"
                break
            rows.append(dict(zip(header, plain, strict=True)))
    except csv.Error as error:
        torn = f"line {lines.line_num:,}: {error}"
    finally:
        csv.field_size_limit(old_limit)
    if not rows:
        raise refusal(answer, "EmptyDocument", f"{expected} has no entry", "Wait for the next run")
    return rows, torn
