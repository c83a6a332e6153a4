"""A start for a source that is not there yet: a page for the configuration, or a small distribution with a card that works."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import BadInput
from crawlers.card import SourceCard
from crawlers.settings import configured
from tocsin.config import load

_ID = re.compile(r"[a-z]{2}_[a-z][a-z0-9_]{1,40}")
CARD, PROJECT = "source-card.py.txt", "source-project.toml.txt"


def page_table(url: str, landmark: str, *, selector: str = "", every: str = "1d") -> str:
    """The table of a page, as it is written into ``tocsin.toml``."""
    rows = {"url": url, "landmark": landmark, "selector": selector, "every": every}
    lines = [f"{name} = {_text(value)}" for name, value in rows.items() if value]
    return "\n".join(["[[sources.web_page.pages]]", *lines]) + "\n"


def add_page(file: Path, table: str, card: SourceCard, known: tuple[str, ...]) -> None:
    """Puts a page at the end of a configuration, if the whole of it can be used then. Raises ``BadInput`` and writes nothing where it cannot."""
    before = file.read_text(encoding="utf-8")
    after = before.rstrip("\n") + "\n\n" + table
    trial = file.with_name(f"{file.name}.new")
    try:
        said = tomllib.loads(after)["sources"][card.id]
        configured(card.settings, {**said, "pages": said["pages"]}, thing=f"source {card.id}")
        trial.write_text(after, encoding="utf-8")
        load(trial, known_sources=known, environment={})
        trial.replace(file)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"the page cannot be put behind what is there ({error})",
            thing=str(file),
            place="sources.web_page.pages",
            mend=f"Put it there by hand:\n{table}",
        ) from None
    finally:
        trial.unlink(missing_ok=True)


def write_source(folder: Path, name: str, url: str, landmark: str) -> tuple[Path, ...]:
    """Writes a distribution with one source into ``folder``: a card whose crawl takes one page, and the entry point by which it is found. Raises
    ``BadInput``."""
    parts = urlsplit(url)
    if not _ID.fullmatch(name):
        raise BadInput(
            f"{name!r} is no id of a source",
            thing="sources new",
            mend="Write it like us_bureau: jurisdiction, underscore, name",
        )
    if parts.scheme != "https" or "." not in (parts.hostname or ""):
        raise BadInput(
            f"{url!r} is no address", thing="sources new", mend="Write it like https://example.gov/notices"
        )
    if not landmark.split():
        raise BadInput(
            "the landmark is empty", thing="--landmark", mend="Name words that only the real page has"
        )
    said = {
        "ID": name,
        "URL": _text(url),
        "HOST": _text(parts.netloc),
        "LANDMARK": _text(landmark),
        "JURISDICTION": name[:2].upper(),
    }
    written = []
    for template, place in ((CARD, f"{name}.py"), (PROJECT, "pyproject.toml")):
        path = folder / place
        if path.exists():
            raise BadInput("it is there already", thing=str(path), mend="Name another folder")
        words = files("tocsin.templates").joinpath(template).read_text(encoding="utf-8")
        for key, value in said.items():
            words = words.replace(f"@{key}@", value)
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        written.append(path)
    return tuple(written)


def _text(value: str) -> str:
    """A text as TOML and Python both write it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
