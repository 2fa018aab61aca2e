"""Only what changed: the paragraphs of working files that differ from a git revision.

Git counts lines by ``\\n`` alone, and so does this module. A paragraph is a run of lines that are not blank.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from stilted.core.errors import UserError
from stilted.core.model import Document, Finding, placed

Ranges = tuple[tuple[int, int], ...]
"""First and last touched lines, 1-based, of the file as it is now; empty when nothing was touched."""

WHOLE: Final[Ranges] = ((1, sys.maxsize),)
"""The ranges of a file that git cannot compare: it is untracked, or binary to git (UTF-16)."""

_HUNK: Final = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_LITERALLY: Final = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-relative")
"""A user's configuration must not change what `git diff` prints, nor run programs of its own."""
_RENAMES: Final = "--find-renames"
"""Behind --no-renames this wins."""


def changed_lines(files: Sequence[Path], revision: str) -> dict[Path, Ranges]:
    """Return which lines of each file were touched since *revision*, committed or not.

    To ask what a branch changed, give the commit it left from: ``git merge-base origin/main HEAD``.

    Args:
        files: files of a working tree, of one repository or several. One that git does not track was
            touched everywhere, and so was one that is missing: whoever reads it will say so.
            A file that was renamed is compared with what it was called.
        revision: anything that git resolves to a commit.

    Raises:
        UserError: git is missing, a file lies in no repository, or its repository knows no such revision.
    """
    real = {file: file.resolve() for file in files}
    folders = dict.fromkeys(path.parent for path in real.values() if path.is_file())
    roots = {folder: _root(folder) for folder in folders}
    found: dict[Path, Ranges] = {}
    for root in dict.fromkeys(roots.values()):
        commit = _commit(root, revision)
        inside = [p.relative_to(root).as_posix() for p in real.values() if roots.get(p.parent) == root and p.is_file()]
        tracked = _names(root, ["ls-files", "-z", "--", *inside])
        touched = _names(root, ["diff", "--name-only", "-z", *_LITERALLY, commit, "--", *tracked]) if tracked else []
        found |= {root / name: () for name in tracked}
        before = _renamed(root, commit, touched)
        found |= {root / name: _diff(root, commit, name, before.get(name)) for name in touched}
    return {file: found.get(path, WHOLE) for file, path in real.items()}


def keep(document: Document, findings: Iterable[Finding], ranges: Ranges) -> tuple[Finding, ...]:
    """Return the findings in paragraphs of their file that a line of *ranges* lies in; all that have no place.

    A finding of no characters is something missing, and may be missing from the lines between its paragraph and the
    next too: a paragraph may have been deleted there.
    """
    text = document.origin or ""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    blocks = _blocks(document)
    begins = [start for start, _ in blocks]
    tops = _tops(document, text, starts, blocks)

    def line(offset: int) -> int:
        return bisect_right(starts, offset)

    def block(offset: int) -> int:
        return max(bisect_right(begins, offset) - 1, 0)

    def touched(finding: Finding) -> bool:
        place = placed(document, finding)
        if place is None:
            return True
        last = max(place.end - 1, place.start)
        low, high = line(place.start), line(last)
        if blocks:
            low, high = min(low, tops[block(place.start)]), max(high, line(blocks[block(last)][1] - 1))
        if not place:
            after = bisect_right(begins, place.start)
            high = max(high, line(begins[after]) - 1 if after < len(begins) else len(starts))
        return any(low <= end and start <= high for start, end in ranges)

    return tuple(finding for finding in findings if touched(finding))


def _blocks(document: Document) -> list[tuple[int, int]]:
    """Return where each block of prose, or unit of a catalogue, begins and ends in its file, in order."""
    if document.target is not None:
        edges = [(0, 0), *(found.span() for found in _BLANK.finditer(document.target)), (len(document.target),) * 2]
        found = [(before[1], after[0]) for before, after in pairwise(edges) if before[1] < after[0]]
        return found if document.map is None else [document.map.place(*each) for each in found]
    maps = (segment.map for segment in document.segments if segment.target and segment.map is not None)
    return sorted((own.pieces[0][2], own.pieces[-1][3]) for own in maps)


def _tops(document: Document, text: str, starts: Sequence[int], blocks: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first line of each block; a unit's begins behind the one before it, or behind a blank line."""
    lines = [bisect_right(starts, start) for start, _ in blocks]
    if document.target is not None:
        return lines
    blank = [bisect_right(starts, found.end() - 1) for found in _BLANK.finditer(text)]
    found, behind = [], 0
    for own, (_, end) in zip(lines, blocks, strict=True):
        near = bisect_right(blank, own)
        found.append(min(own, max(behind, blank[near - 1] if near else 0) + 1))
        behind = bisect_right(starts, end - 1)
    return found


_BLANK: Final = re.compile(r"(?:\A|\n)(?:[^\S\n]*(?:\n|\Z))+")


def _root(folder: Path) -> Path:
    done = _git(folder, ["rev-parse", "--show-toplevel"])
    if done.returncode:
        what = f"not in a git repository that can be read ({_said(done)})"
        raise UserError(what, str(folder), "Leave out --changed-since, or run in a checkout.")
    return Path(os.fsdecode(done.stdout.removesuffix(b"\n")))


def _commit(root: Path, revision: str) -> str:
    """Return the hash of *revision*; from here on, nothing that the user wrote is read by git as a revision."""
    hint = "Check the name; a shallow clone does not hold old commits (fetch-depth: 0 on GitHub)."
    if not revision or "\0" in revision:
        raise UserError("no revision", "--changed-since", hint)
    done = _git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
    if done.returncode:
        raise UserError(f"git knows no revision '{revision}'", "--changed-since", hint)
    return done.stdout.decode("ascii").strip()


def _names(root: Path, arguments: Sequence[str]) -> list[str]:
    return [os.fsdecode(name) for name in _out(root, arguments).split(b"\0") if name]


def _renamed(root: Path, commit: str, touched: Sequence[str]) -> dict[str, str]:
    """Return what files that were renamed since *commit* were called there; git tells by their likeness."""
    options = ("-z", "--diff-filter=A", "--name-only", *_LITERALLY)
    if not touched or not _names(root, ["diff", *options, commit, "--", *touched]):
        return {}  # looking for renames reads all that came and went in the whole repository
    told = _names(root, ["diff", "-z", "--diff-filter=R", "--name-status", *_LITERALLY, _RENAMES, commit])
    return dict(zip(told[2::3], told[1::3], strict=True))


def _diff(root: Path, commit: str, name: str, before: str | None) -> Ranges:
    options = ("--unified=0", "--inter-hunk-context=0", *_LITERALLY, *([_RENAMES] if before else []))
    names = [before, name] if before else [name]
    lines = _out(root, ["diff", *options, commit, "--", *names]).decode("utf-8", "replace").split("\n")
    if any(line.startswith("Binary files ") for line in lines):
        return WHOLE
    return tuple(_ranges(lines))


def _ranges(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the touched lines of each hunk.

    What was deleted, and not replaced, also touches the line before it, or after it, that it shared a paragraph with:
    no blank line lay between.
    """
    at = 0
    while at < len(lines):
        hunk = _HUNK.match(lines[at])
        at += 1
        if not hunk:
            continue
        removed, added = (1 if count is None else int(count) for count in (hunk[1], hunk[3]))
        start = int(hunk[2]) + (added == 0)  # without added lines git names the line before
        old = [line[1:] for line in lines[at : at + removed]]
        at += removed  # added lines are stepped over one by one: they begin with + and are no header
        at += at < len(lines) and lines[at].startswith("\\")  # no newline at the end of the file
        new = [line[1:] for line in lines[at : at + added]] or [""]
        low = start - (1 if old and old[0].strip() and not new[0].strip() else 0)
        high = start + added - 1 + (1 if old and old[-1].strip() and not new[-1].strip() else 0)
        if low <= high:
            yield low, high


def _out(root: Path, arguments: Sequence[str]) -> bytes:
    done = _git(root, arguments)
    if done.returncode:
        raise UserError(f"git failed ({_said(done)})", str(root))
    return done.stdout


def _git(folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-pager", "--literal-pathspecs", "-c", "core.quotepath=off", "-C", str(folder), *arguments]
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    for name in _PLACES & environment.keys():
        if "GIT_WORK_TREE" in os.environ:
            environment[name] = os.path.abspath(environment[name])  # -C would make it start from *folder*
        else:
            del environment[name]
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment, check=False)
    except OSError as error:
        what = f"cannot run git: {error.strerror}"
        raise UserError(what, "--changed-since", "Install git, or leave the option out.") from error


_PLACES: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
"""What git sets for its hooks. With a GIT_DIR alone it takes any folder for the top of the working tree; without one
it looks for the repository that the folder lies in."""


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
    words = next((line for line in lines if line.startswith("fatal: ")), lines[0])  # warnings may stand before it
    return words.removeprefix("fatal: ") or f"exit {done.returncode}"
