"""The spellings of one word in katakana: プローバ and プローバー, ウエハ and ウェーハ, インターフェース and インターフェイス, with and without ・.

Laws and standards leave the long vowel at the end away (コンピュータ), the press writes it; neither is another word.
"""

from __future__ import annotations

import itertools
import re

_WORD = re.compile(r"[ァ-ヺー]{3,}")
_LENGTHENED = re.compile(r"[タサラバダマナカガワヤパザャァィリチジ]$")
_FAMILIES = (
    ("ウエハ", "ウェハ", "ウエーハ", "ウェーハ", "ウエハー", "ウェハー"),
    ("インターフェース", "インターフェイス", "インタフェース", "インタフェイス"),
    ("メモリ", "メモリー"),
    ("レーザ", "レーザー"),
    ("センサ", "センサー"),
    ("コンピュータ", "コンピューター"),
)
_FAMILY_WORDS = tuple(
    (family, re.compile("|".join(sorted(family, key=len, reverse=True)))) for family in _FAMILIES
)
_IN_COMPOUNDS = re.compile(
    r"(?:コンピュータ|ネットワーク|システム|デバイス|ソフトウェア|プログラム|ツール|チップ|センサ|マシン|マシーン|プロセス|プロセッサ|モデル|テクノロジ|エンジニアリング|ロボット|セット|ユニット|モジュール|メーカ|ベンダ|サービス"
    r"|プロバイダ|アプリケーション|アルゴリズム|エンジン|インフラ|インフラストラクチャ|ハードウェア|プラットフォーム|リソグラフィ|ソリューション|クラスタ|サーバ|インターフェース|インターフェイス|ドローン|エンジニア|デザイン|シミュレータ|シミュレーション|メモリ|コントローラ|オペレータ|データ|アーム|ハンド)ー?"
)
_PIECES = re.compile(rf"(?:{_IN_COMPOUNDS.pattern})+")


def spellings(term: str) -> tuple[str, ...]:
    """``term`` and what it is written as besides; ``term`` alone where it has no katakana."""
    if term.isascii() or not _WORD.search(term):
        return (term,)
    forms = [term, term.replace("・", "")] if "・" in term else [term]
    for family, word in _FAMILY_WORDS:
        forms = [
            form if kept is None else word.sub(kept, form)
            for form in forms
            for kept in ((None, *family) if word.search(form) else (None,))
        ]
    pairs = itertools.chain.from_iterable((form, _other_end(form)) for form in forms)
    return tuple(dict.fromkeys(pairs))


def is_of_compounds(run: str) -> bool:
    """Whether katakana that adjoin a term are words that compounds are made with: システム, リソグラフィ, ソフトウェア."""
    return bool(_PIECES.fullmatch(run))


def _other_end(form: str) -> str:
    """The last katakana word lengthened, or shortened where it was."""
    words = list(_WORD.finditer(form))
    if not words:
        return form
    last = words[-1]
    if last[0].endswith("ー"):
        return form[: last.end() - 1] + form[last.end() :]
    return form[: last.end()] + "ー" + form[last.end() :] if _LENGTHENED.search(last[0]) else form
