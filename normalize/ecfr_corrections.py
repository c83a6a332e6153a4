"""What the publisher of the eCFR says that it corrected in an edition: no rule stands behind such a change (facts 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archive.records import Fact
from normalize.profile import Hints

_SUPPLEMENT = re.compile(r"Supplement\s+No\.?\s*(\d+)", re.I)


def correction_facts(work: str, hints: Hints) -> Iterator[Fact]:
    """A fact ``action`` for each correction in ``hints.meta["corrections"]`` that is about this work: the whole part, or the supplement that
    its reference names. ``value`` says what was corrected where, and since when it was wrong; ``words`` the citation of what it corrects it to."""
    said = hints.meta.get("corrections")
    for row in said if isinstance(said, list | tuple) else ():
        if not isinstance(row, Mapping) or not _is_about(work, str(row.get("reference") or "")):
            continue
        since = f", wrong since {row['occurred']}" if row.get("occurred") else ""
        action = str(row.get("action") or "").strip() or "not told what"
        yield Fact(
            name="action",
            value=f"Correction by the eCFR of {row.get('reference') or 'this part'}{since}: {action}",
            words=str(row.get("citation") or ""),
        )


def _is_about(work: str, reference: str) -> bool:
    supplements = set(_SUPPLEMENT.findall(reference))
    tail = work.rsplit("/", 1)[-1]
    if tail.startswith("supp-"):
        return tail.removeprefix("supp-") in supplements
    return not supplements or bool(re.search(r"\d\.\d", reference))
