"""Articles: a or an by sound, an article too many, and an article that every native writer would have set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stilted.core.model import Example, Finding, Precedence, Rule, Segment, Status
from stilted.core.tokens import TokenKind, find_word_before
from stilted.rules.checks.grammar import _noun_phrases
from stilted.rules.checks.grammar._finder import find, find_guesses
from stilted.rules.checks.grammar._sentence import FUNCTION_WORDS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, NOUN, PAST, PLURAL, VERB_S

_A_AN: Final = "grammar/article-a-an"
_SILENT_H: Final = re.compile(r"hour|honest|hono|heir")
_EITHER_H: Final = re.compile(r"herb|histor|hotel|hyster|habit|hilar|homage")
_SOUNDS_LIKE_YOU: Final = re.compile(
    r"uni(?!n|m(?!o)|d(?!i)|ss|gn)|unary|us(?:a|e|i(?!ng?$)|u)|ut(?:i|o)|eu|ew|ur(?:i|l|ani)|ubi|umask|one$|ones|once|ouija"
)
_SOUNDS_LIKE_UP: Final = re.compile(r"un|up|ul|um|ut|ur(?!a|i|l)|us|ub(?!u)|ug")
_LETTERS_WITH_VOWEL: Final = frozenset("FHLMNRSX")
"""Letters whose names begin with a vowel although they are consonants; U is the other way about."""
_SAID_AS_LETTERS: Final = frozenset("RSA SSA RPA SSI NGO SUV RGBA MRI HTML FBI HSLA NFA MFA HTTPS".split())
_SAID_BOTH_WAYS: Final = frozenset(
    "FAQ SQL LAN SAP REST MUD NAS NAT ROS SIM SAR LED LAMP RAM ROM RIP NASA NATO SAML FIFO LIFO MIPS MIME LUA RACK RAID"
    " RIG ROI ROR MAC NIC LUN SAN SOAP LDAP SOCKS UNIX UNICEF UNESCO UFO FORM FAT FIX".split()
)
_NO_NOUN: Final = FUNCTION_WORDS | frozenset("e i a an the etc".split())
_LABELS: Final = frozenset("option type class vitamin plan point grade level hepatitis team group an the".split())
"""Words before "a" as a name: type A instances."""
_GOES_ON: Final = re.compile(r"_|[./:]\w")
"""What shows that a word is part of a name or a path."""
_ONSET: Final = re.compile(r"[^aeiouy]+")
_ONSETS: Final = frozenset(
    "b bl br c ch chl chr cl cr cz d dh dr dw f fl fr g gh gl gn gr gw h j k kh kl kn kr l m mn n p ph phl phr pl pn pr"
    " ps pt q r rh s sc sch scl scr sh shr sk sl sm sn sp sph spl spr sq st str sv sw t th thr thw tr ts tw v w wh wr"
    " z".split()
)
"""Consonants that English words begin with. What begins with others is said by its letters: an lvalue, an n-d-array."""
_HUMP: Final = re.compile(r"[A-Z][a-z]+(?=[A-Z])")
"""The first word of a name that is written as one: the One of OneNote."""
_TEENS: Final = re.compile(r"1[18](?:,\d{3})?(?![\d,.])")


def _choose_article_before_letters(word: str) -> str:
    """Return the article before what is written in capitals; nothing where people differ."""
    letters = word.removesuffix("s") if word[-1:] == "s" else word
    if letters in _SAID_AS_LETTERS:
        return "an"
    if letters in _SAID_BOTH_WAYS or len(letters) > 6:
        return ""
    if letters[0] in "AEIO":
        return "an"
    if letters[0] == "U":
        return "a" if not re.search(r"[AEO]", letters[1:]) or letters.startswith(("UE", "UU")) else ""
    if letters[0] in _LETTERS_WITH_VOWEL:
        return "" if re.search(r"[AEIOUY]", letters) else "an"
    return "a"


def _choose_article_before_number(text: str, start: int, end: int) -> str:
    digits = text[start:end]
    if digits.startswith("8"):
        return "an"
    if re.match(r"1[18](?!\d$)", digits):
        return "an" if _TEENS.match(text, start) else ""
    return "a" if digits[:1] in "12345679" and text[end : end + 1] not in "./" else ""


def _choose_article_before_word(word: str) -> str:
    if _EITHER_H.match(word) or not re.search(r"[aeiouy]", word):
        return ""
    onset = _ONSET.match(word)
    if onset and onset.group() not in _ONSETS and onset.group() != "x":
        return ""
    if _SILENT_H.match(word):
        return "an"
    if _SOUNDS_LIKE_YOU.match(word):
        return "a"
    if word[0] == "u":
        return "an" if _SOUNDS_LIKE_UP.match(word) else ""
    if word[0] in "aeio":
        return "an"
    if word[0] == "y":
        return "a" if word[1:2] in tuple("aeiou") else ""
    return "" if word[0] == "x" or word.startswith(("tsu", "nginx")) else "a"


def choose_article(text: str, start: int, end: int) -> str:
    """Return "a" or "an", as the word at the place asks for; nothing where that is not certain."""
    word = text[start:end]
    if word[:1].isdigit():
        return _choose_article_before_number(text, start, end)
    if not word.isascii() or not word.isalpha() or _GOES_ON.match(text, end):
        return ""
    if len(word) == 1:
        return ("an" if word in "AEFHILMNORSX" else "a") if word.isupper() else ""
    if word.isupper() or re.fullmatch(r"[A-Z]{2,}s", word):
        return _choose_article_before_letters(word)
    if word[1:] != word[1:].lower():
        first = re.match(r"[A-Z]+(?=[A-Z][a-z])", word)
        if first and len(first.group()) > 1:
            return _choose_article_before_letters(first.group())
        if word[:2].isupper() or word[0] in "FHLMNRSXU":
            return ""
        if hump := _HUMP.match(word):
            word = hump.group()  # a OneNote file
    return _choose_article_before_word(word.lower())


def _mark_a_or_an(sentence: Sentence, at: int) -> Iterator[Mark]:
    written = sentence.raw(at)
    if not sentence.are_joined(at, at + 1) or sentence.is_glued(at):
        return
    if not written.islower() and not (written in ("A", "An") and sentence.begins(at)):
        return
    following = sentence.tokens[at + 1]
    if len(following.norm) == 1 and at and len(sentence.word(at - 1)) == 1:
        return  # letters in a row, as of flags: i a H
    if following.norm in _NO_NOUN or (at and sentence.word(at - 1) in _LABELS):
        return
    if written == "An" and sentence.is_name(at + 1) and sentence.forms(at + 2) & (VERB_S | PAST):
        return  # a person: An Wei came
    right = choose_article(sentence.text, following.start, following.end)
    if right and right != sentence.word(at):
        yield sentence.mark(_A_AN, at, at, right if written.islower() else right.capitalize())


_SECOND: Final = frozenset("the a an my your our their its this these those".split())


def _mark_article_before_determiner(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark an article before a second determiner."""
    first, second = sentence.word(at), sentence.word(at + 1)
    if second not in _SECOND or second == first or not sentence.are_joined(at, at + 2):
        return
    if sentence.raw(at) == "A" or not sentence.is_lower(at + 1):
        return
    if second == "a" and sentence.word(at + 2) in ("priori", "posteriori"):
        return
    if first != "the" and sentence.word(at + 2) in _NO_NOUN:
        return
    if sentence.tag(at + 2) in ("NN", "NNS", "JJ", "NNP"):
        yield sentence.mark("grammar/article-doubled", at, at + 1)


_BETWEEN_ARTICLES: Final = frozenset("of in by with from for".split())
_ADVERBS_BETWEEN: Final = frozenset("just only exactly directly usually truly also really simply actually".split())


def _mark_article_before_article(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "the in the house" and "a just a house"."""
    between, second = sentence.word(at + 1), sentence.word(at + 2)
    if second not in ("the", "a", "an", "this") or not sentence.are_joined(at, at + 3) or not sentence.is_lower(at + 1):
        return
    if sentence.is_glued(at) or not sentence.is_lower(at + 2) or sentence.raw(at) == "A":
        return
    if sentence.word(at + 3) == second:
        return  # the doubled word is told as such
    if between in _BETWEEN_ARTICLES or between in _ADVERBS_BETWEEN:
        yield sentence.mark("grammar/article-doubled", at, at + 2)


_BEFORE_SAME: Final = frozenset(
    "in at on to from of with by for use uses using used has have having share shares is are be keep get under into"
    " within through than as".split()
)


def _mark_same_without_the(sentence: Sentence, at: int) -> Iterator[Mark]:
    if not sentence.are_joined(at - 1, at + 1) or not sentence.is_lower(at) or sentence.is_glued(at):
        return
    if sentence.word(at - 1) not in _BEFORE_SAME or sentence.word(at + 1) in ("as", "day", "store", "origin", "thing"):
        return
    if sentence.tag(at + 1) in ("NN", "NNS", "JJ") and sentence.is_lower(at + 1):
        yield sentence.mark("grammar/same-without-the", at, at, "the same")


def _mark_missing_article(sentence: Sentence, at: int) -> Iterator[Mark]:
    missing = _noun_phrases.find_missing_article(sentence, at, _noun_phrases.CERTAIN)
    if missing is not None:
        yield sentence.mark("grammar/missing-article", missing[0], at)


_SHOWN: Final = frozenset(
    "command code figure example table image diagram snippet configuration script query section picture screenshot"
    " list".split()
)
_NUMBERS: Final = frozenset("two three four five six seven eight nine ten several".split())
_OF_ONE: Final = frozenset("is was has shows will can".split())
_OF_MANY: Final = frozenset("are were have show will can must should may".split())


def _mark_following_without_the(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "Following three modes are supported"; following good habits is another thing."""
    noun = at + 1
    if not sentence.begins(at) or sentence.raw(at) != "Following":
        yield from _mark_following_as_object(sentence, at)
        return
    while noun < at + 3 and (
        sentence.kind(noun) is TokenKind.NUMBER or sentence.word(noun) in _NUMBERS or sentence.forms(noun) & ADJECTIVE
    ):
        if sentence.forms(noun) & (NOUN | PLURAL) and sentence.word(noun + 1) in _OF_ONE | _OF_MANY:
            break
        noun += 1
    possible, verb = sentence.forms(noun), sentence.word(noun + 1)
    if not sentence.are_joined(at, noun + 1) or not sentence.is_lower(noun):
        return
    is_many = bool(possible & PLURAL) and sentence.word(noun).endswith("s") and verb in _OF_MANY
    if is_many or (sentence.word(noun) in _SHOWN and verb in _OF_ONE):
        yield sentence.mark("grammar/missing-article", at, at, "The following")


_TAKE_FOLLOWING: Final = frozenset(
    "use uses using add adds run execute set install contain contains find define defines select perform has have"
    " via".split()
)
"""What has things behind it that follow; of other words what is done may be the object: it supports following links."""


def _mark_following_as_object(sentence: Sentence, at: int) -> Iterator[Mark]:
    """Mark "use following two keys"."""
    noun = at + 1
    if sentence.word(at - 1) not in _TAKE_FOLLOWING or not sentence.is_lower(at) or sentence.is_glued(at):
        return
    while noun < at + 3 and (sentence.word(noun) in _NUMBERS or sentence.tag(noun) in ("JJ", "VBN", "CD")):
        noun += 1
    possible = sentence.forms(noun)
    is_many = bool(possible & PLURAL) and not possible & NOUN and sentence.tag(noun) == "NNS"
    if is_many and sentence.are_joined(at - 1, noun) and sentence.is_lower(noun) and sentence.ends_phrase(noun):
        yield sentence.mark("grammar/missing-article", at, at, "the following")


def _mark_likely_missing_article(sentence: Sentence, at: int) -> Iterator[Mark]:
    missing = _noun_phrases.find_missing_article(sentence, at, _noun_phrases.LIKELY)
    if missing is not None and _noun_phrases.find_missing_article(sentence, at, _noun_phrases.CERTAIN) is None:
        yield sentence.mark("grammar/missing-article-likely", missing[0], at)


def _mark_missing_article_of_some(sentence: Sentence, at: int) -> Iterator[Mark]:
    missing = _noun_phrases.find_missing_article(sentence, at, _noun_phrases.LIKELY_OF_SOME)
    if missing is not None:
        yield sentence.mark("grammar/missing-article-likely", missing[0], at)


def _mark_bare_noun(sentence: Sentence, at: int) -> Iterator[Mark]:
    first = _noun_phrases.find_bare_phrase(sentence, at)
    if first is not None:
        yield sentence.mark("grammar/bare-noun", first, at)


MATCHERS: Final = (
    (("a", "an"), _mark_a_or_an),
    (("a", "an", "the"), _mark_article_before_determiner),
    (("a", "the"), _mark_article_before_article),
    (("same",), _mark_same_without_the),
    (("following",), _mark_following_without_the),
    (_noun_phrases.list_heads, _mark_missing_article),
)

GUESSES: Final = (
    (_noun_phrases.list_heads, _mark_likely_missing_article),
    (_noun_phrases.list_doubtful_heads, _mark_missing_article_of_some),
    (_noun_phrases.list_possible_heads, _mark_bare_noun),
)


def _is_heard_so(segment: Segment, finding: Finding) -> bool:
    """Tell whether anybody would say the next word as its letters tell; short names and "u" are said in two ways."""
    text = segment.target or ""
    words = text[finding.segment_end :].split()
    word = words[0].strip("(,.;:!?)") if words else ""
    if not word or find_word_before(text, finding.segment_start) == "to":  # "to a apply" lacks more than a letter
        return False
    if word.isupper():
        return word[0] in "AEIO" or not _VOWEL.search(word)
    if word[0].isdigit():
        return True
    return bool(_CLEAR_VOWEL.match(word) if finding.text.lower() == "a" else _CLEAR_CONSONANT.match(word))


_VOWEL: Final = re.compile(r"[AEIOUY]")
_CLEAR_VOWEL: Final = re.compile(r"(?:[aeio](?!ne?\b|nce\b|u)|hour|honest|honou?r)[a-z]*", re.I)
_CLEAR_CONSONANT: Final = re.compile(
    r"(?:[bcdfgjklmnprstvwz][aeiou]|[bcfgps]l|[bcdfgpt]r|ch|sh|th|wh|s[cknptwm]|tw|qu|str|spr|un[ai])[a-z]{2,}|use",
    re.I,
)


RULES: Final = (
    Rule(
        id=_A_AN,
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The article does not fit the sound of the next word.",
        why="A stands before a consonant that is heard, an before a vowel that is heard, whatever the spelling.",
        find=find,
        bad=(
            Example.of("Write to <v>a</v> editor who sits in <v>an</v> university.",
                       "Write to an editor who sits in a university."),
            Example.of("It takes <v>a</v> hour on <v>an</v> one-way ticket.", "It takes an hour on a one-way ticket."),
            Example.of("Open <v>a</v> SSH session or send <v>a</v> HTTP request to <v>an</v> URL.",
                       "Open an SSH session or send an HTTP request to a URL."),
            Example.of("Take <v>a</v> 8-bit value and <v>an</v> 16-bit one.", "Take an 8-bit value and a 16-bit one."),
            Example.of("<v>A</v> unusual year ended.", "An unusual year ended."),
        ),
        good=(
            Example.of("A European, an heir, a one-off, an MBA, a user, an umbrella, a unit and an unidentified man."),
            Example.of("Read a FAQ or an FAQ; ask a SQL server or an SQL server; an historic or a historic day."),
            Example.of("Of type A instances, vitamin A is one; an 11-year-old and an 18th birthday are others."),
            Example.of("Make an ndarray or a ndarray; an lvalue, an rsync daemon, an ngram."),
            Example.of("The flags are i a H r."),
            Example.of("An Wenlu came later. An Shirou is her aunt."),
            Example.of("Pass a sqlite_str or an nginx server; a and b are numbers; see a.example."),
        ),
        confidence=0.85,
        safe_fix=True,
        fix_guard=_is_heard_so,
    ),
    Rule(
        id="grammar/article-doubled",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="Two determiners stand before one noun.",
        why="One of the two was left over when the other was written.",
        find=find,
        bad=(
            Example.of("Open <v>a the</v> door and close <v>the your</v> eyes."),
            Example.of("She bought <v>the a</v> house."),
            Example.of("The key is in <v>the of the</v> house, <v>a just a</v> small one."),
        ),
        good=(
            Example.of("The the is a band; a this-or-that question; the an in the sentence is wrong."),
            Example.of("A in the list is the first of the letters; it is just a small one, of a kind."),
        ),
        confidence=0.8,
    ),
    Rule(
        id="grammar/same-without-the",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="“Same” takes “the”.",
        why="What is the same is known, so that English says the same; languages without articles do not.",
        find=find,
        bad=(Example.of("They live in <v>same</v> street and use <v>same</v> name.",
                        "They live in the same street and use the same name."),),
        good=(Example.of("They live in the same street. Same here. It is the same as ever, with same-day delivery."),),
        confidence=0.5,
        status=Status.PREVIEW,
        stable_at_high=True,
        safe_fix=True,
    ),
    Rule(
        id="grammar/missing-article",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="An article, or another determiner, is missing here.",
        why="A singular noun that can be counted does not stand alone; languages without articles leave them out.",
        find=find,
        not_for=frozenset({"ui"}),
        bad=(
            Example.of("The client keeps its settings in <v>new folder</v> of the user."),
            Example.of("<v>Following</v> three doors are open."),
            Example.of("Use <v>following</v> new keys.", "Use the following new keys."),
        ),
        good=(
            Example.of("The client keeps its settings in the new folder of the user."),
            Example.of("He went to school by bus, in order to learn by heart how to play chess at home."),
            Example.of("Memory usage and response time depend on network latency in production."),
            Example.of('In the menu of the client, select "Create new folder".'),
            Example.of("In the menu of the client, select Create new folder, and wait."),
            Example.of("Create new folder: makes a folder below the one that is open."),
            Example.of("It is an old, narrow example of class rule, and of hierarchy at that."),
            Example.of("By following these rules you keep following guests; it supports following links."),
            Example.of("Following good habits is wise, and following the signs are two dogs."),
            Example.of("An authorize result of the lock is sent to the owner of the key."),
            Example.of("You set the mark at point A and then move it to folder B."),
            Example.of("The house.example repository provides many old paintings, subject to a tax."),
            Example.of("The plan is way more complex to understand. Set house.width in the plan of the house."),
        ),
        confidence=0.6,
    ),
    Rule(
        id="grammar/missing-article-likely",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="An article, or another determiner, may be missing here.",
        why="Native writers nearly always set one before this noun, in this place.",
        find=find_guesses,
        not_for=frozenset({"ui"}),
        bad=(
            Example.of("You can find the name in <v>main menu</v> at any time."),
            Example.of("To open the gate, turn <v>key</v> of the lock."),
        ),
        good=(Example.of("You can find the name in the main menu, on paper or by heart."),),
        confidence=0.5,
        status=Status.PREVIEW,
        stable_at_high=True,
    ),
    Rule(
        id="grammar/bare-noun",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="A singular noun stands alone: an article may be missing here, or the ending of the plural.",
        why="Behind “when”, a name or a form in -ing, editors mend every other such noun.",
        find=find_guesses,
        not_for=frozenset({"ui"}),
        bad=(
            Example.of("The porter rings the bell when <v>window</v> is open at night."),
            Example.of("You can keep the letters of all guests in <v>Vienna folder</v> for a year."),
        ),
        good=(
            Example.of("The porter rings the bell when the window is open at night."),
            Example.of("After lunch and by night, when weather permits, the porter rests for as long as he likes."),
        ),
        confidence=0.45,
        status=Status.PREVIEW,
        stable_at_high=True,
        precedence=Precedence.GUESS,
    ),
)  # fmt: skip
