"""What is not to be translated: findings that lie in such words are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from stilted.core.errors import UserError
from stilted.core.model import Document, Finding

_WORD = re.compile(r"\w")


def drop_inside(findings: Iterable[Finding], document: Document, terms: Sequence[str]) -> Iterator[Finding]:
    """Yield the findings that mark at least one word, or one mark, outside of all *terms*.

    A term is taken letter by letter and as whole words, or, between slashes, as a regular expression.

    Raises:
        UserError: what stands between slashes is no regular expression.
    """
    patterns = [_compile_term(term) for term in terms]
    kept: dict[int, list[tuple[int, int]]] = {}
    for finding in findings:
        if finding.segment not in kept:
            target = document.segments[finding.segment].target or ""
            kept[finding.segment] = _merge_spans(
                match.span() for pattern in patterns for match in pattern.finditer(target)
            )
        if not _is_inside(finding, kept[finding.segment]):
            yield finding


def _merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches that *spans* cover, in order; no two of them touch."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def _is_inside(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    if not spans:
        return False
    places = [match.start() for match in _WORD.finditer(finding.text)] or list(range(len(finding.text)))
    return bool(places) and all(_holds(spans, finding.segment_start + place) for place in places)


def _holds(spans: Sequence[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < spans[at][1]


def require_patterns(terms: Sequence[str]) -> None:
    """Refuse a regular expression that is none; raises `UserError`."""
    for term in terms:
        _compile_term(term)


@lru_cache(maxsize=1024)
def _compile_term(term: str) -> re.Pattern[str]:
    if len(term) > 2 and term.startswith("/") and term.endswith("/"):
        try:
            tree = _parser.parse(term[1:-1])
            _bound(tree, term, within=False)
            bounded: re.Pattern[str] = _compiler.compile(tree)
            return bounded
        except (re.error, OverflowError, RecursionError) as error:
            what = f"'{term}' is no regular expression: {error}"
            raise UserError(what, "do-not-translate", "Words stand without slashes.") from error
    words = r"\s+".join(map(re.escape, term.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)")


_LONG, _MOST_LONG = 10, 3
"""Repetitions of more than so many times, and how many of them one expression may hold: each multiplies its time."""
_FURTHEST = 100
"""Times that anything is repeated at most, whatever the expression says."""
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


def _bound(tree: Any, term: str, *, within: bool) -> int:
    """Keep an expression from taking for ever: a configuration is as hostile as the repository that it lies in.

    Without end means a hundred times at most; what may repeat in many ways within what is repeated is refused.

    Returns:
        How many long repetitions it holds.
    """
    bound = 0
    for number, (kind, value) in enumerate(tree):
        if kind in _REPEATS:
            low, high, inner = value
            if within and low != high:
                raise UserError(f"'{term}' repeats within what is repeated", "do-not-translate", "Write it flat.")
            low, high = min(low, _FURTHEST), _FURTHEST if high is _constants.MAXREPEAT else min(high, _FURTHEST)
            bound += (high > _LONG) + _bound(inner, term, within=within or high > 1)
            tree[number] = (kind, (low, high, inner))
        elif kind is _constants.BRANCH:
            bound += sum(_bound(branch, term, within=within) for branch in value[1])
        elif kind is _constants.SUBPATTERN:
            bound += _bound(value[3], term, within=within)
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            bound += _bound(value[1], term, within=within)
    if bound > _MOST_LONG:
        what = f"'{term}' repeats more than {_MOST_LONG} things"
        raise UserError(what, "do-not-translate", "Write several expressions.")
    return bound
