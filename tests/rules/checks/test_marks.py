"""Marks, blanks and doubled words: what is wrong is marked and mended, what is meant or code is let alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stilted
from growth import loops
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import doubled_words, foreign_marks, spacing, unpaired_marks

RULES = (*spacing.RULES, *foreign_marks.RULES, *doubled_words.RULES)


def find_in(target: str, source: str | None = None) -> list[tuple[str, str]]:
    one = build_segments("t", [target], None, [source] if source else None)
    return [(f.rule.partition("/")[2], f.text) for f in detect.run(RULES, one)[0]]


def mended(target: str) -> str:
    one = build_segments("t", [target])
    for finding in sorted(detect.run(RULES, one)[0], key=lambda f: -(f.segment_start or 0)):
        assert finding.segment_start is not None
        assert finding.segment_end is not None
        target = target[: finding.segment_start] + finding.suggestions[0] + target[finding.segment_end :]
    return target


def vouched(target: str) -> list[str]:
    """Return the full-width marks that their rule vouches for."""
    one = build_segments("t", [target])
    [rule] = [rule for rule in foreign_marks.RULES if rule.id == "mechanics/full-width-punctuation"]
    assert rule.fix_guard is not None
    return [f.text for f in detect.run([rule], one)[0] if rule.fix_guard(one.segments[0], f)]


def unpaired(text: str) -> list[str]:
    report = stilted.check(text, select=["pairs"])
    return [finding.text for finding in report.findings]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("The boats leave , and we wait .", "The boats leave, and we wait."),
        ("When do they leave ?", "When do they leave?"),
        ("They leave (by boat) at six .", "They leave (by boat) at six."),
        ("Is it late ? Then we go.", "Is it late? Then we go."),
        ("It failed on the client.And if it does, wait.", "It failed on the client. And if it does, wait."),
        ("Send the letter.Then close the door.", "Send the letter. Then close the door."),
        ("It is over!Now go.", "It is over! Now go."),
        ("He left the house,the garden and all.", "He left the house, the garden and all."),
        ("It took 20 minutes (at most).The boat left.", "It took 20 minutes (at most). The boat left."),
        ("The plan，made in May，failed。", "The plan, made in May, failed."),
        ("Its name（a word）is kept.", "Its name (a word) is kept."),
        ("1、Wash the lamp", "1. Wash the lamp"),
        ("**2、Dry it**", "**2. Dry it**"),
        ("Lamps 1、2 and 3 are lit.", "Lamps 1, 2 and 3 are lit."),
        ("There are two kinds：``oil`` and ``gas``.", "There are two kinds: ``oil`` and ``gas``."),
        ("They are：:py:func:`lamp`.", "They are: :py:func:`lamp`."),
        ('He asked："Why so late?"', 'He asked: "Why so late?"'),
        ("It grew by １２％ in May.", "It grew by 12% in May."),
        ("They call it «the mill» here.", "They call it “the mill” here."),
        ("They call it « the mill » here.", "They call it “the mill” here."),
        ("They call it »the mill« here.", "They call it “the mill” here."),
        ("They call it „the mill“ here.", "They call it “the mill” here."),
        ("They call it 《The Mill》 here.", "They call it “The Mill” here."),
        ('She said "no" to «the mill» here.', 'She said "no" to "the mill" here.'),
        ("She walked to the\u200b the station.", "She walked to the station."),
        ("She walked to the \u2060the station.", "She walked to the station."),
        ("The the boats left.", "The boats left."),
    ],
)
def test_what_is_wrong_is_mended(wrong: str, right: str) -> None:
    assert find_in(wrong)
    assert mended(wrong) == right
    assert find_in(right) == []


@pytest.mark.parametrize(
    "text",
    [
        "Names are parted by , or ; in this file.",
        "Put a , and ; between them.",
        "Write (lamp . 5) or (boat . Hello) there. It has (COLOUR . FUNCTION) pairs.",
        "m ! (Folder) and r ? (Summary) are keys.",
        "* m !",
        "The ! operator negates, and the ? wildcard matches one letter.",
        "Run docker build . to make it.",
        "The name must not be . or .. at all.",
        "It is a ? b : c in code.",
        "It was fun ;) I say.",
        "Wait for it ... and go.",
        "The .NET runtime reads .PNG and ./lamps files.",
        "See node.js, client.Connect and strings.Builder.",
        "It reads txt,json,xml files from a,b,c.",
        "Call Foo.And.Bar or https://lamp.example/a.The.b first.",
        "Open config.If.yaml or path/to.The file.",
        "The full-width comma （，） is no comma of ours.",
        "The sign says 小心！ in red.",
        "« Previous | Next »",
        "The class «interface» is drawn so.",
        "The title «Война и мир» is Russian.",
    ],
)
def test_marks_that_are_meant_are_let_alone(text: str) -> None:
    assert find_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "He had had it, and what it is is clear.",
        "We ate mahi mahi and danced the can can and the cha cha.",
        "The log log plot is straight, and I know what what means.",
        "I promise you you will like it; they told us it it is not.",
        "She reads the The Lamp daily.",
        "Vitamin A a day is enough.",
        "They are joined by AND and OR.",
        "It sets 1px 1px around, and calls field field[2].",
        "Bora Bora and Wagga Wagga are far.",
        "The boat-name name is set to nil nil here.",
        "The pattern is dash dot dot.",
    ],
)
def test_words_that_are_doubled_on_purpose(text: str) -> None:
    assert [hit for hit in find_in(text) if hit[1] != "it it"] == []


def test_what_source_or_reference_doubles_is_meant() -> None:
    assert find_in("She has a pom-pom and a nasi nasi.", "Sie hat ein Nasi Nasi.") == []
    assert find_in("She has a nasi nasi.", "Sie hat Reis.") == [("doubled-content-word", "nasi nasi")]


def test_a_slip_that_was_copied_with_its_sentence_is_found() -> None:
    assert find_in("Close the the door.", "Close the the door.") == [("doubled-word", "the the")]
    assert find_in("Close the the door.", "Die die Tür the the.") == []


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("The lamp（an old one）is lit.", ["（", "）"]),
        ("The lamp (an old one）is lit.", ["）"]),
        ("The lamp.（An old one）", []),
        ("（An old one）", []),
        ("An old one） here", []),
        ("1、Wash the lamp", []),
        ("Wash the lamp、the oil", ["、"]),
        ("The lamp（an old one is lit", []),
    ],
)
def test_what_needs_another_look_is_not_mended_unseen(target: str, safe: list[str]) -> None:
    assert vouched(target) == safe


def test_only_a_doubled_function_word_is_mended_unseen() -> None:
    safe = {rule.id for rule in doubled_words.RULES if rule.safe_fix}
    assert safe == {"mechanics/doubled-word"}
    for text in ("Give it to to be safe.", "It rises rises in May.", "Now he he is late."):
        assert [rule for rule, _ in find_in(text)] == ["doubled-content-word"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The firm (founded in May makes glass.", ["("]),
        ("The firm, founded in May), makes glass.", [")"]),
        ("He said “so and left.", ["“"]),
        ('He called it "so and left.', ['"']),
        ('It is "v2" or "hub01:2181" or "v3".', []),
        ('A 27" screen and a 5" one are "huge".', []),
        ("Morning”, she said. “Nice", []),
        ('Morning", she said. "Nice', []),
        ("He said „so“ and „thus”.", []),
        ("Press ) to close and ( to open.", []),
        ("Type '(' or \")\" or `[`, or “{”.", []),
        ("Strip the quotes (\" or ' characters) first.", []),
        ("It is 40 degrees ))))", []),
        ("It was great (really :)", []),
        ("That was fun ;) I say :-( and so on =]", []),
        ("It lies in [0, 1) or (a, b].", []),
        ('It is [{"table": "lamps","keys":["oil"]},{"table": "boats"}].', []),
        ("It is (1) late, 2) dark and c) cold.", []),
        ("It lies in [0,1[ or ]a, b].", []),
        ("S)ave, Q)uit or ([)option?", []),
        ("It is (S)ave or Q(uit.", ["("]),
        ("A mast or a bar ('|'), or two ('[]').", []),
        ("It takes Dict[str, Union[str, int]] or [0, 1[ of ]a, b].", []),
        ("Write it with a stroke ('').", []),
        ("sail(boat[, crew[, cargo]])", []),
        ("Type `(', `{ or `[key] }' first.", []),
        ("Lit (only when it is dark）and not before.", []),
        ("Lit（only when it is dark) and not before.", []),
        ("Lit (only when it is dark and not before.", ["("]),
        ("Set it ('%n') or ('~/.lamp'), not ('+lamp' by default).", []),
        ("The '%lamp(' and '%)' are signs; M-[ and C-M-] are keys.", []),
        ("Write '$' LAMP [';' KIND ';' PREFIX] or ['@' HOST][':' PORT].", []),
        ("What stands between 'LAMP NAME{' and '}' is a group.", []),
        ("The lamp (`nil)' is lit.", []),
        ("The lamp ('red' is lit.", ["("]),
        ("Do 1a) this or 2b) that.", []),
        ("The lamp of 1998) is lit.", [")"]),
        (r"Write \] after it.", []),
        ("Put (setq boats '((a . b) (c . d)) there.", []),
    ],
)
def test_marks_without_a_partner(text: str, marked: list[str]) -> None:
    assert unpaired(text) == marked


@given(st.text(alphabet='abT .,;:!?"“”„‘’()[]{}«»，。（）！\u200b\u00ad1\n', max_size=60))
def test_no_text_breaks_them(text: str) -> None:
    for _, marked in find_in(text or "x"):
        assert marked


def test_hostile_texts_take_linear_time() -> None:
    def check() -> None:
        for mark in (" ,", "(", '"', "«a", "„", "a.", "  "):
            find_in(mark * 20_000 + "x")
            detect.run(unpaired_marks.RULES, build_segments("t", [mark * 20_000]))

    assert loops(check) < 1200
