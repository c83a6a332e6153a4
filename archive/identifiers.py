"""Names that last: work paths, provision addresses, and the hashes that bind records together."""

from __future__ import annotations

import hashlib
import re

from archive.errors import BadInput

# No name is "." or "..": a browser would take the address of such a work for another one.
_WORK = re.compile(r"[a-z]{2}(?:/(?!\.{1,2}(?:/|\Z))[^\s/#]+)+")


def check_work(path: str) -> str:
    """A work's path (``us/cfr/15/774/supp-1``: a two-letter jurisdiction, then any segments). Raises ``BadInput``."""
    if not _WORK.fullmatch(path):
        raise BadInput(
            f"{path!r} is not the path of a work",
            mend="Write it like us/cfr/15/774/supp-1: a two-letter jurisdiction, then names joined by /",
        )
    return path


def jurisdiction(work: str) -> str:
    """``us/cfr/15/744`` → ``US``."""
    return work.split("/", 1)[0].upper()


def split_address(address: str) -> tuple[str, str]:
    """``us/cfr/15/774/supp-1#3A090.a`` → its work and its eid ("" without one)."""
    work, _, eid = address.partition("#")
    return check_work(work), eid


def digest(*parts: str) -> str:
    """A stable id over strings: SHA-256 of their length-prefixed UTF-8, the first 16 bytes in hex."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode()
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()[:32]


def transition_id(work: str, before_sha256: str, after_sha256: str) -> str:
    """The id of a Transition: it outlives engines and recipes, so reviews and deliveries are bound to it."""
    return digest("transition", work, before_sha256, after_sha256)


def delivery_key(transition: str, watch: str, target: str) -> str:
    """One per (transition, watch, target): the outbox can hold it once."""
    return digest("delivery", transition, watch, target)
