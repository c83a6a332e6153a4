"""Where on a page the act is, by its own landmarks: so that any site, wrapper or browser may stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from normalize.audit import Account
from normalize.html import body_of, take_out
from normalize.inline import tag_of

#: Class names that the Publications Office's converters give to the parts of an act, and nobody else uses.
JOURNAL = re.compile(
    r"oj-\S+|eli-(?:container|main-title|subdivision|title)|ti-art|sti-art|doc-ti|ti-section-[12]|ti-grseq-\d|ti-tbl"
    r"|s?title-article-norm|title-(?:doc-first|doc-last|division-[12]|annex-[123])|title-gr-seq-level-\d|no-parag|grid-list-column-[12]"
    r"|hd-(?:ti|lg|coll|uniq|date|modifiers)|modref|no-doc-c"
)
#: Of the older dialect of proposals, made from the Commission's LegisWrite styles.
PROPOSAL = re.compile(
    r"Titrearticle|SectionTitle|Annexetitre|(?:Manual)?Considrant|Typedudocument(?:_cp|_Acte)?|Titreobjet(?:_cp|_Acte)?|Emission"
    r"|Rfrenceinstitutionnelle|Rfrenceinterinstitutionnelle|Formuledadoption|Exposdesmotifstitre|ManualHeading[1-9]|ManualNumPar[1-9]"
    r"|NumPar[1-9]|Point[0-4](?:number|letter)?|Statut|CrossReference_cp|Institutionquiagit|Fait|Institutionquisigne|contentWrapper"
)
#: Names of the same converters that other sites use too: they prolong an act, and never begin one.
_PROLONGING = frozenset(
    {"normal", "note", "norm", "final", "signatory", "footnote", "tbl-txt", "Normal", "Text1"}
)
_CHROME = frozenset(
    {"nav", "header", "footer", "aside", "form", "button", "iframe", "select", "dialog", "menu"}
)


def dialect_of(root: etree._Element) -> str:
    """``journal`` or ``proposal`` by what most of the page's class names belong to, "" for neither."""
    counts = {"journal": 0, "proposal": 0}
    for element in root.iter("p", "div", "span", "td"):
        for name in (element.get("class") or "").split():
            if JOURNAL.fullmatch(name):
                counts["journal"] += 1
            elif PROPOSAL.fullmatch(name):
                counts["proposal"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def content(root: etree._Element, landmark: re.Pattern[str], account: Account) -> etree._Element:
    """The smallest element that holds every landmark, with what stands around and between taken out and discarded by name.

    Before the first and after the last landmark everything is a site's; between them only elements that no act has (``nav``,
    ``form`` …).
    """
    body = body_of(root)
    marked = [element for element in body.iter() if tag_of(element) and _is(element, landmark)]
    if (
        not marked
    ):  # the landmarks of a damaged page stand outside its body: nothing of it can be told from a site
        account.remark(body, "no part of the page is marked as an act, so all of it is taken for one")
        return body
    held = _common(marked[0], marked[-1])
    above = held.getparent()
    if held in marked and above is not None and tag_of(held) != "body":
        held = above
    held, last = _prolonged(held, marked[-1], body)
    for element in list(held.iter(*_CHROME)):
        if not any(True for one in element.iter() if tag_of(one) and _is(one, landmark)):
            _discard(element, account)
            take_out(element)
    discard_outside(body, held, account)
    _edges(held, marked[0], last, account)
    return held


def _is(element: etree._Element, landmark: re.Pattern[str]) -> bool:
    return any(landmark.fullmatch(name) for name in (element.get("class") or "").split())


def _common(first: etree._Element, last: etree._Element) -> etree._Element:
    above = [first, *first.iterancestors()]
    known = {id(element): element for element in above}
    for element in (last, *last.iterancestors()):
        if id(element) in known:
            return element
    return above[-1]


def _prolonged(
    held: etree._Element, last: etree._Element, body: etree._Element
) -> tuple[etree._Element, etree._Element]:
    """``held`` and its last element, with the plain paragraphs and notes that follow, inside it or beside it."""
    while True:
        child = _child_of(held, last)
        for following in child.itersiblings() if child is not None else ():
            if _goes_on(following):
                last = following
        above = held.getparent()
        if held is body or above is None or not any(_goes_on(one) for one in held.itersiblings()):
            return held, last
        held = above


def _goes_on(element: etree._Element) -> bool:
    if not tag_of(element) or element.tag in _CHROME:
        return False
    return any(
        one.get("id", "").startswith("footnote")
        if one.tag != "p"
        else not _PROLONGING.isdisjoint((one.get("class") or "").split())
        for one in element.iter("p", "dl", "dd")
    )


def discard_outside(body: etree._Element, held: etree._Element, account: Account) -> None:
    """Discards all text of the page that stands outside of ``held``."""
    if held is body:
        return
    inside = held
    for above in held.iterancestors():
        if above.text and above.text.strip():
            account.discard("site-chrome", above, above.text)
        for child in above:
            if child is not inside and tag_of(child):
                _discard(child, account)
            if child.tail and child.tail.strip():
                account.discard("site-chrome", above, child.tail)
        if above is body:
            return
        inside = above


def _edges(held: etree._Element, first: etree._Element, last: etree._Element, account: Account) -> None:
    """Takes out the children of ``held`` before the one with the first landmark and after the one with the last."""
    first_child, last_child = _child_of(held, first), _child_of(held, last)
    if first_child is None or last_child is None:
        return
    children = list(held)
    before, after = children.index(first_child), children.index(last_child)
    if held.text and held.text.strip():
        account.discard("site-chrome", held, held.text)
        held.text = None
    for child in (*children[:before], *children[after + 1 :]):
        _discard(child, account)
        if child.tail and child.tail.strip():
            account.discard("site-chrome", held, child.tail)
        held.remove(child)
    if last_child.tail and last_child.tail.strip():
        account.discard("site-chrome", held, last_child.tail)
        last_child.tail = None


def _child_of(held: etree._Element, element: etree._Element) -> etree._Element | None:
    inside = element
    for above in element.iterancestors():
        if above is held:
            return inside
        inside = above
    return None


def _discard(element: etree._Element, account: Account) -> None:
    text = " ".join(run for run in _runs(element))
    if text.strip():
        account.discard("site-chrome", element, text)


def _runs(element: etree._Element) -> Iterator[str]:
    for one in element.iter():
        if tag_of(one) and one.text and one.text.strip():
            yield one.text
        if one.tail and one is not element and one.tail.strip():
            yield one.tail
