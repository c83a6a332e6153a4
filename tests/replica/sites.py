"""Sites of ministries as invented pages: the frame that each of their pages has, lists in the forms that they publish, a small PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from tests.replica.faults import Reply

PDF = "application/pdf"


def framed(
    title: str,
    content: str,
    *,
    site: str,
    language: str = "en",
    charset: str = "utf-8",
    declared: bool = True,
) -> Reply:
    """A page of a site: menu, content, footer with the site's name."""
    meta = f'<meta charset="{charset}">' if declared else ""
    text = (
        f'<!DOCTYPE html><html lang="{language}"><head>{meta}<title>{escape(title)} | {escape(site)}</title></head><body>'
        f'<header><nav><a href="/">{escape(site)}</a></nav></header><main id="main"><h1>{escape(title)}</h1>{content}</main>'
        f"<footer><p>{escape(site)}</p></footer></body></html>"
    )
    kind = f"text/html; charset={charset}" if declared else "text/html"
    return Reply(body=text.encode("gb18030" if charset == "gb2312" else charset), media_type=kind)


def paragraphs(*words: str) -> str:
    """Running text."""
    return "".join(f"<p>{escape(one)}</p>" for one in words)


def links(items: Sequence[tuple[str, str, str]]) -> str:
    """A list of links: address, words, day."""
    rows = "".join(
        f'<li><a href="{escape(url)}">{escape(words)}</a><span>{day}</span></li>' for url, words, day in items
    )
    return f"<ul>{rows}</ul>"


def atom(title: str, entries: Sequence[tuple[str, str, str]]) -> Reply:
    """An Atom feed: address, words, day."""
    rows = "".join(
        f'<entry><title>{escape(words)}</title><link href="{escape(url)}"/><id>{escape(url)}</id><updated>{day}T09:00:00Z</updated></entry>'
        for url, words, day in entries
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title>{rows}</feed>'
    return Reply(body=body.encode(), media_type="application/atom+xml; charset=utf-8")


def rdf(title: str, items: Sequence[tuple[str, str, str]]) -> Reply:
    """An RSS 1.0 feed, as the system of public comments has it."""
    rows = "".join(
        f'<item rdf:about="{escape(url)}"><title>{escape(words)}</title><link>{escape(url)}</link><dc:date>{day}T00:00:00+09:00</dc:date></item>'
        for url, words, day in items
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{escape(title)}</title></channel>{rows}</rdf:RDF>"
    )
    return Reply(body=body.encode(), media_type="application/rdf+xml; charset=utf-8")


def rss(title: str, items: Sequence[tuple[str, str, str]]) -> Reply:
    """An RSS 2.0 feed: address, words, day as RFC 822 has it."""
    rows = "".join(
        f"<item><title>{escape(words)}</title><link>{escape(url)}</link><pubDate>{day}</pubDate></item>"
        for url, words, day in items
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{escape(title)}</title>{rows}</channel></rss>'
    return Reply(body=body.encode(), media_type="application/rss+xml; charset=utf-8")


def pdf(*lines: str) -> Reply:
    """A PDF of one page with these lines of Latin text."""
    drawn = "".join(f"1 0 0 1 72 {760 - 28 * number} Tm ({line}) Tj\n" for number, line in enumerate(lines))
    stream = f"BT /F1 11 Tf\n{drawn}ET".encode("latin-1")
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += (
        b"xref\n0 6\n0000000000 65535 f \n"
        + rows
        + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    )
    return Reply(body=body, media_type=PDF)


def under(base: str, pages: Mapping[str, Reply]) -> dict[str, Reply]:
    """Pages of one host, by their paths."""
    return {base + path: reply for path, reply in pages.items()}
