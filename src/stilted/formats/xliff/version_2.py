"""Units of XLIFF 2.x."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stilted.core.document import Span
from stilted.formats.units import FUZZY, LOCKED, TRANSLATED, UNTRANSLATED, Text, Unit
from stilted.formats.xml_tree import DROPPED, INVISIBLE, OPAQUE, Node, read_content, unwrap

_CODES: Final = frozenset({"ph", "sc", "ec", "cp"})
_PAIRS: Final = frozenset({"pc", "mrk", "sm", "em"})


def list_units(path: tuple[Node, ...], node: Node, file: str, _: Mapping[str, str]) -> Iterator[Unit]:
    """Yield the segments of a ``unit``, placeholders as they are."""
    holders = (node, *reversed(path))
    keep = next((n.attributes["space"] for n in holders if "space" in n.attributes), "") == "preserve"
    fixed = next((n.attributes["translate"] for n in holders if "translate" in n.attributes), "yes") == "no"
    notes = tuple(words for holder in node.nodes("notes") for n in holder.nodes("note") if (words := n.words()))
    segments = list(node.nodes("segment"))
    references = _find_reference(node)
    own = {segment.attributes["id"] for segment in segments if "id" in segment.attributes}
    for number, segment in enumerate(segments, 1):
        ident = node.attributes["id"]
        if len(segments) > 1:
            counted = f"#{number}" if str(number) in own else str(number)
            ident += f":{segment.attributes.get('id', counted)}"
        target, source, reference = (
            None if side is None else _read_text(side, file, keep)
            for side in (segment.first("target"), segment.first("source"), references if len(segments) == 1 else None)
        )
        state = LOCKED if fixed else _read_state(segment)
        yield Unit(ident, target, source, reference, state, notes, Span(segment.start, segment.end))


def _read_text(node: Node, file: str, keep: bool) -> Text:
    text = read_content(node, file, _choose_treatment)
    return text if keep or node.attributes.get("space") == "preserve" else unwrap(text)


def _choose_treatment(node: Node) -> str:
    if node.name == "mrk" and node.attributes.get("translate") == "no":
        return OPAQUE
    return OPAQUE if node.name in _CODES else INVISIBLE if node.name in _PAIRS else DROPPED


def _read_state(segment: Node) -> str:
    """Return the state; ``initial`` is the default of the standard, and means something only where it is written."""
    if segment.first("target") is None:
        return UNTRANSLATED
    return FUZZY if segment.attributes.get("state") == "initial" else TRANSLATED


def _find_reference(node: Node) -> Node | None:
    """Return the target of the first match that the file calls a reference (module Translation Candidates)."""
    targets = (
        match.first("target")
        for holder in node.nodes("matches")
        for match in holder.nodes("match")
        if match.attributes.get("reference") == "yes"
    )
    return next((target for target in targets if target is not None), None)
