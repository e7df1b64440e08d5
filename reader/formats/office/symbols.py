"""The letters of symbol fonts, which files store as numbers of a font and not as characters. A table."""

from __future__ import annotations

# The Symbol font from 0x20 and from 0xA1, as Adobe publishes its encoding.
_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_LAST = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL = {
    **{0x20 + i: letter for i, letter in enumerate(_LOW)},
    **{0xA1 + i: letter for i, letter in enumerate(_HIGH)},
    **{0xF1 + i: letter for i, letter in enumerate(_LAST)},
}
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x33: "▣", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○",
    0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_PRIVATE, _END = 0xF000, 0xF0FF


def symbol(number: int, font: str = "Symbol") -> str:
    """Return the character that a font of symbols draws for a number; "" where it is not known."""
    if _PRIVATE <= number <= _END:
        number -= _PRIVATE
    name = font.lower()
    if "wingdings" in name or "webdings" in name:
        return _WINGDINGS.get(number, "")
    if name.startswith("symbol"):
        return _SYMBOL.get(number, "")
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""


def is_symbols(font: str) -> bool:
    """Tell by its name whether a font draws symbols in the place of letters."""
    name = font.lower()
    return "wingdings" in name or "webdings" in name or name.startswith("symbol")
