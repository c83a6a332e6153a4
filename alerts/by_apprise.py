"""A message to a service that Apprise knows: in parts within its limits; to Slack, Discord and Teams in forms of our own.

Apprise answers with a result and never raises: here that becomes ``DeliveryFailed``, whose text never holds the target's URL.
"""

from __future__ import annotations

import logging
import re
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import apprise
from apprise.conversion import convert_between
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack, SlackMode
from apprise.plugins.workflows import NotifyWorkflows

from alerts.cards import discord_messages, numbered, slack_messages, teams_messages
from alerts.channels import PARTS, fit, split, units
from alerts.heard import Answer, hearing
from alerts.language import texts
from alerts.outgoing import Outgoing
from alerts.targets import Target
from archive.errors import DeliveryFailed

# Apprise's own lines can name addresses. What they say of a failure is read from its result, and masked.
logging.getLogger("apprise").addHandler(logging.NullHandler())
logging.getLogger("apprise").propagate = False

TIMEOUT = 60.0
CONNECT_TIMEOUT, READ_TIMEOUT = 10.0, 30.0
"""Seconds for one answer: Apprise's own four make a slow service's message a possible repeat."""
_BOUND = 160  # the length of an SMS: what takes no more is told the title and where to read on

Plugin = Any  # Apprise publishes no types


def send_by_apprise(outgoing: Outgoing, url: str, target: Target) -> None:
    """Send it, in as many parts as the service takes. Raises ``DeliveryFailed``."""
    channel = _channel(url, target)
    plugin = channel[0]
    forms = _forms(plugin, outgoing)
    if forms:
        for number, form in enumerate(forms, 1):
            with _template(plugin, form):
                body = outgoing.payload.link or outgoing.title
                _notify(channel, outgoing.title, body, url, target, earlier=number > 1)
        return
    for number, (title, body) in enumerate(_plain_parts(plugin, outgoing), 1):
        _notify(channel, title, body, url, target, earlier=number > 1)


def _forms(plugin: Plugin, outgoing: Outgoing) -> tuple[str, ...]:
    """The message as templates, where the service has a form of ours and the target names no template of its own."""
    title, payload = outgoing.title, outgoing.payload
    if getattr(plugin, "template", None):
        return ()
    if isinstance(plugin, NotifySlack) and plugin.mode in (
        SlackMode.WEBHOOK,
        SlackMode.WEBHOOK_GOV,
        SlackMode.BOT,
    ):
        return slack_messages(title, payload, bot=plugin.mode == SlackMode.BOT)
    if isinstance(plugin, NotifyDiscord):
        return discord_messages(title, payload)
    if isinstance(plugin, NotifyWorkflows):
        return teams_messages(title, payload)
    return ()


@contextmanager
def _template(plugin: Plugin, form: str) -> Iterator[None]:
    """The form as the plugin's template, which it reads from a file. Left to itself Apprise sends one section of up to 35,000 characters,
    which Slack refuses."""
    with tempfile.TemporaryDirectory(prefix="tocsin-") as folder:
        path = Path(folder) / "message.json"
        path.write_text(form, encoding="ascii")
        plugin.template.clear()
        plugin.template.add(str(path))
        plugin.template[0].max_file_size = len(form) + 1
        if isinstance(plugin, NotifySlack):
            plugin.use_blocks = True
        yield


def _plain_parts(plugin: Plugin, outgoing: Outgoing) -> Sequence[tuple[str, str]]:
    """Titles and bodies within what the plugin says of its service, measured as it will write them."""
    written = partial(_written, plugin)
    limit = int(plugin.body_maxlen)
    in_body = plugin.title_maxlen <= 0 or plugin.overflow_amalgamate_title
    most = limit // 3 if in_body else int(plugin.title_maxlen)
    title = _calling_nobody(outgoing.title)
    if units(written(title)) > most - len(" (10/10)"):
        room = max(most - len("… (10/10)"), 8)
        title = split(title, room, size=lambda text: units(written(text)))[0].rstrip() + "…"
    taken = units(written(f"{title} (10/10)")) + 8 if in_body else 0
    parts = fit(
        outgoing.payload.body,
        limit - taken,
        PARTS if limit > 4 * _BOUND else 1,
        outgoing.payload.link,
        lambda text: units(written(text)),
        texts(outgoing.payload.language),
    )
    return tuple(zip(numbered(title, len(parts)), parts, strict=True))


def _written(plugin: Plugin, text: str) -> str:
    form = plugin.resolve_format(apprise.NotifyFormat.TEXT)
    converted = convert_between(apprise.NotifyFormat.TEXT, form, content=text)  # type: ignore[no-untyped-call]
    return str(plugin.dialect_convert(converted, form))


def _calling_nobody(title: str) -> str:
    """One line, with a mark without width after each sign that could call somebody."""
    return " ".join(title.split()).replace("@", "@\u200b")


def _channel(url: str, target: Target) -> apprise.Apprise:
    asset = apprise.AppriseAsset(
        app_id="tocsin",
        app_desc="regulation changes",
        app_url="",
        image_url_mask="",  # no picture from elsewhere
        async_mode=False,
        service_timeout=TIMEOUT,
    )
    channel = apprise.Apprise(asset=asset)
    with warnings.catch_warnings():
        # The first call loads every plugin; Apprise 2.2 imports imghdr, which Python 3.11 deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        known = channel.add(url)
    if not known:
        raise DeliveryFailed(
            "its address is none that Apprise knows",
            thing=f"target {target}",
            mend="See the list of services of Apprise for how such an address is written",
        )
    if len(channel.urls()) > 1:
        raise DeliveryFailed(
            "its address names several services, of which one could take the message and another refuse it",
            thing=f"target {target}",
            mend="Make a target of each",
        )
    plugin: Plugin = channel[0]
    if plugin.socket_read_timeout == type(plugin).socket_read_timeout:
        plugin.socket_read_timeout = READ_TIMEOUT
    if plugin.socket_connect_timeout == type(plugin).socket_connect_timeout:
        plugin.socket_connect_timeout = CONNECT_TIMEOUT
    plugin.retry = 0  # to try again is the outbox's to do
    plugin.optional = False  # no failure is a success
    plugin.redirects = False  # a redirected POST arrives as a GET: answered with 200, and lost
    if isinstance(plugin, NotifyDiscord):
        # So is to wait for as long as Discord says.
        plugin._send = partial(plugin._send, rate_limit=0)  # type: ignore[method-assign]
    return channel


def _notify(
    channel: apprise.Apprise, title: str, body: str, url: str, target: Target, *, earlier: bool
) -> None:
    """``earlier`` says that a part has arrived before: to send again is to repeat it."""
    with hearing() as heard:
        result = channel.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
    if result:
        return
    last = heard[-1] if heard else Answer()
    others = len(channel[0]) > 1 and any(answer.taken for answer in heard)
    raise DeliveryFailed(
        f"the channel did not take it ({_reason(result, last, url)})",
        thing=f"target {target}",
        uncertain=earlier or others or result.timeout_count > 0 or last.uncertain,
        retry_after=last.retry_after,
    )


def _reason(result: apprise.AppriseResult, last: Answer, url: str) -> str:
    """The last thing that was logged of the failure and what the service answered, with every part of the URL that could be a
    secret masked."""
    said = [str(entry.message) for entry in result.logs() if getattr(entry, "message", "")]
    text = " ".join(said[-1].split())[:200] if said else result.status.name.lower()
    if last.said:
        text = f"{text.rstrip('.')}: {last.said}"
    secrets = sorted(set(re.findall(r"[^/:?&=@]{4,}", url.partition("://")[2])), key=len, reverse=True)
    for secret in secrets:
        text = text.replace(secret, "…")
    return text
