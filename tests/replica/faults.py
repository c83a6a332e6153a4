"""What can go wrong with an answer, by name: the walls and accidents that the sources are known for."""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass, field, replace

NAMES = (
    "wall_200 waf_202 captcha_403 rate_429 server_503 timeout truncate truncated_gzip wrong_type empty_200 maintenance_200 shrunk "
    "redirect_loop redirect_away bad_charset bad_bytes reset"
).split()

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer before it is sent."""

    status: int = 200
    body: bytes = b""
    media_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Fault:
    """A fault, the addresses that it befalls (a pattern searched in ``host/path?query``), and which of them: every n-th, the first n, or
    each with a ``chance`` that repeats exactly for the same ``seed`` and order of requests."""

    name: str
    match: str = "."
    every: int = 1
    first: int | None = None
    seen: int = 0
    chance: float | None = None
    seed: int = 0
    dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def strikes(self, target: str) -> bool:
        """Whether this request is hit."""
        if not re.search(self.match, target):
            return False
        self.seen += 1
        if self.chance is not None:
            return self.dice.random() < self.chance
        return self.seen <= self.first if self.first is not None else self.seen % self.every == 0


def page(title: str, words: str, status: int = 200, **headers: str) -> Reply:
    """A page for people."""
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    return Reply(
        status=status, body=text.encode(), headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def spoiled(name: str, reply: Reply, url: str) -> Reply:
    """The answer that a fault makes of a good one. ``timeout``, ``truncate`` and ``reset`` are the wire's work, see the server."""
    pages = {
        "wall_200": page(
            "Federal Register :: Request Access",
            'Because of aggressive automated scraping <div class="g-recaptcha">',
        ),
        "waf_202": page(
            "", '<script src="https://x.token.awswaf.com/challenge.js">', 202, x_amzn_waf_action="challenge"
        ),
        "captcha_403": page("Just a moment...", '<div class="g-recaptcha"></div>', 403),
        "rate_429": page("Too Many Requests", "Slow down.", 429, Retry_After="1"),
        "server_503": page("Service Unavailable", "Later.", 503, Retry_After="1"),
        "maintenance_200": page("Scheduled maintenance", "We are back in the morning."),
        "empty_200": Reply(media_type=reply.media_type),
        "redirect_loop": Reply(status=302, headers={"Location": url}),
        "redirect_away": Reply(status=302, headers={"Location": "https://unblock.example.org/"}),
    }
    if name in pages:
        return pages[name]
    kind = reply.media_type.partition(";")[0]
    match name:
        case "wrong_type":
            return replace(reply, media_type=HTML)
        case "bad_charset":
            return replace(reply, media_type=f"{kind}; charset=shift_jis")
        case "bad_bytes":
            middle = len(reply.body) // 2
            return replace(reply, body=reply.body[:middle] + b"\xff" + reply.body[middle:])
        case "truncated_gzip":
            packed = gzip.compress(reply.body)
            return replace(
                reply, body=packed[: len(packed) // 2], headers={**reply.headers, "Content-Encoding": "gzip"}
            )
        case "shrunk":
            return replace(reply, body=_shrunk(reply.body, kind))
    return reply


def _shrunk(body: bytes, kind: str) -> bytes:
    """The same document, well formed, with one in five of its members, units or paragraphs."""
    if kind.endswith("json"):
        return json.dumps(_fewer(json.loads(body))).encode()
    if kind.endswith(("zip", "pdf")):
        return body[: len(body) // 5]
    if kind in ("text/plain", "text/csv"):
        lines = body.splitlines(keepends=True)
        return b"".join(lines[: max(1, len(lines) // 5)])
    for pattern in (
        rb"<(DIV8|DIV9|sdnEntry|Article|ARTICLE|P1|item|entry|li)\b.*?</\1>\s*",
        rb"<(P|p)\b.*?</\1>\s*",
    ):
        found = list(re.finditer(pattern, body, re.S))
        if len(found) >= 5:
            for number, hit in reversed(list(enumerate(found))):
                if number % 5:
                    body = body[: hit.start()] + body[hit.end() :]
            return body
    return body


def _fewer(value: object) -> object:
    if isinstance(value, dict):
        return {key: _fewer(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_fewer(each) for each in (value[: len(value) // 5] if len(value) >= 5 else value)]
    return value
