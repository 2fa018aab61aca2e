"""What of a text must come through a translation unchanged, by one lexer for files and loose segments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stilted.core.offsets import OffsetMap
from stilted.formats import icu
from stilted.formats.placeholders import (
    TAG,
    Placeholder,
    find_closed,
    find_entities,
    find_loose_placeholders,
    find_placeholders,
    name_placeholder,
)
from stilted.formats.units import OBJECT, Text
from stilted.rules.checks.markup.addresses import find_addresses

HINT: Final = re.compile(r"[{%％<&@$]|://|\ufffc|(?<!\w):[a-z]")
"""A text without these holds nothing of the kind."""
_CODE: Final = re.compile(r"`[^`\n]{1,300}`")
_FORMS: Final = re.compile(r"(?<=[^|])\|(?=[^|])")
_WORD: Final = re.compile(r"\w+")
_MOST: Final = 500
_WIDE: Final = "％"

NUMBER: Final = "#"
"""What stands in a branch for the number that it was chosen by."""


@dataclass(frozen=True, slots=True)
class Side:
    """A text, and what its opaque characters stand for, where a reader of files has put such.

    ``read`` says that one has, by the syntax that the file names, so that there are no other placeholders; of a message
    with branches, ``arguments`` are what this one was chosen by. ``wide_signs`` says that a full-width per cent sign
    may begin a placeholder: whoever wrote a source meant one by it.
    """

    text: str
    objects: tuple[str, ...] = ()
    read: bool = False
    arguments: tuple[str, ...] = ()
    wide_signs: bool = False


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces in order; ``forms`` says that they are of several forms of a message, each thing once.

    ``arguments`` are what a message chooses its branches by, which need not be told in any of them.
    """

    found: tuple[Placeholder, ...]
    forms: bool = False
    arguments: tuple[Placeholder, ...] = ()


def find_pieces(side: Side) -> Pieces:
    """Return the placeholders, tags, signs and addresses of a text."""
    if not side.read and icu.has_choice(side.text):
        return _find_in_message(side.text)
    closed = find_closed(side.text + "".join(side.objects))
    places = (at for at, char in enumerate(side.text) if char == OBJECT)
    pieces = [name_placeholder(raw, at, at + 1, closed) for at, raw in zip(places, side.objects, strict=False) if raw]
    places_of_number = [(piece.start, piece.end) for piece in pieces if piece.text == NUMBER]
    for finder in (find_placeholders, find_loose_placeholders, find_entities, find_addresses):
        if finder is not find_placeholders or not side.read:
            pieces += _drop_overlaps(finder(side.text), pieces)
    if side.wide_signs and _WIDE in side.text:
        meant = find_placeholders(side.text.replace(_WIDE, "%"))
        pieces += _drop_overlaps((piece for piece in meant if side.text[piece.start] == _WIDE), pieces)
    quoted = [code.span() for code in _CODE.finditer(side.text)]  # documentation speaks of tags there
    kept = [one for one in pieces if one.kind != TAG or not _is_within(one.start, quoted)]
    ordered = _number_arguments(sorted(kept, key=lambda piece: piece.start)[:_MOST])
    place = next(iter(places_of_number), _find_first_word(side.text))
    arguments = tuple(_make_argument(name, *place) for name in side.arguments)
    return Pieces(tuple(ordered), _FORMS.search(side.text) is not None, arguments)


def _find_first_word(text: str) -> tuple[int, int]:
    word = _WORD.search(text)
    return word.span() if word else (0, len(text))


def _make_argument(name: str, start: int, end: int) -> Placeholder:
    return name_placeholder(f"{{{name}}}", start, end)


def _drop_overlaps(new: Iterable[Placeholder], taken: Sequence[Placeholder]) -> list[Placeholder]:
    """Return the *new* pieces that overlap none that is *taken*, of which no two overlap."""
    spans = sorted((piece.start, piece.end) for piece in taken)

    def is_free(piece: Placeholder) -> bool:
        before = bisect_left(spans, (piece.end,))
        return not before or spans[before - 1][1] <= piece.start

    return [piece for piece in new if is_free(piece)]


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place is in one of the *spans* and not its first; they stand in order and do not overlap."""
    before = bisect_left(spans, (at,))
    return before > 0 and at < spans[before - 1][1]


def _find_in_message(text: str) -> Pieces:
    """Return what the forms of an ICU message hold; nothing where it does not parse."""
    try:
        forms = icu.list_forms(Text(text, OffsetMap.verbatim(len(text))))
    except icu.MessageError:
        return Pieces((), True)
    pieces: dict[tuple[str, str], Placeholder] = {}
    for _, form in forms:
        places = (at for at, char in enumerate(form.text) if char == OBJECT)
        for at, raw in zip(places, form.objects, strict=True):
            piece = name_placeholder(raw, *form.map.place(at, at + 1))
            pieces.setdefault(piece.key, piece)
    names = dict.fromkeys(name for _, form in forms for name in form.arguments)
    arguments = tuple(_make_argument(name, *(icu.find_choice(text, name) or (0, 0))) for name in names)
    return Pieces(tuple(sorted(pieces.values(), key=lambda piece: piece.start)), True, arguments)


def _number_arguments(pieces: Sequence[Placeholder]) -> list[Placeholder]:
    """Give what takes the next argument its number, as ``%s`` and ``%s`` are ``%1$s`` and ``%2$s``."""
    counts: Counter[str] = Counter()
    out = []
    for piece in pieces:
        if piece.ordered:
            counts[piece.name[:1]] += 1 + piece.text.count("*")  # a width or precision takes an argument, too
            piece = replace(piece, name=f"{piece.name[:1]}{counts[piece.name[:1]]}{piece.name[1:]}")
        out.append(piece)
    return out
