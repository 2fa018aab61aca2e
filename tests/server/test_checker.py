"""A file that changes is checked as it would be from scratch."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stilted.server.checker import Checked, Checker, explain_remark
from stilted.server.positions import Edit, EditorLines, apply_edit

PARTS = (
    "# News\n\n",
    "She walked to the the station. ",
    "On Monday the carmaker’s production line officially went offline. ",
    "🙂 He said “never again and left. ",
    "The managment was replaced. ",
    "Managment is a name here. ",
    "\n\n",
    "Run `the the` now ,then wait. ",
    "Zhang Minghua founded Minghua Motors. ",
    "In May Minghua opened a plant. ",
    "<!-- stilted-ignore -->",
    "- The Internet grew, and the internet is everywhere.\n",
    "👩‍🔬 Cafe\u0301s and and 𝒷ars 🙂\r\n",
    "\r",
    "\u2028 of of \x0c",
)
SOURCE = "# 新闻\n\n她走到车站。\n\n周一，这家车企的生产线正式下线。\n"


REFERENCE = "# News\n\nShe went on foot to the station.\n\nHe said “never again” and was gone 🙂.\n"


def as_data(checked: Checked) -> list[object]:
    """Return all that an editor shows of a check."""
    if checked.report is None:
        return [checked.error and checked.error.sentence()]
    explained = [explain_remark(checked.report, remark) for remark in checked.remarks]
    return [checked.report.document.format, *checked.remarks, *explained]


@pytest.mark.long
@pytest.mark.parametrize(
    "given_options",
    [{"preview": True}, {"source": "zh.md", "source_language": "zh"}, {"reference": "en.md", "preview": True}],
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60), st.sampled_from(PARTS)), max_size=8))
def test_edits_end_in_what_a_check_from_scratch_says(
    tmp_path: Path, given_options: dict[str, object], edits: list[tuple[int, int, str]]
) -> None:
    (tmp_path / "zh.md").write_text(SOURCE, "utf-8")
    (tmp_path / "en.md").write_text(REFERENCE, "utf-8")
    path, text = tmp_path / "page.md", "".join(PARTS)
    checker = Checker(tmp_path, given_options)
    checker.check(path, text, with_model=False)
    for start, length, new in edits:
        lines = EditorLines.of(text)
        places = [lines.position(min(at, len(text))) for at in (start, start + length)]
        text = apply_edit(text, Edit(new, *places))
        changed = checker.check(path, text, with_model=False)
        assert as_data(changed) == as_data(Checker(tmp_path, given_options).check(path, text, with_model=False))


def test_what_the_model_reads_beside_is_what_it_says_from_scratch(tmp_path: Path) -> None:
    path, text = tmp_path / "page.txt", "".join(PARTS[1:6]) * 2
    options = {"source_language": "zh", "sensitivity": "high"}
    checker = Checker(tmp_path, options)
    checker.check(path, text)
    text += "He made a very big and strong progress in the field of the boats."
    prepared = checker.prepare(path, text)
    assert not isinstance(prepared, Checked)
    checker.read(prepared)
    changed = checker.findings(prepared, with_model=True)
    assert as_data(changed) == as_data(Checker(tmp_path, options).check(path, text))
    assert "tagger/likely-error" in {remark.finding.rule for remark in changed.remarks}


def test_what_stands_beside_a_file_is_read_through_no_link_that_leads_out(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("The word is marzipan, and it is here.\n", "utf-8")
    for folder in ("repo/.git", "repo/en", "repo/zh"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "repo/zh/a.md").symlink_to(tmp_path / "secret.md")
    for role in ("source", "reference"):
        checker = Checker(tmp_path / "repo", {"translation": "en", role: "zh"})
        checked = checker.check(tmp_path / "repo/en/a.md", "The word is the the word.\n", with_model=False)
        assert "leads out" in str(checked.error)
        assert checked.remarks == ()


@pytest.mark.parametrize("named", ["a" * 5000, "a\0b", "zh/" * 2000, 3, ["a"], {"a": 1}])
def test_a_folder_that_cannot_be_is_none(tmp_path: Path, named: object) -> None:
    checker = Checker(tmp_path, {"source": named, "translation": named})
    checked = checker.check(tmp_path / "a.md", "The word is the the word.\n", with_model=False)
    assert checked.error is None
    assert [remark.finding.text for remark in checked.remarks] == ["the the"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            {"source_langage": "zh"},
            "settings of the editor: unknown option 'source-langage'. Did you mean 'source-language'?",
        ),
        (
            {"sources": "docs/zh"},
            "settings of the editor: unknown option 'sources'. Did you mean 'source'?",
        ),
        (
            {"min_score": "high"},
            "settings of the editor: min-score: 'high' is not a number. Write a figure such as 95.",
        ),
    ],
)
def test_what_an_editor_gives_is_named_as_it_stands_there(
    tmp_path: Path, options: dict[str, object], told: str
) -> None:
    checked = Checker(tmp_path, options).check(tmp_path / "a.md", "The word is the the word.\n", with_model=False)
    assert checked.is_misconfigured
    assert checked.error is not None
    assert checked.error.sentence() == told


def test_what_the_model_said_stands_while_the_rules_speak(tmp_path: Path) -> None:
    path, text = tmp_path / "page.txt", "".join(PARTS[1:6]) * 2
    text += "He made a very big and strong progress in the field of the boats. "
    checker = Checker(tmp_path, {"source_language": "zh", "sensitivity": "high"})
    marked = [r.finding.text for r in checker.check(path, text).remarks if r.finding.rule.startswith("tagger/")]
    assert marked
    longer = "The the gate was open. " + text
    again = checker.check(path, longer, with_model=False).remarks
    assert [r.finding.text for r in again if r.finding.rule.startswith("tagger/")] == marked
    assert all(longer[r.span.start : r.span.end] == r.finding.text for r in again)
    assert "mechanics/doubled-word" in {r.finding.rule for r in again}
    other = checker.check(path, "Quite another text stands here.", with_model=False).remarks
    assert not [r for r in other if r.finding.rule.startswith("tagger/")]
