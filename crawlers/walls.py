"""What comes instead of a document, by name: challenge pages, firewalls, maintenance, soft errors.

The markers are asked only of an answer that failed the positive proof, to name the failure. None of them decides that an
answer is good, and law that happens to say "access denied" is not refused for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from archive.errors import Refused
from crawlers.visit import Answer

WALLS = frozenset({"ChallengePage", "WafChallenge", "Blocked"})
"""Refusals by a host that wants no answer from us: asking again at once would only be rude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A kind of refusal and the signs of it: a header's name, or words of the body."""

    kind: str
    said: str
    mend: str
    headers: tuple[str, ...] = ()
    words: re.Pattern[bytes] | None = None

    def stands(self, answer: Answer) -> bool:
        """Whether the answer shows a sign."""
        if any(name in answer.headers for name in self.headers):
            return True
        return (
            self.words is not None
            and _is_page(answer)
            and self.words.search(answer.body[:200_000]) is not None
        )


_WAIT = "Wait for the next run; if it lasts, ask the publisher to admit this address, or crawl from another network"

SIGNS = (
    # AWS WAF: EUR-Lex answers 202 with it, federalregister.gov 200 (facts of November 2026).
    Wall(
        kind="WafChallenge",
        said="a firewall's challenge",
        mend=_WAIT,
        headers=("x-amzn-waf-action",),
        words=re.compile(rb"awswaf|gokuProps|challenge\.js"),
    ),
    # "Federal Register :: Request Access" also stands before the eCFR API for some cloud networks.
    Wall(
        kind="ChallengePage",
        said="a page that asks for a human",
        mend=_WAIT,
        headers=("cf-mitigated",),
        words=re.compile(
            rb"Request Access</title>|aggressive automated scraping|g-recaptcha|h-captcha|Just a moment\.\.\.",
            re.I,
        ),
    ),
    Wall(
        kind="Blocked",
        said="a page that denies access",
        mend=_WAIT,
        words=re.compile(rb"Access Denied", re.I),
    ),
    Wall(
        kind="Maintenance",
        said="a maintenance page",
        mend="Wait for the next run",
        words=re.compile(
            rb"maintenance|temporarily (?:unavailable|offline)|Wartungsarbeiten|\xe3\x83\xa1\xe3\x83\xb3\xe3\x83\x86",
            re.I,
        ),
    ),
)


def _is_page(answer: Answer) -> bool:
    """Whether a body could be a page for people at all: HTML, or a few lines. Law under a wrong type is not one, whatever its words."""
    if answer.body.lstrip().startswith(b"<?xml"):
        return False
    return (
        len(answer.body) < 2000 or re.search(rb"<html|<!doctype html", answer.body[:2000], re.I) is not None
    )


def named(answer: Answer, *, expected: str, found: str) -> Refused:
    """The refusal of an answer that is not what was expected, under the name of the wall that stands there, if one does."""
    for wall in SIGNS:
        if wall.stands(answer):
            return refusal(answer, wall.kind, f"{wall.said} came instead of {expected}", wall.mend)
    return refusal(
        answer,
        "UnexpectedContentType",
        f"{found} came instead of {expected}",
        "Open the address in a browser: if the document is there, its format has changed and the source needs work",
    )


def by_status(answer: Answer, *, expected: str) -> Refused:
    """The refusal of an answer whose status is not 200."""
    status = answer.status
    for wall in SIGNS:
        if wall.stands(answer) and status not in (429, 500, 502, 504):
            return refusal(answer, wall.kind, f"{wall.said} came instead of {expected}", wall.mend)
    if status == 202:
        return refusal(answer, "WafChallenge", f"an empty promise came instead of {expected}", _WAIT)
    if 300 <= status < 400:
        place = answer.headers.get("location", "nowhere")
        return refusal(
            answer, "RedirectedAway", f"the host sends us to {place}", "Look whether the source has moved"
        )
    if status in (401, 403, 405, 407, 437, 451):
        return refusal(answer, "Blocked", f"the host refused {expected}", _WAIT)
    if status == 429:
        return refusal(
            answer, "RateLimited", "the host says that we ask too often", "Lower the pace of this source"
        )
    if status >= 500 or status == 408:
        wait = answer.headers.get("retry-after", "")
        later = f", to be asked again after {wait} s" if wait else ""
        return refusal(answer, "ServerError", f"the host has trouble{later}", "Wait for the next run")
    return refusal(
        answer, "NotFound", f"the host does not have {expected}", "Look whether the source has moved"
    )


def refusal(answer: Answer, kind: str, message: str, mend: str) -> Refused:
    """A ``Refused`` that says what came: status, type, size, title."""
    title = re.search(rb"<title>\s*([^<]{1,80})", answer.body[:4000], re.I)
    came = [f"status {answer.status}", answer.media_type or "no type", f"{len(answer.body):,} bytes"]
    if title:
        came.append(f"titled “{title[1].decode(errors='replace').strip()}”")
    elif answer.status >= 400 and 0 < len(answer.body) < 400 and not answer.cut:
        came.append(" ".join(answer.body.decode(errors="replace").split()))
    return Refused(kind, f"{kind}: {message} ({', '.join(came)})", thing=readable(answer.url), mend=mend)


def readable(url: str) -> str:
    """A URL as a person reads it in one line: decoded, and cut where its query gets long (the ledger has it whole)."""
    plain = unquote(url)
    return plain if len(plain) <= 160 else plain[:159] + "…"
