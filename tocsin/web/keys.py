"""The secret by which cookies and forms of the pages are known again: made once, kept in a file beside the archive that only its owner reads."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

FILE = "web.secret"
_SHORTEST = 32


def secret_of(folder: Path) -> str:
    """The secret of an archive's pages, made where there is none yet. Where nothing can be written it lasts until the server stops."""
    return _kept(folder / FILE) or _made(folder / FILE)


def _made(path: Path) -> str:
    """A new secret, unless another server of the archive was quicker. The file has its name when it is whole."""
    fresh = secrets.token_hex(_SHORTEST)
    try:
        # Python makes it so that nobody but its owner can open it.
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        return fresh
    try:
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(fresh)
        if path.exists() and not _kept(path):
            path.unlink()
        os.link(name, path)
    except OSError:
        return _kept(path) or fresh
    finally:
        Path(name).unlink(missing_ok=True)
    return fresh


def _kept(path: Path) -> str:
    try:
        said = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return said if len(said) >= _SHORTEST else ""
