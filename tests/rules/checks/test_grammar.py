"""Grammar checks beyond their examples: sounds, sizes, and what must stay silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stilted import api
from stilted.core.tokens import tokenize
from stilted.rules.checks import grammar
from stilted.rules.checks.grammar import articles
from stilted.text import parts_of_speech

CLEAN = sorted((Path(__file__).parents[3] / "corpora/clean").glob("*.txt"))


def find_in(*texts: str, select: str = "grammar") -> list[tuple[str, str]]:
    findings = api.check_segments(list(texts), select=select, preview=True).findings
    return [(each.rule.partition("/")[2], each.text) for each in findings]


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("user", "a"), ("usher", "an"), ("unit", "a"), ("unimportant", "an"), ("unidirectional", "a"),
        ("unidentified", "an"), ("uninstaller", "an"), ("unary", "a"), ("utility", "a"), ("utmost", "an"),
        ("European", "a"), ("ewe", "a"), ("once", "a"), ("onion", "an"), ("hour", "an"), ("house", "a"),
        ("honourable", "an"), ("heirloom", "an"), ("historic", ""), ("herb", ""), ("yacht", "a"), ("yttrium", ""),
        ("urban", "an"), ("uranium", "a"), ("ubiquitous", "a"), ("MB", "an"), ("GB", "a"), ("API", "an"), ("URL", "a"),
        ("UI", "a"), ("HTML", "an"), ("SQL", ""), ("FAQ", ""), ("NASA", ""), ("RSA", "an"), ("XML", "an"), ("VPN", "a"),
        ("IDs", "an"), ("URLs", "a"), ("8", "an"), ("80", "an"), ("18", "an"), ("180", "a"), ("11", "an"), ("110", "a"),
        ("12", "a"), ("X", "an"), ("B", "a"), ("x", ""), ("npm", ""), ("HTTPServer", "an"), ("eBay", "an"), ("été", ""),
        ("OneNote", "a"), ("OpenLamp", "an"), ("UniLamp", ""),
    ],
)  # fmt: skip
def test_articles_by_sound(word: str, article: str) -> None:
    text = f"{word} is next"
    end = tokenize(text)[0].end
    assert articles.choose_article(text, 0, end) == article


@pytest.mark.parametrize(
    ("text", "rule", "marked"),
    [
        ("This tool allows to cut paper.", "infinitive-without-object", "allows to cut"),
        ("We highly recommend to always wear gloves.", "infinitive-without-object", "recommend to always wear"),
        ("The motor must removed first.", "modal-agreement", "must removed"),
        ("He didn't came.", "modal-agreement", "didn't came"),
        ("It is recommend to wait.", "be-and-bare-verb", "is recommend"),
        ("Please checkout the new park.", "noun-as-verb", "checkout"),
        ("Read this chapters before you go.", "singular-determiner", "this chapters"),
        ("It works in the same way, and it need oil.", "subject-verb", "it need"),
        ("The lids that protects it were old.", "subject-verb", "protects"),
        ("One of the oldest bridge is closed.", "one-of", "bridge"),
        ("They sell softwares.", "uncountable", "softwares"),
        ("Its not there.", "its-it-is", "Its"),
        ("If you login the server, wait.", "noun-as-verb", "login"),
        ("It is one of the bridge.", "one-of", "bridge"),
        ("You can to row there.", "modal-agreement", "can to"),
        ("It opens a OpenLamp file.", "article-a-an", "a"),
        ("It weighs more then ten tons.", "then-than", "then"),
        ("You must to wait here.", "modal-agreement", "must to"),
        ("Did you opened the gate?", "modal-agreement", "opened"),
        ("The door doesn't needs to be open.", "modal-agreement", "doesn't needs"),
        ("This can makes it faster.", "modal-agreement", "can makes"),
        ("The old boat is already exist in the list.", "be-and-bare-verb", "is already exist"),
        ("It's depend on the weather.", "be-and-bare-verb", "'s depend"),
        ("This key is use to open the gate.", "be-and-bare-verb", "use"),
        ("The boat will be delete after noon.", "be-and-bare-verb", "delete"),
        ("You have not login to the harbour.", "noun-as-verb", "login"),
        ("The locks can be setup by hand.", "noun-as-verb", "setup"),
        ("If the boat not exist, build it.", "verb-after-subject", "not exist"),
        ("They start to using the lock.", "infinitive-form", "to using"),
        ("The boat was moored success.", "word-form", "success"),
        ("The depth must be large than five.", "then-than", "large"),
        ("Wait for 10 second, and then sail.", "plural-determiner", "10 second"),
        ("Choose at least one items.", "singular-determiner", "one items"),
        ("How many boat are there?", "plural-determiner", "many boat"),
        ("Because of the boat is large, it waits.", "preposition", "Because of"),
    ],
)
def test_found(text: str, rule: str, marked: str) -> None:
    assert find_in(text) == [(rule, marked)]


@pytest.mark.parametrize(
    "text",
    [
        "What you allow to grow will grow; nobody is allowed to leave, and she has a permit to fish.",
        "A number of people are waiting, a pair of shoes is lost, and the police are on their way.",
        "Moving heavy boxes is hard, and so is keeping notes. Let the user choose what he likes.",
        "If only the door were open! They insisted that he stay and recommended that it be closed.",
        "The list of names is long, and the names on the list are short. What matters is the doors.",
        "Neither the cats nor the dog likes it. There are a lot of reasons, and there is a few pounds in it.",
        "He goes to work by train, at night, on foot, in person and in winter; she reads in bed.",
        "These cannot be changed, and those default to zero; a many-to-many relationship is one-to-many.",
        "“A apple” and “an pear” are wrong.",
        "This boat is a must to see, and the will to live is strong. Did you put it there, and did they read it?",
        "The problem is existing boats, which exist in numbers and happen to be old.",
        "There is use for it. The file must not exist, does not exist, and may or may not exist.",
        "Whether or not works. Why do you not support it?",
        "A 10 second break of 5 minutes; per 2 hour slot. Only one means counts, and one always knows.",
        "How many people, how many more, how many boat houses? Rather small than large, no better than new.",
        "Because of the way it is, and because of what they are, it was a success.",
        "This is a small, easy-to-read configuration file for boats, and an easy to use new compass for them.",
        "Configure filesystem and network restrictions, and convert any kind of typed array to a buffer of boats.",
        "Not setting the sails is kind of silly, since that is the purpose of them all.",
        "Pass a url to the pilot: a urlencoded body.",
        "If it is true, boats sent by this harbour have already passed the lock.",
        "It is a drop-in replacement for the old and new locks that automatically follows orders.",
        "Boats is a library for sailors. Boats allows you to sail.",
        "The harbour plan override that should be used at night is new.",
        "It lasts 0 second, 1 second or a 10 second break.",
        "Press A to jump and B to run. Vitamin A is good. Plan B, then. E. coli; the A and an H.",
        "Row as fast as you can to catch the boat, and do all you can to win.",
        "The runway is shut when no aircraft are near it.",
        "It is the same one of the bridge, and the first one of the tower.",
        "If a OneBoat button is lit, press it.",
        "The size is used in the file dialogs: copying, moving and so on.",
        "Press M-x lamp: start.",
        "General help using boats is here.",
        "The patients suffer from multiple organ failure. They want such equality, and speak with such confidence.",
        "They row until the two merge into one.",
        "It says which winds a SailBoat catches.",
        "They danced the can can around the can of oil.",
        "Row then use both oars, each of them painted.",
        "The oars in $BOAT are used to row, and those in $DOCK are not.",
        "The race goes on after abort of the first run.",
        "  -o, --oars NUMBER          use this number of oars",
        "  -a\tread the boats of the harbour",
    ],
)
def test_left_alone(text: str) -> None:
    assert [each for each in find_in(text) if each[0] != "article-a-an" or "“" not in text] == []


def test_a_figure_has_a_unit_however_long_it_is() -> None:
    figure = "1" * 5_000  # Python reads no number of so many digits
    assert find_in(f"It lasts {figure} second.") == [("plural-determiner", f"{figure} second")]


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_clean_texts_are_clean(path: Path) -> None:
    report = api.check(path.read_text("utf-8"), select=("grammar", "spelling"), ignore="grammar/missing-article-likely")
    assert [(each.rule, each.text) for each in report.findings] == []


def test_a_text_is_tagged_once_and_no_further_than_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what is tagged, not seconds."""
    yielded: list[str] = []
    original = parts_of_speech.iterate_tags

    def counted(text: str) -> Iterator[str]:
        for tag in original(text):
            yielded.append(tag)
            yield tag

    monkeypatch.setattr(parts_of_speech, "iterate_tags", counted)
    api.check_segments(["the doors that protects it must removed in folder of user " * 200], select="grammar")
    assert len(yielded) <= 11 * 200
    yielded.clear()
    api.check_segments(["The doors must removed. " + "Rain fell on the hills all day long. " * 50], select="grammar")
    assert len(yielded) < 10


def test_rules_share_one_pass() -> None:
    asked = {rule.find for rule in grammar.RULES if rule.status == "stable"}
    assert len(asked) == 1
    assert len({rule.find for rule in grammar.RULES} - asked) == 1


def test_guesses_are_made_at_high_sensitivity() -> None:
    text = "You can find the name in main menu at any time."
    assert not api.check_segments([text], ignore="tagger").findings
    (finding,) = api.check_segments([text], ignore="tagger", sensitivity="high").findings
    assert (finding.rule, finding.text) == ("grammar/missing-article-likely", "main menu")
