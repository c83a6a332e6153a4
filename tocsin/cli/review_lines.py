"""How reviews look in a terminal: the words carry everything."""

from __future__ import annotations

import json

from tocsin.review.shown import Shown


def as_json(said: object) -> str:
    """A value on one line."""
    return json.dumps(said, ensure_ascii=False)


def item_line(said: Shown) -> str:
    """One thing to decide, on one line."""
    how = "open" if said["open"] else "date open" if said["date_open"] else decision(said["decision"])
    why = f": {'; '.join(said['why'])}" if said["why"] else ""
    watch = f"  watch {said['watch']}" if said["watch"] else ""
    whose = f"  for {said['assigned']}" if said["assigned"] else ""
    return f"{said['change']}  {said['after']}  {said['citation']}{watch}{whose}  {how}{why}"


def decision(said: Shown) -> str:
    """``action by bo on 2026-03-01 because … (ann, reviewer, 2026-02-03T09:00Z)``."""
    due = f" by {said['person']} on {said['due']}" if said["due"] else ""
    because = f" because {said['because']}" if said["because"] else ""
    return f"{said['verdict']}{due}{because} ({said['author']}, {said['role']}, {said['at'][:16]}Z)"


def comment(said: Shown) -> str:
    """A comment with its passage; one for counsel alone is marked."""
    passage = f"on “{said['quote']}” at {said['start']}: " if said["quote"] else ""
    mark = "PRIVILEGED " if said["privileged"] else ""
    return f"{mark}{passage}{said['words']} ({said['author']}, {said['role']}, {said['at'][:16]}Z)"


def change_lines(said: Shown) -> list[str]:
    """All that was said of a change."""
    lines = [f"{said['citation']}  change {said['change']}", f"redline: {said['redline']}"]
    lines += [f"to decide: {item_line(one)}" for one in said["items"]]
    lines += [f"decision {one['id']}  {decision(one)}" for one in said["decisions"]]
    lines += [f"comment {one['id']}  {comment(one)}" for one in said["comments"]]
    return lines + [
        f"assignment {one['id']}  {one['person'] or 'nobody'} ({one['author']}, {one['at'][:16]}Z)"
        for one in said["assignments"]
    ]


def week_lines(said: Shown) -> list[str]:
    """How the digest of a week stands."""
    lines = [f"{said['week']}  version {said['version']}  as known {said['as_known']}"]
    lines += [f"outdated: {said['outdated']}"] if said["outdated"] else []
    lines += [f"signed by {one['author']} ({one['role']}, {one['at'][:16]}Z)" for one in said["signatures"]]
    lines += [f"released {one['at'][:16]}Z, version {one['version']}" for one in said["released"]]
    return lines + ([f"{said['missing']} signatures missing"] if said["missing"] else [])


def log_line(said: Shown) -> str:
    """A link of the chain with what it holds."""
    what = "" if said["said"] is None else as_json(said["said"])
    return f"{said['position']}  {said['at'][:19]}Z  {said['kind']} {said['subject']}  {what}".rstrip()
