"""Thresholds, confidence and figures of the reader of slips, from repositories that training never saw."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from stilted.lab.training import tune
from stilted.lab.training.slips import edits
from stilted.rules.tagger.inference import read_side_by_side
from stilted.rules.tagger.slips.decide import Slip, find_slips
from stilted.rules.tagger.slips.inference import KEEP, SlipReading, infer

FALSE_ALARMS: Final = {"high": 12.0, "medium": 3.5, "low": 1.0}
"""Findings per 1,000 words of sentences that editors left alone: how many are allowed at each sensitivity."""

_LEASTS: Final = tuple(round(0.02 * i, 2) for i in range(8, 50))
_BARE: Final = {"confidence": (1.0, 0.0)}


@dataclass(frozen=True, slots=True)
class Readings:
    """Sentences as the reader sees them: edited ones before their edit, and those left alone."""

    before: tuple[tuple[edits.Edit, SlipReading], ...]
    alone: tuple[SlipReading, ...]


def read_sentences(data: Path, recipe: Mapping[str, Any], most: int, *, permissive: bool) -> Readings:
    """Read up to *most* edited sentences and as many others, of repositories that training never saw."""
    share = recipe["development"]
    pairs = list(edits.read_pairs(data / recipe["pairs"], permissive=permissive))
    alone = list(edits.read_left_alone(data / recipe["left_alone"], permissive=permissive))
    if permissive:
        pairs = [edit for edit in pairs if edits.is_development(edit.repository, share)]
        alone = [(name, text) for name, text in alone if edits.is_development(name, share)]
    for items in (pairs, alone):
        random.Random(recipe["seed"]).shuffle(items)
    pairs, texts = pairs[:most], [text for _, text in alone[:most]]
    before = read_side_by_side(infer, [edit.before for edit in pairs])
    return Readings(tuple(zip(pairs, before, strict=True)), tuple(read_side_by_side(infer, texts)))


def find_decoding(readings: Readings) -> dict[str, Any]:
    """Return what turns chances into findings: the least chances, and slope and shift of the confidence."""
    facts, truth = [], []
    loose = {**_BARE, "points": {"high": _LEASTS[0]}}
    for edit, reading in readings.before:
        doubts = {word.start: 1 - each[KEEP] for word, each in zip(reading.target.words, reading.chances, strict=True)}
        for slip in find_slips(reading, loose, "high"):
            worst = max(doubt for start, doubt in doubts.items() if slip.span.start <= start < slip.span.end)
            worst = min(max(worst, 1e-4), 1 - 1e-4)
            facts.append((float(np.log(worst / (1 - worst))), 1.0))
            truth.append(float(_is_right(edit, slip)))
    slope, shift = tune.fit_logistic(np.array(facts), np.array(truth))
    points = {}
    for name, most in FALSE_ALARMS.items():
        good = [t for t in _LEASTS if _count_per_thousand(readings.alone, {**_BARE, "points": {name: t}}, name) <= most]
        points[name] = min(good, default=_LEASTS[-1])
    return {"points": points, "confidence": (round(float(slope), 4), round(float(shift), 4))}


def measure_figures(readings: Readings, tuned: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return what is found at each sensitivity."""
    out = {}
    for name in tuned["points"]:
        hits = right = touched = places = 0
        error: list[tuple[float, bool]] = []
        for edit, reading in readings.before:
            marked = list(find_slips(reading, tuned, name))
            is_right = [_is_right(edit, slip) for slip in marked]
            hits, right, places = hits + len(marked), right + sum(is_right), places + len(edit.spans)
            touched += sum(any(s.span.start < b and a < s.span.end for s in marked) for a, b in edit.spans)
            error += [(slip.confidence, each) for slip, each in zip(marked, is_right, strict=True)]
        out[name] = {
            "edits_touched": round(touched / max(1, places), 3),
            "findings_that_touch_an_edit": round(right / max(1, hits), 3),
            "mean_confidence": round(float(np.mean([c for c, _ in error])), 3) if error else 0.0,
            "per_1000_words_left_alone": round(_count_per_thousand(readings.alone, tuned, name), 2),
            "findings": hits,
        }
    return out


def _is_right(edit: edits.Edit, slip: Slip) -> bool:
    return any(slip.span.start < end and start < slip.span.end for start, end in (*edit.spans, *edit.minor))


def _count_per_thousand(readings: Sequence[SlipReading], tuned: Mapping[str, Any], name: str) -> float:
    words = sum(not word.is_mark for reading in readings for word in reading.target.words)
    return 1000 * sum(len(list(find_slips(reading, tuned, name))) for reading in readings) / max(1, words)
