"""No worse than the baseline, beyond chance: scores kept with their intervals, and what is made of them later."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted import UserError, check
from stilted.cli import main
from stilted.project import baseline
from stilted.project.baseline import figures
from stilted.project.baseline.figures import Figures, Measured

REFERENCE = "".join(
    f"On {day} ferry number {n} sailed from the old {where} with {n + 3} passengers on board.\n\n"
    for n, (day, where) in enumerate((d, w) for d in ("Monday", "Friday", "Sunday") for w in
                                     "port pier quay dock harbour island village lighthouse bridge beach "
                                     "market station river castle garden theatre museum library mill yard".split())
)  # fmt: skip
OLD = REFERENCE.replace("sailed from", "left").replace("passengers on board", "people aboard")
WORSE = OLD.replace("ferry number", "the boat with the figure").replace("with", "carrying along").replace("old ", "")
BETTER = OLD.replace("left", "sailed from")
DOUBLED = re.sub(r"old (\w+)", r"old \1 \1", OLD)  # of each word once and not three times: repetitions cost nothing


def score(value: float, half: float | None, signature: str = "nrefs:1|bs:1000|seed:1|tok:13a") -> Measured:
    return Measured(value, None if half is None else value - half, None if half is None else value + half, signature)


def kept(value: float, half: float | None = 3.0, points: tuple[int, ...] = ()) -> Figures:
    return Figures("ref", 1000, sum(points), sum(p * p for p in points), {"BLEU": score(value, half)})


# the rule


@pytest.mark.parametrize(
    ("old", "new", "met"),
    [
        (kept(30), kept(30), [True, True]),
        (kept(30), kept(25.8), [True, True]),  # 4.2 against 3 * sqrt(2) = 4.24
        (kept(30), kept(25.7), [False, True]),
        (kept(30), kept(90), [True, True]),
        (kept(30, None), kept(10), [True, True]),
        (kept(30), kept(10, None), [True, True]),
        (kept(30), kept(30, points=(1, 1, 1)), [True, True]),  # 3 against 1.96 * sqrt(3)
        (kept(30), kept(30, points=(1, 1, 1, 1)), [True, False]),
        (kept(30), kept(30, points=(25,)), [True, True]),
        (kept(30, points=(5,) * 20), kept(30, points=(5,) * 30), [True, True]),
        (kept(30, points=(5,) * 20), kept(30, points=(5,) * 40), [True, False]),
        (kept(30, points=(5,) * 40), kept(30), [True, True]),
    ],
)
def test_a_loss_counts_when_chance_does_not_explain_it(old: Figures, new: Figures, met: list[bool]) -> None:
    assert [passed for passed, _ in figures.compare_figures(old, new, "known.json: a")] == met


def test_every_figure_is_told_with_its_limit() -> None:
    assert [said for _, said in figures.compare_figures(kept(30), kept(20, points=(5, 5)), "known.json: a")] == [
        "BLEU went from 30.0 in the baseline to 20.0; chance explains a loss of 4.2: it fails.",
        "The penalty per 1,000 words, accepted findings included, went from 0.0 in the baseline to 10.0; chance "
        "explains a loss of 13.9: it passes.",
    ]
    (_, same), _ = figures.compare_figures(kept(30), kept(30), "a")
    assert same == "BLEU stays at the baseline's 30.0; chance explains a loss of 4.2: it passes."
    (_, few), _ = figures.compare_figures(kept(30, None), kept(29, None), "a")
    assert few == "BLEU is 29.0 and was 30.0: too few segments to tell a loss from chance."
    (met, gone), _ = figures.compare_figures(kept(30), replace(kept(30), scores={}), "a")
    assert (met, gone) == (False, "BLEU could not be computed; it was 30.0 in the baseline: it fails.")


def test_what_cannot_be_compared_is_an_error() -> None:
    with pytest.raises(UserError, match=r"known\.json: a: the reference is not the one"):
        figures.compare_figures(kept(30), replace(kept(30), reference="other"), "known.json: a")
    with pytest.raises(
        UserError, match=r"BLEU was computed as nrefs:1\|bs:1000\|seed:1\|tok:13a, not as nrefs:1\|tok:zh"
    ):
        figures.compare_figures(kept(30), replace(kept(30), scores={"BLEU": score(30, 3, "nrefs:1|tok:zh")}), "a")
    assert figures.compare_figures(kept(30), replace(kept(30), scores={"BLEU": score(30, 3, "nrefs:1|tok:13a")}), "a")


def test_equally_good_versions_are_called_worse_at_most_once_in_forty_times() -> None:
    """Scores of independent samples, the worst case: each with the 95% interval of its own normal error."""
    rng = random.Random(5)
    trials = 20_000
    alarms = 0
    for _ in range(trials):
        old, new = (kept(rng.gauss(30, sd), 1.96 * sd) for sd in (rng.choice((1, 2, 3)), rng.choice((1, 2, 3))))
        alarms += not figures.compare_figures(old, new, "")[0][0]
    assert alarms / trials < 0.025 + 3 * sqrt(0.025 / trials)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 20), st.floats(0, 20))
def test_no_version_is_worse_than_itself_and_no_two_than_each_other(
    one: float, other: float, wide: float, narrow: float
) -> None:
    first, second = kept(one, wide), kept(other, narrow)
    assert all(met for met, _ in figures.compare_figures(first, first, ""))
    assert figures.compare_figures(first, second, "")[0][0] or figures.compare_figures(second, first, "")[0][0]


SCORES = st.builds(Measured, st.floats(-1e9, 1e9), *[st.none() | st.floats(-1e9, 1e9)] * 2, st.text())
COUNTS = st.integers(0, 10**9)


@given(st.builds(Figures, st.text(), COUNTS, COUNTS, COUNTS, st.dictionaries(st.text(), SCORES, max_size=3)))
def test_what_is_written_is_read(known: Figures) -> None:
    data = json.loads(json.dumps(figures.dump_figures(known)))
    assert figures.parse_figures(data, "") == known


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("reference",), 5),
        (("words",), -1),
        (("words",), True),
        (("penalty",), 1.5),
        (("squares",), None),
        (("metrics",), []),
        (("metrics", "BLEU"), 31.4),
        (("metrics", "BLEU", "value"), None),
        (("metrics", "BLEU", "value"), float("nan")),
        (("metrics", "BLEU", "low"), "27"),
        (("metrics", "BLEU", "high"), float("inf")),
        (("metrics", "BLEU", "signature"), 1),
    ],
)
def test_figures_of_another_shape_are_told(tmp_path: Path, path: tuple[str, ...], value: object) -> None:
    data = {"schema": 1, "files": {}, "scores": {"a.txt": figures.dump_figures(kept(30))}}
    part: dict[str, object] = data["scores"]["a.txt"]  # type: ignore[index]
    for key in path[:-1]:
        part = part[key]  # type: ignore[assignment]
    part[path[-1]] = value
    file = tmp_path / "known.json"
    file.write_text(json.dumps(data), "utf-8")
    with pytest.raises(UserError, match=r"known\.json: a\.txt: the scores are not those of a baseline\. Write it anew"):
        baseline.read_baseline(file)
    file.write_text(json.dumps(data | {"scores": []}), "utf-8")
    with pytest.raises(UserError, match="the scores are not those of a baseline"):
        baseline.read_baseline(file)


# through the command


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with its reference, and a baseline of both."""
    monkeypatch.chdir(tmp_path)
    Path("human").mkdir()
    for name, text in {"a.txt": OLD, "human/a.txt": REFERENCE, "human/b.txt": REFERENCE}.items():
        Path(name).write_text(text, "utf-8")
    Path("stilted.toml").write_text(
        'select = ["mechanics"]\nmin-score = 0\nbaseline = "known.json"\nno-worse-than-baseline = true\n', "utf-8"
    )
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    return tmp_path


def verdict(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = main(["check", "a.txt", "--reference", "human", "--format", "json", *arguments])
    shown = capsys.readouterr()
    return code, json.loads(shown.out)["verdict"]["reasons"] if shown.out else [shown.err.strip()]


def test_the_same_text_passes_and_writing_twice_gives_the_same_bytes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, reasons = verdict(capsys)
    assert code == 0
    assert [reason.split(" stays")[0] for reason in reasons[1:]] == [
        "BLEU", "chrF2", "The penalty per 1,000 words, accepted findings included,"
    ]  # fmt: skip
    before = Path("known.json").read_bytes()
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    assert Path("known.json").read_bytes() == before
    assert json.loads(before)["scores"]["a.txt"]["metrics"].keys() == {"BLEU", "chrF2"}


def test_a_worse_version_fails_and_a_better_one_passes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(WORSE, "utf-8")
    code, reasons = verdict(capsys)
    assert code == 1
    assert [reason.split()[0] for reason in reasons if reason.endswith("it fails.")] == ["BLEU", "chrF2"]
    Path("a.txt").write_text(BETTER, "utf-8")
    code, reasons = verdict(capsys)
    assert code == 0
    assert all(reason.endswith("it passes.") for reason in reasons)


def test_a_little_worse_is_chance(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(OLD.replace("Monday ferry number 3 left", "Monday the boat 3 departed"), "utf-8")
    code, reasons = verdict(capsys)
    assert code == 0
    assert "BLEU went from" in reasons[1]


def test_findings_that_the_baseline_knows_count_in_both_penalties(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_text(DOUBLED, "utf-8")
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    code, reasons = verdict(capsys)
    assert code == 0
    assert "The penalty per 1,000 words, accepted findings included, stays at the baseline's" in reasons[-1]
    Path("a.txt").write_text(OLD, "utf-8")
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    Path("a.txt").write_text(DOUBLED, "utf-8")
    code, reasons = verdict(capsys)
    assert code == 1
    assert reasons[-1].endswith("it fails.")


@pytest.mark.parametrize(("segments", "code"), [(9, 0), (24, 1), (49, 1)])
def test_a_text_of_few_segments_is_judged_too(
    project: Path, capsys: pytest.CaptureFixture[str], segments: int, code: int
) -> None:
    def part(text: str) -> str:
        return "".join(f"{line} It was full and rather late.\n\n" for line in text.split("\n\n")[: segments // 2])

    for name, text in (("a.txt", OLD), ("human/a.txt", REFERENCE)):
        Path(name).write_text(part(text) + "It was late.\n" * (segments % 2), "utf-8")
    Path("stilted.toml").write_text(
        'select = ["mechanics"]\nmin-score = 0\nbaseline = "known.json"\nno-worse-than-baseline = true\n', "utf-8"
    )
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    filler = "She says that all of them know it and that nobody minds. " * 40  # a verdict takes 300 words
    Path("a.txt").write_text(f"{part(OLD)}\n\n{filler}\n", "utf-8")
    assert verdict(capsys)[0] == 0
    Path("a.txt").write_text(f"{part(WORSE)}\n\n{filler}\n", "utf-8")
    got, reasons = verdict(capsys)
    assert got == code
    assert any("too few segments to tell" in reason for reason in reasons) == (segments < 10)


def test_the_option_does_what_the_key_does(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("stilted.toml").write_text('select = ["mechanics"]\nmin-score = 0\n', "utf-8")
    Path("a.txt").write_text(WORSE, "utf-8")
    assert verdict(capsys, "--baseline", "known.json")[0] == 0
    assert verdict(capsys, "--baseline", "known.json", "--no-worse-than-baseline")[0] == 1


def test_pruning_keeps_the_scores(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(DOUBLED, "utf-8")
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    before = baseline.read_baseline(Path("known.json"))
    Path("a.txt").write_text(OLD, "utf-8")
    assert verdict(capsys, "--baseline-prune")[0] == 0
    after = baseline.read_baseline(Path("known.json"))
    assert (after.entries, after.figures) == ({}, before.figures)
    assert before.entries


def test_a_rule_that_did_not_run_leaves_its_entries_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(DOUBLED, "utf-8")
    assert main(["baseline", "write", "a.txt", "--reference", "human"]) == 0
    before = Path("known.json").read_bytes()
    assert verdict(capsys, "--baseline-prune", "--select", "numbers")[0] == 0
    assert Path("known.json").read_bytes() == before
    renamed = before.replace(b"mechanics/doubled-content-word", b"mechanics/twofold-word")
    Path("known.json").write_bytes(renamed)
    verdict(capsys, "--baseline-prune", "--select", "numbers")
    assert baseline.read_baseline(Path("known.json")).entries == {}


def test_a_file_that_the_baseline_does_not_know_cannot_be_worse(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("b.txt").write_text(WORSE, "utf-8")
    capsys.readouterr()
    assert main(["check", "b.txt", "--reference", "human", "--format", "json"]) == 0
    reasons = json.loads(capsys.readouterr().out)["verdict"]["reasons"]
    assert "The baseline holds no scores of this file, so it cannot be worse." in reasons


def test_what_cannot_be_told_is_exit_2(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refusal(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["check", "a.txt", *arguments]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert len(shown.err.splitlines()) == 1
        return shown.err

    assert "a.txt: the gate asks for no-worse-than-baseline, which only a reference can give. Add a ref" in refusal()
    Path("human/a.txt").write_text(REFERENCE.replace("Monday", "Tuesday"), "utf-8")
    assert "known.json: a.txt: the reference is not the one" in refusal("--reference", "human")
    assert main(["baseline", "write", "a.txt"]) == 0
    assert "known.json: the gate asks for no-worse-than-baseline, and this baseline holds no scores. Write" in refusal()
    Path("stilted.toml").write_text("no-worse-than-baseline = true\n", "utf-8")
    assert "a.txt: the gate asks for no-worse-than-baseline, and there is no baseline" in refusal(
        "--reference", "human"
    )
    Path("stilted.toml").write_text('no-worse-than-baseline = "yes"\n', "utf-8")
    assert "no-worse-than-baseline: 'yes' is neither true nor false" in refusal()


def test_python_has_no_baseline_to_compare_with() -> None:
    with pytest.raises(UserError, match="there is no baseline"):
        check(OLD, REFERENCE, no_worse_than_baseline=True)
    with pytest.raises(UserError, match="which only a reference can give"):
        check(OLD, no_worse_than_baseline=True)
