from __future__ import annotations

import json
import math
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from stilted.cli import main
from stilted.core.errors import UserError
from stilted.core.metric_names import BLEU, CHRF, ESTIMATE
from stilted.summary import measure_drift, read_earlier, read_records, render_summary, summarise
from stilted.summary.drift import BETTER, SAME, WORSE
from stilted.summary.nouns import PENALTY, SEGMENT, Fault, Figure, Group, Record, Summary
from stilted.summary.show import FORMATS, to_text
from stilted.summary.tally import MOST_GROUPS

WORD = Fault("zh/mix-it", "Accuracy/Mistranslation", "major")
MARK = Fault("mechanics/doubled-word", "Linguistic conventions/Grammar", "minor")


def record(
    words: int = 10,
    *faults: Fault,
    document: str | None = None,
    penalty: int | None = None,
    scores: Mapping[str, float] | None = None,
    **groups: str,
) -> Record:
    points = sum({"major": 5, "minor": 1}[fault.severity] for fault in faults) if penalty is None else penalty
    return Record(SEGMENT, document, groups, words, points, faults, scores or {})


def figures(summary: Summary) -> dict[str, Figure]:
    return {figure.name: figure for figure in summary.figures}


def row(**changed: Any) -> dict[str, Any]:
    finding = {"rule": WORD.rule, "category": WORD.category, "severity": "major"}
    base = {"target": "x", "findings": [finding], "penalty": 5, "words": 10, "bleu": 20.0, "chrf": 40.0}
    return base | {"estimate": 12.5, "error": None} | changed


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_sums_means_and_groups() -> None:
    summary = summarise(
        [
            record(10, WORD, system="a", scores={BLEU: 20.0, CHRF: 40.0, ESTIMATE: 10.0}),
            record(30, MARK, MARK, system="b", scores={BLEU: 40.0, CHRF: 60.0, ESTIMATE: 20.0}),
            Record(SEGMENT, None, {"system": "b"}, judged=False),
        ]
    )
    assert summary.total == Group("all", 3, 1, 40, 3, 175.0, 17.5, 30.0, 50.0, summary.total.rank)
    (column, (a, b)), *others = summary.groups
    assert (column, others) == ("system", [])
    assert (a.name, a.words, a.penalty) == ("a", 10, 500.0)
    assert (b.name, b.records, b.unjudged, b.findings, b.estimate) == ("b", 2, 1, 2, 20.0)
    assert [(rate.name, rate.count, rate.per_1000) for rate in summary.rules] == [
        ("mechanics/doubled-word", 2, 50.0),
        ("zh/mix-it", 1, 25.0),
    ]
    assert [rate.name for rate in summary.severities] == ["major", "minor"]
    assert {h.score: sum(h.counts) for h in summary.histograms} == {ESTIMATE: 2, BLEU: 2, CHRF: 2}


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), min_size=1, max_size=30))
def test_the_error_of_a_rate_is_that_of_a_ratio_of_sums(pairs: list[tuple[int, int]]) -> None:
    penalty = figures(summarise(record(words, penalty=points) for words, points in pairs))[PENALTY]
    words, points = (sum(column) for column in zip(*pairs, strict=True))
    ratio = points / words
    error = math.sqrt(sum((y - ratio * x) ** 2 for x, y in pairs)) / words
    assert penalty.value == pytest.approx(1000 * ratio)
    assert penalty.error == pytest.approx(1000 * error, abs=1e-3)


def test_a_short_document_with_one_fault_is_not_the_worst() -> None:
    short = [record(5, MARK, document="short")]
    long = [record(20, WORD, document="long") for _ in range(40)]
    good = [record(20, document="good") for _ in range(40)]
    assert [group.name for group in summarise([*short, *long, *good]).worst] == ["long", "short", "good"]
    assert summarise(long, worst=0).worst == ()


def test_a_column_of_too_many_values_is_left_out_and_named() -> None:
    summary = summarise(record(5, id=str(number), system="a") for number in range(MOST_GROUPS + 1))
    assert [column for column, _ in summary.groups] == ["system"]
    assert "'id' has more than 1,000 values" in " ".join(summary.notes)


def test_nothing_to_sum_up_is_an_error() -> None:
    with pytest.raises(UserError, match="nothing to sum up"):
        summarise([])


def sample(seed: int, rate: float, size: int = 400) -> Summary:
    rng = random.Random(seed)

    def one() -> Record:
        words = rng.randint(5, 30)
        faults = [WORD] * sum(rng.random() < rate / 1000 for _ in range(words))
        return record(words, *faults, scores={CHRF: rng.gauss(50, 15), BLEU: 20.0})

    return summarise(one() for _ in range(size))


def test_the_same_corpus_does_not_drift() -> None:
    summary = sample(1, 20.0)
    changed = measure_drift("before", summary, summary)
    assert {change.said for change in changed.figures} == {SAME}
    assert changed.rules == ()


@pytest.mark.long
def test_chance_is_called_drift_about_as_often_as_said() -> None:
    pairs = [measure_drift("", sample(2 * seed, 20.0, 150), sample(2 * seed + 1, 20.0, 150)) for seed in range(300)]
    figures = sum(any(change.said != SAME for change in pair.figures) for pair in pairs)
    assert 3 <= figures <= 27  # 15 expected at the most, for two of the figures are one; 27 is three deviations more
    assert sum(len(pair.rules) for pair in pairs) <= 27


def test_drift_has_a_direction() -> None:
    less, more = sample(1, 5.0), sample(2, 40.0)
    changed = {change.name: change for change in measure_drift("before", less, more).figures}
    assert changed[PENALTY].said == WORSE
    assert measure_drift("before", more, less).figures[0].said == BETTER
    (rule,) = measure_drift("before", less, more).rules
    assert (rule.name, rule.said) == (WORD.rule, WORSE)
    assert rule.p < 0.001


def test_a_higher_score_is_better() -> None:
    low, high = (summarise([record(9, scores={BLEU: v, CHRF: v + n % 3}) for n in range(90)]) for v in (30.0, 40.0))
    assert {c.name: c.said for c in measure_drift("", low, high).figures}[CHRF] == BETTER
    assert {c.name: c.said for c in measure_drift("", high, low).figures}[BLEU] == WORSE


@pytest.mark.parametrize("size", [1, 2, 9])
def test_a_handful_of_records_changes_by_nothing_but_chance(size: int) -> None:
    old, new = (
        summarise([record(200, *faults, scores={BLEU: score, CHRF: score})] * size)
        for faults, score in (((WORD, WORD), 40.0), ((WORD,), 41.0))
    )
    changed = measure_drift("before", old, new)
    assert {change.said for change in changed.figures} == {SAME}
    assert (changed.rules, changed.too_few) == ((), size)
    for name in FORMATS:
        if name != "json":
            said = render_summary(name, new, changed)
            assert f"Too little to tell a change from chance: {size}, where at least 10 have to be judged." in said
            assert "41.0 to 41.0" not in said
            assert "± 0.0" not in said
    assert "No worse" not in render_summary("html", new, changed)
    many = summarise([record(200, *[WORD] * 9)] * 400)
    assert {change.said for change in measure_drift("", many, new).figures} == {SAME}


def test_few_findings_in_a_few_records_prove_little() -> None:
    none, four = (summarise([record(20, *[MARK] * (n < k)) for n in range(10)]) for k in (0, 4))
    assert {change.said for change in measure_drift("", none, four).figures} == {SAME}
    assert "0.0 to 0.0" not in to_text(none)


def test_a_rule_that_is_new_counts_against_chance_too() -> None:
    clean = summarise([record(20) for _ in range(100)])
    few = summarise([record(20, MARK) if n < 2 else record(20) for n in range(100)])
    many = summarise([record(20, MARK) if n < 20 else record(20) for n in range(100)])
    assert measure_drift("", clean, few).rules == ()
    assert [change.name for change in measure_drift("", clean, many).rules] == [MARK.rule]


def test_rows_of_batch_are_read_with_their_groups(tmp_path: Path) -> None:
    rows = [
        row(system="a", document="d1", source_language="zh"),
        row(system="b", document="d1", source_language="de", findings=[], penalty=0),
        row(system="b", document="d2", error="the target is empty", findings=None, penalty=None, words=None),
    ]
    path = write(tmp_path / "checked.jsonl", rows)
    first, second, third = read_records([path], ["project", "target"][1:])
    assert first.document == "d1 (a)"
    assert first.groups == {"file": str(path), "system": "a", "language": "zh", "target": "x"}
    assert first.faults == (WORD,)
    assert first.scores == {BLEU: 20.0, CHRF: 40.0, ESTIMATE: 12.5}
    assert (second.penalty, second.faults) == (0, ())
    assert not third.judged


def test_parquet_and_jsonl_say_the_same(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    texts = [{"system": "a", "document": "d", "target": "She walked to the the station.", "reference": "She walked."}]
    write(rows, [*texts, {"system": "b", "document": "d", "target": ""}])
    summaries = []
    for ending in ("jsonl", "parquet"):
        output = tmp_path / f"checked.{ending}"
        assert main(["batch", str(rows), str(output), "--ignore", "tagger", "--workers", "1"]) == 2
        data = json.loads(render_summary("json", summarise(read_records([output]))))
        assert data["total"]["unjudged"] == 1
        assert [rule["name"] for rule in data["rules"]] == ["mechanics/doubled-word"]
        summaries.append({**data, "groups": data["groups"]["system"]})
    assert summaries[0] == summaries[1]


def test_a_file_that_is_named_twice_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("She walked to the the station, and then she took the train home.\n", "utf-8")
    assert main(["check", "a.txt", "--no-cache", "--select", "mechanics", "--output", "found.jsonl"]) == 0
    shown = []
    for files in (["found.jsonl"], ["found.jsonl", "./found.jsonl", str(tmp_path / "found.jsonl")]):
        capsys.readouterr()
        assert main(["summary", *files]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    assert shown[0].startswith("1 document\n")


def test_what_check_found_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("She walked to the the station, and then she took the train home.\n", "utf-8")
    path = tmp_path / "found.jsonl"
    assert main(["check", str(tmp_path), "--ignore", "tagger", "--output", f"jsonl={path}", "--no-cache"]) == 0
    assert main(["summary", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 documents\n26 words, 2 findings.\n")
    assert "By file" in said
    assert "mechanics/doubled-word" in said


def rich() -> Summary:
    records = [
        record(12, WORD, MARK, document=f"d{n % 7}", system=f"s{n % 2}", scores={BLEU: n, CHRF: n, ESTIMATE: n / 3})
        for n in range(60)
    ]
    return summarise(records)


def test_a_summary_survives_json(tmp_path: Path) -> None:
    path = tmp_path / "summary.json"
    path.write_text(render_summary("json", rich()), "utf-8")
    assert read_earlier(path) == rich()
    assert measure_drift("summary.json", read_earlier(path), rich()).rules == ()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_summary_gives_the_same_text(name: str) -> None:
    changed = measure_drift("earlier.json", rich(), rich())
    assert render_summary(name, rich(), changed) == render_summary(name, rich(), changed)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_hostile_names_do_nothing(name: str) -> None:
    evil = "</script><script>alert(1)</script>\x1b[2J|@user\u202e"
    summary = summarise(
        [record(10, WORD, document=evil, system=evil + "2", team=evil), record(10, document="d", team="t")]
    )
    text = render_summary(name, summary, measure_drift(evil, summary, summary))
    assert "\x1b" not in text
    assert "\u202e" not in text
    if name != "terminal" and name != "json":
        assert "<script>alert" not in text


def test_colours_and_width_are_those_asked_for() -> None:
    name = "docs/" * 12 + "漢字" * 9 + "last.md"
    summary = summarise([record(12, WORD, MARK, document=name), record(9, document="b")], worst=5)
    coloured = to_text(summary, color=True)
    assert "\x1b[1m2 segments of 2 documents\x1b[0m" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain == to_text(summary)
    for width in (80, 100):
        lines = to_text(summary, width=width).splitlines()
        assert max(map(cell_len, lines)) <= width
        (worst,) = [line for line in lines if "last.md" in line]
        assert worst.startswith("  …")


def test_the_page_draws_every_distribution() -> None:
    page = render_summary("html", rich(), measure_drift("earlier.json", rich(), rich()))
    for drawing in page.split("<svg ")[2:]:  # the first is the icon in its head
        tree = ET.fromstring(f"<svg {drawing.partition('</svg>')[0]}</svg>")
        bars = [bar for bar in tree.iter("rect") if bar.get("class") == "ink"]
        assert len(bars) == 20
        assert max(float(bar.get("height", "0")) for bar in bars) == 120.0
    assert page.count('role="img"') == 3
    assert "the earlier run" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rows"),
        ('{"target": "x"}\n', "not written by stilted"),
        ("{\n", "line 1 is not JSON"),
        ('{"error": null}\n', "not written by stilted"),
        (json.dumps(row(findings="many")) + "\n", "'findings' is no list"),
        (json.dumps(row(words=-1)) + "\n", "'words' is no number"),
        (json.dumps(row(findings=[{"rule": "x"}])) + "\n", "'category' is missing"),
        (
            json.dumps(row(findings=[{"rule": "x", "category": "y", "severity": "mayor"}])) + "\n",
            "Did you mean 'major'",
        ),
        ('{"type": "finding", "file": "a", "rule": "r", "category": "c", "severity": "minor"}\n', "cut off"),
        ('{"type": "verdict", "file": "a"}\n', "without figures"),
    ],
)
def test_what_is_no_result_is_refused(text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, "utf-8")
    assert main(["summary", str(path)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "bad.jsonl" in error


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[]", "no summary"),
        ('{"what": "stilted summary", "schema": 9}', "schema 9"),
        ('{"what": "stilted summary", "schema": 1, "total": {}}', "damaged"),
    ],
)
def test_a_bad_earlier_summary_is_refused(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now, before = write(tmp_path / "now.jsonl", [row()]), tmp_path / "before.json"
    before.write_text(text, "utf-8")
    assert main(["summary", str(now), "--against", str(before)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "htm"], "Did you mean 'html'?"),
        (["--output", "sarif=x.sarif"], "unknown format 'sarif'"),
        (["--by", "sistem"], "Did you mean 'system'?"),
        (["--worst", "-1"], "fewer than no documents"),
        (["--against", "missing.json"], "cannot read the earlier summary"),
    ],
)
def test_faulty_options_are_told(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "now.jsonl", [row(system="a")])
    assert main(["summary", "now.jsonl", *options]) == 2
    assert said in capsys.readouterr().err


def test_nothing_that_is_read_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now, before = write(tmp_path / "now.jsonl", [row()]), tmp_path / "before.json"
    assert main(["summary", str(now), "--output", str(before)]) == 0  # the ending tells the format
    kept = now.read_bytes(), before.read_bytes()
    assert main(["summary", str(now), "--output", f"json={now}"]) == 2
    assert main(["summary", str(now), "--against", str(before), "--output", str(before)]) == 2
    assert capsys.readouterr().err.count("this would overwrite a file that is read") == 2
    assert (now.read_bytes(), before.read_bytes()) == kept


def test_a_dash_is_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "now.jsonl", [row()])
    assert main(["summary", "now.jsonl", "--output", "json=-"]) == 0
    assert json.loads(capsys.readouterr().out)["what"] == "stilted summary"
    assert not Path("-").exists()
