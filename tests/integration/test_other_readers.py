"""What other programs make of our reports: their own validators and readers, from packages: ``pytest -m slow``.

GitLab publishes no reader of its code quality reports, nor reviewdog a package of itself: of the first the documented
schema is in ``tests/render``, of the second a validator of its format that others wrote is run here.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import nasty
from environments import from_npm, made
from stilted.render import rdjson, sarif

ROOT = Path(__file__).parents[2]
XPENG = ROOT / "corpora" / "xpeng"
HOSTILE = [report for _, report in nasty.all_reports()]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports of the article, in both formats, written by the command."""
    folder = tmp_path_factory.mktemp("real")
    files = [str(XPENG / "translation.en.txt"), "--reference", str(XPENG / "reference.en.txt")]
    outputs = [word for form in ("sarif", "rdjson") for word in ("--output", f"{form}={folder / form}.{form}")]
    subprocess.run([sys.executable, "-m", "stilted", "check", *files, *outputs], check=False, capture_output=True)
    return folder


def told_by_microsoft(program: Path, file: Path) -> list[dict[str, Any]]:
    """Return the results of Microsoft's validator with its rules for SARIF and those for GitHub."""
    output = file.with_suffix(".validated")
    command = [program, "validate", file, "--rule-kind", "Sarif;Ghas", "--output", output, "--log", "ForceOverwrite"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (run,) = json.loads(output.read_text("utf-8-sig"))["runs"]
    return list(run["results"])


@pytest.mark.skipif(sys.platform != "linux", reason="a program for Linux")
def test_microsofts_validator_finds_nothing_that_we_could_know(real: Path, tmp_path: Path) -> None:
    """SARIF2005 asks where the project lives, which no release says yet; SARIF2017 for the lines of loose segments."""
    folder = from_npm(tmp_path / "npm", "@microsoft/sarif-multitool-linux@5.7.0")
    program = folder / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    program.chmod(0o755)
    assert {result["ruleId"] for result in told_by_microsoft(program, real / "sarif.sarif")} == {"SARIF2005"}
    hostile = tmp_path / "hostile.sarif"
    hostile.write_text(sarif.render_all(HOSTILE), "utf-8")
    loose = sum(finding.start is None for report in HOSTILE for finding in report.findings)
    rules = [result["ruleId"] for result in told_by_microsoft(program, hostile)]
    assert sorted(rules) == ["SARIF2005", *["SARIF2017"] * loose]
    broken = json.loads((real / "sarif.sarif").read_text("utf-8"))
    del broken["runs"][0]["results"][0]["message"]
    (tmp_path / "broken.sarif").write_text(json.dumps(broken), "utf-8")
    with pytest.raises(AssertionError):
        assert {result["ruleId"] for result in told_by_microsoft(program, tmp_path / "broken.sarif")} == {"SARIF2005"}


def test_sarif_tools_reads_every_finding(real: Path, tmp_path: Path) -> None:
    programs = made(tmp_path / "venv", "sarif-tools==3.0.5")
    command = [programs / "sarif", "csv", "--output", tmp_path / "found.csv", real / "sarif.sarif"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO((tmp_path / "found.csv").read_text("utf-8"))))
    results = json.loads((real / "sarif.sarif").read_text("utf-8"))["runs"][0]["results"]
    ours = [
        (result["level"], result["ruleId"], result["locations"][0]["physicalLocation"]["region"]["startLine"])
        for result in results
    ]
    read = [(row["Severity"], row["Code"].split(" ")[0], int(row["Line"])) for row in rows]
    assert sorted(read) == sorted(ours)


def test_a_validator_of_reviewdogs_format_accepts_it(real: Path, tmp_path: Path) -> None:
    folder = from_npm(tmp_path / "npm", "@umbrelladocs/rdformat-validator@1.0.1")
    program = folder / ".bin" / "rdformat-validator"

    def validate(file: Path) -> dict[str, Any]:
        command = [program, "--strict", "--no-extra-fields", "--format", "json", file]
        return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout))

    hostile = tmp_path / "hostile.json"
    hostile.write_text(rdjson.render_all(HOSTILE), "utf-8")
    for file in (real / "rdjson.rdjson", hostile):
        said = validate(file)
        assert (said["validFiles"], said["totalErrors"], said["totalWarnings"]) == (1, 0, 0)
    broken = json.loads((real / "rdjson.rdjson").read_text("utf-8"))
    del broken["diagnostics"][0]["message"]
    (tmp_path / "broken.json").write_text(json.dumps(broken), "utf-8")
    assert validate(tmp_path / "broken.json")["totalErrors"]
