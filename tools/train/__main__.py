"""Train the shipped model: ``python -m tools.train --corpora ../shared/corpora --output resources/model``.

The stages run in the order vectors, lexicon, networks, assemble; each leaves its work in the work folder,
and ``--stages`` runs some of them again. Seeds are fixed. `RESULTS.md` tells how long it takes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# One thread a process: the two networks then fill two cores, and sums come out the same every time.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

STAGES = ("vectors", "lexicon", "networks", "assemble")


def main() -> int:
    """Run the stages asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--output", type=Path, default=Path("resources/model"))
    parser.add_argument("--work", type=Path, default=Path("training"))
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=list(STAGES))
    parser.add_argument(
        "--choosing", action="store_true", help="learn from no dev part, so that all of them can choose"
    )
    arguments = parser.parse_args()
    if not arguments.corpora.is_dir():
        print(f"There is no folder {arguments.corpora}. Give the corpora with --corpora.", file=sys.stderr)
        return 1
    from tools.train import stages

    for stage in arguments.stages:
        print(f"== {stage}", flush=True)
        getattr(stages, stage)(
            arguments.corpora, arguments.work, arguments.output, choosing=arguments.choosing
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
