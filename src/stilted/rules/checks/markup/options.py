"""Options of commands, which are the same in every language: ``-v``, ``--verbose``.

A translator may leave one out or say it in words. But where each side has one that the other lacks, and the two are
alike, one of them is miswritten, and the reader of a translation types what does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from stilted.core.model import Span
from stilted.formats.units import OBJECT
from stilted.rules.checks.markup.pieces import Side

_OPTION: Final = re.compile(
    r"(?<![\w\-–—%=/<>:.+])(?:--[a-z][a-z0-9]{1,30}(?:-[a-z0-9]{1,30}){0,6}|-[A-Za-z])(?![\w-])"
)
_ALIKE: Final = 0.6
"""Likeness (Ratcliff and Obershelp) of two long options from which one is the other miswritten, in a pair of strings:
of 3,755 pairs with options, in catalogues of programs, eight have one on each side that the other lacks, all faults."""
_MUCH_ALIKE: Final = 0.8
"""The same on pages, whose sentences are paired by likeness, so that the next one may speak of another option."""


def find_changed_option(target: Side, source: Side, *, on_page: bool) -> tuple[Span, str] | None:
    """Return where the translation has another option than the source, and the source's; None where it has not."""
    own = dict(_find_options(target))
    wanted = dict(_find_options(source))
    extra, missing = own.keys() - wanted.keys(), wanted.keys() - own.keys()
    if len(extra) != 1 or len(missing) != 1:
        return None
    new, old = min(extra), min(missing)
    return (own[new], old) if _is_miswritten(new, old, on_page=on_page) else None


def _find_options(side: Side) -> Iterator[tuple[str, Span]]:
    """Yield the options of a text and of what its opaque characters stand for, the first of each last."""
    hidden = [at for at, char in enumerate(side.text) if char == OBJECT]
    found = [(match.group(), Span(*match.span())) for match in _OPTION.finditer(side.text)]
    for at, code in zip(hidden, side.objects, strict=False):
        found += [(match.group(), Span(at, at + 1)) for match in _OPTION.finditer(code)]
    yield from sorted(found, key=lambda option: -option[1].start)


def _is_miswritten(new: str, old: str, *, on_page: bool) -> bool:
    if new.startswith("--") != old.startswith("--"):
        return False
    if not new.startswith("--"):
        return not on_page
    likeness = SequenceMatcher(None, new[2:], old[2:], autojunk=False).ratio()
    return likeness >= (_MUCH_ALIKE if on_page else _ALIKE)
