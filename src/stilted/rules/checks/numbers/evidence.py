"""Which values were read where, for a reader who doubts a finding about numbers."""

from __future__ import annotations

from collections.abc import Iterator

from stilted.core.model import Document, Finding
from stilted.rules.checks.numbers import sources
from stilted.rules.checks.numbers.quantities import find_quantities
from stilted.rules.checks.numbers.quantity import Quantity


def read_values(document: Document, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the values read in the translation and in what it was compared with."""
    segment = document.segments[finding.segment]
    yield "read here", _list_values(segment.target or "")
    if segment.reference:
        yield "read there", _list_values(segment.reference)
    elif segment.source:
        yield "read there", _list_amounts(segment.source, document.source_language)


def _list_values(text: str) -> str:
    return "; ".join(_describe_value(text, quantity) for quantity in find_quantities(text)) or "no value"


def _describe_value(text: str, quantity: Quantity) -> str:
    unit = f" {quantity.unit.name}" if quantity.unit else ""
    written = " ".join(text[quantity.left : quantity.right].split())
    return f"“{written}” is {quantity.kind} {quantity.value:,.15g}{unit}"


def _list_amounts(source: str, language: str | None) -> str:
    amounts_told = []
    for amount in sources.find_amounts(source, language):
        values = " or ".join(f"{value:,.15g}" for value in amount.values)
        doubts = [word for word, holds in (("a name", amount.label), ("not surely a number", not amount.firm)) if holds]
        amounts_told.append(f"“{source[amount.start : amount.end]}” is {values}{f' ({doubts[0]})' if doubts else ''}")
    return "; ".join(amounts_told) or "no value"
