"""In which language a page speaks: that of the reader's account, else what their browser asks for, else English."""

from __future__ import annotations

from collections.abc import Mapping

from datasette.utils.asgi import Request

from alerts.language import LANGUAGES, Texts, texts
from tocsin.config import Config
from tocsin.web.access import reader

_TRADITIONAL = ("hant", "tw", "hk", "mo")
"""Scripts and regions of Chinese in whose tags the traditional characters are meant (BCP 47; CLDR's likely subtags)."""
_LONGEST = 1_000


def texts_for(config: Config | None, request: Request) -> Texts:
    """The texts of the pages that answer a request."""
    people = config.people if config is not None else {}
    return texts(language_for(people, reader(request).name, request.headers.get("accept-language") or ""))


def language_for(people: Mapping[str, object], name: str, accepted: str) -> str:
    """The tag of the language (one of ``alerts.language.LANGUAGES``) for a person, "" for nobody who is known, whose browser accepts these (the header
    ``Accept-Language``)."""
    said = getattr(people.get(name), "language", "")
    return said if said in LANGUAGES else accepted_language(accepted)


def accepted_language(header: str) -> str:
    """The first language of ours in the order of the header ``Accept-Language`` (RFC 9110, 12.5.4); English for none."""
    wanted: list[tuple[float, str]] = []
    for part in header[:_LONGEST].split(","):
        tag, _, weight = part.partition(";")
        ours, quality = _ours(tag.strip()), _quality(weight)
        if ours and quality > 0:
            wanted.append((-quality, ours))
    return min(wanted, key=lambda one: one[0])[1] if wanted else "en"


def _ours(tag: str) -> str:
    language, *more = tag.lower().replace("_", "-").split("-")
    if language == "zh":
        simplified = "hans" in more or not any(one in _TRADITIONAL for one in more)
        return "zh-Hans" if simplified else "zh-Hant"
    return language if language in LANGUAGES else ""


def _quality(said: str) -> float:
    name, _, value = said.strip().partition("=")
    if not said.strip():
        return 1.0
    try:
        return float(value) if name.strip().lower() == "q" and len(value) <= 5 else 0.0
    except ValueError:
        return 0.0
