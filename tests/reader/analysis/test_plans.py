"""Which model reads what: plans, what findings remember of them, and what to type for a missing one."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from reader.analysis import plans
from reader.analysis.plans import Installed, Plan, is_current, plan, suggestion, used, wanted
from reader.errors import AnalysisError

GERMAN_SMALL = Installed("de_core_news_sm", "de", "3.8.0")
GERMAN = Installed("de_core_news_lg", "de", "3.8.0")
ENGLISH = Installed("en_core_web_sm", "en", "3.8.0")
ANY = Installed("xx_ent_wiki_sm", "xx", "3.8.0")


def packaged(folder: Path, name: str, version: str) -> None:
    """Write what pip leaves behind of an installed pipeline."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}\n")


def test_what_is_installed_is_found_without_spacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged(tmp_path, "de_made_up", "1.2.3")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert Installed("de_made_up", "de", "1.2.3") in plans.installed()
    assert wanted("de_made_up") == Installed("de_made_up", "de", "1.2.3")


def test_nothing_chosen_is_nothing_wanted() -> None:
    assert wanted("") is None


def test_a_missing_model_comes_with_what_to_type() -> None:
    with pytest.raises(AnalysisError) as told:
        wanted("de_core_news_xl")
    line = told.value.next.split("“")[1].split("”")[0]
    assert shlex.split(line) == [sys.executable, "-m", "spacy", "download", "de_core_news_xl"]


@pytest.mark.parametrize("meta", [None, "no json", "[]", "{}"])
def test_a_folder_without_a_model_is_told(tmp_path: Path, meta: str | None) -> None:
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(AnalysisError, match="no language model in"):
        wanted(str(tmp_path))


def test_a_folder_is_known_by_its_meta_file(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "fr", "name": "x", "version": "2"}')
    assert wanted(str(tmp_path)) == Installed(str(tmp_path), "fr", "2")


def at_hand() -> list[Installed]:
    return [ANY, GERMAN_SMALL, GERMAN, ENGLISH]


@pytest.mark.parametrize(
    ("language", "chosen", "expected"),
    [
        ("en", None, Plan("en")),
        ("", None, Plan("en")),
        ("de", None, Plan("de", GERMAN)),
        ("fr", None, Plan("fr", ANY)),
        ("de", GERMAN_SMALL, Plan("de", GERMAN_SMALL)),
        ("", GERMAN_SMALL, Plan("de", GERMAN_SMALL)),
        ("en", GERMAN_SMALL, Plan("en")),
        ("en", ENGLISH, Plan("en", ENGLISH)),
        ("de", ENGLISH, Plan("de", GERMAN)),
        ("en", ANY, Plan("en", ANY)),
        ("", ANY, Plan("en", ANY)),
    ],
)
def test_who_reads_what(language: str, chosen: Installed | None, expected: Plan) -> None:
    assert plan(language, chosen, at_hand=at_hand) == expected


def test_without_any_model_the_rules_read() -> None:
    assert plan("de", at_hand=list) == Plan("de")


@pytest.mark.parametrize("each", [Plan("de"), Plan("de", GERMAN), Plan("en", ENGLISH), Plan("zh", ANY)])
def test_a_plan_is_told_from_its_name(each: Plan) -> None:
    known = used(each.name)
    assert known.language == each.language
    assert known.names == (each.names.name if each.names else "")


def test_the_usual_model_has_its_own_name() -> None:
    assert used("scholion-en 0.1.0") == plans.Used("en")
    assert used("made-up: 1") == plans.Used("en")


def test_findings_are_old_when_another_model_would_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_current(Plan("en").name, "")
    assert not is_current("scholion-en 0.0.1", "")
    assert is_current(Plan("en").name, "xx_not_there")
    assert is_current(Plan("de").name, "")
    packed = [Plan("de").name, Plan("de", GERMAN).name]
    monkeypatch.setattr(plan, "__kwdefaults__", {"at_hand": at_hand})
    assert [is_current(name, "") for name in packed] == [False, True]


def test_small_models_are_suggested() -> None:
    assert [suggestion(code) for code in ("en", "de", "tr")] == ["en_core_web_sm", "de_core_news_sm", ""]


def test_a_line_says_who_read() -> None:
    assert plans.described(Plan("de").name) == "German, by general rules"
    assert plans.described(Plan("de", GERMAN).name) == "German, names by de_core_news_lg 3.8.0"
    assert plans.described(Plan("en").name) == "English"
