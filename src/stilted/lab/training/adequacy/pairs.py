"""Where true pairs of source and English come from, and which of them training never sees."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from stilted.lab.json_rows import read_json_rows

LEAST_WORDS: Final = 3
LONGEST: Final = 400
"""Code points of the longest side that training reads."""

_LANGUAGE_OF_SYSTEM: Final = ("de", "ja", "ru")
_REFERENCES: Final = 0.2
"""Share of annotated rows whose reference is taken too."""


class Pair(NamedTuple):
    """A source, its English, and where both stand: pairs of one ``file`` are neighbours, those of one ``home`` related.

    ``kind`` is ``ui``, ``docs`` or ``news``.
    """

    language: str
    kind: str
    home: str
    file: str
    source: str
    target: str


@dataclass(slots=True)
class Pairs:
    """Pairs by kind and language, and by neighbourhood."""

    pools: dict[str, dict[str, list[Pair]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    files: dict[tuple[str, str, str], list[Pair]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[tuple[str, str], list[Pair]] = field(default_factory=lambda: defaultdict(list))

    def add(self, pair: Pair) -> None:
        """Put a pair where it belongs."""
        self.pools[pair.kind][pair.language].append(pair)
        self.files[pair.home, pair.language, pair.file].append(pair)
        self.homes[pair.home, pair.language].append(pair)


def count_words(text: str) -> int:
    """Count words roughly."""
    return len(re.findall(r"\w+", text))


def load(folder: Path, recipe: Mapping[str, Any]) -> tuple[Pairs, Pairs]:
    """Read all pairs that *recipe* names; return those to train on and those of held-out repositories.

    An English string of a held-out repository does not train, wherever else it stands.
    """
    held = set(recipe["held_out"])
    interface = [p for p in _read_interface(folder / recipe["pairs"]) if p.language in recipe["languages"]]
    known = {pair.target for pair in interface if pair.home in held}
    seed = random.Random(recipe["seed"])
    sides = Pairs(), Pairs()
    for pair in interface:
        if pair.home in held:
            sides[1].add(pair)
        elif pair.target not in known:
            sides[0].add(pair)
    for name in recipe["news"]:
        for pair in _read_news(folder / name, seed):
            sides[0].add(pair)
    for name in recipe["held_out_news"]:
        for pair in _read_news(folder / name, seed):
            sides[1].add(pair)
    return sides


def _is_readable(pair: Pair) -> bool:
    return count_words(pair.target) >= LEAST_WORDS and max(len(pair.target), len(pair.source)) <= LONGEST


def _read_interface(path: Path) -> Iterator[Pair]:
    for row in read_json_rows(path):
        pair = Pair(row["lang"], row["kind"], row["repo"], row["path"], row["source"], row["target"])
        if _is_readable(pair):
            yield pair


def _read_news(path: Path, seed: random.Random) -> Iterator[Pair]:
    """Yield translations of news, talks and abstracts that no rater found anything grave in."""
    for row in read_json_rows(path):
        language = "zh"
        if row["set"] == "unlab":
            places = (row["doc"], row["system"])
            language = next((x for x in _LANGUAGE_OF_SYSTEM if any(f"{x}-en" in place for place in places)), "")
        if not language or not row.get("source") or not _is_clean(row["raters"]):
            continue
        targets = [row["target"]]
        if row["refs"] and not row["human"] and row["set"] != "unlab" and seed.random() < _REFERENCES:
            targets.append(row["refs"][0])
        for target in targets:
            pair = Pair(language, "news", row["set"], row["doc"], row["source"], target)
            if _is_readable(pair):
                yield pair


def _is_clean(raters: Sequence[Mapping[str, Any]]) -> bool:
    for rater in raters:
        major = [span for span in rater["spans"] if span[2] == "major"]
        if rater["missing"] or len(major) > 1 or any("ccuracy" in (span[3] or "") for span in major):
            return False
    return True
