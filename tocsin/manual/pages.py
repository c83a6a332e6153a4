"""The pages of the reference by the names of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tocsin.manual.commands import commands
from tocsin.manual.configuration import configuration
from tocsin.manual.errors import errors
from tocsin.manual.sources import sources
from tocsin.manual.tables import tables
from tocsin.manual.technologies import technologies
from tocsin.manual.watches import watches

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands,
    "configuration.md": configuration,
    "errors.md": errors,
    "sources.md": sources,
    "tables.md": tables,
    "technologies.md": technologies,
    "watches.md": watches,
}
"""Each writes its page whole. A test holds that the files say the same."""
