"""Files as read to a `Document`: which units are checked, and what each of them stands against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from stilted.core.document import Document, Segment
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.language_tags import ENGLISH, NAMES, read_primary_tag
from stilted.core.offsets import MapBuilder
from stilted.core.profiles import find_unread_markup
from stilted.formats import FUZZY, LOCKED, TRANSLATED, UNTRANSLATED, Parsed, Text, Unit
from stilted.formats.conflicts import note_conflict
from stilted.pipeline import build as running
from stilted.pipeline.counterparts import BREAK, Choose, join_units
from stilted.render.wording import format_count


def join_document(
    target: Parsed,
    reference: Parsed | None = None,
    source: Parsed | None = None,
    *,
    align: str = "auto",
    source_language: str | None = None,
) -> Document:
    """Make a document of a translation as read, with a reference and a source that may be of any other format.

    The blocks of a running document are put together and aligned like plain text. The units of a catalogue are
    segments; reference and source are joined to them by id, by source text, by order, or, if none of these fits,
    aligned as documents; `Document.notes` says which. A reference or source that holds only some of the ids, and no
    others, is joined by id too: the other units stand against nothing.

    Raises:
        NothingToCheckError: the file declares another language than English, or holds no translated unit.
        UserError: nothing of the reference or source belongs to the translation; *align* does not fit.
    """
    _require_english(target, "translation")
    if reference is not None:
        _require_english(reference, "reference")
    languages = (
        (None, None)
        if source is None
        else (read_primary_tag(source.language), read_primary_tag(source.source_language))
    )
    known = [tag for tag in (*languages, read_primary_tag(target.source_language)) if tag and tag not in ENGLISH]
    spoken = source_language or next(iter(known), read_primary_tag(target.source_language))
    if target.running:
        return _build_running_text(target, reference, source, align, spoken)
    return _build_catalogue(target, reference, source, spoken)


def get_text(parsed: Parsed) -> str:
    """Return the text that is checked, block after block; raises `NothingToCheckError` where there is none."""
    return _join_blocks(parsed).text


def _require_english(parsed: Parsed, role: str) -> None:
    primary = read_primary_tag(parsed.language)
    if primary is not None and primary not in ENGLISH:
        name = NAMES.get(primary, "")
        what = f"the {role} is {f'{name} ({parsed.language})' if name else parsed.language}, not English"
        error = NothingToCheckError if role == "translation" else UserError
        raise error(what, parsed.name, "Give the English file; stilted checks translations into English.")


def list_checked(units: Iterable[Unit]) -> list[tuple[Unit, Text]]:
    """Return the units that are checked, with their texts: those translated, and not blank."""
    return [(u, u.target) for u in units if u.state == TRANSLATED and u.target is not None and u.target.text.strip()]


def _require_units(parsed: Parsed) -> list[tuple[Unit, Text]]:
    units = list_checked(parsed.units)
    if not units:
        what = f"none of its {format_count(len(parsed.units), 'unit')} is translated"
        raise NothingToCheckError(what, parsed.name, "Give a file with English texts in it.")
    return units


def _join_blocks(parsed: Parsed) -> Text:
    """Put the blocks together; a blank line stands for what lies between two of them in the file."""
    built, last = MapBuilder(), 0
    objects: list[str] = []
    for _, text in _require_units(parsed):
        objects += text.objects
        if len(built):
            built.add(BREAK, last, max(last, text.map.pieces[0][2]))
        built.extend(text.text, text.map)
        last = text.map.pieces[-1][3]
    return Text.of(built, tuple(objects))


def _build_running_text(
    target: Parsed, reference: Parsed | None, source: Parsed | None, how: str, spoken: str | None
) -> Document:
    flowed = _join_blocks(target)
    others = [
        None if other is None else _join_side(other, spoken, source=other is source) for other in (reference, source)
    ]
    originals = () if source is None else _list_side_objects(source, spoken)
    made = running.build_document(
        target.name, flowed.text, *others, align=how, source_language=spoken, objects=(flowed.objects, originals)
    )
    notes = [f"The {role} was aligned as a document." for role, other in _name_others(reference, source)
             if other is not None and not other.running]  # fmt: skip
    plain = flowed.text == target.text
    return replace(
        made,
        file=None if plain else target.text,
        map=None if plain else flowed.map,
        format=target.format,
        notes=(*note_conflict(target), *_count_unchecked(target), *target.notes, *notes, *_note_unknown_markup(target)),
        suppressions=target.suppressions,
    )


def _note_unknown_markup(parsed: Parsed) -> tuple[str, ...]:
    """Return a note where a file with markup of its own, such as ``.yml`` or ``.strings``, was read as plain text."""
    ending = find_unread_markup(parsed.format, parsed.name)
    return (f"Read as plain text: what marks up '{ending}' files is taken for prose.",) if ending else ()


def _join_side(parsed: Parsed, spoken: str | None, *, source: bool) -> str:
    """Return the whole text of a reference or source."""
    if not source:
        if not list_checked(parsed.units):
            raise UserError("nothing in the reference is translated", parsed.name, "Give the English file.")
        return _join_blocks(parsed).text
    texts = [text.text for text in _list_originals(parsed, spoken)]
    if not any(text.strip() for text in texts):
        raise UserError("the source has no text", parsed.name, "Give a file with text in it.")
    return BREAK.join(texts)


def _list_side_objects(source: Parsed, spoken: str | None) -> tuple[str, ...]:
    """Return what the characters U+FFFC of a source stand for, in their order."""
    return tuple(written for text in _list_originals(source, spoken) for written in text.objects)


def _list_originals(parsed: Parsed, spoken: str | None) -> list[Text]:
    choose = _choose_original(parsed, spoken)
    return [text for unit in parsed.units if (text := choose(unit))]


def _choose_original(parsed: Parsed, spoken: str | None) -> Choose:
    """Return what takes the original from a unit of a source file.

    That is what the file translates from, or, where it translates into the language of the source or from mere keys,
    what it says.
    """
    into, out_of = read_primary_tag(parsed.language), read_primary_tag(parsed.source_language)
    translated = into not in (None, *ENGLISH) and out_of in (None, *ENGLISH) if spoken is None else into == spoken

    def choose(unit: Unit) -> Text | None:
        said = unit.target if unit.target is not None and unit.target.text.strip() else None
        if unit.source is None or (said and (translated or _is_key(unit.source, said))):
            return said
        return None if said is None and _is_key(unit.source, None) else unit.source

    return choose


_KEY: Final = re.compile(r"[A-Za-z][\w-]*(?:[.:][\w-]+)+|[A-Za-z]\w*_\w+|[a-z]+(?:[A-Z][a-z\d]+)+", re.ASCII)


def _is_key(source: Text, said: Text | None) -> bool:
    """Tell whether a source is the name that a program has for a text, as ``cart.greeting`` is."""
    return _KEY.fullmatch(source.text) is not None and (said is None or said.text != source.text)


def _get_translation(unit: Unit) -> Text | None:
    return unit.target if unit.state == TRANSLATED else None


def _name_others(reference: Parsed | None, source: Parsed | None) -> tuple[tuple[str, Parsed | None], ...]:
    return ("reference", reference), ("source", source)


def _count_unchecked(parsed: Parsed) -> list[str]:
    """Return how many units are not checked, and why, in sentences."""
    states = Counter(
        UNTRANSLATED if u.state in (TRANSLATED, FUZZY) and (u.target is None or not u.target.text.strip()) else u.state
        for u in parsed.units
    )
    left = [f"{states[state]:,} {state}" for state in (UNTRANSLATED, FUZZY, LOCKED) if states[state]]
    if not left:
        return []
    return [
        f"{states[TRANSLATED]:,} of {format_count(len(parsed.units), 'unit')} checked; left out: {', '.join(left)}."
    ]


def _build_catalogue(target: Parsed, reference: Parsed | None, source: Parsed | None, spoken: str | None) -> Document:
    rows = _require_units(target)
    units = [unit for unit, _ in rows]
    notes = [*note_conflict(target), *_count_unchecked(target), *target.notes]
    references = [unit.reference for unit in units]
    sources = [None if unit.source and _is_key(unit.source, text) else unit.source for unit, text in rows]
    keys = sum(own is not None and kept is None for own, kept in zip((u.source for u in units), sources, strict=True))
    if keys and source is None:
        notes.append(
            f"The source of {format_count(keys, 'unit')} is a key, not a text, and nothing was compared with it."
        )
    if reference is not None:
        references, note = join_units("reference", units, target, reference, _get_translation)
        notes.append(note)
    if source is not None:
        sources, note = join_units("source", units, target, source, _choose_original(source, spoken))
        notes.append(note)
    segments = (_make_segment(*row) for row in zip(rows, references, sources, strict=True))
    return Document(
        target.name,
        tuple(segments),
        source_language=spoken or (None if source is None else read_primary_tag(source.language)),
        has_reference=any(references),
        has_source=any(sources),
        file=target.text,
        format=target.format,
        notes=tuple(notes),
        suppressions=target.suppressions,
    )


def _make_segment(row: tuple[Unit, Text], reference: Text | None, source: Text | None) -> Segment:
    unit, target = row
    return Segment(
        unit.id,
        target.text,
        reference.text if reference else None,
        source.text if source else None,
        map=target.map,
        objects=(target.objects, reference.objects if reference else (), source.objects if source else ()),
        notes=unit.notes,
        message=unit.message,
        arguments=(target.arguments, reference.arguments if reference else (), source.arguments if source else ()),
    )
