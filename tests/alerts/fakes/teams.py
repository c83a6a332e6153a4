"""Teams by a workflow of Power Automate: adaptive cards of at most 28 KB, counted as the service counts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.alerts.fakes.server import Reply, Request, Service, said, units

MOST = 28_672
_FRAME = 1_500  # what the workflow puts around a card


class Teams(Service):
    def judge(self, request: Request) -> Reply:
        parts = urlsplit(request.path)
        if "sig" not in parse_qs(parts.query) or not parts.path.endswith("/triggers/manual/paths/invoke"):
            return said(401, {"error": {"code": "DirectApiAuthorizationRequired"}})
        try:
            message = request.json
            (attachment,) = message["attachments"]
            card = attachment["content"]
            texts = [run["text"] for block in card["body"] for run in block["inlines"]]
            sound = (
                message["type"] == "message"
                and attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
                and card["type"] == "AdaptiveCard"
                and card["version"] in ("1.2", "1.3", "1.4", "1.5")
                and all(block["type"] == "RichTextBlock" for block in card["body"])
                and all(texts)
                and all(action["url"].startswith("http") for action in card.get("actions", []))
            )
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            return said(400, {"error": {"code": "BadRequest", "message": "InvalidBotParameters"}})
        size = _FRAME + max(len(request.body), 2 * units(json.dumps(card, ensure_ascii=False)))
        if size > MOST:
            words = f"MessageSizeExceeded-Message properties size exceeded. Actual message properties size: {size} bytes, whereas max allowed size is {MOST} bytes"
            return said(400, {"error": {"code": "BadRequest", "message": words}})
        self.keep(texts[0], message)
        return Reply(202)

    def limited(self) -> Reply:
        return said(429, {"error": {"code": "TooManyRequests"}}, **{"Retry-After": "17"})


def body_of(message: dict[str, Any]) -> str:
    """The lines of a card after its title."""
    blocks = message["attachments"][0]["content"]["body"][1:]
    return "\n".join(run["text"].replace("\u00a0", "") for block in blocks for run in block["inlines"]) + "\n"
