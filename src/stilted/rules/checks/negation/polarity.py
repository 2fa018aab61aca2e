"""What a sentence denies: its negations, the words they reach, and words that deny without saying "not"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stilted.core.bounded import remember

_IDIOM: Final = re.compile(
    r"(?:\bnot|n['’]t) (?:only|just|merely|simply|least|to mention|until|limited|confined|restricted|help(?: but)?)\b"
    r"|\bno (?:doubt|matter|wonder|less|fewer|other|sooner|one but)\b|\bwithout (?:a )?doubt\b|\bwhether or not\b"
    r"|\bif not\b|\bnothing but\b|\bno ?\.? ?(?=\d|[a-z]{1,4}-?\d)"
    r"|(?-i:\bNO\b)|\bwithout (?:fail|saying|a hitch|incident|exception)\b|\bout of nowhere\b|\bor not\b"
    r"|\bcould(?:n['’]t| not| never) (?:agree|be|have been|ask for|hope for|wish for|care|feel)(?: any)?"
    r" (?:more|less|better|worse|happier|prouder|clearer)\b"
    r"|\bnot otherwise|\bcan(?:not| not) (?:help|but)\b|\bnot a few\b|\bin no time\b|\bno small\b",
    re.IGNORECASE,
)
"""Negations that deny nothing, or only in part."""
_DENIES_PARTLY: Final = re.compile(
    r"(?:only|just|merely|simply|least|less|fewer|limited|confined|restricted|few)$", re.IGNORECASE
)
DENIAL: Final = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|without|cannot)\b(?! longer| more|,)|n['’]t\b",
    re.IGNORECASE,
)
_PREFIXED: Final = (
    r"un(?!i|der|til)[a-z]{4,}|in(?:adequa|suffic|visib|correct|complete|significan|effect|convenien|expensiv"
    r"|consisten"
    r"|accura|appropri|applica|eligib|secure|stabil|definit|experience)[a-z]+"
    r"|im(?:poss|prop|pati|perf|prob|mature|practic)[a-z]+|dis(?:a(?!s)|con|like|hon|sat|trust|agree|appear"
    r"|qualif)[a-z]+"
    r"|ir(?:reg|rel|resp|rev|ration)[a-z]+|il(?:leg|log)[a-z]+"
)
_WEAK: Final = re.compile(
    r"\b(?:no longer|no more|nor|lack(?:s|ed|ing)?|fail(?:s|ed|ing|ures?)?|unable|inability|refus(?:e|es|ed|ing|al)"
    r"|den(?:y|ies|ied|ying)|absence|absent|hardly|barely|scarcely|rarely|seldom|few|little|less|fewer|instead|rather"
    rf"|{_PREFIXED}|non|[a-z]{{3,}}less|trouble|difficult[a-z]*|hard|avoid[a-z]*|prevent[a-z]*|before|unless"
    rf"|except[a-z]*"
    r"|miss[a-z]*|los(?:e|es|t|ing|s|ses)|stop[a-z]*|ceas[a-z]*|ban[a-z]*|prohibit[a-z]*|forbid[a-z]*|away|far from"
    r"|evad[a-z]*|anything but|opposed|reject[a-z]*|declin[a-z]*|exclud[a-z]*|too|free|devoid|zero"
    r"|(?<![\w{(\[%$:.])0(?![\w})\].:%])|until"
    r"|yet to|doubt[a-z]*|poor(?:ly)?|badly|ill|low|quiet|ignor[a-z]*|neglect[a-z]*|any ?longer|any ?more)\b",
    re.IGNORECASE,
)
"""Words that may stand for "not" in another wording; what follows them is no evidence of a plain statement."""
_ASIDE: Final = re.compile(
    r"\b(?:only|negative\w*|contrary|different\w*|wrong\w*|false|minim\w+|empty|alone|short|resist\w*|withh[eo]ld"
    r"|still|if|whether|even|other than|else|despite|although|though)\b",
    re.IGNORECASE,
)
_STOP: Final = frozenset(
    "the a an of to in and or for on at by is are was were be been being has have had do does did will would can could"
    " should may might must that this it its as with from than more any all he she they we you i his her their our my"
    " your if so but there who which what when very much even also just only get got not no yet t s".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_PREFIX: Final = re.compile(r"^(?:un|in|im|dis|ir|il)")
_DAY: Final = re.compile(
    r"\b(?:on|in|at|last|this|next) (\w+day|January|February|March|April|June|July|August|September|October"
    r"|November|December|spring|summer|autumn|winter|night|noon)\b"
)
_REACH_CHARS: Final = 60
_REACH: Final = 2
_WEAK_REACH: Final = 3


class Negation(NamedTuple):
    """A negating word at ``text[start:end]`` and the stems of the first content words behind it."""

    start: int
    end: int
    reach: tuple[str, ...]


class Polarity(NamedTuple):
    """What a sentence denies.

    ``denied`` holds stems that any negative word reaches, ``said`` all stems with the place of their first word,
    ``prefixed`` the stems of words like "unclear" without their prefix, with their places. ``hedged`` tells
    whether some word may deny in passing.
    """

    strong: tuple[Negation, ...]
    denied: frozenset[str]
    said: dict[str, tuple[int, int]]
    prefixed: dict[str, tuple[int, int]]
    hedged: bool


def stem(word: str) -> str:
    """Return a rough stem: enough to match "expected" with "expects"."""
    low = word.lower()
    for ending in ("ing", "ed", "es", "s", "ly"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)][:6]
    return low[:6]


def may_deny(words: frozenset[str]) -> bool:
    """Tell, from the lower-case words of a text, whether it may hold a strong negation."""
    return not _NEGATIVE.isdisjoint(words)


_NEGATIVE: Final = frozenset("not never no none nobody nothing nowhere neither without cannot t".split())


@remember(50_000)
def read_polarity(text: str) -> Polarity:
    """Return what *text* denies; kept for a while, since each way of comparing two texts asks for both."""
    plain = _IDIOM.sub(lambda m: " " * len(m.group()), text)
    strong = tuple(Negation(m.start(), m.end(), _read_denied(plain, m.end())) for m in DENIAL.finditer(plain))
    denied = {s for negation in strong for s in _read_reach(plain, negation.end, _REACH)}
    prefixed: dict[str, tuple[int, int]] = {}
    hedged = bool(_ASIDE.search(plain))
    for match in _WEAK.finditer(plain):
        hedged = True
        base = _PREFIX.sub("", match.group().lower())
        denied |= {stem(base), *_read_reach(plain, match.end(), _WEAK_REACH)}
        if base != match.group().lower() and len(base) > 3:
            prefixed.setdefault(stem(base), match.span())
    said: dict[str, tuple[int, int]] = {}
    for match in _WORD.finditer(plain):
        if match.group().lower() not in _STOP:
            said.setdefault(stem(match.group()), match.span())
    return Polarity(strong, frozenset(denied), said, prefixed, hedged)


def is_idiom(text: str, denial: re.Match[str]) -> bool:
    """Tell whether a negation is part of words that deny nothing; "not only" and "no less" deny what follows them."""
    idioms = (m for m in _IDIOM.finditer(text) if m.start() < denial.end() and denial.start() < m.end())
    return any(not _DENIES_PARTLY.search(m.group()) for m in idioms)


def may_deny_otherwise(word: str) -> bool:
    """Tell whether a word may stand for "not" in another wording."""
    return bool(_WEAK.search(word) or _ASIDE.search(word))


def _read_reach(text: str, at: int, count: int) -> tuple[str, ...]:
    """Return the stems of the first *count* content words behind a negation, up to the end of its clause."""
    behind = _WORD.findall(text[at : at + _REACH_CHARS])
    return tuple(stem(w) for w in behind if w.lower() not in _STOP)[:count]


def _read_denied(text: str, at: int) -> tuple[str, ...]:
    """Return the stems that a negation surely denies: not the day in "did not rain on Sunday"."""
    days = _DAY.search(text, at, at + _REACH_CHARS)
    reach = _read_reach(text, at, _REACH)
    return reach[:1] if days and stem(days.group(1)) in reach[1:] else reach


def find_stems_beside(text: str, start: int, end: int) -> frozenset[str]:
    """Return the stems of the nearest content word on either side of ``text[start:end]``, of two behind it."""
    before = [stem(w) for w in _WORD.findall(text[max(0, start - _REACH_CHARS) : start]) if w.lower() not in _STOP]
    return frozenset([*before[-1:], *_read_reach(text, end, _REACH)])
