"""The check for Weblate, in an environment of its own with the real package: ``pytest -m slow``, minutes and a network.

Weblate needs libraries of the system that no wheel brings, so it is installed without them, as far as checks need it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEBLATE = "weblate==5.14.3"
NEEDED = (
    "django<6", "sentry-sdk<3", "lxml", "siphashc", "nh3", "requests", "django-appconf", "celery", "packaging",
    "weblate-language-data", "translate-toolkit", "filelock", "django-redis", "translation-finder", "GitPython",
    "disposable-email-domains", "html2text",
)  # fmt: skip

CODE = """
import json
from types import SimpleNamespace as Some
import django
from django.conf import settings

settings.configure(USE_I18N=False)
django.setup()
from weblate.checks.base import TargetCheck
from stilted.integrations.weblate import StiltedCheck

def said(source, target, language="en"):
    component = Some(source_language=Some(base_code="zh"))
    unit = Some(translation=Some(language=Some(base_code=language), component=component))
    unit.get_source_plurals, unit.get_target_plurals = lambda: [source], lambda: [target]
    found = check.check_target_unit([source], [target], unit)
    return str(check.get_description(Some(unit=unit))) if found else ""

check = StiltedCheck()
assert isinstance(check, TargetCheck)
print(json.dumps([
    said("共有 3 个文件", "There are 5 files in the folder."),
    said("你好，%(name)s，欢迎回来", "Hello, and welcome back to us."),
    said("首辆车的生产线正式下线", "The first car's production line officially went offline."),
    said("保存文件", "Save the file"),
    said("保存文件", "Die Datei <b>speichern</b>", "de"),
]))
"""


@pytest.mark.slow
def test_three_strings_are_three_checks_with_our_explanation(tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    for arguments in (["--no-deps", WEBLATE], ["--only-binary", ":all:", *NEEDED], [str(ROOT)]):
        subprocess.run([python, "-m", "pip", "install", "-q", *arguments], check=True)
    out = subprocess.run([python, "-c", CODE], capture_output=True, text=True, check=True).stdout
    figure, placeholder, calque, right, german = json.loads(out)
    assert "numbers/differs-from-source" in figure
    assert "markup/missing" in placeholder
    assert "zh/line-goes-offline" in calque
    assert "rolled off the production line" in calque
    assert (right, german) == ("", "")
