"""How much would a human rater take off? An estimate from the penalty head and plain surface facts.

It is trained on MQM penalties (minor 1, major 5), and is never itself an MQM score: only people give one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from stilted.core.model import Document
from stilted.metrics.sentence import sentence_chrf
from stilted.rules.tagger import model_files
from stilted.rules.tagger.inference import Reading, infer_document

_Z: Final = 1.96
"""Normal quantile of a 95% interval."""

_MAJOR: Final = 5.0


@dataclass(frozen=True, slots=True)
class Penalty:
    """Expected penalty points per 100 words, with a 95% interval for what one rater would give."""

    value: float
    low: float
    high: float
    words: int

    @property
    def points(self) -> float:
        """Expected penalty points in all."""
        return self.value * self.words / 100


@dataclass(frozen=True, slots=True)
class QualityEstimate:
    """Estimates of each segment (None where there is nothing to read) and of the document.

    ``signature`` names the model and the features, as BLEU's does: figures compare only when it is equal.
    """

    segments: tuple[Penalty | None, ...]
    document: Penalty | None
    signature: str


def estimate(document: Document) -> QualityEstimate:
    """Estimate the penalty a human rater would give each segment of *document*, and all of it.

    Raises:
        UserError: the model cannot run; see `stilted.rules.tagger.find_obstacle`.
    """
    model_files.FILES.require()
    penalties: list[Penalty | None] = [None] * len(document.segments)
    for place, reading in infer_document(document):
        penalties[place] = segment(reading)
    known = [p for p in penalties if p is not None]
    mode = "yes" if document.has_reference else "no"
    features = "head+marks+chrF" if document.has_reference else "head+marks"
    signature = f"{model_files.FILES.read_card()['id']}|ref:{mode}|features:{features}"
    return QualityEstimate(tuple(penalties), _estimate_document(known, document.has_reference), signature)


def segment(reading: Reading) -> Penalty | None:
    """Return the estimate for one segment; None when it has no words."""
    count = sum(not w.is_mark for w in reading.target.words)
    if not count:
        return None
    tuned = model_files.FILES.read_card()["estimate"]["without" if reading.reference is None else "with"]
    root = sum(w * f for w, f in zip(tuned["weights"], list_facts(reading), strict=True))
    return _make_interval(tuned["scale"] * max(0.0, root) ** 2, count, tuned)


def list_facts(reading: Reading) -> tuple[float, ...]:
    """Return the features: constant, penalty head, mean expected penalty of a word, and chrF if there is a
    reference.
    """
    count = max(1, len(reading.target.words))
    expected = sum(m * (1 - j + _MAJOR * j) for m, j in zip(reading.marked, reading.major, strict=True))
    own = (1.0, reading.score, expected / count)
    if reading.reference is None:
        return own
    return *own, sentence_chrf(reading.target.text, reading.reference.text) / 100


def _make_interval(value: float, count: int, tuned: dict[str, Any]) -> Penalty:
    spread = _Z * math.sqrt(tuned["spread"] ** 2 + tuned["noise"] ** 2 / count)
    return Penalty(round(value, 2), round(max(0.0, value - spread), 2), round(value + spread, 2), count)


def _estimate_document(segments: Sequence[Penalty], has_reference: bool) -> Penalty | None:
    count = sum(p.words for p in segments)
    if not count:
        return None
    tuned = model_files.FILES.read_card()["estimate"]["with" if has_reference else "without"]
    return _make_interval(sum(p.value * p.words for p in segments) / count, count, tuned)
