"""Mail as a server on loopback receives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.delivery import Post
from alerts.mail import mail
from alerts.mail import mail_server as read_url
from alerts.message import Payload, visible
from alerts.outgoing import Outgoing
from alerts.targets import Target
from archive.errors import DeliveryFailed
from tests.alerts.receivers import Mailbox, mail_server

PAYLOAD = Payload(
    title="10 CFR Part 810: inserted Thailand",
    body="4800 → 2400\n输出令 and " + "a long line " * 30 + "\n.\nFrom here on\n",
    html="<!DOCTYPE html><p><span>4800</span> → <span>2400</span></p>",
    link="http://127.0.0.1:8801/changes",
    thread="0f",
    watches=("w",),
)
OUTGOING = Outgoing(
    message_id="ab12",
    payload=PAYLOAD,
    watches=(("w", ("c1",)),),
    sent_at=datetime(2026, 6, 18, 9, tzinfo=UTC),
)


@pytest.fixture
def server() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as running:
        yield running


def send(
    port: int, outgoing: Outgoing = OUTGOING, query: str = "from=tocsin@example.org&to=ann@example.org"
) -> None:
    target = Target(name="legal", said=f"smtp://127.0.0.1:{port}/?{query}")
    Post(folder=Path(), environment={}).deliver(outgoing, target)


def received(mailbox: Mailbox, at: int = -1) -> EmailMessage:
    message = message_from_bytes(mailbox.messages[at], policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def plain_part(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_mail_has_a_plain_part_of_its_own_and_html(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    send(port)
    message = received(mailbox)
    assert message.get_content_type() == "multipart/alternative"
    assert plain_part(message).splitlines() == PAYLOAD.body.splitlines()
    html = message.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == PAYLOAD.html
    assert all(len(line) <= 998 for line in mailbox.messages[0].split(b"\r\n"))
    assert mailbox.messages[0].isascii()


def test_its_headers_are_stable_and_thread_by_work(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    send(port)
    send(port, replace(OUTGOING, repeat=True))
    first, second = received(mailbox, 0), received(mailbox, 1)
    assert first["Message-ID"] == second["Message-ID"] == "<ab12@example.org>"
    assert first["References"] == first["In-Reply-To"] == "<thread-0f@example.org>"
    assert first["List-Id"] == "tocsin alerts <alerts.tocsin.example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Date"] == "Thu, 18 Jun 2026 09:00:00 +0000"
    assert first["From"] == "tocsin <tocsin@example.org>"
    assert first["Subject"] == PAYLOAD.title
    assert second["Subject"] == f"[possible repeat] {PAYLOAD.title}"


@pytest.mark.parametrize(
    "title",
    [
        "Rule\r\nBcc: everyone@example.org\r\n\r\nbody",
        "Rule\nSubject: other",
        "Rule\x0bX: y\u2028Z: z\x00",
        "規則 " * 60 + "\r\nBcc: everyone@example.org",
    ],
)
def test_a_hostile_title_cannot_make_headers(server: tuple[Mailbox, int], title: str) -> None:
    mailbox, port = server
    send(port, replace(OUTGOING, payload=replace(PAYLOAD, title=title)))
    message = received(mailbox)
    assert "Bcc" not in message
    assert "X" not in message
    assert message.get_all("Subject") == [
        " ".join("".join(c if c.isprintable() else " " for c in title).split())
    ]
    assert mailbox.recipients == [["ann@example.org"]]


SERVER = read_url("smtp://127.0.0.1:25/?from=tocsin@example.org&to=ann@example.org", "legal")
HEADERS = {
    "message-id", "date", "from", "to", "subject", "in-reply-to", "references", "list-id", "auto-submitted",
    "x-auto-response-suppress", "mime-version", "content-type",
}  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("ab \r\n\t\x00\x0b\x85\u2028:<>=?規則é🛰") | st.characters(codec="utf-8"),
        max_size=200,
    )
)
def test_no_title_makes_a_header_and_its_words_come_through(title: str) -> None:
    hostile = f"{title}\r\nBcc: everyone@example.org\r\n\r\n<script>{title}"
    body, html = f"{visible(title)}\n.\nBcc: x\n", "<p>html</p>"
    written = mail(
        message_id="ab12",
        thread="0f",
        title=hostile,
        body=body,
        html=html,
        sent_at=OUTGOING.sent_at,
        server=SERVER,
    ).as_bytes()
    assert written.isascii()
    assert all(len(line) <= 998 for line in written.split(b"\r\n"))
    head = written.partition(b"\r\n\r\n")[0]
    assert b"\nBcc" not in head
    read = message_from_bytes(written, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert {name.lower() for name in read.keys()} == HEADERS  # noqa: SIM118 - a message is no mapping
    words = "".join(mark if mark.isprintable() else " " for mark in hostile).split()
    assert str(read["Subject"]).split() == words
    assert plain_part(read).split() == body.split()


@pytest.mark.parametrize(
    "answer", ["421 closing", "450 busy", "451 later", "452 full", "550 no", "552 too big", "554 never"]
)
def test_what_the_server_answers_to_a_message_is_told_and_certain(
    server: tuple[Mailbox, int], answer: str
) -> None:
    mailbox, port = server
    mailbox.answer = answer
    with pytest.raises(DeliveryFailed, match=answer[:3]) as caught:
        send(port)
    assert not caught.value.uncertain


def test_every_recipient_of_the_target_is_served(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    send(port, query="from=tocsin@example.org&to=ann@example.org,bo@example.org")
    assert mailbox.recipients == [["ann@example.org", "bo@example.org"]]
    assert received(mailbox)["To"] == "ann@example.org, bo@example.org"


def test_a_refused_message_is_certain_to_have_failed(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    mailbox.answer = "451 try later"
    with pytest.raises(DeliveryFailed, match="451 the message: try later") as caught:
        send(port)
    assert not caught.value.uncertain


def test_a_refused_recipient_is_told_by_name(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    mailbox.refuse = ("bo@example.org",)
    with pytest.raises(DeliveryFailed, match=r"refused bo@example.org \(550 nobody here") as caught:
        send(port, query="from=tocsin@example.org&to=ann@example.org,bo@example.org")
    assert caught.value.uncertain
    mailbox.refuse = ("ann@example.org",)
    with pytest.raises(DeliveryFailed, match="550 every recipient") as caught:
        send(port)
    assert not caught.value.uncertain


def test_a_server_that_hangs_up_after_the_message_leaves_it_uncertain(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    mailbox.hang_up = True
    with pytest.raises(DeliveryFailed, match="did not answer after it had the message") as caught:
        send(port)
    assert caught.value.uncertain


def test_a_server_that_is_away_is_certain_to_have_failed() -> None:
    with mail_server() as (_, port):
        pass
    with pytest.raises(DeliveryFailed, match="cannot be reached") as caught:
        send(port)
    assert not caught.value.uncertain


def test_tls_that_is_asked_for_is_not_given_up(server: tuple[Mailbox, int]) -> None:
    mailbox, port = server
    with pytest.raises(DeliveryFailed, match="offers no TLS"):
        send(port, query="from=tocsin@example.org&to=ann@example.org&tls=must")
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp:ann@example.org", "names no mail server"),
        ("smtp://mail.example.org", "says to nobody"),
        ("smtp://mail.example.org:99999/?to=ann@example.org", "port"),
        ("smtp://mail.example.org/?to=ann", "not an e-mail address"),
        ("smtp://mail.example.org/?to=ann@example.org&tls=maybe", "tls=maybe is none of"),
        ("smtp://mail.example.org/?to=ann@example.org%0d%0aRCPT", "not an e-mail address"),
    ],
)
def test_an_unusable_address_is_told_without_repeating_it(url: str, said: str) -> None:
    with pytest.raises(DeliveryFailed, match=said) as caught:
        read_url(url.replace("://", "://user:secret@"), "legal")
    assert "secret" not in caught.value.line()
    assert "target legal" in caught.value.line()


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.example.org/?to=a@example.org", 25, "try"),
        ("smtp://user:p%40ss@mail.example.org/?to=a@example.org", 587, "try"),
        ("smtps://mail.example.org/?to=a@example.org", 465, "wrap"),
        ("mailtos://user:p%40ss@mail.example.org/a@example.org", 465, "wrap"),
    ],
)
def test_ports_and_tls_follow_the_scheme(url: str, port: int, tls: str) -> None:
    server = read_url(url, "legal")
    assert (server.port, server.tls, server.recipients) == (port, tls, ("a@example.org",))
    assert server.password in ("", "p@ss")
    assert "p@ss" not in repr(server)
