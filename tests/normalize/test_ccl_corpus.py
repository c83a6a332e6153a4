"""The Commerce Control List reader on real editions: the genuine one of 2026-06-24, and fourteen rebuilt from parsed units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from archive.records import Provision
from normalize.audit import Account
from tests.corpus import corpus_entries, corpus_file
from tests.normalize.ccl_reading import GENUINE, HERE, by_eid, eids, outline_lines, read_bytes, walk

OUTLINED = ("3A090", "9A004", "1C350", "5A002", "0A501")

# Places where typography carries law: the address, and the words that have to stand there.
SPOTS = [
    ("1A002.b.1.a", "10.15 x 10^6 m"),
    ("1A002.b.1.b", "17.7 x 10^4 m"),
    ("1A227.b", "3 g/cm^3"),
    ("1B228.a", "(−238 °C)"),
    ("1B228.c", "H_2-compatible"),
    ("1B230", "(KNH_2/NH_3)"),
    ("1C001.a", "2 × 10^8 Hz"),
    ("1C001.a.note-1.c.1.a", "±15%"),
    ("1C001.a.note-1.c.2", "10^6 N/m^2"),
    ("1C002.b.technical-notes.2", "(K_t)"),
    ("1C003.c.3.b", "2 × 10^−4 ohm"),
    ("1C005.a.2", "10^−4 mm^2 (6 µm"),
    ("1C005.b.1", "(−263.31 °C)"),
    ("1C007.a", "(TiB_2)"),
    ("1C111.a.1", "200 × 10^−6 m"),
    ("1C111.a.3.f.technical-note", "(N_2O_4/NO_2)"),
    ("1C225", "(^10B) isotope"),
    ("1C232", "(^3He)"),
    ("1C237", "(^226Ra)"),
    ("2A225.a.2.d", "(Er_2O_3)"),
    ("2B005.e", "mA/mm^2"),
    ("2B006.a", "(E_0,MPE)"),
    ("2B006.b.3.c", "20±0.01 °C"),
    ("2B350.g.1.a", "3/8 in."),
    ("2B352.f.1", "≥0.4 kg/h"),
    ("2B352.f.2", "≤10 micro"),
    ("2E003.f.notes-to-table-on-deposition-techniques.14", "10^−7 K^−1"),
    ("3A001.b.9.c", "(f_max > 2f_min)"),
    ("3A001.b.10", "10 Hz ≤ F ≤ 10"),
    ("3A001.b.12.a", "[P_sat>505.62 W"),
    ("3A001.d.1", "10^−14 J"),
    ("3A001.g.1", "A/µs"),
    ("3A001.i.1.a", "('Vπ')"),
    ("3A002.c.2", "−150 dBm/H"),
    ("3A002.d.4.b", "kHz < F ≤ 100 kHz"),
    ("3A002.g.2", "1 × 10^−11/month"),
    ("3A090.a.note-1.d", "16/14 nanom"),
    ("3A090.technical-note-2.1.a", "(10^12)"),
    ("3A201.c.technical-notes.1", "∫ idt"),
    ("3A229.b.2", "40 Ω"),
    ("3A904.a", "(−273.05 °C)"),
    ("3B001.f.1.b.technical-notes.1", "[graphic er16ja25.003.gif]"),
    ("3C002.b", "µcoulomb/mm^2"),
    ("4A906.a.2", "10^−3"),
    ("4E091", "10^26"),
    ("6A001.a.2.a.3.e", "Pb(Mg_1/3Nb_2/3)O_3"),
    ("6A002.a.2.a.3.a", "350 µA/lm"),
    ("6A004.a.4", "λ/10"),
    ("6A008.j.note-3", "±√(a^2 + (b*"),
    ("8E002.c.4.technical-note", "draft)^2/3"),
    ("9A515.e.1", "≥1 × 10^5"),
    ("category-1.annex.50", "(3′,4′-furazano)"),
]


@cache
def genuine() -> tuple[tuple[Provision, ...], Account]:
    return read_bytes(corpus_file(GENUINE).read_bytes())


def editions() -> list[str]:
    found = [
        str(entry["file"])
        for entry in corpus_entries(host="www.ecfr.gov", kind="ecfr")
        if "Supplement_No._1_to_Part_774" in str(entry["file"])
    ]
    assert len(found) == 15
    return sorted(found)


def test_638_distinct_entries_and_the_headings_above_them() -> None:
    provisions, _ = genuine()
    entries = eids(provisions, "entry")
    assert len(entries) == len(set(entries)) == 638
    assert all(re.fullmatch(r"\d[A-E]\d{3}", eid) for eid in entries)
    units = [one.unit for one in provisions]
    assert (units.count("category"), units.count("part"), units.count("group")) == (10, 2, 55)
    assert units.count("basket") == 10


def test_the_most_watched_words_are_as_often_in_the_entries_as_in_the_source() -> None:
    source = corpus_file(GENUINE).read_text(encoding="utf-8").lower()
    entries = [one for one in walk(genuine()[0]) if one.unit != "heading"]
    found = sum(f"{one.heading}\n{one.text}".lower().count("total processing performance") for one in entries)
    assert found == source.count("total processing performance") == 10


def test_no_character_is_left_over_and_the_remarks_are_the_sources_own_mistakes() -> None:
    _, account = genuine()
    assert account.leftovers == ()
    assert account.discards == ()
    assert not [one for one in account.remarks if "more than the source" in one.message]
    assert len(account.remarks) <= 8, "\n".join(f"{one.place}: {one.message}" for one in account.remarks)


def printed_labels(source: str) -> Iterator[tuple[str, str]]:
    """(entry, label) of each upright labelled paragraph outside NOTE, behind "Items:" where the entry has it: by regular
    expressions on the raw XML alone."""
    source = re.sub(r"<NOTE>.*?</NOTE>", "", source, flags=re.DOTALL)
    pieces = re.split(r"<FP-[12]>\s*<B>(?:(\d[A-E]\d{3})|EAR99)\b", source)
    for code, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if code is None:
            continue
        body = body.partition("<HD1>Annex to")[0]
        items = re.search(r"<I>Items:?\s*</I>:?\s*|List of Items Controlled</E>\s+(?=[a-z]\.)", body)
        if items:
            body = "<P>" + body[items.end() :]
        for found in re.finditer(r"<P>([a-z](?:\.(?:\d{1,3}|[a-z]))*)(\.*)(?=[\s\"“‘'(\[A-Z-])", body):
            label, close = found.groups()
            if "." in label or close:
                yield code, label


def test_every_item_label_of_the_source_is_an_address() -> None:
    source = corpus_file(GENUINE).read_text(encoding="utf-8")
    printed = list(printed_labels(source))
    assert len(printed) > 4_400
    found = set(eids(genuine()[0], "item"))
    # A range ("b.-d. [Reserved]") carries its end in its address.
    ranges = {re.sub(r"-\w+$", "", eid) for eid in found if re.search(r"-\w+$", eid)}
    missing = sorted({f"{code}.{label}" for code, label in printed} - found - ranges)
    assert missing == []


def test_no_list_in_a_note_makes_items() -> None:
    """Items that stand in a NOTE are the two that the publisher trapped there, and both are remarked."""
    source = corpus_file(GENUINE).read_text(encoding="utf-8")
    printed = {f"{code}.{label}" for code, label in printed_labels(source)}
    provisions, account = genuine()
    entries = [one for one in provisions if one.unit == "entry"]
    extra = {
        one.eid
        for one in walk(entries)
        if one.unit == "item" and one.eid not in printed and not re.search(r"-\w+$", one.eid)
    }
    bare = {"7A101.a.1", "7A101.a.2"}
    assert extra - bare == {"1C001.b", "6A002.a.3"}
    assert sum("stands in a note" in one.message for one in account.remarks) == 2


@pytest.mark.parametrize("code", OUTLINED)
def test_outlines_of_entries_that_were_read_line_by_line(code: str) -> None:
    golden = (HERE / "outlines" / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    assert list(outline_lines(by_eid(genuine()[0])[code])) == golden


@pytest.mark.parametrize(("eid", "words"), SPOTS)
def test_superscripts_greek_fractions_and_inequalities_survive(eid: str, words: str) -> None:
    provision = by_eid(genuine()[0])[eid]
    assert words in f"{provision.heading}\n{provision.text}"


def test_there_are_at_least_fifty_spots() -> None:
    assert len(dict(SPOTS)) >= 50


def test_every_edition_is_read_whole_with_unique_addresses() -> None:
    for file in editions():
        provisions, account = read_bytes(corpus_file(file).read_bytes())
        found = eids(provisions)
        assert account.leftovers == (), file
        assert len(found) == len(set(found)), file
        entries = eids(provisions, "entry")
        assert 570 <= len(set(entries)) <= 640, file
        assert sum(one.unit == "item" for one in walk(provisions)) > 2_000, file


@pytest.mark.parametrize(
    ("eid", "begins"),
    [
        ("3A090.a.1", "One or more digital processor units"),
        ("3A001.b.2.a.1", "A peak saturated power output greater than 75 W"),
        ("3A001.b.4.b", "Microwave solid state amplifiers"),
        ("3A991.c.4", "A resolution of more than 14 bit"),
        ("6A005.b.2.b", "“Average output power” exceeding 30 W"),
        ("1A607.f.2.1", "Materials specified by USML"),
        ("1C354.b.10", "Tilletia indica"),
    ],
)
def test_labels_of_one_level_in_rebuilt_editions_find_their_place(eid: str, begins: str) -> None:
    provisions, _ = read_bytes(corpus_file(GENUINE.replace("2026-06-24", "2023-08-19")).read_bytes())
    assert by_eid(provisions)[eid].text.startswith(begins)
