"""What a glossary entry is, and what its terms must be like; both readers build entries here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stilted.core.errors import UserError
from stilted.core.tokens import Token, TokenKind, normalise, tokenize

MAX_CHARS: Final = 20_000_000
"""Of one file."""
MAX_ENTRIES: Final = 200_000
MAX_WORDS: Final = 12
"""Of an English term, punctuation marks included: bounds the steps that a word of the text can cause."""
MAX_UNITS: Final = 32
"""Of a source term, whose Chinese, Japanese and Korean characters count one each."""
MAX_LENGTH: Final = 300
"""Characters of a term."""

ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w+")
"""What holds no words."""
_RUN: Final = re.compile(r"[\u30a0-\u30ff]+|.", re.DOTALL)
"""A katakana word is one unit ("test" is not in "contest"); other characters of scripts without spaces stand alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept: what to call it, and what not.

    Attributes:
        where: file and line, for messages.
        preferred: English terms that are right, best first. forbidden: English terms that are not.
        sources: what the source text calls it.
        note: a remark for the reader of a finding.
        exact: case counts ("internet", not "Internet").
    """

    where: str
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...]
    sources: tuple[str, ...]
    note: str = ""
    exact: bool = False


def read_term(text: str, where: str, *, source: bool = False) -> str:
    """Return *text* as a term, its white space made even.

    Raises:
        UserError: it holds no word, or is longer than the limits above.
    """
    even = " ".join(text.split())
    shown = even if len(even) <= 40 else f"{even[:40]}…"
    if len(even) > MAX_LENGTH:
        raise UserError(f"“{shown}” has {len(even)} characters", where, f"A term has at most {MAX_LENGTH}.")
    cut = list(tokenize(even))
    if not any(token.is_word for token in cut):
        raise UserError(f"“{shown}” holds no word", where, "Write a term with letters or figures.")
    length, most = (len(list_units(even)), MAX_UNITS) if source else (len(cut), MAX_WORDS)
    if length > most:
        raise UserError(f"“{shown}” has {length} words and marks", where, f"A term has at most {most}.")
    return even


def make_entry(where: str, preferred: list[str], forbidden: list[str], sources: list[str], **more: str | bool) -> Entry:
    """Return an entry of terms that are fit.

    Args:
        where: file and line.
        **more: ``note`` and ``exact`` of `Entry`.

    Raises:
        UserError: one term is both preferred and forbidden, or it can never be found.
    """
    exact = bool(more.get("exact"))
    right = {list_words(each, exact=exact): each for each in preferred if forbidden}
    for wrong in forbidden:
        if ADDRESS.search(wrong) or "`" in wrong:
            what = f"“{wrong}” is an address or code in backticks, and terms are not looked for in those"
            raise UserError(what, where, "Forbid the words alone, without the address and without backticks.")
        if (same := right.get(list_words(wrong, exact=exact))) is not None:
            hint = "Hyphens and quotation marks are not compared, and case only where the column 'case' says exact."
            raise UserError(f"“{wrong}” is forbidden and reads like “{same}”, which is preferred", where, hint)
    note = " ".join(str(more.get("note", "")).split())
    return Entry(where, tuple(preferred), tuple(forbidden), tuple(sources), note, exact)


def get_compared(token: Token, text: str, *, exact: bool) -> str:
    """Return what of *token* is compared: its normal form or, where case counts, what is written in *text*."""
    return text[token.start : token.end].replace("’", "'") if exact else token.norm


def list_words(text: str, *, exact: bool) -> tuple[str, ...]:
    """Return the words of an English text as they are compared."""
    return tuple(get_compared(token, text, exact=exact) for token in tokenize(text))


def list_units(text: str) -> tuple[str, ...]:
    """Return the units of a source text: words, and the characters of scripts that write no spaces."""
    return tuple(unit for unit, _, _ in find_units(text))


def find_units(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the units of a source text, each with where it begins and ends."""
    for token in tokenize(text):
        if token.kind is TokenKind.CJK:
            for run in _RUN.finditer(text, token.start, token.end):
                yield normalise(run.group()), *run.span()
        else:
            yield token.norm, token.start, token.end
