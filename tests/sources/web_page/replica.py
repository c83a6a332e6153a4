"""Two invented pages of an invented agency."""

from datetime import date

from tests.replica.faults import Reply
from tests.replica.server import Replica

DAY = date(2026, 3, 3)
GUIDANCE = "agency.example.gov/guidance/licences"
NEWS = "news.example.gov/notice?id=7"
SETTINGS = {
    "pages": [
        {"url": f"https://{GUIDANCE}", "landmark": "Guidance on invented licences", "selector": "main"},
        {"url": "https://news.example.gov/notice", "landmark": "Bureau of Invented Security"},
    ]
}


def page(heading: str, *paragraphs: str) -> Reply:
    """A page with the frame that such sites have."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    text = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{heading} | Agency</title></head><body>'
        f'<nav><a href="/">Home</a></nav><main><h1>{heading}</h1>{words}</main><footer>Invented Agency</footer></body></html>'
    )
    return Reply(body=text.encode())


def server() -> Replica:
    """Both pages as they are at first."""
    return Replica(
        today=DAY,
        pages={
            GUIDANCE: page(
                "Guidance on invented licences",
                "A licence for a part of kind 1001 is asked for by form 12.",
                "The answer comes within 30 days.",
            ),
            "news.example.gov/notice": page(
                "Notice",
                "The Bureau of Invented Security meets in Lima on 5 March 2026 to talk of its lists.",
            ),
        },
    )
