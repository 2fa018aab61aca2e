"""What follows upon itself, sentence after sentence: an engine that has lost its way, or a paste too many.

Loops within a sentence that no mark interrupts are those of `stilted.rules.checks.mechanics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Hit, Rule, Segment, Span
from stilted.core.tokens import TokenKind, tokenize

_ENDS: Final = ".!?…。！？"
_CLOSERS: Final = r"[\"'”’»)\]*_]*"
_PIECE: Final = re.compile(
    rf"(?:[^{_ENDS},;:，；：—]|(?<=\d)[.,:](?=\d)|\.(?=[a-z0-9/_])|(?<=\b(?:Mr|Ms|Dr|St))\.|(?<=\bMrs)\.|(?<=\b[A-Z])\.)++"
    rf"(?:[{_ENDS}]+{_CLOSERS}|[,;:，；：—]|\Z)"
)
"""Up to its mark, or to the end of the text, so that matching never goes back; a clause has a mark of its own."""
_MARK: Final = re.compile(rf"(?<![{_ENDS}])([{_ENDS}]+){_CLOSERS}\Z")
_PLAIN: Final = frozenset(".。")
_APART: Final = re.compile(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029|]|[ \u00a0]{3}")
"""Between lines of a list or a poem and between cells; these may repeat themselves."""
_LEAD: Final = " \t\n\r\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029|"
"""What may stand before a piece and is none of it."""
_ANY_MARK: Final = re.compile(rf"[{_ENDS},;:，；：—]+")
_AROUND: Final = f"{_LEAD}\"'“”‘’„«»()[]*_"
_QUOTES: Final = "\"'“‘„«"

_PERIOD: Final = 8
"""Pieces that return together at most."""
_LONG: Final = 8
"""Words that nobody writes twice in a row; fewer are said again for effect."""
_SHORTEST: Final = 3
_TIMES: Final = 4
"""Times in a row that fewer words, or several sentences, must stand to be marked; prayers and songs say it thrice."""
_CHANTED: Final = 10
"""Times for what people go on with for longer: what is called out, asked, left open, a clause, or two words."""
_NEVER: Final = 10**9
_CRITICAL: Final = 5


class _Piece(NamedTuple):
    """A sentence, or a clause of one; *key* is what makes two of them the same, quotation marks apart."""

    segment: int
    span: Span
    text: str
    key: tuple[str, ...]
    words: int
    mark: str
    is_apart: bool

    @property
    def is_end(self) -> bool:
        """Tell whether a sentence ends here."""
        return self.mark != ""


class _Run(NamedTuple):
    """What stands *times* times in a row, as a range of pieces; *period* of them make it up."""

    first: int
    period: int
    times: int

    @property
    def end(self) -> int:
        """The place after the last of them."""
        return self.first + self.period * self.times


def _find(document: Document) -> Iterator[Hit]:
    for paragraph in _group_by_paragraph(document):
        texts = [(number, document.segments[number].target or "") for number in paragraph]
        if not _may_repeat(text for _, text in texts):
            continue
        pieces = [piece for number, text in texts for piece in _cut_into_pieces(number, text)]
        for line in _cut_into_lines(pieces):
            for run in _find_runs(line):
                if not _is_so_in_the_original(document, line, run):
                    yield _make_hit(line, run)


def _may_repeat(texts: Iterable[str]) -> bool:
    """Tell whether anything between two marks stands twice; most texts end here, cheaply."""
    seen: set[str] = set()
    for text in texts:
        for part in _ANY_MARK.split(text.lower()):
            bare = part.strip(_AROUND)
            if bare in seen:
                return True
            if bare:
                seen.add(bare)
    return False


def _group_by_paragraph(document: Document) -> Iterator[list[int]]:
    """Yield the numbers of segments that stand in one paragraph; loose segments stand alone."""
    paragraph: list[int] = []
    for number, segment in enumerate(document.segments):
        if segment.target and paragraph and not _is_on_same_line(document, document.segments[paragraph[-1]], segment):
            yield paragraph
            paragraph = []
        if segment.target:
            paragraph.append(number)
    yield paragraph


def _is_on_same_line(document: Document, one: Segment, other: Segment) -> bool:
    """Tell whether nothing but a blank or two on the same line stands between the two."""
    if document.target is None or one.target_span is None or other.target_span is None:
        return False
    between = document.target[one.target_span.end : other.target_span.start]
    return not between.strip() and not _APART.search(between)


def _cut_into_pieces(number: int, text: str) -> Iterator[_Piece]:
    for match in _PIECE.finditer(text):
        piece = match.group().lstrip(_LEAD)
        if not piece:
            continue
        begin = match.end() - len(piece)
        words = tokenize(piece)
        mark = _MARK.search(piece)
        yield _Piece(
            number,
            Span(begin, match.end()),
            piece,
            tuple(token.norm for token in words),
            sum(token.is_word and token.kind is not TokenKind.NUMBER for token in words),
            mark.group(1) if mark else "",
            _APART.search(text, match.start(), begin) is not None,
        )


def _cut_into_lines(pieces: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    """Yield pieces that stand side by side, where any two are the same: a line or a cell begins another group."""
    begins = [0, *(place for place, piece in enumerate(pieces) if piece.is_apart and place), len(pieces)]
    for begin, end in pairwise(begins):
        if len({piece.key for piece in pieces[begin:end]}) < end - begin:
            yield pieces[begin:end]


def _find_runs(line: Sequence[_Piece]) -> Iterator[_Run]:
    """Yield what returns, the shortest period first; no run overlaps another, and none is a loop of shorter ones."""
    keys = [piece.key for piece in line]
    taken = bytearray(len(keys))
    for period in range(1, _PERIOD + 1):
        at = 0
        while at + period < len(keys):
            same = at
            while same + period < len(keys) and keys[same] == keys[same + period]:
                same += 1
            run = _align_with_sentence(line, at, period, same + period)
            if run.times > 1 and _is_primitive(keys, run) and not any(taken[run.first : run.end]):
                taken[run.first : run.end] = b"1" * (run.end - run.first)
                if run.times >= _choose_least_times(line, run):
                    yield run
            at = same + 1


def _align_with_sentence(line: Sequence[_Piece], begin: int, period: int, end: int) -> _Run:
    """Return the run between two places, from where a sentence begins, unless no sentence does."""
    for first in range(begin, min(begin + period, end - period + 1)):
        if (first == 0 or line[first - 1].is_end) and line[first + period - 1].is_end:
            return _Run(first, period, (end - first) // period)
    return _Run(begin, period, (end - begin) // period)


def _is_primitive(keys: Sequence[tuple[str, ...]], run: _Run) -> bool:
    block = list(keys[run.first : run.first + run.period])
    return not any(
        block == block[:part] * (run.period // part) for part in range(1, run.period) if run.period % part == 0
    )


def _choose_least_times(line: Sequence[_Piece], run: _Run) -> int:
    """Return how many times in a row this must stand to be marked."""
    block = line[run.first : run.first + run.period]
    words = sum(piece.words for piece in block)
    sentences = sum(piece.is_end for piece in block)
    if not block[-1].is_end:
        return _TIMES if words >= _LONG else _CHANTED if words >= _SHORTEST else _NEVER
    if words >= _LONG:
        # Between quotation marks, somebody says it and somebody else says it again.
        return 2 if sentences == 1 and line[run.first + run.period].text[0] not in _QUOTES else _TIMES
    if words >= _SHORTEST:
        return _TIMES if block[-1].mark in _PLAIN else _CHANTED
    return _CHANTED if words == _SHORTEST - 1 else _NEVER


def _is_so_in_the_original(document: Document, line: Sequence[_Piece], run: _Run) -> bool:
    """Tell whether reference or source repeats itself where the translation does, at least half as often."""
    first, last = line[run.first].segment, line[run.end - 1].segment
    if document.target is not None:  # what repeats itself is aligned badly, and may have been left over nearby
        around = last - first + 2
        first, last = max(0, first - around), last + around
    segments = document.segments[first : last + 1]
    for texts in ([segment.reference for segment in segments], [segment.source for segment in segments]):
        given = list(_cut_into_pieces(0, "\n".join(text for text in texts if text)))
        if 2 * _count_returns(given) >= run.times:
            return True
    return False


def _count_returns(pieces: Sequence[_Piece]) -> int:
    """Return how often anything returns at once, in however many pieces."""
    keys = [tuple(word for word in piece.key if word.isalnum()) for piece in pieces]
    most = 0
    for period in range(1, _PERIOD + 1):
        same = 0
        for one, other in zip(keys, keys[period:], strict=False):
            same = same + 1 if one == other else 0
            if same >= period:
                most = max(most, same // period + 1)
    return most


def _make_hit(line: Sequence[_Piece], run: _Run) -> Hit:
    """Mark what could go: the repeats in the segment of the first of them."""
    pieces = line[run.first : run.end]
    second = pieces[run.period]
    last = [piece for piece in pieces if piece.segment == second.segment][-1]
    sentences = sum(piece.is_end for piece in pieces[: run.period])
    what = "This sentence stands" if sentences == 1 else "These sentences stand" if sentences else "These words stand"
    times = "twice" if run.times == 2 else f"{run.times} times"
    severity = "minor" if run.times == 2 else "critical" if run.times >= _CRITICAL else "major"
    # Marks around what is said once more may belong to what stays.
    texts = [[piece.text for piece in pieces[n : n + run.period]] for n in range(0, len(pieces), run.period)]
    is_whole = sentences > 0 and last is pieces[-1] and all(text == texts[0] for text in texts)
    span = Span(second.span.start, last.span.end)
    suggestions = ("",) if is_whole else ()
    return Hit(
        "repetition/sentence", second.segment, span, f"{what} here {times} in a row.", suggestions, severity=severity
    )


RULES = (
    Rule(
        id="repetition/sentence",
        category="Accuracy/Addition",
        severity="major",
        message="This sentence stands here more than once in a row.",
        why="A translation engine that lost its way says the same again; so does a paste too many.",
        find=_find,
        not_for=frozenset({"ui"}),
        reads_code=True,
        bad=(
            Example.of(
                "It leaves at noon. <v>It leaves at noon. It leaves at noon. It leaves at noon.</v> So be early.",
                "It leaves at noon. So be early.",
            ),
            Example.of(
                "Passengers with bicycles board first and pay nothing."
                " <v>Passengers with bicycles board first and pay nothing.</v>",
                "Passengers with bicycles board first and pay nothing.",
            ),
        ),
        good=(
            Example.of("We shall overcome. We shall overcome. And then we went home."),
            Example.of("Lord, have mercy upon us. Lord, have mercy upon us. Lord, have mercy upon us."),
            Example.of(
                "They shouted: “We want justice! We want justice! We want justice! We want justice!” It rained."
            ),
            Example.of("“You want me to sell the old house now?” “You want me to sell the old house now?” she said."),
            Example.of("The bus to the old harbour costs $5 for each. The bus to the old harbour costs €5 for each."),
            Example.of("No! No! No! No! Not now."),
            Example.of("Row, row, row your boat.\nRow, row, row your boat.\nRow, row, row your boat."),
            Example.of(
                "I have a dream today. I have a dream today. I have a dream today.",
                source="Ich habe heute einen Traum. Ich habe heute einen Traum. Ich habe heute einen Traum.",
            ),
            Example.of("Version 1.1.1.1.1.1 and 2.2.2.2 are out, and so on ... and so on ... and so on ..."),
        ),
        confidence=0.8,
    ),
)
