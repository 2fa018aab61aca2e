"""What is checked: a translation cut into segments, and what it stands against.

All is frozen; all positions are code points, half open, zero based.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stilted.core.offsets import OffsetMap


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start, end)`` in code points of some text; ``text[start:end]`` is what it covers."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of *text* that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether at least one character lies in both."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """Return the span moved by *by* characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Message:
    """What a catalogue knows a message by where its key is the source itself, as in those of gettext and Xcode.

    Attributes:
        text: the key. context: what tells messages of one text apart. form: the number of its plural form, from 0, the
            form for one; None where it has none. syntax: the language of its placeholders where a flag says so: ``c``.
    """

    text: str
    context: str | None = None
    form: int | None = None
    syntax: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """What is compared with what: a stretch of the translation and its reference and source, if any.

    ``target is None`` says that a reference stretch has no translation (omission); what has no reference
    is an addition where `Document.adds` says so.
    The spans place the strings in the document's texts and are None for loose segments, whose ``map`` places
    the target in the file, if they come from one. ``objects`` are what the opaque characters (U+FFFC) of target,
    reference and source stand for; ``notes`` is what the file tells translators.
    """

    id: str
    target: str | None
    reference: str | None = None
    source: str | None = None
    target_span: Span | None = None
    reference_span: Span | None = None
    source_span: Span | None = None
    map: OffsetMap | None = None
    objects: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] = ((), (), ())
    notes: tuple[str, ...] = ()
    moved: bool = False
    """Translation and reference belong together, but stand in different places of their texts."""
    gap: str = ""
    """Paragraphs that the source has behind what this segment stands for, and that surely nothing stands for."""
    message: Message | None = None
    """The key that ``id`` is made of, where it is the source."""
    arguments: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] = ((), (), ())
    """Names by which an ICU message chose target, reference and source among its branches."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A remark in a file that accepts the findings of a stretch of it.

    Attributes:
        span: the stretch, in the file. at: where the remark stands. rules: ids or families; empty for all.
        reason: why, in the author's words.
    """

    span: Span
    at: int
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments that together stand for a piece of the source, where nobody knows which of them for what.

    Attributes:
        first, last: a half-open range of segments. source: what they stand for.
    """

    first: int
    last: int
    source: str


class Need(StrEnum):
    """What a rule may not be able to work without, beside the translation."""

    REFERENCE = "reference"
    SOURCE = "source"
    DOCUMENT = "document"
    """A whole text, no loose segments."""
    MODEL = "model"
    """The one that reads the translation."""
    SOURCE_MODEL = "source model"
    """The one that reads the translation beside its source."""


@dataclass(frozen=True, slots=True)
class Document:
    """A translation cut into segments, with what it was aligned to.

    ``target``/``reference``/``source`` are the whole texts as given, or None: ``target`` is None for
    loose segments (`check_segments`), the others when the user gave none. ``file`` is the file that the
    translation was read from, where it is more than the text, and ``map`` places running text in it.
    ``format`` names its reader; ``notes`` are sentences about how it was read and joined. ``stretches`` are paired
    with the source as a whole where single segments are not.
    """

    name: str
    segments: tuple[Segment, ...]
    target: str | None = None
    reference: str | None = None
    source: str | None = None
    source_language: str | None = None
    has_reference: bool = False
    has_source: bool = False
    file: str | None = None
    map: OffsetMap | None = None
    format: str = "text"
    notes: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    @property
    def origin(self) -> str | None:
        """The text that places count in: the file's, else the translation as given; None for loose segments."""
        return self.target if self.file is None else self.file

    @property
    def placeholders_are_opaque(self) -> bool:
        """Tell whether a reader took the segments from a file, one by one, and put U+FFFC for what programs fill in."""
        return self.target is None and self.file is not None

    def adds(self, segment: Segment) -> bool:
        """Tell whether a segment's translation stands against nothing in the reference.

        In running text that is a segment without a reference; in loose data one whose reference is blank,
        since None there says that none is known.
        """
        if not (self.has_reference and segment.target and segment.target.strip()):
            return False
        if segment.reference is None:
            return self.target is not None
        return not segment.reference.strip()

    def has(self, need: Need) -> bool:
        """Tell whether this document meets a rule's *need* (the model is the rule's own affair)."""
        return {
            Need.REFERENCE: self.has_reference,
            Need.SOURCE: self.has_source,
            Need.DOCUMENT: self.target is not None,
            Need.MODEL: True,
            Need.SOURCE_MODEL: True,
        }[need]
