"""How like two texts are, as sacrebleu has it, computed once for the two that ask."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF


@lru_cache(maxsize=1)
def sentence_chrf(target: str, reference: str) -> float:
    """Return the sentence chrF2 of *target* against *reference*, 0 to 100: Popović 2015, sacrebleu's defaults.

    The last pair is kept: the tagger's estimate and the scores of a row ask for the same one after the other.
    """
    return float(_make_chrf().sentence_score(target, [reference]).score)


@lru_cache(maxsize=1)
def _make_chrf() -> CHRF:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()
