"""Words of a text with their places: what patterns match on and what evaluation word counts count.

Tokens are words, numbers or single punctuation marks. Hyphens inside compounds separate words without
being tokens, quotation marks are never tokens, so ``car-making`` reads as ``car making`` and
``"PPT car" phase`` as ``PPT car phase``: a pattern need not know how a translator typed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from stilted.core.bounded import remember
from stilted.core.foreign import OBJECT

EAST_ASIAN: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Letters of Chinese, Japanese and Korean, for a class of characters."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width space, word joiner and byte order mark: no reader sees them, and no word ends there."""
_TOKEN: Final = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)+|\d+(?![^\W_{_CJK}]))"
    rf"|(?P<word>(?:[^\W_{_CJK}]|[\u0300-\u036f])[A-Za-z]*+[^\W_{_CJK}]*+"
    rf"(?:(?:[\u0300-\u036f]|[{_INVISIBLE}](?=[^\W_]))[^\W_{_CJK}]*+)*+"
    rf"(?:['’](?!s\b|S\b)[^\W\d_{_CJK}]+)*)"
    rf"|(?P<genitive>['’][sS])\b"
    rf"|(?P<cjk>[{_CJK}]+)"
    rf"|(?P<punct>\ufffc+|[^\w\s\"“”„‟«»‹›‘’‚‛'`´{_INVISIBLE}-]|_|(?<!\w)-|-(?!\w))"
)
"""One pass, no nested repetition over the same characters: linear in the text. Most words are of plain letters, which a
small set takes at once.
"""


_UNSEEN: Final = dict.fromkeys(map(ord, _INVISIBLE))


class TokenKind(StrEnum):
    """What a token is; the values are the groups of the expression that cuts a text."""

    WORD = "word"
    NUMBER = "number"
    GENITIVE = "genitive"
    CJK = "cjk"
    """A run of Chinese characters, kana or hangul."""
    PUNCTUATION = "punct"


_NO_WORDS: Final = (TokenKind.GENITIVE, TokenKind.PUNCTUATION)


class Token(NamedTuple):
    """A word, number or mark: ``text[start:end]``; *norm* is what patterns compare."""

    norm: str
    start: int
    end: int
    kind: TokenKind

    @property
    def is_word(self) -> bool:
        """Words, numbers and CJK runs count as words; the genitive and punctuation do not."""
        return self.kind not in _NO_WORDS


def normalise(word: str) -> str:
    """Fold case and typographic apostrophes: the form in which words are compared; what is opaque is one character."""
    if word.startswith(OBJECT):
        return OBJECT  # one for each character of code
    folded = word.casefold().replace("’", "'")
    return folded if folded.isascii() else folded.translate(_UNSEEN)


class _Norms(dict[str, str]):
    """The norms of words that were asked for lately; what it holds is found without any call of Python's."""

    def __missing__(self, word: str) -> str:
        if len(word) > _LONG_WORD:
            return normalise(word)
        if len(self) >= _KEPT_WORDS:
            self.clear()
        norm = self[word] = normalise(word)
        return norm


_KEPT_WORDS: Final = 20_000
_LONG_WORD: Final = 64
_norms: Final = _Norms()
_new: Final = tuple.__new__
"""Takes half the time of `Token(...)`, of which every text makes one a word."""
_KIND_OF_GROUP: Final = (TokenKind.PUNCTUATION, *map(TokenKind, _TOKEN.groupindex))
"""What a token is by the number of the group that took it; groups count from one."""


@remember(400_000)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of *text* in order, with code-point offsets.

    Kept for a while, since packs, checks and counts all ask for the same segments; a token takes some 30 times the
    room of its characters, so these are some 20 MB.
    """
    kinds, norms = _KIND_OF_GROUP, _norms
    # A list first: a generator would be asked for each token by itself.
    return tuple(
        [
            _new(Token, (norms[match[0]], match.start(), match.end(), kinds[match.lastindex or 0]))
            for match in _TOKEN.finditer(text)
        ]
    )


@remember(400_000)
def get_norms(text: str) -> tuple[str, ...]:
    """Return what is compared of the tokens of *text*, in order; kept as long as these."""
    return tuple([token.norm for token in tokenize(text)])


def find_word_before(text: str, at: int) -> str:
    """Return the word before a place of *text*, in small letters, without brackets and quotation marks around it."""
    before = text[max(0, at - _NEAR) : at].split()
    return before[-1].lower().strip("(“\"'") if before else ""


_NEAR: Final = 200
"""Characters within which the word before a place stands."""


def count(texts: Iterable[str]) -> int:
    """Count words: the evaluation word count of MQM, here over the translation."""
    return sum([token.kind not in _NO_WORDS for text in texts for token in tokenize(text)])
