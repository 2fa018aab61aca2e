"""What the reader of slips makes of a segment: for each word, whether an editor would leave it as it is.

It shares the lower layers of the wording model and has upper layers of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from stilted.rules.tagger import model_files
from stilted.rules.tagger.encode import Side, encode_side, list_windows
from stilted.rules.tagger.inference import DECIMALS, LOWER, open_session, run_lower
from stilted.rules.tagger.slips import model_files as own_files

KEEP, REPLACE, NEEDS_THE, NEEDS_A, NEEDS_WORD = range(5)
"""Columns of the logits: a word stays; it goes or changes; before it *the*, *a* or *an*, another word is missing."""

COLUMNS: Final = 5


@dataclass(frozen=True, slots=True)
class SlipReading:
    """A segment, and for each word of ``target.words`` the chances of the columns."""

    target: Side
    chances: tuple[tuple[float, ...], ...]


@lru_cache(maxsize=1)
def _load_session() -> Any:
    return open_session(own_files.FILES.path / own_files.MODEL)


def forget() -> None:
    """Forget the model that was loaded: its files have changed."""
    _load_session.cache_clear()


def infer(text: str) -> SlipReading:
    """Read one segment; the first piece of each word speaks for it."""
    import numpy as np

    known = model_files.read_vocabulary()
    target = encode_side(text, known)
    chances = np.zeros((len(target.words), COLUMNS), np.float64)
    chances[:, KEEP] = 1.0
    seen: set[int] = set()
    for window in list_windows(target, None, known):
        places = {}
        for place, word in enumerate(window.target):
            if word >= 0 and word not in seen:
                places[word] = place
                seen.add(word)
        logits = _load_session().run(["logits"], {LOWER: run_lower(window)})[0]
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = e / e.sum(axis=1, keepdims=True)
        for word, place in places.items():
            chances[word] = shares[place]
    return SlipReading(target, tuple(map(tuple, np.round(chances, DECIMALS).tolist())))
