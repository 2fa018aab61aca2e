"""Cells of tables that give credit to those who took part in a project."""

from __future__ import annotations

import re
from typing import Final

_FOR_WHAT: Final = r"[⚠♿✅✔✨\u2690-\u27bf\U0001f300-\U0001faff]"
_LETTER: Final = r"[^\s\ufffc\u2600-\u27bf\U0001f300-\U0001faff]"
_NAME: Final = rf"[^\W\d_]{_LETTER}{{0,20}}(?: {_LETTER}{{1,20}}){{0,2}}"
_CREDITED: Final = re.compile(rf"\ufffc\s?(?P<name>{_NAME})(?: ?{_FOR_WHAT}\ufe0f?)+\s?")
"""A picture, a name, and signs for what was done."""


def find_credited(text: str) -> str | None:
    """Return the name of a person where a text does no more than give credit to one, as in "\ufffc 王小明 💻"."""
    match = _CREDITED.fullmatch(text)
    return match["name"] if match else None
