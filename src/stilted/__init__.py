"""Tell whether an English translation is good, and which words no native writer would have chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stilted.api import Report, check, check_file, check_segments
    from stilted.comparison import Comparison, compare, compare_files
    from stilted.core.errors import UserError
    from stilted.core.model import Finding, Rule, Score, Segment, Span, Verdict
    from stilted.runner.batch import batch_schema, check_batches

__version__ = "0.1.0"

_HOMES = {
    "check": "stilted.api",
    "batch_schema": "stilted.runner.batch",
    "check_batches": "stilted.runner.batch",
    "check_file": "stilted.api",
    "check_segments": "stilted.api",
    "compare": "stilted.comparison",
    "compare_files": "stilted.comparison",
    "Comparison": "stilted.comparison",
    "Report": "stilted.api",
    "UserError": "stilted.core.errors",
    "Finding": "stilted.core.model",
    "Rule": "stilted.core.model",
    "Score": "stilted.core.model",
    "Segment": "stilted.core.model",
    "Span": "stilted.core.model",
    "Verdict": "stilted.core.model",
}

__all__ = [
    "Comparison",
    "Finding",
    "Report",
    "Rule",
    "Score",
    "Segment",
    "Span",
    "UserError",
    "Verdict",
    "__version__",
    "batch_schema",
    "check",
    "check_batches",
    "check_file",
    "check_segments",
    "compare",
    "compare_files",
]


def __getattr__(name: str) -> Any:
    """Load a public name at its first use: `import stilted` stays fast (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'stilted' has no attribute '{name}'")
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
