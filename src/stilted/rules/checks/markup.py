"""Placeholders, tags, entities, addresses and hashtags that must come through a translation unchanged."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Finding, Hit, Rule, Span

_TOKEN: Final = re.compile(
    r"(?P<placeholder>\{\{[\w.\- ]{0,40}\}\}|\$?\{[\w.\-]{0,40}\}"
    r"|(?<![\d%])%(?:\d{1,2}\$)?[sdif@](?![A-Za-z])|%\(\w{1,40}\)[sdf])"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,12}(?: [^<>]{0,200})?/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6});)"
    r"|(?P<address>https?://[^\s<>\"“”，。）)]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<hashtag>(?<![\w&/#])#[^\W\d_]\w{1,60})"
)
_HINT: Final = re.compile(r"[{%<&@#]|://")
_TRAILING: Final = ".,;:!?'’"
_OPAQUE: Final = re.compile("\ufffc")
_ELEMENT: Final = re.compile(r"<(\w{1,20})\b[^>]*?\s(?:id|rid|i|x)=[\"']([^\"'>]{0,80})")
_STRICT: Final = frozenset({"placeholder", "tag", "entity", "object"})
"""Kinds of which a translation must not have more than its source either."""
_MAX_PIECES: Final = 500
"""Pieces of a segment that are compared: the time grows with their square."""
_WORD: Final = re.compile(r"[^\W_]+")


class _Piece(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    key: str = ""
    """What makes it the same as another, where its text need not be equal."""

    @property
    def name(self) -> tuple[str, str]:
        """What to compare."""
        return self.kind, self.key or self.text


class _Side(NamedTuple):
    """A text, and what its opaque characters stand for, where a reader of files has put such."""

    text: str
    objects: tuple[str, ...] = ()


def _pieces(side: _Side) -> list[_Piece]:
    text = side.text
    found = [_object(at.start(), raw) for at, raw in zip(_OPAQUE.finditer(text), side.objects, strict=False)]
    if not _HINT.search(text):
        return found
    for match in islice(_TOKEN.finditer(text), _MAX_PIECES):
        kind = match.lastgroup or ""
        written = match.group().rstrip(_TRAILING) if kind == "address" else match.group()
        found.append(_Piece(kind, written, match.start(), match.start() + len(written)))
    return sorted(found, key=lambda piece: piece.start)


def _object(at: int, raw: str) -> _Piece:
    """Name an inline element by its tag and number alone: its other attributes may be translated."""
    tag = _ELEMENT.match(raw)
    return _Piece("object", raw, at, at + 1, f"<{tag[1]} {tag[2]}>" if tag else "")


def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        mine, theirs, source = segment.objects
        originals = [_Side(segment.source, source)] if segment.source else []
        if segment.reference and (theirs or not mine):  # a reference of another kind may not show what is opaque here
            originals.append(_Side(segment.reference, theirs))
        target = _Side(segment.target or "", mine)
        if target.text and originals and any(side.objects or _HINT.search(side.text) for side in (target, *originals)):
            yield from _differences(number, target, originals)


def _differences(number: int, target: _Side, originals: list[_Side]) -> Iterator[Hit]:
    """Compare with the source, or else the reference; with both, only what they agree on is missing or added."""
    model = originals[0]
    mine, wanted = _pieces(target), _pieces(model)
    extra, missing = _left_over(mine, wanted), _left_over(wanted, mine)
    for other in originals[1:]:
        known = {piece.name for piece in _pieces(other)}
        extra = [piece for piece in extra if piece.name not in known]
        missing = [piece for piece in missing if piece.name in known]
    for piece in extra:
        twin = next((m for m in missing if m.kind == piece.kind), None)
        if twin:
            missing.remove(twin)
            message = f"The original has “{twin.text}” here."
            yield Hit("markup/changed", number, Span(piece.start, piece.end), message, (twin.text,))
        elif piece.kind in _STRICT:
            message = f"The original has no “{piece.text}”."
            yield Hit("markup/added", number, Span(piece.start, piece.end), message, ("",))
    yield from _missing(number, target.text, model.text, missing)


def _missing(number: int, target: str, model: str, missing: list[_Piece]) -> Iterator[Hit]:
    """Mark the word that stands about where the lost piece stood in the original."""
    words = list(_WORD.finditer(target)) if missing else []
    for piece in missing:
        written = piece.kind == "entity" and html.unescape(piece.text) in target
        if piece.kind != "hashtag" and words and not written:
            share = piece.start / max(1, len(model))
            near = min(words, key=lambda w: abs(w.start() / len(target) - share))
            message = f"“{piece.text}” of the original is missing, perhaps here."
            yield Hit("markup/missing", number, Span(near.start(), near.end()), message)


def _left_over(pieces: list[_Piece], others: list[_Piece]) -> list[_Piece]:
    """Return the pieces that the other side does not have, or not as often."""
    stock = Counter(piece.name for piece in others)
    found = []
    for piece in pieces:
        if stock[piece.name]:
            stock[piece.name] -= 1
        else:
            found.append(piece)
    return found


def _read(document: Document, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the placeholders, tags and other marks that were read on each side."""
    segment = document.segments[finding.segment]
    texts = (segment.target, segment.reference, segment.source)
    for label, text, objects in zip(("read here", "reference", "read there"), texts, segment.objects, strict=True):
        if text is not None:
            yield label, " ".join(piece.text for piece in _pieces(_Side(text, objects))) or "none"


_WRITTEN = (
    Rule(
        id="markup/changed",
        category="Design and markup/Markup tag",
        severity="major",
        message="This differs from the original and must not.",
        why="Engines rewrite placeholders, tags and addresses; the program or the reader then cannot use them.",
        find=_find,
        bad=(
            Example.of("Hello, <v>{Name}</v>!", "Hello, {name}!", source="Hallo, {name}!"),
            Example.of(
                "Write to <v>sale@lamp.example</v>.",
                "Write to sales@lamp.example.",
                source="Schreiben Sie an sales@lamp.example.",
            ),
        ),
        good=(
            Example.of("Of %1$d files, %2$s is new.", source="Von %1$d Dateien ist %2$s neu."),
            Example.of("It grew by 5% in May, see https://lamp.example.", source="+5% im Mai: https://lamp.example"),
        ),
        confidence=0.9,
    ),
    Rule(
        id="markup/missing",
        category="Design and markup/Markup tag",
        severity="major",
        message="A placeholder, tag or address of the original is missing.",
        why="Engines drop what is no word; the program cannot fill in the value, the reader cannot follow the link.",
        find=_find,
        bad=(Example.of("<v>Hello</v> again!", None, source="{{name}}, hallo!"),),
        good=(
            Example.of("Hello, {{name}}!", source="Hallo, {{name}}!"),
            Example.of("Follow us.", reference="Follow us #lamps"),
        ),
        confidence=0.8,
    ),
    Rule(
        id="markup/added",
        category="Design and markup/Markup tag",
        severity="major",
        message="The original has no such placeholder or tag.",
        why="Engines invent or double tags; the page then shows them or breaks.",
        find=_find,
        bad=(Example.of("Save<v>&nbsp;</v> and close", "Save and close", source="Speichern und schließen"),),
        good=(Example.of("Save&nbsp;and close", source="Speichern&nbsp;und schließen"),),
        confidence=0.8,
    ),
)

RULES = tuple(replace(rule, evidence=_read) for rule in _WRITTEN)
