"""The demonstration and the schedule's arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import BadInput
from tests.tocsin.program import tocsin
from tocsin.schedule import first_run, trigger


def test_the_demonstration_prints_an_alert_a_redline_and_an_address(tmp_path: Path) -> None:
    done = tocsin("demo", "--folder", str(tmp_path), environment={"TOCSIN_SERVE": "0"})
    assert done.returncode == 0, done.stderr
    assert "[-4800-] [+2400+]" in done.stdout
    assert "Thailand" in done.stdout
    assert "http://127.0.0.1:" in done.stdout.splitlines()[-1]
    again = tocsin("changes", "--json", folder=tmp_path)
    assert again.returncode == 0
    assert again.stdout.count('"materiality":"substantive"') == 3


NOON = datetime(2026, 6, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "last", "due"),
    [
        ("6h", None, NOON),
        ("6h", datetime(2026, 6, 18, 10, tzinfo=UTC), datetime(2026, 6, 18, 16, tzinfo=UTC)),
        ("6h", datetime(2026, 6, 17, 10, tzinfo=UTC), NOON),
        ("0 13 * * *", datetime(2026, 6, 18, 11, tzinfo=UTC), datetime(2026, 6, 18, 13, tzinfo=UTC)),
        ("0 13 * * *", datetime(2026, 6, 17, 11, tzinfo=UTC), NOON),
    ],
)
def test_a_source_is_due_at_once_if_a_run_was_missed(said: str, last: datetime | None, due: datetime) -> None:
    assert first_run(last, trigger(said, thing="test"), NOON) == due


@pytest.mark.parametrize("said", ["", "6", "0h", "often", "61 * * * *"])
def test_what_is_no_cadence_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match=r"sources\.x\.every"):
        trigger(said, thing="sources.x.every")
