"""Slips of grammar that people make who write English as a second language, and engines that learnt from them.

A module here is a `Family`: its rules, and its matchers, which say what words make it look. Words decide first, what
words can be at all second, and only where these leave a doubt is the sentence tagged. A rule in preview of which half
the findings touch what editors changed is ``stable_at_high``: who asks for more wants it. What costs much, and only
such a rule asks for, stands in ``GUESSES``.
"""

from __future__ import annotations

from typing import Final

from stilted.core import discovery
from stilted.core.model import Rule
from stilted.rules.checks.grammar._finder import Family

_FAMILIES: Final[tuple[Family, ...]] = tuple(
    discovery.load_module(__name__, name) for name in discovery.list_modules(__name__)
)
RULES: Final[tuple[Rule, ...]] = tuple(rule for family in _FAMILIES for rule in family.RULES)
