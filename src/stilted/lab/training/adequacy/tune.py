"""After training: thresholds, confidences and figures, all from repositories that training never saw.

Everything is measured through the shipped path, int8 and all, so the card says what users get.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stilted.core.model import Segment
from stilted.lab.training.adequacy import faults
from stilted.lab.training.adequacy.pairs import Pair, Pairs
from stilted.lab.training.tune import fit_logistic
from stilted.rules.tagger.adequacy.decide import FAULTS, PROSE, TECHNICAL, find_help, find_least
from stilted.rules.tagger.adequacy.denial import (
    ADDED,
    DROPPED,
    EVIDENCE,
    PERHAPS_ADDED,
    PERHAPS_DROPPED,
    UNSAID,
    find_evidence,
    is_put_otherwise,
)
from stilted.rules.tagger.adequacy.inference import infer
from stilted.rules.tagger.adequacy.rule import is_readable

Array = NDArray[np.float64]

KINDS: Final = ("other", "alike", "cut", "added", "negated", "affirmed")
"""Faults that are measured: any other string of the repository, one that looks alike, cut to half or less, another
string behind it, `not` put in, `not` taken out."""

_MEANT: Final = {
    "other": "unrelated",
    "alike": "unrelated",
    "cut": "omission",
    "added": "addition",
    "negated": "contradiction",
    "affirmed": "contradiction",
}
_OF_KINDS: Final = tuple(fault for fault in FAULTS if fault != "contradiction")
_SHARE: Final = {
    "omission": 0.12,
    "unrelated": 0.27,
    "addition": 0.15,
    ADDED: 0.11,
    PERHAPS_ADDED: 0.06,
    DROPPED: 0.2,
    PERHAPS_DROPPED: 0.03,
    UNSAID: 0.06,
}
"""How the false alarms that are allowed are shared out, those of contradictions by the words of negation."""

_SURE: Final = 0.6
"""Least confidence of what is said at sensitivity low or medium."""

_ALONE: Final = 0.9
"""The same of a contradiction that no word of negation bears out."""

_NEVER: Final = -99.0
_LEAST: Final = 0.0
"""Least logit of what is said at all: below, the model itself does not think so."""

_STALE: Final = 2
"""Pairs taken for true, worst first, that are left out of account: read one by one, the dozen that look most like
another text, and nearly all that look cut or extended, were stale or cut or extended in truth."""

_CERTAIN: Final = 6.5
"""Least logit of what is certain: below, the first free translations were found among the held-out pairs."""

_STEP: Final = 0.01

_LEAST_OF_PROSE: Final = 2.0
"""The same in prose, where thresholds come from a few hundred pairs of one language."""

_PRIOR: Final = 0.02
"""Share of strings with a given fault that a catalogue is taken to have: confidence means little without one."""

_ALIKE: Final = 40


@dataclass(frozen=True, slots=True)
class Case:
    """A held-out pair, perhaps spoilt, and the model's logits."""

    pair: Pair
    kind: str
    logits: tuple[float, ...]


def read_cases(pairs: Pairs, seed: random.Random, each: int, spoilt: int) -> list[Case]:
    """Read up to *each* true pairs of every kind and language, and of *spoilt* of them what each fault makes of it."""
    chosen: list[tuple[Pair, str]] = []
    for pool in pairs.pools.values():
        for language in sorted(pool):
            fit = sorted({pair for pair in pool[language] if _is_checked(pair)})
            for number, pair in enumerate(seed.sample(fit, min(each, len(fit)))):
                chosen.append((pair, "none"))
                if number < spoilt:
                    chosen += [(other, kind) for kind, other in _spoil(pair, pairs, seed) if _is_checked(other)]
    read = ((pair, kind, infer(pair.target, pair.source)) for pair, kind in chosen)
    return [Case(pair, kind, reading.faults) for pair, kind, reading in read if reading is not None]


def _is_checked(pair: Pair) -> bool:
    return is_readable(Segment("", pair.target, None, pair.source))


def _spoil(pair: Pair, pairs: Pairs, seed: random.Random) -> Iterable[tuple[str, Pair]]:
    near = [o for o in pairs.homes[pair.home, pair.language] if o.source != pair.source and _is_checked(o)]
    near = [o for o in near if o.target.lower() != pair.target.lower()]
    if near:
        other = seed.choice(near)
        own = set(pair.target.lower().split())
        alike = max(seed.sample(near, min(_ALIKE, len(near))), key=lambda o: _share_words(own, o.target))
        yield "other", pair._replace(target=other.target)
        yield "alike", pair._replace(target=alike.target)
        yield "added", pair._replace(target=f"{pair.target} {other.target}")
    half = faults.cut(pair.target, seed, 0.3, 0.5, plainly=True)
    if half:
        yield "cut", pair._replace(target=half)
    for kind, options in (
        ("negated", faults.list_negated(pair.target, seed)),
        ("affirmed", faults.list_affirmed(pair.target)),
    ):
        if options:
            yield kind, pair._replace(target=seed.choice(options).text)


def _share_words(own: set[str], other: str) -> float:
    words = other.lower().split()
    return len(own.intersection(words)) / (3 + len(words))


def divide_cases(cases: Sequence[Case], homes: Sequence[str]) -> tuple[list[Case], list[Case]]:
    """Return the cases of *homes* and of every second document of news, to tune on, and the others.

    All of them are returned twice where either part would be empty.
    """
    documents = sorted({case.pair.file for case in cases if case.pair.kind == "news"})[::2]
    sides: tuple[list[Case], list[Case]] = [], []
    for case in cases:
        is_here = case.pair.file in documents if case.pair.kind == "news" else case.pair.home in homes
        sides[not is_here].append(case)
    return sides if all(sides) else (list(cases), list(cases))


def get_kind(pair: Pair) -> str:
    """Return which of the thresholds, those of `PROSE` or of `TECHNICAL` texts, a pair is judged by."""
    return PROSE if pair.kind == "news" else TECHNICAL


def find_decodings(cases: Sequence[Case], points: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """Return thresholds and confidences of every fault, for prose and for technical texts.

    What the words of negation say is as sure in the one as in the other.

    Args:
        points: the share of true pairs that may be flagged at each sensitivity, all faults together, and by the
            certain alone.
    """
    said = [find_evidence(case.pair.target, case.pair.source, case.pair.language) for case in cases]
    denials = {}
    for words in EVIDENCE:
        own = [case for case, other in zip(cases, said, strict=True) if other == words]
        denials[words] = _choose_thresholds(own, cases, "contradiction", words, points)
    technical, prose = (
        [case for case in cases if get_kind(case.pair) == kind] or list(cases) for kind in (TECHNICAL, PROSE)
    )
    strict = {fault: _choose_thresholds(technical, technical, fault, fault, points) for fault in _OF_KINDS}
    loose = {
        fault: _raise_to_least(_choose_thresholds(prose, prose, fault, fault, points), _LEAST_OF_PROSE)
        for fault in _OF_KINDS
    }
    # where too few are at hand to tell how sure prose is, it is judged like the rest
    loose = {
        fault: each if each["medium"] < strict[fault]["medium"] else strict[fault] for fault, each in loose.items()
    }
    return {TECHNICAL: {**strict, "contradiction": denials}, PROSE: {**loose, "contradiction": denials}}


def _raise_to_least(tuned: Mapping[str, Any], least: float) -> dict[str, Any]:
    return {name: value if name == "confidence" else max(value, least) for name, value in tuned.items()}


def _choose_thresholds(
    own: Sequence[Case], cases: Sequence[Case], fault: str, share: str, points: Mapping[str, float]
) -> dict[str, Any]:
    """Return the thresholds and the confidence of a fault, from *own* alone of all *cases*.

    Args:
        share: the key of `_SHARE`.
    """
    column = FAULTS[fault]

    def logits(is_meant: Callable[[Case], bool]) -> Array:
        found = [case.logits[column] for case in own if is_meant(case)]
        silent = sum(map(is_meant, cases)) - len(found)
        return np.array([*found, *[_NEVER] * silent])

    true, spoilt = logits(lambda case: case.kind == "none"), logits(lambda case: _MEANT.get(case.kind) == fault)
    stale = 0 if fault == "contradiction" else _STALE
    thresholds = {
        name: _find_threshold(true, int(most * _SHARE[share] * len(true)) + stale) for name, most in points.items()
    }
    low = max(_LEAST, thresholds["high"])
    constant, slope = _fit_confidence(spoilt, true, low)
    least = _ALONE if share == UNSAID else _SURE
    if slope > 0 and np.any(true >= low):
        sure = (math.log(least / (1 - least)) - constant) / slope
    else:  # too few to tell a slope: each that is above the default's threshold is as sure as all of them
        right = _compute_precision(spoilt, true, thresholds["medium"])
        constant, slope = math.log(right / (1 - right)), 0.0
        sure = thresholds["medium"] if right >= least else -_NEVER
    thresholds |= {"high": low, "certain": max(_CERTAIN, thresholds["certain"])}
    thresholds |= {name: max(_LEAST, thresholds[name], sure) for name in ("low", "medium")}
    return {name: round(value, 2) for name, value in thresholds.items()} | {
        "confidence": [round(constant, 3), round(slope, 3)]
    }


def _find_threshold(logits: Array, number: int) -> float:
    """Return a threshold that *number* of the logits reach or pass."""
    if number == 0:
        return float(logits.max()) + _STEP
    return float(np.sort(logits)[-min(number, len(logits))])


def _fit_confidence(spoilt: Array, true: Array, least: float) -> tuple[float, float]:
    """Fit the chance that a pair above a threshold is spoilt, as if `_PRIOR` of all were."""
    repeat = max(1, round((1 - _PRIOR) / _PRIOR * len(spoilt) / max(1, len(true)) * 10))
    spoilt, rest = spoilt[spoilt >= least], true[true >= least]
    logits = np.concatenate([np.repeat(spoilt, 10), np.repeat(rest, repeat)])
    truth = np.concatenate([np.ones(10 * len(spoilt)), np.zeros(repeat * len(rest))])
    constant, slope = fit_logistic(np.stack([np.ones(len(logits)), logits], 1), truth)
    return float(constant), float(slope)


def _compute_precision(spoilt: Array, true: Array, least: float) -> float:
    """Return the share of pairs above a threshold that are spoilt, if `_PRIOR` of all were; one of each is added."""
    right = _PRIOR * (np.count_nonzero(spoilt >= least) + 1) / (len(spoilt) + 1)
    wrong = (1 - _PRIOR) * (np.count_nonzero(true >= least) + 1) / (len(true) + 1)
    return float(right / (right + wrong))


def is_flagged(case: Case, decodings: Mapping[str, Mapping[str, Any]], point: str) -> bool:
    """Tell whether any rule speaks of a pair at a sensitivity, as strings that somebody paired."""
    target, source = case.pair.target, case.pair.source
    kind = get_kind(case.pair)
    tuned = decodings[kind]
    for fault, column in FAULTS.items():
        logit = case.logits[column]
        if fault == "contradiction":
            said = find_evidence(target, source, case.pair.language)
            is_put = said == UNSAID and kind == TECHNICAL and is_put_otherwise(target, source)
            if logit >= find_least(tuned, said, point, kind) and not is_put:
                return True
        elif logit >= tuned[fault][point] or find_help(fault, logit, tuned[fault][point], point, target, source):
            return True
    return False


def measure_figures(cases: Sequence[Case], tuned: Mapping[str, Mapping[str, Any]], point: str) -> dict[str, Any]:
    """Return the share found of each fault, and how many true pairs are flagged, by kind of text and language."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.pair.kind].append(case)
        groups[f"{case.pair.kind} {case.pair.language}"].append(case)
    out: dict[str, Any] = {}
    for name, own in sorted(groups.items()):
        shares = {}
        for kind in KINDS:
            hits = [is_flagged(case, tuned, point) for case in own if case.kind == kind]
            if hits:
                shares[kind] = round(float(np.mean(hits)), 3)
        true = [is_flagged(case, tuned, point) for case in own if case.kind == "none"]
        out[name] = {
            **shares,
            "true pairs": len(true),
            "flagged per 1,000 true pairs": round(1000 * float(np.mean(true)), 1),
        }
    return out
