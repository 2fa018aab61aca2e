"""Rows of Parquet and JSONL files in shards of a fixed size, read as a stream; and what makes two files the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stilted.errors import UserError, did_you_mean

if TYPE_CHECKING:
    import pyarrow as pa

SHARD: Final = 1024
"""Rows of a shard: what is lost at most when a worker is killed, and what one holds in memory."""

MAX_LINE: Final = 8_000_000
"""Longest line of a JSONL file, in bytes."""

_CHUNK: Final = 1 << 20
PARQUET, JSONL = "parquet", "jsonl"
_SUFFIXES: Final = {".parquet": PARQUET, ".pq": PARQUET, ".jsonl": JSONL, ".ndjson": JSONL}

Shard = Sequence[Mapping[str, Any]]
"""Rows as columns by name; a row that cannot be read is ``{"error": why}``."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file of rows.

    Attributes:
        path, kind: the file, and `PARQUET` or `JSONL`. rows: how many (of JSONL: lines that are not blank).
        digest: SHA-256 of its bytes. schema: of a Parquet file, None for JSONL.
    """

    path: Path
    kind: str
    rows: int
    digest: str
    schema: pa.Schema | None

    @property
    def shards(self) -> int:
        """How many shards there are."""
        return -(-self.rows // SHARD)


def kind_of(path: Path) -> str:
    """Return the kind of file that the ending of *path* names; raises `UserError` for any other."""
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UserError("neither Parquet nor JSONL", str(path), "Name it .parquet or .jsonl.") from None


def arrow() -> Any:
    """Return the module pyarrow; raises `UserError` where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        what = "Parquet needs pyarrow, which is not installed"
        raise UserError(what, "batch", "Run: pip install 'stilted[arrow]'") from error
    return pyarrow


def open_input(path: Path) -> Input:
    """Look at a file as a whole, once: its rows and its digest.

    Raises:
        UserError: it is missing, of another kind, empty, or no Parquet.
    """
    kind = kind_of(path)
    digest, lines = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        if kind == JSONL:
            lines = sum(1 for line in _lines(path) if line.strip())
    except OSError as error:
        raise UserError(f"cannot read the rows: {error.strerror}", str(path), "Check the path.") from error
    schema = None
    if kind == PARQUET:
        file = _parquet(path)
        lines, schema = file.metadata.num_rows, file.schema_arrow
    if not lines:
        raise UserError("the file has no rows", str(path), "Give a file with rows in it.")
    return Input(path, kind, lines, digest.hexdigest(), schema)


def _parquet(path: Path) -> Any:
    pyarrow = arrow()
    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowInvalid, OSError) as error:
        reason = str(error).split("\n")[0]
        raise UserError(f"no Parquet file: {reason}", str(path), "Write it again; it may have been cut off.") from error


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is longer than `MAX_LINE`, only the beginning, which is no JSON."""
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE):
            yield line
            while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
                pass


def shards(given: Input, columns: Mapping[str, str]) -> Iterator[tuple[int, Shard]]:
    """Yield ``(number, rows)`` of every shard; *columns* maps names in the file to those that are read."""
    rows = _parquet_rows(given.path) if given.kind == PARQUET else _jsonl_rows(given.path)
    part: list[Mapping[str, Any]] = []
    number = 0
    for row in rows:
        part.append({columns.get(name, name): value for name, value in row.items()} if columns else row)
        if len(part) == SHARD:
            yield number, part
            number, part = number + 1, []
    if part:
        yield number, part


def _parquet_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for batch in _parquet(path).iter_batches(batch_size=SHARD):
        yield from batch.to_pylist()


def _jsonl_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            yield _row(line, number)


def _row(line: bytes, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": f"line {number} is not JSON"}
    return row if isinstance(row, dict) else {"error": f"line {number} is not a JSON object"}


def renaming(given: Sequence[str]) -> dict[str, str]:
    """Read ``target=mt`` into ``{"mt": "target"}``; raises `UserError` for what is not of this form."""
    found: dict[str, str] = {}
    roles = ("target", "reference", "source")
    for item in given:
        role, equals, name = item.partition("=")
        if not equals or not name or role not in roles:
            hint = did_you_mean(role, roles) if equals else "Write target=NAME."
            raise UserError(f"'{item}' names no column", "--column", hint)
        found[name] = role
    return found
