"""What a reader says of findings, kept under keys that survive small edits of the text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stilted.core.errors import UserError, explain_refusal

JUDGEMENTS: Final = ("true", "defensible", "false")
"""A native editor would change it, or it is a real fault; it may stay or go; it is right as it is."""

ALIKE: Final = 0.6
"""Least share of common words at which two sentences with the same finding are the same sentence, edited."""

_WORD: Final = re.compile(r"\w+")
_Row = Mapping[str, Any]


def list_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case: what is left of it when marks, blanks and layout are changed."""
    return tuple(_WORD.findall(text.casefold()))


def make_key(rule: str, quoted: str, sentence: str) -> str:
    """Return the name of a finding: its rule, its quoted text and its sentence, whatever file they stand in."""
    said = " ".join(list_words(quoted)) or " ".join(quoted.split())
    digest = hashlib.sha256("\x1f".join((rule, said, " ".join(list_words(sentence)))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


@dataclass(slots=True)
class Judgements:
    """All that has been judged so far."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    _near: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, row: _Row) -> None:
        """Keep the judgement of a row of a sheet; a later one of the same finding wins."""
        said = row.get("judgement")
        if said not in JUDGEMENTS:
            raise UserError(f"'{said}' is no judgement", f"{row.get('rule')}", f"Write one of {', '.join(JUDGEMENTS)}.")
        kept = {name: row[name] for name in ("key", "rule", "text", "sentence", "judgement") if name in row}
        if row.get("remark"):
            kept["remark"] = row["remark"]
        self.rows[row["key"]] = kept
        self._near.setdefault(_make_key(row), []).append(kept)

    def of(self, row: _Row) -> str | None:
        """Return the judgement of a finding: of its key, or of the same words found in a sentence much like its own."""
        if exact := self.rows.get(row["key"]):
            return str(exact["judgement"])
        near = [
            (measure_likeness(row["sentence"], other["sentence"]), other)
            for other in self._near.get(_make_key(row), ())
        ]
        best = max(near, key=lambda pair: pair[0], default=None)
        return str(best[1]["judgement"]) if best and best[0] >= ALIKE else None


def _make_key(row: _Row) -> tuple[str, str]:
    return row["rule"], " ".join(row["text"].casefold().split())


def measure_likeness(sentence: str, other: str) -> float:
    """Return the share of the words of two sentences that both have, 0 to 1."""
    words, other_words = set(list_words(sentence)), set(list_words(other))
    return len(words & other_words) / len(words | other_words) if words | other_words else 1.0


def read_judgements(path: Path) -> Judgements:
    """Read the judgements kept in a file, none if there is no such file."""
    kept = Judgements()
    for row in read_rows(path) if path.is_file() else ():
        kept.add(row)
    return kept


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line.

    Raises:
        UserError: it cannot be read, or a line of it is no JSON object.
    """
    read: list[dict[str, Any]] = []
    try:
        lines = path.read_text("utf-8").split("\n")  # other line ends may stand in a string
    except OSError as error:
        raise UserError(f"cannot be read: {explain_refusal(error)}", str(path)) from error
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise UserError(f"not JSON: {error}", f"{path}:{number}") from error
        if isinstance(row, dict):
            read.append(row)
        elif row is not None:
            raise UserError("not a JSON object", f"{path}:{number}")
    return read


def write(path: Path, rows: Iterable[_Row]) -> None:
    """Write one JSON object a line."""
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    path.write_text(text, "utf-8", errors="backslashreplace")
