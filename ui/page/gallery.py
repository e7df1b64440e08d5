"""The pictures of a document: how large each is shown, and those decoded last. Fetches nothing from anywhere.

What is decoded here was written by the opening process, never by a stranger.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage

from reader.document import Picture

TALLEST = 640.0  # pixels at a scale of one: a picture leaves room for the words around it
MOST_BYTES = 48 << 20


def fitted(picture: Picture, width: float, scale: float) -> QSizeF:
    """Return the size in which a picture is shown: as it is, or smaller, in its own proportions."""
    wide, tall = max(1, picture.width), max(1, picture.height)
    times = min(1.0, width / wide, TALLEST * scale / tall)
    return QSizeF(max(1.0, wide * times), max(1.0, tall * times))


class Gallery:
    """Decodes a picture when it is first painted, in the size in which it is shown; keeps the last ones."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        self._pictures = pictures
        self._kept: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pictures)

    def image(self, number: int, size: QSizeF, ratio: float) -> QImage:
        """Return a picture in `size` for a screen of `ratio` pixels to one; null where it is damaged."""
        wide, tall = round(size.width() * ratio), round(size.height() * ratio)
        key = (number, wide, tall)
        held = self._kept.get(key)
        if held is None:
            held = self._decoded(number, QSize(max(1, wide), max(1, tall)))
            held.setDevicePixelRatio(ratio)
            self._kept[key] = held
            while (
                len(self._kept) > 1 and sum(each.sizeInBytes() for each in self._kept.values()) > MOST_BYTES
            ):
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return held

    def _decoded(self, number: int, size: QSize) -> QImage:
        image = QImage.fromData(self._pictures[number].data)
        if image.isNull() or (image.width() <= size.width() and image.height() <= size.height()):
            return image
        return image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
