"""More names than the corpus has: articles with other names of the same type in the places of theirs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from tools.train.corpora import Stretch
from tools.train.lexicon import people, places

_CHANGED = 0.7  # the part of an article's names that are changed, each everywhere in the article alike
# How often the other name is one of the corpus. Bodies keep their names: many are known by nothing else.
_FROM_CORPUS = {"PERSON": 0.35, "GPE": 0.4, "NORP": 1.0, "FAC": 1.0, "PRODUCT": 1.0}


class Others:
    """The names to put in: those of the corpus, and for people and places those of the lists."""

    def __init__(self, articles: Sequence[Stretch], *, seed: int) -> None:
        found: dict[str, set[str]] = {}
        for one in articles:
            for ent in one.doc.ents:
                found.setdefault(ent.label_, set()).add(ent.text)
        self._names = {label: sorted(names) for label, names in found.items()}
        self._people = [each for each in people() if each.firsts and each.surnames]
        self._places = places()
        self._random = random.Random(seed)

    def articles(self, nlp: Language, articles: Sequence[Stretch]) -> Iterator[Stretch]:
        """Yield the paragraphs that have names, with others in the places of most of them."""
        article, told = -1, dict[tuple[str, str], str]()
        for one in articles:
            if one.article != article:
                article, told = one.article, {}
            if one.doc.ents:
                yield Stretch(one.article, self._changed(nlp, one.doc, told))

    def _changed(self, nlp: Language, doc: Doc, told: dict[tuple[str, str], str]) -> Doc:
        text, at = "", 0
        marked = []
        for ent in doc.ents:
            text += doc.text[at : ent.start_char]
            name = told.setdefault((ent.label_, ent.text), self._other(ent.label_, ent.text))
            marked.append((len(text), len(text) + len(name), ent.label_))
            text += name
            at = ent.end_char
        changed = nlp.make_doc(text + doc.text[at:])
        spans = (changed.char_span(*mark, alignment_mode="expand") for mark in marked)
        changed.set_ents(filter_spans([span for span in spans if span is not None]))
        return changed

    def _other(self, label: str, name: str) -> str:
        chance = self._random.random
        if label not in _FROM_CORPUS or chance() > _CHANGED:
            return name
        if chance() < _FROM_CORPUS[label]:
            return self._of_corpus(label, name)
        if label == "PERSON":
            return self._person(len(name.split()))
        return self._random.choice(self._places[self._random.choice(("city", "city", "region", "village"))])

    def _of_corpus(self, label: str, name: str) -> str:
        """Return a name of the corpus that is written alike: a surname for a surname, letters for letters."""
        for _ in range(12):
            other = self._random.choice(self._names[label])
            alike = (
                len(other.split()) == len(name.split())
                if label == "PERSON"
                else other.isupper() == name.isupper()
            )
            if alike:
                return other
        return name

    def _person(self, words: int) -> str:
        country = self._random.choice(self._people)
        surname = self._random.choice(country.surnames)
        if words == 1:
            return surname
        first, second = (self._random.choice(country.firsts)[0] for _ in range(2))
        middle = [f"{second[0]}."] if words > 2 and self._random.random() < 0.5 else []
        return " ".join([first, *middle, surname])
