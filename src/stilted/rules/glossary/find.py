"""From terms that stand in a segment, or do not, to hits.

A term may look like code (``foo()``, ``Node.js``): it is found where it is all that is code there, and in no longer
stretch of code. A right term counts as there in code, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stilted.core.model import Document, Hit, Span
from stilted.core.morphology import tell_past_from_participle
from stilted.core.tokens import tokenize
from stilted.formats.code import cuts_code, find_code
from stilted.rules.glossary.lexicon import (
    Code,
    Found,
    Lexicon,
    Term,
    Text,
    Wanted,
    choose_heads,
    find_source_terms,
    list_inflections,
    walk,
)
from stilted.rules.packs.vm import SENTENCE_END
from stilted.text.language import detect

FORBIDDEN: Final = "glossary/forbidden-term"
MISSING: Final = "glossary/missing-term"

_SMALL: Final = 3
"""Words up to this length keep their small letters in headings."""
_NEAR: Final = 20
"""Marks that may stand between a word and the one before it."""
_SHOWN: Final = 3
_STOPS: Final = (".", "!", "?", "…", "。", "！", "？")
_CLOSERS: Final = "\"'”’»)）」"


def find(lexicon: Lexicon, document: Document) -> Iterator[Hit]:
    """Yield the hits of both rules."""
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        text = Text(segment.target)
        occurrences = walk(lexicon, text)
        placeholders = not document.placeholders_are_opaque
        code = tuple(find_code(segment.target, placeholders=placeholders))
        yield from _find_forbidden(
            lexicon, text, [each for each in occurrences if not _cuts_into_code(text, each, code)], number
        )
        if segment.source:
            hidden = tuple(find_code(segment.source, placeholders=placeholders))
            known = find_source_terms(lexicon, segment.source, hidden)
            wanted = _drop_other_words(known, segment.source, document.source_language)
            yield from _find_missing(text, {each.term for each in occurrences}, wanted, number, code)


def _cuts_into_code(text: Text, occurrence: Found, code: Code) -> bool:
    return cuts_code(text.tokens[occurrence.first].start, text.tokens[occurrence.last - 1].end, code)


def _find_forbidden(lexicon: Lexicon, text: Text, occurrences: Iterable[Found], number: int) -> Iterator[Hit]:
    """Yield the forbidden terms that stand in no right one, the first and the longest where they overlap."""
    known = [each for each in occurrences if each.term in lexicon.right or each.term in lexicon.wrong]
    end = 0
    for each in sorted(known, key=lambda f: (f.first, -f.last, f.term not in lexicon.right, f.form != "base", f.term)):
        if each.first < end:
            continue
        if each.term in lexicon.right:
            end = each.last
            continue
        span = Span(text.tokens[each.first].start, text.tokens[each.last - 1].end)
        quoted = span.of(text.text)
        if _is_name(lexicon, text, each, quoted):
            continue
        better = tuple(dict.fromkeys(_make_suggestions(lexicon, text, each, quoted)))
        if quoted in better:  # "Web" opens a sentence, where the right "web" has a capital too
            continue
        end = each.last
        yield Hit(FORBIDDEN, number, span, _write_message(lexicon, each.term, quoted), better)


def _is_name(lexicon: Lexicon, text: Text, term: Found, quoted: str) -> bool:
    """Tell whether a word that the glossary writes small is a name here, as the month is of “may”.

    It has a capital that neither the beginning of a sentence nor a heading explains.
    """
    small = all(wrong.islower() for _, wrong in lexicon.wrong[term.term])
    if not small or term.last - term.first > 1 or not quoted[:1].isupper() or quoted[1:] != quoted[1:].lower():
        return False
    if term.first == 0 or text.tokens[term.first - 1].norm in SENTENCE_END:
        return False
    near = reversed(text.tokens[max(0, term.first - _NEAR) : term.first])
    before = next((token for token in near if token.is_word), None)
    return before is not None and text.text[before.start].islower()


def _write_message(lexicon: Lexicon, term: Term, quoted: str) -> str:
    entries = [entry for entry, _ in lexicon.wrong[term]]
    better = list(dict.fromkeys(entry.preferred[0] for entry in entries if entry.preferred))
    say = f"; it says {_list_choices(better)}" if better else ""
    notes = "".join(f" {_end_sentence(note)}" for note in dict.fromkeys(entry.note for entry in entries) if note)
    return f"The glossary forbids “{quoted}”{say}.{notes}"


def _end_sentence(note: str) -> str:
    """End a note as a sentence ends: more may follow it."""
    return note if note.rstrip(_CLOSERS).endswith(_STOPS) else f"{note}."


def _list_choices(words: list[str]) -> str:
    return " or ".join(f"“{word}”" for word in words[:_SHOWN])


def _make_suggestions(lexicon: Lexicon, text: Text, occurrence: Found, quoted: str) -> Iterator[str]:
    before = text.tokens[max(0, occurrence.first - 2) : occurrence.first]
    form = tell_past_from_participle(occurrence.form, [token.norm for token in before])
    opens = occurrence.first == 0 or text.tokens[occurrence.first - 1].norm in SENTENCE_END
    for entry, wrong in lexicon.wrong[occurrence.term]:
        for right in entry.preferred:
            yield _adapt_capitals(inflect(right, form), quoted, wrong, opens=opens)


def _adapt_capitals(written: str, quoted: str, wrong: str, *, opens: bool) -> str:
    """Give a suggestion the capitals that *quoted* has from its place, a sentence or heading, and *wrong* has not."""
    if quoted.isupper() and not wrong.isupper() and len(quoted) > 1:
        return written.upper()
    first, *rest = written.split(" ")
    if not quoted[:1].isupper() or not first.islower() or (wrong[:1].isupper() and not opens):
        return written
    others = [word for word in quoted.split()[1:] if len(word) > _SMALL]
    if others and wrong.islower() and all(word[0].isupper() for word in others):
        rest = [word[:1].upper() + word[1:] if len(word) > _SMALL else word for word in rest]
    return " ".join([first[:1].upper() + first[1:], *rest])


def inflect(term: str, form: str) -> str:
    """Put *term* into *form*, in the word that carries its inflection; the rest stays as written."""
    cut = list(tokenize(term))
    head = cut[choose_heads([token.norm for token in cut])[0]]
    written = next((each for name, each in list_inflections(term[head.start : head.end]) if name == form), None)
    return term if written is None else term[: head.start] + written + term[head.end :]


def _drop_other_words(wanted: Sequence[Wanted], source: str, language: str | None) -> Sequence[Wanted]:
    """Return what is wanted less the German terms that are nouns and no noun in a source: of a source that is German.

    Args:
        language: what the source is declared to be; None where its looks decide.
    """
    nouns = [each for each in wanted if _is_noun(each.source, source)]
    return nouns if len(nouns) < len(wanted) and (language or detect(source)) == "de" else wanted


def _is_noun(term: str, source: str) -> bool:
    """Tell whether a German term that has a capital stands in the source with one: “schloss” is no castle."""
    stem = term.split()[0]
    stem = stem[: max(_SMALL, len(stem) - 2)]
    return not stem[:1].isupper() or stem in source or stem.upper() in source


def _find_missing(text: Text, present: set[Term], wanted: Sequence[Wanted], number: int, code: Code) -> Iterator[Hit]:
    """Yield one hit for all source terms of a segment that no term stands for; the first word of prose is the place.

    A forbidden term that stands there instead is reported by the other rule.
    """
    lacking = [each for each in wanted if each.right.isdisjoint(present) and each.wrong.isdisjoint(present)]
    if not lacking:
        return
    words = (token for token in text.tokens if token.is_word)
    place = next((token for token in words if not cuts_code(token.start, token.end, code)), None)
    if place is None and code:
        return
    span = Span(place.start, place.end) if place else Span(0, len(text.text))
    parts = [f"“{each.source}” as {_list_choices(each.shown)}" for each in lacking[:_SHOWN]]
    more = f", and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
    yield Hit(MISSING, number, span, f"The glossary renders {', '.join(parts)}{more}, which this segment lacks.")
