"""The fuses of real texts: the three conditions of 3A090 dated 31 December 2026, and the stay of part 744 with its act."""

from __future__ import annotations

from datetime import date

from archive.records import Fuse
from diffing.fuses import fuses_of
from normalize.profile import Hints
from normalize.reading import read
from tests.corpus import corpus_file


def fuses(file: str, day: date) -> list[Fuse]:
    body = corpus_file(f"files/www.ecfr.gov/ecfr/{file}").read_bytes()
    return [fuse for text in read("us_ecfr", body, Hints(as_of=day)).expressions for fuse in fuses_of(text)]


def test_the_three_conditions_of_the_control_list() -> None:
    found = fuses("title-15_part-774_Supplement_No._1_to_Part_774.en.2026-06-24.xml", date(2026, 6, 23))
    assert [(fuse.day, fuse.eid.partition(".")[0]) for fuse in found] == [(date(2026, 12, 31), "3A090")] * 3
    assert all("December 31, 2026" in fuse.words for fuse in found)


def test_the_stay_of_part_744_and_its_supplements() -> None:
    found = fuses("title-15_part-744.en.2026-07-18.xml", date(2026, 7, 17))
    assert {(fuse.day, fuse.named, fuse.sort, fuse.act) for fuse in found} == {
        (date(2026, 11, 10), date(2026, 11, 9), "stay ends", "90 FR 50857")
    }
    assert {fuse.eid for fuse in found} >= {"744.8.b", "744.11.a.1", "744.16.e", "supp-4", "supp-7", "supp-8"}
