"""Brackets, loops, page furniture and spellings: what a translation shows without a reference beside it."""

from __future__ import annotations

import time

import pytest

from stilted import engine
from stilted.checks import pairs
from stilted.document import document


def found(target: str) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in engine.run(pairs.RULES, document("t", target))[0]]


@pytest.mark.parametrize("text", ["", "\n", "He came (late)."])
def test_pairs_are_silent_on_nothing_and_on_what_is_closed(text: str) -> None:
    assert found(text) == []


def test_pairs_report_no_more_than_anybody_reads_in_linear_time() -> None:
    begun = time.process_time()
    for text in ("([{" * 5_000 + ")", "(" * 10_000, ("One (two. " * 40 + "\n") * 40):
        assert len(found(text)) <= 50
    assert time.process_time() - begun < 10
