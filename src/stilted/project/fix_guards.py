"""Where a fix is left to a person, though its rule vouches for it: nobody looks at what `stilted fix` changes.

A rule is right about prose. In a line that holds code, in what is quoted, and where words and marks are spoken of, what
looks like a slip may be what is meant; so nothing is changed there, whatever the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from stilted.core.model import Finding, Report, Segment, Span

_AS_WRITTEN: Final = frozenset({"text", "markdown"})
"""Formats whose lines stand in the file as a person reads them; in others a line is that of the unit."""

_CODE: Final = re.compile(
    r"[`{}<>\\$|=@\ufffc]"
    r"|\w\(\)|\w_\w|::|://|\]\(|!\[|&&|%[\w(]|#\w"
    r"|(?<![\w-])--?[a-z]"  # flags
    r"|(?<![\w.])[.~]{0,2}/\w|(?<![\w.])\.\w|\w\.[a-z]"  # paths, .NET, names of files and hosts
    r"|:[a-z][\w+-]*:"  # roles and emoji
    r"|\d(?:px|em|rem|pt|vh|vw|ms|fr)\b|(?:^|\s)[a-z-]+:[^\S\n]*[^\s;]+(?:[^\S\n][^\s;]+){0,3}[^\S\n]*;"  # CSS
    r"|\b(?:AND|OR|NOT|NEAR)\b"  # what is searched for
    r"|^(?:\t| {4})"
    r"|^ {0,3}#{1,6}\s",  # headings: links lead to what they say
    re.MULTILINE,
)
_LONGEST: Final = 10_000
"""Characters of a line, beyond which nobody wrote it for people, and looking at it for every finding takes long."""
_EAST_ASIAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A line with such letters speaks of the language that it was translated from, and its marks may be meant."""

_QUOTES: Final = "mechanics/foreign-quotes"
_OPENING: Final = "\"“„‘'«"
_CLOSING: Final = "\"”’'»"
_OPENS: Final = re.compile(r"(?<!\w)[\"“„‘'«](?=\S)")
_CLOSES: Final = re.compile(r"(?<=\S)[\"”’'»](?!\w)")

_FUNCTION_WORDS: Final = frozenset(
    "the a an of to and or with for from by at as be was were are have will would its their this these it he she they"
    " we you into than but if not his our my your".split()
)
_SPOKEN_OF: Final = frozenset(
    "a an and are as between by character characters comma commas contain contains delimiter delimiters e.g. for from"
    " include includes is keyword like mark marks of operator operators or phrase semicolon separator separators sign"
    " signs symbol symbols the to use used uses using via with without word words".split()
)
"""Words before a mark that stands for itself: "separated by , or ;"."""

_NAMES_OF_WORDS: Final = frozenset("article articles keyword keywords phrase word words".split())

_LONE_MARK_AFTER: Final = re.compile(r"\s*(?:(?:and|or|to)\s+)?[\"“‘'(]?[^\w\s\"“”‘’'()]{1,3}(?=[\s\"”’').,;]|$)")
_LONE_MARK_BEFORE: Final = re.compile(r"(?:^|[\s(\"“‘'])[^\w\s]{1,3}[\"”’')]?\s+(?:and|or|to)$")
_MARK: Final = ".,;:!?…。，、：；！？"
_ANY_WORD: Final = re.compile(r"[^\W\d_]+")


def is_vouched_for(report: Report, finding: Finding, place: Span) -> bool:
    """Tell whether the fix of *finding*, which stands at *place* in its file, needs no second look."""
    segment = report.document.segments[finding.segment]
    text = segment.target
    if text is None:
        return False
    line = _line(report, text, finding, place)
    if len(line) > _LONGEST or _CODE.search(line) or _EAST_ASIAN.search(line):
        return False
    if finding.rule != _QUOTES and _is_quoted(text, finding):
        return False
    guard = _GUARDS.get(finding.rule)
    return guard is None or guard(segment, text, finding)


def _line(report: Report, text: str, finding: Finding, place: Span) -> str:
    """Return the line of the file, or of the unit, that the finding stands in."""
    start, end = finding.segment_start, finding.segment_end
    if report.document.format in _AS_WRITTEN:
        text, start, end = report.document.origin or "", place.start, place.end
    last = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : len(text) if last < 0 else last]


def _is_quoted(text: str, finding: Finding) -> bool:
    """Tell whether the words are somebody else's, or spoken of: within quotation marks, or next to one."""
    start, end = finding.segment_start, finding.segment_end
    if text[max(0, start - 1) : start] in tuple(_OPENING) or text[end : end + 1] in tuple(_CLOSING):
        return True
    first = max(0, start - _REACH)
    opened = max((found.start() for found in _OPENS.finditer(text, first, start)), default=-1)
    closed = max((found.start() for found in _CLOSES.finditer(text, first, start)), default=-1)
    return opened > closed and _CLOSES.search(text, end, end + _REACH) is not None


_REACH: Final = 400
"""Characters within which a quotation is looked for."""


def _is_doubled_by_mistake(segment: Segment, text: str, finding: Finding) -> bool:
    """Tell whether a function word stands twice in the same letters, where nobody else has doubled it."""
    first, _, second = finding.text.partition(" ")
    if first != second or first not in _FUNCTION_WORDS or _word_before(text, finding) in _NAMES_OF_WORDS:
        return False
    return not any(map(_doubles, (segment.reference, segment.source)))


def _doubles(text: str | None) -> bool:
    """Tell whether any word stands twice in a row; in another language, it may be another word."""
    return any(one == two for one, two in pairwise(found[0].casefold() for found in _ANY_WORD.finditer(text or "")))


def _word_before(text: str, finding: Finding) -> str:
    before = text[: finding.segment_start].split()
    return before[-1].lower().strip("(“\"'") if before else ""


def _is_no_list_of_marks(segment: Segment, text: str, finding: Finding) -> bool:
    """Tell whether a mark is punctuation, and not one of several that the sentence speaks of."""
    start, end = finding.segment_start, finding.segment_end
    words = text[:start].split()
    last = words[-1].lower() if words else ""
    return not (
        last in _SPOKEN_OF
        or _LONE_MARK_BEFORE.search(text[max(0, start - 40) : start])
        or (text[:start].rstrip()[-1:] or ".") in _MARK
        or text[end : end + 1] in ("(", ")")  # a face
        or _LONE_MARK_AFTER.match(text, end)
    )


def _is_between_two_words(segment: Segment, text: str, finding: Finding) -> bool:
    """Tell whether a mark stands between two words alone: what holds several is a list or a name of something else."""
    start, end = finding.segment_start, finding.segment_end
    before, after = text[:start].split(" ")[-1], text[end:].split(" ")[0].rstrip(".,;:!?)")
    sentence = finding.text == "," and after[:1].isupper()  # then a comma is not what is wanted
    return before.lstrip("(").isalpha() and after.isalpha() and len(before) > 1 and not sentence


def _is_one_mark(segment: Segment, text: str, finding: Finding) -> bool:
    """Tell whether a full-width mark has words, and no other mark, on both sides."""
    before, after = text[: finding.segment_start].rstrip(), text[finding.segment_end :].lstrip()
    near = before[-1:] + after[:1]
    blank = len(before) < finding.segment_start  # then this would not be all that is wrong with it
    return bool(before) and not blank and len(finding.text) == 1 and not any(char in _MARK for char in near)


def _is_heard_so(segment: Segment, text: str, finding: Finding) -> bool:
    """Tell whether anybody would say the next word as its letters tell; short names and "u" are said in two ways."""
    words = text[finding.segment_end :].split()
    word = words[0].strip("(,.;:!?)") if words else ""
    if not word or _word_before(text, finding) == "to":  # "to a apply" lacks more than a letter
        return False
    if word.isupper():
        return word[0] in "AEIO" or not _VOWEL.search(word)
    if word[0].isdigit():
        return True
    return bool(_CLEAR_VOWEL.match(word) if finding.text.lower() == "a" else _CLEAR_CONSONANT.match(word))


_VOWEL: Final = re.compile(r"[AEIOUY]")
_CLEAR_VOWEL: Final = re.compile(r"(?:[aeio](?!ne?\b|nce\b|u)|hour|honest|honou?r)[a-z]*", re.I)
_CLEAR_CONSONANT: Final = re.compile(
    r"(?:[bcdfgjklmnprstvwz][aeiou]|[bcfgps]l|[bcdfgpt]r|ch|sh|th|wh|s[cknptwm]|tw|qu|str|spr|un[ai])[a-z]{2,}|use",
    re.I,
)


def _is_one_slip(segment: Segment, text: str, finding: Finding) -> bool:
    """Tell whether a misspelt word and what is meant begin and end alike: then one letter within it is meant."""
    word, meant = finding.text.lower(), finding.suggestions[0].lower()
    return len(finding.suggestions) == 1 and len(word) > _SHORT and word[:2] == meant[:2] and word[-1] == meant[-1]


_SHORT: Final = 6


_GUARDS: Final[Mapping[str, Callable[[Segment, str, Finding], bool]]] = {
    "grammar/article-a-an": _is_heard_so,
    "mechanics/doubled-word": _is_doubled_by_mistake,
    "mechanics/space-before-punctuation": _is_no_list_of_marks,
    "mechanics/no-space-after-punctuation": _is_between_two_words,
    "mechanics/full-width-punctuation": _is_one_mark,
    "spelling/misspelling": _is_one_slip,
}
