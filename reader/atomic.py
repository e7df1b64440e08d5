"""Writing a file whole: whoever reads it sees the old content or the new. Knows nothing of what is in it."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def write_whole(path: Path, data: bytes, *, surely: bool = True) -> None:
    """Put `data` into the file at once, through a file beside it; `surely` waits until it is on disk.

    A link is followed, so that what it points to is replaced and not the link. Raises OSError, or
    ValueError for a name that can't be one, and leaves nothing behind then.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            if surely:
                os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
