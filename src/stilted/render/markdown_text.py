"""Text that stays text in the Markdown of code hosts, whatever markup, mention or reference it holds."""

from __future__ import annotations

import re
from typing import Final

from stilted.core.foreign import clean

_ESCAPED: Final = str.maketrans(
    {char: f"\\{char}" for char in "\\`*_[]|~"}
    # Hosts turn $…$ into formulas and offer no escape but this.
    | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}
)

_BLOCK = re.compile(r"\A(?:[-+=#]|\d{1,9}(?=[.)]))")
"""What makes a list or heading of a line that starts with it (of quotes, fences and rules `_ESCAPED` takes care)."""

_LIVE = re.compile(r"@(?=\w)|[#!&](?=\d)|[%~](?=[\w\"])|:(?=[\w+-]+:|//)|[\[{](?=[+-])|GH-(?=\d)|www(?=\.)", re.I)
"""What starts a mention, reference, emoji, address or marked change even where it is escaped: hosts look for
these in the finished page."""

_BREAK: Final = "&#8203;"
"""A space without width; an entity, so that whoever reads the source sees it."""


def quote_code(text: str) -> str:
    """Return *text* as code, which shows it as it is: no sign of it is markup."""
    line = clean(text).strip()
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    room = " " if line[:1] == "`" or line[-1:] == "`" else ""
    return f"{fence}{room}{line}{room}{fence}"


def escape(text: str) -> str:
    """Return *text* for a line or table cell of Markdown of its own: it shows as it is and does nothing.

    White space at the ends is cut; control and format characters are made visible (see `clean`).
    """
    line = clean(text).strip()
    opened = _BLOCK.match(line)
    if not opened:
        return escape_within(line)
    head = opened[0]
    rest = escape_within(line)[len(head) :]
    return f"{head}\\{rest}" if head.isdigit() else f"\\{head}{rest}"


def escape_within(text: str) -> str:
    """Return *text* for the middle of a line, with its white space."""
    line = _LIVE.sub("\\g<0>\x00", clean(text))  # no NUL is left in clean text
    return line.translate(_ESCAPED).replace("\x00", _BREAK)
