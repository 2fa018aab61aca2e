"""Words in another script, and what an English text may well say in them: words spoken of, names of code, glosses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Document, Segment
from stilted.rules.checks.foreign_letters import read_as_latin
from stilted.text.credits import find_credited

FOREIGN: Final = re.compile(
    r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af\uf900-\ufaff]+(?:[\u3000-\u303f\uff00-\uffef\s]*[\u3400-\u9fff\u3040-\u30ff"
    r"\uac00-\ud7af])*|[\u0400-\u04ff]{2,}(?:\s+[\u0400-\u04ff]+)*|[\u0590-\u06ff]{2,}(?:\s+[\u0590-\u06ff]+)*"
    r"|[\u0900-\u0dff\u0e00-\u0eff]{2,}(?:\s+[\u0900-\u0dff\u0e00-\u0eff]+)*|[\u0370-\u03ff]{4,}"
)
"""Runs of Chinese, Japanese, Korean, Cyrillic, Hebrew, Arabic, Indic, Thai or Greek letters."""

_QUOTES: Final = frozenset("\"'“”‘’«»()[]（）《》「」『』【】:：`")
OWN_NAMES: Final = frozenset(
    "中文 简体中文 繁體中文 繁体中文 简体 繁體 正體中文 汉语 漢語 國語 粵語 日本語 한국어 русский українська"
    " беларуская български српски македонски қазақ қазақша кыргызча монгол тоҷикӣ ελληνικά עברית العربية فارسی اردو"
    " پښتو हिन्दी मराठी नेपाली বাংলা தமிழ் తెలుగు ಕನ್ನಡ മലയാളം ગુજરાતી ไทย ລາວ".split()
)
"""What languages call themselves, as in menus of languages."""
_OWN_NAME_AND_PAGE: Final = re.compile(
    r"(?:(?:点击|點擊|点此|點此)?(?:查看|切换到?|阅读|閱讀|前往|进入|訪問|访问)?(?:(?:简体|繁體|繁体|正體)?中文(?:版|文档|文檔|说明|說明|介绍|介紹|版本|简体|繁體|主页|站|官网|网站|论坛|社区|点这里|点击这里|看这里|请看这里)*)"
    r"|日本語(?:版|ドキュメント|ページ|の?説明|は|こちら)*|한국어(?: ?(?:문서|버전|판|설명))*"
    r"|(?:русская версия|(?:документация|версия|описание) на русском(?: языке)?|на русском(?: языке)?|по-русски))",
    re.I,
)
"""What a link to the same page in another language says."""
_LANGUAGE: Final = (
    "arabic|belarusian|bengali|bulgarian|cantonese|chinese|cyrillic|greek|han|hebrew|hindi|japanese|kanji|katakana"
    "|hiragana|kana|hangul|hanzi|korean|mandarin|mongolian|persian|russian|serbian|thai|ukrainian|urdu"
    "|rus\\.|russ\\.|chin\\.|jap\\.|kor\\.|gr\\.|heb\\.|arab\\.|lit\\.|literally"
)
_NAMED: Final = re.compile(rf"\b(?:{_LANGUAGE})", re.I)
_SPOKEN_OF: Final = re.compile(
    rf"(?:\b(?:(?:{_LANGUAGE}|words?|characters?|terms?|letters?|symbols?|phrases?|surnames?|strings?|syllables?"
    r"|glyphs?|radicals?|particles?|prefix|suffix|expressions?|verbs?|nouns?|idioms?|called|named|titled|written"
    r"|spelled|spelt|pronounced|means?|meaning)(?![^\W_])(?: (?:is|as|for|like|e\.g\.))?)[,:：]?|→|->"
    r"|[\"'”’)\ufffc] for)[ \t]*\Z",
    re.I,
)
"""How an English text goes on with a foreign word that it speaks of."""
_GLOSSED: Final = re.compile(
    r"[ \t]*(?:[（(](?=[^()（）]{1,60}[)）])[^()（）]*[\u00c0-\u024f\u1e00-\u1eff]|,? (?:means?|meaning|stands? for)\b"
    r"|[=→]|->)"
)
"""What follows a foreign word and says what it means or how it sounds."""
_BRACKETED: Final = re.compile(r"[ \t]*[（(][A-Za-z][A-Za-z'’-]*(?: [A-Za-z'’-]+){0,3}[)）]")
"""A gloss in plain letters, if English words stand before; else it may be a heading of which only that is English."""
_WORD: Final = re.compile(r"[A-Za-z]{2}")
_LIST: Final = 4
"""Words of a heading, or of the cell at the top of a table, that may name a language."""
_BEFORE: Final = 60
_ENDS_OF_RANGES: Final = 2
"""Letters between the hyphens of what names the letters that are allowed: A-Za-zА-Яа-я."""
_REFERS: Final = re.compile(r"\((?:please )?(?:refer to|see|cf\.?) ?\Z", re.I)
_ENDS_REFERENCE: Final = re.compile(r"[\s？?！!。.]{0,3}[)）]")
"""What stands around the title of a page in another language: (see …)."""
_CODE_BEFORE: Final = re.compile(
    r"(?<![\w-])(?:ar|bg|el|fa|he|hi|ja|jp|ko|kr|ru|th|uk|ua|zh|cn|tw)(?:[-_](?:CN|TW|HK|Hans|Hant|JP|KR|RU))?:"
    r"[ \t]*\Z",
    re.I,
)
"""The code of a language before a link to a page in it."""
_AMONG_WORDS: Final = re.compile(r"[(（][^()（）\n]{0,40}[A-Za-zÀ-ɏ]{2}[^()（）\n]{0,10}[|/] ?\Z")
_ENDS_WORDS: Final = re.compile(r"[^()（）A-Za-z\n]{0,40}[)）]")
"""What stands around the last of the words, in brackets, that several languages have for one thing."""
_CAMEL: Final = re.compile(r"[а-яё][А-ЯЁ]|[α-ω][Α-Ω]")


def find_foreign_runs(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield segment, start and end of words left in another script where English has none."""
    named = False
    credited = [find_credited(segment.target or "") for segment in document.segments]
    names = frozenset(credited)
    for number, segment in enumerate(document.segments):
        text = segment.target or ""
        if not text.isascii() and credited[number] is None and text not in names:
            for match in FOREIGN.finditer(text):
                start, end = _trim_dots(text, *match.span())
                if start < end and not _may_belong(segment, text, start, end, named):
                    yield number, start, end
        # A heading or the top cell of a table may announce words of a language.
        named = named or (len(text) <= _BEFORE and len(text.split()) <= _LIST and _NAMED.search(text) is not None)


def _trim_dots(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a run without the middle dots at its ends, which part links of any language in a row."""
    while start < end and text[start] in _DOTS:
        start += 1
    while end > start and text[end - 1] in _DOTS:
        end -= 1
    return start, end


_DOTS: Final = frozenset("・· \u3000")


def is_identifier(text: str, start: int, end: int) -> bool:
    """Tell whether a run of foreign letters is a name in code, or part of a path or address, written in that script."""
    if _CAMEL.search(text, start, end) and not any(char.isspace() for char in text[start:end]):
        return True
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if before in ("_", "/", "\\", "@") or after[:1] == "_":
        return True
    if before == after[:1] == "-" and end - start <= _ENDS_OF_RANGES:
        return True
    if text[start:end].lower() == text[start:end].upper():
        return False  # in scripts without capitals no blanks part words, and what is glued to them is not one with them
    if before == "." and text[max(0, start - 2) : start - 1].isalpha():
        return True
    return before in ("$", "@", "#", "=") or after[:1] in ("(", "=") or (after[:1] == "." and after[1:].isalpha())


def _is_own_name(word: str) -> bool:
    return word.lower() in OWN_NAMES or _OWN_NAME_AND_PAGE.fullmatch(word) is not None


_NAME_AND_SUM: Final = re.compile(r"[*\s]{0,4}[^\W\d_]{1,8}[*\s]{0,4}[¥￥₩₽]\s?\d[\d.,]{0,9}元?\s{0,3}")
"""A giver and what was given: the name of a person stays as it is."""
_BRAND: Final = re.compile(r"[A-Z][A-Za-z]{1,20}")
_LONGEST_BRAND_END: Final = 2


def _is_brand(segment: Segment, text: str, start: int, end: int) -> bool:
    """Tell whether a letter or two are the end of a name that the original writes so, and not a word: LampKing灯."""
    first = start
    while first > 0 and text[first - 1].isalpha() and text[first - 1].isascii():
        first -= 1
    is_one_word = end - start <= _LONGEST_BRAND_END and _BRAND.fullmatch(text, first, start) is not None
    return is_one_word and _ends_word(segment.source or "", text[first:end])


def _ends_word(source: str, name: str) -> bool:
    """Tell whether a name stands in the original and no letter of its script follows."""
    behind = source.find(name) + len(name)
    return name in source and not source[behind : behind + 1].isalpha()


def _is_slip_of_keyboard(text: str, start: int, end: int) -> bool:
    """Tell whether the letters are of a Latin word and look like its own, which another rule says: соmmand."""
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return read_as_latin(text[start:end]) is not None


def _may_belong(segment: Segment, text: str, start: int, end: int, named: bool) -> bool:
    written = text[start:end]
    if _is_slip_of_keyboard(text, start, end):
        return True
    # A text may quote the original, and the reference tells whether it should.
    if segment.reference:
        return written in segment.reference
    around = text[:start].rstrip()[-1:] + text[end:].lstrip()[:1]
    if len(around) == 2 and set(around) <= _QUOTES:
        return True
    if all(_is_own_name(word) for word in written.split()) or _OWN_NAME_AND_PAGE.fullmatch(written):
        return True
    if is_identifier(text, start, end) or _NAME_AND_SUM.fullmatch(text) or _is_brand(segment, text, start, end):
        return True
    before = text[max(0, start - _BEFORE) : start]
    if _SPOKEN_OF.search(before) or _GLOSSED.match(text, end):
        return True
    if _is_set_off(text, end, before) or _is_sample(segment, text, start, end):
        return True
    if not named or _PLAIN_LETTER.search(text):
        return False
    return (start == 0 and end == len(text) and not any(char.isspace() for char in written)) or _is_cell_of_words(text)


def _is_set_off(text: str, end: int, before: str) -> bool:
    """Tell whether what stands before and behind the words shows that they stay: a page referred to, a gloss."""
    if _CODE_BEFORE.search(before) or (_REFERS.search(before) and _ENDS_REFERENCE.match(text, end)):
        return True
    if _AMONG_WORDS.search(before) and _ENDS_WORDS.match(text, end):
        return True
    return _BRACKETED.match(text, end) is not None and _WORD.search(before) is not None


def _is_cell_of_words(text: str) -> bool:
    """Tell whether a text is a word or two that a language with small letters has for one thing: дом/хата."""
    return _WORDS_OF_CELL.fullmatch(text) is not None


_PLAIN_LETTER: Final = re.compile(r"[A-Za-z]")
_WORDS_OF_CELL: Final = re.compile(r"[\u0400-\u04ff]{2,20}(?:[ /]{1,3}[\u0400-\u04ff]{2,20})?")


def _is_sample(segment: Segment, text: str, start: int, end: int) -> bool:
    """Tell whether quotes enclose the words with others in plain letters or figures, all as the original has them.

    So a text shows what a line of a file looks like: "lamp 灯 20".
    """
    first, last = text.rfind('"', max(0, start - _BEFORE), start), text.find('"', end, end + _BEFORE)
    if first < 0 or last < 0:
        return False
    quoted = text[first + 1 : last]
    return "\n" not in quoted and re.search(r"[A-Za-z0-9]", quoted) is not None and quoted in (segment.source or "")
