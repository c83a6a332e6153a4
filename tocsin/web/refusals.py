"""Why a page, or what a form asks for, is refused: in the reader's language, and with the words of a page where a mend names a command.

Errors are one line of English, ``thing: message. mend``, for logs, commands and programs. On pages they are known again by their wording; what is not
known here is shown as it is, and marked as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alerts.labels import label
from alerts.language import Texts, mark
from alerts.sayings import Sayings
from tocsin.digest.wording import VERDICTS
from tocsin.web.called import ROLE_NAMES

_DEEDS = {
    "read": mark("read"),
    "decide": mark("decide"),
    "comment": mark("comment"),
    "assign": mark("assign"),
    "sign": mark("sign"),
    "sign a digest": mark("sign a digest"),
    "read or write what is privileged": mark("read or write what is privileged"),
    "acknowledge": mark("acknowledge"),
    "mute": mark("mute"),
    "edit a watch": mark("edit a watch"),
    "download a capture": mark("download a capture"),
    "run SQL": mark("run SQL"),
    "read the log of actions": mark("read the log of actions"),
}
_THINGS = {
    "country": mark("country"),
    "technology": mark("technology"),
    "materiality": mark("materiality"),
    "due": mark("Of an action: by when"),
    "known": mark("As known on (UTC)"),
    "since": mark("Since"),
    "until": mark("Until"),
    "on": mark("In force on"),
}
"""What a field that is wrong is called on the pages."""
NO_PAGE = mark("There is no page at {path}")
_MESSAGES = Sayings(
    (
        NO_PAGE,
        mark("This page could not be made; the reason is in the log of the server."),
        mark("the archive holds no such regulation"),
        mark("nothing ever stood at {place}"),
        mark("no watch was ever called {name}"),
        mark("no watch of that name is in force"),
        mark("there is no message {id}"),
        mark("there is no event {id}"),
        mark("there is no change {id}"),
        mark("the archive has no such change"),
        mark("there is no such digest of {week}"),
        mark("no digest of it was built"),
        mark("no digest of {week} was built"),
        mark("The archive does not hold the bytes {digest}"),
        mark("it is a digest of {week}"),
        # who may not
        mark("nobody may {deed} without signing in"),
        mark("{name} may not mute for {other}"),
        mark("{name} may not {deed}"),
        mark("nobody is called {name}"),
        mark("nobody says who acts"),
        # what was written into a form or an address
        mark("{value} is neither a day nor an instant"),
        mark("{value} is not a day"),
        mark("{value} is not a number from {least} to {most}"),
        mark("{value} is not a number"),
        mark("{value} is not a country"),
        mark("{day} is over"),
        mark("{day} is no day to come"),
        mark("it has {number} characters"),
        mark("it holds characters that are not seen"),
        mark("it says nothing"),
        mark("it is not said what"),
        # decisions, comments, signatures
        mark("it has no reason"),
        mark("only an action has a person and a day"),
        mark("somebody has to act by some day"),
        mark(
            "it is not any more what you were shown: its words, or what was decided of it, changed meanwhile"
        ),
        mark("there is nothing to decide about it"),
        mark("no action was decided"),
        mark("it was decided '{verdict}', which nobody has to do"),
        mark("there is no decision that it could correct"),
        mark("the decision that counts is {id}"),
        mark("{author} decided it on {day}: {verdict}"),
        mark("the watch {name} was not told of it"),
        mark("it is privileged, and its correction would not be"),
        mark("its redline has no {quote}"),
        mark("its redline has {quote} {number} times"),
        mark("its redline does not read {quote} at character {start}"),
        mark("it was signed and released"),
        mark("{author} has signed it"),
        mark("it is outdated: {why}"),
        mark("the form does not say which version it showed"),
    ),
    {
        "deed": lambda say, value: label(say, _DEEDS, value),
        "verdict": lambda say, value: label(say, VERDICTS, value),
        "why": lambda say, value: outdated_in(say, value),
    },
)
_MENDS = Sayings(
    (
        mark("It takes the role {roles}; theirs are {theirs}"),
        mark("Everybody mutes for themselves; for others a reviewer, counsel or administrator does"),
        mark("Near it are {places}"),
        mark("The nearest is {name}"),
        mark("Write it like {example}"),
        mark("Write a name, or a code like TH"),
        mark("Write some words"),
        mark("Take control and direction marks out"),
        mark("Keep it to {number}, and attach nothing"),
        mark("Count the characters from 0"),
        mark("Name a later one"),
        mark("Name a day that is to come"),
        mark("Name a watch, a regulation or an act"),
        mark("Load the page again"),
        mark("Decide it first"),
        mark("Leave the correction out"),
        mark("Only an action can be done"),
        mark("Correct that one: another may have corrected it meanwhile"),
        mark("Mark the correction privileged too"),
        mark("Read it as it stands below, and say it again"),
        mark("It has no weight and no watch was told of it, or another analysis has taken its place"),
        mark("The next signature is another person's"),
        mark("Build it again if something has changed since"),
    ),
    {"roles": lambda say, value: _roles(say, value), "theirs": lambda say, value: _roles(say, value)},
)
_ON_PAGES = (
    (re.compile(r"Sign in as somebody of \[people\]"), mark("Sign in first")),
    (re.compile(r"Say why, or how, by --because"), mark("Say why, or how")),
    (re.compile(r"Leave them out, or decide 'action'"), mark("Leave them out, or decide that it is an action")),
    (re.compile(r"Name them by --by and --on"), mark("Name the person and the day")),
    (re.compile(r"To put another decision in its place .*"), mark("Say which decision yours takes the place of")),
    (re.compile(r"Build it anew with .*"), mark("Build it anew, read that one and sign it")),
)  # fmt: skip
"""What a mend that names a command says on a page."""
_OUTDATED = Sayings(
    (
        mark("a newer build of {week} is there: {version}, as known at {at}"),
        mark("{number} of its changes were reviewed since it was built: {citation} is {verdict}"),
    ),
    {
        "verdict": lambda say, value: label(
            say,
            {
                **VERDICTS,
                "open again": mark("to be decided again"),
                "without a review": mark("without a review"),
            },
            value,
        )
    },
)
_GO = re.compile(r"(/[a-z]+) lists .*")
_NO_THINGS = re.compile(r"people(\.|$)|--|a mute$|digest 2|decision |change |comment |version$|a form$")
"""Places in the configuration and names of options: on a page they say nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal as a page says it, in ``language``; ``go`` is the page that lists what there is, "" for none."""

    words: str
    language: str
    go: str = ""


def told(say: Texts, line: str) -> Told:
    """The line of an error as a page says it."""
    for thing, message, mend in _readings(line):
        words = _MESSAGES.said(say, message)
        if not words:
            continue
        go = found[1] if (found := _GO.fullmatch(mend)) else ""
        if thing and not _NO_THINGS.match(thing):
            words = say("{label}: {value}", label=label(say, _THINGS, thing), value=words)
        rest = "" if go else mended(say, mend)
        return Told(say("{first}. {second}", first=words, second=rest) if rest else words, say.language, go)
    return Told(line, "en")


def mended(say: Texts, mend: str) -> str:
    """What to do about it; as it stands where it is not known."""
    for pattern, text in _ON_PAGES:
        if pattern.fullmatch(mend):
            return say(text)
    return _MENDS.said(say, mend) or mend


def outdated_in(say: Texts, why: str) -> str:
    """Why a digest is outdated."""
    return _OUTDATED.said(say, why) or why


def _readings(line: str) -> Iterator[tuple[str, str, str]]:
    """The ways to cut a line into thing, message and mend: each of them may hold a colon, or a full stop."""
    cuts = [(line[:at], line[at + 2 :]) for at in _places(line, ". ")]
    for said, mend in (*cuts, (line, "")):
        yield from ((said[:at], said[at + 2 :], mend) for at in _places(said, ": "))
        yield "", said, mend


def _places(text: str, sign: str) -> list[int]:
    return [one.start() for one in re.finditer(re.escape(sign), text[:600])][:6]


def _roles(say: Texts, value: str) -> str:
    names = [label(say, ROLE_NAMES, one) for one in re.split(r" or |, ", value)]
    return say("none") if value == "none" else say.either(names) if " or " in value else say(", ").join(names)
