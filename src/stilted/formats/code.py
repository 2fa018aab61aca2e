"""What stands in prose and is none: code in backticks, roles of reST, formulas, addresses, paths, options, identifiers.

Readers of marked-up files make most of it opaque; this is for what is left in their texts, and for texts without
markup: strings of catalogues, rows, plain text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from stilted.core.tokens import EAST_ASIAN
from stilted.formats.placeholders import METAVARIABLE, find_placeholders
from stilted.formats.units import FULL_WIDTH

_NAME: Final = r"[A-Za-z_$][\w$]{0,60}"
_PART: Final = rf"[^\W{EAST_ASIAN}]"
"""A letter of an identifier: in scripts without blanks, what is glued to one is a word of the text."""
_ENDINGS: Final = (
    "avif|bat|bmp|bz2|c|cc|cfg|conf|cpp|cs|css|csv|dart|dll|docx?|ejs|env|exe|gif|go|gradle|gz|h|hpp|html?|ico|ini|ipynb|jar"
    "|java|jpe?g|jsx?|json[5cl]?|kts?|less|lock|log|lua|md|mdx|mjs|mm|odt|onnx|otf|parquet|pdf|php|pl|png|po|properties"
    "|proto|ps1|pyi?|rb|rs|rst|sass|scss|sh|so|sql|sqlite|svelte|svg|swift|tar|tex|tgz|tiff?|toml|tsx?|ttf|txt|vue|wasm"
    "|wav|webp|whl|woff2?|xlsx?|xml|ya?ml|zip"
)
_CODE: Final = re.compile(
    # Quoted as code: reST, Markdown; a role, a substitution, a footnote; but not the words of a reST link.
    r"(?::[a-zA-Z][\w:.+-]{0,40}:)?`{2}(?=[^\s`])[^`\n]{1,300}`{2}"
    r"|:[a-zA-Z][\w:.+-]{0,40}:`[^`]{1,300}`"
    r"|(?<![\w`])`(?=[^\s`])[^`\n<]{1,200}`(?![\w`])"
    r"|\.\. [\w-]{1,40}:: ?[^\n]{0,200}|(?<![\w|])\|[A-Za-z][\w.-]{0,40}\|_?(?![\w|])|(?<!\w)\[[\w#*]{1,20}\]_(?!\w)"
    r"|(?<= )<[^<>\s]{1,300}>(?=`_)"
    # Formulas.
    r"|\\begin\{(?P<environment>[a-z*]{1,20})\}(?:[^\\]|\\(?!end\{)){0,3000}\\end\{(?P=environment)\}"
    r"|\$\$[^$]{1,500}\$\$|(?<![A-Za-z\d$\\])\$(?=[^\s\d$])[^$\n]{1,200}\$(?![A-Za-z\d$])|\\\([^()\n]{1,200}\\\)"
    r"|\\(?:frac|sqrt|mathrm|mathbf|sum|cdot|times|alpha|beta|text)(?![a-z])(?:\{[^{}\n]{0,60}\}){0,3}"
    # Addresses.
    rf"|\b(?:https?|ftp|file|wss?|git|ssh|mailto|data|jdbc:[a-z]{{2,20}})://?[^\s<>\"'`{FULL_WIDTH}]{{1,400}}"
    rf"|\bwww\.[^\s<>\"'`{FULL_WIDTH}]{{1,300}}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
    # Options and paths.
    r"|(?<![\w-])--[A-Za-z][\w-]{0,60}(?:=[^\s\"'`,;()]{1,80})?|(?<![\w-])-[A-Za-z](?= [\w<\"'/.]|\Z)"
    r"|(?<![\w/<:.])(?:~|\.{1,2}|[A-Za-z]:)?[/\\](?:[\w.@*+$-]{1,60}[/\\]){1,20}[\w.@*+$-]{0,60}"
    rf"|(?<![\w./-])(?:[\w-]{{1,60}}[./]){{0,8}}[\w-]{{1,60}}\.(?:{_ENDINGS})(?![\w/-])"
    # Identifiers.
    rf"|\bvar\(--[\w-]{{1,60}}\)|(?<![\w.])(?:[a-z_][\w-]{{0,40}}\.){{2,8}}[a-z_*][\w-]{{0,40}}(?![\w.])"
    rf"|(?<![\w.]){_NAME}(?:\.{_NAME}){{0,5}}\(\)|(?<![\w-])[A-Za-z]{_PART}{{0,60}}_{_PART}{{1,60}}"
    r"|(?<![\w.-])[a-z]{2,30}(?:[A-Z][a-z0-9]{1,30}){1,6}(?:\.[A-Za-z]\w{0,40}){1,4}(?![\w-])"
    r"|(?<!\w)[A-Z]\w{1,40}<[\w ,<>|\[\]]{1,60}>"
)
_MARKS: Final = re.compile(r"[`\\/_$<@|]")
_PAIRS: Final = ("::", "--", "()", "www.")
_LETTERS: Final = re.compile(r"\.[^\W\d]| -[A-Za-z]")
_TAIL: Final = ".,;:!?'’*"


def find_code(text: str, *, placeholders: bool) -> Iterator[tuple[int, int]]:
    """Yield where code stands in *text*, ascending and without overlaps.

    Args:
        text: prose. placeholders: also what a program fills in, and tags; no reader has made them opaque.
    """
    spans: list[tuple[int, int]] = []
    if _may_hold_code(text):
        spans += [(match.start(), match.start() + len(_trim(match.group()))) for match in _CODE.finditer(text)]
    if placeholders:
        spans += [(one.start, one.end) for one in find_placeholders(text) if one.kind != METAVARIABLE]
    last = 0
    for start, end in sorted(spans):
        if start >= last and end > start:
            yield start, end
            last = end


def cuts_code(start: int, end: int, code: Sequence[tuple[int, int]]) -> bool:
    """Tell whether ``[start, end)`` holds a part of a stretch of *code* and not all of it.

    So whoever looks for a name finds ``foo()`` where it is all that is code, and neither the ``foo`` of it nor the
    ``foo()`` of a longer expression or between backticks.

    Args:
        start: code points, as those of *code*, which come from `find_code`.
        end: likewise.
        code: ascending, without overlaps.
    """
    first = bisect_right(code, start, key=lambda stretch: stretch[1])
    last = bisect_left(code, end, lo=first, key=lambda stretch: stretch[0])
    return last > first and (code[first][0] < start or code[last - 1][1] > end)


def _may_hold_code(text: str) -> bool:
    """Tell whether a mark stands in *text* that all code has, cheaply: most texts have none."""
    return bool(_MARKS.search(text)) or any(pair in text for pair in _PAIRS) or _LETTERS.search(text) is not None


def _trim(written: str) -> str:
    """Leave out the marks that end a sentence behind an address or a path."""
    if written[-1:] not in _TAIL + ")" or written[:1] in "`:$\\.|[":
        return written
    short = written.rstrip(_TAIL)
    while short.endswith(")") and short.count(")") > short.count("("):
        short = short[:-1].rstrip(_TAIL)
    return short
