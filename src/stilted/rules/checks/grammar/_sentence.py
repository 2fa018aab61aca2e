"""A text as the grammar checks see it: words, what each can be, and, for those who ask, what each is here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from stilted.core.tokens import Token, TokenKind, get_norms, tokenize
from stilted.text import parts_of_speech
from stilted.text.parts_of_speech import ADJECTIVE, ADVERB, NOUN, PLURAL

DETERMINERS: Final = frozenset(
    "the a an this that these those my your our their his her its each every any some no another".split()
)
PRONOUNS: Final = frozenset("it he she they we you i".split())
PREPOSITIONS: Final = frozenset(
    "of in on at to for with by from via into through during after before between without within per about against"
    " under over inside upon across toward towards along around behind beyond near onto below beneath beside"
    " throughout".split()
)
FUNCTION_WORDS: Final = frozenset(
    "is are was were be been being am and or but nor of in on at to for with by from as than then that which who whom"
    " whose when where while if because so not also only can could will would should must may might shall do does did"
    " has have had via into through during after before between without within per about against under over up out"
    " off it he she they we you i them him us me there here what how why whether until unless although though since"
    " upon".split()
)
MODALS: Final = frozenset(
    "can could will would should must may might shall cannot can't couldn't won't wouldn't shouldn't mustn't".split()
)
_NO_NAMES: Final = FUNCTION_WORDS | DETERMINERS | MODALS | {"please", "thank", "hello", "except"}
_AFTER_START: Final = frozenset(".!?:;")
_CLOSING: Final = frozenset(".!?:;…")
_BEFORE_VERB: Final = frozenset("not also only then now still always never just even automatically".split())
"""Words that stand between "to" or a helping verb and the verb."""
_GLUE_BEFORE: Final = frozenset("-_/.@#$'’\\")
_GLUE_AFTER: Final = frozenset("-_/@'’\\(")


class Mark(NamedTuple):
    """What a matcher found: of which rule, from where to where, and what to write."""

    rule: str
    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    message: str = ""


class Sentence:
    """A segment's text with its tokens; a token is named by its number, and numbers outside the text are harmless."""

    __slots__ = ("_forms", "_last_mark", "_tagging", "text", "tokens", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: tuple[Token, ...] = tokenize(text)
        self.words: Sequence[str] = get_norms(text)
        self._forms = parts_of_speech.get_all_forms()
        self._last_mark: int | None = None
        self._tagging = parts_of_speech.Tagging(text)

    def word(self, at: int) -> str:
        """Return the word, in lower case; empty outside the text."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def raw(self, at: int) -> str:
        """Return the word as it is written."""
        return self.text[self.tokens[at].start : self.tokens[at].end] if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> TokenKind | None:
        """Return the kind of the token; None outside the text."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else None

    def forms(self, at: int) -> int:
        """Return the bits of what the word can be, as of `stilted.text.parts_of_speech.get_forms`."""
        return self._forms.get(self.words[at], 0) if 0 <= at < len(self.words) else 0

    def tag(self, at: int) -> str:
        """Return what the word is here; a question about a place costs the tagging of what stands before it."""
        if not 0 <= at < len(self.tokens):
            return ""
        return self.list_tags_until(at)[at]

    def list_tags_until(self, at: int) -> list[str]:
        """Return the tags of the words up to a place, and maybe of more."""
        return self._tagging.until(at)

    @property
    def tags(self) -> list[str]:
        """The tags of all words."""
        return self.list_tags_until(len(self.tokens))

    def are_joined(self, first: int, last: int) -> bool:
        """Tell whether blanks alone, on one line, stand between the tokens from *first* to *last*."""
        if first < 0 or last >= len(self.tokens):
            return False
        for at in range(first, last):
            between = self.text[self.tokens[at].end : self.tokens[at + 1].start]
            if between != " " and (not between.isspace() or "\n" in between):
                return False
        return True

    def is_lower(self, at: int) -> bool:
        """Tell whether the word is written without capitals."""
        return self.raw(at).islower()

    def is_name(self, at: int) -> bool:
        """Tell whether the word is written with a capital, is none of the lexicon and no plural."""
        raw = self.raw(at)
        if not raw[:1].isupper() or not raw.isalpha() or raw.endswith("s"):
            return False
        return not self.forms(at) and self.word(at) not in _NO_NAMES

    def begins(self, at: int) -> bool:
        """Tell whether a sentence begins here; none does within a name with dots: the example.dev page."""
        if at == 0:
            return True
        if self.words[at - 1] not in _AFTER_START:
            return False
        start = self.tokens[at].start
        return self.text[start - 1] != "." or not self.text[start].islower()

    def is_closed(self, at: int) -> bool:
        """Tell whether a mark ends the sentence that the word is in; labels and cells of tables have none."""
        if self._last_mark is None:
            self._last_mark = max((place for place, word in enumerate(self.words) if word in _CLOSING), default=-1)
        return at < self._last_mark

    def may_be_thing(self, at: int) -> bool:
        """Tell whether a modal may be a noun: the human will, one's might, a tin can."""
        if self.kind(at - 1) is TokenKind.GENITIVE:
            return True
        if self.forms(at - 1) & ADJECTIVE and not self.forms(at - 1) & (NOUN | PLURAL | ADVERB):
            return True
        is_compound = bool(self.forms(at - 1) & (NOUN | ADJECTIVE)) and self.are_joined(at - 1, at)
        return is_compound and self.word(at) in ("will", "might") and self.word(at + 1) in ("is", "was")

    def is_glued(self, at: int) -> bool:
        """Tell whether a hyphen, a slash or the like ties the word to its neighbour."""
        start, end = self.tokens[at].start, self.tokens[at].end
        if self.text[end : end + 1] == "." and self.text[end + 1 : end + 2].islower():
            return True  # a key of a configuration
        return self.text[start - 1 : start] in _GLUE_BEFORE or self.text[end : end + 1] in _GLUE_AFTER

    def ends_phrase(self, at: int) -> bool:
        """Tell whether the noun ends its phrase: no further noun, adjective or object follows."""
        if at + 1 >= len(self.words):
            return True
        following = self.word(at + 1)
        if self.kind(at + 1) is TokenKind.PUNCTUATION or not self.are_joined(at, at + 1):
            end = self.tokens[at].end
            return (
                self.kind(at + 1) is TokenKind.PUNCTUATION
                and following in ".,;:!?)"
                and self.text[end : end + 1] not in "-/'’"
            )
        if following in FUNCTION_WORDS:
            return True
        possible = self.forms(at + 1)
        return bool(possible) and not possible & ~(parts_of_speech.VERB_S | parts_of_speech.ADVERB)

    def is_followed_by(self, at: int, words: tuple[str, ...]) -> bool:
        """Tell whether these words stand right behind the word, in this order."""
        last = at + len(words)
        return tuple(self.words[at + 1 : last + 1]) == words and self.are_joined(at, last)

    def skip_adverbs(self, at: int) -> int:
        """Return *at*, or the place behind the one or two words like "not" or adverbs in -ly that stand there."""
        for place in range(at, at + 2):
            word = self.word(place)
            if word not in _BEFORE_VERB and not (word.endswith("ly") and self.forms(place) == ADVERB):
                return place
        return at + 2

    def is_plain_adjective(self, at: int) -> bool:
        """Tell whether the word is an adjective and no noun."""
        return bool(self.forms(at) & ADJECTIVE) and not self.forms(at) & (NOUN | PLURAL)

    def mark(self, rule: str, first: int, last: int, *suggestions: str, message: str = "") -> Mark:
        """Mark the tokens from *first* to *last*."""
        return Mark(rule, self.tokens[first].start, self.tokens[last].end, suggestions, message)
