"""A digest on its way: owed once to each target of the list, by the outbox, which sends and repeats as it does with alerts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alerts.message import Payload
from archive import outbox
from archive.codec import dumps
from archive.identifiers import delivery_key
from archive.identifiers import digest as hash_of
from archive.records import Delivery
from archive.store import Archive
from tocsin.digest.formats import mail_html, mail_text
from tocsin.digest.kept import version_of
from tocsin.digest.known_alerts import DIGEST
from tocsin.digest.phrases import Phrases
from tocsin.digest.records import Digest
from tocsin.digest.templating import Manner

WATCH = "weekly digest"
"""What stands in the place of a watch in the deliveries of digests."""


def owe(archive: Archive, digest: Digest, manner: Manner, targets: Sequence[str], *, at: datetime) -> int:
    """Owe this version of a digest to each of the targets; answers to how many it was not owed yet. In the caller's transaction."""
    version = version_of(digest)
    moment = f"{DIGEST}{version}"
    payload = dumps(
        Payload(
            title=Phrases(say=manner.say).title(digest),
            body=mail_text(digest, manner),
            html=mail_html(digest, manner),
            link=manner.address,
            thread=hash_of("digest", digest.period.week),
            watches=(WATCH,),
            language=manner.say.language,
        )
    )
    with archive.transaction():
        return sum(
            outbox.enqueue(
                archive,
                Delivery(
                    key=delivery_key(moment, WATCH, target),
                    message_id=hash_of(moment),
                    transition_id=moment,
                    watch=WATCH,
                    target=target,
                    changes=(),
                    payload=payload,
                ),
                at,
                paced=True,
            )
            for target in dict.fromkeys(targets)
        )
