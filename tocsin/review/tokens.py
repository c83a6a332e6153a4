"""Whose token it is. Tokens are read from the environment or from files when they are needed, compared in constant time, and never told."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.config_people import Person

SHORTEST = 16
"""Characters of a token that counts: a shorter one can be tried out."""


def person_of(
    presented: str, people: Mapping[str, Person], folder: Path, environment: Mapping[str, str] | None = None
) -> str:
    """The name of the person whose token was presented, "" for nobody's. Each is compared, whatever the ones before it gave; one that two people
    have is nobody's."""
    found = [
        name
        for name, person in people.items()
        if is_same(presented, secret(person.token, folder, environment))
    ]
    return found[0] if len(found) == 1 else ""


def is_same(presented: str, kept: str) -> bool:
    """Whether a secret that was presented is the one that is kept, in a time that tells nothing. One that is too short is none."""
    is_equal = hmac.compare_digest(_hashed(presented), _hashed(kept))
    return is_equal and len(presented) >= SHORTEST


def secret(pointer: str, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """What ``env:NAME`` or ``file:PATH`` (its first line) points to, "" where there is nothing."""
    environment = os.environ if environment is None else environment
    kind, _, place = pointer.partition(":")
    if kind == "env":
        return environment.get(place, "").strip()
    if kind == "file":
        try:
            lines = (folder / place).read_text(encoding="utf-8").strip().splitlines()
        except (OSError, UnicodeDecodeError):
            return ""
        return lines[0].strip() if lines else ""
    return ""


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
