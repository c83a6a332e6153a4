"""``tocsin touches``: what any text touches, as JSON. Needs no configuration."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from archive.errors import BadInput
from archive.store import Archive
from archive.vocabulary.own_terms import read_terms
from diffing.touches.engine import Reference, touches_in_text
from tocsin.cli.setup import configured, with_config
from tocsin.config import find
from tocsin.reference import reference_on

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
@click.option(
    "--terms",
    "terms_file",
    default="",
    metavar="FILE",
    help='Your own terms, a TOML file: "my-topic" = ["a phrase", "another"].',
)
@click.argument("file", metavar="FILE|-")
@with_config
def command(
    source: str, language: str, day: str, terms_file: str, file: str, config_path: str | None
) -> None:
    """Print what the text of FILE (- for standard input) touches: control numbers, countries, technologies, dates.

    Needs no configuration; where there is one, its archive says which countries are behind the country groups named.
    """
    text, on = _text(file), _day(day)
    own = Reference(terms=read_terms(_text(terms_file), thing=terms_file) if terms_file else ())
    touches = touches_in_text(text, source=source, language=language, on=on, reference=own)
    if any(touch.type == "group" and touch.regime == "ear" for touch in touches):
        reference = replace(own, groups=_reference(config_path, on).groups)
        if reference.groups:
            touches = touches_in_text(text, source=source, language=language, on=on, reference=reference)
        else:
            click.echo(
                "tocsin: the country groups named are not resolved: no archive here holds Supplement No. 1 to part 740",
                err=True,
            )
    rows = [{name: getattr(touch, name) for name in _FIELDS} for touch in touches]
    click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode())


def _reference(config_path: str | None, on: date | None) -> Reference:
    """The groups of the day by the archive of the configuration, if there are any; a configuration asked for by name must be there."""
    named = config_path or click.get_current_context().find_root().obj
    try:
        find(named)
    except BadInput:
        if named:
            raise
        return Reference()
    config = configured(config_path)
    if not (config.archive / "archive.db").is_file():
        return Reference()
    with Archive.open(config.archive, read_only=True) as archive:
        return reference_on(archive, on)


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
