"""Tags from a teacher: spaCy's small English model tags what the small tagger and the choices learn from."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from stilted.core.foreign import OBJECT
from stilted.lab.training.grammar import manuals

Tagged = list[tuple[str, str]]
"""Words, the way `stilted.core.tokens` cuts them, with their tags."""
WORDS: Final = {
    "python": 420_000, "rust": 380_000, "postgres": 330_000, "django": 330_000, "sqlite": 220_000, "nodejs": 150_000,
    "apache": 180_000,
}  # fmt: skip
"""How many words of each manual are tagged."""
NEWS_WORDS: Final = 250_000
PERMISSIVE: Final = frozenset(
    ["Apache-2.0", "MIT", "BSD", "CC-BY", "Apache-2.0+MIT", "CC-BY+Apache-2.0", "CC0+MIT", "Apache-2.0+CC-BY",
     "CC-BY-4 (README)", "Apache-2.0+CC0"]
)  # fmt: skip
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_WORD: Final = re.compile(
    r"(?:[^\W\d_]+(?=n['’]t\b))|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:\.[^\W\d_]+\.)*|[^\W_]+"
    r"|\.\.\.|[^\w\s]|_",
    re.IGNORECASE,
)
"""Words as treebanks cut them, so that the teacher sees what it was taught."""
_LONGEST: Final = 120
_SAME: Final[dict[str, str]] = {
    "NNPS": "NNP", "LS": "CD", "$": "SYM", "ADD": "NNP", "AFX": "JJ", "FW": "NN", "-LRB-": "(", "-RRB-": ")",
    "UH": "NN", "XX": "NN",
}  # fmt: skip
"""Rare tags, and those that stand in for them."""
_DROPPED: Final = frozenset("`` '' HYPH NFP _SP".split())


def _draw_sentences(texts: Iterable[str], words: int, seed: int) -> Iterator[str]:
    shuffled = list(texts)
    random.Random(seed).shuffle(shuffled)
    for text in shuffled:
        for sentence in _SENTENCE.split(text):
            if words > 0 and len(sentence.split()) > 3:
                words -= len(sentence.split())
                yield sentence


def read_texts(share: Path, news: Path | None, edits: Path | None) -> list[tuple[str, str]]:
    """Return what is to be tagged, each with its kind: manuals, human translations of news, sentences before edits."""
    taught = [("manual", text) for name, words in WORDS.items()
             for text in _draw_sentences(manuals.list_paragraphs(share, name), words, 1)]  # fmt: skip
    if news is not None:
        with gzip.open(news, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        human = dict.fromkeys(row["target"] for row in rows if row["human"])
        taught += [("news", text) for text in _draw_sentences(human, NEWS_WORDS, 1)]
    if edits is not None:
        with gzip.open(edits, "rt", encoding="utf-8") as file:
            pairs = [json.loads(line) for line in file]
        taught += [("edit", re.sub(r"\bCODE\b", OBJECT, pair["before"])) for pair in pairs
                  if pair["licence"] in PERMISSIVE]  # fmt: skip
    random.Random(1).shuffle(taught)
    return taught


def tag(given: list[tuple[str, str]], model: Path, out: Path) -> None:
    """Tag all texts with the teacher in the folder *model*, and write them one a line."""
    import spacy
    from spacy.tokens import Doc

    teacher = spacy.load(model, exclude=["parser", "ner", "lemmatizer", "senter", "attribute_ruler"])
    documents = (Doc(teacher.vocab, words=_cut_for_teacher(text)) for _, text in given)
    with gzip.open(out, "wt", encoding="utf-8", compresslevel=3) as file:
        for (kind, _), document in zip(given, teacher.pipe(documents, batch_size=256), strict=True):
            file.write(json.dumps([kind, _convert(document)], ensure_ascii=False) + "\n")


def _cut_for_teacher(text: str) -> list[str]:
    words = ["CODE" if word == OBJECT else word for word in _WORD.findall(text)]
    return words[:_LONGEST] or ["."]


def _convert(document: Any) -> Tagged:
    """Join and drop tokens until they are those of `stilted.core.tokens`, and merge rare tags."""
    tagged: Tagged = []
    for token in document:
        word = token.text.replace("’", "'")
        kind = _SAME.get(token.tag_, token.tag_)
        if kind in _DROPPED or word in tuple("\"“”‘'`"):
            continue
        lowered = word.lower()
        if tagged and (lowered == "n't" or (lowered.startswith("'") and lowered != "'s")):
            tagged[-1] = (tagged[-1][0] + lowered, tagged[-1][1])
        elif word == "CODE":
            tagged.append((OBJECT, "NNP"))
        else:
            tagged.append((word, "POS" if lowered == "'s" else kind))
    return tagged


def read_tagged(path: Path) -> Iterator[tuple[str, Tagged]]:
    """Yield what `tag` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            kind, tagged = json.loads(line)
            yield kind, [(word, tag) for word, tag in tagged]
