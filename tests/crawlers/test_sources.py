"""The sources find themselves, and each says all that the program needs of it; their settings refuse what cannot work."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import BadInput
from crawlers import sources
from crawlers.card import SourceCard, source_card, source_cards
from crawlers.families.ecfr_settings import EcfrSettings, takes
from crawlers.families.federal_register_settings import FederalRegisterSettings
from crawlers.manners import scrapy_settings, user_agent
from crawlers.settings import CrawlSettings, described


def test_each_module_of_the_folder_is_a_source() -> None:
    modules = {path.stem for path in Path(next(iter(sources.__path__))).glob("*.py")} - {"__init__"}
    assert set(source_cards()) == modules
    assert {"us_ecfr", "us_federal_register"} <= modules


@pytest.mark.parametrize("card", source_cards().values(), ids=lambda card: card.id)
def test_a_card_is_complete_and_its_defaults_are_sound(card: SourceCard) -> None:
    assert card.kind in ("consolidated", "document")
    assert card.hosts
    assert all((card.title, card.publisher, card.cadence, card.landmark, card.legal_status, card.licence))
    assert card.jurisdiction.isupper()
    settings = card.configured({})
    assert settings.problems() == ()
    assert all(said for _, _, said in described(card.settings)), "every setting has its meaning"


def test_an_unknown_source_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="Did you mean us_ecfr"):
        source_card("us_efcr")


@pytest.mark.parametrize(
    ("source", "table", "place", "said"),
    [
        ("us_ecfr", {"part": []}, "part", "Did you mean parts?"),
        ("us_ecfr", {"parts": ["15-744"]}, "parts", "write it like 15/744"),
        ("us_ecfr", {"parts": ["15/774-730"]}, "parts", "write it like"),
        ("us_ecfr", {"parts": ["51/1"]}, "parts", "write it like"),
        ("us_ecfr", {"parts": []}, "parts", "at least one"),
        ("us_ecfr", {"parts": "15/744"}, "parts", "Expected `array`"),
        ("us_ecfr", {"pace": 0}, "pace", "more than 0"),
        ("us_ecfr", {"pace": "fast"}, "pace", "Expected `float`"),
        ("us_ecfr", {"contact": "a; b"}, "contact", "one address"),
        ("us_federal_register", {"since": "yesterday"}, "since", "neither"),
        ("us_federal_register", {"since": -1}, "since", "neither"),
        ("us_federal_register", {"agencies": ["BIS"]}, "agencies", "no slug"),
        ("us_federal_register", {"agencies": [], "parts": []}, "agencies", "must not be empty"),
        ("us_public_inspection", {"agencies": []}, "agencies", "must not be empty"),
        ("us_public_inspection", {"agencies": ["BIS"]}, "agencies", "no slug"),
        ("us_csl", {"kept": 0.0}, "kept", "more than 0"),
        ("us_csl", {"floor": -1}, "floor", "negative"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place_and_mend(
    source: str, table: dict[str, object], place: str, said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        source_card(source).configured(table)
    assert caught.value.thing == f"source {source}"
    assert caught.value.place.startswith(place)
    assert said in caught.value.line()


def test_works_outside_the_watched_parts_are_told() -> None:
    settings = EcfrSettings(parts=("15/730-774",))
    assert takes("us/cfr/15/744/supp-4", settings) is None
    assert takes("us/cfr/15/744", settings) is None
    assert "part 810 is not among" in (takes("us/cfr/10/810", settings) or "")
    assert "not a part of the CFR" in (takes("us/fr/2026-05902", settings) or "")


def test_the_user_agent_is_honest_and_compatible() -> None:
    said = user_agent("desk@example.org")
    assert said.startswith("Mozilla/5.0 (compatible; tocsin/")
    assert said.endswith("; +desk@example.org)")
    # The firewall before OFAC's lists admits what begins like this and is long enough (facts 5.2).
    assert len(user_agent("")) >= 40


def test_requests_are_never_closer_than_the_pace_and_no_door_is_open() -> None:
    settings = scrapy_settings(CrawlSettings(pace=2.0))
    assert settings["DOWNLOAD_DELAY"] * (1 - settings["DOWNLOAD_DELAY_JITTER"]) >= 0.5
    assert settings["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert not settings["TELNETCONSOLE_ENABLED"]
    assert not settings["REMOTE_CONTROL_ENABLED"]
    assert settings["DOWNLOAD_VERIFY_CERTIFICATES"]


def test_the_first_day_of_a_first_run() -> None:
    from datetime import date

    today = date(2026, 6, 18)
    assert FederalRegisterSettings(since="all").first_day(today) == date(1994, 1, 1)
    assert FederalRegisterSettings(since=30).first_day(today) == date(2026, 5, 19)
    assert FederalRegisterSettings(since="2025-01-02").first_day(today) == date(2025, 1, 2)
