"""``tocsin init DIR``: a configuration to edit, an example watch, an empty archive."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from archive.errors import BadInput
from archive.store import Archive


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make DIR with a commented tocsin.toml, an example watch and an empty archive."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            "it exists and is not an empty folder", thing=str(folder), mend="Name a new or an empty folder"
        )
    folder.mkdir(parents=True, exist_ok=True)
    templates = files("tocsin.templates")
    (folder / "watches").mkdir()
    for name, place in (("tocsin.toml", "tocsin.toml"), ("example-watch.toml", "watches/example.toml")):
        (folder / place).write_text(templates.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8")
    Archive.create(folder / "archive").close()
    click.echo(
        f"{folder}: edit tocsin.toml and watches/example.toml, then run: tocsin --config {folder}/tocsin.toml run --once"
    )
