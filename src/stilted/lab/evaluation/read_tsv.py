"""The two sheets of WMT: Google's ``<v>`` TSV and the offset TSV of the WMT quality estimation task."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from stilted.core import span_markup
from stilted.core.errors import UserError
from stilted.lab.evaluation.annotations import GoldSpan, Row, map_category, map_severity
from stilted.lab.evaluation.reader_state import Sheet, is_source_fault, read_numbered_lines

OFFSET_COLUMNS: Final = 9
"""Columns of a WMT-QE sheet: system, doc, segment, rater, source, translation, starts, ends, severities."""


def normalise_column(name: str) -> str:
    """Return a header name in one spelling; newer sheets write ``globalSegId`` for ``seg_id``."""
    plain = name.strip().replace("_", "").lower()
    return {"globalsegid": "segid", "docsegid": "docid"}.get(plain, plain)


def read_google(sheet: Sheet, names: list[str]) -> None:
    """Read one line an error; the lines of one translation and rater make one row."""
    groups: dict[tuple[str, ...], Row] = {}
    broken: set[tuple[str, ...]] = set()
    for number, line in read_numbered_lines(sheet.path):
        if number == 1 or not line:
            continue
        cells = line.split("\t")
        if len(cells) < len(names):
            sheet.reject(number, f"{len(cells)} columns where the header has {len(names)}")
            continue
        cell = dict(zip(names, cells, strict=False))
        segment = cell.get("segid") or cell.get("docid") or str(number)
        key = (cell.get("doc", ""), segment, cell.get("system", ""), cell.get("rater", ""))
        try:
            row = replace(_read_google_row(sheet, key, cell), line=number)
            known = groups.setdefault(key, replace(row, spans=(), elsewhere=()))
            if known.target != row.target:
                raise ValueError("not the same translation as in this segment's other lines")
        except (UserError, ValueError) as error:
            sheet.reject(number, getattr(error, "what", str(error)))
            broken.add(key)
            continue
        spans = tuple(sorted({*known.spans, *row.spans}))
        groups[key] = replace(known, spans=spans, elsewhere=known.elsewhere + row.elsewhere)
    sheet.rows += [row for key, row in groups.items() if key not in broken]


def _read_google_row(sheet: Sheet, key: tuple[str, str, str, str], cell: dict[str, str]) -> Row:
    category = cell.get("category", "")
    source, in_source = span_markup.parse(cell.get("source", ""))
    target, in_target = span_markup.parse(cell["target"])
    severity = None if is_source_fault(category) else map_severity(cell["severity"], category)
    spans: tuple[GoldSpan, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    if severity is not None:
        core = map_category(category)
        spans = tuple(GoldSpan(m.start, m.end, severity, core) for m in in_target if m.start < m.end)
        if in_source and not spans:
            elsewhere = ((severity, core),)
    doc, segment, system, rater = key
    return Row(
        doc,
        segment,
        system,
        rater,
        source or None,
        None,
        target,
        spans,
        sheet.corpus,
        sheet.language,
        elsewhere,
    )


def read_offsets(sheet: Sheet) -> None:
    """Read a sheet without a header, one line a translation.

    Tabs inside some document names pushed segment and rater out: fields 2-4 are pieces of the name, and
    the text fields stand where they should. Such rows are told apart by the source text.
    """
    places: dict[tuple[str, str, int], str] = {}
    copies: Counter[tuple[str, str, str]] = Counter()
    counts: Counter[str] = Counter()
    for number, line in read_numbered_lines(sheet.path):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != OFFSET_COLUMNS:
            sheet.reject(number, f"{len(cells)} columns instead of {OFFSET_COLUMNS}")
            continue
        system, doc, segment, rater, source, target = cells[:6]
        if not segment.isdecimal():
            doc = " ".join(piece for piece in cells[1:4] if not piece.isdecimal())
            rater = ""
            copies[system, doc, source] += 1
            place = (doc, source, copies[system, doc, source])
            if place not in places:
                counts[doc] += 1
                places[place] = str(counts[doc])
            segment = places[place]
        try:
            spans = _read_offset_spans(cells[6], cells[7], cells[8], target)
        except ValueError as error:
            sheet.reject(number, str(error))
            continue
        where = sheet.corpus, sheet.language
        sheet.rows.append(Row(doc, segment, system, rater, source or None, None, target, spans, *where, line=number))


def _read_offset_spans(starts: str, ends: str, severities: str, target: str) -> tuple[GoldSpan, ...]:
    pieces = starts.split(), ends.split(), severities.split()
    if len({len(p) for p in pieces}) != 1:
        raise ValueError("starts, ends and severities differ in number")
    spans = []
    for first, last, name in zip(*pieces, strict=True):
        severity = map_severity(name)
        if severity is None:
            continue
        start, end = int(first), int(last)
        if not 0 <= start < end <= len(target):
            raise ValueError(f"span {start}-{end} does not fit a translation of {len(target)} characters")
        spans.append(GoldSpan(start, end, severity))
    return tuple(sorted(spans))
