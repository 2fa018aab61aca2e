"""Rows of gzipped JSON Lines, as the data sets of the lab keep them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def read_json_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped file, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
