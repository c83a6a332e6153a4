"""What happened, in one sentence: the line above every redline."""

from __future__ import annotations

from archive.records import Change, LimitChange

_KINDS = {
    "insertion": "Inserted",
    "repeal": "Repealed",
    "substitution": "Changed",
    "renumbering": "Renumbered",
    "move": "Moved",
    "split": "Split",
    "join": "Joined",
    "applicability": "Application changed",
}


def headline(change: Change) -> str:
    """``Renumbered: 744.11.c → 744.11.d (editorial: no word changed)``."""
    return f"{_KINDS.get(change.kind, change.kind)}: {place(change)} ({change.materiality}: {change.reason})"


def place(change: Change) -> str:
    """The eids, both where they differ; for a whole document its title."""
    old, new = change.old_eid, change.new_eid
    if old and new and old != new:
        return f"{old} → {new}"
    return new or old or change.heading or "the document"


def carried_line(change: Change) -> str:
    """What went along, or ""."""
    if not change.carried:
        return ""
    pairs = [old if old == new else f"{old} → {new}" for old, new in change.carried]
    shown = ", ".join(pairs[:12])
    return f"Carried along: {shown}" + (f" and {len(pairs) - 12} more" if len(pairs) > 12 else "")


def limit_line(limit: LimitChange) -> str:
    """``limit: total processing performance >= 4800 → >= 2400 (tighter)``."""
    named = f"{limit.quantity}: " if limit.quantity else ""
    direction = "" if limit.direction == "unknown" else f" ({limit.direction})"
    return f"Limit: {named}{limit.old or 'none'} → {limit.new or 'none'}{direction}"
