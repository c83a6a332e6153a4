"""Where the services stand: each a server, the address of a target, and Apprise's plugin pointed at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram

from tests.alerts.fakes import discord, slack, teams, telegram, webhook
from tests.alerts.fakes.server import Service, certificate, serve


@dataclass
class Place:
    """A service at work. ``url`` is what a target says; ``wait`` the seconds that its 429 asks for; ``secrets`` are in the address."""

    name: str
    service: Service
    body_of: Callable[[Any], str]
    wait: int
    secrets: tuple[str, ...]
    url: str = ""
    choose: Callable[[], str] = lambda: ""

    def open(self, stack: ExitStack, tls: Path | None = None) -> int:
        return stack.enter_context(serve(self.service, lambda: self.choose(), tls))


def _patch(stack: ExitStack) -> pytest.MonkeyPatch:
    return stack.enter_context(pytest.MonkeyPatch.context())


def slack_place(stack: ExitStack, folder: Path) -> Place:
    tokens = ("T1JJ3T3L2", "A1BRTD4JD", "TIiajkdnlazkcOXrIdevi7FQ")
    place = Place("slack", slack.Slack(), slack.body_of, 30, tokens)
    port = place.open(stack)
    _patch(stack).setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{port}/services")
    place.url = f"slack://{'/'.join(tokens)}/#trade"
    return place


def slack_bot_place(stack: ExitStack, folder: Path) -> Place:
    token = "xoxb-1234-1234-abc124"
    place = Place("slack bot", slack.Slack(), slack.body_of, 30, (token,))
    port = place.open(stack)
    patch = _patch(stack)
    patch.setattr(NotifySlack, "api_url", f"http://127.0.0.1:{port}/api/{{}}")
    patch.setattr(NotifySlack, "request_rate_per_sec", 0)
    place.url = f"slack://{token}/#trade"
    return place


def discord_place(stack: ExitStack, folder: Path) -> Place:
    secrets = ("4174216298", "JHMHI8qBe7bk2ZwO5U711o3dV_js")
    place = Place("discord", discord.Discord(), discord.body_of, 2, secrets)
    port = place.open(stack)
    _patch(stack).setattr(NotifyDiscord, "notify_url", f"http://127.0.0.1:{port}/api/webhooks")
    place.url = f"discord://{'/'.join(secrets)}"
    return place


def teams_place(stack: ExitStack, folder: Path) -> Place:
    """The plugin calls nothing but https: the server has a certificate of its own."""
    trusted = certificate(folder)
    secrets = ("643e69f83c8943438d68119179a10a64", "KODuebWbDGYFr0z0eu")
    place = Place("teams", teams.Teams(), teams.body_of, 17, secrets)
    port = place.open(stack, tls=folder)
    patch = _patch(stack)
    patch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    patch.setattr("apprise.plugins.workflows.NotifyWorkflows.request_rate_per_sec", 0)
    place.url = f"workflows://127.0.0.1:{port}/{'/'.join(secrets)}"
    return place


def telegram_place(stack: ExitStack, folder: Path) -> Place:
    token = "123456789:abcdefg_hijklmnop"
    place = Place(
        "telegram", telegram.Telegram(), lambda text: text.partition("\n")[2], 5, ("abcdefg_hijklmnop",)
    )
    port = place.open(stack)
    patch = _patch(stack)
    patch.setattr(NotifyTelegram, "notify_url", f"http://127.0.0.1:{port}/bot")
    patch.setattr(NotifyTelegram, "request_rate_per_sec", 0)
    place.url = f"tgram://{token}/12315544"
    return place


def webhook_place(stack: ExitStack, folder: Path) -> Place:
    place = Place("webhook", webhook.Webhook(), lambda message: str(message["text"]), 90, (webhook.SECRET,))
    port = place.open(stack)
    place.url = f"webhook+http://127.0.0.1:{port}/hook/of-ours?secret={webhook.SECRET}&tenant=a"
    return place
