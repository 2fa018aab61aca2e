"""What the encoder makes of a segment: probabilities for each word, a score, and the words' counterparts.

Segments are read one by one, each on one thread: int8 activations are scaled over a whole input, so in a
batch a segment would be read differently beside other neighbours.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from stilted.core.model import Document
from stilted.core.progress import track
from stilted.rules.tagger import model_files
from stilted.rules.tagger.encode import Side, Window, encode_side, list_windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

Item = TypeVar("Item")
Result = TypeVar("Result")

THREADS: Final = 2
"""Threads that read segments side by side, where there are as many cores."""
NONE, MINOR, MAJOR, BEGIN, CATEGORY, SCORE = 0, 1, 2, 3, 4, 9
"""Columns of the logits: no error, minor, major; a span begins; five categories; the penalty."""

COLUMNS: Final = 10
LOWER: Final = "lower"
"""What the graphs call the states between the lower layers and the upper ones."""

DECIMALS: Final = 4
"""Probabilities are rounded so that the last bits of a CPU's arithmetic never show."""

_KIN: Final = 0.5
"""Cosine above which two words on the two sides may be counterparts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One segment as the model sees it; lists have one entry a word of ``target.words``.

    Attributes:
        marked: chance that a rater marks the word. major: that the mark is major, given a mark.
        begin: chance that a span begins here. category: chances of the five categories.
        score: the penalty head's value for the segment; higher is worse.
        kin: index of the reference's word that says the same, or -1.
    """

    target: Side
    reference: Side | None
    marked: tuple[float, ...]
    major: tuple[float, ...]
    begin: tuple[float, ...]
    category: tuple[tuple[float, ...], ...]
    score: float
    kin: tuple[int, ...]


_threads = min(THREADS, os.cpu_count() or 1)


def use_threads(number: int) -> None:
    """Read with that many threads from now on: one, in a process that is one of many."""
    global _threads
    _threads = number


def infer(segments: Sequence[tuple[str, str | None]]) -> list[Reading]:
    """Read (translation, reference) pairs, in order."""
    return read_side_by_side(_read, segments)


def read_side_by_side(read_one: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Read items on as many threads as are allowed, in order, and report progress."""
    if _threads == 1:
        return list(map(read_one, track(items)))
    with ThreadPoolExecutor(_threads) as pool:
        readings = pool.map(read_one, items)
        try:
            return [next(readings) for _ in track(items)]
        except BaseException:
            pool.shutdown(cancel_futures=True)  # who listens may have stopped it
            raise


@lru_cache(maxsize=1)
def infer_document(document: Document) -> tuple[tuple[int, Reading], ...]:
    """Read the segments of *document* that have text: their numbers and readings.

    The last document is kept: the findings and the estimate of one check share one pass of the encoder.
    """
    places = [i for i, s in enumerate(document.segments) if s.target and s.target.strip()]
    pairs = [(document.segments[i].target or "", document.segments[i].reference) for i in places]
    return tuple(zip(places, infer(pairs), strict=True))


def forget() -> None:
    """Forget the model that was loaded and what it read: its files have changed."""
    infer_document.cache_clear()
    _read.cache_clear()
    _load_session.cache_clear()
    _load_lower_session.cache_clear()


def remember_readings(number: int) -> None:
    """Keep so many readings of pairs from now on: where a text is read again and again as it changes."""
    global _read
    _read = lru_cache(maxsize=number)(_read_one)


@lru_cache(maxsize=1)
def _load_session() -> Any:
    return open_session(model_files.FILES.path / model_files.MODEL)


@lru_cache(maxsize=1)
def _load_lower_session() -> Any:
    return open_session(model_files.FILES.path / model_files.LOWER)


def open_session(path: Path) -> Any:
    """Load an ONNX model that runs on the calling thread alone."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _read_one(pair: tuple[str, str | None]) -> Reading:
    import numpy as np

    known = model_files.read_vocabulary()
    target = encode_side(pair[0], known)
    reference = encode_side(pair[1], known) if pair[1] and pair[1].strip() else None
    count = len(target.words)
    logits, times = np.zeros((count, COLUMNS), np.float32), np.zeros(count, np.int64)
    score = 0.0
    kin = [-1] * count
    for window in list_windows(target, reference, known):
        scores, hidden = run(window)
        owners = np.array(window.target)
        inside = owners >= 0
        np.add.at(logits, owners[inside], scores[inside])
        np.add.at(times, owners[inside], 1)
        score += float(scores[0, SCORE]) * int(inside.sum()) + float(scores[inside, SCORE].sum())
        if reference is not None:
            _find_kin(window, hidden, kin)
    score /= max(1, int(times.sum()))
    logits /= np.maximum(times, 1)[:, None]
    logits[times == 0, NONE] = 9.0  # nothing is known of a word without a piece
    return _make_reading(target, reference, logits, score, kin)


def run(window: Window) -> tuple[Matrix, Matrix]:
    """Return the logits and the last states of every place of *window*."""
    logits, hidden = _load_session().run(["logits", "hidden"], {LOWER: run_lower(window)})
    return logits, hidden


def run_lower(window: Window) -> Matrix:
    """Return what the lower layers make of every place of *window*: places x width."""
    import numpy as np

    inputs = {
        "ids": window.ids,
        "types": window.types,
        "shapes": window.shapes,
        "matches": window.matches,
    }
    arrays = {name: np.array(values, np.int64) for name, values in inputs.items()}
    lower: Matrix = _load_lower_session().run([LOWER], arrays)[0]
    return lower


def _find_kin(window: Window, hidden: Matrix, kin: list[int]) -> None:
    """Pair the words of both sides in *window* that are each other's nearest."""
    import numpy as np

    here, there = _list_states(window.target, hidden), _list_states(window.reference, hidden)
    if not here[0] or not there[0]:
        return
    # Not by BLAS: its threads go on spinning beside the encoder's own and take half of the machine from it.
    likeness = np.einsum("ik,jk->ij", here[1], there[1])
    back = np.argmax(likeness, axis=0)
    for place, best in enumerate(np.argmax(likeness, axis=1).tolist()):
        mutual = int(back[best]) == place and likeness[place, best] >= _KIN
        kin[here[0][place]] = there[0][best] if mutual else -1


def _list_states(owners: Sequence[int], hidden: Matrix) -> tuple[list[int], Matrix]:
    """Return the words that own a piece, and the unit vector of the first piece of each."""
    import numpy as np

    first: dict[int, int] = {}
    for place, word in enumerate(owners):
        if word >= 0:
            first.setdefault(word, place)
    chosen = hidden[list(first.values())]
    return list(first), chosen / np.maximum(np.linalg.norm(chosen, axis=1, keepdims=True), 1e-9)


def _make_reading(target: Side, reference: Side | None, logits: Matrix, score: float, kin: Sequence[int]) -> Reading:
    import numpy as np

    def apply_softmax(x: Matrix) -> Matrix:
        e = np.exp(x - x.max(axis=1, keepdims=True)) if len(x) else x
        return e / e.sum(axis=1, keepdims=True) if len(x) else x

    label, category = apply_softmax(logits[:, :BEGIN]), apply_softmax(logits[:, CATEGORY:SCORE])
    marked: Matrix = label[:, MINOR] + label[:, MAJOR]

    def round_all(values: NDArray[np.floating[Any]]) -> tuple[float, ...]:
        return tuple(np.round(values.astype(np.float64), DECIMALS).tolist())

    return Reading(
        target,
        reference,
        marked=round_all(marked),
        major=round_all(label[:, MAJOR] / np.maximum(marked, 1e-6)),
        begin=round_all(1 / (1 + np.exp(-logits[:, BEGIN]))),
        category=tuple(map(round_all, category)),
        score=round(score, DECIMALS),
        kin=tuple(kin),
    )


_read = lru_cache(maxsize=0)(_read_one)
