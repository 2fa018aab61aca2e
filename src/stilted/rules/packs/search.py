"""Find all phrase rules at once: an index from anchor words to rules, then `vm`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from stilted.core.errors import UserError
from stilted.core.model import Document, Hit, Segment, Span
from stilted.core.morphology import inflect, name_form, tell_past_from_participle
from stilted.core.tokens import Token, get_norms, tokenize
from stilted.rules.packs.compiler import Program, get_program, list_words_to_find
from stilted.rules.packs.explanations import explain_for
from stilted.rules.packs.vm import SENTENCE_END, Kinds, Match, find_matches_near

_TEMPLATE: Final = re.compile(r"\{(?P<lemma>[^{}:]+)(?::(?P<nth>\d))?\}|\$(?P<group>\d)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The machinery of one phrase rule; its patterns are compiled at their first use.

    Attributes:
        id: the rule's id. where: file and rule, for messages.
        patterns: what to find. unless: what, overlapping a match, makes it a near miss.
        context: patterns one of which must match somewhere in the segment, if any are given.
        unless_context: patterns none of which may.
        suggest: suggestion templates. message: message template. why: where the fault comes from.
        exact: compare words as written. reference_silences: a match in the reference silences the rule.
        languages: source languages that it is about; empty for any.
    """

    id: str
    where: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    context: tuple[str, ...]
    unless_context: tuple[str, ...]
    suggest: tuple[str, ...]
    message: str
    why: str
    exact: bool
    reference_silences: bool
    languages: frozenset[str] = frozenset()

    def compile_programs(self, patterns: tuple[str, ...]) -> tuple[Program, ...]:
        """Return the programs of *patterns*, raising `UserError` for the first that is faulty."""
        return tuple(get_program(pattern, self.where, exact=self.exact) for pattern in patterns)

    def check(self) -> None:
        """Compile everything now; raise `UserError` for the first fault in a pattern or a suggestion."""
        for patterns in (self.unless, self.context, self.unless_context):
            self.compile_programs(patterns)
        programs = self.compile_programs(self.patterns)
        for template in self.suggest:
            for slot in _TEMPLATE.finditer(template):
                wanted = int(slot["group"] or slot["nth"] or 1)
                held = min(len(p.groups if slot["group"] else p.lemmas) for p in programs)
                if not 1 <= wanted <= held:
                    what = (
                        f"suggestion '{template}': {slot.group()} takes from number {wanted} of {held} in the pattern"
                    )
                    raise UserError(what, self.where, "Count the brackets, or the {lemmas}, from the left.")


class _Text:
    """A segment's text made ready for matching; lives for one segment."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.present = frozenset(get_norms(text))
        self.kinds = Kinds(text)
        self._places: dict[str, list[int]] | None = None
        self._written: list[str] | None = None

    def places(self) -> dict[str, list[int]]:
        if self._places is None:
            self._places = {}
            for index, word in enumerate(get_norms(self.text)):
                self._places.setdefault(word, []).append(index)
        return self._places

    def written(self) -> list[str]:
        if self._written is None:
            self._written = [self.text[t.start : t.end].replace("’", "'") for t in self.tokens]
        return self._written

    def matches(self, program: Program, *, exact: bool) -> list[Match]:
        words = frozenset(map(str.casefold, program.anchor.words)) if exact else program.anchor.words
        places = self.places()
        anchors = [index for word in words.intersection(places) for index in places[word]]
        if not anchors:
            return []
        return find_matches_near(program, self.tokens, anchors, self.written() if exact else None, self.kinds)


class _Entry(NamedTuple):
    """A pattern as the index has it: position of its phrase, its number, and sets of words, of each of which it needs
    one.
    """

    position: int
    number: int
    needed: tuple[frozenset[str], ...]


Index = dict[str, tuple[_Entry, ...]]
"""For every anchor word, the patterns that it may begin to prove."""


def index(phrases: Sequence[Phrase]) -> Index:
    """Map every anchor word to the patterns that hold it."""
    table: dict[str, list[_Entry]] = defaultdict(list)
    for position, phrase in enumerate(phrases):
        for number, pattern in enumerate(phrase.patterns):
            anchor, *others = list_words_to_find(pattern, phrase.where)
            entry = _Entry(position, number, tuple(others))
            for word in anchor:
                table[word].append(entry)
    return {word: tuple(programs) for word, programs in table.items()}


def _list_candidates(table: Index, present: frozenset[str]) -> list[tuple[int, int]]:
    """Return the patterns that a text of the words *present* may match, in their order, each once."""
    places = {
        (position, number)
        for word in present
        if word in table
        for position, number, needed in table[word]
        if not any(map(present.isdisjoint, needed))
    }
    return sorted(places)


def find(phrases: Sequence[Phrase], table: Index, document: Document) -> Iterator[Hit]:
    """Yield the hits of *phrases* (indexed by *table*) in *document*, segment by segment.

    Where the source language is known, a rule that several languages share speaks of that one.
    """
    spoken = (document.source_language or "").lower().replace("_", "-").partition("-")[0]
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        target = _Text(segment.target)
        present = target.present
        matches_at: dict[int, list[tuple[Program, Match]]] = {}
        for position, pattern in _list_candidates(table, present):
            phrase = phrases[position]
            program = get_program(phrase.patterns[pattern], phrase.where, exact=phrase.exact)
            if phrase.exact or not (present.isdisjoint(program.anchor.words) or program.cannot_match(present)):
                matches = target.matches(program, exact=phrase.exact)
                if matches:
                    matches_at.setdefault(position, []).extend((program, match) for match in matches)
        for position in sorted(matches_at):
            yield from _find_hits(phrases[position], matches_at[position], target, segment, number, spoken)


def _find_hits(
    phrase: Phrase, given: list[tuple[Program, Match]], target: _Text, segment: Segment, number: int, spoken: str
) -> Iterator[Hit]:
    """Yield the hits of one phrase, whose patterns match as *given* says."""
    if not _is_in_context(phrase, target) or _is_excused(phrase, segment):
        return
    if not spoken and segment.source and _is_of_another_script(segment.source, phrase.languages):
        return
    misses = _mark_near_misses(phrase, target)
    spans: list[Span] = []
    for program, match in sorted(given, key=_make_sort_key):
        span = match.span(target.tokens)
        if any(misses[match.first : match.last]) or any(span.overlaps(other) for other in spans):
            continue
        spans.append(span)
        quoted = span.of(target.text)
        suggestions = (_fill(t, program, match, target, quoted) for t in phrase.suggest)
        message, why = explain_for(spoken, phrase.message, phrase.why) if spoken else (phrase.message, "")
        message = message.replace("{match}", quoted)
        yield Hit(phrase.id, number, span, message, tuple(dict.fromkeys(suggestions)), why=why)


def _make_sort_key(pair: tuple[Program, Match]) -> tuple[int, int]:
    return pair[1].first, -pair[1].last


def _is_in_context(phrase: Phrase, target: _Text) -> bool:
    def holds_any(patterns: tuple[str, ...]) -> bool:
        return any(target.matches(program, exact=phrase.exact) for program in phrase.compile_programs(patterns))

    return (not phrase.context or holds_any(phrase.context)) and not holds_any(phrase.unless_context)


def _is_excused(phrase: Phrase, segment: Segment) -> bool:
    """Tell whether the reference says the same: what a person wrote there is no calque here."""
    if not (phrase.reference_silences and segment.reference):
        return False
    reference = _Text(segment.reference)
    return any(reference.matches(p, exact=phrase.exact) for p in phrase.compile_programs(phrase.patterns))


_SCRIPTS: Final = {
    "zh": re.compile("[\u3400-\u9fff]"),
    "ja": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
"""Letters without which nothing is written in a language."""
_ENOUGH_LETTERS: Final = 8


def _is_of_another_script(source: str, languages: frozenset[str]) -> bool:
    """Tell whether a source that nobody named the language of holds no letter of any of *languages*."""
    if not languages or not languages <= _SCRIPTS.keys() or sum(map(str.isalpha, source)) < _ENOUGH_LETTERS:
        return False
    return not any(_SCRIPTS[language].search(source) for language in languages)


def _mark_near_misses(phrase: Phrase, target: _Text) -> bytearray:
    """Return, for each token, 1 where a match of an ``unless`` pattern holds it: a match there is a near miss."""
    held = bytearray(len(target.tokens))
    for program in phrase.compile_programs(phrase.unless):
        for match in target.matches(program, exact=phrase.exact):
            held[match.first : match.last] = b"\1" * (match.last - match.first)
    return held


def _fill(template: str, program: Program, match: Match, target: _Text, quoted: str) -> str:
    """Write a suggestion: ``{roll}`` takes the form of the matched verb, ``$1`` is what a group matched."""

    def fill_part(place: re.Match[str]) -> str:
        if place["group"]:
            number = int(place["group"]) - 1
            return match.text(program.groups[number], target.tokens, target.text)
        lemma, of, slot = _find_lemma(program, match, place["nth"])
        return inflect(place["lemma"], _name_form(lemma, of, match.slots[slot], target.tokens))

    written = " ".join(_TEMPLATE.sub(fill_part, template).split())
    if _has_capital_of_place(match, target, quoted) and not _has_own_capitals(written):
        return written[:1].upper() + written[1:]
    return written


def _has_capital_of_place(match: Match, target: _Text, quoted: str) -> bool:
    """Tell whether the capital of *quoted* is that of a sentence or a heading, not that of a name or acronym."""
    first = match.slots[0]
    opens = first == 0 or target.tokens[first - 1].norm in SENTENCE_END
    others = [word for word in quoted.split()[1:] if len(word) > 3]
    heading = bool(others) and all(word[0].isupper() and not word.isupper() for word in others)
    return quoted[:1].isupper() and (opens or heading)


def _has_own_capitals(written: str) -> bool:
    """Tell whether a suggestion's first word has capitals of its own ("iPhone") that must be kept."""
    return any(c.isupper() for c in written.split(" ", 1)[0][1:])


def _find_lemma(program: Program, match: Match, nth: str | None) -> tuple[str, str, int]:
    """Return the lemma of a pattern that a suggestion asks for: the nth, or the first that was matched."""
    if nth:
        return program.lemmas[int(nth) - 1]
    taken = (lemma for lemma in program.lemmas if match.slots[lemma[2]] >= 0)
    return next(taken, program.lemmas[0])


def _name_form(lemma: str, part: str, at: int, words: Sequence[Token]) -> str:
    """Name the form that the token *at* has; behind "have" or "be", a past form is a participle."""
    if at < 0:
        return "base"
    form = name_form(words[at].norm, lemma, part)
    return tell_past_from_participle(form, [token.norm for token in words[max(0, at - 2) : at]])
