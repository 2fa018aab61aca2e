"""What holds of every file as read: each character of its texts lies in it."""

from __future__ import annotations

import re

from stilted.formats import OBJECT, Parsed


def check_places(parsed: Parsed) -> None:
    """Every character lies in the file, in order, and verbatim where it takes as much room."""
    for unit in parsed.units:
        assert unit.target is not None
        last = 0
        for start, end, a, b in unit.target.map.pieces:
            assert last <= a < b <= len(parsed.text)
            last = b
            if end - start == b - a > 1:
                assert unit.target.text[start:end] == re.sub("[\t\n\f\r]", " ", parsed.text[a:b])
        assert unit.target.text.count(OBJECT) == len(unit.target.objects)
        assert unit.target.map.pieces[-1][1] == len(unit.target.text)
