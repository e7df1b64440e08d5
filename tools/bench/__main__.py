"""Run the benchmarks: ``python -m tools.bench [NAME ...] [--json FILE]``."""

from __future__ import annotations

import argparse
import importlib
import json
from dataclasses import asdict
from pathlib import Path

from tools.bench.table import print_growth, print_table

NAMES = ("startup", "page", "library", "listing", "importing", "formats", "analysis", "lateness")


def main() -> None:
    """Run the chosen benchmarks and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--large", action="store_true", help="measure the largest sizes too: many minutes")
    options = parser.parse_args()
    rows = []
    for name in options.names or NAMES:
        rows += importlib.import_module(f"tools.bench.{name}").run(large=options.large)
    print_table(rows)
    print_growth(rows)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
