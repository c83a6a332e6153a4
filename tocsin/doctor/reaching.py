"""Whether people can be reached: each target has its secret, and takes a message where one is to be sent; and whether the heartbeat is heard."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from alerts.delivery import Post
from alerts.message import Payload
from alerts.outgoing import Outgoing
from alerts.targets import alerts_file, resolve
from archive.errors import TocsinError
from tocsin.doctor.finding import Found, Patient, failure, ok, skipped, warning
from tocsin.service.heartbeat import address, beat
from tocsin.service.masking import Mask, secrets_of


def targets(patient: Patient) -> Found:
    """Whether each target can be used; with a message to each where messages are to be sent."""
    config = patient.config
    mask = Mask(secrets_of(config, patient.environment))
    for target in config.targets.values():
        try:
            if alerts_file(target, config.folder) is None:
                resolve(target, config.folder, patient.environment)
            if patient.is_sending:
                post = Post(folder=config.folder, environment=patient.environment)
                post.deliver(_message(target.name, config.address), target)
        except TocsinError as error:
            return failure(mask.text(error.message), mask.text(error.mend) or f"Mend target {target.name}")
    if not config.targets:
        return warning(
            "there are no targets, so that alerts go to the terminal and to files alone",
            "Name one in [targets] and in the notify of a watch",
        )
    if not patient.is_sending:
        return ok(f"{len(config.targets)} targets have what they need; --send sends each a message")
    return ok(f"{len(config.targets)} targets took a message")


def operators(patient: Patient) -> Found:
    """Whether anybody hears of a source that fails."""
    if not patient.config.alerts.operators:
        return warning(
            "nobody hears of incidents: sources that fail, gaps, messages that could not be delivered",
            'Name targets in [alerts]: operators = ["…"]',
        )
    return ok(", ".join(patient.config.alerts.operators))


def heartbeat(patient: Patient) -> Found:
    """Whether somebody outside would notice that tocsin is dead; with a beat where messages are to be sent."""
    service = patient.config.service
    if not service.heartbeat:
        return warning(
            "nobody outside would notice that tocsin is dead",
            "Name an address that misses it, such as a check of healthchecks.io: [service] heartbeat",
        )
    if not address(patient.config, is_whole=True, environment=patient.environment):
        return failure(
            "what [service] heartbeat points to is not there",
            "Set the variable, or write the file that it names",
        )
    if not patient.is_sending or patient.is_offline:
        return skipped("it has an address; --send asks it")
    why = beat(patient.config, is_whole=True, environment=patient.environment)
    return failure(why, "Check the address, the firewall and the proxy") if why else ok("it was heard")


def _message(name: str, link: str) -> Outgoing:
    said = f"This is a test of target {name}, sent by 'tocsin doctor --send'. Nothing has changed in any regulation."
    return Outgoing(
        message_id=f"<doctor-{uuid.uuid4().hex}@tocsin>",
        payload=Payload(
            title="tocsin: test message",
            body=said,
            html=f"<p>{said}</p>",
            link=link,
            thread="<doctor@tocsin>",
            watches=("doctor",),
        ),
        watches=(("doctor", ()),),
        sent_at=datetime.now(UTC),
    )
