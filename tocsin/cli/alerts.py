"""``tocsin alerts``: what is owed to whom and what became of it; try again, acknowledge, mute."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

import click

from alerts.message import Payload
from archive import acknowledged, changes, clock, codec, holds, mutes, outbox
from archive.errors import BadInput
from archive.mutes import Mute
from archive.outbox import STATES, Owed
from archive.store import Archive
from tocsin.cli.deeds import deed, operator
from tocsin.cli.logged import logged
from tocsin.cli.setup import configured, day, reading, with_config
from tocsin.config import Config
from tocsin.muting import mute as mute_until
from tocsin.muting import person_named
from tocsin.review.roles import ACKNOWLEDGE, MUTE
from tocsin.service import logs

RETRY = "owe an alert again"
KEY = 12
"""Characters of a key that a list shows; the start of one is enough for every command."""


@click.group("alerts")
def command() -> None:
    """Alerts: what is owed to whom, what became of it, who has read it."""


@command.command("list")
@click.option(
    "--state", type=click.Choice([*STATES, "overdue"]), help="overdue: nobody acknowledged it in time."
)
@click.option("--watch", metavar="NAME", help="Only alerts of this watch.")
@click.option("--person", metavar="NAME", help="Only alerts of watches that this person owns.")
@click.option("--source", metavar="ID", help="Only alerts about documents of this source.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_config
def list_alerts(
    state: str | None,
    watch: str | None,
    person: str | None,
    source: str | None,
    limit: int,
    as_json: bool,
    config_path: str | None,
) -> None:
    """List the alerts, the newest first: key, state, target, watch, title, and why one waits or failed."""
    with reading(config_path) as (_, archive):
        late = {(one.transition_id, one.owner) for one in acknowledged.overdue(archive, clock.now())}
        found = outbox.deliveries(
            archive,
            state=None if state == "overdue" else state,
            watch=watch,
            person=person,
            source=source,
            limit=-1 if state == "overdue" else limit,
        )
        if state == "overdue":
            found = tuple(one for one in found if (one.delivery.transition_id, one.person) in late)[:limit]
        for one in found:
            if as_json:
                click.echo(codec.dumps(_as_object(archive, one)))
            else:
                click.echo(_line(archive, one))


@command.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_config
def show(key: str, as_json: bool, config_path: str | None) -> None:
    """Show the alert KEY: its fate, each attempt, why it was held, who has read it, and the message as it was sent."""
    with reading(config_path) as (_, archive):
        owed = outbox.delivery(archive, key)
        if as_json:
            click.echo(codec.dumps(_whole(archive, owed)))
            return
        for line in _details(archive, owed):
            click.echo(line)


@command.command()
@click.argument("keys", nargs=-1, metavar="[KEY]…")
@click.option("--dead", "all_dead", is_flag=True, help="All dead letters.")
@click.option("--target", metavar="NAME", help="With --dead: only those of this target.")
@with_config
def retry(keys: tuple[str, ...], all_dead: bool, target: str | None, config_path: str | None) -> None:
    """Owe dead or failed alerts again, due now; the next 'tocsin run' or 'tocsin alerts send' sends them."""
    if bool(keys) == all_dead:
        raise BadInput("which ones?", thing="alerts retry", mend="Name their keys, or say --dead")
    with _writing(config_path) as (config, archive), deed(archive, operator(config), RETRY) as told:
        chosen = list(keys)
        if all_dead:
            dead = outbox.deliveries(archive, state="dead")[::-1]
            chosen = [one.delivery.key for one in dead if target in (None, one.delivery.target)]
        for key in chosen:
            outbox.retry(archive, key, clock.now())
        told.subject = ", ".join(key[:KEY] for key in chosen)
    click.echo(f"{len(chosen)} owed again")


@command.command()
@click.argument("key")
@click.option(
    "--person", required=True, metavar="NAME", help="Who has read it: a name of [people] or an address."
)
@click.option("--note", default="", help="What follows from it.")
@with_config
def ack(key: str, person: str, note: str, config_path: str | None) -> None:
    """Acknowledge the alert KEY: it was read. It stays written, with person, note and time."""
    with _writing(config_path) as (config, archive):
        name = person_named(config, person)
        with deed(archive, operator(config, name), ACKNOWLEDGE, subject=key) as told:
            written = acknowledged.acknowledge(archive, key, person=name, note=note, at=clock.now())
            told.said = f"{len(written)} alerts"
    click.echo(f"{len(written)} alert{'s' * (len(written) != 1)} acknowledged by {name}")


@command.command()
@click.option(
    "--person", required=True, metavar="NAME", help="Whose alerts: a name of [people] or an address."
)
@click.option("--watch", metavar="NAME", help="All alerts of this watch.")
@click.option("--document", metavar="WORK", help="All alerts about this work and those below it.")
@click.option("--event", metavar="ID", help="All alerts about this legal act ('tocsin events list').")
@click.option(
    "--until", required=True, callback=day, metavar="DATE", help="The first day on which they come again."
)
@click.option("--reason", required=True, help="Why nobody has to be told by a message of its own.")
@click.option("--by", "author", metavar="NAME", help="Who mutes it; the person by default.")
@with_config
def mute(
    person: str,
    watch: str | None,
    document: str | None,
    event: str | None,
    until: date,
    reason: str,
    author: str | None,
    config_path: str | None,
) -> None:
    """Keep alerts about something from a person until a day. They are recorded as muted, and the next round-up lists them."""
    said = [(sort, one) for sort, one in (("watch", watch), ("document", document), ("event", event)) if one]
    if len(said) != 1:
        raise BadInput(
            "what is to be muted?", thing="alerts mute", mend="Name one of --watch, --document and --event"
        )
    with _writing(config_path) as (config, archive):
        sort, subject = said[0]
        who = operator(config, person_named(config, author or person))
        with deed(archive, who, MUTE) as told:
            written = mute_until(
                archive,
                config,
                person=person,
                sort=sort,
                subject=subject,
                until=until,
                reason=reason,
                author=author or "",
                at=clock.now(),
            )
            told.subject, told.said = written.subject, written.line()
    click.echo(f"{written.id}: {written.line()}")


@command.command("mutes")
@click.option("--all", "ended", is_flag=True, help="Also those that were taken back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_config
def list_mutes(ended: bool, as_json: bool, config_path: str | None) -> None:
    """List what is muted, for whom, until when, by whom, and why."""
    with reading(config_path) as (_, archive):
        for one in mutes.mutes(archive, ended=ended):
            click.echo(codec.dumps(asdict(one)) if as_json else f"{one.id}: {one.line()}{_ended(one)}")


@command.command()
@click.argument("number", type=int)
@with_config
def unmute(number: int, config_path: str | None) -> None:
    """Take the mute NUMBER back before its day."""
    with (
        _writing(config_path) as (config, archive),
        deed(archive, operator(config), MUTE) as told,
    ):
        one = mutes.end(archive, number, clock.now())
        told.subject, told.said = one.subject, f"taken back: {one.line()}"
    click.echo(f"{one.id}: taken back: {one.line()}")


@command.command()
@with_config
def send(config_path: str | None) -> None:
    """Send what is due now: what waited for its hour, round-ups, what failed before. Exit status 1 if something could not be sent."""
    from tocsin.flow import Flow  # the differ and the crawlers start with it

    with _writing(config_path) as (config, archive):
        form = logged(config)
        failures = Flow(config, archive).tell()
    for line in failures:
        logs.log().warning(line) if form else click.echo(line, err=True)
    if failures:
        raise click.exceptions.Exit(1)


@contextmanager
def _writing(config_path: str | None) -> Iterator[tuple[Config, Archive]]:
    config = configured(config_path)
    with Archive.open(config.archive) as archive:
        yield config, archive


def _ended(one: Mute) -> str:
    return f" (taken back {one.ended_at:%Y-%m-%d %H:%M} UTC)" if one.ended_at else ""


def _title(owed: Owed) -> str:
    return codec.loads(owed.delivery.payload, Payload).title


def _why(archive: Archive, owed: Owed) -> str:
    """Why it is as it is: what holds it, what told of it, or how the last attempt failed."""
    decided = holds.holds(archive, owed.delivery.key)
    if owed.state in ("held", "muted", "gathered") and decided:
        last = decided[-1]
        if last.gathered:
            return f"{last.why}; told by message {last.gathered[:KEY]}"
        return f"{last.why}, until {last.until:%Y-%m-%d %H:%M} UTC"
    repeat = "possible repeat" if owed.possible_repeat else ""
    return "; ".join(part for part in (owed.error, repeat) if part)


def _line(archive: Archive, owed: Owed) -> str:
    first = owed.delivery
    line = (
        f"{first.key[:KEY]}  {owed.enqueued_at:%Y-%m-%d %H:%M}  {owed.state:<8}  {first.target}  “{first.watch}”"
        f"{f' of {owed.person}' if owed.person else ''}: {_title(owed)}"
    )
    why = _why(archive, owed)
    return f"{line}\n              {why}" if why else line


def _details(archive: Archive, owed: Owed) -> Iterator[str]:
    whole = _whole(archive, owed)
    payload = codec.loads(owed.delivery.payload, Payload)
    names = (
        "key",
        "message_id",
        "state",
        "why",
        "watch",
        "person",
        "target",
        "enqueued_at",
        "next_try",
        "sent_at",
    )
    for name in names:
        if whole[name]:
            yield f"{name.replace('_', ' '):<12} {whole[name]}"
    for change in owed.delivery.changes:
        found = changes.change(archive, change)
        yield f"{'change':<12} {change}" + (f" ({found.work})" if found else "")
    for hold in holds.holds(archive, owed.delivery.key):
        yield f"{'held':<12} {hold.at:%Y-%m-%d %H:%M} UTC, until {hold.until:%Y-%m-%d %H:%M} UTC: {hold.sort}, {hold.why}"
    for attempt in outbox.send_attempts(archive, owed.delivery.key):
        said = f": {attempt.error}" if attempt.error else ""
        yield f"{'attempt':<12} {attempt.number}, {attempt.at:%Y-%m-%d %H:%M} UTC, {attempt.outcome}{said}"
    for one in acknowledged.acknowledgements(archive, owed.delivery.transition_id):
        of = f" of {one.owner}" if one.owner else ""
        yield f"{'acknowledged':<12} {one.at:%Y-%m-%d %H:%M} UTC, the alert{of} by {one.person}{f': {one.note}' if one.note else ''}"
    yield ""
    yield payload.body.rstrip()


def _as_object(archive: Archive, owed: Owed) -> dict[str, object]:
    """An alert as ``--json`` prints it; the keys are a promise to scripts."""
    return {
        "key": owed.delivery.key,
        "message_id": owed.delivery.message_id,
        "state": owed.state,
        "watch": owed.delivery.watch,
        "person": owed.person,
        "target": owed.delivery.target,
        "title": _title(owed),
        "why": _why(archive, owed),
        "transition": owed.delivery.transition_id,
        "changes": owed.delivery.changes,
        "enqueued_at": owed.enqueued_at,
        "next_try": owed.next_try,
        "sent_at": owed.sent_at,
        "attempts": owed.attempts,
        "possible_repeat": owed.possible_repeat,
        "error": owed.error,
    }


def _whole(archive: Archive, owed: Owed) -> dict[str, object]:
    key = owed.delivery.key
    return {
        **_as_object(archive, owed),
        "held": [asdict(one) for one in holds.holds(archive, key)],
        "tried": [asdict(one) for one in outbox.send_attempts(archive, key)],
        "acknowledged": [
            asdict(one) for one in acknowledged.acknowledgements(archive, owed.delivery.transition_id)
        ],
        "body": codec.loads(owed.delivery.payload, Payload).body,
    }
