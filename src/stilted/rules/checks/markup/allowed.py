"""Pieces that one side alone may have: told in words, written anew, a reader's own, or no markup at all."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from stilted.formats.placeholders import (
    LAYOUT,
    METAVARIABLE,
    PROTECTED,
    SYMBOL,
    TAG,
    Placeholder,
    find_closed,
    is_left_open,
)
from stilted.rules.checks.markup.addresses import ADDRESS, find_paths, get_path, is_slip
from stilted.rules.checks.markup.pieces import Pieces, Side, find_pieces

_WORD: Final = re.compile(r"[^\W_]+")
_CALLED: Final = frozenset({"element", "elements", "tag", "tags"})
"""What elements are called in a text that speaks of them."""
_DIGITS: Final = re.compile(r"\d+")
_WORDED: Final = re.compile(
    r"[^\x00-\x7f]|\w \w|: |\{\s?\}|(?<!\{)\{[^{},]{1,60},"
    r"(?!\s?(?:number|date|time|duration|ordinal|spellout|plural|select|selectordinal)\b)|^%\w+%$"
)
"""What on a page holds nothing, words, or a list of names: an example whose parts are translated."""


def leave_out(
    target: Side, own: Pieces, model: Side, extra: list[Placeholder], missing: list[Placeholder]
) -> tuple[list[Placeholder], list[Placeholder]]:
    """Return what is *extra* in a translation and what is *missing* without what may be so.

    Args:
        own: the pieces of *target*. model: the original.
    """
    extra, missing = _drop_addresses(own, *_drop_metavariables(extra, missing))
    extra, missing = _drop_written_anew(*_drop_mended(extra, missing))
    if any(piece.kind == TAG for piece in extra):
        wanted = find_pieces(model)
        extra = [piece for piece in extra if not _balances(piece, own, wanted)]
    if missing:
        closed = find_closed(model.text + "".join(model.objects))
        missing = [piece for piece in missing if not _may_be_none(piece, closed, own)]
        said = _read_prose(target.text, own)
        missing = [piece for piece in missing if not _is_said(piece, said)]
    return extra, missing


def is_prose(piece: Placeholder) -> bool:
    """Tell whether a page may say it in words: braces around an example, ``:name`` behind a colon.

    What is a word for people anyway is kept, as it may stand for a name on the other side.
    """
    return piece.kind != METAVARIABLE and (piece.loose or _WORDED.search(piece.text) is not None)


def _drop_metavariables(
    extra: list[Placeholder], missing: list[Placeholder]
) -> tuple[list[Placeholder], list[Placeholder]]:
    """Leave out breaks, spaces and signs that were added, and what a reader is to fill in, which is translated."""
    free = sum(piece.kind == METAVARIABLE for piece in missing)
    hashes = [piece for piece in missing if piece.text == "#"]
    kept = []
    for piece in extra:
        if piece.kind in (LAYOUT, METAVARIABLE, SYMBOL):
            continue
        if piece.kind == TAG and free and not piece.name.startswith("</"):
            free -= 1
        elif piece.text.startswith("{") and hashes:
            missing.remove(hashes.pop())  # within a plural "#" is its variable
        elif piece.text.startswith("{") and free:
            free -= 1  # the original has a word for people in these braces
        else:
            kept.append(piece)
    return kept, [piece for piece in missing if piece.kind not in (LAYOUT, METAVARIABLE)]


def _drop_addresses(
    own: Pieces, extra: list[Placeholder], missing: list[Placeholder]
) -> tuple[list[Placeholder], list[Placeholder]]:
    """Leave out links to a page of the reader's own, and keep the slips in addresses and addresses that are gone."""
    lost = [piece for piece in missing if piece.kind == ADDRESS]
    slips = {new.start: old for new in extra if new.kind == ADDRESS for old in lost if is_slip(new.name, old.name)}
    instead = any(piece.kind == ADDRESS for piece in own.found)
    gone = [piece for piece in lost if piece in slips.values() or not instead]
    kept = [piece for piece in extra if piece.kind != ADDRESS or piece.start in slips]
    return kept, [piece for piece in missing if piece.kind != ADDRESS or piece in gone]


def _drop_mended(extra: list[Placeholder], missing: list[Placeholder]) -> tuple[list[Placeholder], list[Placeholder]]:
    """Leave out what only the original has wrong: ``</ b>``, which closes nothing, for ``</b>``."""
    broken = Counter(piece.name for piece in missing if piece.name.startswith("</ "))
    kept, mended = [], Counter[str]()
    for piece in extra:
        name = piece.name.replace("</", "</ ", 1)
        if piece.kind == TAG and broken[name] > mended[name]:
            mended[name] += 1
        else:
            kept.append(piece)
    left = []
    for piece in missing:
        if mended[piece.name]:
            mended[piece.name] -= 1
        else:
            left.append(piece)
    return kept, left


def _balances(piece: Placeholder, own: Pieces, wanted: Pieces) -> bool:
    """Tell whether a tag closes or opens what the original, and only that, leaves open or closes twice."""
    bare = piece.name.strip("</>")
    if piece.kind != TAG:
        return False
    here, there = (_count_open(pieces, bare) for pieces in (own, wanted))
    return here == 0 and (there > 0 if piece.name.startswith("</") else there < 0)


def _count_open(pieces: Pieces, bare: str) -> int:
    """Return how many more tags of a name open than close."""
    return sum(1 if one.name == f"<{bare}>" else -1 if one.name == f"</{bare}>" else 0 for one in pieces.found)


def _drop_written_anew(
    extra: list[Placeholder], missing: list[Placeholder]
) -> tuple[list[Placeholder], list[Placeholder]]:
    """Leave out tags where many stand for many others: the text, such as a page of help, was written afresh."""
    new, old = (sum(piece.kind == TAG for piece in pieces) for pieces in (extra, missing))
    if min(new, old) < _ANEW:
        return extra, missing
    return [piece for piece in extra if piece.kind != TAG], [piece for piece in missing if piece.kind != TAG]


_ANEW: Final = 6


def _may_be_none(piece: Placeholder, closed: frozenset[str], own: Pieces) -> bool:
    """Tell whether what the original has may be no markup: ``%s`` with letters behind it, an element spoken of."""
    if piece.kind != TAG:
        return piece.loose and piece.ordered
    name = piece.name.strip("</>")
    return is_left_open(piece, closed) and not any(
        one.kind == TAG and one.name.strip("</>") == name for one in own.found
    )


def _blank_tags(text: str, pieces: Pieces) -> str:
    """Return a text with blanks in place of its tags: the name of a tag is no text."""
    characters = list(text)
    for piece in pieces.found:
        if piece.kind == TAG:
            characters[piece.start : piece.end] = " " * (piece.end - piece.start)
    return "".join(characters)


class _Prose(NamedTuple):
    """What a text says that may stand for a piece; read once, since a hostile text lacks hundreds of them.

    Attributes:
        words: in lower case, without those of tags. figures: all runs of digits. paths: as `find_paths` names them.
        is_loose: it has a placeholder of the kind that may be none.
    """

    text: str
    words: frozenset[str]
    figures: frozenset[str]
    paths: frozenset[str]
    is_loose: bool


def _read_prose(text: str, pieces: Pieces) -> _Prose:
    words = frozenset(word.lower() for word in _WORD.findall(_blank_tags(text, pieces)))
    figures, paths = frozenset(_DIGITS.findall(text)), frozenset(find_paths(text))
    return _Prose(text, words, figures, paths, any(piece.loose for piece in pieces.found))


def _is_said(piece: Placeholder, said: _Prose) -> bool:
    """Tell whether a text says otherwise what a piece stands for.

    A sign as it is, a percentage behind its figure, an element that is spoken of (“the input element”) by its name, a
    page of the same site by its path. What is called like a word of one letter must be called an element.
    """
    if piece.kind in (SYMBOL, PROTECTED):
        return piece.name in said.text
    if piece.kind == TAG:
        name = piece.name.strip("</>").lower()
        return name in said.words and (len(name) > 1 or not _CALLED.isdisjoint(said.words))
    if piece.kind == ADDRESS:
        return get_path(piece.name) in said.paths
    figures = _DIGITS.findall(piece.text)
    return piece.loose and not said.is_loose and len(figures) == 1 and figures[0] in said.figures
