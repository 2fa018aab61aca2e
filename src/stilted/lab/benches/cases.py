"""``python -m stilted.lab.benches.cases FILE``: small cases, each run in a folder of its own, and what it says now.

A line of *FILE* is a JSON object with ``id``, ``kind``, ``files`` (name to content; the name ``sym`` holds links,
``link->target``, one a line), ``command`` and ``expected``; ``got`` and ``verdict``, where there, are from before.
Whether what is said is what was expected is for a reader to judge.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from stilted.core.errors import UserError
from stilted.lab.benches.field.judgements import read_rows

_LINKS: Final = "sym"
_SHELL: Final = "SH"
"""Begins a command that is a script of its own."""
_THEN: Final = ";;"
"""Stands between several commands; those after the first leave out the name of the program."""
_SECONDS: Final = 120
_MOST: Final = 2000
"""Characters of any output that are shown."""


def run(case: Mapping[str, Any]) -> str:
    """Return what the product says of a case: exit codes, findings one after the other, other output as it is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        _write(case["files"], folder)
        return " || ".join(_run(command, folder) for command in _read_commands(case["command"]))


def _write(files: Mapping[str, str], folder: Path) -> None:
    for name, content in files.items():
        if name == _LINKS:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
    for line in files.get(_LINKS, "").splitlines():
        link, _, target = line.partition("->")
        (folder / link).symlink_to(target)


def _read_commands(text: str) -> Iterator[str]:
    """Yield the commands of a case, with the interpreter that runs this in place of the program's name."""
    own = f"{shlex.quote(sys.executable)} -m stilted"
    for part in text.split(_THEN):
        command = part.strip().removeprefix("stilted ")
        if command.startswith(f"{_SHELL} "):
            yield command.removeprefix(f"{_SHELL} ").replace("stilted ", f"{own} ")
        elif command.startswith("check ") and "--format" not in command:
            yield f"{own} {command} --format jsonl"
        else:
            yield f"{own} {command}"


def _run(command: str, folder: Path) -> str:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "STILTED_CACHE_DIR": str(folder / ".cache")}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=_SECONDS, check=False
    )
    out, error = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace").strip()
    summary = " | ".join(_list_lines(out)) if command.endswith("--format jsonl") else _sum_up(out)
    return "; ".join(part for part in (f"exit {done.returncode}", summary, f"stderr: {error}" if error else "") if part)


def _list_lines(out: str) -> list[str]:
    rows = (json.loads(line) for line in out.split("\n") if line)
    return [_write_finding(row["file"], row) for row in rows if row["type"] == "finding"] or ["no findings"]


def _write_finding(file: str, row: Mapping[str, Any]) -> str:
    place = f"{file}:{row['line']}:{row['column']}"
    return f"{place} {row['rule']} [{row['severity']}] {row['text']!r}: {row['message']}"


def _sum_up(out: str) -> str:
    """Return the segments and findings of a report in JSON, the results of one in SARIF, any other output cut short."""
    try:
        report = json.loads(out)
    except ValueError:
        report = None
    if isinstance(report, dict) and "segments" in report:
        findings = [_write_finding(report["file"], row) for row in report["findings"]]
        return " | ".join([f"{len(report['segments'])} segments", *findings])
    if isinstance(report, dict) and "runs" in report:
        out = json.dumps([row for run in report["runs"] for row in run["results"]], ensure_ascii=False)
    return out.strip()[:_MOST]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every case."""
    parser = argparse.ArgumentParser("python -m stilted.lab.benches.cases", description="Run small cases.")
    parser.add_argument("file", type=Path)
    parser.add_argument("ids", nargs="*", help="these cases alone, by number or by a word of their kind")
    parser.add_argument("--output", type=Path, metavar="FILE", help="also write them with what they say now, JSONL")
    given = parser.parse_args(arguments)
    answers = []
    try:
        cases = read_rows(given.file)
    except UserError as error:
        print(f"cases: {error}", file=sys.stderr)
        return 2
    for case in cases:
        if given.ids and not any(each == case["id"] or each in case["kind"] for each in given.ids):
            continue
        now = run(case)
        answers.append({**case, "now": now})
        print(f"{case['id']}  {case['kind']}\n    expected: {case['expected']}\n    now:      {now}")
        if case.get("verdict"):
            print(f"    before:   {case['verdict']}")
    if given.output:
        text = "".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in answers)
        given.output.write_text(text, "utf-8", errors="backslashreplace")
    return 0


if __name__ == "__main__":
    sys.exit(main())
