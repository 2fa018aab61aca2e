"""Marks of other typographies: full-width stops of Chinese and Japanese, guillemets, German and corner quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.foreign import OBJECT
from stilted.core.model import Document, Example, Finding, Hit, Rule, Segment, Span
from stilted.core.tokens import EAST_ASIAN

_FULL_WIDTH: Final = dict(
    zip("，。！？：；（）、［］｛｝％＋＝＆／～＂＇．＜＞＊＃｜－＿", ",.!?:;(),[]{}%+=&/~\"'.<>*#|-_", strict=True)
)
_FULL_WIDTH_RUN: Final = re.compile(f"[{re.escape(''.join(_FULL_WIDTH))}]{{1,12}}")
_FULL_WIDTH_ALNUM: Final = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]{1,64}")
_TO_ASCII: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS: Final = (".", ",", ":", ";", "!", "?")
_OPENS: Final = "([{<"
_CLOSES: Final = ")]}>"
_TOUCHES: Final = "-_/~*#|'\"=+"
_EASTERN: Final = re.compile(f"[{EAST_ASIAN}]")
_OTHER_SCRIPT: Final = re.compile(r"[\u0370-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff]")
_QUOTES: Final = "\"'“”‘’`「」『』"
_FOLLOWS: Final = re.compile(r"[^\W_]|[\ufffc(\[“`%$]|\"(?=\w)|:(?=[a-z][a-z:]{1,20}:`)")
"""What a blank goes before: words, code, an opening quotation mark, a role of reST."""
_AFTER_A_NUMBER: Final = ("、", "．")
_LIST_NUMBER: Final = re.compile(r"[\s*_#>-]{0,12}\d{1,3}")
"""A number at the head of an item, which Chinese parts from it by a comma of its own: “1、”."""
_SPOKEN_OF: Final = re.compile(
    r"full-?\s?width|half-?\s?width|punctuation|ideographic|[uU]\+FF"
    r"|(?:Chinese|Japanese|Korean|CJK) (?:comma|period|full stop|colon|mark|quot|bracket)",
    re.IGNORECASE,
)

_FOREIGN: Final = re.compile(
    r"«[ \u00a0\u202f]?([^«»\n|]{1,300}?)[ \u00a0\u202f]?»|(?<![\w«])»(?!\s)([^«»\n|]{1,300}?)(?<!\s)«(?![\w»])"
    r"|„([^„“”\n]{1,300}?)[“”]"
    r"|「([^「」\n]{1,300}?)」|『([^『』\n]{1,300}?)』|《([^《》\n]{1,300}?)》"
)
_NAVIGATION: Final = frozenset("previous prev back next first last older newer home more read continue".split())
_STEREOTYPE: Final = re.compile(r"[a-z]+(?:[A-Z][a-z]+)*")


def _find(document: Document) -> Iterator[Hit]:
    straight = _sets_straight_quotes(document)
    for number, segment in enumerate(document.segments):
        text = segment.target
        if not text or text.isascii():
            continue
        for span, wanted in _find_full_width(text):
            # Behind another mark, only a reader knows which of the two is meant.
            doubled = text[max(0, span.start - 1) : span.start] in _MARKS
            suggestions = () if doubled else (wanted,)
            yield Hit("mechanics/full-width-punctuation", number, span, suggestions=suggestions)
        for match in _FOREIGN.finditer(text):
            inside = next(group for group in match.groups() if group is not None)
            if not _is_meant(match.group(), inside):
                wanted = f'"{inside}"' if straight else f"“{inside}”"
                span = Span(match.start(), match.end())
                yield Hit("mechanics/foreign-quotes", number, span, suggestions=(wanted,))


def _sets_straight_quotes(document: Document) -> bool:
    """Tell whether a text that has quotation marks of English sets them straight."""
    for segment in document.segments:
        if segment.target and ('"' in segment.target or "“" in segment.target):
            return "“" not in segment.target
    return False


def _is_meant(quote: str, inside: str) -> bool:
    """Tell whether foreign marks are no slip: around foreign words, arrows of a menu, a stereotype of UML."""
    words = inside.lower().split()
    arrows = quote[0] == "«" and bool(words) and (words[0] in _NAVIGATION or words[-1] in _NAVIGATION)
    stereotype = quote[0] == "«" and _STEREOTYPE.fullmatch(inside) is not None
    return bool(_OTHER_SCRIPT.search(inside)) or arrows or stereotype or not inside.strip()


def _find_full_width(text: str) -> Iterator[tuple[Span, str]]:
    if _SPOKEN_OF.search(text):
        return
    for run in _FULL_WIDTH_RUN.finditer(text):
        before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
        quoted = before and after and ((before in _QUOTES and after in _QUOTES) or before + after in ("()", "[]"))
        if not _EASTERN.search(before + after) and not quoted:
            span = Span(run.start(), run.end())
            yield span, _translate_marks(text, span)
    for run in _FULL_WIDTH_ALNUM.finditer(text):
        if not _EASTERN.search(text[max(0, run.start() - 1) : run.start()] + text[run.end() : run.end() + 1]):
            yield Span(run.start(), run.end()), run.group().translate(_TO_ASCII)


def _translate_marks(text: str, span: Span) -> str:
    """Return the marks of English, with the blanks that go with them."""
    if _ends_list_number(text, span.start):
        return ". " if span.end < len(text) and not text[span.end].isspace() else "."
    marks = "".join(_FULL_WIDTH[c] for c in span.of(text))
    before = text[max(0, span.start - 1) : span.start]
    if marks[0] == "(" and (before.isalnum() or before == OBJECT):
        marks = f" {marks}"
    follows = _FOLLOWS.match(text, span.end) is not None
    is_decimal = (
        marks in (".", ",", ":")
        and span.of(text) != "、"
        and before.isdecimal()
        and text[span.end : span.end + 1].isdecimal()
    )
    return f"{marks} " if follows and marks[-1] not in _OPENS + _TOUCHES and not is_decimal else marks


def _ends_list_number(text: str, at: int) -> bool:
    return text[at] in _AFTER_A_NUMBER and _LIST_NUMBER.fullmatch(text, 0, at) is not None


_ANY_MARK: Final = ".,;:!?…。，、：；！？"


def _is_one_mark(segment: Segment, finding: Finding) -> bool:
    """Tell whether a full-width mark has words, and no other mark, on both sides; so must the other half of a pair."""
    text, at = segment.target or "", finding.segment_start
    if len(finding.text) != 1 or not _has_words_around(text, at) or _ends_list_number(text, at):
        return False  # "1. " makes an item of a list of what was a paragraph of a page
    if finding.text not in _PAIR:
        return True
    partner = _find_partner(text, at)
    return partner is not None and (text[partner] not in _PAIR or _has_words_around(text, partner))


def _has_words_around(text: str, at: int) -> bool:
    """Tell whether no other mark stands beside the one at a place, and no blank and not nothing before it."""
    before, after = text[max(0, at - _NEAR) : at], text[at + 1 : at + _NEAR].lstrip()
    near = before[-1:] + after[:1]
    # Behind a blank this would not be all that is wrong with it.
    return bool(before.strip()) and not before[-1:].isspace() and not any(char in _ANY_MARK for char in near)


_PAIR: Final = "（）"
_NEAR: Final = 400
"""Characters on either side among which words and the other half of a pair are looked for."""


def _find_partner(text: str, at: int) -> int | None:
    """Return where the other half of a bracket stands, plain or full-width; None where there is none."""
    step = 1 if text[at] == "（" else -1
    depth = 0
    for place in range(at, min(len(text), at + _NEAR) if step > 0 else max(-1, at - _NEAR), step):
        if text[place] in "（(":
            depth += step
        elif text[place] in "）)":
            depth -= step
        if not depth:
            return place
    return None


RULES = (
    Rule(
        id="mechanics/full-width-punctuation",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="This is a full-width mark of Chinese or Japanese typesetting.",
        why="The mark was copied from the source instead of being replaced by its English counterpart.",
        find=_find,
        bad=(
            Example.of("The first<v>，</v>the second and the third.", "The first, the second and the third."),
            Example.of("It is over<v>。</v>", "It is over."),
            Example.of("The name<v>（</v>a string<v>）</v>is kept.", "The name (a string) is kept."),
            Example.of("It rose by <v>１２</v><v>％</v> in May.", "It rose by 12% in May."),
        ),
        good=(
            Example.of("The sign says 小心地滑。 in Chinese, and “mind the step” below."),
            Example.of("Replace the full-width comma ， by a plain one."),
            Example.of("A stop (。) or a Chinese comma ，ends the list."),
        ),
        confidence=0.97,
        safe_fix=True,
        fix_guard=_is_one_mark,
    ),
    Rule(
        id="mechanics/foreign-quotes",
        category="Linguistic conventions/Punctuation",
        severity="minor",
        message="English sets other quotation marks.",
        why="The marks were copied from the source: French and Russian set «…», German »…« or „…“, Chinese 《…》.",
        find=_find,
        bad=(
            Example.of("They call it <v>«the old mill»</v> here.", "They call it “the old mill” here."),
            Example.of("Press <v>»Save as«</v> and go.", "Press “Save as” and go."),
            Example.of("He said <v>„never again“</v> and left.", "He said “never again” and left."),
        ),
        good=(
            Example.of("« Previous | Next » and «interface» are no quotations."),
            Example.of("The Russian title «Война и мир» says it."),
        ),
        confidence=0.8,
        safe_fix=True,
        fixes_quotations=True,
    ),
)
