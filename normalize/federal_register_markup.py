"""The tree of a paper made ready for reading: layout undone, page marks gone, what nobody knows set aside."""

from __future__ import annotations

import re

from lxml import etree

from normalize.audit import Account
from normalize.federal_register_vocabulary import KNOWN, PAGE_MARKS, TYPESETTING
from normalize.inline import script_mark

_BREAK_BEFORE = re.compile(r"\n[ \t]+\Z")
_BREAK_AFTER = re.compile(r"\A\n[ \t]+")
_OPENING = ("(", "[", "“", "‘", "—", "–", "-", "/", "§")
#: What an unknown element becomes: readers pass over it, and it keeps the runs of text around it apart.
_SET_ASIDE = "FTREF"


def prepare(paper: etree._Element, account: Account) -> None:
    """Changes the tree of ``paper`` in place.

    Elements that the vocabulary does not name are emptied and told as leftovers, those of the typesetter as discards. Page marks
    go without a word: they have no text of their own, and what they parted (a word, a control number) is joined.
    """
    told: set[str] = set()
    for element in _unknown(paper):
        _set_aside(element, account, told)
    for element in paper.iter(*TYPESETTING):
        if (words := whole_text(element)).strip():
            account.discard("typesetting", element, words)
    _take_out(paper, TYPESETTING)
    if is_laid_out(paper):
        _undo_layout(paper)
    for element in paper.iter(*PAGE_MARKS):
        if (words := whole_text(element)).strip():
            account.leftover(element, words)
    _take_out(paper, PAGE_MARKS)


def _unknown(paper: etree._Element) -> list[etree._Element]:
    """The outermost elements that the vocabulary does not name, outermost first."""
    found: list[etree._Element] = []
    stack = [paper]
    while stack:
        for child in stack.pop():
            (stack if child.tag in KNOWN else found).append(child)
    return found


def whole_text(element: etree._Element) -> str:
    """All characters in ``element``, as they stand in the source."""
    return "".join(str(run) for run in element.itertext())


def _set_aside(element: etree._Element, account: Account, told: set[str]) -> None:
    words = whole_text(element)
    tag = str(element.tag)
    if words.strip():
        account.leftover(element, words)
    elif tag not in told:
        told.add(tag)
        account.remark(element, f"the element {tag} is not known; it has no text")
    tail = element.tail
    element.clear()
    element.tail = tail
    element.tag = _SET_ASIDE


def _take_out(paper: etree._Element, tags: frozenset[str]) -> None:
    """Removes the elements named in ``tags`` and joins the text before each with the text after it."""
    parents = dict.fromkeys(element.getparent() for element in paper.iter(*tags))
    for parent in parents:
        if parent is None or parent.tag in tags:
            continue
        kept: etree._Element | None = None
        run = [parent.text or ""]
        for child in list(parent):
            if child.tag in tags:
                run.append(child.tail or "")
                child.tail = None
                parent.remove(child)
                continue
            _set_run(parent, kept, run)
            kept, run = child, [child.tail or ""]
        _set_run(parent, kept, run)


def _set_run(parent: etree._Element, before: etree._Element | None, run: list[str]) -> None:
    """Puts the text ``run`` after ``before``, or at the head of ``parent``, if more than one piece makes it."""
    if len(run) < 2:
        return
    if before is None:
        parent.text = "".join(run)
    else:
        before.tail = "".join(run)


def is_laid_out(paper: etree._Element) -> bool:
    """Whether line breaks were put around inline elements without regard to the text.

    GPO's converter ends a run of text before an element with a line break and begins the next run on a new line, indented as
    the element is; the blanks of the text itself stay *outside* of that indentation. So ``(⏎··<E T="03">i.e.,</E>⏎···if`` was
    ``(<E T="03">i.e.,</E> if`` and can be had back exactly. Text that was merely wrapped at its blanks has none left before
    the break; which of the two a paper is shows in the runs before emphasis.
    """
    kept = lost = 0
    for element in paper.iter("E"):
        run = _run_before(element)
        found = _BREAK_BEFORE.search(run)
        if found is None or found.start() == 0 or script_mark(element):
            continue
        character = run[found.start() - 1]
        if character.isspace():
            kept += 1
        elif character not in _OPENING:
            lost += 1
    return kept >= lost


def _run_before(element: etree._Element) -> str:
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _undo_layout(paper: etree._Element) -> None:
    for element in paper.iter():
        if len(element) == 0:
            continue
        run = element.text or ""
        for child in element:
            indentation = ""
            if found := _BREAK_BEFORE.search(run):
                indentation = found.group()
                if found.start() and not run.isspace():
                    _set_run_before(child, run[: found.start()])
            run = child.tail or ""
            if indentation and not run.isspace() and (found := _BREAK_AFTER.match(run)):
                # What the run is indented beyond the element are blanks of its own.
                own = found.group()[len(indentation) :] if found.group().startswith(indentation) else ""
                run = own + run[found.end() :]
                child.tail = run


def _set_run_before(element: etree._Element, run: str) -> None:
    previous = element.getprevious()
    if previous is not None:
        previous.tail = run
        return
    parent = element.getparent()
    if parent is not None:
        parent.text = run
