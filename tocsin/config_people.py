"""The people of a configuration, and by whom a digest is signed."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who owns watches. ``address`` is an e-mail address, ``zone`` an IANA time zone, ``language`` that of the messages and pages: en, ja, zh-Hans or
    zh-Hant ("": messages are in English, pages in what the browser asks for). ``roles`` are what they may do (reader, reviewer, counsel, administrator), ``token`` points to their secret for the API (``env:NAME``,
    ``file:PATH``), ``password`` is the hash of the one with which they sign in on the pages, or points to it; ``notify`` names the targets at which they are told of what waits for them, as a deputy too. In the hours of ``quiet`` (``19:00-08:00``; "" for
    none) and on other days than ``working_days`` messages wait; ``roundup`` is the hour of daily and weekly ones."""

    address: str
    zone: str = "UTC"
    working_days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    deputy: str = ""
    language: str = ""
    roles: tuple[str, ...] = ()
    token: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    notify: tuple[str, ...] = ()
    quiet: str = ""
    roundup: str = "08:00"

    @property
    def speaks(self) -> str:
        """The language of what is sent to them, English where none was written down."""
        return self.language or "en"


class DigestSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[digest]``: by how many ``signatures`` of whom (``signers`` are roles) a weekly digest is released, to which targets it goes (``list``), and until
    when after its week it is to be signed (``sign_by`` like ``Wed 17:00``, in the zone of whoever signs; "" : no one is reminded). A week begins on Monday
    in ``zone``; ``language`` is that of the digest's own words; ``templates`` is a folder with templates that take the place of ours."""

    zone: str = "UTC"
    language: str = "en"
    templates: str = ""
    signatures: int = 1
    signers: tuple[str, ...] = ("counsel",)
    sign_by: str = ""
    list: tuple[str, ...] = ()
