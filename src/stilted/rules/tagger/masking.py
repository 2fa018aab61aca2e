"""What is no language in a text: code, placeholders, addresses, markup. The encoders see none of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stilted.core.bounded import remember

_MASKED: Final = re.compile(
    r"""
      (?P<markup>
        </?[A-Za-z][^<>]{0,200}> | <!--(?:(?!<!--).){0,200}?--> | &(?:\#\d+|[a-z]{2,6});   # tags, comments, entities
        | \(&[A-Za-z]\) | \[\^?\d*\] | \*\* | __                               # access keys, footnotes, bold
      )
    | (?P<code>
        (?<!`)(?:(?<![\w:]):[a-z][a-z:.-]{0,30}:)?                            # a role of reST
        (?P<tick>`(?![^`'\s]{1,40}'(?!\w))|``{1,2})(?!`)                       # not `so', as manuals of old quote
        [^`\n\u0080-\U0010ffff]{1,60}(?P=tick)(?![`_])                        # prose in ticks is language
        | (?:https?://|www\.)[^\s)>\]"'\u0080-\U0010ffff]+
        | \$\{[^{}\n]{0,60}\} | \{\{[^{}\n]{0,60}\}\} | \{[^{}\n]{0,40}\}
        | %\([A-Za-z_]\w*\)[sdifr] | %(?:\d+\$)?[-+0\#]?\d*(?:\.\d+)?(?:l{0,2})[sdifuxSD@](?![A-Za-z]) | %% | %\d+
        | \$[A-Za-z_]\w*(?:\.\w+)*
        | (?<![\w])--?[a-z][\w-]*(?:=\S+)?                                     # options of a command
        | (?<![\w./-])(?:[\w.-]+)?(?:/[\w.{}*-]+){2,}/?                         # paths
        | (?<![\w])(?!(?:[A-Za-z]\.)+[A-Za-z]?\b)[A-Za-z_]\w*(?:[._:]{1,2}\w+)+(?:\(\))?(?![\w])  # qualified, no U.S.
        | (?<![\w])[A-Za-z_]\w*\(\)
        | (?<![\w])\w+_\w+
      )
    """,
    re.VERBOSE | re.ASCII,  # kana and ideographs that follow a name without a space are language
)


class Mask(NamedTuple):
    """A stretch of the text that is no language: one unknown piece if *shown*, else nothing."""

    start: int
    end: int
    shown: bool


@remember(400_000)
def find_masks(text: str) -> tuple[Mask, ...]:
    """Return the stretches of *text* that are no language, in order; markup is not shown at all."""
    return tuple(Mask(m.start(), m.end(), m["code"] is not None) for m in _MASKED.finditer(text))


CODE: Final = "CODE"
"""Stands for code where a reader of words looks; the proof-readers' data says so too."""

_JOINED: Final = re.compile(r"[a-z]+[.:][A-Z]\w*")
"""No qualified name, but two sentences without a space between them."""


def blank_code(text: str) -> str:
    """Return *text* with every code point where it was, markup blank, and code blank but for a word for it."""
    shown = list(text)
    for mask in find_masks(text):
        if _JOINED.fullmatch(text, mask.start, mask.end):
            continue
        size = mask.end - mask.start
        shown[mask.start : mask.end] = (CODE if mask.shown else "")[:size].ljust(size)
    return "".join(shown)
