"""Whether a sentence of a source denies anything, by signs alone, in the languages where these show it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple


class _Signs(NamedTuple):
    """What denies in a language: surely, not at all although it looks so, and perhaps; and what shows the language."""

    strong: re.Pattern[str]
    idiom: re.Pattern[str]
    weak: re.Pattern[str]
    language: re.Pattern[str]


class _Written(NamedTuple):
    """The patterns of `_Signs` as written: most texts have a source in one language, or none."""

    strong: str
    idiom: str
    weak: str
    language: str


_HAN: Final = _Written(
    r"不是|并不|並不|并未|並未|并非|並非|没有|沒有|从未|從未|从不|從不|不会|不會|不能|不可能|无法|無法"
    r"|不再|不要|尚未|不想|不愿|不願"
    r"|不应|不應|绝不|絕不|永不|毫不|毫无|不知道|不得(?!不|了)|不允许|不支持|不需要|未能|不敢|不准|不该"
    r"|不(?![仅僅但只止光过過少断斷久同如妨料禁管论論然错錯良足锈鏽由到必时時等均])|未(?![来來必免央])|[无無](?![论論数數疑人线線缝縫限障损損名])"
    r"|[没沒](?!收|落)|找不到|[请請切]勿|(?<![A-Za-z])非(?=有效|法(?!国|國|語|语))",
    r"不仅|不僅|不但|不只|不止|不光|不过|不過|不少|不断|不斷|不久|不同|不得不|不可不|不能不|不如|不妨|不料"
    r"|不禁|不管|不论|不論|不然"
    r"|不要紧|不错|不錯|不良|不足|不锈|差不多|忍不住|要不|是不是|不是吗|会不会|能不能|有没有|对不起|了不起"
    r"|不好意思|不约而同|不得了"
    r"|不可思议|不能为空|不得为空|不能爲空|不可避免|无论|無論|无数|無數|无人机|無人機|无疑|毫无疑问|无线"
    r"|未来|未來|未必|非常|非洲|除非|莫非|没关系|不由|不只是"
    r"|而不是|是否|不用|不妨|以免|不愧|前所未有|不是.{0,12}就是|(?<!找)不到|难免|免费|免疫|避免"
    r"|(?:如果|若|如)(?:没有|沒有|不是|不|未)[，,]|不[小少大多][于於過过]|不低于|不高于|不超[过過]|不平[等衡]|不已|不清|不知何故|不一(?!致)|[无無]症|看不起|不明|不安|不[满滿]|不幸|不利(?!于|於)|不失[为為]|不适|不適|不懈|不凡|不屑|不容|不[胜勝]|不[对對等]|不自[觉覺]"
    r"|不早于|不晚于|不只|不单|不單|不便",
    r"[不没沒无無未非否莫勿别別免缺难難少拒禁反止停失败敗错錯仅僅只才除空白尚何谁誰哪吗嗎呢岂豈假差限阻避绝絕]",
    r"[\u4e00-\u9fff]{2}",
)
WRITTEN: Final = {
    "zh": _HAN,
    "de": _Written(
        r"\b(?:nicht|nie|niemals|kein\w*|niemand\w*|nichts|ohne|nirgends|weder|ungültig\w*|unzulässig\w*|unmöglich"
        r"|unbekannt\w*|unvollständig\w*)\b",
        r"\b(?:oder nicht|und nicht(?! \w+ (?:werden|wird|ist|sind|kann)))\b|\b(?:falls|wenn) nicht\b"
        r"|\bnicht mehr als\b|\bnicht (?:nur|zuletzt|selten|allein|so|vergessen)\b|\bohne (?:weiteres|zweifel)\b"
        r"|\bzöger\w* sie nicht\b|\bnichts anderes\b",
        r"\b(?:un\w{3,}|kaum|wenig\w*|selten\w*|fehl\w*|mangel\w*|\w+los\w*|nur|erst|statt|anstatt|außer|noch"
        r"|verhinder\w*"
        r"|vermeid\w*|scheiter\w*|lehn\w*|in\w{4,}|ausschl\w*|anders|unterschied\w*|verschieden\w*|misslang\w*"
        r"|ignorier\w*)\b",
        r"\b(?:der|die|das|und|ist|sind|ein|eine|einen|werden|wird|mit|von|zu|den|dem|im|auf|für|sie|nicht"
        r"|kein\w*|dies\w*|ihr\w*|darf|kann|konnte\w*|muss|hat|wurde\w*|ungültig\w*)\b",
    ),
    "fr": _Written(
        r"\b(?:ne|(?<!\d )pas|jamais|aucune?|sans|rien|impossible|introuvable|(?<!ou )non(?= [a-zé]+é))\b|\bn['’]",
        r"\b(?:n['’]|ne )(?:(?!pas\b)[^\s.;:]{1,40} ){1,5}qu(?:e\b|['’])|\bne pas seulement\b|\bpas seulement\b"
        r"|\bsans doute\b"
        r"|\bsans que\b|\bsans fil\b|\bn[’']importe\b|\bn[’'](?:h[ée]sit|oubli)\w+ pas\b|\bou (?:non|pas)\b"
        r"|\bet (?:pas|non)\b"
        r"|\b(?:avant|à moins|tant|jusqu['’]à ce|de peur) qu(?:e |['’])[^.;]{1,60}?(?:\bne\b|\bn['’])"
        r"|\bsi ce n['’]est\b|\bpas à pas\b|\b(?:un|le|au|du|chaque|premiers?) pas\b"
        r"|\bsans (?:fil|serveur|bac|format)\b|\bne [^.;]{1,40}? plus de\b|\bne (?:doit|doivent|peut) pas dépasser\b",
        r"\b(?:in\w{4,}|im\w{4,}|non|peu|rare\w*|manqu\w*|absen\w*|refus\w*|seul\w*|hors|sauf|personne|é?vit\w*"
        r"|empêch\w*|faibl\w*|ir\w{4,}|il\w{4,}|différ\w*|autre\w*|échou\w*|échec\w*|ignor\w*|erreur)\b",
        r"\b(?:le|la|les|de|des|du|et|est|un|une|sont|dans|pour|avec|vous|au)\b|\b[ldcsn][\'’]|\b(?:ce|cet|cette"
        r"|vos|votre|ne|pas|aucune?|impossible|sur|par|à|au|ou)\b",
    ),
    "es": _Written(
        r"\b(?:no|nunca|jamás|ningun[oa]s?|ningún|nadie|nada|sin|tampoco|inválid[oa]s?|imposible)\b",
        r"\bno s[oó]lo\b|\bno solamente\b|\bsin embargo\b|\bsin duda\b|\bnada más\b|\bno obstante\b|\bo no\b"
        r"|\by no\b(?! (?:se|es|está|son|puede|tiene|hay|ha)\b)|\bsi no\b"
        r"|\bsin (?:servidor|formato|conexión|salida|procesar|interrup)\w*\b|\bno [^.;]{1,30}? más de\b"
        r"|\bno (?:dude|olvide)\w*\b|\ba no ser\b",
        r"\b(?:in\w{4,}|im\w{4,}|poc[oa]s?|apenas|rar\w*|falt\w*|ausen\w*|car[eé]\w*|sólo|solo|excepto|salvo"
        r"|evit\w*|des\w{4,}|ir\w{4,}|il\w{4,}|diferen\w*|distint\w*|fall\w*|ignor\w*|error\w*)\b",
        r"\b(?:el|la|los|las|de|del|y|es|un|una|son|en|para|con|por|que|se|este|esta|al|su|sus|tu|o)\b|[áéíóúñ¿]"
        r"|\bno (?:us|pud|pued|exist|conten|conti|tien|ten|hay|ha|fue|est)\w*",
    ),
    "it": _Written(
        r"\b(?:non|mai|nessun\w*|niente|nulla|senza|né|neanche|nemmeno|impossibile|impossibili)\b",
        r"\bnon solo\b|\bnon soltanto\b|\bsenza dubbio\b|\bnon appena\b|\b[eo] (?:non|meno)\b(?! (?:è|può|sono|ha"
        r"|viene|deve|possono|esiste)\b)"
        r"|\bnon (?:esit|dimentic)\w+"
        r"|\b(?:finché|quando|meno che) non\b|\bfino a (?:quando|che)\b[^.;]{1,60}? non\b|\bse non\b",
        r"\b(?:in\w{4,}|im\w{4,}|poc\w+|rar\w*|manc\w*|assen\w*|solo|tranne|salvo|evit\w*|priv\w*"
        r"|ir\w{4,}|il\w{4,}|divers\w*|fallit\w*|fallisc\w*|ignor\w*|errore)\b",
        r"\b(?:il|la|le|gli|di|del|della|e|è|un|una|sono|per|con|che|si|nel|questo|questa|al|non [a-z]+[aeio]"
        r"|nessun\w*|impossibile|i|o)\b",
    ),
    "pt": _Written(
        r"\b(?:não|nunca|jamais|nenhum\w*|ninguém|nada|sem|tampouco|inválid[oa]s?|impossível)\b",
        r"\bnão só\b|\bnão somente\b|\bnão apenas\b|\bsem dúvida\b|\bnada mais\b|\bou não\b|\be não\b(?! (?:é"
        r"|está|pode|são|tem|há|foi|será|deve)\b)"
        r"|\b(?:se|caso) não\b[,.]|\bsem (?:servidor|formatação|sentido|saída)\b|\bnão [^.;]{1,30}? mais de\b"
        r"|\bnão (?:hesit|deix|se esque)\w+",
        r"\b(?:in\w{4,}|im\w{4,}|pouc\w+|rar\w*|falt\w*|ausên\w*|só|apenas|exceto|salvo|evit\w*|des\w{4,}"
        r"|ir\w{4,}|il\w{4,}|diferen\w*|distint\w*|falh\w*|ignor\w*|erro\w*)\b",
        r"\b(?:o|a|os|as|de|do|da|e|é|um|uma|são|para|com|que|se|em|no|na|não|este|esta|ao|seu|sua|impossível|nenhum\w*)\b",
    ),
    "ru": _Written(
        r"\b(?:не|нет|ни|никогда|никто|ничего|ничто|без|нельзя|никак\w*|невозможн\w*|недоступн\w*|недопустим\w*"
        r"|неверн\w*"
        r"|некорректн\w*|неизвестн\w*)\b",
        r"\bне только\b|\bне менее\b|\bне более\b|\bтем не менее\b|\bкак ни\b|\bчто ни\b|\bне раз\b"
        r"|\bчуть не\b|\bпока не\b|\bа не\b|\bне (?:забу|забы)\w+|\bдавно не\b|\bникак не\b|\b(?:или|и) нет\b"
        r"|\bесли не\b|\bпока\b[^.;]{1,80}? не\b|\bне (?:меньше|больше|ниже|выше|позднее|ранее|раньше|позже)\b"
        r"|\bне могли бы\b"
        r"|\bне обязат\w*|\bбез потер\w*|\bбез учета\b|\bне просто\b|\bне указан\w*|\bне задан\w*",
        r"\b(?:не\w{4,}|без\w{3,}|бес\w{3,}|мало\w*|редк\w*|отсутств\w*|лишь|только|кроме|едва|отказ\w*"
        r"|избе[жг]\w*|нежел\w*|вместо|ин\w{4,}|отлич\w*|различ\w*|друг\w*|сбо[йея]\w*|ошиб\w*|игнор\w*)\b",
        r"[а-яё]{3}",
    ),
    "ja": _Written(
        r"ません|なかった|(?<!おこ)ない(?!ます|まし)|ずに|無効|無い|不明(?!瞭)|未対応|未設定|未定義|不可(?!欠)|抜き(?=の|で|に)",
        r"なけれ?ば(?:なり|なら|いけ)(?:ません|ない|なかった)|なく(?:ては|ちゃ)(?:なり|なら|いけ)(?:ません|ない)"
        r"|ないと(?:なり|いけ)(?:ません|ない)|しか[^。、]{0,20}?(?:ません|ない|なかった)|かもしれ(?:ません|ない)"
        r"|に(?:過ぎ|すぎ)(?:ません|ない)|だけで(?:は)?な[くい]|ではなく|間違いな|違いない"
        r"|問題(?:は|も)?(?:あり)?(?:ません|ない)"
        r"|[構か]ま?いません|すみません|限らない|少ない|さりげない|(?:ません|ない)(?:か|でしょう|だろう)|やむを得ない"
        r"|ほか(?:なり|なら)(?:ません|ない)|余儀な|欠か(?:せ|さ)(?:ません|ない)|惜しみ?(?:ません|まない)"
        r"|ないように|わけではない|そう(?:で|し)(?:は)?な(?:い場合|ければ|いと)|なければ(?:ら|な)|に(?:よら|関わら|かかわら)(?:ない|ず)|を問わず",
        r"[無不未非]|ず|ぬ|失敗|エラー|以外|だけ|のみ|避|防|禁|除|なし|ない|なく|なけ|停止|拒否|空|誤|欠|省略"
        r"|スキップ|まで",
        r"[\u3040-\u30ff]",
    ),
    "ko": _Written(
        r"않|없|아닙|아닌|아니[다며고]|못(?:하|합|했|한|할)|마세요|마십시오|지 마|불가능"
        r"|안 ?(?:되|됩|된|됐|돼|함|합니|했)|잘못[된되됐]",
        r"뿐만? 아니|만이 아[니닙닌]|않을 수 없|않으면 안|지 않을까|지 않겠|않도록|불구|상관없|관계없|끊임없"
        r"|틀림없|어김없|밖에 없|빠짐없"
        r"|변함없|손색없|문제(?:가 )?없|없애|아닌지|아닐까|않게|없이|말고|그렇지 않[으은]|아니면|아낌없|넘지 않",
        r"[무미비불부]|실패|오류|제외|생략|금지|방지|피하|거부|중단|중지|차단|잘못|외에|밖에|만 |않|없|아니|못"
        r"|말|해제|취소|건너|누락|빈 ",
        r"[\uac00-\ud7af]",
    ),
}


@cache
def get_signs(language: str) -> _Signs:
    """Return the signs of a language of `WRITTEN`, made ready when the first source in it is read."""
    return _Signs(*(re.compile(pattern, re.IGNORECASE) for pattern in WRITTEN[language]))


def is_denied(source: str, language: str | None) -> bool | None:
    """Tell whether *source* surely denies something, True, or surely nothing, False; None where that is not sure."""
    known = language or _guess_language(source)
    if known not in WRITTEN or not get_signs(known).language.search(source):
        return None
    signs = get_signs(known)
    plain = signs.idiom.sub(lambda m: " " * len(m.group()), source)
    if signs.strong.search(plain):
        return True
    return None if signs.weak.search(source) or plain != source else False


_AGREEING: Final = frozenset({"es", "fr", "it", "pt", "ru"})
"""Languages in which the words of one denial agree: several of them in a clause are one."""
_CLAUSE_ENDS: Final = re.compile(r"[,;:.()]|\b(?:y|e|et|и|o|ou|или)\b", re.IGNORECASE)


def count_denials(source: str, language: str | None) -> int:
    """Count what surely denies in *source*; 0 where its language is unknown."""
    known = language or _guess_language(source)
    if known not in WRITTEN:
        return 0
    signs = get_signs(known)
    plain = signs.idiom.sub(lambda m: " " * len(m.group()), source)
    if known in _AGREEING:
        return sum(1 for clause in _CLAUSE_ENDS.split(plain) if signs.strong.search(clause))
    return sum(1 for _ in signs.strong.finditer(plain))


def _guess_language(source: str) -> str:
    """Return Chinese for a text of Han signs without kana, nothing else."""
    return (
        "zh" if re.search(r"[\u4e00-\u9fff]", source) and not re.search(r"[\u3040-\u30ff\uac00-\ud7af]", source) else ""
    )
