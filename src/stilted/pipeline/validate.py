"""What must hold of texts before anything is found or scored; whatever does not hold ends in a `UserError`."""

from __future__ import annotations

from typing import Final

from stilted.core.document import Document
from stilted.core.errors import OtherLanguageError, SameTextError, UserError
from stilted.core.options import Gate
from stilted.text import language


def _name_side(name: str, role: str) -> str:
    """Return what an error calls a text: its name and what it was given as; a text without a name is called so."""
    return role if name == "translation" else f"{name} ({role})"


def require_texts(text: str, reference: str | None, source: str | None, name: str) -> None:
    """Refuse texts that are no strings, empty, the same, not English or not to be encoded."""
    if not isinstance(name, str):
        raise UserError(f"the name is {type(name).__name__}, not a string", "name", "Give a string such as a path.")
    for role, value in (("translation", text), ("reference", reference), ("source", source)):
        if value is not None or role == "translation":
            _require_words(role, value, name)
    if reference is not None and text.split() == reference.split():
        raise SameTextError("translation and reference are the same text", name, _BY_ANOTHER)
    if source is not None and text.split() == source.split():
        language.require_english(text, _name_side(name, "translation"))  # else it was never translated
        raise SameTextError("translation and source are the same text", name, _IN_ITS_LANGUAGE)
    if reference is not None and source is not None and reference.split() == source.split():
        raise UserError("reference and source are the same text", name, _IN_ITS_LANGUAGE)
    for role, value in (("translation", text), ("reference", reference)):
        if value is not None:
            _require_english(role, value, name)
            language.require_prose(value, _name_side(name, role))


def _require_english(role: str, value: str, name: str) -> None:
    try:
        language.require_english(value, _name_side(name, role))
    except OtherLanguageError as error:
        if role == "translation":
            raise
        raise UserError(error.what, error.where, error.hint) from error  # no reason to pass over the translation


def _require_words(role: str, value: str | None, name: str) -> None:
    if not isinstance(value, str):
        raise UserError(f"the {role} is {type(value).__name__}, not a string", name, "Give the text itself.")
    if not value.translate(_NO_WIDTH).strip():
        raise UserError(f"the {role} is empty", name, "Give a text with words in it.")
    require_characters(role, value, name)


def require_segments(document: Document) -> None:
    """Refuse a catalogue whose translations are not English, or are their own reference."""
    rows = [(segment.target or "", segment.reference) for segment in document.segments]
    for segment in document.segments:
        for role, text in (("translation", segment.target), ("reference", segment.reference)):
            require_characters(role, text or "", f"{document.name}: unit {segment.id}")
    language.require_english("\n".join(target for target, _ in rows), _name_side(document.name, "translation"))
    if len(rows) > 1 and all(
        reference is not None and target.split() == reference.split() for target, reference in rows
    ):
        raise SameTextError("translation and reference are the same texts", document.name, _BY_ANOTHER)


_BY_ANOTHER: Final = "Give a reference made by somebody else."
_IN_ITS_LANGUAGE: Final = "Give the source in its own language."
_NO_WIDTH: Final = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u00ad"))
"""Byte order marks and other characters that show nothing: a text of these alone is empty."""


def require_characters(role: str, text: str, name: str) -> None:
    """Refuse halves of surrogate pairs: no report that quotes one could be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        what = f"the {role} holds half a surrogate pair, U+{ord(text[error.start]):04X}, at character {error.start}"
        raise UserError(what, name, "Decode the text again, with errors='replace' if need be.") from error


def require_reference(gate: Gate, given: bool, name: str) -> None:
    """Refuse a gate that asks for figures that only a reference can give, where there is none."""
    if gate.needs_reference and not given:
        asked = "no-worse-than-baseline" if gate.no_worse_than_baseline else "min-bleu or min-chrf"
        what = f"the gate asks for {asked}, which only a reference can give"
        raise UserError(what, name, "Add a reference, or take the figure out of the gate.")


def require_baseline(gate: Gate, name: str) -> None:
    """Refuse a gate that compares with a baseline where no project, and so no baseline, is at hand."""
    if gate.no_worse_than_baseline:
        what = "the gate asks for no-worse-than-baseline, and there is no baseline"
        raise UserError(what, name, "Write one with 'stilted baseline write', and name it.")
