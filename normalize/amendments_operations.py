"""What an instruction does: operations active ("revising paragraph (b)") and passive ("is revised"), exchanges of words,
redesignations."""

from __future__ import annotations

import re
from dataclasses import replace

from normalize.amendments_cursor import Cursor
from normalize.amendments_said import (
    ELEMENTS,
    PLACES,
    Place,
    Said,
    designation_of,
    is_filler,
    said_of,
    unquoted,
)
from normalize.amendments_tokens import Token


class Operations(Cursor):
    """The operations, each with what it names."""

    def _open(self, operation: str, token: Token) -> None:
        if operation == "inplace":
            self._in_place(token)
            return
        passive = token.text.endswith("ed") and self._before_is("be")
        if (
            passive
            and operation in ("revise", "correct")
            and (following := self._peek()) is not None
            and following.kind == "by"
        ):
            return  # "is revised by adding" amends
        if (
            operation == "keep"
            or passive
            or (operation == "correct" and token.text.startswith(("is", "are")))
        ):
            self._passive(operation)
            return
        self._pending_is_context()
        self._close()
        self._operation = operation
        self._local = self._out.context
        if operation == "redesignate":
            self._redesignate()

    def _pending_is_context(self) -> None:
        """ "amend the table Country Group D by revising": an element before any operation says where."""
        if self._operation or not self._pending:
            return
        named = [
            name
            for unit, name, _ in self._pending
            if unit in ("table", "definition", "note", "entry", "footnote") and name
        ]
        self._pending = []
        if named and not self._out.context.under:
            self._enclose(named[0])

    def _before_is(self, kind: str) -> bool:
        return self._at >= 2 and self._tokens[self._at - 2].kind == kind

    def _by(self) -> None:
        """ "Revise § 772.1 by:" amends the section; it does not revise it as a whole."""
        if (
            self._operation == "revise"
            and self._objects
            and not self._pending
            and not any(item.unit for item in self._objects)
        ):
            self._local = self._out.context = self._objects[0].place
            self._objects = []
            self._operation = ""

    def _passive(self, operation: str) -> None:
        """ "Section 744.8 is revised": what was named before it is what is changed."""
        if self._operation:
            self._close()
        if self._pending:
            self._out.said.extend(said_of(operation, self._local, *element) for element in self._pending)
            self._pending = []
        elif self._targets:
            self._out.said.extend(Said(operation=operation, place=place) for place in self._targets)
        elif not self._out.context.is_empty:
            self._out.said.append(Said(operation=operation, place=self._local))
        else:
            self._out.problems.append(operation)
        self._operation = ""

    def _close(self) -> None:
        """Ends the current operation: what it named is said; an operation that named nothing is a problem."""
        self._settle(self._local)
        if self._operation:
            said = [replace(item, operation=self._operation) for item in self._objects]
            self._out.said.extend(said)
            self._removed = said if self._operation == "remove" else []
            if not said:
                self._out.problems.append(self._operation)
        self._objects = []
        self._operation = ""

    def _settle(self, place: Place) -> None:
        """The elements that wait for a place get ``place``."""
        if self._operation:
            places = self._targets if self._targets and place == self._local else [place]
            self._objects.extend(
                said_of("", where, *element) for where in places for element in self._pending
            )
            self._pending = []

    def _instead(self) -> None:
        """ "removing “A” and adding “B” in its place": the words that were just added stand for those that were removed."""
        self._settle(self._local)
        if self._operation != "add" or not self._objects or not self._removed:
            return
        new = self._objects[-1]
        if all(item.unit == "words" for item in (*self._removed, new)):
            del self._out.said[-len(self._removed) :]
            self._objects = [replace(item, becomes=new.name) for item in self._removed]
            self._operation = "substitute"
        else:
            self._objects = [replace(item, place=self._removed[-1].place) for item in self._objects]

    def _in_place(self, token: Token) -> None:
        """ "and adding in its place “B”": the new words for those that were just removed."""
        self._settle(self._local)
        between_words = re.search(r"(?:ing|d|dd)\s+(?:a\s+|the\s+)?(\w+)\s+in\s+(?:its|their)", token.text)
        new = between_words.group(1) if between_words else ""
        while (following := self._peek()) is not None and (
            following.kind in ("words", "and", "comma")
            or (following.kind == "word" and is_filler(following.text))
        ):
            self._at += 1
        if following is not None and following.kind == "quote" and not new:
            new = unquoted(following.text)
            self._at += 1
        removed = [item for item in self._objects if item.unit == "words"]
        if new and removed:
            self._objects = [
                replace(item, operation="substitute", becomes=new) if item.unit == "words" else item
                for item in self._objects
            ]
            self._out.said.extend(replace(item, operation="substitute") for item in self._objects)
            self._objects = []
            self._operation = ""
            return
        self._close()
        self._operation = "add"
        if new:
            self._objects.append(Said(operation="add", place=self._local, unit="words", name=new))

    def _redesignate(self) -> None:
        """ "paragraphs (d) and (e) as paragraphs (c) and (d)": pairs, in order."""
        old = self._designations()
        following = self._peek()
        if following is None or following.kind != "as":
            self._out.problems.append("redesignate without as")
            return
        self._at += 1
        new = self._designations()
        if not old or len(old) != len(new):
            self._out.problems.append(f"redesignate {len(old)} as {len(new)}")
            return
        for before, after in zip(old, new, strict=True):
            self._objects.append(replace(before, becomes=designation_of(after)))
        joint = self._joint()
        again = self._peek(joint)
        if joint and again is not None and again.kind in ("note", "table", *PLACES):
            self._at += joint
            self._redesignate()

    def _designations(self) -> list[Said]:
        """What stands on one side of "as": sections, paragraphs, or notes with their places."""
        found: list[Said] = []
        while (token := self._peek()) is not None:
            if token.kind in PLACES:
                found.extend(
                    Said(operation="", place=place, unit=unit) for place, unit in self._places_here()
                )
            elif token.kind in ("note", "footnote", "table"):
                self._at += 1
                place = self._local
                if (joint := self._peek()) is not None and joint.kind == "preposition":
                    self._at += 1
                    listed = self._places_here()
                    place = listed[0][0] if listed else place
                found.append(Said(operation="", place=place, unit=ELEMENTS[token.kind], name=token.text))
            elif token.kind == "word" and token.text.lower() in ("new", "newly", "the"):
                self._at += 1
            else:
                break
        return found

    def _enclose(self, heading: str) -> None:
        """A heading under which what follows (or, after an operation, what was said before) stands."""
        if self._operation and (self._pending or self._objects):
            self._settle(self._local)
            self._objects = [
                replace(item, place=replace(item.place, under=heading)) for item in self._objects
            ]
            return
        self._local = replace(self._local, under=heading)
        self._out.context = replace(self._out.context, under=heading)
