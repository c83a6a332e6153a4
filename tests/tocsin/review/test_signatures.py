"""Signing a digest: by one and by two, over what was read and nothing else, all or nothing; drafts and overdue signatures."""

from __future__ import annotations

import functools
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.message import Payload
from alerts.targets import Target
from archive import digests, ledger, outbox
from archive.chain import check_chain
from archive.codec import loads
from archive.digests import Build
from archive.errors import BadInput
from archive.store import Archive
from tests.archive.building import at, substitution
from tests.tocsin.review.desk import AFTER, PEOPLE, change_in, later, who
from tocsin.config import Config
from tocsin.config_people import DigestSettings
from tocsin.review.decisions import comment, decide
from tocsin.review.drafts import distribute, draft, due_drafts
from tocsin.review.life import advance
from tocsin.review.roles import Denied
from tocsin.review.signatures import Signed, sign

WEEK = "2026-W01"  # 29 December to 4 January: the change of the desk is observed on the 2nd
MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)


def config(folder: Path, **said: Any) -> Config:
    return Config(
        folder=folder,
        archive=folder / "archive",
        watches=folder / "watches",
        people=PEOPLE,
        targets={name: Target(name=name, said="console:") for name in ("legal", "desk")},
        digest=DigestSettings(list=("legal", "desk"), **said),
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as made:
        run = ledger.start_run(made, "us_ecfr", at=at(1), replayed=False)
        change_in(made)
        ledger.finish_run(made, run, at=at(31), outcome="complete", reason="", counts={})
        yield made


def change_of(archive: Archive) -> str:
    (key,) = archive.database.execute("SELECT key FROM change ORDER BY id LIMIT 1").fetchone()
    return str(key)


def signed(archive: Archive, said: Config, name: str, build: Build, when: datetime = MONDAY) -> Signed:
    return sign(
        archive,
        who(name),
        build.version[:12],
        settings=said.digest,
        at=when + timedelta(hours=1),
        distribute=functools.partial(distribute, said),
    )


def owed(archive: Archive) -> list[str]:
    return sorted(
        one.delivery.target for one in outbox.deliveries(archive) if one.delivery.watch == "weekly digest"
    )


def test_one_signature_releases_it_to_the_list(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path)
    build = draft(archive, said, WEEK, at=MONDAY)
    done = signed(archive, said, "cora", build)
    assert done.missing == 0
    assert done.release is not None
    assert done.release.signatures == (done.signature.id,)
    assert (done.signature.author, done.signature.role, done.signature.version) == (
        "cora",
        "counsel",
        build.version,
    )
    assert owed(archive) == ["desk", "legal"]
    assert list(check_chain(archive)) == []
    with pytest.raises(BadInput, match="signed and released"):
        signed(archive, said, "carl", build)


def test_two_have_to_sign_and_they_differ(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path, signatures=2)
    build = draft(archive, said, WEEK, at=MONDAY)
    first = signed(archive, said, "cora", build)
    assert (first.missing, first.release) == (1, None)
    assert owed(archive) == []
    with pytest.raises(BadInput, match="cora has signed it.*another person's"):
        signed(archive, said, "cora", build)
    assert owed(archive) == []
    second = signed(archive, said, "carl", build)
    assert second.release is not None
    assert second.release.signatures == (first.signature.id, second.signature.id)
    assert owed(archive) == ["desk", "legal"]


@pytest.mark.parametrize("name", ["rita", "rob", "ada", "nina"])
def test_nobody_without_the_role_signs(archive: Archive, tmp_path: Path, name: str) -> None:
    said = config(tmp_path)
    build = draft(archive, said, WEEK, at=MONDAY)
    with pytest.raises(Denied, match="may not sign a digest"):
        signed(archive, said, name, build)
    assert digests.signatures(archive) == ()


def test_a_reviewer_signs_where_the_configuration_says_so(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path, signers=("counsel", "reviewer"))
    build = draft(archive, said, WEEK, at=MONDAY)
    assert signed(archive, said, "rob", build).signature.role == "reviewer"


def test_a_build_that_is_outdated_is_not_signed(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path, signatures=2)
    old = draft(archive, said, WEEK, at=MONDAY)
    signed(archive, said, "cora", old)
    decide(
        archive, who("rob"), change_of(archive), "relevant", people=PEOPLE, at=MONDAY + timedelta(minutes=30)
    )
    with pytest.raises(BadInput, match="outdated: 1 of its changes were reviewed since.*is relevant"):
        signed(archive, said, "carl", old)
    new = draft(archive, said, WEEK, at=MONDAY + timedelta(minutes=40))
    assert new.version != old.version
    with pytest.raises(BadInput, match="a newer build of 2026-W01 is there"):
        signed(archive, said, "carl", old)
    assert signed(archive, said, "carl", new).missing == 1, "a signature under another version does not count"
    assert signed(archive, said, "cora", new).release is not None


def test_a_decision_that_lapsed_since_makes_a_build_outdated(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path)
    decide(archive, who("rob"), change_of(archive), "relevant", people=PEOPLE, at=at(40))
    build = draft(archive, said, WEEK, at=MONDAY)
    later(archive, 2, [substitution("1", AFTER, "Nothing.")], ("1", "Nothing."), ("2", "Apart."), hours=93)
    with pytest.raises(BadInput, match="is open again"):
        signed(archive, said, "cora", build)


def test_what_says_no_version_signs_nothing(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path)
    build = draft(archive, said, WEEK, at=MONDAY)
    for start in ("", build.version[:7], "0" * 64, build.version[:12] + "%"):
        with pytest.raises(BadInput, match="names no version"):
            sign(archive, who("cora"), start, settings=said.digest, at=MONDAY, distribute=lambda *_: None)


def test_what_nobody_decided_is_in_the_digest_and_a_comment_is_not(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path)
    comment(archive, who("rob"), change_of(archive), "a word in passing", at=at(40))
    comment(archive, who("cora"), change_of(archive), "for counsel alone", privileged=True, at=at(40))
    content = digests.content_of(archive, draft(archive, said, WEEK, at=MONDAY).version)
    assert f'"undecided":["{change_of(archive)}"]' in content
    assert "a word in passing" not in content
    assert "for counsel alone" not in content
    decide(archive, who("rob"), change_of(archive), "relevant", people=PEOPLE, at=at(93))
    assert '"undecided":[]' in digests.content_of(archive, draft(archive, said, WEEK, at=at(94)).version)


def test_killed_at_each_statement_of_a_signature_it_is_signed_and_owed_or_neither(
    archive: Archive, tmp_path: Path
) -> None:
    """Deterministic: the process kills itself as SQLite begins its n-th statement that writes, begins or ends something, for every n."""
    said = config(tmp_path)
    build = draft(archive, said, WEEK, at=MONDAY)
    archive.close()
    last, survived, seen = 0, False, set()
    while not survived:
        last += 1
        folder = tmp_path / f"{last}"
        shutil.copytree(tmp_path / "archive", folder)
        process = os.fork()
        if process == 0:
            try:
                _sign_and_die(folder, said, build, last)
            finally:
                os._exit(0)
        _, status = os.waitpid(process, 0)
        survived = not os.WIFSIGNALED(status)
        with Archive.open(folder) as after:
            released = bool(digests.releases(after))
            assert len(digests.signatures(after)) == released
            assert owed(after) == (["desk", "legal"] if released else [])
            assert list(check_chain(after)) == []
            seen.add(released)
            if not released and last % 5 == 0:
                assert signed(after, said, "cora", build).release is not None
        shutil.rmtree(folder)
    assert seen == {False, True}
    assert last > 15


def _sign_and_die(folder: Path, said: Config, build: Build, last: int) -> None:
    with Archive.beside(folder) as archive:
        statements = 0

        def count(statement: str) -> None:
            nonlocal statements
            statements += not statement.lstrip().startswith(("SELECT", "--"))
            if statements == last:  # what is read after it changes nothing
                os.kill(os.getpid(), signal.SIGKILL)

        archive.database.set_trace_callback(count)
        signed(archive, said, "cora", build)


# ── what happens by itself ─────────────────────────────────────────────────────────────────────────


def test_a_draft_is_due_when_its_week_has_ended_and_once(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path)
    assert due_drafts(archive, said, now=datetime(2026, 1, 4, 23, 59, tzinfo=UTC)) == ()
    assert due_drafts(archive, said, now=MONDAY) == (WEEK,)
    draft(archive, said, WEEK, at=datetime(2026, 1, 4, 12, tzinfo=UTC))
    assert due_drafts(archive, said, now=MONDAY) == (WEEK,), "one of before its end is no draft of the week"
    draft(archive, said, WEEK, at=MONDAY)
    assert due_drafts(archive, said, now=MONDAY) == ()
    assert due_drafts(archive, said, now=MONDAY + timedelta(days=21)) == ("2026-W02", "2026-W03", "2026-W04")


def test_no_draft_is_due_where_nobody_reviews(archive: Archive, tmp_path: Path) -> None:
    nobody = Config(folder=tmp_path, archive=tmp_path / "archive", watches=tmp_path)
    assert due_drafts(archive, nobody, now=MONDAY) == ()


def test_those_who_review_are_told_once_and_quote_nothing(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path)
    (line,) = advance(archive, said, now=MONDAY)
    assert line.startswith(f"draft of {WEEK}")
    assert line.endswith("told carl"), "the others have no target"
    assert advance(archive, said, now=MONDAY) == ()
    (one,) = [each for each in outbox.deliveries(archive) if each.delivery.watch == "weekly digest"]
    payload = loads(one.delivery.payload, Payload)
    assert payload.title == "Digest 2026-W01: 1 of 1 changes wait for a decision"
    assert "15 CFR Part 999 · watch “chips”" in payload.body
    assert AFTER not in payload.body + payload.html


def test_an_overdue_signature_is_told_to_the_deputy_once(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path, sign_by="Wed 17:00")
    advance(archive, said, now=MONDAY)
    wednesday = datetime(2026, 1, 7, 15, 59, tzinfo=UTC)  # 16:59 in Brussels
    assert advance(archive, said, now=wednesday) == ()
    told = advance(archive, said, now=wednesday + timedelta(minutes=2))
    assert told == (f"the signature of cora under the digest of {WEEK} is overdue: told carl",)
    again = advance(archive, said, now=wednesday + timedelta(minutes=3))
    assert again == (), "once"
    (mail,) = [one for one in outbox.deliveries(archive) if "overdue" in one.delivery.transition_id]
    assert "the signature of cora is overdue" in loads(mail.delivery.payload, Payload).title
    (alone,) = advance(archive, said, now=wednesday + timedelta(hours=2))  # carl's hour, in UTC
    assert "nobody can be told" in alone


def test_a_signature_that_was_given_is_not_overdue(archive: Archive, tmp_path: Path) -> None:
    said = config(tmp_path, sign_by="Wed 17:00")
    build = draft(archive, said, WEEK, at=MONDAY)
    signed(archive, said, "carl", build)
    assert advance(archive, said, now=datetime(2026, 1, 8, tzinfo=UTC)) == ()


def test_a_run_that_goes_on_puts_the_draft_off(archive: Archive, tmp_path: Path) -> None:
    run = ledger.start_run(archive, "us_ecfr", at=MONDAY, replayed=False)
    (line,) = advance(archive, config(tmp_path), now=MONDAY + timedelta(minutes=1))
    assert "has not ended" in line
    ledger.finish_run(archive, run, at=MONDAY, outcome="complete", reason="", counts={})
    assert advance(archive, config(tmp_path), now=MONDAY + timedelta(minutes=2))[0].startswith("draft of")
