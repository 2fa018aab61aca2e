"""Translation memories: TMX 1.4b (LISA, 2005). The English variant is the target, another language the source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.formats.placeholders import make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.units import TRANSLATED, UNTRANSLATED, Parsed, Text, Unit, require_room
from stilted.formats.xml_tree import (
    DROPPED,
    INVISIBLE,
    OPAQUE,
    Node,
    find_encoding,
    find_line,
    read_content,
    read_trees,
    unwrap,
)

_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})


def _recognises(head: str) -> bool:
    """Tell whether a file begins like a translation memory."""
    return "<tmx" in head


def read_tmx(text: str, name: str) -> Parsed:
    """Return one unit for each entry that has English; a second English variant is its reference.

    Raises:
        UserError: not TMX, no entry has English, or two entries share a ``tuid``.
    """
    units: list[Unit] = []
    remarks: list[Suppression] = []
    spoken = ""
    seen: dict[str, int] = {}
    entries = 0
    for path, node in read_trees(text, name, frozenset({"header", "tu"})):
        if len(path) == 1 and node.name not in ("header", "tu") and node.name != "tmx":
            raise UserError(f"the root is <{node.name}>, not <tmx>", name, "Give a translation memory.")
        if node.name == "header":
            spoken = node.attributes.get("srclang", "").lower()
        if node.name != "tu":
            continue
        entries += 1
        own = node.attributes.get("tuid", "")
        if own in seen:
            first, second = (find_line(text, at) for at in (seen[own], node.start))
            what = f"two entries are called '{own}', the first on line {first}"
            raise UserError(what, f"{name}:{second}", "A tuid is an entry's own.")
        if own:
            seen[own] = node.start
        ident = own or str(entries)
        english, others = _split_variants(node)
        if not english:
            continue
        notes, accepted = _split_notes(node, text, name)
        remarks += accepted
        source = _choose_source(others, node.attributes.get("srclang", spoken).lower())
        units.append(_make_unit(ident, node, text, english, source, notes))
        require_room(units, name)
    if not units:
        what = f"none of its {entries:,} entries has English" if entries else "holds no entries"
        what = "its one entry has no English" if entries == 1 else what
        raise NothingToCheckError(what, name, "Give a memory that translates into English.")
    language = None if spoken in ("", "*all*") or spoken.startswith("en") else spoken
    return Parsed(name, "tmx", text, tuple(units), False, "en", language, tuple(remarks))


def _split_variants(node: Node) -> tuple[list[Node], list[Node]]:
    """Return the English and the other variants."""
    variants = [tuv for tuv in node.nodes("tuv") if tuv.first("seg") is not None]
    kinds = [_read_language(tuv).partition("-")[0] == "en" for tuv in variants]
    english, others = (
        [tuv for tuv, kind in zip(variants, kinds, strict=True) if kind is wanted] for wanted in (True, False)
    )
    return english, others


def _read_language(tuv: Node) -> str:
    return tuv.attributes.get("lang", "").lower().replace("_", "-")


def _choose_source(others: Iterable[Node], spoken: str) -> Node | None:
    """Return the variant in the source language, else the first."""
    candidates = list(others)
    return next((tuv for tuv in candidates if _read_language(tuv) == spoken), candidates[0] if candidates else None)


def _make_unit(
    ident: str, node: Node, file: str, english: list[Node], source: Node | None, notes: tuple[str, ...]
) -> Unit:
    target = _read_text(english[0], file)
    reference = _read_text(english[1], file) if len(english) > 1 else None
    state = TRANSLATED if target.text.strip() else UNTRANSLATED
    original = None if source is None else _read_text(source, file)
    return Unit(ident, target, original, reference, state, notes, Span(node.start, node.end))


def _read_text(tuv: Node, file: str) -> Text:
    seg = tuv.first("seg")
    assert seg is not None  # variants without one are left out
    return make_opaque(unwrap(read_content(seg, file, _choose_treatment)))


def _choose_treatment(node: Node) -> str:
    return OPAQUE if node.name in _CODES else INVISIBLE if node.name == "hi" else DROPPED


def _split_notes(node: Node, file: str, name: str) -> tuple[tuple[str, ...], list[Suppression]]:
    kept, accepted = [], []
    for child in node.nodes("note", "prop"):
        words = child.words()
        if child.name == "note" and words.startswith("stilted-"):
            where = f"{name}:{find_line(file, child.start)}"
            remark = note(words, Span(node.start, node.end), child.start, where)
            accepted += [remark] if remark else []
        elif words:
            kept.append(words if child.name == "note" else f"{child.attributes.get('type', 'property')}: {words}")
    return tuple(kept), accepted


READER: Final = TextReader(
    name="tmx", suffixes=(".tmx",), recognises=_recognises, read=read_tmx, find_encoding=find_encoding
)
