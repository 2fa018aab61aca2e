"""What every reader makes of a file: units of text, and where each of their characters stands."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass, field
from typing import Final

from stilted.core import foreign
from stilted.core.document import Message, Span, Suppression
from stilted.core.errors import UserError
from stilted.core.offsets import MapBuilder, OffsetMap

OBJECT: Final = foreign.OBJECT
"""What readers put in place of a placeholder, an inline tag or inline code."""

FULL_WIDTH: Final = "，。、；：？！（）「」『』【】《》"
"""Marks of Chinese and Japanese that end an address: no blank parts it from the text there."""

PLURALS: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The categories by which languages choose the form of a message (CLDR)."""

TRANSLATED: Final = "translated"
FUZZY: Final = "fuzzy"
UNTRANSLATED: Final = "untranslated"
LOCKED: Final = "not translatable"
MAX_UNITS: Final = 500_000
"""Most units of a file: one takes up to two kilobytes, however few bytes it has in the file."""

_NOWHERE: Final = Span(0, 0)

STATES: Final = (TRANSLATED, FUZZY, UNTRANSLATED, LOCKED)
"""Only units in the first state are checked; the others are counted."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as a person reads it, with the place of each character in the file.

    ``objects`` are the placeholders and tags that its `OBJECT` characters stand for, in their order, as written in
    the file. ``arguments`` are the names by which an ICU message chose it among its branches, the outermost first.
    """

    text: str
    map: OffsetMap
    objects: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()

    @staticmethod
    def of(built: MapBuilder, objects: tuple[str, ...] = ()) -> Text:
        """Return what *built* has put together."""
        return Text(*built.build(), objects)


@dataclass(frozen=True, slots=True)
class Unit:
    """One translation unit: a segment of a bilingual file, a message of a catalogue, a block of a document.

    Attributes:
        id: what the file calls it; a number where it has no name. target: the English text, None where there is none.
        source: the original, if the file holds it. reference: another translation, if the file holds one.
        state: one of `STATES`. notes: what the file tells translators about it. span: the unit in the file.
        message: the key that ``id`` is made of, where it is the source.
    """

    id: str
    target: Text | None
    source: Text | None = None
    reference: Text | None = None
    state: str = TRANSLATED
    notes: tuple[str, ...] = ()
    span: Span = _NOWHERE
    message: Message | None = None


def require_room(units: Sized, where: str) -> None:
    """Raise `UserError` where there are too many units for the memory of a common machine."""
    if len(units) > MAX_UNITS:
        raise UserError(f"more than {MAX_UNITS:,} units", where, "Split the file.")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read.

    Attributes:
        name: what the report calls it. format: the name of its reader. text: the file, decoded, without byte order
            mark; the offsets of all maps and spans count in it.
        units: in the order of the file. running: the units are the blocks of one document, in reading order; else
            they are independent of each other.
        language: of the targets, as the file declares it (BCP 47), None where it does not; source_language likewise.
        suppressions: remarks in the file that accept findings. notes: sentences about how it was read.
    """

    name: str
    format: str
    text: str = field(repr=False)
    units: tuple[Unit, ...]
    running: bool = False
    language: str | None = None
    source_language: str | None = None
    suppressions: tuple[Suppression, ...] = ()
    notes: tuple[str, ...] = ()
