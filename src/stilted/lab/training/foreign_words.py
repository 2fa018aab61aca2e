"""Words of other languages that a string left untranslated shows: ``python -m stilted.lab.training.foreign_words``.

The lists of `stilted.text.foreign_words` come to lie in ``OUT``. ``PAIRS`` are lines of JSON, compressed with gzip,
that hold ``lang``, ``repo``, the ``source`` in that language and its English ``target``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from stilted.core import packed_lines
from stilted.rules.checks.spelling import is_english
from stilted.text.common_words import IN_NAMES
from stilted.text.foreign_words import LANGUAGES

TIMES: Final = 3
PROJECTS: Final = 2
"""What a word is seen in at least: one project alone may have a name that nobody else knows."""
SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")
_OF_LANGUAGES: Final = frozenset(
    "afrikaans bahasa bosanski brasil català cymraeg dansk deutsch eesti español euskara français gaeilge galego"
    " hrvatski italiano latviešu lietuvių magyar nederlands norsk polski português română shqip slovenčina slovenščina"
    " suomi svenska tagalog türkçe việt íslenska čeština".split()
)
"""What languages call themselves, which menus of languages do not translate."""
_EXAMPLES: Final = frozenset("adipiscing amet consectetur dolor elit ipsum lorem sit".split())
"""What stands where a text has yet to be written, in any language."""


def count(
    rows: Iterable[Mapping[str, str]],
) -> tuple[dict[str, Counter[str]], dict[str, dict[str, set[str]]], set[str]]:
    """Count the words of sources by language, note the projects that have each, and collect what English sides say."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in LANGUAGES}
    projects: dict[str, dict[str, set[str]]] = {code: defaultdict(set) for code in LANGUAGES}
    english: Counter[str] = Counter()
    for row in rows:
        english.update({word.lower() for word in _WORD.findall(row["target"])})
        if row["lang"] in counts:
            for word in {word.lower() for word in _WORD.findall(row["source"]) if word[1:].islower()}:
                counts[row["lang"]][word] += 1
                projects[row["lang"]][word].add(row["repo"])
    return counts, projects, {word for word, number in english.items() if number > 1}


def choose(counts: Mapping[str, int], projects: Mapping[str, set[str]], english: set[str]) -> list[str]:
    """Return, in order, the words of a language that several projects use and that English has no use for."""
    never = english | IN_NAMES | _OF_LANGUAGES | _EXAMPLES
    return sorted(
        word
        for word, number in counts.items()
        if number >= TIMES
        and len(projects[word]) >= PROJECTS
        and len(word) >= SHORTEST
        and word not in never
        and not is_english(word)
    )


def _read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main(argv: Sequence[str] | None = None) -> int:
    """Write a list for each language."""
    parser = argparse.ArgumentParser("python -m stilted.lab.training.foreign_words", description=__doc__)
    parser.add_argument("pairs", type=Path, metavar="PAIRS")
    parser.add_argument("out", type=Path, metavar="OUT")
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    counts, projects, english = count(_read(given.pairs))
    for code in LANGUAGES:
        words = choose(counts[code], projects[code], english)
        (given.out / f"{code}.xz").write_bytes(packed_lines.dumps(words))
        print(f"{code}: {len(words):,} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
