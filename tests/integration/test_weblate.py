"""The check for Weblate, in an environment of its own with the real package: ``pytest -m slow``, minutes and a network.

Weblate needs libraries of the system that no wheel brings, so it is installed without them, as far as checks need it.
Where all of it is installed, ``STILTED_WEBLATE`` names the Python of that environment, which has this package too, and
``CI_DATABASE=postgresql`` with ``CI_DB_HOST``, ``CI_DB_PORT``, ``CI_DB_USER`` and ``CI_DB_NAME`` a database that may be
filled: then a component is made from a PO file.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import stilted
from layout import SRC
from stilted.core.model import Finding

PYTHON = os.environ.get("STILTED_WEBLATE")
ROOT = Path(__file__).parents[2]
WEBLATE = "weblate==5.14.3"
NEEDED = (
    "django<6", "sentry-sdk<3", "lxml", "siphashc", "nh3", "requests", "django-appconf", "celery", "packaging",
    "weblate-language-data", "translate-toolkit", "filelock", "django-redis", "translation-finder", "GitPython",
    "disposable-email-domains", "html2text",
)  # fmt: skip

STRINGS: Final = (
    ("共有 3 个文件", "There are 5 files in the folder."),
    ("你好，%(name)s，欢迎回来", "Hello, and welcome back to us."),
    ("首辆车的生产线正式下线", "The first car's production line officially went offline."),
    ("做不好就不要混", "If we don’t do it right, we shouldn’t mix it."),
    ("保存文件", "Save the file"),
)
"""Sources and translations: a false figure, a lost placeholder, two calques, one with two suggestions, and no fault."""

CODE = """
import json
import sys
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
assert check.doc_id == ""
strings = json.loads(sys.argv[1])
print(json.dumps([*(said(*pair) for pair in strings), said("保存文件", "Die Datei <b>speichern</b>", "de")]))
"""

COMPONENT = """
import json
import sys
import django

django.setup()
from weblate.lang.models import Language
from weblate.trans.models import Component, Project, Unit

Project.objects.filter(slug="stilted").delete()
project = Project.objects.create(name="Stilted", slug="stilted", web="https://pages.example/")
Component.objects.create(
    project=project, name="Strings", slug="strings", repo=sys.argv[1], branch="main", vcs="git", filemask="*.po",
    file_format="po", source_language=Language.objects.get(code="zh_Hans"), new_lang="none", language_regex="^en$",
)
units = Unit.objects.filter(translation__component__project=project, translation__language__code="en")
print(json.dumps([
    [str(check.get_description()) for check in unit.check_set.filter(name="stilted")]
    for unit in units.order_by("position")
]))
"""


def found(source: str, target: str) -> tuple[Finding, ...]:
    """Return what stilted finds in a string of an interface wherever else it is asked."""
    return stilted.check_segments([target], sources=[source], source_language="zh", profile="ui").findings


def missing(shown: str, source: str, target: str) -> Iterator[str]:
    """Yield what another report says of a string, word for word, and this one does not."""
    text = html.unescape(shown)
    for finding in found(source, target):
        said = (finding.message, finding.why, finding.rule, *(f"“{words}”" for words in finding.suggestions))
        yield from (words for words in said if words not in text)


def test_there_is_something_to_say_of_four_strings() -> None:
    rules = [tuple(finding.rule for finding in found(*pair)) for pair in STRINGS]
    assert rules == [
        ("numbers/differs-from-source",),
        ("markup/missing",),
        ("zh/line-goes-offline",),
        ("zh/mix-it",),
        (),
    ]
    assert len(found(*STRINGS[3])[0].suggestions) == 2


@pytest.mark.slow
def test_strings_are_checks_with_our_explanation_in_the_same_words(tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    for arguments in (["--no-deps", WEBLATE], ["--only-binary", ":all:", *NEEDED], [str(ROOT)]):
        subprocess.run([python, "-m", "pip", "install", "-q", *arguments], check=True)
    command = [python, "-c", CODE, json.dumps(STRINGS)]
    *shown, german = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert [bool(each) for each in shown] == [True, True, True, True, False]
    for each, pair in zip(shown, STRINGS, strict=True):
        assert list(missing(each, *pair)) == []
    assert german == ""


@pytest.mark.slow
@pytest.mark.skipif(PYTHON is None, reason="STILTED_WEBLATE names no Python that has all of Weblate")
def test_a_component_shows_them_as_checks_once_the_settings_are_those_of_the_docs(tmp_path: Path) -> None:
    (lines,) = (
        text for text in re.findall(r"```py\n(.*?)```", (SRC / "docs" / "editors.md").read_text("utf-8"), re.S)
        if "CHECK_LIST" in text
    )  # fmt: skip
    settings = (
        "import re, weblate\nfrom pathlib import Path\nfrom weblate.settings_test import *\n"
        "example = Path(weblate.__file__).with_name('settings_example.py').read_text()\n"
        "listed = re.search(r'^# CHECK_LIST = \\($.*?^# \\)$', example, re.M | re.S)[0]\n"
        f"exec(re.sub(r'^# ?', '', listed, flags=re.M))\n{lines}"
    )
    (tmp_path / "weblate_here.py").write_text(settings, "utf-8")
    repository = tmp_path / "repository"
    repository.mkdir()
    for language in ("en", "zh_Hans"):
        entries = "".join(
            f"\nmsgid {json.dumps(source, ensure_ascii=False)}\nmsgstr {json.dumps(target, ensure_ascii=False)}\n"
            for source, target in STRINGS
        )
        header = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {language}\\n"\n'
        (repository / f"{language}.po").write_text(header + entries, "utf-8")
    who = ("-c", "user.name=A", "-c", "user.email=a@pages.example")
    for command in (["init", "-qb", "main"], ["add", "."], [*who, "commit", "-qm", "Strings"]):
        subprocess.run(["git", *command], cwd=repository, check=True)
    here = {"DJANGO_SETTINGS_MODULE": "weblate_here", "PYTHONPATH": str(tmp_path), "CI_BASE_DIR": str(tmp_path)}
    arguments = (["-m", "django", "migrate", "--noinput"], ["-c", COMPONENT, repository.as_uri()])
    for each in arguments:
        done = subprocess.run([str(PYTHON), *each], env=os.environ | here, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout.splitlines()[-1])
    assert [len(each) for each in shown] == [1, 1, 1, 1, 0]
    for each, pair in zip(shown[:4], STRINGS[:4], strict=True):
        assert list(missing(each[0], *pair)) == []
