"""What every executor is held against."""

from __future__ import annotations

import pytest

from tests.tocsin.executors.backfilled import Rows, archive_of
from tocsin.executors.serial import Serial


@pytest.fixture(scope="package")
def serial(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The archive that one process makes."""
    return archive_of(tmp_path_factory.mktemp("serial") / "archive", Serial())
