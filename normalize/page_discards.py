"""What is no content although it stands in a page: taken out of the tree, told under the name of its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from normalize.audit import Account
from normalize.html import take_out
from normalize.inline import tag_of
from normalize.page_profile import (
    BOILERPLATE,
    CONTROLS,
    HIDDEN_ID,
    NAVIGATION,
    OUTSIDE,
    PAGE_DATE,
    PICTURE,
    PageProfile,
)
from normalize.page_root import select
from normalize.page_text import compact, line_of, printed_text

_BY_TAG = {
    "nav": NAVIGATION,
    "form": CONTROLS,
    "select": CONTROLS,
    "textarea": CONTROLS,
    "iframe": CONTROLS,
    "object": CONTROLS,
    "dialog": CONTROLS,
    "option": CONTROLS,
    "datalist": CONTROLS,
}
_ROLES = {
    "navigation": NAVIGATION,
    "search": CONTROLS,
    "banner": OUTSIDE,
    "contentinfo": OUTSIDE,
    "toolbar": CONTROLS,
}
# Names of classes and ids, as whole words between - and _: the same words are used by every content system.
_NAMES = (
    (NAVIGATION, re.compile(r"(?:^|[-_\s])(?:breadcrumbs?|skip-?(?:link|nav|to)?|pagination|pager|toc|menu|navbar|nav)(?:$|[-_\s])", re.I)),
    (CONTROLS, re.compile(r"(?:^|[-_\s])(?:share|sharing|social(?:-?media)?|bdsharebuttonbox|print(?:er)?|cookies?|gdpr|newsletter|subscribe|feedback|govdelivery|addtoany|addthis)(?:$|[-_\s])", re.I)),
    (PAGE_DATE, re.compile(r"(?:^|[-_\s])(?:last-?(?:updated|modified)|updated-?date|date-?(?:modified|updated|retrieved)|retrieved|pagetime|pubtime|timestamp)(?:$|[-_\s])", re.I)),
)  # fmt: skip
_NAMED = frozenset(
    "div span p ul ol section aside a header footer small em i strong button figure dl".split()
)
_CONTROL_WORDS = re.compile(
    r"[\[【(（]?\s*(?:print(?: this)?(?: page)?|share(?: this)?(?: page)?|e-?mail(?: this)?(?: page)?|back to top|top of page|skip to (?:main )?content|"
    r"打印|纠错|关闭|分享|返回顶部|关闭窗口|打印本页|字号|ページの先頭へ(?:戻る)?|印刷(?:する)?|nach oben|drucken|seite drucken|imprimer|haut de page|afdrukken)\s*[\]】)）]?",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:page |content |site |pagina |seite |diese seite wurde |cette page a été )?"
    r"(?:(?:last (?:updated|modified|reviewed|changed|published)|updated|retrieved|accessed|generated|downloaded|printed)(?: on| at)?\b|"
    r"date of (?:retrieval|access|last update)|this page was (?:last )?\w+ on|zuletzt (?:geändert|aktualisiert)(?: am)?|stand der seite|abgerufen am"
    r"|letzte aktualisierung|dernière mise à jour|mise? à jour le|consulté le|(?:laatst|voor het laatst) (?:gewijzigd|bijgewerkt)(?: op)?|geraadpleegd op"
    r"|最終更新日|最后更新|更新时间|更新日期|更新日|取得日|访问时间|下载时间|發布時間更新)"
    r"\s*[:：]?(?P<rest>.{0,48})",
    re.IGNORECASE,
)
_ONLY_A_DATE = re.compile(r"(?=.*\d)(?:[\d\s.,:/年月日時时分秒Zz+-]|[A-Za-zäéûÀ-ÿ]{1,10}\b\.?)*")
_TOKEN_WORD = re.compile(r"(?=\S*\d)[A-Za-z0-9+/=_.:-]{16,}")
_LONGEST_LABEL = 200
_FRAME = frozenset({"header", "footer", "aside"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def discard_outside(root: etree._Element, content: etree._Element, account: Account) -> None:
    """Tells of all that the page prints around ``content``."""
    if text := line_of(root, content):
        account.discard(OUTSIDE, root, text)


def discard_inside(content: etree._Element, profile: PageProfile, account: Account) -> None:
    """Takes out of ``content`` what the rules name. Never all of it: a rule that would leave no word is not applied."""
    _pictures(content, account)
    declared = {one: rule for selector, rule in profile.drop for one in select(content, selector)}
    whole = len("".join(printed_text(content)))
    for element in list(content.iterdescendants(etree.Element)):
        if element.getparent() is None or not _stands_in(element, content):
            continue
        rule = declared.get(element) or _rule(element)
        if not rule and content.tag == "body" and element.tag in _FRAME and element.getparent() is content:
            rule = OUTSIDE
        if rule and len("".join(printed_text(element))) * 2 <= whole:
            _drop(rule, element, account)


def discard_beside(content: etree._Element, lines: frozenset[str], account: Account) -> None:
    """Takes blocks of links out of a content that was found by its density, where no line of them was taken for content."""
    for element in list(content.iterdescendants("ul", "ol", "div", "section", "aside")):
        if not _stands_in(element, content):
            continue
        printed = compact(element)
        linked = sum(len(compact(link)) for link in element.iter("a"))
        if printed and linked * 10 >= len(printed) * 8 and not any(line in printed for line in lines):
            _drop(BOILERPLATE, element, account)


def _rule(element: etree._Element) -> str:
    tag = tag_of(element)
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    if role := _ROLES.get((element.get("role") or "").lower()):
        return role
    if tag == "button":
        return "" if _opens_a_panel(element) else CONTROLS
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag in _NAMED and names.strip():
        for rule, pattern in _NAMES:
            if pattern.search(names) and not _has_prose(element):
                return rule
    text = _label(element)
    if not text:
        return ""
    if _is_hidden(element) and all(map(_TOKEN_WORD.fullmatch, text.split())):
        return HIDDEN_ID
    if tag == "time" or (
        (found := _DATE_WORDS.fullmatch(text)) and _ONLY_A_DATE.fullmatch(found["rest"].strip())
    ):
        return PAGE_DATE if tag != "time" or _stands_alone(element) else ""
    if _is_hidden(element) and "publishdate" in text.lower():
        return HIDDEN_ID
    return CONTROLS if _CONTROL_WORDS.fullmatch(text) and not _is_heading(element) else ""


def _label(element: etree._Element) -> str:
    """The words of a short element, "" of one that prints more than a label does."""
    pieces: list[str] = []
    length = 0
    for piece in printed_text(element):
        pieces.append(piece)
        length += len(piece.strip())
        if length > _LONGEST_LABEL:
            return ""
    return " ".join("".join(pieces).split())


def _drop(rule: str, element: etree._Element, account: Account) -> None:
    text = " ".join("".join(printed_text(element)).split())
    if text:
        account.discard(rule, element, text)
    take_out(element)


def _stands_in(element: etree._Element, content: etree._Element) -> bool:
    return any(above is content for above in element.iterancestors())


def _opens_a_panel(element: etree._Element) -> bool:
    """Whether a button is the heading of a panel that it opens, as in lists of questions and answers."""
    return element.get("aria-expanded") is not None or any(
        above.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "summary") for above in element.iterancestors()
    )


def _has_prose(element: etree._Element) -> bool:
    """Whether an element has sentences of its own outside links: a class called "print" may hold the whole article."""
    own = "".join(printed_text(element, *element.iter("a")))
    return len("".join(own.split())) > 120


def _stands_alone(element: etree._Element) -> bool:
    """Whether a date stands in a block of its own and not in a sentence."""
    parent = element.getparent()
    if parent is None:
        return True
    beside = (parent.text or "") + "".join(one.tail or "" for one in parent)
    return (
        not beside.strip()
        or parent.tag in ("article", "main", "section", "header", "div")
        and not re.search(r"[^\W\d_]{3}", beside)
    )


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_heading(element: etree._Element) -> bool:
    return element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")


def _pictures(content: etree._Element, account: Account) -> None:
    """A picture is its alternative text, or its name where it stands in a sentence (a formula); else it is layout."""
    for picture in list(content.iter("img")):
        alternative = " ".join((picture.get("alt") or "").split())
        if alternative:
            picture.tag = "span"
            picture.text = f"[graphic {alternative}]"
        elif _in_a_sentence(picture):
            picture.set("src", (picture.get("src") or "").split("?", 1)[0].split("#", 1)[0])
        else:
            account.remark(picture, "a picture without words is left out")
            take_out(picture)


def _in_a_sentence(picture: etree._Element) -> bool:
    parent = picture.getparent()
    if parent is None or parent.tag not in ("p", "td", "th", "li", "span", "dd"):
        return False
    return any(map(str.strip, _runs(parent)))


def _runs(parent: etree._Element) -> Iterator[str]:
    yield parent.text or ""
    for child in parent:
        yield child.tail or ""


__all__ = ["PICTURE", "discard_beside", "discard_inside", "discard_outside"]
