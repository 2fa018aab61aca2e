"""One file while it is read, and what readers of every format share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stilted.core.errors import UserError
from stilted.lab.evaluation.annotations import BadRow, Row

_PAIR: Final = re.compile(r"(?<![a-z])([a-z]{2})[-_2]?en(?![a-z])")


@dataclass(slots=True)
class Sheet:
    """One file while it is read: where it is, what came out of it."""

    path: Path
    name: str
    rows: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)

    @property
    def corpus(self) -> str:
        """The folder is the data set; a folder named after a language pair is a part of one."""
        folder = self.path.resolve().parent
        return folder.parent.name if _PAIR.fullmatch(folder.name) else folder.name

    @property
    def language(self) -> str:
        """The source language as the file name or its folder gives it (``zh-en``, ``de2en``), or empty."""
        match = _PAIR.search(self.path.stem.lower()) or _PAIR.fullmatch(self.path.resolve().parent.name)
        return match.group(1) if match else ""

    def reject(self, line: int, reason: str) -> None:
        """Note that the record at *line* is not usable."""
        self.bad.append(BadRow(self.name, line, reason))


def read_numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (1-based number, line without its end) of a UTF-8 file; only LF and CRLF end a line.

    Raises:
        UserError: the file is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UserError("not UTF-8 text", path.name, "Save the file as UTF-8.") from error


def is_source_fault(category: str) -> bool:
    """A fault of the source text is not the translation's."""
    return category.strip().lower().startswith("source")
