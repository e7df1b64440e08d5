"""What becomes of a folder of files: ``python -m tools.files ../shared/corpora/files``.

Each is opened as the program opens it, in a process with limits. A table tells, by format, how many were
opened, opened in part (with a warning) and refused; then each warning and each refusal with its sentence.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from reader.errors import FormatError
from reader.formats.opener import Opener

_LONG = 20.0  # seconds


def main() -> int:
    """Print the table; return 1 where a file was neither opened nor refused with a sentence."""
    parser = argparse.ArgumentParser(prog="python -m tools.files", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--brief", action="store_true", help="the table alone")
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    told: list[str] = []
    opener = Opener()
    try:
        for path in sorted(each for each in options.folder.rglob("*") if each.is_file()):
            outcome, sentence = _opened(opener, path)
            counts[path.suffix.lower()][outcome] += 1
            if outcome != "opened":
                told.append(f"{outcome:8} {path.relative_to(options.folder)}: {sentence}")
    finally:
        opener.close()
    if not options.brief:
        print("\n".join(told) + "\n")
    print(f"{'format':8}{'files':>7}{'opened':>8}{'partly':>8}{'refused':>9}{'wrong':>7}")
    for suffix, each in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        print(
            f"{suffix:8}{each.total():7}{each['opened']:8}{each['partly']:8}{each['refused']:9}{each['wrong']:7}"
        )
    return 1 if any(each["wrong"] for each in counts.values()) else 0


def _opened(opener: Opener, path: Path) -> tuple[str, str]:
    start = time.monotonic()
    try:
        document = opener.open(path)
    except FormatError as error:
        return "refused", str(error)
    except Exception as error:  # noqa: BLE001  a bug, which is what the table is to show
        return "wrong", f"{type(error).__name__}: {error}"
    spent = time.monotonic() - start
    if spent > _LONG:
        return "wrong", f"took {spent:.0f} s"
    if not document.text.strip():
        return "wrong", "opened, and empty"
    return ("partly", " ".join(document.warnings)) if document.warnings else ("opened", "")


if __name__ == "__main__":
    sys.exit(main())
