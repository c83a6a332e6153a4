"""How a command writes what happens: for people, or as the log of a service."""

from __future__ import annotations

from tocsin.config import Config
from tocsin.service import logs
from tocsin.service.masking import Mask, secrets_of


def logged(config: Config, *, is_service: bool = False) -> str:
    """The form of the log that this command writes from here on, "" for lines for people."""
    form = logs.chosen(config.service.log, is_service=is_service)
    if form:
        logs.set_up(form, Mask(secrets_of(config)))
    return form
