"""``tocsin doctor``: what is wrong with an installation, and how to mend it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

import click

from archive.errors import BadInput
from archive.vocabulary.nearest import nearest
from tocsin.cli.setup import configured, with_config
from tocsin.config import find
from tocsin.service.masking import Mask, secrets_of


@click.command("doctor")
@click.option("--send", is_flag=True, help="Send a test message to each target, and a heartbeat.")
@click.option("--offline", is_flag=True, help="Ask no host.")
@click.option("--only", "only", multiple=True, metavar="CHECK", help="Only this check; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check, one a line.")
@with_config
def command(send: bool, offline: bool, only: Sequence[str], as_json: bool, config_path: str | None) -> None:
    """Look for what newcomers get wrong: the machine, the disk, the configuration, the network, the targets. Exit status 1 if something will not work."""
    from tocsin.doctor.checks import CHECKS, examine, is_well
    from tocsin.doctor.finding import Patient

    for name in only:
        if name not in CHECKS:
            raise BadInput(
                f"no check is called {name!r}",
                thing="--only",
                mend=f"The nearest is {nearest(name, CHECKS)!r}",
            )
    config = configured(config_path)
    patient = Patient(
        config=config,
        file=find(config_path or click.get_current_context().find_root().obj),
        environment=os.environ,
        is_offline=offline,
        is_sending=send,
    )
    mask = Mask(secrets_of(config))
    found = []
    for name, one in examine(patient, only):
        found.append(one)
        said, mend = mask.text(one.said), mask.text(one.mend)
        if as_json:
            line = {"check": name, "state": one.state, "said": said, "mend": mend}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            click.echo(f"{one.state:<8} {name:<15} {said}")
            if mend:
                click.echo(f"{'':<24} → {mend}")
    if not is_well(found):
        raise click.exceptions.Exit(1)
