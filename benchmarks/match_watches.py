"""Match the changes between two editions of the Commerce Control List with 10, 100 … 100,000 watches, beside one regular expression of all their terms.

    python -m benchmarks.match_watches [--rounds 3] [--most 100000] [--json]

Six watches ask for entries that changed. The others are what a large customer base has besides: control numbers, parties, phrases and works that these
changes do not touch, none twice. What is measured is matching alone, in processor time: index and expression are made before. The expression is an alternation
for RE2, with as much memory as it wants, run over the words of each change; it says that a term stands there and nothing else: it knows no codes that cover others, no roles,
no owners. ``patterns`` are watches that are regular expressions alone, of which every tenth has no word that an index could look for. A scan of all watches is measured on some of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice, product

import re2

from alerts.conditions import Watch
from alerts.explain import explain
from alerts.match import WatchIndex
from archive.records import Expression, StoredChange
from benchmarks.compare_ccl import loaded
from benchmarks.growth import exponent
from benchmarks.table import Row, Table, options
from diffing.engine import compare
from diffing.touches.engine import touches_of

FEW, MANY = 10, 10_000
MET = 6
SCANNED = 100
"""Watches of the scan: it is linear, so that its cost for all is reckoned from these."""
MEMORY = 2 << 30
"""Bytes that the one expression may use: less, and RE2 falls back to its slow way of looking."""


def changes_between(before: Expression, after: Expression) -> list[StoredChange]:
    """The changes of two editions, with their touches."""
    return [
        StoredChange(
            id=str(number),
            source="us_ecfr",
            work=after.work,
            title=after.title,
            transition_id="t",
            before=None,
            after=after.as_of,
            observed_at=datetime(2026, 1, 1, tzinfo=UTC),
            change=change,
            touches=touches_of(change, work=after.work, source="us_ecfr", language=after.language),
        )
        for number, change in enumerate(compare(before, after))
    ]


def watch(name: str, **conditions: tuple[str, ...]) -> Watch:
    return Watch(
        name=name,
        owner="a@example.org",
        reason="r",
        matter="m",
        notify=("console:",),
        **conditions,  # type: ignore[arg-type]
    )


def watches(changes: Sequence[StoredChange], number: int) -> list[Watch]:
    """Six that these changes meet, then what they do not touch, every sort of it among the first ten: the fewest already need whatever the most need."""
    touched = {touch.id.partition(".")[0] for one in changes for touch in one.touches if touch.type == "code"}
    met = [watch(code, eccn=(code,)) for code in sorted(touched)[:MET]]
    others = (
        f"{category}{group}{number:03}.{item}"
        for item, category, group, number in product("abcdefgh", range(10), "ABCDE", range(1, 999))
        if f"{category}{group}{number:03}" not in touched
    )
    kinds = (
        lambda at, code: watch(f"code {at}", eccn=(code,)),
        lambda at, code: watch(f"party {at}", parties=(f"Company {at} of this benchmark",)),
        lambda at, code: watch(f"words {at}", text=(f"benchmark term{at}",)),
        lambda at, code: watch(f"work {at}", works=(f"us/cfr/15/744/supp-4#party-{at}",)),
    )
    rest = [kinds[at % len(kinds)](at, code) for at, code in enumerate(islice(others, number - len(met)))]
    return [*met, *rest]


def patterns() -> list[Watch]:
    """Ten regular expressions that these changes are likely to meet, then thousands that they do not."""
    words = ("performance", "semiconductor", "radiation", "software", "technology", "equipment")
    met = [watch(f"met {word}", regex=(rf"(?i)\b{word}\b",)) for word in words]
    met += [watch(f"met {at}", regex=(rf"\b[0-9]{{{at}}}\b",)) for at in range(1, FEW - len(words) + 1)]
    rest = [
        watch(f"pattern {at}", regex=(rf"\b[Q-Z]{{2}}[0-9]{{{at % 7 + 5}}}[Q-Z]{{{at // 7 % 90 + 1}}}",))
        if at % 10 == 0
        else watch(f"pattern {at}", regex=(rf"(?i)\b(?:company|firm)\s+no\.?\s*{at}x\b", rf"REF-{at}-[0-9]+"))
        for at in range(MANY - FEW)
    ]
    return [*met, *rest]


def seconds(tasks: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The least processor time of each, one after another in each round."""
    best = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for at, task in enumerate(tasks):
            started = time.process_time()
            task()
            best[at] = min(best[at], time.process_time() - started)
    return best


def matching(index: WatchIndex, changes: Sequence[StoredChange]) -> Callable[[], int]:
    """Every change held against the index: how many matches."""
    return lambda: sum(len(index.match(change)) for change in changes)


def one_expression(chosen: Sequence[Watch], changes: Sequence[StoredChange]) -> Callable[[], int]:
    """Every change searched for any term of any watch: how many stand there."""
    terms = {
        value
        for one in chosen
        for key, values in one.values()
        if key not in ("regex", "materiality")
        for value in values
    }
    allowed = re2.Options()
    allowed.max_mem, allowed.literal, allowed.case_sensitive = MEMORY, False, False
    together = re2.compile("|".join(re2.escape(term) for term in sorted(terms)), allowed)
    texts = [f"{one.change.heading}\n{one.change.text_before}\n{one.change.text_after}" for one in changes]
    return lambda: sum(1 for words in texts for _ in together.finditer(words))


def sizes(most: int) -> Iterator[int]:
    """Ten, and ten times as many, and again."""
    size = FEW
    while size <= most:
        yield size
        size *= 10


def ladder(changes: Sequence[StoredChange], most: int, rounds: int) -> tuple[list[Row], dict[str, float]]:
    """A row for each number of watches beside the one expression, and how either grows."""
    numbers = list(sizes(most))
    chosen = watches(changes, numbers[-1])
    indices = [matching(WatchIndex(chosen[:number]), changes) for number in numbers]
    counts = {index() for index in indices}
    assert len(counts) == 1, f"watches that nothing touches were met: {counts}"
    peers = [one_expression(chosen[:number], changes) for number in numbers]
    for peer in peers:
        peer()  # RE2 builds its states while it looks
    taken = seconds([*indices, *peers], rounds)
    own, beside = taken[: len(numbers)], taken[len(numbers) :]
    rows = [
        Row(work=f"match {number:,} watches", ours=ours, beside="one regex of all terms", peer=peer)
        for number, ours, peer in zip(numbers, own, beside, strict=True)
    ]
    if len(numbers) < 2:
        return rows, {}
    grown = {"ours": exponent(numbers, own), "one regex": exponent(numbers, beside)}
    rows.append(
        Row(work=f"{numbers[-1]:,} watches", ours=own[-1], beside=f"{FEW} watches", peer=own[0], ratio_at_most=1.5,
            note=f"time grows with the number of watches to the power of {grown['ours']:.2f}; that of the regex {grown['one regex']:.2f}")
    )  # fmt: skip
    return rows, grown


def few_and_many(many: Sequence[Watch], changes: Sequence[StoredChange], rounds: int) -> list[Row]:
    """Few against many of watches that are patterns, and a scan of all."""
    few, index = matching(WatchIndex(many[:FEW]), changes), matching(WatchIndex(many), changes)
    assert few() == index()
    took_few, took_many = seconds([few, index], rounds)
    started = time.process_time()
    for change in changes:
        for one in many[:SCANNED]:
            explain(one, change)
    scanned = (time.process_time() - started) * len(many) / SCANNED
    work = f"match {len(many):,} patterns"
    return [
        Row(work=work, ours=took_many, beside=f"match {FEW} patterns", peer=took_few, ratio_at_most=1.5),
        Row(work=work, ours=took_many, beside="a scan of all watches", peer=scanned, note=f"reckoned from {SCANNED} of them"),
    ]  # fmt: skip


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--most", type=int, default=100_000, help="watches at the end of the ladder")
    given = arguments.parse_args()
    what, before, after = loaded()
    changes = changes_between(before, after)
    rows, grown = ladder(changes, given.most, given.rounds)
    rows += few_and_many(patterns(), changes, given.rounds)
    Table(about=f"{what}: {len(changes)} changes", rows=tuple(rows), more={"exponent": grown}).show(
        as_json=given.json
    )


if __name__ == "__main__":
    main()
