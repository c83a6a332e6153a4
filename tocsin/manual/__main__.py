"""``python -m tocsin.manual [FOLDER]``: write every page of the reference into a folder, ``docs/reference`` by default."""

from __future__ import annotations

import sys
from pathlib import Path

from tocsin.manual.pages import PAGES

FOLDER = Path("docs/reference")

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, write in PAGES.items():
        (folder / name).write_text(write(), encoding="utf-8")
