"""What a check finds, and what it is given to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tocsin.config import Config

OK, WARNING, FAILURE, SKIPPED = "ok", "warning", "failure", "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a check found: ``state`` is ok, warning (it works, but not as it should), failure (it will not work) or skipped; ``mend`` says what to do."""

    state: str
    said: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One installation: its configuration and the file of it, the environment, and whether the network may be asked and messages sent."""

    config: Config
    file: Path
    environment: Mapping[str, str]
    is_offline: bool = False
    is_sending: bool = False


def ok(said: str) -> Found:
    """All is well."""
    return Found(state=OK, said=said)


def warning(said: str, mend: str) -> Found:
    """It works, but not as it should."""
    return Found(state=WARNING, said=said, mend=mend)


def failure(said: str, mend: str) -> Found:
    """It will not work."""
    return Found(state=FAILURE, said=said, mend=mend)


def skipped(said: str) -> Found:
    """It was not looked at."""
    return Found(state=SKIPPED, said=said)
