"""A user's own terms in TOML: what to call a topic, and the words it is known by, in the notation of the taxonomy.

[terms]
photonics = ["photonic chip", "=PIC", "光子芯片"]
X4 = ["our accelerator"]            # an id of the taxonomy: more words for it
"""

from __future__ import annotations

import tomllib

from archive.errors import BadInput
from archive.vocabulary.technologies import Term, user_terms


def read_terms(text: str, *, thing: str = "the terms") -> tuple[Term, ...]:
    """The terms of a TOML text; the table ``[terms]`` may be left out. Raises ``BadInput`` with the key that is wrong."""
    try:
        said = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"is not TOML: {error}", thing=thing, mend="Correct it there") from None
    table = said.get("terms", said)
    if not isinstance(table, dict) or not table:
        raise BadInput("names no terms", thing=thing, mend='Write photonics = ["photonic chip"]')
    for name, words in table.items():
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise BadInput(
                "is no list of words", thing=thing, place=str(name), mend=f'Write {name} = ["a phrase"]'
            )
        if any(len(word.strip("=~| ")) < 2 for word in words):
            raise BadInput(
                "has a word of one character, which would be found everywhere",
                thing=thing,
                place=str(name),
                mend="Give words of two characters or more",
            )
    return user_terms(table)
