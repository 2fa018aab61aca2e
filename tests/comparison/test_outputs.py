"""A comparison in every format, each read back by a schema or a second parser, and through the command."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from stilted import compare_files, render
from stilted.cli import main
from stilted.comparison import Comparison, compare
from stilted.comparison.units import Unit, find_shared, pair_units
from stilted.core.errors import UserError
from stilted.core.model import Document, Segment

SARIF = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-schema-2.1.0.json").read_text("utf-8"))
RULES = ["mechanics/doubled-word"]

GOOD = [f"The ferry number {n} left the old harbour on Monday." for n in range(30)]
HUMAN = [f"On Monday, ferry number {n} sailed from the old port." for n in range(30)]
KEPT = "She was with with <b>them</b> & is 𝒳 “so”."
HOSTILE = "The the </script><script>window.pwned=1</script> ferry\u202e @all [left](http://x.invalid) it."


def text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


@cache
def compared(kind: str) -> Comparison:
    """Two versions with one kept finding; in the other sentences findings come, or go."""
    bad = [KEPT, HOSTILE, *(f"The the{line[3:]}" for line in GOOD[2:])]
    good = [KEPT, *GOOD[1:]]
    old, new = {"worse": (good, bad), "better": (bad, good), "same": (good, good)}[kind]
    names = ("en/<old> file.txt", "en/<new> file.txt")
    return compare(text(old), text(new), text(HUMAN), names=names, align="lines", select=RULES)


def test_verdicts_are_those_the_names_promise() -> None:
    verdicts = [compared(kind).verdict for kind in ("worse", "better", "same")]
    assert verdicts == ["worse", "better", "no difference shown"]
    assert [len(compared(kind).introduced) for kind in ("worse", "better", "same")] == [29, 0, 0]


@pytest.mark.parametrize("name", render.list_formats())
@pytest.mark.parametrize("kind", ["worse", "better", "same"])
def test_every_format_gives_the_same_bytes_twice_and_no_control_character(name: str, kind: str) -> None:
    shown = compared(kind).rendered(name)
    assert shown == compared(kind).rendered(name)
    assert shown.endswith("\n")
    assert "\u202e" not in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def test_an_unknown_format_is_told_with_the_closest_one() -> None:
    with pytest.raises(UserError, match="Did you mean 'sarif'"):
        compared("same").rendered("sarfi")


def test_jsonl_holds_every_finding_with_its_state_and_the_verdict() -> None:
    lines = [json.loads(line) for line in compared("worse").rendered("jsonl").splitlines()]
    assert [line["state"] for line in lines[:-1]] == ["new"] * 29 + ["kept"]
    assert lines[0]["line"] == 2
    assert {line["file"] for line in lines} == {"en/<new> file.txt"}
    assert (lines[-1]["type"], lines[-1]["verdict"]) == ("verdict", "worse")
    assert lines[-1]["against"] == "en/<old> file.txt"
    fixed = json.loads(compared("better").rendered("jsonl").splitlines()[0])
    assert (fixed["state"], fixed["file"]) == ("fixed", "en/<old> file.txt")


def log(kind: str) -> Any:
    data = json.loads(compared(kind).rendered("sarif"))
    jsonschema.Draft4Validator(SARIF).validate(data)
    return data["runs"][0]["results"]


def test_sarif_states_are_those_of_the_standard() -> None:
    worse, better = log("worse"), log("better")
    assert sorted(result["baselineState"] for result in worse) == ["new"] * 29 + ["unchanged"]
    assert sorted(result["baselineState"] for result in better) == ["absent"] * 29 + ["unchanged"]
    files = {
        result["baselineState"]: result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in better
    }
    assert files == {"unchanged": "en/%3Cnew%3E%20file.txt", "absent": "en/%3Cold%3E%20file.txt"}
    prints = [tuple(sorted(result["partialFingerprints"].items())) for result in better]
    assert len(set(prints)) == 30


def test_junit_has_a_test_for_the_verdict_that_fails_when_the_new_version_is_worse() -> None:
    for kind, inside in (("worse", "failure"), ("better", None), ("same", "skipped")):
        root = ElementTree.fromstring(compared(kind).rendered("junit"))
        (verdict,) = root.findall(".//testcase[@name='verdict']")
        assert [child.tag for child in verdict if child.tag != "system-out"] == [inside] * (inside is not None)
        assert int(root.get("failures", "")) == len(root.findall(".//failure"))
        assert bool(root.findall(".//failure")) == (kind == "worse")
        assert len(root.findall(".//testcase")) == 1 + len(compared(kind).introduced)
    failure = ElementTree.fromstring(compared("worse").rendered("junit")).find(".//failure[@type='verdict']")
    assert failure is not None
    assert "en/<new> file.txt against en/<old> file.txt: worse." in failure.get("message", "")


def test_what_was_there_before_is_no_issue_of_a_code_host() -> None:
    gitlab = json.loads(compared("worse").rendered("gitlab"))
    assert len({issue["fingerprint"] for issue in gitlab}) == 29
    assert min(issue["location"]["positions"]["begin"]["line"] for issue in gitlab) == 2
    diagnostics = json.loads(compared("worse").rendered("rdjson"))["diagnostics"]
    assert min(d["location"]["range"]["start"]["line"] for d in diagnostics) == 2
    assert len(ElementTree.fromstring(compared("worse").rendered("checkstyle")).findall(".//error")) == 29
    commands = compared("worse").rendered("github").splitlines()
    assert commands[0].startswith("::warning file=en/<new> file.txt,line=2,")
    assert "Failed. en/<new> file.txt against en/<old> file.txt: worse." in commands[-1]
    for name, nothing in (("gitlab", []), ("rdjson", {"source": {"name": "stilted"}, "diagnostics": []})):
        assert json.loads(compared("better").rendered(name)) == nothing


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.keys: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.keys |= {key for key, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_page_is_escaped_and_holds_all() -> None:
    page = compared("worse").to_html()
    reader = read(page)
    assert {"script", "img", "iframe"}.isdisjoint(reader.tags)
    assert not {key for key in reader.keys if key.startswith("on")} | (reader.keys & {"style", "src"})
    assert "script-src 'none'" in page
    assert "</script><script>window.pwned=1</script>" in reader.text
    assert reader.tags.count("li") == 30 + len(compared("worse").reasons)
    for words in ("Worse", "en/<new> file.txt", "against en/<old> file.txt", "New findings (29)", "Kept findings (1)"):
        assert words in reader.text
    assert all(" ".join(reason.split()) in " ".join(reader.text.split()) for reason in compared("worse").reasons)


def test_the_page_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from stilted.comparison import page

    monkeypatch.setattr(page, "LISTED", 5)
    reader = read(compared("worse").to_html())
    assert reader.tags.count("li") == 6 + len(compared("worse").reasons)
    assert "And 24 more findings" in reader.text


# the command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    versions = {"old.txt": GOOD, "new.txt": [f"The the{line[3:]}" for line in GOOD], "human.txt": HUMAN}
    for name, lines in versions.items():
        Path(name).write_text(text(lines), "utf-8")
    return ["compare", "old.txt", "new.txt", "--reference", "human.txt", "--select", "mechanics", "--align", "lines"]


@pytest.mark.long
def test_markdown_is_short_enough_for_a_comment() -> None:
    """The longest sentence there can be is a thousand characters, and escaping makes it longer."""
    bad = [f"{'<*_$&@a' * 40} the the boats {n} came back to the harbour {'|#1 ' * 40}" for n in range(120)]
    good = [line.replace("the the", "the") for line in bad]
    human = [f"On Monday, ferry number {n} sailed." for n in range(120)]
    versions = (text(good[:60] + bad[60:]), text(bad[:60] + good[60:]))
    names = ("o" * 30_000, "n" * 30_000)
    pair = compare(*versions, text(human), names=names, align="lines", select=["mechanics", "coverage", "length"])
    heavy = dataclasses.replace(
        pair,
        introduced=tuple(dataclasses.replace(f, message="<$@a" * 200) for f in pair.introduced),
        fixed=tuple(dataclasses.replace(f, message="<$@a" * 200) for f in pair.fixed),
    )
    heavy = dataclasses.replace(
        heavy,
        old=dataclasses.replace(pair.old, findings=(*heavy.fixed,)),
        new=dataclasses.replace(pair.new, findings=(*heavy.introduced,)),
    )
    shown = heavy.to_markdown()
    assert 40_000 < len(shown) <= 60_000
    for label, findings in (("New", heavy.introduced), ("Fixed", heavy.fixed)):
        assert f"### {label} findings ({len(findings)})" in shown
    listed = len(re.findall("^- minor, ", shown, re.MULTILINE))
    left = [int(number) for number in re.findall("^- and ([0-9]+) more finding", shown, re.MULTILINE)]
    assert listed + sum(left) == len(heavy.introduced) + len(heavy.fixed)
    assert len(left) == 2


def test_accepted_phrases_count_and_gates_do_not(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("stilted.toml").write_text(
        'select = ["mechanics"]\nmin-bleu = 99\nfail-on = ["minor"]\nno-worse-than-baseline = true\n', "utf-8"
    )
    main([*files, "--format", "json"])
    before = json.loads(capsys.readouterr().out)
    assert before["introduced"]
    Path(".stilted-ignore").write_text("The the  # ours\n", "utf-8")
    assert main([*files, "--format", "json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert [f for f in after["introduced"] if f["text"] == "The the"] == []
    assert after["new"]["report"]["mqm"]["penalty"] < before["new"]["report"]["mqm"]["penalty"]


def test_several_outputs_at_once(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    names = [name for name in render.list_formats() if name != "json"]
    outputs = [word for name in names for word in ("--output", f"{name}=out.{name}")]
    assert main([*files, *outputs, "--format", "json", "--output", "out.json"]) == 1
    assert capsys.readouterr().out == ""
    assert {path.name for path in Path().iterdir()} == {
        "old.txt", "new.txt", "human.txt", *(f"out.{name}" for name in render.list_formats())
    }  # fmt: skip
    comparison = compare_files("old.txt", "new.txt", "human.txt", select=["mechanics"], align="lines")
    for name in render.list_formats():
        assert Path(f"out.{name}").read_text("utf-8") == comparison.rendered(name)
    assert main([*files, "--exit-zero", "--output", "new.html", "--format", "html"]) == 0


def test_the_same_file_twice_is_a_slip_but_a_copy_is_an_answer(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("link.txt").symlink_to("old.txt")
    for new in ("old.txt", "link.txt"):
        assert main([*files[:2], new, *files[3:]]) == 2
        assert f"{new}: the old and the new version are the same file. Give two files." in capsys.readouterr().err
    Path("copy.txt").write_bytes(Path("old.txt").read_bytes())
    assert main([*files[:2], "copy.txt", *files[3:]]) == 0
    assert "Both versions are the same text." in capsys.readouterr().out


def test_a_glossary_a_pack_and_preview_count(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("terms.csv").write_text("preferred,forbidden\nport,harbour\n", "utf-8")
    Path("ours.toml").write_text(PACK, "utf-8")
    options = ["--glossary", "terms.csv", "--pack", "ours.toml", "--preview", "--format", "json", "--exit-zero"]
    assert main([*files[:5], "--select", "glossary,ours", *options]) == 0
    rules = {finding["rule"] for finding in json.loads(capsys.readouterr().out)["kept"]}
    assert rules == {"glossary/forbidden-term", "ours/left"}


PACK = """
[[rule]]
id = "ours/left"
pattern = "left the old"
message = "“{match}” is not our style."
category = "Style/Unidiomatic style"
severity = "minor"
status = "preview"
why = "We sail."
bad = ["They <v>left the old</v> pier."]
good = ["They sailed from the pier."]
"""


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--format", "sarfi"], "Did you mean 'sarif'?"),
        (["--output", "jnit=x.xml"], "Did you mean 'junit'?"),
        (["--output", "json=x", "--output", "html=./x"], "two reports go to this file"),
        (["--output", "."], "the output is a directory"),
        (["--output", "none/x"], "cannot write"),
        (["--select", "mechanicz"], "Did you mean 'mechanics'?"),
        (["--glossary", "none.csv"], "none.csv"),
        (["--format-in", "txet"], "Did you mean 'text'?"),
    ],
)
def test_what_is_wrong_is_told(
    files: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], what: str
) -> None:
    assert main([*files, *arguments]) == 2
    shown = capsys.readouterr()
    assert (shown.out, len(shown.err.splitlines())) == ("", 1)
    assert what in shown.err
    assert {path.suffix for path in Path().iterdir()} == {".txt"}


def catalogue(name: str, *strings: tuple[str, str, str | None]) -> Document:
    rows = tuple(Segment(*row) for row in strings)
    return Document(name, rows, has_reference=True, file="the file", format="json")


def test_strings_of_catalogues_are_compared_by_id() -> None:
    """The order may differ, a string be missing, an id stand twice."""
    old = catalogue("old", ("a", "A boat.", "One boat."), ("b", "Open!", "Do open."), ("b", "Shut!", "Do shut."))
    new = catalogue(
        "new",
        ("x", "Alone.", None),
        ("b", "Open it!", "Do open."),
        ("c", "New!", "It is new."),
        ("a", "Boat.", "One boat."),
    )
    assert pair_units(old, new) == (
        Unit("A boat.", "Boat.", "One boat."),
        Unit("Open!", "Open it!", "Do open."),
        Unit("Shut!", "", "Do shut."),
        Unit("", "New!", "It is new."),
    )
    _, place = find_shared(old, new)
    assert [place(segment) for segment in new.segments] == [None, 1, 3, 0]
    with pytest.raises(UserError, match="one version is running text, the other a catalogue of strings"):
        pair_units(compared("same").old.document, new)
    with pytest.raises(ValueError, match="one reference"):
        pair_units(catalogue("old", ("a", "A boat.", None)), catalogue("new", ("a", "Boat.", None)))


def test_a_step_of_github_gets_the_comparison_as_its_summary(
    files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = Path("summary.md")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main([*files, "--format", "json"]) == 1
    assert not summary.exists()
    assert main([*files, "--format", "github"]) == 1
    assert summary.read_text("utf-8").startswith("## new.txt against old.txt: worse\n")
    out = capsys.readouterr().out
    assert out.count("::warning ") == 1
    assert " more times: " in out
    os.remove(summary)
    assert main([*files, "--output", "github=commands.log"]) == 1
    assert summary.is_file()
