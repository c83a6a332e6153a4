"""The EAR's lists of parties: counts, keys that last, nesting, footnotes."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from normalize.ecfr_lists import first_citation, first_name
from tests.corpus import corpus_file
from tests.normalize.ecfr_fixtures import by_eid, eids, read_bytes, supplement

_EDITIONS = ("2026-03-25", "2026-07-18")
_HEAD = (
    "<THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH><TH>License review<br/>policy</TH>"
    "<TH><strong>Federal Register</strong> citation</TH></TR></THEAD>"
)


def _row(
    country: str, entity: str, citation: str = "85 FR 1, 1/2/20.", policy: str = "Presumption of denial"
) -> str:
    return (
        f"<TR><TD>{country}</TD><TD>{entity}</TD><TD>All items</TD><TD>{policy}</TD><TD>{citation}</TD></TR>"
    )


def _entity_list(*rows: str) -> bytes:
    return supplement(f"<P>Listed.</P><TABLE>{_HEAD}<TBODY>{''.join(rows)}</TBODY></TABLE>")


@pytest.mark.parametrize("edition", _EDITIONS)
def test_the_lists_of_part_744_have_their_rows(edition: str) -> None:
    reading = read_bytes(
        corpus_file(f"files/www.ecfr.gov/ecfr/title-15_part-744.en.{edition}.xml").read_bytes()
    )
    units = {one.work.rsplit("/", 1)[-1]: Counter(p.unit for p in one.walk()) for one in reading.expressions}
    assert (units["supp-4"]["entry"], units["supp-4"]["country"], units["supp-4"]["footnote"]) == (
        3415,
        91,
        5,
    )
    assert units["supp-6"]["entry"] == 186
    military = units["supp-7"]
    rows = (
        military["entry"] + military["group"] + military["row"] + military["header"] - 1
    )  # one header is the columns'
    assert (military["entry"], military["group"], military["row"], rows) == (70, 2, 4, 90)
    assert reading.leftovers == ()
    found = eids(reading)
    assert len(found) == len(set(found))
    addresses = [eid for eid in found if re.search(r"^supp-4\.\w+\.address\d\d", eid)]
    assert len(addresses) == 19


def test_no_address_of_a_row_moves_between_two_editions_that_differ_in_punctuation_alone() -> None:
    path = "files/www.ecfr.gov/ecfr/title-15_part-744.en.{}.xml"
    before, after = (
        set(eids(read_bytes(corpus_file(path.format(edition)).read_bytes()))) for edition in _EDITIONS
    )
    assert before == after


def test_a_blank_country_belongs_to_the_country_above() -> None:
    reading = read_bytes(
        _entity_list(
            _row("ATLANTIS", "Dim Co., Ltd., 1 Way"),
            _row("&#160;", "Lit, 2 Way"),
            _row("THULE", "Ice, 3 Way"),
        )
    )
    found = by_eid(reading)
    assert [child.eid for child in found["supp-1.atlantis"].children] == [
        "supp-1.atlantis.dimcoltd",
        "supp-1.atlantis.lit",
    ]
    assert (
        found["supp-1.atlantis.lit"].text
        == "Lit, 2 Way | All items | Presumption of denial | 85 FR 1, 1/2/20."
    )


def test_footnote_rows_at_the_end_of_the_body_are_no_country() -> None:
    note = '<TR><TD colspan="5"><sup>1</sup> For this entity, items include oil.</TD></TR>'
    plain = '<TR><TD colspan="5">2 Cybersecurity research is excepted.</TD></TR>'
    found = by_eid(read_bytes(_entity_list(_row("ATLANTIS", "Dim, 1 Way"), note, plain)))
    assert [one.heading for one in found.values() if one.unit == "country"] == ["ATLANTIS"]
    assert (found["supp-1.fn-1"].num, found["supp-1.fn-1"].text) == (
        "^1",
        "For this entity, items include oil.",
    )
    assert found["supp-1.fn-2"].text == "Cybersecurity research is excepted."


@pytest.mark.parametrize(
    "noisy",
    [
        "Dim Lamps Co. Ltd, 1 Way",
        "Dim  Lamps Co., Ltd., 1 Way",
        "Dim Lamps Co., Ltd., a.k.a., the following alias:<br/>&#x2014;Dimlamp.<br/> <br/>1 Way",
        "DIM LAMPS CO., LTD., 9 Other Way",
        "Dim-Lamps Co., Ltd.<br/> <br/>1 Way",
        "D&#x131;m Lamps Co., Ltd., 1 Way".replace("&#x131;", "&#xEF;"),
    ],
)
def test_the_key_of_a_row_outlives_punctuation_aliases_and_addresses(noisy: str) -> None:
    assert "supp-1.atlantis.dimlampscoltd" in eids(read_bytes(_entity_list(_row("ATLANTIS", noisy))))


def test_two_parties_of_one_name_are_told_apart_by_citation_then_address() -> None:
    rows = [
        _row("ATLANTIS", "Dim, 1 Coral Way", "90 FR 7, 1/2/25."),
        _row("", "Dim, 2 Pearl Way", "80 FR 3, 1/2/15."),
        _row("", "Dim, 3 Reef Way", "90 FR 7, 1/2/25."),
    ]
    found = by_eid(read_bytes(_entity_list(*rows)))
    assert found["supp-1.atlantis.dim"].text.startswith("Dim, 2 Pearl Way"), "the oldest keeps the plain name"
    assert found["supp-1.atlantis.dim-90fr7"].text.startswith("Dim, 1 Coral Way")
    assert found["supp-1.atlantis.dim-90fr7-3reefway"].text.startswith("Dim, 3 Reef Way")


def test_a_newcomer_of_the_same_name_moves_nobody() -> None:
    old = [
        _row("ATLANTIS", "Able, 1 Way"),
        _row("", "Dim, 2 Pearl Way", "80 FR 3, 1/2/15."),
        _row("", "Lit, 1 Way"),
    ]
    before = set(eids(read_bytes(_entity_list(*old))))
    newcomer = _row("", "Dim, 9 Way", "91 FR 1, 1/1/26.")
    after = set(eids(read_bytes(_entity_list(old[0], newcomer, *old[1:]))))
    assert after - before == {"supp-1.atlantis.dim-91fr1"}
    assert before <= after


def test_subordinate_institutions_stand_under_the_group_that_announces_them() -> None:
    head = "<THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>Federal Register citation</TH></TR></THEAD>"
    rows = [
        ("BURMA", "[Reserved]", "[Reserved]"),
        ("ATLANTIS", "Coral Works, 1 Way", "85 FR 2, 1/1/20."),
        (
            "",
            "The following two subordinate institutions of Deep Sea Company of Atlantis:",
            "85 FR 2, 1/1/20.",
        ),
        ("", "Subordinate institution:", ""),
        ("", "Deep Lamps Co. Ltd., 2 Way", ""),
        ("", "Deep Oil, 3 Way", ""),
        ("", "Pearl Works, 4 Way", "85 FR 2, 1/1/20."),
    ]
    body = "".join("<TR>" + "".join(f"<TD>{cell}</TD>" for cell in row) + "</TR>" for row in rows)
    found = by_eid(read_bytes(supplement(f"<TABLE>{head}<TBODY>{body}</TBODY></TABLE>", number=7)))
    assert found["supp-7.burma.reserved"].unit == "row"
    group = found["supp-7.atlantis.group-deepseacompanyofatlantis"]
    assert [(child.unit, child.text.split(",")[0]) for child in group.children] == [
        ("header", "Subordinate institution: | "),
        ("entry", "Deep Lamps Co. Ltd."),
        ("entry", "Deep Oil"),
    ]
    assert "supp-7.atlantis.pearlworks" in found


def test_an_institution_under_its_label_belongs_to_the_group_though_it_has_a_citation() -> None:
    head = "<THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>Federal Register citation</TH></TR></THEAD>"
    rows = [
        ("ATLANTIS", "The following two subordinate institutions of Deep Sea Company:", ""),
        ("", "Subordinate institution:", ""),
        ("", "Deep Lamps, 2 Way", "85 FR 2, 1/1/20."),
        ("", "Subordinate institution:", ""),
        ("", "Deep Oil, 3 Way", "85 FR 2, 1/1/20."),
        ("", "Pearl Works, 4 Way", "85 FR 2, 1/1/20."),
    ]
    body = "".join("<TR>" + "".join(f"<TD>{cell}</TD>" for cell in row) + "</TR>" for row in rows)
    found = by_eid(read_bytes(supplement(f"<TABLE>{head}<TBODY>{body}</TBODY></TABLE>", number=7)))
    assert [eid.partition("atlantis.")[2] for eid, one in found.items() if one.unit == "entry"] == [
        "group-deepseacompany.deeplamps",
        "group-deepseacompany.deepoil",
        "pearlworks",
    ]


@pytest.mark.parametrize(
    ("party", "name"),
    [
        ("Abdul Ghoura, 501, 5th Floor, Kabul", "Abdul Ghoura"),
        ("Lamp Co., Ltd., No. 1 Way", "Lamp Co., Ltd."),
        ("Lamp Co., Ltd. (LC), a.k.a., the following two aliases:\n—L", "Lamp Co., Ltd. (LC)"),
        ("Lamp a.k.a. L, 1 Way", "Lamp"),
        ("Lamp, f.k.a., Candle", "Lamp"),
        ("Lamp S.A., S.L., 1 Way", "Lamp S.A., S.L."),
        ("Lamp\n\n1 Way", "Lamp"),
        ("Lamp", "Lamp"),
        ("Address 01, 3 Reef Road, Atlantis.", "Address 01, 3 Reef Road, Atlantis."),
        ("The following entities of Deep Sea:\n—Lamps", "The following entities of Deep Sea"),
    ],
)
def test_the_first_name_of_a_party(party: str, name: str) -> None:
    assert first_name(party) == name


@pytest.mark.parametrize(
    ("cell", "citation"),
    [
        ("85 FR 51603, 8/20/20.", (85, 51603)),
        ("77 FR 231164/18/12.", (77, 231164)),
        ("90 FR 7, 1/2/25.\n80 FR 3, 1/2/15", (80, 3)),
        ("85FR 83799 12/23/2020.", (85, 83799)),
        ("", (10_000, 0)),
    ],
)
def test_the_oldest_citation_of_a_cell(cell: str, citation: tuple[int, int]) -> None:
    assert first_citation(cell) == citation
