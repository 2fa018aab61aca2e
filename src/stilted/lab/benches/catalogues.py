"""What is said of the catalogues of installed programs, and of the same with planted faults.

``python -m stilted.lab.benches.catalogues [DIR] [--strings N] [--seed N] [--show RULE]``. ``DIR``, usually
``/usr/share/locale``, holds compiled catalogues as most systems have them (``LANGUAGE/LC_MESSAGES/NAME.mo``), some
hundreds of thousands of pairs that no model was trained on. Their English is the original, by people who write it every
day; here it is taken for the translation, and the other language for its source. So what is said of true pairs is a
false alarm, or a fault of whoever translated.

Of each language catalogues are read in an order by chance, 60 strings in a row of each, as an interface with a source.
Then a fault is planted into every second string of one line, four words and more, by chance one of `FAULTS`; it is seen
where a check that reads the source marks the string, at the default sensitivity.
"""

from __future__ import annotations

import argparse
import gettext
import random
import struct
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from stilted import api
from stilted.core.model import Finding, get_family
from stilted.core.tokens import count
from stilted.lab.benches.rule_options import is_shown, print_shown, quote
from stilted.lab.training.adequacy.faults import change_figure, cut, list_affirmed, list_negated
from stilted.rules.tagger.adequacy.rule import LANGUAGES

IN_A_ROW: Final = 60
_LONGEST: Final = 600
"""Characters of a string that is read."""
_FEWEST_WORDS: Final = 4
_MOST_WORDS: Final = 40
"""Words of a string that a fault is planted into."""
_NEAR: Final = 8
"""Strings before and behind, of which another one is taken: neighbours are alike."""
_READ_THE_SOURCE: Final = frozenset("adequacy glossary length markup names negation numbers untranslated".split())


class Pair(NamedTuple):
    """A string and what it translates here."""

    target: str
    source: str


def _replace(text: str, other: str, seed: random.Random) -> str | None:
    return other or None


def _cut(text: str, other: str, seed: random.Random) -> str | None:
    return cut(text, seed, 0.3, 0.5, plainly=True)


def _add_behind(text: str, other: str, seed: random.Random) -> str | None:
    return f"{text.rstrip('.')}. {other}" if other else None


def _deny(text: str, other: str, seed: random.Random) -> str | None:
    options = [] if list_affirmed(text, plainly=False) else list_negated(text, seed)
    return seed.choice(options).text if options else None


def _affirm(text: str, other: str, seed: random.Random) -> str | None:
    options = list_affirmed(text)
    return options[0].text if len(options) == 1 else None


def _change_figure(text: str, other: str, seed: random.Random) -> str | None:
    changed = change_figure(text, seed)
    return changed and changed.text


FAULTS: Final[dict[str, Callable[[str, str, random.Random], str | None]]] = {
    "a neighbour's translation": _replace,
    "cut to half or less": _cut,
    "a neighbour's behind it": _add_behind,
    "`not` put in": _deny,
    "`not` taken out": _affirm,
    "another figure": _change_figure,
}
"""Each spoils a string, given another one and chance; None where it cannot."""


def read_catalogue(path: Path) -> list[Pair]:
    """Return the strings of a compiled catalogue that differ from what they translate; none where it is damaged."""
    try:
        with path.open("rb") as file:
            strings: dict[object, object] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    except (OSError, ValueError, struct.error):
        return []
    return [
        Pair(english, other)
        for english, other in strings.items()
        if isinstance(english, str) and isinstance(other, str) and english and other and english != other
        if "\x04" not in english and len(english) <= _LONGEST
    ]


def read_languages(folder: Path, strings: int, seed: random.Random) -> Iterator[tuple[str, str, list[Pair]]]:
    """Yield language, name and pairs of catalogues until *strings* of each language that the model knows are read."""
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*/LC_MESSAGES/*.mo")):
        paths[path.parent.parent.name.partition("@")[0].partition("_")[0]].append(path)
    for language in sorted(LANGUAGES & paths.keys()):
        seed.shuffle(paths[language])
        read = 0
        for path in paths[language]:
            pairs = read_catalogue(path) if read < strings else []
            if pairs:
                first = seed.randrange(max(1, len(pairs) - IN_A_ROW))
                yield language, path.stem, pairs[first : first + IN_A_ROW]
                read += min(IN_A_ROW, len(pairs))


def check(pairs: Sequence[Pair], language: str) -> tuple[Finding, ...]:
    """Return what is said of *pairs* as strings of an interface."""
    sources = [pair.source for pair in pairs]
    options = {"source_language": language, "profile": "ui"}
    return api.check_segments([pair.target for pair in pairs], None, sources, **options).findings  # type: ignore[arg-type]


def _may_be_spoilt(text: str) -> bool:
    return "\n" not in text.strip() and _FEWEST_WORDS <= count([text]) <= _MOST_WORDS


def plant(pairs: Sequence[Pair], seed: random.Random) -> tuple[list[Pair], dict[int, str]]:
    """Return *pairs* with faults in half of the strings that may have one, and the fault of each."""
    spoilt, kinds = list(pairs), {}
    for place, (text, source) in enumerate(pairs):
        if not _may_be_spoilt(text) or seed.random() < 0.5:
            continue
        near = [pair.target for pair in pairs[max(0, place - _NEAR) : place + _NEAR + 1] if _may_be_spoilt(pair.target)]
        others = [other for other in near if other != text]
        kind = seed.choice(list(FAULTS))
        changed = FAULTS[kind](text, seed.choice(others) if others else "", seed)
        if changed is not None and changed != text:
            spoilt[place], kinds[place] = Pair(changed, source), kind
    return spoilt, kinds


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is said of true pairs, and the share of each fault that is seen."""
    parser = argparse.ArgumentParser(
        "python -m stilted.lab.benches.catalogues", description="Measure catalogues of installed programs."
    )
    parser.add_argument("folder", type=Path, nargs="?", default=Path("/usr/share/locale"), metavar="DIR")
    parser.add_argument("--strings", type=int, default=1000, metavar="N", help="of each language (1000)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which ones (1)")
    parser.add_argument("--show", default="", metavar="RULE", help="print the findings of a rule or family")
    given = parser.parse_args(arguments)
    seed = random.Random(given.seed)
    rules: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    planted: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    strings: Counter[str] = Counter()
    for language, name, pairs in read_languages(given.folder, given.strings, seed):
        strings[language] += len(pairs)
        for finding in check(pairs, language):
            rules[finding.rule] += 1
            severities[finding.severity] += 1
            if is_shown(finding, given.show):
                target, source = pairs[finding.segment]
                shown[finding.rule].append(f"{language} {name}: {quote(target, finding)!r} | {source!r}")
        spoilt, kinds = plant(pairs, seed)
        marked = {each.segment for each in check(spoilt, language) if get_family(each.rule) in _READ_THE_SOURCE}
        for place, kind in kinds.items():
            planted[kind, language] += 1
            seen[kind, language] += place in marked
    if not strings:
        print(f"{given.folder} holds no catalogues (LANGUAGE/LC_MESSAGES/NAME.mo) of {', '.join(sorted(LANGUAGES))}.")
        return 1
    _print(strings, rules, severities, planted, seen)
    print_shown(shown)
    return 0


def _print(
    strings: Counter[str],
    rules: Counter[str],
    severities: Counter[str],
    planted: Counter[tuple[str, str]],
    seen: Counter[tuple[str, str]],
) -> None:
    number = strings.total()
    print(f"{number:,} true pairs: {rules.total()} findings, {1000 * rules.total() / number:.1f} for each 1,000;")
    print(f"{severities['critical']} critical, {severities['major']} major")
    for rule, times in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {rule:40}{times:6}")
    print(f"\n{'seen':28}{'':>14}" + "".join(f"{language:>6}" for language in sorted(strings)))
    for kind in FAULTS:
        all_of, all_seen = (sum(counts[kind, each] for each in strings) for counts in (planted, seen))
        shares = (f"{seen[kind, each] / max(1, planted[kind, each]):6.0%}" for each in sorted(strings))
        print(f"{kind:28}{all_seen:>5} of {all_of:<5}" + "".join(shares))


if __name__ == "__main__":
    raise SystemExit(main())
