"""Which model is to read a text of which language, and what to type for a better one. Loads nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from reader.analysis.languages import ENGLISH, NAMES
from reader.analysis.pipeline import not_installed, shipped_version
from reader.analysis.words import word_set
from reader.errors import AnalysisError

# To be raised when the rules find something else, so that what they found before is looked for anew.
RULES = "rules 1"
ANY_LANGUAGE = "xx"
# Languages that spaCy has pipelines for; those of the first group learned from the web, the others from news.
_WEB = frozenset({"en", "zh"})
_NEWS = word_set("ca hr da nl fi fr de el it ja ko lt mk nb pl pt ro ru sl es sv uk")
# Of several pipelines of a language the one that knows most and still runs quickly.
_SIZES = ("lg", "md", "sm", "trf")


@dataclass(frozen=True, slots=True)
class Installed:
    """A pipeline at hand: `place` is the name it is installed under or its folder."""

    place: str
    language: str
    version: str

    @property
    def name(self) -> str:
        """Name and version, as findings remember them."""
        return f"{Path(self.place).name} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reads a text: `names` None means the shipped model for English, and general rules for the rest."""

    language: str
    names: Installed | None = None

    @property
    def name(self) -> str:
        """What findings remember of it; `used` reads it."""
        if self.names is None:
            return shipped_version() if self.language == ENGLISH else f"{self.language}: {RULES}"
        said = shipped_version() if self.language == ENGLISH else RULES
        return f"{self.language}: {self.names.name} + {said}"


@dataclass(frozen=True, slots=True)
class Used:
    """What a name of a plan tells: the language, and the pipeline that found the names ("": see `Plan`)."""

    language: str
    names: str = ""


def installed() -> list[Installed]:
    """Return the pipelines that are installed beside the program, by name."""
    found = {
        entry.name: Installed(entry.name, entry.name.split("_")[0], entry.dist.version if entry.dist else "")
        for entry in metadata.entry_points(group="spacy_models")
    }
    return [found[name] for name in sorted(found)]


def wanted(chosen: str) -> Installed | None:
    """Return the pipeline that is chosen by its name or folder, None for the shipped one ("").

    Raises AnalysisError, which names the command to type, when it is not there.
    """
    if not chosen:
        return None
    if _is_folder(chosen):
        try:
            meta = json.loads((Path(chosen) / "meta.json").read_text(encoding="utf-8"))
            return Installed(chosen, str(meta["lang"]), str(meta.get("version", "")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AnalysisError(
                f"There is no language model in “{chosen}”.", "Give the folder of a spaCy pipeline."
            ) from error
    for each in installed():
        if each.place == chosen:
            return each
    try:
        return Installed(chosen, chosen.split("_")[0], metadata.version(chosen))
    except (metadata.PackageNotFoundError, ValueError) as error:
        raise not_installed(chosen) from error


def _is_folder(chosen: str) -> bool:
    return "/" in chosen or "\\" in chosen or Path(chosen).is_dir()


def plan(
    language: str,
    chosen: Installed | None = None,
    *,
    at_hand: Callable[[], Sequence[Installed]] = installed,
) -> Plan:
    """Return who reads a text of `language` ("": it could not be told, so it is taken for the chosen one's).

    The chosen pipeline reads the texts in its language. Another language's are read by the best of its own
    pipelines `at_hand`, or by one that was made for any language.
    """
    any_language = chosen is not None and chosen.language == ANY_LANGUAGE
    language = language or (chosen.language if chosen and not any_language else ENGLISH)
    if chosen is not None and (any_language or chosen.language == language):
        return Plan(language, chosen)
    if language == ENGLISH:
        return Plan(ENGLISH)
    able = [each for each in at_hand() if each.language in (language, ANY_LANGUAGE)]
    return Plan(language, min(able, key=_worth, default=None))


def _worth(one: Installed) -> tuple[bool, int, str]:
    size = one.place.rsplit("_", 1)[-1]
    return one.language == ANY_LANGUAGE, _SIZES.index(size) if size in _SIZES else len(_SIZES), one.place


def used(name: str) -> Used:
    """Return what the name of a plan tells."""
    language, colon, rest = name.partition(": ")
    if not colon or language not in NAMES:
        return Used(ENGLISH)
    names, plus, _ = rest.partition(" + ")
    return Used(language, names if plus else "")


def described(name: str) -> str:
    """Return the language and who found the names, for a line on a report ("German, by general rules")."""
    known = used(name)
    how = f"names by {known.names}" if known.names else "by general rules"
    return (
        NAMES[known.language]
        if not known.names and known.language == ENGLISH
        else f"{NAMES[known.language]}, {how}"
    )


def is_current(name: str, chosen: str) -> bool:
    """Tell whether findings that were made by `name` would be made by the same today."""
    try:
        choice = wanted(chosen)
    except AnalysisError:
        choice = None
    return name == plan(used(name).language, choice).name


def suggestion(language: str) -> str:
    """Return the smallest pipeline that spaCy offers for a language, "" when there is none."""
    kind = "web" if language in _WEB else "news" if language in _NEWS else ""
    return f"{language}_core_{kind}_sm" if kind else ""
