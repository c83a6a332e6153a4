"""The words of a Formex element: highlights, quotation marks, formatted numbers, references, all as one line of text."""

from __future__ import annotations

from lxml import etree

from normalize.inline import tag_of, tidy

_MARKS = {"SUP": "^", "SUB": "_"}
#: Elements that begin a line of their own where they stand inside a text.
_BLOCKS = frozenset({"P", "TXT", "ALINEA", "TI", "STI", "NP", "ITEM", "ROW", "CELL", "TITLE", "SUBTITLE"})
_NOTHING = frozenset({"PAGE", "IE", "TOC"})


def formex_text(
    element: etree._Element, *, notes: bool = False, without: frozenset[str] = frozenset()
) -> str:
    """The text of ``element`` without its tail; ``notes`` says whether that of footnotes is in it, ``without`` what is left out."""
    pieces: list[str] = []
    stack: list[tuple[etree._Element | str, bool]] = []

    def enter(one: etree._Element, capitals: bool) -> None:
        if one.text:
            pieces.append(one.text.upper() if capitals else one.text)
        for child in reversed(one):
            stack.append((child, capitals))

    enter(element, False)
    while stack:
        one, capitals = stack.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if one.tail:
            stack.append((one.tail.upper() if capitals else one.tail, capitals))
        tag = tag_of(one)
        if not tag or tag in _NOTHING or tag in without or (tag == "NOTE" and not notes):
            continue
        if tag in ("QUOT.START", "QUOT.END"):
            pieces.append(quotation_mark(one))
        elif tag == "HT" and (mark := _MARKS.get(one.get("TYPE", ""))):
            inner = tidy(" ".join(formex_text(one, notes=notes).split()))
            following = (one.tail or "")[:1]
            if inner and inner[-1].isdigit() and following.isdigit():
                inner = f"{{{inner}}}"
            pieces.append(f"{mark}{inner}" if inner else "")
        elif (
            tag == "FT"
            and one.get("TYPE") == "NUMBER"
            and (one.text or "").strip().isdigit()
            and not len(one)
        ):
            pieces.append(f"{int(one.text or 0):,}".replace(",", "\u00a0"))
        elif tag in ("INCL.ELEMENT", "IMG"):
            pieces.append(f"[graphic {one.get('FILEREF') or one.get('SRC') or ''}]")
        elif tag == "BR":
            pieces.append("\n")
        else:
            if tag in _BLOCKS and pieces and not pieces[-1].endswith("\n"):
                pieces.append("\n")
            enter(one, capitals or (tag == "HT" and one.get("TYPE") == "UC"))
    return tidy("".join(pieces)) if notes else _folded("".join(pieces))


def _folded(text: str) -> str:
    return "\n".join(" ".join(line.split(" ")) for line in tidy(text.replace("\t", " ")).split("\n"))


def quotation_mark(element: etree._Element) -> str:
    """``<QUOT.START CODE="2018"/>`` prints the character with that number."""
    code = element.get("CODE", "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\u2018" if element.tag == "QUOT.START" else "\u2019"
