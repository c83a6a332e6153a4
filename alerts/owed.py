"""A composed message as what the outbox keeps: rendered once, one Delivery for each watch that it is owed to."""

from __future__ import annotations

from alerts.message import Message, Payload
from alerts.message_html import render_html
from alerts.message_text import render_text
from archive.codec import dumps
from archive.identifiers import delivery_key
from archive.records import Delivery


def rendered(message: Message, *, thread: str) -> str:
    """The payload of every delivery of a message."""
    return dumps(
        Payload(
            title=message.title,
            body=render_text(message),
            html=render_html(message),
            link=message.link,
            thread=thread,
            watches=tuple(note.name for note in message.watches),
            language=message.language,
            acknowledge=message.acknowledge,
        )
    )


def owed(
    message: Message, target: str, *, thread: str, moment: str, transition_id: str
) -> tuple[Delivery, ...]:
    """What is owed to one target, a Delivery for each watch with the changes that it met. ``moment`` is what makes it owed: with watch and
    target it is the key, so that it is owed once."""
    payload = rendered(message, thread=thread)
    return tuple(
        Delivery(
            key=delivery_key(moment, note.name, target),
            message_id=message.message_id,
            transition_id=transition_id,
            watch=note.name,
            target=target,
            changes=note.changes,
            payload=payload,
        )
        for note in message.watches
    )
