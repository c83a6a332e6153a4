"""Every format of a digest: sound, escaped, complete or saying what it leaves out, and the same bytes each time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pypdfium2
import pytest

from archive import codec
from tests.tocsin.digest.made import LIST, MONDAY, digest_of, empty, instant, later, needs_pango, take, text
from tocsin.digest.formats import FORMATS
from tocsin.digest.kept import content_of
from tocsin.digest.records import Digest
from tocsin.digest.templating import MAILED, Manner

BEFORE, DAY = MONDAY - timedelta(days=10), MONDAY + timedelta(days=1)
HOSTILE = "Limit <script>alert(1)</script> {{ 7*7 }} *bold* `code` | cell & \u202etxt.exe 2400"
MANNER = Manner(address="https://tocsin.example.org")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    long = " ".join(f"Clause {number} on records." for number in range(400))
    rule = text(LIST, BEFORE, HOSTILE.replace("2400", "4800"), "Kept.", title="<b>A list</b> & more")
    law = text("jp/law/1", BEFORE, "第一条　四八〇〇以上のもの", language="ja", title="輸出貿易管理令")
    with empty(tmp_path_factory.mktemp("formats")) as archive:
        take(archive, instant(BEFORE), rule)
        take(archive, instant(BEFORE), law, source="jp_egov")
        take(archive, instant(DAY), later(rule, DAY, HOSTILE, "Kept.", long))
        take(archive, instant(DAY), later(law, DAY, "第一条　二四〇〇以上のもの"), source="jp_egov")
        return digest_of(archive)


def made(digest: Digest, form: str, manner: Manner = MANNER) -> bytes:
    return FORMATS[form][1](digest, manner)


@pytest.mark.parametrize("form", ["html", "mail.html"])
def test_html_is_valid_and_no_text_of_a_source_is_markup(digest: Digest, form: str) -> None:
    page = made(digest, form).decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "49" not in page.partition("Limit")[2][:80]
    assert "\u202e" not in page
    assert "<b>A list" not in page


def test_a_mail_has_no_style_sheet_and_says_in_words_what_was_struck(digest: Digest) -> None:
    page = made(digest, "mail.html").decode()
    assert "<style" not in page
    assert "line-through" in page
    plain = made(digest, "mail.txt").decode()
    assert "[-4800-]" in plain
    assert "[+2400+]" in plain


def test_markdown_escapes_what_markdown_acts_upon(digest: Digest) -> None:
    said = made(digest, "md").decode()
    assert r"\<script\>" in said
    assert r"\*bold\*" in said
    assert r"\| cell" in said
    assert "~~4800~~" in said
    assert "**2400**" in said


def test_what_is_cut_is_said_with_a_link_to_the_whole(digest: Digest) -> None:
    (item,) = [item for step in digest.steps for item in step.items if item.cut]
    for form in ("html", "md", "mail.txt"):
        said = made(digest, form).decode()
        assert f"{item.cut:,} changed characters are not shown here." in said
        assert f"https://tocsin.example.org/change/{item.id}" in said


def test_a_mail_of_many_changes_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    many = MAILED + 7
    rule = text(LIST, BEFORE, *(f"Limit of kind {number}: 100 units." for number in range(many)))
    with empty(tmp_path) as archive:
        take(archive, instant(BEFORE), rule)
        take(
            archive,
            instant(DAY),
            later(rule, DAY, *(f"Limit of kind {number}: 90 units." for number in range(many))),
        )
        digest = digest_of(archive)
    assert digest.substantive == many
    plain = made(digest, "mail.txt").decode()
    assert plain.count("Decision: not decided") == MAILED
    assert "and 7 more" in plain


def test_docx_has_tracked_changes_that_accept_to_the_new_and_reject_to_the_old_words(digest: Digest) -> None:
    with zipfile.ZipFile(io.BytesIO(made(digest, "docx"))) as packed:
        assert packed.testzip() is None
        body = ET.fromstring(packed.read("word/document.xml"))
    paragraphs = [one for one in body.iter(f"{_W}p") if _style(one) == "Redline"]
    items = [item for step in digest.steps for item in step.items]
    assert len(paragraphs) == len(items)
    for paragraph, item in zip(paragraphs, items, strict=True):
        shown = {"=": "", "+": "", "-": ""}
        for child in paragraph:
            sign = {f"{_W}ins": "+", f"{_W}del": "-", f"{_W}r": "="}.get(child.tag)
            if sign is not None:
                shown_text = "".join(
                    one.text or "" for one in child.iter() if one.tag in (f"{_W}t", f"{_W}delText")
                )
                for side in "+-" if sign == "=" else sign:
                    shown[side] += shown_text
        assert shown["+"] == item.change.text_after.replace("\n", "")
        assert shown["-"] == item.change.text_before.replace("\n", "")
    marks = [one for one in body.iter() if one.tag in (f"{_W}ins", f"{_W}del")]
    assert {one.get(f"{_W}author") for one in marks} == {"tocsin"}
    assert {one.get(f"{_W}date") for one in marks} == {f"{DAY}T00:00:00Z"}
    assert len({one.get(f"{_W}id") for one in marks}) == len(marks)


def _style(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


@needs_pango
def test_docx_and_pdf_are_the_same_bytes_in_another_process_at_another_time(
    digest: Digest, tmp_path: Path
) -> None:
    (tmp_path / "digest.json").write_text(content_of(digest))
    script = (
        "import sys, pathlib\nfrom archive import codec\nfrom tocsin.digest.records import Digest\n"
        "from tocsin.digest.formats import FORMATS\nfrom tocsin.digest.templating import Manner\n"
        "digest = codec.loads(pathlib.Path(sys.argv[1], 'digest.json').read_text(), Digest)\n"
        "for form, (name, made) in FORMATS.items():\n"
        "    pathlib.Path(sys.argv[1], name).write_bytes(made(digest, Manner(address='https://tocsin.example.org')))\n"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=root, check=True)
    assert codec.loads((tmp_path / "digest.json").read_text(), Digest) == digest
    for form, (name, _) in FORMATS.items():
        assert (tmp_path / name).read_bytes() == made(digest, form), form


@needs_pango
def test_a_pdf_says_the_words_of_the_law_in_their_script_and_numbers_its_pages(digest: Digest) -> None:
    document = pypdfium2.PdfDocument(made(digest, "pdf"))
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    whole = "\n".join(pages)
    assert "2400" in whole
    assert "Page 1 of" in pages[0]
    assert "was decided by nobody" in pages[0] or "were decided by nobody" in pages[0]


def test_the_digest_speaks_the_language_that_is_asked_for_and_leaves_the_law_as_it_is(digest: Digest) -> None:
    page = made(digest, "html", Manner(language="ja")).decode()
    assert '<html lang="ja">' in page
    assert "二四〇〇" in page
