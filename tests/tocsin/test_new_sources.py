"""A source that is not there yet is begun by a command, works as it is, and is found where its package is installed."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.replica.server import Replica
from tests.sources.web_page.replica import DAY, GUIDANCE, page, server
from tests.tocsin.program import ROOT, Installation, install

LANDMARK = "Guidance on invented licences"
NEW = ("--url", f"https://{GUIDANCE}", "--landmark", LANDMARK)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder from which Python imports, as site-packages is one."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def place_of(folder: Path, replica: Replica, site: Path) -> Installation:
    return install(
        folder / "tocsin",
        TOCSIN_HOSTS=json.dumps(replica.hosts),
        TOCSIN_NOW=f"{DAY}T12:00:00+00:00",
        PYTHONPATH=f"{ROOT}:{site}",
    )


def put(site: Path, package: Path, name: str) -> None:
    """What an installer does with the package: its module, and a dist-info with its entry points."""
    shutil.copy(package / f"{name}.py", site)
    project = tomllib.loads((package / "pyproject.toml").read_text())["project"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    lines = [
        f"[{group}]\n" + "\n".join(f"{key} = {value}" for key, value in rows.items())
        for group, rows in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def test_a_page_is_watched_by_one_command(tmp_path: Path, site: Path) -> None:
    with server() as replica:
        place = place_of(tmp_path, replica, site)
        config = place.folder / "tocsin.toml"
        before = config.read_text()
        place.run(
            "sources", "new", "page", f"https://{GUIDANCE}", "--landmark", LANDMARK, "--selector", "main"
        )
        assert config.read_text().startswith(before.rstrip())
        assert f"{GUIDANCE} of {DAY}" in place.run("crawl", "web_page", "--dry-run").stdout
        wrong = place.run("sources", "new", "page", "http://example", "--landmark", LANDMARK, status=2)
        twice = place.run("sources", "new", "page", f"https://{GUIDANCE}", "--landmark", LANDMARK, status=2)
    assert "is no address" in wrong.stderr
    assert "is named twice" in twice.stderr
    assert (
        config.read_text().count("[[sources.web_page.pages]]")
        == before.count("[[sources.web_page.pages]]") + 1
    )


def test_a_package_works_as_it_is_written_and_is_found_where_it_is_installed(
    tmp_path: Path, site: Path
) -> None:
    with server() as replica:
        place = place_of(tmp_path, replica, site)
        place.run("sources", "new", "package", "zz_bureau", *NEW, "--out", "package")
        assert (
            "is there already"
            in place.run("sources", "new", "package", "zz_bureau", *NEW, "--out", "package", status=2).stderr
        )
        assert "zz_bureau" not in place.run("sources").stdout
        put(site, place.folder / "package", "zz_bureau")
        assert "zz_bureau" in place.run("sources").stdout
        (place.folder / "tocsin.toml").write_text("[sources.zz_bureau]\npace = 200.0\n")
        place.watch(bureau={"sources": ["zz_bureau"]})
        assert "read alike" in place.run("sources", "check", "zz_bureau").stdout
        place.run("run", "--once", "--source", "zz_bureau")
        replica.pages[GUIDANCE] = page(
            LANDMARK,
            "A licence for a part of kind 1001 is asked for by form 13.",
            "The answer comes within 30 days.",
        )
        place.environment["TOCSIN_NOW"] = "2026-03-04T12:00:00+00:00"
        place.run("run", "--once", "--source", "zz_bureau")
        (change,) = place.changes()
    assert "form 13" in change["text_after"]
    assert [alert["watch"] for alert in place.alerts()] == ["bureau"]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise OSError('broken')", "broken"),
        ("CARD = 1", "is no SourceCard"),
        ("from crawlers.sources.us_csl import CARD", "says that it is 'us_csl'"),
    ],
)
def test_a_source_of_others_that_is_broken_is_left_out_and_said(
    tmp_path: Path, site: Path, module: str, said: str
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "zz_bad.py").write_text(module + "\n")
    (package / "pyproject.toml").write_text(
        '[project]\nname = "bad"\nversion = "1"\n[project.entry-points."tocsin.sources"]\nzz_bad = "zz_bad:CARD"\n'
    )
    put(site, package, "zz_bad")
    with server() as replica:
        listed = place_of(tmp_path, replica, site).run("sources")
    assert "zz_bad" not in listed.stdout
    assert "us_csl" in listed.stdout
    assert "source zz_bad of bad is left out" in listed.stderr
    assert said in listed.stderr
