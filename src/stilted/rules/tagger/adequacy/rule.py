"""The rules that read the source: what a translation leaves out, adds, contradicts, or whether all of it is else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from stilted.core.bounded import remember
from stilted.core.foreign import OBJECT
from stilted.core.model import Document, Hit, Segment, Span, Stretch
from stilted.core.profiles import is_technical
from stilted.rules.tagger.adequacy import model_files
from stilted.rules.tagger.adequacy.beside import OTHER_MARKS, weigh_beside
from stilted.rules.tagger.adequacy.decide import PROSE, TECHNICAL, Verdict, decide_faults, may_contradict
from stilted.rules.tagger.adequacy.inference import OMISSION, UNRELATED, PairReading, infer
from stilted.rules.tagger.adequacy.lengths import (
    LEAST_SOURCE_OF_SHORT,
    LEAST_WORDS,
    count_source_words,
    count_spoken_words,
)
from stilted.rules.tagger.inference import read_side_by_side
from stilted.text.language import detect

LANGUAGES: Final = frozenset({"de", "es", "fr", "it", "ja", "ko", "pt", "ru", "zh"})
"""The source languages that the model was trained on."""

LEAST_SOURCE_OF_SURE_PART: Final = 4
LEAST_LOGIT_OF_SHORT: Final = 6.0
"""How sure the model must be that one to three words are a part of a source of four. Of strings that are rightly as
short, in catalogues that it was not trained on, 2 of 1,000 reach that."""

LEAST_LOGIT_OF_OTHER: Final = 3.5
"""How sure it must be that one to three words with other marks translate another text: of 5,312 right ones in such
catalogues one reaches that, and 62% of what stands beside a neighbour's source."""

LEAST_LETTERS: Final = 2
"""Letters of a source; one alone stands for a text that nobody has."""

_SENTENCE: Final = 12
"""Words of a segment of prose, on average; strings of an interface have fewer."""

LEAST_CERTAIN_WORDS: Final = 6
"""Shorter ones are never critical: labels are named anew as often as they are translated."""

LEAST_SOURCE_WORDS: Final[Mapping[str, int]] = {"addition": 3, "unrelated": 4}
"""Fewest words of a source to which a string may be said to add something, and of one of which any translation may be
said to be of another text: a shorter label is rightly put as a sentence."""

LEAST_CERTAIN_SOURCE_WORDS: Final = 8
"""A translation of a shorter source is never critical."""

_QUOTED: Final = 90
_SAMPLE: Final = 40
_NAME: Final = re.compile(r"[A-Za-z]\w+", re.ASCII)

_OTHER_LETTERS: Final = re.compile("[іїєґІЇЄҐłŁąężśćńźěščřžůåÅğĞşŞıőűățđơư]")
"""Letters of Ukrainian, Polish, Czech, Swedish, Turkish and others that none of the nine languages has."""


def make_finder(sensitivity: str) -> Callable[[Document], Iterator[Hit]]:
    """Return the finder of all adequacy rules at an operating point: low, medium or high."""

    def find(document: Document) -> Iterator[Hit]:
        model_files.FILES.require()
        long = [place for place, segment in enumerate(document.segments) if is_readable(segment)]
        kind = _choose_kind(document, long)
        short = [place for place, segment in enumerate(document.segments) if is_short_but_readable(document, segment)]
        places = sorted([*long, *short])
        if not (places or document.stretches) or not _knows_language(document):
            return
        tuned = model_files.FILES.read_card()["decoding"][kind]
        put_otherwise = kind == PROSE or sensitivity == "high"  # manuals are put otherwise more often than wrongly
        is_manual = is_technical(document.format, document.name) and sensitivity != "high"
        readings = read_side_by_side(_read_pair, [document.segments[place] for place in places])
        denial_counts = any(may_contradict(each, tuned, sensitivity, kind) for each in readings if each is not None)
        language = _find_language(document) if denial_counts else None
        surely_paired = document.target is None
        for place, reading in zip(places, readings, strict=True):
            if reading is not None:
                for verdict in decide_faults(
                    reading, tuned, sensitivity, language, kind=kind, put_otherwise=put_otherwise
                ):
                    alone = surely_paired or stands_alone(document, document.segments[place])
                    if is_manual and not _is_sure_enough(verdict, surely_paired=surely_paired):
                        continue
                    if _is_believed(reading, verdict, surely_paired=surely_paired, alone=alone):
                        yield _make_hit(
                            place,
                            replace(verdict, certain=verdict.certain and not is_manual),
                            reading.target,
                            reading.source,
                            surely_paired=surely_paired,
                        )
        for stretch in document.stretches:  # of what seems added there, half is said by the sentence next door
            yield from _read_stretch(document, stretch, tuned, sensitivity)

    return find


def _read_stretch(document: Document, stretch: Stretch, tuned: Mapping[str, Any], sensitivity: str) -> Iterator[Hit]:
    """Yield what is left out or added in sentences that are paired with the source together."""
    texts = [segment.target or "" for segment in document.segments[stretch.first : stretch.last]]
    joined = " ".join(texts)
    reading = infer(joined, stretch.source) if count_spoken_words(joined) >= LEAST_WORDS else None
    if reading is None:
        return
    for verdict in decide_faults(reading, tuned, sensitivity):
        if verdict.certain and verdict.fault in (_DETAILS if sensitivity == "high" else _LEFT_OUT):
            start = 0
            for place, text in enumerate(texts, stretch.first):
                first, last = max(verdict.span.start, start), min(verdict.span.end, start + len(text))
                if first < last:
                    span = Span(first - start, last - start)
                    yield _make_hit(place, replace(verdict, span=span), text, stretch.source, surely_paired=False)
                    break
                start += len(text) + 1


_LEFT_OUT: Final = frozenset({"omission"})
_DETAILS: Final = frozenset({"omission", "addition"})
"""What is said of several sentences together: by default, and at high sensitivity."""


def _choose_kind(document: Document, places: Sequence[int]) -> str:
    """Return the kind of text: prose has whole sentences, and no format of documentation or interfaces."""
    if is_technical(document.format, document.name) or not places:
        return TECHNICAL
    words = sum(count_spoken_words(document.segments[place].target or "") for place in places)
    return PROSE if words >= _SENTENCE * len(places) else TECHNICAL


def _read_pair(segment: Segment) -> PairReading | None:
    target, source = segment.target or "", segment.source or ""
    if segment.target_span is None:  # a string of a program
        target, source = (_ESCAPED.sub("  ", text) for text in (target, source))
    return infer(target, source)


_ESCAPED: Final = re.compile(r"\\[nrt]")
"""A break as the string of a program spells it; what is glued to it is a word, and places stay."""


def _knows_language(document: Document) -> bool:
    """Tell whether the source is in a language the model knows: declared, or not visibly another."""
    if document.source_language:
        return document.source_language in LANGUAGES
    return _is_known_language(_take_sample(document))


@remember(50_000)
def _is_known_language(sample: str) -> bool:
    """Tell whether sources are not visibly in another language; kept, as an editor asks with every key."""
    return not _OTHER_LETTERS.search(sample) and detect(sample) in {*LANGUAGES, None}


def _find_language(document: Document) -> str | None:
    """Return the language of the source: declared, or what it looks like; telling takes longer than most rules do."""
    return document.source_language or _guess_language(_take_sample(document))


@remember(50_000)
def _guess_language(sample: str) -> str | None:
    return detect(sample, sorted(LANGUAGES))


def _take_sample(document: Document) -> str:
    return "\n".join([s.source for s in document.segments if s.source][:_SAMPLE])


_BETWEEN_FORMS: Final = " | "


def is_readable(segment: Segment) -> bool:
    """Tell whether a segment has a source in words, is no copy of it, and is long enough to be compared with it."""
    return _is_comparable(segment) and count_spoken_words(segment.target or "") >= LEAST_WORDS


def is_short_but_readable(document: Document, segment: Segment) -> bool:
    """Tell whether a string that somebody paired is too short to be compared, but not so its source."""
    if document.target is not None or not _is_comparable(segment):
        return False
    target, source = segment.target or "", segment.source or ""
    if not 0 < count_spoken_words(target) < LEAST_WORDS:
        return False
    if count_source_words(source) < min(LEAST_SOURCE_OF_SHORT.values()):
        return False
    words = set(target.split())
    if len(words) > _MOST_OF_SHORT:
        return False  # code with a word or two
    return not all(word in source for word in words)  # or else the source has the name, and says what it stands for


_MOST_OF_SHORT: Final = 20
_SPELT_BY_NUMBER: Final = re.compile(r"\\u[0-9A-Fa-f]{4}")


def _is_comparable(segment: Segment) -> bool:
    if not (segment.target and segment.source and sum(map(str.isalpha, segment.source)) >= LEAST_LETTERS):
        return False
    if _SPELT_BY_NUMBER.search(segment.source):
        return False  # a file whose escapes were not read
    if _BETWEEN_FORMS in segment.target and _BETWEEN_FORMS not in segment.source:
        return False  # forms for several counts, of which the source has one
    return segment.target.strip() != segment.source.strip()


def _is_sure_enough(verdict: Verdict, *, surely_paired: bool) -> bool:
    """Tell whether a string that is said to translate something else, or more, may, in a manual or an interface.

    Of 30 such reports on pages and strings of real projects that were read, 20 were of a text put freely: all but one
    of those on pages, and those of strings of which the model was least sure.
    Of five reports of additions to strings that were the least sure none was true.
    """
    if verdict.fault == "addition":
        return verdict.confidence >= _SURE_OF_ADDITION
    return verdict.fault != "unrelated" or (surely_paired and verdict.confidence >= _SURE_OF_OTHER)


_SURE_OF_OTHER: Final = 0.8
_SURE_OF_ADDITION: Final = 0.85


def _is_believed(reading: PairReading, verdict: Verdict, *, surely_paired: bool, alone: bool) -> bool:
    """Tell whether nothing speaks against it.

    Pages are paired by likeness, so that the next sentence of a paragraph may say what this one seems to add, and who
    names the same things translates.
    """
    if count_spoken_words(reading.target) < LEAST_WORDS:
        return _is_believed_of_short(reading, verdict)
    if verdict.fault == "omission" and (_is_said(verdict.quote, reading.target) or _is_held_by_source(reading)):
        return False
    if verdict.fault not in _SURE_ON_PAGES:
        return True
    if not (surely_paired or (verdict.certain and alone)):
        return False
    may_be_label = surely_paired or verdict.fault == "unrelated"
    if may_be_label and count_source_words(reading.source) < LEAST_SOURCE_WORDS[verdict.fault]:
        return False
    if verdict.fault == "addition" and (_holds_its_source(reading) or _is_in_source(verdict, reading)):
        return False
    return verdict.fault != "unrelated" or not names_the_same(reading.target, reading.source)


def _is_believed_of_short(reading: PairReading, verdict: Verdict) -> bool:
    """Tell whether what is said of a translation of one to three words is sure enough."""
    if count_source_words(reading.source) < LEAST_SOURCE_OF_SHORT.get(verdict.fault, _NEVER):
        return False
    if verdict.fault == "contradiction":
        return verdict.by_words
    belief = weigh_beside(verdict.fault, reading.target, reading.source)
    if verdict.fault == "unrelated":
        return belief is OTHER_MARKS and reading.faults[UNRELATED] >= LEAST_LOGIT_OF_OTHER
    is_long = count_source_words(reading.source) >= LEAST_SOURCE_OF_SURE_PART
    is_sure = belief is not None or (is_long and reading.faults[OMISSION] >= LEAST_LOGIT_OF_SHORT)
    return is_sure and not _is_said(verdict.quote, reading.target)


_NEVER: Final = 1_000_000


def _is_said(quote: str, target: str) -> bool:
    """Tell whether what seems missing is a name that the translation has without its brackets."""
    name = quote.rstrip("()").casefold()
    return name.isascii() and name.isidentifier() and name in target.casefold()


def _holds_its_source(reading: PairReading) -> bool:
    """Tell whether the source stands in the translation as it is: a heading in both languages adds nothing."""
    return reading.source.strip(" .:。：") in reading.target


def _is_held_by_source(reading: PairReading) -> bool:
    """Tell whether the translation stands in the source as it is: a page in two languages says everything twice."""
    return reading.target.strip(" .:").replace(OBJECT, "") in reading.source.replace(OBJECT, "")


def _is_in_source(verdict: Verdict, reading: PairReading) -> bool:
    """Tell whether the source has most words that seem added: markup that was torn, or names."""
    words = _WORD.findall(verdict.span.of(reading.target))
    source = reading.source.casefold()
    return bool(words) and sum(word.casefold() in source for word in words) >= _MOST_IN_SOURCE * len(words)


_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MOST_IN_SOURCE: Final = 0.6


def stands_alone(document: Document, segment: Segment) -> bool:
    """Tell whether a segment of a page is a block of its own: a title, an item, a paragraph of one sentence."""
    text, span = document.target, segment.target_span
    if text is None or span is None:
        return True
    before, after = (
        text[max(0, span.start - _MARGIN) : span.start].rstrip(" \t"),
        text[span.end : span.end + _MARGIN].lstrip(" \t"),
    )
    return before[-1:] in ("", "\n") and after[:1] in ("", "\n")


_MARGIN: Final = 8
_SURE_ON_PAGES: Final = frozenset({"addition", "unrelated"})


_IN_BACKTICKS: Final = re.compile(r"`([^`\n]{2,40})`")


def names_the_same(target: str, source: str) -> bool:
    """Tell whether both sides hold the same identifier or function, or two of the same names, or of pieces of code.

    One name alone is no sign: that of a product stands in many of its strings.
    """
    here, there = (
        frozenset(name.casefold() for name in _NAME.findall(text) if _is_identifier(name)) for text in (target, source)
    )
    shared = (here & there) | {code for code in _IN_BACKTICKS.findall(target) if code in source}
    if any(_is_called(name, target) or _is_called(name, source) for name in here & there):
        return True
    return len(shared) > 1 or any("_" in name for name in shared)


def _is_called(name: str, text: str) -> bool:
    """Tell whether a name stands before brackets, as that of a function does."""
    return f"{name}()" in text.casefold()


def _is_identifier(name: str) -> bool:
    """Tell whether a word is written alike in every language: an identifier or an abbreviation."""
    return "_" in name.rstrip("_") or any(letter.isupper() for letter in name[1:])


_LEAST_OF_CRITICAL: Final = 0.97
"""None of 109,096 true pairs, catalogues and pages, was called critical (docs/evaluation.md, docs/architecture.md). The
curve of prose knows some hundred pairs, and would say 0.74."""


def _make_hit(place: int, verdict: Verdict, target: str, source: str, *, surely_paired: bool) -> Hit:
    """Return what is reported; only strings that somebody paired can be critical, or major.

    Pages are paired by likeness, translated freely, and often of another age than their source: a report there is
    for a person to look at. In manuals and interfaces nothing is certain: those strings were put freely, too.
    """
    is_long = (
        count_spoken_words(target) >= LEAST_CERTAIN_WORDS and count_source_words(source) >= LEAST_CERTAIN_SOURCE_WORDS
    )
    is_critical = verdict.fault == "unrelated" and verdict.certain and surely_paired and is_long
    return Hit(
        rule=f"adequacy/{verdict.fault}",
        segment=place,
        span=verdict.span,
        message=_MESSAGES[verdict.fault][bool(verdict.quote)].format(
            _shorten(verdict.quote), word=verdict.span.of(target)
        ),
        confidence=max(verdict.confidence, _LEAST_OF_CRITICAL) if is_critical else verdict.confidence,
        severity="critical" if is_critical else "major" if surely_paired else "minor",
    )


_MESSAGES: Final = {
    "omission": (
        "Something of the source is missing here.",
        "The source also says “{}”; that seems to be missing, about where “{word}” stands.",
    ),
    "addition": ("Nothing in the source says this.", "The source does not seem to say this; it says: “{}”."),
    "unrelated": ("The source says something else.", "This seems to translate another text; the source says: “{}”."),
    "contradiction": ("The source says the opposite.", "The source does not seem to say so; it says: “{}”."),
}


def _shorten(text: str) -> str:
    flat = " ".join(text.replace(OBJECT, "…").split())
    return flat if len(flat) <= _QUOTED else flat[: _QUOTED - 1].rstrip() + "…"
