"""What any service of Apprise is sent: within the limit that its plugin names, measured as the plugin will write it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.by_apprise import _channel, _plain_parts, _written
from alerts.channels import PARTS, units
from alerts.targets import Target
from tests.alerts.test_mail import OUTGOING

URLS = {
    "Mattermost, titles in the body": "mmost://localhost/3ccdd113474722377935511fc85d3dd4",
    "Google Chat, Markdown": "gchat://workspace/key/token",
    "Telegram, HTML": "tgram://123456789:abcdefg_hijklmnop/12315544",
    "ntfy, titles of 200": "ntfy://topic",
    "Pushover, 1,024": "pover://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "Rocket.Chat, Markdown of 1,000": "rocket://user:pass@localhost/#channel",
    "Zulip, titles of 60": "zulip://bot@org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/stream",
    "an SMS": "voipms://password:user@example.org/16134448888/16134442222",
    "an SMS of 160": "bulksms://user:pass@15553332222/15554443333",
    "json": "json://localhost/",
}
words = st.text(alphabet=st.sampled_from("ab \n&<>*_{}[]()`#@é芯🛰-\\"), min_size=1, max_size=60)


@pytest.mark.parametrize("name", URLS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=words, seed=words, size=st.integers(min_value=0, max_value=20_000))
def test_each_part_is_within_the_limit_of_its_service(name: str, title: str, seed: str, size: int) -> None:
    plugin = _channel(URLS[name], Target(name="chat", said=URLS[name]))[0]
    body = (seed * (size // len(seed) + 1))[:size]
    link = "http://127.0.0.1:8801/change/c1"
    outgoing = replace(OUTGOING, payload=replace(OUTGOING.payload, title=title * 3, body=body, link=link))
    parts = _plain_parts(plugin, outgoing)
    assert 1 <= len(parts) <= PARTS
    in_body = plugin.title_maxlen <= 0 or plugin.overflow_amalgamate_title
    for shown, text in parts:
        written = units(_written(plugin, text)) + (units(_written(plugin, shown)) + 2 if in_body else 0)
        assert written <= plugin.body_maxlen
        assert in_body or units(_written(plugin, shown)) <= plugin.title_maxlen
        assert "@everyone" not in shown
    joined = "".join(text for _, text in parts)
    assert joined == body or "[…" in joined
