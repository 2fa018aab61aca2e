"""Which tests a choice by ``-m`` leaves out, although it does not speak of them."""

from __future__ import annotations

import re


def left_out(expression: str) -> set[str]:
    """Return the marks of what is left out: what takes minutes and a network, and of any choice what is long."""
    spoken_of = set(re.findall(r"\w+", expression))
    return {"slow", "long"} - spoken_of if spoken_of else {"slow"}
