"""The wording model from weights that were trained elsewhere: category head, export, thresholds, card.

The weights come from the student run that the card names; what is learned here is the head that says which kind of
fault a mark is, on the frozen states of words that raters marked.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Mapping, Sequence
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
from stilted.rules.tagger.decode import FACTS, Decoding, find_marks, list_evidence
from stilted.rules.tagger.encode import encode_side, list_windows
from stilted.rules.tagger.features import match_words

Array = NDArray[np.float64]

CATEGORIES: Final = {"Accuracy": 0, "Fluency": 1, "Linguistic conventions": 1, "Style": 2, "Terminology": 3}
"""MQM dimensions and the model's columns; the fifth is anything else."""

SHAPE: Final = Decoding(start=0.18, extend=0.5, split=0.4, weights=(0.0,) * FACTS)
"""Spans are found generously; their confidence decides."""

LEASTS: Final = tuple(round(0.01 * i, 2) for i in range(30, 96))
CONFIRMED: Final = {"high": 0.6, "medium": 0.78, "low": 0.85}
"""Share of findings that one of three raters confirms, where the user declares a translation or gives a reference."""

FALSE_ALARMS: Final = {"high": 15.0, "medium": 0.35, "low": 0.2}
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
    model_card.save(
        {**ABOUT, **model_files.FILES.read_card(), **tune_card(development, native[: recipe["clean"]])}, out
    )


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


def tune_card(development: Sequence[Marked], native: Sequence[str]) -> dict[str, Any]:
    """Return what the card says of thresholds, confidences, the estimate and figures."""
    alone = three_raters.read_all(development, with_reference=False)
    beside = three_raters.read_all(development, with_reference=True)
    clean = three_raters.read_clean(native)
    decoding: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for name, own, quiet in (("without", alone, clean), ("declared", alone, []), ("with", beside, [])):
        weighted = Decoding(SHAPE.start, SHAPE.extend, SHAPE.split, _fit_confidence(own, quiet))
        points = _choose_points(own, clean if name == "without" else [], weighted)
        decoding[name] = {
            "start": weighted.start,
            "extend": weighted.extend,
            "split": weighted.split,
            "weights": weighted.weights,
        }
        decoding[name]["points"] = points
        figures[name] = {point: _compute_figures(own, clean, weighted, least) for point, least in points.items()}
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
            truth.append(float(_is_touched(each, mark.first, mark.last)))
    return np.array(rows).reshape(len(rows), FACTS), np.array(truth)


def _is_touched(each: Read, first: int, last: int) -> bool:
    words = each.reading.target.words
    start, end = words[first].start, words[last - 1].end
    return any(start < b and a < end for a, b in each.gold)


def _fit_confidence(texts: Sequence[Read], clean: Sequence[Read]) -> tuple[float, ...]:
    facts, truth = _list_facts([*texts, *clean])
    return tuple(round(float(w), 4) for w in tune.fit_logistic(facts, truth))


def _choose_points(texts: Sequence[Read], clean: Sequence[Read], decoding: Decoding) -> dict[str, float]:
    """Return the least confidence of each operating point."""
    points: dict[str, float] = {}
    for name, share in CONFIRMED.items():
        good = [t for t in LEASTS if _measure_confirmed(texts, decoding, t) >= share]
        if clean:
            good = [t for t in LEASTS if _count_per_thousand(clean, decoding, t) <= FALSE_ALARMS[name]]
        points[name] = min(good, default=LEASTS[-1])
    return points


def _find_spans(each: Read, decoding: Decoding, least: float) -> list[tuple[int, int]]:
    marked = find_marks(each.reading, decoding, each.doubt)
    return [(mark.first, mark.last) for mark in marked if mark.confidence >= least]


def _measure_confirmed(texts: Sequence[Read], decoding: Decoding, least: float) -> float:
    hits = [_is_touched(each, *span) for each in texts for span in _find_spans(each, decoding, least)]
    return float(np.mean(hits)) if hits else 1.0


def _count_per_thousand(texts: Sequence[Read], decoding: Decoding, least: float) -> float:
    words = sum(not word.is_mark for each in texts for word in each.reading.target.words)
    return 1000 * sum(len(_find_spans(each, decoding, least)) for each in texts) / max(1, words)


def _compute_figures(
    texts: Sequence[Read], clean: Sequence[Read], decoding: Decoding, least: float
) -> dict[str, float]:
    agreed = touched = 0
    total = np.zeros(spans.WIDTH)
    for each in texts:
        words = each.reading.target.words
        places = [(words[a].start, words[b - 1].end) for a, b in _find_spans(each, decoding, least)]
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
        "confirmed_by_one_of_three": _measure_confirmed(texts, decoding, least),
        "agreed_marks_touched": touched / max(1, agreed),
        "per_1000_words": _count_per_thousand(texts, decoding, least),
    }
    if texts and texts[0].reading.reference is None:
        out["native_per_1000_words"] = _count_per_thousand(clean, decoding, least)
    return {name: round(float(value), 3) for name, value in out.items()}


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
