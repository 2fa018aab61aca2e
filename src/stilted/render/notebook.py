"""Reports among data: a page inside a notebook's cell, and findings as a table of Arrow or pandas."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import escape

from stilted.core.errors import UserError
from stilted.core.model import Report
from stilted.render import html
from stilted.render.json import to_dict

HEIGHT: Final = 640
"""Of the frame, in CSS pixels."""

_COLUMNS: Final = (
    "rule", "category", "severity", "confidence", "segment", "start", "end", "segment_start", "segment_end", "text",
    "message", "why", "suggestions", "fingerprint", "known",
)  # fmt: skip


def make_cell(report: Report) -> str:
    """Return the report's page in a frame of its own, so that its styles and the notebook's do not meet.

    The frame may run the page's own script and nothing else: no forms, no navigation, no access to the notebook.
    """
    page = escape(html.render(report))
    style = f"width: 100%; height: {HEIGHT}px; border: 1px solid #ccc"
    return f'<iframe sandbox="allow-scripts" style="{style}" srcdoc="{page}"></iframe>'


def to_arrow(report: Report) -> Any:
    """Return the findings as a `pyarrow.Table`, a row each, with the columns of the JSON report.

    Raises:
        UserError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise UserError("pyarrow is not installed", "to_arrow", "Run: pip install 'stilted[arrow]'") from error
    text, place = pa.string(), pa.int64()
    kinds = {
        "confidence": pa.float64(), "segment": place, "start": place, "end": place, "segment_start": place,
        "segment_end": place, "suggestions": pa.list_(text), "known": pa.bool_(),
    }  # fmt: skip
    rows = [{name: finding[name] for name in _COLUMNS} for finding in to_dict(report)["findings"]]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, kinds.get(name, text)) for name in _COLUMNS]))


def to_pandas(report: Report) -> Any:
    """Return the findings as a `pandas.DataFrame`, like `to_arrow`.

    Raises:
        UserError: pandas or pyarrow is not installed.
    """
    table = to_arrow(report)
    try:
        return table.to_pandas()
    except ImportError as error:
        raise UserError("pandas is not installed", "to_pandas", "Run: pip install pandas") from error
