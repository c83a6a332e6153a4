"""What Slack, Discord and Teams are sent: messages of their own forms, as templates of JSON that Apprise delivers. Pure.

Law text and titles come from fetched pages. They stand where the service reads no markup (plain text in Slack, a block of code in Discord,
a run of text in Teams), so that an asterisk, ``<!channel>``, ``@everyone`` or a crafted link stays what it is. The JSON is ASCII, and braces
are written as escapes: Apprise fills in ``{{…}}`` before it reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from alerts.channels import PARTS, Size, fit, split, units
from alerts.language import texts
from alerts.message import Payload

# Slack, Block Kit reference: 3,000 characters in the text of a section, 150 in a header, 50 blocks in a message. A bot's message is
# refused (msg_blocks_too_long) when all its blocks together hold about 12,000 with their frames (slackapi/bolt-js 2509 and
# 2867, 2025-2026: 9,597 taken, 11,341 refused), one of an incoming webhook is not.
SLACK_SECTION = 2_990
SLACK_HEADER = 150
SLACK_BLOCKS = 50
SLACK_BOT_SECTIONS = 3
# Discord, "Embed Limits": 256 characters in a title, 4,096 in a description, 6,000 in all embeds of a message.
DISCORD_TITLE = 256
DISCORD_DESCRIPTION = 4_096
# Teams takes 28 KB (28,672 bytes) a message, counted after it has made UTF-16 of the card and put its own frame around
# (MicrosoftDocs/msteams-docs 11274, 2024: 24,453 bytes sent were 28,897 counted).
TEAMS_CARD = 24_000

Links = Sequence[tuple[str, str]]
_MARKDOWN = re.compile(r"([\\`*_~|<>\[\]()#:-])")


def slack_messages(title: str, payload: Payload, *, bot: bool) -> tuple[str, ...]:
    """Attachments of blocks, one a message: a header, the body in plain sections, the links. A webhook takes all in one message."""
    most = SLACK_BOT_SECTIONS if bot else SLACK_BLOCKS - 2
    say = texts(payload.language)
    sections = fit(payload.body, SLACK_SECTION, most * (PARTS if bot else 1), payload.link, _slack_size, say)
    groups = [sections[at : at + most] for at in range(0, len(sections), most)]
    titles = (_short(one, SLACK_HEADER, _slack_size) for one in numbered(title, len(groups)))
    return tuple(
        _template({"fallback": _slack(shown), "blocks": _slack_blocks(shown, group, _links(payload))})
        for group, shown in zip(groups, titles, strict=True)
    )


def discord_messages(title: str, payload: Payload) -> tuple[str, ...]:
    """Messages of one embed each, the body in a block of code, the links under it; nobody is called by them."""
    links = " · ".join(f"[{said}]({_url(link)})" for said, link in _links(payload))
    below = f"\n{links}" if links else ""

    def written(part: str) -> str:
        return literal(part) + below

    parts = fit(
        payload.body,
        DISCORD_DESCRIPTION,
        PARTS,
        payload.link,
        lambda part: units(written(part)),
        texts(payload.language),
    )
    return tuple(
        _template(
            {
                "allowed_mentions": {"parse": []},
                "embeds": [
                    {
                        "title": _short(one, DISCORD_TITLE, lambda text: units(_plain(text)), shown=_plain),
                        "description": written(part),
                        **({"url": _url(payload.link)} if payload.link else {}),
                    }
                ],
            }
        )
        for one, part in zip(numbered(title, len(parts)), parts, strict=True)
    )


def teams_messages(title: str, payload: Payload) -> tuple[str, ...]:
    """Adaptive cards, one a message: each line a run of text, which Teams reads no markdown in, and a button for each link."""
    shown, links = _short(title, 300, units), _links(payload)
    parts = fit(
        payload.body,
        TEAMS_CARD - _teams_size(_teams_card(f"{shown} (10/10)", "", links)),
        PARTS,
        payload.link,
        _lines_size,
        texts(payload.language),
    )
    return tuple(
        _template(_teams_card(one, part, links))
        for one, part in zip(numbered(shown, len(parts)), parts, strict=True)
    )


def numbered(title: str, parts: int) -> tuple[str, ...]:
    """The titles of so many messages: ``… (2/3)``."""
    return (title,) if parts == 1 else tuple(f"{title} ({number}/{parts})" for number in range(1, parts + 1))


def literal(text: str) -> str:
    """A block of code: everywhere else Discord reads markup. A fence in the text is broken by a mark without width."""
    return "```\n" + text.replace("```", "``\u200b`") + "\n```"


def _links(payload: Payload) -> tuple[tuple[str, str], ...]:
    """What a reader can go on to, as it is called in the language of the message."""
    say = texts(payload.language)
    links = (say("Read it in the archive"), payload.link), (say("Acknowledge"), payload.acknowledge)
    return tuple((said, _url(link)) for said, link in links if link)


def _url(link: str) -> str:
    """Without a mark that could end it inside of markup."""
    return quote(link, safe=":/?#@!$&+,;=%~")


def _slack_blocks(title: str, sections: Sequence[str], links: Links) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _slack(title) or "tocsin", "emoji": False}}
    ]
    for part in sections:
        if part.strip():
            text = {"type": "plain_text", "text": _slack(part), "emoji": False}
            blocks.append({"type": "section", "text": text})
    if links:
        closing = " · ".join(f"<{_slack(link)}|{_slack(said)}>" for said, link in links)
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": closing}})
    return blocks


def _slack(text: str) -> str:
    """Slack asks for these three to be escaped in every text."""
    return escape(text, quote=False)


def _slack_size(text: str) -> int:
    return units(_slack(text))


def _plain(text: str) -> str:
    """A title in which Discord finds no markup and no name to call."""
    return _MARKDOWN.sub(r"\\\1", text).replace("@", "@\u200b")


def _teams_card(title: str, body: str, links: Links) -> dict[str, object]:
    card: dict[str, object] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "full"},
        "body": [
            {
                "type": "RichTextBlock",
                "inlines": [{"type": "TextRun", "text": title, "size": "large", "weight": "bolder"}],
            },
            *_lines(body),
        ],
    }
    if links:
        card["actions"] = [{"type": "Action.OpenUrl", "title": said, "url": link} for said, link in links]
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def _lines(text: str) -> list[dict[str, object]]:
    """A block for each line: Teams joins lines that stand in one."""
    return [
        {
            "type": "RichTextBlock",
            "spacing": "none",
            "inlines": [{"type": "TextRun", "text": line or "\u00a0"}],
        }
        for line in text.removesuffix("\n").split("\n")
    ]


def _lines_size(text: str) -> int:
    """No less than the size of its blocks, without making them."""
    frames = (text.count("\n") + 1) * (len(json.dumps(_lines("")[0])) + len(", "))
    return max(len(json.dumps(text)) + frames, 2 * (units(json.dumps(text, ensure_ascii=False)) + frames))


def _teams_size(card: object) -> int:
    """The bytes of it on the way, or in UTF-16 where that is more."""
    return max(len(json.dumps(card)), 2 * units(json.dumps(card, ensure_ascii=False)))


def _short(text: str, most: int, size: Size, shown: Callable[[str], str] = str) -> str:
    """One line within a limit, shortened with an ellipsis; the number of a part at its end stays."""
    line = " ".join(text.split())
    if size(line) <= most:
        return shown(line)
    number = re.search(r" \(\d+/\d+\)$", line)
    end = number[0] if number else ""
    kept = split(line.removesuffix(end), most - size(end) - 1, size)[0].rstrip()
    return shown(f"{kept}…{end}")


def _template(document: object) -> str:
    return json.dumps(document).replace("{{", "\\u007b\\u007b")
