"""A small archive with everything in it that a page has to cope with. All law is invented; the names are hostile on purpose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.records import Applicability, Capture, Expression, Fact, Provision, Reading
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.config import Config, load
from tocsin.flow import Flow

EVIL = "<script>alert(1)</script>\"'&amp;{{7*7}}"
CHIPS, MOVED, BIG, JAPANESE, FUTURE, PAPER = (
    "us/cfr/15/774/supp-1",
    "us/cfr/15/798",
    "us/cfr/15/797",
    "jp/law/試験令",
    "us/cfr/15/796",
    "us/fr/2031-00001",
)
WATCHES = f"""
[[watch]]
name = "chips"
owner = "desk"
reason = {json.dumps("We ship chips " + EVIL)}
matter = "M-1"
eccn = ["3A090"]
notify = ["file:alerts.jsonl"]

[[watch]]
name = "slash / {EVIL.replace('"', "")}"
owner = "desk"
reason = "A name that is no address."
matter = "M-2"
countries = ["TH"]
notify = ["file:alerts.jsonl"]
"""


def item(
    eid: str,
    text: str = "",
    *children: Provision,
    num: str = "",
    heading: str = "",
    unit: str = "paragraph",
    applicability: tuple[Applicability, ...] = (),
) -> Provision:
    """A provision."""
    return Provision(
        eid=eid,
        text=text,
        children=children,
        num=num,
        heading=heading,
        unit=unit,
        applicability=applicability,
    )


def build(folder: Path) -> Config:
    """Make the configuration and its archive, filled through the program's own way."""
    (folder / "watches").mkdir(parents=True)
    (folder / "watches" / "desk.toml").write_text(WATCHES, encoding="utf-8")
    (folder / "tocsin.toml").write_text('[people.desk]\naddress = "desk@example.org"\n', encoding="utf-8")
    config = load(folder / "tocsin.toml", known_sources=tuple(source_cards()), environment={})
    Archive.create(config.archive).close()
    with pytest.MonkeyPatch.context() as patch, Archive.open(config.archive) as archive:
        patch.setenv("TOCSIN_HOSTS", '{"www.ecfr.gov": "http://127.0.0.1:1"}')
        for now, source, expressions in _history():
            patch.setenv("TOCSIN_NOW", now)
            flow = Flow(config, archive)
            for expression in expressions:
                flow.ingest([(_capture(expression, source), Reading(expressions=(expression,)))], sure=True)
            flow.tell()
    return config


def _capture(expression: Expression, source: str) -> Capture:
    return Capture(
        source=source,
        document=expression.work,
        url="https://example.org/" + expression.work,
        body=repr(expression).encode(),
        as_of=expression.as_of,
        fetched_at=datetime(2031, 1, 1, tzinfo=UTC),
        media_type="text/xml",
    )


def _history() -> Sequence[tuple[str, str, tuple[Expression, ...]]]:
    chips = _work(CHIPS, "The List")
    moved = _work(MOVED, "Part 798")
    big = item(
        "797.1",
        "",
        *(item(f"797.1.{n}", f"Row {n} | " + "words of a long list " * 9, unit="row") for n in range(2500)),
        num="§ 797.1",
        heading="A long list",
        unit="section",
    )
    stayed = Applicability(
        state="stayed",
        start=date(2031, 2, 1),
        end=date(2033, 2, 1),
        citation="96 FR 1",
        words=f"Stayed {EVIL}",
    )
    return (
        (
            "2031-01-02T09:00:00Z",
            "us_ecfr",
            (
                chips(
                    1,
                    item(
                        "3A090",
                        "",
                        item("3A090.a", "Circuits of 4800 or more.", num="a."),
                        item("3A090.b", f"Others {EVIL}", num="b."),
                        num="3A090",
                        heading=f"Circuits {EVIL}",
                        unit="entry",
                    ),
                ),
                moved(
                    1,
                    item(
                        "798.1",
                        "The same words, which are long enough to be known again anywhere.",
                        num="§ 798.1",
                        heading="Scope",
                        unit="section",
                    ),
                    item("798.9", "Last.", num="§ 798.9", unit="section"),
                ),
                _work(BIG, "Part 797")(1, big),
                _work(FUTURE, "Part 796")(
                    1, item("796.1", "Now.", unit="section", num="§ 796.1", applicability=(stayed,))
                ),
            ),
        ),
        (
            "2031-01-03T09:00:00Z",
            "jp_egov",
            (
                _work(JAPANESE, f"試験令 {EVIL}", "ja")(
                    1,
                    item(
                        "1",
                        "貨物の輸出を規制する。",
                        item("1/項2", "半導体", num="２"),
                        num="第一条",
                        heading="（輸出の許可）",
                        unit="article",
                    ),
                ),
            ),
        ),
        (
            "2031-02-02T09:00:00Z",
            "us_ecfr",
            (
                chips(
                    32,
                    item(
                        "3A090",
                        "",
                        item("3A090.a", "Circuits of 2400 or more.", num="a."),
                        item("3A090.b", f"Others {EVIL}", num="b."),
                        item("3A090.c", "Thailand, <b>bold</b>", num="c."),
                        num="3A090",
                        heading=f"Circuits {EVIL}",
                        unit="entry",
                    ),
                ),
                moved(
                    32,
                    item(
                        "798.2",
                        "The same words, which are long enough to be known again anywhere.",
                        num="§ 798.2",
                        heading="Scope",
                        unit="section",
                    ),
                    item("798.9", "Last.", num="§ 798.9", unit="section"),
                ),
                _work(FUTURE, "Part 796")(900, item("796.1", "Later.", unit="section", num="§ 796.1")),
            ),
        ),
        (
            "2031-01-10T09:00:00Z",
            "us_federal_register",
            (
                Expression(
                    work="us/fr/2031-00000",
                    as_of=date(2031, 1, 10),
                    published=date(2031, 1, 10),
                    recipe="us_federal_register/1",
                    title="The first paper seen",
                    kind="document",
                    provisions=(item("1", "Nothing of weight."),),
                ),
            ),
        ),
        (
            "2031-02-03T09:00:00Z",
            "us_federal_register",
            (
                Expression(
                    work=PAPER,
                    as_of=date(2031, 2, 3),
                    published=date(2031, 2, 3),
                    recipe="us_federal_register/1",
                    title=f"A rule {EVIL}",
                    kind="document",
                    facts=(
                        Fact(name="url", value="javascript:alert(1)"),
                        Fact(name="citation", value="96 FR 100"),
                        Fact(name="effective", value="2031-03-01"),
                    ),
                    provisions=(item("1", f"ECCN 3A090 and Thailand {EVIL}"),),
                ),
            ),
        ),
    )


def _work(work: str, title: str, language: str = "en"):  # type: ignore[no-untyped-def]
    def of(day: int, *provisions: Provision) -> Expression:
        as_of = date.fromordinal(date(2030, 12, 31).toordinal() + day)
        recipe = {"ja": "jp_egov/1"}.get(language, "us_ecfr/1")
        return Expression(
            work=work, as_of=as_of, recipe=recipe, title=title, language=language, provisions=provisions
        )

    return of
