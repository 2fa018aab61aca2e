"""Negations that only the translation has, or only its source, reported where nothing else on either side may deny."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Hit, Segment, Span
from stilted.rules.checks.negation.of_source import is_denied
from stilted.rules.checks.negation.polarity import DENIAL, read_polarity

RULE: Final = "negation/differs-from-source"
_MAY_DENY: Final = re.compile(
    r"\b(?:(?:un|non|mis)[a-z]{4,}|[a-z]+less|no[a-z]{0,2}|not\w*|only|must|require[sd]?|mandatory|fail\w*|errors?"
    r"|off|skip\w*|stop\w*|out of|instead|wrong\w*|incorrect\w*|invalid\w*|disabl\w*|else|except|exclud\w*|forbid\w*"
    r"|closed?|regardless|zero|null|empty|blank|alone|merely|solely|forego\w*|forgo\w*|waive\w*|omit\w*|rather)\b",
    re.IGNORECASE,
)
"""Words that may stand for a denial in other words: where one is, a missing "not" proves nothing."""
_REPLACES: Final = re.compile(
    r"\b(?:un(?!der|til|i(?:c|t|q|f|o|v|n)|lik|don[ei]|lock|load|publish|subscrib|regist|fortun|zip|pack"
    r"|getui)[a-z]{4,}"
    r"|non(?:[a-z-]{3,})?|nor|in(?:adequa|suffic|visib|correct|complete|effect|convenien|consisten|accura|appropri"
    r"|applica|eligib|secure|stabil|valid|compatib|access|exist|definit|activ|equal)[a-z]*"
    r"|im(?:poss|prop|perf|prob|mature|practic)[a-z]+|ir(?:reg|rel|resp|rev|ration)[a-z]+|il(?:leg|log)[a-z]+"
    r"|dis(?:abl|allow|agree|appear|connect|continu|courag|like|qualif|card)[a-z]*|mis(?:s|match|config"
    r"|interpret)[a-z]*"
    r"|(?!wire|paper|regard|nonethe|neverthe|server)[a-z]{2,}less|fail[a-z]*|lack[a-z]*|absen[a-z]+|wrong[a-z]*"
    r"|avoid[a-z]*"
    r"|prevent[a-z]*|free|instead|rather|other than|no longer|no more|any ?longer|any ?more|out of|outside|beyond|too"
    r"|refus[a-z]*|den(?:y|ied|ies|ying)|reject[a-z]*|prohibit[a-z]*|forbid[a-z]*|stop[a-z]*|ceas[a-z]*|hardly|barely"
    r"|scarcely|rarely|seldom|few|fewer|little|suppress[a-z]*|deprecat[a-z]*|idle|permanent[a-z]*|hesita[a-z]*"
    r"|struggl[a-z]*|drop[a-z]*|broken|break[a-z]*|forever|offline|lose|loses|losing|loss|abort[a-z]*"
    r"|cancel[a-z]*|quit"
    r"|keep|keeps|block[a-z]*|remain[a-z]*|yet to|exempt[a-z]*|private|difficult|impair[a-z]*|short of|far from"
    r"|except"
    r"|otherwise|else|exclu[ds][a-z]*|expire[ds]?|at most|up to|at least|unset|insensitive|off|off-?screen|immutable"
    r"|independent[a-z]*|plain ?text|dead end|optional|malformed|outdated|premature|restrict[a-z]*|locked"
    r"|conflict[a-z]*"
    r"|lossless[a-z]*|in case|as opposed to|eliminat[a-z]*|omit[a-z]*|null|zero|bad|stationary)\b",
    re.IGNORECASE,
)
"""Words that do stand for a denial in translations of sentences that deny: those of 200,000 pairs that were read."""
_AUXILIARY: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|could|may|might|can|do|does|did)\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALONE: Final = frozenset({"ja", "ko"})
"""In these languages "must" and "whether" are put by negations too often: a reader of the whole has to agree."""
_LEAST: Final = 3
_MOST: Final = 60
"""Words of a sentence in which denials can be told apart; a longer one is several."""


def find_contradictions(number: int, segment: Segment, language: str | None) -> Iterator[Hit]:
    """Yield the negation that the source of a segment surely lacks, or the place where its own surely is missing."""
    target, source = segment.target or "", segment.source or ""
    if "\n" in target.strip():  # several statements, of which any may deny
        return
    words = _WORD.findall(target)
    if not _LEAST <= len(words) <= _MOST or (OBJECT in target and len(words) < 2 * _LEAST):
        return
    denied = None if language in _ALONE else is_denied(source, language)
    if denied is None:
        return
    stated = read_polarity(target)
    if denied == bool(stated.strong):
        return
    reference_denies = bool(read_polarity(segment.reference).strong) if segment.reference else None
    if not denied and not reference_denies:
        first = stated.strong[0]
        written = target[first.start : first.end]
        if re.search(rf"(?<![A-Za-z]){re.escape(written)}(?![A-Za-z])", source, re.IGNORECASE):  # a name, or code
            return
        yield Hit(
            RULE, number, Span(first.start, first.end), f"Nothing in the source is denied, as “{written}” does here."
        )
    if denied and reference_denies is not False and _is_plain(target) and is_fairly_plain(target):
        place = _AUXILIARY.search(target) or _WORD.search(target)
        if place:
            yield Hit(RULE, number, Span(place.start(), place.end()), "The source has a negation that is missing here.")


def _is_plain(target: str) -> bool:
    """Tell whether nothing in *target* denies, nor may stand for a denial in other words."""
    stated = read_polarity(target)
    return not (stated.strong or stated.hedged or stated.prefixed or DENIAL.search(target) or _MAY_DENY.search(target))


def is_fairly_plain(target: str) -> bool:
    """Tell whether nothing in *target* denies, and hardly anything in it is a denial in other words."""
    return not (DENIAL.search(target) or _REPLACES.search(target))
