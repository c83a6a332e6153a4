"""The command line: one file a topic, no logic but that of asking and telling."""

from __future__ import annotations

import sys

import click

from archive.errors import TocsinError
from tocsin import __version__
from tocsin.cli import archive as archive_commands
from tocsin.cli.amendments import command as amendments
from tocsin.cli.calendar import command as calendar
from tocsin.cli.captures import command as captures
from tocsin.cli.changes import command as changes
from tocsin.cli.coverage import backfill_command, coverage_command
from tocsin.cli.crawl import command as run
from tocsin.cli.demo import command as demo
from tocsin.cli.events import command as events
from tocsin.cli.ingest import command as ingest
from tocsin.cli.init import command as init
from tocsin.cli.serve import command as serve
from tocsin.cli.sources import command as sources
from tocsin.cli.touches import command as touches
from tocsin.cli.trial import command as crawl
from tocsin.cli.watch import command as watch


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="tocsin")
@click.option("--config", metavar="FILE", help="The configuration; else TOCSIN_CONFIG, else ./tocsin.toml.")
@click.pass_context
def cli(context: click.Context, config: str | None) -> None:
    """Watch export-control and AI regulation: what changed, does it touch us, since when, how do you know."""
    context.obj = config


for command in (
    init,
    run,
    ingest,
    changes,
    calendar,
    archive_commands.show,
    archive_commands.diff,
    archive_commands.audit,
    archive_commands.export,
    archive_commands.health,
    captures,
    sources,
    crawl,
    coverage_command,
    backfill_command,
    touches,
    amendments,
    events,
    watch,
    serve,
    demo,
):
    cli.add_command(command)


def main() -> None:
    """The entry point. What a person has to know is one line on stderr, and the exit status says whose turn it is."""
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
    else:  # click answers the status of an Exit here, and None where a command simply ended
        sys.exit(status)
