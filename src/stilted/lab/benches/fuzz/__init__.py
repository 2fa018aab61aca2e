"""Damaged files for every reader, loader and renderer: none may end in anything but a `UserError`.

An input depends on its seed and number alone, so that a defect is found again: see `attack`.
"""

from __future__ import annotations

import random
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import monotonic, process_time
from typing import Final

from stilted.core.errors import UserError
from stilted.lab.benches.fuzz.mutate import damage
from stilted.lab.benches.fuzz.targets import Target, list_targets

SLOW: Final = 20.0
"""Seconds of the processor from which an input of at most 200 kB is a defect."""


@dataclass(frozen=True, slots=True)
class Defect:
    """An input that did not end as it should: which, what was attacked, and what came of it."""

    seed: int
    number: int
    target: str
    what: str

    def write_command(self) -> str:
        """Return the command that meets it again."""
        return f"python -m stilted.lab.benches.fuzz 0 {self.seed} --only {self.number}"


def make_input(seed: int, number: int, known: Sequence[Target]) -> tuple[Target, bytes]:
    """Return what is attacked by the input of that seed and number, and the input."""
    chance = random.Random(f"{seed} {number}")
    target = known[number % len(known)]
    others = [data for each in known for data in each.seeds[:1]]
    return target, damage(chance, chance.choice(target.seeds), others, target.kinds, target.share)


def attack(seed: int, number: int, known: Sequence[Target], folder: Path) -> Defect | None:
    """Try one input; return the defect that it shows, if it shows one."""
    target, data = make_input(seed, number, known)
    begun = process_time()
    try:
        target.run(data, folder)
    except UserError as error:
        error.sentence()
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {str(error)[:200]}"
        return Defect(seed, number, target.name, what)
    taken = process_time() - begun
    return Defect(seed, number, target.name, f"{taken:.1f} seconds") if taken > SLOW else None


def run(seed: int, *, seconds: float | None = None, number: int | None = None) -> Iterator[Defect | None]:
    """Try inputs, for so many seconds or so many of them, and yield what each shows: None where all is well."""
    known = list_targets()
    begun = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for each in count() if number is None else range(number):
            if seconds is not None and monotonic() - begun > seconds:
                return
            yield attack(seed, each, known, Path(folder))
