"""Blanks where English has none, before a mark, and none where it has one, behind a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Finding, Hit, Rule, Segment, SegmentFinder, Span

_SPACE_BEFORE: Final = re.compile(r"(?<=[^\W\d_])[ \u00a0\u202f]{1,3}[.,;!?](?=\s|$|[\"”’)])")
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]{1,24}$")
_LEADS_ON: Final = frozenset(
    "the a an and or nor by with of for to from using use uses used like as than symbol symbols character characters"
    " sign signs mark marks operator operators separator delimiter comma semicolon period dot press type cd ls"
    " cat key keys".split()
)
"""Words that no mark follows: what comes then is a mark spoken of, or the folder at hand."""
_SPOKEN_OF: Final = re.compile(
    r"\s+(?:operator|sign|symbol|character|mark|key|button|wildcard|prefix|suffix)s?\b", re.I
)
_ANOTHER_MARK: Final = re.compile(r"\s{0,3}(?:(?:and|or|und|to|,)\s{1,3})?[^\w\s\"“”‘’'(\[{<￼*_`-](?:\s|$)")
_CODE: Final = re.compile(r"[{}]|=>|->|&&|\|\||==|[^\s:]\s:\s|</|;\s*$")
_COMMAND: Final = re.compile(
    r"\s*(?:\$ |>>> |#!|(?:git|npm|npx|pip|docker|cd|cargo|go|make|yarn|pnpm|sudo|python|node)\s)"
)
_DOTTED_PAIR: Final = re.compile(r"\([^()\n]{1,60}\s\.\Z")
"""A pair of Lisp up to its dot: (lamp . 5)."""
_PAIR_REACH: Final = 64
_ALONE: Final = re.compile(r"\W{0,4}[A-Za-z]")
_FIRST_LETTER: Final = re.compile(r"[\s\"“”’)]{0,4}([^\W\d_])?")

_STARTERS: Final = (
    "The|It|He|She|This|That|These|Those|In|We|They|But|And|However|If|You|When|There|For|As|At|On|After|According|Since"
    "|While|Our|His|Her|Its|My|Your|Their|So|Then|Or|Also|Please|Note|Here|Such|All|Each|Any|Some|Both|Most|Many|Now"
    "|Thus|Therefore|Because|Although|Though|Until|Unless|Before|By|From|With|Without|Of|An|What|Which|Who|Why|How"
    "|Where|Once|Finally|First|Second|Next|Otherwise|Moreover|Furthermore|Besides|Meanwhile|Only|Even|Just|Not|No"
)
_STOP: Final = re.compile(
    rf"(?<=[a-z]{{2}})[.!?;,](?=(?:{_STARTERS})(?:[ ,’']|$))|(?<=[a-z]{{2}})[!?;](?=[A-Z][a-z]+[ ,.])"
)
_STOP_AFTER_SIGN: Final = re.compile(rf"(?<=[\d)\]”%])[.;](?=(?:{_STARTERS}) [a-z])")
_COMMA: Final = re.compile(r"(?<=[a-z]{2}),(?=[a-z]{2,}(?:\s|$))")
_TOUCHED: Final = re.compile(r"[.,;!?][A-Za-z]")
"""What every mark is that is looked for below; most texts have none."""
_RUN: Final = re.compile(r"\S+")
_NO_PROSE: Final = re.compile(r"[=/\\{}<>|@#$%&*_~^`+]")


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text:
            continue
        for match in _SPACE_BEFORE.finditer(text):
            if not _is_spoken_of(text, match) and not _is_code(text, match):
                span = Span(match.start(), match.end())
                yield Hit("mechanics/space-before-punctuation", number, span, suggestions=(match.group().strip(),))
        for span in _find_missing(text):
            yield Hit("mechanics/no-space-after-punctuation", number, span, suggestions=(span.of(text) + " ",))


def _is_spoken_of(text: str, match: re.Match[str]) -> bool:
    """Tell whether the mark is a thing the sentence names: "separated by , or ;", "the ! operator"."""
    word = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    before = word.group().lower() if word else ""
    is_key = len(before) == 1 and before != "i"
    if is_key and (text.startswith(" (", match.end()) or _ALONE.fullmatch(text, 0, match.start())):
        return True  # keys of an index: m ! (Folder)
    if before in _LEADS_ON or _SPOKEN_OF.match(text, match.end()):
        return True
    mark = match.group()[-1]
    if mark in ";" and text[match.end() : match.end() + 1] == ")":  # a wink
        return True
    return mark in ",;.!?" and _ANOTHER_MARK.match(text, match.end()) is not None


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Tell whether the mark is an operator, a path or a label rather than the end of a clause."""
    mark = match.group()[-1]
    if mark == ",":
        return False
    if mark == "." and _DOTTED_PAIR.search(text, max(0, match.start() - _PAIR_REACH), match.end()):
        return True
    if _CODE.search(text) or _COMMAND.match(text):
        return True
    following = _FIRST_LETTER.match(text, match.end())
    letter = following.group(1) if following else None
    at_end = following is not None and following.end() == len(text)
    return not (at_end or (letter is not None and letter.isupper()) or mark == ";")


def _find_missing(text: str) -> Iterator[Span]:
    """Yield marks that a word touches, where neither an identifier nor a list without blanks explains it."""
    if not _TOUCHED.search(text):
        return
    for match in _RUN.finditer(text):
        run = match.group()
        if len(run) < 4 or run.count(",") > 1 or not _TOUCHED.search(run):
            continue
        marks = [*_STOP.finditer(run), *_STOP_AFTER_SIGN.finditer(text, match.start(), match.end() + 2)]
        for mark in marks:
            at = mark.start() + (match.start() if mark.string is run else 0)
            if _is_prose(text, run, at - match.start()) and _is_clause(text, match.start(), match.end(), at):
                yield Span(at, at + 1)
        comma = _COMMA.search(run)
        if comma and not _NO_PROSE.search(run):
            yield Span(match.start() + comma.start(), match.start() + comma.end())


def _is_prose(text: str, run: str, at: int) -> bool:
    """Tell whether what touches the mark is two words, and no address, path or chain of names."""
    rest = run[at + 1 :].rstrip('.,;:!?)"”’')
    return not _NO_PROSE.search(run) and "." not in rest and "(" not in rest and run[:at].count(".") == 0


def _is_clause(text: str, start: int, end: int, at: int) -> bool:
    """Tell whether words go before and after, as around the end of a sentence; at a name alone they need not."""
    if text[at] in "!?;":
        return True
    return text[:start].strip() != "" and end < len(text) and text[end] in " \u00a0\n"


_SPEAKS_OF_MARKS: Final = frozenset(
    "a an and are as between by character characters comma commas contain contains delimiter delimiters e.g. for from"
    " include includes is keyword like mark marks of operator operators or phrase semicolon separator separators sign"
    " signs symbol symbols the to use used uses using via with without word words".split()
)
"""Words before a mark that stands for itself: "separated by , or ;"."""

_LONE_MARK_AFTER: Final = re.compile(r"\s*(?:(?:and|or|to)\s+)?[\"“‘'(]?[^\w\s\"“”‘’'()]{1,3}(?=[\s\"”’').,;]|$)")
_LONE_MARK_BEFORE: Final = re.compile(r"(?:^|[\s(\"“‘'])[^\w\s]{1,3}[\"”’')]?\s+(?:and|or|to)$")
_MARK: Final = ".,;:!?…。，、：；！？"


def _is_no_list_of_marks(segment: Segment, finding: Finding) -> bool:
    """Tell whether a mark is punctuation, and not one of several that the sentence speaks of."""
    text = segment.target or ""
    start, end = finding.segment_start, finding.segment_end
    words = text[:start].split()
    last = words[-1].lower() if words else ""
    return not (
        last in _SPEAKS_OF_MARKS
        or _LONE_MARK_BEFORE.search(text[max(0, start - 40) : start])
        or (text[:start].rstrip()[-1:] or ".") in _MARK
        or text[end : end + 1] in ("(", ")")  # a face
        or _LONE_MARK_AFTER.match(text, end)
    )


def _is_between_two_words(segment: Segment, finding: Finding) -> bool:
    """Tell whether a mark stands between two words alone: what holds several is a list or a name of something else."""
    text = segment.target or ""
    start, end = finding.segment_start, finding.segment_end
    before, after = text[:start].split(" ")[-1], text[end:].split(" ")[0].rstrip(".,;:!?)")
    sentence = finding.text == "," and after[:1].isupper()  # then a comma is not what is wanted
    return before.lstrip("(").isalpha() and after.isalpha() and len(before) > 1 and not sentence


RULES = (
    Rule(
        id="mechanics/space-before-punctuation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="English sets no space before this mark.",
        why="A space left over from the source or from joining pieces of machine output.",
        find=_find,
        bad=(
            Example.of("It is late<v> ,</v> so we go<v> .</v>", "It is late, so we go."),
            Example.of("Who called<v> ?</v>", "Who called?"),
        ),
        good=(
            Example.of("Wait … and see. The .NET runtime costs 5 , or so they say ... "),
            Example.of("Fields are separated by , or ; and the ! operator negates. Names cannot be . or .. here."),
            Example.of("It was great fun ;) I say. The command is bound to the key . by default."),
        ),
        confidence=0.8,
        safe_fix=True,
        fix_guard=_is_no_list_of_marks,
    ),
    Rule(
        id="mechanics/no-space-after-punctuation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="A space is missing after this mark.",
        why="Chinese and Japanese set no space after a stop, and machine output keeps it that way.",
        find=_find,
        bad=(
            Example.of("The car is fast<v>.</v>It is also quiet.", "The car is fast. It is also quiet."),
            Example.of("It is red<v>,</v>green and blue.", "It is red, green and blue."),
            Example.of(
                "Send it to the client<v>.</v>And if it fails, wait.", "Send it to the client. And if it fails, wait."
            ),
        ),
        good=(
            Example.of("Node.js and example.com run v2.0.1, i.e. the U.S. build, at 1,000 rpm."),
            Example.of("Call client.Connect or strings.Builder to read txt,json,xml files of Foo.And.Bar."),
        ),
        confidence=0.8,
        safe_fix=True,
        fix_guard=_is_between_two_words,
    ),
)
