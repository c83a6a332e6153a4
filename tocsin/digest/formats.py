"""The formats of a digest, by name: what each file is called and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from alerts import message_html
from diffing.render.plain import redline_plain
from tocsin.digest.kept import version_of
from tocsin.digest.marks import html_redline, markdown, markdown_redline
from tocsin.digest.records import Digest
from tocsin.digest.templating import Manner, rendered


def html(digest: Digest, manner: Manner) -> str:
    """One complete page with its style sheet, for a browser and for print."""
    return rendered(digest, "digest.html.j2", manner, redline=html_redline)


def mail_html(digest: Digest, manner: Manner) -> str:
    """The HTML part of a mail: inline styles alone."""
    return rendered(
        digest, "mail.html.j2", manner, redline=lambda ops: message_html.redline(tuple(ops), manner.say)
    )


def mail_text(digest: Digest, manner: Manner) -> str:
    """The plain part of a mail, complete by itself."""
    return rendered(digest, "mail.txt.j2", manner, redline=redline_plain, escape=str)


def _html(digest: Digest, manner: Manner) -> bytes:
    return html(digest, manner).encode()


def _markdown(digest: Digest, manner: Manner) -> bytes:
    return rendered(digest, "digest.md.j2", manner, redline=markdown_redline, escape=markdown).encode()


def _pdf(digest: Digest, manner: Manner) -> bytes:
    from tocsin.digest.pdf import pdf

    return pdf(html(digest, manner), at=digest.period.known, identifier=version_of(digest))


def _docx(digest: Digest, manner: Manner) -> bytes:
    from tocsin.digest.docx import docx  # python-docx is a quarter of a second to import

    return docx(digest, manner)


def _mail_html(digest: Digest, manner: Manner) -> bytes:
    return mail_html(digest, manner).encode()


def _mail_text(digest: Digest, manner: Manner) -> bytes:
    return mail_text(digest, manner).encode()


FORMATS: Mapping[str, tuple[str, Callable[[Digest, Manner], bytes]]] = MappingProxyType(
    {
        "html": ("digest.html", _html),
        "md": ("digest.md", _markdown),
        "pdf": ("digest.pdf", _pdf),
        "docx": ("digest.docx", _docx),
        "mail.html": ("mail.html", _mail_html),
        "mail.txt": ("mail.txt", _mail_text),
    }
)
"""Name of the format → name of the file, and what makes it."""
