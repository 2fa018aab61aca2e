"""Words of a translation that say the opposite of its reference: more for less, north for south."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Hit, Segment, Span
from stilted.rules.checks.negation.polarity import find_stems_beside, may_deny

_WORDS: Final = re.compile(r"[^\W\d_]+")
_OPPOSITES: Final = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        (
            "increase increases increased increasing rise rises rose risen rising grow grows grew grown growing growth"
            " climb climbed soar soared soaring surge surged surging upward higher",
            "decrease decreases decreased decreasing fall falls fell fallen falling decline declines declined declining"
            " drop drops dropped dropping shrink shrank shrinking reduce reduced reduces reducing reduction downward"
            " lower slump plunge plunged",
        ),
        ("more", "less fewer"),
        ("before", "after"),
        ("above", "below"),
        ("highest maximum most largest biggest greatest", "lowest minimum least smallest"),
        ("buy buys bought buying", "sell sells sold selling"),
        ("import imports imported importing", "export exports exported exporting"),
        ("win wins won winning victory", "lose loses lost losing defeat"),
        ("male males men man boys", "female females women woman girls"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("positive", "negative"),
        ("accept accepts accepted accepting", "reject rejects rejected rejecting"),
        ("successful succeeded", "unsuccessful failed"),
        ("older", "younger"),
        ("longer", "shorter"),
        ("always", "never"),
    )
)
_TELLING: Final = frozenset(word for pair in _OPPOSITES for side in pair for word in side)


def find_opposites(
    number: int, segment: Segment, words: frozenset[str], reference_words: frozenset[str]
) -> Iterator[Hit]:
    """Yield a word of one of two opposite groups where the reference only has words of the other, in like company.

    Args:
        segment: one with a reference.
        words, reference_words: those of translation and reference, in lower case.
    """
    if _TELLING.isdisjoint(words - reference_words) or _TELLING.isdisjoint(reference_words - words):
        return
    target, reference = segment.target or "", segment.reference or ""
    places, reference_places = _place_words(target), _place_words(reference)
    if may_deny(frozenset(places) | frozenset(reference_places)):
        return
    for pair in _OPPOSITES:
        for here, there in (pair, pair[::-1]):
            said, wanted = here & places.keys(), there & reference_places.keys()
            if len(said) != 1 or len(wanted) != 1 or places.keys() & there or reference_places.keys() & here:
                continue
            (start, end), place = places[min(said)], reference_places[min(wanted)]
            if find_stems_beside(target, start, end) & find_stems_beside(reference, *place):
                other = reference[place[0] : place[1]]
                yield Hit(
                    "negation/opposite",
                    number,
                    Span(start, end),
                    f"The reference says the opposite: “{other}”.",
                    (other,),
                )


def _place_words(text: str) -> dict[str, tuple[int, int]]:
    return {match.group().lower(): match.span() for match in _WORDS.finditer(text)}
