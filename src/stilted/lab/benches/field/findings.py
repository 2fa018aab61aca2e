"""All findings of all projects as rows: each in its sentence, with its source, and a row for every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from stilted import formats
from stilted.api import Report
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.foreign import OBJECT
from stilted.core.model import Finding, Need, Span, find_place
from stilted.core.offsets import Lines
from stilted.lab.benches.field.judgements import make_key
from stilted.lab.benches.field.projects import Project
from stilted.pipeline import detect
from stilted.project import pairing
from stilted.runner import file_runner
from stilted.runner.file_runner import Job

_ROOM: Final = 240
"""Characters of a sentence kept on each side of what is quoted."""
Row = dict[str, Any]


def list_rows(wanted: Iterable[Project], options: dict[str, Any], root: Path, workers: int = 0) -> Iterator[Row]:
    """Check projects and yield a row for each finding and then one for its file, file after file.

    A row of a file says ``passed``, and ``error`` where the file could not be judged; what holds no English text and
    was found in a folder is left out, as it is passed over by a check.
    """
    jobs = [(one, *each) for one in wanted for each in _make_jobs(one, options)]
    reports = file_runner.report_all((job for *_, job in jobs), workers=workers)
    for (one, file, _), report in zip(jobs, reports, strict=True):
        name = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
        if isinstance(report, NothingToCheckError) and one.translation.is_dir():
            continue
        if isinstance(report, UserError):
            yield {"type": "file", "project": one.name, "file": name, "words": 0, "passed": False, "error": str(report)}
        else:
            yield from _describe(report, one.name, name)


def _make_jobs(one: Project, options: dict[str, Any]) -> Iterator[tuple[Path, Job | UserError]]:
    files = _list_files(one.translation)
    chosen = {**options, **dict(one.options)}
    if one.source_language:
        chosen.setdefault("source_language", one.source_language)
    base = one.translation if one.translation.is_dir() else one.translation.parent
    for file, ends in zip(files, pairing.list_path_ends([file.relative_to(base) for file in files]), strict=True):
        yield file, _make_job(file, ends, one.source, chosen)


def _list_files(path: Path) -> list[Path]:
    """Return the files that a check of *path* takes."""
    if not path.is_dir():
        return [path]
    endings = formats.list_endings()
    files = (file for file in sorted(path.rglob("*")) if not any(part.startswith(".") for part in file.parts))
    return [file for file in files if file.is_file() and (file.suffix.lower() in endings or file.name == "strings.xml")]


def _make_job(file: Path, ends: Sequence[Path], source: Path | None, chosen: dict[str, Any]) -> Job | UserError:
    try:
        beside = pairing.find_counterpart(file, source, ends) if source and source.is_dir() else source
        if beside != source and beside is not None and not beside.exists():
            beside = None  # a page that the source does not have
        original = (str(beside), formats.read_bytes(beside, "source")) if beside else None
        data = formats.read_bytes(file, "translation")
        return Job((str(file), data), None, original, None, tuple(chosen.items()))
    except UserError as error:
        return error


def _describe(report: Report, name: str, file: str) -> Iterator[Row]:
    origin = report.document.origin
    lines = None if origin is None else Lines.of(origin)
    for finding in report.findings:
        yield {"type": "finding", "project": name, "file": file} | _describe_finding(report, finding, lines)
    yield {
        "type": "file",
        "project": name,
        "file": file,
        "words": report.scorecard.words,
        "passed": report.verdict.passed,
        "score": report.scorecard.calibrated,
        "reasons": list(report.verdict.reasons),
        "notes": list(report.notes),
    }


def _describe_finding(report: Report, finding: Finding, lines: Lines | None) -> Row:
    segment = report.document.segments[finding.segment]
    text = segment.target or ""
    span = Span(finding.segment_start, finding.segment_end)
    sentence = detect.find_sentence_around(text, span).of(text).strip() if text else segment.reference or ""
    place = find_place(report.document, finding)
    line, column = (None, None) if lines is None or place is None else lines.locate(place.start)
    rule = report.rules.get(finding.rule)
    raw = report.document.origin if segment.map is None else None
    return {
        "key": make_key(finding.rule, finding.text, sentence),
        "line": line,
        "column": column,
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 3),
        "guess": rule is not None and Need.MODEL in rule.needs,
        "safe_fix": rule is not None and rule.safe_fix and bool(finding.suggestions),
        "text": _fill(finding.text, segment.objects[0], text[: span.start].count(OBJECT)),
        "shown": _show_around(text, span, segment.objects[0])
        if raw is None or place is None
        else _read_paragraph(raw, place),
        "sentence": sentence,
        "source": _fill(segment.source or "", segment.objects[2])[: 3 * _ROOM],
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "also": list(finding.merged_rules),
    }


def _show_around(text: str, span: Span, objects: tuple[str, ...]) -> str:
    """Return the text around *span*, which is put between ⟦ and ⟧, with what the opaque characters stand for."""
    first = text[: span.start].count(OBJECT)
    before, quoted = _fill(text[: span.start], objects), _fill(span.of(text), objects, first)
    after = _fill(text[span.end :], objects, first + span.of(text).count(OBJECT))
    head = before if len(before) <= _ROOM else f"…{before[-_ROOM:]}"
    tail = after if len(after) <= _ROOM else f"{after[:_ROOM]}…"
    return " ".join(f"{head}⟦{quoted}⟧{tail}".split())


def _read_paragraph(text: str, place: Span) -> str:
    """Return the paragraph of a file around a place in it, as it is written there."""
    start = max(text.rfind("\n\n", 0, place.start), place.start - _ROOM, 0)
    end = text.find("\n\n", place.end)
    end = min(len(text) if end < 0 else end, place.end + _ROOM)
    return " ".join(f"{text[start : place.start]}⟦{place.of(text)}⟧{text[place.end : end]}".split())


def _fill(text: str, objects: tuple[str, ...], first: int = 0) -> str:
    """Put what they stand for in place of the opaque characters, of which *first* came before."""
    pieces = text.split(OBJECT)
    if len(pieces) == 1:
        return text
    shown = [objects[at] if at < len(objects) else "⟨…⟩" for at in range(first, first + len(pieces) - 1)]
    return "".join(piece + said for piece, said in zip(pieces, [*shown, ""], strict=True))
