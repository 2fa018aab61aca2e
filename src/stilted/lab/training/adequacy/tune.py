"""After training: thresholds, confidences and figures, all from repositories that training never saw.

Everything is measured through the shipped path, int8 and all, so the card says what users get.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stilted.core.model import Segment
from stilted.lab.training.adequacy import faults
from stilted.lab.training.adequacy.pairs import Pair, Pairs
from stilted.lab.training.tune import logistic
from stilted.rules.tagger.adequacy.decide import FAULTS
from stilted.rules.tagger.adequacy.denial import ADDED, DROPPED, EVIDENCE, PERHAPS_ADDED, PERHAPS_DROPPED, evidence
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
_SHARE: Final = {
    "omission": 0.09,
    "unrelated": 0.3,
    "addition": 0.155,
    ADDED: 0.11,
    PERHAPS_ADDED: 0.065,
    DROPPED: 0.25,
    PERHAPS_DROPPED: 0.03,
}
"""How the false alarms that are allowed are shared out, those of contradictions by the words of negation."""

_SURE: Final = 0.6
"""Least confidence of what is said at sensitivity low or medium."""

_NEVER: Final = -99.0
_LEAST: Final = 0.0
"""Least logit of what is said at all: below, the model itself does not think so."""

_PRIOR: Final = 0.02
"""Share of strings with a given fault that a catalogue is taken to have: confidence means little without one."""

_ALIKE: Final = 40
_MORE: Final = 10
"""So many times more true pairs are looked at for words of negation: few have them, and only those are read."""


@dataclass(frozen=True, slots=True)
class Case:
    """A held-out pair, perhaps spoilt, and the model's logits."""

    pair: Pair
    kind: str
    logits: tuple[float, ...]


def cases(pairs: Pairs, seed: random.Random, each: int) -> list[Case]:
    """Read up to *each* true pairs of every kind and language, and as many spoilt ones of each fault as they give."""
    chosen: list[tuple[Pair, str]] = []
    for pool in pairs.pools.values():
        for language in sorted(pool):
            fit = sorted({pair for pair in pool[language] if _is_checked(pair)})
            sample = seed.sample(fit, min(_MORE * each, len(fit)))
            chosen += [(pair, "more") for pair in sample[each:]]
            for number, pair in enumerate(sample[:each]):
                chosen.append((pair, "none"))
                if number % 3 == 0:
                    chosen += [(spoilt, kind) for kind, spoilt in _spoilt(pair, pairs, seed) if _is_checked(spoilt)]
    read = [(pair, kind, _logits(pair, kind)) for pair, kind in chosen]
    return [Case(pair, kind, logits) for pair, kind, logits in read if logits is not None]


def _logits(pair: Pair, kind: str) -> tuple[float, ...] | None:
    """Read a pair; of those that are only looked at for words of negation, those without any need no reading."""
    if kind == "more" and evidence(pair.target, pair.source, pair.language) is None:
        return (_NEVER,) * len(FAULTS)
    reading = infer(pair.target, pair.source)
    return None if reading is None else reading.faults


def _is_checked(pair: Pair) -> bool:
    return is_readable(Segment("", pair.target, None, pair.source))


def _spoilt(pair: Pair, pairs: Pairs, seed: random.Random) -> Iterable[tuple[str, Pair]]:
    near = [o for o in pairs.homes[pair.home, pair.language] if o.source != pair.source and _is_checked(o)]
    near = [o for o in near if o.target.lower() != pair.target.lower()]
    if near:
        other = seed.choice(near)
        own = set(pair.target.lower().split())
        alike = max(seed.sample(near, min(_ALIKE, len(near))), key=lambda o: _shared(own, o.target))
        yield "other", pair._replace(target=other.target)
        yield "alike", pair._replace(target=alike.target)
        yield "added", pair._replace(target=f"{pair.target} {other.target}")
    half = faults.cut(pair.target, seed, 0.3, 0.5, plainly=True)
    if half:
        yield "cut", pair._replace(target=half)
    for kind, options in (
        ("negated", faults.with_not(pair.target, seed)),
        ("affirmed", faults.without_not(pair.target)),
    ):
        if options:
            yield kind, pair._replace(target=seed.choice(options).text)


def _shared(own: set[str], other: str) -> float:
    words = other.lower().split()
    return len(own.intersection(words)) / (3 + len(words))


def parted(cases: Sequence[Case], homes: Sequence[str]) -> tuple[list[Case], list[Case]]:
    """Return the cases of *homes*, to tune on, and the others; all of them twice where either would be empty."""
    here = [case for case in cases if case.pair.home in homes]
    there = [case for case in cases if case.pair.home not in homes]
    return (here, there) if here and there else (list(cases), list(cases))


def decoding(cases: Sequence[Case], points: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """Return thresholds and confidences of every fault.

    Args:
        points: the share of true pairs that may be flagged at each sensitivity, all faults together, and by the
            certain alone.
    """
    tuned: dict[str, dict[str, Any]] = {}
    for fault in FAULTS:
        if fault == "contradiction":
            tuned[fault] = {said: _thresholds(cases, fault, said, points) for said in EVIDENCE}
        else:
            tuned[fault] = _thresholds(cases, fault, None, points)
    return tuned


def _thresholds(cases: Sequence[Case], fault: str, said: str | None, points: Mapping[str, float]) -> dict[str, Any]:
    """Return the thresholds and the confidence of a fault, of contradictions with what the words of negation say."""
    kinds = ("none", "more") if said else ("none",)
    true = np.array([_logit(case, fault, said) for case in cases if case.kind in kinds])
    spoilt = np.array([_logit(case, fault, said) for case in cases if _MEANT.get(case.kind) == fault])
    allowed = _SHARE[said or fault]
    thresholds = {name: float(np.quantile(true, 1 - share * allowed)) for name, share in points.items()}
    constant, slope = _confidence(spoilt, true, max(_LEAST, thresholds["high"]))
    if slope > 0:
        sure = (math.log(_SURE / (1 - _SURE)) - constant) / slope
    else:  # too few to tell a slope: what is above the default's threshold is as sure as all of it
        share = _precision(spoilt, true, thresholds["medium"])
        constant, slope = math.log(share / (1 - share)), 0.0
        sure = thresholds["medium"] if share >= _SURE else -_NEVER
    thresholds |= {name: max(_LEAST, thresholds[name]) for name in ("high", "certain")}
    thresholds |= {name: max(_LEAST, thresholds[name], sure) for name in ("low", "medium")}
    return {name: round(value, 2) for name, value in thresholds.items()} | {
        "confidence": [round(constant, 3), round(slope, 3)]
    }


def _logit(case: Case, fault: str, said: str | None) -> float:
    """Return the logit of a fault; of a contradiction that the words of negation do not bear out, none."""
    if said is not None and evidence(case.pair.target, case.pair.source, case.pair.language) != said:
        return _NEVER
    return case.logits[FAULTS[fault]]


def _confidence(spoilt: Array, true: Array, least: float) -> tuple[float, float]:
    """Fit the chance that a pair above a threshold is spoilt, as if `_PRIOR` of all were."""
    repeat = max(1, round((1 - _PRIOR) / _PRIOR * len(spoilt) / max(1, len(true)) * 10))
    spoilt, rest = spoilt[spoilt >= least], true[true >= least]
    logits = np.concatenate([np.repeat(spoilt, 10), np.repeat(rest, repeat)])
    truth = np.concatenate([np.ones(10 * len(spoilt)), np.zeros(repeat * len(rest))])
    constant, slope = logistic(np.stack([np.ones(len(logits)), logits], 1), truth)
    return float(constant), float(slope)


def _precision(spoilt: Array, true: Array, least: float) -> float:
    """Return the share of pairs above a threshold that are spoilt, if `_PRIOR` of all were; one of each is added."""
    right = _PRIOR * (np.count_nonzero(spoilt >= least) + 1) / (len(spoilt) + 1)
    wrong = (1 - _PRIOR) * (np.count_nonzero(true >= least) + 1) / (len(true) + 1)
    return float(right / (right + wrong))


def flagged(case: Case, tuned: Mapping[str, Mapping[str, Any]], point: str) -> bool:
    """Tell whether any rule speaks of a pair at a sensitivity."""
    said = evidence(case.pair.target, case.pair.source, case.pair.language)
    for fault, column in FAULTS.items():
        own = tuned[fault] if fault != "contradiction" else tuned[fault].get(said or "")
        if own is not None and case.logits[column] >= own[point]:
            return True
    return False


def figures(cases: Sequence[Case], tuned: Mapping[str, Mapping[str, Any]], point: str) -> dict[str, Any]:
    """Return the share found of each fault, and how many true pairs are flagged, by kind of text and language."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.pair.kind].append(case)
        groups[f"{case.pair.kind} {case.pair.language}"].append(case)
    out: dict[str, Any] = {}
    for name, own in sorted(groups.items()):
        shares = {}
        for kind in KINDS:
            hits = [flagged(case, tuned, point) for case in own if case.kind == kind]
            if hits:
                shares[kind] = round(float(np.mean(hits)), 3)
        true = [flagged(case, tuned, point) for case in own if case.kind == "none"]
        out[name] = {
            **shares,
            "true pairs": len(true),
            "flagged per 1,000 true pairs": round(1000 * float(np.mean(true)), 1),
        }
    return out
