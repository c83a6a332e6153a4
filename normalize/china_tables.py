"""Tables of Chinese announcements: rows are keyed by control code or customs number (海关商品编号), never by a serial number."""

from __future__ import annotations

import re

from normalize.draft import Draft
from normalize.eids import key
from normalize.page_tree import table_draft
from normalize.table import JOINT, Table

_CODE = re.compile(r"[0-9][A-E][0-9]{3}(?:\.[a-z](?:\.\d+)*)?")
_CUSTOMS = re.compile(r"\d{4}[.\s]?\d{2}(?:[.\s]?\d{2}){0,2}|\d{8,10}")
_HEADS = re.compile(r"序号|编号|名称|品名|单位|备注|商品编[码号]|物项|描述|国家|地区|企业|类别")


def china_table(table: Table) -> Draft:
    """The table, its rows with the keys of the field. A first row of column names is a heading row, also where the page sets it like
    any other."""
    draft = table_draft(table)
    if not table.head and draft.children and draft.children[0].unit == "row":
        cells = draft.children[0].text.split(JOINT)
        if sum(bool(_HEADS.search(cell)) and len(cell) <= 12 for cell in cells) * 2 > len(cells):
            draft.children[0].unit = draft.children[0].segment = "header"
    for row in draft.children:
        if row.unit == "row":
            row.segment = _key(row.text.split(JOINT)) or row.segment
    return draft


def _key(cells: list[str]) -> str:
    for pattern in (_CODE, _CUSTOMS):
        for cell in cells:
            if pattern.fullmatch(cell.strip()):
                return cell.strip() if pattern is _CODE else key(cell)
    return ""
