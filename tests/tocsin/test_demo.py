"""The demonstration."""

from __future__ import annotations

from pathlib import Path

from tests.tocsin.program import tocsin


def test_the_demonstration_prints_an_alert_a_redline_and_an_address(tmp_path: Path) -> None:
    done = tocsin("demo", "--folder", str(tmp_path), environment={"TOCSIN_SERVE": "0"})
    assert done.returncode == 0, done.stderr
    assert "[-4800-] [+2400+]" in done.stdout
    assert "Thailand" in done.stdout
    assert "http://127.0.0.1:" in done.stdout.splitlines()[-1]
    again = tocsin("changes", "--json", folder=tmp_path)
    assert again.returncode == 0
    assert again.stdout.count('"materiality":"substantive"') == 3
