"""``tocsin serve``: the archive in a browser."""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from archive.errors import BadInput
from tocsin.cli.logged import logged
from tocsin.cli.setup import configured, with_config


@click.command("serve")
@with_config
def command(config_path: str | None) -> None:
    """Serve the archive at the address of the configuration: for everybody to read, until people have accounts or a proxy says who they are."""
    from tocsin.web.access import is_configured
    from tocsin.web.serving import serve  # it takes a while to import, and only this command needs it

    config = configured(config_path)
    listen = config.web.listen or config.address
    host = urlsplit(listen).hostname or ""
    if not is_configured(config) and host not in ("localhost", "127.0.0.1", "::1"):
        click.echo(
            f"tocsin: whoever reaches {listen} reads the archive: nobody in [people] has a password, and no [web.proxy] says who asks",
            err=True,
        )
    if config.address.startswith("https://") and not config.web.listen:
        raise BadInput(
            "the server itself speaks http",
            thing="web.address",
            mend='Let a proxy speak https, and say where the server listens for it: listen = "http://127.0.0.1:8801"',
        )
    log = logged(config, is_service=True)
    click.echo(f"{config.address}/  (Ctrl-C stops)")
    serve(config.archive, listen, config, log=log)
