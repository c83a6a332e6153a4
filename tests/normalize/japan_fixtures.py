"""Japanese documents written for the tests, in the forms of e-Gov: the standard XML, its JSON form, and the old Shift_JIS page."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from archive.records import Provision, Reading
from normalize.reading import Hints, read

_FOLDER = Path(__file__).parent / "japan"
LAW_ID = "430CO0000000901"
REVISION = f"{LAW_ID}_20190601_501CO0000000003"


def order_xml() -> str:
    return (_FOLDER / "order.xml").read_text(encoding="utf-8")


def page_bytes() -> bytes:
    """The page in the character set that it declares."""
    return (_FOLDER / "page.html").read_text(encoding="utf-8").encode("cp932")


def json_tree(element: ElementTree.Element) -> dict[str, object]:
    """An element in the JSON form of the API."""
    children: list[object] = [element.text] if element.text and element.text.strip() else []
    for child in element:
        children.append(json_tree(child))
        if child.tail and child.tail.strip():
            children.append(child.tail)
    return {"tag": element.tag, "attr": dict(element.attrib), "children": children}


def order_json() -> dict[str, object]:
    return json_tree(ElementTree.fromstring(order_xml()))


def envelope(full: object, **revision: object) -> bytes:
    """The answer of ``law_data`` in JSON around a law."""
    said = {
        "attached_files_info": None,
        "law_info": {"law_id": LAW_ID, "law_num": "平成三十年政令第九百一号", "law_type": "CabinetOrder"},
        "revision_info": {"law_revision_id": REVISION, "repeal_status": "None", **revision},
        "law_full_text": full,
    }
    return json.dumps(said, ensure_ascii=False).encode()


def reading(body: bytes | str, *, document: str = REVISION, media_type: str = "") -> Reading:
    raw = body.encode() if isinstance(body, str) else body
    return read("jp_egov", raw, Hints(as_of=date(2019, 6, 1), document=document, media_type=media_type))


def by_eid(read_: Reading) -> dict[str, Provision]:
    (expression,) = read_.expressions
    found = {provision.eid: provision for provision in expression.walk()}
    assert len(found) == sum(1 for _ in expression.walk())
    return found
