"""What some languages say when they report: a table of words. No rules, no models.

Where a language is missing, quotation marks alone tell what is said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_WORDS = Path(__file__).resolve().parents[2] / "resources" / "languages" / "tongues.toml"


@dataclass(frozen=True)
class Tongue:
    """The words of one language, each list as running text; phrases are joined with "_".

    `verbs` report; `sources` name where something is known from and stand before the name ("laut");
    `asides` do so only right after a quotation ("…, so Weber"); `that` opens a reported clause; `pronouns`
    and `determiners` begin who reports; `titles` stand before a person's name and are no part of it;
    `bodies` are words by which organisations are known. `dashes` tells that a dash opens speech, `spaced`
    that words are parted by blanks, `nouns` that every noun has a capital.
    """

    verbs: str = ""
    sources: str = ""
    asides: str = ""
    that: str = ""
    pronouns: str = ""
    determiners: str = ""
    titles: str = ""
    bodies: str = ""
    dashes: bool = False
    spaced: bool = True
    nouns: bool = False

    @cached_property
    def cue(self) -> re.Pattern[str] | None:
        """A word that reports."""
        return self._any(self.verbs)

    @cached_property
    def source(self) -> re.Pattern[str] | None:
        """A phrase before the name of a source."""
        return self._any(self.sources)

    @cached_property
    def aside(self) -> re.Pattern[str] | None:
        """A phrase that names a source right after a quotation."""
        return self._any(f"{self.sources} {self.asides}".strip())

    @cached_property
    def clause(self) -> re.Pattern[str] | None:
        """A word that opens a reported clause."""
        return self._any(self.that)

    @cached_property
    def person(self) -> re.Pattern[str] | None:
        """A pronoun, or a determiner with its noun ("die neue Ministerin", "el portavoz")."""
        if not self.pronouns:
            return None
        noun = r"(?:[^\W\d_A-Z][\w-]* ){0,2}[A-ZÄÖÜ][\w-]+" if self.nouns else r"[^\W\d_][\w-]+"
        some = rf"(?i:{_listed(self.determiners)})(?:(?<=['’])| ){noun}" if self.determiners else r"(?!)"
        return re.compile(rf"(?<![\w’'-])(?:{some}|(?i:{_listed(self.pronouns)})(?![\w’'-]))")

    @cached_property
    def before_names(self) -> frozenset[str]:
        """The titles in small letters."""
        return frozenset(self.titles.split())

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words of organisations."""
        return frozenset(self.bodies.split())

    def _any(self, words: str) -> re.Pattern[str] | None:
        if not words:
            return None
        if not self.spaced:
            return re.compile(_listed(words))
        return re.compile(rf"(?<![\w’-])(?:{_listed(words)})(?![\w’])", re.IGNORECASE)


@cache
def _listed(words: str) -> str:
    ordered = sorted(words.split(), key=len, reverse=True)
    return "|".join(re.escape(word.replace("_", " ")).replace("'", "['’]") for word in ordered)


SILENT = Tongue()


def tongue_of(language: str) -> Tongue:
    """Return the words of a language; none for a language that is not in the table."""
    return _tongues().get(language, SILENT)


@cache
def _tongues() -> Mapping[str, Tongue]:
    found: dict[str, Tongue] = {}
    for code, table in tomllib.loads(_WORDS.read_text(encoding="utf-8")).items():
        also = table.pop("also", [])
        found |= dict.fromkeys((code, *also), Tongue(**table))
    return found
