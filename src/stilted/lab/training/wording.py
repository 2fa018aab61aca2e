"""The wording model from weights that were trained elsewhere: category head, export, thresholds, card.

The weights come from the student run that the card names; what is learned here is the head that says which kind of
fault a mark is, on the frozen states of words that raters marked.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stilted.lab.evaluation import spans
from stilted.lab.training import card as model_card
from stilted.lab.training import three_raters, tune
from stilted.lab.training.adequacy.net import read_weights
from stilted.lab.training.three_raters import Marked, Read
from stilted.lab.training.tune import Case
from stilted.lab.training.wording_card import ABOUT
from stilted.rules.tagger import inference, model_files
from stilted.rules.tagger.decode import FACTS, Decoding, Mark, find_marks, list_evidence
from stilted.rules.tagger.encode import encode_side, list_windows
from stilted.rules.tagger.features import match_words
from stilted.rules.tagger.rule import Speaking, choose_marks

Array = NDArray[np.float64]

CATEGORIES: Final = {"Accuracy": 0, "Fluency": 1, "Linguistic conventions": 1, "Style": 2, "Terminology": 3}
"""MQM dimensions and the model's columns; the fifth is anything else."""

SHAPE: Final = Decoding(start=0.18, extend=0.5, split=0.4, weights=(0.0,) * FACTS)
"""Spans are found generously; their confidence decides."""

LEVELS: Final = ("high", "medium", "low")
"""Sensitivities."""

LEASTS: Final = tuple(round(0.01 * i, 2) for i in range(30, 96))
CONFIRMED: Final = {
    "declared": {"high": 0.6, "medium": 0.76, "low": 0.85},
    "with": {"high": 0.6, "medium": 0.78, "low": 0.85},
}
"""Share of findings that one of three raters confirms, where the user declares a translation or gives a reference."""

FALSE_ALARMS: Final = {"high": 15.0, "medium": 0.16, "low": 0.08}
"""Findings per 1,000 words of native English that are allowed where nobody says that the text is a translation."""

BETWEEN_RATERS: Final = {"with": 10.882, "without": 13.018}
"""Spread of the estimate in long documents, points per 100 words, as measured on WMT21, where raters vary more."""

_MINI_BATCH: Final = 512


def make(data: Path, out: Path, recipe: Mapping[str, Any]) -> None:
    """Write model, vocabulary and card into *out*."""
    out.mkdir(parents=True, exist_ok=True)
    weights = make_starting_weights(read_weights(data / recipe["start"]))
    pieces = json.loads((data / recipe["vocabulary"]).read_text("utf-8"))["model"]["vocab"]
    words = out / model_files.VOCABULARY
    words.write_text("\n".join(sorted(pieces, key=pieces.__getitem__)) + "\n", "utf-8", newline="\n")
    model_files.FILES.look_in(out)
    model_card.write(weights, words, out)
    rows = [row for name in recipe["categories"] for row in three_raters.load(data / name)]
    model_card.write(_add_categories(weights, rows, recipe), words, out)
    inference.forget()
    with gzip.open(data / recipe["native"], "rt", encoding="utf-8") as file:
        native = [line.strip() for line in file if line.strip()]
    development = list(three_raters.load(data / recipe["development"]))
    random.Random(recipe["seed"]).shuffle(native)
    model_card.save({**ABOUT, **model_files.FILES.read_card(), **tune_card(development, native, recipe["clean"])}, out)


def make_starting_weights(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Fold the sides into the token types, and make room for categories between the columns of the head."""
    types, sides = "bert.embeddings.token_type_embeddings.weight", weights.pop("third.weight")
    weights[types] = weights[types] + sides[:2]
    weights.pop("lens.weight")
    head, bias = weights["head.weight"], weights["head.bias"]
    room = inference.SCORE - inference.CATEGORY
    weights["head.weight"] = np.concatenate([head[:4], np.zeros((room, head.shape[1]), np.float32), head[4:5]])
    weights["head.bias"] = np.concatenate([bias[:4], np.zeros(room, np.float32), bias[4:5]])
    return weights


def _add_categories(
    weights: dict[str, np.ndarray], rows: Sequence[Marked], recipe: Mapping[str, Any]
) -> dict[str, np.ndarray]:
    """Return *weights* with a category head fitted to the states of marked words."""
    marked = [row for row in rows if any(row.raters)]
    random.Random(recipe["seed"]).shuffle(marked)
    states: list[np.ndarray] = []
    kinds: list[int] = []
    for number, row in enumerate(marked[: recipe["rows"]]):
        for state, kind in _list_states(row, with_reference=bool(number % 2)):
            states.append(state)
            kinds.append(kind)
    head, bias = _fit(np.array(states, np.float32), np.array(kinds), recipe["seed"])
    rows_of_head = slice(inference.CATEGORY, inference.SCORE)
    fitted = {**weights, "head.weight": weights["head.weight"].copy(), "head.bias": weights["head.bias"].copy()}
    fitted["head.weight"][rows_of_head], fitted["head.bias"][rows_of_head] = head, bias
    return fitted


def _list_states(row: Marked, *, with_reference: bool) -> list[tuple[np.ndarray, int]]:
    known = model_files.read_vocabulary()
    target = encode_side(row.target, known)
    reference = encode_side(row.reference, known) if with_reference and row.reference else None
    window = next(list_windows(target, reference, known))
    _, hidden = inference.run(window)
    owners = np.array(window.target)
    states: list[tuple[np.ndarray, int]] = []
    for span in (span for rater in row.raters for span in rater):
        kind = CATEGORIES.get(span.category.partition("/")[0], 4)
        for number, word in enumerate(target.words):
            own = owners == number
            if word.start < span.end and span.start < word.end and own.any():
                states.append((hidden[own].mean(0), kind))
    return states


def _fit(states: np.ndarray, kinds: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    inputs, truth = torch.from_numpy(states), torch.from_numpy(kinds)
    head = torch.nn.Linear(states.shape[1], inference.SCORE - inference.CATEGORY)
    optimiser = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.05)
    for _ in range(6):
        for part in torch.randperm(len(inputs)).split(_MINI_BATCH):
            loss = functional.cross_entropy(head(inputs[part]), truth[part])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return head.weight.detach().numpy(), head.bias.detach().numpy()


def tune_card(development: Sequence[Marked], native: Sequence[str], among: int) -> dict[str, Any]:
    """Return what the card says of thresholds, confidences, the estimate and figures.

    Args:
        native: paragraphs of native English. among: so many of them are what the confidence is fitted among where
            nobody says that a text is a translation; thresholds and figures are of all.
    """
    alone = three_raters.read_all(development, with_reference=False)
    beside = three_raters.read_all(development, with_reference=True)
    clean = three_raters.read_clean(native)
    decoding: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for name, own, quiet in (("without", alone, clean[:among]), ("declared", alone, []), ("with", beside, [])):
        decoding[name] = {
            "start": SHAPE.start,
            "extend": SHAPE.extend,
            "split": SHAPE.split,
            "weights": _fit_confidence(own, quiet),
        }
        decoding[name]["points"] = _choose_points(own, clean, name, decoding[name])
        figures[name] = {point: _compute_figures(own, clean, name, decoding[name], point) for point in LEVELS}
        figures[name]["calibration_error"] = _measure_calibration(own)
    estimates = {name: tune.fit_estimator(_list_cases(own)) for name, own in (("without", alone), ("with", beside))}
    for name, estimate in estimates.items():
        estimate["spread"] = max(estimate["spread"], BETWEEN_RATERS[name])
    return {"decoding": decoding, "estimate": estimates, "figures": figures}


def _list_cases(texts: Sequence[Read]) -> list[Case]:
    return [Case(row, "news", each.reading, each.gold) for each in texts for row in three_raters.list_rows(each.marked)]


def _list_facts(texts: Sequence[Read]) -> tuple[Array, Array]:
    """Return the evidence of every span, and whether one of the raters marked something that it touches."""
    rows: list[tuple[float, ...]] = []
    truth: list[float] = []
    for each in texts:
        reference = each.reading.reference
        match = match_words(each.reading.target.words, None if reference is None else reference.words)
        for mark in find_marks(each.reading, SHAPE, each.doubt):
            rows.append(list_evidence(each.reading, match, mark.first, mark.last, each.doubt))
            truth.append(float(_is_touched(each, mark)))
    return np.array(rows).reshape(len(rows), FACTS), np.array(truth)


def _is_touched(each: Read, mark: Mark) -> bool:
    start, end = _locate(each, mark)
    return any(start < b and a < end for a, b in each.gold)


def _locate(each: Read, mark: Mark) -> spans.Pair:
    words = each.reading.target.words
    return words[mark.first].start, words[mark.last - 1].end


def _fit_confidence(texts: Sequence[Read], clean: Sequence[Read]) -> tuple[float, ...]:
    facts, truth = _list_facts([*texts, *clean])
    return tuple(round(float(w), 4) for w in tune.fit_logistic(facts, truth))


def _choose_points(
    texts: Sequence[Read], clean: Sequence[Read], name: str, decoding: Mapping[str, Any]
) -> dict[str, float]:
    """Return the least confidence of each operating point, by what the rule would say there."""
    points: dict[str, float] = {}
    for level in LEVELS:
        loose = {**decoding, "points": {level: LEASTS[0]}}
        if name == "without":
            found = sorted((m.confidence for _, m in _list_said(clean, name, loose, level)), reverse=True)
            allowed = FALSE_ALARMS[level] * _count_words(clean) / 1000
            good = [t for t in LEASTS if sum(confidence >= t for confidence in found) <= allowed]
        else:
            said = [(mark.confidence, _is_touched(each, mark)) for each, mark in _list_said(texts, name, loose, level)]
            share = CONFIRMED[name][level]
            good = [t for t in LEASTS if _compute_mean([touched for sure, touched in said if sure >= t]) >= share]
        points[level] = min(good, default=LEASTS[-1])
    return points


def _list_said(
    texts: Sequence[Read], name: str, decoding: Mapping[str, Any], level: str
) -> Iterator[tuple[Read, Mark]]:
    """Yield what the rule says of running text: its marks less those that it keeps to itself."""
    settings = Speaking(level, declared=name != "without")
    for each in texts:
        yield from ((each, mark) for mark in choose_marks(each.reading, settings, each.doubt, {name: decoding}))


def _count_words(texts: Sequence[Read]) -> int:
    return sum(not word.is_mark for each in texts for word in each.reading.target.words)


def _compute_mean(truth: Sequence[bool]) -> float:
    return sum(truth) / len(truth) if truth else 1.0


def _compute_figures(
    texts: Sequence[Read], clean: Sequence[Read], name: str, decoding: Mapping[str, Any], level: str
) -> dict[str, float]:
    said: dict[int, list[spans.Pair]] = defaultdict(list)
    truth: list[bool] = []
    for each, mark in _list_said(texts, name, decoding, level):
        said[id(each)].append(_locate(each, mark))
        truth.append(_is_touched(each, mark))
    agreed = touched = 0
    total = np.zeros(spans.WIDTH)
    for each in texts:
        places = said[id(each)]
        raters = [[(s.start, s.end) for s in rater if s.end > s.start] for rater in each.marked.raters]
        for number, own in enumerate(raters):
            total += spans.tally(places, own)
            others = [pair for i, rater in enumerate(raters) if i != number for pair in rater]
            for a, b in own:
                if any(a < d and c < b for c, d in others):
                    agreed += 1
                    touched += any(a < d and c < b for c, d in places)
    measured = spans.compute_figures(total)
    out = {
        "mpp": measured["mpp"]["f1"],
        "char_f1": measured["char"]["f1"],
        "confirmed_by_one_of_three": _compute_mean(truth),
        "agreed_marks_touched": touched / max(1, agreed),
        "per_1000_words": 1000 * len(truth) / max(1, _count_words(texts)),
    }
    if name != "with":
        alarms = sum(1 for _ in _list_said(clean, name, decoding, level))
        out["native_per_1000_words"] = 1000 * alarms / max(1, _count_words(clean))
    return {key: round(float(value), 3) for key, value in out.items()}


def _measure_calibration(texts: Sequence[Read]) -> float:
    """Return the expected calibration error on documents whose spans the confidence was not fitted on."""
    from stilted.lab.evaluation.calibration import list_bins, measure_error

    names = sorted({each.marked.key[0] for each in texts})
    half = set(names[::2])
    sides = [[e for e in texts if (e.marked.key[0] in half) is side] for side in (True, False)]
    findings: list[tuple[float, bool]] = []
    for fitted, other in (sides, sides[::-1]):
        facts, truth = _list_facts(other)
        confidences = (1 / (1 + np.exp(-facts @ np.array(_fit_confidence(fitted, []))))).tolist()
        findings += zip(confidences, (truth > 0).tolist(), strict=True)
    return round(measure_error(list_bins(findings)) or 0.0, 3)
