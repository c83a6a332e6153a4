"""Discord: webhooks, with the limits of its reference and its way of saying 429."""

from __future__ import annotations

import re
from typing import Any

from tests.alerts.fakes.server import Reply, Request, Service, said, units


class Discord(Service):
    """``called`` is whom the messages would have called."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []

    def judge(self, request: Request) -> Reply:
        message = request.json
        content, embeds = message.get("content") or "", message.get("embeds") or []
        if not content and not embeds:
            return said(400, {"message": "Cannot send an empty message", "code": 50006})
        if wrong := _wrong(content, embeds):
            errors = {wrong: {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH"}]}}
            return said(400, {"message": "Invalid Form Body", "code": 50035, "errors": errors})
        if message.get("allowed_mentions", {}).get("parse", ["everyone"]) != []:
            self.called += re.findall(r"@(?:everyone|here)|<@[&!]?\d+>", content)
        self.keep(embeds[0].get("title", "") if embeds else content.partition("\r\n")[0], message)
        return said(200, {"id": "1"}, **{"X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "1470173023"})

    def limited(self) -> Reply:
        return said(
            429,
            {"message": "You are being rate limited.", "retry_after": 1.337, "global": False},
            **{
                "Retry-After": "2",
                "X-RateLimit-Limit": "5",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": "4102444800",  # in 2100: whoever waits for it is seen to
                "X-RateLimit-Reset-After": "1.337",
            },
        )


def _wrong(content: str, embeds: list[dict[str, Any]]) -> str:
    if units(content) > 2000:
        return "content"
    if len(embeds) > 10:
        return "embeds"
    for embed in embeds:
        if units(embed.get("title", "")) > 256 or units(embed.get("description", "")) > 4096:
            return "embeds"
    total = sum(units(embed.get("title", "")) + units(embed.get("description", "")) for embed in embeds)
    return "embeds" if total > 6000 else ""


def shown(title: str) -> str:
    """A title as Discord shows it: without the marks that keep its letters from being markup."""
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", title).replace("\u200b", "")


def body_of(message: dict[str, Any]) -> str:
    """The text inside the blocks of code of a message."""
    return "".join(
        embed["description"].removeprefix("```\n").rpartition("\n```")[0].replace("``\u200b`", "```")
        for embed in message["embeds"]
    )
