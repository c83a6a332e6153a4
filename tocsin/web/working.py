"""The addresses of the pages on which people work: digests, reviews, acknowledging, muting, watches; and of what their forms do."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from tocsin.review.roles import ACKNOWLEDGE, ASSIGN, COMMENT, DECIDE, MUTE, SIGN, WATCH
from tocsin.web import acknowledging, deciding, digests, editing
from tocsin.web.forms import form
from tocsin.web.site import route

_WEEK = r"(?P<week>\d{4}-W\d\d)"


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Pages, then deeds."""
    return [
        route("/digests", digests.listed),
        (digests.FILES, digests.download),
        route(rf"/digest/{_WEEK}", digests.one),
        route(rf"/digest/{_WEEK}/decide", deciding.of_week),
        route("/change/(?P<id>[0-9a-f]+)/review", deciding.of_change),
        route("/alert/(?P<id>[^/]+?)/ack", acknowledging.page),
        route("/alerts/mutes", acknowledging.muting),
        route("/watches/new", editing.page),
        route("/watch/(?P<name>[^/]+?)/edit", editing.page),
        form("/do/decide", DECIDE, deciding.decide),
        form("/do/comment", COMMENT, deciding.comment),
        form("/do/assign", ASSIGN, deciding.assign),
        form("/do/draft", ASSIGN, deciding.draft_built, before=deciding.build_draft),
        form("/do/sign", SIGN, deciding.sign_version),
        form("/do/acknowledge", ACKNOWLEDGE, acknowledging.acknowledge),
        form("/do/mute", MUTE, acknowledging.mute_it),
        form("/do/unmute", MUTE, acknowledging.unmute),
        form("/do/watch", WATCH, editing.edit),
    ]
