"""Rows to check in batches, and runs of the command over them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from stilted.core.options import make_settings

NO_TAGGER = make_settings(ignore="tagger")
GOOD = "The boats leave the harbour at six in the morning."
BAD = "On Monday the carmaker’s production line officially went offline."
ROWS = [
    {"id": 1, "target": BAD, "reference": "On Monday the carmaker’s first car rolled off the production line."},
    {"id": 2, "target": GOOD},
    {"id": 3, "target": "The crew waits for the the tide.", "source": "Die Mannschaft wartet auf die Flut."},
    {"id": 4, "target": ""},
    {"id": 5, "target": None},
    {"id": 6, "target": f"{GOOD} 3𝒳 {BAD}", "reference": GOOD},
]


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def many(number: int) -> list[dict[str, Any]]:
    return [{"id": i, "target": f"{(GOOD, BAD)[i % 7 == 0]} It is day {i}."} for i in range(number)]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def started(tmp_path: Path, source: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "stilted", "batch", str(source), str(output), "--ignore", "tagger", *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path, start_new_session=True)


def parts_of(output: Path) -> list[Path]:
    folder = output.with_name(f"{output.name}.parts")
    return sorted(folder.glob("0*")) if folder.exists() else []


def waited_for(parts: int, output: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while len(parts_of(output)) < parts and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
