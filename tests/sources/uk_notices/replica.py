"""An invented collection with one notice, and a second one a day later."""

import json
from datetime import date

from tests.replica.abroad import JSON, Abroad, Files

DAY, NEXT = date(2031, 4, 2), date(2031, 4, 3)
COLLECTION = "/government/collections/notices-to-borrowers"
NOTICE = "/government/publications/notice-to-borrowers-203101-sextants"
SECOND = "/government/publications/notice-to-borrowers-203102-buoys"
SETTINGS = {"pages": [COLLECTION], "searches": []}


def record(
    path: str, title: str, body: str, day: date, *, documents: tuple[str, ...] = (), links: int = 0
) -> bytes:
    """A record of the content API."""
    said = {
        "base_path": path,
        "document_type": "document_collection" if documents else "publication",
        "title": title,
        "description": f"About {title.lower()}.",
        "locale": "en",
        "public_updated_at": f"{day}T09:00:00+00:00",
        "updated_at": f"{day}T09:30:00Z",
        "withdrawn_notice": {},
        "details": {"body": f"<div class='govspeak'><p>{body}</p></div>"},
        "links": {
            "documents": [{"base_path": one, "title": one} for one in documents],
            "taxons": [{}] * links,
        },
    }
    return json.dumps(said).encode()


def server() -> Abroad:
    """The collection and what is in it."""
    first = record(
        NOTICE, "Notice 2031/01: sextants", "A licence is needed to lend a sextant to a school.", DAY
    )
    second = record(SECOND, "Notice 2031/02: buoys", "A licence is needed for buoys of more than 3 kg.", NEXT)
    files = {
        f"/api/content{COLLECTION}": {
            DAY: record(COLLECTION, "Notices to borrowers", "All notices.", DAY, documents=(NOTICE,)),
            NEXT: record(
                COLLECTION, "Notices to borrowers", "All notices.", NEXT, documents=(NOTICE, SECOND)
            ),
        },
        f"/api/content{NOTICE}": {DAY: first},
        f"/api/content{SECOND}": {NEXT: second},
    }
    return Abroad(today=DAY, service=Files(host="www.gov.uk", media_type=JSON, files=files))
