"""What is not to be translated: findings that lie in such words are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from stilted.core.errors import UserError
from stilted.core.model import Document, Finding

_WORD = re.compile(r"\w")


def outside(findings: Iterable[Finding], document: Document, terms: Sequence[str]) -> Iterator[Finding]:
    """Yield the findings that mark at least one word, or one mark, outside of all *terms*.

    A term is taken letter by letter and as whole words, or, between slashes, as a regular expression.

    Raises:
        UserError: what stands between slashes is no regular expression.
    """
    patterns = [_pattern(term) for term in terms]
    kept: dict[int, list[tuple[int, int]]] = {}
    for finding in findings:
        if finding.segment not in kept:
            target = document.segments[finding.segment].target or ""
            kept[finding.segment] = [match.span() for pattern in patterns for match in pattern.finditer(target)]
        if not _inside(finding, kept[finding.segment]):
            yield finding


def _inside(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    places = [match.start() for match in _WORD.finditer(finding.text)] or list(range(len(finding.text)))
    places = [finding.segment_start + place for place in places]
    return bool(places) and all(any(start <= place < end for start, end in spans) for place in places)


def require_patterns(terms: Sequence[str]) -> None:
    """Refuse a regular expression that is none; raises `UserError`."""
    for term in terms:
        _pattern(term)


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    if len(term) > 2 and term.startswith("/") and term.endswith("/"):
        try:
            return re.compile(term[1:-1])
        except re.error as error:
            what = f"'{term}' is no regular expression: {error}"
            raise UserError(what, "do-not-translate", "Words stand without slashes.") from error
    words = r"\s+".join(map(re.escape, term.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)")
