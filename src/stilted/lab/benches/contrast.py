"""How many wrong numbers, dates, units and negations the checks see, and how often they cry wolf.

``python -m stilted.lab.benches.contrast DATA_DIR`` takes every human translation that has another human one as
reference. As it stands it is a right version; with one number, date, unit or negation changed it is a wrong one.
The changes are made by plain patterns that share nothing with the checks, and seeded by the text itself.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from stilted.core.model import Rule
from stilted.lab.evaluation import readers
from stilted.pipeline import build, detect
from stilted.rules import checks

FAMILIES: Final = ("numbers", "negation")


class Pair(NamedTuple):
    """A right translation with the reference and source it is checked against."""

    target: str
    reference: str
    source: str | None


class Result(NamedTuple):
    """Of *total* versions, *flagged* got at least one finding."""

    total: int
    flagged: int

    @property
    def rate(self) -> float:
        """The share that was flagged, 0 without versions."""
        return self.flagged / self.total if self.total else 0.0


_Change = Callable[[str, random.Random], str | None]
_FIGURE: Final = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_SPELLED: Final = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_MONTHS: Final = "January February March April May June July August September October November December".split()
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SCALES: Final = "thousand million billion trillion".split()
_CURRENCIES: Final = "yuan dollars euros pounds yen rubles".split()
_UNITS: Final = (
    ("kilometers", "miles", "meters", "feet"), ("kilometres", "miles", "metres", "feet"), ("km", "m", "cm", "mm"),
    ("kg", "g", "mg", "tons"), ("tons", "pounds", "kilograms", "ounces"), ("hours", "minutes", "days", "weeks"),
    ("years", "months", "weeks", "days"), ("hectares", "acres"), ("percent", "yuan"), ("%", "°C"), ("ml", "mg", "l"),
)  # fmt: skip
_ANY_NUMBER: Final = rf"(?:\d|\b(?:{'|'.join(_SPELLED)})\b)[\d,.]*[ -]?(?:(?:{'|'.join(_SCALES)}) )?"
_NEGATIONS: Final = (
    (r"\b(is|are|was|were|has|have|had|will|would|should|could|may|might|must|can|did|does|do) not\b(?! only)", r"\1"),
    (r"\bcannot\b", "can"),
    (r"\b(is|are|was|were|has|have|had|would|should|could|must)n['’]t\b", r"\1"),
    (r"\b(did|does|do)n['’]t ", ""),
    (r"\b(can|wo)n['’]t\b", "can"),
    (r"\bnever ", ""),
    (r"\bno (?!longer|matter|doubt|one\b)", "some "),
    (r"\bwithout\b", "with"),
    (r"\bnot (?!only)", ""),
)
_AUXILIARY: Final = r"\b(is|are|was|were|has|have|had|will|would|should|could|may|can|must)\b(?! not|n['’]t)"


def _change_figure(text: str, rng: random.Random) -> str | None:
    """Change one digit of a figure."""
    match = _choose_match(_FIGURE, text, rng)
    if not match:
        return None
    places = [i for i, c in enumerate(match.group()) if c.isdigit()]
    at = match.start() + rng.choice(places)
    lead = at == match.start()
    digits = [d for d in "123456789" + "0" * (not lead) if d != text[at]]
    return text[:at] + rng.choice(digits) + text[at + 1 :]


def _change_magnitude(text: str, rng: random.Random) -> str | None:
    """Swap million and billion and the like, or put a zero behind a figure."""
    swapped = _swap(_SCALES, text, rng)
    if swapped:
        return swapped
    match = _choose_match(re.compile(r"(?<![\w.,-])[1-9]\d{0,2}(?![\w.,-])"), text, rng)
    return text[: match.end()] + "0" + text[match.end() :] if match else None


def _swap(words: Iterable[str], text: str, rng: random.Random, before: str = "", after: str = "") -> str | None:
    """Replace one of *words* in *text* by another of them."""
    forms = list(words)
    match = _choose_match(re.compile(rf"{before}(?<!\w)({'|'.join(map(re.escape, forms))})(?!\w){after}"), text, rng)
    if not match:
        return None
    new = rng.choice([w for w in forms if w != match.group(1)])
    return text[: match.start(1)] + new + text[match.end(1) :]


def _swap_figures(text: str, rng: random.Random) -> str | None:
    """Let two figures of a sentence change places."""
    figures = [m for m in _FIGURE.finditer(text) if len(m.group()) > 1]
    if len(figures) < 2:
        return None
    at = rng.randrange(len(figures) - 1)
    one, two = figures[at], figures[at + 1]
    if one.group() == two.group():
        return None
    return text[: one.start()] + two.group() + text[one.end() : two.start()] + one.group() + text[two.end() :]


def _change_separator(text: str, rng: random.Random) -> str | None:
    """Move the comma of thousands, or make a point of it."""
    match = _choose_match(re.compile(r"(?<![\w.,-])\d{1,3},\d{3}(?![\w,.-])"), text, rng)
    if not match:
        return None
    integer, part = match.group().split(",")
    new = rng.choice([f"{integer}.{part}", f"{integer}{part[0]},{part[1:]}", f"{integer},{part[:2]}"])
    return text[: match.start()] + new + text[match.end() :]


def _change_unit(text: str, rng: random.Random) -> str | None:
    options = [_swap(group, text, rng, before=_ANY_NUMBER) for group in _UNITS]
    possible = [o for o in options if o]
    return rng.choice(possible) if possible else None


def _change_clock(text: str, rng: random.Random) -> str | None:
    return _swap(("a.m.", "p.m."), text, rng) or _swap(("am", "pm"), text, rng, before=r"\d ?")


def _drop_negation(text: str, rng: random.Random) -> str | None:
    """Take one negation out."""
    options = [(m, new) for old, new in _NEGATIONS for m in re.finditer(old, text)]
    if not options:
        return None
    match, new = rng.choice(options)
    return text[: match.start()] + match.expand(new) + text[match.end() :]


def _add_negation(text: str, rng: random.Random) -> str | None:
    """Negate one auxiliary verb."""
    match = _choose_match(re.compile(_AUXILIARY), text, rng)
    return text[: match.end()] + " not" + text[match.end() :] if match else None


def _choose_match(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return rng.choice(matches) if matches else None


CHANGES: Final[dict[str, _Change]] = {
    "figure": _change_figure,
    "magnitude": _change_magnitude,
    "swapped": _swap_figures,
    "separator": _change_separator,
    "spelled": lambda text, rng: _swap(_SPELLED, text, rng),
    "month": lambda text, rng: _swap(_MONTHS, text, rng),
    "weekday": lambda text, rng: _swap(_DAYS, text, rng),
    "clock": _change_clock,
    "currency": lambda text, rng: _swap(_CURRENCIES, text, rng),
    "unit": _change_unit,
    "negation-dropped": _drop_negation,
    "negation-added": _add_negation,
}


def list_pairs(data: Path) -> Iterator[Pair]:
    """Yield each human translation with another human one beside it, once."""
    seen: set[tuple[str, str]] = set()
    for row in readers.read_corpus(data).rows:
        key = (row.target, row.reference or "")
        if not row.human and not row.system.startswith("reference"):
            continue
        if row.reference and row.target.split() != row.reference.split() and key not in seen:
            seen.add(key)
            yield Pair(row.target, row.reference, row.source)


def flag_versions(
    rules: list[Rule], versions: list[Pair], with_source: bool, with_reference: bool = True
) -> list[bool]:
    """Tell of each version whether the rules find anything in it; the versions do not know each other."""
    sources = [v.source for v in versions] if with_source else None
    references = [v.reference for v in versions] if with_reference else None
    document = build.build_segments("contrast", [v.target for v in versions], references, sources)
    findings, _ = detect.run(rules, document)
    hit = {finding.segment for finding in findings}
    return [number in hit for number in range(len(versions))]


def measure(
    rules: list[Rule], right: list[Pair], with_source: bool = False, with_reference: bool = True
) -> dict[str, Result]:
    """Return the result of each kind of change, and of ``right`` versions as they stand."""
    out = {"right": Result(len(right), sum(flag_versions(rules, right, with_source, with_reference)))}
    for name, change in CHANGES.items():
        made = ((pair, change(pair.target, random.Random(f"{name} {pair.target}"))) for pair in right)
        wrong = [pair._replace(target=text) for pair, text in made if text]
        out[name] = (
            Result(len(wrong), sum(flag_versions(rules, wrong, with_source, with_reference))) if wrong else Result(0, 0)
        )
    return out


def main(argv: list[str] | None = None) -> None:
    """Print how many wrong versions of each kind are flagged, and how many right ones."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.benches.contrast", description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of annotated translations")
    parser.add_argument("--with-source", action="store_true", help="let the checks see the source too")
    parser.add_argument("--source-only", action="store_true", help="let the checks see the source and no reference")
    chosen = parser.parse_args(argv)
    rules = [rule for rule in checks.list_rules() if rule.family in FAMILIES and rule.status == "stable"]
    results = measure(
        rules, list(list_pairs(chosen.data)), chosen.with_source or chosen.source_only, not chosen.source_only
    )
    for name, result in results.items():
        print(f"{name:18} {result.flagged:5} of {result.total:5}  {result.rate:6.1%}")
    wrong = Result(*(sum(r[i] for name, r in results.items() if name != "right") for i in range(2)))
    print(f"{'all wrong':18} {wrong.flagged:5} of {wrong.total:5}  {wrong.rate:6.1%}")


if __name__ == "__main__":
    main()
