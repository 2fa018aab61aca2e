"""Marked text: ``a <v>bad</v> word`` <-> the plain text and its spans.

Rule examples, gold corpora and public MQM data share this notation. Gold marks may carry attributes,
``<v cat="Style/Awkward style" sev="minor">…</v>``; marks do not nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stilted.core.errors import UserError

_TAG = re.compile(r'<v(?P<attrs>(?: [a-z]+="[^"<>]*")*)>|</v>')
_ATTR = re.compile(r' ([a-z]+)="([^"<>]*)"')


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch ``[start, end)`` in code points of the plain text, with its attributes."""

    start: int
    end: int
    attrs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the attribute *key*."""
        return dict(self.attrs).get(key, default)


def parse(marked: str, where: str = "marked text") -> tuple[str, tuple[Mark, ...]]:
    """Split marked text into the plain text and its marks.

    Raises:
        UserError: a mark is opened twice, closed without being open, or never closed.
    """
    plain: list[str] = []
    marks: list[Mark] = []
    length = cursor = 0
    opened: tuple[int, tuple[tuple[str, str], ...]] | None = None
    for tag in _TAG.finditer(marked):
        piece = marked[cursor : tag.start()]
        plain.append(piece)
        length += len(piece)
        cursor = tag.end()
        if tag.group() == "</v>":
            if opened is None:
                raise UserError(f"'</v>' at {tag.start()} closes no mark", where)
            marks.append(Mark(opened[0], length, opened[1]))
            opened = None
        elif opened is not None:
            raise UserError(f"'<v>' at {tag.start()} opens a mark inside a mark", where, "Marks do not nest.")
        else:
            opened = (length, tuple(_ATTR.findall(tag.group("attrs"))))
    if opened is not None:
        raise UserError(f"the mark opened at {opened[0]} is never closed", where, "Add '</v>'.")
    plain.append(marked[cursor:])
    return "".join(plain), tuple(marks)


def render(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Write ``<v>`` marks around disjoint ``(start, end)`` spans of *text*: the inverse of `parse`."""
    out: list[str] = []
    cursor = 0
    for start, end in sorted(spans):
        if start < cursor:
            raise ValueError(f"span ({start}, {end}) overlaps the one before it")
        out += [text[cursor:start], "<v>", text[start:end], "</v>"]
        cursor = end
    return "".join([*out, text[cursor:]])
