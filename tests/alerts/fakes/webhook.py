"""A receiver of our own webhook, which checks signature and schema as its documentation tells a receiver to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from tests.alerts.fakes.server import Reply, Request, Service, said

SECRET = "whsec_" + base64.b64encode(b"a secret of 24 bytes ...").decode()
SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "reference" / "webhook.schema.json").read_text(encoding="utf-8")
)


class Webhook(Service):
    """``ids`` are those of the messages; one that came before is answered and not kept again, but among ``repeats``."""

    def __init__(self, secret: str = SECRET) -> None:
        super().__init__()
        self.key = base64.b64decode(secret.removeprefix("whsec_"))
        self.ids: list[str] = []
        self.repeats: list[dict[str, object]] = []

    def judge(self, request: Request) -> Reply:
        told = request.headers["webhook-id"]
        signed = f"{told}.{request.headers['webhook-timestamp']}.".encode() + request.body
        expected = "v1," + base64.b64encode(hmac.new(self.key, signed, hashlib.sha256).digest()).decode()
        if not any(
            hmac.compare_digest(expected, one) for one in request.headers["webhook-signature"].split()
        ):
            return Reply(401, b"wrong signature")
        message = request.json
        if (
            not Draft202012Validator(SCHEMA, format_checker=FormatChecker()).is_valid(message)
            or message["id"] != told
        ):
            return Reply(422, b"not as the schema says")
        if told in self.ids:
            self.repeats.append(message)
            return Reply(204)
        self.ids.append(told)
        self.keep(message["title"], message)
        return Reply(204)

    def limited(self) -> Reply:
        return said(429, {"error": "too many"}, **{"Retry-After": "90"})
