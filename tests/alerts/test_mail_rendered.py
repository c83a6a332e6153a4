"""Mails in a real browser: on a telephone and on a desk nothing stands outside of the page. Looked at by people as well; this keeps it so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from alerts.language import LANGUAGES
from tests.alerts.realistic import ALERTS

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTHS = (360, 1000)
# The mails have no script of their own and run none here: the page around measures them.
PAGE = """<!DOCTYPE html><meta charset="utf-8"><body>{frames}<pre id="told"></pre><script>
onload = () => {{ document.getElementById("told").textContent = JSON.stringify([...document.querySelectorAll("iframe")].map(frame => ({{
  name: frame.title, width: frame.clientWidth, needed: frame.contentDocument.documentElement.scrollWidth,
  least: Math.min(...[...frame.contentDocument.querySelectorAll("th, td")].map(cell => cell.clientWidth), 1000),
  text: frame.contentDocument.body.innerText.length}}))) }}
</script>"""


def measured(mails: dict[str, str], folder: Path) -> list[dict[str, object]]:
    """Of each mail at each width: how wide it is, how wide it had to be, its narrowest cell, and how many characters are seen."""
    frames = "".join(
        f'<iframe title="{name}" sandbox="allow-same-origin" style="width:{width}px;height:900px;border:0" srcdoc="{escape(html)}"></iframe>'
        for name, html in mails.items()
        for width in WIDTHS
    )
    page = folder / "mails.html"
    page.write_text(PAGE.format(frames=frames), encoding="utf-8")
    done = subprocess.run(
        [
            str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=20000", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    told = re.search(r'<pre id="told">(.+?)</pre>', done.stdout, re.DOTALL)
    assert told, "the page was dumped before it was measured"
    found: list[dict[str, object]] = json.loads(unescape(told[1]))
    return found


@pytest.mark.skipif(
    BROWSER is None, reason="no chromium on this machine: the width of mails is measured by one"
)
def test_no_mail_is_wider_than_its_page_and_no_cell_too_narrow_to_read(tmp_path: Path) -> None:
    wide = '<!DOCTYPE html><p style="white-space:nowrap">' + "one line " * 60
    mails = {
        f"{name} {language}": make(language).html for name, make in ALERTS.items() for language in LANGUAGES
    }
    found = measured({"too wide": wide, **mails}, tmp_path)
    assert len(found) == len(WIDTHS) * (1 + len(mails))
    assert all(int(str(one["needed"])) > int(str(one["width"])) for one in found if one["name"] == "too wide")
    for one in found:
        if one["name"] != "too wide":
            assert one["needed"] == one["width"], one
            assert int(str(one["least"])) >= 50, one
            assert int(str(one["text"])) > 300, one
