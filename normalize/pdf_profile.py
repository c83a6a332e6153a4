"""What is declared of PDF documents, wherever they come from."""

from __future__ import annotations

from normalize.page_profile import PageProfile
from normalize.profile import DiscardRule

RUNNING_HEAD = "running-head"
PAGE_NUMBER = "page-number"
HYPHEN = "line-end-hyphen"

PDF_DISCARDS = (
    DiscardRule(
        name=RUNNING_HEAD,
        reason="lines that stand at the same place of most pages, but for the page's number",
    ),
    DiscardRule(name=PAGE_NUMBER, reason="the number of a page, alone at its head or foot"),
    DiscardRule(
        name=HYPHEN,
        reason="a hyphen that only parts a word at the end of a line: the document has the word whole elsewhere",
    ),
)

PDF_DOCUMENT = PageProfile(
    source="pdf_document", version=1, reader="normalize.pdf_reader:read_pdf", discards=PDF_DISCARDS
)
