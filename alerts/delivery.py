"""One message to one target. Console and file are our own, mail is the standard library's, all else is Apprise's last metre.

Apprise answers with a result and never raises: here that becomes ``DeliveryFailed``, whose text never holds the target's URL.
"""

from __future__ import annotations

import logging
import re
import sys
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

import apprise
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack, SlackMode

from alerts.channels import PARTS, discord_text, fit, slack_blocks
from alerts.console import append_records, write_console
from alerts.mail import SCHEMES, mail, mail_server, send_mail
from alerts.message import Payload
from alerts.targets import CONSOLE, Target, alerts_file, resolve
from archive.errors import DeliveryFailed

# Apprise's own lines can name addresses. What they say of a failure is read from its result, and masked.
logging.getLogger("apprise").addHandler(logging.NullHandler())
logging.getLogger("apprise").propagate = False

POSSIBLE_REPEAT = "[possible repeat] "
TIMEOUT = 60.0
_TITLE_ROOM = 40  # for "[possible repeat] " and "(10/10)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message on its way: ``watches`` are the names with the ids of the changes that each met; ``repeat`` says that an earlier
    try may have arrived."""

    message_id: str
    payload: Payload
    watches: tuple[tuple[str, tuple[str, ...]], ...]
    sent_at: datetime
    repeat: bool = False

    @property
    def title(self) -> str:
        """The title, marked where the message may be a repeat."""
        return (POSSIBLE_REPEAT if self.repeat else "") + self.payload.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where deliveries start from: the folder of relative paths, the environment with the secrets, the stream of ``console:``."""

    folder: Path
    environment: Mapping[str, str] | None = None
    stream: TextIO | None = None

    def deliver(self, outgoing: Outgoing, target: Target) -> None:
        """Send it, once. Returns when the channel has taken it; raises ``DeliveryFailed``, ``uncertain`` where it may have."""
        path = alerts_file(target, self.folder)
        if path is not None:
            append_records(path, [_record(outgoing, target, *watch) for watch in outgoing.watches])
            return
        url = resolve(target, self.folder, self.environment)
        if url == CONSOLE:
            write_console(self.stream or sys.stdout, outgoing.title, outgoing.payload.body)
        elif url.partition(":")[0].lower() in SCHEMES:
            _by_mail(outgoing, url, target)
        else:
            _by_apprise(outgoing, url, target)


def _record(outgoing: Outgoing, target: Target, watch: str, changes: tuple[str, ...]) -> dict[str, object]:
    return {
        "message_id": outgoing.message_id,
        "watch": watch,
        "target": target.name,
        "changes": list(changes),
        "title": outgoing.title,
        "body": outgoing.payload.body,
        "sent_at": outgoing.sent_at.isoformat(),
    }


def _by_mail(outgoing: Outgoing, url: str, target: Target) -> None:
    server = mail_server(url, target.name)
    send_mail(
        mail(
            message_id=outgoing.message_id,
            thread=outgoing.payload.thread,
            title=outgoing.title,
            body=outgoing.payload.body,
            html=outgoing.payload.html,
            sent_at=outgoing.sent_at,
            server=server,
        ),
        server,
        target.name,
    )


def _by_apprise(outgoing: Outgoing, url: str, target: Target) -> None:
    channel = _channel(url, target)
    plugin = channel[0]
    if isinstance(plugin, NotifySlack) and plugin.mode in (
        SlackMode.WEBHOOK,
        SlackMode.WEBHOOK_GOV,
        SlackMode.BOT,
    ):
        _by_slack(outgoing, url, target)
        return
    literal = discord_text if isinstance(plugin, NotifyDiscord) else str
    limit = plugin.body_maxlen - len(outgoing.title) - _TITLE_ROOM  # some plugins put the title in the body
    parts = fit(
        outgoing.payload.body, max(limit, 64), PARTS, outgoing.payload.link, lambda part: len(literal(part))
    )
    for number, part in enumerate(parts, 1):
        title = outgoing.title if len(parts) == 1 else f"{outgoing.title} ({number}/{len(parts)})"
        shown = title.replace("@", "@\u200b")[: plugin.title_maxlen or None]  # no title calls @everyone
        _notify(channel, shown, literal(part), url, target, uncertain=number > 1)


def _by_slack(outgoing: Outgoing, url: str, target: Target) -> None:
    """Apprise's one section of up to 35,000 characters is refused by Slack: it gets blocks of our own, as a template."""
    blocks = slack_blocks(outgoing.title, outgoing.payload.body, outgoing.payload.link)
    with tempfile.TemporaryDirectory(prefix="tocsin-") as folder:
        template = Path(folder) / "blocks.json"
        template.write_text(blocks, encoding="ascii")
        channel = _channel(f"{url}{'&' if '?' in url else '?'}blocks=yes&template={template}", target)
        plugin = channel[0]
        assert isinstance(plugin, NotifySlack)
        plugin.template[0].max_file_size = len(blocks) + 1
        _notify(
            channel, outgoing.title, outgoing.payload.link or outgoing.title, url, target, uncertain=False
        )


def _channel(url: str, target: Target) -> apprise.Apprise:
    asset = apprise.AppriseAsset(
        app_id="tocsin", app_desc="regulation changes", app_url="", async_mode=False, service_timeout=TIMEOUT
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
    return channel


def _notify(
    channel: apprise.Apprise, title: str, body: str, url: str, target: Target, *, uncertain: bool
) -> None:
    """``uncertain`` says that an earlier part has arrived: to send again is to repeat it."""
    result = channel.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
    if result:
        return
    timed_out = result.timeout_count > 0
    raise DeliveryFailed(
        f"the channel did not take it ({_reason(result, url)})",
        thing=f"target {target}",
        uncertain=uncertain or timed_out,
    )


def _reason(result: apprise.AppriseResult, url: str) -> str:
    """The last thing that was logged of the failure, with every part of the URL that could be a secret masked."""
    said = [str(entry.message) for entry in result.logs() if getattr(entry, "message", "")]
    text = " ".join(said[-1].split())[:200] if said else result.status.name.lower()
    secrets = sorted(set(re.findall(r"[^/:?&=@]{4,}", url.partition("://")[2])), key=len, reverse=True)
    for secret in secrets:
        text = text.replace(secret, "…")
    return text
