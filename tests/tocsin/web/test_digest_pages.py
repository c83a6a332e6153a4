"""The pages of digests: read as it was built, decided, commented, signed; and every refusal says why and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import changes, digests, reviews
from archive.store import Archive
from tests.tocsin.program import Installation
from tests.tocsin.review.house import WEEK, ingest
from tests.tocsin.web.browser import logged
from tests.tocsin.web.desk import Desk, forms, opened, settled
from tocsin.digest.formats import FORMATS
from tocsin.digest.kept import keep
from tocsin.digest.manners import manner_of
from tocsin.web import links
from tocsin.web.digests import content

DIGEST, DECIDE = f"/digest/{WEEK}", f"/digest/{WEEK}/decide"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settled(tmp_path_factory.mktemp("digests") / "tocsin")


@pytest.fixture
def desk(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from opened(house, tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def with_draft(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafted")
    with pytest.MonkeyPatch.context() as patch:
        for desk in opened(house, folder, patch):
            desk.follow("rob", desk.fill("rob", "/digests", "/do/draft", week=WEEK))
    return folder / "tocsin"


@pytest.fixture
def drafted(with_draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from opened(with_draft, tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def shared(with_draft: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For what is refused, and so changes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        yield from opened(with_draft, tmp_path_factory.mktemp("shared"), patch)


def change_of(desk: Desk) -> str:
    with Archive.open(desk.config.archive, read_only=True) as archive:
        return next(
            one.id
            for one in changes.changes(archive)
            if one.change.materiality == "substantive" and one.before
        )


def version_of(desk: Desk) -> str:
    with Archive.open(desk.config.archive, read_only=True) as archive:
        build = digests.newest_build(archive, WEEK)
        assert build is not None
        return build.version


def test_a_draft_is_built_from_the_page_and_told_to_those_who_review(desk: Desk) -> None:
    assert f">{WEEK}<" not in desk.read("rita", "/digests")
    assert desk.of("rita").get(DIGEST).status_code == 404
    page = desk.follow("rob", desk.fill("rob", "/digests", "/do/draft", week=WEEK))
    assert "The draft is built." in page
    assert "4800" in page
    assert WEEK in desk.read("rita", "/digests")
    last = logged(desk.datasette)[-1]
    assert (last.person, last.deed, last.subject) == ("rob", "assign", f"digest {WEEK}")
    assert not forms(desk.read("rita", "/digests")), "a reader is shown no form"


def test_a_digest_is_read_in_the_design_of_the_pages_with_files_beside(shared: Desk) -> None:
    page, version = shared.read("rita", DIGEST), version_of(shared)
    assert "<del>4800</del>" in page
    assert "<ins>2400</ins>" in page
    assert version in page
    with Archive.open(shared.config.archive, read_only=True) as archive:
        kept = content(archive, version)
    for form in set(FORMATS) - {"pdf"}:
        answer = shared.of("rita").get(f"{DIGEST}/{version}.{form}")
        assert answer.status_code == 200, form
        assert answer.content == FORMATS[form][1](kept, manner_of(shared.config))
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert f'href="{DIGEST}/{version}.{form}"' in page
    assert shared.of("rita").get(f"{DIGEST}/{'0' * 64}.html").status_code == 400
    assert shared.of("rita").get(f"/digest/2026-W07/{version}.html").status_code == 404
    assert "これ" not in shared.of("rita").get(f"{DIGEST}/{version}.mail.txt?language=en").text
    assert "ダイジェスト" in shared.of("rita").get(f"{DIGEST}/{version}.mail.txt?language=ja").text
    assert shared.of("rita").get(f"{DIGEST}/{version}.html?language=tlh").status_code == 400


def test_an_item_is_decided_on_the_page_of_its_week(drafted: Desk) -> None:
    assert "1 of 1 changes wait for a decision." in drafted.read("rob", DECIDE)
    answer = drafted.fill(
        "rob", DECIDE, "/do/decide", verdict="action", because="Reclassify.", person="rob", due="2026-03-02"
    )
    page = drafted.follow("rob", answer)
    assert "Your decision is written." in page
    assert "to be done by rob by 2026-03-02" in page
    with Archive.open(drafted.config.archive, read_only=True) as archive:
        (made,) = reviews.decisions(archive)
    assert (made.verdict, made.author, made.role, made.reason, made.watch) == (
        "action",
        "rob",
        "reviewer",
        "Reclassify.",
        "chips",
    )
    assert "Outdated:" in drafted.read("cora", DIGEST)
    done = drafted.fill(
        "rob", links.review(change_of(drafted)), "/do/decide", verdict="done", because="Reclassified."
    )
    assert "Your decision is written." in drafted.follow("rob", done)
    assert "0 of 1 changes wait" in drafted.read("rob", DECIDE)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"verdict": "not applicable"}, "it has no reason"),
        ({"verdict": "action", "because": "x"}, "somebody has to act by some day"),
        ({"verdict": "action", "person": "rob", "due": "2020-01-01"}, "2020-01-01 is over"),
        ({"verdict": "action", "person": "rob", "due": "tomorrow"}, "is not a day"),
        ({"verdict": "perhaps"}, "it is none"),
        ({"verdict": "relevant", "because": "turned \u202e around"}, "characters that are not seen"),
        ({"verdict": "relevant", "watch": "servers"}, "was not told of it"),
        ({}, "it is none"),
    ],
)
def test_a_refused_decision_says_why_and_keeps_what_was_written(
    shared: Desk, said: dict[str, str], why: str
) -> None:
    answer = shared.fill("rob", DECIDE, "/do/decide", **said)
    assert answer.status_code == 400
    page = answer.text.replace("&#39;", "'")
    assert why in page
    assert 'role="alert"' in page
    if said.get("because", "").isprintable():
        assert said.get("because", "") in page
    with Archive.open(shared.config.archive, read_only=True) as archive:
        assert not reviews.decisions(archive)


def test_what_somebody_decided_meanwhile_is_not_decided_again_unseen(drafted: Desk) -> None:
    shown = next(one for one in forms(drafted.read("cora", DECIDE)) if one.action == "/do/decide").fields
    drafted.follow("rob", drafted.fill("rob", DECIDE, "/do/decide", verdict="relevant"))
    late = drafted.of("cora").send(
        "/do/decide",
        {**shown, "csrftoken": "", "verdict": "not applicable", "because": "No use."}
        | {"csrftoken": drafted.of("cora").token()},
    )
    assert late.status_code == 409
    assert "not any more what you were shown" in late.text
    assert "No use." in late.text, "nothing that was written is lost"
    assert "rob" in late.text
    again = next(one for one in forms(late.text) if one.action == "/do/decide").fields
    with Archive.open(drafted.config.archive, read_only=True) as archive:
        (made,) = reviews.decisions(archive)
    kept = drafted.of("cora").send("/do/decide", {**again, "verdict": "not applicable"})
    assert "Say which decision yours takes the place of" in kept.text
    kept = drafted.of("cora").send("/do/decide", {**again, "verdict": "not applicable", "corrects": made.id})
    assert kept.status_code == 303


def test_what_lapsed_is_told_with_the_reason_and_can_be_decided_again(
    drafted: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted.follow("rob", drafted.fill("rob", DECIDE, "/do/decide", verdict="relevant"))
    place = Installation(drafted.config.folder, {"TOCSIN_HOSTS": "{}"})
    ingest(place, "2026-02-10", "1200")
    monkeypatch.setenv("TOCSIN_NOW", "2026-02-11T12:00:00+00:00")
    page = drafted.read("rob", DECIDE)
    assert "to be decided again" in page
    assert "a later change of the same provision" in page
    answer = drafted.fill("rob", DECIDE, "/do/decide", verdict="relevant", because="Still.")
    assert answer.status_code == 303


def test_comments_and_assignments_are_written_and_privileged_ones_are_for_counsel(drafted: Desk) -> None:
    key = change_of(drafted)
    page = links.review(key)
    said = drafted.follow(
        "rob", drafted.fill("rob", page, "/do/comment", words="Two lines\nof words <b>", quote="4800")
    )
    assert "Two lines\nof words &lt;b&gt;" in said
    assert "4800</q>" in said
    assert "It is written whose it is." in drafted.follow(
        "rob", drafted.fill("rob", page, "/do/assign", to="cora")
    )
    assert "What is mine" in drafted.read("cora", DECIDE + "?show=mine")
    assert key in drafted.read("cora", DECIDE + "?show=mine")
    assert key not in drafted.read("rob", DECIDE + "?show=mine")
    drafted.follow(
        "cora", drafted.fill("cora", page, "/do/comment", words="For counsel alone, zebra.", privileged="1")
    )
    assert "zebra" in drafted.read("cora", page)
    assert "zebra" not in drafted.of("cora").get(page + ".json").text, "an export holds nothing privileged"
    for person in ("rob", "rita", "ada"):
        assert "zebra" not in drafted.read(person, page)
        assert "zebra" not in drafted.of(person).get(page + ".json").text
        assert "zebra" not in drafted.read(person, DIGEST)
    assert "zebra" not in str(logged(drafted.datasette))
    forged = drafted.fill("rob", page, "/do/comment", words="x", privileged="1")
    assert forged.status_code == 403
    refused = drafted.fill("rob", page, "/do/comment", words="On what?", quote="not there")
    assert refused.status_code == 400
    assert "its redline has no" in refused.text
    assert "On what?" in refused.text
    assert drafted.of("rob").send("/do/comment", {"change": "00", "words": "x"}).status_code == 404


def test_a_reader_is_shown_no_form_and_refused(shared: Desk) -> None:
    key = change_of(shared)
    for path in (DIGEST, DECIDE, links.review(key), "/digests"):
        assert not forms(shared.read("rita", path)), path
    for action, fields in (
        ("/do/decide", {"change": key, "verdict": "relevant"}),
        ("/do/comment", {"change": key, "words": "x"}),
        ("/do/assign", {"change": key, "to": "rob"}),
        ("/do/sign", {"version": version_of(shared)}),
        ("/do/draft", {"week": WEEK}),
    ):
        answer = shared.of("rita").send(action, fields)
        assert answer.status_code == 403, action
        assert "rita may not" in answer.text
        assert logged(shared.datasette)[-1].outcome == "refused"
    assert "take the role of a reviewer" in shared.read("rita", links.review(key))


def test_a_version_is_signed_by_two_counsel_and_goes_out(drafted: Desk) -> None:
    drafted.follow("rob", drafted.fill("rob", DECIDE, "/do/decide", verdict="relevant"))
    assert "/do/sign" not in drafted.read("cora", DIGEST), "what is outdated is not signed"
    drafted.follow("cora", drafted.fill("cora", DIGEST, "/do/draft"))
    assert "/do/sign" not in drafted.read("rob", DIGEST), "a reviewer does not sign where counsel does"
    assert "waits for another one" in drafted.follow("cora", drafted.fill("cora", DIGEST, "/do/sign"))
    assert "You have signed this version." in drafted.read("cora", DIGEST)
    page = drafted.follow("carl", drafted.fill("carl", DIGEST, "/do/sign"))
    assert "goes to its readers" in page
    assert "cora (counsel), carl (counsel)" in page
    assert "released" in drafted.read("rita", "/digests")
    with Archive.open(drafted.config.archive, read_only=True) as archive:
        (release,) = digests.releases(archive, WEEK)
        owed = archive.database.execute(
            "SELECT count(*) FROM delivery WHERE target = 'file:readers.jsonl'"
        ).fetchone()
    assert release.version == version_of(drafted)
    assert owed == (1,)


def test_what_was_read_is_what_is_signed(drafted: Desk) -> None:
    form = next(one for one in forms(drafted.read("cora", DIGEST)) if one.action == "/do/sign").fields
    assert form["version"] == version_of(drafted)
    drafted.follow("rob", drafted.fill("rob", DECIDE, "/do/decide", verdict="relevant"))
    outdated = drafted.of("cora").send("/do/sign", form)
    assert outdated.status_code == 400
    assert "it is outdated" in outdated.text
    drafted.follow("rob", drafted.fill("rob", DIGEST, "/do/draft"))
    older = drafted.of("cora").send("/do/sign", form)
    assert older.status_code == 400
    assert "a newer build of" in older.text
    assert drafted.of("cora").send("/do/sign", {"version": form["version"][:12]}).status_code == 400
    with Archive.open(drafted.config.archive, read_only=True) as archive:
        assert not digests.signatures(archive)


def test_a_digest_can_be_built_for_any_instant_and_only_a_kept_one_is_signed(shared: Desk) -> None:
    early = shared.read("rita", DIGEST + "?known=2026-02-02T11:00:00Z")
    assert "built for this page alone, not kept" in early
    assert "<del>4800</del>" not in early
    assert "/do/sign" not in shared.read("cora", DIGEST + "?known=2026-02-02T11:00:00Z")
    assert shared.of("rita").get(DIGEST + "?known=2026-01-01").status_code == 400
    assert shared.of("rita").get(DIGEST + "?known=soon").status_code == 400
    assert shared.of("rita").get("/digest/2026-W60?known=2026-02-09").status_code == 400


def test_a_long_digest_is_cut_into_pages_that_hold_each_change_once(drafted: Desk) -> None:
    """Long texts that take most bytes as HTML, more of them than anybody had in a week."""
    with Archive.open(drafted.config.archive) as archive:
        made = content(archive, version_of(drafted))
        (place,), at = made.jurisdictions, made.period.known
        (act,), (step,) = place.acts, place.acts[0].steps
        (item,) = step.items
        for sort, text in enumerate(("<&\"'>" * 300, "輸出令" * 500, "word " * 9000)):
            items = tuple(
                replace(
                    item,
                    id=f"{number:032x}",
                    change=replace(item.change, ops=(("-", text), ("+", f"{number}"))),
                )
                for number in range(60 if sort < 2 else 12)
            )
            steps = tuple(replace(step, items=items[start : start + 9]) for start in range(0, len(items), 9))
            digest = replace(
                made,
                period=replace(made.period, known=at + timedelta(seconds=sort + 1)),
                jurisdictions=(replace(place, acts=(replace(act, steps=steps),)),),
                late=(replace(step, late="older", items=(item,)),),
            )
            keep(archive, digest, at=at)
    with Archive.open(drafted.config.archive, read_only=True) as archive:
        kept = [one for one in digests.builds(archive, WEEK) if one.as_known > at]
    assert len(kept) == 3
    for one in kept:
        first = drafted.read("rita", links.digest(WEEK, version=one.version))
        (number,) = {int(found) for found in re.findall(r"Page 1 of (\d+)", first)}
        pages = [
            drafted.read("rita", links.digest(WEEK, version=one.version, page=page))
            for page in range(1, number + 1)
        ]
        assert 1 < number < 20
        assert max(len(page.encode()) for page in pages) < 300_000
        told = [key for page in pages for key in re.findall(r'id="c-([0-9a-f]+)"', page)]
        assert len(told) == len(set(told)) >= 13
        assert "Late findings" in pages[-1]
        assert [">United States</h3>" in page for page in pages].count(True) == 1


def test_only_one_pdf_is_set_at_a_time(shared: Desk) -> None:
    from tocsin.web import digests as pages

    address = f"{DIGEST}/{version_of(shared)}.pdf"
    with pages._PRINTING:
        answer = shared.of("rita").get(address)
    assert answer.status_code == 503
    assert "another PDF is being set" in answer.text
