"""What editors changed, word by word: the labels of the slip reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from stilted.lab.json_rows import read_json_rows
from stilted.rules.tagger.features import Word, split_words
from stilted.rules.tagger.masking import blank_code
from stilted.rules.tagger.slips.inference import KEEP, NEEDS_A, NEEDS_THE, NEEDS_WORD, REPLACE

PERMISSIVE: Final = frozenset({"Apache-2.0", "MIT", "BSD", "CC-BY", "CC-BY-4 (README)", "CC0"})
"""Licences under which a text may teach weights that ship; a row may name several, joined by ``+``."""

_TASTE: Final = frozenset({"wording", "rephrase"})
_TASTE_WEIGHT: Final = 0.6
"""An edit of wording is less sure to mend a fault than one of grammar."""

_ARTICLES: Final = {"the": NEEDS_THE, "a": NEEDS_A, "an": NEEDS_A}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and what should be said of each of its words.

    Attributes:
        text: the sentence; code is the word CODE. labels: a column of the reader for each word of
            `stilted.rules.tagger.features.split_words`. weights: how much each counts, likewise.
    """

    text: str
    labels: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence before and after its editor, and what the editor changed.

    Attributes:
        changes: ``s``, ``e``, ``t`` (``ins``, ``del``, ``rep``), ``old``, ``new``, ``gap``: see the data's README.
        spans: code points of *before*. minor: likewise, of what is a matter of taste. taste: whether all of it is.
    """

    repository: str
    before: str
    after: str
    changes: tuple[Mapping[str, Any], ...]
    spans: tuple[tuple[int, int], ...]
    minor: tuple[tuple[int, int], ...]
    taste: bool


def is_permissive(licence: str) -> bool:
    """Tell whether weights that ship may learn from a text under *licence*."""
    return all(part in PERMISSIVE for part in licence.split("+"))


def is_development(repository: str, share: float) -> bool:
    """Tell whether thresholds are tuned on *repository*; training then never sees it."""
    return int.from_bytes(sha256(repository.encode("utf-8")).digest()[:2], "big") < share * 65_536


def read_pairs(path: Path, *, permissive: bool) -> Iterator[Edit]:
    """Yield the edits of repositories with a permissive licence, or those of all others."""
    for row in read_json_rows(path):
        if is_permissive(row["licence"]) is permissive:
            spans, minor = (tuple((a, b) for a, b, *_ in row.get(name) or ()) for name in ("spans", "minor"))
            yield Edit(
                row["repo"], row["before"], row["after"], tuple(row["edits"]), spans, minor, row["cls"] in _TASTE
            )


def read_left_alone(path: Path, *, permissive: bool) -> Iterator[tuple[str, str]]:
    """Yield repository and text of the sentences that editors left alone."""
    for row in read_json_rows(path):
        if is_permissive(row["licence"]) is permissive:
            yield row["repo"], row["text"]


def clean(text: str) -> Labelled:
    """Label *text* as a sentence with nothing to mend."""
    count = len(split_words(blank_code(text)))
    return Labelled(text, (KEEP,) * count, (1.0,) * count)


def label(edit: Edit) -> Labelled:
    """Label the words of ``edit.before``; words that only taste has changed do not count."""
    before = split_words(blank_code(edit.before))
    labels = [KEEP] * len(before)
    weights = [1.0] * len(before)
    for place, word in enumerate(before):
        if any(word.start < end and start < word.end for start, end in edit.minor):
            weights[place] = 0.0
    for change in edit.changes:
        for place, column in _find_changed(change, before):
            if labels[place] != REPLACE:
                labels[place] = column
            weights[place] = _TASTE_WEIGHT if edit.taste else 1.0
    return Labelled(edit.before, tuple(labels), tuple(weights))


def _find_changed(change: Mapping[str, Any], before: Sequence[Word]) -> Iterator[tuple[int, int]]:
    if change["t"] != "ins":
        start, end = change["s"], change["e"]
        yield from ((i, REPLACE) for i, word in enumerate(before) if word.start < end and start < word.end)
        return
    after = next((i for i, word in enumerate(before) if word.start >= change["gap"] - 1), len(before) - 1)
    if before:
        yield after, _ARTICLES.get(change["new"].strip().lower(), NEEDS_WORD)
