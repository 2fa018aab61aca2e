"""What was there before: findings accepted today, so that later runs fail only on new ones.

A finding is known by its fingerprint: rule, quoted text, its sentence and its occurrence. Moved and
re-wrapped text keeps it; a sentence that was edited is new, and is judged anew. What was accepted in a file that
is gone is accepted wherever it turns up: the file was renamed, or its text was moved. Beside the findings stand
the scores of the files that had a reference (see `stilted.project.baseline.figures`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError, explain_refusal
from stilted.core.model import Finding
from stilted.project.baseline import figures
from stilted.project.baseline.figures import HINT, Figures
from stilted.render.annotations import dump

SCHEMA: Final = 1
MAX_BYTES: Final = 64_000_000
"""Most bytes of a baseline: a quarter of a million findings."""

MARK: Final = b'"schema": 1'
"""What is in every baseline, and so in one that a merge has damaged."""


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """One accepted finding: its fingerprint, and what a person needs to recognise it."""

    fingerprint: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was there, by file name: the POSIX path relative to the baseline's folder.

    ``entries`` are accepted findings, ``figures`` the scores of files that had a reference.
    """

    entries: Mapping[str, tuple[BaselineEntry, ...]] = field(default_factory=dict)
    figures: Mapping[str, Figures] = field(default_factory=dict)


def make_file_key(file: Path, baseline: Path) -> str:
    """Return the name under which *file* stands in *baseline*."""
    here, root = Path(os.path.realpath(file)), Path(os.path.realpath(baseline)).parent  # takes links in a circle too
    return here.relative_to(root).as_posix() if here.is_relative_to(root) else here.as_posix()


def _tell_conflict(data: bytes) -> str:
    """Return a clause about a merge conflict in a baseline that cannot be read; empty without one."""
    from stilted.formats.conflicts import tell_conflict

    conflict = tell_conflict(data.decode("utf-8", "replace"))
    return f"; {conflict} that nobody has resolved" if conflict else ""


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        UserError: it is missing, no JSON, or not of this shape.
    """
    where, read = str(path), b""
    try:
        read = read_bounded(path, "baseline", MAX_BYTES)
        data = json.loads(read.decode("utf-8"))
    except FileNotFoundError as error:
        raise UserError("there is no such baseline", where, HINT) from error
    except OSError as error:
        raise UserError(
            f"cannot read the baseline: {explain_refusal(error)}", where, "Name a file that can be read."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"the baseline is not JSON{_tell_conflict(read)}", where, HINT) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("files"), dict):
        raise UserError(f"not a baseline of schema {SCHEMA}", where, HINT)
    scores = data.get("scores", {})
    if not isinstance(scores, dict):
        raise UserError("the scores are not those of a baseline", where, HINT)
    return Baseline(
        {
            name: tuple(_read_entry(entry, f"{where}: {name}") for entry in _check_list(entries, f"{where}: {name}"))
            for name, entries in data["files"].items()
        },
        {name: figures.parse_figures(given, f"{where}: {name}") for name, given in scores.items()},
    )


def _check_list(entries: Any, where: str) -> list[Any]:
    if not isinstance(entries, list):
        raise UserError("the entries are not a list", where, HINT)
    return entries


def _read_entry(entry: Any, where: str) -> BaselineEntry:
    fields = ("fingerprint", "rule", "text")
    if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in fields):
        raise UserError("an entry has no fingerprint, rule and text", where, HINT)
    return BaselineEntry(*(entry[name] for name in fields))


def write_baseline_text(baseline: Baseline) -> str:
    """Return the text of a baseline file, sorted, so that its diffs can be reviewed."""
    table = {
        name: [_write_entry(k) for k in sorted(set(known), key=_make_sort_key)]
        for name, known in sorted(baseline.entries.items())
    }
    scores = {name: figures.dump_figures(kept) for name, kept in sorted(baseline.figures.items())}
    data = {"schema": SCHEMA, "files": {name: entries for name, entries in table.items() if entries}}
    return dump(data | ({"scores": scores} if scores else {}), indent=1)  # a file's name may be no UTF-8


def prune(baseline: Baseline, stale: Mapping[str, Iterable[BaselineEntry]]) -> Baseline:
    """Return *baseline* without the *stale* entries."""
    left = {name: tuple(set(known) - set(stale.get(name, ()))) for name, known in baseline.entries.items()}
    return replace(baseline, entries=left)


def list_missing_files(baseline: Baseline, path: Path) -> tuple[str, ...]:
    """Return the names in *baseline*, which is at *path*, of files that are no longer there."""
    root = os.path.dirname(os.path.realpath(path))
    names = sorted({*baseline.entries, *baseline.figures})
    return tuple(n for n in names if not n.endswith(_INPUT) and not os.path.lexists(os.path.join(root, n)))


_INPUT: Final = "<stdin>"


def drop_files(baseline: Baseline, names: Iterable[str]) -> Baseline:
    """Return *baseline* without what it holds of the files called *names*."""
    out = set(names)
    return Baseline(
        {name: entries for name, entries in baseline.entries.items() if name not in out},
        {name: kept for name, kept in baseline.figures.items() if name not in out},
    )


def join(one: Baseline, other: Baseline) -> Baseline:
    """Return the entries of both; of two figures for a file those of *other*."""
    names = {*one.entries, *other.entries}
    entries = {name: (*one.entries.get(name, ()), *other.entries.get(name, ())) for name in names}
    return Baseline(entries, {**one.figures, **other.figures})


def make_entry(finding: Finding) -> BaselineEntry:
    """Return the entry that accepts *finding*."""
    return BaselineEntry(finding.fingerprint, finding.rule, " ".join(finding.text.split()))


def _make_sort_key(entry: BaselineEntry) -> tuple[str, str, str]:
    return entry.rule, entry.text, entry.fingerprint


def _write_entry(entry: BaselineEntry) -> dict[str, str]:
    return {"fingerprint": entry.fingerprint, "rule": entry.rule, "text": entry.text}


def mark_accepted(
    findings: Iterable[Finding], entries: Iterable[BaselineEntry]
) -> tuple[tuple[Finding, ...], tuple[BaselineEntry, ...]]:
    """Return the findings, those that *entries* accept marked ``in_baseline``; and the entries that accept nothing."""
    accepted = {entry.fingerprint: entry for entry in entries}
    marked = tuple(replace(f, in_baseline=f.fingerprint in accepted) for f in findings)
    present = {finding.fingerprint for finding in marked}
    return marked, tuple(entry for print_, entry in sorted(accepted.items()) if print_ not in present)
