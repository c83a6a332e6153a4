"""``tocsin amendments``: what acts announced, beside what was seen to change."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from alerts.citations import cite
from archive import codec, editions
from archive.errors import BadInput
from archive.records import Amendment, StoredChange
from archive.store import Archive
from diffing.touches.claimed import Comparison, Outcome
from tocsin.claimed import compared
from tocsin.cli import terminal
from tocsin.cli.setup import reading, with_config


@click.command("amendments")
@click.argument("work", metavar="WORK|DOCUMENT")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@with_config
def command(work: str, as_json: bool, config_path: str | None) -> None:
    """Compare what acts announce with what was observed: of one act (us/fr/NUMBER), or on a work (us/cfr/15/774/supp-1).

    Each instruction is found, missing (announced, not found), awaited (its day is not yet in the text) or unchecked, with the reason; then
    come the substantive changes that no act held announces.
    """
    with reading(config_path) as (_, archive):
        is_act = _held(archive, work) == "document"
        result = compared(archive, act=work if is_act else "", work="" if is_act else work)
    for outcome in result.outcomes:
        click.echo(codec.dumps(_outcome_object(outcome)) if as_json else _line(outcome))
    for stored in result.unannounced:
        click.echo(
            codec.dumps(_change_object(stored))
            if as_json
            else f"unannounced  {stored.before} → {stored.after}  {stored.work}  {terminal.label(stored.change)}"
        )
    if not as_json:
        click.echo(_summary(result))


def _held(archive: Archive, work: str) -> str:
    """The kind of a work that is held."""
    for row in editions.works(archive, work):
        if row.path == work:
            return row.kind
    raise BadInput(
        "is not held",
        thing=work,
        mend="Name a document such as us/fr/2026-05902 or a work such as us/cfr/15/744; 'tocsin coverage' lists them",
    )


def _line(outcome: Outcome) -> str:
    said = outcome.claim.amendment
    what = " ".join(part for part in (said.unit, f"“{said.name}”" if said.name else "") if part)
    target = cite(said.work, said.eid) if said.work else said.part and f"part {said.part}"
    head = f"{outcome.state:<11}  {outcome.claim.act}  {said.instruction or '-'}: {said.operation} {what}".rstrip()
    tail = f" [{said.under}]" if said.under else ""
    day = f", effective {said.effective}" if said.effective else ""
    return f"{head} in {target or 'an unknown place'}{tail}{day}{_why(outcome)}"


def _why(outcome: Outcome) -> str:
    if outcome.state == "found":
        places = ", ".join(
            dict.fromkeys(one.change.new_eid or one.change.old_eid or "" for one in outcome.changes[:4])
        )
        more = f" and {len(outcome.changes) - 4} more" if len(outcome.changes) > 4 else ""
        return f": {places}{more}"
    if outcome.reason:
        return f" ({outcome.reason})"
    return f" (looked at up to the edition of {outcome.checked})" if outcome.checked else ""


def _summary(result: Comparison) -> str:
    counted = Counter(outcome.state for outcome in result.outcomes)
    parts = [f"{counted[state]} {state}" for state in ("found", "missing", "awaited", "unchecked")]
    return f"{len(result.outcomes)} announced: {', '.join(parts)}; {len(result.unannounced)} changes that no act held announces"


def _outcome_object(outcome: Outcome) -> dict[str, Any]:
    """An outcome as ``--json`` prints it; the keys are a promise to scripts."""
    said = outcome.claim.amendment
    names = [name for name in Amendment.__slots__ if name not in ("work", "eid")]
    return {
        "state": outcome.state,
        "act": outcome.claim.act,
        "work": said.work,
        "eid": said.eid,
        **{name: getattr(said, name) for name in names},
        "checked": outcome.checked,
        "reason": outcome.reason,
        "changes": [one.id for one in outcome.changes],
    }


def _change_object(stored: StoredChange) -> dict[str, Any]:
    return {
        "state": "unannounced",
        "act": "",
        "work": stored.work,
        "eid": stored.change.new_eid or stored.change.old_eid,
        "before": stored.before,
        "after": stored.after,
        "changes": [stored.id],
    }
