"""Real issues of the Federal Register: every paper that the contents name is cut out, and reads as the same paper does by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from archive.vocabulary.folding import comparison_key
from crawlers.families.govinfo_register import Printed, accept_issue, address, record
from crawlers.visit import Answer
from normalize.reading import Hints, read
from tests.corpus import corpus_entries, corpus_file

DAYS = ("2016-04-15", "2024-02-12")


def issue(day: str) -> dict[str, Printed]:
    entry = next(
        one for one in corpus_entries(host="www.govinfo.gov", kind="fr_issue") if one["id"] == f"FR-{day}"
    )
    answer = Answer(
        url=address(date.fromisoformat(day)),
        status=200,
        body=corpus_file(str(entry["file"])).read_bytes(),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        headers={"content-type": "application/xml"},
    )
    found = accept_issue(answer, date.fromisoformat(day))
    assert found.missing == {}
    assert len({paper.number for paper in found.papers}) == len(found.papers)
    return {paper.number: paper for paper in found.papers}


def keys(body: bytes, day: date, meta: dict[str, Any]) -> list[tuple[str, ...]]:
    (expression,) = read("us_federal_register", body, Hints(as_of=day, meta=meta)).expressions
    return [
        (one.eid, one.unit, *map(comparison_key, (one.num, one.heading, one.text)))
        for one in expression.walk()
    ]


@pytest.mark.parametrize("day", DAYS)
def test_a_paper_cut_out_of_its_issue_reads_as_it_does_by_itself(day: str) -> None:
    papers, when = issue(day), date.fromisoformat(day)
    alone = [
        one
        for one in corpus_entries(host="www.federalregister.gov", kind="fr_document")
        if one["format"] == "xml" and one["id"] in papers and one["genuine"] == "true"
    ][:25]
    for entry in alone:
        paper = papers[str(entry["id"])]
        mine = keys(paper.body, when, record(paper, when))
        assert mine == keys(
            corpus_file(str(entry["file"])).read_bytes(), when, {"document_number": paper.number}
        )
    assert alone or day != DAYS[1], "no paper of this issue stands by itself in the corpus"


@pytest.mark.parametrize("day", DAYS)
def test_every_paper_of_an_issue_has_an_agency_and_its_page(day: str) -> None:
    papers = issue(day).values()
    assert len(papers) > 90
    assert all(paper.agencies and paper.citation for paper in papers)
