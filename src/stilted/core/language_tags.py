"""Tags of languages as files write them: BCP 47, locales of gettext, names, and what a template has yet to fill in."""

from __future__ import annotations

import re
from typing import Final

ENGLISH: Final = ("en", "eng", "english")
"""What the primary tag of English is written as."""

NAMES: Final = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Languages that something here is about, by ISO 639-1 code."""

_NO_LANGUAGE: Final = frozenset({"und", "mul", "mis", "zxx", "c", "posix", "x", "i"})
"""What stands in its place and says nothing: undetermined, several, uncoded, none, a locale of C, of private use."""


def read_primary_tag(tag: str | None) -> str | None:
    """Return the language of a tag in lower case, ``en`` of ``en-US`` and ``en@quot``; None where it names none.

    What a template will fill in, as in ``lang="{{ LANGUAGE_CODE }}"``, names none either.
    """
    match = re.match(r"\s*([a-z]+)", tag or "", re.I)
    return match[1].lower() if match and match[1].lower() not in _NO_LANGUAGE else None
