"""Which changes are stages of one legal act: the paper on the desk and in print, its correction, its stay, the codified text, the entries of lists.

A document number, a citation and a revision id name one paper; a RIN (5 CFR 1.5 ff., the Unified Agenda) names one rulemaking from proposal to final
rule. A docket is a folder: two rules in it are one act only if no RIN parts them and their titles say the same. Prose cites many earlier papers;
of a paper count its own names and those that it says it corrects, stays, delays or extends, of a text or a list the citations that were inserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from archive.records import StoredChange

Name = tuple[str, str]  # (sort of name, the name)
PROPER = frozenset({"document", "citation", "revision", "rin"})
"""The sorts of names that one act has to itself; a docket is shared."""
_CITATION = re.compile(r"\b(\d{2,3})\s+(?:FR|Fed\.\s?Reg\.)\s+(\d{1,3}(?:,\d{3})+|\d+)\b")
_FOLLOWS = re.compile(
    r"\b(?:correct(?:ion|s|ing|ed)|stay(?:s|ed|ing)?|suspen(?:ds?|sion|ding)|delay(?:s|ed|ing)?|exten(?:ds?|sion|ding)|reopen(?:s|ing)?"
    r"|withdraw(?:s|al|ing)?)\b",
    re.I,
)
_SAME_TITLE = 85.0
"""Likeness of two titles (rapidfuzz, words as sets, 0 to 100) from which papers of one docket are one act."""
_KINDS = (
    ("corrected", re.compile(r"\bcorrect(?:ion|ing|s|ed)\b", re.I)),
    ("stayed", re.compile(r"\b(?:stay(?:s|ed|ing)?|suspen(?:ds?|sion|ding))\b", re.I)),
    (
        "extended",
        re.compile(r"\b(?:exten(?:ds?|sion|ding)|delay(?:s|ed|ing)?|reopen(?:s|ing)?)\b", re.I),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a transition says of the act behind it: the ``stage`` (``announced``, ``published``, ``corrected``, ``stayed``, ``extended``, ``codified``,
    ``listed``), the names ``own`` to it, those of acts that it ``follows``, and its title."""

    stage: str
    own: frozenset[Name] = frozenset()
    follows: frozenset[Name] = frozenset()
    title: str = ""

    @property
    def names(self) -> frozenset[Name]:
        """All names."""
        return self.own | self.follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act as it is known so far: its names, and the titles of its papers."""

    names: frozenset[Name]
    titles: tuple[str, ...]


def trace_of(stored: Sequence[StoredChange]) -> Trace:
    """The trace of one transition, of which ``stored`` are all changes (one at least)."""
    first = stored[0]
    if first.work.startswith("us/fr/"):
        return _of_paper(first)
    revisions = {("revision", fact.value) for one in stored for fact in one.facts if fact.name == "revision"}
    cited = {("citation", cite) for one in stored for cite in _inserted(one)}
    stays = {
        ("citation", cite)
        for one in stored
        for state in one.change.applicability
        for cite in _citations(state.citation)
    }
    listed = any(one.change.unit == "row" or one.work.endswith("/supp-4") for one in stored)
    by_list = listed and not first.work.startswith("us/cfr/")
    return Trace(
        stage="listed" if by_list else "codified",
        own=frozenset(revisions),
        follows=frozenset(cited | stays),
        title=first.title,
    )


def is_one_act(trace: Trace, act: Act) -> bool:
    """Whether a transition is a stage of an act that is known."""
    if _of(trace.names, *PROPER) & _of(act.names, *PROPER):
        return True
    if not _of(trace.own, "docket") & _of(act.names, "docket"):
        return False
    mine, theirs = _of(trace.own, "rin"), _of(act.names, "rin")
    if mine and theirs:  # and none in common
        return False
    return any(_says_the_same(trace.title, title) for title in act.titles)


def _of_paper(paper: StoredChange) -> Trace:
    facts: dict[str, list[str]] = {}
    for fact in paper.facts:
        facts.setdefault(fact.name, []).append(fact.value)
    own: set[Name] = {("document", paper.work.removeprefix("us/fr/"))}
    own |= {("document", number) for number in facts.get("number", ())}
    own |= {("citation", cite) for value in facts.get("citation", ()) for cite in _citations(value)}
    own |= {("rin", rin) for rin in facts.get("rin", ())}
    own |= {("docket", docket) for docket in facts.get("docket", ())}
    said = " ".join((paper.title, *facts.get("action", ())))
    follows: set[Name] = {("document", number) for number in facts.get("corrects", ())}
    if _FOLLOWS.search(said):
        follows |= {("citation", cite) for value in facts.get("abstract", ()) for cite in _citations(value)}
    printed = "citation" in facts or "published" in facts
    stage = next(
        (name for name, pattern in _KINDS if pattern.search(said)), "published" if printed else "announced"
    )
    return Trace(stage=stage, own=frozenset(own), follows=frozenset(follows - own), title=paper.title)


def _inserted(stored: StoredChange) -> Iterator[str]:
    """The citations that have a letter in inserted words, whole even where only a number in them is new."""
    at, runs = 0, []
    for mark, text in stored.change.ops:
        if mark == "+":
            runs.append((at, at + len(text)))
        at += len(text) if mark != "-" else 0
    for hit in _CITATION.finditer(stored.change.text_after):
        if any(start < hit.end() and hit.start() < end for start, end in runs):
            yield _written(hit)


def _citations(text: str) -> Iterator[str]:
    return map(_written, _CITATION.finditer(text))


def _written(hit: re.Match[str]) -> str:
    return f"{hit[1]} FR {hit[2].replace(',', '')}"


def _of(names: Iterable[Name], *sorts: str) -> set[Name]:
    return {name for name in names if name[0] in sorts}


def _says_the_same(one: str, other: str) -> bool:
    """Whether two titles name one thing, the words of a later stage aside."""
    mine, theirs = (" ".join(_FOLLOWS.sub(" ", title).casefold().split()) for title in (one, other))
    return bool(mine and theirs) and token_set_ratio(mine, theirs) >= _SAME_TITLE
