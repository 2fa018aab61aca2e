"""The composite action: what can be read off it, and its script as a runner would run it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from github_runner import Runner, Step
from stilted.core.foreign import clean

FOLDER = Path(__file__).parents[2] / ".github" / "actions" / "stilted"
ACTION = yaml.safe_load((FOLDER / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]

GOOD = "The ferry leaves the harbour at noon and reaches the island an hour later.\n"
BAD = "She walked to the the station and waited there for two hours without a book.\n"


def test_it_is_a_composite_action_whose_scripts_hold_no_expression() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in STEPS:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)


def test_every_input_is_used_and_every_output_has_a_source() -> None:
    expressions = [value for step in STEPS for value in step["env"].values()]
    assert sorted(expressions) == sorted(f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"])
    for step in STEPS:
        for variable in step["env"]:
            assert f"${variable}" in step["run"]
    written = set(re.findall(r'echo "([\w-]+)=', STEPS[-1]["run"]))
    assert written == set(ACTION["outputs"])
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.{STEPS[-1]['id']}.outputs.{name} }}}}"
    assert {name for name, given in ACTION["inputs"].items() if given.get("required")} == {"files"}
    assert all("default" in given or given["required"] for given in ACTION["inputs"].values())


def test_the_readme_names_every_input_and_output() -> None:
    named = re.findall(r"^\| `([\w-]+)` \|", (FOLDER / "README.md").read_text("utf-8"), re.M)
    assert named == [*ACTION["inputs"], *ACTION["outputs"]]


def test_the_example_workflow_gives_inputs_that_exist_and_asks_for_few_rights() -> None:
    workflow = yaml.safe_load((FOLDER / "example-workflow.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    (step,) = [step for step in job["steps"] if "/.github/actions/stilted@" in step["uses"]]
    assert step["with"].keys() <= ACTION["inputs"].keys()
    used = re.findall(r"steps\.(\w+)\.outputs\.([\w-]+)", json.dumps(workflow))
    assert used
    assert all(name == step["id"] and output in ACTION["outputs"] for name, output in used)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A checkout with three translations; the stilted of these tests stands where the install step would put it."""
    installed = tmp_path / "temp" / "stilted-venv" / "bin"
    installed.mkdir(parents=True)
    (installed / "stilted").symlink_to(Path(sys.executable).parent / "stilted")
    folder = tmp_path / "work"
    (folder / "docs" / "deep").mkdir(parents=True)
    (folder / "stilted.toml").write_text('select = ["mechanics"]\n', "utf-8")
    for name, text in {"a.txt": GOOD, "b c.txt": GOOD + BAD, "deep/d.txt": GOOD}.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    return folder


def run(workspace: Path, **inputs: str) -> Step:
    """Run the action as a runner does, with ``_`` for ``-`` in the names of inputs."""
    shutil.rmtree(workspace.parent / "steps", ignore_errors=True)
    runner = Runner.of(workspace.parent, "push", {}, workspace=workspace)
    return runner.run_action(FOLDER, {name.replace("_", "-"): value for name, value in inputs.items()})


def test_a_bad_sentence_fails_the_step_and_stands_in_every_report(workspace: Path) -> None:
    step = run(workspace, files="docs/**/*.txt", fail_on="minor")
    assert step.code == 1
    assert step.outputs == {"exit-code": "1", "sarif": "stilted.sarif"}
    assert step.said.startswith("::warning file=docs/b c.txt,line=2,endLine=2,col=15,endColumn=22,")
    assert all(line.startswith("::") for line in step.said.splitlines())
    assert b"docs/b c.txt" in step.summary
    sarif = json.loads((workspace / "stilted.sarif").read_text("utf-8"))
    (result,) = sarif["runs"][0]["results"]
    assert result["ruleId"] == "mechanics/doubled-word"


@pytest.mark.long
def test_a_folder_stands_for_the_texts_in_it(workspace: Path) -> None:
    (workspace / "docs" / "page.css").write_text("p {}\n", "utf-8")
    for files in ("docs", "docs/"):
        step = run(workspace, files=files, fail_on="minor")
        assert step.code == 1
        assert "1 finding in 3 files" in step.said


@pytest.mark.long
def test_good_files_pass_and_several_patterns_add_up(workspace: Path) -> None:
    step = run(workspace, files="\n  docs/a.txt  \n\ndocs/deep/*\n", fail_on="minor", sarif="out.sarif")
    assert (step.code, step.outputs) == (0, {"exit-code": "0", "sarif": "out.sarif"})
    assert "2 files" in step.said


@pytest.mark.long
def test_a_baseline_and_a_folder_of_references(workspace: Path) -> None:
    bad = workspace / "docs" / "b c.txt"
    stilted = [sys.executable, "-m", "stilted"]
    write = [*stilted, "baseline", "write", "docs/b c.txt", "--baseline", "known.json"]
    subprocess.run(write, cwd=workspace, check=True, capture_output=True)
    (workspace / "human").mkdir()
    (workspace / "human" / bad.name).write_text(GOOD.replace("noon", "midday") + BAD.replace("the the", "the"), "utf-8")
    given = {"reference": "human", "source_language": "zh", "fail_on": "minor", "baseline": "known.json"}
    assert run(workspace, files="docs/b c.txt", **given).code == 0
    bad.write_text(GOOD + BAD + "\n" + BAD.replace("She", "He"), "utf-8")
    assert run(workspace, files="docs/b c.txt", **given).code == 1


@pytest.mark.long
def test_only_what_changed(workspace: Path) -> None:
    git = ["git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "docs"], ["commit", "-q", "-m", "Texts"]):
        subprocess.run([*git, *arguments], cwd=workspace, check=True)
    step = run(workspace, files="docs/**/*.txt", fail_on="minor", changed_since="HEAD")
    assert (step.code, step.outputs) == (0, {"exit-code": "0", "sarif": "stilted.sarif"})
    assert step.said.splitlines() == [
        "::notice title=stilted::0 findings in 0 files.",
        "::notice title=stilted::stilted: none of the files was touched since HEAD.",
    ]
    (workspace / "docs" / "a.txt").write_text(GOOD + "\n" + BAD, "utf-8")
    step = run(workspace, files="docs/**/*.txt", fail_on="minor", changed_since="HEAD")
    assert (step.code, step.outputs) == (1, {"exit-code": "1", "sarif": "stilted.sarif"})
    assert step.said.startswith("::warning file=docs/a.txt,line=3,")
    assert "b c.txt" not in step.said


@pytest.mark.long
def test_only_what_a_branch_changed(workspace: Path) -> None:
    git = ["git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]

    def commit(*arguments: str) -> None:
        for each in (["add", "docs"], ["commit", "-q", "-m", "Texts"], [*arguments]):
            subprocess.run([*git, *each], cwd=workspace, check=True, capture_output=True)

    subprocess.run([*git, "init", "-q", "-b", "main"], cwd=workspace, check=True)
    commit("checkout", "-q", "-b", "branch")
    (workspace / "docs" / "a.txt").write_text(GOOD + "\n" + BAD, "utf-8")
    commit("checkout", "-q", "main")
    (workspace / "docs" / "b c.txt").write_text(GOOD, "utf-8")
    commit("checkout", "-q", "branch")
    given = {"files": "docs/**/*.txt", "fail_on": "minor", "changed_since": "main"}
    assert "b c.txt" in run(workspace, **given).said
    step = run(workspace, **given, merge_base="true")
    assert step.code == 1
    assert "b c.txt" not in step.said
    assert run(workspace, files="docs/**/*.txt", merge_base="true").code == run(workspace, files="docs/**/*.txt").code
    assert "neither true nor false" in run(workspace, **given, merge_base="perhaps").said


def test_no_program_that_a_repository_names_is_run(workspace: Path, tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]
    program, ran = tmp_path / "program", tmp_path / "ran"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n", "utf-8")
    program.chmod(0o755)
    for name in ("objects/info", "refs/heads"):
        (workspace / "docs" / name).mkdir(parents=True)
    (workspace / "docs" / "HEAD").write_text("ref: refs/heads/x\n", "utf-8")
    (workspace / "docs" / "config").write_text(
        f'[core]\nbare = false\nworktree = .\nfsmonitor = "{program}"\n', "utf-8"
    )
    (workspace / ".gitattributes").write_text("* filter=f diff=f\n", "utf-8")
    for arguments in (["init", "-q"], ["add", "docs/a.txt"], ["commit", "-q", "-m", "Texts"]):
        subprocess.run([*git, *arguments], cwd=workspace, check=True)
    for key in ("core.fsmonitor", "filter.f.clean", "diff.f.textconv", "diff.external"):
        subprocess.run([*git, "config", key, str(program)], cwd=workspace, check=True)
    (workspace / "docs" / "a.txt").write_text(GOOD + "\n" + BAD, "utf-8")
    step = run(workspace, files="docs/**/*.txt", fail_on="minor", changed_since="HEAD")
    assert "doubled-word" in step.said
    assert not ran.exists()


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"files": "docs/*.rst"}, "files: 'docs/*.rst' fits no file."),
        ({"files": "docs/d*"}, "files: 'docs/d*' fits no file."),
        ({"files": "docs/missing.txt"}, "docs/missing.txt: there is no such translation. Check the path."),
        ({"files": "docs/a.txt", "source_language": "xx"}, "unknown value 'xx'"),
        ({"files": "docs/a.txt", "baseline": "no\n::error::stolen%"}, "no␊::error::stolen%25: there is no such"),
        ({"files": "docs/a.txt", "sarif": "a\nexit-code=0"}, "sarif: a path has one line."),
        ({"files": "docs/a.txt", "sarif": "none/a.sarif"}, "cannot write"),
        ({"files": ""}, "required"),
    ],
)
def test_what_cannot_be_told_is_one_annotation(workspace: Path, inputs: dict[str, str], said: str) -> None:
    step = run(workspace, **inputs)
    assert (step.code, step.outputs, step.summary) == (2, {"exit-code": "2", "sarif": ""}, b"")
    (line,) = step.said.splitlines()
    assert line.startswith("::error title=stilted::")
    assert said in line


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    ["a b.txt", "line\n::error::stolen.txt", "100%25 %0A.txt", "\"it's\".txt", "-x.txt", "中文 é🙂.txt",
     "a,col=9:b.txt", "[x]*.txt"],
)  # fmt: skip
def test_any_name_is_shown_and_linked_as_it_is(workspace: Path, name: str) -> None:
    folder = workspace / "odd"
    folder.mkdir()
    (folder / name).write_text(GOOD + BAD, "utf-8")
    for files in ("odd", "odd/*.txt"):
        step = run(workspace, files=files, fail_on="minor")
        assert step.code == 1, step.said
        warning, notice = step.shown
        assert (warning.kind, warning.properties["file"]) == ("warning", f"odd/{clean(name)}")
        assert (warning.properties["line"], notice.kind) == ("2", "notice")
        assert b"::error::stolen" not in step.summary.replace("␊::error::stolen".encode(), b"")
        (result,) = json.loads((workspace / "stilted.sarif").read_text("utf-8"))["runs"][0]["results"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri) == f"odd/{name}"


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["$(touch stolen).txt", "`touch stolen`.txt", "; touch stolen;.txt", "-x.txt", "'\".txt"]
)
def test_a_name_is_never_a_command(workspace: Path, name: str) -> None:
    (workspace / name).write_text(GOOD + BAD, "utf-8")
    for files in (name, "*.txt"):
        step = run(workspace, files=files, fail_on="minor")
        assert step.code == 1
        assert "doubled-word" in step.said
    run(workspace, files="docs/a.txt", fail_on=name, reference=name, baseline=name)
    assert not (workspace / "stolen").exists()
