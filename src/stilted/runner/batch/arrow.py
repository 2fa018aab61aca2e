"""Apache Arrow in and out: record batches and tables, for Ray Data, Spark, Polars and DuckDB."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from stilted.core.errors import UserError, did_you_mean
from stilted.core.options import OPTIONS, Gate, Settings, make_settings
from stilted.runner.batch.inputs import import_arrow
from stilted.runner.batch.row_checker import ADDED, ROLES, Checker, RowResult, Unreadable, make_columns, make_row

if TYPE_CHECKING:
    import pyarrow as pa

_OPTIONS: Final = tuple(o for o in OPTIONS if o != "align" and o not in {field.name for field in fields(Gate)})


def batch_schema(given: pa.Schema) -> pa.Schema:
    """Return the schema of what `check_batches` makes of batches with the schema *given*.

    The columns given stay as they are. Added are: ``findings``, a list of structs (``rule category severity text
    message fingerprint``: string; ``confidence``: double; ``start end``: int32, code points of the target;
    ``suggestions``: list of string), null for a row that could not be judged; ``penalty words``: int32; ``bleu chrf
    estimate``: double; ``error``: string, null for a row that was judged.

    Raises:
        UserError: there is no column ``target``, or one of the added names is taken.
    """
    pa = import_arrow()
    require_columns(given.names)
    text, texts = pa.string(), ("rule", "category", "severity")
    finding = pa.struct(
        [
            *((name, text) for name in texts),
            ("confidence", pa.float64()),
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("text", text),
            ("message", text),
            ("suggestions", pa.list_(text)),
            ("fingerprint", text),
        ]
    )
    kinds = {"findings": pa.list_(finding), "penalty": pa.int32(), "words": pa.int32(), "error": text}
    fields = [pa.field(name, kinds.get(name, pa.float64())) for name in ADDED]
    return pa.schema([*given, *fields], metadata=given.metadata)


def require_columns(names: Iterable[str], where: str = "check_batches") -> None:
    """Refuse columns without a target, or with names that are there twice or are to be added; raises `UserError`."""
    known = list(names)
    if "target" not in known:
        hint = did_you_mean("target", known) if known else ""
        raise UserError("no column is called 'target'", where, f"Rename the one with the translations. {hint}".strip())
    taken = [name for name in known if name in ADDED]
    if taken:
        raise UserError(f"a column is called '{taken[0]}' already", where, "Rename it; results go there.")
    twice = next((name for name, times in Counter(known).items() if times > 1), None)
    if twice is not None:
        raise UserError(f"two columns are called '{twice}'", where, "Rename one of them.")


def check_batches(batches: Any, **options: Any) -> Any:
    """Check rows of Arrow data; nothing is kept between batches but the rules and the model.

    Args:
        batches: a RecordBatch or Table, for Ray Data's ``map_batches(..., batch_format="pyarrow")``; a
            RecordBatchReader, or an iterator of RecordBatches, for Spark's ``mapInArrow``; or whatever else speaks
            Arrow's C stream protocol, such as a data frame of Polars or a relation of DuckDB. Columns: ``target``, as
            wanted ``reference`` and ``source``; all others (``id``, ``system``, ``document``) are passed through.
        **options: as for `stilted.check`, without ``align`` and those of the gate: rows are paired already, and none
            passes or fails.

    Returns:
        The same kind of thing, a Table for what is none of Arrow's own, with the columns of `batch_schema`. A row
        is judged by itself: rules that look across segments (``inconsistency``) find nothing here, and rows may come in
        any order and any batches.

    Raises:
        UserError: an option is unknown, the columns do not fit, or this is no Arrow data; a row that cannot be judged
            is no reason, it says so in its ``error``.
    """
    pa = import_arrow()
    checker = _get_checker(make_settings("check_batches", **_require_fitting(options)))
    if isinstance(batches, pa.RecordBatchReader):
        made = (_check_batch(checker, batch) for batch in batches)
        return pa.RecordBatchReader.from_batches(batch_schema(batches.schema), made)
    if isinstance(batches, pa.RecordBatch | pa.Table):
        return _check_batch(checker, batches)
    if hasattr(batches, "__arrow_c_stream__"):
        return _check_batch(checker, pa.table(batches))
    if isinstance(batches, Iterable) and not isinstance(batches, str | bytes | Mapping):
        return (_check_batch(checker, batch) for batch in batches)
    raise _make_arrow_error(batches)


def _require_fitting(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Refuse options that `stilted.check` has and that would do nothing here; raises `UserError`."""
    for name, value in options.items():
        if name in OPTIONS and name not in _OPTIONS and value is not None:
            hint = f"Its options are: {', '.join(_OPTIONS)}."
            raise UserError(f"the option '{name}' has no effect on rows", "check_batches", hint)
    return options


@lru_cache(maxsize=4)
def _get_checker(chosen: Settings) -> Checker:
    return Checker.of(chosen)


def _check_batch(checker: Checker, batch: Any) -> Any:
    pa = import_arrow()
    if not isinstance(batch, pa.RecordBatch | pa.Table):
        raise _make_arrow_error(batch)
    wanted = batch_schema(batch.schema)
    return type(batch).from_arrays(
        [*batch.columns, *make_added_columns(check_rows(checker, batch), wanted)], schema=wanted
    )


def _make_arrow_error(given: Any) -> UserError:
    hint = "Give a RecordBatch, a Table, a stream of RecordBatches, or a data frame (of a lazy one, what it collects)."
    return UserError(f"{type(given).__name__} is no Arrow data", "check_batches", hint)


def check_rows(checker: Checker, batch: Any) -> list[RowResult]:
    """Judge the rows of a RecordBatch or Table."""
    columns = {role: read_values(batch.column(role)) for role in ROLES if role in batch.schema.names}
    return checker.judge(
        make_row(dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True)
    )


OUT_OF_REACH: Final = "out of reach"
"""Why a value is `Unreadable` that Python has no type for, such as a nanosecond."""


def read_values(column: Any) -> list[Any]:
    """Return the values of a column; in place of one that Python cannot read, such as broken UTF-8, `Unreadable`."""
    try:
        values: list[Any] = column.to_pylist()
        return values
    except (ValueError, OverflowError, import_arrow().ArrowException):
        # somewhere among them; which, is found one by one
        return [_read_value(scalar) for scalar in column]


def _read_value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        bare = getattr(scalar, "as_buffer", None)
        data = bare() if bare is not None else None
        shown = None if data is None else data.to_pybytes().decode("utf-8", "replace")
        return Unreadable(f"not UTF-8 at byte {error.start}", shown)
    except (ValueError, OverflowError, import_arrow().ArrowException):
        return Unreadable(OUT_OF_REACH)


def make_added_columns(results: Iterable[RowResult], wanted: pa.Schema) -> list[pa.Array]:
    """Return the columns that are added, one value a row; *wanted* is what `batch_schema` makes."""
    pa = import_arrow()
    rows = [make_columns(result) for result in results]
    return [pa.array([row[name] for row in rows], wanted.field(name).type) for name in ADDED]
