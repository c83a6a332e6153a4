"""A certificate for people, as text and as a page that prints."""

from __future__ import annotations

import html
from collections.abc import Iterator

from tocsin.certificate.records import DATED, IN_PART, MISSING, NONE, STANDING, WHOLE, Certificate

Line = tuple[str, str]
_COUNTERS = {
    DATED: "tells what was published on each day",
    STANDING: "tells only how the list stands when it is asked",
    NONE: "there is none",
}


def sentence(one: Certificate) -> str:
    """The finding in one sentence. That nothing was missed is said only where nothing at all is left open."""
    span = f"from {one.first} to {one.last}"
    what = " and ".join(one.what) or "documents"
    if one.verdict == WHOLE and one.counter == DATED:
        return f"Nothing was missed {span}: of {one.published:,} {what} that the publisher's counter gives, {one.held:,} are held."
    if one.verdict == WHOLE:
        return f"Nothing was missed {span} of what stood on the list when its counter was read, on each of these days."
    if one.verdict == MISSING:
        open_too = " Of some of these days nothing can be said." if one.unsaid else ""
        return f"Missed {span}: {len(one.missed):,} of {one.published:,} {what}, named below.{open_too}"
    if one.verdict == IN_PART:
        return f"No missing document is known {span}, but it cannot be said of all of these days: {len(one.unsaid):,} spans of them are named below."
    return f"It cannot be said whether anything was missed {span}."


def lines(one: Certificate) -> Iterator[Line]:
    """What it says, as labels and texts; a label of "" goes on with the one before."""
    yield "Source", f"{one.source}, {one.title}"
    yield "Days", f"{one.first} to {one.last}, by the dates of the publisher"
    yield (
        "Watched",
        "; ".join(f"{name} = {value}" for name, value in one.watched) or "as the source's card selects",
    )
    yield "Finding", sentence(one)
    read = (
        f", read at {one.read_at:%Y-%m-%d %H:%M} UTC" if one.read_at else ", not read" * (one.counter != NONE)
    )
    yield "Counter", f"{_COUNTERS[one.counter]}{read}"
    if one.counter != NONE:
        yield "Published", f"{one.published:,}; held {one.held:,}"
    for gap in one.missed:
        waits = " (fetched, and waits for a person: 'tocsin captures list')" if gap.waits else ""
        yield "Missed", f"{gap.day}  {gap.name}{waits}"
    for span in one.unsaid:
        days = str(span.first) if span.first == span.last else f"{span.first} to {span.last}"
        yield "Cannot be said", f"{days}: {span.why}"
    yield "Observed", one.observed.line().removeprefix("no counter exists, so: ")
    for gone in one.unobserved:
        until = f"{gone.until:%Y-%m-%d %H:%M}" if gone.until else "now"
        yield (
            "Not observed",
            f"{gone.since:%Y-%m-%d %H:%M} to {until}: {gone.failures:,} runs did not get through",
        )
    if one.beyond:
        yield "Not observed at all", one.beyond
    yield "Counter read by", f"{len(one.reads):,} runs of these days"
    for read_once in one.reads:
        if read_once.held != read_once.published:
            yield (
                "Differed then",
                f"{read_once.at:%Y-%m-%d %H:%M}: {read_once.held:,} of {read_once.published:,} held",
            )
    yield "Captured", f"{len(one.taken):,} documents of these days"
    for taken in one.taken:
        state = "" if taken.state == "published" else f", {taken.state}"
        yield (
            "",
            f"{taken.day}  {taken.document}, fetched {taken.fetched_at:%Y-%m-%d %H:%M}, SHA-256 {taken.sha256}{state}",
        )
    yield "Read by", ", ".join(one.recipes) or "no recipe: nothing of these days was read"
    yield "Made by", one.program
    yield "Head of the chain", f"{one.head[1]} (link {one.head[0]:,})"


def as_text(one: Certificate) -> str:
    """The certificate as plain text."""
    return "\n".join(f"{label + ':' if label else '':<21}{said}" for label, said in lines(one)) + "\n"


def as_page(one: Certificate) -> str:
    """The certificate as HTML, without a script and without anything from elsewhere: print it, or keep it."""
    rows = "\n".join(
        f"<dt>{html.escape(label)}</dt><dd>{html.escape(said)}</dd>" for label, said in lines(one)
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Certificate: {html.escape(one.source)}, {one.first} to {one.last}</title>"
        "<style>body{font:1rem/1.5 serif;max-width:55rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:11rem 1fr}"
        "dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}</style></head><body>"
        f"<h1>Certificate</h1>\n<dl>\n{rows}\n</dl></body></html>\n"
    )
