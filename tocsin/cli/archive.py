"""Reading the archive: ``show``, ``diff``, ``export``; and ``audit``, which reads one file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from archive import editions
from archive.errors import BadInput
from archive.identifiers import split_address
from archive.records import Expression, Fact, Provision
from archive.shared_scope import statement
from archive.store import Archive
from archive.vocabulary.nearest import nearest
from diffing.render.plain import plain
from normalize import reading as readers
from normalize.profile import Hints
from normalize.provisions_format import write_provisions
from tocsin.cli import terminal
from tocsin.cli.setup import day, reading, with_config
from tocsin.comparison import compared


@click.command()
@click.argument("address", metavar="WORK[#EID]")
@click.option("--on", callback=day, metavar="DATE", help="As it stood on that day; else the latest edition.")
@with_config
def show(address: str, on: date | None, config_path: str | None) -> None:
    """Print a work, or one provision of it with all that is under it."""
    work, eid = split_address(address)
    with reading(config_path) as (_, archive):
        for expression in _expressions(archive, work, on):
            found = _under(expression, _dotted(eid)) if eid else expression.provisions
            if eid and not found:
                continue
            click.echo(f"{expression.work}  {expression.title}  (edition of {expression.as_of})")
            for line in terminal.tree(found):
                click.echo(line)
            if eid:
                return
    if eid:
        raise BadInput(f"there is no {eid!r} in it", thing=work, mend="'tocsin show WORK' prints the eids")


@click.command()
@click.argument("work")
@click.argument("old", callback=day)
@click.argument("new", callback=day)
@with_config
def diff(work: str, old: date, new: date, config_path: str | None) -> None:
    """Print what changed in WORK between the editions in force on two dates, OLD and NEW."""
    with reading(config_path) as (_, archive):
        before = {expression.work: expression for expression in _expressions(archive, work, old)}
        for after in _expressions(archive, work, new):
            earlier = before.get(after.work)
            if earlier is None:
                click.echo(f"{after.work}: no edition is held on {old}")
                continue
            if earlier.recipe != after.recipe:
                raise BadInput(
                    f"its editions were read by {earlier.recipe} and {after.recipe}",
                    thing=after.work,
                    mend="The next run reads the older one anew",
                )
            changes = compared(earlier, after)
            click.echo(f"{after.work}: {earlier.as_of} → {after.as_of}, {terminal.count(changes)}")
            if left_out := _left_out(archive, earlier, after):
                click.echo(f"not compared: {left_out.value} ({left_out.words})")
            for change in changes:
                click.echo(f"\n{terminal.label(change)}\n{plain(change)}")


def _left_out(archive: Archive, earlier: Expression, after: Expression) -> Fact | None:
    held = editions.editions(archive, after.work, language=after.language)
    printed = next((edition.scope for edition in held if edition.as_of == after.as_of), ())
    return statement(earlier.scope, printed, [one.eid for one in after.provisions])


@click.command()
@click.argument("work", required=False, default="")
@click.option("--on", callback=day, metavar="DATE", help="As it stood on that day; else the latest edition.")
@click.option("--format", "form", type=click.Choice(["provisions"]), default="provisions", show_default=True)
@with_config
def export(work: str, on: date | None, form: str, config_path: str | None) -> None:
    """Write every provision of WORK (of all works without one) in the neutral form, one JSON object a line."""
    del form
    with reading(config_path) as (_, archive):
        for expression in _expressions(archive, work, on):
            for line in write_provisions(expression.provisions, expression.language):
                sys.stdout.write(line)


@click.command()
@click.option("--source", required=True, metavar="ID", help="Whose reader is to be tried.")
@click.option(
    "--as-of", callback=day, default="2000-01-01", metavar="DATE", help="The edition's date, if it matters."
)
@click.argument("file", type=click.Path(path_type=Path))
def audit(source: str, as_of: date, file: Path) -> None:
    """Account for each character of FILE: provisions, declared discards, leftovers. Exit status 1 where there is a leftover."""
    found = readers.read(source, body_of(file), Hints(as_of=as_of, document=str(file)))
    for expression in found.expressions:
        provisions = list(expression.walk())
        characters = sum(len(one.num) + len(one.heading) + len(one.text) for one in provisions)
        click.echo(f"{expression.work}: {len(provisions):,} provisions, {characters:,} characters")
    for discard in found.discards:
        click.echo(f"discarded by {discard.rule} at {discard.place}: {discard.text!r}")
    for remark in found.remarks:
        click.echo(f"remark at {remark.place}: {remark.message}")
    for leftover in found.leftovers:
        click.echo(f"leftover at {leftover.place}: {leftover.text!r}")
    click.echo(f"leftover: {sum(len(leftover.text) for leftover in found.leftovers):,} characters")
    if found.leftovers:
        raise click.exceptions.Exit(1)


def body_of(file: Path) -> bytes:
    """The bytes of a file a person named; raises ``BadInput``."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(
            (error.strerror or str(error)).lower(), thing=str(file), mend="Name a file that can be read"
        ) from None


def _expressions(archive: Archive, work: str, on: date | None) -> Iterator[Expression]:
    """The editions of a work and of the works below it, in force on a day or the latest."""
    paths = [row.path for row in editions.works(archive, work)]
    if not paths:
        known = [row.path for row in editions.works(archive)]
        raise BadInput(
            "the archive holds no such work",
            thing=work or str(archive.folder),
            mend=f"The nearest is {nearest(work, known)!r}"
            if known
            else "Run 'tocsin run --once' or 'tocsin ingest' first",
        )
    found = False
    for path in paths:
        expression = editions.expression(archive, path, on=on)
        if expression is not None:
            found = True
            yield expression
    if not found:
        first = min(edition.as_of for path in paths for edition in editions.editions(archive, path))
        raise BadInput(f"no edition of it is held on {on}", thing=work, mend=f"The oldest one is of {first}")


def _under(expression: Expression, eid: str) -> tuple[Provision, ...]:
    return tuple(provision for provision in expression.walk() if provision.eid == eid)


def _dotted(eid: str) -> str:
    """``744.11(c)(1)`` → ``744.11.c.1``: people cite with brackets (docs/adr/0003)."""
    return eid.replace(")(", ".").replace("(", ".").replace(")", "")
