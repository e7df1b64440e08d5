"""Which language a text is in: told from a paragraph, from what a file says, or not at all."""

# ruff: noqa: E501  (a table reads best a row a line)

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.languages import NAMES, language_of, stated_language

BRIDGE = {
    "ar": "تريد البلدية إصلاح الجسر القديم قبل نهاية العام. أعلنت ذلك رئيسة البلدية يوم الثلاثاء أمام السكان في القاعة.",
    "cs": "Město chce starý most opravit ještě letos. Oznámila to v úterý starostka na setkání s obyvateli.",
    "de": "Die Stadt will die alte Brücke noch in diesem Jahr sanieren. Das kündigte die Bürgermeisterin an.",
    "en": "The council wants to mend the old bridge before the end of the year, the mayor told residents.",
    "es": "El ayuntamiento quiere reparar el puente viejo antes de que termine el año, anunció la alcaldesa.",
    "fr": "La mairie veut rénover le vieux pont avant la fin de l’année, a annoncé la maire aux habitants.",
    "it": "Il comune vuole riparare il vecchio ponte entro la fine dell’anno, ha annunciato la sindaca.",
    "ja": "市は年末までに古い橋を修理したいと考えている。市長は火曜日、文化会館に集まった住民の前でそう発表した。",
    "ko": "시는 올해 안에 낡은 다리를 수리하기를 원한다. 시장은 화요일 문화회관에 모인 주민들 앞에서 발표했다.",
    "nl": "De gemeente wil de oude brug nog dit jaar herstellen. Dat zei de burgemeester tegen de inwoners.",
    "pl": "Gmina chce naprawić stary most jeszcze w tym roku. Zapowiedziała to we wtorek burmistrz.",
    "pt": "A câmara quer reparar a ponte velha antes do fim do ano, anunciou a presidente aos moradores da vila.",
    "ru": "Городские власти хотят отремонтировать старый мост до конца года, сообщила мэр на встрече с жителями.",
    "sv": "Kommunen vill reparera den gamla bron redan i år. Det sade borgmästaren på tisdagen till invånarna.",
    "tr": "Belediye eski köprüyü yıl sonuna kadar onarmak istiyor. Belediye başkanı salı günü bunu duyurdu.",
    "uk": "Міська влада хоче відремонтувати старий міст до кінця року, повідомила міська голова на зустрічі.",
    "zh": "市政府希望在今年年底之前修好那座老桥。市长星期二在文化宫会见居民时宣布了这一消息。",
}  # fmt: skip


@pytest.mark.parametrize("language", BRIDGE)
def test_a_paragraph_tells_its_language(language: str) -> None:
    assert language_of(BRIDGE[language]) == language


@pytest.mark.parametrize(
    "text", ["", "ok", "12 34 56 " * 30, "def f(x): return x + 1\n" * 9, "MAYOR SAYS NO"]
)
def test_what_tells_nothing_is_left_open_or_as_the_file_says(text: str) -> None:
    assert language_of(text) == ""
    assert language_of(text, stated="de-AT") == "de"


def test_a_wrong_label_is_not_believed() -> None:
    assert language_of(BRIDGE["de"] * 3, stated="en-GB") == "de"
    assert language_of(BRIDGE["en"], stated="fr") == "en"


def test_the_language_of_most_of_a_document_is_its_language() -> None:
    assert language_of((BRIDGE["en"] + "\n") * 400 + BRIDGE["de"] * 60) == "en"
    assert language_of((BRIDGE["de"] + "\n") * 400 + BRIDGE["en"] * 60) == "de"


@pytest.mark.parametrize(
    ("stated", "code"),
    [("de-AT", "de"), ("EN_us", "en"), ("no", "nb"), ("zh-Hant", "zh"), ("", ""), ("x-klingon", "")],
)
def test_what_files_say(stated: str, code: str) -> None:
    assert stated_language(stated) == code


@given(st.text(max_size=400), st.text(max_size=8))
def test_any_text_has_a_known_language_or_none(text: str, stated: str) -> None:
    assert language_of(text, stated=stated) in {"", *NAMES}


def test_plain_english_does_without_the_detector() -> None:
    program = (
        "import sys\nfrom reader.analysis.languages import language_of\n"
        f"print(language_of({BRIDGE['en']!r}), 'py3langid' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["en", "False"]
