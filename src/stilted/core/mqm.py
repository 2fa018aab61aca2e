"""The MQM standard as used here: categories, severities and the linear scoring model.

Names are those of MQM-Core (themqm.org, MQM 2.0). An automatic finding is an *issue*: only a person
confirms an *error*, so a score computed from findings is an estimate of an MQM score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from stilted.core.errors import UserError, did_you_mean

DIMENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "Terminology": (
        "Inconsistent with terminology resource",
        "Inconsistent use of terminology",
        "Wrong term",
    ),
    "Accuracy": (
        "Mistranslation",
        "Overtranslation",
        "Undertranslation",
        "Addition",
        "Omission",
        "Do not translate",
        "Untranslated",
    ),
    "Linguistic conventions": (
        "Grammar",
        "Punctuation",
        "Spelling",
        "Unintelligible",
        "Character encoding",
        "Textual conventions",
    ),
    "Style": (
        "Organization style",
        "Third-party style",
        "Inconsistent with external reference",
        "Language register",
        "Awkward style",
        "Unidiomatic style",
        "Inconsistent style",
    ),
    "Locale conventions": (
        "Number format",
        "Currency format",
        "Measurement format",
        "Time format",
        "Date format",
        "Address format",
        "Telephone format",
        "Shortcut key",
    ),
    "Audience appropriateness": ("Culture-specific reference", "Offensive"),
    "Design and markup": (
        "Layout",
        "Markup tag",
        "Truncation/text expansion",
        "Missing text",
        "Link/cross-reference",
    ),
}

CATEGORIES: Final[frozenset[str]] = frozenset(
    name for dim, types in DIMENSIONS.items() for name in (dim, *(f"{dim}/{t}" for t in types))
)
"""Every category a finding may carry: ``Dimension`` or ``Dimension/Type``, spelled as MQM-Core spells it."""

PENALTIES: Final[dict[str, int]] = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
"""Severity multipliers of MQM 2.0, mildest first."""

SEVERITIES: Final[tuple[str, ...]] = tuple(PENALTIES)

MIN_WORDS: Final = 300
"""Below this evaluation word count a sample supports no pass/fail by score (arXiv 2405.16969)."""

MAX_SCORE: Final = 100.0
REFERENCE_WORDS: Final = 1000


def require_category(name: str, where: str = "") -> str:
    """Return *name* if it is an MQM-Core category.

    Raises:
        UserError: the category is unknown; the hint names the closest one.
    """
    if name not in CATEGORIES:
        raise UserError(f"unknown MQM category '{name}'", where, did_you_mean(name, CATEGORIES))
    return name


def require_severity(name: str, where: str = "") -> str:
    """Return *name* if it is an MQM severity; raise ``UserError`` otherwise."""
    if name not in PENALTIES:
        raise UserError(f"unknown severity '{name}'", where, did_you_mean(name, PENALTIES))
    return name


def rank_severity(name: str) -> int:
    """Return 0 for neutral up to 3 for critical."""
    return SEVERITIES.index(name)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Penalties of one document under the linear calibrated model of MQM 2.0 (arXiv 2405.16969).

    ``raw = 100 * (1 - penalty / words)`` and
    ``calibrated = 100 - per_1000 * (100 - passing_threshold) / acceptable_per_1000``.
    Scores are ``None`` when there are no words to divide by.
    """

    words: int
    penalty: int
    counts: tuple[tuple[str, int], ...]
    passing_threshold: float
    acceptable_per_1000: float
    repeated: int = 0
    """How many of the findings counted are repetitions of others, and cost nothing."""

    @property
    def full_penalty(self) -> int:
        """Penalty points as if each repetition cost like a fault of its own."""
        return sum(PENALTIES[name] * number for name, number in self.counts)

    @property
    def per_1000(self) -> float | None:
        """Penalty points per 1,000 words (normed penalty total, NPT)."""
        return None if self.words == 0 else self.penalty * REFERENCE_WORDS / self.words

    @property
    def raw(self) -> float | None:
        """Raw quality score; negative when there are more penalty points than words."""
        return None if self.words == 0 else MAX_SCORE * (1 - self.penalty / self.words)

    @property
    def calibrated(self) -> float | None:
        """Calibrated quality score: the passing threshold at exactly the acceptable penalty."""
        per_1000 = self.per_1000
        if per_1000 is None:
            return None
        return MAX_SCORE - per_1000 * (MAX_SCORE - self.passing_threshold) / self.acceptable_per_1000

    def count(self, name: str) -> int:
        """Return the number of findings of severity *name*."""
        return dict(self.counts)[name]


def make_scorecard(
    severities: Iterable[str],
    words: int,
    *,
    passing_threshold: float = 95.0,
    acceptable_per_1000: float = 10.0,
    repeated: Iterable[str] = (),
) -> Scorecard:
    """Add up the penalties of *severities* over *words* evaluation words.

    Args:
        severities: the severity of each finding; of the same thing many times over, of the first.
        words: evaluation word count, >= 0 (here: words of the translation).
        passing_threshold: calibrated score that just passes, below 100.
        acceptable_per_1000: penalty points per 1,000 words that map to the threshold, above 0.
        repeated: the severities of findings that repeat one of those: they are counted, and cost nothing.
    """
    counts = dict.fromkeys(SEVERITIES, 0)
    for name in severities:
        counts[require_severity(name)] += 1
    penalty = sum(PENALTIES[name] * n for name, n in counts.items())
    again = list(repeated)
    for name in again:
        counts[require_severity(name)] += 1
    return Scorecard(words, penalty, tuple(counts.items()), passing_threshold, acceptable_per_1000, len(again))
