"""Misspelt words, with next to no false alarms: what is marked is unknown and all but a frequent word.

A word is left alone that source, reference or inline code have, that the text writes with a capital elsewhere, or
repeats, unless it can be nothing but a slip, that stands among words of another language, or is part of a name or a
path.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from stilted.core.model import Document, Example, Finding, Hit, Precedence, Rule, Segment, Span, Status
from stilted.core.tokens import Token, TokenKind, get_norms, tokenize
from stilted.rules.checks.spelling import _vocabulary
from stilted.text.credits import find_credited

_POSSIBLE: Final = "spelling/possible-misspelling"
_UNKNOWN: Final = "spelling/unknown-word"
_SHORTEST: Final = 5
_SHORT: Final = 6
"""Letters of a word below which only a very frequent one can be meant: short names abound."""
_SHORTEST_CAPITAL: Final = 7
"""Letters of a word with a capital below which that goes for it too, and it begins its sentence."""
_SHORTEST_NAME: Final = 4
"""Letters of a name beside a word with a capital: shorter ones are the names of things as often, B or S3."""
_SHORTEST_STRANGE: Final = 7
"""Letters of a word that is in no dictionary and near none: shorter ones are mostly names of programs."""
_OFTEN: Final = 3
"""How often a text has a word that may be a term of its own: if it is a slip, then of a writer who knows no better."""
_STRANGERS: Final = 3
"""How many unknown words show that a stretch is of another language, where they are a quarter of its words."""
_GLUE_BEFORE: Final = frozenset("_/.@#$'’\\{<=+])")
_GLUE_AFTER: Final = frozenset("-_/@'’\\({=+<")
_ACCESS_KEY: Final = re.compile(r"[^\W\d_]?&[a-z]")
"""The mark of an access key within a word: Ad&vanced."""
_OTHER_LANGUAGE: Final = re.compile(r"[\U0001f1e6-\U0001f1ff]{2}|\b(?:Deutsche?r?|Français|Español|Português)\b")
_LINK: Final = 80
_SEE_ALSO: Final = ("See also:", "SEE ALSO:", "See Also:")
_ENDS: Final = frozenset(".!?:")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class _Unknown(NamedTuple):
    """An unknown word; one with a capital either begins its sentence or looks like a name, as one before a hyphen."""

    segment: int
    token: Token
    is_capital: bool
    is_inside: bool = False


class _Seen(NamedTuple):
    """What a text has of unknown words: those that may be misspelt, how often it has each, how often with a capital,
    and which are also part of a path or a name."""

    unknown: list[_Unknown]
    counts: Counter[str]
    capitals: Counter[str]
    glued: set[str]


def is_english(word: str) -> bool:
    """Tell whether the word, in lower case, is one of English: listed, inflected or a compound."""
    return _vocabulary.is_known(word)


def _find(document: Document) -> Iterator[Hit]:
    seen = _collect(document)
    for each in _list_doubtful(document, seen):
        hit = _judge(each, seen)
        if hit:
            yield hit


def _find_guesses(document: Document) -> Iterator[Hit]:
    seen = _collect(document)
    for each in _list_doubtful(document, seen):
        if _judge(each, seen) is None:
            yield from _guess_at(each, seen)


@lru_cache(maxsize=1)
def _collect(document: Document) -> _Seen:
    """Return what *document* has of unknown words; the last one is kept, since guesses ask for it, too."""
    seen = _Seen([], Counter(), Counter(), set())
    for number, segment in enumerate(document.segments):
        if segment.target and not _holds_names_alone(segment.target):
            _collect_unknown(seen, number, segment)
    return seen


def _list_doubtful(document: Document, seen: _Seen) -> Iterator[_Unknown]:
    """Yield the unknown words that are neither names in this document nor given by source or reference."""
    if not seen.unknown:
        return
    names = _list_names(document, {each.token.norm for each in seen.unknown})
    names |= {each.token.norm for each in seen.unknown if each.is_inside and seen.capitals[each.token.norm] > 1}
    for each in seen.unknown:
        word = each.token.norm
        if word in names or _is_given(document.segments[each.segment], word):
            continue
        if seen.capitals[word] > 1 and not _vocabulary.is_no_name(word):
            continue
        yield each


def _guess_at(each: _Unknown, seen: _Seen) -> Iterator[Hit]:
    """Yield what may be said of an unknown word that a document has once and that is not likely enough misspelt."""
    word = each.token.norm
    if seen.counts[word] > 1 or word in seen.glued:
        return
    span = Span(each.token.start, each.token.end)
    guess = _vocabulary.guess(word)
    if guess is not None:
        words = tuple(w.capitalize() for w in guess.words) if each.is_capital else guess.words
        yield Hit(_POSSIBLE, each.segment, span, "", words)
    elif not each.is_capital and len(word) >= _SHORTEST_STRANGE:
        yield Hit(_UNKNOWN, each.segment, span)


def _holds_names_alone(text: str) -> bool:
    """Tell whether a text may be no more than names: those of functions to look up as well, of who took part, or of a
    page in another language, as Deutsche Dokumentation is.
    """
    if find_credited(text):
        return True
    return text.startswith(_SEE_ALSO) or (len(text) < _LINK and _OTHER_LANGUAGE.search(text) is not None)


def _judge(each: _Unknown, seen: _Seen) -> Hit | None:
    word = each.token.norm
    span = Span(each.token.start, each.token.end)
    name = _vocabulary.find_name_meant(word)
    if name:
        return Hit("spelling/likely-misspelling", each.segment, span, "", (name,))
    if seen.capitals[word] and not each.is_capital:
        return None
    # Inside a sentence or a compound only what is certain counts, which guesses from farther away never are.
    guess = _vocabulary.guess_one_slip(word) if each.is_inside else _vocabulary.guess(word)
    if guess is None:
        return None
    first = guess.words[0]
    is_often = seen.counts[word] >= _OFTEN
    if is_often and not _is_plain(each, seen, guess):
        return None
    if each.is_inside and not guess.is_certain:
        return None
    if (
        each.is_capital
        and len(word) < _SHORTEST_CAPITAL
        and (each.is_inside or not guess.is_certain or not _vocabulary.is_frequent(first))
    ):
        return None
    if len(word) < _SHORT and guess.slips == 1 and not _vocabulary.is_frequent(first):
        return None
    words = tuple(w.capitalize() for w in guess.words) if each.is_capital else guess.words
    is_certain = guess.is_certain and not (each.is_capital or each.is_inside or is_often)
    return Hit("spelling/misspelling" if is_certain else "spelling/likely-misspelling", each.segment, span, "", words)


def _is_plain(each: _Unknown, seen: _Seen, guess: _vocabulary.Guess) -> bool:
    """Tell whether a word that a text has often can be nothing but a slip."""
    word = each.token.norm
    if each.is_capital:
        return _vocabulary.is_no_name(word)
    return guess.is_certain and word not in seen.glued and len(word) > _SHORT


def _collect_unknown(seen: _Seen, number: int, segment: Segment) -> None:
    """Add the unknown words of a segment; in one that is largely foreign none is misspelt."""
    text = segment.target or ""
    unknown: list[_Unknown] = []
    every = tokenize(text)
    strangers: list[str] = []
    accented = 0
    common = _vocabulary.list_common()
    for at in [at for at, word in enumerate(get_norms(text)) if word not in common]:
        token = every[at]
        if token.kind is not TokenKind.WORD or len(token.norm) < _SHORTEST:
            continue
        written = text[token.start : token.end]
        if not written.isascii() or not written.isalpha() or _is_known(text, every, at):
            accented += not written.isascii() and written.isalpha()
            continue
        strangers.append(token.norm)
        seen.counts[token.norm] += 1
        seen.capitals[token.norm] += not written[0].islower()
        if _is_glued(text, token):
            seen.glued.add(token.norm)
            if written.islower() and _begins_compound(text, token):
                unknown.append(_Unknown(number, token, is_capital=False, is_inside=True))
            continue
        if written.islower():
            unknown.append(_Unknown(number, token, is_capital=False))
        elif written[1:].islower() and len(written) >= _SHORT and not _is_beside_name(text, every, at):
            unknown.append(_Unknown(number, token, is_capital=True, is_inside=not _begins_sentence(every, at, text)))
    if _is_largely_foreign(every, len(strangers) + accented) and (
        accented or any(_vocabulary.guess(word) is None for word in strangers)
    ):
        return
    if len(strangers) < _STRANGERS or len(strangers) * 4 < len(every):
        seen.unknown.extend(unknown)


def _is_largely_foreign(every: Sequence[Token], strangers: int) -> bool:
    """Tell whether half the words of a short text, and more than one, are none of English: Nuove righe gialle."""
    return strangers > 1 and strangers * 2 >= sum(token.kind is TokenKind.WORD for token in every)


def _is_known(text: str, every: Sequence[Token], at: int) -> bool:
    """Tell whether a word is English, alone or with what a hyphen ties to its front: pre-emptive is preemptive."""
    word = every[at].norm
    if _vocabulary.is_known(word) or _is_told_of(text, every[at]):
        return True
    if not at or text[every[at].start - 1 : every[at].start] != "-":
        return False
    first = next((each.norm for each in reversed(every[max(0, at - 2) : at]) if each.norm != "-"), "")
    return _vocabulary.is_known(first + word)


_CORRECTED: Final = re.compile(r"[ \t]{0,2}(?:→|[-=]>)")


def _is_told_of(text: str, token: Token) -> bool:
    """Tell whether a slip is shown with what it became (lmap → lamp), or a name in brackets leads a line of changes."""
    if _CORRECTED.match(text, token.end):
        return True
    return text[: token.start].strip() == "(" and text[token.end : token.end + 1] == ")"


def _is_glued(text: str, token: Token) -> bool:
    if text[token.start - 1 : token.start] in _GLUE_BEFORE and token.start:
        return True
    if text[token.start - 1 : token.start] == "(" and text[max(0, token.start - 2) : token.start - 1].strip():
        return True  # the rest of a word of which the key is named: "q"(uit)
    after = text[token.end : token.end + 2]
    if _ACCESS_KEY.match(text, token.end) or _ACCESS_KEY.match(text, max(0, token.start - 2), token.start + 1):
        return True
    if after[:1] == "[" and after[1:2].isalpha():
        return True  # an ending that somebody else put: remov[ed]
    return (after[:1] in _GLUE_AFTER and bool(after)) or (after[:1] == "." and after[1:2].isalnum())


def _begins_compound(text: str, token: Token) -> bool:
    """Tell whether a hyphen and a word in small letters follow, as in mutiple-row, and nothing is tied on before."""
    after = text[token.end : token.end + 2]
    return after[:1] == "-" and after[1:].islower() and text[max(0, token.start - 1) : token.start] in ("", " ", "(")


def _is_beside_name(text: str, every: Sequence[Token], at: int) -> bool:
    """Tell whether a word with a capital stands next to another one that texts hardly have small: Stephen, not Open."""
    for other in (at - 1, at + 1):
        if not 0 <= other < len(every):
            continue
        first, last = sorted((every[at], every[other]), key=lambda token: token.start)
        written = text[every[other].start : every[other].end]
        may_be_name = written.istitle() and len(written) >= _SHORTEST_NAME
        if text[first.end : last.start] != " " or not may_be_name:
            continue
        word = every[other].norm
        if word not in _vocabulary.list_common() and (_vocabulary.is_known(word) or not _vocabulary.guess(word)):
            return True
    return False


def _begins_sentence(every: Sequence[Token], at: int, text: str) -> bool:
    following = every[at + 1 : at + 2]
    if not following or not text[following[0].start : following[0].end].islower():
        return False
    return at == 0 or every[at - 1].norm in _ENDS


def _list_names(document: Document, words: set[str]) -> set[str]:
    """Return those of *words* that stand in code: the file has them more often than its prose, or inline code does."""
    names = {word for segment in document.segments for code in segment.objects[0] for word in _list_words(code, words)}
    if document.file is not None:
        prose = Counter(word for segment in document.segments for word in _list_words(segment.target or "", words))
        everywhere = Counter(_list_words(document.file, words))
        names |= {word for word in words if everywhere[word] > prose[word]}
    return names


def _list_words(text: str, wanted: set[str]) -> list[str]:
    return [word for word in _LETTERS.findall(text.casefold()) if word in wanted]


def _is_given(segment: Segment, word: str) -> bool:
    return any(word in text.casefold() for text in (segment.source, segment.reference) if text)


def _is_one_slip(segment: Segment, finding: Finding) -> bool:
    """Tell whether a misspelt word and what is meant begin and end alike: then one letter within it is meant."""
    word, meant = finding.text.lower(), finding.suggestions[0].lower()
    return (
        len(finding.suggestions) == 1 and len(word) > _SAFE_LENGTH and word[:2] == meant[:2] and word[-1] == meant[-1]
    )


_SAFE_LENGTH: Final = 6


RULES: Final = (
    Rule(
        id="spelling/misspelling",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="This word is misspelt.",
        why="No dictionary has it, and one slip makes it of a word that is used a great deal.",
        find=_find,
        bad=(
            Example.of(
                "The <v>managment</v> was <v>succesfully</v> replaced.", "The management was successfully replaced."
            ),
            Example.of("Both <v>enviroment</v> and <v>docuemnts</v> suffer.", "Both environment and documents suffer."),
        ),
        good=(
            Example.of("The colour of the theatre and the color of the theater are alike; analyse, analyze, learnt."),
            Example.of("Webhooks, namespaces, hostnames and kubectl; systemd starts searchd; a xylographic unperson."),
            Example.of("(greos) The slip enviroment → environment is mended."),
            Example.of("The enviroment is named so.", source="Der Ordner heißt enviroment."),
            Example.of("Open adress.example, run foo_adress, or read /etc/adress/file for the Adress of Adress."),
            Example.of("Le developement et les enviromentes sont completement adaptees."),
            Example.of("Le finestre della barca incluse: 4. Riferimenti alle righe gialle."),
        ),
        confidence=0.95,
        safe_fix=True,
        fix_guard=_is_one_slip,
    ),
    Rule(
        id="spelling/likely-misspelling",
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="This word is probably misspelt.",
        why="No dictionary has it, and it is all but a word that is used a great deal.",
        find=_find,
        bad=(
            Example.of("It was done <v>automaticly</v> by an <v>implentation</v> of ours."),
            Example.of("<v>Generaly</v> it rains.", "Generally it rains."),
            Example.of("The key is <v>binded</v> to a <v>groupe</v>.", "The key is bound to a group."),
            Example.of("The list <v>ontains</v> all names."),
            Example.of("The server <v>efines</v> others.", "The server defines others."),
            Example.of(
                "It runs from <v>thebeginning</v>, <v>triggeredby</v> hand.",
                "It runs from the beginning, triggered by hand.",
            ),
            Example.of("Most <v>avaible</v> rooms were <v>ommited</v>.", "Most available rooms were omitted."),
            Example.of(
                "<v>Simlar</v> rooms face the <v>Securtiy</v> Office.", "Similar rooms face the Security Office."
            ),
            Example.of("It is a <v>mutiple</v>-choice test.", "It is a multiple-choice test."),
            Example.of(
                "Move the <v>Promethues</v> server to the <v>Authenticaton</v> page.",
                "Move the Prometheus server to the Authentication page.",
            ),
        ),
        good=(
            Example.of("Kubernetes runs on Debian; Fluentd and Thanos watch; Vitaly plays chess."),
            Example.of("In the final Zhou Informin won, while Hannah Bouldin lost; they met in cafes a priori."),
            Example.of("They remov[ed] and combin[ed] both. A reductio ad absurdum."),
            Example.of("See also: readlin, writelin, openfil."),
            Example.of("\ufffc harbourd 💻"),
            Example.of('Press "p"(revious) or p(revious) for the page before.'),
            Example.of("A plocate-based index of the Delaby family; the foreby-street gate."),
            Example.of("A groupby, an infile and an onload event; [c]olorized output; the Grafanas of two villages."),
        ),
        confidence=0.9,
    ),
    Rule(
        id=_POSSIBLE,
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="This word may be misspelt.",
        why="No dictionary has it, the text has it once, and it is not far from a word that is used a great deal.",
        find=_find_guesses,
        bad=(
            Example.of("Read all about the <v>Dashbaord</v> and more.", "Read all about the Dashboard and more."),
            Example.of("See the <v>Limite</v> of each.", "See the Limit of each."),
        ),
        good=(
            Example.of("Hexo builds the site; the Hexo blog tells more of the Dashboard and the limit."),
            Example.of("Run foo_limite, or read /etc/limite/file."),
        ),
        confidence=0.65,
        status=Status.PREVIEW,
        stable_at_high=True,
        not_for=frozenset({"article"}),
        precedence=Precedence.GUESS,
    ),
    Rule(
        id=_UNKNOWN,
        category="Linguistic conventions/Spelling",
        severity="minor",
        message="No dictionary has this word, and the text has it once.",
        why="Where it is no name or term, it is misspelt, or lacks a blank or a hyphen.",
        find=_find_guesses,
        bad=(Example.of("The <v>threadcount</v> and its <v>recognization</v> matter."),),
        good=(
            Example.of("The count of threads and its recognition matter."),
            Example.of("A heapcount is a heapcount. Run set_swapcount, or read /etc/forgettance/file."),
        ),
        confidence=0.5,
        status=Status.PREVIEW,
        stable_at_high=True,
        not_for=frozenset({"article"}),
        precedence=Precedence.GUESS,
    ),
)
