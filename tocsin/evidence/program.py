"""The verifier as one file: the modules that the maker shares with it, one after the other, without what they import of each other."""

from __future__ import annotations

import re
from importlib.resources import files

_HEAD = '''"""Checks the tocsin evidence file that it is in, offline, with Python 3.9 or later and its standard library alone:

    python -I verify.py [--head HASH] [FILE.zip or FOLDER]

It proves that every file is the one that the manifest lists; that each row that is shown is one of those that the chain was made of; that the captured
bytes, the two texts and the change are those that the rows name; and that the readable pages say what the rows say. It cannot prove that the whole chain
was not made anew by whoever keeps the archive: for that, compare the head that it prints with one that you had from elsewhere (--head).

Exit status 0: all holds; 1: something does not, and is named; 2: there is nothing to check. Trust a copy of this program that you had from elsewhere more
than the one in the file, and give it the file.
"""

from __future__ import annotations

'''
_OURS = re.compile(r"^from tocsin\.\S+ import (?:\([^)]*\)|.*)\n", re.MULTILINE)
_DOCSTRING = re.compile(r'\A""".*?"""\n', re.DOTALL)
_MODULES = ("formats", "pages", "checks")


def program() -> bytes:
    """``verify.py``."""
    return (_HEAD + "\n\n".join(map(_module, _MODULES))).encode()


def _module(name: str) -> str:
    text = (files(__package__) / f"{name}.py").read_text(encoding="utf-8")
    return (
        _OURS.sub("", _DOCSTRING.sub("", text)).replace("from __future__ import annotations\n", "").lstrip()
    )
