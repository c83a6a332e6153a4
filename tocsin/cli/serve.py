"""``tocsin serve``: the archive in a browser."""

from __future__ import annotations

import click

from tocsin.cli.setup import configured, with_config


@click.command("serve")
@with_config
def command(config_path: str | None) -> None:
    """Serve the archive for reading at the address of the configuration."""
    from tocsin.web.server import serve  # Datasette takes a second to import, and only this command needs it

    config = configured(config_path)
    click.echo(f"{config.address}/  (Ctrl-C stops)")
    serve(config.archive, config.address, config)
