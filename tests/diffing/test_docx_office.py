"""The Word document in the programs that counsel opens it with: LibreOffice and python-docx."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from archive.records import Change
from diffing.engine import compare
from diffing.render.docx import docx
from tests.labelled import cases

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def told() -> list[Change]:
    """Some changes of every kind and language."""
    return [change for case in cases() for change in compare(case.before, case.after)][::7]


def resolved(data: bytes, *, accept: bool) -> list[str]:
    """The paragraphs of a .docx with all changes accepted, or rejected; empty ones left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        root = ET.fromstring(parts.read("word/document.xml"))
    found = []
    for paragraph in root.iter(f"{_W}p"):
        words = ""
        for child in paragraph:
            if child.tag == f"{_W}r" or child.tag == (f"{_W}ins" if accept else f"{_W}del"):
                for element in child.iter():
                    if element.tag == f"{_W}br":
                        words += "\n"
                    elif element.tag == f"{_W}tab":
                        words += "\t"
                    elif element.tag in (f"{_W}t", f"{_W}delText"):
                        words += element.text or ""
        if words:
            found.append(words)
    return found


def test_libreoffice_reads_every_tracked_change(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer-nogui)")
    changes = told()
    assert len(changes) > 60
    written = docx(changes, title="Redline", at=_AT)
    source, folder = tmp_path / "redline.docx", tmp_path / "read"
    source.write_bytes(written)
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--convert-to", "docx", "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    read = (folder / "redline.docx").read_bytes()
    accepted, rejected = resolved(read, accept=True), resolved(read, accept=False)
    assert accepted == resolved(written, accept=True)
    assert rejected == resolved(written, accept=False)
    for change in changes:
        assert not change.text_after or change.text_after in accepted
        assert not change.text_before or change.text_before in rejected


def test_python_docx_opens_the_document() -> None:
    library = pytest.importorskip("docx", reason="python-docx is not installed")
    document = library.Document(io.BytesIO(docx(told(), title="Redline", at=_AT)))
    assert document.paragraphs[0].text == "Redline"
    assert document.paragraphs[0].style.name == "Title"
    assert len(document.element.body.findall(f".//{_W}ins")) > 20
    assert len(document.element.body.findall(f".//{_W}del")) > 20
