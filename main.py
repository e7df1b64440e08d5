"""Where Scholion starts: reads the command line, then opens the window or does a command. Nothing else."""

from __future__ import annotations

import os
import sys

from reader import cli


def main() -> int:
    """Run the program; return its exit code."""
    asked = cli.run(sys.argv[1:])
    if isinstance(asked, int):
        return asked
    if not _has_screen():
        print(
            "There is no screen to open a window on. Type “main.py analyze FILE” to work without one.",
            file=sys.stderr,
        )
        return cli.NOT_ALL_DONE
    from ui.start import run_window

    with asked.places() as paths:
        return run_window(paths, list(asked.files), model=asked.model)


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    raise SystemExit(main())
