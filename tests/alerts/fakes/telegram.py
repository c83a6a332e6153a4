"""Telegram: ``sendMessage`` with at most 4,096 characters of text and the tags that it knows."""

from __future__ import annotations

from html.parser import HTMLParser

from tests.alerts.fakes.server import Reply, Request, Service, said, units

_KNOWN = frozenset("b strong i em u ins s strike del a code pre blockquote tg-spoiler span".split())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.open, self.wrong = "", [""], False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong |= tag not in _KNOWN
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.wrong |= self.open.pop() != tag

    def handle_data(self, data: str) -> None:
        self.text += data


class Telegram(Service):
    def judge(self, request: Request) -> Reply:
        message = request.json
        parser = _Text()
        parser.feed(message["text"])
        parser.close()
        if message.get("parse_mode", "").upper() != "HTML" or parser.wrong or parser.open != [""]:
            return _refused("Bad Request: can't parse entities")
        if units(message["text"]) > 4096:
            return _refused("Bad Request: message is too long")
        if not parser.text.strip():
            return _refused("Bad Request: message text is empty")
        self.keep(parser.text.split("\n")[0].strip(), parser.text)
        return said(200, {"ok": True, "result": {"message_id": 1, "chat": {"id": 1}}})

    def limited(self) -> Reply:
        words = "Too Many Requests: retry after 5"
        return said(
            429, {"ok": False, "error_code": 429, "description": words, "parameters": {"retry_after": 5}}
        )


def _refused(words: str) -> Reply:
    return said(400, {"ok": False, "error_code": 400, "description": words})
