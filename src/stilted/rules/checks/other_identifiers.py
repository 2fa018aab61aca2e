"""Abbreviations and identifiers that a source in another script has, and its translation has another one instead.

Chinese, Japanese, Korean, Russian and Ukrainian texts write ``TLS``, ``server_version`` and ``onComplete()`` in Latin
letters, so that they stand in a translation as they are. A source in Latin letters proves less: there such words are
translated like others (``FILE``, ``file_name``), but not what only a figure tells apart (``IPv4``, ``X509``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Example, Hit, Need, Rule, SegmentFinder, Span
from stilted.core.tokens import EAST_ASIAN
from stilted.rules.checks.spelling import is_english
from stilted.text.common_words import ENGLISH

_OTHER_SCRIPT: Final = re.compile(f"[\u0400-\u04ff{EAST_ASIAN}]")
_NAME: Final = re.compile(
    r"(?<![A-Za-z0-9_%$<@.{/=\-])(?:[A-Z][A-Z0-9]{2,15}|[a-z]{1,30}(?:_[a-z0-9]{1,30}){1,8}"
    r"|[A-Z]{1,30}(?:_[A-Z0-9]{1,30}){1,8}|[a-z]{1,30}[A-Z][A-Za-z]{1,30}|[A-Za-z_]\w{1,40}(?=\(\)))(?![A-Za-z0-9_])",
    re.ASCII,
)
_NUMBERED: Final = re.compile(
    r"(?<![\w%$<@{/=.,\-\\&#])(?!%)[\w%]{1,40}(?:[-.,][\w%]{1,40}){0,8}(?![\w/@\\=(%]|[-.,][\w%])", re.ASCII
)
"""What may be a name with a figure: of 21,700 true pairs of installed programs that have such names, 20 have another
figure in one, most of them since they are wrong or stale."""
_JOINS: Final = re.compile(r"(?<=[\w%])[-.,_](?=[\w%])", re.ASCII)
_DIGITS: Final = re.compile(r"\d+")
_LETTER: Final = re.compile("[A-Za-z]")
_WIDTH: Final = re.compile(r"%\d|%\.")
"""In a placeholder: how wide or exact it is, which is for who translates it to say."""
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_ROMAN: Final = re.compile(r"[IVXLCDM]+")
_THE_SAME: Final = tuple(
    frozenset(names.split())
    for names in (
        "gmt utc",
        "uri url",
        "cny rmb",
        "jpg jpeg",
        "tif tiff",
        "yml yaml",
        "mpg mpeg",
        "wifi wlan",
        "dvd cd",
        "faq qas",
    )
)
"""Names of one thing, of which a writer chooses one."""
_SHORT_WORDS: Final = ENGLISH | frozenset(
    "add age ago air all ask bad bar big bit box bug buy car cut day did dry due end far few fit fix fly fun get got"
    " hot how its job key law lay led let lie lot low man map mix new now odd off old one own pay per put ran raw red"
    " run sad saw say see set sit six sky sum tab tag ten tip too top try two use via war way web win yes yet".split()
)
"""Words of three letters, which the lists of words do not have."""
_MOST: Final = 60
"""Names of a side that are compared: each is looked for in the whole of the other one."""
_SHOUTED: Final = 3
"""Words in capitals and in English from which a text is set in capitals, so that they are no abbreviations."""


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    for number, segment in enumerate(document.segments):
        if segment.target and segment.source:
            found = _find_other_figure(segment.target, segment.source)
            if found is None and _OTHER_SCRIPT.search(segment.source):
                found = _find_other(segment.target, segment.source)
            if found and (segment.reference is None or found[0].of(segment.target) not in segment.reference):
                span, wanted = found
                message = f"The source has “{wanted}”, not “{span.of(segment.target)}”."
                yield Hit("names/other-in-source", number, span, message, (wanted,))


def _find_other(target: str, source: str) -> tuple[Span, str] | None:
    """Return a name that the source lacks and what it has instead; None where it may be right."""
    own, wanted = _read_names(target), _read_names(source)
    if not own or not wanted or max(len(own), len(wanted)) > _MOST:
        return None
    here, there = _join(target), _join(source)
    extra = {name: span for name, span in own.items() if name not in there}
    missing = {name: span for name, span in wanted.items() if name not in here}
    if not extra or not missing:
        return None
    if max(len(extra), len(missing)) > 1 and not own.keys().isdisjoint(wanted):
        return None  # some names are the same, and of the others nobody knows which is which
    if any(not same.isdisjoint(extra) and not same.isdisjoint(missing) for same in _THE_SAME):
        return None
    return next(iter(extra.values())), next(iter(missing.values())).of(source)


def _find_other_figure(target: str, source: str) -> tuple[Span, str] | None:
    """Return a name that the source has with another figure, and how it is there; None where there is no such."""
    own = _read_numbered(target)
    wanted = _read_numbered(source) if own else {}
    if not wanted or max(len(own), len(wanted)) > _MOST:
        return None
    here, there = (_JOINS.sub("", text.lower()) for text in (target, source))
    apart = "".join(here.split())  # Log4j 2 is Log4j2
    missing = {
        _DIGITS.sub("", name): match
        for name, match in wanted.items()
        if not _holds(here, name) and not _holds(apart, name)
    }
    for name, match in own.items():
        instead = missing.get(_DIGITS.sub("", name))
        if instead and not _holds(there, name):
            return Span(*match.span()), instead.group()
    return None


def _read_numbered(text: str) -> dict[str, re.Match[str]]:
    """Return the names with a figure in a text, in lower case and without what joins their parts."""
    found = ((match, match.group()) for match in _NUMBERED.finditer(text))
    return {
        _JOINS.sub("", name.lower()): match
        for match, name in found
        if _DIGITS.search(name) and _LETTER.search(name) and not _WIDTH.search(name)
    }


def _holds(text: str, name: str) -> bool:
    """Tell whether *name* stands in a text, and no figure goes on before or behind it."""
    return bool(re.search(rf"(?<!\d){re.escape(name)}(?!\d)", text))


def _read_names(text: str) -> dict[str, Span]:
    """Return the first places of the names in a text, by their letters in lower case."""
    names: dict[str, Span] = {}
    shouted = 0
    for match in _NAME.finditer(text):
        name = match.group()
        if name.isupper() and name.isalpha() and (is_english(name.lower()) or name.lower() in _SHORT_WORDS):
            shouted += 1
        elif not _ROMAN.fullmatch(name):
            names.setdefault(_join(name), Span(*match.span()))
    return names if shouted < _SHOUTED else {}


def _join(text: str) -> str:
    return _NO_LETTERS.sub("", text).lower()


RULES: Final = (
    Rule(
        id="names/other-in-source",
        category="Accuracy/Mistranslation",
        severity="major",
        message="The source has another abbreviation or identifier.",
        why="Latin letters in a text of another script are names and stay as they are; engines and hands mistake them.",
        find=_find,
        bad=(
            Example.of("Turn on DNS over <v>TSL</v>.", "Turn on DNS over TLS.", source="啟用 DNS over TLS。"),
            Example.of("Invalid <v>XPM</v> header", "Invalid XBM header", source="无效的 XBM 头"),
            Example.of(
                "Cannot read <v>lamp_verion</v>", "Cannot read lamp_version", source="Не удалось прочитать lamp_version"
            ),
            Example.of("<v>IPv4</v> lamps only", "IPv6 lamps only", source="Nur Lampen mit IPv6"),
            Example.of("<v>L1070</v>: no oil", "L107: no oil", source="L107: kein Öl"),
            Example.of("Lamps in <v>UTF-16</v>", "Lamps in UTF-8", source="Lampes en UTF-8"),
        ),
        good=(
            Example.of("The API of the lamp", source="Lamp 的 API"),
            Example.of("Read the URLs of all lamps", source="读取所有灯的 URL"),
            Example.of("The lamps burn on UTC.", source="灯按 GMT 亮起。"),
            Example.of("The AI assistant knows JSON", source="智能助手支持 JSON"),
            Example.of("CHAPTER III: THE INTERFACE", source="第三章 API"),
            Example.of("Write FILE1", source="DATEI1 schreiben"),
            Example.of("Lamps of IPv4 and IPv6", source="Lampen mit IPv4 und IPv6"),
            Example.of("The A4 lamp burns 5h", source="灯 A4，五小时"),
            Example.of("Lamps of 1.5GB", source="Lampen von 1,5GB"),
            Example.of("Lamps in UTF-8", source="Lampes en UTF8"),
            Example.of("Lamp4j 2 burns oil.", source="Lamp4j2 brûle de l'huile."),
            Example.of("Oil: %.50s", source="Öl: %.250s"),
        ),
        needs=frozenset({Need.SOURCE}),
        confidence=0.9,
        reads_code=True,
    ),
)
