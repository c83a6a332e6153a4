"""Goldens of real pairs from Japan and Germany, read beside the amending acts before they were kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from archive.records import Change
from diffing.engine import compare
from normalize.reading import Hints, read
from tests.corpus import corpus_file

_TRADE_ORDER = "files/law.e-gov.go.jp/{folder}/htmldata_S24_S24SE378.html.ja.{day}.html"
_GOODS = "files/laws.e-gov.go.jp/egov_law/403M50000400049_{version}.xml"
_AWV = "files/www.gesetze-im-internet.de/gii_law/awv_2013.de.{day}.xml"


@cache
def changes(source: str, before: str, after: str) -> tuple[Change, ...]:
    """The changes between two documents of one work."""
    editions = []
    for relative in (before, after):
        path = corpus_file(relative)
        day = date.fromisoformat(path.name.split(".")[-2])
        hints = Hints(as_of=day, document=path.name.split(".")[0])
        (expression,) = read(source, path.read_bytes(), hints).expressions
        editions.append(expression)
    return compare(editions[0], editions[1])


def told(found: tuple[Change, ...]) -> set[tuple[str, str | None, str | None, str]]:
    return {(change.kind, change.old_eid, change.new_eid, change.materiality) for change in found}


def awv(before: str, after: str) -> tuple[Change, ...]:
    return changes("de_awv", _AWV.format(day=before), _AWV.format(day=after))


def test_a_paragraph_repealed_before_another_of_the_same_list_is_a_repeal_and_renumberings() -> None:
    found = awv("2022-05-11", "2022-12-28")
    repealed = {change.old_eid for change in found if change.kind == "repeal"}
    assert {"§34.1", "§34.1.1", "§34.1.17"} <= repealed
    assert not any(change.kind == "move" and (change.new_eid or "").startswith("§34") for change in found)
    (renumbered,) = [change for change in found if (change.old_eid, change.new_eid) == ("§34.2", "§34.1")]
    assert renumbered.kind == "renumbering"
    assert renumbered.materiality == "editorial"
    assert len(renumbered.carried) == 16
    renamed = [change for change in found if ("-", "Energie") in change.ops]
    assert {change.materiality for change in renamed} == {"substantive"}
    assert len(renamed) > 15


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "2023-02-08",
            "2023-06-21",
            {
                ("substitution", "titel.stand", "titel.stand", "editorial"),
                ("substitution", "§55a.1.7", "§55a.1.7", "substantive"),
            },
        ),
        (
            "2024-02-07",
            "2024-03-06",
            {
                ("substitution", "titel.stand", "titel.stand", "editorial"),
                ("insertion", None, "§9.4", "substantive"),
            },
        ),
    ],
)
def test_small_amendments_of_the_awv(
    before: str, after: str, expected: set[tuple[str, str | None, str | None, str]]
) -> None:
    assert told(awv(before, after)) >= expected
    assert sum(change.materiality == "substantive" for change in awv(before, after)) == sum(
        materiality == "substantive" for *_, materiality in expected
    )


def test_the_export_trade_order_of_november_2013() -> None:
    folder = corpus_file("index.json").parent / "files" / "law.e-gov.go.jp"
    (inner,) = [path.name for path in folder.iterdir() if path.is_dir()]
    found = changes(
        "jp_egov",
        _TRADE_ORDER.format(folder=inner, day="2013-11-02"),
        _TRADE_ORDER.format(folder=inner, day="2013-11-26"),
    )
    assert told(found) >= {
        ("insertion", None, "別表1/1/17", "substantive"),  # military satellites
        ("insertion", None, "別表1/3_2/2/5_2", "substantive"),  # spray dryers
        (
            "substitution",
            "別表1/4/24",
            "別表1/4/24",
            "substantive",
        ),  # wind tunnels, now aerodynamic test equipment
        ("substitution", "別表1/6/2", "別表1/6/2", "substantive"),  # its parts taken out
        ("repeal", "別表1/9/5_5", None, "substantive"),
        ("repeal", "別表1/16/1", None, "substantive"),
        ("repeal", "別表1/16/1/5/イ", None, "substantive"),
    }
    assert {change.materiality for change in found} == {"substantive"}


def test_the_ministerial_order_of_july_2023_adds_semiconductor_equipment() -> None:
    found = changes(
        "jp_egov",
        _GOODS.format(version="20221206_504M60000400078.ja.2022-12-06"),
        _GOODS.format(version="20230723_505M60000400025.ja.2023-07-23"),
    )
    assert Counter(change.kind for change in found) == {"insertion": 75, "substitution": 3, "renumbering": 1}
    assert told(found) >= {
        ("substitution", "6/17", "6/17", "substantive"),
        ("substitution", "6/17/イ", "6/17/イ", "substantive"),
        ("renumbering", "6/17_2", "6/17_3", "editorial"),
        ("substitution", "19/項2", "19/項2", "substantive"),
    }
