"""When a document counts as withdrawn: its publisher's lists no longer name it, and its address says in each of three crawls that it is not there.

Pages vanish and come back while sites are rebuilt (facts 4), hosts refuse for a while (facts 8.4): one crawl proves nothing, and an answer that
is a wall, a fault or a soft error never counts. The publisher's own answer (404 or 410) is kept as the capture that proves it.
"""

from __future__ import annotations

from archive.records import Capture
from crawlers.visit import Answer, Visit
from crawlers.walls import by_status

ASKED_BEFORE_GONE = 3


def says_gone(answer: Answer) -> bool:
    """Whether an answer says, in the way of the protocol, that there is no such page (any more)."""
    return (
        answer.status in (404, 410) and not answer.cut and by_status(answer, expected="").kind == "NotFound"
    )


def withdrawal(visit: Visit, source: str, document: str, answer: Answer) -> Capture:
    """The answer in the place of a document that was withdrawn."""
    said = f"its publisher no longer lists it, and its address answered {answer.status} in {ASKED_BEFORE_GONE} crawls"
    return answer.captured(
        source=source,
        document=document,
        as_of=visit.today,
        meta={"withdrawn": said},
    )
