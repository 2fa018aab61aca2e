"""Words that software says in other languages and English never does: one of them shows that nobody translated.

NOTICE.md beside this file says where they come from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from stilted.core import packed_lines

LANGUAGES: Final = ("cs", "de", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr", "vi")
"""ISO 639-1 codes of the languages that there is a list for."""


@cache
def read_foreign_words(language: str) -> frozenset[str]:
    """Return the words of one of `LANGUAGES`, in lower case; none of another language."""
    if language not in LANGUAGES:
        return frozenset()
    return frozenset(packed_lines.read_lines(Path(__file__).with_name(f"{language}.xz")))
