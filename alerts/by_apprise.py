"""A message to a service that Apprise knows: in parts within its limits, Slack in blocks of our own.

Apprise answers with a result and never raises: here that becomes ``DeliveryFailed``, whose text never holds the target's URL.
"""

from __future__ import annotations

import logging
import re
import tempfile
import warnings
from pathlib import Path

import apprise
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack, SlackMode

from alerts.channels import PARTS, discord_text, fit, slack_blocks
from alerts.delivery import Outgoing
from alerts.targets import Target
from archive.errors import DeliveryFailed

# Apprise's own lines can name addresses. What they say of a failure is read from its result, and masked.
logging.getLogger("apprise").addHandler(logging.NullHandler())
logging.getLogger("apprise").propagate = False

TIMEOUT = 60.0
_TITLE_ROOM = 40  # for "[possible repeat] " and "(10/10)"


def send_by_apprise(outgoing: Outgoing, url: str, target: Target) -> None:
    """Send it, in as many parts as the service takes. Raises ``DeliveryFailed``."""
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
