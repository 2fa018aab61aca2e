"""A comment for a pull or merge request, of bounded length, in which the translation's markup stays text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stilted.core.model import Report, Unjudged
from stilted.render.comment import write_comment
from stilted.render.format import Format

FORMAT: Final = Format()
LIMIT: Final = 60_000
"""Characters; GitHub refuses comments of more than 65,536, and other tools may want to add a line."""


def render(report: Report) -> str:
    """Return the comment on one file."""
    return render_all([report])


def render_all(reports: Sequence[Report], unjudged: Sequence[Unjudged] = ()) -> str:
    """Return one comment on all files: verdicts, the worst findings there is room for, scores, what did not run."""
    return write_comment(reports, LIMIT, unjudged=unjudged)
