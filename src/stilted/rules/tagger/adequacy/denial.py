"""What the words of negation say of a pair: alone, the model takes "not conducive" for the opposite of what says so."""

from __future__ import annotations

import re
from typing import Final

from stilted.rules.checks.negation.against_source import is_fairly_plain
from stilted.rules.checks.negation.of_source import is_denied
from stilted.rules.checks.negation.polarity import polarity

ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED = "added", "perhaps added", "dropped", "perhaps dropped"
EVIDENCE: Final = (ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED)
"""What negation a translation has that its source lacks, or lacks that its source has; each asks the model for another
certainty before the two together are believed. "Perhaps" is what other words of the same side may make good."""


_SIGN: Final = re.compile(
    r"[不没沒无無未非勿别別莫避]|离开|離開|ない|なく|なけ|ません|ずに|않|없|아니|아닌|아닙|못|말고|마세요|피하|[ée]vit|vermeid|избе[жг]",
    re.IGNORECASE,
)
"""What may deny wherever it stands, or is rightly put by a denial: to avoid is not to do, to have left is not to be."""


def evidence(target: str, source: str, language: str | None) -> str | None:
    """Return which of `EVIDENCE` the words give, None where they give none.

    Args:
        language: ISO 639-1 code of the source; without one only Chinese is known by its letters.
    """
    denied, denies = is_denied(source, language), bool(polarity(target).strong)
    if denies:
        return None if denied or _SIGN.search(source) else ADDED if denied is False else PERHAPS_ADDED
    if denied:
        return DROPPED if is_fairly_plain(target) else PERHAPS_DROPPED
    return None
