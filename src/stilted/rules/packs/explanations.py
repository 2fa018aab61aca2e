"""What a rule that several source languages share says where the source language is known: of that language alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WHY: Final = re.compile(
    r"(?P<codes>[a-z]{2}(?:, [a-z]{2})*)(?P<open> and others)?: (?P<said>[^(“]*?)(?P<gloss> \(“.*)?\Z"
)
"""``de, fr: aktuell, actuel (“current”); actual means real``: languages, what each says, what that means."""
_MEANING: Final = re.compile(r" \([^()]*\);? ?")
_ELSEWHERE: Final = "“{match}” follows the wording of another language."
_WHY_ELSEWHERE: Final = "A rendering word for word, as from several languages."


@lru_cache(maxsize=4096)
def explain_for(language: str, message: str, why: str) -> tuple[str, str]:
    """Return the message and the reason of a rule for sources in *language*, an ISO 639-1 code.

    Where the reason names several languages, only what this one says stays, if each of them says one thing; of a
    language that it does not name nothing is said but what is so in English.
    """
    match = _WHY.match(why)
    if match is None:
        return message, why
    codes, said = match["codes"].split(", "), match["said"].split(", ")
    gloss = match["gloss"] or ""
    if language in codes:
        if len(codes) < 2 or len(said) != len(codes) or not gloss:
            return message, why
        own = said[codes.index(language)]
        return message.replace(match["said"], own), f"{language}: {own}{gloss}"
    if match["open"]:
        return message, why
    gloss_left = _MEANING.sub("", gloss, count=1)
    reason = gloss_left[:1].upper() + gloss_left[1:] if len(gloss_left) > 1 else _WHY_ELSEWHERE
    return (_ELSEWHERE if " renders " in message else message), reason
