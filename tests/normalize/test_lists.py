"""Screening lists: entries under keys that last, every cell kept, headers and counts checked strictly."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import TocsinError, UnreadableDocument
from archive.records import Expression, Provision, Reading
from normalize.lists_csl import CELLS
from normalize.lists_dpl import COLUMNS, dpl_entries
from normalize.lists_entries import list_slug, slug
from normalize.lists_rows import day_of, table_of
from normalize.reading import Hints, read

SDN = (Path(__file__).parent / "lists" / "sdn.xml").read_bytes()
HINTS = Hints(as_of=date(2026, 3, 2), document="list")
CSL_COLUMNS = [
    "_id",
    "source",
    "entity_number",
    *(c for c in CELLS if c != "country"),
    "source_list_url",
    "source_information_url",
]
EL = "Entity List (EL) - Bureau of Industry and Security"
SDN_NAME = "Specially Designated Nationals (SDN) - Treasury Department"


def csl(*records: dict[str, str], columns: list[str] = CSL_COLUMNS, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


ALPHA = {"_id": "f00", "source": EL, "name": "Alpha Lathes", "addresses": "1 Road, Town, CN; 2 Road, HK",
         "federal_register_notice": "88 FR 100", "start_date": "2023-01-02", "license_policy": "Presumption of denial.",
         "source_list_url": "http://example.org/el"}  # fmt: skip
BETA = {
    "_id": "36",
    "source": SDN_NAME,
    "entity_number": "36",
    "type": "Entity",
    "name": "BETA",
    "programs": "CUBA",
}


def dpl(*rows: list[str]) -> bytes:
    quoted = ["\t".join(f'"{cell}"' for cell in row) for row in (list(COLUMNS), *rows)]
    return "\n".join(quoted).encode()


GAMMA = [
    "GAMMA LTD",
    "1 ROAD",
    "TOWN",
    "TX",
    "US",
    "75000",
    "01/02/2023",
    "01/02/2033",
    "Y",
    "2023-02-01",
    "FR NOTICE ADDED",
    "88 F.R. 100 1/5/2023",
]


def only(reading: Reading) -> Expression:
    (expression,) = reading.expressions
    return expression


def entries(reading: Reading) -> list[Provision]:
    return [provision for provision in only(reading).walk() if provision.unit == "entry"]


# ── the consolidated list ──────────────────────────────────────────────────────────────────────────


def test_the_consolidated_list_is_its_lists_with_their_entries() -> None:
    reading = read("us_csl", csl(ALPHA, BETA), HINTS)
    expression = only(reading)
    assert (expression.work, expression.kind) == ("us/list/csl", "consolidated")
    assert [(p.eid, p.unit, p.heading) for p in expression.provisions] == [
        ("el", "list", EL),
        ("sdn", "list", SDN_NAME),
    ]
    assert [(p.eid, p.num) for p in entries(reading)] == [("el-alpha-lathes-cn", ""), ("sdn-36", "36")]
    assert entries(reading)[0].text == (
        "Alpha Lathes | 1 Road, Town, CN; 2 Road, HK | 88 FR 100 | 2023-01-02 | Presumption of denial."
    )
    assert reading.leftovers == ()


def test_csv_tsv_gzip_and_json_are_one_content() -> None:
    body = csl(ALPHA, BETA)
    as_json = json.dumps(
        {
            "search_performed_at": "2026-03-02T09:00:00+00:00",
            "results": [
                {**ALPHA, "addresses": [
                    {"address": "1 Road", "city": "Town", "state": None, "postal_code": None, "country": "CN"},
                    {"address": "2 Road", "city": None, "state": None, "postal_code": None, "country": "HK"},
                ], "_id": None, "id": "f00"},
                {**BETA, "programs": ["CUBA"], "alt_names": []},
            ],
        }
    ).encode()  # fmt: skip
    expected = only(read("us_csl", body, HINTS)).provisions
    for other in (csl(ALPHA, BETA, delimiter="\t"), gzip.compress(body), b"\xef\xbb\xbf" + body, as_json):
        assert only(read("us_csl", other, HINTS)).provisions == expected


def test_the_running_identifier_and_pages_of_a_list_are_not_its_content() -> None:
    moved = {**ALPHA, "_id": "beef", "source_list_url": "https://example.org/elsewhere"}
    assert only(read("us_csl", csl(moved), HINTS)) == only(read("us_csl", csl(ALPHA), HINTS))


def test_of_namesakes_the_oldest_keeps_its_key_and_the_others_add_citation_then_address() -> None:
    later = {**ALPHA, "federal_register_notice": "89 FR 200, 90 FR 1"}
    elsewhere = {**later, "addresses": "9 Road, Town, CN"}
    alone = entries(read("us_csl", csl(ALPHA), HINTS))[0].eid
    keys = [p.eid for p in entries(read("us_csl", csl(later, elsewhere, ALPHA), HINTS))]
    assert keys[2] == alone == "el-alpha-lathes-cn"
    assert all(key.startswith("el-alpha-lathes-cn-89-fr-200-") for key in keys[:2])
    assert len(set(keys)) == 3


def test_the_order_of_records_does_not_change_their_keys() -> None:
    later = {**ALPHA, "federal_register_notice": "89 FR 200"}
    first = {p.eid: p.text for p in entries(read("us_csl", csl(ALPHA, later, BETA), HINTS))}
    second = {p.eid: p.text for p in entries(read("us_csl", csl(BETA, later, ALPHA), HINTS))}
    assert first == second


@pytest.mark.parametrize(
    ("body", "said", "place"),
    [
        (
            csl(ALPHA, columns=[*CSL_COLUMNS, "shoe_size"]),
            "column 'shoe_size' is not known",
            "line 1, column 30",
        ),
        (
            csl(BETA, columns=[c for c in CSL_COLUMNS if c != "programs"] + ["programs", "programs"]),
            "named twice",
            "line 1",
        ),
        (b"name\tsource\nAlpha\tEL\n", "is missing", "line 1"),
        (csl(ALPHA) + b"torn,record\n", "has 2 cells", "line 3"),
        (csl(ALPHA, BETA)[:-30], "", "line 3"),
        (csl(ALPHA) + b'x,"' + EL.encode(), "cut off inside its last record, after 1 whole", "line 3"),
        (csl(), "no record", "line 2"),
        (csl({**ALPHA, "name": ""}), "no name", "line 2"),
        (csl({**ALPHA, "source": ""}), "no source", "line 2"),
        (b'{"total": 900, "results": [{"source": "x", "name": "y"}]}', "1 of 900 records", "$.total"),
        (
            b'{"results": [{"source": "x", "name": "y", "aura": 1}]}',
            "field 'aura' is not known",
            "$.results[0]",
        ),
        (b'{"results": []}', "no results", "$.results"),
        (b'{"results": [', "cut off", "line 1"),
        (gzip.compress(csl(ALPHA))[:-12], "gzip", ""),
        (b"\xff\xfe\x00", "not UTF-8", "line 1"),
        (b"", "empty", ""),
    ],
)
def test_a_list_that_is_not_whole_is_refused_with_its_place(body: bytes, said: str, place: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read("us_csl", body, HINTS)
    assert said in refused.value.message
    assert place in refused.value.place
    assert refused.value.mend


def test_a_repeated_header_is_told_and_not_taken_for_a_party() -> None:
    body = csl(ALPHA)
    header = body.partition(b"\n")[0] + b"\n"
    reading = read("us_csl", header + body, HINTS)
    assert len(entries(reading)) == 1
    assert [remark.message for remark in reading.remarks] == ["the header is repeated among the records"]


# ── denied persons ─────────────────────────────────────────────────────────────────────────────────


def test_a_denied_person_is_an_entry_with_one_address() -> None:
    (entry,) = entries(read("us_bis_dpl", dpl(GAMMA), HINTS))
    assert entry.eid == "dpl-gamma-ltd-us"
    assert entry.text == (
        "GAMMA LTD | 1 ROAD, TOWN, TX, 75000, US | 01/02/2023 | 01/02/2033 | Y | 2023-02-01 | FR NOTICE ADDED | 88 F.R. 100 1/5/2023"
    )


def test_cells_of_a_record_are_typed() -> None:
    table = table_of(dpl(GAMMA).decode(), HINTS, delimiter="\t", columns=COLUMNS)
    (record,) = dpl_entries(table)
    assert (record.start, record.end, record.country) == (date(2023, 1, 2), date(2033, 1, 2), "US")
    assert [cell.column for cell in record.cells][:3] == ["Name", "Address", "Effective_Date"]


def test_a_denied_person_without_a_name_is_refused_and_a_day_that_is_none_is_told() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read("us_bis_dpl", dpl(GAMMA, ["", *GAMMA[1:]]), HINTS)
    assert (refused.value.message, refused.value.place) == ("this record has no name", "line 3")
    reading = read("us_bis_dpl", dpl([*GAMMA[:6], "soon", *GAMMA[7:]]), HINTS)
    assert [(remark.place, remark.message) for remark in reading.remarks] == [
        ("line 2", "the Effective_Date 'soon' of GAMMA LTD is no date")
    ]


def test_a_list_of_denied_persons_with_another_header_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="'Shoe_Size' is not known"):
        read("us_bis_dpl", dpl(GAMMA).replace(b'"FR_Citation"', b'"Shoe_Size"'), HINTS)


# ── specially designated nationals ─────────────────────────────────────────────────────────────────


def test_designated_nationals_are_keyed_by_their_uid() -> None:
    reading = read("us_ofac_sdn", SDN, HINTS)
    expression = only(reading)
    assert (expression.work, expression.published) == ("us/list/ofac-sdn", date(2026, 3, 2))
    assert [(p.eid, p.num, p.text) for p in expression.provisions] == [
        (
            "sdn-36",
            "36",
            "WIDGET TRADING CO. | Entity | CUBA | SDNTK | a.k.a., strong, WITRACO | Havana, Cuba | (Linked To: LATHE HOLDING)",
        ),
        (
            "sdn-173",
            "173",
            "EXAMPLE, A. | Director | Individual | CUBA | Passport, A-000, Cuba | Cuba | 01 Jan 1950",
        ),
    ]
    assert reading.leftovers == ()
    assert {discard.rule for discard in reading.discards} == {"record-identifier", "list-count", "main-mark"}


def test_the_namespace_of_the_old_host_reads_the_same() -> None:
    old = SDN.replace(
        b"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
        b"http://tempuri.org/sdnList.xsd",
    )
    assert only(read("us_ofac_sdn", old, HINTS)) == only(read("us_ofac_sdn", SDN, HINTS))


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("</sdnEntry>", "sdnEntry 36"),
        ("<program>", "sdnEntry 36/programList"),
        ("</aka>", "sdnEntry 36/aka"),
        ("</publshInformation>", "publshInformation"),
        ("</sdnList>", "sdnList"),
        ("<sdnEntry>", "between two of sdnList"),
    ],
)
def test_words_outside_the_fields_are_left_over(before: str, place: str) -> None:
    body = SDN.decode().replace(before, f" stray words {before}", 1).encode()
    (left,) = read("us_ofac_sdn", body, HINTS).leftovers
    assert (left.place, left.text) == (place, "stray words")


def test_a_designated_national_without_a_name_is_refused() -> None:
    body = SDN.replace(b"<lastName>WIDGET TRADING CO.</lastName>", b"")
    with pytest.raises(UnreadableDocument, match="no name"):
        read("us_ofac_sdn", body, HINTS)


def test_an_unknown_field_of_an_entry_is_a_leftover_with_its_place() -> None:
    reading = read("us_ofac_sdn", SDN.replace(b"<title>Director</title>", b"<aura>blue</aura>"), HINTS)
    assert [(item.place, item.text) for item in reading.leftovers] == [("sdnEntry 173/aura", "blue")]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            SDN.replace(b"<Record_Count>2<", b"<Record_Count>3<"),
            "2 entries were read, the list says it has 3",
        ),
        (SDN[: len(SDN) // 2], "broken or cut off"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + SDN.partition(b"?>")[2], "DOCTYPE"),
        (b"<other/>", "root element is other"),
        (SDN.replace(b"<uid>173</uid>", b""), "no uid"),
        (b"<sdnList/>", "0 entries"),
        (b"<sdnList>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</sdnList>", "broken"),
        (b" ", "empty"),
    ],
)
def test_a_sanctions_list_that_is_not_whole_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read("us_ofac_sdn", body, HINTS)
    assert said in refused.value.message


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20), min_size=1, max_size=12)
)
@settings(max_examples=60, deadline=None)
def test_every_name_gets_a_key_of_its_own(names: list[str]) -> None:
    records = [{**ALPHA, "name": name} for name in names if name.strip()]
    if not records:
        return
    found = entries(read("us_csl", csl(*records), HINTS))
    assert len(found) == len(records)
    assert len({p.eid for p in found}) == len(records)
    assert all(p.text.startswith(" ".join(r["name"].split())) for p, r in zip(found, records, strict=True))


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_list_or_a_clear_error(body: bytes) -> None:
    for source in ("us_csl", "us_bis_dpl", "us_ofac_sdn"):
        with pytest.raises(TocsinError) as refused:
            read(source, body, HINTS)
        assert "\n" not in refused.value.line()


def test_small_readings() -> None:
    assert (
        list_slug("Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department")
        == "cmic"
    )
    assert list_slug("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department") == "ns-mbs"
    assert list_slug("A New List - Some Department") == "a-new-list"
    assert slug("Türkiye Çelik A.Ş.") == "turkiye-celik-a-s"
    assert slug("x" * 80) != slug("x" * 81)
    assert (day_of("7/8/2008"), day_of("2008-07-08"), day_of("13/40/2008"), day_of("")) == (
        date(2008, 7, 8),
        date(2008, 7, 8),
        None,
        None,
    )
