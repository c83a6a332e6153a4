"""What the values of records are called on pages, in English as the catalogues know it: :mod:`tocsin.web.wording` says them in the reader's language."""

from __future__ import annotations

from types import MappingProxyType

from alerts.language import mark

STATES = MappingProxyType(
    {
        "ok": mark("well"),
        "running": mark("running"),
        "failing": mark("failing"),
        "held": mark("held"),
        "late": mark("late"),
        "unusually quiet": mark("unusually quiet"),
        # of messages
        "pending": mark("waiting to be sent"),
        "muted": mark("muted"),
        "gathered": mark("told by another message"),
        "sending": mark("being sent"),
        "sent": mark("sent"),
        "failed": mark("failed, will be tried again"),
        "dead": mark("could not be delivered"),
        "unknown": mark("outcome not known"),
        # of runs
        "complete": mark("complete"),
        "incomplete": mark("incomplete"),
        "interrupted": mark("interrupted"),
        "postponed": mark("postponed"),
        # of what was announced
        "found": mark("found in the text"),
        "missing": mark("not found in the text"),
        "awaited": mark("not due yet"),
        "unchecked": mark("not checked"),
        # of reviews
        "open": mark("to be decided"),
        "open again": mark("to be decided again"),
        "date open": mark("its date is to be looked at again"),
        "decided": mark("decided"),
        "assigned": mark("assigned"),
    }
)
"""How something stands."""
APPLIES = MappingProxyType(
    {"stayed": mark("stayed"), "future": mark("not yet in force"), "ended": mark("ended")}
)
TOUCHES = MappingProxyType(
    {
        "code": mark("control number"),
        "series": mark("series"),
        "country": mark("country"),
        "group": mark("group"),
        "technology": mark("technology"),
        "party": mark("party"),
        "counterparty": mark("counterparty"),
        "limit": mark("limit"),
        "date": mark("date"),
    }
)
"""What a change reaches, by the type of the touch."""
VIAS = MappingProxyType(
    {
        "inserted": mark("in inserted words"),
        "deleted": mark("in deleted words"),
        "enclosing": mark("in a heading or number above it"),
        "text": mark("in its words"),
    }
)
NAMES = MappingProxyType(
    {
        "rin": mark("RIN"),
        "docket": mark("Docket"),
        "document": mark("Document"),
        "revision": mark("Revision"),
        "citation": mark("Citation"),
        "url": mark("Address"),
        "type": mark("Type"),
        "cfr_part": mark("Part of the CFR"),
        "corrects": mark("corrects"),
        "number": mark("Number"),
        "stayed": mark("stayed"),
    }
)
"""What documents and acts say of themselves, beyond what messages tell."""
ROLE_NAMES = MappingProxyType(
    {one: one for one in (mark("reader"), mark("reviewer"), mark("counsel"), mark("administrator"))}
)
KEYS = MappingProxyType(
    {
        "name": mark("name"),
        "owner": mark("owner"),
        "reason": mark("reason"),
        "matter": mark("matter"),
        "materiality": mark("materiality"),
        "notify": mark("told by"),
        "rate": mark("how often"),
        "acknowledge": mark("to be acknowledged"),
        "through_groups": mark("countries through their groups"),
        "all of": mark("all of"),
        "any of": mark("any of"),
        "not": mark("not"),
    }
)
"""What the keys of watches are called beyond those that messages name."""
LAWS = MappingProxyType(
    {
        "Constitution": mark("Constitution"),
        "Act": mark("Act"),
        "CabinetOrder": mark("Cabinet Order"),
        "ImperialOrder": mark("Imperial Order"),
        "MinisterialOrdinance": mark("Ministerial Ordinance"),
        "Rule": mark("Rule"),
        "Misc": mark("other law"),
    }
)
"""Sorts of law by the words of the Japanese statute database."""
FORMS = MappingProxyType(
    {
        "html": mark("web page"),
        "md": "Markdown",
        "pdf": "PDF",
        "docx": "Word",
        "mail.html": mark("mail"),
        "mail.txt": mark("mail as plain text"),
    }
)
"""The formats of a digest."""
