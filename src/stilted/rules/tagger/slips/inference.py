"""What the slip reader makes of a segment."""

from __future__ import annotations

from typing import Final

KEEP, REPLACE, NEEDS_THE, NEEDS_A, NEEDS_WORD = range(5)
"""Columns of the logits: a word stays; it goes or changes; before it *the*, *a* or *an*, another word is missing."""

COLUMNS: Final = 5
