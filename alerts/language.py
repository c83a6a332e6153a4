"""What messages say, in the language of who reads them: English as it stands in the code, the others from the catalogues in ``alerts/locale``.

    say = texts("ja")
    say("Why you hear of this")
    say("Edition of {day}", day=say.day(when))
    say.plural("{number} change", "{number} changes", count)

A text in the code is the key of its translations; what stands in a table and is said later is put into :func:`mark`, so that the catalogues
get it (``alerts.catalogues``). Law text, titles, names and citations are values, never texts: they stay as they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LANGUAGES = ("en", "ja", "zh-Hans", "zh-Hant")
"""The languages that messages are written in, as HTML and ``tocsin.toml`` write them."""
FOLDER = Path(__file__).parent / "locale"
DOMAIN = "tocsin"

_DAY = {"en": "yyyy-MM-dd"}
_WEEKDAY = {"en": "yyyy-MM-dd (EEEE)"}
_EAST_ASIAN_DAY, _EAST_ASIAN_WEEKDAY = "y年M月d日", "y年M月d日（EEEE）"


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The texts of one language. ``language`` is its tag."""

    language: str
    _catalogue: NullTranslations

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its values put in; numbers (``int``), days and instants are written as the language writes them. "" stays ""."""
        return self._filled(self._catalogue.gettext(text), values) if text else ""

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A text that counts, in the form that ``number`` asks for; ``{number}`` is put in."""
        return self._filled(
            self._catalogue.ngettext(one, many, number), {"number": self.number(number), **values}
        )

    def number(self, number: int) -> str:
        """``12,345``"""
        return _number(number, self.language)

    def day(self, day: date) -> str:
        """``2026-07-20``; ``2026年7月20日``."""
        return _dated(day, _DAY.get(self.language, _EAST_ASIAN_DAY), self.language)

    def weekday(self, day: date) -> str:
        """A day with its weekday: ``2026-07-20 (Monday)``; ``2026年7月20日（月曜日）``."""
        return _dated(day, _WEEKDAY.get(self.language, _EAST_ASIAN_WEEKDAY), self.language)

    def instant(self, at: datetime) -> str:
        """An instant in UTC, to the minute: ``2026-06-18 09:00 UTC``."""
        return f"{self.day(at.date())} {at:%H:%M} UTC"

    def country(self, code: str) -> str:
        """What a country of ISO 3166 is called, "" where the language has no name for the code."""
        from babel import Locale

        return str(Locale.parse(_locale(self.language)).territories.get(code, ""))

    def series(self, parts: Iterable[str]) -> str:
        """Several in a row, the last joined by *and*: ``a, b and c``; ``a、b及びc``."""
        *first, last = parts
        return self("{first} and {last}", first=self(", ").join(first), last=last) if first else last

    def either(self, parts: Iterable[str]) -> str:
        """Several of which one is enough: ``a, b or c``."""
        *first, last = parts
        return self("{first} or {last}", first=self(", ").join(first), last=last) if first else last

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        if not values:
            return text
        return text.format(**{name: self._written(value) for name, value in values.items()})

    def _written(self, value: object) -> object:
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, datetime):
            return self.instant(value)
        return self.day(value) if isinstance(value, date) else value


@lru_cache(maxsize=len(LANGUAGES) + 1)
def texts(language: str = "en") -> Texts:
    """The texts of a language of :data:`LANGUAGES`; of any other those of English."""
    if language not in LANGUAGES or language == "en":
        return Texts("en", NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue_of(language).open("rb") as source:
        catalogue = read_po(source, locale=_locale(language), domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Texts(language, GNUTranslations(compiled))


ENGLISH = texts("en")


def mark(text: str) -> str:
    """A text that stands in a table and is said later: ``say(TABLE[key])``."""
    return text


def common_language(languages: Iterable[str]) -> str:
    """The language of a message to several people: theirs where they have one in common, else English."""
    found = set(languages)
    return found.pop() if len(found) == 1 else "en"


def catalogue_of(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return FOLDER / _locale(language) / "LC_MESSAGES" / f"{DOMAIN}.po"


# A list has the same few days and numbers on each line, and Babel reads its patterns anew for each.
@lru_cache(maxsize=4096, typed=True)
def _number(number: int, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language))


@lru_cache(maxsize=4096)
def _dated(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=_locale(language))


def _locale(language: str) -> str:
    return language.replace("-", "_")
