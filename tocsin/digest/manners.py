"""How a digest is printed here, by the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.digest.templating import Manner

if TYPE_CHECKING:
    from tocsin.config import Config


def manner_of(config: Config, language: str | None = None) -> Manner:
    """As it goes to the list, or in another language."""
    said = config.digest
    return Manner(
        language=language or said.language,
        address=config.address,
        templates=config.folder / said.templates if said.templates else None,
    )
