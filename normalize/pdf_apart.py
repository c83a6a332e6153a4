"""A PDF read by a process of its own, so that one that breaks the parser is refused like any other damaged file."""

from __future__ import annotations

import signal
import subprocess
import sys

import msgspec

from archive import codec
from archive.errors import UnreadableDocument
from normalize.pdf_printed import Answer, Printed

_LOOK = "Look at where it came from, and do not open it with other programs: it breaks the reader of PDFs"


def printed_apart(body: bytes, *, thing: str) -> Printed:
    """What is printed in ``body``. Raises ``UnreadableDocument``, also where the process dies of it."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "normalize.pdf_child"], input=body, capture_output=True, check=False
    )
    if done.returncode:
        raise UnreadableDocument(
            f"the process that reads the PDF {_ended(done.returncode, done.stderr)}", thing=thing, mend=_LOOK
        )
    try:
        answer = codec.loads(done.stdout, Answer)
    except msgspec.MsgspecError as error:
        raise UnreadableDocument(
            f"the process that reads the PDF gave no answer: {error}", thing=thing, mend=_LOOK
        ) from None
    if answer.refused is not None:
        said = answer.refused
        raise UnreadableDocument(said.message, thing=thing, place=said.place, mend=said.mend)
    if answer.printed is None:
        raise UnreadableDocument("the process that reads the PDF answered nothing", thing=thing, mend=_LOOK)
    return answer.printed


def _ended(code: int, said: bytes) -> str:
    """How a process ended: by a signal, or with the last line of what it said."""
    if code < 0:
        try:
            return f"was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"was ended by signal {-code}"
    last = said.decode("utf-8", "backslashreplace").strip().splitlines()[-1:]
    return f"failed: {last[0][:200] if last else f'exit status {code}'}"
