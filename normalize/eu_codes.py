"""Annex I of the dual-use Regulation as a work of its own, addressed by its control codes.

The annex is replaced as a whole by a delegated act about once a year (Regulation (EU) 2021/821, Article 17), so what is compared is not one
document with the next but ``3A001.a.1`` with ``3A001.a.1``. Whatever act prints it, the list is the work ``eu/reg/2021/821/annex-I``.
"""

from __future__ import annotations

from normalize.draft import Draft
from normalize.eu_act import Act

ANNEX_WORK = "eu/reg/2021/821/annex-I"
_MANY = 2


def take_list(act: Act, roots: list[Draft]) -> Draft | None:
    """The annex that is the list of dual-use items, taken out of ``roots``; None where the act prints no such list.

    Its codes are absolute addresses: the annex and its categories are only headings.
    """
    for root in roots:
        for holder in root.walk():
            for annex in holder.children:
                if annex.unit != "annex" or annex.segment not in ("annexI", "annex"):
                    continue
                if sum(draft.unit == "entry" for draft in annex.walk()) >= _MANY:
                    holder.children.remove(annex)
                    annex.segment, annex.absolute = "annexI", True
                    return annex
    return None
