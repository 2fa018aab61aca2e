"""GitHub's runner as far as our workflows and our action use it: scripts run for real, all else is refused.

As the runner and the reference of workflow syntax have it, a step's script is a file that bash runs, with files for
outputs, variables, paths and the summary, and its log is read for commands. A key, function, context or action that is
not known here fails the test, so that nothing passes because it was passed over.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

SHOWN = 10
"""Annotations of one kind that a step may have; the rest is dropped."""

SUMMARY_BYTES = 1024 * 1024
"""What a step may write to its summary; a longer one is not uploaded at all."""

SHELLS = {
    "": ["bash", "-e", "{0}"],
    "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "{0}"],
    "sh": ["sh", "-e", "{0}"],
}
"""How a runner on Linux calls a script that names no shell, or one of these."""

FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_STATE")

_JOB_KEYS = frozenset(
    {"name", "runs-on", "permissions", "timeout-minutes", "needs", "environment", "strategy", "steps"}
)
_STEP_KEYS = frozenset({"name", "id", "if", "uses", "with", "run", "shell", "env", "continue-on-error"})


class UnsupportedError(AssertionError):
    """A workflow uses what this runner does not know."""


@dataclass(frozen=True)
class Annotation:
    """What stands on the lines of a pull request, or on the page of the run."""

    kind: str
    properties: Mapping[str, str]
    message: str


@dataclass(frozen=True)
class Step:
    """What a step left behind.

    Attributes:
        outcome: before ``continue-on-error`` counts; conclusion: after. code: of the script, None without one.
        log, summary: bytes as written. shown: the annotations that the runner keeps. steps: those of an action.
    """

    name: str
    outcome: str
    conclusion: str
    code: int | None = None
    log: bytes = b""
    outputs: Mapping[str, str] = field(default_factory=dict)
    summary: bytes = b""
    shown: tuple[Annotation, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def said(self) -> str:
        """The log as text."""
        return self.log.decode("utf-8")


Action = Callable[["Runner", Mapping[str, str]], Mapping[str, str]]
"""An action that is no script of ours: does its work and returns its outputs."""


@dataclass
class Runner:
    """A machine that runs one job.

    Attributes:
        workspace: where the repository is, or will be checked out. temp: of the runner. github: the context of that
            name. actions: what ``uses`` names: the folder of a composite action, or what to do. variables, path: what
            steps have set for those after them.
    """

    workspace: Path
    temp: Path
    github: dict[str, Any]
    actions: Mapping[str, Path | Action] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    _scripts: int = 0

    @classmethod
    def of(
        cls,
        root: Path,
        event_name: str,
        event: Mapping[str, Any],
        *,
        actions: Mapping[str, Path | Action] | None = None,
        workspace: Path | None = None,
        **github: str,
    ) -> Runner:
        """Make a runner whose files lie under *root*; *github* holds more of the context, such as ``sha``."""
        temp = root / "temp"
        workspace = workspace or root / "work"
        for folder in (temp, workspace, root / "home"):
            folder.mkdir(exist_ok=True)
        (temp / "event.json").write_text(json.dumps(event), "utf-8")
        context: dict[str, Any] = {
            "event_name": event_name, "event": event, "event_path": str(temp / "event.json"), "run_number": "1",
            "run_id": "1", "workspace": str(workspace), "repository": "example/texts", "sha": "", "ref": "",
            "ref_name": "", "head_ref": "", "base_ref": "", "workflow": "", "job": "", "token": "",
        }  # fmt: skip
        unknown = github.keys() - context.keys()
        assert not unknown, unknown
        return cls(workspace, temp, context | github, actions or {})

    def run_job(self, job: Mapping[str, Any], matrix: Mapping[str, str] | None = None) -> Step:
        """Run the steps of a job of a workflow; what it concludes is that of the job."""
        _require(job, _JOB_KEYS)
        ran = self._run_steps(job["steps"], {"matrix": dict(matrix or {})}, {}, None)
        return _joined("job", ran)

    def run_action(self, folder: Path, inputs: Mapping[str, str], variables: Mapping[str, str] | None = None) -> Step:
        """Run a composite action with the inputs given to it."""
        action = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
        known = action["inputs"]
        assert inputs.keys() <= known.keys(), f"no such input: {sorted(inputs.keys() - known.keys())}"
        # A missing input that is required is the action's to notice: the runner gives it an empty text.
        given = {name: str(value.get("default", "")) for name, value in known.items()} | dict(inputs)
        assert action["runs"]["using"] == "composite"
        context = {"inputs": given}
        ran = self._run_steps(action["runs"]["steps"], context, variables or {}, folder)
        joined = _joined(action["name"], ran)
        steps = {"steps": _contexts(action["runs"]["steps"], ran)}
        values = {name: self._text(value["value"], steps) for name, value in action.get("outputs", {}).items()}
        return replace(joined, outputs=values)

    def _run_steps(
        self,
        steps: Sequence[Mapping[str, Any]],
        context: Mapping[str, Any],
        variables: Mapping[str, str],
        action: Path | None,
    ) -> list[Step]:
        ran: list[Step] = []
        for step in steps:
            _require(step, _STEP_KEYS)
            failed = any(each.conclusion == "failure" for each in ran)
            known = {**context, "steps": _contexts(steps, ran), "_failed": failed}
            name = str(step.get("name") or step.get("uses") or step["run"].split("\n")[0])
            if not self._wanted(step.get("if"), known):
                ran.append(Step(name, "skipped", "skipped"))
                continue
            own = {key: self._text(value, known) for key, value in step.get("env", {}).items()}
            done = replace(self._run_step(step, {**variables, **own}, known, action), name=name)
            if done.outcome == "failure" and step.get("continue-on-error"):
                done = replace(done, conclusion="success")
            ran.append(done)
        return ran

    def _run_step(
        self, step: Mapping[str, Any], variables: Mapping[str, str], known: Mapping[str, Any], action: Path | None
    ) -> Step:
        if "run" in step:
            return self._run_script(self._text(step["run"], known), SHELLS[step.get("shell", "")], variables, action)
        given = {key: self._text(value, known) for key, value in step.get("with", {}).items()}
        if step["uses"] not in self.actions:
            raise UnsupportedError(f"the action {step['uses']}")
        done = self.actions[step["uses"]]
        if isinstance(done, Path):
            return self.run_action(done, given, variables)
        return Step("", "success", "success", outputs=done(self, given))

    def _run_script(self, script: str, shell: Sequence[str], variables: Mapping[str, str], action: Path | None) -> Step:
        self._scripts += 1
        room = self.temp.parent / "steps" / str(self._scripts)
        room.mkdir(parents=True)
        for name in FILES:
            (room / name).touch()
        file = room / "script.sh"
        file.write_bytes(script.encode())
        done = subprocess.run(
            [str(file) if word == "{0}" else word for word in shell],
            cwd=self.workspace,
            env=self._environment(room, variables, action),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        self.variables |= dict(read_assignments((room / "GITHUB_ENV").read_text("utf-8")))
        self.path[:0] = reversed((room / "GITHUB_PATH").read_text("utf-8").splitlines())
        summary = (room / "GITHUB_STEP_SUMMARY").read_bytes()
        assert len(summary) <= SUMMARY_BYTES, "the runner refuses this summary"
        outcome = "failure" if done.returncode else "success"
        outputs = dict(read_assignments((room / "GITHUB_OUTPUT").read_text("utf-8")))
        shown = tuple(_kept(read_annotations(done.stdout.decode("utf-8"))))
        return Step("", outcome, outcome, done.returncode, done.stdout, outputs, summary, shown)

    def _environment(self, room: Path, variables: Mapping[str, str], action: Path | None) -> dict[str, str]:
        """Return the whole environment of a script: nothing of that of the tests but where programs are."""
        environment = {
            f"GITHUB_{key.upper()}": str(value) for key, value in self.github.items() if isinstance(value, str)
        }
        del environment["GITHUB_TOKEN"]  # a script has it only where a workflow gives it
        environment |= {
            "CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(self.temp), "RUNNER_OS": "Linux",
            "HOME": str(self.temp.parent / "home"), "LANG": "C.UTF-8",
            "PATH": os.pathsep.join([*self.path, os.environ["PATH"]]),
        }  # fmt: skip
        if action is not None:
            environment["GITHUB_ACTION_PATH"] = str(action)
        return environment | self.variables | dict(variables) | {name: str(room / name) for name in FILES}

    def _wanted(self, condition: Any, known: Mapping[str, Any]) -> bool:
        """Tell whether a step runs: without a word on the status of those before it, all of them must have passed."""
        text = str(True if condition is None else condition).strip()
        text = text.removeprefix("${{").removesuffix("}}") if text.startswith("${{") else text
        asks = re.search(r"\b(?:always|success|failure|cancelled)\(\)", text)
        said = Expression(text, {**known, "github": self.github, "runner": self._runner()}).value()
        return _is_true(said) and (bool(asks) or not known["_failed"])

    def _text(self, template: Any, known: Mapping[str, Any]) -> str:
        if isinstance(template, bool):
            return str(template).lower()
        context = {**known, "github": self.github, "runner": self._runner()}
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: _shown(Expression(match[1], context).value()), str(template))

    def _runner(self) -> dict[str, str]:
        return {"temp": str(self.temp), "os": "Linux"}


def triggers(workflow: Mapping[Any, Any], event_name: str, ref: str = "") -> bool:
    """Tell whether an event on a branch or tag (``refs/heads/main``) starts a workflow."""
    on = workflow[True]  # what YAML 1.1 makes of the key `on`
    if isinstance(on, list):
        return event_name in on
    if event_name not in on:
        return False
    filters = on[event_name] or {}
    _require(filters, frozenset({"branches", "tags"}))
    _, kind, name = ref.split("/", 2) if ref else ("", "", "")
    patterns = filters.get({"heads": "branches", "tags": "tags"}.get(kind, ""))
    return not filters or (patterns is not None and any(fnmatchcase(name, pattern) for pattern in patterns))


def read_assignments(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a step wrote to ``GITHUB_OUTPUT`` or ``GITHUB_ENV``: ``name=value``, or ``name<<END`` and lines.

    Raises:
        AssertionError: the runner would fail the step.
    """
    lines = iter(text.replace("\r\n", "\n").split("\n"))
    for line in lines:
        if not line:
            continue
        name, sign, value = re.fullmatch(r"(.*?)(=|<<)(.*)", line).groups() if re.search("=|<<", line) else ("", "", "")
        assert name, f"Invalid format '{line}'"
        if sign == "<<":
            held = []
            for inner in lines:
                if inner == value:
                    break
                held.append(inner)
            else:
                raise AssertionError(f"Matching delimiter not found '{value}'")
            value = "\n".join(held)
        yield name, value


def read_annotations(log: str) -> Iterator[Annotation]:
    """Yield the annotations that a log asks for; any other command of the runner is refused.

    A command stands at the beginning of a line as ``::name key=value,...::text``, or, as of old, anywhere in it as
    ``##[name key=value;...]text``.
    """
    for line in log.replace("\r\n", "\n").split("\n"):
        parsed = re.match(r"\s*::([\w-]+)(?: ([^\n]*?))?::(.*)", line)
        old = None if parsed else re.search(r"##\[([\w-]+)(?: ([^\]]*))?\](.*)", line)
        match = parsed or old
        if match is None:
            continue
        if old is not None or match[1] not in ("error", "warning", "notice"):
            raise UnsupportedError(f"the command {line!r}")
        pairs = (part.partition("=") for part in (match[2] or "").split(",") if part)
        properties = {key: _unescaped(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
        yield Annotation(match[1], properties, _unescaped(match[3], {}))


def _unescaped(text: str, more: Mapping[str, str]) -> str:
    for escape, char in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(escape, char)
    return text


def _kept(annotations: Iterator[Annotation]) -> Iterator[Annotation]:
    used: Counter[str] = Counter()
    for annotation in annotations:
        used[annotation.kind] += 1
        if used[annotation.kind] <= SHOWN:
            yield annotation


def _joined(name: str, ran: Sequence[Step]) -> Step:
    """Return what several steps come to."""
    conclusion = "failure" if any(step.conclusion == "failure" for step in ran) else "success"
    return Step(
        name, conclusion, conclusion, next((step.code for step in reversed(ran) if step.code is not None), None),
        b"".join(step.log for step in ran), {}, b"".join(step.summary for step in ran),
        tuple(_kept(note for step in ran for note in step.shown)), tuple(ran),
    )  # fmt: skip


def _contexts(steps: Sequence[Mapping[str, Any]], ran: Sequence[Step]) -> dict[str, Any]:
    """Return the context ``steps`` after some of them."""
    still = [Step("", "", "")] * (len(steps) - len(ran))
    return {
        step["id"]: {"outputs": dict(done.outputs), "outcome": done.outcome, "conclusion": done.conclusion}
        for step, done in zip(steps, [*ran, *still], strict=True)
        if "id" in step
    }


def _require(given: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := given.keys() - known:
        raise UnsupportedError(f"the keys {sorted(unknown)}")


# expressions

_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.-]*)|(==|!=|&&|\|\||[!()]))")


@dataclass
class Expression:
    """What stands in ``${{ }}``: names of contexts, texts, numbers, comparisons, and the status of a job."""

    text: str
    context: Mapping[str, Any]

    def value(self) -> Any:
        """Evaluate it; raises `UnsupportedError` for what is not known here."""
        self._tokens = list(self._read())
        value = self._or()
        self._require_end()
        return value

    def _require_end(self) -> None:
        if self._tokens:
            raise UnsupportedError(f"the expression {self.text.strip()!r} at {self._tokens[0]!r}")

    def _read(self) -> Iterator[str]:
        at = 0
        while self.text[at:].strip():
            match = _TOKEN.match(self.text, at)
            if match is None:
                raise UnsupportedError(f"the expression {self.text.strip()!r}")
            at = match.end()
            yield match[0].strip()

    def _takes(self, *signs: str) -> str:
        return self._tokens.pop(0) if self._tokens and self._tokens[0] in signs else ""

    def _or(self) -> Any:
        value = self._and()
        while self._takes("||"):
            other = self._and()
            value = value if _is_true(value) else other
        return value

    def _and(self) -> Any:
        value = self._comparison()
        while self._takes("&&"):
            other = self._comparison()
            value = other if _is_true(value) else value
        return value

    def _comparison(self) -> Any:
        value = self._single()
        while sign := self._takes("==", "!="):
            other = self._single()
            value = _is_same(value, other) == (sign == "==")
        return value

    def _single(self) -> Any:
        if self._takes("!"):
            return not _is_true(self._single())
        if self._takes("("):
            value = self._or()
            if not self._takes(")"):
                raise UnsupportedError(f"the expression {self.text.strip()!r}")
            return value
        if not self._tokens:
            raise UnsupportedError(f"the expression {self.text.strip()!r}")
        token = self._tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token[0].isdigit():
            return float(token)
        if self._takes("("):
            return self._status(token)
        return self._named(token)

    def _status(self, function: str) -> bool:
        failed = self.context["_failed"]
        known = {"always": True, "success": not failed, "failure": failed, "cancelled": False}
        if function not in known or not self._takes(")"):
            raise UnsupportedError(f"the function {function}")
        return bool(known[function])

    def _named(self, name: str) -> Any:
        fixed = {"true": True, "false": False, "null": None, "True": True}
        if name in fixed:
            return fixed[name]
        first, *rest = name.split(".")
        if first not in self.context or first.startswith("_"):
            raise UnsupportedError(f"the context {name}")
        value, is_open = self.context[first], False
        for part in rest:
            # What an event lacks is null, and so is an output; elsewhere a name that is not there is a slip of the pen.
            if isinstance(value, Mapping) and part in value:
                value, is_open = value[part], is_open or part in ("event", "outputs")
            elif is_open:
                return None
            else:
                raise UnsupportedError(f"there is no {name}")
        return value


def _is_true(value: Any) -> bool:
    return value not in (None, False, 0, "")


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    if type(one) is type(other):
        return bool(one == other)
    return _number(one) == _number(other)


def _number(value: Any) -> float:
    """Return what GitHub makes of values of different kinds before it compares them."""
    if value is None or value == "":
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
