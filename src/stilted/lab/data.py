"""Which public data the figures come from, where it is to be had, and whether a folder holds it.

``python -m stilted.lab.data`` lists the sets; ``python -m stilted.lab.data DATA_DIR`` checks what is there. The digests
are of the sets as the published figures were measured: cut by document, a part of each kept back for acceptance. Whole
sets from their origin have other digests; figures measured on them will be near, not the same.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class DataSet:
    """One public set.

    Attributes:
        folder: where `stilted evaluate` and the benches look for it, below the folder they are given.
        what: what it is. repository, path: where it comes from. licence: its terms.
        digest: sha256 over its files' names and contents, see `compute_digest`.
    """

    folder: str
    what: str
    repository: str
    path: str
    licence: str
    digest: str


SETS: Final = (
    DataSet(
        "wmt21-news",
        "newstest2021 Chinese-English, 15 systems, one rater a segment",
        "github.com/WMT-QE-Task/wmt-qe-2023-data",
        "task_2/2021_zh-en_processed.tsv",
        "annotation by google/wmt-mqm-human-evaluation, Apache-2.0",
        "c3981f0844ee7d513d44b9cdd0dd3ac78e18bcc085554023df7ebc5f03223258",
    ),
    DataSet(
        "wmt21-ted",
        "TED talks Chinese-English, 15 systems, two raters for a few segments",
        "github.com/google/wmt-mqm-human-evaluation",
        "ted/zhen/mqm-ted_zhen.tsv",
        "Apache-2.0",
        "866e532993a5eb2f6909dedd8352124057225fba2a3d5076cbc80716d262464f",
    ),
    DataSet(
        "bio-mqm",
        "medical abstracts from German, Spanish, French, Italian, Portuguese, Russian and Chinese",
        "github.com/amazon-science/bio-mqm-dataset",
        "one folder a pair of languages",
        "Apache-2.0",
        "435bbd82a98d3005d77e740fdf554fbadda740fb58b8c8f91069cc27127feebb",
    ),
)


def compute_digest(folder: Path) -> str:
    """Return the sha256 of a set: over ``name NUL sha256 LF`` of its data files, sorted by name.

    Raises:
        OSError: a file cannot be read.
    """
    total = hashlib.sha256()
    for path in sorted((p for p in folder.rglob("*") if p.suffix in (".tsv", ".json") and p.is_file()), key=str):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def describe_sets(folder: Path | None) -> Iterator[str]:
    """Yield what is to be known of each set, and how it stands in *folder*."""
    for one in SETS:
        yield f"{one.folder}: {one.what}"
        yield f"  from {one.repository}, {one.path}; {one.licence}"
        yield f"  sha256 {one.digest}"
        if folder is None:
            continue
        if not (folder / one.folder).is_dir():
            yield f"  MISSING: no folder {folder / one.folder}"
        elif compute_digest(folder / one.folder) == one.digest:
            yield "  as the published figures were measured"
        else:
            yield "  DIFFERENT: figures will not be those that are published"


def main(argv: list[str] | None = None) -> int:
    """List the sets, or check them; 0 where all are as they were."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.data", description=__doc__)
    parser.add_argument("folder", metavar="DATA_DIR", type=Path, nargs="?")
    lines = list(describe_sets(parser.parse_args(argv).folder))
    print("\n".join(lines))
    return int(any(line.lstrip().startswith(("MISSING", "DIFFERENT")) for line in lines))


if __name__ == "__main__":
    raise SystemExit(main())
