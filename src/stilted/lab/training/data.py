"""Annotated rows as training material: held-out documents, whole-word labels, batches of one source.

Raters are noisy and single, but a dozen systems translate each sentence and often choose the same words.
Where two translations of a source share a word with both its neighbours, their labels are averaged: when
all of five others carry a mark there, the sixth does in 85% of cases; when none does, in 4%.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stilted.lab.evaluation import readers
from stilted.lab.evaluation.annotations import Row
from stilted.rules.tagger.encode import Side, side
from stilted.rules.tagger.rule import CATEGORIES

HELD_OUT: Final = 0.178
"""Share of each corpus' (and each language's) documents that is kept for development."""

HELD_OUT_TALKS: Final = frozenset({"talk.6"})
"""There are three talks only: one is held out by name."""

_GROUP: Final = 8
_NEUTRAL: Final = 0.5
"""A neutral mark counts as half a minor one."""

_PENALTIES: Final = {"neutral": 0.2, "minor": 1.0, "major": 5.0, "critical": 5.0}
_TYPICAL: Final = 0.05
_SHRINKAGE: Final = 1000.0

Array = NDArray[np.float32]


@dataclass(slots=True)
class Item:
    """One rater's view of one translation, in words.

    Attributes:
        row: what was read. side: its words and pieces. references: of the same source, by other people.
        labels: words x 5: chance of no mark, minor, major; chance that a span begins; share of the penalty.
        category: index of the category of each word, -1 where unknown.
        penalty: root of the penalty, divided by how strict the rater is.
    """

    row: Row
    side: Side
    references: list[Side]
    labels: Array
    category: NDArray[np.int64]
    penalty: float = 0.0
    key: tuple[str, str, str] = field(default=("", "", ""))


def corpus(row: Row) -> str:
    """Return the corpus and, where it has several, the language: what is split and reported apart."""
    return f"bio-{row.language}2en" if row.corpus.startswith("bio") else row.corpus.removeprefix("wmt21-")


def held_out(rows: Sequence[Row]) -> set[tuple[str, str]]:
    """Return the (corpus, document) pairs that training never sees."""
    documents: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        documents[corpus(row)].add(row.doc)
    out: set[tuple[str, str]] = set()
    for name, docs in sorted(documents.items()):
        if talks := docs & HELD_OUT_TALKS:
            out |= {(name, talk) for talk in talks}
            continue
        order = sorted(docs, key=lambda doc: hashlib.sha256(f"{name}/{doc.split('/')[-1]}".encode()).hexdigest())
        out |= {(name, doc) for doc in order[: round(len(order) * HELD_OUT)]}
    return out


def load(folder: Path) -> tuple[list[Row], list[Row]]:
    """Read all annotated data under *folder*; return the training rows and the development rows."""
    rows = [row for path in sorted(p for p in folder.iterdir() if p.is_dir()) for row in readers.read(path).rows]
    kept = held_out(rows)
    train = [row for row in rows if (corpus(row), row.doc) not in kept]
    return train, [row for row in rows if (corpus(row), row.doc) in kept]


def references(rows: Sequence[Row]) -> dict[tuple[str, str], dict[str, str]]:
    """Return, for each corpus and source, the translations of it by people, by system name."""
    out: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.human and row.source:
            out[corpus(row), row.source].setdefault(row.system, row.target)
    return out


def items(rows: Sequence[Row], vocabulary: Mapping[str, int], sharing: float) -> list[Item]:
    """Turn rows into items; *sharing* is the weight of the labels of other translations of the same words."""
    people = references(rows)
    sides: dict[str, Side] = {}

    def cut(text: str) -> Side:
        if text not in sides:
            sides[text] = side(text, vocabulary)
        return sides[text]

    out: list[Item] = []
    for row in rows:
        known = people.get((corpus(row), row.source or ""), {})
        others = sorted((s, t) for s, t in known.items() if s != row.system and t != row.target)
        text = cut(row.target)
        if text.pieces:
            out.append(Item(row, text, [cut(t) for _, t in others], *_labels(row, text)))
    _share(out, sharing)
    _weigh(out)
    return out


def native(path: Path) -> tuple[list[str], list[str]]:
    """Read native English, a paragraph a line; return what to train on and, one line in seven, what to hold out."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [line for i, line in enumerate(lines) if i % 7], lines[::7]


def negatives(
    texts: Sequence[str], rows: Sequence[Row], vocabulary: Mapping[str, int], seed: random.Random
) -> list[Item]:
    """Turn native English into items without a mark, eight of like length a group.

    Each is laid to a rater of *rows* at random: an own name would let the net blame the rater for the silence.
    """
    raters = sorted({(row.corpus, row.rater) for row in rows if not row.corpus.startswith("bio")})
    out: list[Item] = []
    for number, text in enumerate(sorted(texts, key=len)):
        corpus_name, name = seed.choice(raters)
        source = f"native:{number // _GROUP}"
        row = Row("native", str(number), "ref.native", name, source, None, text, (), corpus_name, "en")
        cut = side(text, vocabulary)
        if cut.pieces:
            out.append(Item(row, cut, [], *_labels(row, cut)))
    return out


def _labels(row: Row, text: Side) -> tuple[Array, NDArray[np.int64]]:
    labels = np.zeros((len(text.words), 5), np.float32)
    labels[:, 0] = 1
    category = np.full(len(text.words), -1, np.int64)
    for span in row.spans:
        inside = [i for i, w in enumerate(text.words) if span.start < w.end and w.start < span.end]
        if not inside:
            continue
        major = span.severity in ("major", "critical")
        weight = _NEUTRAL if span.severity == "neutral" else 1.0
        label = (1 - weight, 0.0 if major else weight, weight if major else 0.0)
        for i in inside:
            if weight >= 1 - labels[i, 0]:
                labels[i, :3] = label
            if span.category:
                category[i] = _category(span.category)
            labels[i, 4] += _PENALTIES[span.severity] / len(inside)
        labels[inside[0], 3] = max(labels[inside[0], 3], weight)
    return labels, category


def _category(name: str) -> int:
    dimension = name.partition("/")[0]
    return CATEGORIES.index(dimension) if dimension in CATEGORIES else len(CATEGORIES)


def _share(found: Sequence[Item], sharing: float) -> None:
    """Mix each word's labels with the mean over all translations of the source that have the same trigram."""
    groups: dict[tuple[str, str | None], list[Item]] = defaultdict(list)
    for item in found:
        groups[corpus(item.row), item.row.source].append(item)
    for group in groups.values():
        sums: dict[tuple[str, str, str], list[Array]] = defaultdict(list)
        for item in group:
            for key, label in zip(_trigrams(item.side), item.labels, strict=True):
                sums[key].append(label)
        means = {key: np.mean(values, axis=0) for key, values in sums.items()}
        mixed = [
            (1 - sharing) * item.labels + sharing * np.stack([means[k] for k in _trigrams(item.side)])
            if len(item.labels)
            else item.labels
            for item in group
        ]
        for item, labels in zip(group, mixed, strict=True):
            item.labels = labels.astype(np.float32)


def _trigrams(text: Side) -> list[tuple[str, str, str]]:
    forms = ["^", *(w.lower for w in text.words), "$"]
    return list(zip(forms, forms[1:], forms[2:], strict=False))


def _weigh(found: Sequence[Item]) -> None:
    """Set the penalties: raters differ threefold in strictness, so each is measured by their own mean."""
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for item in found:
        total = totals[rater(item.row)]
        total[0] += float(item.labels[:, 4].sum())
        total[1] += len(item.labels)
    for item in found:
        points, count = totals[rater(item.row)]
        strictness = (points + _SHRINKAGE * _TYPICAL) / (count + _SHRINKAGE) / _TYPICAL
        missing = sum(_PENALTIES[severity] for severity, _ in item.row.elsewhere)
        item.penalty = math.sqrt((float(item.labels[:, 4].sum()) + missing / 2) / strictness)


def rater(row: Row) -> str:
    """Return the rater's name, unique across corpora."""
    return f"{row.corpus}/{row.rater}"


def batches(
    found: Sequence[Item], *, sources: int, bio: float, seed: random.Random
) -> Iterator[tuple[bool, list[list[Item]]]]:
    """Yield one pass over the data: (with reference?, groups of up to eight translations of one source).

    Every group of the WMT sets comes once with and once without its reference, a share *bio* of the
    others once with either. Groups of like length go together, so little is padded.
    """
    groups: dict[tuple[str, str | None], list[Item]] = defaultdict(list)
    for item in found:
        groups[corpus(item.row), item.row.source].append(item)
    chosen: dict[bool, list[list[Item]]] = {False: [], True: []}
    for (name, _), group in groups.items():
        mixed = seed.sample(group, len(group))
        parts = math.ceil(len(mixed) / _GROUP)
        for part in (mixed[i::parts] for i in range(parts)):
            if not name.startswith("bio"):
                chosen[False].append(part)
                chosen[True].append(part)
            elif seed.random() < bio:
                chosen[seed.random() < 0.5].append(part)
    out: list[tuple[bool, list[list[Item]]]] = []
    for mode, parts_of in chosen.items():
        parts_of.sort(key=lambda part: max(len(i.side.pieces) for i in part) + 6 * seed.random())
        out += [(mode, parts_of[i : i + sources]) for i in range(0, len(parts_of), sources)]
    seed.shuffle(out)
    yield from out
