"""Where speakers, text and notes stand side by side; narrow windows give up the margins."""

from __future__ import annotations

from dataclasses import dataclass

SPEAKERS = 94.0
NOTES = 196.0
GAP = 26.0
EDGE = 12.0
BAR_ROOM = 20.0
SHRINK = 0.86  # the column may give up so much of its width to keep a margin
NARROW_EDGE = 24.0


@dataclass(frozen=True, slots=True)
class Column:
    """The horizontal layout in pixels of the viewport.

    `speakers` is the left edge of the speakers' margin, None where it does not fit: speakers then
    stand above the words. `notes` is the left edge of the notes' margin, None where notes fold
    below their paragraph.
    """

    left: float
    width: float
    speakers: float | None
    speakers_width: float
    notes: float | None
    notes_width: float

    @property
    def bar(self) -> float:
        """The left edge of the bar beside a quotation."""
        return self.left - 14


def arrange(viewport: float, *, wanted: float, scale: float = 1.0, beside: float = 0.0) -> Column:
    """Share `viewport` pixels between the margins and a text column of at most `wanted` pixels.

    `beside` is the room wanted right of the text, between it and the notes.
    """
    gap, edge = max(GAP, beside), max(NARROW_EDGE, beside)
    speakers, notes = SPEAKERS * scale, NOTES * scale
    before = EDGE + speakers + BAR_ROOM
    after = gap + notes + EDGE
    if viewport >= before + wanted * SHRINK + after:
        width = min(wanted, viewport - before - after)
        # Room to spare goes to both sides, so that the text keeps near the middle.
        left = before + max(
            0.0, min((viewport - before - width - after) / 2, viewport / 2 - width / 2 - before)
        )
        return Column(left, width, left - BAR_ROOM - speakers, speakers, left + width + gap, notes)
    if viewport >= before + wanted * 0.75 + edge:
        width = min(wanted, viewport - before - edge)
        left = before + max(0.0, (viewport - before - width - edge) / 3)
        return Column(left, width, left - BAR_ROOM - speakers, speakers, None, width)
    width = max(120.0, min(wanted, viewport - NARROW_EDGE - edge))
    left = max(NARROW_EDGE, min((viewport - width) / 2, viewport - width - edge))
    return Column(left, width, None, width, None, width)
