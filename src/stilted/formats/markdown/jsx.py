"""What MDX adds to Markdown and no parser of Markdown knows: tags with expressions in them, and expressions over lines.

HTML knows neither ``{`` in a tag nor a dot in its name, and Markdown ends a paragraph where a value of a property does
not. Such tags and expressions are found here in the file as it is, so that they can be left out before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_MARK: Final = re.compile(r"[`<{\\\n]")
_FENCE: Final = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})")
_NAME: Final = re.compile(r"</?(?:[A-Za-z][\w.:-]{0,80})?")
_TICKS: Final = re.compile(r"`+")
_MODULE: Final = re.compile(r"(?:import|export)\s")
_SPACES: Final = ("' '", '" "', "` `")
_BLANK: Final = re.compile(r"[ \t]*(?=[\r\n]|\Z)")
_LONGEST: Final = 5_000
"""Characters of a tag with all its properties."""
_SPAN: Final = 500
"""Characters of code in a line."""


def find_jsx(text: str, start: int, braces: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the tags and expressions of *text* from *start* on that are to be left out, ascending.

    Args:
        text: the file. start: where its front matter ends. braces: where those that open in it end.
    """
    at, line = start, True
    while at < len(text):
        if line:
            at = _skip_code(text, at, braces)
            line = False
        mark = _MARK.search(text, at)
        if mark is None:
            return
        at = mark.start()
        char = mark[0]
        if char == "\n":
            at, line = at + 1, True
        elif char == "\\":
            at += 2
        elif char == "`":
            at = _skip_ticks(text, at)
        else:
            end = _find_tag_end(text, at, braces) if char == "<" else braces.get(at, 0)
            if end and (char == "<" or _is_left_out(text, at, end)):
                yield at, end
            at = max(end, at + 1)


def _skip_code(text: str, at: int, braces: Mapping[int, int]) -> int:
    """Return where a line begins, or what follows a fence or a module statement that begins there."""
    if fence := _FENCE.match(text, at):
        closing = re.compile(rf"^[ \t>]*{fence[1]}[`~]*[ \t]*$", re.M).search(text, fence.end())
        return closing.end() if closing else len(text)
    if _MODULE.match(text, at):
        end = at
        while end < len(text) and not _BLANK.match(text, end):
            stop = text.find("\n", end)
            stop = len(text) if stop < 0 else stop
            opened = (braces.get(place, 0) for place in range(end, stop) if text[place] == "{")
            end = max(stop + 1, *opened, stop + 1)
        return end
    return at


def _skip_ticks(text: str, at: int) -> int:
    """Return where code in a line ends, or the run of backticks that opens none."""
    ticks = _TICKS.match(text, at)
    opened = ticks.end() if ticks else at + 1
    closing = text.find(text[at:opened], opened, opened + _SPAN)
    inner = text[opened:closing] if closing >= 0 else "\n\n"
    return opened if "\n\n" in inner else closing + opened - at


def _is_left_out(text: str, at: int, end: int) -> bool:
    """Tell whether an expression is no part of a sentence: of several lines, with tags, a space, alone on its line."""
    if text.startswith("{/*", at):
        return False  # a comment, which may be a remark
    inner = text[at:end]
    if "\n" in inner or "<" in inner or inner[1:-1].strip() in _SPACES:
        return True
    return _is_alone(text, at, end)


def _is_alone(text: str, at: int, end: int) -> bool:
    """Tell whether nothing else stands on a line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip() and _BLANK.match(text, end) is not None


def _find_tag_end(text: str, at: int, braces: Mapping[int, int]) -> int:
    """Return the end of a tag that HTML does not know, 0 where it does or there is none."""
    name = _NAME.match(text, at)
    here = name.end() if name else at + 1
    if text[here : here + 1] == ">" and name and name[0] in ("<", "</"):
        return here + 1
    if name is None or name[0] in ("<", "</"):
        return 0
    known = "." not in name[0]
    component = name[0].lstrip("</")[:1].isupper()
    limit = min(len(text), at + _LONGEST)
    while here < limit and text[here] not in "<>":
        char = text[here]
        if char == "{":
            here, known = braces.get(here, 0), False
        elif char in "\"'":
            here = text.find(char, here + 1, limit) + 1
        elif text.startswith("\n\n", here):
            return 0
        else:
            here += 1
        if not here:
            return 0
    if here >= limit or text[here] != ">":
        return 0
    written = text[at : here + 1]
    if component and "=" not in written and _is_alone(text, at, here + 1):
        return here + 1  # what it holds is Markdown, not HTML
    return 0 if known and "\n" not in written else here + 1
