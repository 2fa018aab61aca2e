"""From the logits of a pair to what is wrong with it, where, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stilted.core.model import Span
from stilted.rules.tagger.adequacy.beside import LEAST_OF_ALL, Belief, weigh_beside
from stilted.rules.tagger.adequacy.denial import (
    ADDED,
    BELIEFS,
    COULD,
    DROPPED,
    IN_PROSE,
    PERHAPS_ADDED,
    PERHAPS_DROPPED,
    UNSAID,
    find_evidence,
    is_put_otherwise,
    may_be_forbidden,
)
from stilted.rules.tagger.adequacy.inference import ADDITION, CONTRADICTION, OMISSION, UNRELATED, PairReading
from stilted.rules.tagger.masking import find_masks

FAULTS: Final = {"omission": OMISSION, "unrelated": UNRELATED, "addition": ADDITION, "contradiction": CONTRADICTION}
"""The names of the faults of a pair, as the card spells them, and their columns."""

PROSE, TECHNICAL = "prose", "technical"
"""Kinds of text that ask the model for another certainty: documentation and strings are translated more freely."""

_SUREST: Final = 0.99
"""No confidence is higher: what was measured on some thousand pairs is not certain."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One fault of a pair.

    Attributes:
        fault: one of `FAULTS`. span: where in the translation. certain: even a strict reader would say so.
        confidence: the chance that it is right. quote: what of the source it is about, perhaps empty.
        by_words: words of negation on the two sides say so, too.
    """

    fault: str
    span: Span
    confidence: float
    certain: bool
    quote: str = ""
    by_words: bool = False


def decide_faults(
    reading: PairReading,
    tuned: Mapping[str, Any],
    sensitivity: str,
    language: str | None = None,
    *,
    kind: str = TECHNICAL,
    put_otherwise: bool = True,
) -> Iterator[Verdict]:
    """Yield what is wrong with a pair; a translation of something else has no other fault.

    Args:
        tuned: of the model card, for a kind of text: for each fault the least logit of each sensitivity and of
            certainty, and the two weights of the logistic confidence; for contradictions, by what the words of
            negation say.
        language: ISO 639-1 code of the source, if known.
        kind: of text, `PROSE` or `TECHNICAL`.
        put_otherwise: the model alone may tell of a contradiction where other words may say the same.
    """
    for fault, column in FAULTS.items():
        own, logit, said = tuned[fault], reading.faults[column], UNSAID
        belief: Belief | None = None
        if fault == "contradiction":
            if not may_contradict(reading, tuned, sensitivity, kind):
                continue
            said = find_evidence(reading.target, reading.source, language)
            said = IN_PROSE.get(said, said) if kind == PROSE else said
            if not put_otherwise and said == UNSAID and is_put_otherwise(reading.target, reading.source):
                continue
            least = find_least(tuned, said, sensitivity, kind)
            if not (kind == PROSE and said in own):  # there the card's own curve says how sure it is
                belief = BELIEFS.get(said)
            own = own.get(said, own[UNSAID])
        else:
            least = own[sensitivity]
            belief = find_help(fault, logit, least, sensitivity, reading.target, reading.source)
            least = least if belief is None else belief.least
        if logit < least:
            continue
        constant, slope = own["confidence"]
        right = 0.0 if belief is None else belief.right
        confidence = max(right, min(_SUREST, round(1 / (1 + math.exp(-constant - slope * logit)), 2)))
        span, quote = _choose_span(reading, fault)
        if not any(letter.isalnum() for letter in span.of(reading.target)):
            continue  # a mark alone adds and denies nothing
        yield Verdict(fault, span, confidence, logit >= own["certain"], quote, by_words=said in _BY_WORDS)
        if fault == "unrelated":
            return


_BY_WORDS: Final = frozenset({ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED, COULD})


def find_help(fault: str, logit: float, least: float, sensitivity: str, target: str, source: str) -> Belief | None:
    """Return what makes an omission or another text sure of which the model alone is not; at sensitivity low nothing.

    Args:
        least: what the model alone would have to reach.
    """
    if sensitivity == "low" or not LEAST_OF_ALL <= logit < least:
        return None
    belief = weigh_beside(fault, target, source)
    return belief if belief is not None and logit >= belief.least else None


def find_least(tuned: Mapping[str, Any], said: str, sensitivity: str, kind: str) -> float:
    """Return the least logit of a contradiction of which words of negation say *said*, in a kind of text.

    At sensitivity low what the card does not know must be as sure as the model alone; at high, less than at medium.
    """
    own = tuned["contradiction"]
    if kind == PROSE:
        said = IN_PROSE.get(said, said)
    if said not in BELIEFS or (kind == PROSE and said in own):
        return float(own[said][sensitivity])
    least = BELIEFS[said].least
    if sensitivity == "low":
        return float(max(least, own.get(said, own[UNSAID])["low"]))
    known = own[said][sensitivity] if said in own else least
    return float(min(known, least) - (_LESS if sensitivity == "high" and said not in own else 0.0))


_LESS: Final = 1.0


def may_contradict(reading: PairReading, tuned: Mapping[str, Any], sensitivity: str, kind: str) -> bool:
    """Tell whether the words of a pair are worth reading: the model is sure enough for what they may say at best."""
    least = min(find_least(tuned, said, sensitivity, kind) for said in (ADDED, DROPPED, COULD))
    return bool(reading.faults[CONTRADICTION] >= least) or may_be_forbidden(reading.target, reading.source)


def _choose_span(reading: PairReading, fault: str) -> tuple[Span, str]:
    if fault == "unrelated":
        return _cover_all(reading), reading.source
    if fault == "omission":
        missing = find_missing_stretch(reading)
        return _find_word_beside(reading, missing), "" if missing is None else missing.of(reading.source)
    return _find_stretch(reading, reading.added if fault == "addition" else reading.contrary), reading.source


def _cover_all(reading: PairReading) -> Span:
    return Span(reading.words[0].start, reading.words[-1].end)


def find_missing_stretch(reading: PairReading) -> Span | None:
    """Return the stretch of the source that most likely has no counterpart; None where no piece of it seems missing."""
    run = _find_best_run([logit for _, logit in reading.missing])
    if run is None:
        return None
    first, last = reading.missing[run[0]][0], reading.missing[run[1] - 1][0]
    return _fit_to_words(reading.source, first.start, last.end)


def _fit_to_words(text: str, start: int, end: int) -> Span | None:
    """Grow a stretch to whole words of alphabets, and drop blanks and marks at its edges."""
    while start > 0 and text[start - 1].isalpha() and text[start].isalpha() and ord(text[start]) < 0x2E80:
        start -= 1
    while end < len(text) and text[end - 1].isalpha() and text[end].isalpha() and ord(text[end]) < 0x2E80:
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start >= end:
        return None
    for mask in find_masks(text):  # half of a piece of code says nothing
        start = mask.start if mask.start < start < mask.end else start
        end = mask.end if mask.start < end < mask.end else end
    return Span(start, end)


def _find_word_beside(reading: PairReading, missing: Span | None) -> Span:
    """Return the word of the translation beside which the missing stretch belongs: the last one if that is unknown."""
    opaque = frozenset(place for mask in find_masks(reading.target) for place in range(mask.start, mask.end))
    spoken = [w for w in reading.words if not w.is_mark and w.start not in opaque] or list(reading.words)
    place = len(spoken) - 1
    if missing is not None and missing.end < len(reading.source.rstrip()) - 2:
        place = min(place, missing.start * len(spoken) // max(1, len(reading.source)))
    return Span(spoken[place].start, spoken[place].end)


def _find_stretch(reading: PairReading, logits: Sequence[float | None]) -> Span:
    """Return the words that most likely are meant: a run, or the likeliest word."""
    known = [-9.0 if logit is None else logit for logit in logits]
    run = _find_best_run(known)
    first, last = run or (known.index(max(known)), known.index(max(known)) + 1)
    while last - first > 1 and reading.words[first].is_mark:
        first += 1
    while last - first > 1 and reading.words[last - 1].is_mark and not _ends_a_sentence(reading, last - 1):
        last -= 1
    return Span(reading.words[first].start, reading.words[last - 1].end)


def _ends_a_sentence(reading: PairReading, place: int) -> bool:
    word = reading.words[place]
    return reading.target[word.start : word.end] in {".", "!", "?"}


def _find_best_run(logits: Sequence[float]) -> tuple[int, int] | None:
    """Return the run with the greatest sum of logits, None where none is above zero. One pass."""
    best, total, start = 0.0, 0.0, 0
    run: tuple[int, int] | None = None
    for place, logit in enumerate(logits):
        if total <= 0:
            total, start = 0.0, place
        total += max(logit, -2.0)
        if total > best:
            best, run = total, (start, place + 1)
    return run
