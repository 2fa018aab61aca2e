"""`stilted evaluate` from files to figures: what it reports, for whom, and that it says the same twice."""

from __future__ import annotations

import argparse
import json
import random
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from stilted.core.errors import UserError
from stilted.lab.evaluation import report
from stilted.lab.evaluation.agreement import group_raters, measure_raters
from stilted.lab.evaluation.annotations import GoldSpan, Row
from stilted.lab.evaluation.command import add_parser
from stilted.lab.evaluation.peers import load_peer
from stilted.lab.evaluation.predictions import find_origin
from stilted.lab.evaluation.readers import read_corpus
from stilted.lab.evaluation.spans import compute_figures
from training_data import write_lines

TARGET = "The new production line went offline in the month of May."


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return parser.parse_args(["evaluate", *arguments])


def jsonl(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def evaluated(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    out = folder / "out.json"
    chosen = parse(*map(str, arguments), "--json", str(out), "--resamples", "20")
    assert chosen.run(chosen) == 0
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return result


def gold(system: str, *spans: tuple[int, int, str], rater: str = "r1", segment: int = 1, **more: Any) -> dict[str, Any]:
    marks = [{"start": s, "end": e, "severity": "major", "category": c} for s, e, c in spans]
    key = {"doc": "d1", "segment": segment, "system": system, "rater": rater}
    return {**key, "source": f"源{segment}", "target": TARGET, "spans": marks, **more}


def predicted(system: str, *spans: tuple[int, int, float], segment: int = 1) -> dict[str, Any]:
    marks = [{"start": s, "end": e, "rule": "x/rule", "confidence": c, "severity": "major"} for s, e, c in spans]
    return {"doc": "d1", "segment": segment, "system": system, "target": TARGET, "spans": marks}


def test_every_promised_figure_is_there_and_right(tmp_path: Path) -> None:
    data = jsonl(
        tmp_path / "gold.jsonl",
        gold("a", (24, 36, "Style/Awkward"), (40, 56, "Style/Awkward")),
        gold("b", segment=2),
        {"target": TARGET, "spans": [{"start": 90, "end": 99}]},
    )
    predictions = jsonl(tmp_path / "mine.jsonl", predicted("a", (24, 36, 0.9)), predicted("b", (0, 7, 0.2), segment=2))
    result = evaluated(tmp_path, data, "--predictions", predictions)
    overall = result["overall"]
    assert result["rows"]["read"] == 2
    assert result["rows"]["bad"] == 1
    assert result["rows"]["bad_records"][0]["line"] == 3
    assert overall["mpp"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert overall["exact"] == overall["overlap"] == overall["mpp"]
    assert overall["char"]["recall"] == pytest.approx(12 / 28, abs=1e-6)
    assert overall["char"]["precision"] == pytest.approx(12 / 19, abs=1e-6)
    assert overall["touch_rate"] == 0.5
    assert overall["per_1000_words"] == pytest.approx(1000 * 2 / 22, abs=1e-5)
    assert 0 < overall["chance"]["mpp_f1"] < overall["mpp"]["f1"]
    assert 0 < overall["chance"]["char_f1"] < overall["char"]["f1"]
    assert overall["human"] == {"mpp_f1": None, "char_f1": None}
    assert result["by_rule"]["x/rule"]["findings"] == 2
    assert result["by_source"]["predictions"]["mpp"] == overall["mpp"]
    assert result["by_category"]["Style/Awkward style"]["recall"] == {"gold": 2, "touched": 0.5, "char": 0.428571}
    assert result["awkward"]["touched"] == 0.5
    points = {p["confidence"]: p for p in result["operating_points"]}
    assert (points[0.0]["findings"], points[0.5]["findings"]) == (2, 1)
    assert points[0.5]["touch_rate"] == 1
    assert result["calibration"]["expected_error"] == pytest.approx((0.1 + 0.2) / 2)
    assert set(result["baselines"]) == {"everything", "difference", "longest"}
    assert result["baselines"]["everything"]["char"]["recall"] == 1


def test_several_raters_judge_each_for_himself_and_touch_asks_them_together(tmp_path: Path) -> None:
    data = jsonl(
        tmp_path / "gold.jsonl",
        gold("a", (0, 7, ""), rater="r1"),
        gold("a", (24, 36, ""), rater="r2"),
        gold("a", (24, 36, ""), rater="r3"),
    )
    predictions = jsonl(tmp_path / "mine.jsonl", predicted("a", (24, 36, 1.0)))
    result = evaluated(tmp_path, data, "--predictions", predictions)
    overall = result["overall"]
    assert result["rows"]["raters_per_translation"] == {"3": 1}
    assert overall["mpp"]["precision"] == pytest.approx(2 / 3, abs=1e-6)
    assert overall["touch_rate"] == 1
    # Ordered pairs: r2-r3 and r3-r2 agree fully, the four with r1 not at all.
    assert overall["human"]["mpp_f1"] == pytest.approx(1 / 3, abs=1e-6)
    assert overall["human"]["ours_on_the_same_rows"]["mpp"] == overall["mpp"]
    union = overall["human"]["rater_against_union"]["mpp"]
    # r1 against {24-36} misses; r2 and r3 find 1 of the 2 spans of the others: P = 2/3, R = 2/5.
    assert (union["precision"], union["recall"]) == (pytest.approx(2 / 3, abs=1e-6), pytest.approx(2 / 5))


def test_translations_by_people_are_counted_apart(tmp_path: Path) -> None:
    data = jsonl(tmp_path / "gold.jsonl", gold("a", (24, 36, "")), gold("ref", (0, 3, "")))
    predictions = jsonl(
        tmp_path / "mine.jsonl", predicted("a", (24, 36, 1.0)), predicted("ref", (0, 3, 1.0), (8, 18, 1.0))
    )
    result = evaluated(tmp_path, data, "--predictions", predictions)
    assert result["overall"]["findings"] == 1
    assert result["rows"]["by_people"] == 1
    alarms = result["false_alarms"]["human_references"]
    assert (alarms["findings"], alarms["unconfirmed"], alarms["words"]) == (2, 1, 11)
    assert result["false_alarms"]["clean"] is None


def test_predictions_join_by_line_where_they_carry_no_key(tmp_path: Path) -> None:
    texts = ["One plain line.", "Two plain lines."]
    data = jsonl(tmp_path / "gold.jsonl", *({"target": t, "spans": [{"start": 4, "end": 9}]} for t in texts))
    spans = [{"start": 4, "end": 9}]
    predictions = jsonl(tmp_path / "mine.jsonl", {"target": texts[0], "spans": spans}, {"target": "other", "spans": []})
    result = evaluated(tmp_path, data, "--predictions", predictions)
    assert result["overall"]["exact"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3, abs=1e-6)}
    assert result["rows"]["bad_records"] == [
        {"file": "mine.jsonl", "line": 2, "reason": "the target is not that translation's text"}
    ]
    assert result["rows"]["translations_without_prediction"] == 1


def many(folder: Path, documents: int = 4) -> Path:
    dice = random.Random(7)
    words = "the car went off line in a very new way and people were glad of it".split()
    records = []
    for doc in range(documents):
        for segment in range(5):
            for system in ("a", "b", "c", "ref"):
                target = " ".join(dice.choices(words, k=12))
                spans = [{"start": 0, "end": dice.randint(3, 9)}] if dice.random() < 0.6 else []
                key = {"doc": f"d{doc}", "segment": segment, "system": system, "source": f"源{doc}-{segment}"}
                records.append({**key, "target": target, "spans": spans, "language": "zh"})
    return jsonl(folder / "many.jsonl", *records)


def test_scores_stand_beside_their_floors(tmp_path: Path) -> None:
    result = evaluated(tmp_path, many(tmp_path), "--select", "zh")
    metrics = result["scores"]["metrics"]
    assert set(metrics) - {"MQM (estimate)"} == {"BLEU", "chrF", "TER", "MQM (findings)", "constant", "minus length"}
    assert metrics["constant"]["pearson_item"] == 0
    for metric in metrics.values():
        assert metric["acc_t"] >= metrics["constant"]["acc_t"]
        assert -1 <= metric["pearson_pooled"] <= 1


def test_our_rules_run_with_and_without_references_and_twice_alike(tmp_path: Path) -> None:
    record = gold("a", (24, 36, ""), reference="The new production line was completed in May.", language="zh")
    clean = tmp_path / "clean"
    clean.mkdir()
    (clean / "note.txt").write_text("The lift is out of order.\n\nPlease use the stairs.\n", encoding="utf-8")
    data = jsonl(tmp_path / "gold.jsonl", record)
    first = evaluated(tmp_path, data, "--no-reference", "--clean", clean, "--against", "diff")
    second = evaluated(tmp_path, data, "--no-reference", "--clean", clean, "--against", "diff")
    assert first == second
    assert "mpp" in first["no_reference"]
    assert first["false_alarms"]["clean"]["words"] == 10
    assert first["peers"]["diff"]["mpp"] == first["baselines"]["difference"]["mpp"]


class Loads(HTMLParser):
    """Collects whatever a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "link", "iframe") or any(k in ("src", "href", "onclick") for k, _ in attrs):
            self.found.append(tag)


def test_the_page_is_self_contained_and_escapes_what_it_shows(tmp_path: Path) -> None:
    data = jsonl(tmp_path / "gold.jsonl", gold("a", (24, 36, "")))
    record = predicted("a", (24, 36, 0.9))
    record["spans"][0]["rule"] = "<script>alert(1)</script>[bold]"
    predictions = jsonl(tmp_path / "mine.jsonl", record)
    page = tmp_path / "page.html"
    evaluated(tmp_path, data, "--predictions", predictions, "--html", page)
    text = page.read_text(encoding="utf-8")
    loads = Loads()
    loads.feed(text)
    assert loads.found == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[bold]" in text
    assert "http" not in text


def test_the_terminal_shows_chance_beside_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = jsonl(tmp_path / "gold.jsonl", gold("a", (24, 36, ""), rater="x"), gold("a", (24, 30, ""), rater="y"))
    predictions = jsonl(tmp_path / "mine.jsonl", predicted("a", (24, 36, 0.9)))
    evaluated(tmp_path, data, "--predictions", predictions)
    shown = capsys.readouterr()
    assert "where chance gives" in shown.out
    for title in ("Spans", "By rule", "By category", "Operating points", "Calibration", "rater against union"):
        assert title in shown.out
    assert shown.err == ""


def test_figures_that_cannot_be_given_are_null_not_nan() -> None:
    assert json.loads(report.write_json({"x": None, "y": 1 / 3, "z": (1,)})) == {"x": None, "y": 0.333333, "z": [1]}
    with pytest.raises(ValueError, match="not JSON compliant"):
        report.write_json({"x": float("nan")})


def test_three_raters_of_one_set_show_the_human_line() -> None:
    rows = [
        Row("d", "1", "a", rater, None, None, TARGET, (GoldSpan(*span),), "set", "")
        for rater, span in (("x", (0, 10)), ("y", (5, 10)), ("z", (30, 40)))
    ]
    line = measure_raters(rows, group_raters(rows))
    assert line is not None
    assert len(line.pairs) == 6
    # x and y share 5 characters of 10 and 5; z stands alone: 2 * 5 shared, 2 * (10 + 5 + 10) marked on each side.
    assert compute_figures(line.one.sum(axis=0))["char"]["f1"] == pytest.approx(10 / 50)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--against", "harpy"], "Did you mean 'harper'"),
        (["--resamples", "-1"], "is below 0"),
        (["--predictions", "absent.jsonl"], "no such file"),
        (["--clean", "absent"], "no such folder"),
        (["--select", "zh/no-such-rule"], "no rule is called"),
    ],
)
def test_mistakes_end_in_a_sentence(tmp_path: Path, arguments: list[str], message: str) -> None:
    chosen = parse(str(jsonl(tmp_path / "g.jsonl", gold("a"))), *arguments)
    with pytest.raises(UserError, match=message):
        chosen.run(chosen)


def test_annotations_that_are_all_bad_cannot_be_measured(tmp_path: Path) -> None:
    chosen = parse(str(jsonl(tmp_path / "g.jsonl", {"target": 1})))
    with pytest.raises(UserError, match="no usable annotation: 'target' is missing"):
        chosen.run(chosen)


@pytest.mark.long
def test_checkers_that_are_installed_give_spans_in_code_points() -> None:
    text = "Café 😀 this is very unique, I think."
    for name in ("harper", "languagetool", "proselint"):
        try:
            check = load_peer(name)
        except UserError:
            with pytest.raises(UserError, match=r"stilted\[bench\]"):
                load_peer(name)
            continue
        spans = check(text, None)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        if name != "harper":
            assert any(text[start:end] in ("very unique", "very") for start, end in spans)


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("de/understand-train-station", "packs"),
        ("own/blue-boat", "packs"),
        ("grammar/subject-verb", "checks"),
        ("tagger/likely-slip", "tagger"),
        ("glossary/forbidden-term", "glossary"),
        ("glossary/translated-name", "glossary"),
    ],
)
def test_every_rule_knows_where_it_lives(rule: str, part: str, tmp_path: Path) -> None:
    from stilted import api
    from stilted.core.options import make_settings

    pack, glossary = tmp_path / "own.toml", tmp_path / "own.csv"
    pack.write_text(
        '[[rule]]\nid = "own/blue-boat"\npattern = "blue boat"\ncategory = "Style/Awkward style"\nseverity = "minor"\n'
        'message = "No."\nwhy = "So."\nbad = ["A <v>blue boat</v>."]\ngood = ["A boat."]\n',
        "utf-8",
    )
    glossary.write_text("preferred,forbidden\ncar,motor\n", "utf-8")
    chosen = make_settings("test", packs=(pack,), glossary=(glossary,), do_not_translate=("Quux",))
    assert {known.id: find_origin(known) for known in api.list_rules(chosen)}[rule] == part


def test_a_score_of_somebody_elses_is_measured_beside_bleu(tmp_path: Path) -> None:
    data = many(tmp_path)
    records = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]
    lines = [{**r, "spans": [], "score": -5.0 * len(r["spans"])} for r in records]
    result = evaluated(tmp_path, data, "--predictions", jsonl(tmp_path / "mine.jsonl", *lines))
    metrics = result["scores"]["metrics"]
    assert metrics["score"]["pearson_item"] == pytest.approx(1)
    assert metrics["score"]["acc_t"] == 1
    assert metrics["score"]["acc_t_interval"] == [1, 1]
    lines[3].pop("score")
    result = evaluated(tmp_path, data, "--predictions", jsonl(tmp_path / "mine.jsonl", *lines))
    assert "score" not in result["scores"]["metrics"]


def test_each_data_set_is_also_measured_alone(tmp_path: Path) -> None:
    records = [gold("a", (24, 36, "Style/Awkward"), rater=r) for r in ("r1", "r2")]
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    jsonl(first / "x.jsonl", *records)
    jsonl(second / "x.jsonl", gold("a", (0, 3, "")))
    predictions = jsonl(tmp_path / "mine.jsonl", predicted("a", (24, 36, 1.0)))
    result = evaluated(tmp_path, tmp_path / "first", tmp_path / "second", "--predictions", predictions)
    corpora = result["by_corpus"]
    assert corpora["first"]["mpp"]["f1"] == 1
    assert corpora["first"]["human"]["mpp_f1"] == 1
    assert corpora["second"]["mpp"]["f1"] == 0
    assert corpora["second"]["human"]["mpp_f1"] is None
    assert result["by_category"]["Style/Awkward style"]["human_touch_rate"] == 1


def test_held_out_documents_are_those_training_never_sees(tmp_path: Path) -> None:
    from stilted.lab.evaluation.held_out import DOCUMENTS

    kept = min(DOCUMENTS)
    data = jsonl(tmp_path / "gold.jsonl", gold("a", (0, 3, "")), gold("b", (0, 3, ""), doc=kept))
    predictions = jsonl(tmp_path / "mine.jsonl", predicted("b") | {"doc": kept})
    result = evaluated(tmp_path, data, "--predictions", predictions, "--held-out")
    assert result["rows"]["documents"] == 1
    other = jsonl(tmp_path / "other.jsonl", gold("a", (0, 3, "")))
    chosen = parse(str(other), "--predictions", str(predictions), "--held-out")
    with pytest.raises(UserError, match="nobody knows whether they were"):
        chosen.run(chosen)


def test_rated_rows_are_read_with_all_their_raters(tmp_path: Path) -> None:
    row = {
        "set": "news20", "doc": "d", "seg": "1", "system": "mt", "human": False, "source": "源",
        "target": "A bad text.", "refs": ["A good text."], "raters": [
            {"rater": "one", "spans": [[2, 5, "minor", "Style/Awkward"]], "missing": []},
            {"rater": "two", "spans": [], "missing": []},
        ],
    }  # fmt: skip
    write_lines(tmp_path / "rows.gz", [row])
    rows = read_corpus(tmp_path / "rows.gz").rows
    assert [each.rater for each in rows] == ["one", "two"]
    assert {each.reference for each in rows} == {"A good text."}
    assert [len(each.spans) for each in rows] == [1, 0]


def test_no_report_is_written_over_what_is_measured(tmp_path: Path) -> None:
    data = jsonl(tmp_path / "gold.jsonl", gold("a", (4, 7, "Accuracy")))
    kept = data.read_bytes()
    for what in (data, tmp_path):
        chosen = parse(str(what), "--html", str(data))
        with pytest.raises(UserError, match="overwrite a file that is read"):
            chosen.run(chosen)
    assert data.read_bytes() == kept
