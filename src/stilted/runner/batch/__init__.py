"""Millions of segments: rows in, rows with findings out, in shards that are resumed after a kill.

Every row is judged by itself, as a document of one segment: what is found in it depends on no other row, so results
are the same however rows are cut into batches, in whatever order, on however many machines.
"""

from __future__ import annotations

from stilted.runner.batch.arrow import batch_schema, check_batches
from stilted.runner.batch.row_checker import Checker, Row, RowResult

__all__ = ["Checker", "Row", "RowResult", "batch_schema", "check_batches"]
