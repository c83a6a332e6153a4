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
from tocsin.config import Config, find
from tocsin.reference import own_reference, reference_on

_HOLDS = {
    "ear": "Supplement No. 1 to part 740",
    "jp": "the appended tables of the Export Trade Control Order",
}
_REGIME_OF = {**dict.fromkeys("ABCDE", "ear"), "輸": "jp"}
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
    config = _config(config_path)
    own = own_reference(config) if config else Reference()
    if terms_file:
        own = replace(own, terms=(*own.terms, *read_terms(_text(terms_file), thing=terms_file)))
    touches = touches_in_text(text, source=source, language=language, on=on, reference=own)
    if any(touch.type == "group" for touch in touches):
        reference = _with_groups(config, own, on)
        touches = touches_in_text(text, source=source, language=language, on=on, reference=reference)
        named = {touch.regime for touch in touches if touch.type == "group"}
        for regime in sorted(named - {_REGIME_OF[name[:1]] for name in reference.sets_on(on)}):
            click.echo(
                f"tocsin: the country groups named are not resolved: no archive here holds {_HOLDS[regime]}",
                err=True,
            )
    rows = [{name: getattr(touch, name) for name in _FIELDS} for touch in touches]
    click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode())


def _config(config_path: str | None) -> Config | None:
    """The configuration, if there is one; one asked for by name must be there."""
    named = config_path or click.get_current_context().find_root().obj
    try:
        find(named)
    except BadInput:
        if named:
            raise
        return None
    return configured(config_path)


def _with_groups(config: Config | None, own: Reference, on: date | None) -> Reference:
    """``own`` with the groups of the day by the archive of the configuration, if it has one."""
    if config is None or not (config.archive / "archive.db").is_file():
        return own
    with Archive.open(config.archive, read_only=True) as archive:
        return reference_on(archive, on, own=own)


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
