"""Roles of reST, which are the same in every language: ``:py:class:`` before what stands between backticks."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from stilted.core.model import Span

_ROLE: Final = re.compile(r"(?<![\w:]):(?:[a-z]{1,12}:){1,2}(?=`)")
_TORN: Final = re.compile(r"(?<!\w)(?::\s{0,2})?(?:[a-z]{1,12}\s?:\s{0,2}){1,2}(?=`)")
_LAST: Final = re.compile(r"[a-z]{1,12}\s?:\s{0,2}\Z")


def find_torn_role(target: str, source: str) -> tuple[Span, str] | None:
    """Return where a role that the source has is torn in the translation, and the role; None where none is.

    Its name stands there, before a backtick, but blanks part it, or a colon is lost: what was a link is shown as it is.
    """
    missing = Counter(_ROLE.findall(source))
    if not missing:
        return None
    missing -= Counter(_ROLE.findall(target))
    for match in _TORN.finditer(target) if missing else ():
        last = _LAST.search(match.group())
        for start in (match.start(), match.start() + last.start() if last else match.start()):
            written = target[start : match.end()]
            role = f":{''.join(written.split()).strip(':')}:"
            whole = written == role or target[max(start - 1, 0) : start] == ":"  # `use :class:` holds a whole one
            if not whole and missing[role] > 0:
                return Span(start, match.end()), role
    return None
