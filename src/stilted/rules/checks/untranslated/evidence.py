"""Which words were read, and which prove a language, for a reader who doubts that a text was left untranslated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Finding
from stilted.text.common_words import OWN, PROOF
from stilted.text.prose import find_prose_words, tell_language_by_words

_MOST: Final = 20


def read_words(document: Document, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the words of prose that the finding covers, the language they are in, and the words that prove it."""
    words = find_prose_words(finding.text)
    yield "read here", ", ".join(words[:_MOST]) + ("…" if len(words) > _MOST else "") if words else "no word of prose"
    spoken = (document.source_language or "").replace("_", "-").partition("-")[0].lower()
    language = tell_language_by_words(finding.text) or (spoken if spoken in PROOF else None)
    if language:
        lower = list(dict.fromkeys(word.lower() for word in words))
        proof = [word for word in lower if word in PROOF[language]]
        common = [word for word in lower if word in OWN[language] and word not in proof]
        signs = [f"proof: {', '.join(proof)}" if proof else "", f"common there: {', '.join(common)}" if common else ""]
        yield "language", f"{language}; {'; '.join(filter(None, signs)) or 'none of its commonest words'}"
