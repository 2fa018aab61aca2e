"""What the words of negation say of a pair: alone, the model takes "not conducive" for the opposite of what says so."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from stilted.rules.checks.negation.against_source import is_fairly_plain
from stilted.rules.checks.negation.of_source import count_denials, is_denied
from stilted.rules.checks.negation.polarity import DENIAL, read_polarity
from stilted.rules.tagger.adequacy.beside import Belief
from stilted.rules.tagger.adequacy.rewording import FAILED, KEPT, NEVER_THERE, is_rightly_denied, is_rightly_said

ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED, UNSAID = (
    "added",
    "perhaps added",
    "dropped",
    "perhaps dropped",
    "unsaid",
)
EVIDENCE: Final = (ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED, UNSAID)
"""What negation a translation has that its source lacks, or lacks that its source has; each asks the model for another
certainty before the two together are believed. "Perhaps" is what other words of the same side may make good. Where the
words say nothing the model stands alone, and must be surest."""

AGREED, AGREED_TWICE, UNEQUAL = "agreed", "agreed and denied again", "agreed, but not as often"
ADDED_BESIDE, ADDED_TO_SIGN, ADDED_TO_IMPLIED, ADDED_TO_BOUND = (
    "added beside other words",
    "added to a sign",
    "added to what implies it",
    "added to a bound",
)
DROPPED_BESIDE, COULD = "dropped beside other words", "could"
MATCHED, IDIOM, FORBIDDEN = "matched", "idiom", "forbidden"

BELIEFS: Final[Mapping[str, Belief]] = {
    PERHAPS_ADDED: Belief(3.5, 0.6),
    DROPPED: Belief(3.5, 0.7),
    PERHAPS_DROPPED: Belief(5.0, 0.6),
    AGREED: Belief(5.7, 0.6),
    UNEQUAL: Belief(4.0, 0.6),
    AGREED_TWICE: Belief(3.5, 0.7),
    ADDED_BESIDE: Belief(4.0, 0.7),
    ADDED_TO_SIGN: Belief(4.3, 0.6),
    ADDED_TO_IMPLIED: Belief(4.8, 0.6),
    ADDED_TO_BOUND: Belief(5.7, 0.6),
    DROPPED_BESIDE: Belief(4.5, 0.7),
    COULD: Belief(-1.0, 0.8),
    MATCHED: Belief(math.inf, 1.0),
    IDIOM: Belief(4.0, 0.7),
    FORBIDDEN: Belief(-9.0, 0.8),
}
"""What more the words may say, and what was measured of it on strings that no threshold of the card comes from.

Both sides deny (`AGREED`), one of them more often (`UNEQUAL`), or the translation also in a word that denies itself:
"not disabled" for what is disabled. A "not" is added beside such a word, or to a source with a sign that may deny, a
word that implies a denial, or a bound; or it is dropped beside such a word from a source that denies more often. What
could not be, or failed, is said to have been possible (`COULD`). What failed is rightly said to have been impossible
(`MATCHED`): the model is not asked. What denies may be an idiom ("not until"). What must be is said not to be
(`FORBIDDEN`): there the words are sure enough."""

IN_PROSE: Final[Mapping[str, str]] = {
    **dict.fromkeys((AGREED, AGREED_TWICE, UNEQUAL, MATCHED), MATCHED),
    **dict.fromkeys((ADDED_BESIDE, ADDED_TO_SIGN, ADDED_TO_IMPLIED, ADDED_TO_BOUND, DROPPED_BESIDE, IDIOM), UNSAID),
    COULD: DROPPED,
}
"""What the same words say in news and talks, which deny more often, and in more ways, than strings of interfaces."""


_SIGN: Final = re.compile(
    r"[不没沒无無未非勿别別莫避]|离开|離開|以外|之外|ない|なく|なけ|ません|ずに|않|없|아니|아닌|아닙|못|말고|마세요|피하|除|[ée]vit|vermeid|избе[жг]",
    re.IGNORECASE,
)
"""What may deny wherever it stands, or is rightly put by a denial: to avoid is not to do, to have left is not to be."""

_IMPLIED: Final = re.compile(
    r"异常|異常|비정상|제외|忽略|隐藏|隱藏|否则|否則|错误|錯誤|失败|失敗|隠|エラー|무시|숨기|숨김|오류|실패|ignor|игнор|verberg|verborgen"
    r"|ausblenden|ausgeblendet|verstecken|versteckt|скры|cacher|cachée?|masqu|ocult|escond|\bsinon\b|\bsauf\b|\bsonst\b"
    r"|andernfalls|\baußer\b|\bsalvo\b|excepto|exceto|иначе|кроме|erreur|échec|échou|fehler|fehlschl|fehlgeschl|\berror"
    r"|\berros?\b|falh|\bfall[ao]|ошиб",
    re.IGNORECASE,
)
"""What implies a denial: what is hidden is not shown, what is ignored not considered, what ends in an error could not
be done, and what holds otherwise does not without the first."""

_BAD: Final = re.compile("不正|非法|fehlerhaft|incorrect|erron", re.IGNORECASE)
"""What is wrong in a source whose words do not count it as a denial: English says that it is invalid."""


_COULD: Final = re.compile(r"\bcould\b", re.IGNORECASE)
_ABLE: Final = re.compile(
    r"\b(?:could|can|supported|allowed|permitted|found|recogni[sz]ed|match|exists?|accepted|available)\b", re.IGNORECASE
)
"""What is said of what cannot be, is missing, or not supported: with "not" far more often than without."""

_ASKED_FOR: Final = re.compile(
    r"请.{0,12}(?:合法|有效|正确)|gültige|valide\b|válid|действительн|корректн|有効な|正しい|올바른|유효한",
    re.IGNORECASE,
)
"""A wish for what is right: "enter a valid range" is rightly "the range is not valid"."""


_DENIES_ITSELF: Final = re.compile(
    r"\b(?:un(?!der|i(?!n)|til|less|anim)\w{3,}(?:ed|able|ible|al|ary|ful|ly)|(?:in|im|ir|il)\w{3,}(?:able|ible|bility)"
    r"|unable|unused|dislike[sd]?|differ\w*|mismatch\w*|only one|at most"
    r"|in(?:correct|valid|complete|active|accurate|sufficient|dependent)|dis(?:abl|connect|allow|card|regard)\w*"
    r"|non-?\w+|uniqu\w*|distinct|prevent\w*|lack\w*|absent|outside|skip\w*|alternatives?"
    r"|rarely|seldom|hardly|barely|scarcely|far from|(?:fall|fell)s? short|short of"
    r"|hid(?:e|es|den|ing)|ignor\w*|optional(?:ly)?|positive|omit\w*|suppress\w*|forbid\w*|prohibit\w*|exclud\w*)\b"
    r"|\b(?!wire|regard|nonethe|neverthe|server)[a-z]{3,}less\b"
    r"|\b(?:before|rather than|instead of|as opposed to|ambiguous|partial(?:ly)?)\b"
    r"|\btoo \w+(?: for (?:\w+ ){0,3}\w+)? to\b",
    re.IGNORECASE,
)
"""English words that hold a denial, or with which a denial is rightly put: what may have no twin is unique."""

_BOUNDS: Final = re.compile(
    r"避|피하|[ée]vit|vermeid|избе[жг]|除|离开|離開|以外|之外|anders|différ|diferen|divers[aeio]\b|отлич|відріз|다르|다른|다릅|달라|違|異な|不同"
    r"|maximal|höchstens|\bstatt|au plus|maximum|máximo|massimo|не более|отсутству|разреш|最多|以内|이하|이내",
    re.IGNORECASE,
)
"""Words of sources that bound, allow, avoid, exclude or tell apart: "at most nine" is rightly "not more than nine", to
avoid is not to do, to have left is not to be, and what differs is not the same."""

_ONLY: Final = re.compile(
    r"\bnur\b|uniquement|seulement|\bsolo\b|solamente|soltanto|somente|apenas|только|лишь|仅|只|のみ|だけ|만 ",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(r"\b(?:other|else|except|more|besides|anything)\b", re.IGNORECASE)
"""With these a denial says only: "nothing other than"."""

_WHETHER: Final = re.compile(r"是否|かどうか|여부|\bли\b")
"""A question that asks whether leaves open what is named: "whether it is hidden" is rightly "if it is not shown"."""

_QUESTION: Final = re.compile(
    r"¿\W{0,2}no\b|(?:ない|ません)(?:の|のか|のですか|でしょうか|か)?[？?]|않(?:습니까|나요|을까요)", re.IGNORECASE
)
_TWICE: Final = re.compile(r"\b(?:not|never|cannot|nothing)\b|n['’]t\b", re.IGNORECASE)
_WITHOUT: Final = re.compile(r"\b(?:without|unless|wrong|fail(?:s|ed|ing)?|missing)\b", re.IGNORECASE)
"""Asked in the negative, or denied twice: "should not be used without it" is rightly "it is needed before use", and
"does not work if it is wrong" is "it must be right"."""


_NEVER: Final = re.compile(r"\bnever\b", re.IGNORECASE)


_APOSTROPHE: Final = re.compile(r"&(?:#39|#x27|#8217|#x2019|apos|rsquo);", re.IGNORECASE)
"""As strings for a browser spell what stands in “don’t”."""

_OPTION: Final = re.compile(r"(?<![\w-])--?[a-z][\w-]*", re.IGNORECASE | re.ASCII)
"""What a command is told denies nothing: --no-owner."""

_STRESS: Final = re.compile(r"(?<![\w_])_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?![\w_])")
"""Marks of Markdown around a word that is stressed: it does _not_."""

_ABSENCE: Final = re.compile("отсутств", re.IGNORECASE)

_OR_NOT: Final = re.compile(r"\b(?:ou não|oder nicht|ou non|o no|o meno|или нет)\b", re.IGNORECASE)
_IF: Final = re.compile(r"\b(?:whether|if)\b", re.IGNORECASE)
"""Or not, of which English is content to say whether."""

_MUST_NOT: Final = re.compile(r"\b(?:must|should|need|may|can)(?: ?not|n['’]t)\b", re.IGNORECASE)
_MUST: Final = re.compile(
    r"なけれ?ば(?:なり|なら|いけ)(?:ません|ない)|なく(?:ては|ちゃ)(?:なり|なら|いけ)(?:ません|ない)"
)
_MAY_FORBID: Final = re.compile(r"ない|ません|なく|なし|なけ|ずに?|ぬ|[無不未非避禁除]|以外|だけ|のみ|しか")
"""To must in Japanese, and what else in such a source may deny."""


def find_evidence(target: str, source: str, language: str | None) -> str:
    """Return which of `EVIDENCE` or of `BELIEFS` the words give.

    Args:
        language: ISO 639-1 code of the source; without one only Chinese is known by its letters.
    """
    target, source = (_STRESS.sub("", _OPTION.sub(" ", text)) for text in (_APOSTROPHE.sub("'", target), source))
    denied, denies = is_denied(source, language), bool(read_polarity(target).strong)
    if _NEVER.search(target) and NEVER_THERE.search(source) and _count_denials(target) == 1:
        return MATCHED
    if denied and DENIAL.search(target):
        is_bad_there = bool(_BAD.search(source)) and _count_denials(target) == count_denials(source, language) + 1
        if _is_denied_beside(target) and not is_bad_there:
            return AGREED_TWICE
        return AGREED if is_bad_there or _count_denials(target) == count_denials(source, language) else UNEQUAL
    if denies:
        return _weigh_added(target, source, denied=denied)
    if denied:
        return _weigh_dropped(target, source, language)
    if _COULD.search(target) and FAILED.search(source) and is_fairly_plain(target) and _is_one_statement(target):
        return COULD
    return IDIOM if DENIAL.search(target) else UNSAID


def _weigh_added(target: str, source: str, *, denied: bool | None) -> str:
    """Return what a denial says that only the translation surely has."""
    if may_be_forbidden(target, source):
        return FORBIDDEN
    if is_rightly_denied(target, source):
        return MATCHED
    denies_itself = bool(_DENIES_ITSELF.search(target))
    is_implied = bool(_IMPLIED.search(source) or KEPT.search(source))
    if (is_implied and denies_itself) or _is_bounded(target, source):
        return ADDED_TO_BOUND
    if is_implied or (_TWICE.search(target) and _WITHOUT.search(target)):
        return ADDED_TO_IMPLIED
    if denied is None and _SIGN.search(source):
        return ADDED_TO_SIGN
    if denies_itself:
        return ADDED_BESIDE
    return ADDED if denied is False else PERHAPS_ADDED


def _weigh_dropped(target: str, source: str, language: str | None) -> str:
    """Return what a denial says that only the source surely has."""
    if _ABSENCE.search(source):
        return UNSAID
    if is_rightly_said(target, source):
        return MATCHED
    if is_put_otherwise(target, source):
        is_less = _is_denied_beside(target) and _count_denials(target) < count_denials(source, language)
        return DROPPED_BESIDE if is_less else UNSAID
    if not is_fairly_plain(target):
        return PERHAPS_DROPPED
    return COULD if _ABLE.search(target) and _is_one_statement(target) else DROPPED


def _is_one_statement(target: str) -> bool:
    """Tell whether a translation is so short that its source hardly denies anything but what it says."""
    return len(target.split()) <= _MOST_OF_STATEMENT


_MOST_OF_STATEMENT: Final = 12


def may_be_forbidden(target: str, source: str) -> bool:
    """Tell whether a translation says that something must not be of which the source says, in Japanese, that it must.

    Japanese says so by a denial twice over, which the model takes for one.
    """
    if not _MUST_NOT.search(target):
        return False
    rest = _MUST.sub("", source)
    return rest != source and not _MAY_FORBID.search(rest)


def _count_denials(target: str) -> int:
    """Count the words of a translation that deny, and those that deny themselves."""
    return sum(1 for pattern in (DENIAL, _DENIES_ITSELF) for _ in pattern.finditer(target))


def _is_denied_beside(target: str) -> bool:
    """Tell whether words of a translation that denies may deny once more: "not disabled", "does not fail without"."""
    return bool(_DENIES_ITSELF.search(target) or (_TWICE.search(target) and _WITHOUT.search(target)))


def is_put_otherwise(target: str, source: str) -> bool:
    """Tell whether a translation without a negation may say what a source denies, in other words: indistinguishable."""
    return (
        _is_denied_beside(target)
        or bool(_QUESTION.search(source) or _ABSENCE.search(source))
        or bool(_OR_NOT.search(source) and _IF.search(target))
    )


def _is_bounded(target: str, source: str) -> bool:
    """Tell whether a source that bounds, asks or allows may rightly be put by a denial."""
    return bool(
        _BOUNDS.search(source)
        or _QUESTION.search(source)
        or _WHETHER.search(source)
        or _ASKED_FOR.search(source)
        or (_ONLY.search(source) and _OTHERS.search(target))
    )
