"""How many steps a regular expression takes: a backtracking matcher that counts them, and texts that hurt it.

Python's own matcher tells no figures, and a clock tells another one each time. This one reads what ``re`` has parsed
and walks it as ``re`` does, one alternative after the other; what is quadratic there is quadratic here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Final

Rest = Callable[[int], bool]
"""What must match from a place on."""

Piece = Callable[[int, Rest], bool]

_BOUNDED: Final = 12
"""Repetitions taken for as many as a bound allows: how many that are multiplies the time, whatever the text."""

_MUCH: Final = 100
"""Repetitions from which one counts as without bound."""

ENOUGH: Final = 60_000
"""Steps after which nobody counts on."""


class _TooManyError(Exception):
    pass


class Steps:
    """One pattern, ready to be walked over texts."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
        self._text, self._count = "", 0
        self._groups: dict[int, tuple[int, int]] = {}
        self._start = self._sequence(list(self._tree))

    def search(self, text: str, *, anchored: bool = False) -> int:
        """Return the steps of finding all matches in *text*, or of one match at its start."""
        self._text, self._count = text, 0
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(1_000_000)
        try:
            at = 0
            while at <= len(text):
                end = self._at(at)
                if anchored:
                    break
                at = max(end, at + 1) if end is not None else at + 1
        except _TooManyError:
            return ENOUGH
        finally:
            sys.setrecursionlimit(limit)
        return self._count

    def _at(self, at: int) -> int | None:
        end: list[int] = []
        self._groups.clear()

        def done(here: int) -> bool:
            end.append(here)
            return True

        return end[0] if self._start(at, done) else None

    def _step(self) -> None:
        self._count += 1
        if self._count > ENOUGH:
            raise _TooManyError

    def _sequence(self, items: list[Any]) -> Piece:
        pieces = [self._piece(item) for item in items]

        def matched(at: int, rest: Rest, number: int = 0) -> bool:
            if number == len(pieces):
                return rest(at)
            return pieces[number](at, lambda here: matched(here, rest, number + 1))

        return matched

    def _piece(self, item: Any) -> Piece:
        kind, value = item
        if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            return self._repeat(kind, *value)
        if kind is _constants.BRANCH:
            branches = [self._sequence(list(branch)) for branch in value[1]]
            return lambda at, rest: any(branch(at, rest) for branch in branches)
        if kind is _constants.SUBPATTERN:
            return self._group(value[0], self._sequence(list(value[3])))
        if kind is _constants.ATOMIC_GROUP:
            return self._atomic(self._sequence(list(value)))
        if kind is _constants.GROUPREF:
            return self._again(value)
        if kind in (_constants.ASSERT, _constants.ASSERT_NOT) and value[0] > 0:
            return self._ahead(self._sequence(list(value[1])), wanted=kind is _constants.ASSERT)
        return self._single(item)

    def _single(self, item: Any) -> Piece:
        compiled = _compiler.compile(_parser.SubPattern(self._tree.state, [item]), self._tree.state.flags)

        def matched(at: int, rest: Rest) -> bool:
            self._step()
            match = compiled.match(self._text, at)
            return match is not None and rest(match.end())

        return matched

    def _group(self, number: int | None, inner: Piece) -> Piece:
        def matched(at: int, rest: Rest) -> bool:
            def close(here: int) -> bool:
                if number is not None:
                    self._groups[number] = (at, here)
                return rest(here)

            return inner(at, close)

        return matched

    def _again(self, number: int) -> Piece:
        def matched(at: int, rest: Rest) -> bool:
            self._step()
            start, end = self._groups.get(number, (0, -1))
            return end >= start and self._text.startswith(self._text[start:end], at) and rest(at + end - start)

        return matched

    def _ahead(self, inner: Piece, *, wanted: bool) -> Piece:
        return lambda at, rest: inner(at, lambda _: True) is wanted and rest(at)

    def _atomic(self, inner: Piece) -> Piece:
        def matched(at: int, rest: Rest) -> bool:
            end: list[int] = []

            def done(here: int) -> bool:
                end.append(here)
                return True

            return inner(at, done) and rest(end[0])

        return matched

    def _repeat(self, kind: Any, low: int, high: int, body: Any) -> Piece:
        items = list(body)
        most = sys.maxsize if high is _constants.MAXREPEAT else min(int(high), _BOUNDED)
        low = min(low, _BOUNDED) if most == _BOUNDED else low
        inner = self._sequence(items)
        if kind is _constants.POSSESSIVE_REPEAT:
            return self._atomic(self._greedy(inner, low, most))
        if kind is _constants.MAX_REPEAT:
            return self._greedy(inner, low, most)
        return self._lazy(inner, low, most)

    def _greedy(self, inner: Piece, low: int, most: int) -> Piece:
        def matched(at: int, rest: Rest, times: int = 0) -> bool:
            self._step()

            def more(here: int) -> bool:
                return (here > at or times < low) and matched(here, rest, times + 1)

            return (times < most and inner(at, more)) or (times >= low and rest(at))

        return matched

    def _lazy(self, inner: Piece, low: int, most: int) -> Piece:
        def matched(at: int, rest: Rest, times: int = 0) -> bool:
            self._step()

            def more(here: int) -> bool:
                return (here > at or times < low) and matched(here, rest, times + 1)

            return (times >= low and rest(at)) or (times < most and inner(at, more))

        return matched


def attacks(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Yield makers of texts that are likely to hurt: each of its repetitions over and over, behind what leads to it."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    pumps = {sample for item in _all(tree) for sample in _samples([item])[:3] if sample}
    for lead, pump in _pumps(list(tree), ""):
        for tail in ("", "\0"):
            yield lambda times, lead=lead, pump=pump, tail=tail: lead + pump * times + tail
        if lead:
            yield lambda times, lead=lead, pump=pump: (lead + pump) * times
            yield lambda times, lead=lead: lead * times
    for pump in sorted(pumps)[:4]:
        yield lambda times, pump=pump: pump * times
    for one in _samples(list(tree))[:1]:
        yield lambda times, sample=one: sample * times
        yield lambda times, sample=one: sample[:-1] * times


def _all(items: Any) -> Iterator[Any]:
    for kind, value in items:
        yield kind, value
        if kind is _constants.BRANCH:
            for branch in value[1]:
                yield from _all(branch)
        elif kind is _constants.SUBPATTERN:
            yield from _all(value[3])
        elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            yield from _all(value[2])


def _pumps(items: list[Any], lead: str) -> Iterator[tuple[str, str]]:
    """Yield ``(what leads to it, what it repeats)`` of every repetition without bound."""
    for kind, value in items:
        if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            body = list(value[2])
            if value[1] is _constants.MAXREPEAT or value[1] >= _MUCH:
                samples = [sample for sample in _samples(body)[:4] if sample]
                yield from ((lead, pump) for pump in dict.fromkeys([*samples[:2], "".join(samples)]) if pump)
            yield from _pumps(body, lead)
        elif kind is _constants.BRANCH:
            for branch in value[1]:
                yield from _pumps(list(branch), lead)
        elif kind is _constants.SUBPATTERN:
            yield from _pumps(list(value[3]), lead)
        lead += (_samples([(kind, value)]) or [""])[0]


def _samples(items: list[Any]) -> list[str]:
    """Return a few texts that *items* may match, the shortest ways first."""
    samples = [""]
    for item in items:
        parts = _sample(item)
        samples = [head + part for head in samples[:6] for part in parts[:6]]
    return samples


def _sample(item: Any) -> list[str]:
    kind, value = item
    if kind is _constants.LITERAL:
        return [chr(value)]
    if kind in (_constants.NOT_LITERAL, _constants.ANY, _constants.IN):
        return _members(kind, value)
    if kind is _constants.BRANCH:
        return [sample for branch in value[1][:6] for sample in _samples(list(branch))[:2]]
    if kind is _constants.SUBPATTERN:
        return _samples(list(value[3]))
    if kind is _constants.ATOMIC_GROUP:
        return _samples(list(value))
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
        return [sample * max(1, value[0]) for sample in _samples(list(value[2]))]
    return [""]


_TRIED: Final = "a1 .,-x\n\"'A_\t(<&/:\u00a0é的\ufffc|*\\"


def _members(kind: Any, value: Any) -> list[str]:
    state = _parser.State()
    compiled = _compiler.compile(_parser.SubPattern(state, [(kind, value)]), 0)
    members = [char for char in _TRIED if compiled.match(char)]
    if kind is _constants.IN:
        members += [chr(one) for what, one in value if what is _constants.LITERAL]
        members += [chr(one[0]) for what, one in value if what is _constants.RANGE]
    return list(dict.fromkeys(members))[:6]
