"""The models of the analysis process: loads what a text needs, and says what it can't have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from reader.analysis import plans
from reader.analysis.agreement import Knowledge
from reader.analysis.joins import Weights
from reader.analysis.languages import ENGLISH, language_of
from reader.analysis.lexicon import Lexicon
from reader.analysis.neutral import names_in
from reader.analysis.pipeline import Pipeline, Tagged
from reader.analysis.plans import Installed, Plan
from reader.document import Span
from reader.errors import AnalysisError


class Tagger(Protocol):
    """What reads paragraphs: a `Pipeline`, two of them, or one with the rules of a language."""

    @property
    def name(self) -> str:
        """What findings remember of it."""

    @property
    def weights(self) -> Weights:
        """What joins the parts of attributions."""

    @property
    def knowledge(self) -> Knowledge:
        """What is known beside what it marks."""

    def tag(self, paragraphs: Sequence[str]) -> list[Tagged]:
        """Return what is found in each paragraph; spans count from that paragraph's start."""


class Joined:
    """English: the names of one pipeline, the quotations of the shipped one."""

    def __init__(self, names: Pipeline, quotations: Pipeline, *, name: str) -> None:
        self.name = name
        self.weights = quotations.weights
        # The linear model of kinds knows how the shipped network errs, not how another one does.
        self.knowledge = Knowledge(lexicon=quotations.knowledge.lexicon)
        self._names, self._quotations = names, quotations

    def tag(self, paragraphs: Sequence[str]) -> list[Tagged]:
        """Return the names and the parts of attributions of each paragraph."""
        said = self._quotations.tag(paragraphs, names=False)
        return [
            replace(one, parts=other.parts)
            for one, other in zip(self._names.tag(paragraphs), said, strict=True)
        ]


class Foreign:
    """Another language: names by a pipeline or, without one, by general rules; quotations by rules."""

    def __init__(self, language: str, names: Pipeline | None, *, name: str, lexicon: Lexicon) -> None:
        self.name = name
        self.weights: Weights = {}
        self.knowledge = Knowledge(lexicon=lexicon)
        self._language, self._names, self._lexicon = language, names, lexicon

    def tag(self, paragraphs: Sequence[str]) -> list[Tagged]:
        """Return the names of each paragraph; quotations are left to the rules of the language."""
        if self._names is not None:
            found = [one.names for one in self._names.tag(paragraphs)]
        else:
            found = [self._by_rules(text) for text in paragraphs]
        return [Tagged(names, language=self._language) for names in found]

    def _by_rules(self, text: str) -> tuple[tuple[Span, str], ...]:
        found = names_in(text, language=self._language, lexicon=self._lexicon)
        return tuple((span, label.value) for span, label in found)


class Models:
    """Loads models when they are first needed; keeps the shipped one and the last of the others.

    `problem` tells why a model that was asked for is not used, until the next text is taken.
    """

    def __init__(self, chosen: str = "") -> None:
        self.problem: AnalysisError | None = None
        self._chosen: Installed | None = None
        self._shipped: Pipeline | None = None
        self._other: tuple[str, Pipeline] | None = None
        try:
            self._chosen = plans.wanted(chosen)
        except AnalysisError as error:
            self.problem = error

    def usual(self) -> Tagger:
        """Return what reads a text whose language is not known. Raises AnalysisError without any."""
        return self._tagger(plans.plan("", self._chosen))

    def reader_of(self, text: str, *, stated: str = "") -> Tagger:
        """Return what reads `text`, whose file says that it is in the language `stated`.

        A pipeline that does not load is told in `problem`, and the text is read without it. Raises
        AnalysisError when there is no model at all.
        """
        self.problem = None
        return self._tagger(plans.plan(language_of(text, stated=stated), self._chosen))

    def _tagger(self, plan: Plan) -> Tagger:
        names = self._load(plan.names)
        if plan.names is not None and names is None:
            plan = replace(plan, names=None)
        if plan.language != ENGLISH:
            return Foreign(plan.language, names, name=plan.name, lexicon=self._lexicon())
        if names is None:
            return self._own()
        if names.finds_quotations:
            return names
        try:
            return Joined(names, self._own(), name=plan.name)
        except AnalysisError:
            return names  # without the shipped model: quotations are then found by rules

    def _load(self, wanted: Installed | None) -> Pipeline | None:
        if wanted is None:
            return None
        if self._other is None or self._other[0] != wanted.place:
            self._other = None  # frees the one before the next is loaded
            try:
                self._other = wanted.place, Pipeline.load(wanted.place)
            except AnalysisError as error:
                self.problem = error
                return None
        return self._other[1]

    def _own(self) -> Pipeline:
        if self._shipped is None:
            self._shipped = Pipeline.load()
        return self._shipped

    def _lexicon(self) -> Lexicon:
        try:
            return self._own().knowledge.lexicon
        except AnalysisError:
            return Lexicon()
