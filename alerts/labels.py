"""What the values of records are called in messages: kinds of change, materiality, stages of an act, facts, roles, directions.

Each table holds English texts that the catalogues translate; :func:`label` says one. A value that a table does not know is said as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from alerts.language import Texts, mark
from archive.records import LimitChange
from archive.shared_scope import NOT_COMPARED


def label(say: Texts, table: Mapping[str, str], value: str) -> str:
    """What ``value`` is called; itself where the table has no name for it."""
    return say(table[value]) if value in table else value


def bounds(say: Texts, limit: LimitChange) -> tuple[str, str]:
    """What a limit was and what it is, with the signs of its field: ``≥ 4800`` of ``>= 4800``; in words where there is none."""
    old, new = (signs(one) if one else say("none") for one in (limit.old, limit.new))
    return old, new


def signs(bound: str) -> str:
    """A bound with the signs of its field."""
    return bound.replace(">=", "≥").replace("<=", "≤")


MATERIALITY = {
    "substantive": mark("substantive"),
    "editorial": mark("editorial"),
    "technical": mark("technical"),
}
KINDS = {
    "insertion": mark("insertion"),
    "repeal": mark("repeal"),
    "substitution": mark("substitution"),
    "renumbering": mark("renumbering"),
    "move": mark("move"),
    "split": mark("split"),
    "join": mark("join"),
    "applicability": mark("applicability"),
}
DIRECTIONS = {"tighter": mark("tighter"), "looser": mark("looser"), "unknown": mark("unknown")}
ROLES = {
    "heading": mark("heading"),
    "item": mark("item"),
    "note": mark("note"),
    "cross-reference": mark("cross-reference"),
    "control-table": mark("control table"),
    "preamble": mark("preamble"),
    "instruction": mark("instruction"),
}
STAGES = {
    "announced": mark("announced"),
    "published": mark("published"),
    "corrected": mark("corrected"),
    "stayed": mark("stayed"),
    "extended": mark("extended or delayed"),
    "withdrawn": mark("withdrawn"),
    "codified": mark("codified"),
    "listed": mark("listed"),
}
"""Stages of a legal act, see ``alerts.events``."""
FACTS = {
    "citation": mark("Citation"),
    "action": mark("Action"),
    "executive_order": mark("Executive Order"),
    "disposition": mark("Disposition"),
    "agency": mark("Agency"),
    "docket": mark("Docket"),
    "rin": mark("RIN"),
    "abstract": mark("Summary"),
    NOT_COMPARED: mark("Not compared"),
}
"""What a message tells of what a document says of itself."""
DATED_FACTS = {
    "published": mark("published"),
    "filed": mark("filed"),
    "signed": mark("signed"),
    "effective": mark("effective"),
    "applicable": mark("applicable"),
    "compliance": mark("compliance due"),
    "comments_close": mark("comments close"),
    "expires": mark("expires"),
}
BEGINS = {
    "stayed": mark("stayed from"),
    "future": mark("not yet in force from"),
    "ended": mark("ended from"),
}
"""Of a state of application the label of its first day, and :data:`ENDS` that of its last."""
ENDS = {
    "stayed": mark("stayed until"),
    "future": mark("not yet in force until"),
    "ended": mark("ended until"),
}
FUSES = {
    "stay begins": mark("stay begins"),
    "stay ends": mark("stay ends"),
    "comes into force": mark("comes into force"),
    "ends": mark("ends"),
    "in force again": mark("in force again"),
    "date in the text": mark("date in the text"),
    "effective": mark("effective"),
    "applicable": mark("applicable"),
    "compliance due": mark("compliance due"),
    "comments close": mark("comments close"),
    "stayed": mark("stayed"),
    "expires": mark("expires"),
    "suspension ends": mark("suspension ends"),
}
"""What happens on a day of the calendar."""
OPERATIONS = {
    "revise": mark("revise"),
    "add": mark("add"),
    "remove": mark("remove"),
    "reserve": mark("reserve"),
    "redesignate": mark("redesignate"),
    "substitute": mark("substitute"),
    "transfer": mark("transfer"),
    "stay": mark("stay"),
    "delay": mark("delay"),
    "correct": mark("correct"),
    "keep": mark("keep"),
    "unknown": mark("not understood"),
}
"""What an instruction of an amending document does."""
UNITS = {
    "paragraph": mark("paragraph"),
    "section": mark("section"),
    "supplement": mark("supplement"),
    "appendix": mark("appendix"),
    "entry": mark("entry"),
    "sentence": mark("sentence"),
    "heading": mark("heading"),
    "introductory text": mark("introductory text"),
    "definition": mark("definition"),
    "note": mark("note"),
    "words": mark("words"),
    "table": mark("table"),
    "row": mark("row"),
    "item": mark("item"),
}
CONDITIONS = {
    "eccn": mark("control number"),
    "usml": mark("munitions list"),
    "item_jp": mark("Japanese item"),
    "item_eu": mark("EU item"),
    "item_uk": mark("UK item"),
    "item_cn": mark("Chinese item"),
    "item_de": mark("German item"),
    "military": mark("military item"),
    "ai_act": mark("AI Act"),
    "countries": mark("country"),
    "groups": mark("group"),
    "technologies": mark("technology"),
    "parties": mark("party"),
    "counterparties": mark("counterparty"),
    "limits": mark("limit"),
    "works": mark("work"),
    "sources": mark("source"),
    "jurisdictions": mark("jurisdiction"),
    "kinds": mark("kind"),
    "materiality": mark("materiality"),
    "roles": mark("role of"),
    "text": mark("words"),
    "regex": mark("words"),
}
"""The keys of watches."""
