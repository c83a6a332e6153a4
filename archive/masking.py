"""What no record and no evidence file shows: credentials in headers and addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

MASK = "(masked)"
_SECRET = re.compile(
    r"auth(?!ors?$)|cookie|token|secret|passw|passphrase|credential|session|signature|api[-_]?key|access[-_]?key|subscription[-_]?key|^key$|^sig$",
    re.IGNORECASE,
)
_PARAMETER = re.compile(r"(?<=[?&;])([^=&;#]*)=([^&;#\s\"'<>\\]*)")


def masked_headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The headers, without the values of those that carry credentials; their names stay."""
    return tuple(
        (name, MASK if _SECRET.search(name) and value else masked_url(value)) for name, value in headers
    )


def masked_url(url: str) -> str:
    """An address without the name and password in it and without the values of parameters that carry credentials."""
    said = _PARAMETER.sub(_parameter, url) if "=" in url else url
    if "@" not in said or "//" not in said:
        return said
    try:
        parts = urlsplit(said)
    except ValueError:  # no address after all
        return said
    user, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{MASK}@{host}")) if at and user else said


def _parameter(found: re.Match[str]) -> str:
    name, value = found.groups()
    return f"{name}={MASK}" if value and _SECRET.search(name) else found.group()
