"""Numbers as lists write them: 3, 03, c, III. Knows no file format."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4000
# A list marker is short; what counts further in letters is written in digits.
_MOST_LETTERS = 4


def roman(number: int) -> str:
    """Return a number in small Roman figures, in digits where there are none for it."""
    if not 0 < number < _LARGEST_ROMAN:
        return str(number)
    figures = []
    for value, figure in _ROMAN:
        figures.append(figure * (number // value))
        number %= value
    return "".join(figures)


def letters(number: int) -> str:
    """Return a, b ... z, aa, bb ... as word processors count, in digits where that grows long."""
    if not 0 < number <= 26 * _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
