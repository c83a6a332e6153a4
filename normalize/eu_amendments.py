"""Amendments adopted by the European Parliament: for each a heading and a table of two columns, the proposal's text and Parliament's."""

from __future__ import annotations

import re

from lxml import etree

from normalize.audit import Account, source_text
from normalize.draft import Draft
from normalize.eu_act import Act
from normalize.eu_notes import Footnotes
from normalize.eu_pieces import pieces
from normalize.html import all_text, classes
from normalize.inline import inline_text, tag_of
from normalize.table import read_table

# One word in each official language (Parliament's own heading over every amendment).
_AMENDMENT = re.compile(
    r"(?i)(?:Amendments?|Amendement|Änderungsantrag|Abänderung|Enmienda|Emendamento|Alteração|Poprawka|Ændring|Ändring|Tarkistus|Amendament"
    r"(?:ul)?|Pozměňovací návrh|Pozmeňujúci návrh|Módosítás|Amandman|Predlog spremembe|Pakeitimas|Grozījums|Muudatusettepanek|Изменение|Τροπολογία|Emenda)"
    r"\s+(?P<number>\d+[a-z]?)"
)
_MANY = 3


def is_amendments(root: etree._Element) -> bool:
    """Whether a page of the Official Journal is a set of amendments rather than an act."""
    count = 0
    for line in root.iter("p"):
        if classes(line) & {"oj-ti-grseq-1", "ti-grseq-1"} and _AMENDMENT.fullmatch(_words(line)):
            count += 1
            if count >= _MANY:
                return True
    return False


def read_amendments(root: etree._Element, account: Account) -> Act:
    """Each amendment as a provision ``am-12``: its heading says what it amends, its rows hold both texts joined by `` | ``."""
    act, notes = Act(), Footnotes()
    part = act.part("amendments")
    state: list[Draft] = [part]
    stack = list(reversed(list(pieces(root))))
    while stack:
        element = stack.pop()
        named = frozenset(name.removeprefix("oj-") for name in classes(element))
        if any("hd-" in name for one in element.iter() for name in classes(one)) and _is_head(element):
            account.discard("journal-head", element, source_text(element))
            act.heads.append(all_text(element, " "))
        elif tag_of(element) == "table":
            _table(state[-1], element, notes)
        elif tag_of(element) == "div" and any(tag_of(child) in ("p", "div", "table") for child in element):
            stack.extend(reversed(list(pieces(element))))
        elif "note" in named:
            notes.add(element, state[-1])
        elif text := inline_text(element):
            _line(act, part, state, element, named, text, notes)
    notes.attach()
    return act


def _line(
    act: Act,
    part: Draft,
    state: list[Draft],
    element: etree._Element,
    named: frozenset[str],
    text: str,
    notes: Footnotes,
) -> None:
    found = _AMENDMENT.fullmatch(text)
    if named & {"doc-ti", "no-doc-c"}:
        notes.called(element, act.add_title(text, element))
    elif found is not None:
        state[:] = [
            part.add(
                Draft(
                    segment=f"am-{found['number']}", unit="amendment", num=text, absolute=True, place=element
                )
            )
        ]
        notes.called(element, state[-1])
    elif state[-1] is not part and "ti-grseq-1" in named:
        own = state[-1]
        own.heading = f"{own.heading}\n{text}".strip()
        notes.called(element, own)
    else:
        notes.called(element, act.say(state[-1], text, element))


def _table(own: Draft, element: etree._Element, notes: Footnotes) -> None:
    """The rows of both texts. The words over the columns name them and are a header."""
    read = read_table(element)
    for row in (*read.head, *read.body, *read.foot):
        if row.is_empty:
            notes.called(row.place, own)
            continue
        lines = [line for line in row.place.iter("p") if _words(line)]
        head = bool(lines) and all(classes(line) & {"oj-tbl-hdr", "tbl-hdr"} for line in lines)
        count = 1 + sum(child.unit == "row" for child in own.children)
        made = own.add(
            Draft(
                segment="header" if head else f"row-{count}",
                unit="header" if head else "row",
                text=row.joined,
                quiet=True,
                place=row.place,
            )
        )
        notes.called(row.place, made)


def _is_head(element: etree._Element) -> bool:
    return tag_of(element) in ("table", "p") and all(
        any("hd-" in name for name in classes(line)) for line in element.iter("p")
    )


def _words(element: etree._Element) -> str:
    return " ".join(all_text(element).split())
