"""Mail by the standard library: HTML with a plain part of our own, a stable Message-ID, a thread for each work.

The address of a mail target is ``smtp://user:password@host:port/?from=ADDRESS&to=ADDRESS,ADDRESS``. ``smtp`` and ``mailto`` begin in the
clear and go over to TLS when the server offers it (``tls=must`` refuses without, ``tls=never`` does not try); ``smtps`` and ``mailtos`` are TLS
from the start. A password is never sent in the clear, but to a server on this machine.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from archive.errors import DeliveryFailed

SCHEMES = ("smtp", "smtps", "mailto", "mailtos")
TIMEOUT = 30.0
_HERE = ("127.0.0.1", "::1", "localhost")
# 7bit makes the library encode what is not ASCII, so that no server needs 8BITMIME; 78 folds as RFC 5322 asks.
_POLICY = policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail target, read from its URL."""

    host: str
    port: int
    sender: str
    recipients: tuple[str, ...]
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str, target: str) -> MailServer:
    """What a mail URL says. Raises ``DeliveryFailed`` that names the target and never the URL."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if not parts.hostname:
        raise _unusable(target, "its address names no mail server")
    secure = parts.scheme in ("smtps", "mailtos")
    tls = query.get("tls", ["wrap" if secure else "try"])[-1]
    if tls not in ("wrap", "must", "try", "never"):
        raise _unusable(target, f"tls={tls} is none of wrap, must, try, never")
    try:
        port = parts.port or (465 if tls == "wrap" else 587 if parts.password else 25)
    except ValueError:
        raise _unusable(target, "the port of its address is not a number up to 65535") from None
    user = unquote(parts.username or "")
    sender = query.get("from", [user if "@" in user else f"{user or 'tocsin'}@{parts.hostname}"])[-1].strip()
    said = [*query.get("to", []), *(unquote(part) for part in parts.path.split("/") if "@" in unquote(part))]
    recipients = tuple(dict.fromkeys(one.strip() for text in said for one in text.split(",") if one.strip()))
    if not recipients:
        raise _unusable(target, "its address says to nobody (to=)")
    for address in (sender, *recipients):
        _check_address(address, target)
    return MailServer(
        host=parts.hostname,
        port=port,
        sender=sender,
        recipients=recipients,
        tls=tls,
        user=user,
        password=unquote(parts.password or ""),
    )


def mail(
    *, message_id: str, thread: str, title: str, body: str, html: str, sent_at: datetime, server: MailServer
) -> EmailMessage:
    """The mail. The same ``message_id`` gives the same Message-ID, so that a repeat is seen to be one; ``thread`` ties together
    the messages on one work. Titles come from documents: no control mark reaches a header."""
    domain = server.sender.rpartition("@")[2]
    mail = EmailMessage(policy=_POLICY)
    mail["Message-ID"] = f"<{message_id}@{domain}>"
    mail["Date"] = format_datetime(sent_at)
    mail["From"] = Address("tocsin", addr_spec=server.sender)
    mail["To"] = tuple(Address(addr_spec=one) for one in server.recipients)
    _set_subject(mail, title)
    mail["In-Reply-To"] = mail["References"] = f"<thread-{thread}@{domain}>"
    mail["List-Id"] = f"tocsin alerts <alerts.tocsin.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(body)
    mail.add_alternative(html, subtype="html")
    return mail


def _set_subject(mail: EmailMessage, title: str) -> None:
    subject = " ".join("".join(mark if mark.isprintable() else " " for mark in title).split())
    if subject.isascii():
        mail["Subject"] = subject
    else:
        # The folding of Python 3.11 drops the blank between two encoded words of a long header (gh-92081); Header keeps it.
        mail.set_raw("Subject", Header(subject, "utf-8", maxlinelen=75, header_name="Subject").encode())


def send_mail(message: EmailMessage, server: MailServer, target: str) -> None:
    """Hand the mail to the server in one conversation. Raises ``DeliveryFailed``, ``uncertain`` where the server had the text and
    did not answer, or took it for some recipients and refused others."""
    data = message.as_bytes()
    uncertain = False
    try:
        with _connected(server, target) as smtp:
            _expect(smtp.mail(server.sender), (250,), "the sender")
            answers = [(one, smtp.rcpt(one)) for one in server.recipients]
            refused = [(one, answer) for one, answer in answers if answer[0] not in (250, 251)]
            if len(refused) == len(answers):
                _expect(refused[0][1], (), "every recipient")
            uncertain = True
            code, answer = smtp.data(data)
            uncertain = False
            _expect((code, answer), (250,), "the message")
            if refused:
                names = ", ".join(one for one, _ in refused)
                raise DeliveryFailed(
                    f"the mail server took it, but refused {names} ({_said(refused[0][1])})",
                    thing=f"target {target}",
                    uncertain=True,
                    mend="Mend the to= of this target",
                )
    except smtplib.SMTPResponseException as error:
        raise DeliveryFailed(
            f"the mail server refused ({error.smtp_code} {_printable(error.smtp_error)})",
            thing=f"target {target}",
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        what = "did not answer after it had the message" if uncertain else "cannot be reached"
        raise DeliveryFailed(
            f"the mail server {what} ({type(error).__name__})", thing=f"target {target}", uncertain=uncertain
        ) from None


@contextmanager
def _connected(server: MailServer, target: str) -> Iterator[smtplib.SMTP]:
    smtp = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=ssl.create_default_context())
        if server.tls == "wrap"
        else smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    )
    try:
        smtp.ehlo_or_helo_if_needed()
        secure = server.tls == "wrap"
        if server.tls in ("must", "try") and smtp.has_extn("starttls"):
            _expect(smtp.starttls(context=ssl.create_default_context()), (220,), "TLS")
            smtp.ehlo()
            secure = True
        if server.tls == "must" and not secure:
            raise _unusable(target, "the mail server offers no TLS, and tls=must asks for it")
        if server.password:
            if not secure and server.host not in _HERE:
                raise _unusable(
                    target, "the mail server offers no TLS, and a password is not sent in the clear"
                )
            smtp.login(server.user, server.password)
        yield smtp
    finally:
        _leave(smtp)


def _leave(smtp: smtplib.SMTP) -> None:
    """Say goodbye; what comes of that changes nothing of what the server answered before."""
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        smtp.close()


def _expect(answer: tuple[int, bytes], codes: tuple[int, ...], what: str) -> None:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(answer[0], f"{what}: {_printable(answer[1])}")


def _said(answer: tuple[int, bytes]) -> str:
    return f"{answer[0]} {_printable(answer[1])}"


def _printable(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())[:200]


def _check_address(address: str, target: str) -> None:
    try:
        parsed = Address(addr_spec=address)
    except (ValueError, IndexError):
        parsed = None
    if parsed is None or not parsed.domain or not address.isascii() or not address.isprintable():
        raise _unusable(target, "one of its addresses is not an e-mail address in ASCII")


def _unusable(target: str, reason: str) -> DeliveryFailed:
    return DeliveryFailed(
        reason,
        thing=f"target {target}",
        mend="Write it like smtp://user:password@mail.example.org:587/?from=tocsin@example.org&to=legal@example.org",
    )
