"""A walk over the tokens of an instruction: lists of places and of names, read where they begin."""

from __future__ import annotations

import re
from dataclasses import replace

from normalize.amendments_places import between, completed, marks_of
from normalize.amendments_said import (
    ELEMENTS,
    NAME_WORD,
    PLACES,
    SECTION,
    Instruction,
    Place,
    Said,
    bare_designation,
    code_of,
    container_places,
    is_absolute,
    is_filler,
    says_paragraph,
    section_range,
    unquoted,
)
from normalize.amendments_tokens import Token, tokens


class Cursor:
    """The state of the reading, and the lists that can stand at the place it has come to."""

    def __init__(self, text: str, context: Place) -> None:
        self._tokens = tokens(text)
        self._at = 0
        self._out = Instruction(context=context)
        self._operation = ""
        self._local = context  # the context of the clause that is being read
        self._objects: list[Said] = []  # of the current operation
        self._pending: list[
            tuple[str, str, str]
        ] = []  # elements (unit, name, what holds them) whose place is still open
        self._until = ""  # the day a stay or a delay reaches to
        self._removed: list[Said] = []  # what the operation before this one removed
        self._targets: list[Place] = []  # where the context is several places ("in paragraphs (a) and (b)")

    # ── the walk ───────────────────────────────────────────────────────────────────────────────────

    def _peek(self, ahead: int = 0) -> Token | None:
        index = self._at + ahead
        return self._tokens[index] if index < len(self._tokens) else None

    # ── operations ─────────────────────────────────────────────────────────────────────────────────

    def _places_here(self) -> list[tuple[Place, str]]:
        """The list of places that begins here: each with the element of it that is named right after ("(b) introductory text")."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token.kind not in PLACES:
            return []
        if token.kind == "paragraph":
            return self._paragraphs(self._local)
        self._at += 1
        base = self._out.context
        if token.kind == "section":
            return self._sections(token, base)
        if token.kind == "code":
            return self._codes(token)
        found = container_places(token, base)
        while (
            token.kind == "category"
            and (joint := self._joint())
            and (more := self._peek(joint)) is not None
            and more.kind == "category"
        ):
            self._at += joint + 1
            found = [replace(place, under=f"{place.under}, {more.text}") for place in found]
        return [(place, "") for place in found]

    def _sections(self, token: Token, base: Place) -> list[tuple[Place, str]]:
        found: list[tuple[Place, str]] = []
        pieces = SECTION.findall(token.text)
        ranged = re.search(r"(\S+)\s+through\s+(?:§+\s*)?(\S+?)(?:,|\s|$)", token.text)
        for number, marks in pieces:
            place = Place(
                part=number.split(".")[0],
                section=number.replace("–", "-"),
                marks=marks_of(marks),
                under=base.under,
            )
            if (
                ranged
                and SECTION.findall(ranged.group(2))
                and SECTION.findall(ranged.group(2))[0][0] == number
            ):
                found.extend((item, "") for item in section_range(found[-1][0] if found else place, place))
            else:
                found.append((place, self._element_of()))
        if found and found[-1][0].marks:
            found.extend(self._more_paragraphs(found[-1][0]))
        return found

    def _codes(self, token: Token) -> list[tuple[Place, str]]:
        base = replace(self._local, marks=(), section="")
        found = [(replace(base, code=code_of(token.text)), "")]
        while (
            (joint := self._joint())
            and (following := self._peek(joint)) is not None
            and following.kind == "code"
        ):
            self._at += joint + 1
            found.append((replace(base, code=code_of(following.text)), ""))
        return found

    def _joint(self) -> int:
        """How many joints (commas, "and", "new") stand here."""
        count = 0
        while (token := self._peek(count)) is not None and (
            token.kind in ("comma", "and") or (token.kind == "stop" and token.text == ";")
        ):
            count += 1
        return count

    def _paragraphs(self, base: Place) -> list[tuple[Place, str]]:
        token = self._tokens[self._at]
        self._at += 1
        first = completed(
            marks_of(bare_designation(token.text)), base.marks if not is_absolute(token.text) else ()
        )
        place = replace(base, marks=first)
        return [(place, self._element_of()), *self._more_paragraphs(place)]

    def _more_paragraphs(self, place: Place) -> list[tuple[Place, str]]:
        """The rest of a list of paragraphs after ``place``. A new "paragraph" keyword after an element ends the list."""
        found: list[tuple[Place, str]] = []
        before = place.marks
        while True:
            joint = self._joint()
            through = (token := self._peek(joint)) is not None and token.kind == "through"
            following = self._peek(joint + through)
            if following is None or following.kind != "paragraph" or not (joint or through):
                return found
            if self._pending and says_paragraph(following.text):
                return found
            self._at += joint + through + 1
            marks = completed(marks_of(bare_designation(following.text)), before)
            if through:
                span = between(before, marks)
                if span is None:
                    self._out.problems.append(f"{'.'.join(before)} through {'.'.join(marks)}")
                    return found
                found.extend((replace(place, marks=item), "") for item in span[1:])
            else:
                found.append((replace(place, marks=marks), ""))
            found[-1] = (found[-1][0], self._element_of())
            before = marks

    def _element_of(self) -> str:
        """The element that follows a designation and belongs to it alone: "(b) introductory text", "(f) subject heading"."""
        token = self._peek()
        if (
            token is not None
            and token.kind in ("intro", "heading")
            and not token.text.lower().startswith(("the ", "a "))
        ):
            self._at += 1
            return ELEMENTS[token.kind]
        return ""

    def _names(self, unit: str) -> list[str]:
        """The names that follow "entries for", "definitions of", "the words": quotations, or words with capitals."""
        names: list[str] = []
        while True:
            skip = 0
            while (token := self._peek(skip)) is not None and (
                token.kind in ("comma", "and", "stop")
                or (token.kind == "word" and token.text.lower() in ("the", "following"))
                or (
                    token.kind == "table"
                    and not names
                    and (after := self._peek(skip + 1)) is not None
                    and after.kind == "stop"
                )
                or (
                    token.kind == "preposition"
                    and not names
                    and (after := self._peek(skip + 1)) is not None
                    and after.kind == "table"
                )
            ):
                if token.kind == "stop" and token.text != ";" and names:
                    return names
                skip += 1
            if token is None:
                return names
            if token.kind == "quote":
                self._at += skip + 1
                names.append(unquoted(token.text, unit))
                continue
            if (
                unit == "words"
                or token.kind not in ("word", "code")
                or not NAME_WORD.fullmatch(token.text)
                or is_filler(token.text)
            ):
                return names
            self._at += skip
            names.append(self._bare_name())

    def _bare_name(self) -> str:
        """A name without quotation marks: words with capitals, or one number of a tariff."""
        words: list[str] = []
        while (
            (token := self._peek()) is not None
            and token.kind == "word"
            and (NAME_WORD.fullmatch(token.text) or (words and token.text in ("of", "the", "(", ")", "&")))
        ):
            words.append(token.text)
            self._at += 1
            if token.text.isdigit():
                break
        if not words and token is not None:
            self._at += 1
            words.append(token.text)
        return " ".join(words)
