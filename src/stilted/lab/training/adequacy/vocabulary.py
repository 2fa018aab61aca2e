"""Which pieces of a large vocabulary are kept: those that the texts use, and the commonest of the scripts."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from stilted.lab.training.adequacy.pairs import Pairs
from stilted.rules.tagger.adequacy.unigram import SPECIAL, Vocabulary, cut_into_pieces
from stilted.rules.tagger.masking import find_masks

COMMONEST: Final = 16_000
"""Entries this near to the top are kept if their script is one of ours, used or not."""

_SCRIPTS: Final = ("LATIN", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "FULLWIDTH", "IDEOGRAPHIC")

Entry = tuple[str, float]


def read_tokenizer(path: Path) -> list[Entry]:
    """Read the pieces and scores of a Unigram tokenizer in the `tokenizers` format."""
    model = json.loads(path.read_text("utf-8"))["model"]
    return [(piece, score) for piece, score in model["vocab"]]


def list_texts(pairs: Iterable[Pairs]) -> Iterable[str]:
    """Return every text once."""
    texts = (
        side for each in pairs for home in each.homes.values() for pair in home for side in (pair.source, pair.target)
    )
    return dict.fromkeys(texts)


def choose_kept(entries: Sequence[Entry], used_by: Iterable[str]) -> list[int]:
    """Return the ids to keep: special ones, those used twice, common ones and single characters of our scripts."""
    vocabulary = Vocabulary(entries)
    used = Counter(piece.id for text in used_by for piece in cut_into_pieces(text, vocabulary, find_masks(text)))

    def wanted(number: int, piece: str) -> bool:
        if number < SPECIAL or used[number] > 1:
            return True
        single = len(piece.removeprefix("\u2581")) == 1
        return _is_ours(piece) and (number < COMMONEST or single)

    return [number for number, (piece, _) in enumerate(entries) if wanted(number, piece)]


def _is_ours(piece: str) -> bool:
    return all(
        char.isascii()
        or not unicodedata.category(char).startswith("L")
        or unicodedata.name(char, "").startswith(_SCRIPTS)
        for char in piece
    )


def write(entries: Iterable[Entry], path: Path) -> None:
    """Write pieces and scores, one entry a line."""
    path.write_text("".join(f"{piece}\t{round(score, 5)}\n" for piece, score in entries), "utf-8", newline="\n")
