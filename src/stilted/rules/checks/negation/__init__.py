"""Negations that stand on one side only, and words that say the opposite of the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Need, Rule, SegmentFinder, Span, Status
from stilted.rules.checks.negation import against_source
from stilted.rules.checks.negation.beside import find_denials
from stilted.rules.checks.negation.polarity import (
    DENIAL,
    Negation,
    Polarity,
    find_stems_beside,
    may_deny,
    read_polarity,
)

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


_BALANCE: Final = 1.5
"""A sentence this many times richer in words says things that the other one leaves out, denials among them."""


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        if segment.target and segment.source:
            yield from against_source.find_contradictions(number, segment, document.source_language)
        if not segment.target or not segment.reference:
            continue
        words = frozenset(_WORDS.findall(segment.target.lower()))
        reference_words = frozenset(_WORDS.findall(segment.reference.lower()))
        if _is_worth_reading(segment.target, words, segment.reference, reference_words):
            yield from _find_denials(number, segment.target, segment.reference, segment.source or "")
        if not _TELLING.isdisjoint(words - reference_words) and not _TELLING.isdisjoint(reference_words - words):
            yield from _find_opposites(number, segment.target, segment.reference)


def _is_worth_reading(target: str, words: frozenset[str], reference: str, reference_words: frozenset[str]) -> bool:
    """Tell cheaply whether one side may deny more than the other, or says "unclear" where the other does not."""
    if may_deny(words) or may_deny(reference_words):
        counts = [len(DENIAL.findall(text)) for text in (target, reference)]
        if counts[0] != counts[1]:
            return True
    return any(word.startswith(_PREFIXES) for word in words ^ reference_words)


_PREFIXES: Final = ("un", "in", "im", "dis", "ir", "il")


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


def _find_opposites(number: int, target: str, reference: str) -> Iterator[Hit]:
    """Yield a word of one of two opposite groups where the reference only has words of the other, in like company."""
    words, reference_words = _place_words(target), _place_words(reference)
    if may_deny(frozenset(words) | frozenset(reference_words)):
        return
    for pair in _OPPOSITES:
        for here, there in (pair, pair[::-1]):
            said, wanted = here & words.keys(), there & reference_words.keys()
            if len(said) != 1 or len(wanted) != 1 or words.keys() & there or reference_words.keys() & here:
                continue
            (start, end), place = words[min(said)], reference_words[min(wanted)]
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


RULES = (
    Rule(
        id="negation/added",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference says this without a negation.",
        why="A negation too many turns the statement round; engines get lost in double negations of the source.",
        find=_find,
        bad=(
            Example.of(
                "The bridge is <v>not</v> open to lorries.",
                "The bridge is open to lorries.",
                reference="The bridge has been opened to lorries.",
            ),
            Example.of("She <v>isn't</v> ready.", "She is ready.", reference="She is ready to go."),
            Example.of("The outcome is <v>unclear</v>.", "The outcome is clear.", reference="The outcome is clear."),
            Example.of(
                "The low form could <v>not</v> be of use to few people.",
                "The low form could be of use to few people.",
                reference="The low variant could be of use to few people.",
            ),
        ),
        good=(
            Example.of("The bridge is not open.", reference="The bridge is closed, and lorries cannot cross it."),
            Example.of("It is not clear.", reference="It is unclear."),
            Example.of("They did not have the means.", reference="They lacked the means."),
            Example.of("It is not only fast but cheap.", reference="It is fast and also cheap."),
            Example.of("It did not rain on Sunday.", reference="Sunday was dry."),
            Example.of("I couldn't agree more.", reference="I agree completely."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
    ),
    Rule(
        id="negation/missing",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference has a negation here.",
        why="A lost negation turns the statement round, and nothing else in the sentence gives it away.",
        find=_find,
        bad=(
            Example.of(
                "The bridge <v>is</v> open to lorries.",
                "The bridge is not open to lorries.",
                reference="The bridge is not open to lorries.",
            ),
            Example.of("He <v>knew</v> her name.", None, reference="He never knew her name."),
        ),
        good=(
            Example.of("The bridge remains closed.", reference="The bridge did not open; lorries remain banned."),
            Example.of("We have to ask.", reference="We can't help but ask."),
            Example.of("She failed to see it.", reference="She did not see it."),
        ),
        needs=frozenset({Need.REFERENCE}),
        confidence=0.5,
    ),
    Rule(
        id="negation/opposite",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The reference says the opposite.",
        why="Engines swap words that stand in the same places: more for less, before for after, clear for unclear.",
        find=_find,
        bad=(
            Example.of(
                "Output <v>decreased</v> by a tenth.",
                "Output increased by a tenth.",
                reference="Output increased by a tenth.",
            ),
        ),
        good=(
            Example.of("Output fell by a tenth.", reference="Output decreased by a tenth."),
            Example.of("The outcome is unclear.", reference="The outcome is not clear."),
        ),
        needs=frozenset({Need.REFERENCE}),
        status=Status.PREVIEW,
        confidence=0.4,
    ),
    Rule(
        id=against_source.RULE,
        category="Accuracy/Mistranslation",
        severity="major",
        message="Only one of source and translation has a negation.",
        why="A lost or added negation turns the statement round, and nothing else in the sentence gives it away.",
        find=_find,
        bad=(
            Example.of("The bridge is <v>not</v> open to lorries today.", None, source="这座桥今天对卡车开放。"),
            Example.of("The bridge <v>is</v> open to lorries today.", None, source="这座桥今天并没有对卡车开放。"),
        ),
        good=(
            Example.of("The bridge is closed to lorries today.", source="这座桥今天并没有对卡车开放。"),
            Example.of("It is not only fast but cheap.", source="它不仅快，而且便宜。"),
            Example.of("It is not easy to cross the bridge.", source="过桥很难。"),
            Example.of("The name is required in this field.", source="此字段的名称不能为空。"),
        ),
        needs=frozenset({Need.SOURCE}),
        not_for=frozenset({"docs", "ui"}),  # freely translated: there `adequacy/contradiction` asks a model, too
        confidence=0.7,
    ),
)
