"""``tocsin touches``: what any text touches, as JSON. Needs no configuration."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from archive.errors import BadInput
from diffing.touches.engine import touches_in_text

_FIELDS = ("type", "id", "regime", "excluded", "role", "via", "confidence", "start", "end")


@click.command(name="touches")
@click.option(
    "--source", default="", metavar="ID", help="The source the text is of; it decides whose law a code is."
)
@click.option(
    "--lang",
    "language",
    default="",
    metavar="L",
    help="en, de, fr, ja, zh, zh-Hant; else told by script and words.",
)
@click.option(
    "--on",
    "day",
    default="",
    metavar="DATE",
    help="The day for which country groups are resolved, like 2026-06-18.",
)
@click.argument("file", metavar="FILE|-")
def command(source: str, language: str, day: str, file: str) -> None:
    """Print what the text of FILE (- for standard input) touches: control numbers, countries, technologies, dates."""
    touches = touches_in_text(_text(file), source=source, language=language, on=_day(day))
    rows = [{name: getattr(touch, name) for name in _FIELDS} for touch in touches]
    click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode())


def _text(file: str) -> str:
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInput(
            (error.strerror or "cannot be read").lower(),
            thing=file,
            mend="Name a readable file, or - for standard input",
        ) from None
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            "is not UTF-8 text",
            thing=file,
            place=f"byte {error.start}",
            mend="Convert it, for example with iconv -t UTF-8",
        ) from None


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return datetime.strptime(said, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        raise BadInput(f"{said!r} is not a date", thing="--on", mend="Write it like 2026-06-18") from None
