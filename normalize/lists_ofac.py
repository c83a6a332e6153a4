"""The Specially Designated Nationals list of the Office of Foreign Assets Control: SDN.XML, read as a stream.

Elements are matched by their local names: the namespace changed when the files moved (``http://tempuri.org/sdnList.xsd``, then
the address of the Sanctions List Service), and the misspelt ``publshInformation`` never did.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Reading
from normalize.audit import Account
from normalize.lists_entries import ListCell, ListEntry, entry_provisions
from normalize.lists_rows import day_of, unpacked
from normalize.profile import Hints, Profile

WORK = "us/list/ofac-sdn"
NAME = "Specially Designated Nationals (SDN) - Treasury Department"

#: Plain fields of an entry, and the parts of its nested records in the order in which they are written.
_FIELDS = ("title", "sdnType", "remarks")
_RECORDS: dict[str, tuple[str, ...]] = {
    "aka": ("type", "category", "lastName", "firstName"),
    "address": ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"),
    "id": ("idType", "idNumber", "idCountry", "issueDate", "expirationDate"),
    "nationality": ("country",),
    "citizenship": ("country",),
    "dateOfBirthItem": ("dateOfBirth",),
    "placeOfBirthItem": ("placeOfBirth",),
    "vesselInfo": (
        "callSign",
        "vesselType",
        "vesselFlag",
        "vesselOwner",
        "tonnage",
        "grossRegisteredTonnage",
    ),
}
_HOLDERS = frozenset(
    "programList idList akaList addressList nationalityList citizenshipList dateOfBirthList placeOfBirthList".split()
)
_LARGEST_ENTRY = 20_000


def read_ofac_sdn(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression, ``us/list/ofac-sdn``, an entry for each ``sdnEntry`` keyed by its ``uid``.

    Raises ``UnreadableDocument``: broken or cut XML, entity declarations, another root, a number of entries other than the list's
    own count. An element that is not known is a leftover.
    """
    account = Account(profile.discard_names)
    reader = _Sdn(hints, account)
    entries = tuple(reader.entries(_safe(unpacked(body, hints, profile), hints)))
    reader.check(len(entries))
    expression = Expression(
        work=WORK,
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=NAME,
        provisions=entry_provisions(entries, grouped=False),
        facts=(Fact(name="published", value=reader.published.isoformat()),) if reader.published else (),
        published=reader.published,
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _safe(body: bytes, hints: Hints) -> bytes:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise UnreadableDocument(
            "the document has a DOCTYPE, which can declare entities that grow without end or read files",
            thing=hints.thing,
            place="line 1",
            mend="OFAC's lists have none: look at where it came from",
        )
    return body


class _Sdn:
    def __init__(self, hints: Hints, account: Account) -> None:
        self._hints = hints
        self._account = account
        self._count: int | None = None
        self._identifiers: list[str] = []
        self._marks: list[str] = []
        self.published: date | None = None

    def entries(self, body: bytes) -> Iterator[ListEntry]:
        """The records in the list's order; each is dropped from memory when it is read."""
        stream = etree.iterparse(
            io.BytesIO(body),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        depth = inside = 0
        try:
            for event, element in stream:
                if event == "start":
                    depth += 1
                    inside = inside + 1 if depth > 2 else 0
                    if depth == 1:
                        self._check_root(element)
                    elif inside > _LARGEST_ENTRY:
                        raise self._too_large(element)
                    continue
                depth -= 1
                if depth == 0:
                    self._stray(element, "sdnList")
                if depth != 1:
                    continue
                if _name(element) == "sdnEntry":
                    yield self._entry(element)
                else:
                    self._frame(element)
                self._forget(element)
        except etree.XMLSyntaxError as error:
            raise UnreadableDocument(
                f"the XML is broken or cut off: {error.msg}",
                thing=self._hints.thing,
                place=f"line {error.lineno}",
                mend="Fetch it again: a part of a list is not published as the whole",
            ) from None
        self._account.discard("record-identifier", "every sdnEntry", " ".join(self._identifiers))
        self._account.discard("main-mark", "every sdnEntry", " ".join(self._marks))

    def check(self, read: int) -> None:
        """The list counts itself: another number is another list."""
        if not read or (self._count is not None and self._count != read):
            said = "" if self._count is None else f", the list says it has {self._count:,}"
            raise UnreadableDocument(
                f"{read:,} entries were read{said}",
                thing=self._hints.thing,
                place="publshInformation/Record_Count",
                mend="Fetch it again",
            )

    def _too_large(self, element: etree._Element) -> UnreadableDocument:
        return UnreadableDocument(
            f"an entry has more than {_LARGEST_ENTRY:,} parts",
            thing=self._hints.thing,
            place=f"line {element.sourceline}",
            mend="Look at where it came from: the largest real entry has some hundreds",
        )

    def _check_root(self, root: etree._Element) -> None:
        if _name(root) != "sdnList":
            raise UnreadableDocument(
                f"the root element is {_name(root)}, not sdnList",
                thing=self._hints.thing,
                place="line 1",
                mend="Check that this is SDN.XML",
            )

    def _frame(self, element: etree._Element) -> None:
        """``publshInformation``: the day of the list and its count."""
        if _name(element) != "publshInformation":
            self._account.leftover(_name(element), _words(element))
            return
        self._stray(element, "publshInformation")
        for part in element:
            if _name(part) == "Publish_Date":
                self.published = day_of(_words(part))
            elif _name(part) == "Record_Count" and _words(part).isdigit():
                self._count = int(_words(part))
            else:
                self._account.leftover(f"publshInformation/{_name(part)}", _words(part))
        self._account.discard("list-count", "publshInformation", _words(element))

    def _forget(self, element: etree._Element) -> None:
        """Lets go of an element that is read, and of those before it: words between them are in none."""
        tail = element.tail
        element.clear()
        element.tail = tail
        parent = element.getparent()
        if parent is not None:
            while (before := element.getprevious()) is not None:
                self._account.leftover("between two of sdnList", before.tail or "")
                del parent[0]

    def _stray(self, element: etree._Element, place: str) -> None:
        """Words directly in an element that holds only others."""
        self._account.leftover(place, element.text or "")
        for part in element:
            self._account.leftover(place, part.tail or "")

    def _entry(self, element: etree._Element) -> ListEntry:
        number = _words_of(element, "uid")
        if not number:
            raise UnreadableDocument(
                "this entry has no uid",
                thing=self._hints.thing,
                place=f"line {element.sourceline}",
                mend="Fetch it again",
            )
        self._stray(element, f"sdnEntry {number}")
        cells: list[ListCell] = []
        name = ", ".join(filter(None, (_words_of(element, "lastName"), _words_of(element, "firstName"))))
        if not name:
            raise UnreadableDocument(
                "this entry has no name",
                thing=self._hints.thing,
                place=f"sdnEntry {number}, line {element.sourceline}",
                mend="Fetch it again",
            )
        cells.append(ListCell(column="name", text=name))
        country = ""
        once = {"uid", "lastName", "firstName"}
        for part in element:
            column = _name(part)
            if column in once:
                once.discard(column)
            elif column in _HOLDERS:
                self._stray(part, f"sdnEntry {number}/{column}")
                for record in part:
                    cells.extend(self._record(record, number))
                    country = country or (_words_of(record, "country") if _name(record) == "address" else "")
            elif column in _RECORDS:
                cells.extend(self._record(part, number))
            elif column in _FIELDS and len(part) == 0:
                cells.extend(_cell(column, _words(part)))
            else:
                self._account.leftover(f"sdnEntry {number}/{column}", _words(part))
        return ListEntry(list_name=NAME, name=name, number=number, country=country, cells=tuple(cells))

    def _record(self, record: etree._Element, number: str) -> Iterator[ListCell]:
        """One alias, address, paper … as one cell, its parts joined by commas."""
        kind = _name(record)
        if kind == "program" and len(record) == 0:
            yield from _cell("program", _words(record))
            return
        parts = _RECORDS.get(kind)
        if parts is None:
            self._account.leftover(f"sdnEntry {number}/{kind}", _words(record))
            return
        self._stray(record, f"sdnEntry {number}/{kind}")
        found: dict[str, str] = {}
        for part in record:
            name = _name(part)
            if name == "uid":
                self._identifiers.append(_words(part))
            elif name == "mainEntry":
                self._marks.append(_words(part))
            elif name in parts and len(part) == 0 and name not in found:
                found[name] = _words(part)
            else:
                self._account.leftover(f"sdnEntry {number}/{kind}/{name}", _words(part))
        yield from _cell(kind, ", ".join(text for name in parts if (text := found.get(name, ""))))


def _cell(column: str, text: str) -> Iterator[ListCell]:
    if text:
        yield ListCell(column=column, text=text)


def _name(element: etree._Element) -> str:
    # Not by QName: under recovery libxml2 hands on names such as ":mg", which that refuses.
    return str(element.tag).rpartition("}")[2]


def _words(element: etree._Element) -> str:
    return " ".join(" ".join(str(run) for run in element.itertext()).split())


def _words_of(element: etree._Element, name: str) -> str:
    return next((_words(part) for part in element if _name(part) == name), "")
