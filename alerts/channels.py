"""What a channel takes: texts split at line ends within its limit, and Slack's blocks. Pure.

Nothing is ever cut without a word: what does not fit is replaced by a notice that counts it and links to the whole.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from html import escape

# Slack, Block Kit reference: 3,000 characters in the text of a section, 150 in a header, 50 blocks in a message.
SLACK_SECTION = 2_990
SLACK_HEADER = 150
SLACK_BLOCKS = 50
PARTS = 10
"""Messages into which one is split for a channel that takes only one text at a time."""

Size = Callable[[str], int]


def split(text: str, limit: int, size: Size = len) -> tuple[str, ...]:
    """``text`` in parts of at most ``limit`` by ``size``, cut after a line end where one can be had, else after a blank, else
    between two letters, never inside one. Joined, the parts are the text. ``limit`` has room for a few letters."""
    parts = []
    while size(text) > limit:
        end = _cut(text, limit, size)
        parts.append(text[:end])
        text = text[end:]
    return (*parts, text) if text or not parts else tuple(parts)


def fit(text: str, limit: int, most: int, link: str, size: Size = len) -> tuple[str, ...]:
    """The parts of ``text``, at most ``most`` of them; if there were more, the last ends in a notice with ``link``."""
    parts = split(text, limit, size)
    if len(parts) <= most:
        return parts
    kept, rest = parts[: most - 1], "".join(parts[most - 1 :])
    notice = _notice(len(rest), link)
    room = limit - size(notice)
    if room <= 0:
        return (*kept, notice)
    last = split(rest, room, size)[0]
    return (*kept, last + _notice(len(rest) - len(last), link))


def slack_blocks(title: str, body: str, link: str) -> str:
    """An attachment of Slack's Block Kit as JSON in ASCII: a header, the body in plain sections, a link.

    Sections are ``plain_text``, which Slack does not read as mrkdwn, so that an asterisk, ``<!channel>`` or a crafted link in a
    title stays what it is; ``&``, ``<`` and ``>`` are escaped, as Slack asks for every text. Braces are written as escapes: Apprise
    fills in ``{{…}}`` before it reads the JSON.
    """
    closing = (
        [{"type": "section", "text": {"type": "mrkdwn", "text": f"<{_slack(link)}|Read it in the archive>"}}]
        if link
        else []
    )
    sections = fit(body, SLACK_SECTION, SLACK_BLOCKS - 1 - len(closing), "", size=_slack_size)
    header = split(title, SLACK_HEADER - 1, size=_slack_size)
    shown = (
        header[0] if len(header) == 1 else split(title, SLACK_HEADER - 2, size=_slack_size)[0].rstrip() + "…"
    )
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": _slack(shown) or "tocsin", "emoji": False}},
        *(
            {"type": "section", "text": {"type": "plain_text", "text": _slack(part), "emoji": False}}
            for part in sections
            if part.strip()
        ),
        *closing,
    ]
    return json.dumps({"fallback": shown, "blocks": blocks}).replace("{{", "\\u007b\\u007b")


def discord_text(text: str) -> str:
    """``text`` as a block of code: everywhere else Discord reads markup and calls people. A fence in the text is broken by a
    mark without width."""
    return "```\n" + text.replace("```", "``\u200b`") + "\n```"


def _slack(text: str) -> str:
    return escape(text, quote=False)


def _slack_size(text: str) -> int:
    return len(_slack(text))


def _notice(missing: int, link: str) -> str:
    where = f": {link}" if link else " in the archive"
    return f"\n[… cut here, {missing:,} more characters; the whole{where}]\n"


def _cut(text: str, limit: int, size: Size) -> int:
    """Where the first part ends: the most that fits, taken back to a line end or a blank of its last half."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    most = low
    for border in ("\n", " "):
        at = text.rfind(border, most // 2, most)
        if at >= 0:
            return at + 1
    end = most
    while end > 1 and end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return end if end > 1 else most
