"""The sources of Japan, the European Union, Germany and the United Kingdom as one server: invented law in the official shapes, in dated editions."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from http.server import ThreadingHTTPServer
from typing import Protocol, Self
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from tests.replica.faults import Reply
from tests.replica.server import Replica, _Handler

EGOV, CELLAR = "laws.e-gov.go.jp", "publications.europa.eu"
XML, JSON = "application/xml; charset=utf-8", "application/json; charset=utf-8"


class Service(Protocol):
    """What answers for one host."""

    host: str

    def answer(
        self, path: str, values: Mapping[str, list[str]], wanted: Mapping[str, str], today: date, base: str
    ) -> Reply:
        """The true answer; ``wanted`` are the headers of the request, ``base`` is the address of the host here."""

    def truth(self, today: date) -> dict[str, bytes]:
        """What is published on a day: name → what counts as the text."""


class _Hearing(_Handler):
    replica: Abroad

    def do_GET(self) -> None:  # noqa: N802
        self.replica.wanted = {name.lower(): value for name, value in self.headers.items()}
        super().do_GET()


@dataclass
class Abroad(Replica):
    """A running server for one service."""

    service: Service = field(kw_only=True)
    wanted: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        handler = type("Bound", (_Hearing,), {"replica": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    @property
    def hosts(self) -> dict[str, str]:
        """The mapping that sends the crawlers here."""
        return {self.service.host: f"{self.base}/{self.service.host}"}

    def answer(self, host: str, path: str, query: str) -> Reply:
        """The true answer."""
        if host != self.service.host or path == "/robots.txt":
            return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")
        values = parse_qs(query, keep_blank_values=True)
        return self.service.answer(path, values, self.wanted, self.today, f"{self.base}/{host}")


@dataclass(kw_only=True)
class Files:
    """A host whose texts are replaced in place: path → day → body, None from the day on which there is none any more."""

    host: str
    media_type: str
    files: Mapping[str, Mapping[date, bytes | None]]

    def answer(
        self, path: str, values: Mapping[str, list[str]], wanted: Mapping[str, str], today: date, base: str
    ) -> Reply:
        """The newest body."""
        days = [day for day in self.files.get(path, {}) if day <= today]
        if not days:
            return _missing()
        body = self.files[path][max(days)]
        return (
            Reply(status=410, body=b"<html><h1>Gone</h1></html>")
            if body is None
            else _dated(body, self.media_type, max(days))
        )

    def truth(self, today: date) -> dict[str, bytes]:
        """The body at each path."""
        newest = {
            path: bodies[max(day for day in bodies if day <= today)]
            for path, bodies in self.files.items()
            if min(bodies) <= today
        }
        return {path: body for path, body in newest.items() if body is not None}


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A revision of the one law: shown from ``shown`` on, in force from ``force`` on, by the act with this number; ``updated`` when its data were
    last corrected, and then with this ``corrected`` text."""

    act: int
    shown: date
    force: date
    law: str
    updated: date | None = None
    corrected: str = ""


@dataclass(kw_only=True)
class Egov:
    """The law API of e-Gov over one law."""

    law_id: str
    law_num: str
    revisions: list[Revision]
    host: str = EGOV

    def name(self, revision: Revision) -> str:
        """Its id."""
        return f"{self.law_id}_{revision.force:%Y%m%d}_508CO{revision.act:010d}"

    def answer(
        self, path: str, values: Mapping[str, list[str]], wanted: Mapping[str, str], today: date, base: str
    ) -> Reply:
        """One request."""
        shown = sorted((one for one in self.revisions if one.shown <= today), key=lambda one: one.force)
        if path.startswith("/api/1/updatelawlists/"):
            return self._updates(path.rpartition("/")[2], shown)
        if path == f"/api/2/law_revisions/{self.law_id}" and shown:
            rows = [self._info(one, shown, today) for one in reversed(shown)]
            said = {"law_info": self._law(), "revisions": rows}
            return Reply(body=json.dumps(said, ensure_ascii=False).encode(), media_type=JSON)
        for one in shown:
            if path == f"/api/2/law_data/{self.name(one)}":
                text = one.corrected if one.updated and one.updated <= today else one.law
                info = "".join(
                    f"<{key}>{escape(str(value))}</{key}>"
                    for key, value in self._info(one, shown, today).items()
                )
                law = "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in self._law().items())
                body = f"<law_data_response><law_info>{law}</law_info><revision_info>{info}</revision_info><law_full_text>{text}</law_full_text></law_data_response>"
                return Reply(body=f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode(), media_type=XML)
        return Reply(status=404, body=b'{"code": "404001", "message": "not there"}', media_type=JSON)

    def truth(self, today: date) -> dict[str, bytes]:
        """The text of each revision that is shown; of two for one day only the last has a text of its own."""
        shown = sorted((one for one in self.revisions if one.shown <= today), key=lambda one: one.force)
        last = {one.force: one for one in shown}
        return {
            self.name(one): (one.corrected if one.updated and one.updated <= today else one.law).encode()
            for one in last.values()
        }

    def _law(self) -> dict[str, str]:
        return {"law_id": self.law_id, "law_num": self.law_num, "law_type": "CabinetOrder"}

    def _info(self, one: Revision, shown: list[Revision], today: date) -> dict[str, str]:
        standing = [each for each in shown if each.force <= today]
        status = "CurrentEnforced" if standing and one is standing[-1] else "PreviousEnforced"
        updated = one.updated if one.updated and one.updated <= today else one.shown
        return {
            "law_revision_id": self.name(one),
            "law_title": "見本管理令",
            "updated": f"{updated}T09:00:00+09:00",
            "amendment_promulgate_date": one.shown.isoformat(),
            "amendment_enforcement_date": one.force.isoformat(),
            "amendment_law_num": f"令和八年政令第{one.act}号",
            "repeal_status": "None",
            "current_revision_status": "UnEnforced" if one.force > today else status,
        }

    def _updates(self, day: str, shown: list[Revision]) -> Reply:
        rows = "".join(
            f"<LawNameListInfo><LawId>{self.law_id}</LawId><EnforcementDate>{one.force:%Y%m%d}</EnforcementDate></LawNameListInfo>"
            for one in shown
            if f"{one.shown:%Y%m%d}" == day
        )
        body = f"<DataRoot><Result><Code>{0 if rows else 1}</Code></Result><ApplData>{rows}</ApplData></DataRoot>"
        return Reply(body=body.encode(), media_type=XML)


def law(number: str, *articles: str) -> str:
    """A law with an article for each text, and the number of the law."""
    body = "".join(
        f'<Article Num="{n}"><ArticleTitle>第{"一二三四五六七八九"[n - 1]}条</ArticleTitle><Paragraph Num="1"><ParagraphNum/>'
        f'<ParagraphSentence><Sentence Num="1">{text}</Sentence></ParagraphSentence></Paragraph></Article>'
        for n, text in enumerate(articles, start=1)
    )
    return (
        f'<Law Era="Heisei" Year="30" Num="901" LawType="CabinetOrder" Lang="ja"><LawNum>{number}</LawNum><LawBody>'
        f"<LawTitle>見本管理令</LawTitle><MainProvision>{body}</MainProvision></LawBody></Law>"
    )


@dataclass(kw_only=True)
class Cellar:
    """Cellar: CELEX → day → the files of the act (one zip, one page, or several files of Formex); ``lists`` says whether the query is answered."""

    acts: dict[str, dict[date, tuple[bytes, ...]]]
    lists: bool = True
    host: str = CELLAR

    def truth(self, today: date) -> dict[str, bytes]:
        """The one file of each act that is there."""
        standing = {celex: [day for day in days if day <= today] for celex, days in self.acts.items()}
        return {celex: self.acts[celex][max(days)][0] for celex, days in standing.items() if days}

    def answer(
        self, path: str, values: Mapping[str, list[str]], wanted: Mapping[str, str], today: date, base: str
    ) -> Reply:
        """One request."""
        known = {
            celex: max(d for d in days if d <= today)
            for celex, days in self.acts.items()
            if min(days) <= today
        }
        if path == "/webapi/rdf/sparql" and self.lists:
            rows = [
                {"celex": {"value": celex}, "date": {"value": day.isoformat()}}
                for celex, day in known.items()
            ]
            said = {"head": {}, "results": {"bindings": rows}}
            return Reply(body=json.dumps(said).encode(), media_type="application/sparql-results+json")
        if path == "/webapi/notification/ingestion":
            items = "".join(
                f"<item><description>identifiers: celex:{celex}</description></item>" for celex in known
            )
            return Reply(
                body=f"<rss><channel>{items}</channel></rss>".encode(), media_type="application/rss+xml"
            )
        celex, _, place = path.removeprefix("/resource/celex/").removeprefix("/item/").partition("/")
        if celex not in known:
            return _missing()
        files = self.acts[celex][known[celex]]
        kind = _kind(files)
        if place:
            return _dated(files[int(place.rpartition("_")[2]) - 1], kind.partition(";")[0], known[celex])
        if wanted.get("accept-language") != "eng":
            return Reply(status=400, body=b"<p>Invalid Accept-Language</p>")
        if wanted.get("accept") != kind:
            return _missing()
        if len(files) == 1:
            return Reply(status=303, headers={"Location": f"{base}/item/{celex}/DOC_1"})
        links = "".join(
            f'<li><a href="{base}/item/{celex}/DOC_{n}">x</a></li>' for n in range(1, len(files) + 1)
        )
        return Reply(status=300, body=f"<html><body><ul>{links}</ul></body></html>".encode())


def _kind(files: tuple[bytes, ...]) -> str:
    if files[0].startswith(b"PK"):
        return "application/zip;mtype=fmx4"
    return "application/xhtml+xml" if b"<html" in files[0][:300] else "application/xml;type=fmx4"


def _dated(body: bytes, media_type: str, day: date) -> Reply:
    modified = format_datetime(datetime.combine(day, time(9), UTC), usegmt=True)
    return Reply(body=body, media_type=media_type, headers={"Last-Modified": modified})


def _missing() -> Reply:
    return Reply(status=404, body=b"<html><h1>Not Found</h1></html>")
