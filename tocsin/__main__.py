"""``python -m tocsin`` is ``tocsin``: the scheduler starts its children so."""

from tocsin.cli import main

main()
