"""The grammar by its structures: each way to name several codes, in six languages, tried on many codes.

A structure is a sentence with places: ``{A}`` ``{B}`` ``{C}`` are codes of three entries with their paragraphs, ``{R}`` an entry without,
``{p}`` ``{q}`` two paragraphs of it (``b.2``), ``{u}`` ``{v}`` the ends of a range of siblings with ``{between}`` in it. What it says is written in the same places;
``!`` before one says that the sentence takes it out.
"""

from __future__ import annotations

import random

import pytest

from archive.vocabulary.ccl_entries import ENTRIES
from diffing.touches.engine import touches_in_text

_STRUCTURES = (
    # lists
    ("en", "License Exception GOV covers {A}, {B}, and {C}.", "{A} {B} {C}"),
    ("en", "Commodities under ECCN {A}, {B} or {C} require a license.", "{A} {B} {C}"),
    ("en", "Both {A} and {B} are listed, as well as {C}.", "{A} {B} {C}"),
    ("en", "Neither {A} nor {B} applies.", "{A} {B}"),
    ("en", "It was classified under {A}/{B}/{C}.", "{A} {B} {C}"),
    ("en", "(i) {A}; (ii) {B}; and (iii) {C}.", "{A} {B} {C}"),
    ("en", "ECCNs affected:\n{A}\n{B}\n{C}", "{A} {B} {C}"),
    ("en", "Item | ECCN | Reason\nFirst | {A} | NS\nSecond | {B} | AT", "{A} {B}"),
    ("de", "Güter der Nummern {A}, {B} und {C} sind erfasst.", "{A} {B} {C}"),
    ("de", "Sowohl {A} als auch {B} sowie {C} sind betroffen.", "{A} {B} {C}"),
    ("de", "Weder {A} noch {B} bedarf einer Genehmigung.", "{A} {B}"),
    ("fr", "Les rubriques {A}, {B} et {C} sont visées.", "{A} {B} {C}"),
    ("fr", "Les biens du {A} ou du {B} ainsi que du {C}.", "{A} {B} {C}"),
    ("fr", "Ni {A} ni {B} ne sont exportables.", "{A} {B}"),
    ("ja", "ECCN {A}、{B}及び{C}に該当する品目", "{A} {B} {C}"),
    ("ja", "{A}又は{B}並びに{C}の貨物", "{A} {B} {C}"),
    ("zh", "管制编码{A}、{B}和{C}项下物项", "{A} {B} {C}"),
    ("zh", "涉及{A}、{B}以及{C}", "{A} {B} {C}"),
    ("zh-Hant", "管制編碼{A}、{B}及{C}之貨品", "{A} {B} {C}"),
    # paragraphs of one entry
    ("en", "Items in {R}.{p} and {q} need a license.", "{R}.{p} {R}.{q}"),
    ("en", "See {R}.{p}, {q}, or {C}.", "{R}.{p} {R}.{q} {C}"),
    ("en", "Paragraphs {p} and {q} of ECCN {R} were changed.", "{R}.{p} {R}.{q}"),
    ("en", "The amendment adds paragraphs {p} and {q} to ECCN {R}.", "{R}.{p} {R}.{q}"),
    ("en", "ECCN {R} is amended by revising paragraph {p} and by adding paragraph {q}.", "{R} {R}.{p} {R}.{q}"),
    ("en", "In ECCN {R}, remove and reserve paragraphs {p} and {q}.", "{R} {R}.{p} {R}.{q}"),
    ("en", "ECCN {R} is listed, in particular paragraph {p} thereof.", "{R} {R}.{p}"),
    ("en", "ECCN {R} applies; paragraph {p} of that entry does not.", "{R} {R}.{p}"),
    ("de", "In Nummer {R} wird Unternummer {p} gestrichen und Unternummer {q} eingefügt.", "{R} {R}.{p} {R}.{q}"),
    ("de", "Nummer {R}, insbesondere die Unternummern {p} und {q} dieser Nummer.", "{R} {R}.{p} {R}.{q}"),
    ("fr", "À la rubrique {R}, le point {p} est supprimé et le point {q} est ajouté.", "{R} {R}.{p} {R}.{q}"),
    ("fr", "La rubrique {R} et ses points {p} et {q}.", "{R} {R}.{p} {R}.{q}"),
    # ranges
    ("en", "Items in {R}.{u} through {v} are eligible.", "{R}.{u} {R}.{v} {between}"),
    ("en", "Items in {R}.{u} to {R}.{v} are eligible.", "{R}.{u} {R}.{v} {between}"),
    ("en", "Items in {R}.{u}–{v} and {C} are eligible.", "{R}.{u} {R}.{v} {between} {C}"),
    ("en", "Paragraphs {u} through {v} of ECCN {R} are eligible.", "{R}.{u} {R}.{v} {between}"),
    ("de", "Die Nummern {R}.{u} bis {R}.{v} sind erfasst.", "{R}.{u} {R}.{v} {between}"),
    ("fr", "Les points {R}.{u} à {R}.{v} sont visés.", "{R}.{u} {R}.{v} {between}"),
    ("ja", "{R}.{u}から{R}.{v}までの貨物", "{R}.{u} {R}.{v} {between}"),
    ("zh", "管制编码{R}.{u}至{R}.{v}项下物项", "{R}.{u} {R}.{v} {between}"),
    ("zh-Hant", "管制編碼{R}.{u}至{R}.{v}貨品", "{R}.{u} {R}.{v} {between}"),
    ("en", "The rule moves {R}.{u} to {R}.{v}.", "{R}.{u} {R}.{v}"),
    ("en", "See {R}.{p} (temperature), {q} (converters) and {C}.", "{R}.{p} {R}.{q} {C}"),
    ("en", "In-country transfers of {R}.{u} to {R}.{v} are eligible.", "{R}.{u} {R}.{v} {between}"),
    # exceptions
    ("en", "All of {R}, except {R}.{p}, may go.", "{R} !{R}.{p}"),
    ("en", "All of {R} (except {R}.{p} and {R}.{q}) and {C} may go.", "{R} !{R}.{p} !{R}.{q} {C}"),
    ("en", "Commodities in {R}, other than {R}.{p} or {q}, may go.", "{R} !{R}.{p} !{R}.{q}"),
    ("en", "Commodities in {A}, excluding {B}, may go.", "{A} !{B}"),
    ("en", "Commodities in {A}, but not {B}, may go.", "{A} !{B}"),
    ("en", "Commodities in {A}, not {B}, may go.", "{A} !{B}"),
    ("en", "With the exception of {A} and {B}, it applies to {C}.", "!{A} !{B} {C}"),
    ("en", "STA excludes {A}; {B}; and {C}.", "!{A} !{B} !{C}"),
    ("en", "Items not specified in {A} fall under {B}.", "!{A} {B}"),
    ("de", "Nummer {R}, ausgenommen {R}.{p}, ist erfasst.", "{R} !{R}.{p}"),
    ("de", "Nummern {A} und {B} (mit Ausnahme von {C})", "{A} {B} !{C}"),
    ("de", "Nummer {A}, nicht jedoch {B}, ist erfasst.", "{A} !{B}"),
    ("de", "Nummer {A}, nicht aber {B}", "{A} !{B}"),
    ("fr", "La rubrique {R}, à l'exclusion de {R}.{p}, est visée.", "{R} !{R}.{p}"),
    ("fr", "ECCN {A}, sauf {B}, ainsi que {C}.", "{A} !{B} {C}"),
    ("fr", "Les biens {A}, hormis {B}.", "{A} !{B}"),
    ("fr", "Les biens {A}, mais pas {B}.", "{A} !{B}"),
    ("ja", "{R}（{R}.{p}を除く。）及び{C}の貨物", "{R} !{R}.{p} {C}"),
    ("ja", "{A}以外の貨物", "!{A}"),
    ("zh", "{R}（{R}.{p}除外）和{C}项下物项", "{R} !{R}.{p} {C}"),
    ("zh", "除{A}和{B}外，{C}项下物项可以出口", "!{A} !{B} {C}"),
    ("zh", "管制编码{A}（不含{B}）", "{A} !{B}"),
    ("zh", "不包括{A}、{B}的{C}物项", "!{A} !{B} {C}"),
    ("zh-Hant", "除{A}及{B}外，{C}均須許可", "!{A} !{B} {C}"),
    ("zh-Hant", "{A}除外，其餘{B}均須許可", "!{A} {B}"),
    # not codes
    ("en", "Room {R}, flight {S} and invoice no. {T} for the trip to Madrid.", ""),
    ("de", "Raum {R}, Flug {S} und Rechnung Nr. {T}.", ""),
    ("fr", "Salle {R}, vol {S} et facture n° {T}.", ""),
    ("ja", "会議室{R}、型番{S}、請求書番号{T}", ""),
    ("zh", "会议室{R}、航班{S}、型号{T}", ""),
    ("zh-Hant", "會議室{R}、航班{S}、型號{T}", ""),
)  # fmt: skip


def _places(seed: int) -> dict[str, str]:
    """Codes of five entries, and paragraphs, for one trial. Round numbers and what could be a float are left to other tests."""
    chance = random.Random(seed)
    entries = sorted(entry for entry in ENTRIES if entry[1] != "E" and not entry.endswith("00"))
    first, second, third, root, other, last = chance.sample(entries, 6)
    letter, following = chance.sample("bcdfgh", 2)
    low = chance.randint(1, 4)
    high = low + chance.randint(2, 6)
    return {
        "A": f"{first}.{chance.choice('bcd')}",
        "B": f"{second}.{chance.choice('bcd')}.{chance.randint(1, 12)}",
        "C": chance.choice((third, f"{third}.{chance.choice('bcf')}.{chance.randint(1, 9)}.a")),
        "R": root,
        "S": other,
        "T": last,
        "p": f"{letter}.{chance.randint(1, 9)}",
        "q": f"{following}.{chance.randint(1, 9)}",
        "u": f"{letter}.{low}",
        "v": f"{letter}.{high}",
        "between": " ".join(f"{root}.{letter}.{number}" for number in range(low + 1, high)),
    }


@pytest.mark.parametrize(("language", "sentence", "said"), _STRUCTURES)
def test_a_structure_says_the_same_of_all_codes(language: str, sentence: str, said: str) -> None:
    mistakes = []
    for seed in range(12):
        places = _places(seed)
        text = sentence.format(**places)
        expected = set(said.format(**places).split())
        found = {
            ("!" if touch.excluded else "") + touch.id
            for touch in touches_in_text(text, language=language)
            if touch.type == "code"
        }
        if found != expected:
            mistakes.append((text, sorted(expected - found), sorted(found - expected)))
    assert mistakes == []
