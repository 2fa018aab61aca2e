"""Rows of Parquet and JSONL files in shards of a fixed size, read as a stream; and what makes two files the same."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stilted.core.errors import UserError, did_you_mean, explain_refusal
from stilted.runner.batch.row_checker import ROLES

if TYPE_CHECKING:
    import pyarrow as pa

SHARD: Final = 1024
"""Rows of a shard: what is lost at most when a worker is killed, and what one holds in memory."""

MAX_LINE: Final = 8_000_000
"""Longest line of a JSONL file, in bytes."""

MAX_DEPTH: Final = 100
"""How deep lists and objects of a row may nest: what can be read can then be written too, however full the stack is."""

_CHUNK: Final = 1 << 20
PARQUET, JSONL = "parquet", "jsonl"
_SUFFIXES: Final = {".parquet": PARQUET, ".pq": PARQUET, ".jsonl": JSONL, ".ndjson": JSONL}

Columns = Mapping[str, Any]
"""Columns by name; a row that cannot be read is ``{"error": why}``."""

Line = tuple[int, bytes]
"""A line of JSONL with its number, from 1."""

Shard = Sequence[Line] | Any
"""Lines of JSONL, or of Parquet a Table of Arrow, whose columns may be of any type and are handed on as they are."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file of rows.

    Attributes:
        path, kind: the file, and `PARQUET` or `JSONL`. rows: how many (of JSONL: lines that are not blank).
        digest: SHA-256 of its bytes. schema: of a Parquet file, None for JSONL.
        mark: what tells whether it has been written since.
    """

    path: Path
    kind: str
    rows: int
    digest: str
    schema: pa.Schema | None
    mark: tuple[int, ...]

    @property
    def shards(self) -> int:
        """How many shards there are."""
        return -(-self.rows // SHARD)


def is_as_it_was(given: Input) -> bool:
    """Tell whether the file is still the one that was opened, as far as can be told without reading it again."""
    try:
        return _make_mark(given.path) == given.mark
    except OSError:
        return False


def _make_mark(path: Path) -> tuple[int, ...]:
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns


def get_kind(path: Path) -> str:
    """Return the kind of file that the ending of *path* names; raises `UserError` for any other."""
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UserError("neither Parquet nor JSONL", str(path), "Name it .parquet or .jsonl.") from None


def import_arrow() -> Any:
    """Return the module pyarrow; raises `UserError` where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise UserError("pyarrow is not installed", "batch", "Run: pip install 'stilted[arrow]'") from error
    return pyarrow


def open_input(path: Path) -> Input:
    """Look at a file as a whole, once: its rows and its digest.

    Raises:
        UserError: it is missing, of another kind, empty, or no Parquet.
    """
    if not os.path.exists(path):  # said before its name is looked at
        raise UserError("there is no such file", str(path), "Check the path.")
    kind = get_kind(path)
    digest, lines = hashlib.sha256(), 0
    try:
        mark = _make_mark(path)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        if kind == JSONL:
            lines = sum(1 for line in _read_lines(path) if line.strip())
    except OSError as error:
        raise UserError(f"cannot read the rows: {explain_refusal(error)}", str(path), "Check the path.") from error
    schema = None
    if kind == PARQUET:
        file = _open_parquet(path)
        lines, schema = file.metadata.num_rows, file.schema_arrow
    if not lines:
        raise UserError("the file has no rows", str(path), "Give a file with rows in it.")
    return Input(path, kind, lines, digest.hexdigest(), schema, mark)


def _open_parquet(path: Path) -> Any:
    pyarrow = import_arrow()
    try:
        return pyarrow.parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = str(error).split("\n")[0]
        raise UserError(f"no Parquet file: {reason}", str(path), "Write it again; it may have been cut off.") from error


def _read_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is longer than `MAX_LINE`, only the beginning, which is no JSON."""
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE):
            yield line
            while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
                pass


def read_shards(given: Input, columns: Mapping[str, str]) -> Iterator[tuple[int, Shard]]:
    """Yield ``(number, shard)`` of every shard; *columns* maps names in a Parquet file to those that are read."""
    return enumerate(
        _read_tables(given.path, columns) if given.kind == PARQUET else _cut_into_parts(_number_lines(given.path))
    )


def read_rows(given: Input) -> Iterator[Columns]:
    """Yield the rows, one after the other."""
    if given.kind == JSONL:
        yield from (read_row(line, {}) for line in _number_lines(given.path))
    else:
        for batch in _read_batches(given.path):
            try:
                rows = batch.to_pylist()
            except (ValueError, OverflowError, import_arrow().ArrowException) as error:
                raise UserError("a row cannot be read", str(given.path), "Write the file again.") from error
            yield from rows


def _read_tables(path: Path, columns: Mapping[str, str]) -> Iterator[Any]:
    """Yield tables of `SHARD` rows, however many there are in a row group; the last may be shorter."""
    table = import_arrow().Table
    held: list[Any] = []
    count = 0
    for batch in _read_batches(path):
        held.append(batch.rename_columns([columns.get(name, name) for name in batch.schema.names]))
        count += len(batch)
        while count >= SHARD:
            shard = table.from_batches(held)
            yield shard.slice(0, SHARD).combine_chunks()
            held, count = shard.slice(SHARD).to_batches(), count - SHARD
    if count:
        yield table.from_batches(held).combine_chunks()


def _read_batches(path: Path) -> Iterator[Any]:
    """Yield record batches; raises `UserError` where the file is damaged, or does not hold what it counts."""
    file = _open_parquet(path)
    batches, missing = file.iter_batches(batch_size=SHARD), file.metadata.num_rows
    while True:
        try:
            batch = next(batches, None)
        except (import_arrow().ArrowException, OSError) as error:
            what = f"the rows cannot be read: {str(error).partition(chr(10))[0]}"
            raise UserError(what, str(path), "The file is damaged; write it again.") from error
        if batch is None:
            break
        missing -= len(batch)
        yield batch
    if missing:
        what = f"the rows cannot be read: it counts {file.metadata.num_rows:,}, and holds other than that"
        raise UserError(what, str(path), "The file is damaged; write it again.")


def _cut_into_parts(lines: Iterator[Line]) -> Iterator[Sequence[Line]]:
    while part := list(islice(lines, SHARD)):
        yield part


def _number_lines(path: Path) -> Iterator[Line]:
    return ((number, line) for number, line in enumerate(_read_lines(path), 1) if line.strip())


def read_row(line: Line, columns: Mapping[str, str]) -> Columns:
    """Return the row that a line holds; *columns* maps the names in it to those that are read."""
    number, text = line
    try:
        parsed = json.loads(text, parse_constant=_refuse_number)
    except ValueError:
        return {"error": f"line {number} is not JSON"}
    except RecursionError:
        return {"error": f"line {number} nests deeper than {MAX_DEPTH} levels"}
    if _nests_too_deeply(parsed):
        return {"error": f"line {number} nests deeper than {MAX_DEPTH} levels"}
    if not isinstance(parsed, dict):
        return {"error": f"line {number} is not a JSON object"}
    clash = [name for name, role in columns.items() if name != role and name in parsed and role in parsed]
    if clash:
        return {"error": f"there is a column '{clash[0]}', and one called '{columns[clash[0]]}' too"}
    return {columns.get(name, name): value for name, value in parsed.items()} if columns else parsed


def _nests_too_deeply(value: Any) -> bool:
    """Tell whether lists and objects nest deeper than `MAX_DEPTH`, level by level and so without recursion."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        inner = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        if not inner:
            return False
        level = [each for values in inner for each in values]
    return True


def require_named(given: Input, columns: Mapping[str, str]) -> None:
    """Refuse a name that *columns* renames and no column has; of JSONL, whose rows may differ, the first shard tells.

    Raises:
        UserError: a column is not in the schema, or in none of the first `SHARD` rows.
    """
    if given.schema is not None:
        there, within = set(given.schema.names), ""
    elif columns:
        read = (read_row(line, {}) for line in islice(_number_lines(given.path), SHARD))
        there = {name for each in read if set(each) != {"error"} for name in each}
        within = f" in the first {SHARD:,} rows" if given.rows > SHARD else ""
    else:
        return
    for name in columns:
        if name not in there:
            what = f"no column is called '{name}'{within}"
            raise UserError(what, str(given.path), did_you_mean(name, there) if there else "")


def _refuse_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def read_renaming(given: Sequence[str]) -> dict[str, str]:
    """Read ``target=mt`` into ``{"mt": "target"}``; raises `UserError` for what is not of this form."""
    renamed: dict[str, str] = {}
    for item in given:
        role, equals, name = item.partition("=")
        if not equals or not name or role not in ROLES:
            hint = did_you_mean(role, ROLES) if equals else "Write target=NAME."
            raise UserError(f"'{item}' names no column", "--column", hint)
        if name in renamed or role in renamed.values():
            raise UserError(f"'{item}' is the second for its column or role", "--column", "Name each once.")
        renamed[name] = role
    return renamed
