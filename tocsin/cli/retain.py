"""``tocsin retain``: the bytes of old captures go, where a source's table says for how long they are kept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import click

from archive import clock, retention
from archive.errors import BadInput
from archive.retention import Plan, Rule
from archive.store import Archive
from tocsin.cli.deeds import operator
from tocsin.cli.setup import configured, with_config
from tocsin.config import Config
from tocsin.config_service import kept
from tocsin.review.audited import audit

DROP = "drop captures"


@click.command("retain")
@click.option("--apply", "is_meant", is_flag=True, help="Drop them. Without it nothing is done but told.")
@click.option(
    "--shrink",
    is_flag=True,
    help="Afterwards give the room back to the disk: captures.db is written anew, which needs as much room again meanwhile.",
)
@with_config
def command(is_meant: bool, shrink: bool, config_path: str | None) -> None:
    """Say which bytes of captures are older than the sources' keep_captures; drop them with --apply. Texts, hashes, headers and the ledger stay."""
    config = configured(config_path)
    rules = rules_of(config)
    if not rules:
        click.echo("no source has keep_captures: captures are kept for ever")
    now = clock.now()
    with Archive.open(config.archive, read_only=not (is_meant or shrink)) as archive:
        plans = [retention.plan(archive, rule, now) for rule in rules]
        for plan in plans:
            click.echo(_line(plan, now_dropped=is_meant))
        if is_meant:
            retention.drop(archive, plans, now, note=lambda: _note(archive, config, plans))
        elif any(plan.bodies for plan in plans):
            click.echo("nothing was dropped: 'tocsin retain --apply' does it; take a backup first")
        if shrink:
            _shrink(archive)
        free, size = archive.captures.free()
        if free:
            click.echo(
                f"captures.db: {free / 1e6:,.1f} MB of {size / 1e6:,.1f} MB are empty and are used for what comes"
                " ('tocsin retain --shrink' gives them back to the disk)"
            )


def _note(archive: Archive, config: Config, plans: Sequence[Plan]) -> None:
    sources = [plan.rule.source for plan in plans if plan.bodies]
    bodies = sum(len(plan.bodies) for plan in plans)
    audit(archive, operator(config), DROP, subject=", ".join(sources), said=f"{bodies:,} bodies")


def rules_of(config: Config) -> list[Rule]:
    """The rules of a configuration, one for each source that has one."""
    return [
        Rule(
            source=name,
            count=kept(settings.keep_captures)[0],
            unit=kept(settings.keep_captures)[1],
            reason=f'sources.{name}.keep_captures = "{settings.keep_captures}"',
        )
        for name, settings in sorted(config.sources.items())
        if settings.keep_captures
    ]


def _line(plan: Plan, *, now_dropped: bool) -> str:
    said = "dropped" if now_dropped else "would be dropped"
    return (
        f"{plan.rule.source}: {len(plan.bodies):,} bodies of {plan.captures:,} captures,"
        f" {plan.size / 1e6:,.1f} MB as they came, {said} ({plan.rule.reason})"
    )


def _shrink(archive: Archive) -> None:
    free, size = archive.captures.free()
    room = shutil.disk_usage(archive.folder).free
    if room < 2 * (size - free):
        raise BadInput(
            f"it needs {2 * (size - free) / 1e6:,.0f} MB of free room, and there are {room / 1e6:,.0f} MB",
            thing=str(archive.folder),
            mend="Free room on its disk first",
        )
    archive.captures.shrink()
