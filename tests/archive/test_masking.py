"""No credential gets into a record or an evidence file; nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import editions
from archive.masking import MASK, masked_headers, masked_url
from archive.store import Archive
from tests.archive.building import capture

LAW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no counter-example


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://api.example.org/x?api_key=abc&page=2", f"https://api.example.org/x?api_key={MASK}&page=2"),
        ("https://x.org/a?page=2;token=abc#part", f"https://x.org/a?page=2;token={MASK}#part"),
        ("https://ann:pass@x.org/a", f"https://{MASK}@x.org/a"),
        (
            "https://x.org/?X-Amz-Signature=ab&X-Amz-Expires=60",
            f"https://x.org/?X-Amz-Signature={MASK}&X-Amz-Expires=60",
        ),
        (
            '{"link":"https://x.org/?token=abc","title":"t"}',
            f'{{"link":"https://x.org/?token={MASK}","title":"t"}}',
        ),
        ("https://www.ecfr.gov/api/title-15.xml?part=744", "https://www.ecfr.gov/api/title-15.xml?part=744"),
        ("https://x.org/a?monkey=1&keyboard=2&author=bo", "https://x.org/a?monkey=1&keyboard=2&author=bo"),
        ("see @you // at = x", "see @you // at = x"),
    ],
)
def test_addresses_lose_what_is_secret_and_nothing_else(url: str, masked: str) -> None:
    assert masked_url(url) == masked
    assert masked_url(masked) == masked


def test_headers_lose_the_values_of_credentials_and_keep_their_names() -> None:
    said = (
        ("authorization", "Bearer abc"),
        ("Set-Cookie", "session=1; Path=/"),
        ("x-api-key", "abc"),
        ("etag", '"1"'),
        ("location", "https://x.org/?token=abc"),
    )
    assert masked_headers(said) == (
        ("authorization", MASK),
        ("Set-Cookie", MASK),
        ("x-api-key", MASK),
        ("etag", '"1"'),
        ("location", f"https://x.org/?token={MASK}"),
    )


@LAW
@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked_url(masked_url(text)) == masked_url(text)


def test_cookies_of_an_answer_are_not_kept(archive: Archive) -> None:
    from dataclasses import replace

    row = editions.record_capture(
        archive, None, replace(capture(), headers=(("etag", '"1"'), ("set-cookie", "secret")))
    )
    assert row.headers == (("etag", '"1"'), ("set-cookie", MASK))
