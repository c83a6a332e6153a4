"""Why a decision does not stand any more, in the reader's language: ``tocsin.review.lapses`` says it in English, and so it is kept in digests."""

from __future__ import annotations

from datetime import date

from alerts.labels import KINDS, MATERIALITY, label
from alerts.language import Texts, mark
from alerts.reasons import reason_in
from alerts.sayings import Sayings

_SIDES = {
    "before": mark("before"),
    "after": mark("after"),
    "before and after": mark("before and after"),
}


def _day(say: Texts, said: str) -> str:
    try:
        return say.day(date.fromisoformat(said))
    except ValueError:
        return said


SAYINGS = Sayings(
    (
        mark("an edition in between came to hand, and its transition no longer counts"),
        mark("the law text {side} is read otherwise now"),
        mark("the watch “{watch}” was taken out"),
        mark("the watch “{watch}” was edited"),
        mark("the watch “{watch}” was edited: {keys}"),
        mark("since {day} the provision applies otherwise: {reason}"),
        mark("a later change of the same provision ({materiality} {kind}, edition of {day})"),
        mark("a date moved ({dates})"),
    ),
    {
        "side": lambda say, value: label(say, _SIDES, value),
        "day": _day,
        "reason": reason_in,
        "materiality": lambda say, value: label(say, MATERIALITY, value),
        "kind": lambda say, value: label(say, KINDS, value),
    },
)


def lapse_in(say: Texts, why: str) -> str:
    """The reason of a lapse in a language."""
    return SAYINGS.said(say, why) or why
