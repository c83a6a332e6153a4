"""Editing watches on the pages: tried on the archive beside what they say today, saved whole or not at all, and never over somebody else's edit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from alerts.watches import load_watches
from alerts.watches_edited import block_of, save, with_block
from archive import watch_history
from archive.errors import BadInput
from archive.store import Archive
from tests.tocsin.web.browser import logged
from tests.tocsin.web.desk import Desk, forms, opened, settled

FILE = """# Our watches.

[[watch]]   # of the desk
name = "first"
owner = "rob"
reason = "Chips"
matter = "M-1"
notify = ["console:"]
eccn = ["3A090"]

# The second one is Rita's.
[[watch]]
name = "second"
owner = "rita"
reason = "Thailand"
matter = "M-2"
notify = ["file:alerts.jsonl"]
any = [{ countries = ["TH"] },
       { eccn = ["4A090"] }]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = settled(tmp_path_factory.mktemp("watches") / "tocsin")
    (place / "watches" / "two.toml").write_text(FILE, encoding="utf-8")
    return place


@pytest.fixture
def desk(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from opened(house, tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def shared(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For what is refused, and so changes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        yield from opened(house, tmp_path_factory.mktemp("shared"), patch)


def file_of(desk: Desk) -> Path:
    return desk.config.watches / "two.toml"


def text_in(page: str) -> str:
    (form,) = [one for one in forms(page) if one.action == "/do/watch"]
    return form.fields["text"]


def test_an_edit_replaces_the_lines_of_the_watch_and_nothing_else(desk: Desk) -> None:
    page = desk.read("rob", "/watch/first/edit")
    assert text_in(page) == FILE[FILE.index("[[watch]]") : FILE.index("\n\n# The second")]
    new = text_in(page).replace("3A090", "3A091")
    said = desk.follow("rob", desk.fill("rob", "/watch/first/edit", "/do/watch", text=new, do="save"))
    assert "The watch is saved." in said
    assert "3A091" in said
    assert file_of(desk).read_text(encoding="utf-8") == FILE.replace("3A090", "3A091")
    with Archive.open(desk.config.archive, read_only=True) as archive:
        wordings = watch_history.history(archive, "first")
    assert "3A091" in wordings[-1].content
    last = logged(desk.datasette)[-1]
    assert (last.person, last.deed, last.subject, last.outcome) == ("rob", "edit a watch", "first", "done")
    assert not [one.name for one in file_of(desk).parent.iterdir() if one.name.startswith(".")]


def test_it_is_tried_beside_what_it_says_today_without_being_saved(shared: Desk) -> None:
    before = file_of(shared).read_bytes()
    new = text_in(shared.read("rob", "/watch/first/edit")).replace("3A090", "4A090")
    page = shared.fill("rob", "/watch/first/edit", "/do/watch", text=new, since="2026-01-01", do="try")
    assert page.status_code == 200
    assert "1 alert less than today" in page.text
    assert "0 alerts more than today" in page.text
    assert text_in(page.text) == new
    assert file_of(shared).read_bytes() == before
    more = shared.fill("rob", "/watch/second/edit", "/do/watch", since="2026-01-01", do="try",
                     text=text_in(shared.read("rob", "/watch/second/edit")).replace("4A090", "3A090"))  # fmt: skip
    assert "1 alert more than today" in more.text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("3A090", "3A0900", "is not a code that eccn can have"),
        ('owner = "rob"', 'owner = "nobody"', "is neither an e-mail address nor a name"),
        ('name = "first"', 'name = "second"', "it is not the one watch"),
        ('reason = "Chips"', "reason = Chips", "it is not valid TOML"),
        ("console:", "file:/etc/passwd", "is not a target"),
        ('matter = "M-1"\n', "", "the key 'matter' is missing"),
        ("eccn", "ecn", "a watch has no key 'ecn'"),
        ("[[watch]]", "[people.eve]\naddress = 'x@example.org'\n[[watch]]", "no key 'people' at the top"),
        ('eccn = ["3A090"]', 'eccn = ["3A090"]\n[[watch]]\nname = "third"', "it is not the one watch"),
    ],
)
def test_what_is_not_sound_is_told_as_the_command_tells_it_and_nothing_is_written(
    shared: Desk, old: str, new: str, why: str
) -> None:
    before = file_of(shared).read_bytes()
    text = text_in(shared.read("rob", "/watch/first/edit"))
    assert old in text
    for button in ("try", "save"):
        answer = shared.fill("rob", "/watch/first/edit", "/do/watch", text=text.replace(old, new), do=button)
        assert answer.status_code == 400, button
        assert why in answer.text.replace("&#39;", "'")
        assert 'aria-invalid="true"' in answer.text
        assert text_in(answer.text) == text.replace(old, new), "nothing that was written is lost"
    assert file_of(shared).read_bytes() == before


def test_an_edit_of_a_file_that_was_edited_meanwhile_is_refused_with_both_texts(desk: Desk) -> None:
    shown = next(
        one for one in forms(desk.read("rob", "/watch/first/edit")) if one.action == "/do/watch"
    ).fields
    file_of(desk).write_text(FILE.replace("M-1", "M-9"), encoding="utf-8")
    mine = shown["text"].replace("3A090", "3A991")
    late = desk.of("rob").send("/do/watch", {**shown, "text": mine, "do": "save"})
    assert late.status_code == 409
    assert "it was edited since it was shown to you" in late.text
    assert text_in(late.text) == mine
    assert "M-9" in late.text
    assert file_of(desk).read_text(encoding="utf-8") == FILE.replace("M-1", "M-9")
    again = next(one for one in forms(late.text) if one.action == "/do/watch").fields
    assert desk.of("rob").send("/do/watch", {**again, "do": "save"}).status_code == 303
    assert "3A991" in file_of(desk).read_text(encoding="utf-8")


def test_a_new_watch_is_kept_with_its_author_and_edited_there(desk: Desk) -> None:
    text = FILE[FILE.index("[[watch]]") : FILE.index("\n\n# The second")].replace(
        '"first"', '"a new one <b>"'
    )
    page = desk.follow("rob", desk.fill("rob", "/watches/new", "/do/watch", text=text, do="save"))
    assert "a new one &lt;b&gt;" in page
    assert "by rob" in page
    taken = desk.fill("rob", "/watches/new", "/do/watch", text=text, do="save")
    assert taken.status_code == 400
    assert "already" in taken.text
    address = "/watch/a%20new%20one%20%3Cb%3E/edit"
    edited = text_in(desk.read("ada", address)).replace("3A090", "3A091")
    assert "by ada" in desk.follow("ada", desk.fill("ada", address, "/do/watch", text=edited, do="save"))
    assert file_of(desk).read_text(encoding="utf-8") == FILE


def test_whoever_may_not_edit_is_refused(shared: Desk) -> None:
    assert "/edit" not in shared.read("rita", "/watch/first")
    assert shared.of("rita").get("/watch/first/edit").status_code == 403
    assert shared.of("rita").get("/watches/new").status_code == 403
    assert (
        shared.of("rita").send("/do/watch", {"name": "first", "text": "x", "do": "save"}).status_code == 403
    )
    assert shared.of("rob").get("/watch/none/edit").status_code == 404
    assert file_of(shared).read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_keeps_its_line_ends_its_mark_and_its_rights(tmp_path: Path, bom: bytes, ending: str) -> None:
    file = tmp_path / "two.toml"
    file.write_bytes(bom + FILE.replace("\n", ending).encode())
    file.chmod(0o640)
    for name in ("first", "second"):
        watches, _ = load_watches(file, people=("rob", "rita"), targets=())
        (watch,) = [one for one in watches if one.name == name]
        block = block_of(watch)
        assert with_block(block, block.text, name).encode() == file.read_bytes().removeprefix(bom), (
            "nothing edited is nothing changed"
        )
        save(
            file,
            with_block(block, block.text.replace("3A090", "3A991").replace("4A090", "4A994"), name),
            seen=block.seen,
        )
    assert (
        file.read_bytes()
        == bom + FILE.replace("3A090", "3A991").replace("4A090", "4A994").replace("\n", ending).encode()
    )
    assert file.stat().st_mode & 0o777 == 0o640
    with pytest.raises(BadInput, match="edited since it was shown"):
        save(file, "", seen=hashlib.sha256(b"another").hexdigest())
