"""How many threads a process multiplies its matrices in. Starts none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

# What the libraries that numpy comes with ask, once, for the number of their threads.
_NUMBERS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Let a process that is started meanwhile multiply matrices in one thread.

    In two it is a tenth faster for two thirds more work, and the window waits for both cores.
    """
    before = {name: os.environ.get(name) for name in _NUMBERS}
    os.environ.update(dict.fromkeys(_NUMBERS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
