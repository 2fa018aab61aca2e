"""The averaged perceptron behind `stilted.text.parts_of_speech`: how it is trained, pruned and written."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stilted.core import packed_lines
from stilted.lab.training.grammar import forms
from stilted.lab.training.grammar.teach import Tagged
from stilted.text.parts_of_speech import (
    ADJECTIVE,
    ADVERB,
    CODES,
    ING,
    NOUN,
    OPEN,
    PARTICIPLE,
    PAST,
    PLURAL,
    START,
    VERB,
    VERB_S,
    describe_shape,
    list_features,
    prepare_words,
)

ROUNDS: Final = 4
KEPT_BACK: Final = 4000
FREQUENT: Final = 8
_RARE_FEATURE: Final = 6
LIGHT: Final = 1.5
"""Features seen less often, and weights smaller than these, are dropped."""
_TAGS_OF: Final = (
    (NOUN, ("NN",)), (PLURAL, ("NNS",)), (VERB, ("VB", "VBP")), (VERB_S, ("VBZ",)), (PAST, ("VBD",)),
    (PARTICIPLE, ("VBN",)), (ING, ("VBG",)), (ADJECTIVE, ("JJ",)), (ADVERB, ("RB",)),
)  # fmt: skip

Allowed = Mapping[str, tuple[str, ...]]
_Prepared = tuple[list[str], list[str], list[tuple[str, ...]], list[str]]


def list_allowed_tags(counts: Mapping[str, Counter[str]], listed: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Return the tags that each word may have: those it has in running text, or that its forms allow if it is rare."""
    allowed: dict[str, tuple[str, ...]] = {}
    for word in {*counts, *listed}:
        seen = counts.get(word, Counter())
        total = seen.total()
        by_forms = {tag for bit, tags in _TAGS_OF if listed.get(word, 0) & bit for tag in tags}
        tags = {tag for tag, number in seen.items() if number >= max(2, 0.004 * total)} if total >= 3 else set()
        if total >= 3 and listed.get(word):
            tags |= {tag for tag in by_forms if seen[tag] or total < 50}
        tags = tags or (set(seen) if total >= 3 else by_forms)
        if tags:
            allowed[word] = tuple(sorted(tags))
    return allowed


def _list_choices(word: str, form: str, allowed: Allowed) -> tuple[str, ...]:
    if form == "d":
        return ("CD",)
    known = allowed.get(word)
    if known is None:
        known = (":",) if form == "p" else OPEN
    return (*known, "NNP") if form in "AC" and "NNP" not in known else known


@dataclass(slots=True)
class Perceptron:
    """Weights by feature and tag, with what is needed to average them lazily."""

    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    sums: dict[tuple[str, str], float] = field(default_factory=dict)
    stamps: dict[tuple[str, str], int] = field(default_factory=dict)
    steps: int = 0

    def predict(self, given: Sequence[str], choice: Sequence[str]) -> str:
        """Return the tag with the highest score."""
        scores = dict.fromkeys(choice, 0.0)
        for feature in given:
            for tag, weight in self.weights.get(feature, {}).items():
                if tag in scores:
                    scores[tag] += weight
        return max(scores, key=lambda tag: (scores[tag], tag))

    def correct(self, given: Sequence[str], right: str, wrong: str) -> None:
        """Move the weights towards the right tag."""
        for feature in given:
            row = self.weights.setdefault(feature, {})
            for tag, change in ((right, 1.0), (wrong, -1.0)):
                key = feature, tag
                value = row.get(tag, 0.0)
                self.sums[key] = self.sums.get(key, 0.0) + (self.steps - self.stamps.get(key, 0)) * value
                self.stamps[key] = self.steps
                row[tag] = value + change

    def averaged(self) -> dict[str, dict[str, int]]:
        """Return the averages of all weights, rounded, without the light ones."""
        weights: dict[str, dict[str, int]] = {}
        for feature, row in self.weights.items():
            kept = {}
            for tag, value in row.items():
                key = feature, tag
                mean = (self.sums.get(key, 0.0) + (self.steps - self.stamps.get(key, 0)) * value) / self.steps
                if abs(mean) >= LIGHT:
                    kept[tag] = round(mean)
            if kept:
                weights[feature] = kept
        return weights


def _prepare(sentence: Tagged, allowed: Allowed, frequent: frozenset[str]) -> _Prepared:
    words = [word.lower() for word, _ in sentence]
    shapes = [describe_shape(word) for word, _ in sentence]
    choices = [_list_choices(word, form, allowed) for word, form in zip(words, shapes, strict=True)]
    return prepare_words(words, frequent), shapes, choices, [tag for _, tag in sentence]


def _read(sentence: _Prepared, model: Perceptron) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield the place, the predicted tag and the features of every token, from left to right."""
    words, shapes, choices, _ = sentence
    before, last = START, START
    for at, choice in enumerate(choices):
        given = list_features(words, shapes, at, last, before) if len(choice) > 1 else ()
        tag = model.predict(given, choice) if given else choice[0]
        yield at, tag, given
        before, last = last, tag


def train(sentences: Sequence[Tagged], allowed: Allowed, frequent: frozenset[str]) -> dict[str, dict[str, int]]:
    """Return pruned weights after `ROUNDS` passes in an order fixed by a seed."""
    prepared = [_prepare(sentence, allowed, frequent) for sentence in sentences]
    model, seen = Perceptron(), Counter[str]()
    shuffle = random.Random(3)
    for number in range(ROUNDS):
        shuffle.shuffle(prepared)
        for sentence in prepared:
            for at, tag, given in _read(sentence, model):
                if not given:
                    continue
                model.steps += 1
                if number == 0:
                    seen.update(given)
                right = sentence[3][at]
                if tag != right and right in sentence[2][at]:
                    model.correct(given, right, tag)
        print("round", number + 1, "of the tagger is done", flush=True)
    return {feature: row for feature, row in model.averaged().items() if seen[feature] >= _RARE_FEATURE}


def measure_agreement(sentences: Sequence[Tagged], weights: Mapping[str, Mapping[str, int]], allowed: Allowed,
              frequent: frozenset[str]) -> float:  # fmt: skip
    """Return the share of tokens that get the teacher's tag."""
    model = Perceptron({feature: {tag: float(w) for tag, w in row.items()} for feature, row in weights.items()})
    right = total = 0
    for sentence in sentences:
        prepared = _prepare(sentence, allowed, frequent)
        for at, tag, _ in _read(prepared, model):
            total += 1
            right += tag == prepared[3][at]
    return right / total


def write(
    folder: Path,
    allowed: Allowed,
    frequent: frozenset[str],
    counts: Mapping[str, Counter[str]],
    listed: Mapping[str, int],
    kept: frozenset[str],
    weights: Mapping[str, Mapping[str, int]],
) -> None:
    """Write the lexicon of words that are in *kept* or are seen four times, and the weights."""
    names = sorted({tag for tags in allowed.values() for tag in tags} | {"POS", "CD", "NNP"})
    code = dict(zip(names, CODES, strict=False))
    lines = [" ".join(names)]
    for word in sorted({*allowed, *listed}):
        seen = counts.get(word, Counter())
        if (seen.total() >= 4 or word in kept) and not any(char in word for char in "\t\n "):
            bits = forms.add_seen_forms(word, listed.get(word, 0), seen, is_listed=word in listed)
            letters = "".join(code[tag] for tag in allowed.get(word, ()))
            lines.append(f"{word}\t{bits:x}\t{letters}{'*' if word in frequent else ''}")
    (folder / "lexicon.xz").write_bytes(packed_lines.dumps(lines))
    rows = (
        f"{feature}\t" + ",".join(f"{code[tag]}{weight}" for tag, weight in sorted(row.items()))
        for feature, row in sorted(weights.items())
    )
    (folder / "weights.xz").write_bytes(packed_lines.dumps(rows))
