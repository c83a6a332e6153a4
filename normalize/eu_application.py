"""Staged application: from when an act says that its parts apply, as applicability of the provisions that it names.

"It shall apply from 2 August 2026. However: (a) Chapters I and II shall apply from 2 February 2025" (Regulation (EU) 2024/1689, Article
113): until the day before, what is named is law to come. A later amendment moves the days by the words of that article, and the next
consolidated text is read by the same rules: the days are data. Where no day can be read, a remark says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.records import Applicability
from normalize.audit import Account
from normalize.draft import Draft
from normalize.eu_application_words import (
    Application,
    applications,
    in_force_on,
    leads_nowhere,
    names_no_day,
    opens_with_act,
    sentences,
)

_PARTS = ("enacting-terms", "annexes")
# Words without which no sentence says when anything applies or enters into force: what has none of them is passed over.
_SPEAKS = re.compile(
    r"(?i)\b(?:appl(?:y|ies|icables?|iquent|ique)|gilt|gelten|anzuwenden|anwendbar|toepassing|into force|in kraft|en vigueur|in werking)\b"
)
_QUOTES = "‘“„«'\"›»"
_ONE_DAY = timedelta(days=1)
_STATEMENTS = 300  # each is set on all that it reaches; the longest staged act has a score of them


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of an article, with the words that lead to it, and the provision that prints it."""

    words: str
    by: Draft


def apply_dates(roots: Sequence[Draft], account: Account, *, act: str, since: date | None) -> None:
    """Sets on the provisions under ``roots`` (addresses are settled) from when they apply. ``act`` is how the act is cited, ``since`` the day
    of its publication. What an article names that is not here is told, and where it gives no day."""
    held = {draft.eid: draft for root in roots for draft in root.walk()}
    stated: list[tuple[Application, Applicability, Draft]] = []
    for article in [one for one in held.values() if one.unit == "article"]:
        for said in _sentences(article):
            made = applications(said.words)
            for one in made:
                state = Applicability(
                    state="future",
                    start=since if since and since < one.day else None,
                    end=one.day - _ONE_DAY,
                    citation=f"{act}, {article.num}".strip(", "),
                    words=said.words,
                )
                stated.append((one, state, article))
            if not made and names_no_day(said.words):
                account.remark(
                    said.by.eid, f"it says from when something applies, but not by a day: {said.words[:200]}"
                )
    if len(stated) > _STATEMENTS:
        account.remark(
            stated[_STATEMENTS][2].eid,
            f"it states application {len(stated)} times; the first {_STATEMENTS} are read",
        )
    _set(stated[:_STATEMENTS], held, account)


def in_force(roots: Sequence[Draft], published: date | None) -> tuple[date, str] | None:
    """The day on which the act says that it enters into force, with the sentence; None where it gives none that can be counted."""
    for root in roots:
        for article in root.walk():
            if article.unit != "article":
                continue
            for said in _sentences(article):
                if (day := in_force_on(said.words, published)) and opens_with_act(said.words):
                    return day, said.words
    return None


def _set(
    stated: Sequence[tuple[Application, Applicability, Draft]], held: dict[str, Draft], account: Account
) -> None:
    """The narrower statement counts: what is named has its own days, all else those of what it stands in, and of the act."""
    deepest: dict[int, int] = {}
    for one, state, article in stated:
        out = {
            id(draft)
            for eid in one.excepted
            if (target := held.get(_full(eid, article))) is not None
            for draft in target.walk()
        }
        # The article that says so is law at once: else it could say nothing.
        out |= {id(draft) for draft in article.walk()}
        if one.whole:
            targets = [held[part] for part in _PARTS if part in held]
        else:
            targets = []
            for eid in dict.fromkeys(_full(eid, article) for eid in one.named):
                if eid in held:
                    targets.append(held[eid])
                else:
                    account.remark(article.eid, f"it names {eid}, which is not here: {state.words[:160]}")
        for target in targets:
            depth = 0 if one.whole else _depth(target)
            for draft in target.walk():
                known = deepest.get(id(draft), -1)
                if id(draft) in out or known > depth:
                    continue
                if known < depth:
                    draft.applicability.clear()
                    deepest[id(draft)] = depth
                draft.applicability.append(state)


def _depth(target: Draft) -> int:
    """How narrow it is to name a provision: a chapter, a section, an article, a paragraph, a point."""
    if target.unit in ("article", "annex"):
        return 100
    return target.eid.count(".") + (101 if target.eid.startswith(("art", "annex")) else 1)


def _full(eid: str, article: Draft) -> str:
    """The address, of a paragraph of "this Article" too."""
    return f"{article.eid}{eid}" if eid.startswith(".") else eid


def _sentences(article: Draft) -> Iterator[_Said]:
    """The sentences of an article that speak of application or force, each item of a list with the words that lead to it; not what it puts
    into another act."""
    stack: list[tuple[Draft, str]] = [(article, "")]
    while stack:
        draft, lead = stack.pop()
        if draft.segment.startswith("quoted") or (draft.num and draft.num[0] in _QUOTES):
            continue
        if not (draft.children or lead or _SPEAKS.search(draft.text)):
            continue
        own = [one for one in sentences(draft.text) if one[0] not in _QUOTES]
        for sentence in own:
            words = f"{lead} {sentence}".strip()
            if _SPEAKS.search(words):
                yield _Said(words, draft)
        if draft.children:
            open_ended = own[-1] if own and not own[-1].endswith((".", ";")) else ""
            open_ended = "" if leads_nowhere(open_ended) or not _SPEAKS.search(open_ended) else open_ended
            stack.extend((child, f"{lead} {open_ended}".strip()) for child in reversed(draft.children))
