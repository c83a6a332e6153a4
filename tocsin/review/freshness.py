"""What a person was shown of a change, as a mark that a form carries: where it is another one by the time the form comes back, they are asked to look
again before they say something of what they have not seen."""

from __future__ import annotations

from archive.errors import BadInput
from archive.identifiers import digest
from archive.store import Archive
from tocsin.review.decisions import redline_text
from tocsin.review.items import Item, items_of, stored_change


def mark_of(archive: Archive, change: str) -> str:
    """A mark over the words of a change and how each decision on it stands: with the same mark the same is shown."""
    stored = stored_change(archive, change)
    return marked(redline_text(stored.change), items_of(archive, stored.transition_id, change=change))


def marked(redline: str, items: tuple[Item, ...]) -> str:
    """The same of what was read already."""
    return digest(redline, *(part for item in items for part in _parts(item)))


def check_fresh(archive: Archive, change: str, mark: str) -> None:
    """Raise ``BadInput`` where a change is not any more what the mark was made of."""
    if mark_of(archive, change) != mark:
        raise BadInput(
            "it is not any more what you were shown: its words, or what was decided of it, changed meanwhile",
            thing=f"change {change}",
            mend="Read it as it stands below, and say it again",
        )


def _parts(item: Item) -> tuple[str, ...]:
    state = item.state
    if state is None:
        return (item.found.change, item.watch, "")
    return (item.found.change, item.watch, state.decision.id, *(lapse.why for lapse in state.lapses))
