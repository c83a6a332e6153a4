"""One stored analysis, many views: plain text, terminal, Markdown, HTML, JSON, Word."""

from diffing.render.ansi import ansi
from diffing.render.html import html, redline_html
from diffing.render.json import json
from diffing.render.markdown import markdown
from diffing.render.plain import legend, plain, redline_plain

__all__ = ["ansi", "html", "json", "legend", "markdown", "plain", "redline_html", "redline_plain"]
