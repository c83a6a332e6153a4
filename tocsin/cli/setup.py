"""What commands share: finding the configuration, opening the archive, reading a date."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from archive.errors import BadInput
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.config import Config, find, load
from tocsin.executors import FORMS

Command = TypeVar("Command", bound=Callable[..., Any])


def with_config(command: Command) -> Command:
    """The ``--config`` option of a command; the group has it too, and the nearer one wins."""
    return click.option("--config", "config_path", metavar="FILE", help="The configuration file.")(command)


def with_executor(command: Command) -> Command:
    """The ``--executor`` option of a command that reads and compares many documents."""
    return click.option(
        "--executor",
        default="serial",
        show_default=True,
        metavar="WHERE",
        help=f"Who reads and compares: {FORMS}. The archive is the same with each.",
    )(command)


def configured(config_path: str | None) -> Config:
    """The configuration of this invocation."""
    context = click.get_current_context()
    return load(find(config_path or context.find_root().obj), known_sources=tuple(source_cards()))


@contextmanager
def reading(config_path: str | None) -> Iterator[tuple[Config, Archive]]:
    """The configuration and its archive, opened for reading only."""
    config = configured(config_path)
    with Archive.open(config.archive, read_only=True) as archive:
        yield config, archive


def write_file(output: Path, data: bytes, mend: str) -> None:
    """Write a file that a person named, whole or not at all: what was there stays until all of the new one is on the disk. Raises ``BadInput`` that says
    why it cannot be written, and the ``mend``."""
    with written(output, mend):
        if output.exists() and not output.is_file():  # a pipe, a terminal
            output.write_bytes(data)
        else:
            _replace(output.resolve(), data)


@contextmanager
def written(output: Path, mend: str) -> Iterator[None]:
    """The same of a file that is written in a way of its own."""
    try:
        yield
    except OSError as error:
        raise BadInput(
            f"it cannot be written ({error.strerror or type(error).__name__})", thing=str(output), mend=mend
        ) from None


def _replace(output: Path, data: bytes) -> None:
    part = output.with_name(f".{output.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if output.exists():
            shutil.copymode(output, part)
        part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def day(_context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A click callback: an ISO date, or ``BadInput`` that says how one is written."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadInput(
            f"{value!r} is not a date",
            thing=f"--{parameter.name}".replace("_", "-"),
            mend="Write it like 2026-06-18",
        ) from None
