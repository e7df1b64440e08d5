"""Quotation marks: which stretch of a paragraph stands between which marks. Knows no words, no names."""

from __future__ import annotations

from dataclasses import dataclass

from reader.document import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between marks: `outer` with the marks, `inner` without.

    `closed` is false when the closing mark is missing and the stretch runs to the paragraph's end;
    `opened` is false when the opening mark is missing and it runs from the paragraph's start.
    """

    outer: Span
    inner: Span
    closed: bool = True
    opened: bool = True


# Openers with the marks that may close them. A mark that is on both sides is told by its neighbours.
_CLOSERS = {
    "“": '”"“‟',
    "”": '”"',
    "„": '“”"‟',
    "‟": '”"',
    "«": "»",
    "»": "«»",
    '"': '"”',
    "＂": "＂",
    "「": "」",
    "『": "』",
    "''": "''",
    "``": "''",
    "‘": "’'",
    "‚": "‘’",
    "‹": "›",
    "›": "‹›",
    "'": "'’",
}
_SINGLE = set("‘‚'")
_BRACKETS = set("([{<—–-/\u00a0|:")
_ENDS = set(".,;:!?…)]}>—–-/'’\"”\u00a0|")
MARKS = frozenset("".join(_CLOSERS) + "”’›»」』`")


def quoted(text: str, *, start: int = 0, end: int | None = None) -> list[Quoted]:
    """Return the outermost quoted stretches of the paragraph ``text[start:end]``, in order.

    Nested marks belong to the stretch around them. An apostrophe is not a mark. A mark that has no
    partner reaches to the paragraph's end, never further.
    """
    end = len(text) if end is None else end
    found: list[Quoted] = []
    at = start
    while at < end:
        mark = _mark_at(text, at, end)
        if mark is None or not _may_open(text, at, mark, start, end):
            if mark in ("”", "»") and not found and at > start and _is_closer(text, at, mark, end):
                found.append(Quoted(Span(start, at + 1), Span(start, at), opened=False))
            at += len(mark) if mark else 1
            continue
        close = _find_close(text, at + len(mark), mark, end)
        if close is None:
            if mark in _SINGLE:
                at += 1
                continue
            found.append(_trimmed(text, at, at + len(mark), end, end, closed=False))
            break
        last, length = close
        found.append(_trimmed(text, at, at + len(mark), last, last + length, closed=True))
        at = last + length
    return found


def _trimmed(text: str, start: int, inner: int, last: int, end: int, *, closed: bool) -> Quoted:
    while inner < last and text[inner].isspace():
        inner += 1
    while last > inner and text[last - 1].isspace():
        last -= 1
    return Quoted(Span(start, end if closed else last), Span(inner, last), closed)


def _mark_at(text: str, at: int, end: int) -> str | None:
    two = text[at : min(at + 2, end)]
    if two in ("''", "``"):
        return two
    return two[:1] if two[:1] in MARKS else None


def _may_open(text: str, at: int, mark: str, start: int, end: int) -> bool:
    after = text[at + len(mark)] if at + len(mark) < end else " "
    before = text[at - 1] if at > start else " "
    if mark not in _CLOSERS or (after.isspace() and mark not in "«»"):
        return False
    if mark in ("“", "«", "„", "「", "『", "‹", "``", "‚"):
        return True
    free = before.isspace() or before in _BRACKETS or before in MARKS
    if mark == "'":
        return free and (after.isalnum() or after in MARKS or after in "[(…") and not after.isdigit()
    if mark == "‘":
        return free
    if mark == "”":
        return free and not before.isalnum() and (before.isspace() or at == start)
    if mark in "»›":
        return free and not after.isspace() and (before.isspace() or at == start)
    return free or (before in ".,;:!?" and after.isupper())


def _is_closer(text: str, at: int, mark: str, end: int) -> bool:
    after = text[at + len(mark)] if at + len(mark) < end else " "
    return not text[at - 1].isspace() and (after.isspace() or after in _ENDS)


def _find_close(text: str, at: int, mark: str, end: int) -> tuple[int, int] | None:
    """Return where the stretch that `mark` opened before `at` is closed, and the closing mark's length."""
    closers = ("''",) if len(mark) == 2 else tuple(_CLOSERS[mark])
    if mark in _SINGLE:
        return _find_single_close(text, at, closers, end)
    depth = 0
    here = at
    while here < end:
        if mark in "“«„「『‹" and text[here] == mark and mark not in closers:
            depth += 1
        elif any(text.startswith(c, here, end) for c in closers):
            length = 2 if len(mark) == 2 else 1
            if depth and text[here] in "”»」』›":
                depth -= 1
            elif not _reopens(text, here, mark, end):
                return here, length
        here += 1
    # A second opener without its own closer is a slip: the first closer then ends the whole.
    if depth:
        lasts = [i for i in range(at, end) if text[i] in closers]
        return (lasts[-1], 1) if lasts else None
    return None


def _reopens(text: str, at: int, mark: str, end: int) -> bool:
    """Tell whether a mark that looks the same on both sides stands as an opener here (nested)."""
    if mark in "“«「『‹" and text[at] in "”»」』›":
        return False
    before = text[at - 1]
    after = text[at + 1] if at + 1 < end else " "
    opening = (before.isspace() or before in "([{") and not after.isspace() and after not in _ENDS
    return opening and text[at] != "”"


def _find_single_close(text: str, at: int, closers: tuple[str, ...], end: int) -> tuple[int, int] | None:
    """Find a closing single quote; an apostrophe in or before a word, or after a plural, is none."""
    likely: int | None = None
    for here in range(at, end):
        char = text[here]
        if char in '“”"«»':
            break
        if char not in closers or here == at:
            continue
        after = text[here + 1] if here + 1 < end else " "
        if after.isalnum() or text[here - 1].isspace():
            continue
        plural = text[here - 1] in "sS" and after == " " and here + 2 < end and text[here + 2].islower()
        if not plural or text[here - 1] in ".,!?…;":
            return here, 1
        likely = here if likely is None else likely
    return (likely, 1) if likely is not None else None
