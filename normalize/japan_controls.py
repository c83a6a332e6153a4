"""Control characters in a page, which no browser prints and no element may hold."""

from __future__ import annotations

import re

from lxml import etree

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_USED = ("src", "rowspan", "colspan")  # the attributes that are written into other elements


def take_out_controls(page: etree._Element) -> tuple[str, ...]:
    """Takes the control characters out of the texts and attributes under ``page``; a note where there were any."""
    count = 0
    for element in page.iter(etree.Element):
        for name in _USED:
            value = element.get(name, "")
            if _CONTROL.search(value):
                element.set(name, _CONTROL.sub("", value))
        if element.text and _CONTROL.search(element.text):
            element.text, found = _CONTROL.subn("", element.text)
            count += found
        if element.tail and _CONTROL.search(element.tail):
            element.tail, found = _CONTROL.subn("", element.tail)
            count += found
    return (f"{count} control characters, which are not printed, were left out",) if count else ()
