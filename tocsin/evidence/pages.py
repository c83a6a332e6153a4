"""The readable pages of an evidence file, made of its rows alone: the verifier makes them again, so that they cannot say anything else."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from tocsin.evidence.formats import Evidence


def sections(found: Evidence) -> list[Any]:
    """What the readable pages say: headings, each with lines of a label and a text (or the marked words of a change)."""
    about, analysis, change = found.about, found.one("analyses"), found.one("change")
    step = analysis["transition"]
    where = change.get("new_eid") or change.get("old_eid") or change.get("heading", "")
    head = [
        ("Change", about["change"]),
        ("Work", "{}, {}".format(step["work"], where)),
        ("What", "{} {}: {}".format(change["materiality"], change["kind"], change["reason"])),
        (
            "From",
            "the edition of {}".format(step["before"])
            if step["before"]
            else "nothing: the document appeared",
        ),
        ("To", "the edition of {}".format(step["after"])),
        ("Observed", step["observed_at"]),
        ("Analysed by", analysis["engine"]),
        ("Head of the chain", "{} (link {})".format(about["head"][1], about["head"][0])),
        ("To check", "python -I verify.py (Python 3.9 or later, nothing else)"),
        *[("Note", line) for line in about["remarks"]],
    ]
    touches = [line for one in found.rows("readings") for line in _touched(one, change_place(found))]
    said: list[Any] = [
        ("A tocsin evidence file", head),
        ("What changed", [("Words", change.get("ops", [])), *_limits(change)]),
        ("What it touches", [("Touches", line) for line in dict.fromkeys(touches)]),
    ]
    for one in found.rows("captures"):
        asked = json.loads(one["request"]) if one.get("request") else None
        request = "{method} {url}".format(**asked) if asked else "not kept by the version that fetched it"
        lines = [
            ("Document", "{}: {}".format(one["source"], one["document"])),
            ("Address", one["url"]),
            ("Fetched", "{}, status {}".format(one["fetched_at"], one["status"])),
            ("Request", request),
            ("Bytes", "{}, SHA-256 {}".format(one["bytes"], one["body_sha256"])),
        ]
        said.append(("Capture {}".format(one["id"]), lines))
    lists = (
        ("Runs", "runs", "{id}: {source}, {started_at} to {finished_at}, {outcome} {reason}"),
        ("Attempts", "attempts", "{at}: {url}, {outcome}, status {status}, {bytes} bytes {reason}"),
        ("Editions", "editions", "{as_of}: {work}, read by {recipe} from capture {capture}, digest {digest}"),
        ("Watches", "wordings", "{watch}, as it stood from {at}: {asked}"),
        ("Owed", "owed", "{enqueued_at}: to {target} for {watch}, message {message_id}"),
        ("Sent", "sends", "{at}: {delivery}, attempt {number}, {outcome} {error}, {message}"),
        ("Read by", "acknowledgements", "{at}: {person} for {owner} {note}"),
        ("Bytes dropped since", "retention", "{at}: {source}, {reason}"),
        ("Decisions", "decision", "{at}: {author} ({role}) for watch {watch}: {verdict}, {reason}"),
        ("Comments", "comment", "{at}: {author} ({role}): {words}"),
        ("Given to", "assignment", "{at}: {author} ({role}) gives it to {person} for watch {watch}"),
    )
    for heading, sort, form in lists:
        lines = [("", form.format(**one, **_within(one)).strip()) for one in found.rows(sort)]
        said.append((heading, lines or [("", "none")]))
    said.append(("Why it met a watch (worked out when this file was made, not in the chain)", about["match"]))
    return said


def _within(row: dict[str, Any]) -> dict[str, str]:
    """What the pages say of a text that is JSON: what a watch asks for, what a message is called."""
    asked = json.loads(row.get("content") or "{}")
    said = {name: value for name, value in asked.items() if value not in ([], "", None, False)}
    title = json.loads(row.get("payload") or "{}").get("title", "")
    return {"asked": json.dumps(said, ensure_ascii=False), "message": str(title)}


def change_place(found: Evidence) -> int:
    """Which change of its analysis it is, from 0."""
    return next(int(one["place"]) for one in found.entries if one["sort"] == "change")


def _touched(reading: dict[str, Any], place: int) -> Iterator[str]:
    for position, sort, name, regime, excluded, role, via, *_ in json.loads(reading.get("touches", "[]")):
        if position == place:
            yield " ".join(part for part in (sort, name, regime, role, via, "(excluded)" * excluded) if part)


def _limits(change: dict[str, Any]) -> list[Any]:
    form = "%(quantity)s: %(old)s to %(new)s, %(direction)s"
    usual = {"quantity": "", "old": "", "new": "", "direction": "unknown"}
    return [("Limit", form % {**usual, **one}) for one in change.get("limits", [])]


def as_text(said: list[Any]) -> str:
    """The page as plain text."""
    out = []
    for heading, lines in said:
        out += [heading, "=" * len(heading)]
        for label, value in lines:
            marked = value if isinstance(value, str) else "".join(_mark(*op) for op in value)
            out.append(f"{label}: {marked}" if label else marked)
        out.append("")
    return "\n".join(out)


def _mark(mark: str, text: str) -> str:
    return {"-": "[-%s-]", "+": "{+%s+}"}.get(mark, "%s") % text


def as_page(said: list[Any]) -> str:
    """The page as HTML, without a script and without anything from elsewhere."""
    out = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evidence</title>',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        "<style>body{font:1rem/1.5 serif;max-width:50rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}dt{font-weight:bold}"
        "dd{margin:0 0 .5rem;white-space:pre-wrap}del{background:#fdd}ins{background:#dfd}</style></head><body>",
    ]
    for number, (heading, lines) in enumerate(said):
        out.append(f"<h{1 + (number > 0)}>{html.escape(heading)}</h{1 + (number > 0)}><dl>")
        for label, value in lines:
            marked = html.escape(value) if isinstance(value, str) else "".join(_tag(*op) for op in value)
            out.append(f"<dt>{html.escape(label)}</dt><dd>{marked}</dd>")
        out.append("</dl>")
    return "\n".join([*out, "</body></html>\n"])


def _tag(mark: str, text: str) -> str:
    name = {"-": "del", "+": "ins"}.get(mark)
    return f"<{name}>{html.escape(text)}</{name}>" if name else html.escape(text)
