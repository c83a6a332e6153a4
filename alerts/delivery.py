"""One message to one target. Console, file and webhook are our own, mail is the standard library's, all else is Apprise's last metre."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from alerts.console import append_records, write_console
from alerts.mail import SCHEMES, mail, mail_server, send_mail
from alerts.outgoing import Outgoing
from alerts.targets import CONSOLE, Target, alerts_file, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where deliveries start from: the folder of relative paths, the environment with the secrets, the stream of ``console:``."""

    folder: Path
    environment: Mapping[str, str] | None = None
    stream: TextIO | None = None

    def deliver(self, outgoing: Outgoing, target: Target) -> None:
        """Send it, once. Returns when the channel has taken it; raises ``DeliveryFailed``, ``uncertain`` where it may have."""
        path = alerts_file(target, self.folder)
        if path is not None:
            append_records(path, [_record(outgoing, target, *watch) for watch in outgoing.watches])
            return
        url = resolve(target, self.folder, self.environment)
        if url == CONSOLE:
            write_console(self.stream or sys.stdout, outgoing.title, outgoing.payload.body)
            return
        scheme = url.partition(":")[0].lower()
        # The two below are imported when something is sent: requests and Apprise's plugins are a third of the start of a program that
        # may send nothing.
        if scheme in SCHEMES:
            _by_mail(outgoing, url, target)
        elif scheme.startswith("webhook+"):
            from alerts.webhook import send_webhook

            send_webhook(outgoing, url, target, self.folder, self.environment)
        else:
            from alerts.by_apprise import send_by_apprise

            send_by_apprise(outgoing, url, target)


def _record(outgoing: Outgoing, target: Target, watch: str, changes: tuple[str, ...]) -> dict[str, object]:
    return {
        "message_id": outgoing.message_id,
        "watch": watch,
        "target": target.name,
        "changes": list(changes),
        "title": outgoing.title,
        "body": outgoing.payload.body,
        "sent_at": outgoing.sent_at.isoformat(),
    }


def _by_mail(outgoing: Outgoing, url: str, target: Target) -> None:
    server = mail_server(url, target.name)
    send_mail(
        mail(
            message_id=outgoing.message_id,
            thread=outgoing.payload.thread,
            title=outgoing.title,
            body=outgoing.payload.body,
            html=outgoing.payload.html,
            sent_at=outgoing.sent_at,
            server=server,
        ),
        server,
        target.name,
    )
