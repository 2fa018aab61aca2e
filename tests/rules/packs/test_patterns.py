"""The pattern language: what it matches, what it refuses, and that nothing makes it hang."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core.errors import UserError
from stilted.core.morphology import FORMS, inflect, list_forms, name_form
from stilted.core.tokens import count, tokenize
from stilted.rules.packs import vm
from stilted.rules.packs.compiler import compile_pattern, list_words_to_find
from stilted.rules.packs.vm import find_matches_near, match_at


def find_in(pattern: str, text: str, *, exact: bool = False) -> list[str]:
    program = compile_pattern(pattern, "test", exact=exact)
    parts = list(tokenize(text))
    written = [text[t.start : t.end] for t in parts] if exact else None
    words = {w.casefold() for w in program.anchor.words}
    anchors = [i for i, t in enumerate(parts) if t.norm in words]
    return [m.span(parts).of(text) for m in find_matches_near(program, parts, anchors, written, vm.Kinds(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("offline", "It is Offline, not offlined or off-line.", ["Offline"]),
        ("{go} offline", "It goes offline. It went offline; going “offline”.", ["goes offline", "went offline", "going “offline"]),  # noqa: E501
        ("car making", "a car-making force", ["car-making"]),
        ("PPT car", 'the "PPT car" phase', ["PPT car"]),
        ("(strong|big) {rain:n}", "strong rains and big rain", ["strong rains", "big rain"]),
        ("very [very] good", "very very good, very good", ["very very good", "very good"]),
        ("make * progress", "make a progress, make progress, make some more progress", ["make a progress"]),
        ("make *0-2 progress", "make a progress. make progress. make some more progress", ["make a progress", "make progress", "make some more progress"]),  # noqa: E501
        ("# person times", "12,000 person-times", ["12,000 person-times"]),
        ("^ recently ,", "Recently, he left. He was recently, and often, here. Recently, no.", ["Recently,", "Recently,"]),  # noqa: E501
        ("if * do n't <{mix} it>", "x", []),
        ("we <mix it>", "we mix it; they mix it", ["mix it"]),
        ("xiaopeng 's car", "Xiaopeng’s car and xiaopeng's car", ["Xiaopeng’s car", "xiaopeng's car"]),
        ("don't stop", "Don’t stop, don't stop", ["Don’t stop", "don't stop"]),
        ("the (big|{small:a} [very] red) car", "the smaller red car, the big car", ["smaller red car, the big car"][:0] or ["the smaller red car", "the big car"]),  # noqa: E501
        ("résumé", "his RÉSUMÉ", ["RÉSUMÉ"]),
        ("(he|she) <works> *0-4 since (#|his)", "she works at the firm since his birth, he works since 1999", ["works", "works"]),  # noqa: E501
        ("*1-3 (big|small) car", "a very big car", ["a very big car"]),
        ("worth to {verb:inf}", "worth to visit, worth to visits, worth to the", ["worth to visit"]),
        ("amount of {noun:plural}", "an amount of boxes, amount of water", ["amount of boxes"]),
        ("the <{noun:plural!}>", "The lights went out when she lights the lamp.", ["lights"]),
        ("she <{verb:s!}>", "She lights the lamp. For she lights are out.", ["lights"]),
        ("at {verb:ing} the {noun:any}", "at opening the door, at open the door", ["at opening the door"]),
    ],
)  # fmt: skip
def test_pattern_matches(pattern: str, text: str, expected: list[str]) -> None:
    assert find_in(pattern, text) == expected


def test_case_exact() -> None:
    assert find_in("Internet {car}", "an Internet Car, an internet car, Internet cars", exact=True) == [
        "Internet Car",
        "Internet cars",
    ]


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("", "no word that every match must hold"),
        ("[a]", "no word that every match must hold"),
        ("* *", "no word that every match must hold"),
        ("(a|b", "not closed"),
        ("a)", "closes nothing"),
        ("a|b", "closes nothing"),
        ("(a|)", "an empty branch"),
        ("<a", "never closed"),
        ("a>", "mark one stretch"),
        ("<a> <b>", "mark one stretch"),
        ("(a <b>)", "mark one stretch"),
        ("a *0-9 b", "is no gap"),
        ("a *3-1 b", "is no gap"),
        ("{}", "is no lemma"),
        ("{go:x}", "is no lemma"),
        ("a *1 b", "cannot read"),
        ("{go|come}", "is no lemma"),
        ("{go", "cannot read"),
        ("((((((a))))))", "nest deeper"),
        ("“”", "is no word"),
        ("(" + "|".join(f"w{i} [x]" for i in range(200)) + ")", "steps, more than"),
    ],
)
def test_pattern_refused(pattern: str, what: str) -> None:
    with pytest.raises(UserError, match="test: pattern") as error:
        compile_pattern(pattern, "test")
    assert what in error.value.what


def test_hostile_pattern_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    """The textbook case for backtracking, (a?){n}a{n}: work is bounded by steps times tokens."""
    program = compile_pattern("[a] " * 40 + "a " * 40 + "b", "test")
    words = list(tokenize("a " * 500))
    work = 0

    def counting(*arguments: object) -> bool:
        nonlocal work
        work += 1
        return takes(*arguments)  # type: ignore[arg-type]

    takes = vm._takes
    monkeypatch.setattr(vm, "_takes", counting)
    assert match_at(program, words, 0) is None
    assert 0 < work <= len(program.steps) * (program.longest + 1)


@given(st.text(alphabet="ab (){}[]|<>*#^-123:,'“”", max_size=40))
def test_any_pattern_compiles_or_is_refused(pattern: str) -> None:
    try:
        program = compile_pattern(pattern, "test")
    except UserError:
        return
    words = list(tokenize("a b ab 12, a-b “ab” a b a"))
    for start in range(len(words)):
        match = match_at(program, words, start)
        if match:
            assert match.first == start
            assert 1 <= match.last - match.first <= program.longest
            assert any(words[i].norm in program.anchor.words for i in range(match.first, match.last))


@given(st.text(alphabet="ab (){}[]|<>*#-12", max_size=30))
def test_the_index_never_hides_a_match(pattern: str) -> None:
    """What `list_words_to_find` promises without compiling holds for every match of the compiled pattern."""
    try:
        program = compile_pattern(pattern, "test")
    except UserError:
        return
    needed = list_words_to_find(pattern, "test")
    words = list(tokenize("a b ab 12 a b a b b aa"))
    for start in range(len(words)):
        match = match_at(program, words, start)
        held = {words[i].norm for i in range(match.first, match.last)} if match else set()
        assert match is None or not any(held.isdisjoint(each) for each in needed)


@given(st.text(max_size=200))
def test_tokens_are_in_order_and_quote_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert token.norm == text[token.start : token.end].casefold().replace("’", "'")
        end = token.end
    assert count([text]) == sum(t.is_word for t in tokenize(text))


def test_words_are_counted_as_an_editor_counts_them() -> None:
    assert count(["It's 5,000 km, isn’t it?", "The firm's car-making plan – “good” 小鹏"]) == 5 + 7


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("go", "go goes went gone going"),
        ("carry", "carry carries carried carried carrying"),
        ("stop", "stop stops stopped stopped stopping"),
        ("lie", "lie lies lay lain lying"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("promote", "promote promotes promoted promoted promoting"),
        ("develop", "develop develops developed developed developing"),
        ("have", "have has had had having"),
        ("play", "play plays played played playing"),
        ("watch", "watch watches watched watched watching"),
        ("oversee", "oversee oversees oversaw overseen overseeing"),
        ("die", "die dies died died dying"),
    ],
)
def test_verb_forms(lemma: str, expected: str) -> None:
    table = list_forms(lemma, "v")
    assert [table[name][0] for name in FORMS[:5]] == expected.split()
    for name in FORMS[:5]:
        assert name_form(table[name][0], lemma, "v") in FORMS


def test_nouns_adjectives_and_phrases() -> None:
    assert [list_forms(n, "n")["s"] for n in ("car", "city", "life", "person", "box")] == [
        ("cars",), ("cities",), ("lives",), ("people", "persons"), ("boxes",),
    ]  # fmt: skip
    assert [list_forms(a, "a")["er"][0] for a in ("big", "happy", "good", "large")] == [
        "bigger",
        "happier",
        "better",
        "larger",
    ]
    assert inflect("roll off", "past") == "rolled off"
    assert inflect("be", "s") == "is"
    assert list_forms("travel")["past"] == ("traveled", "travelled")
