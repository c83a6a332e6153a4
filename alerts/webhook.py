"""A webhook of our own: JSON with a published schema, signed.

The address of such a target is ``webhook+https://host/path?secret=env:NAME`` (``webhook+http`` for a host of one's own network). ``secret`` is
``env:NAME``, ``file:PATH`` or the secret itself; it is taken out of the address, the rest of which is called as it stands. Several secrets with a
blank between sign together, so that one can be exchanged for another without a gap.

The request is signed as Standard Webhooks asks: ``webhook-id`` names the message and is the same when it is sent again, so that a receiver
keeps it once; ``webhook-timestamp`` is the second of this attempt; ``webhook-signature`` holds ``v1,`` and the HMAC-SHA256 of
``id.timestamp.body`` in base64, one for each secret. The body is described by ``docs/reference/webhook.schema.json``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
import requests

from alerts.heard import Answer, answer_of, unanswered
from alerts.outgoing import Outgoing
from alerts.targets import Target, secret_text
from archive.errors import DeliveryFailed

SCHEMES = ("webhook+https", "webhook+http")
VERSION = 1
TIMEOUT = (10.0, 30.0)
"""Seconds to connect, and between two bytes of the answer."""
_PREFIX = "whsec_"
_SHORTEST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSaid:
    """A watch that the message is owed to, with the ids of the changes that it met."""

    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The body. ``id`` is one for all tries, ``possible_repeat`` says that an earlier one may have arrived; ``thread`` is one for all messages on
    an act or a work; ``link`` and ``acknowledge`` are "" where the archive has no address; ``language`` is that of the message's own words."""

    type: str
    version: int
    id: str
    sent_at: datetime
    possible_repeat: bool
    target: str
    title: str
    text: str
    link: str
    acknowledge: str
    language: str
    thread: str
    watches: tuple[WatchSaid, ...]


def send_webhook(
    outgoing: Outgoing, url: str, target: Target, folder: Path, environment: Mapping[str, str] | None
) -> None:
    """Post it, once; any answer of 200 to 299 is a receipt. Raises ``DeliveryFailed``, ``uncertain`` where no answer came."""
    address, secrets = _address(url, target, folder, environment)
    body = body_of(outgoing, target.name)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "tocsin",
        **signed(outgoing.message_id, outgoing.sent_at, body, secrets),
    }
    try:
        with requests.post(
            address, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as response:
            answer = answer_of(response)
    except requests.RequestException as error:
        answer = unanswered(error)
    if not answer.taken:
        raise _failed(answer, target)


def body_of(outgoing: Outgoing, target: str) -> bytes:
    """The JSON of a message, in UTF-8."""
    return msgspec.json.encode(
        Said(
            type="tocsin.alert",
            version=VERSION,
            id=outgoing.message_id,
            sent_at=outgoing.sent_at,
            possible_repeat=outgoing.repeat,
            target=target,
            title=outgoing.payload.title,
            text=outgoing.payload.body,
            link=outgoing.payload.link,
            acknowledge=outgoing.payload.acknowledge,
            language=outgoing.payload.language,
            thread=outgoing.payload.thread,
            watches=tuple(WatchSaid(name=name, changes=changes) for name, changes in outgoing.watches),
        )
    )


def signed(message_id: str, at: datetime, body: bytes, secrets: tuple[bytes, ...]) -> dict[str, str]:
    """The three headers. A receiver makes the signature itself, compares it in constant time, and refuses a timestamp that is far off."""
    second = str(int(at.timestamp()))
    signatures = (
        base64.b64encode(
            hmac.digest(secret, f"{message_id}.{second}.".encode() + body, hashlib.sha256)
        ).decode()
        for secret in secrets
    )
    return {
        "webhook-id": message_id,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


def _address(
    url: str, target: Target, folder: Path, environment: Mapping[str, str] | None
) -> tuple[str, tuple[bytes, ...]]:
    parts = urlsplit(url)
    if not parts.hostname:
        raise _unusable(target, "its address names no host")
    query = parse_qsl(parts.query, keep_blank_values=True)
    pointer = next((value for name, value in query if name == "secret"), "")
    if not pointer:
        raise _unusable(target, "its address names no secret to sign with")
    said = secret_text(pointer, target, folder, os.environ if environment is None else environment)
    secrets = tuple(_key(one, target) for one in said.split())
    rest = urlencode([(name, value) for name, value in query if name != "secret"])
    scheme = parts.scheme.removeprefix("webhook+")
    return urlunsplit((scheme, parts.netloc, parts.path or "/", rest, "")), secrets


def _key(said: str, target: Target) -> bytes:
    """The bytes of a secret: ``whsec_`` and base64 as Standard Webhooks writes it, else the text itself."""
    try:
        key = (
            base64.b64decode(said.removeprefix(_PREFIX), validate=True)
            if said.startswith(_PREFIX)
            else said.encode()
        )
    except binascii.Error:
        raise _unusable(target, f"what follows {_PREFIX} in its secret is not base64") from None
    if len(key) < _SHORTEST:
        raise _unusable(target, f"its secret is shorter than {_SHORTEST} bytes")
    return key


def _failed(answer: Answer, target: Target) -> DeliveryFailed:
    mend = ""
    if not answer.status:
        said = "no answer came" if answer.uncertain else "the webhook cannot be reached"
        said = f"{said} ({answer.said})"
    elif 300 <= answer.status < 400:
        said = f"the webhook redirects elsewhere ({answer.status}), and a signed message is not sent on"
        mend = "Write the address where it ends"
    else:
        # The words of an unknown receiver are not repeated: they may hold the address that was called.
        said = f"the webhook did not take it ({answer.status})"
    return DeliveryFailed(
        said,
        thing=f"target {target}",
        uncertain=answer.uncertain,
        mend=mend,
        retry_after=answer.retry_after,
    )


def _unusable(target: Target, reason: str) -> DeliveryFailed:
    return DeliveryFailed(
        reason,
        thing=f"target {target}",
        mend="Write it like webhook+https://host.example.org/path?secret=env:NAME, with a secret of 24 random bytes",
    )
