"""The evidence table counts what hand-made annotations say, and mining finds what raters dislike."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from stilted.core.errors import UserError
from stilted.lab.evaluation import evidence, rated_rows
from stilted.lab.evaluation.annotations import GoldSpan, Row
from stilted.lab.evaluation.evidence import Chances, Evidence, estimate_confidences, measure, write_json, write_markdown
from stilted.lab.evaluation.mining import mine
from stilted.pipeline import rule_selftest
from stilted.rules import packs

RULE = next(rule for rule in packs.list_rules() if rule.id == "zh/new-crown")


def row(target: str, *marks: str, system: str = "mt", segment: str = "1", doc: str = "d") -> Row:
    spans = tuple(GoldSpan(target.index(m), target.index(m) + len(m)) for m in marks)
    return Row(doc, segment, system, "r", None, None, target, spans, "made-up", "zh")


ROWS = (
    row("The new crown came in May.", "new crown"),
    row("They fear the new crown.", segment="2"),
    row("The new crown is here.", system="refA"),
    row("The new crown is here.", "crown", system="refA"),
)


def test_hits_touches_and_human_hits_are_counted(tmp_path: Path) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("The coronavirus came in May.", encoding="utf-8")
    counts = measure(ROWS, [clean], [RULE])[RULE.id]
    assert (counts.hits, counts.touching, counts.clean) == (2, 1, 0)
    assert counts.human == 1, "a human translation counts once, however many raters marked it"
    assert counts.documents == {("made-up", "d")}


def test_chance_is_the_share_of_all_windows_of_as_many_words() -> None:
    one = row("a b c d e", "b")
    chances = Chances([one])
    assert chances.of(one, 0, 1) == pytest.approx(1 / 5)
    assert chances.of(one, 0, 3) == pytest.approx(2 / 4), "of ab, bc, cd, de the first two hold b"


def test_confidence_lies_between_a_rules_own_rate_and_the_mean() -> None:
    counts = {"a/a": Evidence(hits=10, touching=10), "b/b": Evidence(hits=10, touching=0), "c/c": Evidence()}
    assert estimate_confidences(counts) == {"a/a": 0.75, "b/b": 0.25, "c/c": 0.5}


def test_the_table_is_written_as_markdown_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = measure(ROWS, [], [RULE])
    totals = {"machine": 11, "human": 5, "clean": 0}
    assert "| zh/new-crown | 2 | 0.50 |" in write_markdown([RULE], counts, totals)
    entry = json.loads(write_json(counts, totals))["rules"]["zh/new-crown"]
    assert (entry["hits"], entry["touching"], entry["documents"], entry["human"]) == (2, 1, 1, 1)
    assert evidence.main(["table", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def packed(path: Path, *rows: dict[str, object]) -> Path:
    path.write_bytes(gzip.compress("".join(json.dumps(each) + "\n" for each in rows).encode()))
    return path


def test_rows_with_several_raters_are_a_row_for_each(tmp_path: Path) -> None:
    common = {"set": "s", "doc": "d", "seg": "1", "source": "x", "target": "The new crown came.", "refs": ["It came."]}
    raters = [{"rater": "a", "spans": [[4, 13, "major", ""]], "missing": []}, {"rater": "b", "spans": []}]
    machine = {**common, "system": "mt", "human": False, "raters": raters}
    human = {**common, "system": "B", "human": True, "raters": raters[1:]}
    rows = list(rated_rows.read_rated_rows(packed(tmp_path / "rows.gz", machine, human)))
    assert [(row.rater, row.human, len(row.spans), row.reference) for row in rows] == [
        ("a", False, 1, "It came."), ("b", False, 0, "It came."), ("b", True, 0, None),
    ]  # fmt: skip
    counts = measure(rows, [], [RULE])[RULE.id]
    assert (counts.hits, counts.touching, counts.human) == (2, 1, 1)
    with pytest.raises(UserError, match="raters"):
        list(rated_rows.read_rated_rows(packed(tmp_path / "other.gz", {"text": "x"})))


def test_hits_on_edited_sentences_are_counted_on_both_sides(tmp_path: Path) -> None:
    pair = {"before": "The new crown came.", "after": "The virus came.", "spans": [[4, 13]], "repo": "r", "path": "p"}
    packed(tmp_path / "pairs.jsonl.gz", pair)
    packed(tmp_path / "negatives.jsonl.gz", {"text": "The new crown left.", "repo": "r", "path": "p"})
    counts = {RULE.id: Evidence()}
    assert evidence.measure_edits(counts, tmp_path, [RULE]) == {"edited": 4, "left alone": 7}
    entry = counts[RULE.id]
    assert (entry.edits, entry.edited, entry.left) == (1, 1, 1)
    assert "| 1 | 1.00 | 1 |" in write_markdown([RULE], counts, {"machine": 0, "human": 0, "clean": 0})


def test_mining_finds_phrases_that_raters_mark_and_people_do_not_write() -> None:
    rows = [
        row(f"We {verb} the wug hat in town number {n} today", "wug hat", segment=str(n))
        for n in range(6)
        for verb in ("found",)
    ]
    rows += [row("Nobody marks this plain line at all", segment=str(n)) for n in range(10, 16)]
    best = [phrase for _, phrase, *_ in mine(rows, minimum=4)]
    assert "wug hat" in best
    assert "plain line" not in best
    written = [*rows, row("She wore a wug hat", system="refA")]
    assert "wug hat" not in [phrase for _, phrase, *_ in mine(written, minimum=4)]


@pytest.mark.long
def test_every_chinese_rule_names_its_source_expression() -> None:
    for rule in packs.list_rules():
        if rule.id.startswith("zh/"):
            assert "zh" in rule.why, rule.id
            assert not list(rule_selftest.list_failures(rule)), rule.id
