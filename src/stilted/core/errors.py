"""The one error a user ever sees: what went wrong, where, and what to do about it."""

from __future__ import annotations

import difflib
import os
import traceback
from collections.abc import Iterable
from pathlib import PurePath

from stilted.core.foreign import clean_line

_FEW = 20
_BEGINNING = 3  # letters; fewer begin too many words


class UserError(Exception):
    """Input that cannot be judged, and why, as a sentence; the command exits 2 on it.

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

    def __reduce__(self) -> tuple[type[UserError], tuple[str, ...]]:
        """Travel between processes whole: an exception's own way would make a `what` of the sentence."""
        return type(self), (self.what, self.where, self.hint)

    def sentence(self) -> str:
        """Return ``where: what. hint`` on one line, without the parts that are empty."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return clean_line(f"{head}. {self.hint}" if self.hint else f"{head}.")


class NothingToCheckError(UserError):
    """A file that may well be in order but holds no English text to check; in a folder it is passed over, and named."""


class OtherLanguageError(UserError):
    """Words that are found to be in another language than English; the file they are in does not say so itself.

    Attributes:
        language: ISO 639-1 code of what they are taken for.
    """

    def __init__(self, what: str, where: str = "", hint: str = "", language: str = "") -> None:
        self.language = language
        super().__init__(what, where, hint)

    def __reduce__(self) -> tuple[type[UserError], tuple[str, ...]]:
        return type(self), (self.what, self.where, self.hint, self.language)


class SameTextError(NothingToCheckError):
    """A file that is its own reference or source: alone it is a mistake, among others there is nothing to compare."""


def explain_refusal(error: OSError | ValueError) -> str:
    """Return why the system refused, in its own words without their number; the error's where it has none."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


REPORT = (
    "Please report it with these words and what STILTED_DEBUG=1 prints:"
    " places in the program, and nothing of your text."
)


def make_internal_error(error: BaseException, where: str = "") -> UserError:
    """Make of what nobody foresaw an error that can be reported: what it was and where in the program, no more.

    Its own words are left out, since they may quote the text; so they are in the trace that ``STILTED_DEBUG`` prints.
    """
    frames = traceback.extract_tb(error.__traceback__)
    inner = next((frame for frame in reversed(frames) if "stilted" in PurePath(frame.filename).parts), None)
    place = f" in {PurePath(inner.filename).stem}.{inner.name}, line {inner.lineno}" if inner else ""
    return UserError(f"internal error: {type(error).__name__}{place}", where, REPORT)


def describe_trace(error: BaseException) -> str:
    """Return where in the program *error* came from, without its own words."""
    return "".join(
        ["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__), f"{type(error).__name__}\n"]
    )


def is_debugging() -> bool:
    """Tell whether the user wants to see where an internal error comes from."""
    return bool(os.environ.get("STILTED_DEBUG"))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint: the closest known word; else all of them when they are few; else *otherwise*."""
    options = sorted(set(known))
    near = find_closest(word, options)
    if near is not None:
        return f"Did you mean '{near}'?"
    return f"Known here: {', '.join(options)}." if len(options) <= _FEW else otherwise


def find_closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is closest to *word*, whatever its case; None where none is close.

    A word that a known one begins with was cut short, and stands closer than any of the same length.
    """
    options = {option.lower(): option for option in sorted(set(known))}
    longer = [option for option in options if len(word) >= _BEGINNING and option.startswith(word.lower())]
    near = sorted(longer, key=len) or difflib.get_close_matches(word.lower(), options, n=1, cutoff=0.6)
    return options[near[0]] if near else None
