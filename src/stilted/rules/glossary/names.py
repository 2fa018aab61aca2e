"""Names that are not to be translated: the source has one, and the translation does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Final

from stilted.core.model import Document, Example, Hit, Need, Rule, SegmentFinder, Span
from stilted.core.tokens import tokenize
from stilted.formats.code import cuts_code, find_code

TRANSLATED: Final = "glossary/translated-name"


@lru_cache(maxsize=8)
def make_rules(terms: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rule that the words among *terms* can break; none without a word, since patterns name nothing."""
    words = tuple(term for term in terms if re.search(r"\w", term) and not term.startswith("/"))
    return (_make_rule(words),) if words else ()


def _make_rule(words: Sequence[str]) -> Rule:
    name = words[0]
    source = f"这是 {name} 的一行。"
    return Rule(
        id=TRANSLATED,
        category="Accuracy/Do not translate",
        severity="minor",
        message="A name of the source that is not to be translated is missing here.",
        why="The name stands in the list 'do-not-translate': readers look for it as it is.",
        find=SegmentFinder(partial(_find, words=tuple(words))),
        bad=(Example("They wrote it here.", (Span(0, 4),), source=source),),
        good=(Example(f"They wrote {name} here.", source=source),),
        needs=frozenset({Need.SOURCE}),
        confidence=0.5,
        reads_code=True,
        option="do-not-translate",
    )


def _find(document: Document, words: Sequence[str]) -> Iterator[Hit]:
    patterns = [(word, _compile_name(word)) for word in words]
    for number, segment in enumerate(document.segments):
        if not segment.target or not segment.source:
            continue
        here = _fold(segment.target)
        code = tuple(find_code(segment.source, placeholders=not document.placeholders_are_opaque))
        for word, pattern in patterns:
            if _is_named(pattern, segment.source, code) and _fold(word) not in here:
                first = next(iter(tokenize(segment.target)), None)
                if first is not None:
                    message = f"The source names “{word}”, which is not to be translated, and this lacks it."
                    yield Hit(TRANSLATED, number, Span(first.start, first.end), message)
                break


def _is_named(pattern: re.Pattern[str], source: str, code: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a name stands in *source* and is no part of its *code*, though it may look like code itself."""
    return any(not cuts_code(*match.span(), code) for match in pattern.finditer(source))


def _compile_name(word: str) -> re.Pattern[str]:
    """Match a name beside letters of another script, too: many are written without blanks."""
    edge = "[A-Za-z0-9_]"
    return re.compile(rf"(?<!{edge}){re.escape(word)}(?!{edge})")


def _fold(text: str) -> str:
    """Return the letters and digits alone: a plural, a blank or a hyphen more is the same name."""
    return "".join(char for char in text.casefold() if char.isalnum())
