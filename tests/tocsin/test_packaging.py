"""The distribution: its packages have common names, so nobody else's may stand in their place; the wheel has its data files."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


@pytest.mark.parametrize("name", PACKAGES)
def test_each_package_is_ours_and_nobody_elses(name: str) -> None:
    module = importlib.import_module(name)
    assert Path(str(module.__file__)).parent.parent == ROOT
    assert set(packages_distributions().get(name, ["tocsin"])) == {"tocsin"}


def test_what_is_imported_is_declared() -> None:
    names = {
        "beautifulsoup4": "bs4",
        "google-re2": "re2",
        "pyahocorasick": "ahocorasick",
        "python-docx": "docx",
    }
    declared = {
        names.get(found, found.replace("-", "_"))
        for found in (re.split(r"[<>=]", line)[0] for line in PROJECT["project"]["dependencies"])
    }
    imported = set()
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            imported |= set(
                re.findall(r"^(?:import|from) (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
            )
    foreign = imported - set(sys.stdlib_module_names) - set(PACKAGES) - {"the"}
    assert foreign <= declared, foreign - declared


def test_no_file_is_longer_than_a_person_reads() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
