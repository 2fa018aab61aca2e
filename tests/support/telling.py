"""Units of a file, each told in one line."""

from __future__ import annotations

from stilted.formats import OBJECT, Parsed, Text, Unit, parse


def shown(text: Text) -> str:
    """Return a text in which an opaque character is what it stands for, in « »."""
    first, *rest = text.text.split(OBJECT)
    return first + "".join(f"«{raw}»{piece}" for raw, piece in zip(text.objects, rest, strict=True))


def said(unit: Unit) -> str:
    """Tell a unit in one line."""
    sides = (("source", unit.source), ("reference", unit.reference))
    parts = [f"{unit.id} ({unit.state}) {shown(unit.target) if unit.target else '-'}"]
    parts += [f"{name}={shown(text)}" for name, text in sides if text]
    return " | ".join([*parts, *(f"# {note}" for note in unit.notes)])


def read(name: str, content: str | bytes) -> Parsed:
    """Read a file of that name."""
    return parse(content if isinstance(content, bytes) else content.encode(), name)
