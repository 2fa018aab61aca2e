"""The tagger and the lexicon of forms."""

from __future__ import annotations

import pytest

from stilted.core.tokens import tokenize
from stilted.text import parts_of_speech
from stilted.text.parts_of_speech import NOUN, PARTICIPLE, PAST, PLURAL, VERB, VERB_S


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("The old pump needs oil.", "DT JJ NN VBZ NN ."),
        ("They leak, and these leaks are small.", "PRP VBP , CC DT NNS VBP JJ ."),
        ("To open the door, turn the handle.", "TO VB DT NN , VB DT NN ."),
        ("The doors were opened by Anna's brothers.", "DT NNS VBD VBN IN NNP POS NNS ."),
        ("It doesn't rain in 2024.", "PRP VBZ VB IN CD ."),
        ("Run \ufffc first.", "VB NNP RB ."),
    ],
)
def test_tags(text: str, tags: str) -> None:
    assert " ".join(parts_of_speech.tag_tokens(text)) == tags


@pytest.mark.parametrize("text", ["", " ", "。", "a" * 5000, "the " * 3000, "\ufffc\ufffc", "1,000.5% of x_y", "’s"])
def test_every_token_has_one_tag(text: str) -> None:
    assert len(parts_of_speech.tag_tokens(text)) == len(tokenize(text))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("leaks", PLURAL | VERB_S),
        ("leak", NOUN | VERB),
        ("informs", VERB_S),
        ("children", PLURAL),
        ("wrote", PAST),
        ("written", PARTICIPLE),
        ("the", 0),
        ("xyzzyx", 0),
    ],
)
def test_forms(word: str, forms: int) -> None:
    assert parts_of_speech.get_forms(word) == forms
