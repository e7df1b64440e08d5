"""What stands in each element of a page, counted once and kept right when parts go. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from reader.formats.markup import Element, names

# What takes the place of a dropped element, so that the text after it need not be moved.
GONE = "template"

COMMAS = ",،﹐﹑⁹⸴⸲，、"
HEADINGS = names("h1 h2 h3 h4 h5 h6")
_LISTS = names("ul ol")
_TEXTISH = frozenset(names("span li td blockquote dl div img ol p pre table ul"))
_HEADS = names("caption col colgroup tfoot thead th")
EMBEDS = names("object embed iframe")
# A link within the page is rather a part of the text (a footnote) than a way out of it.
_HERE = 0.3
_WIDE = frozenset(("a", *_LISTS, *HEADINGS))


class Counts:
    """Sums over an element and all inside it, without the text after its end.

    `chars` counts characters after white space is collapsed, and one for each piece of text; `linked` is the
    share of them in links, where links within the page count little; `headings` and `lists` are characters
    in such elements, the others are numbers of elements. `rare` tells whether any of these is more than
    nought, save for paragraphs and `textish` elements: most elements hold none of them.
    """

    __slots__ = (
        "chars", "commas", "data_tables", "embeds", "headings", "heads", "images", "inputs", "items",
        "linked", "lists", "paragraphs", "rare", "tables", "textish",
    )  # fmt: skip

    def __init__(self) -> None:
        self.chars = self.commas = self.headings = self.lists = self.textish = self.paragraphs = 0
        self.images = self.items = self.inputs = self.embeds = 0
        self.tables = self.heads = self.data_tables = 0
        self.linked = 0.0
        self.rare = False

    def add(self, other: Counts, sign: int = 1) -> None:
        """Add what another element holds, or with `sign` -1 take it away."""
        self.chars += sign * other.chars
        self.commas += sign * other.commas
        self.linked += sign * other.linked
        self.textish += sign * other.textish
        self.paragraphs += sign * other.paragraphs
        if not other.rare:
            return
        self.rare = True
        self.headings += sign * other.headings
        self.lists += sign * other.lists
        self.images += sign * other.images
        self.items += sign * other.items
        self.inputs += sign * other.inputs
        self.embeds += sign * other.embeds
        self.tables += sign * other.tables
        self.heads += sign * other.heads
        self.data_tables += sign * other.data_tables

    @property
    def length(self) -> int:
        """The number of characters, white space collapsed."""
        return max(self.chars - 1, 0)

    @property
    def link_density(self) -> float:
        """The share of the characters that stand in links."""
        return min(self.linked / self.chars, 1.0) if self.chars else 0.0

    def share(self, part: int) -> float:
        """The share of the characters that `part` is."""
        return part / self.chars if self.chars else 0.0


class Measures:
    """The counts of every element of a tree; `drop` keeps them right within one `backwards` walk."""

    def __init__(self, root: Element) -> None:
        self.counts: dict[Element, Counts] = {}
        counts = self.counts
        elements = list(root.iter())
        for element in elements:
            counts[element] = Counts()
        for element in reversed(elements):
            own = counts[element]
            tag = element.tag
            text = element.text
            if text:
                _count_text(own, text)
            if tag == "p":
                own.paragraphs += 1
            elif tag in _ONE:
                name = _ONE[tag]
                setattr(own, name, getattr(own, name) + 1)
                own.rare = True
            if own.chars:
                if tag in _TEXTISH:
                    own.textish += 1
                if tag in _WIDE:
                    _widen(own, element)
            if element is not root:
                holder = counts[element.getparent()]
                holder.add(own)
                text = element.tail
                if text:
                    _count_text(holder, text)
        self._lost: dict[Element, Counts] = {}

    def of(self, element: Element) -> Counts:
        """Return the counts of an element of the tree."""
        return self.counts[element]

    def join(self, holder: Element, parts: list[Element]) -> None:
        """Count a new element that holds the given ones."""
        whole = self.counts[holder] = Counts()
        for part in parts:
            whole.add(self.counts[part])

    def backwards(self, root: Element) -> Iterator[Element]:
        """Yield what is inside `root`, the last first, so that what is inside comes before what holds it."""
        for element in reversed(list(root.iter())):
            lost = self._lost.pop(element, None) if self._lost else None
            if lost is not None:
                _widen(lost, element)
                self.counts[element].add(lost, -1)
                if element is not root:
                    self._lose(element.getparent(), lost)
            if element is not root and element.tag != GONE:
                yield element

    def release(self) -> None:
        """Forget the counts, what is inside before what holds it.

        An element that is forgotten looks for the nearest holder that is still known: in the other order,
        each would climb to the top of the page, which takes minutes where a page is built for that.
        """
        while self.counts:
            self.counts.popitem()

    def drop(self, element: Element) -> None:
        """Drop an element during a `backwards` walk; what holds it learns of it when the walk gets there."""
        self._lose(element.getparent(), self.counts[element])
        drop(element)

    def _lose(self, holder: Element, counts: Counts) -> None:
        if holder not in self._lost:
            self._lost[holder] = Counts()
        self._lost[holder].add(counts)


def drop(element: Element) -> None:
    """Take an element out of its tree, and leave what follows it where it is."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        # To join the texts around it would copy them once more for each of many neighbours.
        element.clear(keep_tail=True)
        element.tag = GONE
    else:
        parent.remove(element)


def _count_text(counts: Counts, text: str) -> None:
    inner = text.strip()
    if not inner:
        return
    if "\n" in inner or "  " in inner or "\t" in inner:
        inner = " ".join(inner.split())
    counts.chars += len(inner) + 1
    counts.commas += inner.count(",")
    if not inner.isascii():
        counts.commas += sum(inner.count(comma) for comma in COMMAS[1:])


def _widen(counts: Counts, holder: Element) -> None:
    """Count the characters as those of a link, a heading or a list, where `holder` is one."""
    tag = holder.tag
    if tag == "a":
        counts.linked = counts.chars * (_HERE if (holder.get("href") or "").startswith("#") else 1.0)
    elif tag in _LISTS:
        counts.lists += counts.chars
        counts.rare = True
    elif tag in HEADINGS:
        counts.headings += counts.chars
        counts.rare = True


_ONE = {
    "img": "images",
    "li": "items",
    "input": "inputs",
    "table": "tables",
    **dict.fromkeys(EMBEDS, "embeds"),
    **dict.fromkeys(_HEADS, "heads"),
}
