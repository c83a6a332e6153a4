"""Papers known by their index record alone: the API's JSON of one, or an answer that lists several."""

from __future__ import annotations

import json
from collections.abc import Mapping

from archive.errors import UnreadableDocument
from archive.records import Expression
from normalize.audit import Account
from normalize.federal_register_facts import Printed, facts_of
from normalize.federal_register_nodes import Node, provisions
from normalize.federal_register_record import WORDS, is_record, record_of, unknown_fields, work_of
from normalize.profile import MIB, Hints, Profile
from normalize.safe_json import parse_json

#: What surrounds the records in an answer of the API.
_ANSWER_FIELDS = frozenset(
    "count description total_pages next_page_url previous_page_url results errors aggregations".split()
)
_LARGEST_ANSWER = 16 * MIB


def read_index(body: bytes, hints: Hints, profile: Profile, account: Account) -> tuple[Expression, ...]:
    """One Expression for each record in ``body``: its title, abstract, action and DATES as provisions, the rest as facts.

    A field that is not known is a leftover. Raises ``UnreadableDocument`` for JSON that is broken, or no answer of this API.
    """
    value = parse_json(body, thing=hints.thing, size_limit=min(profile.size_limit, _LARGEST_ANSWER))
    found = _records(value, hints, account)
    return tuple(_expression(fields, place, hints, profile, account) for place, fields in found)


def _records(found: object, hints: Hints, account: Account) -> list[tuple[str, Mapping[str, object]]]:
    items: list[tuple[str, object]] = []
    if isinstance(found, dict) and is_record(found):
        items.append(("$", found))
    elif isinstance(found, dict) and isinstance(found.get("results"), list):
        items.extend((f"$.results[{index}]", item) for index, item in enumerate(found["results"]))
        for name in sorted(set(found) - _ANSWER_FIELDS):
            account.leftover(f"$.{name}", json.dumps(found[name], ensure_ascii=False))
        _discard_frame(found, account)
    elif isinstance(found, list):
        items.extend((f"$[{index}]", item) for index, item in enumerate(found))
    records: list[tuple[str, Mapping[str, object]]] = []
    for place, item in items:
        if not isinstance(item, dict) or not is_record(item):
            raise UnreadableDocument(
                "this is no record of a paper: it has no number with a title or a type",
                thing=hints.thing,
                place=place,
                mend="Ask the API for the fields document_number, title, type and publication_date",
            )
        records.append((place, item))
    if not records:
        raise UnreadableDocument(
            "the JSON holds no record of a paper",
            thing=hints.thing,
            place="$",
            mend="Check the URL, or the search that was asked",
        )
    return records


def _discard_frame(found: dict[str, object], account: Account) -> None:
    frame = {name: value for name, value in found.items() if name in _ANSWER_FIELDS - {"results"} and value}
    if frame:
        account.discard("index-field", "$", json.dumps(frame, ensure_ascii=False))


def _expression(
    fields: Mapping[str, object], place: str, hints: Hints, profile: Profile, account: Account
) -> Expression:
    for name in unknown_fields(fields):
        account.leftover(f"{place}.{name}", _plain(fields[name]))
    record = record_of(fields, thing=hints.thing)
    nodes = [
        Node(unit="preamble", name=WORDS[name], anchor=True, text=text)
        for name in WORDS
        if (text := getattr(record, "abstract" if name == "abstract" else name))
    ]
    rest = {
        name: value
        for name, value in fields.items()
        if name not in WORDS and name not in unknown_fields(fields) and value not in (None, "", [], {})
    }
    if rest:
        account.discard("index-field", place, _plain(rest))
    published = record.published or hints.as_of
    if record.published is None:
        account.remark(
            place, f"the record has no publication_date; {published} is the date it was handed in with"
        )
    return Expression(
        work=work_of(record.number, published),
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=record.title,
        language="en",
        kind="document",
        provisions=provisions(nodes),
        facts=facts_of(Printed(), record, published, account),
        published=published,
    )


def _plain(value: object) -> str:
    """The words of a JSON value, names of fields left out."""
    words: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, Mapping):
            stack.extend(reversed(list(item.values())))
        elif isinstance(item, (list, tuple)):
            stack.extend(reversed(item))
        elif item is not None:
            words.append(str(item))
    return " ".join(words)
