"""Quotation marks and brackets that are opened and never closed, or closed and never opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Hit, Need, Rule, Span

_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "“": "”"}
_CLOSERS: Final = {close: opener for opener, close in _PAIRS.items()}
_ENUMERATOR: Final = re.compile(r"(?:^|\s)(?:\d{1,3}[a-z]?|[a-zA-Z]\d?|[ivxIVX]{1,4})\)")
_EMOTICON: Final = re.compile(
    r"(?<![^\s(])[:;=8xX][-'^]?[()\[\]]+(?![\w([])|<3|\(y\)|¯\\_\(ツ\)_/¯|(?:^|\s)[)(]{2,}(?=\s|$)|[)(]{4,}"
)
"""Faces; several brackets in a row behind a blank are a smile, too."""
_GERMAN: Final = re.compile(r"„[^„“”\n]{0,400}[“”]")
_END: Final = r"\s?[-−+]?(?:\d[\d.]{0,11}|∞|inf|[A-Za-z]\w?)\s?"
_INTERVAL: Final = re.compile(rf"[\[(\]]{_END}[,;]{_END}[\])\[]")
"""An interval, half open ones as in [0, 1) and, elsewhere, [0, 1[ among them."""
_KEYS_TO_PRESS: Final = re.compile(r"(?<![\w(])[A-Z%!#+*]\)(?=[^\W\d_])|(?<=\()[()\[\]{}](?=\)[a-z])")
"""What to press for a choice: S)ave or Q)uit; ([)optional."""
_ESCAPED: Final = re.compile(r"\\[()\[\]{}]")
_CLASS: Final = re.compile(r"\[\^?(?:\w-\w){1,4}\](?:[*+?]|\{\d{1,3},?\d{0,3}\})?|\^\[[^\[\]\s]{1,20}\]")
"""What letters a pattern takes: [a-z0-9]+; the caret before ^[0-9] begins a line and is no key."""
_SIGNS_IN_A_ROW: Final = re.compile(r"(?<!\S)(?!\S{0,40}(\S)\1)[^\w\s\ufffc]{7,40}(?!\S)")
"""Signs that are listed without blanks, each once: #'"$&/;."""
_KEY: Final = re.compile(r"(?<![\w^])\^[\[\]]+|(?<!\w)(?:[CMS]-){1,2}[()\[\]{}](?!\w)")
"""A key as terminals and Emacs write it: ^[ is Escape, ^[[A the key that goes up, and M-[ one with Meta held."""
_QUOTED_MARK: Final = re.compile(r"(?<!\w)([\"'“‘`])([()\[\]{}“”\"]{1,2})[\"'”’`](?!\w)")
"""A mark that the text speaks of: "(", ')', ‘“’."""
_OF_OLD_MANUALS: Final = re.compile(
    r"(?<!.[^\s(\[]`)(?<=`)[()\[\]{}]{1,2}(?=\s)|(?<=[\s`])[()\[\]{}]{1,2}(?=['’](?![^\w\s]{1,2}['’])(?:[\s.,;:!?)]|$))"
    r"|(?:(?<=[^\w(\[{]['‘`])|(?<=^['‘`]))[^\s'‘’`\"][^'‘’`\"\n]{0,29}[()\[\]{}](?=['’](?:[\s.,;:!?)]|$))"
)
"""A mark that a text of old speaks of, between its quotes: press `{ or `[prefix] }', or '%lamp('."""
_LONE: Final = re.compile(
    r"(?:(?<=\s)|(?<=^))[()\[\]{}“”\"]{1,2}(?=[\s,.;:]|$)|(?<=[(\[])\"(?=\s)|(?<=\s)\"(?=[)\]])|(?<=\d:)\"(?=\s)"
)
"""A mark with blanks around it may be one that the text speaks of."""
_CODE: Final = re.compile(
    r"=>|/>|</|\w\[, ?\w|\};|\(\{|\}\)|&&|\|\||[{,]\s?\"\w+\"\s?:|:=|\$\{|\\begin|\\[a-z]+\{"
    r"|\((?:setq|defun|defvar|lambda|let|require|featurep|add-hook)\b|(?<![\w)])'\(+[\w\"(]"
)
"""What shows that brackets are those of a programming language."""
_QUOTES: Final = frozenset('"“”')
_SIGN: Final = re.compile(r"[()\[\]{}“”（）]")
_PLAIN: Final = {"（": "(", "）": ")"}
"""Full-width brackets may be the partners of plain ones, and are never asked for one themselves."""
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_LONGEST_QUOTATION: Final = 20
"""Paragraphs over which a quotation may run; lines of a file are often taken for paragraphs."""
_MAX_HITS: Final = 50
"""Marks reported in one document; one with more of them is code or a formula, and nobody reads the rest."""

_WITHOUT_PARTNER: Final = (
    _GERMAN, _INTERVAL, _KEY, _QUOTED_MARK, _KEYS_TO_PRESS, _ESCAPED, _OF_OLD_MANUALS, _CLASS, _SIGNS_IN_A_ROW,
)  # fmt: skip
"""What holds marks that are no marks of the text; of a German quotation only its ends."""

_Place = tuple[int, int]
"""Segment number and offset in its target."""


class _Mark(NamedTuple):
    """A bracket or quotation mark; one that *may_stand_alone* closes what is open and otherwise needs no partner."""

    sign: str
    place: _Place
    may_stand_alone: bool = False


def _find_unpaired(marks: list[_Mark]) -> Iterator[tuple[str, _Place]]:
    """Yield the marks of one paragraph without a partner; straight quotes only need to be even in number."""
    waiting: list[_Mark] = []
    open_now: Counter[str] = Counter()
    lonely: list[_Mark] = []
    for mark in marks:
        if mark.sign in _PAIRS:
            waiting.append(mark)
            open_now[mark.sign] += 1
        elif open_now[opener := _CLOSERS[mark.sign]]:
            while waiting[-1].sign != opener:
                open_now[waiting[-1].sign] -= 1
                lonely.append(waiting.pop())
            waiting.pop()
            open_now[opener] -= 1
        else:
            lonely.append(mark)
    lonely = [mark for mark in (*lonely, *waiting) if not mark.may_stand_alone]
    if not _is_excerpt(lonely):
        yield from ((mark.sign, mark.place) for mark in lonely)


def _is_excerpt(lonely: list[_Mark]) -> bool:
    """Tell whether a paragraph begins and ends within a quotation: Morning”, she said. “Nice."""
    return [mark.sign for mark in lonely] == ["”", "“"]


def _find_odd_straight_quote(document: Document, group: list[int]) -> Iterator[tuple[str, _Place]]:
    """Yield the last straight quote of a paragraph that has an odd number of them, unless one may be something else."""
    places: list[_Place] = []
    for number in group:
        text = document.segments[number].target or ""
        if '"' not in text:
            continue
        if _CODE.search(text):
            return
        aside = _find_exempt(text)
        for match in re.finditer('"', text):
            at = match.start()
            if at in aside:
                if aside[at]:  # spoken of, perhaps
                    return
                continue
            inch = at > 0 and text[at - 1].isdecimal() and len(places) % 2 == 0
            if not inch:
                places.append((number, at))
    if len(places) % 2:
        yield '"', places[-1]


def _list_marks(document: Document, group: list[int]) -> list[_Mark]:
    """Return the brackets and curly quotes of a paragraph, without the brackets of code."""
    texts = [(number, document.segments[number].target or "") for number in group]
    signs = [
        (number, text, [(match.group(), match.start()) for match in _SIGN.finditer(text)]) for number, text in texts
    ]
    is_code = any(here for *_, here in signs) and any(_CODE.search(text) for _, text in texts)
    marks = []
    for number, text, here in signs:
        aside = _find_exempt(text) if here else {}
        for sign, at in here:
            if (is_code and sign in "()[]{}（）") or (at in aside and not aside[at]):
                continue
            marks.append(_Mark(_PLAIN.get(sign, sign), (number, at), at in aside or sign in _PLAIN))
    return marks


def _find_exempt(text: str) -> dict[int, bool]:
    """Return the places of marks that need no partner, and whether each may be the partner of another."""
    aside: dict[int, bool] = {}
    for pattern, may_pair in ((_LONE, True), (_EMOTICON, True), (_ENUMERATOR, True)):
        for match in pattern.finditer(text):
            aside |= dict.fromkeys(range(match.start(), match.end()), may_pair)
    for pattern in _WITHOUT_PARTNER:
        for match in pattern.finditer(text):
            edges = pattern is _GERMAN
            places = (match.start(), match.end() - 1) if edges else range(match.start(), match.end())
            aside |= dict.fromkeys(places, False)
    return aside


def _group_by_paragraph(document: Document) -> Iterator[list[int]]:
    """Group segment numbers by paragraph: a quotation may run over sentences, not beyond blank lines."""
    text = document.target
    # Where no line is blank, every line is a paragraph.
    ends = _BLANK_LINE if text and _BLANK_LINE.search(text) else re.compile("\n")
    group: list[int] = []
    end = 0
    for number, segment in enumerate(document.segments):
        if not segment.target:
            continue
        span = segment.target_span
        if group and (text is None or span is None or ends.search(text, end, span.start)):
            yield group
            group = []
        group.append(number)
        end = span.end if span else 0
    if group:
        yield group


def _continues_quotation(document: Document, following: list[int] | None) -> bool:
    """Tell whether the next paragraph goes on with the same quotation, as English sets it."""
    return following is not None and (document.segments[following[0]].target or "").startswith(("“", '"'))


def _find_closed_later(lonely: list[tuple[int, str, _Place]]) -> set[_Place]:
    """Return the quotation marks that pair with one some paragraphs on: a quotation of several paragraphs.

    Args:
        lonely: number of the paragraph, mark and place of those without a partner in their paragraph, in order.
    """
    closed: set[_Place] = set()
    opened: dict[str, tuple[int, _Place]] = {}
    for paragraph, mark, place in lonely:
        opener = "“" if mark == "”" else mark
        if opener in opened and mark != "“":
            began, first = opened.pop(opener)
            if paragraph - began <= _LONGEST_QUOTATION:
                closed |= {first, place}
                continue
        if mark in ("“", '"'):
            opened[mark] = (paragraph, place)
    return closed


def _find(document: Document) -> Iterator[Hit]:
    return islice(_find_hits(document), _MAX_HITS)


def _find_hits(document: Document) -> Iterator[Hit]:
    groups = list(_group_by_paragraph(document))
    lonely: list[tuple[int, str, _Place]] = []
    for paragraph, (group, following) in enumerate(zip_longest(groups, groups[1:])):
        for mark, place in (*_find_unpaired(_list_marks(document, group)), *_find_odd_straight_quote(document, group)):
            if mark not in _QUOTES or not _continues_quotation(document, following):
                lonely.append((paragraph, mark, place))
    closed_later = _find_closed_later(lonely)
    end: _Place | None = None
    for _, mark, place in sorted(lonely, key=lambda each: each[2]):
        if place not in closed_later:
            number, at = place
            is_next = end == place and (document.segments[number].target or "")[at - 1] == mark
            end = (number, at + 1)
            if is_next:
                continue  # the rest of a run: }}} is said once
            quote = mark in _QUOTES
            rule = "pairs/unpaired-quote" if quote else "pairs/unpaired-bracket"
            role = "closed" if mark in _PAIRS else "opened" if mark in _CLOSERS else "paired"
            yield Hit(rule, number, Span(at, at + 1), f"This {mark} is never {role}.")


RULES = (
    Rule(
        id="pairs/unpaired-bracket",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="A bracket has no partner.",
        why="The other half was lost in translation, and the reader cannot tell where the aside ends.",
        find=_find,
        reads_code=True,
        bad=(
            Example.of("The firm <v>(</v>founded in 1998 makes glass."),
            Example.of("The firm, founded in 1998<v>)</v>, makes glass."),
            Example.of("Open the harbour gate <v>}</v>}} now."),
        ),
        good=(
            Example.of("Two things: 1) the firm (founded in 1998 [or 1999]) and b) its glass :)"),
            Example.of("She (aged 34) takes it (vitamin D) daily (see Appendix B)."),
            Example.of("It was late (really :) and cold ))) and the range is [0, 1) here."),
            Example.of("Most terminals send ^[ for Escape and ^[[A for the key that goes up."),
            Example.of("Press ) to close and ( to open; '[' or \"{\" will do, too."),
            Example.of("Press `{ or `[key] }' now; S)ave, Q)uit or ([)option? The range is [0, 0.5[ or ]1,2]."),
            Example.of("Evaluate (setq lamp-alist '((red . 1) (blue . 2)) in a file."),
            Example.of("Do this: 1a) open the lid (slowly）and 1b) lift the bulb."),
            Example.of("Most agreed (n = 12), as shown below (page 7): F(1, 208) = 4.2."),
            Example.of("Give the roles (as ``roles=(...)``), and read ``lamp=(...)``: they are kept."),
            Example.of("Name a grid (say ``GRID:12``) and the field (or `wheat`) to sow."),
            Example.of("Gates that match ^[0-9][0-9]* are numbered; those that match [a-z]+ are not."),
        ),
        needs=frozenset({Need.DOCUMENT}),  # loose segments may hold half of a quotation
        confidence=0.6,
    ),
    Rule(
        id="pairs/unpaired-quote",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="A quotation mark has no partner.",
        why="The other half was lost in translation, and the reader cannot tell who says what.",
        find=_find,
        reads_code=True,
        bad=(
            Example.of("He said: <v>“</v>We will come back."),
            Example.of('He called it <v>"</v>a small step.'),
        ),
        good=(
            Example.of('He said: “We will come back.” She had a 27" screen and called it "huge".'),
            Example.of("“It is late,” she said. “Let us go.”"),
            Example.of('Set it to "v2", "v3" or "hub001:2181"; the mark \'"\' is a quote, and „so“ is „this”.'),
            Example.of("Morning”, she said. “Nice"),
            Example.of("These signs are left out of what a guest writes: %'\"$&/+!?.,;:"),
            Example.of("He said: “We will come back.\nThen we will stay.”"),
        ),
        needs=frozenset({Need.DOCUMENT}),  # loose segments may hold half of a quotation
        confidence=0.6,
    ),
)
