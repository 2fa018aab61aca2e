"""Forms of words are spelt as dictionaries spell them: every one that a pack matches or suggests, and more."""

from __future__ import annotations

import gc
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import tomli

from stilted.core.morphology import inflect, list_forms, tell_past_from_participle
from stilted.rules import packs

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # it leaves a folder open when it is imported
    from lemminflect import getAllInflections

    gc.collect()

TAGS: Final = {
    "n": {"s": ("NNS",)},
    "v": {"s": ("VBZ",), "past": ("VBD",), "participle": ("VBN",), "ing": ("VBG",)},
    "a": {"er": ("JJR", "RBR"), "est": ("JJS", "RBS")},
}
LISTS: Final = ("pattern", "unless", "context", "unless-context", "suggest")
RIGHT: Final = {
    ("got", "VBN"), ("fitted", "VBD"), ("broadcast", "VBD"), ("forecast", "VBD"), ("people", "NNS"), ("spit", "VBN"),
    ("cost", "VBD"), ("paid", "VBD"), ("equaled", "VBN"), ("refueled", "VBN"), ("busted", "VBN"), ("panelled", "VBD"),
    ("lain", "VBN"), ("spokespeople", "NNS"), ("programmed", "VBD"), ("programming", "VBG"),
}  # fmt: skip
"""Forms that the dictionary lacks and English has."""


def lemmas() -> Iterator[tuple[str, str, str]]:
    """Yield every lemma of the built-in packs: the word, its part, the rule that names it."""
    for path in sorted(Path(packs.__file__).parent.glob("*.toml")):
        for rule in tomli.loads(path.read_text("utf-8"))["rule"]:
            for key in LISTS:
                for text in [rule[key]] if isinstance(rule.get(key, []), str) else rule.get(key, []):
                    for phrase, part in re.findall(r"\{([^{}:]+)(?::(\w+))?\}", text):
                        word = phrase.split()[0 if key == "suggest" else -1].lower()
                        yield word, part if part in TAGS else "", rule["id"]


def misspelt(word: str, part: str) -> list[str]:
    """Return the forms of *word* that would be written and that no dictionary has."""
    wrong = []
    for each in part or "nv":
        known = getAllInflections(word, {"n": "NOUN", "v": "VERB", "a": "ADJ"}[each])
        for name, tags in TAGS[each].items():
            right = {form for tag in tags for form in known.get(tag, ())}
            written = list_forms(word, each)[name][0]
            if right - {word} and written not in right and not any((written, tag) in RIGHT for tag in tags):
                wrong.append(f"{word} {name}: {written}, not {' or '.join(sorted(right))}")
    return wrong


def test_every_form_of_every_lemma_of_the_packs_is_spelt_right() -> None:
    wrong = {
        rule: wrong_forms for word, part, rule in lemmas() if word.isalpha() and (wrong_forms := misspelt(word, part))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("verb", "past", "ing"),
    [
        ("split", "split", "splitting"), ("brag", "bragged", "bragging"), ("scan", "scanned", "scanning"),
        ("ban", "banned", "banning"), ("visit", "visited", "visiting"), ("refer", "referred", "referring"),
        ("offer", "offered", "offering"), ("render", "rendered", "rendering"), ("format", "formatted", "formatting"),
        ("replan", "replanned", "replanning"), ("quit", "quit", "quitting"), ("fix", "fixed", "fixing"),
        ("show", "showed", "showing"), ("panic", "panicked", "panicking"), ("sync", "synced", "syncing"),
        ("lie", "lay", "lying"), ("agree", "agreed", "agreeing"), ("queue", "queued", "queueing"),
        ("program", "programmed", "programming"), ("travel", "traveled", "traveling"), ("quiz", "quizzed", "quizzing"),
        ("overdo", "overdid", "overdoing"), ("debug", "debugged", "debugging"), ("open", "opened", "opening"),
        ("interpret", "interpreted", "interpreting"), ("upload", "uploaded", "uploading"), ("try", "tried", "trying"),
    ],
)  # fmt: skip
def test_verbs(verb: str, past: str, ing: str) -> None:
    assert (list_forms(verb)["past"][0], list_forms(verb)["ing"][0]) == (past, ing)
    assert misspelt(verb, "v") == []


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("analysis", "analyses"), ("policewoman", "policewomen"), ("human", "humans"), ("headquarters", "headquarters"),
        ("index", "indexes"), ("epoch", "epochs"), ("match", "matches"), ("hero", "heroes"), ("video", "videos"),
        ("bookshelf", "bookshelves"), ("quiz", "quizzes"), ("belief", "beliefs"),
    ],
)  # fmt: skip
def test_nouns(noun: str, plural: str) -> None:
    assert list_forms(noun, "n")["s"][0] == plural
    assert misspelt(noun, "n") == []


def test_all_spellings_are_found_and_the_first_is_written() -> None:
    assert list_forms("label", "v")["past"] == ("labeled", "labelled")
    assert list_forms("burn", "v")["participle"] == ("burned", "burnt")
    assert inflect("split the bill", "ing") == "splitting the bill"
    assert inflect("big", "er") == "bigger"


def test_a_past_form_behind_an_auxiliary_is_a_participle() -> None:
    assert tell_past_from_participle("past", ["they", "have", "never"]) == "participle"
    assert tell_past_from_participle("past", ["which", "quickly"]) == "past"
    assert tell_past_from_participle("ing", ["is"]) == "ing"
