"""The figures of a translation by name, as reports, gates, baselines and summaries call them. Published: they stay."""

from __future__ import annotations

from typing import Final

BLEU: Final = "BLEU"
CHRF: Final = "chrF2"
CHRF_WORDS: Final = "chrF2++"
TER: Final = "TER"
ESTIMATE: Final = "penalty estimate per 100 words"

LOWER_IS_BETTER: Final = frozenset({TER, ESTIMATE})
