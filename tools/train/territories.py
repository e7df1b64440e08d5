"""Build the list of the world's states as many languages write them, from Unicode's CLDR (babel).

    python -m tools.train.territories

writes `resources/languages/territories.gz`: a line for each language, its code, a tab, the names parted
by "|". Only states, by their short names; what is more often another word is left out by hand.
"""

from __future__ import annotations

import gzip

from reader.analysis.languages import ENGLISH, NAMES
from reader.analysis.neutral import CASED, TERRITORIES
from reader.analysis.words import word_set

# Codes of CLDR that are no states: groups, the unknown, and what one name of many would stand for.
_NO_STATES = word_set("AC AQ BV CP CQ DG EA EU EZ HM IC IO QO TA UM UN XA XB ZZ")
# Written so in many languages, and in no list.
_SHORT = frozenset({"USA", "США"})
_CLDR = {"tl": "fil"}
# What is more often another word or name than the state.
_AMBIGUOUS = word_set("Man Insel Island Jersey Georgia Jordan Fas Katar Niue Palau Guam")


def main() -> None:
    """Write the list."""
    from babel import Locale

    lines = []
    for code in sorted(CASED & NAMES.keys() - {ENGLISH}):
        names = {
            name.split(" (")[0].strip()
            for territory, name in Locale(_CLDR.get(code, code)).territories.items()
            if territory.isalpha() and territory not in _NO_STATES
        }
        good = sorted(
            name for name in names | _SHORT if len(name) > 2 and name[0].isupper() and name not in _AMBIGUOUS
        )
        if good:
            lines.append(f"{code}\t{'|'.join(good)}\n")
    TERRITORIES.parent.mkdir(parents=True, exist_ok=True)
    TERRITORIES.write_bytes(gzip.compress("".join(lines).encode("utf-8"), mtime=0))
    print(f"{len(lines)} languages, {TERRITORIES.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
