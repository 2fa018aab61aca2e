"""What a whole corpus comes to: totals by file, system, language, rule and category, its worst documents, its drift."""

from __future__ import annotations

from stilted.summary.drift import Drift, drift
from stilted.summary.nouns import Summary
from stilted.summary.read import records
from stilted.summary.show import earlier, render_summary
from stilted.summary.tally import summarise

__all__ = ["Drift", "Summary", "drift", "earlier", "records", "render_summary", "summarise"]
