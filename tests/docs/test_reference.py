"""The reference says what the code says, and every page of the documentation can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tocsin.manual.pages import PAGES

DOCS = Path(__file__).resolve().parents[2] / "docs"
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_of_the_reference_is_as_the_code_writes_it(name: str) -> None:
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), f"docs/reference/{name} is old: make reference"


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: str(page.relative_to(DOCS)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).resolve().exists(), f"{page.name} links to {target}"


def test_every_page_is_reached_from_the_first() -> None:
    reached, ahead = set(), [DOCS / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        links = LINK.findall(page.read_text(encoding="utf-8"))
        ahead += [(page.parent / target).resolve() for target in links if "://" not in target]
    assert {page.resolve() for page in DOCS.rglob("*.md")} <= reached
