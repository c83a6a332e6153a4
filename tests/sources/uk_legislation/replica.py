"""An invented order, revised once."""

from datetime import date

from tests.normalize.test_uk_legislation import ORDER
from tests.replica.abroad import XML, Abroad, Files

DAY, NEXT = date(2031, 4, 2), date(2031, 5, 6)
SETTINGS = {"texts": ["uksi/2031/77"]}
FIRST = (ORDER % "").replace("<Legislation ", '<Legislation NumberOfProvisions="2" ', 1)
SECOND = (
    FIRST.replace("the codes", "all codes")
    .replace("means a float", "means a moored float")
    .replace("<dct:valid>2031-04-01", "<dct:valid>2031-05-05")
)


def server() -> Abroad:
    """The order, and as it is after it was amended."""
    files = {"/uksi/2031/77/data.xml": {DAY: FIRST.encode(), NEXT: SECOND.encode()}}
    return Abroad(today=DAY, service=Files(host="www.legislation.gov.uk", media_type=XML, files=files))
