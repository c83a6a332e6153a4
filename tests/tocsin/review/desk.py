"""An archive with one change that a watch was told of, and the people who review it. All content is invented."""

from __future__ import annotations

from collections.abc import Mapping

from archive import outbox, watch_history
from archive.changes import record_changeset
from archive.codec import dumps
from archive.records import Change, Delivery, StoredChange
from archive.store import Archive
from tests.archive.building import at, changeset, edition, item, publish, substitution, transition
from tocsin.config_people import Person
from tocsin.review.decisions import decide
from tocsin.review.lapses import State
from tocsin.review.roles import Actor, actor
from tocsin.review.states import standing_decisions, states

PEOPLE: Mapping[str, Person] = {
    "rita": Person(address="rita@example.org", roles=("reader",)),
    "rob": Person(address="rob@example.org", roles=("reviewer",), zone="Asia/Tokyo"),
    "cora": Person(address="cora@example.org", roles=("counsel",), deputy="carl", zone="Europe/Brussels"),
    "carl": Person(address="carl@example.org", roles=("counsel",), notify=("console:",)),
    "ada": Person(address="ada@example.org", roles=("administrator",)),
    "nina": Person(address="nina@example.org"),
}
WATCH = "chips"
BEFORE, AFTER = "The limit is 4800.", "The limit is 2400."


def who(name: str) -> Actor:
    return actor(PEOPLE, name)


def remember(archive: Archive, hours: float, **watches: dict[str, object]) -> None:
    """What the files of watches say from an hour on."""
    watch_history.remember(
        archive,
        {name: (f"{name}.toml", dumps({"name": name, **said})) for name, said in watches.items()},
        at=at(hours),
    )


def change_in(archive: Archive, *, watches: tuple[str, ...] = (WATCH,)) -> StoredChange:
    """A limit halved in the edition of the second day, observed at hour 30, of which watches were told."""
    remember(
        archive, 1, chips={"eccn": ["3A090"], "owner": "rob"}, servers={"eccn": ["4A090"], "owner": "rob"}
    )
    publish(archive, edition(item("1", BEFORE), item("2", "Apart.")), hours=2)
    publish(archive, edition(item("1", AFTER), item("2", "Apart."), days=1), hours=30)
    step = transition(1, hours=30)
    (stored,) = record_changeset(archive, changeset([substitution("1", BEFORE, AFTER)], step), [()])
    for watch in watches:
        tell(archive, stored, watch)
    return stored


def later(
    archive: Archive, number: int, changes: list[Change], *texts: tuple[str, str], hours: float
) -> None:
    """An edition of a later day with these texts, and what changed in it."""
    publish(archive, edition(*(item(eid, text) for eid, text in texts), days=number), hours=hours)
    step = transition(number, hours=hours)
    record_changeset(archive, changeset(changes, step), [()] * len(changes))


def tell(archive: Archive, stored: StoredChange, watch: str, hours: float = 30) -> None:
    """That a watch was told of a change."""
    outbox.enqueue(
        archive,
        Delivery(
            key=f"{stored.transition_id}{watch}",
            message_id="m",
            transition_id=stored.transition_id,
            watch=watch,
            target="console:",
            changes=(stored.id,),
            payload="{}",
        ),
        at(hours),
    )


def decided(archive: Archive, stored: StoredChange, hours: float = 40, **said: object) -> str:
    """That Rob decided it is relevant; answers the id of the decision."""
    made = decide(archive, who("rob"), stored.id, "relevant", people=PEOPLE, at=at(hours), **said)  # type: ignore[arg-type]
    return made[0].id


def state(archive: Archive, hours: float | None = None) -> State:
    """How the one decision stands."""
    known = None if hours is None else at(hours)
    (found,) = states(archive, standing_decisions(archive, known=known), known=known)
    return found
