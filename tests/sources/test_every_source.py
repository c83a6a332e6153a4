"""Each source of the program, found by itself, is whole: a card, a reader, a recorded example with its golden, and a replica that it is crawled from.

``tests/sources/<id>/replica.py`` has ``server()``, ``DAY`` and ``SETTINGS``; ``tests/sources/<id>/<case>/`` is a case as
``tocsin crawl ID --record`` writes it, over content that was invented for the project.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from crawlers.card import SourceCard, source_cards
from normalize import reading as readers
from tests.crawlers.crawling import crawled
from tocsin.hints import hints_of
from tocsin.recording import CAPTURE, GOLDEN, golden_of, read_case

HERE = Path(__file__).parent
CARDS = source_cards()


def cases_of(source: str, folder: Path = HERE) -> list[Path]:
    """The recorded examples of a source."""
    return sorted(path.parent for path in (folder / source).glob(f"*/{CAPTURE}"))


def brings(card: SourceCard) -> tuple[str, ...]:
    """The sources whose documents a source brings: its own, or those of the ones that it stands in for."""
    return card.stands_in_for or (card.id,)


def lacks(card: SourceCard, folder: Path = HERE) -> list[str]:
    """What a source has not got."""
    cases = cases_of(card.id, folder)
    found = [] if set(brings(card)) <= set(readers.sources()) else ["a reader"]
    found += [] if cases else ["a recorded example"]
    found += [f"the golden of {case.name}" for case in cases if not (case / GOLDEN).is_file()]
    found += [] if (folder / card.id / "replica.py").is_file() else ["a replica"]
    return found


def replica_of(source: str) -> ModuleType:
    """The module that makes the replica of a source."""
    return importlib.import_module(f"tests.sources.{source}.replica")


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_a_source_has_all_that_a_source_needs(card: SourceCard) -> None:
    assert lacks(card) == []


def test_a_source_that_lacks_any_is_found_out(tmp_path: Path) -> None:
    card = CARDS["us_ecfr"]
    assert lacks(card, tmp_path) == ["a recorded example", "a replica"]
    (tmp_path / card.id / "case").mkdir(parents=True)
    (tmp_path / card.id / "case" / CAPTURE).write_text("{}")
    assert lacks(card, tmp_path) == ["the golden of case", "a replica"]


def test_nothing_lies_here_for_a_source_that_is_not_there() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert folders <= set(CARDS)


@pytest.mark.parametrize(
    "case",
    [case for name in CARDS for case in cases_of(name)],
    ids=lambda case: f"{case.parent.name}-{case.name}",
)
def test_a_recorded_example_reads_as_its_golden_says(case: Path) -> None:
    capture = read_case(case)
    assert capture.source in brings(CARDS[case.parent.name])
    read = readers.read(capture.source, capture.body, hints_of(capture))
    assert read.leftovers == ()
    assert golden_of(read) == (case / GOLDEN).read_text(encoding="utf-8")


@pytest.mark.parametrize("source", CARDS)
def test_a_source_is_crawled_from_its_replica_once_and_what_comes_can_be_read(source: str) -> None:
    made = replica_of(source)
    with made.server() as server:
        first = crawled(source, server.hosts, made.DAY, **made.SETTINGS)
        asked = len(server.asked)
        again = crawled(source, server.hosts, made.DAY, first.state, **made.SETTINGS)
        agents = {each.user_agent for each in server.asked}
        assert len(server.asked) - asked <= asked, "a second crawl needs no more than the first"
    assert first.finished.outcome == "complete", first.finished.reason
    assert first.captures
    assert again.finished.outcome == "complete", again.finished.reason
    assert again.captures == []
    assert all(agent.startswith("Mozilla/5.0 (compatible; tocsin/") for agent in agents)
    for capture in first.captures:
        assert capture.source in brings(CARDS[source])
        read = readers.read(capture.source, capture.body, hints_of(capture))
        assert read.expressions
        assert read.leftovers == ()
