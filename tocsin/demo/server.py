"""A server on loopback that answers like the eCFR API for one small part, of which it knows two dated editions.

It has no faults and no manners of its own: the crawler that visits it is the one that visits the official source. The day can be moved,
as ``OfficialStandIn.today``, so that the second edition appears.
"""

from __future__ import annotations

import json
import re
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

TITLE, PART, HOST = "15", "799", "www.ecfr.gov"
_UNIT = re.compile(
    r'<DIV(?P<level>[89]) N="(?P<n>[^"]+)".*?<HEAD>(?P<head>.*?)\s*</HEAD>.*?</DIV(?P=level)>', re.DOTALL
)


def editions() -> dict[date, bytes]:
    """The editions of the demonstration part by date, oldest first."""
    folder = files("tocsin.demo").joinpath("editions")
    found = {
        date.fromisoformat(entry.name.removesuffix(".xml")): entry.read_bytes() for entry in folder.iterdir()
    }
    return dict(sorted(found.items()))


class OfficialStandIn:
    """The server as a context: ``with OfficialStandIn(today) as server: server.base``."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._editions = editions()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.base = f"http://127.0.0.1:{self._server.server_port}/{HOST}"

    def __enter__(self) -> OfficialStandIn:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, query: dict[str, str]) -> tuple[str, bytes] | None:
        """The media type and body for a path below the host, None for what is not there."""
        known = [day for day in self._editions if day <= self.today]
        if path == "/api/versioner/v1/titles.json":
            return _json({"titles": [self._title(known[-1])], "meta": {"date": str(self.today)}})
        if path == f"/api/versioner/v1/versions/title-{TITLE}.json":
            return _json(self._versions(known, query))
        if found := re.fullmatch(
            rf"/api/versioner/v1/(structure|full)/([\d-]+)/title-{TITLE}\.(?:json|xml)", path
        ):
            editions_then = [day for day in known if day <= date.fromisoformat(found[2])]
            if not editions_then or query.get("part", PART) != PART:
                return None
            body = self._editions[editions_then[-1]]
            return (
                ("application/xml", body)
                if found[1] == "full"
                else _json(_structure(body, editions_then[-1]))
            )
        return None

    def _title(self, newest: date) -> dict[str, Any]:
        return {
            "number": int(TITLE),
            "name": "Commerce and Foreign Trade",
            "latest_amended_on": str(newest),
            "latest_issue_date": str(newest),
            "up_to_date_as_of": str(self.today),
            "reserved": False,
        }

    def _versions(self, known: list[date], query: dict[str, str]) -> dict[str, Any]:
        since = date.fromisoformat(query.get("issue_date[gte]", "2017-01-01"))
        records: list[dict[str, Any]] = []
        seen: dict[str, str] = {}
        for day in known:
            for name, unit in _units(self._editions[day]).items():
                if seen.get(name) != unit[0] and day >= since:
                    records.append(_record(day, name, unit[1], unit[2]))
                seen[name] = unit[0]
        return {
            "content_versions": records,
            "meta": {"title": TITLE, "result_count": len(records), "latest_issue_date": str(known[-1])},
        }


def _units(body: bytes) -> dict[str, tuple[str, str, str]]:
    text = body.decode()
    return {
        found["n"]: (found[0], found["head"], "section" if found["level"] == "8" else "appendix")
        for found in _UNIT.finditer(text)
    }


def _record(day: date, name: str, head: str, kind: str) -> dict[str, Any]:
    return {
        "date": str(day),
        "amendment_date": str(day),
        "issue_date": str(day),
        "identifier": name,
        "name": head,
        "part": PART,
        "subpart": None,
        "title": TITLE,
        "type": kind,
        "substantive": True,
        "removed": False,
    }


def _structure(body: bytes, day: date) -> dict[str, Any]:
    children = [
        {
            "identifier": name,
            "label": head,
            "reserved": False,
            "type": kind,
            "size": len(source.encode()),
            "received_on": f"{day}T00:00:00-0500",
        }
        for name, (source, head, kind) in _units(body).items()
    ]
    part = {
        "identifier": PART,
        "label": f"Part {PART}",
        "reserved": False,
        "type": "part",
        "children": children,
    }
    return {
        "identifier": TITLE,
        "label": f"Title {TITLE}",
        "reserved": False,
        "type": "title",
        "children": [part],
    }


def _json(value: object) -> tuple[str, bytes]:
    return "application/json; charset=utf-8", json.dumps(value).encode()


def _handler(stand_in: OfficialStandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            found = stand_in.answer(url.path.removeprefix(f"/{HOST}"), query)
            media_type, body = found or ("application/json", b'{"error":"No matching content found."}')
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silence: what the demonstration shows is tocsin's own output."""

    return Handler
