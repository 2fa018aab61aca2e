"""The command as its users meet it: real processes, exit codes, messages on the right stream."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

import stilted
import stilted.render
from screen import on_a_terminal
from stilted.cli import main
from stilted.core.errors import UserError

CORPORA = Path(__file__).parents[2] / "corpora"
ARTICLE = CORPORA / "xpeng" / "translation.en.txt"
REFERENCE = CORPORA / "xpeng" / "reference.en.txt"

ENGLISH = "The committee met on Tuesday and agreed to publish the report before the end of the month.\n"
GERMAN = "Der Ausschuss traf sich am Dienstag und beschloss, den Bericht noch in diesem Monat zu veröffentlichen.\n"
CHINESE = "委员会星期二开会，同意在月底前公布报告。\n"


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stilted", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )


@pytest.mark.long
def test_the_main_job_fails_the_seed_article() -> None:
    done = run("check", ARTICLE, "--reference", REFERENCE)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "\x1b" not in done.stdout, "colours belong on a terminal only"
    for words in (
        "BLEU",
        "chrF2++",
        "Failed.",
        "production line officially went offline",
        "version:",
        "so that 10 points",
    ):
        assert words in done.stdout


@pytest.mark.long
@pytest.mark.parametrize("on_screen", [True, False])
def test_who_has_the_report_written_is_told_where_and_how_it_ends(tmp_path: Path, on_screen: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_text("She walked to the the station.\n", "utf-8")
    outputs = [tmp_path / "a.html", tmp_path / "a.sarif"]
    arguments = [
        "check",
        str(path),
        "--ignore",
        "tagger",
        *(word for each in outputs for word in ("--output", str(each))),
    ]
    output, shown = on_a_terminal(f"from stilted.cli import main\nmain({arguments!r})", stdout=on_screen)
    told = f"{outputs[0]}, {outputs[1]}: 1 finding: 1 minor. No verdict.\r\n"
    assert (told in shown) is on_screen
    assert not output
    assert all(each.is_file() for each in outputs)


@pytest.mark.long
@pytest.mark.parametrize("command", ["check", "compare", "summary"])
def test_a_terminal_gets_colours_and_lines_that_fit(command: str, tmp_path: Path) -> None:
    better = tmp_path / "better.txt"
    better.write_text(ARTICLE.read_text("utf-8").replace("the production line officially went offline", "", 1), "utf-8")
    path = tmp_path / "found.jsonl"
    if command == "summary":
        assert main(["check", str(REFERENCE), "--ignore", "tagger", "--output", str(path)]) == 0
    arguments = {
        "check": ["check", str(ARTICLE), "--ignore", "tagger"],
        "compare": ["compare", str(ARTICLE), str(better), "--reference", str(REFERENCE), "--ignore", "tagger"],
        "summary": ["summary", str(path)],
    }[command]
    # One process for both widths: what starts slowly starts once.
    turns = f"for os.environ['COLUMNS'] in ('80', '110'):\n    print('TURN', flush=True)\n    main({arguments!r})"
    _, both = on_a_terminal(f"import os\nfrom stilted.cli import main\n{turns}", stdout=True)
    for columns, shown in zip((80, 110), both.split("TURN")[1:], strict=True):
        assert "\x1b[1m" in shown
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.partition("Signatures")[0])
        assert 60 < max(map(cell_len, text.splitlines())) <= columns


@pytest.mark.long
def test_without_a_reference_it_says_what_was_skipped() -> None:
    done = run("check", ARTICLE, "--format", "json")
    report = json.loads(done.stdout)
    assert not {"BLEU", "chrF2", "chrF2++"} & {score["metric"] for score in report["scores"]}
    assert {"coverage/omission", "scores"} <= {entry["rule"] for entry in report["skipped"]}
    reasons = {entry["rule"]: entry["reason"] for entry in report["skipped"] if entry["rule"].startswith("coverage")}
    assert "source" in reasons.pop("coverage/missing-paragraph")
    assert all("reference" in reason for reason in reasons.values())


def test_exit_zero_and_output(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert main(["check", str(ARTICLE), "--format", "html", "--output", str(page), "--exit-zero"]) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.long
def test_a_short_text_gets_no_verdict_and_exits_zero(tmp_path: Path) -> None:
    text = tmp_path / "short.txt"
    text.write_text(ENGLISH, "utf-8")
    done = run("check", text, "--format", "json", "--ignore", "tagger")
    assert done.returncode == 0
    assert json.loads(done.stdout)["verdict"]["passed"] is None
    assert "calibrated score" not in run("check", text, "--ignore", "tagger").stdout


@pytest.mark.long
def test_same_input_same_bytes() -> None:
    outputs = {
        run("check", ARTICLE, "--reference", REFERENCE, "--format", name, PYTHONHASHSEED=seed).stdout
        for name in ("json",)
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the translation is empty"),
        (b" \n\t\n", "the translation is empty"),
        (b"caf\xe9 " * 20, "is not UTF-8"),
        (b"\x7fELF\0\0\0\1" * 10, "binary"),
        (GERMAN.encode(), "English"),
        (CHINESE.encode(), "English"),
    ],
)
def test_unfit_translations(tmp_path: Path, content: bytes, what: str) -> None:
    path = write(tmp_path, "t.txt", content)
    done = run("check", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert what in done.stderr
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_utf16_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "t.txt", (ENGLISH * 3).encode("utf-16"))
    assert run("check", path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (["check", "missing.txt"], "no such translation", "Check the path"),
        (["check", "*.md"], "no such translation", "Check the path"),
        (["check", "good.txt", "--reference", "missing.txt"], "no such reference", ""),
        (["check", "good.txt", "--reference", "good.txt"], "the same text", "by somebody else"),
        (["check", "good.txt", "--reference", "german.txt"], "English", ""),
        (["check", "german.txt", "--reference", "good.txt"], "English", ""),
        (["check", "good.txt", "--reference", "longer.txt", "--align", "lines"], "1 line,", "--align lines"),
        (["check", "good.txt", "--refrence", "x"], "unknown argument '--refrence'", "Did you mean '--reference'"),
        (["check", "good.txt", "--format", "jsn"], "unknown format", "Did you mean 'json'"),
        (["check", "good.txt", "--align", "line"], "unknown value", "Did you mean 'lines'"),
        (["check", "good.txt", "--select", "zh/line-goes-ofline"], "no rule is called", "Did you mean 'zh/line-goes-offline'"),  # noqa: E501
        (["check", "good.txt", "--sensitivity", "hihg"], "unknown value", "Did you mean 'high'"),
        (["check", "good.txt", "--source-language", "xx"], "unknown value", "zh"),
        (["check", "good.txt", "--output", "no/such/folder/r.txt"], "cannot write", "Check folder"),
        (["check", "good.txt", "--source-language", "Chinese"], "unknown value", "Did you mean 'zh'?"),
        (["check", "good.txt", "--source-language", "xx-BR"], "unknown value", "zh"),
        (["check", "good.txt", "--source-language", "swahili"], "unknown value", "Leave it out for any other."),
        (["check", "good.txt", "--pack", "missing.toml"], "cannot read the pack", "Check path and rights."),
        (["check", "good.txt", "--min-score", "high"], "check: argument --min-score: 'high' is no number.", "--help"),
        (["check", "binary.txt"], "the translation is a binary file", "Give a plain text file"),
        (["check"], "stilted: check: the following arguments are required: FILE", "--help"),
        (["chekc", "good.txt"], "stilted: no command is called 'chekc'", "Did you mean 'check'?"),
        (["publish", "good.txt"], "no command is called 'publish'", "Known here: baseline, batch, "),
        (["good.txt"], "no command is called 'good.txt'", "that file or folder, run 'stilted check good.txt'."),
        (["rules", "shwo", "zh/mix-it"], "stilted: rules: no command is called 'shwo'", "Did you mean 'show'?"),
        (["rules", "show", "zh/line-goes"], "no rule is called", "Did you mean 'zh/line-goes-offline'"),
        (["rules", "show", "zh"], "'zh' is a family, not a rule", "Run 'stilted rules list zh'"),
        (["summary", "missing"], "missing: there is no such file", "Check the path"),
        (["rules", "show", "zh/line-goes-ofline"], "no rule is called", "Did you mean 'zh/line-goes-offline'"),
        (["rules", "list", "zhh"], "no family is called", "Did you mean 'zh'"),
    ],
)  # fmt: skip
def test_errors_say_what_where_and_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    what: str,
    hint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "good.txt", ENGLISH)
    write(tmp_path, "longer.txt", ENGLISH + "It rained.\n")
    write(tmp_path, "german.txt", GERMAN)
    write(tmp_path, "binary.txt", b"\x7fELF\x02\0\0\xb8" * 40)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("stilted: ")
    assert what in captured.err
    assert hint in captured.err


def test_an_output_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", ENGLISH)
    taken = tmp_path / "report.json"
    taken.mkdir()
    assert main(["check", str(good), "--format", "json", "--output", str(taken)]) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["good.txt", "report.json"]


def test_rules_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "zh"]) == 0
    assert main(["rules", "show", "zh/line-goes-offline"]) == 0
    out = capsys.readouterr().out
    assert "zh/line-goes-offline" in out
    assert "下线" in out
    assert "<v>" in out


PACK = """
[[rule]]
id = "ours/foo"
pattern = "foo"
message = "Foo."
suggest = ["bar"]
category = "Style/Awkward style"
severity = "minor"
why = "House style."
bad = [["A <v>foo</v>.", "A {fixed}."]]
good = ["A food."]
"""


def test_a_pack_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, "ours.toml", PACK.replace("{fixed}", "bar"))
    bad = write(tmp_path, "bad.toml", PACK.replace("{fixed}", "baz"))
    assert main(["rules", "test", str(good)]) == 0
    assert main(["rules", "test", str(good), str(bad)]) == 1
    assert "the suggestion makes 'A bar.', not 'A baz.'" in capsys.readouterr().out
    text = write(tmp_path, "t.txt", ENGLISH + "This is a foo, as we like to say.\n")
    assert main(["check", str(text), "--pack", str(good), "--select", "ours", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"][0]["suggestions"] == ["bar"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("pattern =", "patern ="), "unknown key 'patern'. Did you mean 'pattern'?"),
        (('"foo"\nmessage', '"(foo"\nmessage'), "not closed"),
        (('suggest = ["bar"]', 'suggest = ["$1"]'), "takes from number 1 of 0"),
        (("Awkward style", "Akward style"), "Did you mean 'Style/Awkward style'?"),
        (('severity = "minor"', 'severity = "small"'), "unknown severity"),
        (('good = ["A food."]', ""), "'good' is missing or empty"),
        (("<v>", ""), "closes no mark"),
        (("[[rule]]", "[[rules]]"), "unknown key 'rules'"),
        (("[[rule]]", "[[rule]"), "not TOML"),
        (('message = "Foo."', "message = 5"), "'message' is not a string"),
    ],
)
def test_a_faulty_pack_names_file_rule_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], what: str
) -> None:
    pack = write(tmp_path, "ours.toml", PACK.replace("{fixed}", "bar").replace(*change))
    assert main(["rules", "test", str(pack)]) == 2
    message = capsys.readouterr().err
    assert what in message
    assert "ours.toml" in message


@pytest.mark.long
def test_a_closed_pipe_is_no_traceback() -> None:
    code = f"{sys.executable} -m stilted check '{ARTICLE}' | head -c 10"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_help_teaches() -> None:
    done = run("check", "--help")
    assert done.returncode == 0
    assert "exit codes: 0 passed" in done.stdout
    assert "examples:" in done.stdout
    for name in ("check", "compare"):
        help_text = run(name, "--help").stdout
        assert all(form in help_text for form in stilted.render.list_formats())


def test_compare_two_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reference = write(tmp_path, "ref.txt", ENGLISH)
    old = write(tmp_path, "old.txt", ENGLISH.replace("met on", "met on the the"))
    new = write(tmp_path, "new.txt", ENGLISH.replace("agreed", "decided"))
    paths = [str(old), str(new), "--reference", str(reference), "--ignore", "tagger"]
    assert main(["compare", *paths, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [f["rule"] for f in data["fixed"]] == ["mechanics/doubled-word"]
    assert main(["compare", *paths, "--format", "xml"]) == 2
    assert "Known here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (("\ufeff",), "the translation is empty"),
        (("\u200b \u2060\n",), "the translation is empty"),
        ((None,), "the translation is NoneType, not a string"),
        ((ENGLISH + "\ud800",), "half a surrogate pair, U+D800"),
        ((ENGLISH, ENGLISH + " Good.\udfff"), "the reference holds half a surrogate pair"),
        ((ENGLISH, None, ENGLISH), "translation and source are the same text"),
        ((ENGLISH, ENGLISH + "It rained.", ENGLISH + "\n It rained."), "reference and source are the same text"),
    ],
)
def test_texts_that_cannot_be_checked(texts: tuple[str], what: str) -> None:
    with pytest.raises(UserError, match=re.escape(what)):
        stilted.check(*texts)


def test_segments_and_names_that_cannot_be_checked() -> None:
    with pytest.raises(UserError, match="half a surrogate pair"):
        stilted.check_segments([ENGLISH, "a \udc80 b"])
    with pytest.raises(UserError, match="the name is int, not a string"):
        stilted.check(ENGLISH, name=3)  # type: ignore[arg-type]


@pytest.mark.long
def test_a_file_of_byte_order_marks_is_empty(tmp_path: Path) -> None:
    done = run("check", write(tmp_path, "t.txt", "\ufeff\ufeff"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "the translation is empty" in done.stderr


def test_a_crash_is_no_failed_translation(tmp_path: Path) -> None:
    code = "import stilted.cli as c; c.main = lambda: 1 / 0; c.entry()"
    for debug in ("", "1"):
        environment = {**os.environ, "STILTED_DEBUG": debug}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment
        )
        assert done.returncode == 2
        assert "stilted: internal error: ZeroDivisionError" in done.stderr
        assert ("Traceback" in done.stderr) is bool(debug)


def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "stilted", "rules", "list", "zh"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("stilted: cannot write: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("name", ["terminal", "json", "html"])
def test_any_locale_will_do(tmp_path: Path, encoding: str, name: str) -> None:
    text = write(tmp_path, "t.txt", ENGLISH + "It “rained” in 北京 – we came into contact with three major things.\n")
    command = [sys.executable, "-m", "stilted", "check", str(text), "--format", name, "--ignore", "tagger"]
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8" if name != "terminal" else encoding)
    if name == "json":
        assert json.loads(done.stdout)["schema"] == 1


def test_repeated_options_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = str(write(tmp_path, "t.txt", ENGLISH))
    for option in ("--ignore", "--select", "--fail-on"):
        assert main(["check", text, option, "mechanicz", option, "zh"]) == 2
        assert "Did you mean 'mechanics'?" in capsys.readouterr().err
        for empty in ("", " , "):
            assert main(["check", text, option, empty]) == 2
            assert f"{option}: nothing is named. Is a variable not set?" in capsys.readouterr().err
    assert main(["check", text, "--ignore", "qqqqqqqq"]) == 2
    assert "stilted rules list" in capsys.readouterr().err


def test_outputs_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "t.txt", ENGLISH)
    check = ["check", "t.txt", "--ignore", "tagger", "--format", "json"]
    assert main([*check, "--output", "./a=b.html"]) == 0
    assert (tmp_path / "a=b.html").is_file()
    for outputs, what in (
        (["json=x.json", "json=./x.json"], "two reports go to this file"),
        (["json=."], "the output is a directory"),
        (["/"], "the output is a directory"),
        (["jsn=x.json"], "Did you mean 'json'?"),
        (["xml=x.xml"], "unknown format 'xml'"),
        (["json=t.txt"], "t.txt: this would overwrite a file that is read. Name another file."),
        (["json=docs/../t.txt"], "this would overwrite a file that is read"),
    ):
        assert main([*check, *(word for output in outputs for word in ("--output", output))]) == 2
        assert what in capsys.readouterr().err
    write(tmp_path, "u.txt", ENGLISH + "They met on the the pier.\n")
    assert main(["check", "t.txt", "u.txt", "--ignore", "tagger", "--output", "terminal=all.txt"]) == 0
    text = (tmp_path / "all.txt").read_text("utf-8")
    assert text.endswith("\n\n2 files: 0 failed, 1 finding.\n")
    assert re.findall("^── (.*)", text, re.MULTILINE) == ["t.txt  No verdict: 17 words. 0 findings.", "u.txt"]
    assert text.count("scores: they compare with a reference") == 1
    capsys.readouterr()
    assert main(["check", "t.txt", "u.txt", "--ignore", "tagger"]) == 0
    assert capsys.readouterr().out == text


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.sarif", '{\n  "$schema"'), ("x.sarif.json", '{\n  "$schema"'), ("x.JSON", '{\n  "schema"'),
        ("x.jsonl", '{"type"'), ("x.html", "<!doctype html>"), ("x.md", "## stilted"), ("x.log", "findings"),
        ("x", "findings"), ("x.TXT", "findings"),
    ],
)  # fmt: skip
def test_the_ending_tells_the_format_where_nobody_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, begins: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "t.txt", ENGLISH)
    assert main(["check", "t.txt", "--ignore", "tagger", "--output", name]) == 0
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert main(["check", "t.txt", "--ignore", "tagger", "--format", "junit", "--output", name]) == 0
    assert (tmp_path / name).read_text("utf-8").startswith("<?xml")


@pytest.mark.parametrize("name", ["x.xml", "x.pdf", "x.HTMLX", "x.txt.docx"])
def test_an_ending_that_several_formats_share_or_none_has_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(tmp_path, "t.txt", ENGLISH)
    assert main(["check", str(tmp_path / "t.txt"), "--output", str(tmp_path / name)]) == 2
    assert f"{name}: the name does not tell the format. Write --output FORMAT=PATH." in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_a_phrase_is_not_called_useless_where_nothing_could_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, ".stilted-ignore", "never said\n")
    write(tmp_path, "t.txt", ENGLISH)
    for arguments in (["missing.txt"], ["t.txt", "--select", "nonsense"]):
        assert main(["check", *arguments]) == 2
        assert "suppresses nothing" not in capsys.readouterr().err
    assert main(["check", "t.txt", "missing.txt", "--select", "mechanics"]) == 2
    assert "'never said' suppresses nothing in what was checked." in capsys.readouterr().err


def test_a_dash_is_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "t.txt", ENGLISH)
    assert main(["check", "t.txt", "--ignore", "tagger", "--output", "gitlab=-", "--output", "x.sarif"]) == 0
    assert capsys.readouterr().out == "[]\n"
    assert sorted(os.listdir()) == ["t.txt", "x.sarif"]


def test_nothing_that_a_run_reads_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = {
        "en/t.txt": ENGLISH, "human/t.txt": ENGLISH.replace("agreed", "decided"),
        "terms.csv": "preferred,forbidden\nreport,raport\n",
        "own.csv": "preferred,forbidden\nnetwork,net work\n",
        "stilted.toml": 'ignore = ["tagger"]\nglossary = ["terms.csv"]\nbaseline = "known.json"\n'
        '[[per-path]]\npaths = ["docs/*"]\nglossary = ["own.csv"]\n',
        ".stilted-ignore": "# none\n", "known.json": '{"schema": 1, "files": {}}',
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, text)
    Path("link.json").symlink_to("known.json")
    for name in (*texts, "link.json"):
        assert main(["check", "en", "--reference", "human", "--output", f"json={name}"]) == 2
        assert f"{name}: this would overwrite a file that is read" in capsys.readouterr().err
    pair = ["en/t.txt", "human/t.txt", "--reference", "stilted.toml"]
    for name in texts:
        assert main(["compare", *pair, "--output", f"json={name}"]) == 2
        assert "this would overwrite" in capsys.readouterr().err
    assert main(["baseline", "write", "en", "--reference", "human", "--baseline", "human/t.txt"]) == 2
    assert "human/t.txt: this would overwrite a file that is read" in capsys.readouterr().err
    assert {name: (tmp_path / name).read_text("utf-8") for name in texts} == texts


def test_paths_into_the_working_folder_are_relative_however_they_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "t.txt", ENGLISH + "They met on the the pier.\n")
    texts = []
    for name in ("t.txt", str(tmp_path / "t.txt")):
        assert main(["check", name, "--select", "mechanics", "--format", "sarif"]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
    assert '"uri": "t.txt"' in texts[0]


@pytest.mark.parametrize("way", ["", "link"])
def test_code_hosts_get_an_absolute_path_from_the_root_whatever_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    (tmp_path / "repository" / "tools").mkdir(parents=True)
    (tmp_path / "link").symlink_to("repository")
    write(tmp_path, "repository/t.txt", ENGLISH + "They met on the the pier.\n")
    monkeypatch.chdir(tmp_path / "repository" / "tools")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / (way or "repository")))
    for name in (tmp_path / "repository" / "t.txt", tmp_path / "link" / "t.txt"):
        assert main(["check", str(name), "--select", "mechanics", "--format", "github"]) == 0
        assert "::warning file=t.txt,line=2," in capsys.readouterr().out


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_code_hosts_get_paths_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str
) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "site" / "docs").mkdir(parents=True)
    (tmp_path / "link").symlink_to("site")
    monkeypatch.chdir(tmp_path / "site")
    write(tmp_path, "site/docs/t.txt", ENGLISH + "They met on the the pier.\n")
    write(tmp_path, "site/docs/u.txt", ENGLISH)
    write(tmp_path, "site/docs/r.txt", ENGLISH.replace("agreed", "decided"))
    check = ["check", str(tmp_path / "link" / "docs" / "t.txt"), "--select", "mechanics", "--format"]
    compare = ["compare", "docs/u.txt", "docs/t.txt", "--reference", "docs/r.txt", "--select", "mechanics", "--format"]
    for command in (check, compare):
        for root, prefix in (
            (None, ""),
            (tmp_path, "site/"),
            (tmp_path / "link", ""),
            (tmp_path / "site" / "docs", ""),
        ):
            if root:
                monkeypatch.setenv(variable, str(root))
            for name, wanted in (
                ("sarif", f'"uri": "{prefix}docs/t.txt"'),
                ("gitlab", f'"path": "{prefix}docs/t.txt"'),
                ("github", f"::warning file={prefix}docs/t.txt,line=2,"),
                ("checkstyle", '<file name="docs/t.txt"'),
            ):
                assert main([*command, name]) == 0
                assert wanted in capsys.readouterr().out
        monkeypatch.delenv(variable)


def test_remarks_of_no_use_are_told_where_the_format_has_no_place_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "t.md", f"<!-- stilted-ignore: mechanics -- our pier -->\n\n{ENGLISH}")
    for name, expected in (("gitlab", 1), ("checkstyle", 1), ("rdjson", 1), ("junit", 0)):
        assert main(["check", "t.md", "--select", "mechanics", "--format", name]) == 0
        said = capsys.readouterr().err
        assert said.count("stilted: t.md: The remark on line 1 (our pier) suppresses nothing.") == expected


@pytest.mark.long
def test_a_closed_standard_output_is_told() -> None:
    command = f'"{sys.executable}" -m stilted check "{ARTICLE}" --select mechanics {{}} >&-'
    for words in ("", "--format json"):
        done = subprocess.run(command.format(words), shell=True, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("stilted: standard output: cannot write: it is closed. Write to a file")


@pytest.mark.long
def test_standard_input() -> None:
    command = [sys.executable, "-m", "stilted", "check", "-", "--format", "json", "--ignore", "tagger"]
    done = subprocess.run(command, input=ENGLISH.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["schema"] == 1
    empty = subprocess.run(command, input=b"", capture_output=True, check=False)
    assert (empty.returncode, empty.stderr[:36]) == (2, b"stilted: <stdin>: the translation is")


def test_messages_send_nothing_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "a\x1b[2J\nb\u202e.txt"]) == 2
    assert "a␛[2J␊b⟨U+202E⟩.txt: there is no such translation" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["zh/line-goes-offline", "tagger/mine", "coverage/mine", "glossary/mine"])
def test_a_pack_has_names_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    pack = write(tmp_path, "p.toml", PACK.replace("{fixed}", "bar").replace("ours/foo", name))
    assert main(["rules", "test", str(pack)]) == 2
    assert "Choose a family name of your own" in capsys.readouterr().err


@pytest.mark.parametrize(
    "bad", ["[{text = 3}]", '[{text = "A <v>foo</v>.", fixed = 3}]', "[3]", "[" * 5000 + "]" * 5000]
)
def test_examples_that_are_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str) -> None:
    pack = write(tmp_path, "p.toml", PACK.replace('[["A <v>foo</v>.", "A {fixed}."]]', bad))
    assert main(["rules", "test", str(pack)]) == 2
    assert str(pack) in capsys.readouterr().err


def test_a_pack_path_with_a_null_byte() -> None:
    with pytest.raises(UserError, match="cannot read the pack"):
        stilted.check(ENGLISH, packs=["a\0b"])


def test_the_model_card_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tagger", "info"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 120
    assert any(line.startswith("encoder: ") for line in lines)
    points = [line for line in lines if re.match(r"    (?:high|medium|low): mpp 0\.\d", line)]
    assert len(points) == 9  # three points for each reading: alone, declared a translation, with a reference
    assert any(line.startswith("id: stilted-adequacy-") for line in lines)
