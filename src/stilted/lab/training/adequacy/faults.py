"""Faults put into true translations: every one is a function of a text, and says which stretch it changed."""

from __future__ import annotations

import random
import re
from typing import Final, NamedTuple

from stilted.rules.tagger.masking import find_masks

_AUXILIARY: Final = re.compile(
    r"\b(is|are|was|were|will|can|should|would|could|has|had|did|does|do|must|may|might|am|shall)\b(?! not|n't|not)",
    re.I,
)
_SHORT: Final = {
    "don't": "do", "doesn't": "does", "didn't": "did", "can't": "can", "cannot": "can", "won't": "will",
    "isn't": "is", "aren't": "are", "wasn't": "was", "weren't": "were", "shouldn't": "should", "couldn't": "could",
    "wouldn't": "would", "hasn't": "has", "haven't": "have", "hadn't": "had", "mustn't": "must",
}  # fmt: skip
_NEGATED: Final = {
    long: [short for short, other in _SHORT.items() if other == long] for long in sorted(set(_SHORT.values()))
}
_SHORT_NEGATION: Final = re.compile(r"\b(" + "|".join(_SHORT) + r")\b", re.I)
_FORBIDDING: Final = re.compile(r"^(Do not|Don't|Don’t|Never)\s+([a-z]\w*)")
_NO: Final = re.compile(r"\b(No|no) (?=[a-z]{3})")
_COMMANDS: Final = frozenset(
    "show enable use add allow delete save open send keep include remove hide display create update install set select"
    " choose enter click change edit copy run check load import export start stop apply close move disable share"
    " download upload replace ignore skip accept reset restore restart reload refresh ask remember sign notify make"
    " try ensure provide specify configure call return write read define store build deploy test connect mark print"
    " put play pause turn follow view get go let merge override overwrite sort sync automatically always log".split()
)
_OPPOSITES: Final = (
    "enable/disable enabled/disabled enabling/disabling available/unavailable valid/invalid supported/unsupported"
    " able/unable known/unknown allow/deny allowed/forbidden open/close opened/closed add/remove added/removed"
    " adding/removing show/hide before/after first/last more/less minimum/maximum left/right start/stop"
    " started/stopped increase/decrease ascending/descending always/never lock/unlock locked/unlocked public/private"
    " upload/download import/export install/uninstall installed/uninstalled up/down true/false connected/disconnected"
    " accept/reject with/without success/failure successfully/unsuccessfully succeeded/failed visible/hidden old/new"
    " next/previous required/optional increase/reduce higher/lower large/small long/short above/below input/output"
    " read/write begin/end online/offline early/late rise/fall rose/fell win/lose won/lost same/different"
    " equal/unequal include/exclude included/excluded including/excluding possible/impossible necessary/unnecessary"
    " used/unused complete/incomplete correct/incorrect verified/unverified expand/collapse horizontal/vertical"
    " most/least best/worst good/bad"
)
_OPPOSITE: Final[dict[str, list[str]]] = {}
for _pair in _OPPOSITES.split():
    _one, _other = _pair.split("/")
    _OPPOSITE.setdefault(_one, []).append(_other)
    _OPPOSITE.setdefault(_other, []).append(_one)
_OPPOSITE_WORD: Final = re.compile(r"\b(" + "|".join(sorted(_OPPOSITE)) + r")\b", re.I)
_END: Final = re.compile(r"[\s.,:;!?…。！？：；、，]+$")
_PAUSE: Final = re.compile(r"[\s、，。,;；：:]+")
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")


class Changed(NamedTuple):
    """A text with a fault in ``[start, end)``."""

    text: str
    start: int
    end: int


def drop_end(text: str) -> str:
    """Return *text* without the marks at its end."""
    return _END.sub("", text)


def find_end(text: str) -> str:
    """Return the marks at the end of *text*."""
    match = _END.search(text)
    return match.group().strip() if match else ""


def _match_capital(new: str, old: str) -> str:
    return new.capitalize() if old[:1].isupper() else new


def negate(text: str, seed: random.Random, *, plainly: bool = False) -> Changed | None:
    """Turn what *text* says into its opposite: put `not` in, take it out, or swap a word for its opposite.

    Args:
        plainly: only put `not` in or take it out.
    """
    into, out = list_negated(text, seed, plainly=plainly), list_affirmed(text, plainly=plainly)
    options = out if out and (seed.random() < 0.6 or not into) else into
    if not plainly and (seed.random() < 0.3 or not options):
        words = list(_OPPOSITE_WORD.finditer(text))
        if words:
            word = seed.choice(words)
            new = _match_capital(seed.choice(_OPPOSITE[word.group(1).lower()]), word.group(1))
            return Changed(text[: word.start()] + new + text[word.end() :], word.start(), word.start() + len(new))
    return seed.choice(options) if options else None


def affirm(text: str, seed: random.Random) -> Changed | None:
    """Take a negation out; None where there is none."""
    options = list_affirmed(text, plainly=False)
    return seed.choice(options) if options else None


def list_negated(text: str, seed: random.Random, *, plainly: bool = True) -> list[Changed]:
    """Return *text* with `not` put in, in every place where it can stand."""
    options: list[Changed] = []
    for verb in _AUXILIARY.finditer(text):
        if verb.start() and text[verb.start() - 1] in "`-_./":
            continue
        short = _NEGATED.get(verb.group(1).lower())
        if plainly or short is None or seed.random() < 0.75:
            options.append(Changed(f"{text[: verb.end()]} not{text[verb.end() :]}", verb.start(), verb.end() + 4))
        else:
            new = _match_capital(seed.choice(short), verb.group(1))
            options.append(
                Changed(text[: verb.start()] + new + text[verb.end() :], verb.start(), verb.start() + len(new))
            )
    first, _, rest = text.partition(" ")
    if first.lower() in _COMMANDS and rest:
        new = "Do not " if plainly else seed.choice(["Do not ", "Do not ", "Don't ", "Never "])
        options.append(Changed(new + text[0].lower() + text[1:], 0, len(new) - 1))
    return options


def list_affirmed(text: str, *, plainly: bool = True) -> list[Changed]:
    """Return *text* without each of its negations."""
    forbidding = _FORBIDDING.match(text)
    if forbidding:
        verb = forbidding.group(2).capitalize()
        return [Changed(verb + text[forbidding.end() :], 0, len(verb))]
    options = [
        Changed(text[: m.start()] + text[m.end() :], max(0, m.start() - 1), m.start() + 1)
        for m in re.finditer(r"\b(not|never)\s", text)
    ]
    for m in _SHORT_NEGATION.finditer(text):
        new = _match_capital(_SHORT[m.group(1).lower()], m.group(1))
        options.append(Changed(text[: m.start()] + new + text[m.end() :], m.start(), m.start() + len(new)))
    for m in () if plainly else _NO.finditer(text):
        rest = text[: m.start()] + text[m.end() :]
        options.append(Changed(rest if m.start() else rest[:1].upper() + rest[1:], m.start(), m.start() + 1))
    return options


def change_figure(text: str, seed: random.Random) -> Changed | None:
    """Swap two figures of *text*, or change one; those in code and placeholders stay."""
    hidden = find_masks(text)
    figures = [m for m in re.finditer(r"\d+", text) if not any(a < m.end() and m.start() < b for a, b, _ in hidden)]
    if not figures:
        return None
    if len(figures) > 1 and seed.random() < 0.5:
        one, two = sorted(seed.sample(figures, 2), key=lambda m: m.start())
        if one.group() != two.group():
            swapped = (
                text[: one.start()] + two.group() + text[one.end() : two.start()] + one.group() + text[two.end() :]
            )
            return Changed(swapped, one.start(), one.start() + len(two.group()))
    figure = seed.choice(figures)
    old = figure.group()
    place = seed.randrange(len(old))
    digit = str((int(old[place]) + seed.randrange(1, 9)) % 10)
    new = old[:place] + digit + old[place + 1 :] if seed.random() < 0.7 else old + "0"
    return Changed(text[: figure.start()] + new + text[figure.end() :], figure.start(), figure.start() + len(new))


def change_name(text: str, other: str, seed: random.Random) -> Changed | None:
    """Put a name of another text in the place of one of *text*."""
    places = list(_NAME.finditer(text))
    names = [m.group() for m in _NAME.finditer(other) if m.group() not in text]
    if not places or not names:
        return None
    place, new = seed.choice(places), seed.choice(names)
    return Changed(text[: place.start()] + new + text[place.end() :], place.start(), place.start() + len(new))


def cut(text: str, seed: random.Random, least: float, most: float, *, plainly: bool = False) -> str | None:
    """Keep a share of the words of *text*: the first, the last, or all but some in the middle.

    Args:
        plainly: keep the first words, and let no mark or capital cover up the cut.
    """
    words = list(re.finditer(r"\S+", text))
    count = len(words)
    if count < 4:
        return None
    kept = max(1, min(count - (2 if count < 8 else 3), round(count * seed.uniform(least, most))))
    where = seed.random()
    if plainly:
        return text[: words[kept - 1].end()]
    if where < 0.65:
        rest = text[: words[kept - 1].end()]
    elif where < 0.85:
        rest = text[words[count - kept].start() :]
    else:
        head = seed.randrange(1, kept) if kept > 1 else 1
        tail = min(count - 1, head + count - kept)
        rest = f"{text[: words[head - 1].end()]} {text[words[tail].start() :]}"
    if seed.random() < 0.8:
        rest = drop_end(rest)
    if find_end(text) and seed.random() < 0.6:
        rest = drop_end(rest) + find_end(text)
    return rest[:1].upper() + rest[1:] if seed.random() < 0.7 else rest


def cut_source(text: str, seed: random.Random) -> str | None:
    """Keep 30 to 65% of the characters of a source in any script, up to a mark or a blank where one is near."""
    size = len(text)
    place = int(size * seed.uniform(0.3, 0.65))
    near = [m.end() for m in _PAUSE.finditer(text) if abs(m.end() - place) < max(3, size // 5)]
    if near:
        place = min(near, key=lambda end: abs(end - place))
    if place < 2 or size - place < 4:
        return None
    rest = drop_end((text[:place] if seed.random() < 0.7 else text[place:]).strip())
    return rest + find_end(text) if seed.random() < 0.6 else rest
