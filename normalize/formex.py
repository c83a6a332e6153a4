"""Formex 4, the Publications Office's own XML: one file, or a zip of the act, its annexes and their contents page.

http://formex.publications.europa.eu describes the schema. A zip is read under suspicion: few files, none that unpacks to more than
any act has, none that is another archive.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.audit import Account, letters
from normalize.eu_act import Act
from normalize.eu_facts import two_letters
from normalize.formex_act import FormexAct
from normalize.formex_inline import formex_text
from normalize.html import all_text
from normalize.profile import MIB, Hints, Profile
from normalize.safe_xml import parse_xml

ROOTS = frozenset({"ACT", "ANNEX", "CONS.ACT", "CONS.DOC", "CONS.ANNEX", "CORR", "GENERAL", "DOC", "PUBLICATION", "CONS.OTH", "DECISION", "AGR", "LETTER", "OPINION", "PROPOSAL", "RECOMMENDATION"})  # fmt: skip
_TEXTS = ROOTS - {"DOC", "PUBLICATION"}
_FILES = 400
_UNPACKED = 64 * MIB
# An element becomes a provision of about a kilobyte; the AI Act has some 6,000, the dual-use list ten times as many.
_MARKUP_LIMIT = 250_000
_ZIP = b"PK\x03\x04"
_XML_NAME = re.compile(r"(?i)\.(?:xml|fmx4?)$")
_FORMEX_ROOT = re.compile(
    rb"<(?:ACT|ANNEX|CONS\.(?:ACT|DOC|ANNEX|OTH)|CORR|GENERAL|DOC|PUBLICATION|DECISION|AGR|LETTER|OPINION|PROPOSAL|RECOMMENDATION)[\s>]"
)


def is_formex(body: bytes) -> bool:
    """Whether the bytes are a zip, or XML whose root is one of Formex's."""
    if body.startswith(_ZIP):
        return True
    head = body[:4000]
    return _FORMEX_ROOT.search(head) is not None and b"<html" not in head.lower()


def read_formex(body: bytes, hints: Hints, profile: Profile, account: Account) -> tuple[Act, str, str, bool]:
    """The act, its language, its ELI path ("" if none is said) and whether it is a consolidation."""
    files = _unpack(body, hints.thing, profile) if body.startswith(_ZIP) else [("", body)]
    parsed = []
    if (marks := sum(data.count(b"<") - data.count(b"</") for _, data in files)) > _MARKUP_LIMIT:
        raise UnreadableDocument(
            f"the files have {marks:,} elements, more than the {_MARKUP_LIMIT:,} that are read at once",
            thing=hints.thing,
            mend="Look at where it came from; no act has as many",
        )
    for name, data in files:
        thing = f"{hints.thing}, {name}" if name else hints.thing
        xml = parse_xml(data, thing=thing, roots=ROOTS, size_limit=profile.size_limit)
        for note in xml.mended:
            account.remark(name or "/", note)
        parsed.append((name, xml.root))
    texts = _in_order([(name, root) for name, root in parsed if root.tag in _TEXTS], parsed)
    if not texts:
        raise UnreadableDocument(
            "no file in it holds an act",
            thing=hints.thing,
            mend="Fetch the whole: DOC and PUBLICATION only list it",
        )
    reader = FormexAct(account)
    eli, language, consolidated = "", two_letters(str(hints.meta.get("language", ""))), False
    for _, root in parsed:
        if root.tag not in _TEXTS:
            account.discard("production-data", root, all_text(root, " "))
        for number in root.iter("NO.ELI"):
            eli = eli or (number.get("ID") or all_text(number))
        for said in root.iter("LG.DOC", "LG.OJ"):
            language = language or two_letters(all_text(said))
        for day in root.iterfind(".//PUBLICATION.REF/DATE"):
            iso = day.get("ISO") or ""
            if len(iso) == 8:
                reader.act.heads.append(f"{iso[6:]}.{iso[4:6]}.{iso[:4]}")
    for _, root in texts:
        consolidated = consolidated or root.tag.startswith("CONS.")
        reader.read(root)
    act = reader.finish()
    _settle(texts, act, account)
    return act, language or "en", eli, consolidated


def _settle(texts: list[tuple[str, etree._Element]], act: Act, account: Account) -> None:
    """Each character of the files is in a provision or in a discard; what is not is told."""
    printed = "\n".join(formex_text(root, notes=True) for _, root in texts)
    kept = [
        part for root in act.roots for draft in root.walk() for part in (draft.num, draft.heading, draft.text)
    ]
    kept.extend(discard.text for discard in account.discards)
    missing = letters(printed.casefold()) - letters("\n".join(kept).casefold())
    if missing:
        account.leftover("/", "".join(sorted(missing.elements())))


def _in_order(
    texts: list[tuple[str, etree._Element]], parsed: list[tuple[str, etree._Element]]
) -> list[tuple[str, etree._Element]]:
    """The act before its annexes, in the order of the contents file; without one, by sequence number and name."""
    listed: dict[str, int] = {}
    for _, root in parsed:
        if root.tag == "DOC":
            for reference in root.iter("REF.PHYS"):
                listed.setdefault(reference.get("FILE", "").rpartition("/")[2], len(listed))

    def rank(item: tuple[str, etree._Element]) -> tuple[int, int, str, str]:
        name, root = item
        short = name.rpartition("/")[2]
        sequence = root.findtext(".//BIB.INSTANCE/NO.SEQ") or ""
        return (listed.get(short, len(listed)), 0 if root.tag in ("ACT", "CONS.ACT") else 1, sequence, short)

    return sorted(texts, key=rank)


def _unpack(body: bytes, thing: str, profile: Profile) -> list[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise UnreadableDocument(
            f"the zip is damaged: {error}", thing=thing, mend="Fetch it again: it was cut off or altered"
        ) from None
    wanted = [entry for entry in entries if _XML_NAME.search(entry.filename)]
    if not wanted:
        raise UnreadableDocument("the zip holds no XML", thing=thing, mend="Ask Cellar for fmx4")
    said = sum(entry.file_size for entry in wanted)
    if len(entries) > _FILES or said > min(_UNPACKED, profile.size_limit * 2):
        raise UnreadableDocument(
            f"the zip holds {len(entries)} files of {said:,} bytes, more than any act has",
            thing=thing,
            mend="Look at where it came from",
        )
    found: list[tuple[str, bytes]] = []
    left = min(_UNPACKED, profile.size_limit * 2)
    for entry in wanted:
        try:
            with archive.open(entry) as stream:
                data = stream.read(left + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            ValueError,
            OverflowError,
            zlib.error,
            EOFError,
            OSError,
        ) as error:
            raise UnreadableDocument(
                f"{entry.filename} cannot be unpacked: {error}", thing=thing, mend="Fetch it again"
            ) from None
        left -= len(data)
        if left < 0:
            raise UnreadableDocument(
                "the zip unpacks to more than it says: it is made to fill memory",
                thing=thing,
                place=entry.filename,
                mend="Look at where it came from",
            )
        found.append((entry.filename, data))
    return found
