"""The tree of errors, how a run ends, and what comes instead of a document."""

from __future__ import annotations

from collections.abc import Iterator

from archive.errors import TocsinError
from crawlers.walls import SIGNS
from tocsin.manual.markdown import code, page, prose, table


def errors() -> str:
    """The page."""
    return page(
        "Errors",
        "What a person has to know is one line on the error stream: the thing, the place in it, what is wrong, and how to mend it.",
        table(
            ("error", "exit status", "meaning"),
            [
                (f"{'· ' * depth}{code(kind.__name__)}", str(kind.exit_status), prose(kind.__doc__))
                for depth, kind in _tree(TocsinError, 0)
            ],
        ),
        "## What comes instead of a document",
        "An answer that fails its source's positive proof is refused under one of these names, or under one that says which proof failed; "
        "`tocsin health` and the table `attempt` keep it.",
        table(("refusal", "what came", "mend"), [(code(wall.kind), wall.said, wall.mend) for wall in SIGNS]),
    )


def _tree(kind: type[TocsinError], depth: int) -> Iterator[tuple[int, type[TocsinError]]]:
    yield depth, kind
    for below in sorted(kind.__subclasses__(), key=lambda each: each.__name__):
        if below.__module__ == kind.__module__:
            yield from _tree(below, depth + 1)
