"""The field bench checks projects as their users do, and keeps what a reader says of the findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stilted.core.errors import UserError
from stilted.lab.benches.field import __main__ as bench
from stilted.lab.benches.field import judgements, projects, sheet

ENGLISH = (
    "# Boats\n\nShe walked to the the harbour，where the boats lie.\n\nIt was a fine day for all of us in the town.\n"
)
CHINESE = "# 船\n\n她走到停船的港口。\n\n对镇上的所有人来说，这是美好的一天。\n"


def written(root: Path) -> Path:
    for name, text in (
        ("boats/en/a.md", ENGLISH),
        ("boats/zh/a.md", CHINESE),
        ("boats/en/b.md", "A quiet page with nothing to say about it at all.\n"),
        ("boats/zh/b.md", "安静的一页。\n"),
        ("shop/en-us.json", '{"a": "Add it to the the basket"}\n'),
        ("shop/zh-cn.json", '{"a": "加入购物车"}\n'),
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def run(*arguments: object) -> int:
    return bench.main([*map(str, arguments), "--ignore", "tagger", "--workers", "1"])


def test_the_names_of_folders_and_files_say_what_is_checked_against_what(tmp_path: Path) -> None:
    boats, shop = projects.find_projects(written(tmp_path))
    assert (boats.name, boats.translation.name, boats.source and boats.source.name) == ("boats", "en", "zh")
    assert (boats.source_language, shop.source_language) == ("zh", "zh")
    assert (shop.translation.name, shop.source and shop.source.name) == ("en-us.json", "zh-cn.json")


def test_a_table_says_it_in_toml_or_json(tmp_path: Path) -> None:
    toml = tmp_path / "table.toml"
    toml.write_text(
        '[[project]]\nfolder = "x"\nsource-language = "ko"\n[project.options]\nsensitivity = "low"\n', "utf-8"
    )
    (one,) = projects.find_projects(tmp_path, toml)
    assert (one.translation, one.source, one.source_language) == (tmp_path / "x", None, "ko")
    assert one.options == (("sensitivity", "low"),)
    other = tmp_path / "table.json"
    other.write_text('{"project": [{"folder": "x", "source": "zh", "sauce": "zh"}]}', "utf-8")
    with pytest.raises(UserError, match=r"unknown key 'sauce'\. Did you mean 'source'\?"):
        projects.find_projects(tmp_path, other)


def test_a_run_writes_all_findings_and_says_what_is_new_and_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, keep = written(tmp_path / "in"), tmp_path / "out"
    assert run(root, "--keep", keep) == 0
    rows = judgements.read_rows(keep / "sheet.jsonl")
    findings = {(row["project"], row["rule"], row["line"]) for row in sheet.select_findings(rows)}
    assert {("boats", "mechanics/doubled-word", 3), ("shop", "mechanics/doubled-word", 1)} <= findings
    assert {row["file"] for row in sheet.select_files(rows)} == {"boats/en/a.md", "boats/en/b.md", "shop/en-us.json"}
    doubled = next(row for row in sheet.select_findings(rows) if row["project"] == "shop")
    assert doubled["shown"] == "Add it to ⟦the the⟧ basket"
    assert doubled["source"] == "加入购物车"
    assert "new and" not in capsys.readouterr().out

    page = root / "boats/en/a.md"
    page.write_text(ENGLISH.replace("the the", "the") + "\nThe end of the the story.\n", "utf-8")
    assert run(root, "--keep", keep) == 0
    assert "1 new and 1 gone since" in capsys.readouterr().out
    text = (keep / "sheet.md").read_text("utf-8")
    assert "1 new, 1 gone" in text
    assert "`boats/en/a.md:7:12`" in text


def test_judgements_survive_small_edits_and_give_precision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, keep, asked = written(tmp_path / "in"), tmp_path / "out", tmp_path / "asked.jsonl"
    assert run(root, "--keep", keep) == 0
    assert run(root, "--keep", keep, "--to-judge", asked) == 0
    rows = judgements.read_rows(asked)
    assert {row["judgement"] for row in rows} == {""}
    said = {"mechanics/doubled-word": "true"}
    judgements.write(asked, ({**row, "judgement": said.get(row["rule"], "false")} for row in rows))
    assert run(root, "--keep", keep, "--take", asked) == 0

    page = root / "boats/en/a.md"
    page.write_text(ENGLISH.replace("walked to", "slowly walked to"), "utf-8")
    assert run(root, "--keep", keep) == 0
    capsys.readouterr()
    assert run(root, "--keep", keep, "--precision") == 0
    out = capsys.readouterr().out
    assert [line.split()[4:6] for line in out.splitlines() if line.startswith("all that fix writes")] == [["3", "3"]]
    table = {line.split()[0]: line.split()[1:] for line in out.splitlines() if "/" in line}
    assert table["mechanics/doubled-word"][:7] == ["2", "2", "2", "0", "0", "100%", "100%"]
    assert table["mechanics/full-width-punctuation"][:7] == ["1", "1", "0", "0", "1", "0%", "0%"]


def test_a_judgement_is_not_taken_for_another_sentence() -> None:
    kept = judgements.Judgements()
    row = {"rule": "a/b", "text": "the the", "sentence": "She walked to the the old harbour.", "judgement": "true"}
    kept.add({**row, "key": judgements.make_key(row["rule"], row["text"], row["sentence"])})

    def of(text: str, sentence: str, rule: str = "a/b") -> str | None:
        return kept.of(
            {"key": judgements.make_key(rule, text, sentence), "rule": rule, "text": text, "sentence": sentence}
        )

    assert of("the the", "she walked, to the  the old harbour") == "true"
    assert of("the the", "Then she walked to the the old harbour.") == "true"
    assert of("the the", "Nobody knows what became of the the king.") is None
    assert of("the the", row["sentence"], rule="a/c") is None


def test_only_the_three_words_are_judgements() -> None:
    row = {"key": "k", "rule": "a/b", "text": "x", "sentence": "x", "judgement": "maybe"}
    with pytest.raises(UserError, match=r"a/b: 'maybe' is no judgement\. Write one of true, defensible, false\."):
        judgements.Judgements().add(row)


def test_a_file_fails_wrongly_when_it_would_pass_without_its_false_findings() -> None:
    def finding(name: str, severity: str) -> dict[str, object]:
        text = f"{name} {severity}"
        own = {"key": judgements.make_key("a/b", text, text), "rule": "a/b", "text": text, "sentence": text}
        return {"type": "finding", "project": "p", "file": name, "severity": severity, "guess": False, **own}

    rows = [
        finding("wrong", "critical"), finding("right", "critical"), finding("right", "minor"),
        *({"type": "file", "project": "p", "file": name, "words": 400, "passed": False} for name in ("wrong", "right")),
        {"type": "file", "project": "p", "file": "refused", "words": 0, "passed": False, "error": "no English"},
    ]  # fmt: skip
    judged = judgements.Judgements()
    judged.add({**rows[0], "judgement": "false"})
    judged.add({**rows[2], "judgement": "false"})
    failed, wrongly, refused = sheet.list_failing(rows, judged)
    assert [row["file"] for row in failed] == ["wrong", "right"]
    assert [row["file"] for row in wrongly] == ["wrong"]
    assert [row["file"] for row in refused] == ["refused"]


def test_critical_findings_are_all_judged_and_others_by_a_sample_that_stays_the_same() -> None:
    rows = [
        {"key": f"k{number}", "rule": "a/b", "severity": "critical" if number < 3 else "minor", "text": str(number),
         "sentence": str(number)}
        for number in range(9)
    ]  # fmt: skip
    chosen = sheet.sample(rows, judgements.Judgements(), 5)
    assert {row["key"] for row in chosen} >= {"k0", "k1", "k2"}
    assert len(chosen) == 5
    assert [row["key"] for row in sheet.sample(rows[::-1], judgements.Judgements(), 5)] == [r["key"] for r in chosen]
    assert len(sheet.sample(rows, judgements.Judgements(), 1)) == 3


@pytest.mark.parametrize(
    ("right", "number", "low", "high"), [(0, 0, 0.0, 1.0), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763)]
)
def test_the_interval_is_wilsons(right: int, number: int, low: float, high: float) -> None:
    assert sheet.find_interval(right, number) == pytest.approx((low, high), abs=5e-4)


def test_a_fault_of_the_data_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "judgements.jsonl").write_text('{"a": \n', "utf-8")
    assert run(tmp_path, "--precision") == 2
    assert "judgements.jsonl:1: not JSON" in capsys.readouterr().err


def test_rows_may_hold_line_ends_of_other_kinds(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    judgements.write(path, [{"text": "a\u2028b\u0085c"}])
    assert judgements.read_rows(path) == [{"text": "a\u2028b\u0085c"}]
    assert json.loads(path.read_text("utf-8")) == {"text": "a\u2028b\u0085c"}


def test_confidences_are_held_against_the_judgements() -> None:
    rows = [
        {"key": f"k{number}", "rule": "a/b", "text": "x", "sentence": f"s{number}", "confidence": confidence}
        for number, confidence in enumerate([0.95, 0.95, 0.15, 0.15])
    ]
    judged = judgements.Judgements()
    assert sheet.measure_calibration(rows, judged) is None
    for row, said in zip(rows, ("true", "false", "defensible", "false"), strict=True):
        judged.add({**row, "judgement": said})
    assert sheet.measure_calibration(rows, judged, sheet.TRUE) == pytest.approx((0.9 + 0.3) / 4)
    assert sheet.measure_calibration(rows, judged) == pytest.approx((0.9 + 0.7) / 4)
