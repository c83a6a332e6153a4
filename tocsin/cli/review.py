"""``tocsin review``: what there is to decide, what was decided and by whom, and who signs the week.

The person who acts is named by ``--as`` or TOCSIN_PERSON. The command line trusts whoever operates this machine: it asks for no secret, and the roles keep
people from mistakes, not from malice. Who must not be trusted so far works through the API, which asks for a token.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

import click

from archive import chain, clock
from archive.chain import check_chain
from archive.errors import BadInput
from archive.reviews import VERDICTS
from archive.store import Archive
from tocsin.cli import review_lines
from tocsin.cli.deeds import acting, deed
from tocsin.cli.setup import configured, day, reading, with_config
from tocsin.config import Config
from tocsin.review import decisions, shown
from tocsin.review.drafts import distribute, draft
from tocsin.review.items import items_between
from tocsin.review.life import advance, tell_reviewers
from tocsin.review.roles import ASSIGN, COMMENT, DECIDE, PRIVILEGED, SIGN, Actor, actor
from tocsin.review.signatures import sign as sign_digest

RECENT = timedelta(days=28)
"""How far back ``tocsin review list`` looks if nobody says."""
Command = TypeVar("Command", bound=Callable[..., Any])


def _acting(command: Command) -> Command:
    option = click.option(
        "--as",
        "person",
        envvar="TOCSIN_PERSON",
        default="",
        metavar="NAME",
        help="Who acts; else TOCSIN_PERSON.",
    )
    return option(command)


def _with_privileged(command: Command) -> Command:
    option = click.option(
        "--include-privileged",
        "privileged",
        is_flag=True,
        help="With comments for counsel alone; needs that role.",
    )
    return option(command)


def _as_json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="JSON.")(command)


@click.group("review")
def command() -> None:
    """Reviews: decide changes, comment on them, give them to people, sign the weekly digest.

    Who acts is named by --as or TOCSIN_PERSON, a name of [people]. Whoever operates this machine is trusted to name themselves; over the network the API
    asks for a token.
    """


@command.command("list")
@click.option(
    "--since",
    callback=day,
    metavar="DATE",
    help="Changes observed from then on; the last four weeks by default.",
)
@click.option("--all", "everything", is_flag=True, help="What is decided too.")
@click.option("--mine", is_flag=True, help="Only what is given to the person who asks.")
@_as_json
@_acting
@with_config
def list_items(
    since: date | None, everything: bool, mine: bool, as_json: bool, person: str, config_path: str | None
) -> None:
    """List what waits for a decision: a line for each change and watch."""
    now = clock.now()
    first = since or (now - RECENT).date()
    with reading(config_path) as (config, archive):
        name = actor(config.people, person).name if mine else ""
        items = items_between(
            archive, since=datetime.combine(first, time(), UTC), until=now + timedelta(microseconds=1)
        )
        for item in items:
            if (item.waits or everything) and (not mine or item.assigned == name):
                said = shown.item_shown(archive, item)
                click.echo(review_lines.as_json(said) if as_json else review_lines.item_line(said))


@command.command("show")
@click.argument("name", metavar="CHANGE|WEEK")
@_with_privileged
@_as_json
@_acting
@with_config
def show(name: str, privileged: bool, as_json: bool, person: str, config_path: str | None) -> None:
    """Print all that was said of CHANGE, or how the digest of WEEK (2026-W30) stands."""
    with reading(config_path) as (config, archive):
        _may_see(config, person, privileged)
        if "-W" in name:
            said = shown.week_shown(archive, name, signatures=config.digest.signatures, now=clock.now())
        else:
            said = shown.change_shown(archive, name, privileged=privileged)
    if as_json:
        click.echo(review_lines.as_json(said))
    else:
        click.echo(
            "\n".join(review_lines.week_lines(said) if "-W" in name else review_lines.change_lines(said))
        )


@command.command("decide")
@click.argument("change")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--because", default="", metavar="WORDS", help="The reason, in your words.")
@click.option("--by", "acts", default="", metavar="PERSON", help="Of an action: who does it.")
@click.option("--on", "due", callback=day, metavar="DATE", help="Of an action: by when.")
@click.option(
    "--watch", metavar="WATCH", help="Only for this watch; for all that were told of it if not said."
)
@click.option("--corrects", default="", metavar="ID", help="The decision that this one takes the place of.")
@_as_json
@_acting
@with_config
def decide(
    change: str,
    verdict: str,
    because: str,
    acts: str,
    due: date | None,
    watch: str | None,
    corrects: str,
    as_json: bool,
    person: str,
    config_path: str | None,
) -> None:
    """Decide CHANGE: relevant, 'not applicable', action (somebody has to do something by a day), or done (it was)."""
    config = configured(config_path)
    who = acting(config, person)
    with (
        Archive.beside(config.archive) as archive,
        deed(archive, who, DECIDE, subject=f"change {change}", said=verdict),
    ):
        made = decisions.decide(
            archive,
            who,
            change,
            verdict,
            people=config.people,
            at=clock.now(),
            watch=watch,
            reason=because,
            person=acts,
            due=due,
            corrects=corrects,
        )
    for one in made:
        said = shown.decision_shown(one)
        click.echo(review_lines.as_json(said) if as_json else f"{one.id}  {review_lines.decision(said)}")


@command.command("comment")
@click.argument("change")
@click.argument("words")
@click.option("--quote", default="", metavar="PASSAGE", help="The passage of the redline that it is about.")
@click.option(
    "--start",
    type=int,
    metavar="N",
    help="The character at which the passage begins, where it stands more than once.",
)
@click.option(
    "--privileged", is_flag=True, help="For counsel alone, and in no export, feed, digest or evidence."
)
@click.option(
    "--corrects", default="", metavar="ID", help="The comment of yours that this one takes the place of."
)
@_as_json
@_acting
@with_config
def comment(
    change: str,
    words: str,
    quote: str,
    start: int | None,
    privileged: bool,
    corrects: str,
    as_json: bool,
    person: str,
    config_path: str | None,
) -> None:
    """Comment on CHANGE in WORDS, or on a passage of it."""
    config = configured(config_path)
    who = acting(config, person)
    with Archive.beside(config.archive) as archive, deed(archive, who, COMMENT, subject=f"change {change}"):
        made = decisions.comment(
            archive,
            who,
            change,
            words,
            at=clock.now(),
            quote=quote,
            start=start,
            privileged=privileged,
            corrects=corrects,
        )
    said = shown.comment_shown(made)
    click.echo(review_lines.as_json(said) if as_json else f"{made.id}  {review_lines.comment(said)}")


@command.command("assign")
@click.argument("change")
@click.argument("to", metavar="PERSON")
@click.option("--watch", metavar="WATCH", help="Only for this watch.")
@_as_json
@_acting
@with_config
def assign(
    change: str, to: str, watch: str | None, as_json: bool, person: str, config_path: str | None
) -> None:
    """Give CHANGE to PERSON, '-' to nobody."""
    config = configured(config_path)
    who = acting(config, person)
    with (
        Archive.beside(config.archive) as archive,
        deed(archive, who, ASSIGN, subject=f"change {change}", said="" if to == "-" else to),
    ):
        made = decisions.assign(
            archive,
            who,
            change,
            "" if to == "-" else to,
            people=config.people,
            at=clock.now(),
            watch=watch,
        )
    for one in made:
        said = shown.assignment_shown(one)
        click.echo(review_lines.as_json(said) if as_json else f"{one.id}  {one.person or 'nobody'}")


@command.command("draft")
@click.argument("week")
@_acting
@with_config
def draft_command(week: str, person: str, config_path: str | None) -> None:
    """Build the digest of WEEK as it is known now, with what was decided, and tell those who review, once for each week."""
    config = configured(config_path)
    who = acting(config, person)
    now = clock.now()
    with Archive.beside(config.archive) as archive:
        with deed(archive, who, ASSIGN, subject=f"digest {week}") as told:
            who.role_for(ASSIGN)
            build = draft(archive, config, week, at=now)
            told.said = f"draft {build.version[:12]}"
        tell_reviewers(archive, config, build, now=now)
    click.echo(build.version)


@command.command("sign")
@click.argument("version")
@_as_json
@_acting
@with_config
def sign(version: str, as_json: bool, person: str, config_path: str | None) -> None:
    """Sign the digest of that VERSION, of which the first 8 characters do. The last signature that is asked for releases it to the list."""
    config = configured(config_path)
    who = acting(config, person)
    with Archive.beside(config.archive) as archive:
        with deed(archive, who, SIGN, subject=version):
            signed = sign_digest(
                archive,
                who,
                version,
                settings=config.digest,
                at=clock.now(),
                distribute=functools.partial(distribute, config),
            )
        head = chain.head(archive)
    said = {
        "id": signed.signature.id,
        "version": signed.signature.version,
        "missing": signed.missing,
        "released": signed.release is not None,
        "head": f"{head[0]}:{head[1]}",
    }
    how = "released" if signed.release else f"{signed.missing} more to sign"
    click.echo(
        review_lines.as_json(said)
        if as_json
        else f"{signed.signature.id}  signed, {how}; head of the chain {said['head']}"
    )


@command.command("log")
@click.option("--check", is_flag=True, help="Only check the chain; exit status 1 where it does not hold.")
@click.option(
    "--anchor", metavar="POSITION:HASH", help="A head that was kept elsewhere: the chain has to have it."
)
@_with_privileged
@_as_json
@_acting
@with_config
def log(
    check: bool, anchor: str | None, privileged: bool, as_json: bool, person: str, config_path: str | None
) -> None:
    """Print every act in the order of the chain, or check that nothing of it was changed, removed or reordered."""
    with reading(config_path) as (config, archive):
        _may_see(config, person, privileged)
        if check or anchor:
            breaks = list(check_chain(archive, anchor=_anchor(anchor)))
            head = chain.head(archive)
        else:
            for said in shown.log_shown(archive, privileged=privileged):
                click.echo(review_lines.as_json(said) if as_json else review_lines.log_line(said))
            return
    for one in breaks:
        click.echo(one.line())
    click.echo(f"head {head[0]}:{head[1]}, {'broken' if breaks else 'sound'}")
    if breaks:
        raise click.exceptions.Exit(1)


@command.command("advance")
@with_config
def advance_command(config_path: str | None) -> None:
    """Do what is due: build the drafts of weeks that have ended, tell who reviews, tell deputies of overdue signatures. Each is done once."""
    config = configured(config_path)
    with Archive.beside(config.archive) as archive:
        for line in advance(archive, config, now=clock.now()):
            click.echo(line)


def _may_see(config: Config, person: str, privileged: bool) -> Actor | None:
    if not privileged:
        return None
    who = actor(config.people, person)
    who.role_for(PRIVILEGED)
    return who


def _anchor(said: str | None) -> tuple[int, str] | None:
    if said is None:
        return None
    position, _, hashed = said.partition(":")
    if not position.isdecimal() or not hashed:
        raise BadInput(f"{said!r} is no head of a chain", thing="--anchor", mend="Write it like 12:0f3c…")
    return int(position), hashed
