"""The plugin as users of pytest meet it: real runs of pytest in projects of their own."""

from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

pytest_plugins = ["pytester"]

GOOD = (
    "The ferry leaves the harbour at noon and reaches the island an hour later. Passengers with bicycles board first. "
    "In winter the crossing depends on the wind, and the company posts changes on its door.\n\n"
)
BAD = "She walked to the the station and waited there for two hours without a book.\n\n"
WORSE = "The clerk stamped the the form and gave it back without a word to anyone.\n\n"

CONFIGURED = """
[tool.pytest.ini_options]
testpaths = ["tests"]
stilted_files = ["docs/**/*.txt"]

[tool.stilted]
fail-on = ["minor"]
select = ["mechanics"]
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Three translations and one ordinary test; nothing but this plugin is loaded."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    write(
        pytester,
        {
            "pyproject.toml": CONFIGURED,
            "docs/a.txt": GOOD,
            "docs/b.txt": GOOD + BAD,
            "docs/deep/c.txt": GOOD,
            "other/d.txt": WORSE,
            "tests/test_one.py": "def test_one():\n    pass\n",
        },
    )
    return pytester


def write(pytester: pytest.Pytester, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def accept(file: str) -> None:
    """Write a baseline, in a process of its own: pytester forgets at its end what was imported under it."""
    subprocess.run([sys.executable, "-m", "stilted", "baseline", "write", file], check=True, capture_output=True)


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "stilted.pytest_plugin", "-p", "no:cacheprovider", *arguments)


@pytest.mark.long
def test_a_plain_run_checks_the_configured_files_too(project: pytest.Pytester) -> None:
    result = run(project)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ stilted docs/b.txt _*",
            "the translation fails",
            "*docs/b.txt:3:15*mechanics/doubled-word*",
            "*One finding is minor or worse, where the gate allows none*",
            "FAILED docs/b.txt::stilted*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")
    result.stdout.no_fnmatch_line("*other/d.txt*")


@pytest.mark.long
@pytest.mark.parametrize("server", ["CI", "BUILD_NUMBER"])
def test_the_report_is_shown_once_on_a_build_server_too(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    """Where these are set, pytest repeats the whole message of a failure in its summary."""
    monkeypatch.setenv(server, "true")
    result = run(project, "--junit-xml=out.xml")
    result.assert_outcomes(passed=3, failed=1)
    assert result.stdout.str().count("docs/b.txt:3:15") == 1
    reason = "One finding is minor or worse, where the gate allows none"
    result.stdout.fnmatch_lines([f"FAILED docs/b.txt::stilted - *{reason}*"])
    failure = ElementTree.parse(project.path / "out.xml").find(".//failure")
    assert failure is not None
    assert reason in failure.attrib["message"]
    assert "docs/b.txt:3:15" not in failure.attrib["message"]
    assert "docs/b.txt:3:15" in (failure.text or "")


@pytest.mark.long
def test_what_is_asked_for_is_what_runs(project: pytest.Pytester) -> None:
    run(project, "docs/deep").assert_outcomes(passed=1)
    run(project, "docs/b.txt::stilted").assert_outcomes(failed=1)
    run(project, "tests").assert_outcomes(passed=1)
    run(project, ".", "-k", "stilted and not b.txt").assert_outcomes(passed=2, deselected=2)


@pytest.mark.long
def test_the_baseline_and_accepted_phrases_count(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.path)
    write(project, {"pyproject.toml": CONFIGURED + 'baseline = "known.json"\n'})
    accept("docs/b.txt")
    run(project).assert_outcomes(passed=4)
    write(project, {"docs/deep/c.txt": GOOD + WORSE})
    result = run(project)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*docs/deep/c.txt:3:19*mechanics/doubled-word*"])
    write(project, {".stilted-ignore": "mechanics/doubled-word: the the  # ours\n"})
    run(project).assert_outcomes(passed=4)


@pytest.mark.long
def test_sections_for_paths_count(project: pytest.Pytester) -> None:
    section = '[[tool.stilted.per-path]]\npaths = ["docs/b*"]\nfail-on = ["critical"]\n'
    write(project, {"pyproject.toml": CONFIGURED + section})
    run(project).assert_outcomes(passed=4)


@pytest.mark.long
def test_references_by_the_same_name(project: pytest.Pytester) -> None:
    gate = CONFIGURED.replace("[tool.stilted]", "stilted_references = 'human'\n[tool.stilted]\nmin-bleu = 99")
    same = GOOD.replace("noon", "midday")
    write(project, {"pyproject.toml": gate, "human/a.txt": same * 12, "docs/a.txt": GOOD * 12})
    result = run(project, "docs/a.txt", "docs/b.txt")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*BLEU is *the gate asks for at least 99: it fails.*"])
    result.stdout.fnmatch_lines(["*human/b.txt: there is no such reference. Check the path."])


def test_sources_by_the_same_name(project: pytest.Pytester) -> None:
    gate = CONFIGURED.replace("[tool.stilted]", "stilted_sources = 'zh'\n[tool.stilted]").replace(
        "mechanics", "numbers"
    )
    boats = "Nine boats leave the harbour on May {}.\n"
    write(project, {"pyproject.toml": gate, "zh/a.txt": "5月7日有九条船离开港口。\n", "docs/a.txt": boats.format(8)})
    write(project, {"docs/b.txt": boats.format(9)})
    result = run(project, "docs", "-v")
    result.stdout.fnmatch_lines(["docs/a.txt::stilted FAILED*", "docs/b.txt::stilted PASSED*"])
    result.stdout.fnmatch_lines(["*numbers/differs-from-source*"])


@pytest.mark.long
def test_files_of_one_name_in_two_folders_have_references_of_their_own(project: pytest.Pytester) -> None:
    gate = CONFIGURED.replace("[tool.stilted]", "stilted_references = 'human'\n[tool.stilted]\nmin-bleu = 60")
    files = {"docs/b.txt": GOOD * 12, "docs/in/a.txt": GOOD * 12, "human/b.txt": GOOD.replace("noon", "midday") * 12}
    write(project, {"pyproject.toml": gate, **files})
    write(project, {"docs/in/b.txt": GOOD * 12, "docs/a.txt": GOOD * 12, "human/in/a.txt": files["human/b.txt"]})
    result = run(project, "docs", "-v")
    result.stdout.fnmatch_lines(["*human/in/b.txt: there is no such reference. Check the path."])
    result.stdout.fnmatch_lines(["*docs/b.txt::stilted PASSED*", "*docs/in/a.txt::stilted PASSED*"])


def test_ignored_files_are_left_out_of_a_plain_run(project: pytest.Pytester) -> None:
    result = run(project, "--ignore=docs", "-q")
    result.stdout.no_fnmatch_line("*docs/*")
    assert result.parseoutcomes() == {"passed": 1}


@pytest.mark.long
def test_one_line_of_a_failure_is_one_line(project: pytest.Pytester) -> None:
    result = run(project, "--tb=line")
    result.stdout.fnmatch_lines(["docs/b.txt: One finding is minor or worse, where the gate allows none*"])
    result.stdout.no_fnmatch_line("*_Crash*")
    result.stdout.no_fnmatch_line("*the translation fails*")


@pytest.mark.long
@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"docs/a.txt": " \n"}, "*docs/a.txt: the translation is empty. Give a file with text in it."),
        ({"docs/a.txt": "Der Ausschuss traf sich am Dienstag und beschloss den Bericht.\n"}, "*docs/a.txt*English*"),
        ({"pyproject.toml": CONFIGURED + 'basline = "x"\n'}, "*unknown key 'basline'. Did you mean 'baseline'?"),
        ({"pyproject.toml": CONFIGURED + 'baseline = "x"\n'}, "*x: there is no such baseline. Write it anew*"),
    ],
)
def test_what_cannot_be_judged_fails_with_one_sentence(
    project: pytest.Pytester, files: dict[str, str], sentence: str
) -> None:
    write(project, files)
    result = run(project, "docs/a.txt")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([sentence])
    result.stdout.no_fnmatch_line("*Traceback*")


EVIL = "\x1b[2J\x1b]0;title\x07::error::stolen\u202e##[error]stolen ##vso[task.setvariable variable=x]y"
NAMES = (" ##[group]b\x1b[31m\u202e.txt", "##[error]c[1]\nd.txt")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="its names of files hold none of these characters")
@pytest.mark.parametrize(
    "arguments", [(), ("-v",), ("-v", "-rA"), ("--tb=line",), ("--tb=short", "-q"), ("--collect-only",)]
)
def test_texts_and_names_command_no_build(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("CI", "true")
    write(project, {f"docs/{NAMES[0]}": f"{GOOD}{EVIL} in the the end.\n\n::error::in the the end.\n"})
    write(project, {f"docs/{NAMES[1]}": " \n"})
    write(project, {"pyproject.toml": CONFIGURED.replace('["tests"]', '["tests", "docs"]')})
    write(project, {".stilted-ignore": f"{EVIL}\n", "tests/test_one.py": HOSTILE})
    result = run(project, *arguments)
    shown = result.stdout.str() + result.stderr.str()
    assert "error::stolen" in shown or "--collect-only" in arguments or "--tb=line" in arguments
    assert not re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert not re.findall(r"^\s*::[\w-]+.*?::|##\[|##vso\[", shown, re.MULTILINE)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="its names of files hold none of these characters")
@pytest.mark.skipif(sys.platform == "win32", reason="its names of files hold none of these characters")
@pytest.mark.parametrize("name", ["::error::a\x1b.txt", "[slug]\x1b.txt"])
def test_a_name_that_pytest_takes_for_its_own_is_told(project: pytest.Pytester, name: str) -> None:
    write(project, {f"docs/{name}": BAD})
    result = run(project)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    shown = name.replace("\x1b", "␛").replace("[", "[[]")
    result.stderr.fnmatch_lines([f"ERROR: stilted_files: pytest cannot be given 'docs/{shown}'*in testpaths*"])
    write(project, {"pyproject.toml": CONFIGURED.replace('["tests"]', '["tests", "docs"]')})
    run(project).assert_outcomes(passed=3, failed=2)
    run(project, "docs/b.txt").assert_outcomes(failed=1)


HOSTILE = f"""
def test_name(stilted_check):
    stilted_check("It is the the end.", name=EVIL)

def test_text(stilted_check):
    stilted_check(EVIL + " in the the end. ::error::in the the end.", reference=EVIL + "\\n::error::x y")

def test_option(stilted_check):
    stilted_check("It is the end.", select=EVIL)

EVIL = {EVIL!r}
"""


@pytest.mark.long
def test_a_glob_that_fits_nothing_is_told(project: pytest.Pytester) -> None:
    write(project, {"pyproject.toml": CONFIGURED.replace("docs/**/*.txt", "dosc/**/*.txt")})
    result = run(project)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*stilted_files: 'dosc/[*][*]/[*].txt' fits no file in*"])
    result = run(project, "-W", "error")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: stilted_files: 'dosc/[*][*]/[*].txt' fits no file in*"])
    write(project, {"pyproject.toml": CONFIGURED.replace("docs/**/*.txt", "/docs/*.txt")})
    result = run(project)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: stilted_files: '/docs/[*].txt' is no glob from the root folder*"])


FIXTURE = """
import pytest, stilted

BAD = "She walked to the the station and waited there for two hours without a book."

def test_good(stilted_check):
    report = stilted_check("The ferry leaves the harbour at noon and reaches the island an hour later.")
    assert isinstance(report, stilted.Report)
    assert report.findings == ()

def test_bad(stilted_check):
    stilted_check(BAD, name="greeting")

def test_options_win(stilted_check):
    assert stilted_check(BAD, fail_on="critical").findings[0].text == "the the"
    assert stilted_check(BAD, ignore="mechanics").findings == ()

def test_wrong(stilted_check):
    with pytest.raises(stilted.UserError, match="Did you mean 'fail_on'"):
        stilted_check(BAD, fail_one="minor")

def test_accepted(stilted_check):
    assert stilted_check(BAD, name="docs/b.txt").findings[0].in_baseline
    with pytest.raises(AssertionError, match="doubled-word"):
        stilted_check(BAD, name="docs/a.txt")
"""


@pytest.mark.long
def test_the_fixture(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.path)
    write(project, {"pyproject.toml": CONFIGURED + 'baseline = "known.json"\n', "tests/test_one.py": FIXTURE})
    accept("docs/b.txt")
    result = run(project, "tests")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(["*_ test_bad _*", "*TranslationFailedError: the translation fails", "*greeting:1:15*"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py:*: in *")
    monkeypatch.setenv("CI", "true")
    result = run(project, "tests")
    result.stdout.fnmatch_lines(["FAILED *test_bad - *TranslationFailedError: One finding is minor or worse*"])
    assert result.stdout.str().count("greeting:1:15") == 1


@pytest.mark.long
def test_several_workers_find_what_one_finds(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pytest-xdist: each file is checked once, by whichever worker, under one baseline."""
    monkeypatch.chdir(project.path)
    many = {f"docs/many/{n:02}.txt": GOOD + (BAD if n % 5 == 0 else "") for n in range(20)}
    write(project, {**many, "pyproject.toml": CONFIGURED + 'baseline = "known.json"\n'})
    accept("docs/many/00.txt")

    def failed(*arguments: str) -> list[str]:
        result = run(project, "-p", "xdist", *arguments)
        result.assert_outcomes(passed=20, failed=4)
        lines = result.stdout.str().splitlines()
        return sorted(line.split(" ")[1] for line in lines if line.startswith("FAILED "))

    one, two, by_file = failed("-n0"), failed("-n2"), failed("-n2", "--dist=loadfile")
    assert one == two == by_file
    assert one == ["docs/b.txt::stilted", *(f"docs/many/{n:02}.txt::stilted" for n in (5, 10, 15))]


HEAVY = {
    "stilted.api",
    "stilted.project.config",
    "stilted.core.model",
    "numpy",
    "sacrebleu",
    "rich",
    "jinja2",
    "sentencex",
}


def test_loading_the_plugin_loads_nothing_heavy(project: pytest.Pytester) -> None:
    test = f"import sys\ndef test_one():\n    assert not set({sorted(HEAVY)}) & sys.modules.keys()\n"
    write(project, {"tests/test_one.py": test})
    run(project, "tests").assert_outcomes(passed=1)


@pytest.mark.long
def test_it_is_installed_as_a_plugin() -> None:
    def help_text(*arguments: str) -> str:
        command = [sys.executable, "-m", "pytest", *arguments, "--help"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "stilted_files (linelist):" in help_text()
    assert "stilted_files" not in help_text("-p", "no:stilted")
