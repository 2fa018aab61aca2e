"""Other checkers over the same text: Harper, a port of LanguageTool's rules, proselint, the plain difference.

They are measuring points, not parts of the product: the ``bench`` extra installs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Final

from stilted.core.errors import UserError, did_you_mean
from stilted.lab.evaluation.chance import mark_difference
from stilted.lab.evaluation.spans import Pair

Peer = Callable[[str, str | None], list[Pair]]
"""From a segment and its reference, if any, to the spans the checker marks."""


def load_peer(name: str) -> Peer:
    """Return the checker called *name*; loading it may take seconds.

    Raises:
        UserError: there is no such checker, or it is not installed.
    """
    if name not in PEERS:
        raise UserError(f"unknown checker '{name}'", "--against", did_you_mean(name, PEERS))
    try:
        return PEERS[name]()
    except ImportError as error:
        raise UserError(f"{name} is not installed", "--against", "Run: pip install 'stilted[bench]'") from error


def _load_harper() -> Peer:
    linter = import_module("harper").Linter()
    return lambda text, _: _clean_spans(((lint.span.start, lint.span.end) for lint in linter.lint(text)), text)


def _load_languagetool() -> Peer:
    engine = import_module("lt_py").Engine("en-US")

    def check(text: str, _: str | None) -> list[Pair]:
        raw = text.encode()  # the port counts UTF-8 bytes

        def characters(match: dict[str, Any]) -> Pair:
            start, end = match["offset"], match["offset"] + match["length"]
            return len(raw[:start].decode(errors="ignore")), len(raw[:end].decode(errors="ignore"))

        return _clean_spans(map(characters, engine.check(text)), text)

    return check


def _load_proselint() -> Peer:
    registry = import_module("proselint.registry").CheckRegistry()
    if not registry.checks:
        registry.register_many(import_module("proselint.checks").__register__)
    lint_file = import_module("proselint.tools").LintFile

    def check(text: str, _: str | None) -> list[Pair]:
        if not text.strip():
            return []
        spans = (result.check_result.span for result in lint_file("segment", text).lint())
        return _clean_spans(((start - 1, end - 1) for start, end in spans), text)  # it puts a line break in front

    return check


def _clean_spans(spans: Iterator[Pair], text: str) -> list[Pair]:
    inside = ((max(0, start), min(end, len(text))) for start, end in spans)
    return sorted({(start, end) for start, end in inside if start < end})


PEERS: Final[dict[str, Callable[[], Peer]]] = {
    "harper": _load_harper,
    "languagetool": _load_languagetool,
    "proselint": _load_proselint,
    "diff": lambda: mark_difference,
}
"""What ``--against`` knows."""
