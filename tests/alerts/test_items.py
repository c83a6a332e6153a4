"""Watches made from a company's own items: loadable as they are, matching what reaches an item, saying which product and route."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.conditions import Watch
from alerts.items import watches_of_items
from alerts.match import match
from alerts.watches import load_watches
from archive.errors import BadInput
from archive.records import Touch
from tests.alerts.made import chips, stored, thailand

HEADER = "product,control_number,list,destinations,customers\n"
ITEMS = HEADER + (
    'Accelerator "A1",3A090.a,,Thailand; Japan,Acme of This Test\nRadar,XI(c)(4),usml,,\nDriver,3D001,,,\n'
)


def generated(folder: Path, items: str) -> tuple[Watch, ...]:
    source, made = folder / "items.csv", folder / "made.toml"
    source.write_text(items, encoding="utf-8")
    made.write_text(watches_of_items(source, owner="a@example.org", matter="M-1", notify=["console:"]))
    watches, _ = load_watches(made, people=(), targets=())
    return watches


def test_each_item_is_a_watch_that_loads(tmp_path: Path) -> None:
    accelerator, radar, driver = generated(tmp_path, ITEMS)
    assert accelerator.name == 'item Accelerator "A1"'
    assert accelerator.reason == 'Accelerator "A1" (3A090.a) goes to Thailand, Japan for Acme of This Test.'
    assert [one for table in radar.any for one in table.usml] == ["USML:XI.c.4"]
    assert driver.reason == "Driver (3D001) is one of our items."
    assert accelerator.notify == ("console:",)


def test_it_hears_of_the_number_the_route_and_the_customer_and_of_nothing_else(tmp_path: Path) -> None:
    watches = generated(tmp_path, ITEMS)
    acme = stored(touches=(Touch(type="party", id="Acme of This Test", via="inserted"),))
    for change in (chips(), thailand(), acme):
        assert [found.watch.name for found in match(watches, change)] == ['item Accelerator "A1"']
    other = stored(touches=(Touch(type="country", id="DE", via="inserted"),))
    assert match(watches, other) == ()


def test_an_item_may_have_several_numbers_and_its_header_blanks_and_capitals(tmp_path: Path) -> None:
    (one,) = generated(tmp_path, "Product,Control Number,Destinations\nBoard,3A001.b; 5a002,Japan\n")
    assert one.any[0].eccn == ("3A001.b", "5A002")
    assert one.reason == "Board (3A001.b, 5A002) goes to Japan."


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("product,code\nA,3A001\n", "line 1: there is no column 'code'"),
        ("product\nA\n", "line 1: the column 'control_number' is missing"),
        (HEADER, "it lists no item"),
        (HEADER + "A,9Z999,,,\n", "line 2: '9Z999' is not a code that eccn can have"),
        (HEADER + "A,3A001,eccm,,\n", "line 2: 'eccm' is no list.*nearest is 'eccn'"),
        (HEADER + "A,3A001,,Atlantis,\n", "line 2: 'Atlantis' is not a country"),
        (HEADER + "A,3A001,,Jpan,\n", r"line 2: 'Jpan' is not a country. The nearest is 'Japan' \(JP\)"),
        (HEADER + "A,3A001; EAR99,,,\n", "line 2: 'EAR99' is not a code that eccn can have"),
        (HEADER + "A,3A001,,,\nA,3A002,,,\n", "line 3: 'A' stands in line 2 already"),
        (HEADER + ",3A001,,,\n", "line 2: the cell 'product' is empty"),
        (HEADER + "A,3A001,,,x,y\n", "line 2: it has more cells than the header"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(tmp_path: Path, items: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        generated(tmp_path, items)
