"""Foreign matter: advertising and page furniture glued to the head or tail of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.model import Document, Example, Hit, Rule, Segment, Span
from stilted.words import tokens

_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.\w+")
_COMPANY: Final = re.compile(r"\b(?:Co\.?,? ?Ltd|Inc|GmbH|LLC|Corp|S\.A|Pte|Limited)\b\.?")
_FURNITURE: Final = re.compile(
    r"^(?:(?:click (?:here|the link|to)|read more|learn more|related (?:articles|news|products|links|reading)"
    r"|you may also like|recommended (?:reading|for you)|share (?:this|on|to)|follow us|subscribe (?:to|now)"
    r"|sign up for our|back to (?:top|home|list)|previous(?: article| post| page)?:|next(?: article| post| page)?:"
    r"|all rights reserved|we use cookies|this (?:web)?site uses cookies"
    r"|accept (?:all )?cookies|tags?:|keywords?:|editor(?: in charge)?:|responsible editor:|hotline:|tel(?:ephone)?:"
    r"|add wechat|scan the qr code|long press|sent from my (?:iphone|ipad|galaxy|phone)|unsubscribe|add to cart"
    r"|print this (?:page|article)|by (?:continuing to use|using) this (?:web)?site|manage (?:your )?cookies"
    r"|(?:log|sign) in ?[|/·]|skip to (?:main )?content|leave a (?:comment|reply)|(?:best|kind|warm) regards,)"
    r"(?:\b|(?<=\W))|(?:copyright )?©|home ?[>»|])",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)\]]*$")
_MAX_WORDS: Final = 30
_KEYWORD_WORDS: Final = 5


def _keywords(text: str) -> bool:
    """Tell whether *text* is a list of at least three short phrases that share a word, without a sentence."""
    if _SENTENCE_END.search(text):
        return False
    parts = [part.strip() for part in re.split(r"\s*[,;|/·•]\s*", text) if part.strip()]
    if len(parts) < 3:
        return False
    phrases = [[t.norm for t in tokens(part) if t.is_word] for part in parts]
    if any(not 1 <= len(words) <= _KEYWORD_WORDS for words in phrases):
        return False
    shared = max(sum(word in words for words in phrases) for word in phrases[0])
    return shared >= 3 and not any({"and", "or", "the", "is", "are"} & set(words) for words in phrases)


def _is_link_line(text: str) -> bool:
    """Tell whether *text* is a name and an address rather than a sentence that cites one."""
    link = _LINK.search(text)
    if not link:
        return False
    rest = text[: link.start()] + text[link.end() :]
    words = [t for t in tokens(rest) if t.is_word]
    if len(words) <= 2:
        return True
    return len(words) <= 12 and bool(_COMPANY.search(rest)) and not _SENTENCE_END.search(text)


def _rule_of(text: str) -> str:
    if len(text.split()) > _MAX_WORDS:
        return ""
    rule = ""
    if _FURNITURE.search(text.strip()):
        rule = "foreign/page-furniture"
    elif _keywords(text) or _is_link_line(text):
        rule = "foreign/advertising"
    # The cheap count above sees fewer words than there are; the exact one is for what was found.
    return rule if rule and sum(t.is_word for t in tokens(text)) <= _MAX_WORDS else ""


def _companions(segments: list[tuple[int, Segment]], found: dict[int, str]) -> Iterator[int]:
    """Yield short lines without a sentence beside a flagged one that share a word with it: headings of adverts."""
    places = {number: at for at, (number, _) in enumerate(segments)}
    for number in sorted(found):
        for at in (places[number] - 1, places[number] + 1):
            if not 0 <= at < len(segments) or segments[at][0] in found:
                continue
            text, beside = segments[at][1].target or "", segments[places[number]][1].target or ""
            words = {t.norm for t in tokens(text) if t.is_word}
            if 0 < len(words) <= _KEYWORD_WORDS and not _SENTENCE_END.search(text):
                near = {t.norm for t in tokens(beside) if t.is_word}
                if len(words & near) * 2 >= len(words):
                    yield segments[at][0]


def _find(document: Document) -> Iterator[Hit]:
    segments = [(n, s) for n, s in enumerate(document.segments) if s.target]
    found: dict[int, str] = {}
    for number, segment in segments:
        rule = _rule_of(segment.target or "")
        # What the reference has too belongs to the article, whatever it looks like.
        if rule and not segment.reference:
            found[number] = rule
    companions = [n for n in _companions(segments, found) if not document.segments[n].reference]
    found |= dict.fromkeys(companions, "foreign/advertising")
    for number, rule in sorted(found.items()):
        target = document.segments[number].target or ""
        yield Hit(rule, number, Span(0, len(target)), suggestions=("",))


RULES = (
    Rule(
        id="foreign/advertising",
        category="Accuracy/Addition",
        severity="major",
        message="This reads like advertising or a keyword list, not like part of the article.",
        why="Republished translations carry the seller's keywords and address along; they are nobody's translation.",
        find=_find,
        bad=(
            Example.of("<v>Garden chair, folding garden chair, cheap garden chair, garden chair price</v>", ""),
            Example.of("<v>Brightmoon Furniture Co., Ltd., https://brightmoon.example</v>", ""),
        ),
        good=(
            Example.of(
                "Brightmoon Furniture Co., Ltd. opened a second plant; details are on https://brightmoon.example."
            ),
            Example.of("They sell chairs, folding tables, lamps and rugs."),
            Example.of("Red, white and blue"),
        ),
        confidence=0.8,
    ),
    Rule(
        id="foreign/page-furniture",
        category="Accuracy/Addition",
        severity="major",
        message="This is navigation or a notice of the web page, not part of the article.",
        why="Text copied from a web page brings its buttons, footers and cookie notices along.",
        find=_find,
        bad=(
            Example.of("<v>Related articles: Ten chairs for small gardens</v>", ""),
            Example.of("<v>Copyright © 2019 Brightmoon. All rights reserved.</v>", ""),
            Example.of("<v>By using this website you accept cookies</v>", ""),
            Example.of("<v>Sent from my phone</v>", ""),
        ),
        good=(
            Example.of("The related articles of the treaty were never ratified."),
            Example.of("He told them to read more and to click less."),
            Example.of("The letter was sent from my office, with kind regards to all."),
        ),
        confidence=0.8,
    ),
)
