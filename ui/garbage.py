"""Garbage is collected in the interface's thread alone.

Python looks for unreachable objects in whichever thread happens to make one object too many. A timer or
widget that is found there is deleted outside its own thread, and its next tick brings the program down.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher


def collect_here() -> None:
    """From now on collect garbage between the events of this thread, and in no other."""
    gc.disable()
    QAbstractEventDispatcher.instance().aboutToBlock.connect(collect_due)


def collect_due() -> None:
    """Collect what Python would by itself: the oldest generation whose count is over its threshold."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
