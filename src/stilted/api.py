"""The facade: texts, segments or files in, a report out; the work is done in `stilted.pipeline`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from stilted import formats
from stilted.core.model import Analysis, Document, Report
from stilted.core.options import Options, Settings, make_settings
from stilted.formats import Parsed
from stilted.pipeline import branches, build, ignores, join, run, validate
from stilted.pipeline.selection import list_rules, select

__all__ = [
    "Report", "analyse_parsed", "analyse_text", "check", "check_file", "check_parsed", "check_segments", "join_parsed",
    "list_rules", "select",
]  # fmt: skip


def check(
    text: str,
    reference: str | None = None,
    source: str | None = None,
    *,
    name: str = "translation",
    **options: Unpack[Options],
) -> Report:
    """Check an English translation.

    Args:
        text: the translation. reference: a human translation of the same source, if there is one.
        source: the source text, if there is one. name: what to call the text in the report.
        **options: any of `stilted.core.options.OPTIONS`, explained there at `Settings` and `Gate`.

    Raises:
        UserError: a text is empty or not English, translation and reference are the same text, an option is
            unknown, or lines were to be paired and their numbers differ.
    """
    chosen = make_settings(**options)
    validate.require_reference(chosen.gate, reference is not None, name)
    validate.require_baseline(chosen.gate, name)
    return run.finish(analyse_text(chosen, text, reference, source, name), chosen)


def analyse_text(
    chosen: Settings, text: str, reference: str | None = None, source: str | None = None, name: str = "translation"
) -> Analysis:
    """Find and score as `check` does, without judging: a project's filters and gate come after it.

    Raises:
        UserError: as for `check`.
    """
    validate.require_reference(chosen.gate, reference is not None, name)
    running = select(list_rules(chosen), chosen)
    validate.require_texts(text, reference, source, name)
    document = build.build_document(
        name, text, reference, source, align=chosen.align, source_language=chosen.source_language
    )
    return run.analyse(document, running, chosen)


def check_segments(
    targets: Sequence[str],
    references: Sequence[str | None] | None = None,
    sources: Sequence[str | None] | None = None,
    *,
    name: str = "segments",
    **options: Unpack[Options],
) -> Report:
    """Check segments that are paired already: segment i is ``targets[i]``.

    Raises:
        UserError: the lists differ in length, a string stands where a list belongs, or an option is unknown.
    """
    chosen = make_settings(**options)
    validate.require_reference(chosen.gate, references is not None, name)
    validate.require_baseline(chosen.gate, name)
    running = select(list_rules(chosen), chosen)
    for role, texts in (("translation", targets), ("reference", references), ("source", sources)):
        for text in () if texts is None or isinstance(texts, str) else texts:
            if isinstance(text, str):
                validate.require_characters(role, text, name)
    loose = build.build_segments(name, targets, references, sources, source_language=chosen.source_language)
    return run.finish(run.analyse(loose, running, chosen), chosen)


def check_file(
    path: str | Path,
    reference: str | Path | None = None,
    source: str | Path | None = None,
    *,
    form: str | None = None,
    **options: Unpack[Options],
) -> Report:
    """Check a file of any format that `stilted.formats.list_formats` lists; findings are placed in the file as it is.

    Args:
        path: the translation. reference, source: files of any format, joined by id, source or order, or aligned.
        form: the name of the translation's format; None to tell from its name and content.
        **options: as for `check`.

    Raises:
        UserError: a file cannot be read or judged, or an option is unknown.
    """
    beside = (
        None if given is None else formats.read(Path(given), role)
        for given, role in ((reference, "reference"), (source, "source"))
    )
    return check_parsed(formats.read(Path(path), "translation", form), *beside, **options)


def check_parsed(
    target: Parsed, reference: Parsed | None = None, source: Parsed | None = None, **options: Unpack[Options]
) -> Report:
    """Check a translation that `stilted.formats` has read; otherwise like `check_file`."""
    chosen = make_settings(**options)
    analysis = analyse_parsed(chosen, target, reference, source)
    validate.require_baseline(chosen.gate, target.name)
    return run.finish(analysis, chosen)


def analyse_parsed(
    chosen: Settings, target: Parsed, reference: Parsed | None = None, source: Parsed | None = None
) -> Analysis:
    """Find and score as `check_parsed` does, without judging: a project's filters and gate come after it.

    Raises:
        UserError: as for `check_file`.
    """
    validate.require_reference(
        chosen.gate, reference is not None or any(unit.reference for unit in target.units), target.name
    )
    known = list_rules(chosen)
    running = select(known, chosen)
    document = join_parsed(chosen, target, reference, source)
    return ignores.apply_remarks(run.analyse(document, running, chosen), known)


def join_parsed(
    chosen: Settings, target: Parsed, reference: Parsed | None = None, source: Parsed | None = None
) -> Document:
    """Return the document that `analyse_parsed` checks.

    Raises:
        UserError: as for `check_file`, where it is about the texts.
    """
    reference, source = (other and branches.name_alike(target, other) for other in (reference, source))
    document = join.join_document(target, reference, source, align=chosen.align, source_language=chosen.source_language)
    if document.target is not None:
        validate.require_texts(document.target, document.reference, document.source, document.name)
    else:
        validate.require_segments(document)
    return document
