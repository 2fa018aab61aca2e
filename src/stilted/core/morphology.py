"""English inflection: from a lemma to its forms, so that a rule names a word once.

Regular endings follow the spelling rules of Quirk et al., *A Comprehensive Grammar of the English
Language* (1985), 3.3-3.10 and 5.79-5.82; what spelling does not tell (irregular forms, the stress of
longer words) is listed. Of several forms the first is the one to write. Forms that do not exist
("goed") are harmless in a pattern, so nothing is ever left out to be safe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
freeze froze frozen|get got got/gotten|give gave given|go went gone|grind ground ground|grow grew grown
hang hung/hanged hung/hanged|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt
keep kept kept|know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let
lie lay lain|lose lost lost|make made made|mean meant meant|meet met met|mistake mistook mistaken
overcome overcame overcome|overtake overtook overtaken|pay paid paid|put put put|quit quit/quitted quit
read read read|rebuild rebuilt rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran run
say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken
shed shed shed|shine shone shone|shoot shot shot|show showed shown/showed|shrink shrank shrunk|shut shut shut
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken|spit spat/spit spat/spit
spend spent spent|spin spun spun|split split split|spread spread spread|spring sprang sprung|stand stood stood
steal stole stolen|stick stuck stuck|strike struck struck/stricken|strive strove striven|swear swore sworn
sweep swept swept|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn
tell told told|think thought thought|throw threw thrown|understand understood understood
undertake undertook undertaken|undergo underwent undergone|upset upset upset|wake woke woken|wear wore worn
win won won|wind wound wound|withdraw withdrew withdrawn|withstand withstood withstood|write wrote written
behold beheld beheld|beset beset beset|bust busted/bust busted/bust|dwell dwelt/dwelled dwelt/dwelled
fling flung flung|forsake forsook forsaken|input input/inputted input/inputted|kneel knelt/kneeled knelt/kneeled
light lit/lighted lit/lighted|mow mowed mown/mowed|offset offset offset|output output/outputted output/outputted
partake partook partaken|plead pleaded/pled pleaded/pled|preset preset preset|proofread proofread proofread
prove proved proved/proven|retrofit retrofitted retrofitted|rid rid/ridded rid/ridded|saw sawed sawn/sawed
sew sewed sewn/sewed|shear sheared shorn/sheared|slay slew/slayed slain/slayed|sling slung slung|slit slit slit
rend rent rent|sow sowed sown/sowed|speed sped/speeded sped/speeded|sting stung stung|stink stank/stunk stunk
stride strode stridden|string strung strung
swell swelled swollen/swelled|thrust thrust thrust|tread trod trodden/trod|typeset typeset typeset
weave wove/weaved woven/weaved|wed wed/wedded wed/wedded|weep wept wept|wet wet/wetted wet/wetted|wring wrung wrung
burn burned/burnt burned/burnt|dream dreamed/dreamt dreamed/dreamt|lean leaned/leant leaned/leant
leap leaped/leapt leaped/leapt|learn learned/learnt learned/learnt|smell smelled/smelt smelled/smelt
spell spelled/spelt spelled/spelt|spill spilled/spilt spilled/spilt|spoil spoiled/spoilt spoiled/spoilt
"""
_NOUNS: Final = """
man men|woman women|child children|person people/persons|foot feet|tooth teeth|goose geese|mouse mice|ox oxen
life lives|wife wives|knife knives|half halves|leaf leaves|loaf loaves|shelf shelves|self selves|thief thieves
wolf wolves|calf calves|scarf scarves/scarfs|phenomenon phenomena|criterion criteria|analysis analyses|basis bases
crisis crises|thesis theses|hypothesis hypotheses|diagnosis diagnoses|emphasis emphases|synopsis synopses|axis axes
parenthesis parentheses|ellipsis ellipses|oasis oases|synthesis syntheses|datum data|medium media/mediums
index indexes/indices|matrix matrices/matrixes|vertex vertices/vertexes|appendix appendices/appendixes
schema schemas/schemata|formula formulas/formulae|die dies/dice|series series|species species|headquarters headquarters
means means|aircraft aircraft/aircrafts|spacecraft spacecraft|sheep sheep|fish fish/fishes|deer deer
hero heroes|potato potatoes|tomato tomatoes|echo echoes|veto vetoes|torpedo torpedoes|embargo embargoes
cargo cargoes/cargos|bacterium bacteria|elf elves|paralysis paralyses|passerby passersby|standby standbys
quiz quizzes|bus buses/busses
"""
_ADJECTIVES: Final = (
    "good better best|well better best|bad worse worst|far further furthest|little less least|many more most"
    "|much more most"
)
_ENDS_IN_NOUN: Final = ("woman", "child", "person", "tooth", "wife", "shelf", "man", "foot")
"""Nouns whose compounds inflect as they do (policewoman, bookshelf)."""
_NO_MAN: Final = frozenset("human german roman ottoman shaman talisman norman caiman hetman turkoman bigfoot".split())
_STRESSED_END: Final = frozenset(
    """acquit admit allot annul begin commit compel control confer debar defer demur deter dispel embed emit enrol
    enthral equip excel expel extol forbid forget format fulfil impel incur infer inter occur omit outwit patrol permit
    prefer propel rebel rebut recap recur refer refit regret remit repel submit transfer transmit upset
    babysit backlog bootstrap bobsled debug eavesdrop fingertip inset instal leapfrog marathon nonplus
    offset typeset zigzag blacktop backdrop sandbag retrofit""".split()
)
"""Longer verbs that double the last consonant because the stress falls on it, or because they end in a short word."""
_EITHER: Final = frozenset(
    """bevel bias cancel carol channel chisel combat counsel devil dial diagram dowel duel envelop equal focus fuel
    gossip hiccup initial jewel kernel label level libel marshal metal model panel parallel parcel pedal pencil quarrel
    refuel relabel remodel revel rival shovel signal snivel spiral stencil swivel tassel total towel travel trowel
    tunnel unravel""".split()
) | {"program", "kidnap", "worship", "handicap"}
"""Verbs that double the last consonant in British spelling only, or where both are written."""
_DOUBLED_FIRST: Final = frozenset({"program", "kidnap", "worship", "handicap"})
_PREFIXES: Final = ("over", "under", "out", "re", "fore", "mis", "un", "inter", "with", "up", "pre", "in")
_SHORT: Final = re.compile(r"(?:[^aeiou]|qu)*[aeiouy][^aeiouwxy]")
"""A word of one syllable that ends in one vowel letter and one consonant: it doubles that consonant."""
_SYLLABLE_START: Final = re.compile(r"[^aeioulmnr][^aeiou]*|[lmnr](?=[aeiouy])")
"""Tells "re-plan" from "re-nder"."""
_HARD_CH: Final = frozenset("stomach monarch oligarch patriarch epoch tech eunuch loch".split())
_ADDS_K: Final = frozenset("panic mimic traffic picnic frolic".split())
_KEEPS_E: Final = frozenset("singe tinge binge whinge swinge age queue cue".split())


def _read_table(rows: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    entries = (entry.split() for line in rows.split("\n") for entry in line.split("|"))
    return {entry[0]: tuple(tuple(each.split("/")) for each in entry[1:]) for entry in entries if entry}


_IRREGULAR_VERBS: Final = _read_table(_VERBS)
_IRREGULAR_NOUNS: Final = _read_table(_NOUNS)
_IRREGULAR_ADJECTIVES: Final = _read_table(_ADJECTIVES)
_BE: Final = {
    "base": ("be", "am", "are"),
    "s": ("is",),
    "past": ("was", "were"),
    "participle": ("been",),
    "ing": ("being",),
}


def _ends_in_consonant_and_y(word: str) -> bool:
    return len(word) > 1 and word[-1] == "y" and word[-2] not in "aeiou"


def _make_plural(noun: str) -> tuple[str, ...]:
    if noun in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[noun][0]
    ending = next((each for each in _ENDS_IN_NOUN if noun.endswith(each) and noun not in _NO_MAN), "")
    if ending in _IRREGULAR_NOUNS:
        return tuple(noun.removesuffix(ending) + each for each in _IRREGULAR_NOUNS[ending][0])
    return (_add_s(noun),)


def _add_s(word: str) -> str:
    if _ends_in_consonant_and_y(word):
        return word[:-1] + "ies"
    if word.endswith("z") and _SHORT.fullmatch(word):
        return word + "zes"
    if word.endswith("ch") and word in _HARD_CH:
        return word + "s"
    if word.endswith(("s", "x", "z", "ch", "sh")) or _drop_prefixes(word) & {"go", "do"}:
        return word + "es"
    if word.endswith("o") and word in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[word][0][0]
    return {"have": "has"}.get(word, word + "s")


def _drop_prefixes(word: str) -> set[str]:
    return {word, *(word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))}


def _doubles_last_letter(word: str) -> bool:
    if word in _STRESSED_END or _SHORT.fullmatch(word):
        return True
    rests = _drop_prefixes(word) - {word, "pret", "der"}
    return any(_SHORT.fullmatch(rest) and _SYLLABLE_START.match(rest) for rest in rests)


def _add(word: str, ending: str) -> tuple[str, ...]:
    """Add *ending*, which begins with a vowel; British spelling last."""
    if word in _EITHER:
        both = (word + ending, word + word[-1] + ending)
        return both[::-1] if word in _DOUBLED_FIRST else both
    if word in _ADDS_K:
        return (word + "k" + ending,)
    if _doubles_last_letter(word):
        return (word + word[-1] + ending,)
    if word.endswith("e"):
        return _add_to_e(word, ending)
    if _ends_in_consonant_and_y(word) and ending != "ing":
        return (word[:-1] + "i" + ending,)
    return (word + ending,)


def _add_to_e(word: str, ending: str) -> tuple[str, ...]:
    if ending != "ing":
        return (word[:-1] + ending,)
    if word.endswith("ie"):
        return (word[:-2] + "ying",)
    if word.endswith(("ee", "oe", "ye")):
        return (word + ending,)
    dropped = (word[:-1] + ending,)
    return (word + ending, *dropped) if word in _KEEPS_E else dropped


def _find_irregular(lemma: str) -> tuple[tuple[str, ...], ...]:
    """Return past and participle of an irregular verb, also behind a prefix (oversee, rewrite, undersell)."""
    if lemma in _IRREGULAR_VERBS:
        return _IRREGULAR_VERBS[lemma]
    for prefix in _PREFIXES:
        stem = lemma.removeprefix(prefix)
        if stem != lemma and stem in _IRREGULAR_VERBS:
            return tuple(tuple(prefix + each for each in form) for form in _IRREGULAR_VERBS[stem])
    return (), ()


@cache
def list_forms(lemma: str, part: str = "") -> dict[str, tuple[str, ...]]:
    """Return the forms of one lower-case word by name (see `FORMS`), the one to write first.

    Args:
        lemma: the dictionary form.
        part: ``n`` noun, ``v`` verb, ``a`` adjective; empty for noun and verb together.
    """
    if lemma == "be":
        return _BE
    out: dict[str, tuple[str, ...]] = {"base": (lemma,)}
    if part != "a":
        ending_in_s = (*(_make_plural(lemma) if part != "v" else ()), *((_add_s(lemma),) if part != "n" else ()))
        out["s"] = tuple(dict.fromkeys(ending_in_s))
    if part in ("", "v"):
        past, participle = _find_irregular(lemma)
        out["past"] = past or _add(lemma, "ed")
        out["participle"] = participle or _add(lemma, "ed")
        out["ing"] = _add(lemma, "ing")
    if part == "a":
        compared = _IRREGULAR_ADJECTIVES.get(lemma)
        out["er"] = compared[0] if compared else _add(lemma, "er")
        out["est"] = compared[1] if compared else _add(lemma, "est")
    return out


def name_form(word: str, lemma: str, part: str = "") -> str:
    """Name the form of *lemma* that *word* is; ``base`` when it is none of them."""
    for name in FORMS:
        if word in list_forms(lemma, part).get(name, ()):
            return name
    return "base"


def inflect(lemma: str, form: str) -> str:
    """Put *lemma* into *form*; a phrase is inflected in its first word ("roll off" -> "rolled off")."""
    head, space, rest = lemma.partition(" ")
    known = list_forms(head).get(form) or list_forms(head, "a").get(form) or (head,)
    return known[0] + space + rest


_AUXILIARIES: Final = frozenset("have has had having 've be been being is are was were am get got".split())
_BETWEEN: Final = frozenset("not n't never ever often always already just also now still soon".split())


def tell_past_from_participle(form: str, before: Sequence[str]) -> str:
    """Tell "has chosen" from "chose": behind a form of have or be, adverbs apart, a past form is a participle.

    Args:
        form: what `name_form` said; any but ``past`` is returned as it is.
        before: the words before, in lower case; only the last two count.
    """
    if form != "past":
        return form
    near = (word for word in reversed(before[-2:]) if word not in _BETWEEN and not word.endswith("ly"))
    return "participle" if next(near, "") in _AUXILIARIES else "past"
