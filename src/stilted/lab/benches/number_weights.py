"""What each weight is worth by which numbers of a translation are paired with those of its reference.

``python -m stilted.lab.benches.number_weights DATA_DIR...`` takes the right and the wrong versions of
`stilted.lab.benches.contrast`, those with another number, date, unit or currency, and tells for each weight of
`stilted.rules.checks.numbers.likeness.WEIGHTS` how many of them are flagged where it is left out, lowered or raised.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from stilted.lab.benches import contrast
from stilted.rules.checks.numbers.compare import find_faults
from stilted.rules.checks.numbers.likeness import WEIGHTS, Weights
from stilted.rules.checks.numbers.quantities import find_quantities
from stilted.rules.checks.numbers.quantity import Quantity

_NEGATIONS: Final = frozenset({"negation-dropped", "negation-added"})


class Read(NamedTuple):
    """A version and its reference, with the quantities of both."""

    target: str
    figures: list[Quantity]
    reference: str
    expected: list[Quantity]


def read_versions(right: Sequence[contrast.Pair]) -> tuple[list[Read], list[Read]]:
    """Return the right versions that hold a number, and all wrong ones that can be made of them."""
    kept, wrong = [], []
    for pair in right:
        expected = find_quantities(pair.reference)
        figures = find_quantities(pair.target)
        if figures and expected:
            kept.append(Read(pair.target, figures, pair.reference, expected))
        for name, change in contrast.CHANGES.items():
            text = change(pair.target, random.Random(f"{name} {pair.target}")) if name not in _NEGATIONS else None
            if text:
                wrong.append(Read(text, find_quantities(text), pair.reference, expected))
    return kept, wrong


def count_flagged(versions: Sequence[Read], weights: Weights) -> int:
    """Return how many of the versions have a fault."""
    return sum(bool(find_faults(*version, weights=weights)) for version in versions)


def list_variations() -> Iterator[tuple[str, Weights]]:
    """Yield the weights as they are, and with each of them at 0, one lower and one higher."""
    yield "as they are", WEIGHTS
    for name, value in WEIGHTS._asdict().items():
        for other in dict.fromkeys((0, value - 1, value + 1)):
            if other != value:
                yield f"{name} {value} -> {other}", WEIGHTS._replace(**{name: other})


def main(argv: list[str] | None = None) -> None:
    """Print for every variation how many right and wrong versions are flagged."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.benches.number_weights", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help="folders of annotated translations")
    chosen = parser.parse_args(argv)
    right, wrong = read_versions([pair for folder in chosen.data for pair in contrast.list_pairs(folder)])
    print(f"{'':34} {len(right):,} right {len(wrong):,} wrong")
    for name, weights in list_variations():
        print(f"{name:34} {count_flagged(right, weights):8,} {count_flagged(wrong, weights):8,}", flush=True)


if __name__ == "__main__":
    main()
