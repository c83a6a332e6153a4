"""Announced beside observed, out of the archive: the acts held, the works they amend, and the changes seen there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from archive import changes, editions
from archive.records import StoredChange
from archive.store import Archive
from diffing.touches.claimed import WITHIN, Claim, Comparison, claims_of, compare_claims
from normalize.amendments import amendments_of


def compared(archive: Archive, *, act: str = "", work: str = "", within: timedelta = WITHIN) -> Comparison:
    """The claims of one act held (``us/fr/2026-05902``), or of all acts held that amend ``work``, beside what was observed.

    Of an act, the changes told as unannounced are those of its works, in its time, that no act held announces.
    """
    own = claims_held(archive, act) if act else ()
    works = sorted({claim.amendment.work for claim in own if claim.amendment.work}) if act else [work]
    claims = tuple(dict.fromkeys((*own, *_claims_on(archive, works))))
    days = {one: tuple(edition.as_of for edition in editions.editions(archive, one)) for one in works}
    whole = compare_claims(claims, _observed(archive, works), days, within=within)
    if not act:
        return whole
    begins = [claim.amendment.effective for claim in own if claim.amendment.effective]
    return replace(
        whole,
        outcomes=whole.outcomes[: len(dict.fromkeys(own))],
        unannounced=tuple(stored for stored in whole.unannounced if _is_of(stored, begins, within)),
    )


def claims_held(archive: Archive, act: str) -> tuple[Claim, ...]:
    """What a document held says it amends, in its order; empty where it is not held or amends nothing."""
    expression = editions.expression(archive, act)
    return claims_of(act, amendments_of(expression)) if expression is not None else ()


def _claims_on(archive: Archive, works: Collection[str]) -> Iterator[Claim]:
    """The claims on ``works``, and the instructions not understood that may be on them, of every document of their jurisdictions."""
    parts = {"/".join(work.split("/")[2:4]) for work in works if work.startswith("us/cfr/")}
    for root in sorted({work.split("/", 1)[0] for work in works}):
        for row in editions.works(archive, root):
            if row.kind != "document" or (root == "us" and not _amends(archive, row.path, parts)):
                continue
            for claim in claims_held(archive, row.path):
                if claim.amendment.work in works or claim.amendment.operation == "unknown":
                    yield claim


def _amends(archive: Archive, paper: str, parts: Collection[str]) -> bool:
    """Whether a paper of the Federal Register says in its head that it amends one of the parts."""
    newest = editions.latest(archive, paper)
    return newest is not None and any(
        fact.name == "cfr_part" and fact.value in parts for fact in newest.facts
    )


def _observed(archive: Archive, works: Collection[str]) -> Iterator[StoredChange]:
    for work in works:
        yield from (stored for stored in changes.changes(archive, work=work) if stored.work == work)


def _is_of(stored: StoredChange, begins: Collection[date], within: timedelta) -> bool:
    """Whether a change came in the time of an act that has these effective days."""
    before = stored.before
    return before is not None and any(stored.after >= day and before < day + within for day in begins)
