"""Text as it stands on a screen: characters with their width, cut around a span and wrapped at spaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from stilted.core.foreign import make_visible
from stilted.core.model import Span

INSERT: Final = "‸"
"""A proofreader's caret: stands where something is missing."""

NOWHERE: Final = Span(0, 0)


class Cell(NamedTuple):
    """What is printed for one character, how many columns it takes, and whether the span covers it."""

    shown: str
    width: int
    marked: bool = False


def make_cells(text: str, span: Span = NOWHERE) -> list[Cell]:
    """Return the cells of *text*, those within *span* marked; nothing in them can move the cursor."""
    return [_make_cell(char, span.start <= index < span.end) for index, char in enumerate(text)]


@lru_cache(maxsize=4096)
def _make_cell(char: str, marked: bool) -> Cell:
    from rich.cells import cell_len

    shown = make_visible(char)
    return Cell(shown, cell_len(shown), marked)


def measure_width(text: str) -> int:
    """Return how many columns *text* takes."""
    return len(text) if text.isascii() and text.isprintable() else sum(cell.width for cell in make_cells(text))


def quote(text: str, span: Span, budget: int) -> list[Cell]:
    """Return about *budget* characters of *text* around *span*, cut at spaces with ``…`` where cut.

    An empty span is shown as a marked `INSERT`; of a span longer than the budget the beginning is shown.
    """
    stop = min(span.end, span.start + budget)
    room = max(budget - (stop - span.start), 40)
    after = min(len(text) - stop, max(room // 2, room - span.start))
    before = min(span.start, room - after)
    start = _find_next_space(text, span.start - before, span.start) if span.start > before else 0
    end = _find_previous_space(text, stop + after, stop) if len(text) > stop + after else len(text)
    if stop < span.end:
        end = stop
    body = make_cells(text[start:end], Span(span.start - start, stop - start))
    if not span:
        body.insert(span.start - start, Cell(INSERT, 1, True))
    head = [Cell("…", 1)] if start else []
    tail = [Cell("…", 1)] if end < len(text) else []
    return head + body + tail


def wrap(line: Iterable[Cell], width: int) -> list[list[Cell]]:
    """Break a line at its last space before *width* columns, or inside a word that is longer than that."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    used = 0
    for cell in line:
        while row and used + cell.width > width:
            if cell.shown == " ":
                rows.append(row)
                row = []
            else:
                spaces = (at for at in range(len(row) - 1, 0, -1) if row[at].shown == " ")
                cut = next(spaces, None)
                rows.append(row if cut is None else row[:cut])
                row = [] if cut is None else row[cut + 1 :]
            used = sum(c.width for c in row)
        if cell.shown == " " and not row and rows:
            continue
        row.append(cell)
        used += cell.width
    return [*rows, row] if row or not rows else rows


def wrap_to_strings(text: str, width: int) -> list[str]:
    """Return what `wrap` makes of *text*, as strings; most texts are plain, and for these it need not be cut up."""
    if not (text.isascii() and text.isprintable()):
        return [join_cells(row) for row in wrap(make_cells(text), width)]
    lines: list[str] = []
    while len(text) > width:
        space = width if text[width] == " " else text.rfind(" ", 1, width)
        end = width if space < 0 else space
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
    return [*lines, text] if text or not lines else lines


def fit(text: str, room: int) -> str:
    """Return the end of *text* that fits *room* columns, after ``…`` where it is cut: ends tell names apart."""
    row = make_cells(text)
    used = sum(cell.width for cell in row)
    if used <= room:
        return join_cells(row)
    cut = 0
    while used > room - 1 and cut < len(row):
        used -= row[cut].width
        cut += 1
    return "…" + join_cells(row[cut:])


def split_runs(row: Iterable[Cell]) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of *row* that are marked or unmarked, as ``(text, marked)``."""
    for mark, group in groupby(row, key=lambda cell: cell.marked):
        yield join_cells(group), mark


def join_cells(row: Iterable[Cell]) -> str:
    """Return the characters of a row."""
    return "".join(cell.shown for cell in row)


def draw_carets(row: Iterable[Cell]) -> str:
    """Return ``^`` under every marked column of *row* and spaces elsewhere; empty when nothing is marked."""
    return "".join(("^" if cell.marked else " ") * cell.width for cell in row).rstrip()


def _find_next_space(text: str, start: int, limit: int) -> int:
    """Return the offset after the first space at or after *start*; *start* when a word fills the stretch."""
    space = text.find(" ", start, limit)
    return start if space < 0 else space + 1


def _find_previous_space(text: str, end: int, limit: int) -> int:
    space = text.rfind(" ", limit, end)
    return end if space < 0 else space
