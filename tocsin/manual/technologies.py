"""The taxonomy of technologies: the ids that a watch may name."""

from __future__ import annotations

from archive.vocabulary import technologies as taxonomy
from tocsin.manual.markdown import code, page, table


def technologies() -> str:
    """The page."""
    return page(
        "Technologies",
        "A watch names a technology by its id; a category covers its sub-items. The numbers are the fourteen categories that were named in the advance notice of "
        "19 November 2018 (83 FR 58201) and their sub-items, in its order; X1 and on is what has come since. Words of your own: a file named by `terms`, watched as `U:NAME`.",
        table(("id", "technology"), [(code(each.id), each.name) for each in taxonomy.technologies()]),
    )
