"""Messages that tell of messages are in the language of who reads them: round-ups, escalations, incidents, what was sent before its hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.message import Payload
from alerts.people import Rules
from archive import outbox
from archive.codec import dumps, loads
from archive.store import Archive
from tests.alerts.pacing import ANN, BO, FRIDAY_EVENING, MONDAY_HALF_PAST, THURSDAY_NOON, Desk, of_ann


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    watches = (of_ann("now", acknowledge=True), of_ann("daily", rate="daily", acknowledge=False))
    people = {"ann": replace(ANN, language="ja"), "bo": replace(BO, language="zh-Hant")}
    rules = Rules(people=people, escalate_after=timedelta(hours=8), operators=("file:bo.jsonl",))
    with Archive.create(tmp_path / "archive") as archive:
        yield Desk(archive=archive, folder=tmp_path, watches=watches, rules=rules)


def owe(desk: Desk, transition: str, watch: str, language: str) -> None:
    """Owe a message whose texts are in a language."""
    for key in desk.owe(transition, watch, at=FRIDAY_EVENING if watch == "daily" else THURSDAY_NOON):
        payload = loads(outbox.delivery(desk.archive, key).delivery.payload, Payload)
        with desk.archive.transaction():
            outbox.reword(desk.archive, key, dumps(replace(payload, language=language)))


def test_a_round_up_is_in_the_language_that_its_messages_have_in_common(desk: Desk) -> None:
    owe(desk, "t1", "daily", "ja")
    owe(desk, "t2", "daily", "ja")
    desk.at(FRIDAY_EVENING)
    desk.at(MONDAY_HALF_PAST)
    assert desk.titles() == ["日次まとめ（2026年6月22日）：通知2件"]
    assert (
        "2026年6月19日 18:00 UTC以降に待機していた通知を2026年6月22日 06:30 UTCにまとめました。"
        in desk.lines()[0]["body"]
    )


def test_a_round_up_of_messages_in_several_languages_is_in_english(desk: Desk) -> None:
    owe(desk, "t1", "daily", "ja")
    owe(desk, "t2", "daily", "zh-Hans")
    desk.at(FRIDAY_EVENING)
    desk.at(MONDAY_HALF_PAST)
    assert desk.titles() == ["Daily round-up of 2026-06-22: 2 alerts"]


def test_a_deputy_hears_in_the_deputys_language(desk: Desk) -> None:
    owe(desk, "t1", "now", "ja")
    desk.at(THURSDAY_NOON)
    desk.at(THURSDAY_NOON + timedelta(days=3))
    (told,) = desk.lines("bo.jsonl")
    assert told["title"] == "ann未確認：Title t1"
    assert "您作為代理人（bo）收到此通知。" in told["body"]
    assert "4800 → 2400" in told["body"]


def test_operators_hear_of_incidents_in_the_language_of_who_is_reached_there(desk: Desk) -> None:
    desk.owe("t1", "now", target="gone")
    for day in range(outbox.MAX_ATTEMPTS + 1):
        desk.at(THURSDAY_NOON + timedelta(days=day))
    told = desk.titles("bo.jsonl")
    assert "事件：1項發生" in told
    body = next(line["body"] for line in desk.lines("bo.jsonl") if line["title"] == "事件：1項發生")
    assert "alerts：事件1 發生：無法送達，" in body
