"""A page that goes to another text and comes back within the window: its steps are held, and what remains is told once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import holds, outbox, unstable
from archive.records import Capture
from archive.store import Archive
from archive.unstable import Seen, came_back_to
from crawlers.card import source_cards
from normalize.profiles import PROFILES
from normalize.reading import Hints, read
from tests.replica.sites import framed, paragraphs
from tocsin.config import load
from tocsin.flow import Flow

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
NOTICES = ("www.example.org/notices", "us/web/www.example.org/notices")
A = "Exports of invented goods need no licence."
B = "Exports of invented goods need a licence from 1 July 2031."
C = "Exports of invented goods need a licence from 1 August 2031."


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page taken in at instants, and what was told of it."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def says(self, words: str | None, hours: float) -> list[str]:
        """The page as it is so many hours after the start (None: nobody looks); answers the titles told in this round."""
        now = START + timedelta(hours=hours)
        self.monkeypatch.setenv("TOCSIN_NOW", now.isoformat())
        self.monkeypatch.setenv("TOCSIN_HOSTS", '{"www.example.org": "http://127.0.0.1:9"}')
        before = len(self.lines())
        config = load(self.folder / "tocsin.toml", known_sources=tuple(source_cards()), environment={})
        with Archive.open(config.archive) as archive:
            flow = Flow(config, archive)
            if words is not None:
                self._take(flow, words, now.date())
            assert flow.tell() == ()
        return [line["title"] for line in self.lines()[before:]]

    def _take(self, flow: Flow, words: str, day: date) -> None:
        body = framed(
            "Notices", paragraphs("Notices to exporters of this fixture.", words), site="Ministry"
        ).body
        capture = Capture(
            source="web_page",
            document=NOTICES[0],
            url=f"https://{NOTICES[0]}",
            body=body,
            as_of=day,
            fetched_at=START,
            media_type="text/html; charset=utf-8",
            meta={"work": NOTICES[1], "landmark": "Notices to exporters", "selector": "main"},
        )
        hints = Hints(
            as_of=day,
            url=capture.url,
            media_type=capture.media_type,
            document=capture.document,
            meta=capture.meta,
        )
        outcome = flow.ingest([(capture, read("web_page", body, hints))], sure=False)
        assert outcome.complete, outcome.reason

    def lines(self) -> list[dict[str, Any]]:
        path = self.folder / "alerts.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    (tmp_path / "tocsin.toml").write_text("[sources.web_page]\n")
    (tmp_path / "watches").mkdir()
    (tmp_path / "watches" / "w.toml").write_text(
        '[[watch]]\nname = "notices"\nowner = "a@example.org"\nreason = "r"\nmatter = "m"\nsources = ["web_page"]\n'
        'notify = ["file:alerts.jsonl"]\n'
    )
    Archive.create(tmp_path / "archive").close()
    found = Page(folder=tmp_path, monkeypatch=monkeypatch)
    assert found.says(A, 0) == []
    return found


def test_a_page_that_came_back_and_stayed_is_told_once_that_it_is_as_it_was(page: Page) -> None:
    assert len(page.says(B, 24)) == 1, "the first step is told at once"
    assert page.says(A, 48) == [], "it came back: held"
    with Archive.open(page.folder / "archive", read_only=True) as archive:
        (held,) = outbox.deliveries(archive, state="held")
        (hold,) = holds.holds(archive, held.delivery.key)
        assert (hold.sort, hold.until) == (holds.UNSTABLE, START + timedelta(hours=96))
    assert page.says(None, 95) == []
    (title,) = page.says(None, 96)
    assert title.startswith("Unstable, and again as it was: ")
    body = page.lines()[-1]["body"]
    assert "It came back to its text of 2026-06-01 on 2026-06-03 09:00 UTC" in body
    assert "1 message about it waited" in body
    assert page.says(None, 400) == []


def test_a_page_that_settled_on_another_text_is_told_the_net_change(page: Page) -> None:
    page.says(B, 24)
    assert page.says(A, 36) == [], "on the same day already"
    assert page.says(A, 48) == []
    assert page.says(B, 72) == [], "the steps that follow are held too"
    assert page.says(C, 80) == []
    (title,) = page.says(None, 84)
    assert title.startswith("Unstable, and now settled: ")
    body = page.lines()[-1]["body"]
    assert "August" in body.split("What remains of it", 1)[1]
    assert "July" not in body.split("─" * 60, 1)[1], "the net change leaves out what came and went"
    with Archive.open(page.folder / "archive", read_only=True) as archive:
        assert outbox.counts(archive)["held"] == 0
        assert unstable.open_ones(archive) == ()


def test_a_text_that_comes_back_after_the_window_is_a_change_like_any_other(page: Page) -> None:
    page.says(B, 24)
    assert len(page.says(A, 24 + 49)) == 1


def test_what_flaps_on_is_told_of_in_every_window(page: Page) -> None:
    told = []
    for turn in range(12):
        told += page.says((B, A)[turn % 2], 24 * (turn + 1))
    assert len(told) >= 5, "it is never held for good"
    assert sum(title.startswith("Unstable") for title in told) >= 4


def seen(*texts: str) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            edition=number,
            digest=text,
            as_of=str((START + timedelta(hours=12 * number)).date()),
            observed=START + timedelta(hours=12 * number),
            known_from=START + timedelta(hours=12 * number),
        )
        for number, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("texts", "edition", "base"),
    [
        ("AB", 1, None),
        ("ABA", 2, 0),
        ("ABCA", 3, 0),
        ("ABAB", 3, 1),
        ("AAB", 1, None),
        ("ABB", 2, None),
        ("ABCDEFA", 6, None),  # away for 60 hours
        ("ABCDEA", 5, 0),  # for 48
    ],
)
def test_a_return_is_one_to_an_earlier_text_within_the_window(
    texts: str, edition: int, base: int | None
) -> None:
    found = came_back_to(seen(*texts), edition, timedelta(hours=48))
    assert (found.edition if found else None) == base


def test_a_new_recipe_within_the_window_does_not_lose_what_was_held(page: Page) -> None:
    page.says(B, 24)
    assert page.says(A, 48) == []
    own = PROFILES["web_page"]
    page.monkeypatch.setitem(PROFILES, "web_page", replace(own, version=own.version + 1))
    assert page.says(C, 72) == [], "read anew, and still held"
    (title,) = page.says(None, 96)
    assert title.startswith("Unstable, and now settled: ")
    assert "August" in page.lines()[-1]["body"].split("What remains of it", 1)[1]
