"""Where messages go. A target is a name and what the configuration says of it; its secret is read when it is used.

``[targets]`` maps a name to one of

- a channel's URL (``slack://…``, ``discord://…``, ``workflows://…``, ``smtp://host:port/?from=…&to=…``, a webhook of our own
  ``webhook+https://host/path?secret=env:NAME``);
- ``env:NAME``: the URL is the value of that environment variable;
- ``file:PATH``: the URL is the first line of that file, unless PATH ends in ``.jsonl``: that is a file to which alerts are
  appended. The ending decides and not whether the file is there, so that a mistyped path of a secret is an error
  and not a new file of alerts that nobody reads;
- ``console:``: the output of the command.

A watch may name ``console:`` and ``file:PATH`` without a table: there PATH ends in ``.jsonl`` and lies below the folder of the configuration, so that whoever
may write watches writes no other file of the machine. A relative PATH is taken from that folder. What a target resolves to is never stored, logged, or put in an error.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from archive.errors import DeliveryFailed

CONSOLE = "console:"
ALERTS_FILE = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place that takes messages. ``said`` is what the configuration says, which may hold a secret: its ``repr`` is masked."""

    name: str
    said: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.name} ({self.shown})"

    @property
    def shown(self) -> str:
        """What may be printed: the pointer to a secret, or a URL's scheme alone."""
        if self.said.startswith(("env:", "file:", CONSOLE)):
            return self.said
        return f"{self.said.partition(':')[0]}:…"


def is_plain(name: str) -> bool:
    """Whether a watch may name this without a table in ``[targets]``."""
    if not name.startswith("file:"):
        return name == CONSOLE
    path = PurePath(name.removeprefix("file:"))
    return path.suffix == ALERTS_FILE and not path.is_absolute() and ".." not in path.parts


def find_target(name: str, targets: Mapping[str, Target]) -> Target:
    """The target of that name, or the plain one it spells. Raises ``DeliveryFailed``: a target can vanish from the
    configuration while messages to it wait."""
    if name in targets:
        return targets[name]
    if is_plain(name):
        return Target(name=name, said=name)
    raise DeliveryFailed(
        "the configuration has no such target any more",
        thing=f"target {name}",
        mend=f"Add {name} to [targets], or drop its waiting messages",
    )


def alerts_file(target: Target, folder: Path) -> Path | None:
    """The file that this target appends to, None where it is another kind of target."""
    if not target.said.startswith("file:"):
        return None
    path = target.said.removeprefix("file:")
    if target.name != target.said and not path.endswith(ALERTS_FILE):
        return None
    return folder / path


def resolve(target: Target, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """The URL of the channel, with its secret. Raises ``DeliveryFailed`` that names the pointer, never the secret."""
    url = secret_text(target.said, target, folder, os.environ if environment is None else environment)
    if not urlsplit(url).scheme:
        raise DeliveryFailed(
            "what it points to is not a URL with a scheme",
            thing=f"target {target}",
            mend="Write it like slack://…, smtp://host:587/?from=…&to=… or webhook+https://host/path?secret=env:NAME",
        )
    return url


def secret_text(said: str, target: Target, folder: Path, environment: Mapping[str, str]) -> str:
    """What ``env:NAME`` or ``file:PATH`` points to, else ``said`` itself. Raises ``DeliveryFailed`` that names the pointer alone."""
    kind, _, place = said.partition(":")
    if kind == "file":
        return _first_line(folder / place, target)
    if kind != "env":
        return said
    found = environment.get(place, "").strip()
    if not found:
        raise DeliveryFailed(
            f"the environment variable {place} is empty or not set",
            thing=f"target {target.name}",
            mend=f"Set {place} to the URL of the channel, or to its secret where it names one",
        )
    return found


def _first_line(path: Path, target: Target) -> str:
    try:
        lines = path.read_text(encoding="utf-8").strip().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeliveryFailed(
            f"the file with its URL or secret cannot be read ({type(error).__name__})",
            thing=f"target {target.name}",
            mend=f"Put the URL in {path}, or name a file of alerts that ends in {ALERTS_FILE}",
        ) from None
    if not lines:
        raise DeliveryFailed(
            "the file with its URL or secret is empty", thing=f"target {target.name}", mend=f"Fill {path}"
        )
    return lines[0].strip()
