"""One process with a limit of memory that reads every bomb as a document of one source: ``python -m tests.attacks.reading SOURCE FOLDER``.

Of each it prints a line: the bomb, and ``refused`` or ``read``. A crash, an error that is no refusal, or more memory than the limit ends the process.
"""

from __future__ import annotations

import resource
import sys
from datetime import date
from pathlib import Path

from archive.errors import BadInput
from normalize.reading import Hints, read

MEMORY = 1_500 << 20
"""Bytes of address space beyond what the program itself has mapped by then."""


def _limit() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    allowed = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


if __name__ == "__main__":
    source, folder = sys.argv[1], Path(sys.argv[2])
    _limit()
    for bomb in sorted(folder.iterdir()):
        hints = Hints(as_of=date(2026, 1, 1), document="document", meta={"title": 15})
        try:
            read(source, bomb.read_bytes(), hints)
        except BadInput as refusal:
            sys.stdout.write(f"{bomb.name} {'refused' if refusal.mend else 'refused-without-a-mend'}\n")
        else:
            sys.stdout.write(f"{bomb.name} read\n")
        sys.stdout.flush()
