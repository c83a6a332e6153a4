"""What is read of an answer, or of there being none."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from alerts.heard import LONGEST_WAIT, answer_of, hearing, unanswered
from tests.alerts.fakes.discord import Discord
from tests.alerts.fakes.server import serve


def answered(status: int, body: bytes = b"", **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(body)
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


@pytest.mark.parametrize(
    ("response", "seconds"),
    [
        (answered(429, Retry_After="30"), 30),
        (answered(429, Retry_After="0.2"), 1),
        (answered(503, Retry_After="120"), 120),
        (answered(429, Retry_After="-5"), 0),
        (answered(429, b'{"retry_after": 1.337}'), 2),
        (answered(429, b'{"ok": false, "parameters": {"retry_after": 5}}'), 5),
        (
            answered(429, Date="Thu, 18 Jun 2026 09:00:00 GMT", Retry_After="Thu, 18 Jun 2026 09:02:00 GMT"),
            120,
        ),
    ],
)
def test_the_wait_that_is_asked_for_is_read_in_each_of_its_forms(
    response: requests.Response, seconds: int
) -> None:
    assert answer_of(response).retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "response",
    [
        answered(429),
        answered(429, b"not JSON", Retry_After="soon"),
        answered(429, b"[1]", Retry_After="nan"),
        answered(429, b'{"retry_after": null}'),
        answered(429, b'{"parameters": 5}'),
        answered(429, Retry_After="Thu, 18 Jun 2026 09:02:00 GMT"),
        answered(500, Retry_After="30"),
    ],
)
def test_a_wait_that_cannot_be_read_is_none(response: requests.Response) -> None:
    assert answer_of(response).retry_after is None


@pytest.mark.parametrize("said", ["999999999", "1e300", "inf"])
def test_nobody_puts_an_alert_off_for_days(said: str) -> None:
    assert answer_of(answered(429, Retry_After=said)).retry_after in (LONGEST_WAIT, None)


@pytest.mark.parametrize(
    ("status", "uncertain"), [(400, False), (500, False), (502, True), (503, False), (504, True)]
)
def test_a_gateway_that_lost_the_answer_leaves_it_uncertain(status: int, uncertain: bool) -> None:
    assert answer_of(answered(status)).uncertain is uncertain


def test_the_words_of_a_refusal_are_one_short_printable_line() -> None:
    said = answer_of(answered(400, b"invalid\x1b[31m\r\n_blocks " + b"x" * 100_000)).said
    assert said.startswith("invalid [31m _blocks xxx")
    assert len(said) == 120


@pytest.mark.parametrize(
    ("error", "uncertain"),
    [
        (requests.ConnectTimeout(), False),
        (requests.ReadTimeout(), True),
        (requests.exceptions.SSLError(), False),
        (requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused"))), False),  # type: ignore[arg-type]
        (requests.ConnectionError(ProtocolError("aborted", ConnectionResetError())), True),
        (requests.exceptions.ChunkedEncodingError(), True),
        (requests.exceptions.InvalidURL("nonsense"), False),
    ],
)
def test_only_a_connection_that_was_made_can_have_brought_it(
    error: requests.RequestException, uncertain: bool
) -> None:
    assert unanswered(error).uncertain is uncertain


def test_what_passes_is_heard_and_afterwards_nothing_is() -> None:
    faults = iter(["", "limited", "reset"])
    with serve(Discord(), lambda: next(faults)) as port:
        url = f"http://127.0.0.1:{port}/"
        with hearing() as heard:
            requests.post(url, json={"content": "a"}, timeout=30)
            requests.post(url, json={"content": "b"}, timeout=30)
            with pytest.raises(requests.ConnectionError):
                requests.post(url, json={"content": "c"}, timeout=30)
    assert [(answer.status, answer.uncertain) for answer in heard] == [(200, False), (429, False), (0, True)]
    assert heard[1].retry_after == timedelta(seconds=2)
    assert requests.Session.send.__module__ == "requests.sessions"
