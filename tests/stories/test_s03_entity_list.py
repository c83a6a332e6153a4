"""S3: a party is added to the Entity List, its review policy is changed, and it is taken off: one change for the entry each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.stories.code import ENTITY_LIST, code, entity_list
from tests.stories.running import Story, story

FIRST, ADDED, CHANGED, REMOVED = (date(2031, month, 3) for month in (2, 3, 4, 5))
SCOPE = [
    "Restrictions on certain end users.",
    "(a) A license is required for every item for the parties listed in Supplement No. 4.",
]
PILLAR = (
    "CHINA, PEOPLE'S REPUBLIC OF",
    "Pillar Basalt Works, 3 Invented Road, Harbin, China.",
    "For all items subject to the EAR. (See § 744.11 of the EAR)",
    "Presumption of denial",
    "95 FR 11111, 2/1/30.",
)
OTHERS = [
    (
        "ARMENIA" if n == 0 else "&#160;",
        f"Invented Works {n}, {n} Invented Road, Yerevan, Armenia.",
        *PILLAR[2:],
    )
    for n in range(12)
]
NAME = "Quartzwing Photonics Co., Ltd."
QUARTZ = (
    "&#160;",
    f"{NAME}, a.k.a., the following two aliases:<br/>&#x2014;Quartzwing Guangdian; <I>and</I><br/>&#x2014;QWP.<br/> <br/>17 Invented Avenue, Wuhan, China.",
    "For all items subject to the EAR (See §§ 734.9(e), and 744.11 of the EAR) <sup>5</sup>",
    "Presumption of denial",
    "96 FR 22222, 3/1/31.",
)
LENIENT = (
    *QUARTZ[:3],
    "Case-by-case review for items of EAR99; presumption of denial for all other items",
    "96 FR 33333, 4/1/31.",
)


def rows_of(place: Story) -> list[dict[str, Any]]:
    return [change for change in place.place.changes() if change["work"].endswith("/supp-4")]


def test_an_entry_is_one_change_that_names_party_aliases_and_country(tmp_path: Path) -> None:
    editions = {
        FIRST: {"744.11": SCOPE, ENTITY_LIST: entity_list(*OTHERS, PILLAR)},
        ADDED: {"744.11": SCOPE, ENTITY_LIST: entity_list(*OTHERS, PILLAR, QUARTZ)},
        CHANGED: {"744.11": SCOPE, ENTITY_LIST: entity_list(*OTHERS, PILLAR, LENIENT)},
        REMOVED: {"744.11": SCOPE, ENTITY_LIST: entity_list(*OTHERS, PILLAR)},
    }
    with code(15, "744", editions) as replica:
        told = story(
            tmp_path,
            replica,
            "us_ecfr",
            {"parts": ["15/744"]},
            supplier={"parties": ["Quartzwing Photonics Co., Ltd"]},
            partner={"counterparties": ["V-17"]},
            china={"countries": ["CN"]},
            peru={"countries": ["PE"]},
        )
        (told.place.folder / "partners.csv").write_text(
            "name,country,reference\nQuartzwing Photonics,CN,V-17\n"
        )
        config = told.place.folder / "tocsin.toml"
        config.write_text('counterparties = "partners.csv"\n' + config.read_text())
        assert told.on(FIRST) == []
        added = told.on(ADDED)
        (entry,) = rows_of(told)
        changed = told.on(CHANGED)
        removed = told.on(REMOVED)
        kinds = [change["kind"] for change in rows_of(told)]
    assert {alert["watch"] for alert in added} == {"supplier", "partner", "china"}
    assert (entry["kind"], entry["materiality"]) == ("insertion", "substantive")
    assert "Quartzwing Guangdian" in entry["text_after"] or "Quartzwing Guangdian" in str(entry)
    touches = {(touch["type"], touch["id"]) for touch in entry["touches"]}
    assert ("country", "CN") in touches
    assert any(sort == "counterparty" for sort, _ in touches), touches
    assert all("Quartzwing" in alert["body"] for alert in added)
    assert {alert["watch"] for alert in changed} >= {"supplier"}
    assert "Case-by-case" in changed[0]["body"]
    assert {alert["watch"] for alert in removed} >= {"supplier"}
    assert sorted(kinds) == ["insertion", "repeal", "substitution"]
