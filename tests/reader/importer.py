"""The program with small batches, so that a test can end it in the midst of its work."""

from __future__ import annotations

import sys

from reader import cli, importing

if __name__ == "__main__":
    importing._DOCUMENTS = 3
    raise SystemExit(cli.run(sys.argv[1:]))
