"""``tocsin digest`` as a person runs it: built, built again after more has come, listed, shown, sent once."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.corpus import corpus_file
from tests.tocsin.digest.made import needs_pango
from tests.tocsin.program import Installation, install

pytestmark = needs_pango

ECFR = "files/www.ecfr.gov/ecfr"
WORK = "us/cfr/15/774/supp-1"
FIRST, SECOND, THIRD = date(2031, 2, 24), date(2031, 3, 4), date(2031, 3, 12)
FILES = ("digest.docx", "digest.html", "digest.md", "digest.pdf", "mail.html", "mail.txt")


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return install(tmp_path / "tocsin", TOCSIN_HOSTS='{"www.ecfr.gov": "http://127.0.0.1:9"}')


def at(place: Installation, instant: str) -> None:
    place.environment["TOCSIN_NOW"] = instant


def provisions(place: Installation, day: date, *texts: str) -> None:
    """Hand in an edition of a small list in the neutral form, on its day."""
    lines = [
        {"eid": f"3A{number:03}", "unit": "entry", "num": f"3A{number:03}", "text": text}
        for number, text in enumerate(texts, 1)
    ]
    file = place.folder / f"{day}.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    at(place, f"{day}T09:00:00+00:00")
    place.run("ingest", "--format", "provisions", "--work", WORK, "--as-of", str(day), str(file))


def built(place: Installation, week: str, folder: str, *formats: str) -> dict[str, bytes]:
    chosen = [part for form in formats for part in ("--format", form)]
    place.run("digest", "build", "--week", week, "--to", folder, *chosen)
    return {path.name: path.read_bytes() for path in sorted((place.folder / folder).iterdir())}


def test_a_digest_is_built_built_again_after_a_later_edition_listed_shown_and_sent_once(
    place: Installation,
) -> None:
    provisions(place, FIRST, "A limit of 4800 units.", "Kept.")
    provisions(place, SECOND, "A limit of 2400 units to Thailand.", "Kept.")
    at(place, "2031-03-10T08:00:00+00:00")
    first = built(place, "2031-W10", "first")
    assert tuple(first) == FILES
    provisions(place, THIRD, "No limit.", "Kept, and more.")
    at(place, "2031-03-17T08:00:00+00:00")
    again = built(place, "2031-W10", "again")
    assert again == first
    at_home = place.run("digest", "build", "--format", "md").stdout
    assert at_home.split() == [str(place.folder / "digests" / "2031-W11" / "digest.md")]

    listed = place.run("digest", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["2031-W10", "2031-W11"]
    shown = place.run("digest", "show", "2031-W10").stdout
    assert shown == first["digest.md"].decode()
    assert "Thailand" in shown
    version = listed[0].split()[1]
    assert place.run("digest", "show", version, "--format", "mail.txt").stdout == first["mail.txt"].decode()

    (place.folder / "tocsin.toml").write_text('[digest]\nlist = ["file:digests.jsonl"]\n')
    place.run("digest", "send", "2031-W10")
    place.run("digest", "send", version)
    (sent,) = place.alerts("digests.jsonl")
    assert sent["title"] == "Weekly digest 2031-W10"
    assert sent["body"] == first["mail.txt"].decode()
    after = built(place, "2031-W10", "after", "html", "mail.txt")
    assert after == {name: first[name] for name in after}


def test_what_cannot_be_built_or_sent_is_said_with_the_mend(place: Installation) -> None:
    provisions(place, FIRST, "A limit of 4800 units.")
    for arguments, said in (
        (("build", "--week", "soon"), "is not a week"),
        (("build", "--week", "2031-W09", "--as-known", "2031-02-25"), "not an instant"),
        (("build", "--week", "2032-W01"), "has not begun"),
        (("show", "2031-W01"), "digest list"),
        (("send",), "digest.list"),
        (("send", "--target", "file:x.jsonl"), "digest list"),
    ):
        assert said in place.run("digest", *arguments, status=2).stderr


def test_the_week_of_10_cfr_810_names_thailand_and_that_of_part_744_counts_173_editorial_rows(
    place: Installation,
) -> None:
    editions = [
        ("2026-03-26", "2026-03-25", "title-10_part-810"),
        ("2026-03-27", "2026-03-25", "title-15_part-744"),
        ("2026-06-18", "2026-06-18", "title-10_part-810"),
        ("2026-07-18", "2026-07-18", "title-15_part-744"),
    ]
    weeks: dict[str, dict[str, bytes]] = {}
    for seen, day, part in editions:
        file = corpus_file(f"{ECFR}/{part}.en.{day}.xml")
        at(place, f"{seen}T09:00:00+00:00")
        place.run("ingest", "--source", "us_ecfr", "--as-of", day, str(file))
        year, week, _ = date.fromisoformat(seen).isocalendar()
        at(place, f"{date.fromisocalendar(year, week, 1) + timedelta(days=7)}T08:00:00+00:00")
        if week > 20:
            weeks[f"{year}-W{week}"] = built(place, f"{year}-W{week}", f"w{week}", "html", "docx")
    thailand, rows = (weeks[week]["digest.html"].decode() for week in ("2026-W25", "2026-W29"))
    assert "<ins>Thailand</ins>" in thailand
    assert "Thailand" in thailand.partition("</nav>")[0], "the first page says what nobody decided"
    assert "Thailand" not in rows
    assert "No substantive change became known in this week." in rows
    assert re.search(r'<a href="http://[^"]+transition=[0-9a-f]+&amp;all=1">173 editorial</a>', rows)
    for page in (thailand, rows):
        assert "1 of 1" in page.partition('id="coverage"')[2]
        assert "Electronic Code of Federal Regulations" in page
    at(place, "2026-08-01T08:00:00+00:00")
    for week, before in weeks.items():
        assert built(place, week, f"{week} again", "html", "docx") == before
