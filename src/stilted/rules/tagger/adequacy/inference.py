"""What the encoder makes of a translation beside its source: is anything missing, extra, contrary, or all of it else?

Pairs are read one by one, each on one thread, so a pair is read the same whatever stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from stilted.rules.tagger.adequacy import model_files
from stilted.rules.tagger.adequacy.unigram import UNKNOWN, Piece, Vocabulary, cut_into_pieces
from stilted.rules.tagger.features import Word, split_words
from stilted.rules.tagger.inference import open_session
from stilted.rules.tagger.masking import find_masks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

BEGIN, END = 0, 2
NEITHER, TRANSLATION, SOURCE = 0, 1, 2
"""Sides of a piece."""

OMISSION, UNRELATED, ADDITION, CONTRADICTION, ADDED, CONTRARY, MISSING = range(7)
"""Columns of the logits: four faults of the pair, read at its first place; two of a piece of the translation; one of a
piece of the source."""

MAX_PIECES: Final = 200
"""Longer pairs are not read: training saw up to 120 pieces."""

_CACHED: Final = 4_096


@dataclass(frozen=True, slots=True)
class PairReading:
    """One translation beside its source, as the model sees them.

    Attributes:
        faults: logits of omission, unrelated, addition, contradiction.
        words: of the translation. added, contrary: a logit for each word; None where the model saw nothing of it.
        missing: pieces of the source with the logit that the translation lacks them.
    """

    target: str
    source: str
    faults: tuple[float, ...]
    words: tuple[Word, ...]
    added: tuple[float | None, ...]
    contrary: tuple[float | None, ...]
    missing: tuple[tuple[Piece, float], ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """One input of the encoder, and which word owns each piece of the translation (-1 for none)."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    shapes: tuple[int, ...]
    owners: tuple[int, ...]
    words: tuple[Word, ...]
    target: tuple[Piece, ...]
    source: tuple[Piece, ...]


def forget() -> None:
    """Forget the model that was loaded and what it read: its files have changed."""
    infer.cache_clear()
    _load_session.cache_clear()


def encode(target: str, source: str, vocabulary: Vocabulary) -> Inputs | None:
    """Return the encoder's input; None where one side has nothing to read or both are too long."""
    here, there = (
        cut_into_pieces(target, vocabulary, find_masks(target)),
        cut_into_pieces(source, vocabulary, find_masks(source)),
    )
    if not here or not there or len(here) + len(there) + 3 > MAX_PIECES:
        return None
    target_words = split_words(target)
    owners: list[int] = []
    word = 0
    for piece in here:
        while word < len(target_words) and target_words[word].end <= piece.start:
            word += 1
        inside = word < len(target_words) and target_words[word].start < max(piece.end, piece.start + 1)
        owners.append(word if inside else -1)
    shapes = [target_words[w].shape if w >= 0 and p.id != UNKNOWN else 0 for p, w in zip(here, owners, strict=True)]
    tail = len(there) + 1
    return Inputs(
        ids=(BEGIN, *(p.id for p in here), END, *(p.id for p in there), END),
        types=(NEITHER, *[TRANSLATION] * len(here), NEITHER, *[SOURCE] * len(there), NEITHER),
        shapes=(0, *shapes, 0, *[0] * tail),
        owners=tuple(owners),
        words=tuple(target_words),
        target=tuple(here),
        source=tuple(there),
    )


@lru_cache(maxsize=_CACHED)
def infer(target: str, source: str) -> PairReading | None:
    """Read a pair; None if it has nothing to read or is too long. Repeated pairs are read once."""
    inputs = encode(target, source, model_files.read_vocabulary())
    if inputs is None:
        return None
    logits = _run(inputs)
    count = len(inputs.owners)
    own = logits[1 : count + 1]
    rows: list[list[int]] = [[] for _ in inputs.words]
    for place, owner in enumerate(inputs.owners):
        if owner >= 0:
            rows[owner].append(place)
    there = logits[count + 2 : count + 2 + len(inputs.source), MISSING]
    return PairReading(
        target,
        source,
        tuple(_round(logits[0, : CONTRADICTION + 1])),
        inputs.words,
        tuple(_average(own, places, ADDED) for places in rows),
        tuple(_average(own, places, CONTRARY) for places in rows),
        tuple(zip(inputs.source, _round(there), strict=True)),
    )


def _average(logits: Matrix, places: Sequence[int], column: int) -> float | None:
    return round(float(logits[list(places), column].mean()), 2) if places else None


def _round(values: Matrix) -> list[float]:
    """Round so that the last bits of a CPU's arithmetic never show."""
    return [round(float(value), 2) for value in values]


def _run(inputs: Inputs) -> Matrix:
    import numpy as np

    arrays = {name: np.array(getattr(inputs, name), np.int64) for name in ("ids", "types", "shapes")}
    logits: Matrix = _load_session().run(["logits"], arrays)[0]
    return logits


@lru_cache(maxsize=1)
def _load_session() -> Any:
    return open_session(model_files.FILES.path / model_files.MODEL)
