"""Examples for training: a pair, perhaps spoilt, as the encoder reads it, with what is wrong where."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from stilted.lab.training.adequacy import faults
from stilted.lab.training.adequacy.pairs import LEAST_WORDS, Pair, Pairs, count_words
from stilted.rules.tagger.adequacy.inference import (
    ADDITION,
    CONTRADICTION,
    OMISSION,
    SOURCE,
    TRANSLATION,
    UNRELATED,
    Inputs,
    encode,
)  # fmt: skip
from stilted.rules.tagger.adequacy.unigram import Piece, Vocabulary

Array = NDArray[np.float32]

COLUMN: Final = {
    "unrelated": UNRELATED, "cut": OMISSION, "longer": OMISSION, "added": ADDITION, "twice": ADDITION,
    "source_cut": ADDITION, "negated": CONTRADICTION, "affirmed": CONTRADICTION, "figure": CONTRADICTION,
    "name": CONTRADICTION,
}  # fmt: skip
"""The faults that are put in, and the column of the head that should see each."""

_EASY: Final = 0.25
_EASY_STEPS: Final = 800
"""Another text is any other at first, later mostly a neighbour of the same file, often one that looks alike."""

_ALIKE: Final = 60
_NEED_OTHER: Final = ("unrelated", "added", "longer", "name")
_FULL: Final = 0.3
"""Weight of the words of an unrelated pair: that all of them are extra is the lesser news."""


@dataclass(slots=True)
class Example:
    """What the encoder reads, and what it should say.

    Attributes:
        faults: 4 targets. known: which of them count. words: 3 x pieces: extra, contrary, missing. weights: likewise.
    """

    inputs: Inputs
    kind: str
    faults: Array
    known: Array
    words: Array
    weights: Array


class Reader(NamedTuple):
    """The pieces, and how many of them training reads at most."""

    vocabulary: Vocabulary
    longest: int


def select_denying(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose English denies something: few do, and training needs to see both sides of it."""
    return [pair for pair in pairs if faults.list_affirmed(pair.target, plainly=False)]


class Sampler:
    """Draws examples without end."""

    def __init__(self, pairs: Pairs, vocabulary: Vocabulary, recipe: Mapping[str, Any], seed: int) -> None:
        """Take the pairs to draw from, the pieces, and the shares of kinds and faults."""
        self.pairs = pairs
        self.reader = Reader(vocabulary, recipe["longest"])
        self.recipe = recipe
        self.seed = random.Random(seed)
        self.step = 0
        self.denying = {
            kind: {language: select_denying(pool) for language, pool in pools.items()}
            for kind, pools in pairs.pools.items()
        }

    def draw(self) -> Example:
        """Return an example of a kind and a language, each drawn by its share."""
        kinds = [kind for kind in self.recipe["mix"] if self.pairs.pools.get(kind)]
        shares = [self.recipe["mix"][kind] for kind in kinds]
        while True:
            kind, fault = self.seed.choices(kinds, shares)[0], self._choose_fault()
            denies = fault == "affirmed" or (fault == "none" and self.seed.random() < self.recipe["denying"])
            pool = (self.denying if denies else self.pairs.pools)[kind]
            languages = sorted(language for language in pool if pool[language])
            if not languages:
                continue
            often = [self.recipe["often"].get(name, 1) for name in languages]
            language = self.seed.choices(languages, often)[0]
            example = self.spoil(self.seed.choice(pool[language]), fault)
            if example is not None:
                return example

    def _choose_fault(self) -> str:
        early = max(0.0, 1 - self.step / self.recipe["early_steps"])
        shares = {
            name: share + early * self.recipe["early"].get(name, 0) for name, share in self.recipe["faults"].items()
        }
        fault: str = self.seed.choices(list(shares), list(shares.values()))[0]
        return fault

    def other(self, pair: Pair, *, easy: bool = False) -> Pair | None:
        """Return another pair: mostly of the same file, often one that looks alike; an easy one is any of its kind."""
        where = self.seed.random()
        if easy and self.seed.random() < max(_EASY, 1 - self.step / _EASY_STEPS):
            where = 0.9
        for _ in range(8):
            if where < 0.6:
                near = self.pairs.files[pair.home, pair.language, pair.file]
            elif where < 0.8:
                near = self.pairs.homes[pair.home, pair.language]
            else:
                near = self.pairs.pools[pair.kind][pair.language]
            if len(near) < 3:
                where = 0.8 + 0.2 * self.seed.random()
                continue
            if where < self.recipe["alike"] and len(near) > 6:
                likest = _find_likest(pair, self.seed.sample(near, min(_ALIKE, len(near))))
            else:
                likest = self.seed.choice(near)
            if likest is not None and _differ(pair, likest):
                return likest
        return None

    def spoil(self, pair: Pair, fault: str) -> Example | None:
        """Return *pair* with *fault*; None where the fault does not fit, or the pair is too long."""
        seed = self.seed
        texts = Texts(pair.source, pair.target, " " if seed.random() < 0.8 else "\n")
        if seed.random() < (0.12 if len(pair.target) < 60 else 0.05):  # a longer true pair, of two
            second = self.other(pair)
            if second is None:
                return None
            texts = _join(texts, second, seed)
        texts = _roughen(texts, seed)
        other: Pair | None = pair
        if fault in _NEED_OTHER:
            other = self.other(pair, easy=fault in ("unrelated", "added"))
        if other is None:
            return None
        spoilt = texts if fault == "none" else _SPOIL[fault](texts, other, seed)
        return None if spoilt is None else make_example(spoilt, fault, self.reader)


Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Texts:
    """A pair in the making.

    Attributes:
        joint: what stands between two texts. extra, contrary: stretches of the target. missing: of the source.
    """

    source: str
    target: str
    joint: str = " "
    extra: Stretch | None = None
    contrary: Stretch | None = None
    missing: Stretch | None = None


def _join(texts: Texts, second: Pair, seed: random.Random) -> Texts:
    source, target = texts.source, texts.target
    if seed.random() < 0.3 and not faults.find_end(source):
        source, target = f"{source}.", f"{target}."
    return replace(
        texts, source=f"{source}{texts.joint}{second.source}", target=f"{target}{texts.joint}{second.target}"
    )


def _roughen(texts: Texts, seed: random.Random) -> Texts:
    """Vary what says nothing about the content: marks at the end, capitals."""
    if seed.random() < 0.08:
        return replace(texts, target=faults.drop_end(texts.target) or texts.target)
    if seed.random() < 0.08:
        return replace(texts, source=faults.drop_end(texts.source) or texts.source)
    if seed.random() < 0.03:
        return replace(texts, target=texts.target.lower() if seed.random() < 0.5 else texts.target.title())
    return texts


def _replace_target(texts: Texts, other: Pair, seed: random.Random) -> Texts | None:
    return replace(texts, target=other.target) if count_words(other.target) >= LEAST_WORDS else None


def _cut_target(texts: Texts, other: Pair, seed: random.Random) -> Texts | None:
    least, most = (0.2, 0.75) if seed.random() < 0.3 else (0.25, 0.55)
    target = faults.cut(texts.target, seed, least, most)
    return replace(texts, target=target) if target else None


def _add_text(texts: Texts, other: Pair, seed: random.Random) -> Texts | None:
    """Put another text, or a part of it, behind or before the translation."""
    target, more = texts.target, other.target
    if count_words(more) < LEAST_WORDS or more.lower() in target.lower():
        return None
    if seed.random() < 0.35 and not faults.find_end(target):
        target += seed.choice([".", ".", ",", ":", ";"])
    if seed.random() < 0.25:
        more = faults.cut(more, seed, 0.5, 0.9) or more
    if seed.random() < 0.75:
        target = f"{target}{texts.joint}{more}"
        return replace(texts, target=target, extra=(len(target) - len(more), len(target)))
    if seed.random() < 0.5 and not faults.find_end(more):
        more += "."
    return replace(texts, target=f"{more}{texts.joint}{target}", extra=(0, len(more)))


def _lengthen_source(texts: Texts, other: Pair, seed: random.Random) -> Texts | None:
    """Put another text behind or before the source."""
    more = other.source
    if len(more) < 4:
        return None
    if seed.random() < 0.6:
        source = f"{texts.source}{texts.joint}{more}"
        return replace(texts, source=source, missing=(len(source) - len(more), len(source)))
    return replace(texts, source=f"{more}{texts.joint}{texts.source}", missing=(0, len(more)))


def _cut_source(texts: Texts, other: Pair, seed: random.Random) -> Texts | None:
    source = faults.cut_source(texts.source, seed)
    return replace(texts, source=source) if source else None


def _repeat_target(texts: Texts, other: Pair, seed: random.Random) -> Texts | None:
    target = f"{texts.target}{texts.joint}{texts.target}"
    return replace(texts, target=target, extra=(len(target) - len(texts.target), len(target)))


def _apply_change(texts: Texts, changed: faults.Changed | None) -> Texts | None:
    return None if changed is None else replace(texts, target=changed.text, contrary=(changed.start, changed.end))


_SPOIL: Final[dict[str, Callable[[Texts, Pair, random.Random], Texts | None]]] = {
    "unrelated": _replace_target,
    "cut": _cut_target,
    "added": _add_text,
    "longer": _lengthen_source,
    "source_cut": _cut_source,
    "twice": _repeat_target,
    "negated": lambda texts, _, seed: _apply_change(texts, faults.negate(texts.target, seed)),
    "affirmed": lambda texts, _, seed: _apply_change(texts, faults.affirm(texts.target, seed)),
    "figure": lambda texts, _, seed: _apply_change(texts, faults.change_figure(texts.target, seed)),
    "name": lambda texts, other, seed: _apply_change(texts, faults.change_name(texts.target, other.target, seed)),
}


def _find_likest(pair: Pair, near: Sequence[Pair]) -> Pair | None:
    """Return the pair whose English shares most words with that of *pair*."""
    own = set(re.findall(r"\w{3,}", pair.target.lower()))

    def measure_likeness(other: Pair) -> float:
        return len(own & set(re.findall(r"\w{3,}", other.target.lower()))) / (3 + len(other.target.split()))

    return max((other for other in near if _differ(pair, other)), key=measure_likeness, default=None)


def _differ(pair: Pair, other: Pair) -> bool:
    return other.source != pair.source and other.target.lower().strip(" .:!") != pair.target.lower().strip(" .:!")


def make_example(texts: Texts, fault: str, reader: Reader) -> Example | None:
    """Encode a pair and its labels; None if it is too long."""
    inputs = encode(texts.target, texts.source, reader.vocabulary)
    if inputs is None or len(inputs.ids) > reader.longest:
        return None
    size = len(inputs.ids)
    truth, known = np.zeros(4, np.float32), np.ones(4, np.float32)
    labels, weights = np.zeros((3, size), np.float32), np.zeros((3, size), np.float32)
    sides = np.array(inputs.types)
    weights[:2] = sides == TRANSLATION
    weights[2] = sides == SOURCE
    if fault != "none":
        truth[COLUMN[fault]] = 1
    if fault == "unrelated":
        known[[OMISSION, ADDITION, CONTRADICTION]] = 0
        labels[0], labels[2] = weights[0], weights[2]
        weights *= np.array([[_FULL], [0.0], [_FULL]], np.float32)
    elif fault == "cut":
        weights[2] = 0
    elif fault == "source_cut":
        weights[:2] = 0
    for number, piece in enumerate(inputs.target, 1):
        labels[0, number] = max(labels[0, number], _weigh_within(piece, texts.extra))
        labels[1, number] = _weigh_touching(piece, texts.contrary)
    for number, piece in enumerate(inputs.source, 2 + len(inputs.target)):
        labels[2, number] = max(labels[2, number], _weigh_within(piece, texts.missing))
    return Example(inputs, fault, truth, known, labels, weights)


def _weigh_within(piece: Piece, stretch: Stretch | None) -> float:
    return float(stretch is not None and piece.start >= stretch[0] and piece.end <= stretch[1])


def _weigh_touching(piece: Piece, stretch: Stretch | None) -> float:
    return float(stretch is not None and piece.start < stretch[1] and stretch[0] < piece.end)


def make_batches(sampler: Sampler, tokens: int, pool: int = 1536) -> Iterator[list[Example]]:
    """Yield batches of examples of like length, of at most *tokens* pieces, padding included."""
    while True:
        drawn = [sampler.draw() for _ in range(pool)]
        drawn.sort(key=lambda e: len(e.inputs.ids) + 2 * sampler.seed.random())
        made: list[list[Example]] = [[]]
        for each in drawn:
            if (len(made[-1]) + 1) * (len(each.inputs.ids) + 2) > tokens and made[-1]:
                made.append([])
            made[-1].append(each)
        sampler.seed.shuffle(made)
        yield from (batch for batch in made if len(batch) > 3)


def collate(inputs: Sequence[Inputs]) -> dict[str, Tensor]:
    """Pad inputs into one batch."""
    longest = max(len(each.ids) for each in inputs)
    out = {name: np.full((len(inputs), longest), name == "ids", np.int64) for name in ("ids", "types", "shapes")}
    mask = np.zeros((len(inputs), longest), bool)
    for row, each in enumerate(inputs):
        mask[row, : len(each.ids)] = True
        for name, table in out.items():
            table[row, : len(each.ids)] = getattr(each, name)
    return {name: torch.from_numpy(table) for name, table in {**out, "mask": mask}.items()}


def make_labels(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return what a batch should say of the pairs and of the pieces, each with its weights."""
    longest = max(len(each.inputs.ids) for each in batch)
    pieces, weights = (np.zeros((len(batch), longest, 3), np.float32) for _ in range(2))
    for row, each in enumerate(batch):
        pieces[row, : each.words.shape[1]] = each.words.T
        weights[row, : each.words.shape[1]] = each.weights.T
    pairs = np.stack([each.faults for each in batch]), np.stack([each.known for each in batch])
    return (*map(torch.from_numpy, pairs), torch.from_numpy(pieces), torch.from_numpy(weights))
