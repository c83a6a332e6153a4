"""Names that the Publications Office's generators give to the lines of an act, without the prefix ``oj-`` that came in 2023."""

from __future__ import annotations

import re

#: Of a consolidation: the marks of who changed what (▼M1, ►C1), and the list of acts in front.
MARKS = frozenset({"modref", "arrow"})
FRONT = frozenset(
    {
        "disclaimer",
        "reference",
        "hd-modifiers",
        "title-fam-member",
        "title-fam-member-star",
        "title-doc-oj-reference",
        "hd-toc-1",
    }
)
RULES = frozenset({"hr", "col", "colgroup"})
TITLE = frozenset({"doc-ti", "title-doc-first", "title-doc-last", "no-doc-c"})
ARTICLE = frozenset({"ti-art", "title-article-norm", "title-article-quoted"})
ARTICLE_HEADING = frozenset({"sti-art", "stitle-article-norm", "stitle-article-quoted"})
DIVISION = frozenset({"ti-section-1", "title-division-1"})
DIVISION_HEADING = frozenset({"ti-section-2", "title-division-2"})
ANNEX_HEADING = frozenset({"title-annex-2", "title-annex-3"})
NOTE = frozenset({"note", "footnote"})
LEVEL = re.compile(r"(?:ti-grseq|title-gr-seq-level)-?(\d*)$")
#: Rank and unit of a division by the last part of its id (``cpt_III.sct_2``).
ID_RANK = {
    "prt": (1, "part"),
    "tis": (2, "title"),
    "cpt": (3, "chapter"),
    "sct": (4, "section"),
    "sbs": (5, "subsection"),
}
