"""Figures as the locales of the world write them: 1,234.5 and 1.234,5, 1'250, 1 000 000, 12,34,567, ١٢٫٥."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log10
from typing import Final

GROUPED: Final = 1e4
"""From here on a number that stands for one in words has commas."""

_SPACES: Final = " \u00a0\u202f\u2009\u2007"
_SIGNS: Final = f".．,，·٫٬’'ʼ_{_SPACES[1:]}"
PATTERN: Final = (
    rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}]{{1,2}}\d{{3}})+(?:[.,٫]\d+)?(?!\d)"
    rf"|\d+(?:(?:[{_SIGNS}]|[{_SPACES}’']{{2}})\d+)*|(?<![A-Za-z0-9_.\u00c0-\u052f])\.\d+"
)
"""A figure with its separators; a sign may stand twice by mistake."""
_DECIMAL: Final = ".．,，·٫"
_SPLIT: Final = re.compile(rf"([{_SIGNS} ]{{1,2}})")
_ONLY_GROUPS: Final = frozenset(f"{_SPACES}’'ʼ_٬")
"""Signs that set off thousands and never begin a decimal part."""

_ROUNDING: Final = 1e-6
_SPREAD: Final = 12.0
"""Orders of magnitude that no slip explains."""


def read_figure(written: str) -> Iterator[float]:
    """Yield what a figure may mean, likeliest first: most signs part thousands in one country, decimals in another."""
    if written[0] == ".":
        yield float(f"0.{_convert_to_ascii(written[1:])}")
        return
    pieces = _SPLIT.split(written)
    digits = [_convert_to_ascii(piece) for piece in pieces[::2]]
    signs = [piece[0] for piece in pieces[1::2]]
    if not signs:
        yield float(digits[0])
    elif _is_grouped(digits) and len(set(signs)) == 1:
        yield from _read_grouped(digits, signs)
    elif signs[-1] in _DECIMAL and signs[-1] not in signs[:-1] and (len(signs) == 1 or _is_grouped(digits[:-1])):
        yield float("".join(digits[:-1]) + "." + digits[-1])
        if len(signs) == 1 and digits[0].strip("0"):  # two numbers of a list, perhaps
            yield from (float(d) for d in digits)
    else:
        yield from (float(d) for d in digits)
        yield float("".join(digits))


def split_list(written: str) -> list[tuple[int, int]]:
    """Return the places of the numbers in a date, version or list (12.10.2023); of a single number, its own."""
    pieces = _SPLIT.split(written)
    signs = [piece[0] for piece in pieces[1::2]]
    digits = pieces[::2]
    is_list = len(signs) > 1 and len(set(signs)) == 1 and not _is_grouped(digits)
    return [match.span() for match in re.finditer(r"\d+", written)] if is_list else [(0, len(written))]


def count_digits(value: float) -> int:
    """Count the significant digits of a value."""
    return len(f"{abs(value):.9e}".partition("e")[0].replace(".", "").rstrip("0"))


def have_same_digits(one: float, other: float) -> bool:
    """Tell whether two different numbers have the same digits, with the point elsewhere."""
    if one <= 0 or other <= 0:
        return False
    power = log10(one / other)
    return abs(power - round(power)) < _ROUNDING and 0 < abs(round(power)) <= _SPREAD


def _read_grouped(digits: list[str], signs: list[str]) -> Iterator[float]:
    value = float("".join(digits))
    if signs[0] in _ONLY_GROUPS or len(digits) > 2:
        yield value
        if signs[0] == " ":  # a day and a number, perhaps
            yield from (float(d) for d in digits)
        return
    decimal = float(".".join(digits))
    yield from (value, decimal) if signs[0] in ",，" else (decimal, value)
    yield from (float(d) for d in digits)


def _is_grouped(digits: list[str]) -> bool:
    """Tell whether these may be thousands, also those of India (12,34,567)."""
    lead, last = digits[0], digits[-1]
    if not 0 < len(lead) <= 3 or lead[0] == "0" or (len(digits) > 1 and len(last) != 3):
        return False
    inner = {len(d) for d in digits[1:-1]}
    return inner <= {3} or (inner == {2} and len(lead) <= 2)


def _convert_to_ascii(digits: str) -> str:
    """Return the digits of any script as those of ASCII."""
    return "".join(str(int(c)) for c in digits)
