"""What the words of negation say of a pair: alone, the model takes "not conducive" for the opposite of what says so."""

from __future__ import annotations

import re
from typing import Final

from stilted.rules.checks.negation.against_source import is_fairly_plain
from stilted.rules.checks.negation.of_source import is_denied
from stilted.rules.checks.negation.polarity import DENIAL, read_polarity

ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED = "added", "perhaps added", "dropped", "perhaps dropped"
UNSAID, AGREED = "unsaid", "agreed"
EVIDENCE: Final = (ADDED, PERHAPS_ADDED, DROPPED, PERHAPS_DROPPED, UNSAID)
"""What negation a translation has that its source lacks, or lacks that its source has; each asks the model for another
certainty before the two together are believed. "Perhaps" is what other words of the same side may make good. Where the
words say nothing the model stands alone, and must be surest; where both sides surely deny something (`AGREED`), it is
not asked."""


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
_KEPT: Final = re.compile(
    r"conserv|préserv|preserv|beibehalt|erhalten bleib|\bbleib\w{0,6} erhalten|保留|保持|сохран|維持|유지|mantien"
    r"|manten|\bfallit[aeio]\b|помилк|błąd|błęd|niepowodz|mislukt|misslyck|chyb[aeuy]\b|selhal|başarısız",
    re.IGNORECASE,
)
"""What is rightly put by a denial: what is hidden is not shown, what is ignored not considered, what is kept not
deleted, what ends in an error could not be done, and what holds otherwise does not without the first."""

_FAILED: Final = re.compile(
    r"\bfallit[aeio]\b|échec|échou|fehlgeschl|schlug fehl|falh|\bfall[ao]|失敗|失败|실패|異常|异常|비정상",
    re.IGNORECASE,
)
_COULD_NOT: Final = re.compile(r"\b(?:could|can|did|was|were) ?(?:not|n['’]t)\b|\bcan['’]t\b|\bunable\b", re.IGNORECASE)
"""What has failed could not be done."""

_ASKED_FOR: Final = re.compile(
    r"请.{0,12}(?:合法|有效|正确)|gültige|valide\b|válid|действительн|корректн|有効な|正しい|올바른|유효한",
    re.IGNORECASE,
)
"""A wish for what is right: "enter a valid range" is rightly "the range is not valid"."""


_DENIES_ITSELF: Final = re.compile(
    r"\b(?:un(?!der|i|til|less)\w{3,}(?:ed|able|ible)|(?:in|im|ir|il)\w{3,}(?:able|ible|bility)"
    r"|in(?:correct|valid|complete|active|accurate|sufficient|dependent)|dis(?:abl|connect|allow|card|regard)\w*"
    r"|non-?\w+|uniqu\w*|distinct|prevent\w*|lack\w*|absent|outside|skip\w*|alternatives?"
    r"|hid(?:e|es|den|ing)|ignor\w*|optional(?:ly)?|positive|omit\w*|suppress\w*|forbid\w*|prohibit\w*|exclud\w*)\b"
    r"|\b(?!wire|regard|nonethe|neverthe|server)[a-z]{3,}less\b"
    r"|\b(?:before|rather than|instead of|as opposed to|ambiguous|too \w+(?: for \w+)? to)\b",
    re.IGNORECASE,
)
"""English words that hold a denial, or with which a denial is rightly put: what may have no twin is unique."""

_BOUNDS: Final = re.compile(
    r"anders|différ|diferen|divers[aeio]\b|отлич|відріз|다르|다른|違|異な|不同"
    r"|maximal|höchstens|\bstatt|au plus|maximum|máximo|massimo|не более|отсутству|разреш|最多|以内|이하|이내",
    re.IGNORECASE,
)
"""Words of sources that bound, allow, exclude or tell apart: "at most nine" is rightly "not more than nine", and what
differs is not the same."""

_ONLY: Final = re.compile(
    r"\bnur\b|uniquement|seulement|\bsolo\b|solamente|soltanto|somente|apenas|только|лишь|仅|只|のみ|だけ|만 ",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(r"\b(?:other|else|except|more|besides|anything)\b", re.IGNORECASE)
"""With these a denial says only: "nothing other than"."""

_WHETHER: Final = re.compile(r"是否|かどうか|여부|\bли\b")
"""A question that asks whether leaves open what is named: "whether it is hidden" is rightly "if it is not shown"."""

_QUESTION: Final = re.compile(r"¿\W{0,2}no\b|(?:ない|ません)(?:の|のか|のですか|でしょうか|か)?[？?]", re.IGNORECASE)
_TWICE: Final = re.compile(r"\b(?:not|never|cannot|nothing)\b|n['’]t\b", re.IGNORECASE)
_WITHOUT: Final = re.compile(r"\b(?:without|unless|wrong|fail(?:s|ed|ing)?|missing)\b", re.IGNORECASE)
"""Asked in the negative, or denied twice: "should not be used without it" is rightly "it is needed before use", and
"does not work if it is wrong" is "it must be right"."""

_NOT_BEFORE: Final = re.compile(r"\b(?:until|unless|before)\b", re.IGNORECASE)
_ONLY_THEN: Final = re.compile(
    r"才|之前|以前|除非|まで|限り|때까지|전에|пока|\bbis\b|\berst\b|jusqu|hasta|finch[éè]|até", re.IGNORECASE
)
"""What is not so until something is, is so only then."""

_APOSTROPHE: Final = re.compile(r"&(?:#39|#x27|#8217|#x2019|apos|rsquo);", re.IGNORECASE)
"""As strings for a browser spell what stands in “don’t”."""

_ABSENCE: Final = re.compile("отсутств", re.IGNORECASE)


def find_evidence(target: str, source: str, language: str | None) -> str:
    """Return which of `EVIDENCE` the words give, or `AGREED`.

    Args:
        language: ISO 639-1 code of the source; without one only Chinese is known by its letters.
    """
    target = _APOSTROPHE.sub("'", target)
    denied, denies = is_denied(source, language), bool(read_polarity(target).strong)
    if denied and DENIAL.search(target):
        return AGREED
    if _is_put_otherwise(target, source, denies=denies):
        return UNSAID
    if denies:
        if _FAILED.search(source) and _COULD_NOT.search(target):
            return AGREED
        if _SIGN.search(source) or _IMPLIED.search(source) or _KEPT.search(source):
            return UNSAID
        return ADDED if denied is False else PERHAPS_ADDED
    if denied:
        return DROPPED if is_fairly_plain(target) else PERHAPS_DROPPED
    return UNSAID


def is_put_otherwise(target: str, source: str) -> bool:
    """Tell whether words beside those of negation may say the same as the other side."""
    return _is_put_otherwise(target, source, denies=bool(read_polarity(target).strong))


def _is_put_otherwise(target: str, source: str, *, denies: bool) -> bool:
    """Tell whether words beside those of negation may say the same: indistinguishable, at most, nothing other than."""
    if _DENIES_ITSELF.search(target) or _QUESTION.search(source):
        return True
    if _TWICE.search(target) and _WITHOUT.search(target):
        return True
    if not denies:
        return bool(_ABSENCE.search(source))
    return bool(
        _BOUNDS.search(source)
        or _ASKED_FOR.search(source)
        or _WHETHER.search(source)
        or (_ONLY.search(source) and _OTHERS.search(target))
        or (_NOT_BEFORE.search(target) and _ONLY_THEN.search(source))
    )
