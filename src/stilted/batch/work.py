"""One shard: rows to the bytes of its part. This is what runs in workers, here and on a cluster."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from stilted.batch.inputs import JSONL, Shard, arrow
from stilted.batch.rows import Checker, Judged, row_of, told

if TYPE_CHECKING:
    import pyarrow as pa

PLAIN: Final = ("id", "document", "system", "target", "reference", "source")
"""Columns of a Parquet file that is made from JSONL, all strings; JSONL itself keeps what it is given."""


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of a shard: the bytes of its part, and how many of its rows are in error."""

    data: bytes
    errors: int


def work(checker: Checker, shard: Shard, kind: str, schema: pa.Schema | None) -> Part:
    """Judge the rows of a shard and write them as *kind*; *schema* is that of a Parquet output."""
    broken = [set(row) == {"error"} for row in shard]
    judged = iter(checker.judge(row_of(row) for row, bad in zip(shard, broken, strict=True) if not bad))
    results = [Judged(error=str(row["error"])) if bad else next(judged) for row, bad in zip(shard, broken, strict=True)]
    rows = [{**row, **told(result)} for row, result in zip(shard, results, strict=True)]
    errors = sum(result.error is not None for result in results)
    return Part(_jsonl(rows) if kind == JSONL else _parquet(rows, schema), errors)


def _jsonl(rows: list[dict[str, Any]]) -> bytes:
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False, default=str) + "\n" for row in rows)
    return "".join(lines).encode("utf-8", "backslashreplace")


def _parquet(rows: list[dict[str, Any]], schema: pa.Schema | None) -> bytes:
    pyarrow = arrow()
    if schema is None:
        raise ValueError("a Parquet part needs a schema")
    columns = []
    for field in schema:
        values = [row.get(field.name) for row in rows]
        if pyarrow.types.is_string(field.type):  # JSON may hold anything there
            values = [v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in values]
        columns.append(pyarrow.array(values, field.type))
    sink = BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, schema=schema), sink)
    return sink.getvalue()


def output_schema(given: pa.Schema | None, columns: Mapping[str, str]) -> pa.Schema:
    """Return the schema of a Parquet output: of the columns given, or of those that are kept of JSONL."""
    from stilted.batch.arrow import schema

    pyarrow = arrow()
    if given is None:
        return schema(pyarrow.schema([(name, pyarrow.string()) for name in PLAIN]))
    renamed = [given.field(i).with_name(columns.get(name, name)) for i, name in enumerate(given.names)]
    return schema(pyarrow.schema(renamed))
