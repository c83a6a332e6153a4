"""What people decided by the known instant: of this week's changes, in this week, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.digest.records import Period, Review, Reviews


def newest_by_change(reviews: Iterable[Review]) -> dict[str, Review]:
    """The last word on each change; ``reviews`` come oldest first."""
    return {one.change: one for one in reviews}


def reviews_of(period: Period, reviews: Sequence[Review], changes: Sequence[str]) -> Reviews:
    """The account of the reviews that were known, over the substantive ``changes`` that the digest tells."""
    newest = newest_by_change(reviews)
    told = tuple(dict.fromkeys(changes))
    undecided = tuple(one for one in told if one not in newest or not newest[one].decision)
    return Reviews(
        decided=len(told) - len(undecided),
        undecided=undecided,
        taken=tuple(one for one in reviews if one.decision and period.since <= one.at < period.until),
        open=tuple(one for one in newest.values() if _is_open(one)),
    )


def _is_open(review: Review) -> bool:
    return not review.decision or (review.decision == "action" and not review.done)
