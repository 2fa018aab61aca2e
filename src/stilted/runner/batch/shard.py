"""One shard: rows to the bytes of its part. This is what runs in workers, here and on a cluster."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from stilted.core.errors import UserError
from stilted.core.options import Settings
from stilted.runner.batch.arrow import OUT_OF_REACH, batch_schema, check_rows, make_added_columns, read_values
from stilted.runner.batch.inputs import JSONL, SHARD, Columns, Shard, import_arrow, read_row
from stilted.runner.batch.row_checker import ADDED, Checker, RowResult, Unreadable, make_columns, make_row

if TYPE_CHECKING:
    import pyarrow as pa

PLAIN: Final = ("id", "document", "system", "target", "reference", "source")
"""Columns of a Parquet file that is made from JSONL, all strings; JSONL itself keeps what it is given."""

OTHER: Final = "other"
"""Column of such a file that holds all others of the row, as JSON."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker must know.

    Attributes:
        kind: of the output. schema: of a Parquet output, else None. columns: names in the rows to names that are read.
    """

    settings: Settings
    kind: str
    schema: pa.Schema | None
    columns: Mapping[str, str]
    workers: int


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of a shard: the bytes of its part, and how many of its rows are in error."""

    data: bytes
    errors: int


def judge_shard(checker: Checker, shard: Shard, job: Job) -> Part:
    """Judge the rows of a shard and write them.

    Raises:
        UserError: a column of a Parquet file cannot be written as JSON.
    """
    if isinstance(shard, Sequence):
        rows = [read_row(line, job.columns) for line in shard]
        results = _check_rows(checker, rows)
        data = (
            _write_jsonl(rows, results) if job.kind == JSONL else _write_parquet(_make_table(rows), results, job.schema)
        )
    else:
        results = check_rows(checker, shard)
        data = (
            _write_jsonl(_read_rows(shard), results)
            if job.kind == JSONL
            else _write_parquet(shard, results, job.schema)
        )
    return Part(data, sum(result.error is not None for result in results))


def make_killed_error(number: int) -> UserError:
    """Say that whoever worked on a shard was killed, each time."""
    what = f"the workers that were given rows {number * SHARD + 1:,} to {(number + 1) * SHARD:,} were killed"
    hint = "They may need more memory than there is. What is done is kept, and the same command goes on with it."
    return UserError(what, "batch", hint)


def make_output_schema(given: pa.Schema | None, columns: Mapping[str, str]) -> pa.Schema:
    """Return the schema of a Parquet output: of the columns given, or of those that are kept of JSONL."""
    pyarrow = import_arrow()
    if given is None:
        return batch_schema(pyarrow.schema([(name, pyarrow.string()) for name in (*PLAIN, OTHER)]))
    renamed = [given.field(i).with_name(columns.get(name, name)) for i, name in enumerate(given.names)]
    return batch_schema(pyarrow.schema(renamed, metadata=given.metadata))


def _check_rows(checker: Checker, rows: Sequence[Columns]) -> list[RowResult]:
    faults = [_find_fault(row) for row in rows]
    fine = iter(checker.judge(make_row(row) for row, fault in zip(rows, faults, strict=True) if fault is None))
    return [next(fine) if fault is None else RowResult(error=fault) for fault in faults]


def _find_fault(row: Columns) -> str | None:
    """Return why a row of JSONL cannot be checked: it is no row, or has a column named like one that is added."""
    if set(row) == {"error"}:
        return str(row["error"])
    taken = [name for name in row if name in ADDED]
    return f"a column is called '{taken[0]}' already, and what stood there is replaced" if taken else None


def _write_jsonl(rows: Sequence[Columns], results: Sequence[RowResult]) -> bytes:
    lines = (_write_line({**row, **make_columns(result)}) for row, result in zip(rows, results, strict=True))
    return "".join(lines).encode("utf-8", "backslashreplace")


def _write_line(row: dict[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False, default=str) + "\n"
    except ValueError:  # JSON has no word for a number that is none
        return json.dumps(_drop_infinite(row), ensure_ascii=False, allow_nan=False, default=str) + "\n"


def _drop_infinite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {name: _drop_infinite(inner) for name, inner in value.items()}
    return [_drop_infinite(inner) for inner in value] if isinstance(value, list | tuple) else value


def _read_rows(table: Any) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON can tell them: dates, times and decimals as strings."""
    columns = {name: _read_values(name, column) for name, column in zip(table.schema.names, table.columns, strict=True)}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _read_values(name: str, column: Any) -> list[Any]:
    pyarrow = import_arrow()
    kind = pyarrow.types
    try:
        if kind.is_decimal(column.type) or (kind.is_temporal(column.type) and not kind.is_duration(column.type)):
            column = column.cast(pyarrow.string())
        values = read_values(column)
        if any(isinstance(value, Unreadable) and value.why == OUT_OF_REACH for value in values):
            raise ValueError(OUT_OF_REACH)  # nothing is lost in silence
        values = [value.shown if isinstance(value, Unreadable) else value for value in values]
    except (pyarrow.ArrowException, ValueError) as error:
        what = f"the column '{name}' ({column.type}) cannot be written as JSON"
        raise UserError(what, "batch", "Name the output .parquet.") from error
    return values


def _make_table(rows: Sequence[Columns]) -> Any:
    """Return rows of JSONL as a table: what is no string in a plain column becomes its JSON."""
    pyarrow = import_arrow()
    columns = [[_write_text(row.get(name)) for row in rows] for name in PLAIN]
    others = [{name: row[name] for name in row if name not in PLAIN and name not in ADDED} for row in rows]
    columns.append([_write_text(other or None) for other in others])
    arrays = [pyarrow.array(column, pyarrow.string()) for column in columns]
    return pyarrow.Table.from_arrays(arrays, names=[*PLAIN, OTHER])


def _write_text(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair has no place in Arrow


def _write_parquet(table: Any, results: Sequence[RowResult], wanted: pa.Schema | None) -> bytes:
    if wanted is None:
        raise ValueError("a Parquet part needs a schema")
    pyarrow = import_arrow()
    sink = BytesIO()
    columns = [*table.columns, *make_added_columns(results, wanted)]
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, schema=wanted), sink)
    return sink.getvalue()
