"""Character sets: by mark, header, declaration, content; a wrong one is an error, nothing is replaced."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from normalize.charsets import decode

CHINESE = "为了维护国家安全和利益，加强和规范两用物项出口管制，制定本条例。" * 4
JAPANESE = "輸出貿易管理令の一部を改正する政令をここに公布する。" * 6
GERMAN = "Die Änderung der Außenwirtschaftsverordnung ist genehmigungspflichtig – für Güter über 5 000 €."


def test_without_any_declaration_utf8_is_utf8() -> None:
    decoded = decode(CHINESE.encode(), thing="page")
    assert (decoded.text, decoded.charset, decoded.remarks) == (CHINESE, "utf-8", ())


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_goes_before_all_else(mark: bytes) -> None:
    codec = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[
        mark
    ]
    decoded = decode(mark + GERMAN.encode(codec), thing="page", media_type="text/html; charset=gbk")
    assert decoded.text == GERMAN


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb18030"])
def test_the_names_of_chinese_sets_are_all_read_as_gb18030(name: str) -> None:
    text = CHINESE + "㐀〔2025〕"  # beyond GB2312, as real pages are
    body = f'<html><head><meta charset="{name}"></head><p>{text}</p></html>'.encode("gb18030")
    assert text in decode(body, thing="page").text


def test_shift_jis_has_the_characters_that_windows_added() -> None:
    body = f'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">{JAPANESE}①㈱'.encode(
        "cp932"
    )
    assert "①㈱" in decode(body, thing="page").text


def test_latin_1_means_windows_1252() -> None:
    assert (
        decode(GERMAN.encode("cp1252"), thing="page", media_type="text/html; charset=ISO-8859-1").text
        == GERMAN
    )


def test_the_header_goes_before_the_declaration_and_one_that_the_bytes_belie_is_told() -> None:
    body = f'<meta charset="utf-8">{GERMAN}'.encode()
    decoded = decode(body, thing="page", media_type="text/html; charset=iso-8859-1")
    assert GERMAN in decoded.text
    assert "the header says iso-8859-1, but the bytes are UTF-8" in decoded.remarks[0]


@pytest.mark.parametrize(
    ("body", "media_type", "reason"),
    [
        (GERMAN.encode("cp1252"), "text/html; charset=utf-8", "the header says utf-8, but byte"),
        (f'<meta charset="gbk">{CHINESE}'.encode(), "", "the declaration says gbk, but"),
        (GERMAN.encode(), "text/html; charset=latin1", "the bytes are UTF-8"),
        (GERMAN.encode(), "text/html; charset=rot13", "'rot13', which is not known"),
        (GERMAN.encode(), "text/html; charset=unicode_escape", "which is not known"),
        (b"\xef\xbb\xbf" + b"\xff\xfe\xfa", "", "byte order mark"),
        (bytes(range(256)) * 4, "", "content does not tell|control characters"),
        (b"text\x00with\x00nothing" * 9, "", "control characters"),
    ],
)  # fmt: skip
def test_a_wrong_guess_is_an_error_with_its_mend(body: bytes, media_type: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        decode(body, thing="page", media_type=media_type)
    assert caught.value.mend


def test_content_tells_a_set_that_nobody_declares_and_the_guess_is_remarked() -> None:
    decoded = decode(CHINESE.encode("gb18030"), thing="page")
    assert decoded.text == CHINESE
    assert "by its content it is gb18030" in decoded.remarks[0]


def test_a_declaration_in_a_comment_declares_nothing() -> None:
    body = f'<!-- <meta charset="gbk"> --><p>{CHINESE}</p>'.encode()
    assert CHINESE in decode(body, thing="page").text


def test_a_replacement_character_of_the_publisher_is_told() -> None:
    assert "U+FFFD" in decode("before \ufffd after".encode(), thing="page").remarks[0]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_what_is_declared_and_true_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode(), thing="page", media_type="text/plain; charset=utf-8").text in (
        text,
        text.removeprefix("\ufeff"),
    )
