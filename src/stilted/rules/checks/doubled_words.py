"""Words that stand twice in a row: function words surely by mistake, others mostly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from operator import eq
from typing import Final

from stilted.core.model import Document, Example, Finding, Hit, Rule, Segment, SegmentFinder, Span
from stilted.core.morphology import list_forms
from stilted.core.tokens import Token, TokenKind, find_word_before, get_norms, tokenize

_CLOSED: Final = frozenset(
    "the a an of and or with for from by at as be was were are has have will would its their this these"
    " into than but if not our my your in on is".split(),
)
"""Words that are never doubled in print, but for particles and what ends a clause."""
_PARTICLES: Final = frozenset("in on".split())
_VERBS_WITH_PARTICLE: Final = (
    "log sign check step zoom fill type turn dial plug tune drop call phone cash chip pitch opt join cut hand lock"
    " build switch click sleep pass carry hang stay sell buy tap book clock scan jump pull push go come get put"
    " bring hold keep take give let move live break set stand fall lead".split()
)
_BEFORE_PARTICLE: Final = frozenset("then later early so now further logon".split())
"""Words that a particle belongs to, so that a place or a day may follow: logged in in May, later on on Monday."""


@cache
def _list_words_with_particle() -> frozenset[str]:
    forms = (form for verb in _VERBS_WITH_PARTICLE for forms in list_forms(verb, "v").values() for form in forms)
    return _BEFORE_PARTICLE.union(forms)


_BEFORE_CLAUSE_END: Final = frozenset("what all where who how why it this that he she there thing problem".split())
"""Words that begin what ends in "is", and may be said of: what it is is new."""
_PRONOUNS: Final = frozenset("it he she they we you i".split())
_PROMISES: Final = frozenset(
    "promise promised tell tells told assure assured show showed shown guarantee guarantees teach taught remind reminds"
    " warn warned bet give gives gave send sent inform convince like love hate want need think thought say said know"
    " knew hope hoped what that all everything anything whatever whoever".split()
)
"""Words between which and a clause "that" may go missing: "I promise you you will not regret it"."""
_FINE: Final = frozenset(
    "very really so had that no yes never much many far long big ha bye knock chop hush there now well again over up"
    " down out off go win do new old same oh hear tut blah girls tsk boo aye her night fifty half what who"
    " mahi can log lin pom cha tuk dik yum tom beri couscous cous bling ylang wee goody agar gado lava dum ping pong"
    " tick ho quack woof drip etc bang honk beep choo chow pooh yo click clap wah nom paw murder honey please wait time"
    " times day more less better ever stop back round little one two step dot dash".split(),
)
"""Words that English doubles: fixed pairs, names of fish and dances, sounds, and what is said again for effect."""
_NO_NOUN: Final = frozenset("of to with for from by at as in on and or is was are were".split())
"""Words that no article stands before, so that "the the" before them is spoken of, not written by mistake."""
_INFINITIVE: Final = "to"
_QUOTES_BEFORE: Final = frozenset("\"“‘'")
_QUOTES_AFTER: Final = frozenset("\"”’'")
_INVISIBLE: Final = "\u00ad\u200b\u2060\ufeff"
_CODE: Final = ("[", "(", "=", "_", "{", "<", "/", "@")
"""What touches a name of a program from behind."""
_MEMBER: Final = re.compile(r"\.[A-Za-z]")
"""What follows the name of a module: lamp lamp.Glass."""
_SIGILS: Final = (":", "@", "$", "#", "%", "{", "\\", "-")
"""What touches it from before: ":places places", "lamp-list list of lamps"."""
_OF_PROGRAMS: Final = frozenset("nil null true false none undefined".split())
"""Values of programming languages: two of them in a row are two arguments."""
_MAKES: Final = ("makes", "made")
"""Words before two nouns of which the second is what the first is called so for: what makes capitalism capitalism."""
_GENITIVE: Final = "'s"
_SHORTEST: Final = 3
_NEAR: Final = 8
"""Words before "is is" among which the beginning of its clause is looked for."""
_COLUMNS: Final = re.compile(r"[^\S\n]{3}")
"""Several blanks on a line part the columns of a table."""
_GOES_BEFORE: Final = re.compile(r"[\w,;)\]%]\s{1,2}$")
"""What stands before a word that begins no sentence."""


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text:
            continue
        if not _may_be_doubled(get_norms(text)):
            continue
        every = tokenize(text)
        given: frozenset[str] | None = None
        for span, once, is_sure in _find_doubled(text, every):
            given = _list_doubled_elsewhere(segment) if given is None else given
            is_copied_slip = is_sure and segment.source == text and not segment.reference
            if once.casefold() not in given or is_copied_slip:
                rule = "mechanics/doubled-word" if is_sure else "mechanics/doubled-content-word"
                yield Hit(rule, number, span, f"“{once}” is doubled.", (once,))


def _may_be_doubled(words: Sequence[str]) -> bool:
    """Tell whether a word stands behind itself; most texts end here, cheaply."""
    return any(map(eq, words, islice(words, 1, None))) or _GENITIVE in words


def _list_doubled_elsewhere(segment: Segment) -> frozenset[str]:
    """Return the words that reference or source have twice in a row."""
    doubled: set[str] = set()
    for text in (segment.reference, segment.source):
        every = tokenize(text) if text else ()
        doubled |= {one.norm for one, two in pairwise(every) if one.norm == two.norm}
    return frozenset(doubled)


def _touches_code(text: str, start: int, end: int) -> bool:
    """Tell whether what touches the two words makes names of a program of them."""
    is_behind = text[max(0, start - 1) : start] in _SIGILS
    return is_behind or text[end : end + 1] in _CODE or _MEMBER.match(text, end) is not None


def _find_doubled(text: str, every: Sequence[Token]) -> Iterator[tuple[Span, str, bool]]:
    """Yield what stands twice: its place, the word, and whether it surely is a slip."""
    words = [t for t in every if t.kind is not TokenKind.GENITIVE]
    for at, (one, two) in enumerate(pairwise(words)):
        if one.norm != two.norm or one.kind is not TokenKind.WORD:
            continue
        gap = text[one.end : two.start].strip(_INVISIBLE)
        if _touches_code(text, one.start, two.end):
            continue
        if not gap or not gap.isspace() or _COLUMNS.search(gap) or _is_in_quotation_marks(text, one.start, two.end):
            continue
        after = words[at + 2] if at + 2 < len(words) else None
        before = words[at - 1] if at else None
        first, second = _drop_invisible(text, one), _drop_invisible(text, two)
        if _is_meant(first, second, before, after) or (before is not None and before.norm in _MAKES):
            continue
        if one.norm == "is" and not _BEFORE_CLAUSE_END.isdisjoint(t.norm for t in words[max(0, at - _NEAR) : at]):
            continue  # what it is is new
        if one.norm in _CLOSED:
            begins = second.islower() and not _GOES_BEFORE.search(text, max(0, one.start - 3), one.start)
            is_sure = (first == second or begins) and one.norm != "is"  # which may be "it is"
            yield Span(one.start, two.end), first, is_sure
        elif one.norm == _INFINITIVE and before is not None and _names_a_button(text, before):
            continue
        elif (
            one.norm in _PRONOUNS
            or one.norm == _INFINITIVE
            or (_is_plain(first, second) and one.norm not in _OF_PROGRAMS)
        ):
            yield Span(one.start, two.end), first, False


def _names_a_button(text: str, before: Token) -> bool:
    """Tell whether the word before has a capital within a sentence: select Move to to put it elsewhere."""
    begins = not text[: before.start].strip() or text[: before.start].rstrip()[-1:] in ".!?"
    return text[before.start].isupper() and not begins


def _is_plain(first: str, second: str) -> bool:
    """Tell whether both are words in small letters; "Pizza pizza" is a name, "1px 1px" is none of a language."""
    return len(second) >= _SHORTEST and first.isalpha() and first.islower() and second.islower()


def _drop_invisible(text: str, token: Token) -> str:
    """Return a word as it is seen, without what is invisible in it."""
    return "".join(c for c in text[token.start : token.end] if c not in _INVISIBLE)


def _is_meant(first: str, second: str, before: Token | None, after: Token | None) -> bool:
    """Tell whether a doubled word is right: a fixed pair, a title behind an article, "Vitamin A a", a clause."""
    word = first.casefold()
    if word in _FINE or (word in _PARTICLES and (before is None or before.norm in _list_words_with_particle())):
        return True
    shouted = len(first) > 1 and first.isupper()
    one_letter = len(first) == 1 and before is not None
    if first != second and (one_letter or shouted or second[0].isupper()):
        # "Vitamin A a year", "bitwise AND and OR", "the The Times"
        return True
    if word in ("a", "an", "the") and after is not None and after.norm in _NO_NOUN:
        return True
    return word in _PRONOUNS and before is not None and before.norm in _PROMISES


def _is_in_quotation_marks(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks stand right before and after the words, as around words spoken of."""
    return text[max(0, start - 1) : start] in _QUOTES_BEFORE and text[end : end + 1] in _QUOTES_AFTER


_SAFE_TWICE: Final = frozenset(
    "the a an of to and or with for from by at as be was were are have will would its their this these it he she they"
    " we you into than but if not his our my your".split()
)
"""Of these one is surely too many."""
_NAMES_OF_WORDS: Final = frozenset("article articles keyword keywords phrase word words".split())
_ANY_WORD: Final = re.compile(r"[^\W\d_]+")


def _is_doubled_by_mistake(segment: Segment, finding: Finding) -> bool:
    """Tell whether a function word stands twice in the same letters, where nobody else has doubled it."""
    first, _, second = finding.text.partition(" ")
    if (
        first != second
        or first not in _SAFE_TWICE
        or find_word_before(segment.target or "", finding.segment_start) in _NAMES_OF_WORDS
    ):
        return False
    return not any(map(_has_doubled_word, (segment.reference, segment.source)))


def _has_doubled_word(text: str | None) -> bool:
    """Tell whether any word stands twice in a row; in another language, it may be another word."""
    return any(one == two for one, two in pairwise(match[0].casefold() for match in _ANY_WORD.finditer(text or "")))


RULES = (
    Rule(
        id="mechanics/doubled-word",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="A word is doubled.",
        why="Translation engines repeat a word where two phrases were joined.",
        find=_find,
        bad=(
            Example.of("She walked to <v>the the</v> station.", "She walked to the station."),
            Example.of("The price <v>of of</v> bread rises in May.", "The price of bread rises in May."),
            Example.of("The keys lie <v>in in</v> the house.", "The keys lie in the house."),
        ),
        good=(
            Example.of("He had had enough, and she knew that that was so."),
            Example.of("No, no: it is very, very late in New York, New York."),
            Example.of("The the in the third line is a slip; so is the second “and and”."),
            Example.of("She reads the The Times with her Vitamin A a day."),
            Example.of("They logged in in the morning, and the show will go on on Monday."),
        ),
        confidence=0.9,
        safe_fix=True,
        fix_guard=_is_doubled_by_mistake,
    ),
    Rule(
        id="mechanics/doubled-content-word",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="A word is doubled.",
        why="Translation engines repeat a word where two phrases were joined; a few words are doubled on purpose.",
        find=_find,
        bad=(
            Example.of("The price <v>rises rises</v> in May.", "The price rises in May."),
            Example.of("Go <v>to to</v> the station.", "Go to the station."),
            Example.of("The key <v>is is</v> new.", "The key is new."),
        ),
        good=(
            Example.of("Read it with harbour harbour.Boats as you like."),
            Example.of("Pizza pizza! The children were glad, and we ate mahi mahi."),
            Example.of("I promise you you will like it, and what it is is a mystery."),
            Example.of("It has a nasi goreng goreng.", reference="A nasi goreng goreng is there."),
            Example.of("The boat has :seats seats; boat-seat-list list of its seats. It ends in nil nil here."),
            Example.of("No  3   lamp        lamp.png"),
            Example.of("Press the button and select Move to to put the boat elsewhere."),
        ),
        confidence=0.9,
    ),
)
