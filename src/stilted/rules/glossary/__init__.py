"""Glossaries: what a house calls its things, from CSV or TBX files, as two rules.

``entries`` says what an entry is, ``read_csv`` and ``read_tbx`` read files, ``lexicon`` makes all terms one
table that a text is walked over once, ``find`` turns what stands in a segment into hits, ``rules`` makes the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from stilted.core.errors import UserError
from stilted.core.model import Rule
from stilted.formats import read_text
from stilted.rules.glossary import names, read_csv, read_tbx
from stilted.rules.glossary import rules as making
from stilted.rules.glossary.entries import MAX_CHARS, MAX_ENTRIES, Entry

__all__ = ["list_rules", "load", "names"]

_READERS: Final = {
    ".csv": read_csv.read_entries,
    ".tsv": read_csv.read_entries,
    ".tbx": read_tbx.read_entries,
    ".xml": read_tbx.read_entries,
}


def list_rules(paths: Sequence[Path]) -> tuple[Rule, ...]:
    """Return the rules of all glossaries together, or none without a glossary.

    ``glossary/forbidden-term`` exists where an entry forbids something, ``glossary/missing-term`` where one
    names a source term.

    Raises:
        UserError: like `load`, or there is nothing in the glossaries that could be checked.
    """
    if not paths:
        return ()
    rules_made = _make_rules(tuple((path, _read(path)) for path in paths))
    if not rules_made:
        what = "the glossary forbids no term and names no source term, so nothing can be checked"
        hint = "Fill in the column 'forbidden' or 'source' (in TBX: a deprecatedTerm-admn-sts, or a source language)."
        raise UserError(what, ", ".join(map(str, paths)), hint)
    return rules_made


def load(path: Path) -> tuple[Entry, ...]:
    """Return the entries of one glossary file.

    Raises:
        UserError: the file cannot be read, is of no known kind, or something in it is faulty; file, line and
            column are named.
    """
    return _parse(path, _read(path))


def _read(path: Path) -> str:
    if path.suffix.lower() not in _READERS:
        raise UserError(f"'{path.suffix}' is no kind of glossary", str(path), "Give a .csv, .tsv or .tbx file.")
    text = read_text(path, "glossary")
    if len(text) > MAX_CHARS:
        raise UserError(f"a glossary is at most {MAX_CHARS:,} characters", str(path), "Split it.")
    return text


def _parse(path: Path, text: str) -> tuple[Entry, ...]:
    return _READERS[path.suffix.lower()](text, str(path))


@lru_cache(maxsize=1)
def _make_rules(files: tuple[tuple[Path, str], ...]) -> tuple[Rule, ...]:
    """Make the rules; a run over many files has one set of glossaries, and asks for them once a file."""
    entries = [entry for path, text in files for entry in _parse(path, text)]
    if len(entries) > MAX_ENTRIES:
        raise UserError(
            f"{len(entries):,} glossary entries, more than {MAX_ENTRIES:,}", "glossary", "Name fewer files."
        )
    return making.make_rules(entries)
