"""Whether the words beside a date speak of the past or of the future: by the nearest verb, no parser."""

from __future__ import annotations

import re

from reader.analysis.words import word_set

PAST, OPEN, FUTURE = -1, 0, 1
# Characters that are looked at before a date and, where a sentence begins with it, behind it.
_BEFORE, _BEHIND = 160, 80
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = re.compile(r"[.!?;](?=\s)|\n")

_COMING = word_set(
    """
    will shall won't won’t scheduled slated due expected set plans planned planning upcoming coming
    forthcoming would tomorrow going hopes intends until till deadline 'll ’ll
    """
)
_GONE = word_set(
    """
    said told was were had did has have since after ago began became bought broke brought came caught chose
    drew drove fell fled flew fought found gave got grew held hit kept knew led left lost made met paid ran
    rose sank saw sent shot shut sold spent spoke stood struck swore threw took taught went withdrew won wrote
    """
)
_HELPERS = word_set("be being to will would")
_ED = re.compile(r"[^\W\d_]{3,}ed")


def direction(text: str, at: int, end: int, *, start: int) -> int:
    """Tell whether ``text[at:end]``, a date in a sentence that begins at `start`, lies behind or ahead.

    The nearest verb before the date decides, else the first one behind it: PAST, FUTURE, or OPEN.
    """
    before = text[max(start, at - _BEFORE) : at]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    words = _words(before[stops[-1] :] if stops else before)
    for number in range(len(words) - 1, -1, -1):
        found = _way(words, number)
        if found is not OPEN:
            return found
    behind = text[end : end + _BEHIND]
    stop = _STOP.search(behind)
    words = _words(behind[: stop.start()] if stop else behind)
    return next((way for way in (_way(words, number) for number in range(len(words))) if way), OPEN)


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]


def _way(words: list[str], number: int) -> int:
    """Return what one word tells: "launched" is past, "be launched" is whatever stands before it."""
    word = words[number]
    if word in _COMING or word.endswith(("'ll", "’ll")):
        return FUTURE
    helped = number > 0 and words[number - 1] in _HELPERS
    if (word in _GONE or _ED.fullmatch(word)) and not helped:
        return PAST
    return OPEN
