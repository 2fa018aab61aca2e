"""``python -m stilted.lab.benches.fuzz SECONDS SEED``: damaged files for every reader, loader and renderer.

Prints how many inputs were tried, and every kind of defect with the command that shows it again; exits 1 on any.
``--only NUMBER`` tries one input and ends in its traceback, ``--write PATH`` keeps it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from stilted.lab.benches import fuzz
from stilted.lab.benches.fuzz.targets import list_targets


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.benches.fuzz", description=__doc__)
    parser.add_argument("seconds", type=float)
    parser.add_argument("seed", type=int)
    parser.add_argument("--only", metavar="NUMBER", type=int)
    parser.add_argument("--write", metavar="PATH", type=Path)
    arguments = parser.parse_args()
    if arguments.only is not None:
        return _run_one(arguments.seed, arguments.only, arguments.write)
    tried, met = 0, Counter[tuple[str, str]]()
    for defect in fuzz.run(arguments.seed, seconds=arguments.seconds):
        tried += 1
        if defect is not None:
            kind = (defect.target, defect.what.partition(": ")[0])
            met[kind] += 1
            if met[kind] == 1:
                print(f"{defect.target}: {defect.what}\n    {defect.write_command()}", flush=True)
    print(f"{tried:,} inputs, {sum(met.values()):,} defects of {len(met):,} kinds")
    return 1 if met else 0


def _run_one(seed: int, number: int, path: Path | None) -> int:
    target, data = fuzz.make_input(seed, number, list_targets())
    print(f"{target.name}: {data[:2000]!r}")
    if path is not None:
        path.write_bytes(data)
    with tempfile.TemporaryDirectory() as folder:
        target.run(data, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
