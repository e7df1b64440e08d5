"""Which language a text is written in. Reads a sample of it; knows no models and no rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from reader.analysis.words import word_set

ENGLISH = "en"
# The languages that are told apart, by their ISO 639-1 code (Norwegian by its usual written form, as
# spaCy has it). Fewer candidates are fewer slips: nobody is served by "Venetian" over an Italian article.
NAMES = dict(
    entry.split(":")
    for entry in word_set(
        """
        af:Afrikaans am:Amharic ar:Arabic az:Azerbaijani be:Belarusian bg:Bulgarian bn:Bengali bs:Bosnian
        ca:Catalan cs:Czech cy:Welsh da:Danish de:German el:Greek en:English eo:Esperanto es:Spanish
        et:Estonian eu:Basque fa:Persian fi:Finnish fr:French ga:Irish gl:Galician gu:Gujarati ha:Hausa
        he:Hebrew hi:Hindi hr:Croatian hu:Hungarian hy:Armenian id:Indonesian is:Icelandic it:Italian
        ja:Japanese ka:Georgian kk:Kazakh km:Khmer kn:Kannada ko:Korean ku:Kurdish ky:Kyrgyz la:Latin lo:Lao
        lt:Lithuanian lv:Latvian mk:Macedonian ml:Malayalam mn:Mongolian mr:Marathi ms:Malay mt:Maltese
        my:Burmese nb:Norwegian ne:Nepali nl:Dutch nn:Nynorsk pa:Punjabi pl:Polish ps:Pashto pt:Portuguese
        ro:Romanian ru:Russian si:Sinhala sk:Slovak sl:Slovenian so:Somali sq:Albanian sr:Serbian sv:Swedish
        sw:Swahili ta:Tamil te:Telugu th:Thai tl:Tagalog tr:Turkish tt:Tatar uk:Ukrainian ur:Urdu uz:Uzbek
        vi:Vietnamese xh:Xhosa yo:Yoruba zh:Chinese zu:Zulu
        """
    )
)
# Codes that others write for the same languages.
_SAME = {"no": "nb", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh", "yue": "zh", "wuu": "zh"}
_PIECES, _PIECE = 8, 2_500
# Characters under which no guess is made; a character of Chinese says as much as a word of others.
_LEAST = 60
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTERS = re.compile(r"[^\W\d_]+")
# The detector keeps 75 MB and takes half a second to load. What is plainly English does without it: of
# English prose these words make a sixth to a third, of other languages hardly any.
_ENGLISH_WORDS = word_set("the and of to that with for was from this which have has are were been by")
_ENGLISH_SHARE, _FEWEST_WORDS = 0.12, 12
# How sure the detector must be of a text, of a short one and of one that says it is in another language.
_SURE, _CLEAR = 0.5, 0.8
_SHORT = 120


def stated_language(stated: str) -> str:
    """Return the code for what a file says of its language ("de-AT"); "" when that is none of ours."""
    code = re.split(r"[-_ ]", stated.strip().lower(), maxsplit=1)[0]
    code = _SAME.get(code, code)
    return code if code in NAMES else ""


def language_of(text: str, *, stated: str = "") -> str:
    """Return the code of the language that most of `text` is in; "" when that can't be told.

    `stated` is what the file says of itself. It decides where the text is too short or could be both; a
    text that is clearly of another language is believed more, since pages are often labelled wrongly.
    """
    claimed = stated_language(stated)
    sample = _sample(text)
    words = _LETTERS.findall(sample)
    if sum(map(len, words)) + 5 * len(_DENSE.findall(sample)) < _LEAST:
        return claimed
    if len(words) >= _FEWEST_WORDS and _share(words, _ENGLISH_WORDS) >= _ENGLISH_SHARE:
        return ENGLISH
    ranked = dict(_detector().rank(sample))
    best = max(ranked, key=lambda code: ranked[code])
    code = _SAME.get(best, best)
    doubtful = len(sample) < _SHORT or (claimed and claimed != code)
    known = code in NAMES and ranked[best] >= (_CLEAR if doubtful else _SURE)
    return code if known else claimed


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word.lower() in known for word in words) / len(words)


def _sample(text: str) -> str:
    """Return up to 20,000 characters from places all over the text, digits and marks and all."""
    if len(text) <= _PIECES * _PIECE:
        return text
    step = len(text) // _PIECES
    return "\n".join(text[number * step : number * step + _PIECE] for number in range(_PIECES))


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    others = {code for code in _SAME if code in detector.labels}
    detector.set_languages([*(NAMES.keys() & set(detector.labels)), *others, "zxx"])
    return detector
