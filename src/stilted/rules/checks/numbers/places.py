"""Figures that stand in each other's place, found by the words that both versions have in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from stilted.rules.checks.numbers.quantity import Kind, Quantity
from stilted.rules.checks.numbers.units import MONTHS
from stilted.text.align.common_words import Token, find_shared, tokenize_roughly

_NEAR: Final = 1
"""Tokens of one version alone that may stand between a figure and the shared word that gives its place away."""
_FARTHEST: Final = 3
"""Figures between two that changed places."""
_JOINTS: Final = frozenset("to through ~ - – — ± until till".split())
_COUNTED: Final = re.compile(
    r"[\s-]{0,2}(?:(?:of the|of|the|new|more|other|different|young|female|male|confirmed) )?([^\W\d_]{2,})"
)
_MONTH: Final = re.compile(rf"\b(?:{'|'.join(m for m in MONTHS if len(m) > 3)}),? $", re.IGNORECASE)
_NOT_COUNTED: Final = frozenset(
    "and or to in on at by for from with as is are was were than respectively per the a an of have has had who"
    " which that while but were did do does will would can could may might percent million billion thousand"
    " trillion after before during since until".split()
)
_PEOPLE: Final = frozenset(
    "people person persons individual individuals man men woman women patient patients subject subjects participant"
    " participants resident residents user users member members employee employees worker workers student students"
    " child children passenger passengers fisherman fishermen soldier soldiers case cases".split()
)
_WINDOW: Final = 40
"""Characters on either side of two figures in which no word may have moved: figures move with what they count."""
_MONTH_CHARS: Final = 12


def find_swaps(
    target: str, figures: Sequence[Quantity], reference: str, expected: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity]]:
    """Return, with what stands in their place in the reference, two quantities that changed places; none if none did.

    The rest of the sentence has to stand in the same order: where "40% of the women and 30% of the men" becomes "30% of
    the men and 40% of the women", the words keep to their figures.
    """
    swaps = _find_crossed(target, figures, reference, expected)
    if swaps or not _is_disordered(figures, expected):
        return swaps
    return _find_turned_range(target, figures, reference, expected) or _find_between_same_words(
        target, figures, reference, expected
    )


def _find_turned_range(
    target: str, figures: Sequence[Quantity], reference: str, expected: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity]]:
    """Return the ends of a range that the reference has the other way round."""
    for one, two in pairwise(figures):
        for first, last in pairwise(expected):
            turned = one.value == last.value != first.value == two.value
            if turned and _is_range(target, one, two) and _is_range(reference, first, last):
                return [(one, first), (two, last)]
    return []


def _is_range(text: str, one: Quantity, two: Quantity) -> bool:
    joint = text[one.right : two.left].strip()
    return joint in _JOINTS or (joint == "and" and text[: one.left].lower().endswith("between "))


def _find_crossed(
    target: str, figures: Sequence[Quantity], reference: str, expected: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity]]:
    """Return two figures that count each what the other counts in the reference."""
    pairs = [(q, next((r for r in expected if _is_lone(r, expected) and r.value == q.value), None)) for q in figures]
    known = [
        (q, r, _describe_counted(target, q), _describe_counted(reference, r))
        for q, r in pairs
        if r and _is_lone(q, figures)
    ]
    for i, (one, first, near, far) in enumerate(known):
        for two, second, close, remote in known[i + 1 :]:
            everywhere = near and far and close and remote
            if everywhere and (near & remote or close & far) and not (near & far or close & remote):
                return [(one, second), (two, first)]
    return []


def _is_lone(quantity: Quantity, among: Sequence[Quantity]) -> bool:
    """Tell whether a quantity is a figure whose value stands once."""
    return quantity.weight > 1 and sum(q.value == quantity.value for q in among) == 1


def _describe_counted(text: str, quantity: Quantity) -> frozenset[str]:
    """Return what a figure counts: its unit, the word behind it, or the month that it is a day of."""
    company = set()
    if quantity.unit:
        company.add(f"unit {quantity.unit.dimension}")
    if quantity.kind == Kind.PERCENT:
        company.add("%")
    if _MONTH.search(text[max(0, quantity.left - _MONTH_CHARS) : quantity.left]):
        company.add("day")
    word = _COUNTED.match(text, quantity.right)
    if word and not company:
        low = word.group(1).lower()
        if low not in _NOT_COUNTED:
            company.add("people" if low in _PEOPLE else tokenize_roughly(low)[0].key)
    return frozenset(company)


def _find_between_same_words(
    target: str, figures: Sequence[Quantity], reference: str, expected: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity]]:
    """Return two figures that stand between the same words as the other one in the reference."""
    here, there = _drop_numbers(tokenize_roughly(target), figures), _drop_numbers(tokenize_roughly(reference), expected)
    links = find_shared(here, there)
    moved = _find_moved(here, there, links)
    known = [(q, _find_facing(q, figures, here, expected, there, links)) for q in figures]
    pairs = [(q, facing) for q, facing in known if facing is not None]
    for i, (one, facing) in enumerate(pairs):
        for two, other in pairs[i + 1 : i + 1 + _FARTHEST]:
            if _is_swap(one, facing, two, other, moved):
                return [(one, facing), (two, other)]
    return []


def _is_swap(one: Quantity, facing: Quantity, two: Quantity, other: Quantity, moved: Sequence[int]) -> bool:
    """Tell whether two quantities have each other's value in the reference, and no word near them moved."""
    if facing is other or not one.value == other.value != facing.value == two.value:
        return False
    return not any(one.start - _WINDOW < at < two.end + _WINDOW for at in moved)


def _find_moved(here: Sequence[Token], there: Sequence[Token], links: Sequence[tuple[int, int]]) -> list[int]:
    """Return where content words of the translation stand that the reference has elsewhere."""
    linked_here, linked_there = {i for i, _ in links}, {j for _, j in links}
    keys = {t.key for n, t in enumerate(there) if n not in linked_there and t.weight > 1}
    return [t.start for n, t in enumerate(here) if n not in linked_here and t.key in keys]


def _is_disordered(figures: Sequence[Quantity], expected: Sequence[Quantity]) -> bool:
    """Tell whether the values that both sides have stand in another order."""
    known = {q.value for q in figures} & {q.value for q in expected}
    return [q.value for q in figures if q.value in known] != [q.value for q in expected if q.value in known]


def _drop_numbers(words: list[Token], quantities: Sequence[Quantity]) -> list[Token]:
    """Return the tokens that are no part of a number."""
    places = {at for q in quantities for at in range(q.start, q.end)}
    return [token for token in words if token.start not in places]


def _find_facing(
    quantity: Quantity,
    figures: Sequence[Quantity],
    here: Sequence[Token],
    expected: Sequence[Quantity],
    there: Sequence[Token],
    links: Sequence[tuple[int, int]],
) -> Quantity | None:
    """Return the quantity that stands in the reference where *quantity* stands in the translation."""
    at = sum(token.end <= quantity.start for token in here)
    before = max((link for link in links if link[0] < at), default=(-1, -1))
    after = min((link for link in links if link[0] >= at), default=(len(here), len(there)))
    inside = [r for r in expected if _lies_between(r, there, before[1], after[1])]
    alone = sum(_lies_between(q, here, before[0], after[0]) for q in figures) == 1
    if len(inside) != 1 or not alone:
        return None
    place = sum(token.end <= inside[0].start for token in there)
    close_before = before[0] >= 0 and max(at - before[0], place - before[1]) - 1 <= _NEAR
    close_after = after[0] < len(here) and max(after[0] - at, after[1] - place) <= _NEAR
    return inside[0] if close_before or close_after else None


def _lies_between(quantity: Quantity, among: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a quantity stands behind token *first* and before token *last*."""
    low = among[first].end if first >= 0 else 0
    high = among[last].start if last < len(among) else quantity.end
    return low <= quantity.start and quantity.end <= high
