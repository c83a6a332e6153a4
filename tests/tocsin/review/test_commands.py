"""``tocsin review`` as a person runs it: a week decided, commented, signed by two, lapsed and signed again."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from archive import actions
from archive.store import Archive
from tests.tocsin.digest.made import needs_pango
from tests.tocsin.program import Installation
from tests.tocsin.review.house import WEEK, at, ingest, review, run, settle
from tocsin.cli.deeds import COMMAND_LINE, account

SECRET = "zebra crossing privileged words"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settle(tmp_path_factory.mktemp("review") / "tocsin")


def test_a_week_is_decided_signed_by_two_released_and_sent(tmp_path: Path) -> None:
    place = settle(tmp_path / "tocsin")
    at(place, "2026-02-09T08:00:00+00:00")
    (waiting,) = review(place, "list", "--json")
    change = waiting["change"]
    assert (waiting["watch"], waiting["open"], waiting["decision"]) == ("chips", True, None)
    assert "draft of 2026-W06" in review(place, "advance")
    assert "rita may not decide" in review(place, "decide", change, "relevant", person="rita", status=2)
    assert "TOCSIN_PERSON" in review(place, "decide", change, "relevant", status=2)
    at(place, "2026-02-09T08:30:00+00:00")
    review(place, "assign", change, "rob", person="ada")
    assert "for rob" in review(place, "list", "--mine", person="rob")
    (decision,) = review(
        place,
        "decide",
        change,
        "action",
        "--because",
        "we ship it",
        "--by",
        "rita",
        "--on",
        "2026-03-01",
        "--json",
        person="rob",
    )
    assert (decision["author"], decision["role"], decision["due"]) == ("rob", "reviewer", "2026-03-01")
    review(place, "comment", change, "halved", "--quote", "2400", person="rob")
    said = review(place, "show", change)
    for words in (
        "action by rita on 2026-03-01 because we ship it (rob, reviewer, ",
        "on “2400” at ",
        ": halved",
        "assignment",
    ):
        assert words in said

    (before,) = review(place, "show", WEEK, "--json")
    assert "1 of its changes were reviewed since it was built" in before["outdated"]
    assert "outdated" in review(place, "sign", before["version"], person="cora", status=2)
    at(place, "2026-02-09T09:00:00+00:00")
    version = review(place, "draft", WEEK, person="rob").strip()
    assert "may not sign" in review(place, "sign", version[:12], person="rob", status=2)
    assert "1 more to sign" in review(place, "sign", version[:12], person="cora")
    assert "cora has signed it" in review(place, "sign", version[:12], person="cora", status=2)
    assert "1 signatures missing" in review(place, "show", WEEK)
    unsigned = run(place, "digest", "send", WEEK, status=2).decode()
    assert "it is not signed, and goes to the list when it is" in unsigned
    assert "tocsin review sign" in unsigned
    (signed,) = review(place, "sign", version[:12], "--json", person="carl")
    assert signed["released"]
    assert review(place, "log", "--check").endswith("sound\n")
    assert "sound" in review(place, "log", "--anchor", signed["head"])
    assert "broken" in review(
        place, "log", "--anchor", f"{signed['head'].split(':')[0]}:{'0' * 64}", status=1
    )
    kinds = [link["kind"] for link in review(place, "log", "--json")]
    assert kinds == ["assignment", "decision", "comment", "digest", "signature", "signature", "release"]

    with Archive.open(place.folder / "archive", read_only=True) as archive:
        logged = actions.actions(archive)[::-1]
    assert {(one.via, one.client) for one in logged} == {(COMMAND_LINE, account())}
    assert {one.outcome for one in logged if one.person == "rita"} == {"refused"}
    assert [
        (one.person, one.deed) for one in logged if one.outcome == "done" and one.person != account()
    ] == [
        ("ada", "assign"),
        ("rob", "decide"),
        ("rob", "comment"),
        ("rob", "assign"),
        ("cora", "sign"),
        ("carl", "sign"),
    ]
    (decided,) = [one for one in logged if (one.deed, one.outcome) == ("decide", "done")]
    assert (decided.subject, decided.said, decided.roles) == (f"change {change}", "action", ("reviewer",))
    assert {one.deed for one in logged if one.person == account()} == {"hand in documents"}

    assert place.alerts("readers.jsonl") == [], "the writer sends, in its next round"
    ingest(place, "2026-02-11", "1200")
    sent = [line for line in place.alerts("readers.jsonl") if line["watch"] == "weekly digest"]
    assert len(sent) == 1
    assert "we ship it" in sent[0]["body"]
    at(place, "2026-02-12T08:00:00+00:00")
    (again,) = [one for one in review(place, "list", "--json") if one["change"] == change]
    assert again["open"]
    assert again["why"] == [
        "a later change of the same provision (substantive substitution, edition of 2026-02-11)"
    ]
    (known,) = [build for build in review(place, "show", WEEK, "--json") if build["version"] == version]
    assert known["released"][0]["version"] == version, "what was released stays what was released"


@needs_pango
def test_what_is_privileged_is_in_nothing_that_leaves(
    place: Installation,
) -> None:
    at(place, "2026-02-09T08:00:00+00:00")
    (waiting,) = review(place, "list", "--json")
    change = waiting["change"]
    review(place, "comment", change, SECRET, "--privileged", person="cora")
    review(place, "comment", change, "for everybody", person="cora")
    version = review(place, "draft", WEEK, person="rob").strip()
    told: dict[str, bytes] = {
        " ".join(command): run(place, *command)
        for command in (
            ("review", "list", "--all", "--json"),
            ("review", "show", change),
            ("review", "show", change, "--json", "--as", "rob"),
            ("review", "log"),
            ("review", "log", "--json", "--as", "cora"),
            ("changes", "--json"),
            ("export",),
            ("feed", "atom"),
            ("feed", "jsonl"),
            ("feed", "ics"),
        )
    }
    out = place.folder / "out"
    run(place, "digest", "build", "--week", WEEK, "--as-known", "2026-02-09T08:00:00+00:00", "--to", str(out))
    told |= {file.name: _unpacked(file) for file in sorted(out.iterdir())}
    for folder in ("alerts.jsonl", "readers.jsonl", "carl.jsonl"):
        if (place.folder / folder).exists():
            told[folder] = (place.folder / folder).read_bytes()
    assert {"digest.html", "digest.md", "digest.pdf", "digest.docx", "review log"} <= set(told)
    assert all(told.values()), [name for name, content in told.items() if not content]
    assert b"for everybody" in told[f"review show {change}"]
    leaked = [name for name, content in told.items() if SECRET.encode() in content]
    assert leaked == []
    assert version.encode()[:12] in run(place, "digest", "list")

    for who in ("rita", "rob", "ada", "nina"):
        for command in (("show", change), ("log",)):
            said = review(place, *command, "--include-privileged", person=who, status=2)
            assert f"{who} may not read or write what is privileged" in said
            assert SECRET not in said
    for command in (("show", change), ("log",)):
        assert SECRET in review(place, *command, "--include-privileged", person="cora")
        assert SECRET not in review(place, *command, person="cora"), "counsel has to ask for it"


def _unpacked(file: Path) -> bytes:
    """The text of a file with what is packed in it."""
    content = file.read_bytes()
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return b"\n".join(parts.read(name) for name in parts.namelist())
    if file.suffix == ".pdf":
        document = pypdfium2.PdfDocument(content)
        try:
            text = " ".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
        return " ".join(text.split()).encode() + content
    return content


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[people.x]\naddress = "x@example.org"\nroles = ["lawyer"]', "'lawyer' is no role"),
        (
            '[people.x]\naddress = "x@example.org"\ntoken = "hunter2hunter2hunter2"',
            "a secret does not belong into this file",
        ),
        ("[digest]\nsignature = 2", "signature"),
        ("[digest]\nsignatures = 2", "2 people have to sign, and 0 may"),
        ("[digest]\nsignatures = 0", "release nothing"),
        ('[digest]\nsign_by = "Wednesday"', "Write it like Wed 17:00"),
        ('[digest]\nsigners = ["councel"]', "The nearest is 'counsel'"),
        ('[digest]\nsigners = ["reader"]', "no role that may stand here"),
        ('[digest]\nlist = ["smtp://user:password@mail"]', "is not a target"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_with_its_place(
    tmp_path: Path, table: str, words: str
) -> None:
    from archive.errors import BadInput
    from tocsin.config import load

    file = tmp_path / "tocsin.toml"
    file.write_text(table)
    with pytest.raises(BadInput) as error:
        load(file, known_sources=(), environment={})
    assert words in error.value.line()
    assert "hunter2" not in error.value.line()
    assert "password" not in error.value.line()


def test_the_log_is_a_json_object_a_line(place: Installation) -> None:
    """Every line of the log is one JSON object, for whoever keeps it elsewhere."""
    for line in run(place, "review", "log", "--json").splitlines():
        assert json.loads(line)["hash"]
