"""Each person is told in the language of ``tocsin.toml``, whether a watch names them or their address."""

from __future__ import annotations

from pathlib import Path

import pytest

from alerts.message import Payload
from archive import outbox
from archive.clock import now
from archive.codec import loads
from archive.records import Capture, Expression, Provision, Reading
from archive.store import Archive
from tocsin.config import Config
from tocsin.config_people import Person
from tocsin.flow import Flow

_WATCH = """[[watch]]
name = "{name}"
owner = "{owner}"
reason = "r"
matter = "m"
notify = ["file:{name}.jsonl"]
countries = ["TH"]

"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "watches").mkdir()
    owners = {"by-name": "ann", "by-address": "ann@example.org", "other": "bo"}
    text = "".join(_WATCH.format(name=name, owner=owner) for name, owner in owners.items())
    (tmp_path / "watches" / "all.toml").write_text(text)
    people = {
        "ann": Person(address="ann@example.org", language="ja"),
        "bo": Person(address="bo@example.org", language="zh-Hant"),
    }
    return Config(folder=tmp_path, archive=tmp_path / "archive", watches=tmp_path / "watches", people=people)


def test_a_message_is_in_the_language_of_the_owner(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_NOW", "2026-06-18T09:00:00+00:00")
    monkeypatch.setenv("TOCSIN_HOSTS", "{}")
    with Archive.create(config.archive) as archive:
        for day, text in ((1, "Iceland"), (18, "Iceland and Thailand")):
            expression = Expression(
                work="us/cfr/10/810",
                as_of=now().date().replace(day=day),
                recipe="t/1",
                title="A part",
                provisions=(Provision(eid="810.1", unit="section", text=text),),
            )
            capture = Capture(
                source="us_ecfr",
                document="part",
                url="https://example.org",
                body=text.encode(),
                as_of=expression.as_of,
                fetched_at=now(),
            )
            Flow(config, archive).ingest([(capture, Reading(expressions=(expression,)))], sure=True)
        told = {
            row.delivery.watch: loads(row.delivery.payload, Payload) for row in outbox.deliveries(archive)
        }
    assert {name: payload.language for name, payload in told.items()} == {
        "by-name": "ja",
        "by-address": "ja",
        "other": "zh-Hant",
    }
    assert "国・地域 タイ（TH）" in told["by-name"].body
    assert "國家或地區 泰國（TH）" in told["other"].body
