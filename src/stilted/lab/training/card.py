"""The files that ship: the quantised model, its vocabulary, and the card with all that was tuned and measured."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from stilted.lab.evaluation import chance, spans
from stilted.lab.evaluation.annotations import Row
from stilted.lab.evaluation.calibration import calibration_error, reliability
from stilted.lab.evaluation.correlation import pearson
from stilted.lab.training import tune
from stilted.lab.training.graph import graph, quantised, split
from stilted.lab.training.tune import Case
from stilted.rules.tagger import model_files, quality_estimate
from stilted.rules.tagger.decode import Decoding
from stilted.rules.tagger.inference import Reading, infer

SHARED_LAYERS: Final = 2
"""Lower layers that the reader of slips shares with the wording model."""

EVERY: Final = {"news": 1, "ted": 1, "bio": 2}
"""Of each corpus' development sources one in so many is read: enough to settle the thresholds."""

ABOUT: Final[dict[str, Any]] = {
    "what": "Marks words of an English translation that a professional reviewer would mark, and estimates "
    "the penalty; with and without a reference. 22M parameters, int8, on two CPU cores.",
    "encoder": "all-MiniLM-L6-v2 (sentence-transformers; Apache-2.0), fine-tuned",
    "data": [
        "WMT21 news Chinese-English MQM (google/wmt-mqm-human-evaluation; Apache-2.0), one rater a segment",
        "WMT21 TED Chinese-English MQM (same source; Apache-2.0), one rater a segment",
        "Bio-MQM de/es/fr/it/pt/ru/zh-English (amazon-science/bio-mqm-dataset; Apache-2.0)",
        "1,900 paragraphs and headings of native English with nothing to mark in them: fortunes and the manuals of "
        "Python, PostgreSQL, LibreOffice, Git and Debian, as Debian 12 packages them (their own free licences)",
    ],
    "confidence": "chance that one rater marks something the finding touches, on documents held out of "
    "training; with several raters at least one of them does so more often",
    "weak_at": [
        "idiomatic, figurative English without a reference: it doubts it as much as a calque, since reviewers "
        "often mark free renderings; people's translations get about as many findings as machines'",
        "omissions: it sees the translation only",
        "agreement over more than one sentence, and facts",
        "names: reviewers check them against a source that it never sees, so it can only call them uncertain",
        "texts unlike news, talks and medical abstracts; source languages other than the seven",
        "its categories: they hang on two of the three data sets",
    ],
}


TRAINING: Final = (
    "legs: a = train DATA --encoder MINILM --out a --steps 600 --sharing 0.6; "
    "b = --init a --steps 700 --rate 7e-5 --seed 2; c = --init b --steps 650 --rate 6e-5 --seed 3; "
    "d = --init a --steps 320 --rate 7e-5 --seed 4 --bio 0.25; "
    "e = --init c --steps 260 --rate 5e-5 --seed 11 --bio 0.25 --native PROSE; each saves a moving average of "
    "its weights. Legs a and b ran on an earlier reader of the same data, without the discount on people's "
    "translations."
)
"""How the shipped weights came about; `export` adds which of the legs were averaged."""


TRIED: Final = {
    "note": "word average precision, best MPP F1 on the WMT21 news development documents (one rater; every "
    "second source): with a reference; without. Differences of 0.01 are noise",
    "200 steps": "0.31, 0.34; 0.28, 0.29 (a sample)",
    "leg a, 600 steps": "0.347, 0.334; 0.316, 0.293",
    "leg b, 700 more": "0.352, 0.322; 0.324, 0.290: on these sources it begins to overfit",
    "leg c, 650 more, people's marks halved without a reference": "0.349, 0.323; 0.325, 0.311",
    "mean of a and b": "0.358, 0.337; 0.328, 0.296: averaging weights beats every single leg",
    "mean of a, b and c (shipped)": "0.358, 0.328; 0.333, 0.307; best of all on TED: 0.373 and 0.340",
    "mean of a, b, c and d": "0.357, 0.329; 0.332, 0.302",
    "splitting a run where a span begins": "+0.003 MPP",
    "bridging gaps of a word, capping the length": "-0.002 to -0.03 MPP: left out",
    "mixing in the reading without the reference": "-0.002 to -0.015 average precision: left out",
    "free weights for the penalty estimate": "worse on other documents than one part head, one part chrF",
    "bf16": "ten times slower than fp32 on a CPU without the instructions",
}
"""What each idea brought, as measured once, on the way to the first model."""


def write(weights: Mapping[str, np.ndarray], vocabulary: Path, folder: Path) -> None:
    """Write the quantised model, the vocabulary and a card that only names them into *folder*."""
    lower, upper = split(quantised(graph(weights)), SHARED_LAYERS)
    (folder / model_files.LOWER).write_bytes(lower)
    (folder / model_files.MODEL).write_bytes(upper)
    (folder / model_files.VOCABULARY).write_text(vocabulary.read_text("utf-8"), "utf-8", newline="\n")
    sums = {
        n: hashlib.sha256((folder / n).read_bytes()).hexdigest()
        for n in (model_files.LOWER, model_files.MODEL, model_files.VOCABULARY)
    }
    save({"id": f"stilted-tagger-1-{sums[model_files.MODEL][:8]}", "sha256": sums}, folder)


def save(card: Mapping[str, Any], folder: Path) -> None:
    """Write the card and forget the one that was loaded."""
    (folder / model_files.CARD).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    for cached in (model_files.card, model_files.fault, model_files.vocabulary):
        cached.cache_clear()


def tuned(
    found: Mapping[bool, Sequence[Case]], card: Mapping[str, Any], command: str, native: Sequence[Reading] = ()
) -> dict[str, Any]:
    """Return *card* with thresholds, calibration, estimate and figures, from development cases by mode."""
    decoding: dict[str, Any] = {}
    estimators: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for mode, own in found.items():
        bare = tune.best_decoding(own)
        whole = replace(bare, weights=tune.confidence(own, bare))
        points = tune.points(own, whole, () if mode else native)
        name = "with" if mode else "without"
        decoding[name] = {**asdict(whole), "points": points}
        estimators[name] = tune.estimator(own)
        figures[name] = {point: _by_corpus(own, whole, least) for point, least in points.items()}
        if native and not mode:
            figures[name]["native_per_1000_words"] = {
                point: round(tune.false_alarms(native, whole, least), 2) for point, least in points.items()
            }
        figures[name]["calibration_error"] = round(_calibration(own, bare), 3)
    return {
        **ABOUT,
        "tried": TRIED,
        **card,
        "command": command,
        "decoding": decoding,
        "estimate": estimators,
        "figures": figures,
    }


def _calibration(own: Sequence[Case], bare: Decoding) -> float:
    """Return the expected calibration error on documents whose spans the confidence was not fitted on."""
    documents = sorted({(c.name, c.row.doc, c.row.segment) for c in own if c.name == "ted"})
    documents += sorted({(c.name, c.row.doc, "") for c in own if c.name != "ted"})
    half = set(documents[::2])
    sides: tuple[list[Case], list[Case]] = [], []
    for case in own:
        key = (case.name, case.row.doc, case.row.segment if case.name == "ted" else "")
        sides[key in half].append(case)
    confidences: list[float] = []
    hits: list[bool] = []
    for fitted, other in (sides, sides[::-1]):
        rows, truth = tune.span_facts(other, bare)
        weights = tune.confidence(fitted, bare)
        confidences += (1 / (1 + np.exp(-rows @ np.array(weights)))).tolist()
        hits += (truth > 0).tolist()
    return calibration_error(reliability(confidences, hits)) or 0.0


def _by_corpus(own: Sequence[Case], decoding: Decoding, least: float) -> dict[str, dict[str, float]]:
    names = sorted({c.name for c in own})
    return {name: _figures([c for c in own if c.name == name], decoding, least) for name in names}


def _figures(own: Sequence[Case], decoding: Decoding, least: float) -> dict[str, float]:
    total, luck, difference = (np.zeros(spans.WIDTH) for _ in range(3))
    machines, people = np.zeros(2), np.zeros(2)
    for case in own:
        text, reference = case.row.target, case.reading.reference
        predicted = tune.pairs(case.reading, decoding, least)
        total += spans.tally(predicted, case.gold)
        luck += chance.chance_tally(text, predicted, case.gold, f"{case.row.unit}")
        if reference is not None:
            difference += spans.tally(chance.difference(text, reference.text), case.gold)
        side = people if case.row.human else machines
        side += len(predicted), sum(not w.is_mark for w in case.reading.target.words)
    found, free = spans.figures(total), spans.figures(luck)
    words = machines[1] + people[1]
    out = {
        "mpp": found["mpp"]["f1"],
        "mpp_chance": free["mpp"]["f1"],
        "char_f1": found["char"]["f1"],
        "char_f1_chance": free["char"]["f1"],
        "touch": found["touch"]["precision"],
        "touch_chance": free["touch"]["precision"],
        "per_1000_words": 1000 * total[0] / max(1, words),
        "per_1000_words_of_people": 1000 * people[0] / max(1, people[1]),
        "raters_per_1000_words": 1000 * total[1] / max(1, words),
        "segments": len(own),
    }
    if difference[0]:
        out["mpp_difference"] = spans.figures(difference)["mpp"]["f1"]
    return {name: round(float(value), 3) for name, value in out.items()}


def measured(found: Mapping[bool, Sequence[Case]]) -> dict[str, Any]:
    """Return how well the estimate of the card in place agrees with people, by mode and corpus.

    ``item`` is Pearson within one source, ``document`` pooled over documents and systems, ``inside`` the
    share of segments whose penalty lies inside the 95% interval.
    """
    out: dict[str, Any] = {}
    for mode, cases in found.items():
        for name in sorted({c.name for c in cases}):
            own = [c for c in cases if c.name == name and c.reading.target.words]
            out.setdefault("with" if mode else "without", {})[name] = _agreement(own)
    return out


def _agreement(own: Sequence[Case]) -> dict[str, float]:
    kept = [(c, p) for c in own if (p := quality_estimate.segment(c.reading)) is not None]
    human = np.array([tune.penalty(c.row) / p.words * 100 for c, p in kept])
    value = np.array([p.value for _, p in kept])
    items: dict[str | None, list[int]] = {}
    documents: dict[tuple[str, str], list[int]] = {}
    for i, (case, _) in enumerate(kept):
        items.setdefault(case.row.source, []).append(i)
        documents.setdefault((case.row.doc, case.row.system), []).append(i)
    inside = [r for i in items.values() if len(i) > 3 and (r := pearson(value[i], human[i])) is not None]
    size = np.array([p.words for _, p in kept])
    docs = [(value[i] @ size[i] / size[i].sum(), human[i] @ size[i] / size[i].sum()) for i in documents.values()]
    pooled = pearson(*(np.array(side) for side in zip(*docs, strict=True))) if docs else None
    held = [p.low <= h <= p.high for (_, p), h in zip(kept, human, strict=True)]
    return {
        "item": round(float(np.mean(inside)), 3) if inside else 0.0,
        "document": round(pooled or 0.0, 3),
        "inside": round(float(np.mean(held)), 3),
    }


def export(
    rows: Sequence[Row],
    weights: Mapping[str, np.ndarray],
    vocabulary: Path,
    folder: Path,
    command: str,
    native: Sequence[str] = (),
) -> None:
    """Write the model into *folder*, tune it on the development *rows* and *native* prose, complete its card."""
    folder.mkdir(parents=True, exist_ok=True)
    model_files.FOLDER = folder
    write(weights, vocabulary, folder)
    found = {mode: tune.cases(rows, mode, EVERY) for mode in (True, False)}
    quiet = infer([(text, None) for text in native])
    save(tuned(found, model_files.card(), command, quiet), folder)
    save({**model_files.card(), "estimate_figures": measured(found)}, folder)
