"""What a digest says of itself, in English: labels, and frames for numbers and days. The texts are keys of the catalogues (``alerts.language``).

Nothing here says anything of a law: what a change is is told by its words, its kind and the rule that weighed it.
"""

from __future__ import annotations

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "title": "Weekly digest {week}",
        "period": "Changes that became known from {first} to {last} ({zone}), as the archive knew them at {known}.",
        "clock": "A change belongs to the week in which it was first observed, whatever the date of its edition.",
        "legal": "tocsin shows what official publications say. It gives no legal advice, and only the official text counts.",
        "version": "Version {version}",
        "page": "Page",
        "of": "of",
        # the first page
        "in_short": "In short",
        "undecided_title": "Not decided by anybody",
        "undecided": (
            "{number} substantive change of this week was decided by nobody.",
            "{number} substantive changes of this week were decided by nobody.",
        ),
        "all_decided": "Every substantive change of this week is decided.",
        "nothing": "No substantive change became known in this week.",
        "and_more": ("and {number} more", "and {number} more"),
        "substantive": "Substantive changes",
        "late": "Late findings",
        "editorial": "Editorial changes",
        "technical": "Technical changes",
        "decided": "Decided",
        "of_number": "{part} of {whole}",
        "sources_well": "Sources with no failed run",
        "sources_silent": "Sources with no good run in this week",
        "open_incidents": "Incidents open at the end",
        "alerts_sent": "Alerts sent",
        "alerts_acknowledged": "Alerts acknowledged",
        "alerts_overdue": "Acknowledgements overdue",
        "due_count": "Dates in the next 90 days",
        "contents": "Contents",
        # changes
        "jurisdiction": "Jurisdiction {code}",
        "no_act": "Without a known act",
        "stages": "Stages",
        "appeared": "appeared {after}, observed {observed}",
        "editions": "edition of {before} → {after}, observed {observed}",
        "document": "New document",
        "touches": "Touches",
        "limits": "Limits",
        "none": "none",
        "cut": (
            "{number} changed character is not shown here.",
            "{number} changed characters are not shown here.",
        ),
        "whole": "Read the whole",
        "read": "Read it in the archive",
        "carried": "Went along under it: {pairs}",
        "why": "{materiality}: {reason}",
        "legend": "How to read the texts: inserted words are underlined, deleted words are struck through.",
        "page_legend": "How to read the texts: inserted words are underlined, deleted words are struck through; what is new as a whole stands behind a double bar.",
        "mark_legend": "How to read the texts: {marks}",
        "bold_legend": "How to read the texts: inserted words are bold, deleted words are struck through.",
        "tracked_legend": "How to read the texts: changed words are tracked changes, which a word processor accepts or rejects one by one.",
        "not_compared": "Not compared: {parts} ({reason})",
        "applies": "{state} from {start} until {end}",
        # reviews
        "decision": "Decision",
        "nobody": "not decided",
        "by_on": "{decision} by {person} on {day}",
        "due_on": "due {day}",
        "assigned_to": "assigned to {person}",
        "decisions_taken": "Decisions taken in this week",
        "decisions_open": "Still open",
        "no_decisions": "No decision was taken in this week.",
        "nothing_open": "Nothing that was assigned or reopened is open.",
        # late findings
        "late_older": "its edition is older than the week before",
        "late_reread": "found when the documents were read again",
        "no_late": "None.",
        # coverage
        "coverage": "What was looked at",
        "source": "Source",
        "runs_complete": "Complete runs",
        "requests_refused": "Requests",
        "captures_published": "Documents taken in",
        "refused": "{number} refused",
        "published": "{number} published as editions",
        "counter": "Held of published, by the publisher's counter",
        "not_counted": "not counted",
        "last_success": "Last good run",
        "never": "never",
        "silence": "Longest silence",
        "silence_span": "{hours} h, from {since} to {until}",
        "silence_on": "{hours} h, from {since} on",
        "trouble": "What failed, and what is missing",
        "no_trouble": "No run failed and no incident was open.",
        "failed_runs": ("{number} run did not reach its goal", "{number} runs did not reach their goal"),
        "backfills": ("{number} run for the past", "{number} runs for the past"),
        "postponed": ("{number} run postponed", "{number} runs postponed"),
        "incident": "{sort} since {opened}: {said}",
        "incident_closed": "{sort} from {opened} to {closed}: {said}",
        "escalated": "escalated {at}",
        "no_sources": "No source had run by then.",
        # calendar
        "calendar": "Dates from {first} to {last}",
        "day": "Day",
        "what": "What happens",
        "where": "Where",
        "by_act": "by {act}",
        "last_day": "last day {day}",
        "no_dates": "No date in these days is known.",
        # alerts
        "alerts": "Alerts",
        "alerts_line": "{owed} messages were owed, {sent} of them sent; {acknowledged} alerts were acknowledged, {overdue} are overdue.",
        "held": "held",
        "elsewhere": "told by another message",
        "waiting": "waiting",
        "failed_tries": ("{number} try failed", "{number} tries failed"),
        "not_sent": "Not sent by themselves",
        "awaited": "Not acknowledged",
        "due_at": "due {at}",
        "overdue": "overdue",
        # what is only counted
        "lesser": "Editorial and technical changes",
        "no_lesser": "None.",
        "history": "History filled in",
        "history_line": "{substantive} substantive and {lesser} other changes between editions that were old when they came to hand",
        "listed": "List them",
        "rules": "Rules that decided",
        "count": "Count",
        "edition": "Edition",
    }
)
"""By name; a pair is one and many, for a text that counts."""

KINDS = MappingProxyType(
    {
        "insertion": "Inserted",
        "repeal": "Repealed",
        "substitution": "Changed",
        "renumbering": "Renumbered",
        "move": "Moved",
        "split": "Split",
        "join": "Joined",
        "applicability": "Application changed",
    }
)
"""What happened, by the kind of a change."""

VERDICTS = MappingProxyType(
    {"relevant": "relevant", "not applicable": "not applicable", "action": "action", "done": "done"}
)
"""What a person decided of a change."""
OTHER_FACTS = MappingProxyType({"stayed": "stayed", "corrects": "corrects"})
"""What a digest tells of a document's statements of itself beyond what messages do."""
