"""What came back over HTTP while a library sent: each answer, or that there was none.

Apprise tells of a failure that it was one, and not how long the service asks to be left alone, nor whether the message may have arrived
before the connection broke. Both decide what becomes of a message, so they are read here, where the answers pass.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any

import requests
from urllib3.exceptions import MaxRetryError, ReadTimeoutError

LONGEST_WAIT = timedelta(hours=6)
"""What a channel may ask for at most: an alert is not put off for days by one header."""
_GATEWAYS = (
    502,
    504,
)  # somebody in between lost the answer: whoever stands behind may have taken the message
_READ = 4_096  # of the body of a refusal
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one request. ``status`` is 0 where no answer came, ``said`` then names the error; ``uncertain`` says that the message may
    have arrived though nobody said so; ``retry_after`` is the wait that the service asked for."""

    status: int = 0
    said: str = ""
    uncertain: bool = False
    retry_after: timedelta | None = None

    @property
    def taken(self) -> bool:
        """Whether the service said that it has it."""
        return 200 <= self.status < 300


@contextmanager
def hearing() -> Iterator[list[Answer]]:
    """The answers to all requests made inside by ``requests``, in their order, in whichever thread they are made."""
    heard: list[Answer] = []
    plain = requests.Session.send

    def send(self: requests.Session, request: requests.PreparedRequest, **settings: Any) -> requests.Response:
        try:
            response = plain(self, request, **settings)
        except requests.RequestException as error:
            heard.append(unanswered(error))
            raise
        heard.append(answer_of(response))
        return response

    with _ONE_AT_A_TIME:
        requests.Session.send = send  # type: ignore[method-assign]
        try:
            yield heard
        finally:
            requests.Session.send = plain  # type: ignore[method-assign]


def answer_of(response: requests.Response) -> Answer:
    """An answer that came, with the first words of a refusal."""
    status = response.status_code
    body = b"" if 200 <= status < 300 else next(response.iter_content(_READ), b"")
    return Answer(
        status=status,
        said=_printable(body.decode("utf-8", "replace"))[:120],
        uncertain=status in _GATEWAYS,
        retry_after=_asked_for(response, body) if status in (429, 503) else None,
    )


def unanswered(error: requests.RequestException) -> Answer:
    """No answer. A connection that was never made brought nothing there; one that broke, or fell silent, may have."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    never_there = isinstance(
        error,
        requests.ConnectTimeout
        | requests.exceptions.SSLError
        | requests.exceptions.InvalidURL
        | requests.exceptions.MissingSchema
        | requests.exceptions.InvalidSchema,
    ) or (isinstance(cause, MaxRetryError) and not isinstance(reason, ReadTimeoutError))
    return Answer(said=type(error).__name__, uncertain=not never_there)


def _asked_for(response: requests.Response, body: bytes) -> timedelta | None:
    """The wait of the header ``Retry-After`` (seconds, or a date, then counted from the answer's own), else of ``retry_after`` in
    the JSON of Discord and Telegram."""
    said = response.headers.get("Retry-After", "").strip()
    seconds = _number(said)
    if seconds is None and said:
        try:
            wait = parsedate_to_datetime(said) - parsedate_to_datetime(response.headers.get("Date", ""))
            seconds = wait.total_seconds()
        except (TypeError, ValueError):
            seconds = None
    if seconds is None:
        seconds = _in_json(body)
    return None if seconds is None else min(timedelta(seconds=math.ceil(max(seconds, 0.0))), LONGEST_WAIT)


def _in_json(body: bytes) -> float | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    parameters = said.get("parameters")
    return _number(
        said.get("retry_after", parameters.get("retry_after") if isinstance(parameters, dict) else None)
    )


def _number(said: object) -> float | None:
    try:
        number = float(said) if isinstance(said, str | int | float) else math.nan
    except ValueError:
        return None
    return min(number, LONGEST_WAIT.total_seconds()) if math.isfinite(number) else None


def _printable(text: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
