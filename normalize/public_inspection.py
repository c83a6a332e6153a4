"""Papers on the desk of the Federal Register, a day or more before they are printed: what the index says of one, or its text.

The text is taken out of a PDF: lines break where the page did, words are hyphenated at their ends, numbers of pages stand between. It is
early news, not the law: the printed paper supersedes it under the same number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from normalize.audit import Account
from normalize.federal_register_facts import Printed, facts_of
from normalize.federal_register_index import read_index
from normalize.federal_register_nodes import Node, provisions
from normalize.federal_register_record import record_of
from normalize.profile import DiscardRule, Hints, Profile

_FRAME = re.compile(
    r"\s*(?:\[?\s*\d{1,4}\s*\]?|Page \d+(?: of \d+)?|This document is scheduled to be published in the|"
    r"Federal Register on \d\d?/\d\d?/\d{4}.*|and available online at.*|https://(?:www\.)?federalregister\.gov/d/\S+.*)\s*"
)
_LARGEST_LINES = 400_000

US_PUBLIC_INSPECTION = Profile(
    source="us_public_inspection",
    version=1,
    reader="normalize.public_inspection:read_public_inspection",
    discards=(
        DiscardRule(
            name="index-field",
            reason="Fields of the index record that are read as facts (numbers, dates, agencies) or say where renderings lie",
        ),
        DiscardRule(
            name="page-frame",
            reason="Numbers of pages and the stamp of the desk, which says when the paper will be printed: that is a fact",
        ),
        DiscardRule(
            name="line-end", reason="The hyphen of a word that was broken at the end of a line of the page"
        ),
    ),
)


def read_public_inspection(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression, ``us/fr-desk/<number>``. ``body`` is the index's JSON record, or the plain text with the record in ``hints.meta``.

    Raises ``UnreadableDocument`` for broken JSON, text that is not UTF-8 or has no words, or without a number in the record.
    """
    account = Account(profile.discard_names)
    if body.lstrip()[:1] == b"{":
        (found,) = read_index(body, hints, profile, account)
        read = _on_desk(found, found.work.rsplit("/", 1)[-1])
    else:
        read = _text(body, hints, profile, account)
    return Reading(
        expressions=(read,), leftovers=account.leftovers, discards=account.discards, remarks=account.remarks
    )


def _on_desk(expression: Expression, number: str) -> Expression:
    return replace(expression, work=f"us/fr-desk/{number}")


def _text(body: bytes, hints: Hints, profile: Profile, account: Account) -> Expression:
    fields = {**hints.meta, "docket_ids": hints.meta.get("docket_numbers") or ()}
    record = record_of(fields, thing=hints.thing)
    if not record.number:
        raise UnreadableDocument(
            "the record of this text has no number", thing=hints.thing, mend="Hand it in with its record"
        )
    if body.count(b"\n") > _LARGEST_LINES:
        raise UnreadableDocument(
            "it has more lines than any paper", thing=hints.thing, mend="Look at where it came from"
        )
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"byte {error.start:,} is not UTF-8", thing=hints.thing, mend="Fetch it again"
        ) from None
    nodes = [Node(unit="preamble", name="subject", anchor=True, text=record.title)] if record.title else []
    body_nodes = [
        Node(unit="paragraph", name=f"p{number}", text=words)
        for number, words in enumerate(_paragraphs(text, account), start=1)
    ]
    if not body_nodes:
        raise UnreadableDocument("the paper has no text", thing=hints.thing, mend="Fetch it again")
    published = record.published
    return Expression(
        work=f"us/fr-desk/{record.number}",
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=record.title,
        kind="document",
        provisions=provisions([*nodes, *body_nodes]),
        facts=facts_of(Printed(), record, published, account),
        published=published,
    )


def _paragraphs(text: str, account: Account) -> Iterator[str]:
    """The paragraphs, their lines joined. A blank line ends one, unless it stands where the page ended in mid-sentence."""
    lines: list[str] = []
    for number, line in enumerate((*text.splitlines(), ""), start=1):
        if line.strip() and _FRAME.fullmatch(line):
            account.discard("page-frame", f"line {number}", line)
            continue
        if line.strip():
            _join(lines, line.strip(), number, account)
        elif lines and lines[0][-1] in '.:;!?”")]' or (lines and lines[0].isupper()):
            yield lines.pop()
    yield from lines


def _join(lines: list[str], line: str, number: int, account: Account) -> None:
    if not lines:
        lines.append(line)
    elif re.search(r"[a-z]-\Z", lines[0]) and line[0].islower():
        account.discard("line-end", f"line {number}", "-")
        lines[0] = lines[0][:-1] + line
    else:
        lines[0] += f" {line}"
