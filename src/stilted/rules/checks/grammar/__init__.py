"""Slips of grammar that people make who write English as a second language, and engines that learnt from them.

A module here is a family: its ``RULES``, and its ``MATCHERS``, which say what words make it look. Words decide first,
what words can be at all second, and only where these leave a doubt is the sentence tagged.
"""

from __future__ import annotations

from typing import Final

from stilted.core import discovery
from stilted.core.model import Rule

AT_HIGH_SENSITIVITY: Final = frozenset(
    {"grammar/missing-article-likely", "grammar/can-not", "grammar/same-without-the"}
)
"""Rules in preview of which half the findings touch what editors changed, and that those want who ask for more."""

RULES: Final[tuple[Rule, ...]] = tuple(
    rule for name in discovery.names(__name__) for rule in discovery.module(__name__, name).RULES
)
