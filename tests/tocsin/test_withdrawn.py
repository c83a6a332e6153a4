"""What happens to the whole of a document: withdrawn, there again, moved; told once each, and found again when its editions are derived anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import changes, editions
from normalize.profiles import PROFILES
from tests.replica.sites import atom, framed, links, paragraphs, pdf
from tests.sources.jp_meti import replica as meti
from tests.tocsin.kept import Program

NEXT = timedelta(days=1)
QANDA = "/policy/anpo/qanda.html"
NOTICE = meti.HOST + meti.NOTICE


def listed(program: Program, *paths: str) -> None:
    """What the ministry's list has."""
    words = {meti.NOTICE: "見本の運用通達の一部改正", QANDA: "輸出管理の見本Q&A"}
    rows = [(path, words.get(path, words[meti.NOTICE]), "") for path in paths]
    program.replica.pages[meti.HOST + meti.LIST] = framed(
        "改正情報", links(rows), site=meti.SITE, language="ja"
    )


def told(program: Program, work: str) -> list[tuple[str, str, str]]:
    with program.open() as archive:
        return [
            (one.change.kind, one.change.materiality, one.change.reason)
            for one in changes.changes(archive, work=f"jp/meti/policy/anpo/{work}")
        ]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    with meti.server() as replica:
        program = Program(tmp_path, replica, monkeypatch, {"jp_meti": meti.SETTINGS}).start()
        (first,) = program.run(meti.DAY, "jp_meti")
        assert first.complete, first.reason
        yield program


def runs(program: Program, first: int, number: int) -> None:
    for day in range(first, first + number):
        (outcome,) = program.run(meti.DAY + day * NEXT, "jp_meti")
        assert outcome.complete, outcome.reason


def test_a_page_that_is_taken_off_its_list_and_gone_three_times_is_withdrawn_once_and_may_come_back(
    program: Program,
) -> None:
    pages = program.replica.pages
    page = pages.pop(meti.HOST + QANDA)
    listed(program, meti.NOTICE)
    runs(program, 1, 2)
    assert told(program, "qanda") == []
    runs(program, 3, 2)
    ((kind, materiality, reason),) = told(program, "qanda")
    assert (kind, materiality) == ("repeal", "substantive")
    assert reason.startswith(
        "the document was withdrawn: its publisher no longer lists it, and its address answered 404"
    )
    owed = program.owed()
    assert len(owed) == 1
    with program.open() as archive:
        work = "jp/meti/policy/anpo/qanda"
        assert editions.expression(archive, work, on=meti.DAY + 2 * NEXT).provisions  # type: ignore[union-attr]
        gone = editions.latest(archive, work)
        assert gone is not None
        assert editions.expression(archive, work).provisions == ()  # type: ignore[union-attr]
        proof = editions.load_capture(archive, gone.capture_id)
        assert (proof.status, gone.as_of) == (404, meti.DAY + 3 * NEXT)

    pages[meti.HOST + QANDA] = page
    listed(program, meti.NOTICE, QANDA)
    runs(program, 5, 2)
    assert [kind for kind, _, _ in told(program, "qanda")] == ["repeal", "insertion"]
    assert told(program, "qanda")[1][2] == "the document was withdrawn and is published again"
    assert len(program.owed() - owed) == 1


def test_a_notice_replaced_at_its_address_is_one_change_with_a_redline(program: Program) -> None:
    program.replica.pages[NOTICE] = pdf(
        "Notice on the lending of sextants",
        "1. A licence is needed for 2 or more.",
        "2. In force on 2031-05-01.",
    )
    runs(program, 1, 1)
    with program.open() as archive:
        (stored,) = changes.changes(archive)
    assert stored.change.kind == "substitution"
    assert [(sign, text.strip()) for sign, text in stored.change.ops if sign != "="] == [
        ("-", "3"),
        ("+", "2"),
    ]


def test_a_move_and_a_withdrawal_are_found_again_by_a_new_recipe(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = program.replica.pages
    moved = "/policy/anpo/law_document/tutatu/32fy/mihon.pdf"
    pages[meti.HOST + moved] = pages.pop(NOTICE)
    del pages[meti.HOST + QANDA]
    listed(program, moved)
    runs(program, 1, 3)
    notice = "law_document/tutatu/31fy/mihon_tsutatsu"
    before = {work: told(program, work) for work in (notice, "qanda")}
    assert [kind for one in before.values() for kind, _, _ in one] == ["move", "repeal"]
    owed = program.owed()

    own = PROFILES["jp_meti"]
    monkeypatch.setitem(PROFILES, "jp_meti", replace(own, version=own.version + 90))
    pages[meti.HOST + moved] = pdf(
        "Notice on the lending of sextants",
        "1. A licence is needed for 9 or more.",
        "2. In force on 2031-05-01.",
    )
    pages[meti.HOST + QANDA] = framed(
        "見本Q&A", paragraphs("問一　見本は何をいうか。", "答　日時計をいう。"), site=meti.SITE, language="ja"
    )
    listed(program, moved, QANDA)
    runs(program, 4, 1)
    with program.open() as archive:
        for work in (notice, "qanda"):
            recipes = {one.recipe for one in editions.editions(archive, f"jp/meti/policy/anpo/{work}")}
            assert recipes == {f"jp_meti/{own.version + 90}"}, work
    assert told(program, notice)[:1] == before[notice]
    assert told(program, "qanda")[:1] == before["qanda"]
    kinds = [kind for kind, _, _ in told(program, "qanda")]
    assert (kinds[:2], len(kinds)) == (["repeal", "insertion"], 3), (
        "and what its words changed since they stood last"
    )
    assert len(program.owed() - owed) == 2, (
        "the amended notice, and the page that is there again; nothing is told twice"
    )


def test_a_paper_of_the_feed_under_the_words_of_last_year_is_another(program: Program) -> None:
    fresh = "/press/2032/04/20320401001/20320401001.html"
    words = "外国ユーザーリストの見本を改正しました"
    program.replica.pages[meti.HOST + fresh] = framed(
        words,
        paragraphs("三の者を加えた。", "二〇三二年四月九日から適用する。"),
        site=meti.SITE,
        language="ja",
    )
    program.replica.pages[f"{meti.HOST}/ml_index_release_atom.xml"] = atom(
        "報道発表", [(f"https://{meti.HOST}{fresh}", words, "2032-04-01")]
    )
    (outcome,) = program.run(date(2032, 4, 1), "jp_meti")
    assert outcome.complete, outcome.reason
    with program.open() as archive:
        (stored,) = changes.changes(archive)
    assert (stored.work, stored.change.kind) == ("jp/meti/press/2032/04/20320401001/20320401001", "insertion")
