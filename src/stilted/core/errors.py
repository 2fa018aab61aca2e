"""The one error a user ever sees: what went wrong, where, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from stilted.core.foreign import clean_line

_FEW = 20


class UserError(Exception):
    """Input that cannot be judged, told as a sentence; the command exits 2 on it.

    Attributes:
        what: the fault as a sentence without a final full stop.
        where: a file, rule, key or option; empty when there is no place to name.
        hint: what the reader can do now; empty when nothing can be said.
    """

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(self.sentence())

    def __reduce__(self) -> tuple[type[UserError], tuple[str, str, str]]:
        """Travel between processes whole: an exception's own way would make a `what` of the sentence."""
        return type(self), (self.what, self.where, self.hint)

    def sentence(self) -> str:
        """Return ``where: what. hint`` on one line, without the parts that are empty."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return clean_line(f"{head}. {self.hint}" if self.hint else f"{head}.")


class NothingToCheckError(UserError):
    """A file that may well be in order but holds no English text to check; in a folder it is passed over, and named."""


class SameTextError(NothingToCheckError):
    """A file that is its own reference or source: alone it is a mistake, among others there is nothing to compare."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint: the closest known word; else all of them when they are few; else *otherwise*."""
    options = {option.lower(): option for option in sorted(set(known))}
    near = difflib.get_close_matches(word.lower(), options, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{options[near[0]]}'?"
    return f"Known here: {', '.join(options.values())}." if len(options) <= _FEW else otherwise
