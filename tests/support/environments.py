"""Environments of their own for tests that need what the tests' environment must not have."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path


def made(folder: Path, *arguments: str) -> Path:
    """Make a virtual environment with what the *arguments* of ``pip install`` name; return where its programs are."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if arguments:
        subprocess.run([programs / "python", "-m", "pip", "install", "-q", *arguments], check=True)
    return programs


def from_npm(folder: Path, *packages: str) -> Path:
    """Install packages of npm, whose own scripts are not run; return the folder that holds them."""
    folder.mkdir(parents=True)
    (folder / "package.json").write_text("{}", "utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", *packages]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "node_modules"
