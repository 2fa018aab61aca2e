"""Measure the aligner on documents rebuilt from public test sets.

``python -m stilted.lab.benches.alignment DATA_DIR``.
``DATA_DIR`` holds ``wmt21-ted/mqm_ted_zhen.tsv`` and ``wmt21-news/2021_zh-en_processed.tsv``. Every system's
translation of a talk or of a run of news documents meets a human reference that is not itself: both are
written as running text in paragraphs of four segments, 5% of the segments are dropped on each side, three
lines of advertising end the translation, and `split_sentences` segments both anew. A second run of each set puts one
paragraph of the translation in another place. Two sentences are linked in
the gold standard when both carry a good part of the same segment.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stilted.text.align import align
from stilted.text.align.moved import rejoin
from stilted.text.segment import split_sentences

ADVERTS: Final = (
    "Portable battery packs for every season",
    "Solar Panel ,Folding Solar Panel,Solar Charger,Camping Lamp",
    "Brightwater Energy Trading Co., Ltd. , https://www.brightwater-energy.example",
)
DROP: Final = 0.05
PARAGRAPH: Final = 4
MIN_SENTENCES: Final = 20
_OVERLAP: Final = 10  # characters of a segment that tie a sentence to it; half of either suffices too

Talks = dict[tuple[str, str], dict[int, str]]
"""Segments by number, by (system, document)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A translation and a reference as sentences, with the segment numbers each sentence carries."""

    name: str
    target: tuple[str, ...]
    reference: tuple[str, ...]
    target_ids: tuple[frozenset[int], ...]
    reference_ids: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Links found, right and wanted; advert sentences left alone and in all; CPU seconds spent."""

    found: int = 0
    right: int = 0
    gold: int = 0
    adverts_alone: int = 0
    adverts: int = 0
    seconds: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found,
            self.right + other.right,
            self.gold + other.gold,
            self.adverts_alone + other.adverts_alone,
            self.adverts + other.adverts,
            self.seconds + other.seconds,
        )

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        f1 = 2 * self.right / max(1, self.found + self.gold)
        return (
            f"link F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}"
            f"  advert unaligned {self.adverts_alone}/{self.adverts}  {self.seconds:.2f} s"
        )


def read_talks(folder: Path) -> Talks:
    """Read the talks; the error marks are taken out of the target."""
    talks: Talks = defaultdict(dict)
    with (folder / "wmt21-ted" / "mqm_ted_zhen.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = re.sub(r"</?v>", "", row["target"])
            talks[row["system"], row["doc"]][int(row["seg_id"])] = text
    return talks


def read_news(folder: Path, joined: int = 5) -> Talks:
    """Read the news documents, `joined` of them to one; documents with a broken name are left out."""
    docs: Talks = defaultdict(dict)
    for line in (folder / "wmt21-news" / "2021_zh-en_processed.tsv").read_text(encoding="utf-8").splitlines():
        system, doc, segment, _, _, text, *_ = line.split("\t")
        if segment.isdigit():
            docs[system, doc][int(segment)] = text
    names = sorted({doc for _, doc in docs})
    place = {name: (f"news {i // joined}", 1000 * i) for i, name in enumerate(names)}
    merged: Talks = defaultdict(dict)
    for (system, doc), segments in docs.items():
        name, base = place[doc]
        merged[system, name] |= {base + number: text for number, text in segments.items()}
    return merged


def list_cases(talks: Talks, references: Sequence[str], seed: int = 1, *, moved: bool = False) -> Iterator[Case]:
    """Yield every system against the first human reference that is not itself.

    Where *moved* is asked for, one paragraph of the translation stands in another place of it.
    """
    for system, doc in sorted(talks):
        human = next((r for r in references if r != system and (r, doc) in talks), None)
        if human is None:
            continue
        rng = random.Random(f"{seed}/{system}/{doc}")
        target = _write_running_text(talks[system, doc], rng, ADVERTS, moved=moved)
        reference = _write_running_text(talks[human, doc], rng, ())
        if min(len(target[0]), len(reference[0])) >= MIN_SENTENCES:
            yield Case(f"{system} {doc}", target[0], reference[0], target[1], reference[1])


def _write_running_text(
    segments: Mapping[int, str], rng: random.Random, tail: Sequence[str], *, moved: bool = False
) -> tuple[tuple[str, ...], tuple[frozenset[int], ...]]:
    """Write segments as running text, cut it into sentences and say which segments each one carries."""
    text, owners, kept = "", [], [n for n in sorted(segments) if rng.random() >= DROP]
    if moved:
        parts = [kept[at : at + PARAGRAPH] for at in range(0, len(kept), PARAGRAPH)]
        parts.insert(rng.randrange(len(parts)), parts.pop(rng.randrange(len(parts))))
        kept = [number for part in parts for number in part]
    for place, number in enumerate(kept):
        text += "" if not place else "\n\n" if place % PARAGRAPH == 0 else " "
        owners.append((len(text), len(text) + len(segments[number]), number))
        text += segments[number]
    text += "".join(f"\n\n{line}" for line in tail)
    spans = split_sentences(text)
    ids = []
    for span in spans:
        shared = [(min(span.end, e) - max(span.start, s), e - s, n) for s, e, n in owners]
        ids.append(frozenset(n for o, size, n in shared if o >= min(_OVERLAP, size / 2, len(span) / 2) > 0))
    return tuple(s.of(text) for s in spans), tuple(ids)


def measure(case: Case) -> Tally:
    """Align one case and compare the links with the gold standard."""
    began = time.process_time()
    beads = rejoin(align(case.target, case.reference), case.target, case.reference)
    seconds = time.process_time() - began
    links = {(i, j) for bead in beads for i in range(*bead.target) for j in range(*bead.reference)}
    gold = {(i, j) for i, a in enumerate(case.target_ids) for j, b in enumerate(case.reference_ids) if a & b}
    adverts = [i for i, ids in enumerate(case.target_ids) if not ids]
    linked = {i for i, _ in links}
    alone = sum(i not in linked for i in adverts)
    return Tally(len(links), len(links & gold), len(gold), alone, len(adverts), seconds)


def measure_time(size: int) -> float:
    """Return the CPU seconds that two made-up texts of *size* sentences take, one with a long insertion."""
    rng = random.Random(size)
    stock = [f"w{int(rng.paretovariate(0.35)):x}" for _ in range(60_000)]
    left = [" ".join(rng.choices(stock, k=rng.randint(5, 30))) for _ in range(size)]
    right = [" ".join(w if rng.random() < 0.6 else rng.choice(stock) for w in s.split()) for s in left]
    extra = [" ".join(rng.choices(stock, k=12)) for _ in range(size // 10)]
    began = time.process_time()
    align(left, right[: size // 3] + extra + right[size // 3 :])
    return time.process_time() - began


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.benches.alignment", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with wmt21-ted and wmt21-news")
    parser.add_argument("--cases", action="store_true", help="print every document, too")
    parser.add_argument("--sizes", type=int, nargs="*", default=[2_000, 10_000], help="sentences to time")
    options = parser.parse_args(argv)
    for folder in ("wmt21-ted", "wmt21-news"):
        if not (options.data / folder).is_dir():
            parser.error(f"{options.data} has no folder {folder}")
    for name, talks, humans in (
        ("ted", read_talks(options.data), ("ref", "refB")),
        ("news", read_news(options.data), ("ref.A", "ref.B")),
    ):
        for moved in (False, True):
            total = Tally()
            for case in list_cases(talks, humans, moved=moved):
                tally = measure(case)
                total += tally
                if options.cases:
                    print(f"{case.name:32} {tally}")
            print(f"{name:6} {total}{'  (a paragraph moved)' if moved else ''}")
    for size in options.sizes:
        print(f"{size} sentences a side: {measure_time(size):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
