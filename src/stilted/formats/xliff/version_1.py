"""Units of XLIFF 1.x, as OASIS has it and as Trados, memoQ and Phrase write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from stilted.core.document import Span
from stilted.formats.placeholders import make_opaque
from stilted.formats.units import FUZZY, LOCKED, TRANSLATED, UNTRANSLATED, Text, Unit
from stilted.formats.xml_tree import DROPPED, INVISIBLE, OPAQUE, Node, read_content, unwrap

_UNFINISHED: Final = {
    "new": UNTRANSLATED,
    "needs-translation": UNTRANSLATED,
    "needs-adaptation": FUZZY,
    "needs-l10n": FUZZY,
    "needs-review-adaptation": FUZZY,
    "needs-review-l10n": FUZZY,
    "needs-review-translation": FUZZY,
}
"""State of a target, by its ``state`` in the standard; all others are translated."""
_TRADOS: Final = {"Draft": FUZZY, "RejectedTranslation": FUZZY, "RejectedSignOff": FUZZY}
_MEMOQ: Final = {"NotStarted": UNTRANSLATED, "PartiallyEdited": FUZZY, "Rejected": FUZZY}
_YES: Final = frozenset({"yes", "true", "1", "locked"})
_NOT_A_REFERENCE: Final = frozenset({"previous-version", "rejected"})
_MACHINE: Final = re.compile(r"\bm(?:achine|t)\b", re.I)
"""Origin of an alternative that no person wrote."""


def list_units(path: tuple[Node, ...], node: Node, file: str, comments: Mapping[str, str]) -> Iterator[Unit]:
    """Yield the segments of a ``trans-unit``, placeholders as they are; *comments* are those of Trados, by id."""
    parts = node.parts()
    source, target, cut = (parts[name][0] if name in parts else None for name in ("source", "target", "seg-source"))
    keep = next((n.attributes["space"] for n in (node, *reversed(path)) if "space" in n.attributes), "") == "preserve"
    state = _read_state(path, node, target)
    notes = _read_notes(parts)
    reference = _find_reference(parts["alt-trans"], source, file, keep) if "alt-trans" in parts else None
    ident, span = node.attributes["id"], Span(node.start, node.end)
    pieces = _find_segments(target)
    sources = _find_segments(cut) or _find_segments(source)
    loose = _read_loose(target, file, keep) if pieces or sources else None
    if not (pieces or sources) or (loose and not pieces):
        yield Unit(ident, _read_text(target, file, keep), _read_text(source, file, keep), reference, state, notes, span)
        return
    settled = {seg.attributes.get("id", ""): seg for defs in parts.get("seg-defs", ()) for seg in defs.nodes("seg")}
    for number, piece in pieces.items():
        own = _read_trados_state(settled.get(number), state)
        text, original = (_read_text(side, file, keep) for side in (piece, sources.get(number)))
        comments_here = (*notes, *_read_comments(piece, comments))
        yield Unit(f"{ident}:{number}", text, original, None, own, comments_here, Span(piece.start, piece.end))
    for number, missing in sources.items():
        if number not in pieces:
            own = LOCKED if _read_trados_state(settled.get(number), state) == LOCKED else UNTRANSLATED
            place = Span(missing.start, missing.end)
            yield Unit(f"{ident}:{number}", None, _read_text(missing, file, keep), None, own, notes, place)
    if loose:
        yield Unit(ident, loose, None, None, state, notes, span)


def _read_notes(parts: dict[str, list[Node]]) -> tuple[str, ...]:
    """Return the notes of a unit, and the comments of memoQ that are not deleted."""
    if "note" not in parts and "comments" not in parts:
        return ()
    comments = (child for holder in parts.get("comments", ()) for child in holder.nodes("comment"))
    kept = (comment for comment in comments if comment.attributes.get("deleted") != "true")
    return tuple(words for child in (*parts.get("note", ()), *kept) if (words := child.words()))


def _read_comments(piece: Node, comments: Mapping[str, str]) -> Iterator[str]:
    """Yield the comments on words of a segment, each once."""
    stack, seen = list(piece.nodes("mrk", "g")) if comments else [], {""}
    while stack:
        top = stack.pop()
        stack += top.nodes("mrk", "g")
        cid = top.attributes.get("cid", "")
        if cid not in seen and comments.get(cid):
            yield comments[cid]
        seen.add(cid)


def _read_loose(target: Node | None, file: str, keep: bool) -> Text | None:
    """Return what a cut text says outside of its segments, None where that is no word."""

    def choose(node: Node) -> str:
        return OPAQUE if _is_segment(node) else _choose_treatment(node)

    text = None if target is None else _read_text(target, file, keep, choose)
    return text if text and any(char.isalnum() for char in make_opaque(text).text) else None


def _choose_treatment(node: Node) -> str:
    if node.name == "g":
        return INVISIBLE
    if node.name == "mrk":
        if node.attributes.get("mtype", "").endswith("-deleted"):  # tracked changes of Trados
            return DROPPED
        kept = node.attributes.get("mtype") == "protected" or node.attributes.get("translate") == "no"
        return OPAQUE if kept else INVISIBLE
    return OPAQUE if node.name in ("x", "bx", "ex", "ph", "bpt", "ept", "it") else DROPPED


def _read_text(
    node: Node | None, file: str, keep: bool, choose: Callable[[Node], str] = _choose_treatment
) -> Text | None:
    if node is None:
        return None
    text = read_content(node, file, choose)
    return text if keep else unwrap(text)


def _is_segment(node: Node) -> bool:
    return node.name == "mrk" and node.attributes.get("mtype") == "seg"


def _find_segments(node: Node | None) -> dict[str, Node]:
    """Return the segments of a cut text by their number; they may lie within inline elements."""
    segments: dict[str, Node] = {}
    stack = [] if node is None else list(reversed(node.children))
    while stack:
        child = stack.pop()
        if not isinstance(child, Node):
            continue
        if _is_segment(child):
            number = child.attributes.get("mid", str(len(segments) + 1))
            segments.setdefault(number if number not in segments else f"{number}#{len(segments) + 1}", child)
        else:
            stack += reversed(child.children)
    return segments


def _read_state(path: tuple[Node, ...], node: Node, target: Node | None) -> str:
    attributes = node.attributes
    locked = any(n.attributes.get("translate") == "no" for n in (*path, node)) or attributes.get("locked", "") in _YES
    if locked:
        return LOCKED
    if target is None:
        return UNTRANSLATED
    if attributes.get("confirmed") == "0":  # Phrase
        return FUZZY
    if attributes.get("status") in _MEMOQ:
        return _MEMOQ[attributes["status"]]
    return _UNFINISHED.get(target.attributes.get("state", ""), TRANSLATED)


def _read_trados_state(seg: Node | None, state: str) -> str:
    """Return the state of one segment of a unit, as Trados keeps it beside the text."""
    if seg is None or state == LOCKED:
        return state
    if seg.attributes.get("locked", "") in _YES:
        return LOCKED
    return _TRADOS.get(seg.attributes.get("conf", ""), state)


def _find_reference(alternatives: list[Node], source: Node | None, file: str, keep: bool) -> Text | None:
    """Return the first other translation of this text into English, one called a reference before all others.

    Matches for another source and what a machine proposes are none.
    """
    candidates = [
        (alternative.attributes.get("alttranstype") != "reference", number, target)
        for number, alternative in enumerate(alternatives)
        for target in alternative.nodes("target")
        if alternative.attributes.get("alttranstype") not in _NOT_A_REFERENCE
        and not _MACHINE.search(alternative.attributes.get("origin", ""))
        and target.attributes.get("lang", "en").lower().startswith("en")
        and _is_of(alternative, source)
    ]
    return _read_text(min(candidates, key=lambda item: item[:2])[2], file, keep) if candidates else None


def _is_of(alternative: Node, source: Node | None) -> bool:
    """Tell whether an alternative translates this very source, as far as it says what it translates."""
    own = alternative.first("source")
    return own is None or source is None or own.words() == source.words()
