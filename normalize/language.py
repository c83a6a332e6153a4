"""Which language a text is in, told by its script and, in Latin script, by its commonest small words.

Only for documents whose source does not say: the neutral form, a page a user names. It answers a tag that the rest of tocsin
knows (``en de fr nl ja zh-Hans zh-Hant``), ``en`` where nothing tells.
"""

from __future__ import annotations

import re
from collections import Counter

_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9d]")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")

# Characters that only one of the two Chinese scripts writes, from the words of export control and of any statute.
_SIMPLIFIED = frozenset(
    "国这业为发产们会个对术实时条规与进质单两关办务级终罚书应权经证获违让认设许该录项号总则库网络转义严专员负责达"
)
_TRADITIONAL = frozenset(
    "國這業為發產們會個對術實時條規與進質單兩關辦務級終罰書應權經證獲違讓認設許該錄項號總則庫網絡轉義嚴專員負責達"
)

_SMALL_WORDS = {
    "en": frozenset(
        "the of and to in or for by with shall is any that as be from which are not this".split()
    ),
    "de": frozenset(
        "der die das und oder für von mit dem den des ist nicht ein eine zu im auf nach wird werden".split()
    ),
    "fr": frozenset("le la les des du et ou pour par dans un une au aux est sont que qui ne pas sur".split()),
    "nl": frozenset(
        "de het een van en of voor met op in is niet zijn te dat die wordt worden aan bij".split()
    ),
}


def language_of(text: str) -> str:
    """The language of ``text``; the first 20,000 characters decide."""
    sample = text[:20_000]
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    if kana and kana * 20 >= han:
        return "ja"
    if han:
        simplified = sum(character in _SIMPLIFIED for character in sample)
        traditional = sum(character in _TRADITIONAL for character in sample)
        return "zh-Hant" if traditional > simplified else "zh-Hans"
    words = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {language: sum(words[word] for word in small) for language, small in _SMALL_WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else "en"
