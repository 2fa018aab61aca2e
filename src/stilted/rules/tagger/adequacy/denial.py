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
_BAD: Final = re.compile("不正|非法|fehlerhaft|incorrect|erron", re.IGNORECASE)
"""What is wrong in a source whose words do not count it as a denial: English says that it is invalid."""
_KEPT: Final = re.compile(
    r"仍然可用|仍可|conserv|préserv|preserv|beibehalt|erhalten bleib|\bbleib\w{0,6} erhalten"
    r"|保留|保持|сохран|維持|유지|mantien"
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

_NOT_BEFORE: Final = re.compile(r"\b(?:until|unless|before)\b", re.IGNORECASE)
_ONLY_THEN: Final = re.compile(
    r"才|之前|以前|除非|まで|限り|때까지|전에|пока|\bbis\b|\berst\b|jusqu|hasta|finch[éè]|até", re.IGNORECASE
)
"""What is not so until something is, is so only then."""

_NEVER: Final = re.compile(r"\bnever\b", re.IGNORECASE)
_NEVER_THERE: Final = re.compile(
    r"\bnunca\b|\bjam[aá]is\b|\bniemals\b|\bnie\b|\bmai\b|никогда|ни разу|从不|從不|从未|從未|永不|決して|一度も"
    r"|절대|결코|한 번도",
    re.IGNORECASE,
)
_BLOCKS: Final = re.compile(r"\b(?:block|prevent|forbid|refus|reject|restrict)\w*", re.IGNORECASE)
_ALLOWS: Final = re.compile(
    r"permit|permett|\berlaub|\bzulass|autoris|autoriz|consent|разреш|позвол|允许|允許|許可|허용", re.IGNORECASE
)
"""Denials that are put word by word, or by what they deny: what must not block something must allow it."""

_FORBIDS: Final = re.compile(
    r"verboten|untersagt|interdi[ts]|prohibid|proib|vietat|запре[тщ]|禁止|禁じ|금지", re.IGNORECASE
)
_NOT_ALLOWED: Final = re.compile(
    r"\b(?:not|n['’]t)(?: be)? (?:allowed|permitted)\b|\b(?:must|may|can|should|do)(?: ?not|n['’]t)\b", re.IGNORECASE
)
"""What is forbidden must not be done."""

_DEMANDS: Final = re.compile(r"\b(?:must|should|(?:has|have|needs?) to)\b", re.IGNORECASE)
_DEMANDED: Final = re.compile(
    r"m[uü]ss|d[aü]rf|soll|k[aö]nn|brauch|n[öo]tig|erforderlich|doi[tv]|dev[reo]|peu[tv]|pourr|faut|besoin|n[eé]cess"
    r"|deb[ea]|pued|pod[eéiírao]|ha[yn]? que|precis|dov|può|poss[oi]|bisogn|долж|мож"
    r"|нельзя|следует|надо|нужно|треб|обязан"
    r"|[必须須需应應该該能可得要勿请請准許许]|べき|なけれ?ば|なくて|てはな|てはい|ください|でき"
    r"|야 |안 ?[되됩돼]|수 없|마세요|마십시오|지 ?마|지 ?말|필요",
    re.IGNORECASE,
)
"""A demand is put by what is wrong where it is not met: "must be a date" is rightly what says "is no date". A source
that speaks of what must or may be denies the demand itself."""

_WANTED: Final = re.compile(
    r"\bm[uü]ss|\bdoi[tv]|\bdev[eo]n?o?\b|\bdeben?\b|\bdevem\b|долж[еен]н|必须|必須|应为|應為|なければなりません|ください|해야|[세하]십시오"
    r"|해 ?주세요",
    re.IGNORECASE,
)
_STATED: Final = re.compile(
    r"\b(?:do|does|is|are)(?: ?not|n['’]t) (?:an? |of |in |the )*(?:match|exist|valid|number|integer|correct|equal"
    r"|supported|allowed|unique|date|same|empty|list|file|string)",
    re.IGNORECASE,
)
"""The other way round, what is wrong is put by the demand that it does not meet."""

_ALTERED: Final = re.compile(r"\b(?:alter|chang|modif|lost|lose|affect|remov|delet|overwr)\w*", re.IGNORECASE)
"""What is kept is not changed."""

_FIXED: Final = re.compile(r"\b(?:fixed|constant|immutable|unalterable)\b", re.IGNORECASE)
_CHANGEABLE: Final = re.compile(
    r"änder|veränd|modifi|chang[eé]|cambi|alter[aá]|muda|измен|измін|editier|éditer|editar|编辑|編集|편집|修改|改|[变變更]|변경",
    re.IGNORECASE,
)
"""What cannot be changed is fixed."""

_FOREVER: Final = re.compile(r"\b(?:forever|indefinitely|permanently|always)\b", re.IGNORECASE)
"""What never ends goes on forever."""

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
    if _NEVER.search(target) and _NEVER_THERE.search(source) and _count_denials(target) == 1:
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
    if _COULD.search(target) and _FAILED.search(source) and is_fairly_plain(target) and _is_one_statement(target):
        return COULD
    return IDIOM if DENIAL.search(target) else UNSAID


def _weigh_added(target: str, source: str, *, denied: bool | None) -> str:
    """Return what a denial says that only the translation surely has."""
    if may_be_forbidden(target, source):
        return FORBIDDEN
    if _is_matched(target, source):
        return MATCHED
    denies_itself = bool(_DENIES_ITSELF.search(target))
    is_implied = bool(_IMPLIED.search(source) or _KEPT.search(source))
    if (is_implied and denies_itself) or _is_bounded(target, source):
        return ADDED_TO_BOUND
    if is_implied or (_TWICE.search(target) and _WITHOUT.search(target)):
        return ADDED_TO_IMPLIED
    if denied is None and _SIGN.search(source):
        return ADDED_TO_SIGN
    if denies_itself:
        return ADDED_BESIDE
    return ADDED if denied is False else PERHAPS_ADDED


def _is_matched(target: str, source: str) -> bool:
    """Tell whether words of a source say rightly what a translation puts by a denial."""
    return any(there.search(source) and here.search(target) for there, here in _MATCHES) or bool(
        _WANTED.search(source) and _STATED.search(target) and not _DEMANDS.search(target)
    )


_ERRED: Final = re.compile(r"\berror|errore|erreur|\berros?\b|fehler|ошибк|エラー|오류|错误|錯誤", re.IGNORECASE)
_BEFORE_IT: Final = re.compile(r"前に|之前|以前|전에|\bbevor\b|\bavant\b|\bantes\b|\bprima\b|\bдо того", re.IGNORECASE)
_WITHOUT_IT: Final = re.compile(r"\bwithout\b", re.IGNORECASE)
_AT_MOST: Final = re.compile(
    r"höchstens|maximal|au plus|maximum|máximo|massimo|не более|не больше|最多|最大|以内|이하|이내", re.IGNORECASE
)
_NOT_MORE: Final = re.compile(
    r"(?:not|n['’]t) (?:be |have |contain )?(?:exceed|(?:more|longer|larger|greater|higher|later|bigger|over)\b)",
    re.IGNORECASE,
)
_SHUT: Final = re.compile(
    r"geschlossen|ferm[ée]|cerrad|chius[aoei]|fechad|закрыт|已关闭|已關閉|閉じ|닫[혀힌혔]", re.IGNORECASE
)
_NOT_OPEN: Final = re.compile(r"(?:\bnot|n['’]t) (?:\w+ )?open\b", re.IGNORECASE)
_GOES_ON: Final = re.compile(
    r"en cours|en curso|in corso|em andamento|läuft (?:gerade|noch)|im Gange|выполняется|идёт|идет|正在|进行中|實行中"
    r"|実行中|処理中|進行中|중입니다",
    re.IGNORECASE,
)
_NOT_ENDED: Final = re.compile(
    r"(?:\bnot|n['’]t) (?:yet |been )*(?:finish|complet|end|over\b|done\b|stop)", re.IGNORECASE
)
_EASY: Final = re.compile(
    r"einfach|leicht|facile|\bsimple|sencill|f[áa]cil|semplic|simples|прост[аоыейя]|легк|лёгк|简单|簡單|容易|簡単|쉽|쉬운|간단",
    re.IGNORECASE,
)
_NOT_HARD: Final = re.compile(
    r"(?:\bnot|n['’]t) (?:that |so |very |too |be |a )*(?:complicated|complex|difficult|hard)\b", re.IGNORECASE
)
_WRONGLY: Final = re.compile(
    r"falsch|fehlerhaft|неправильн|неверн|некорректн|incorrect|incorret|scorrett|erróne|erronea|\bmal\b|错误|錯誤|誤っ|잘못",
    re.IGNORECASE,
)
_NOT_RIGHTLY: Final = re.compile(
    r"(?:\bnot|n['’]t) (?:\w+ ){0,2}(?:correctly|properly|rightly|right|correct)\b", re.IGNORECASE
)
_FREE_OF: Final = re.compile(
    r"dépourvu|exempt|gratuit|\bpriv[aoei]\b|carente|desprovist|\bfrei von|kostenlos|unentgeltlich|лишен|лишён|бесплатн"
    r"|免费|無料|무료",
    re.IGNORECASE,
)
_LACKING: Final = re.compile(r"\b(?:without|no (?:charge|cost|fee)s?)\b", re.IGNORECASE)
_TAKEN_AWAY: Final = re.compile(
    r"\bentfern|supprim|retir|\belimin|rimuov|\bquit[ae]|remov|удал[ия]|убер|убра|移除|去除|去掉|取消|外[すし]|제거|해제",
    re.IGNORECASE,
)
_TOLD_NOT_TO: Final = re.compile(r"^\W*(?:do not|don['’]t)\b", re.IGNORECASE)
_MENDED: Final = re.compile(
    r"修复|修復|修正|解决|исправ|behoben|behebt|corrig|correzion|corrección|correction|수정", re.IGNORECASE
)
_FIX: Final = re.compile(r"\b(?:fix\w*|bugs?|resolv\w*|correct(?:s|ed)?)\b", re.IGNORECASE)
"""What is mended is named by what went wrong, or by what goes right since."""
_EXCEPTED: Final = re.compile(
    r"\baußer\b|\bausgenommen\b|\bsauf\b|\bexcepté?\b|\bexcepto\b|\bsalvo\b|\bexceto\b|\beccetto\b|\btranne\b"
    r"|кроме|除了|제외",
    re.IGNORECASE,
)
_WHERE_IT_IS_NOT: Final = re.compile(
    r"\b(?:if|when|where|unless|while)\b[^.;]{0,40}(?:\bnot\b|n['’]t\b)", re.IGNORECASE
)
"""What goes for all but one goes where it is not that one."""
_MATCHES: Final = (
    (_SHUT, _NOT_OPEN),
    (_GOES_ON, _NOT_ENDED),
    (_EASY, _NOT_HARD),
    (_WRONGLY, _NOT_RIGHTLY),
    (_FREE_OF, _LACKING),
    (_TAKEN_AWAY, _TOLD_NOT_TO),
    (_MENDED, _FIX),
    (_FAILED, _COULD_NOT),
    (_ERRED, _COULD_NOT),
    (_BEFORE_IT, _WITHOUT_IT),
    (_AT_MOST, _NOT_MORE),
    (_ALLOWS, _BLOCKS),
    (_FORBIDS, _NOT_ALLOWED),
    (_KEPT, _ALTERED),
    (_ONLY_THEN, _NOT_BEFORE),
    (_EXCEPTED, _WHERE_IT_IS_NOT),
)
"""What a source says, and by which denial it is rightly put."""


_UNFINISHED: Final = re.compile(
    r"未完成|尚未|还没|noch nicht|pas encore|\bno\b.{0,20}todavía|todavía no|aún no|non ancora|ainda não|ещё не|еще не"
    r"|まだ.{0,20}(?:ない|ません)|아직",
    re.IGNORECASE,
)
_ONGOING: Final = re.compile(r"\b(?:in progress|still|pending|ongoing|running|remaining|yet to)\b", re.IGNORECASE)
_NOT_DONE: Final = re.compile(
    r"не (?:мог|может|удал|удаё)|konnten? .{0,60}nicht|kann .{0,60}nicht|n['’](?:a|ont) pas pu|ne peu\w+ pas"
    r"|no se (?:pud|pued)"
    r"|non è stato possibile|não foi possível|无法|不能|できま?せ?ん|できない|할 수 없",
    re.IGNORECASE,
)
_ERRORS: Final = re.compile(r"\b(?:errors?|fail(?:s|ed|ure|ures)?)\b", re.IGNORECASE)
_NOT_FOUND: Final = re.compile(
    r"nicht gefunden|introuvable|no encontrad|non trovat|não encontrad|не найден|未找到|找不到|見つかりません"
    r"|찾을 수 없",
    re.IGNORECASE,
)
_REQUIRED: Final = re.compile(r"\b(?:required|needed|necessary)\b", re.IGNORECASE)
_NOT_LESS: Final = re.compile(
    r"не (?:раньше|меньше|ранее)|non\b.{0,40}\b(?:prima|inferiore|minore)\b|nicht\b.{0,40}\b(?:kleiner|vor|früher)\b"
    r"|\bpas\b.{0,40}\b(?:inférieure?|avant)\b|\bno\b.{0,40}\b(?:menor|antes|inferior)\b"
    r"|não\b.{0,40}\b(?:menor|antes)\b"
    r"|不[能得]?(?:小于|少于|早于)|より(?:前|小さ)",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"\b(?:greater|later|after|at least|longer|higher|or more)\b", re.IGNORECASE)
_DENIALS: Final = (
    (_UNFINISHED, _ONGOING),
    (_NOT_DONE, _ERRORS),
    (_NOT_FOUND, _REQUIRED),
    (_NOT_LESS, _MORE),
    (_MENDED, _FIX),
)
"""What a source denies, and by which words without a denial it is rightly put."""


def _weigh_dropped(target: str, source: str, language: str | None) -> str:
    """Return what a denial says that only the source surely has."""
    if _ABSENCE.search(source):
        return UNSAID
    if any(there.search(source) and here.search(target) for there, here in _DENIALS):
        return MATCHED
    if (_DEMANDS.search(target) and not _DEMANDED.search(source)) or (
        _FOREVER.search(target) and _NEVER_THERE.search(source)
    ):
        return MATCHED
    if _FIXED.search(target) and _CHANGEABLE.search(source):
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
