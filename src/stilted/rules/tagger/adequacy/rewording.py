"""Denials that the other side rightly puts in other words: what is shut is not open, what is missing was not found."""

from __future__ import annotations

import re
from typing import Final

KEPT: Final = re.compile(
    r"仍然可用|仍可|conserv|préserv|preserv|beibehalt|erhalten bleib|\bbleib\w{0,6} erhalten"
    r"|保留|保持|сохран|維持|유지|mantien"
    r"|manten|\bfallit[aeio]\b|помилк|błąd|błęd|niepowodz|mislukt|misslyck|chyb[aeuy]\b|selhal|başarısız",
    re.IGNORECASE,
)
"""What is kept is not deleted. It implies a denial, too, and so do errors in further languages."""

FAILED: Final = re.compile(
    r"\bfallit[aeio]\b|échec|échou|fehlgeschl|schlug fehl|falh|\bfall[ao]|失敗|失败|실패|異常|异常|비정상",
    re.IGNORECASE,
)
_COULD_NOT: Final = re.compile(r"\b(?:could|can|did|was|were) ?(?:not|n['’]t)\b|\bcan['’]t\b|\bunable\b", re.IGNORECASE)
"""What has failed could not be done."""

_NOT_BEFORE: Final = re.compile(r"\b(?:until|unless|before)\b", re.IGNORECASE)
_ONLY_THEN: Final = re.compile(
    r"才|之前|以前|除非|まで|限り|때까지|전에|пока|\bbis\b|\berst\b|jusqu|hasta|finch[éè]|até", re.IGNORECASE
)
"""What is not so until something is, is so only then."""

NEVER_THERE: Final = re.compile(
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
    (FAILED, _COULD_NOT),
    (_ERRED, _COULD_NOT),
    (_BEFORE_IT, _WITHOUT_IT),
    (_AT_MOST, _NOT_MORE),
    (_ALLOWS, _BLOCKS),
    (_FORBIDS, _NOT_ALLOWED),
    (KEPT, _ALTERED),
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


def is_rightly_denied(target: str, source: str) -> bool:
    """Tell whether words of a source say rightly what a translation puts by a denial."""
    return any(there.search(source) and here.search(target) for there, here in _MATCHES) or bool(
        _WANTED.search(source) and _STATED.search(target) and not _DEMANDS.search(target)
    )


def is_rightly_said(target: str, source: str) -> bool:
    """Tell whether words of a translation put rightly, without a denial, what a source denies."""
    return (
        any(there.search(source) and here.search(target) for there, here in _DENIALS)
        or bool(_DEMANDS.search(target) and not _DEMANDED.search(source))
        or bool(_FOREVER.search(target) and NEVER_THERE.search(source))
        or bool(_FIXED.search(target) and _CHANGEABLE.search(source))
    )
