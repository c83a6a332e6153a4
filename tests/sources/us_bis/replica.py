"""The site of an invented bureau at the addresses of the real one."""

from datetime import date

from tests.normalize.pdf_fixtures import Text, pdf
from tests.replica.faults import Reply
from tests.replica.offices import BIS, MEDIA, Release, news, paper, site, table
from tests.replica.server import Replica

DAY = date(2031, 1, 20)
SETTINGS: dict[str, object] = {}
GUIDANCE = f"{BIS}/licensing/guidance-on-end-user-and-end-use-controls-and-us-person-controls"
QUESTIONS = f"{BIS}/learn-support/encryption-controls"

RELEASES = (
    Release(
        place=f"{BIS}/press-release/bureau-revises-its-policy-for-lantern-lenses",
        title="Bureau Revises Its License Review Policy for Lantern Lenses",
        day=date(2031, 1, 13),
        paragraphs=(
            "WASHINGTON — The Bureau today revised its license review policy for lenses of kind 3A990 that are shipped to Peru. "
            "Applications will be reviewed case by case if the lens has fewer than 12 facets.",
            "The rule will be printed in the Federal Register in the coming days and takes effect when it is filed.",
        ),
    ),
    Release(
        place=f"{BIS}/press-release/bureau-fines-a-maker-of-wicks",
        title="Bureau Fines a Maker of Wicks",
        day=date(2031, 1, 9),
        paragraphs=(
            "The Bureau imposed a penalty of 40,000 dollars on an invented maker of wicks for eleven shipments without a license. "
            "The shipments went to parties on the invented list between March 2028 and June 2029.",
            "The maker has agreed to train its staff once a year and to report on it.",
        ),
    ),
    Release(
        place=f"{MEDIA}/press-release/bureau-adds-four-lamp-dealers",
        title="Bureau Adds Four Lamp Dealers to Its List",
        day=date(2030, 12, 18),
        paragraphs=(
            "Four dealers of invented lamps were added to the list for diverting oil lamps to unknown end users. "
            "A license is required for all items subject to the invented rules when one of them is a party.",
            "The additions were filed for public inspection on the same day.",
        ),
    ),
)
OPINIONS = (
    Release(
        place=f"{MEDIA}/media/documents/opinion-on-lanterns.pdf",
        title="Whether a lantern without oil is a lamp under ECCN 3A990",
        day=date(2030, 9, 25),
    ),
    Release(
        place=f"{MEDIA}/advisory-opinions/wicks-in-transit",
        title="Wicks that pass through a third country",
        day=date(2030, 6, 9),
        paragraphs=(
            "You asked whether wicks of cotton that pass through a third country on their way to an invented buyer need a license for that country. "
            "They do not, as long as they stay under customs seal and nobody there may use them.",
        ),
    ),
    Release(
        place=f"{MEDIA}/advisory-opinions/deemed-lighting",
        title="Deemed lighting in laboratories abroad",
        day=date(2029, 5, 3),
        paragraphs=(
            "You asked whether showing a burning lamp to a visitor is a release of technology. Light by itself releases none; the drawing of the burner "
            "may do so if it names the pressure at which the oil is held, and then a license is needed as for the drawing itself.",
        ),
    ),
)


def opinion() -> Reply:
    """An advisory opinion as a PDF."""
    lines = (
        "Bureau of Invented Security",
        "A lantern without oil is not a lamp under ECCN 3A990. It becomes one",
        "when it is sold together with more than two litres of oil.",
    )
    page = [Text(72, 760 - 20 * number, words) for number, words in enumerate(lines)]
    return Reply(body=pdf(page), media_type="application/pdf")


def pages(releases: tuple[Release, ...] = RELEASES) -> dict[str, Reply]:
    """The site: host and path → page."""
    papers = [one for one in (*releases, *OPINIONS) if one.paragraphs]
    return {
        f"{BIS}/news-updates": news(releases),
        f"{MEDIA}/advisory-opinions": table(OPINIONS),
        OPINIONS[0].place: opinion(),
        GUIDANCE: site(
            "Guidance on end-use controls",
            "<h1>Guidance on end-use controls</h1><h2>Who is a person?</h2><p>Anybody who may hold a lantern is a person for the end-use controls "
            "of this invented guidance, wherever that person stands.</p><h2>What is an end use?</h2><p>Lighting is an end use; "
            "signalling is another one, and needs a license for each of the places that can be seen from it.</p>",
            host=BIS,
        ),
        QUESTIONS: site(
            "Encryption questions",
            "<h1>Encryption questions</h1><h2>Q1. Is a covered lantern encryption?</h2><p>No. A cover hides the light and not what the light says, "
            "so that no classification request is needed for encryption of that sort.</p><h2>Q2. Is Morse encryption?</h2><p>No. Anybody can look it up, "
            "and what anybody can look up is published within the meaning of the invented rules.</p>",
            host=BIS,
        ),
        **{one.place: paper(one) for one in papers},
    }


def server() -> Replica:
    """The site as it is at first."""
    return Replica(today=DAY, pages=pages())
