"""Only what changed: the paragraphs of working files that differ from a git revision.

Git counts lines by ``\\n`` alone, and so does this module. A paragraph is a run of lines that are not blank.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from stilted import formats
from stilted.core.boundary import find_repository
from stilted.core.errors import UserError
from stilted.core.model import Document, Finding, find_place
from stilted.project import git_calls

Ranges = tuple[tuple[int, int], ...]
"""First and last touched lines, 1-based, of the file as it is now; empty when nothing was touched."""

WHOLE: Final[Ranges] = ((1, sys.maxsize),)
"""The ranges of a file that cannot be compared: the commit does not hold it, or it is binary to git (UTF-16)."""

_HUNK: Final = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def find_changed_lines(files: Sequence[Path], revision: str, *, merge_base: bool = False) -> dict[Path, Ranges]:
    """Return which lines of each file were touched since *revision*, committed or not.

    What is compared is the content of that commit and what is on the disk now, byte for byte but for the ends of lines:
    no filter of a repository is run (see `stilted.project.git_calls`).

    Args:
        files: files of the repository that the working folder lies in. One that the commit does not hold was touched
            everywhere, and so was one that is missing: whoever reads it will say so.
            A file that was renamed, as far as the index knows, is compared with what it was called.
        revision: anything that git resolves to a commit.
        merge_base: compare with the commit where this branch left *revision*, which is what a pull request changed.

    Raises:
        UserError: git is missing, a file lies in no repository or in another, or it knows no such revision.
    """
    root = git_calls.find_root()
    real = {file: Path(os.path.realpath(file)) for file in files}
    present = {path: path.relative_to(root).as_posix() for path in real.values() if _is_inside(path, root)}
    commit = _find_commit(root, revision)
    if merge_base:
        commit = _find_merge_base(root, commit, revision)
    before = _list_blobs(root, commit)
    renamed = {} if before.keys() >= set(present.values()) else _find_renames(root, commit)
    changed: dict[Path, Ranges] = {}
    touched: dict[Path, str] = {}
    for path, name in present.items():
        old = before.get(name) or before.get(renamed.get(name, ""))
        data = formats.read_bytes(path, "translation")
        if old is None or len(data) > formats.MAX_BYTES:
            continue
        if _hash_blob(data, len(old)) == old:
            changed[path] = ()
        else:
            touched[path] = old
    small = _choose_small(root, list(touched.values()))
    for path, old in touched.items():
        if old in small:
            before_it = git_calls.ask_git(root, ["cat-file", "blob", old])
            changed[path] = _find_ranges(before_it, formats.read_bytes(path, "translation"))
    return {file: changed.get(path, WHOLE) for file, path in real.items()}


def keep(document: Document, findings: Iterable[Finding], ranges: Ranges) -> tuple[Finding, ...]:
    """Return the findings in paragraphs of their file that a line of *ranges* lies in; all that have no place.

    A finding of no characters is something missing, and may be missing from the lines between its paragraph and the
    next too: a paragraph may have been deleted there.
    """
    text = document.origin or ""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    blocks = _find_blocks(document)
    begins = [start for start, _ in blocks]
    tops = _find_tops(document, text, starts, blocks)

    def find_line(offset: int) -> int:
        return bisect_right(starts, offset)

    def find_block(offset: int) -> int:
        return max(bisect_right(begins, offset) - 1, 0)

    def is_touched(finding: Finding) -> bool:
        place = find_place(document, finding)
        if place is None:
            return True
        last = max(place.end - 1, place.start)
        low, high = find_line(place.start), find_line(last)
        if blocks:
            low, high = min(low, tops[find_block(place.start)]), max(high, find_line(blocks[find_block(last)][1] - 1))
        if not place:
            after = bisect_right(begins, place.start)
            high = max(high, find_line(begins[after]) - 1 if after < len(begins) else len(starts))
        return any(low <= end and start <= high for start, end in ranges)

    return tuple(finding for finding in findings if is_touched(finding))


def _find_blocks(document: Document) -> list[tuple[int, int]]:
    """Return where each block of prose, or unit of a catalogue, begins and ends in its file, in order."""
    if document.target is not None:
        edges = [(0, 0), *(match.span() for match in _BLANK.finditer(document.target)), (len(document.target),) * 2]
        blocks = [(before[1], after[0]) for before, after in pairwise(edges) if before[1] < after[0]]
        return blocks if document.map is None else [document.map.place(*each) for each in blocks]
    maps = (segment.map for segment in document.segments if segment.target and segment.map is not None)
    return sorted((own.pieces[0][2], own.pieces[-1][3]) for own in maps)


def _find_tops(document: Document, text: str, starts: Sequence[int], blocks: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first line of each block; a unit's begins behind the one before it, or behind a blank line."""
    lines = [bisect_right(starts, start) for start, _ in blocks]
    if document.target is not None:
        return lines
    blank = [bisect_right(starts, match.end() - 1) for match in _BLANK.finditer(text)]
    tops, behind = [], 0
    for own, (_, end) in zip(lines, blocks, strict=True):
        near = bisect_right(blank, own)
        tops.append(min(own, max(behind, blank[near - 1] if near else 0) + 1))
        behind = bisect_right(starts, end - 1)
    return tops


_BLANK: Final = re.compile(r"(?:\A|\n)(?:[^\S\n]*(?:\n|\Z))+")


def _is_inside(path: Path, root: Path) -> bool:
    """Tell whether *path* is a file, which then is one of the repository at *root*; raises `UserError` if it is not."""
    if not path.is_file():
        return False
    own = find_repository(path.parent)
    if own != root:
        what = "not in a git repository" if own is None else "not in the git repository that this runs in"
        hint = "Leave out --changed-since, or run in a checkout." if own is None else "Run it in that checkout."
        raise UserError(what, str(path), hint)
    return True


_SHALLOW: Final = "a shallow clone does not hold old commits (fetch-depth: 0 on GitHub)."


def _find_commit(root: Path, revision: str) -> str:
    """Return the hash of *revision*; from here on, nothing that the user wrote is read by git as a revision."""
    hint = f"Check the name; {_SHALLOW}"
    if not revision or "\0" in revision:
        raise UserError("no revision", "--changed-since", hint)
    done = git_calls.call(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
    if done.returncode:
        raise UserError(f"git knows no revision '{revision}'", "--changed-since", hint)
    return done.stdout.decode("ascii").strip()


def _find_merge_base(root: Path, commit: str, revision: str) -> str:
    done = git_calls.call(root, ["merge-base", commit, "HEAD"])
    if done.returncode:
        what = f"no commit is known that '{revision}' and this branch have in common"
        raise UserError(what, "--merge-base", f"Fetch more history: {_SHALLOW}")
    return done.stdout.decode("ascii").split()[0]


def _list_blobs(root: Path, commit: str) -> dict[str, str]:
    """Return the files of a commit by name, each with the hash of its content."""
    listing = git_calls.ask_git(root, ["ls-tree", "-r", "-z", "--full-tree", commit])
    entries = (entry.partition(b"\t") for entry in listing.split(b"\0") if entry)
    return {os.fsdecode(name): facts.split()[2].decode("ascii") for facts, _, name in entries if facts[:2] == b"10"}


def _hash_blob(data: bytes, digits: int) -> str:
    """Return the hash by which git knows this content, in a repository with hashes of so many *digits*."""
    digest = hashlib.new("sha256" if digits == _SHA256 else "sha1", b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


_SHA256: Final = 64


def _choose_small(root: Path, blobs: Sequence[str]) -> frozenset[str]:
    """Return those of *blobs* that are not larger than a file may be."""
    if not blobs:
        return frozenset()
    answer = git_calls.ask_git(
        root, ["cat-file", "--batch-check"], "".join(f"{blob}\n" for blob in blobs).encode("ascii")
    )
    facts = (line.split() for line in answer.decode("ascii").splitlines())
    return frozenset(line[0] for line in facts if line[1] == "missing" or int(line[2]) <= formats.MAX_BYTES)


def _find_renames(root: Path, commit: str) -> dict[str, str]:
    """Return what files that were renamed since *commit* were called there; git tells by their likeness."""
    options = ("--cached", "-r", "-z", "--name-status", "--diff-filter=R", "--find-renames", f"-l{_MOST_RENAMES}")
    answer = git_calls.ask_git(root, ["diff-index", *options, *git_calls.QUIETLY, commit, "--"]).split(b"\0")
    names = [os.fsdecode(name) for name in answer]
    return dict(zip(names[2::3], names[1::3], strict=False))


_MOST_RENAMES: Final = 1000
"""Files that came, and that went, of which each is compared with each; a repository may not say how many."""


def _find_ranges(old: bytes, new: bytes) -> Ranges:
    lines = git_calls.compare(old, new).decode("utf-8", "replace").split("\n")
    if any(line.startswith("Binary files ") for line in lines):
        return WHOLE
    return tuple(_read_hunks(lines))


def _read_hunks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
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
