"""``tocsin demo``: the main job without a network, on a small regulation in two dated editions."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from archive.store import Archive
from crawlers.card import source_cards
from tocsin.cli.crawl import run_once
from tocsin.config import load
from tocsin.demo.server import HOST, PART, TITLE, OfficialStandIn, editions
from tocsin.progress import reporter
from tocsin.web.address import free_address

_CONFIG = """\
contact = "https://example.org/tocsin-demo"
[web]
address = "{address}"
[hosts]
"{host}" = "{base}"
[sources.us_ecfr]
parts = ["{title}/{part}"]
pace = 50.0
"""
_WATCHES = """\
[[watch]]
name = "accelerators"
owner = "compliance@example.org"
reason = "We ship accelerators that 3A090 describes."
matter = "DEMO-1"
eccn = ["3A090"]
notify = ["console:", "file:alerts.jsonl"]

[[watch]]
name = "Thailand"
owner = "compliance@example.org"
reason = "We sell to a distributor in Bangkok."
matter = "DEMO-2"
countries = ["TH"]
notify = ["console:"]
"""


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Keep the archive there; else it goes when the demo ends.",
)
def command(folder: Path | None) -> None:
    """Crawl two editions of a small regulation from a server on this machine; print the alert; serve the archive."""
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as scratch:
        _demonstrate(folder or Path(scratch))


def _demonstrate(folder: Path) -> None:
    first, second = list(editions())
    with OfficialStandIn(first) as server:
        (folder / "watches").mkdir(parents=True, exist_ok=True)
        address = free_address()
        file = folder / "tocsin.toml"
        file.write_text(
            _CONFIG.format(address=address, host=HOST, base=server.base, title=TITLE, part=PART),
            encoding="utf-8",
        )
        (folder / "watches" / "demo.toml").write_text(_WATCHES, encoding="utf-8")
        Archive.create(folder / "archive").close()
        card = source_cards()["us_ecfr"]
        config = load(file, known_sources=(card.id,), environment={})
        report = reporter()
        for today in (first, second):
            server.today = today
            click.echo(f"\n── {today}: crawling {server.base}, title {TITLE} part {PART}")
            if not run_once(config, [card], report):
                raise click.exceptions.Exit(1)
    click.echo(f"\nThe archive in a browser: {address}/changes")
    if os.environ.get("TOCSIN_SERVE") == "0":
        return
    from tocsin.web.serving import serve

    click.echo("Ctrl-C stops.")
    serve(config.archive, address, config)
