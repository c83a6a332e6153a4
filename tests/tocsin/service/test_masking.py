"""No secret leaves in a log, whichever way it came into a text; what is none stays readable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tocsin.service.settings import written
from tocsin.service.masking import MASKED, Mask, secrets_of

CONFIG = """
[service]
heartbeat = "https://hc.example.org/ping/3f2a9c7e-live"
heartbeat_failure = "env:T_FAILURE"

[people]
ann = { address = "ann@example.org", roles = ["counsel"], token = "env:T_ANN", notify = ["mail"] }
bo = { address = "bo@example.org", roles = ["counsel"], token = "file:bo-token" }

[web.proxy]
secret = "env:T_PROXY"

[targets]
mail = "env:T_MAIL"
slack = "file:slack-url"
hook = "webhook+https://example.org/in?secret=env:T_HOOK"
log = "file:alerts.jsonl"
gone = "env:T_NOT_SET"
"""
ENVIRONMENT = {
    "T_FAILURE": "https://hc.example.org/ping/8d8d8d8d-fail",
    "T_ANN": "ann-token-123456",
    "T_PROXY": "proxy-secret-99",
    "T_MAIL": "smtp://robot:Pa55w0rd!@mail.example.org:587/?to=legal@example.org",
    "T_HOOK": "whsec_MfKQ9r8GKYqr",
}
SECRETS = (
    "3f2a9c7e-live",
    "8d8d8d8d-fail",
    "ann-token-123456",
    "proxy-secret-99",
    "Pa55w0rd!",
    "whsec_MfKQ9r8GKYqr",
    "B00ZZ99XX11",
    "bo-token-from-a-file",
)


@pytest.fixture
def mask(tmp_path: Path) -> Mask:
    (tmp_path / "slack-url").write_text("slack://T00AA11BB22/B00ZZ99XX11/s3cr3tS3cr3t99\n")
    (tmp_path / "bo-token").write_text("bo-token-from-a-file\n")
    return Mask(secrets_of(written(tmp_path, CONFIG), ENVIRONMENT))


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", ["{}", "it refused {} twice", 'said "{}"', "https://x.example/{}/a?b={}"])
def test_every_secret_that_is_configured_is_masked(mask: Mask, secret: str, around: str) -> None:
    said = mask.text(around.replace("{}", secret))
    assert secret not in said
    assert MASKED in said


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET https://api.example.org/v1?api_key=K3yK3yK3y&page=2", "K3yK3yK3y"),
        ("https://x.example/feed?access_token=abcDEF123#top", "abcDEF123"),
        ("https://user:hunter22@host.example/path", "hunter22"),
        ("Authorization: Bearer eyJhbGciOi.abc.def", "eyJhbGciOi.abc.def"),
        ("{'Authorization': 'Basic dXNlcjpwYXNz'}", "dXNlcjpwYXNz"),
        ("sent with Bearer 0123456789abcdef today", "0123456789abcdef"),
        ("Cookie: session=9d8f7a6b5c", "9d8f7a6b5c"),
        ("x-goog-api-key: AIzaSyD000", "AIzaSyD000"),
        ("https://s3.example/f?X-Amz-Signature=fe5f80f7", "fe5f80f7"),
    ],
)
def test_what_looks_like_a_secret_is_masked_though_nobody_configured_it(text: str, secret: str) -> None:
    assert secret not in Mask().text(text)


@pytest.mark.parametrize(
    "text",
    [
        "us_ecfr: 3 published, 12 unchanged",
        "https://www.ecfr.gov/api/versioner/v1/full/2026-06-18/title-15.xml?part=774 cannot be reached",
        "15 CFR 774 Supp. 1, 3A090.a.1: 4800 → 2400",
        "mail to legal@example.org: the channel did not take it",
    ],
)
def test_what_is_no_secret_stays(mask: Mask, text: str) -> None:
    assert mask.text(text) == text


def test_texts_are_masked_wherever_they_are_in_a_value(mask: Mask) -> None:
    said = mask.value(
        {
            "event": "x",
            "of": [{"ann-token-123456": 1}, ("proxy-secret-99", 2.5, None, True)],
            "why": ValueError("Pa55w0rd!"),
        }
    )
    text = json.dumps(said, ensure_ascii=False)
    assert not any(secret in text for secret in SECRETS)
    assert said["of"][1][1:] == [2.5, None, True]


@given(st.text(alphabet="ab/:?=&@.%\\\"' \n", max_size=60), st.text(alphabet="xyz9", min_size=8, max_size=12))
def test_a_configured_secret_never_survives(around: str, secret: str) -> None:
    assert secret not in Mask([secret]).text(f"{around}{secret}{around}")
