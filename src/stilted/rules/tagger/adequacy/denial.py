"""Signs of negation on both sides: alone, the model takes "not conducive" for the opposite of a source that says so."""

from __future__ import annotations

import re
from typing import Final

from stilted.rules.checks.negation.polarity import polarity

_SIGNS: Final = {
    "de": r"\b(?:nicht|nie|niemals|kein\w*|niemand\w*|nichts|ohne|weder|un\w{3,})\b",
    "es": r"\b(?:no|nunca|jamás|ningun[oa]s?|ningún|nadie|nada|sin|tampoco|imposible|inválid\w*)\b",
    "fr": r"\b(?:ne|pas|jamais|aucune?|sans|rien|non|impossible|introuvable|invalide|indisponible)\b|\bn['’]",
    "it": r"\b(?:non|mai|nessun\w*|niente|nulla|senza|né|impossibile)\b",
    "ja": "ない|なく|なけ|ません|ずに|なし|[無不未非]",
    "ko": "않|아니|아닙|아닌|없|못|마세요|마십|지 마|말고|말아|불가",
    "pt": r"\b(?:não|nunca|jamais|nenhum\w*|ninguém|nada|sem|impossível|inválid\w*)\b",
    "ru": r"\b(?:не\w*|нет|ни|никогда|никто|ничего|без\w*|нельзя)\b",
    "zh": "[不没沒无無未非否勿别別莫]",
}
_SIGN: Final = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _SIGNS.items()}
_ANY: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _SIGNS.values()), re.IGNORECASE)


def differ(target: str, source: str, language: str | None) -> bool:
    """Tell whether one side shows a negation and the other none."""
    denies = _SIGN.get(language or "", _ANY).search(source) is not None
    return denies != bool(polarity(target).strong)
