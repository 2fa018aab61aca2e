"""One JSON object a line, for jq, logs and tables: every finding with its file, and a line for each verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from stilted.core.foreign import Syntax
from stilted.core.model import Report, Unjudged
from stilted.render import json
from stilted.render.annotations import UNJUDGED, dump, make_path
from stilted.render.format import Format

FORMAT: Final = Format(syntax=Syntax.JSON)
_KEPT: Final = ("verdict", "mqm", "scores", "skipped", "notes")


def render(report: Report) -> str:
    """Return the lines of one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return for each file a line of ``"type": "finding"`` for each finding, then one of ``"type": "verdict"``.

    A finding has the keys it has in the JSON report; a verdict line has the keys ``verdict``, ``mqm``,
    ``scores``, ``skipped`` and ``notes`` of it, so that a file without findings is not silent. A file
    that could not be judged is a line of ``"type": "unjudged"`` with the keys ``what`` and ``hint``.
    """
    lines = [line for report in reports for line in _make_lines(report)]
    lines += [{"type": UNJUDGED, **json.make_unjudged(file), "file": make_path(file.file)} for file in unjudged]
    return "".join(dump(line, indent=None) for line in lines)


def _make_lines(report: Report) -> Iterator[dict[str, Any]]:
    data, file = json.to_dict(report), make_path(report.document.name)
    for finding in data["findings"]:
        yield {"type": "finding", "file": file, **finding}
    yield {"type": "verdict", "file": file, **{key: data[key] for key in _KEPT}}
