"""Slack: incoming webhooks and ``chat.postMessage``, with the limits of the Block Kit reference."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from tests.alerts.fakes.server import Reply, Request, Service, said, units

_SEQUENCE = re.compile(r"<([^>]*)>")


class Slack(Service):
    """``called`` is what the messages would have called or linked in markup, apart from links to the web."""

    def __init__(self) -> None:
        super().__init__()
        self.called: list[str] = []

    def judge(self, request: Request) -> Reply:
        bot = request.path.startswith("/api/")
        error = self._error(request, bot)
        if error:
            return said(200, {"ok": False, "error": error}) if bot else Reply(400, error.encode())
        message = request.json
        blocks = [block for one in message["attachments"] for block in one.get("blocks", [])]
        self.keep(unescape(blocks[0]["text"]["text"]), message)
        read = [block["text"]["text"] for block in blocks if block["text"]["type"] == "mrkdwn"]
        for text in (*read, *(one.get("fallback", "") for one in message["attachments"])):
            self.called += [
                found for found in _SEQUENCE.findall(text) if not re.match(r"https?://[^|<>]+(\||$)", found)
            ]
        return said(200, {"ok": True, "channel": "C1", "ts": "1.1"}) if bot else Reply(200, b"ok")

    def limited(self) -> Reply:
        return Reply(429, b"rate_limited", {"Retry-After": "30"})

    def broken(self) -> Reply:
        return Reply(500, b"rollup_error")

    def _error(self, request: Request, bot: bool) -> str:
        if not request.headers["content-type"].startswith("application/json"):
            return "invalid_payload"
        try:
            message = request.json
        except ValueError:
            return "invalid_payload"
        if not isinstance(message, dict):
            return "invalid_payload"
        attachments = message.get("attachments", [])
        if not message.get("text") and not attachments:
            return "no_text"
        if len(attachments) > 100:
            return "too_many_attachments"
        blocks = [block for one in attachments for block in one.get("blocks", [])]
        if not 0 < len(blocks) <= 50 or not all(_sound(block) for block in blocks):
            return "invalid_blocks"
        if bot and (
            sum(units(block["text"]["text"]) for block in blocks) > 11_000
            or len(json.dumps(blocks, ensure_ascii=False)) > 17_000
        ):
            return "msg_blocks_too_long"
        return ""


def _sound(block: dict[str, Any]) -> bool:
    text = block.get("text", {})
    length = units(text.get("text", ""))
    if block["type"] == "header":
        return text.get("type") == "plain_text" and 0 < length <= 150
    if block["type"] == "section":
        return text.get("type") in ("plain_text", "mrkdwn") and 0 < length <= 3000
    return block["type"] == "divider"


def body_of(message: dict[str, Any]) -> str:
    """The text of the plain sections of a message."""
    return "".join(
        unescape(block["text"]["text"])
        for one in message["attachments"]
        for block in one["blocks"]
        if block["type"] == "section" and block["text"]["type"] == "plain_text"
    )
