"""English inflection: from a lemma to its forms, so that a rule names a word once.

Regular endings follow the spelling rules of Quirk et al., *A Comprehensive Grammar of the English
Language* (1985), 3.3-3.10 and 5.79-5.82; the irregular forms are listed. Forms that do not exist
("goed") are harmless in a pattern, so nothing is ever left out to be safe.
"""

from __future__ import annotations

from functools import cache
from typing import Final

FORMS: Final = ("base", "s", "past", "participle", "ing", "er", "est")

_VERBS: Final = """
arise arose arisen|awake awoke awoken|be was been|bear bore borne|beat beat beaten|become became become
begin began begun|bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled
blow blew blown|break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast
build built built|burst burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen
cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug
do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed
feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown|forbid forbade forbidden
forecast forecast forecast|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven
freeze froze frozen|get got got|give gave given|go went gone|grind ground ground|grow grew grown
hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt
keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let
lie lay lain|lose lost lost|make made made|mean meant meant|meet met met|mistake mistook mistaken
overcome overcame overcome|overtake overtook overtaken|pay paid paid|put put put|quit quit quit
read read read|rebuild rebuilt rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran run
say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken
shed shed shed|shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken|spit spat spat
spend spent spent|spin spun spun|split split split|spread spread spread|spring sprang sprung|stand stood stood
steal stole stolen|stick stuck stuck|strike struck struck|strive strove striven|swear swore sworn
sweep swept swept|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn
tell told told|think thought thought|throw threw thrown|understand understood understood
undertake undertook undertaken|undergo underwent undergone|upset upset upset|wake woke woken|wear wore worn
win won won|wind wound wound|withdraw withdrew withdrawn|withstand withstood withstood|write wrote written
"""
_NOUNS: Final = """
man men|woman women|child children|person people|foot feet|tooth teeth|goose geese|mouse mice|ox oxen
life lives|wife wives|knife knives|half halves|leaf leaves|loaf loaves|shelf shelves|self selves|thief thieves
wolf wolves|calf calves|phenomenon phenomena|criterion criteria|analysis analyses|basis bases|crisis crises
thesis theses|hypothesis hypotheses|datum data|medium media|series series|species species
"""
_ADJECTIVES: Final = "good better best|bad worse worst|far further furthest|little less least|many more most"
_DOUBLING: Final = frozenset(
    """begin commit control equip forget occur permit plan prefer refer regret rob rub stop submit transfer
    admit compel expel grab drop ship shop step skip slip trim win run get set put cut hit sit let bet big fit flat
    hot dig swim spin shut quit upset wrap zip chat tap map plug stir swap omit
    slap clap tip dip rip sip jam jog hug nod pin spot trap pop pat wed""".split()
)
"""Lemmas that double the last consonant; stress cannot be seen in the spelling."""
_PREFIXES: Final = ("over", "under", "out", "re", "fore", "mis", "un", "inter", "with", "up")
_EITHER: Final = frozenset("travel label model cancel level fuel signal counsel program worship focus".split())
"""Lemmas that double it in British spelling only."""


def _table(rows: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in rows.split("\n") for entry in line.split("|"))
    return {entry[0]: tuple(entry[1:]) for entry in entries if entry}


_IRREGULAR_VERBS: Final = _table(_VERBS)
_IRREGULAR_NOUNS: Final = _table(_NOUNS)
_IRREGULAR_ADJECTIVES: Final = _table(_ADJECTIVES)
_BE: Final = {
    "base": ("be", "am", "are"),
    "s": ("is",),
    "past": ("was", "were"),
    "participle": ("been",),
    "ing": ("being",),
}


def _consonant_y(word: str) -> bool:
    return len(word) > 1 and word[-1] == "y" and word[-2] not in "aeiou"


def _s(word: str) -> str:
    if word in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[word][0]
    if _consonant_y(word):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in (
        "go",
        "do",
        "undergo",
        "hero",
        "potato",
        "tomato",
        "echo",
    ):
        return word + "es"
    return {"have": "has"}.get(word, word + "s")


def _stem(word: str, vowel_ending: str) -> str:
    if word in _DOUBLING:
        return word + word[-1] + vowel_ending
    if word.endswith("e") and not (vowel_ending == "ing" and word.endswith(("ee", "oe", "ye"))):
        return (
            "y".join([word[:-2], ""]) if vowel_ending == "ing" and word.endswith("ie") else word[:-1]
        ) + vowel_ending
    if _consonant_y(word) and vowel_ending != "ing":
        return word[:-1] + "i" + vowel_ending
    return word + vowel_ending


def _irregular(lemma: str) -> tuple[str, ...]:
    """Return past and participle of an irregular verb, also behind a prefix (oversee, rewrite, undersell)."""
    if lemma in _IRREGULAR_VERBS:
        return _IRREGULAR_VERBS[lemma]
    for prefix in _PREFIXES:
        stem = lemma.removeprefix(prefix)
        if stem != lemma and stem in _IRREGULAR_VERBS:
            return tuple(prefix + form for form in _IRREGULAR_VERBS[stem])
    return "", ""


def _both(word: str, ending: str) -> tuple[str, ...]:
    plain = _stem(word, ending)
    return (plain, word + word[-1] + ending) if word in _EITHER else (plain,)


@cache
def forms(lemma: str, part: str = "") -> dict[str, tuple[str, ...]]:
    """Return the forms of one lower-case word by name (see `FORMS`).

    Args:
        lemma: the dictionary form.
        part: ``n`` noun, ``v`` verb, ``a`` adjective; empty for noun and verb together.
    """
    if lemma == "be":
        return _BE
    out: dict[str, tuple[str, ...]] = {"base": (lemma,)}
    if part != "a":
        verb_too = (lemma + "s",) if part != "n" and lemma in _IRREGULAR_NOUNS else ()
        out["s"] = (_s(lemma), *verb_too)
    if part in ("", "v"):
        past, participle = _irregular(lemma)
        out["past"] = (past,) if past else _both(lemma, "ed")
        out["participle"] = (participle,) if participle else _both(lemma, "ed")
        out["ing"] = _both(lemma, "ing")
    if part == "a":
        compared = _IRREGULAR_ADJECTIVES.get(lemma)
        out["er"] = (compared[0],) if compared else (_stem(lemma, "er"),)
        out["est"] = (compared[1],) if compared else (_stem(lemma, "est"),)
    return out


def form_of(word: str, lemma: str, part: str = "") -> str:
    """Name the form of *lemma* that *word* is; ``base`` when it is none of them."""
    for name in FORMS:
        if word in forms(lemma, part).get(name, ()):
            return name
    return "base"


def inflect(lemma: str, form: str) -> str:
    """Put *lemma* into *form*; a phrase is inflected in its first word ("roll off" -> "rolled off")."""
    head, space, rest = lemma.partition(" ")
    known = forms(head).get(form) or forms(head, "a").get(form) or (head,)
    return known[0] + space + rest
