"""Emacs, without a screen, shows what the server finds, by the lines that the docs show."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layout import SRC
from stilted.server.checker import Checker

EMACS = shutil.which("emacs")
DRIVER = Path(__file__).parents[1] / "support" / "emacs_driver.el"
WITH_PACKAGES = ("--batch", "--eval", "(progn (require 'package) (package-initialize))")
"""Debian's Emacs 28 finds eglot and markdown-mode where its packages of them put them; later ones bring eglot."""


def has_eglot() -> bool:
    if EMACS is None:
        return False
    asked = "(kill-emacs (if (and (require 'eglot nil t) (require 'markdown-mode nil t)) 0 1))"
    return subprocess.run([EMACS, *WITH_PACKAGES, "--eval", asked], capture_output=True, check=False).returncode == 0


PAGE = (
    "# Ne\u0308ws 🙂\n\n🙂 Cafe\u0301 👩‍🔬: she walked to the the station.\n\n"
    "🙂🙂 On Monday the carmaker’s production line officially went offline.\n"
)
SOURCE = "# 新闻\n\n她走到车站。\n\n周一，这家车企的生产线正式下线。\n"


@pytest.mark.slow
def test_findings_stand_where_they_are_and_say_why(tmp_path: Path) -> None:
    if not has_eglot():
        pytest.skip("no emacs with eglot: apt-get install emacs-nox elpa-eglot elpa-markdown-mode")
    project = tmp_path / "project"
    for folder, text in (("en", PAGE), ("zh", SOURCE)):
        (project / "docs" / folder).mkdir(parents=True)
        (project / "docs" / folder / "page.md").write_text(text, "utf-8")
    (project / "stilted.toml").write_text('ignore = ["tagger", "adequacy"]\n', "utf-8")
    subprocess.run(["git", "init", "-q", str(project)], check=True)  # what Emacs takes for a project
    (settings,) = re.findall(r"```lisp\n(.*?)```", (SRC / "docs" / "editors.md").read_text("utf-8"), re.S)
    (tmp_path / "init.el").write_text(settings, "utf-8")
    checker = Checker(project, {"translation": "docs/en", "source": "docs/zh", "source_language": "zh"})
    fresh = checker.check(project / "docs" / "en" / "page.md", PAGE).remarks
    told = {
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "PAGE": "docs/en/page.md",
        "FINDINGS": str(len(fresh)),
        "HOVER": "officially",
        "RECORD": str(tmp_path / "record.json"),
    }
    command = [str(EMACS), *WITH_PACKAGES, "-l", str(tmp_path / "init.el"), "-l", str(DRIVER)]
    done = subprocess.run(
        command, cwd=project, env={**os.environ, **told}, capture_output=True, text=True, check=False, timeout=400
    )
    assert (tmp_path / "record.json").exists(), done.stderr
    seen = json.loads((tmp_path / "record.json").read_text("utf-8"))
    shown = sorted((each["marked"], each["text"]) for each in seen["findings"])
    expected = sorted((each.finding.text, each.finding.message) for each in fresh)
    assert [marked for marked, _ in shown] == [marked for marked, _ in expected] != []
    assert all(message in text for (_, text), (_, message) in zip(shown, expected, strict=True))
    for part in ("Why: ", "Source: ", "下线", "Pattern: `", "Accuracy/Mistranslation, argued"):
        assert part in seen["hover"]
