"""Reading what can be read of a damaged library into a new one. The damaged file is never written to.

`pages` reads the pages of the file, `wreck` puts rows together, `journal` tells how a person left their
records, `mending` makes all of it fit, and `rescuing` writes the new library.
"""

from __future__ import annotations

from reader.library.rescue.rescuing import Rescued, name_beside, rescue

__all__ = ["Rescued", "name_beside", "rescue"]
