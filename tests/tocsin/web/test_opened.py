"""A digest cut into pages tells what it told as a whole; what is kept of the archive for the pages is thrown away by what it is about, and by nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from datasette.app import Datasette
from datasette.utils.asgi import Request

from alerts.language import ENGLISH
from archive.editions import mark
from archive.records import Change
from archive.store import Archive
from tests.archive.building import WORK, edition, item, publish
from tocsin.digest.phrases import Phrases
from tocsin.digest.records import Act, Alerts, Digest, Item, Jurisdiction, Period, Reviews, Step
from tocsin.digest.templating import undecided
from tocsin.web import rendering
from tocsin.web.opened import NAMED, opened

AT = datetime(2026, 2, 9, tzinfo=UTC)
DAY = date(2026, 2, 2)


def step(number: int, items: int) -> Step:
    return Step(
        transition=f"{number:032x}",
        source="us_ecfr",
        source_title="eCFR",
        work=f"us/cfr/15/{number}",
        citation=f"Part {number}",
        title="",
        before=None,
        after=DAY,
        observed=AT,
        items=tuple(
            Item(
                id=f"{number:016x}{one:016x}",
                citation=f"§ {number}.{one}",
                name="",
                change=Change(
                    kind="substitution",
                    materiality="substantive",
                    reason="words",
                    old_eid=f"{one}",
                    new_eid=f"{one}",
                    ops=(("-", "old " * 500), ("+", f"new {one}")),
                ),
            )
            for one in range(items)
        ),
    )


def digest() -> Digest:
    steps = [step(1, 70), step(2, 0), step(3, 55), step(4, 1)]
    late = tuple(replace(one, late="older") for one in (step(5, 60), step(6, 2)))
    told = [one.id for each in (*steps, *late) for one in each.items]
    return Digest(
        period=Period(week="2026-W06", zone="UTC", first=DAY, last=DAY, since=AT, until=AT, known=AT),
        jurisdictions=(
            Jurisdiction(
                code="US",
                acts=(
                    Act(id="a", title="An act", stages=(), steps=tuple(steps[:3])),
                    Act(id="", title="", stages=(), steps=(steps[3],)),
                ),
            ),
        ),
        late=late,
        lesser=(),
        history=(),
        coverage=(),
        calendar=(),
        calendar_first=DAY,
        calendar_last=DAY,
        alerts=Alerts(owed=0, sent=0, acknowledged=0),
        reviews=Reviews(decided=0, undecided=tuple(told[5:]), taken=(), open=()),
    )


def test_the_pages_together_tell_every_change_once_and_in_order() -> None:
    whole = digest()
    cut = opened(whole)
    pages = [cut.page(number) for number in range(1, len(cut.pages) + 1)]
    assert len(pages) > 2
    told = [(item, each.step.transition) for page in pages for each in page for item in each.items]
    assert told == [(item, each.transition) for each in whole.steps for item in each.items]
    assert [one.change for one in cut.tellings] == [item.id for item, _ in told]
    begun = [each for page in pages for each in page]
    assert [each.place.code for each in begun if each.place] == ["US"]
    assert [each.act.title for each in begun if each.act] == ["An act", ""]
    assert [each.late for each in begun].count(True) == 1
    orders = [0, 69, 70, 124, 125, len(told) - 1, 71]
    assert [(item, one.transition) for item, one in cut.items(orders)] == [told[order] for order in orders]


def test_what_is_left_out_of_an_open_digest_is_still_counted() -> None:
    whole = digest()
    cut = opened(whole)
    tell = Phrases(say=ENGLISH)
    assert tell.summary(cut.digest) == tell.summary(whole)
    assert cut.digest.substantive == whole.substantive
    assert cut.undecided[:NAMED] == undecided(whole)[:NAMED]
    assert len(cut.undecided) == len(undecided(whole)) > NAMED


def test_the_mark_of_a_work_is_another_one_with_an_edition_of_it_alone(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        publish(archive, edition(item("1", "One.")))
        first = mark(archive, [WORK])
        publish(archive, edition(item("1", "Other."), work="us/cfr/15/998"), hours=1)
        assert mark(archive, [WORK]) == first
        publish(archive, edition(item("1", "Two."), days=1), hours=2)
        second = mark(archive, [WORK])
        assert second != first
        publish(archive, edition(item("1", "Corrected."), days=1), hours=3)
        assert mark(archive, [WORK]) not in (first, second)


def test_a_page_set_off_the_loop_reads_as_datasette_sets_it(site: Datasette) -> None:
    values = {"status": 404, "message": "there is <none> \u202ehere"}
    request = Request.fake("/works")
    request.scope["csrftoken"] = lambda: "token"

    async def both() -> tuple[str, str]:
        await site.invoke_startup()
        theirs = await site.render_template("error.html", values, request=request)
        return theirs, await asyncio.to_thread(rendering.html, site, request, "error.html", values)

    theirs, ours = asyncio.run(both())
    assert "&lt;none&gt;" in ours
    assert "\u202e" not in ours
    assert ours == theirs
