"""Phrases a team has accepted for good: ``.stilted-ignore``, one a line, each with an optional reason.

::

    application scenarios            # our product term since 2019
    zh/ppt-product: PPT car          # only this rule
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stilted.errors import UserError, did_you_mean
from stilted.formats import read_text
from stilted.model import Finding

FILE: Final = ".stilted-ignore"

_RULE: Final = re.compile(r"([a-z][a-z0-9-]*/[a-z0-9-]+):")
_REASON: Final = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted phrase: which rule may not remark on it (empty: none may), where it stands, and why."""

    phrase: str
    rule: str
    reason: str
    where: str

    def accepts(self, finding: Finding) -> bool:
        """Tell whether *finding* remarks on this phrase, whatever its case and white space."""
        return _folded(finding.text) == _folded(self.phrase) and self.rule in ("", finding.rule)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().replace("’", "'")


def read(path: Path, rules: Iterable[str]) -> tuple[Accepted, ...]:
    """Read a list of accepted phrases; blank lines and lines that begin with ``#`` say nothing.

    Raises:
        UserError: the file cannot be read, or a line names a rule that does not exist.
    """
    known = set(rules)
    found = []
    for number, line in enumerate(read_text(path, "list of accepted phrases").split("\n"), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        where = f"{path}:{number}"
        named = _RULE.match(text)
        rule = named[1] if named else ""
        phrase, *reason = _REASON.split(text[named.end() :] if named else text, maxsplit=1)
        if not phrase.strip():
            raise UserError("no phrase on this line", where, "Write: phrase  # reason")
        if rule and rule not in known:
            raise UserError(f"no rule is called '{rule}'", where, did_you_mean(rule, known))
        found.append(Accepted(phrase.strip(), rule, "".join(reason).strip(), where))
    return tuple(found)


def applied(
    findings: Sequence[Finding], accepted: Sequence[Accepted]
) -> tuple[tuple[Finding, ...], frozenset[Accepted]]:
    """Leave out the findings that are accepted; return the rest and the phrases that accepted something."""
    kept = tuple(f for f in findings if not any(a.accepts(f) for a in accepted))
    return kept, frozenset(a for a in accepted if any(a.accepts(f) for f in findings))
