"""The clock of the editor: every pass is taken over the protocol, and what stands beside the page fits it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stilted.formats import parse
from stilted.lab.benches import editor
from stilted.pipeline.join import join_document
from stilted.text.segment import split_blocks, split_sentences

CLEAN = Path(__file__).parents[2] / "corpora" / "clean"


@pytest.mark.long
def test_every_pass_is_timed(capsys: pytest.CaptureFixture[str]) -> None:
    assert editor.main([str(CLEAN), "--words", "60", "--keys", "1"]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert "a page of" in heading
    passes = ("alone", "with a reference", "with a source")
    steps = ("opened: rules", "opened: model", "a key: rules", "a key: model", "a key while the model reads: rules")
    assert [line[:56].strip() for line in lines] == [f"{name}, {step}" for name in passes for step in steps]
    assert all(float(number.replace(",", "")) > 0 for line in lines for number in line[56:].split())


def test_the_page_is_of_the_length_asked_for_and_has_what_pages_have() -> None:
    text = editor.make_page(CLEAN, 2_000)
    assert 2_000 <= len(text.split()) < 2_300
    for part in ("\n## ", "\n- ", "```", "| Key |", "🙂"):
        assert part in text
    with pytest.raises(ValueError, match="fewer than"):
        editor.make_page(CLEAN, 1_000_000)


def test_what_stands_beside_the_page_belongs_to_it() -> None:
    text = editor.make_page(CLEAN, 500)
    page = parse(text.encode(), "page.md")
    beside = [parse(make(text).encode(), "other.md") for make in (editor.make_reference, editor.make_source)]
    document = join_document(page, *beside, source_language="zh")
    paired = sum(segment.reference is not None for segment in document.segments)
    assert paired > 0.7 * len(document.segments)
    assert sum(segment.source is not None for segment in document.segments) > 0.7 * len(document.segments)
    assert len(split_blocks(editor.make_source(text))) == len(split_blocks(text))
    assert len(split_sentences(editor.make_reference(text))) < len(split_sentences(text))
