"""What native writers choose: a determiner or none, an ending -s or none. Logistic regression over features."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from stilted.core import packed_lines
from stilted.lab.training.grammar.teach import Tagged
from stilted.text import native_usage
from stilted.text.native_usage import noun_phrases, subjects

Example = tuple[Sequence[str], int]
ROUNDS: Final = 4
KEPT_BACK: Final = 15_000
_RATE: Final = 0.3
_SEEN: Final = 4
_DETERMINERS: Final = frozenset("DT PRP$ POS WP$ PDT WDT".split())
_NO_ARTICLES: Final = frozenset("no any some each every another what which whose".split())
_PLURALS: Final = frozenset("are were have do don't aren't weren't haven't".split())
_SINGULARS: Final = frozenset("is was has does doesn't isn't wasn't hasn't".split())


def _split(sentence: Tagged) -> tuple[list[str], list[str]]:
    return [word.lower() for word, _ in sentence], [tag for _, tag in sentence]


def list_articles(sentences: Iterable[Tagged]) -> Iterator[Example]:
    """Yield the features of noun phrases, their determiner cut out, and whether there was one."""
    for words, tags in map(_split, sentences):
        for head, left in noun_phrases.find_phrases(words, tags):
            if left < 0 or tags[left] not in _DETERMINERS:
                yield noun_phrases.list_features(words, tags, head, left), 0
            elif tags[left] != "POS" and words[left] not in _NO_ARTICLES:
                rest, kinds = words[:left] + words[left + 1 :], tags[:left] + tags[left + 1 :]
                yield noun_phrases.list_features(rest, kinds, head - 1, left - 1), 1


def list_verbs(sentences: Iterable[Tagged]) -> Iterator[Example]:
    """Yield the features of what stands left of present verbs (and was, were), and whether the verb is singular."""
    for words, tags in map(_split, sentences):
        for at in range(1, len(words)):
            word = words[at]
            if (tags[at] not in ("VBZ", "VBP") and word not in ("was", "were")) or word in ("am", "i'm"):
                continue
            features = subjects.list_features(words, tags, at)
            if features:
                singular = word in _SINGULARS or (word not in _PLURALS and tags[at] == "VBZ")
                yield features, int(singular)


def train(examples: Iterable[Example]) -> tuple[dict[str, float], float]:
    """Return weights, and the share of examples kept back that they get right; AdaGrad, in an order fixed by a seed."""
    rows = list(examples)
    seen = Counter(feature for given, _ in rows for feature in given)
    rows = [([feature for feature in given if seen[feature] >= _SEEN], label) for given, label in rows]
    shuffle = random.Random(5)
    shuffle.shuffle(rows)
    kept_back, rows = rows[:KEPT_BACK], rows[KEPT_BACK:]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(float)
    for _ in range(ROUNDS):
        shuffle.shuffle(rows)
        for given, label in rows:
            score = sum(weights[feature] for feature in given)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - label
            if abs(error) < 0.003:
                continue
            for feature in given:
                squares[feature] += error * error
                weights[feature] -= _RATE * error / math.sqrt(squares[feature] + 1)
    right = sum((sum(weights[f] for f in given) > 0) == bool(label) for given, label in kept_back)
    return dict(weights), right / len(kept_back)


def write(path: Path, weights: dict[str, float], least: float) -> int:
    """Write the weights that are not smaller than *least*; return how many."""
    scaled = {f: round(weight * native_usage.SCALE) for f, weight in weights.items() if abs(weight) >= least}
    path.write_bytes(packed_lines.dumps(f"{feature}\t{weight}" for feature, weight in sorted(scaled.items())))
    return len(scaled)
