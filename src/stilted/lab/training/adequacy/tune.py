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
from stilted.rules.tagger.adequacy.denial import differ
from stilted.rules.tagger.adequacy.inference import infer
from stilted.rules.tagger.adequacy.rule import is_readable

Array = NDArray[np.float64]

KINDS: Final = ("other", "alike", "cut", "added", "negated")
"""Faults that are measured: any other string of the repository, one that looks alike, cut to half or less, another
string behind it, `not` put in or taken out."""

_MEANT: Final = {
    "other": "unrelated",
    "alike": "unrelated",
    "cut": "omission",
    "added": "addition",
    "negated": "contradiction",
}
_SHARE: Final = {"omission": 0.1, "unrelated": 0.25, "addition": 0.15, "contradiction": 0.5}
"""How the false alarms that are allowed are shared out."""

_SURE: Final = 0.6
"""Least confidence of what is said at sensitivity low or medium."""

_NEVER: Final = -99.0

_PRIOR: Final = 0.02
"""Share of strings with a given fault that a catalogue is taken to have: confidence means little without one."""

_ALIKE: Final = 40


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
            for number, pair in enumerate(seed.sample(fit, min(each, len(fit)))):
                chosen.append((pair, "none"))
                if number % 3 == 0:
                    chosen += [(spoilt, kind) for kind, spoilt in _spoilt(pair, pairs, seed) if _is_checked(spoilt)]
    found = ((pair, kind, infer(pair.target, pair.source)) for pair, kind in chosen)
    return [Case(pair, kind, reading.faults) for pair, kind, reading in found if reading is not None]


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
    negated = faults.negated(pair.target, seed, plainly=True)
    if negated:
        yield "negated", pair._replace(target=negated.text)


def _shared(own: set[str], other: str) -> float:
    words = other.lower().split()
    return len(own.intersection(words)) / (3 + len(words))


def decoding(found: Sequence[Case], points: Mapping[str, float]) -> dict[str, dict[str, Any]]:
    """Return thresholds and confidences of every fault.

    Args:
        points: the share of true pairs that may be flagged at each sensitivity, all faults together, and by the
            certain alone.
    """
    tuned: dict[str, dict[str, Any]] = {}
    for fault in FAULTS:
        true = np.array([_logit(case, fault) for case in found if case.kind == "none"])
        spoilt = np.array([_logit(case, fault) for case in found if _MEANT.get(case.kind) == fault])
        thresholds = {name: float(np.quantile(true, 1 - share * _SHARE[fault])) for name, share in points.items()}
        constant, slope = _confidence(spoilt, true, thresholds["high"])
        sure = (math.log(_SURE / (1 - _SURE)) - constant) / slope
        thresholds |= {name: max(thresholds[name], sure) for name in ("low", "medium")}
        tuned[fault] = {name: round(value, 2) for name, value in thresholds.items()}
        tuned[fault]["confidence"] = [round(constant, 3), round(slope, 3)]
    return tuned


def _logit(case: Case, fault: str) -> float:
    """Return the logit of a fault; where both sides deny or neither does, no contradiction is told."""
    if fault == "contradiction" and not differ(case.pair.target, case.pair.source, case.pair.language):
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


def flagged(case: Case, tuned: Mapping[str, Mapping[str, Any]], point: str) -> bool:
    """Tell whether any rule speaks of a pair at a sensitivity."""
    return any(_logit(case, fault) >= tuned[fault][point] for fault in FAULTS)


def figures(found: Sequence[Case], tuned: Mapping[str, Mapping[str, Any]], point: str) -> dict[str, Any]:
    """Return the share found of each fault, and how many true pairs are flagged, by kind of text and language."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in found:
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
