"""A digest as a Word document with real tracked changes: ``w:ins`` and ``w:del`` by author *tocsin*, dated by the edition that brought them.

Counsel accepts or rejects them one by one. The same digest gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from tocsin.digest.docx_sheet import Sheet
from tocsin.digest.kept import version_of
from tocsin.digest.phrases import Phrases
from tocsin.digest.records import Digest, Item, Step
from tocsin.digest.templating import Manner, undecided
from tocsin.digest.wording import WORDS

_FIRST_PAGE = 12


def docx(digest: Digest, manner: Manner) -> bytes:
    """The .docx."""
    paper = _Paper(digest, manner)
    paper.write()
    return paper.sheet.packed()


class _Paper:
    """The document as it grows, part after part."""

    def __init__(self, digest: Digest, manner: Manner) -> None:
        self._digest = digest
        self._say = manner.say
        self._tell = Phrases(say=manner.say)
        self._address = manner.address
        self.sheet = Sheet(self._tell.title(digest), digest.period.known, manner.say.language)

    def write(self) -> None:
        """All parts, in the order of the other formats."""
        self._first_page()
        self._substantive()
        self._late()
        self._coverage()
        self._calendar()
        self._rest()

    def _first_page(self) -> None:
        digest, tell = self._digest, self._tell
        self.sheet.heading(tell.title(digest), 0)
        self.sheet.line(f"{tell.period(digest)} {self._word('clock')}")
        self._heading("in_short", 1)
        self.sheet.table([], tell.summary(digest), (3, 1))
        self._heading("undecided_title", 2)
        open_items = undecided(digest)
        if not digest.substantive:
            self.sheet.line(self._word("nothing"))
        elif not open_items:
            self.sheet.line(self._word("all_decided"))
        else:
            self.sheet.notice(tell.undecided(len(open_items)))
            for item in open_items[:_FIRST_PAGE]:
                self.sheet.point(f"{item.citation}: {tell.named(item)}")
            if len(open_items) > _FIRST_PAGE:
                self.sheet.point(tell.more(len(open_items) - _FIRST_PAGE))

    def _substantive(self) -> None:
        self._heading("substantive", 1, new_page=True)
        self.sheet.line(self._word("tracked_legend" if self._digest.jurisdictions else "nothing"))
        for jurisdiction in self._digest.jurisdictions:
            self.sheet.heading(self._word("jurisdiction", code=jurisdiction.code), 2)
            for act in jurisdiction.acts:
                self.sheet.line(act.title or self._word("no_act"), style="Subtitle")
                if act.stages:
                    stages = " → ".join(
                        f"{self._say(one.stage)} {self._say.day(one.at.date())}" for one in act.stages
                    )
                    self.sheet.quiet(f"{self._word('stages')}: {stages}")
                for step in act.steps:
                    self._step(step)

    def _late(self) -> None:
        self._heading("late", 1)
        for step in self._digest.late:
            self._step(step)
        if not self._digest.late:
            self.sheet.line(self._word("no_late"))

    def _step(self, step: Step) -> None:
        self.sheet.heading(f"{step.source_title}: {step.citation}", 3)
        if step.title and step.title != step.citation:
            self.sheet.line(step.title)
        late = f" · {self._tell.late(step)}" if step.late else ""
        self.sheet.quiet(self._tell.dates(step) + late)
        for line in self._tell.facts(step):
            self.sheet.point(line)
        for item in step.items:
            self._item(item, datetime.combine(step.after, time(), UTC), step.language)

    def _item(self, item: Item, at: datetime, language: str) -> None:
        tell, change = self._tell, item.change
        self.sheet.heading(item.citation, 4)
        if item.under:
            self.sheet.quiet(" › ".join(item.under))
        self.sheet.line(f"{tell.happened(item)} ({tell.weighed(item)})")
        if change.ops or change.text_after:
            self.sheet.tracked(change.ops or (("=", change.text_after),), at, language)
        if item.cut:
            self.sheet.quiet(tell.cut(item))
        for line in (
            *(tell.limit(limit) for limit in change.limits),
            *(tell.applies(one) for one in change.applicability),
        ):
            self.sheet.point(line)
        if change.carried:
            self.sheet.quiet(tell.went_along(item))
        if item.touches:
            self.sheet.quiet(f"{self._word('touches')}: {', '.join(item.touches)}")
        self.sheet.quiet(f"{self._word('decision')}: {tell.decision(item.review)}")
        if self._address:
            self.sheet.quiet(f"{self._address}/change/{item.id}")

    def _coverage(self) -> None:
        tell, digest = self._tell, self._digest
        self._heading("coverage", 1)
        if not digest.coverage:
            self.sheet.line(self._word("no_sources"))
            return
        names = (
            "source",
            "runs_complete",
            "requests_refused",
            "captures_published",
            "counter",
            "last_success",
            "silence",
        )
        self.sheet.table(
            [self._word(name) for name in names],
            [
                (
                    one.title,
                    tell.runs(one),
                    tell.requests(one),
                    tell.captures(one),
                    tell.counter(one),
                    tell.last_success(one),
                    tell.silence(one),
                )
                for one in digest.coverage
            ],
            (5, 4, 4, 5, 5, 5, 6),
        )
        self._heading("trouble", 2)
        troubled = [one for one in digest.coverage if one.failures or one.incidents]
        for one in troubled:
            self.sheet.heading(one.title, 3)
            if one.failures:
                self.sheet.point(tell.failures(one))
            for incident in one.incidents:
                self.sheet.point(tell.incident(incident))
        if not troubled:
            self.sheet.line(self._word("no_trouble"))

    def _calendar(self) -> None:
        digest, tell = self._digest, self._tell
        self.sheet.heading(tell.calendar(digest), 1)
        if not digest.calendar:
            self.sheet.line(self._word("no_dates"))
            return
        self.sheet.table(
            [self._word(name) for name in ("day", "what", "where")],
            [
                (
                    self._say.day(one.day),
                    tell.due(one),
                    f"{one.citation}\n“{one.words}”" if one.words else one.citation,
                )
                for one in digest.calendar
            ],
            (3, 5, 9),
        )

    def _rest(self) -> None:
        digest, tell = self._digest, self._tell
        self._heading("alerts", 1)
        self.sheet.line(tell.alerts(digest))
        for incident in digest.alerts.incidents:
            self.sheet.point(tell.incident(incident))
        self._list("awaited", map(tell.awaited, digest.alerts.awaited))
        self._list("not_sent", map(tell.unsent, digest.alerts.unsent))
        self._heading("decisions_taken", 1)
        self._points(
            (f"{one.citation or one.change}: {tell.decision(one)}" for one in digest.reviews.taken),
            "no_decisions",
        )
        self._heading("decisions_open", 2)
        self._points(
            (f"{one.citation or one.change}: {tell.decision(one)}" for one in digest.reviews.open),
            "nothing_open",
        )
        self._heading("lesser", 1)
        if digest.lesser:
            rows = [
                (
                    f"{self._say.number(one.count)} {self._say(one.materiality)}",
                    one.citation + (f"\n{self._all(one.transition)}" if self._address else ""),
                    tell.edition(one),
                    tell.reasons(one),
                )
                for one in digest.lesser
            ]
            self.sheet.table(
                [self._word(name) for name in ("count", "where", "edition", "rules")], rows, (3, 6, 3, 6)
            )
        else:
            self.sheet.line(self._word("no_lesser"))
        self._list(
            "history",
            (f"{one.citation}, {tell.edition(one)}: {tell.history(one)}" for one in digest.history),
        )
        self.sheet.line(self._word("legal"))
        self.sheet.quiet(self._word("version", version=version_of(digest)))

    def _list(self, name: str, lines: Iterable[str]) -> None:
        found = list(lines)
        if found:
            self._heading(name, 2)
            for line in found:
                self.sheet.point(line)

    def _points(self, lines: Iterable[str], otherwise: str) -> None:
        found = list(lines)
        for line in found:
            self.sheet.point(line)
        if not found:
            self.sheet.line(self._word(otherwise))

    def _heading(self, name: str, level: int, *, new_page: bool = False) -> None:
        self.sheet.heading(self._word(name), level, new_page=new_page)

    def _word(self, name: str, **values: object) -> str:
        words = WORDS[name]
        assert isinstance(words, str)
        return self._say(words, **values)

    def _all(self, transition: str) -> str:
        return f"{self._address}/changes?transition={transition}&all=1"
