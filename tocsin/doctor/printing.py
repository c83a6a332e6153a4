"""What prints the digest: the library that sets the PDF, and fonts that have the signs of every language we print in."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from tocsin.doctor.finding import Found, Patient, failure, ok, warning

CJK = ("ja", "zh-cn", "zh-tw")
_MEND = "Install them: apt-get install fonts-noto-cjk (Debian, Ubuntu), dnf install google-noto-sans-cjk-fonts (Fedora)"


def pdf(_patient: Patient, load: Callable[[], object] | None = None) -> Found:
    """Whether a PDF can be set here."""
    try:
        (load or _load)()
    except (OSError, ImportError) as error:
        return warning(
            f"no digest can be printed as PDF ({str(error).splitlines()[0]})",
            "Install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        )
    return ok("Pango is there")


def fonts(patient: Patient, families: Callable[[str], str] | None = None) -> Found:
    """Whether a font has Japanese and Chinese signs: without one a PDF shows boxes in the place of the law."""
    try:
        without = [language for language in CJK if not (families or _families)(language).strip()]
    except OSError:
        return warning(
            "fontconfig is not installed, so that nobody can tell which fonts there are",
            f"apt-get install fontconfig. {_MEND}",
        )
    if not without:
        return ok("fonts for Japanese and Chinese")
    spoken = {person.language for person in patient.config.people.values()} | {patient.config.digest.language}
    said = f"no font has the signs of {', '.join(without)}"
    if spoken & {"ja", "zh-Hans", "zh-Hant"}:
        return failure(f"{said}, and the digest is to speak it", _MEND)
    return warning(f"{said}: quoted law in these languages prints as boxes", _MEND)


def _load() -> object:
    import weasyprint

    return weasyprint


def _families(language: str) -> str:
    done = subprocess.run(  # noqa: S603 - its words are ours
        ["fc-list", f":lang={language}", "family"],  # noqa: S607 - fontconfig's own, wherever it lies
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout
