"""British and American spelling in one document: one remark, at the first word of the kind that is rarer.

The pairs are listed by hand, few and plain: only words of which each spelling belongs to one of the two. So “organise”
tells, and “organize”, which Oxford writes too, does not; “program” and “license” have a use in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Hit, Rule, Segment, Span, Status
from stilted.core.tokens import Token, get_norms, tokenize

_STEMS: Final = (
    "armour behaviour colour endeavour favour flavour harbour honour humour labour neighbour odour rumour savour"
    " vapour vigour"
)
"""Words in -our; Americans write -or."""
_ENDINGS: Final = ("", "s", "ed", "ing", "able", "ably", "ite", "ites", "al", "ful", "less", "hood", "hoods")
_DOUBLED: Final = "cancel channel counsel dial fuel label level marvel model quarrel signal total travel tunnel"
"""Verbs that double the l before an ending in Britain."""
_PAIRS: Final = (
    "centre center|centres centers|centred centered|theatre theater|theatres theaters|fibre fiber|fibres fibers"
    "|litre liter|litres liters|kilometre kilometer|kilometres kilometers|calibre caliber|lustre luster|sombre somber"
    "|defence defense|defences defenses|offence offense|offences offenses|pretence pretense"
    "|analyse analyze|analysed analyzed|analysing analyzing|paralyse paralyze|paralysed paralyzed|catalyse catalyze"
    "|grey gray|greyish grayish|mould mold|moulds molds|plough plow|ploughs plows|tyre tire|tyres tires"
    "|cheque check|jewellery jewelry|aluminium aluminum|moustache mustache|pyjamas pajamas|sceptical skeptical"
    "|fulfil fulfill|enrol enroll|enrolment enrollment|instalment installment|skilful skillful|wilful willful"
    "|manoeuvre maneuver|anaesthetic anesthetic|paediatric pediatric|haemoglobin hemoglobin|oestrogen estrogen"
)
_BRITISH_ALONE: Final = (
    "apologise authorise categorise criticise customise emphasise finalise initialise maximise minimise modernise"
    " normalise optimise organise prioritise realise recognise stabilise standardise summarise synchronise utilise"
    " visualise"
)
"""Verbs in -ise; -ize is written on both sides."""
_TOO_COMMON: Final = frozenset({"check", "tire", "tires"})
"""American spellings that are other words as well."""


def _make_american_spellings() -> dict[str, str]:
    american_of = dict(pair.split(" ") for pair in _PAIRS.split("|"))
    for stem in _STEMS.split():
        american_of |= {stem + ending: stem[:-2] + "r" + ending for ending in _ENDINGS}
    for verb in _DOUBLED.split():
        american_of |= {f"{verb}l{ending}": verb + ending for ending in ("ed", "ing", "er", "ers")}
    return american_of


def _make_oxford_spellings() -> dict[str, str]:
    """Return what has -ize for the words that have -ise."""
    return {
        verb[:-1] + ending: f"{verb[:-2]}z{ending}"
        for verb in _BRITISH_ALONE.split()
        for ending in ("e", "es", "ed", "ing")
    }


_AMERICAN_OF: Final = _make_american_spellings()
_BRITISH_OF: Final = {a: b for b, a in _AMERICAN_OF.items() if a not in _TOO_COMMON}
_OXFORD_OF: Final = _make_oxford_spellings()
_BRITISH: Final = frozenset(_AMERICAN_OF) | frozenset(_OXFORD_OF)
_AMERICAN: Final = frozenset(_BRITISH_OF)
_EITHER: Final = _BRITISH | _AMERICAN


class _Seen(NamedTuple):
    segment: int
    token: Token


def _find_words(segment: Segment, number: int) -> Iterator[_Seen]:
    """Yield the words that tell; one with a capital may be a name, and one that the source has too is not English."""
    text = segment.target or ""
    if _EITHER.isdisjoint(get_norms(text)):
        return
    for token in tokenize(text):
        is_variety = token.norm in _EITHER and text[token.start : token.end].islower()
        if is_variety and token.norm not in (segment.source or "").casefold():
            yield _Seen(number, token)


def _find(document: Document) -> Iterator[Hit]:
    seen = list(chain.from_iterable(_find_words(segment, number) for number, segment in enumerate(document.segments)))
    british = [each for each in seen if each.token.norm in _BRITISH]
    american = [each for each in seen if each.token.norm in _AMERICAN]
    if not british or not american:
        return
    if len(british) <= len(american):
        few, many, kind, other = british, american, "British", "American"
    else:
        few, many, kind, other = american, british, "American", "British"
    token = few[0].token
    better = _BRITISH_OF.get(token.norm) or _AMERICAN_OF.get(token.norm) or _OXFORD_OF[token.norm]
    message = f"This spelling is {kind}; elsewhere the text is {other}, as in “{many[0].token.norm}”."
    yield Hit("spelling/mixed-varieties", few[0].segment, Span(token.start, token.end), message, (better,))


RULES: Final = (
    Rule(
        id="spelling/mixed-varieties",
        category="Linguistic conventions/Textual conventions",
        severity="minor",
        message="British and American spelling are mixed.",
        why="Either is right, and readers see it when a text changes from one to the other.",
        find=_find,
        bad=(
            Example.of(
                "The <v>colour</v> of the center and of the harbor.", "The color of the center and of the harbor."
            ),
        ),
        good=(
            Example.of("The neighbor of the theater traveled and canceled; we organize the program."),
            Example.of("Harbour Street has the Labour Party, and Pearl Harbor a check of the defenses."),
        ),
        confidence=0.5,
        status=Status.PREVIEW,
    ),
)
