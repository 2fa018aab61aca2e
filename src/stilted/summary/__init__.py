"""What a whole corpus comes to: totals by file, system, language, rule and category, its worst documents, its drift."""

from __future__ import annotations

from stilted.summary.drift import Drift, measure_drift
from stilted.summary.nouns import Summary
from stilted.summary.read import read_records
from stilted.summary.show import read_earlier, render_summary
from stilted.summary.tally import summarise

__all__ = ["Drift", "Summary", "measure_drift", "read_earlier", "read_records", "render_summary", "summarise"]
