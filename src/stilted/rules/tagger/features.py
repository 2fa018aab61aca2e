"""What the encoder learns about a word besides its letters: its shape, and whether the reference has it.

The encoder reads lower-cased pieces, so capitals and spacing reach it only through the shape; and without
the second feature it learns the hard places of the source, not the faults of the translation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
"""Unlike `stilted.core.tokens`, every mark counts: people mark quotation marks and hyphens too."""

_BEFORE_CAPITAL: Final = frozenset('.!?:;"“”(')
"""After these a capital says nothing about the word."""

SHAPES: Final = 17
"""Number of shape ids: 0 for a piece that is no word, then eight shapes, then the same without a space
before them."""

NO_REFERENCE, BOTH_NEIGHBOURS, ONE_NEIGHBOUR, ALONE, STEM, MISSING = range(1, 7)

_LOWER, _FIRST, _NAME, _MIXED, _CAPITALS, _OTHER, _NUMBER, _MARK = range(1, 9)
_REFERENCE_SIDE: Final = 6
_STEM_LENGTH: Final = 4


class Word(NamedTuple):
    """A word or a punctuation mark: ``[start, end)`` in code points of its text, lower case, shape id."""

    start: int
    end: int
    lower: str
    shape: int

    @property
    def is_mark(self) -> bool:
        """Whether this is punctuation."""
        return (self.shape - 1) % 8 + 1 == _MARK

    @property
    def is_name(self) -> bool:
        """Whether this is written like a name: a capital where none is due."""
        return (self.shape - 1) % 8 + 1 in (_NAME, _MIXED, _CAPITALS)


def split_words(text: str) -> list[Word]:
    """Split *text* into words (with inner apostrophes) and single punctuation marks."""
    out: list[Word] = []
    first = True
    for match in _WORD.finditer(text):
        form, start = match.group(), match.start()
        glued = start > 0 and not text[start - 1].isspace()
        out.append(Word(start, match.end(), form.lower(), _classify_shape(form, first) + 8 * glued))
        first = form in _BEFORE_CAPITAL
    return out


def _classify_shape(form: str, first: bool) -> int:
    if not form[0].isalnum():
        return _MARK
    if any(c.isdigit() for c in form):
        return _NUMBER
    if form.islower():
        return _LOWER
    if form.isupper() and len(form) > 1:
        return _CAPITALS
    if not form[0].isupper():
        return _OTHER
    if first:
        return _FIRST
    return _NAME if len(form) == 1 or form[1:].islower() else _MIXED


def match_words(these: Sequence[Word], others: Sequence[Word] | None, *, reference: bool = False) -> list[int]:
    """Return for each word how well the other side has it.

    ``NO_REFERENCE`` if there is no other side; else whether it has the word with both neighbours, with one,
    alone, only a word of the same stem, or nothing like it. Words of the reference take ids that are
    larger by six.

    Args:
        these: words of one side. others: words of the other side, None when there is none.
        reference: *these* are the words of the reference.
    """
    if others is None:
        return [NO_REFERENCE] * len(these)
    shift = _REFERENCE_SIDE if reference else 0
    forms = ["", *(w.lower for w in others), ""]
    bag, stems = set(forms), {_cut_to_stem(form) for form in forms}
    pairs = set(pairwise(forms))
    own_forms = ["", *(w.lower for w in these), ""]
    out: list[int] = []
    for before, form, after in zip(own_forms, own_forms[1:], own_forms[2:], strict=False):
        if form in bag:
            out.append(ALONE - ((before, form) in pairs) - ((form, after) in pairs) + shift)
        else:
            out.append((STEM if _cut_to_stem(form) in stems else MISSING) + shift)
    return out


def _cut_to_stem(form: str) -> str:
    """Cut up to three letters off a word, but never below four."""
    return form[: max(_STEM_LENGTH, len(form) - 3)]
