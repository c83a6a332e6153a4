"""From bytes to text: the character set by byte order mark, header, declaration and, only then, content.

Nothing is ever replaced: what is said of a document and what its bytes are must agree, or the document is refused. Names of
character sets are read as browsers read them (https://encoding.spec.whatwg.org): GB2312 and GBK as GB18030, Latin 1 as
windows-1252, Shift_JIS with the characters that Windows added.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from archive.errors import UnreadableDocument

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:+-]+)", re.IGNORECASE)
_DECLARED = (
    re.compile(rb"\A\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']"),
    re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE),
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEAD_BYTES = 8192  # browsers look at 1,024; government pages put scripts before their meta elements
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# The name in a header or declaration → the codec that reads it. Only these: Python's registry also holds codecs that are no
# character sets at all (rot13, unicode_escape).
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-16"),
    **dict.fromkeys(
        ("us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252"),
        "cp1252",
    ),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "euc-cn"), "gb18030"),
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cp932"), "cp932"
    ),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    "iso-2022-jp": "iso2022_jp",
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949", "cp949"), "cp949"),
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    **{f"windows-{number}": f"cp{number}" for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
}
_SINGLE_BYTE = frozenset(
    codec for codec in _CODECS.values() if codec.startswith(("cp125", "iso8859", "koi8"))
)
# So many characters beyond ASCII that all read as UTF-8 are UTF-8, whatever is declared: in another set, each one would have to
# obey by chance a pattern that one in some twenty does.
_PROOF_OF_UTF8 = 12
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a document, the codec that read it, and what a person should know of the choice."""

    text: str
    charset: str
    remarks: tuple[str, ...] = ()


def decode(body: bytes, *, thing: str, media_type: str = "") -> Decoded:
    """The text of ``body``; ``media_type`` is the header it came with, ``thing`` its name in errors.

    The byte order mark decides, then the header, then the declaration inside; one that the bytes belie is passed over for one
    that they bear out, with a remark. Where nothing is said, UTF-8 is tried, then a guess by content, which is remarked.
    Raises ``UnreadableDocument`` where nothing said agrees with the bytes, or no guess is certain.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            text, wrong = _attempt(body, codec)
            if text is None:
                raise _belied(thing, f"the byte order mark of {codec}", wrong)
            return _checked(Decoded(text=text.removeprefix("\ufeff"), charset=codec), thing)
    passed_over: list[str] = []
    for origin, name in _said(body, media_type):
        codec = _codec(name, thing, origin)
        if codec == "utf-16":
            codec = "utf-8"  # a declaration that can be read as ASCII is not in UTF-16
        text, wrong = _attempt(body, codec)
        if text is not None and not (wrong := _belied_by_content(body, codec)):
            remarks = tuple(f"{said}; read as {codec}" for said in passed_over)
            return _checked(Decoded(text=text, charset=codec, remarks=remarks), thing)
        passed_over.append(f"{origin} says {name}, but {wrong}")
    if passed_over:
        raise UnreadableDocument(
            "; ".join(passed_over),
            thing=thing,
            mend="Fetch it again, or correct the character set that is declared",
        )
    return _checked(_by_content(body, thing), thing)


def _said(body: bytes, media_type: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if header := _HEADER.search(media_type):
        found.append(("the header", header.group(1)))
    head = _COMMENT.sub(b"", body[:_HEAD_BYTES])
    for pattern in _DECLARED:
        if declared := pattern.search(head):
            found.append(("the declaration", declared.group(1).decode("ascii")))
            break
    return found


def _codec(name: str, thing: str, origin: str) -> str:
    try:
        return _CODECS[name.lower()]
    except KeyError:
        raise UnreadableDocument(
            f"{origin} names the character set {name!r}, which is not known",
            thing=thing,
            mend="If it is a real one, add it to the table in normalize/charsets.py",
        ) from None


def _attempt(body: bytes, codec: str) -> tuple[str | None, str]:
    try:
        return body.decode(codec), ""
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        return None, f"byte {error.start:,} (0x{body[error.start]:02x}, line {line}) is not"
    except UnicodeError as error:
        return None, f"the bytes are not ({error})"


def _belied_by_content(body: bytes, codec: str) -> str:
    """Why ``codec``, which reads the bytes without error, is wrong all the same; "" where it is not."""
    if codec in ("utf-8", "iso2022_jp") or body.isascii():
        return ""
    try:
        beyond = sum(character > "\x7f" for character in body.decode())
    except UnicodeDecodeError:
        return ""
    enough = 1 if codec in _SINGLE_BYTE else _PROOF_OF_UTF8
    return "the bytes are UTF-8" if beyond >= enough else ""


def _by_content(body: bytes, thing: str) -> Decoded:
    text, wrong = _attempt(body, "utf-8")
    if text is not None:
        return Decoded(text=text, charset="utf-8")
    best = from_bytes(body, cp_exclusion=["utf_7"]).best()
    codec = _CODECS.get(best.encoding.replace("_", "-"), best.encoding) if best is not None else ""
    guessed = _attempt(body, codec)[0] if codec else None
    if best is None or guessed is None or best.percent_chaos > 5 or not _bears_out(guessed):
        raise UnreadableDocument(
            f"no character set is declared, it is not UTF-8 ({wrong}), and its content does not tell which it is",
            thing=thing,
            mend="Declare it: in the media type (text/html; charset=gb18030) or in the document",
        )
    return Decoded(
        text=guessed,
        charset=codec,
        remarks=(f"no character set is declared; by its content it is {codec}",),
    )


def _bears_out(text: str) -> bool:
    """Whether a guessed reading is certain enough: it has letters beyond ASCII of one or two scripts' blocks, nearly all of them
    in common use, none for private use."""
    beyond = [ord(character) for character in text if character > "\x7f"]
    odd = sum(0xE000 <= code <= 0xF8FF or 0x3400 <= code <= 0x4DBF or code > 0xFFFF for code in beyond)
    return odd * 50 <= len(beyond)


def _checked(decoded: Decoded, thing: str) -> Decoded:
    """Refuses text with control characters, which no page prints: the sign of a wrong character set or of no text at all."""
    if found := _CONTROLS.search(decoded.text):
        at = found.start()
        many = len(_CONTROLS.findall(decoded.text))
        if many * 1000 > len(decoded.text) or "\x00" in decoded.text:
            raise UnreadableDocument(
                f"read as {decoded.charset} it has {many:,} control characters, so it is not text in that character set",
                thing=thing,
                place=f"line {decoded.text.count(chr(10), 0, at) + 1}",
                mend="Look at the bytes: it may be a binary file, or declared wrongly",
            )
    if "\ufffd" in decoded.text:
        line = decoded.text.count("\n", 0, decoded.text.index("\ufffd")) + 1
        said = f"the publisher's own text has the replacement character U+FFFD (line {line}): something was lost before it came"
        return Decoded(text=decoded.text, charset=decoded.charset, remarks=(*decoded.remarks, said))
    return decoded


def _belied(thing: str, origin: str, wrong: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"it begins with {origin}, but {wrong}", thing=thing, mend="Fetch it again: it is damaged"
    )
