"""Faults made on purpose: what editors mended, put back into sentences that had nothing to mend."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from stilted.core import morphology
from stilted.lab.training.slips.edits import Edit, Labelled, clean
from stilted.rules.tagger.features import split_words
from stilted.rules.tagger.masking import blank_code
from stilted.rules.tagger.slips.inference import KEEP, NEEDS_A, NEEDS_THE, NEEDS_WORD, REPLACE

_TOKEN: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_MOST_WORDS: Final = 3
_LEAST_COUNT: Final = 2
"""What one editor did once teaches a sentence, not a kind of fault."""

_SMALL: Final = (
    "to of in on for with by from at is are be it that and as an the a this these which it's its can will"
).split()
_FORMS: Final = 0.22
_DROPPED: Final = 0.30
_PUT_IN: Final = 0.13
_ARTICLES: Final = {"the": NEEDS_THE, "a": NEEDS_A, "an": NEEDS_A}


_FREE: Final = frozenset(
    "we you i your our the a an this that these those which it they can could will would may might should and so but "
    "then also".split()
)
"""Between two of these an editor chooses as often by taste as by grammar, except for *a* and *an*."""


class Kinds(NamedTuple):
    """What editors write instead of what, with how often: new words to the old ones, both lower case."""

    replaced: Mapping[tuple[str, ...], Counter[tuple[str, ...]]]


def learn(edits: Iterable[Edit]) -> Kinds:
    """Count the short replacements of *edits*, from what the editor wrote back to what stood there."""
    replaced: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for edit in edits:
        for change in edit.changes:
            old, new = (tuple(_TOKEN.findall(change[side].lower())) for side in ("old", "new"))
            if change["t"] != "rep" or edit.taste or not 0 < len(old) <= _MOST_WORDS or not 0 < len(new) <= _MOST_WORDS:
                continue
            if old != new and ({*old, *new} == {"a", "an"} or not {*old, *new} <= _FREE):
                replaced[new][old] += 1
    kept = {
        new: Counter({old: count for old, count in olds.items() if count >= _LEAST_COUNT})
        for new, olds in replaced.items()
    }
    return Kinds({new: olds for new, olds in kept.items() if olds})


def spoil(text: str, kinds: Kinds, seed: random.Random, most: int = 2) -> Labelled:
    """Return *text* with one to *most* faults and its labels; as it is where no fault fits."""
    tokens = [_Token(word.group(), KEEP) for word in _TOKEN.finditer(blank_code(text))]
    gaps = _list_gaps(text)
    if len(tokens) != len(gaps) or len(tokens) < 4:
        return clean(text)
    for token, gap in zip(tokens, gaps, strict=True):
        token.before = gap
    for _ in range(seed.randint(1, most)):
        _make_one(tokens, kinds, seed)
    spoilt, labels = "", []
    for token in tokens:
        spoilt += token.before + token.text
        labels.append(token.label)
    if [spoilt[w.start : w.end] for w in split_words(blank_code(spoilt))] != [t.text for t in tokens]:
        return clean(text)
    return Labelled(spoilt, tuple(labels), (1.0,) * len(labels))


class _Token:
    """A word, what stands before it, and its label."""

    __slots__ = ("before", "label", "text")

    def __init__(self, text: str, label: int, before: str = " ") -> None:
        self.text, self.label, self.before = text, label, before


def _list_gaps(text: str) -> list[str]:
    shown = blank_code(text)
    ends = [0, *(m.end() for m in _TOKEN.finditer(shown))]
    return [shown[end : m.start()] for end, m in zip(ends, _TOKEN.finditer(shown), strict=False)]


def _make_one(tokens: list[_Token], kinds: Kinds, seed: random.Random) -> None:
    dice = seed.random()
    if dice < _DROPPED:
        _drop(tokens, seed)
    elif dice < _DROPPED + _PUT_IN:
        _put_in(tokens, seed)
    elif dice < _DROPPED + _PUT_IN + _FORMS:
        _change_form(tokens, seed)
    else:
        _replace(tokens, kinds, seed)


def _drop(tokens: list[_Token], seed: random.Random) -> None:
    """Leave out a small word: an article half of the time."""
    articles = [i for i, t in enumerate(tokens[:-1]) if t.text.lower() in _ARTICLES]
    small = [i for i, t in enumerate(tokens[:-1]) if t.text.lower() in _SMALL and t.text.lower() not in _ARTICLES]
    places = articles if articles and (seed.random() < 0.6 or not small) else small
    if not places:
        return
    place = seed.choice(places)
    gone = tokens.pop(place)
    after = tokens[place]
    if after.label == KEEP:
        after.label = _ARTICLES.get(gone.text.lower(), NEEDS_WORD)
    if gone.text[0].isupper():
        after.text = after.text[0].upper() + after.text[1:]
    after.before = gone.before


def _put_in(tokens: list[_Token], seed: random.Random) -> None:
    """Put in a small word that does not belong there."""
    places = [i for i in range(1, len(tokens)) if tokens[i].text[0].isalpha() and tokens[i].before == " "]
    places = [i for i in places if tokens[i].text.lower() not in _SMALL and tokens[i - 1].text.lower() not in _SMALL]
    if places:
        extra = seed.choice(("the", "the", "a", "to", "of", "is", "for", "be", "in"))
        tokens.insert(seed.choice(places), _Token(extra, REPLACE))


def _change_form(tokens: list[_Token], seed: random.Random) -> None:
    """Put a word into another form: a plural, a third person, a participle."""
    for _ in range(8):
        token = seed.choice(tokens)
        word = token.text
        if token.label != KEEP or not word.isascii() or not word.islower() or len(word) < 4:
            continue
        other = seed.choice(_list_other_forms(word) or [word])
        if other != word:
            token.text, token.label = other, REPLACE
            return


def _list_other_forms(word: str) -> list[str]:
    if word in _SMALL or not word.isalpha():
        return []
    lemma = word
    for ending in ("ies", "es", "s", "ing", "ied", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            candidates = [stem, stem + "e", stem + "y", stem[:-1]]
            lemma = next((c for c in candidates if any(word in f for f in morphology.list_forms(c).values())), word)
            break
    forms = {form for group in morphology.list_forms(lemma).values() for form in group} | {lemma}
    return sorted(forms - {word})


def _replace(tokens: list[_Token], kinds: Kinds, seed: random.Random) -> None:
    """Put back what an editor took out, the commonest kinds most often."""
    lower = [t.text.lower() for t in tokens]
    fits: list[tuple[int, int, tuple[str, ...]]] = []
    shares: list[float] = []
    for size in range(1, _MOST_WORDS + 1):
        for start in range(len(tokens) - size + 1):
            for old, count in kinds.replaced.get(tuple(lower[start : start + size]), {}).items():
                if all(t.label == KEEP for t in tokens[start : start + size]):
                    fits.append((start, size, old))
                    shares.append(count**0.6)
    if not fits:
        _drop(tokens, seed)
        return
    start, size, old = seed.choices(fits, shares)[0]
    first = tokens[start]
    put = [_Token(word, REPLACE) for word in old]
    put[0].before = first.before
    for token in put[1:]:
        if not token.text[0].isalnum():
            token.before = ""
    if first.text[0].isupper():
        put[0].text = put[0].text[0].upper() + put[0].text[1:]
    tokens[start : start + size] = put
