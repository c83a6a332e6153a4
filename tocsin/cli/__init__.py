"""The command line: one file a topic, no logic but that of asking and telling."""

from __future__ import annotations

import importlib
import sqlite3
import sys

import click

from archive.disk import disk_failed
from archive.errors import StorageFailed, TocsinError
from tocsin import __version__

# A command's file is imported when it is asked for: to tell how the sources fare, no differ and no mail program has to start.
COMMANDS = {
    "init": "init:command",
    "run": "crawl:command",
    "ingest": "ingest:command",
    "changes": "changes:command",
    "calendar": "calendar:command",
    "feed": "feed:command",
    "digest": "digest:command",
    "review": "review:command",
    "show": "archive:show",
    "diff": "archive:diff",
    "audit": "archive:audit",
    "verify": "keep:verify",
    "evidence": "evidence:command",
    "backup": "keep:backup",
    "restore": "keep:restore",
    "export": "archive:export",
    "health": "health:health",
    "metrics": "health:metrics",
    "retain": "retain:command",
    "config": "config:command",
    "doctor": "doctor:command",
    "captures": "captures:command",
    "sources": "sources:command",
    "crawl": "trial:command",
    "coverage": "coverage:coverage_command",
    "certificate": "certificate:command",
    "backfill": "coverage:backfill_command",
    "touches": "touches:command",
    "amendments": "amendments:command",
    "events": "events:command",
    "alerts": "alerts:command",
    "watch": "watch:command",
    "serve": "serve:command",
    "password": "password:command",
    "demo": "demo:command",
}

IN_THE_BACKGROUND = ("run", "backfill", "ingest")
"""Commands that crawl, read and compare for minutes or hours: they give way to people who read (``tocsin.service.yielding``)."""


class Topics(click.Group):
    """The group of all commands, each in the file of its topic."""

    is_program = False
    """Whether this process is there for the command alone: a priority that is lower stays so."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        topic, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(f"{__name__}.{topic}"), name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is to be run now."""
        name, found, rest = super().resolve_command(ctx, args)
        if self.is_program and name in IN_THE_BACKGROUND:
            from tocsin.service.yielding import give_way

            give_way()
        return name, found, rest


@click.group(cls=Topics, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="tocsin")
@click.option("--config", metavar="FILE", help="The configuration; else TOCSIN_CONFIG, else ./tocsin.toml.")
@click.pass_context
def cli(context: click.Context, config: str | None) -> None:
    """Watch export-control and AI regulation: what changed, does it touch us, since when, how do you know."""
    context.obj = config


def _of_the_disk(error: OSError | sqlite3.DatabaseError) -> StorageFailed | None:
    """What a disk did to a command, for people; None for a mistake of ours, whose traceback is what is needed."""
    if isinstance(error, sqlite3.DatabaseError):
        from archive.databases import storage_failed

        return storage_failed(error, "the archive")
    return disk_failed(error)


def main() -> None:
    """The entry point. What a person has to know is one line on stderr, and the exit status says whose turn it is."""
    cli.is_program = True
    try:
        status = cli.main(prog_name="tocsin", standalone_mode=False)
    except TocsinError as error:
        click.echo(f"tocsin: {error.line()}", err=True)
        sys.exit(error.exit_status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("tocsin: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(141)
    except (OSError, sqlite3.DatabaseError) as error:
        failed = _of_the_disk(error)
        if failed is None:
            raise
        click.echo(f"tocsin: {failed.line()}", err=True)
        sys.exit(failed.exit_status)
    else:  # click answers the status of an Exit here, and None where a command simply ended
        sys.exit(status)
