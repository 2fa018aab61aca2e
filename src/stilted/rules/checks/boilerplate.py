"""Foreign matter: advertising and page furniture glued to the head or tail of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Precedence, Rule, Segment, Span
from stilted.core.tokens import tokenize

_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.\w+")
_COMPANY: Final = re.compile(r"\b(?:Co\.?,? ?Ltd|Inc|GmbH|LLC|Corp|S\.A|Pte|Limited)\b\.?")
_NOTICE: Final = re.compile(
    r"^(?:(?:copyright )?©|all rights reserved|we use cookies|this (?:web)?site uses cookies|accept (?:all )?cookies\b"
    r"|manage (?:your )?cookies\b|by (?:continuing to use|using) this (?:web)?site\b|add wechat\b|scan the qr code\b"
    r"|sent from my (?:iphone|ipad|galaxy|phone)\b)",
    re.IGNORECASE,
)
"""Notices, which may be whole sentences."""
_SITES: Final = r"(?: (?:on|via|to) (?:facebook|twitter|x|instagram|linkedin|youtube|wechat|weibo|social media)\b.*)?"
_BUTTON: Final = re.compile(
    rf"^(?:(?:follow us|share(?: this(?: article| page| post| story)?)?){_SITES}$|unsubscribe$|add to cart$"
    r"|click (?:here|the link)(?: (?:to|and) (?:read|see|view|visit|subscribe|unsubscribe|share|learn|buy|order)\b.*)?$"
    r"|subscribe(?: now| today| to (?:our|the)\b.*)?$|sign up for our\b"
    r"|(?:related|recommended) (?:articles?|news|posts)(?:$|:)"
    r"|you may also like\b|recommended for you\b|(?:previous|next) (?:article|post):"
    r"|(?:responsible editor|editor in charge):|long press\b.*\bcode$|print this (?:page|article)$"
    r"|leave a (?:comment|reply)$)",
    re.IGNORECASE,
)
"""Buttons, links and labels, which are no sentences: behind the fixed words stands a title at most."""
_IN_MANUALS: Final = re.compile(
    r"^(?:(?:read|learn|see) more ?(?:$|[:»>→…]|(?:about|at|on)\b)"
    r"|(?:related|recommended) (?:products|links|reading)(?:$|:)"
    r"|back to (?:top|home|list)$|(?:previous|next)(?: page)?:|tags?:|(?:log|sign) in ?[|/·]|skip to (?:main )?content$"
    r"|home ?[>»|])",
    re.IGNORECASE,
)
"""What is furniture in an article, and a heading, a link or a label in a manual."""
_MANUALS: Final = frozenset({"html", "markdown"})
"""Formats in which a manual may be written."""
_MARKED_UP: Final = (".adoc", ".asciidoc", ".rst", ".tex", ".textile", ".wiki", ".yaml", ".yml")
"""Endings of manuals that are read as plain text."""
_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)\]]*$")
_MAX_WORDS: Final = 30
_KEYWORD_WORDS: Final = 5
_SHORT: Final = 8
_HEAD: Final = 3
_TAIL: Final = 10
"""In a document of more than `_SHORT` segments, foreign matter is looked for in so many at either end."""


def _is_keyword_list(text: str) -> bool:
    """Tell whether *text* lists three different phrases of two words or more that share one, without a sentence."""
    if _SENTENCE_END.search(text):
        return False
    parts = [part.strip() for part in re.split(r"[,;|/·•]", text) if part.strip()]
    if len(parts) < 3:
        return False
    phrases = [[t.norm for t in tokenize(part) if t.is_word] for part in parts]
    if any(not 1 <= len(words) <= _KEYWORD_WORDS for words in phrases):
        return False
    if any({"and", "or", "the", "is", "are"} & set(words) for words in phrases):
        return False
    shared = Counter(word for words in {tuple(w) for w in phrases if len(w) >= 2} for word in sorted(set(words)))
    return max(shared.values(), default=0) >= 3


def _is_link_line(text: str) -> bool:
    """Tell whether *text* is the name and address of a firm rather than a sentence that cites them."""
    if "@" not in text and "www." not in text and "://" not in text:
        return False
    link = _LINK.search(text)
    if not link:
        return False
    rest = text[: link.start()] + text[link.end() :]
    words = [t for t in tokenize(rest) if t.is_word]
    return len(words) <= 12 and bool(_COMPANY.search(rest)) and not _SENTENCE_END.search(text)


def _choose_rule(text: str, *, manual: bool) -> str:
    if len(text.split()) > _MAX_WORDS:
        return ""
    rule = ""
    buttons = (_BUTTON,) if manual else (_BUTTON, _IN_MANUALS)
    if _NOTICE.search(text.strip()) or (
        not _SENTENCE_END.search(text) and any(button.search(text.strip()) for button in buttons)
    ):
        rule = "foreign/page-furniture"
    elif not manual and (_is_keyword_list(text) or _is_link_line(text)):
        rule = "foreign/advertising"
    # The cheap count above sees fewer words than there are; the exact one is for what was found.
    return rule if rule and sum(t.is_word for t in tokenize(text)) <= _MAX_WORDS else ""


def _find_companions(segments: list[tuple[int, Segment]], rule_at: dict[int, str]) -> Iterator[int]:
    """Yield short lines without a sentence beside a flagged one that share a word with it: headings of adverts."""
    places = {number: at for at, (number, _) in enumerate(segments)}
    for number in sorted(rule_at):
        for at in (places[number] - 1, places[number] + 1):
            if not 0 <= at < len(segments) or segments[at][0] in rule_at:
                continue
            text, beside = segments[at][1].target or "", segments[places[number]][1].target or ""
            words = {t.norm for t in tokenize(text) if t.is_word}
            if 0 < len(words) <= _KEYWORD_WORDS and not _SENTENCE_END.search(text):
                near = {t.norm for t in tokenize(beside) if t.is_word}
                if len(words & near) * 2 >= len(words):
                    yield segments[at][0]


def _find(document: Document) -> Iterator[Hit]:
    if document.target is None and document.file is not None:
        return  # a catalogue: its strings are the buttons of a program
    manual = document.format in _MANUALS or document.name.lower().endswith(_MARKED_UP)
    segments = [(n, s) for n, s in enumerate(document.segments) if s.target]
    rule_at: dict[int, str] = {}
    ends = segments if len(segments) <= _SHORT else [*segments[:_HEAD], *segments[_HEAD:][-_TAIL:]]
    for number, segment in ends:
        # What the reference or the source has too belongs to the text, whatever it looks like.
        if not (segment.reference or segment.source) and (rule := _choose_rule(segment.target or "", manual=manual)):
            rule_at[number] = rule
    beside = _find_companions(segments, rule_at)
    companions = [n for n in beside if not (document.segments[n].reference or document.segments[n].source)]
    rule_at |= dict.fromkeys(companions, "foreign/advertising")
    for number, rule in sorted(rule_at.items()):
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
        precedence=Precedence.FOREIGN_TEXT,
        not_for=frozenset({"ui"}),
        reads_code=True,
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
            Example.of("Dogs, hot dogs, corn dogs"),
            Example.of("Row, row, row your boat,"),
            Example.of("Visit www.brightmoon.example"),
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
        precedence=Precedence.FOREIGN_TEXT,
        not_for=frozenset({"docs", "ui"}),
        reads_code=True,
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
            Example.of("Follow us on the trail if you dare."),
        ),
        confidence=0.8,
    ),
)
