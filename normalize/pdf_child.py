"""The process that reads the pages of one PDF: bytes on its standard input, an ``Answer`` as JSON on its standard output.

PDFium is native code and every PDF is from outside: one that is made to break it ends this process and no other. Its memory and its
time are bounded by the kernel, not by good will.
"""

from __future__ import annotations

import sys

from archive import codec
from archive.errors import UnreadableDocument
from normalize.pdf_pages import pages
from normalize.pdf_printed import Answer, Page, Printed, Refused
from normalize.profile import MIB

# A text of 102 pages takes 0.1 s and 60 MiB; its ruled tables, if every page had them, 10 s.
_MEMORY = 3_072 * MIB
_SECONDS = 900


def printed_in(body: bytes, *, thing: str) -> Printed:
    """What is printed in ``body``, read in this very process. Raises ``UnreadableDocument``."""
    sheets: tuple[Page, ...] = tuple(pages(body, thing=thing))
    if not any(sheet.ruled for sheet in sheets):
        return Printed(pages=sheets)
    from normalize.pdf_tables import tables  # pdfplumber takes longer to load than most PDFs to read

    return Printed(pages=sheets, tables=tables(body, sheets, thing=thing))


def answer(body: bytes) -> Answer:
    """What is printed in ``body``, or why it is refused."""
    try:
        return Answer(printed=printed_in(body, thing="pdf"))
    except UnreadableDocument as error:
        return Answer(refused=Refused(message=error.message, place=error.place, mend=error.mend))


def main() -> int:
    """Reads standard input to its end and answers once."""
    if sys.platform != "win32":
        import resource

        for limit, wanted in (
            (resource.RLIMIT_AS, _MEMORY),
            (resource.RLIMIT_CPU, _SECONDS),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(limit)[1]
            resource.setrlimit(limit, (wanted if hard < 0 else min(wanted, hard), hard))
    sys.stdout.write(codec.dumps(answer(sys.stdin.buffer.read())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
