"""An invented ordinance in the publisher's package."""

import io
import zipfile
from datetime import date

from tests.normalize.test_germany import SECTION, law, norm
from tests.replica.abroad import Abroad, Files

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)
SETTINGS = {"laws": ["mustv"]}


def package(text: str, built: date, *, packed: int = 2020) -> bytes:
    """The zip of a day; ``packed`` is the year that its file is stamped with."""
    body = law(SECTION, norm("§ 10", "Menge", f"<P>{text}</P>")).replace(
        b"<dokumente>", f'<dokumente builddate="{built:%Y%m%d}213000">'.encode()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("BJNR000000020.xml", (packed, 1, 1, 0, 0, 0)), body)
    return out.getvalue()


def server() -> Abroad:
    """Two editions a week apart."""
    files = {DAY: package("Höchstens 10 kg.", DAY), NEXT: package("Höchstens 5 kg.", NEXT)}
    return Abroad(
        today=DAY,
        service=Files(
            host="www.gesetze-im-internet.de", media_type="application/zip", files={"/mustv/xml.zip": files}
        ),
    )
