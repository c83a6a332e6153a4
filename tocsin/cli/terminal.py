"""How provisions and changes look in a terminal, without colour: the words carry everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from archive.records import Change, Provision


def tree(provisions: Iterable[Provision]) -> Iterator[str]:
    """Each provision on a line of its own: its eid, its mark, its words, indented by its depth."""
    stack = [(0, provision) for provision in reversed(tuple(provisions))]
    while stack:
        depth, provision = stack.pop()
        words = " ".join(part for part in (provision.num, provision.heading) if part)
        said = "\n".join(part for part in (words, provision.text) if part).replace(
            "\n", "\n" + "  " * depth + "    "
        )
        yield f"{'  ' * depth}[{provision.eid}] {said}".rstrip()
        for applicability in provision.applicability:
            until = f" until {applicability.end}" if applicability.end else ""
            yield f"{'  ' * depth}    ({applicability.state}{until}, {applicability.citation})"
        stack.extend((depth + 1, child) for child in reversed(provision.children))


def label(change: Change) -> str:
    """``substantive insertion at app-A.thailand: reason``."""
    where = change.new_eid or change.old_eid or change.heading
    if change.old_eid and change.new_eid and change.old_eid != change.new_eid:
        where = f"{change.old_eid} → {change.new_eid}"
    return f"{change.materiality} {change.kind} at {where}: {change.reason}"


def count(changes: Iterable[Change]) -> str:
    """``2 changes (1 substantive, 1 editorial)``."""
    found = Counter(change.materiality for change in changes)
    total = sum(found.values())
    if not total:
        return "no change"
    parts = ", ".join(f"{number} {name}" for name, number in sorted(found.items(), reverse=True))
    return f"{total} change{'s' * (total != 1)} ({parts})"
