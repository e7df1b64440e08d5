"""Pictures of a document made ready to be shown: checked, bounded, and written anew. Runs in the opener.

What the window decodes is what this module wrote, never the bytes of a file from elsewhere.
"""

from __future__ import annotations

import io
import warnings

from reader.document import Picture

# Of one document: pictures kept, and bytes that they take. The rest is told by its words alone.
MOST, MOST_BYTES = 60, 24 << 20
# The larger side, in pixels, and the pixels of a source that is decoded at all.
_LARGEST_SIDE, _MOST_PIXELS = 1400, 50_000_000
_SMALLEST = 24  # pixels of the larger side: less is a bullet, a spacer or a counter
_READ = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


class Pictures:
    """The pictures of one document, each source once."""

    def __init__(self) -> None:
        self._kept: list[Picture] = []
        self._numbers: dict[bytes, int | None] = {}
        self._size = 0

    def add(self, data: bytes | None) -> int | None:
        """Keep a picture; return its number, or None where it can't be shown or there are too many."""
        if not data:
            return None
        if data not in self._numbers:
            self._numbers[data] = self._made(data)
        return self._numbers[data]

    def _made(self, data: bytes) -> int | None:
        if len(self._kept) >= MOST or self._size >= MOST_BYTES:
            return None
        picture = ready(data)
        if picture is None:
            return None
        self._kept.append(picture)
        self._size += len(picture.data)
        return len(self._kept) - 1

    def take(self) -> tuple[Picture, ...]:
        """Return the pictures, by number."""
        return tuple(self._kept)


def is_tiny(data: bytes) -> bool:
    """Tell whether a picture is too small to show anything: a bullet, a spacer, a counter."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_READ) as image:
                return max(image.size) < _SMALLEST
    except Exception:  # noqa: BLE001  decoders raise anything on hostile bytes; such a picture is not tiny
        return False


def ready(data: bytes) -> Picture | None:
    """Return a picture to be shown, or None for what is none, too large, or damaged."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_READ) as image:
                width, height = image.size
                if width * height > _MOST_PIXELS or max(width, height) < _SMALLEST:
                    return None
                image.draft("RGB", (_LARGEST_SIDE, _LARGEST_SIDE))
                clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
                shown = image.convert("RGBA" if clear else "RGB")
                shown.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
                out = io.BytesIO()
                drawn = image.format in ("PNG", "GIF", "BMP")
                if clear or drawn:
                    shown.save(out, "PNG")
                else:
                    shown.save(out, "JPEG", quality=85)
                return Picture(out.getvalue(), *shown.size)
    except Exception:  # noqa: BLE001  decoders raise anything on hostile bytes: the words stand for the picture
        return None
