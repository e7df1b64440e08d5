"""More names than the corpus has: put other names of the same type in their places while training."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry

from reader.analysis.lexicon import CITY, COUNTRY, FIRST_NAME, TOWN, Lexicon

_SWAPPED = ("PERSON", "ORG", "GPE", "NORP", "FAC")
Pool = dict[str, list[list[str]]]


def pool(nlp: Language, marked: DocBin, lexicon: Lexicon, path: Path) -> None:
    """Write the names to put in: those of the training set, each once, and some of the lexicon."""
    found: dict[str, set[tuple[str, ...]]] = {label: set() for label in _SWAPPED}
    for doc in marked.get_docs(nlp.vocab):
        for ent in doc.ents:
            if ent.label_ in found:
                found[ent.label_].add(tuple(token.text for token in ent))
    surnames = sorted({name[-1] for name in found["PERSON"] if len(name) > 1})
    chooser = random.Random(1)
    firsts = sorted(phrase for phrase, bits in lexicon.items() if bits & FIRST_NAME and " " not in phrase)
    found["PERSON"] |= {(chooser.choice(firsts), chooser.choice(surnames)) for _ in range(4000)}
    places = sorted(phrase for phrase, bits in lexicon.items() if bits & (CITY | TOWN) and len(phrase) > 4)
    found["GPE"] |= {tuple(phrase.split()) for phrase in chooser.sample(places, 3000)}
    found["GPE"] |= {tuple(phrase.split()) for phrase, bits in lexicon.items() if bits & COUNTRY}
    table = {label: sorted(list(name) for name in names) for label, names in found.items()}
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


@registry.augmenters("scholion.other_names.v1")  # type: ignore[untyped-decorator]
def other_names(path: str, level: float, lower: float) -> Callable[[Language, Example], Iterator[Example]]:
    """Return an augmenter that changes names in `level` of the examples, and lower-cases `lower` of them."""
    names: Pool = json.loads(Path(path).read_text(encoding="utf-8"))
    chooser = random.Random(1)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        if chooser.random() < lower:
            words = [token.lower_ for token in example.reference]
            yield _rebuilt(nlp, example.reference, words)
        elif example.reference.ents and chooser.random() < level:
            yield _swapped(nlp, example.reference, names, chooser)
        else:
            yield example

    return augment


def _rebuilt(nlp: Language, doc: Doc, words: list[str]) -> Example:
    spaces = [bool(token.whitespace_) for token in doc]
    tags = [_tag(doc, number) for number in range(len(doc))]
    return _example(nlp, words, spaces, tags)


def _swapped(nlp: Language, doc: Doc, names: Pool, chooser: random.Random) -> Example:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    at = 0
    for ent in doc.ents:
        for token in doc[at : ent.start]:
            _add(words, spaces, tags, token.text, bool(token.whitespace_), _tag(doc, token.i))
        new = [token.text for token in ent]
        if ent.label_ in names and chooser.random() < 0.6:
            new = chooser.choice(names[ent.label_])
        last = bool(doc[ent.end - 1].whitespace_)
        for number, word in enumerate(new):
            tag = ("B-" if number == 0 else "I-") + ent.label_
            space = (
                last if number + 1 == len(new) else word != "-" and new[number + 1] not in ("-", "'s", ",")
            )
            _add(words, spaces, tags, word, space, tag)
        at = ent.end
    for token in doc[at:]:
        _add(words, spaces, tags, token.text, bool(token.whitespace_), _tag(doc, token.i))
    return _example(nlp, words, spaces, tags)


def _tag(doc: Doc, number: int) -> str:
    """Return the token's part of a name; "" for a token that is left open."""
    token = doc[number]
    if token.ent_iob_ in ("B", "I"):
        return f"{token.ent_iob_}-{token.ent_type_}"
    return token.ent_iob_


def _add(words: list[str], spaces: list[bool], tags: list[str], word: str, space: bool, tag: str) -> None:
    words.append(word)
    spaces.append(space)
    tags.append(tag)


def _example(nlp: Language, words: list[str], spaces: list[bool], tags: list[str]) -> Example:
    return Example(
        Doc(nlp.vocab, words=words, spaces=spaces),
        Doc(nlp.vocab, words=words, spaces=spaces, ents=tags),
    )
