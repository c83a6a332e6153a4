"""Every command with its arguments and options, as ``--help`` says them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tocsin.cli import cli
from tocsin.manual.markdown import code, page, prose, table


def commands() -> str:
    """The page."""
    root = click.Context(cli, info_name="tocsin")
    parts = [part for name in cli.list_commands(root) for part in _described(cli, root, name)]
    return page(
        "Commands",
        "`tocsin --config FILE COMMAND …` names the configuration; else it is that of `TOCSIN_CONFIG`, else `tocsin.toml` in the working directory.",
        "Exit status 0: done. 1: a goal was not reached, and it is said which. 2: bad input; one line names the file, the place and the mend, "
        "and nothing was written.",
        *parts,
    )


def _described(group: click.Group, context: click.Context, name: str) -> Iterator[str]:
    command = group.get_command(context, name)
    assert command is not None
    inner = click.Context(command, info_name=name, parent=context)
    depth = len(inner.command_path.split())
    yield f"{'#' * depth} {inner.command_path}"
    yield f"```\n{inner.command_path} {' '.join(command.collect_usage_pieces(inner))}\n```"
    yield prose(command.help)
    yield table(("option", "meaning"), list(_options(command, inner)))
    if isinstance(command, click.Group):
        for below in command.list_commands(inner):
            yield from _described(command, inner, below)


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record and isinstance(parameter, click.Option) and not parameter.hidden:
            yield code(record[0]), record[1]
