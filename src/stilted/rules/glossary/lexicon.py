"""All terms of a glossary as tables of word sequences: one walk over a text finds every term in every form.

The pattern language of the phrase packs is not used: a term is literal, whatever characters it holds, and ten
thousand terms that begin with the same word must cost no more than one. A sequence is looked up word by word and
given up when it begins no term, so a text of n words takes at most n times `entries.MAX_WORDS` steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from stilted.core.morphology import list_forms
from stilted.core.tokens import Token, tokenize
from stilted.formats.code import cuts_code
from stilted.rules.glossary.entries import ADDRESS, Entry, find_units, get_compared, list_units

MAX_SAME: Final = 8
"""Entries that are kept for one forbidden term; no reader wants more."""

_PARTICLES: Final = frozenset(
    "about across after against around at away back between by down for from in into of off on onto out over through"
    " to together under up upon with without".split()
)


class Term(NamedTuple):
    """A term as it is compared, and whether its case counts."""

    words: str
    exact: bool


class Form(NamedTuple):
    """A term in the form *name* of `stilted.core.morphology.FORMS`."""

    term: Term
    name: str


class Found(NamedTuple):
    """A term in a text: tokens ``[first, last)``, in which form."""

    first: int
    last: int
    term: Term
    form: str


class Wanted(NamedTuple):
    """What may stand for one source term: its entries' terms, right and wrong."""

    source: str
    right: set[Term]
    wrong: set[Term]
    shown: list[str]


Code = Sequence[tuple[int, int]]
"""Where code stands in a text, as `formats.code.find_code` tells."""

Table = dict[str, list[Form]]
"""Words joined by a space -> the terms they are; nothing where they only begin one."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A whole glossary, ready to be looked up.

    Attributes:
        folded, exact: the forms of all terms, by words as folded and as written.
        right: terms that some entry prefers; they are right wherever they stand, also inside others.
        wrong: forbidden terms, each with the entries that forbid it and the term as written there.
        sources: units of a source term, joined by a space -> what may stand for it; None where they only begin one.
    """

    folded: Table = field(default_factory=dict)
    exact: Table = field(default_factory=dict)
    right: set[Term] = field(default_factory=set)
    wrong: dict[Term, list[tuple[Entry, str]]] = field(default_factory=dict)
    sources: dict[str, Wanted | None] = field(default_factory=dict)


class Text:
    """A text cut into words; web and e-mail addresses are no words. Lives for one segment."""

    def __init__(self, text: str) -> None:
        self.text = text
        bare = ADDRESS.sub(lambda match: "_" + " " * (len(match.group()) - 1), text)
        self.tokens: list[Token] = list(tokenize(bare))

    def words(self, *, exact: bool) -> list[str]:
        """Return the words as they are compared."""
        return [get_compared(token, self.text, exact=exact) for token in self.tokens]


def build(entries: Sequence[Entry]) -> Lexicon:
    """Return the lexicon of *entries*."""
    lexicon = Lexicon()
    for entry in entries:
        # Whether a right term is there at all is asked without minding case: it may open a sentence.
        present = {_add(lexicon, text, exact=False) for text in entry.preferred}
        right = {_add(lexicon, text, exact=True) for text in entry.preferred} if entry.exact else present
        lexicon.right.update(right)
        wrong = set()
        for text in entry.forbidden:
            term = _add(lexicon, text, exact=entry.exact)
            wrong.add(term)
            if len(kept := lexicon.wrong.setdefault(term, [])) < MAX_SAME:
                kept.append((entry, text))
        for source in entry.sources if present else ():
            _add_source(lexicon, source, present, wrong, entry.preferred[0])
    return lexicon


def _add(lexicon: Lexicon, text: str, *, exact: bool) -> Term:
    words = [get_compared(token, text, exact=exact) for token in tokenize(text)]
    term = Term(" ".join(words), exact)
    table = lexicon.exact if exact else lexicon.folded
    if any(form.term == term for form in table.get(term.words, ())):
        return term
    for end in range(1, len(words)):
        table.setdefault(" ".join(words[:end]), [])
    for at in choose_heads(words):
        before = "".join(f"{word} " for word in words[:at])
        after = words[at + 1 :]
        for name, written in list_inflections(words[at]):
            key = before + written
            for word in after:
                table.setdefault(key, [])
                key += f" {word}"
            _note(table.setdefault(key, []), Form(term, name))
    return term


def _note(readings: list[Form], form: Form) -> None:
    if all(known.term != form.term for known in readings):
        readings.append(form)


def _add_source(lexicon: Lexicon, source: str, right: set[Term], wrong: set[Term], shown: str) -> None:
    parts = list_units(source)
    for end in range(1, len(parts)):
        lexicon.sources.setdefault(" ".join(parts[:end]), None)
    key = " ".join(parts)
    wanted = lexicon.sources.get(key) or Wanted(source, set(), set(), [])
    lexicon.sources[key] = wanted
    wanted.right.update(right)
    wanted.wrong.update(wrong)
    if len(wanted.shown) < MAX_SAME and shown not in wanted.shown:
        wanted.shown.append(shown)


def choose_heads(words: Sequence[str]) -> tuple[int, ...]:
    """Return which words of a term may be inflected, the likeliest first.

    The last, or in "log in" and "point of sale" the one before the particle; "point of sale terminal" has both.
    """
    last = len(words) - 1
    particle = next((at for at in range(1, len(words)) if words[at].lower() in _PARTICLES), 0)
    if not particle:
        return (last,)
    return (particle - 1, last) if last - particle < 2 else (last, particle - 1)


def list_inflections(word: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of *word* by name, capitals kept; a word that is not letters has none but itself."""
    if not word.replace("'", "").isalpha():
        yield "base", word
        return
    title = word.istitle()
    lemma = word.lower() if title else word
    for name, written in list_forms(lemma).items():
        for form in written:
            yield name, form[:1].upper() + form[1:] if title else form


def walk(lexicon: Lexicon, text: Text) -> list[Found]:
    """Return every term at every place of *text*, whether or not they overlap."""
    occurrences = list(_find_occurrences(lexicon.folded, text, text.words(exact=False)))
    if lexicon.exact:
        occurrences += _find_occurrences(lexicon.exact, text, text.words(exact=True))
    return occurrences


def _find_occurrences(table: Table, text: Text, words: Sequence[str]) -> Iterator[Found]:
    for first, word in enumerate(words):
        key, last = word, first + 1
        while (readings := table.get(key)) is not None:
            if readings and _stands_alone(text, first, last):
                yield from (Found(first, last, form.term, form.name) for form in readings)
            if last == len(words):
                break
            key = f"{key} {words[last]}"
            last += 1


def _stands_alone(text: Text, first: int, last: int) -> bool:
    """Tell whether the tokens are whole words: not the C of "C++", the net of ".NET" or a part of a file name."""
    start, end = text.tokens[first].start, text.tokens[last - 1].end
    before, after = text.text[max(0, start - 1) : start], text.text[end : end + 2]
    if before and before in "@#_.\\" and text.tokens[first].is_word:
        return False
    return after[:1] not in ("+", "#", "@", "_") and not (after[:1] == "." and after[1:].isalnum())


def find_source_terms(lexicon: Lexicon, source: str, code: Code = ()) -> list[Wanted]:
    """Return the source terms that stand in *source* and are no part of its *code*, the longest at each place."""
    spans = list(find_units(source))
    parts = [part for part, _, _ in spans]
    terms: dict[str, Wanted] = {}
    first = 0
    while first < len(parts):
        key, last, after = parts[first], first + 1, first + 1
        longest: Wanted | None = None
        while key in lexicon.sources:
            wanted = lexicon.sources[key]
            if wanted and not cuts_code(spans[first][1], spans[last - 1][2], code):
                longest, after = wanted, last
            if last == len(parts):
                break
            key = f"{key} {parts[last]}"
            last += 1
        if longest:
            terms[longest.source] = longest
        first = after
    return list(terms.values())
