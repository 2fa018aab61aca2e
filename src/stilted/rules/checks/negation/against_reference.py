"""Negations that only a translation has, or only its reference, which must say the same words otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Hit, Segment, Span
from stilted.rules.checks.negation.beside import find_denials
from stilted.rules.checks.negation.polarity import DENIAL, Negation, Polarity, may_deny, read_polarity

_WORDS: Final = re.compile(r"[^\W\d_]+")
_AUXILIARY: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|may|might|can|must|do|does|did)\b", re.IGNORECASE
)
_BEFORE: Final = re.compile(_AUXILIARY.pattern + r"(?= (?:be |been )?(?:[^\W\d_]+ly )?$)", re.IGNORECASE)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_HAN_DENIAL: Final = re.compile("[不没沒无無未非否莫勿别別免缺]")
_BEFORE_CHARS: Final = 24
_UNTIL: Final = re.compile(rf"(?:{DENIAL.pattern})[^.;]*\b(?:until|unless|before)\b", re.IGNORECASE)
_AFTER: Final = re.compile(r"\b(?:after|once|only|when|as soon as|if|first)\b", re.IGNORECASE)
_BALANCE: Final = 1.5
"""A sentence this many times richer in words says things that the other one leaves out, denials among them."""
_PREFIXES: Final = ("un", "in", "im", "dis", "ir", "il")


def find_contradictions(
    number: int, segment: Segment, words: frozenset[str], reference_words: frozenset[str]
) -> Iterator[Hit]:
    """Yield the negations that segment *number* has and its reference has not, or the places where one is missing.

    Args:
        segment: one with a reference.
        words, reference_words: those of translation and reference, in lower case.
    """
    target, reference = segment.target or "", segment.reference or ""
    if _is_worth_reading(target, words, reference, reference_words):
        yield from _find_denials(number, target, reference, segment.source or "")


def _is_worth_reading(target: str, words: frozenset[str], reference: str, reference_words: frozenset[str]) -> bool:
    """Tell cheaply whether one side may deny more than the other, or says "unclear" where the other does not."""
    if may_deny(words) or may_deny(reference_words):
        counts = [len(DENIAL.findall(text)) for text in (target, reference)]
        if counts[0] != counts[1]:
            return True
    return any(word.startswith(_PREFIXES) for word in words ^ reference_words)


def _find_denials(number: int, target: str, reference: str, source: str) -> Iterator[Hit]:
    if _says_until_for_after(target, reference) or _says_until_for_after(reference, target):
        return
    surely = [*_find_between_same_words(number, target, reference, source)]
    if surely:
        yield from surely
        return
    stated, reference_stated = read_polarity(target), read_polarity(reference)
    if len(stated.strong) > len(reference_stated.strong):
        extra = _find_contradiction(stated, reference_stated)
        if extra:
            yield _mark_extra(number, target, extra)
    elif len(stated.strong) < len(reference_stated.strong):
        missing = _find_contradiction(reference_stated, stated)
        if missing and not _lacks_denial(source):
            yield from _mark_missing(number, target, stated, reference, missing)
    else:
        yield from _find_prefixed(number, target, stated, reference, reference_stated)


def _says_until_for_after(one: str, other: str) -> bool:
    """Tell whether *one* says "cannot enter until" where *other* says "can enter after"."""
    return bool(_UNTIL.search(one)) and not _UNTIL.search(other) and bool(_AFTER.search(other))


def _find_between_same_words(number: int, target: str, reference: str, source: str) -> Iterator[Hit]:
    """Yield the negations that stand on one side between words that both sides have in the same order."""
    for place in find_denials(target, reference):
        yield _mark_extra(number, target, Negation(place.start, place.end, ()))
    for place in find_denials(reference, target) if not _lacks_denial(source) else ():
        message = (
            f"The reference has a negation here: “{_quote_around(reference, Negation(place.start, place.end, ()))}”."
        )
        verb = _BEFORE.search(f"{target[: place.low]} ")
        word = _WORDS.search(target, place.high)
        if verb:
            span = Span(verb.start(), verb.end())
            yield Hit("negation/missing", number, span, message, (f"{verb.group()} not",))
        elif word:
            yield Hit("negation/missing", number, Span(word.start(), word.end()), message)


def _lacks_denial(source: str) -> bool:
    """Tell whether a Chinese source without any sign of denial sides with a translation that has none."""
    return bool(_HAN.search(source)) and not _HAN_DENIAL.search(source)


def _find_contradiction(more: Polarity, less: Polarity) -> Negation | None:
    """Return the negation of *more* that *less* contradicts: it says the same word without denying it.

    Without such a word the first one counts, if nothing at all in *less* could be a denial and two of its
    words, or most, are in *more* too: in other words a thing may be denied without any "not".
    """
    for negation in more.strong:
        reach = negation.reach[:1] if less.strong or less.hedged else negation.reach
        if not less.denied.isdisjoint(reach):
            continue
        if any(s in less.said for s in reach):
            return negation
    shared = len(more.said.keys() & less.said.keys())
    alike = (shared > 1 or 2 * shared > len(less.said)) and _BALANCE * len(less.said) >= len(more.said)
    sure = not less.strong and not less.hedged and alike
    return more.strong[0] if sure else None


def _mark_extra(number: int, target: str, negation: Negation) -> Hit:
    start, end = negation.start, negation.end
    written = target[start:end].lower()
    message = "The reference says this without a negation."
    if written.startswith("n") and written.endswith("t") and len(written) == 3 and "o" not in written:
        while start and target[start - 1].isalpha():
            start -= 1
        verb = target[start : negation.start]
        plain = {"ca": "can", "wo": "will", "sha": "shall"}.get(verb.lower(), verb)
        fix = () if verb.lower() in ("do", "does", "did") else (plain,)
        return Hit("negation/added", number, Span(start, end), message, fix)
    before = _BEFORE.search(target[max(0, start - _BEFORE_CHARS) : start])
    fixes = {"cannot": ("can",), "without": ("with",), "never": ("",), "not": ("",) if before else ()}
    return Hit("negation/added", number, Span(start, end), message, fixes.get(written, ()))


def _mark_missing(number: int, target: str, stated: Polarity, reference: str, negation: Negation) -> Iterator[Hit]:
    message = f"The reference has a negation here: “{_quote_around(reference, negation)}”."
    for key in negation.reach:
        if key in stated.said:
            start, end = stated.said[key]
            low = max(0, start - _BEFORE_CHARS)
            verb = _BEFORE.search(target[low:start])
            if verb:
                span = Span(low + verb.start(), low + verb.end())
                yield Hit("negation/missing", number, span, message, (f"{verb.group()} not",))
            else:
                yield Hit("negation/missing", number, Span(start, end), message)
            return
    auxiliary = _AUXILIARY.search(target)
    if auxiliary:
        yield Hit("negation/missing", number, Span(auxiliary.start(), auxiliary.end()), message)


def _quote_around(text: str, negation: Negation) -> str:
    """Quote a negation with the word before it and the three behind it."""
    start = text.rfind(" ", 0, max(0, text.rfind(" ", 0, negation.start + 1))) + 1
    behind = text[negation.end :].split(maxsplit=3)[:3]
    return " ".join([text[start : negation.end].strip(), *behind]).strip()


def _find_prefixed(
    number: int, target: str, stated: Polarity, reference: str, reference_stated: Polarity
) -> Iterator[Hit]:
    """Yield "unclear" for "clear" and the other way round, where nothing else denies either."""
    for here, there, own in ((stated, reference_stated, True), (reference_stated, stated, False)):
        for key, place in here.prefixed.items():
            plain = there.said.get(key)
            if plain is None or key in there.prefixed or key in there.denied or key in here.said:
                continue
            start, end = place if own else plain
            other = reference[plain[0] : plain[1]] if own else reference[place[0] : place[1]]
            message = f"The reference says the opposite: “{other}”."
            yield Hit("negation/added" if own else "negation/missing", number, Span(start, end), message, (other,))
