r"""Subtitles: SubRip (.srt) and WebVTT (.vtt), sentence by sentence instead of cue by cue.

A sentence runs across cues, so consecutive cues are one unit until one of them ends with sentence-final punctuation,
nothing is shown for `GAP`, or another speaker begins (a dash, or another ``<v Name>``); the line ends and timings
between read as one space. Formatting (``<i>``, ``<c.loud>``, ``{\an8}``) vanishes. A WebVTT comment may be a remark:
``NOTE stilted-ignore: numbers -- as spoken``.

The syntax is that of WebVTT (W3C, sections 4.1 and 4.2); SubRip has none but what players read, and they also read a
cue without a number and a blank line within a cue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from stilted.core.document import Span
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.offsets import Lines, MapBuilder
from stilted.formats.reader import TextReader
from stilted.formats.references import decode_reference
from stilted.formats.remarks import Remark, make_suppressions, read_remark
from stilted.formats.units import TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room

GAP: Final = 2_000
"""Milliseconds without a cue after which a sentence is taken to be over."""

_TIME: Final = r"(?:(\d{1,9}):)?([0-5]\d):([0-5]\d)[.,](\d{1,3})"
_TIMING: Final = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?", re.ASCII)
_ANY_TIME: Final = re.compile(r"\d:\d\d|-->", re.ASCII)
_LANGUAGE: Final = re.compile(r"language:[ \t]*([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*)[ \t]*", re.IGNORECASE)

_CODES: Final = r"(?P<code>\{[^{}]*\\p[1-9][^{}]*\}[^{}]*|\{\\[^{}]*\}|\{/?[bius]\}|\{[ycfsp]:[^{}]*\})"
_BREAKS: Final = r"(?P<wrap><br[ \t]*/?>|\\N|\\h)"
_SRT_TAGS: Final = r"(?P<tag></?(?:i|b|u|s|font|c|v|lang|ruby)(?![a-z0-9-])[^<>]*>)"
_VTT_TAGS: Final = r"(?P<tag><rt\b[^<>]*>[^<>]*</rt>|</?[a-z0-9.][^<>]*>|</?>)"
_VTT_ENTITIES: Final = r"(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)"
_SRT: Final = re.compile(f"{_CODES}|{_BREAKS}|{_SRT_TAGS}", re.IGNORECASE)
_VTT: Final = re.compile(f"{_CODES}|{_BREAKS}|{_VTT_TAGS}|{_VTT_ENTITIES}", re.IGNORECASE)
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\s][^<>]*)>", re.IGNORECASE)

_SPEAKER: Final = re.compile(r"[-‐–—―](?![-‐–—―\d])\s*(?=\S)")
"""The dash in front of what one of several speakers says; ``-5`` is a number and ``--`` an interruption."""
_FINAL: Final = re.compile(r"[.!?…。！？♪♫][\"'”’»)\]]*$")
_SOUND: Final = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")

Piece = tuple[str, int, int]
"""Characters as read, and the start and end of what they are read from."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue as it stands: its name, when it is shown in milliseconds, and its lines of text."""

    id: str
    begin: int
    end: int
    start: int
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One line of a cue, or a cue without text; ``opens`` says that it begins a unit."""

    cue: _Cue
    pieces: tuple[Piece, ...]
    opens: bool


@dataclass(slots=True)
class _File:
    """What the blocks of a file are sorted into."""

    cues: list[_Cue] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    language: str | None = None


def _recognises(head: str) -> bool:
    """Tell whether a file begins like subtitles."""
    lines = [line for line in head.splitlines()[:20] if line.strip()][:2]
    return _is_vtt(head) or (
        len(lines) == 2 and lines[0].strip().isdecimal() and _TIMING.fullmatch(lines[1]) is not None
    )


def _is_vtt(text: str) -> bool:
    return text.startswith("WEBVTT") and text[6:7] in ("", " ", "\t", "\r", "\n")


def read_subtitles(text: str, name: str) -> Parsed:
    """Return the sentences of subtitles; their ids are the numbers of their cues, ``12`` or ``12–14``.

    Raises:
        UserError: a cue without a proper timing line or cut off behind it, a .vtt file without its signature, a remark
            that cannot be read, or no cue at all.
    """
    vtt = _is_vtt(text)
    if name.lower().endswith(".vtt") and not vtt:
        raise UserError("a WebVTT file begins with WEBVTT", f"{name}:1", "Write WEBVTT and a blank line at the top.")
    file = _sort_blocks(text, name, vtt)
    if not file.cues:
        raise NothingToCheckError("holds no units", name, "Give a file with subtitles in it.")
    require_room(file.cues, name)
    phrases = list(_read_phrases(file.cues, _VTT if vtt else _SRT))
    units = tuple(_make_units(phrases))
    blocks = [unit.span for unit in units if len(unit.span)]
    accepted = make_suppressions(file.remarks, blocks, _find_reaches(phrases, blocks), len(text))
    return Parsed(name, "subtitles", text, units, running=True, language=file.language, suppressions=accepted)


def _cut_blocks(text: str) -> Iterator[list[_Line]]:
    """Yield the runs of lines that are not blank."""
    starts = Lines.of(text).starts
    block: list[_Line] = []
    for number, start in enumerate(starts, 1):
        end = starts[number] if number < len(starts) else len(text)
        line = text[start:end].rstrip("\r\n")
        if line.strip():
            block.append(_Line(number, line, start))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _sort_blocks(text: str, name: str, vtt: bool) -> _File:
    """Tell cues from the header, comments and styles."""
    file = _File()
    for number, block in enumerate(_cut_blocks(text)):
        head = block[0].text.split(maxsplit=1)[0]
        if vtt and number == 0:
            declared = (_LANGUAGE.fullmatch(line.text) for line in block)
            file.language = next((match[1] for match in declared if match), None)
        elif vtt and head == "NOTE" and not _find_timing(block):
            said = " ".join(line.text for line in block).strip()[len("NOTE") :]
            parsed = read_remark(said, block[0].start, f"{name}:{block[0].number}")
            file.remarks += [parsed] if parsed else []
        elif vtt and block[0].text.rstrip() in ("STYLE", "REGION") and not _find_timing(block):
            continue
        elif not vtt and file.cues and not _begins_cue(block):
            last = file.cues.pop()
            file.cues.append(
                _Cue(last.id, last.begin, last.end, last.start, (*last.lines, *_check_lines(block, name, vtt)))
            )
        else:
            file.cues.append(_read_cue(block, name, vtt, len(file.cues) + 1, len(text)))
    return file


def _find_timing(block: Sequence[_Line]) -> int | None:
    """Return which of its first two lines says when a cue is shown; None if neither does."""
    return next((i for i, line in enumerate(block[:2]) if _TIMING.fullmatch(line.text)), None)


def _begins_cue(block: Sequence[_Line]) -> bool:
    """Tell whether a block looks like a cue, be it a broken one, and not like more text of the one in front of it."""
    return block[0].text.strip().isdecimal() or any(_ANY_TIME.search(line.text) for line in block[:2])


def _read_cue(block: Sequence[_Line], name: str, vtt: bool, number: int, size: int) -> _Cue:
    at = _find_timing(block)
    if at is None:
        broken = next((line for line in block[:2] if _ANY_TIME.search(line.text)), block[:2][-1])
        raise UserError(
            f"cue {number} has no timing line" if broken is block[0] else f"the timing line of cue {number} is broken",
            f"{name}:{broken.number}",
            "Write 00:01:02.000 --> 00:01:04.500" if vtt else "Write 00:01:02,000 --> 00:01:04,500",
        )
    timing = block[at]
    if timing is block[-1] and timing.start + len(timing.text) + 2 >= size:
        raise UserError("the file ends behind a timing line", f"{name}:{timing.number}", "Is the file complete?")
    match = _TIMING.fullmatch(timing.text)
    times = match.groups() if match else ()
    own = block[0].text.strip() if at else str(number)
    lines = _check_lines(block[at + 1 :], name, vtt)
    return _Cue(own, _count_milliseconds(times[:4]), _count_milliseconds(times[4:]), block[0].start, lines)


def _check_lines(lines: Sequence[_Line], name: str, vtt: bool) -> tuple[_Line, ...]:
    """Return the lines, none of which may belong to another cue."""
    for line in lines:
        if _TIMING.fullmatch(line.text) or (vtt and "-->" in line.text):
            raise UserError("a timing line within a cue", f"{name}:{line.number}", "Put a blank line above its cue.")
    return tuple(lines)


def _count_milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def _read_phrases(cues: Iterable[_Cue], syntax: re.Pattern[str]) -> Iterator[_Phrase]:
    """Yield the lines of all cues as read, and which of them begin a unit."""
    before: _Cue | None = None
    voice, over = "", True
    for cue in cues:
        rows = [(line.text, _trim(_cut_line(line, syntax))) for line in cue.lines]
        rows = [row for row in rows if row[1]]
        phrase = " ".join(_join_words(pieces) for _, pieces in rows)
        sound = _SOUND.fullmatch(phrase) is not None
        opens = over or sound or not rows or before is None or not before.begin <= cue.begin <= before.end + GAP
        for raw, pieces in rows:
            said = _VOICE.search(raw)
            other = said is not None and said[1].strip() != voice
            voice = said[1].strip() if said else voice
            dash = _SPEAKER.match(_join_words(pieces))
            yield _Phrase(cue, _drop_first(pieces, dash.end()) if dash else pieces, opens or other or dash is not None)
            opens = False
        if not rows:
            yield _Phrase(cue, (), opens)
        before, over = cue, sound or not rows or _FINAL.search(phrase) is not None


def _cut_line(line: _Line, syntax: re.Pattern[str]) -> Iterator[Piece]:
    """Cut a line into what is read, without tags and codes."""
    at = 0
    for mark in syntax.finditer(line.text):
        yield line.text[at : mark.start()], line.start + at, line.start + mark.start()
        at = mark.end()
        if mark.lastgroup in ("wrap", "entity"):
            read_as = " " if mark.lastgroup == "wrap" else decode_reference(mark[0])
            yield read_as, line.start + mark.start(), line.start + at
    yield line.text[at:], line.start + at, line.start + len(line.text)


def _trim(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Leave out blanks at both ends."""
    kept = list(pieces)
    words = _join_words(kept)
    kept = list(_drop_first(kept, len(words) - len(words.lstrip())))
    while kept and len(kept[-1][0].rstrip()) < len(kept[-1][0]):
        text, start, end = kept.pop()
        bare = text.rstrip()
        if bare:
            kept.append((bare, start, start + len(bare) if end - start == len(text) else end))
    return tuple(kept)


def _drop_first(pieces: Iterable[Piece], count: int) -> tuple[Piece, ...]:
    """Leave out the first *count* characters, and pieces without any."""
    kept = []
    for text, start, end in pieces:
        cut = min(count, len(text))
        count -= cut
        if cut < len(text):
            kept.append((text[cut:], start + cut if end - start == len(text) else start, end))
    return tuple(kept)


def _join_words(pieces: Iterable[Piece]) -> str:
    return "".join(text for text, _, _ in pieces)


def _make_units(phrases: Sequence[_Phrase]) -> Iterator[Unit]:
    starts = [number for number, phrase in enumerate(phrases) if phrase.opens]
    seen: Counter[str] = Counter()
    for start, end in zip(starts, [*starts[1:], len(phrases)], strict=True):
        yield _make_unit(phrases[start:end], seen)


def _make_unit(phrases: Sequence[_Phrase], seen: Counter[str]) -> Unit:
    """Make a unit of the lines of a sentence; *seen* counts the ids given, since numbers of cues may come twice."""
    first, last = phrases[0].cue, phrases[-1].cue
    own = first.id if first.id == last.id else f"{first.id}–{last.id}"
    seen[own] += 1
    own = own if seen[own] == 1 else f"{own}#{seen[own]}"
    built, end = MapBuilder(), 0
    for phrase in phrases:
        if len(built):
            built.add(" ", end, phrase.pieces[0][1])
        for text, start, end in phrase.pieces:
            built.add(text, start, end)
    if not len(built):
        return Unit(own, None, state=UNTRANSLATED, span=Span(first.start, first.start))
    return Unit(own, Text.of(built), state=TRANSLATED, span=Span(phrases[0].pieces[0][1], end))


def _find_reaches(phrases: Sequence[_Phrase], blocks: Sequence[Span]) -> list[Span]:
    """Return, for each cue with text, the stretch from its first line to the end of the last sentence begun in it."""
    reaches: list[Span] = []
    ends = {block.start: block.end for block in blocks}
    for phrase in phrases:
        if phrase.opens and phrase.pieces:
            start, end = phrase.cue.start, ends[phrase.pieces[0][1]]
            if reaches and reaches[-1].start == start:
                reaches.pop()
            reaches.append(Span(start, end))
    return reaches


READER: Final = TextReader(name="subtitles", suffixes=(".srt", ".vtt"), recognises=_recognises, read=read_subtitles)
