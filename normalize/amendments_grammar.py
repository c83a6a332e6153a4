"""One amendatory instruction, read as the changes it names.

The reader walks over the tokens once. Before an operation, places are the context ("Amend § 744.11 by", "In paragraph (a)(2),"). After one,
a place is what is changed, unless a preposition makes it the place *where* the element before it is changed ("the first
sentence of paragraph (b)").
"""

from __future__ import annotations

import re
from dataclasses import replace

from normalize.amendments_operations import Operations
from normalize.amendments_said import (
    ELEMENTS,
    NAMED,
    PLACES,
    POSITION,
    UNNAMED,
    Instruction,
    Place,
    Said,
    designation_of,
    heading_of,
    is_filler,
    moved_into,
    plain,
    said_of,
    undetermined,
    unquoted,
)
from normalize.amendments_tokens import Token
from normalize.dates_paragraph import dates_in

_PUNCTUATION = re.compile(r"semicolon|period|comma")


def read_instruction(text: str, context: Place) -> Instruction:
    """Reads ``text`` (without its number) as said in ``context``, the place that the instruction above it set."""
    return _Reader(text, context).read()


class _Reader(Operations):
    def read(self) -> Instruction:
        while self._at < len(self._tokens):
            self._step(self._tokens[self._at])
        self._close()
        if self._until:
            self._out.said = [
                replace(item, becomes=self._until) if item.operation in ("stay", "delay") else item
                for item in self._out.said
            ]
        whole_part = any(token.kind == "part" for token in self._tokens)
        for item in self._out.said:
            if (problem := undetermined(item)) and not (
                whole_part and item.unit == "words" and not item.place.marks
            ):
                self._out.problems.append(problem)
        return self._out

    def _step(self, token: Token) -> None:
        kind = token.kind
        if kind.startswith("op:"):
            self._at += 1
            self._open(kind[3:], token)
        elif kind == "amend":
            self._at += 1
            self._close()
            self._operation = ""
        elif kind == "until":
            self._at += 1
            self._until = next((span.day.isoformat() for span in dates_in(token.text)), "")
        elif kind == "instead":
            self._at += 1
            self._instead()
        elif kind == "date":
            self._at += 1
            self._out.effective = next((span.day for span in dates_in(token.text)), self._out.effective)
        elif kind == "indefinitely":
            self._at += 1
            self._out.delayed = True
        elif kind in ("lead", "position"):
            self._at += 1
        elif kind == "under":
            self._at += 1
            self._under(heading_of(token.text))
        elif kind in PLACES:
            self._place("")
        elif kind == "preposition":
            self._preposition(token)
        elif kind in ELEMENTS:
            self._element(token)
        elif kind == "quote":
            self._quote(token)
        elif kind == "by":
            self._at += 1
            self._by()
        else:
            self._at += 1
            if kind == "word" and not is_filler(token.text):
                self._out.problems.append(token.text)

    def _under(self, heading: str) -> None:
        """ "under RUSSIA by removing … and under CHINA by adding": a heading before an operation opens a clause of its own."""
        ahead = 0
        while (token := self._peek(ahead)) is not None and token.kind == "comma":
            ahead += 1
        if self._operation and token is not None and (token.kind == "by" or token.kind.startswith("op:")):
            self._close()
            self._out.context = replace(self._out.context, under="")
            self._local = self._out.context
        self._enclose(heading)

    def _place(self, preposition: str) -> None:
        listed = self._places_here()
        if not listed:
            return
        if not self._operation:
            if self._pending and preposition in ("of", "to", "for", "in") and listed[0][0].marks == ():
                self._local = self._out.context = listed[0][0]
                return
            if preposition == "of" and self._local.marks and not listed[0][0].marks:
                here = Said(operation="", place=self._local)
                listed = [(moved_into(here, listed[0][0]).place, "")]  # "paragraph (b) of § 734.9"
            self._set_context(listed)
            return
        if preposition and (self._pending or self._objects):
            self._locate(listed, preposition)
        elif self._operation == "transfer" and preposition:
            where = (
                f"subpart {listed[0][0].subpart}"
                if listed[0][0].subpart
                else designation_of(Said(operation="", place=listed[0][0]))
            )
            self._objects.append(Said(operation="", place=self._moved(), becomes=where))
        elif preposition:
            self._local = listed[0][0]
        elif self._heads_paragraphs(listed):
            self._local = listed[0][0]  # "revising Category XI, paragraphs (a)(5) and (c)(4)"
        else:
            self._settle(self._local)
            self._objects.extend(Said(operation="", place=place, unit=unit) for place, unit in listed)

    def _heads_paragraphs(self, listed: list[tuple[Place, str]]) -> bool:
        place = listed[0][0]
        joint = self._joint()
        following = self._peek(joint)
        return (
            len(listed) == 1
            and place.under.startswith("Category")
            and not (place.marks or place.code)
            and joint > 0
            and following is not None
            and following.kind == "paragraph"
        )

    def _set_context(self, listed: list[tuple[Place, str]]) -> None:
        """Before an operation a place is the context. Several are what each change is said of, or a passive operation."""
        places = [replace(place, under=unit) if unit else place for place, unit in listed]
        self._local = self._out.context = places[0]
        self._targets = places if len(places) > 1 else []
        if len(places) > 1:
            self._out.context = replace(places[0], marks=()) if places[0].marks else places[0]

    def _moved(self) -> Place:
        """What "and transfer to subpart E" transfers: the section that was just redesignated, under its new number."""
        last = self._out.said[-1] if self._out.said else None
        if last is None or last.operation != "redesignate":
            return self._local
        return replace(last.place, section=last.becomes) if last.becomes[:1].isdigit() else last.place

    def _locate(self, listed: list[tuple[Place, str]], preposition: str) -> None:
        """The elements that wait are in these places; a later item that says "paragraph" again is changed as a whole."""
        if preposition in POSITION:
            return
        waiting = self._pending
        self._pending = []
        if waiting:
            self._objects.extend(
                said_of("", place, own, name, held or unit)
                for place, unit in listed
                for own, name, held in waiting
            )
            return
        if listed[0][0].marks == ():
            self._objects = [moved_into(item, listed[0][0]) for item in self._objects]
            return
        # Words already said ("removing “Russia,” in paragraph (b)"): they move to where they are.
        last = [item for item in self._objects if item.place == self._local]
        if not last:
            return
        kept = [item for item in self._objects if item.place != self._local]
        self._objects = kept + [replace(item, place=place) for place, _ in listed for item in last]

    def _preposition(self, token: Token) -> None:
        self._at += 1
        word = " ".join(token.text.lower().split())
        manner = False  # "in alphabetical order" says how, not where
        while (following := self._peek()) is not None and (
            following.kind in ("preposition", "filler")
            or (following.kind == "word" and is_filler(following.text))
        ):
            if following.kind == "preposition":
                word = following.text.lower() if word not in POSITION else word
                manner = False
            manner = manner or following.text.lower() in ("order", "sequence", "places", "place")
            self._at += 1
        if following is None or manner:
            return
        if following.kind in PLACES:
            self._place(word)
        elif following.kind in ELEMENTS and (self._pending or self._objects) and self._operation:
            self._qualify(following, word)
        elif following.kind in ELEMENTS and not (self._pending or self._objects):
            self._at += 1
            self._context_element(following)
        elif following.kind == "quote" and word in ("in", "to", "under", "from", *POSITION):
            self._quoted_place(word)

    def _qualify(self, token: Token, preposition: str) -> None:
        """ "a sentence to the end of the introductory text", "an entry in the table": where the element before stands."""
        self._at += 1
        if preposition in POSITION:
            while (following := self._peek()) is not None and following.kind in ("quote", "and"):
                if following.kind == "and" and ((after := self._peek(1)) is None or after.kind != "quote"):
                    break
                self._at += 1
            return
        phrase = token.text
        if self._pending:
            self._pending = [(unit, name, held or phrase) for unit, name, held in self._pending]
        elif self._objects:
            last = self._objects[-1]
            same = [item for item in self._objects if item.unit == last.unit]
            self._objects = [
                replace(item, place=replace(item.place, under=item.place.under or phrase))
                if item in same
                else item
                for item in self._objects
            ]

    def _context_element(self, token: Token) -> None:
        """ "In the introductory text, removing …", "In the table in paragraph (d)(4):"."""
        if token.kind in ("table", "intro", "definition", "note", "entry"):
            name = token.text
            if (
                token.kind in ("definition", "entry")
                and (following := self._peek()) is not None
                and following.kind == "quote"
            ):
                self._at += 1
                name = f"{token.text} {following.text}"
            self._enclose(name)
        else:
            self._out.problems.append(token.text)

    def _quoted_place(self, word: str) -> None:
        names: list[str] = []
        while (token := self._peek()) is not None and token.kind in ("quote", "and", "comma"):
            if token.kind == "quote":
                names.append(unquoted(token.text, "heading"))
            self._at += 1
        if token is not None and token.kind == "table":
            self._at += 1
        if word not in POSITION:
            self._enclose(" and ".join(names))

    def _element(self, token: Token) -> None:
        if self._pending and self._operation and self._tokens[self._at - 1].kind == "comma":
            self._settle(self._local)  # "the section heading, the introductory text of paragraph (d)"
        self._at += 1
        unit = ELEMENTS[token.kind]
        if unit == "heading" and "section" in token.text and self._operation:
            following = self._peek()
            if following is None or following.kind != "preposition":
                self._objects.append(said_of("", replace(self._local, marks=()), unit, plain(token.text), ""))
                return
        if unit in NAMED:
            names = self._names(unit)
            if names:
                self._pending.extend((unit, name, "") for name in names)
                return
        unnamed = unit in UNNAMED and not (unit == "words" and _PUNCTUATION.search(token.text))
        self._pending.append((unit, "" if unnamed else plain(token.text), ""))

    def _quote(self, token: Token) -> None:
        """A quotation that nothing announced: words that are removed or added."""
        self._at += 1
        name = unquoted(token.text)
        following = self._peek()
        if following is not None and following.kind in ("table", "category") or not self._operation:
            self._enclose(name)
            if following is not None and following.kind == "table":
                self._at += 1
            return
        if self._pending and self._pending[-1][0] in NAMED and not self._pending[-1][1]:
            unit, _, held = self._pending[-1]
            self._pending[-1] = (
                unit,
                unquoted(token.text, unit),
                held,
            )  # "the definition, in alphabetical order, of “X”"
            return
        listed = [unit for unit, _, _ in self._pending[-1:]] or [item.unit for item in self._objects[-1:]]
        unit = listed[0] if listed and listed[0] in ("entry", "definition", "country") else "words"
        self._pending.append((unit, unquoted(token.text, unit), ""))
