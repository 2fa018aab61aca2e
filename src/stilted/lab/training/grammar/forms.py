"""What a form can be: tables of lemminflect, words that SCOWL knows, and function words set by hand."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from stilted.text.parts_of_speech import (
    ADJECTIVE,
    ADVERB,
    ING,
    NOUN,
    PARTICIPLE,
    PAST,
    PLURAL,
    VERB,
    VERB_S,
)

_CLOSED: Final = (
    "i a us or if in as at the and an no of on to it its he she they we you this that these those can will may"
    " must might would could should shall for with by from than what which who when where while such both each"
    " every any all some his her your our their my me him them not so but via per about into through over under"
    " how why one two three towards across plus minus unless whereas yes except beware please thank thanks hello"
    " ok okay"
).split()
_LETTERS: Final = {
    "N": NOUN, "S": PLURAL, "B": VERB, "Z": VERB_S, "D": PAST, "P": PARTICIPLE, "G": ING, "J": ADJECTIVE, "R": ADVERB,
}  # fmt: skip
_BY_HAND: Final = """
is Z|are B|am B|be B|been P|was D|were D|has Z|have B|had DP|does Z|do B|did D|done P|being G|then R|there R|same J
other J|news N|series NS|species NS|data NS|metadata N|api N|apis S|url N|urls S|config N|plugin N|plugins S
namespace N|namespaces S|backend N|backends S|frontend N|username N|usernames S|filename N|filenames S|dataset N
datasets S|timestamp N|timestamps S|hostname N|metrics NS|docs S|info N|ui N|id N|ids S|app N|apps S|repo N|repos S
middleware N|workflow N|workflows S|runtime N|following JN|previous J|various J|always R|sometimes R|perhaps R
besides R|afterwards R|thus R|less JR|access NB|process NB|class NB|address NB|bus N|alias NB|status N|basis N
analysis N|focus NB|success N|progress NB|index NB|kubernetes N|canvas N|bias NB|loss N|gas N|lens N|means NSZ|https N
dns N|kinds S|headquarters NS
"""
_NOUNS_TOO: Final = frozenset("template log restore commit redirect reclaim offload deploy".split())
_TAGS: Final = {"NN": NOUN, "NNS": PLURAL, "VB": VERB, "VBZ": VERB_S, "VBD": PAST, "VBN": PARTICIPLE, "VBG": ING,
                "JJ": ADJECTIVE, "RB": ADVERB}  # fmt: skip
_SEEN: Final = 10
_SHARE: Final = 0.08
_SHARE_UNLISTED: Final = 0.1
_SHARE_OTHER: Final = 0.2
"""From what share of its tags on a word, with so many tags at all, can be what a tag says."""
_ENDINGS: Final = {"NNS": "s", "VBZ": "s", "VBG": "ing"}
"""What a word that no table has must end in to be what these say: the teacher takes “func” and “impl” for plurals."""


def read_tables(lemminflect: Path) -> dict[str, int]:
    """Return the forms of the tables in the folder of lemminflect's resources."""
    kinds: dict[str, int] = defaultdict(int)
    with gzip.open(lemminflect / "infl_lu.csv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            lemma, kind, rest = line.rstrip("\n").split(",", 2)
            _add(kinds, lemma.lower(), kind, [field.lower().split("/") for field in rest.split(",")])
    with gzip.open(lemminflect / "lemma_lu.csv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            form, kind, _ = line.rstrip("\n").split(",", 2)
            kinds[form.lower()] |= {"adj": ADJECTIVE, "adv": ADVERB}.get(kind, 0)
    for word in _CLOSED:
        kinds[word] = 0
    for entry in _BY_HAND.replace("\n", "|").strip("|").split("|"):
        word, letters = entry.split()
        kinds[word] = sum(_LETTERS[letter] for letter in letters)
    return dict(kinds)


def _add(kinds: dict[str, int], lemma: str, kind: str, fields: list[list[str]]) -> None:
    if kind == "noun":
        kinds[lemma] |= NOUN
        for form in fields[0]:
            # A plural like the singular counts only where there is no other: a fish, fishes, but one series.
            if form and (form != lemma or fields[0] == [lemma]):
                kinds[form] |= PLURAL
    elif kind == "verb":
        kinds[lemma] |= VERB
        # Where the participle is not given, it is the past.
        given = fields if len(fields) < 2 or fields[1] != [""] else [fields[0], fields[0], *fields[2:]]
        for bit, forms in zip((PAST, PARTICIPLE, ING, VERB_S), given, strict=False):
            for form in filter(None, forms):
                kinds[form] |= bit
    elif kind in ("adj", "adv"):
        bit = ADJECTIVE if kind == "adj" else ADVERB
        for form in (lemma, *(form for forms in fields for form in forms if form)):
            kinds[form] |= bit


def add_seen_forms(word: str, bits: int, tags: Mapping[str, int], *, is_listed: bool) -> int:
    """Return the bits of a word with those that its tags in running text add."""
    total = sum(tags.values())
    if word in _NOUNS_TOO:
        bits |= NOUN
    if total < _SEEN or not word.isalpha() or (is_listed and not bits):
        return bits
    for tag, bit in _TAGS.items():
        if tags.get(tag, 0) < (_SHARE if is_listed else _SHARE_UNLISTED) * total:
            continue
        if tag in ("VBN", "VBD", "VBG") if is_listed else not word.endswith(_ENDINGS.get(tag, "")):
            continue
        if is_listed and tag in ("JJ", "RB", "NN", "NNS") and tags[tag] < _SHARE_OTHER * total:
            continue
        if tag in ("NN", "NNS") and bits & (ING | NOUN | PLURAL):
            continue
        bits |= bit
    return bits


def count_tags(tagged: Iterable[list[tuple[str, str]]]) -> dict[str, Counter[str]]:
    """Count the tags of every word, in lower case."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in tagged:
        for word, tag in sentence:
            counted[word.lower()][tag] += 1
    return dict(counted)
