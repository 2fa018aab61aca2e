"""Formats for machines: each one read back by a schema or by a second parser, on hostile reports too."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

import nasty
import stilted.render
from stilted import api, formats
from stilted.core.foreign import clean
from stilted.core.model import Example, Finding, Report, Rule, Unjudged
from stilted.render import annotations, checkstyle, comment, github, gitlab, html, jsonl, junit, markdown, rdjson, sarif
from stilted.render.markdown_text import escape, quote_code

FORMATS = (checkstyle, github, gitlab, jsonl, junit, markdown, rdjson, sarif)
REPORTS = dict(nasty.all_reports())
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.__name__.rpartition(".")[2])

LETTERS = string.ascii_letters + string.digits
LINE_END = re.compile(r"\r\n|\r|\n")
SARIF = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-schema-2.1.0.json").read_text("utf-8"))


def many(count: int, report: Report | None = None) -> Report:
    """A report with *count* findings over the same words, of mixed severities, no two of them the same thing."""
    report = report or REPORTS["small"]
    severities = ("neutral", "minor", "major", "critical")
    findings = [
        dataclasses.replace(
            report.findings[0], severity=severities[n % 4], suggestions=(f"way {n}",), fingerprint=f"{n:016x}"
        )
        for n in range(count)
    ]
    return dataclasses.replace(report, findings=tuple(findings))


def named(name: str, report: Report | None = None) -> Report:
    report = report or REPORTS["small"]
    return dataclasses.replace(report, document=dataclasses.replace(report.document, name=name))


def quoted(report: Report, start: tuple[int, int], end: tuple[int, int]) -> str:
    """What an editor selects between two (line, column) pairs."""
    text = report.document.target or ""
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    return text[starts[start[0] - 1] + start[1] - 1 : starts[end[0] - 1] + end[1] - 1]


def in_order(report: Report) -> list[Finding]:
    return sorted(report.findings, key=lambda f: (f.segment, f.segment_start, f.segment_end, f.rule))


# all of them


@each_format
@each_report
def test_one_file_is_a_run_of_one_file(form: Any, report: Report) -> None:
    assert form.render(report) == form.render_all([report]) == stilted.render.render_reports(_name(form), [report])


def _name(form: Any) -> str:
    return str(form.__name__.rpartition(".")[2])


@each_format
def test_files_stand_in_the_order_they_were_given(form: Any) -> None:
    text = form.render_all([named("docs/b.txt"), named("docs/a.txt"), named("c.txt", REPORTS["quiet"])])
    assert text.index("docs/b.txt") < text.index("docs/a.txt")
    text.encode()


@each_format
def test_findings_that_a_baseline_accepts_are_left_out(form: Any) -> None:
    report = REPORTS["small"]
    first, *others = report.findings
    accepted = dataclasses.replace(report, findings=(dataclasses.replace(first, in_baseline=True), *others))
    text = form.render(accepted)
    if form is jsonl:
        assert [json.loads(line).get("known") for line in text.splitlines()] == [True, *[False] * 5, None]
        return
    assert first.rule not in text
    assert first.rule.replace("/", ".") not in text
    assert others[0].message in text
    if form in (github, junit, markdown, sarif):
        assert "1 finding is accepted by the baseline and not shown." in text


@pytest.mark.parametrize("form", [github, markdown, sarif])
def test_what_is_to_be_said_of_many_files_is_said_once(form: Any) -> None:
    report = dataclasses.replace(REPORTS["small"], notes=("a note.",))
    known = tuple(dataclasses.replace(finding, in_baseline=True) for finding in report.findings)
    many = [
        named(f"docs/{number}.txt", dataclasses.replace(report, findings=known, notes=(*report.notes, "1 of 2 units.")))
        for number in range(40)
    ]
    text = form.render_all(many)
    assert f"{40 * len(known)} findings are accepted by the baseline and not shown." in text
    assert text.count("accepted by the baseline") == text.count("1 of 2 units.") == text.count("a note.") == 1
    assert "docs/0.txt, docs/1.txt, docs/2.txt, docs/3.txt, docs/4.txt, docs/5.txt and 34 more: a note." in text


@given(st.text(st.sampled_from("a `\\*|[]<&$\n"), min_size=1).filter(lambda text: text.strip("\n ")))
def test_code_in_markdown_shows_what_it_is(text: str) -> None:
    (block,) = [token for token in MarkdownIt().parse(f"Pattern: {quote_code(text)}") if token.type == "inline"]
    assert block.children is not None
    assert [child.type for child in block.children] == ["text", "code_inline"]
    assert block.children[1].content == clean(text).strip()


@each_format
def test_no_file_at_all_is_still_well_formed(form: Any) -> None:
    text = form.render_all([])
    if form in (junit, checkstyle):
        assert list(ElementTree.fromstring(text.encode())) == []
    elif form in (github, markdown):
        assert "0 findings in 0 files." in text
    elif form is sarif:
        assert [run["results"] for run in json.loads(text)["runs"]] == [[]]
    else:
        assert (
            text == ""
            if form is jsonl
            else json.loads(text) in ([], {"source": {"name": "stilted"}, "diagnostics": []})
        )


UNJUDGED = (
    Unjudged("docs/odd\n::error::name.md", "it is [no text](x) <b>\x1b", "Look at it."),
    Unjudged("docs/bare.md", "the translation is German (de), not English"),
)


@each_format
@pytest.mark.parametrize("judged", [(), (REPORTS["small"],), (REPORTS["small"], REPORTS["quiet"])], ids=len)
def test_files_that_could_not_be_judged_are_named_and_nothing_else_changes(form: Any, judged: Any) -> None:
    without, text = form.render_all(judged), form.render_all(judged, UNJUDGED)
    assert text != without
    assert form.render_all(judged, ()) == without
    told = text.replace("\\", "")  # Markdown breaks its marks
    assert "Look at it." in told
    assert "the translation is German (de), not English" in told
    assert "docs/bare.md" in told
    assert "\x1b" not in text
    assert "\n::error::name" not in text


def test_github_leaves_room_for_files_that_could_not_be_judged() -> None:
    files = [Unjudged(f"docs/{n}.md", "it is empty") for n in range(4)]
    said = commands(github.render_all([many(100)], files))
    errors = [where for kind, where, _ in said if kind == "error"]
    assert [where["file"] for where in errors[:5]] == [*(file.file for file in files), "boats.en.txt"]
    assert len(errors) == 10
    assert "4 files could not be judged." in said[-1][2]
    crowd = commands(github.render_all([many(100)], [Unjudged(f"{n}.md", "it is empty") for n in range(30)]))
    assert [where["title"] for kind, where, _ in crowd if kind == "error"] == ["could not tell"] * 10
    assert "30 files could not be judged." in crowd[-1][2]


@pytest.mark.parametrize(
    ("given_name", "path"),
    [
        ("./docs/a.md", "docs/a.md"),
        ("docs//x/../a b.md", "docs/a b.md"),
        ("../other/a.md", "../other/a.md"),
        ("docs\\a.md", "docs/a.md"),
        ("C:\\Users\\me\\a.md", "Users/me/a.md"),
        ("/home/me/a.md", "home/me/a.md"),
        ("", "translation"),
        (".", "translation"),
        ("/", "translation"),
    ],
)
def test_paths_are_relative_with_forward_slashes(given_name: str, path: str) -> None:
    assert annotations.make_path(given_name) == path
    report = named(given_name)
    assert json.loads(gitlab.render(report))[0]["location"]["path"] == path
    assert f"file={path}," in github.render(report)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/a b.md", "docs/a%20b.md"),
        ("a:b?c#d%e.md", "a%3Ab%3Fc%23d%25e.md"),
        ("文档/é.md", "%E6%96%87%E6%A1%A3/%C3%A9.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("odd\ud800.md", "odd%EF%BF%BD.md"),
    ],
)
def test_addresses_are_percent_encoded(path: str, uri: str) -> None:
    assert annotations.make_uri(path) == uri


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_sentence_is_one_line_and_bounded(text: str, message: str, suggestion: str) -> None:
    report = many(1)
    finding = dataclasses.replace(report.findings[0], text=text, message=message * 30, suggestions=(suggestion,) * 20)
    (issue,) = annotations.list_issues([dataclasses.replace(report, findings=(finding,))])
    said = annotations.describe_issue(issue)
    assert len(said) <= annotations.TEXT
    assert said == clean(said)


def test_what_is_missing_is_told_once_and_its_sentences_end() -> None:
    report = stilted.check(
        "She walked to the station.\n\nWe met there at noon.\n",
        reference="She walked to the station.\n\nRain fell on the empty pier\n\nWe met there at noon.\n",
        select="coverage",
    )
    (issue,) = annotations.list_issues([report])
    missing = "“Rain fell on the empty pier”"
    assert annotations.describe_issue(issue) == f"The reference says here: {missing}. Write {missing}."


@pytest.mark.parametrize(("form", "suffix"), [(github, "log"), (gitlab, "json"), (junit, "xml"), (markdown, "md")])
def test_goldens(form: Any, suffix: str, golden: Callable[[str, str], None]) -> None:
    golden(f"boats.{_name(form)}.{suffix}", form.render_all([REPORTS["small"], REPORTS["quiet"], REPORTS["loose"]]))


# SARIF


def test_sarif_of_a_run_that_could_not_judge_all_is_no_success() -> None:
    run = log(REPORTS["small"], unjudged=UNJUDGED)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    errors = [each for each in invocation["toolExecutionNotifications"] if each["level"] == "error"]
    assert [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in errors] == [
        annotations.make_uri(annotations.make_path(file.file)) for file in UNJUDGED
    ]
    assert "](" not in errors[0]["message"]["text"]
    assert log(REPORTS["small"])["invocations"][0]["executionSuccessful"] is True


def log(*reports: Report, unjudged: Sequence[Unjudged] = ()) -> Any:
    data = json.loads(sarif.render_all(reports, unjudged))
    jsonschema.Draft4Validator(SARIF).validate(data)
    return data["runs"][0]


@each_report
def test_sarif_is_what_the_oasis_schema_says(report: Report) -> None:
    run = log(report)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert 1 < len(rule["properties"]["tags"]) <= 10
    assert len({rule["id"] for rule in rules}) == len(rules)


@each_report
def test_sarif_regions_select_the_words_and_fixes_replace_them(report: Report) -> None:
    results = log(report)["results"]
    for result, finding in zip(results, in_order(report), strict=True):
        assert 0 < len(result["message"]["text"]) <= 1024
        assert result["level"] == annotations.LEVELS[finding.severity]
        physical = result["locations"][0]["physicalLocation"]
        if finding.start is None:
            assert "region" not in physical
            assert "fixes" not in result
            assert result["locations"][0]["logicalLocations"][0]["name"] == f"s{finding.segment + 1}"
            continue
        region = physical["region"]
        ends = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
        assert quoted(report, *ends) == finding.text
        if not finding.suggestions:
            assert "fixes" not in result
            continue
        (change,) = result["fixes"][0]["artifactChanges"]
        (replacement,) = change["replacements"]
        assert replacement["deletedRegion"] == region
        assert replacement.get("insertedContent", {"text": ""})["text"] == finding.suggestions[0]


def test_sarif_fingerprints_are_ours_and_differ() -> None:
    report = REPORTS["small"]
    prints = [result["partialFingerprints"]["stilted/v1"] for result in log(report)["results"]]
    assert prints == [f"{finding.fingerprint}:1" for finding in in_order(report)]
    twice = [result["partialFingerprints"]["stilted/v1"] for result in log(report, report)["results"]]
    assert len(set(twice)) == 12


@pytest.mark.long
def test_sarif_keeps_the_worst_and_says_how_many_it_left_out() -> None:
    run = json.loads(sarif.render(many(sarif.MAX_RESULTS + 11)))["runs"][0]
    kept = Counter(result["properties"]["severity"] for result in run["results"])
    assert kept == {"critical": 1252, "major": 1253, "minor": 1253, "neutral": 1242}
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("11 findings beyond the 5,000 worst left out")
    assert "toolExecutionNotifications" not in log(many(10))["invocations"][0]


@pytest.mark.long
def test_sarif_keeps_to_every_limit_of_an_upload() -> None:
    """What GitHub's documentation of SARIF uploads lists: beyond these a file is refused, or cut without a word."""
    report = many(sarif.MAX_RESULTS + 1)
    noise = random.Random(7)
    wordy = [
        dataclasses.replace(f, rule=f"ours/rule-{n}", suggestions=("".join(noise.choices(LETTERS, k=4000)),))
        for n, f in enumerate(report.findings)
    ]
    text = sarif.render(dataclasses.replace(report, findings=tuple(wordy)))
    assert len(gzip.compress(text.encode())) <= 10_000_000 < len(text.encode())
    (run,) = json.loads(text)["runs"]
    assert len(run["results"]) == 2500
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == (
        "2,501 findings beyond the 2,500 worst left out: code scanning takes no larger a file of one run."
    )
    assert {result["properties"]["severity"] for result in run["results"]} == {"critical", "major"}
    assert len(run["tool"]["driver"]["rules"]) == 2500 <= 25_000
    assert "extensions" not in run["tool"]
    assert all(len(result["locations"]) == 1 and "codeFlows" not in result for result in run["results"])
    assert all(len(rule["properties"]["tags"]) <= 10 for rule in run["tool"]["driver"]["rules"])


def test_sarif_says_what_did_not_run() -> None:
    notes = log(REPORTS["small"])["invocations"][0]["toolConfigurationNotifications"]
    assert notes[0]["message"]["text"] == "Not run: src/number-mismatch, src/untranslated (needs the source text)."


def test_sarif_explains_a_rule_by_its_examples() -> None:
    bad = Example.of("We <v>shouldn’t *mix* it</v>.", "We have no business in it.")
    rule = Rule(
        "zh/mix", "Accuracy/Mistranslation", "critical", "“{match}” says nothing.", "Chinese 混.", lambda _: (),
        (bad,), (Example.of("Mix the flour."),), confidence=0.95,
    )  # fmt: skip
    (described,) = log(
        dataclasses.replace(REPORTS["loose"], findings=REPORTS["loose"].findings[:1], rules={rule.id: rule})
    )["tool"]["driver"]["rules"]
    assert described["shortDescription"]["text"] == "“shouldn’t *mix* it” says nothing."
    assert described["help"]["text"].split("\n") == [
        "Chinese 混.",
        "Found: We shouldn’t *mix* it. Better: We have no business in it.",
        "Left alone: Mix the flour.",
    ]
    assert "- “We **shouldn’t \\*mix\\* it**.”\n  → “We have no business in it.”" in described["help"]["markdown"]
    assert described["properties"]["precision"] == "very-high"


def test_a_link_in_the_translation_is_none_in_a_message() -> None:
    report = nasty.build("a", [("<v>[x](http://evil.example)</v>", None, (nasty.MIX,))])
    assert "](" not in log(report)["results"][0]["message"]["text"]


# GitHub

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does: split at commas and colons, then undo the escapes."""
    parsed = []
    for line in text.split("\n")[:-1]:
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (part.partition("=") for part in match[2].split(","))
        properties = {key: _unescape(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
        parsed.append((match[1], properties, _unescape(match[3], {})))
    return parsed


def _unescape(text: str, more: dict[str, str]) -> str:
    table = {"%25": "%", "%0D": "\r", "%0A": "\n"} | more
    assert set(re.findall(r"%..", text)) <= set(table)
    return re.sub(r"%..", lambda match: table[match[0]], text)


@each_report
def test_github_commands_say_what_and_where(report: Report) -> None:
    *annotations, (kind, properties, notice) = commands(github.render(report))
    assert (kind, properties) == ("notice", {"title": "stilted"})
    assert notice.startswith(f"{len(report.findings)} finding")
    findings = sorted(in_order(report), key=lambda f: ["critical", "major", "minor", "neutral"].index(f.severity))
    for (_, where, message), finding in zip(annotations, findings, strict=True):
        assert where["title"] == f"{finding.severity}: {clean(finding.rule)}"
        assert clean(finding.message)[:50] in message
        assert ("line" in where) == (finding.start is not None)
        if "col" in where:
            ends = (int(where["line"]), int(where["col"])), (int(where["endLine"]), int(where["endColumn"]))
            assert quoted(report, *ends) == finding.text


def test_github_leaves_out_columns_where_a_finding_spans_lines() -> None:
    (_, where, _), _ = commands(github.render(nasty.build("a", [("<v>mix\nit</v>", None, (nasty.MIX,))])))
    assert where.keys() == {"file", "line", "endLine", "title"}


def test_github_shows_the_worst_of_each_kind_and_counts_the_rest() -> None:
    annotations = commands(github.render_all([many(100), named("b.txt")]))
    kinds = Counter(kind for kind, _, _ in annotations)
    assert kinds == {"error": 10, "warning": 10, "notice": 10}
    assert {where["title"].split(":")[0] for kind, where, _ in annotations if kind == "error"} == {"critical"}
    assert "77 findings not shown here" in annotations[-1][2]
    assert "b.txt: Failed." in annotations[-1][2]


def test_the_step_summary_keeps_to_its_limit_in_bytes() -> None:
    rows = [
        ("".join(f"<v>漢字{n}</v> " for n in range(at, at + 50)), None, [nasty.MIX] * 50) for at in range(0, 20_000, 50)
    ]
    wide = nasty.build("文.txt", rows)
    text = github.write_step_summary([wide])
    assert len(text.encode()) <= github.SUMMARY_BYTES
    assert len(text.encode()) > github.SUMMARY_BYTES * 0.8
    assert "findings left out here" in text
    assert github.write_step_summary([REPORTS["small"]]) == markdown.render(REPORTS["small"])


def test_github_tells_the_same_thing_once_with_its_places() -> None:
    rows = [("We <v>mix it</v> here.", None, [nasty.MIX]), ("They <v>Mix it</v> there.", None, [nasty.MIX])]
    annotations = commands(github.render(nasty.build("a", rows)))
    assert [kind for kind, _, _ in annotations] == ["error", "notice"]
    assert annotations[0][2].endswith("1 more time: 1:22.")
    assert "not shown" not in annotations[1][2]


# GitLab

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "positions"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/|\\./|[A-Za-z]:)"},
                    "positions": {
                        "type": "object",
                        "required": ["begin", "end"],
                        "additionalProperties": {
                            "type": "object",
                            "required": ["line", "column"],
                            "additionalProperties": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


@each_report
def test_gitlab_issues_are_complete_and_unique(report: Report) -> None:
    data = json.loads(gitlab.render_all([report, report], UNJUDGED))
    jsonschema.Draft202012Validator(GITLAB).validate(data)
    assert len({issue["fingerprint"] for issue in data}) == len(data) == 2 * len(report.findings) + len(UNJUDGED)
    for issue, finding in zip(data[len(UNJUDGED) :], in_order(report), strict=False):
        assert issue["severity"] == {"neutral": "info"}.get(finding.severity, finding.severity)
        begin, end = issue["location"]["positions"]["begin"], issue["location"]["positions"]["end"]
        if finding.start is not None:
            ends = (begin["line"], begin["column"]), (end["line"], end["column"])
            assert quoted(report, *ends) == finding.text


def test_a_fingerprint_stays_when_other_findings_come_and_go() -> None:
    report = REPORTS["small"]
    fewer = dataclasses.replace(report, findings=report.findings[1:])
    before, after = (
        [issue["fingerprint"] for issue in json.loads(gitlab.render(version))] for version in (report, fewer)
    )
    assert before[1:] == after


# XML


@each_report
def test_junit_counts_what_it_holds(report: Report) -> None:
    root = ElementTree.fromstring(junit.render_all([report, report], UNJUDGED))
    assert root.tag == "testsuites"
    assert [len(suite.findall("testcase/error")) for suite in root] == [0, 0, 1, 1]
    for element in (root, *root):
        for attribute, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("skipped", "skipped"),
            ("errors", "error"),
        ):
            assert element.get(attribute) == str(len(list(element.iter(tag))))
    cases = list(root[0])
    assert len({case.get("name") for case in cases}) == len(cases) == len({f.segment for f in report.findings}) + 1
    for case in cases:
        assert len(case.findall("failure") + case.findall("skipped")) <= 1
    assert cases[-1].get("name") == "verdict"


def test_junit_fails_sentences_and_the_verdict() -> None:
    report = REPORTS["small"]
    suite = ElementTree.fromstring(junit.render(report))[0]
    kinds = [[child.tag for child in case] for case in suite]
    assert kinds == [["failure", "system-out"], ["failure"], ["system-out"], ["failure"], ["system-out"], [*kinds[5]]]
    assert kinds[5] == ["failure", "system-out"]
    assert suite[0].get("line") == "3"
    mild = tuple(finding for finding in report.findings if finding.severity in ("minor", "neutral"))
    suite = ElementTree.fromstring(junit.render(dataclasses.replace(report, findings=mild)))[0]
    red = [failure.get("type") for failure in suite.findall("testcase/failure")]
    assert red == ["minor"] * sum(finding.severity == "minor" for finding in mild) + ["verdict"]
    for passed in (True, None):
        let_through = dataclasses.replace(report, verdict=dataclasses.replace(report.verdict, passed=passed))
        assert ElementTree.fromstring(junit.render(let_through)).get("failures") == "0"
    withheld = ElementTree.fromstring(junit.render(REPORTS["quiet"]))
    assert (withheld.get("tests"), withheld.get("skipped")) == ("1", "1")


@each_report
def test_checkstyle_is_read_back(report: Report) -> None:
    root = ElementTree.fromstring(checkstyle.render(report))
    (file,) = root
    assert file.get("name")
    for error, finding in zip(file, in_order(report), strict=True):
        assert error.get("severity") == {"note": "info"}.get(
            annotations.LEVELS[finding.severity], error.get("severity")
        )
        assert str(error.get("source")).startswith("stilted.")
        assert error.get("message")
        assert ("column" in error.attrib) == (finding.start is not None)


@given(st.text(st.characters(), max_size=40))
def test_any_text_gives_well_formed_xml(text: str) -> None:
    report = nasty.build(text, [(f"<v>{text}</v>", None, (nasty.MIX,))] if "<v>" not in text else [])
    for form in (junit, checkstyle):
        ElementTree.fromstring(form.render(report).encode("utf-8"))


# reviewdog


@each_report
def test_rdjson_columns_are_bytes(report: Report) -> None:
    text = (report.document.target or "").encode("utf-8", "surrogatepass")
    starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", text))]
    data = json.loads(rdjson.render(report))
    assert data["source"] == {"name": "stilted"}
    for diagnostic, finding in zip(data["diagnostics"], in_order(report), strict=True):
        assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO")
        assert diagnostic["code"]["value"] == clean(finding.rule)
        if finding.start is None:
            assert diagnostic["location"].keys() == {"path"}
            continue
        place = diagnostic["location"]["range"]
        start, end = (starts[place[k]["line"] - 1] + place[k]["column"] - 1 for k in ("start", "end"))
        assert text[start:end] == finding.text.encode("utf-8", "surrogatepass")
        suggestions = diagnostic.get("suggestions", [])
        assert [suggestion["text"] for suggestion in suggestions] == list(finding.suggestions)
        assert all(suggestion["range"] == place for suggestion in suggestions)


# JSON lines


@each_report
def test_every_line_is_a_finding_or_a_verdict(report: Report) -> None:
    lines = [json.loads(line) for line in jsonl.render_all([report, report]).split("\n")[:-1]]
    assert [line["type"] for line in lines] == [*["finding"] * len(report.findings), "verdict"] * 2
    for line, finding in zip(lines, report.findings, strict=False):
        assert (line["rule"], line["text"], line["fingerprint"]) == (finding.rule, finding.text, finding.fingerprint)
    assert lines[-1]["verdict"]["passed"] == report.verdict.passed
    assert len(lines[-1]["skipped"]) == len(report.skipped)


# Markdown

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"<sub>", "</sub>", "<span>", "</span>"}
BLOCKS = re.compile(r"<details><summary>Figures: .*</summary>|</details>")


def inline(text: str) -> list[Token]:
    return [child for token in PARSER.parse(text) for child in token.children or ()]


def shown(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in ("text", "text_special"))


@each_report
def test_markup_in_a_translation_stays_text(report: Report) -> None:
    text = markdown.render(report)
    kinds = {token.type for token in inline(text)}
    assert kinds <= {"text", "html_inline", "strong_open", "strong_close", "em_open", "em_close"}
    assert {token.content for token in inline(text) if token.type == "html_inline"} <= OURS
    for token in PARSER.parse(text):
        assert token.type != "html_block" or BLOCKS.fullmatch(token.content.strip())
        assert token.type not in ("fence", "code_block", "blockquote_open", "ordered_list_open", "hr")
    rows = [token for token in PARSER.parse(text) if token.type == "tr_open"]
    scores = 1 + len(report.scores) if report.scores else 0
    assert len(rows) == (1 + len(report.findings) if report.findings else 0) + scores


PIECES = st.sampled_from(
    [
        *"`*_[]{}|~^=#+-!()<>&$\\@:/.%\"' \n\ta1",
        *("1.", "12)", "**", "~~", "```", "<b>", "&lt;", "&#8203;", "\x00", "](", "\u2028", "\xa0"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_escaped_text_shows_as_it_is(text: str) -> None:
    wanted = clean(text).strip()
    for source, find in (
        (f"| a |\n|---|\n| {escape(text)} |\n", lambda tokens: tokens[1:]),
        (f"- x {escape(text)}\n", lambda tokens: tokens),
        (f"{escape(text)}\n", lambda tokens: tokens),
    ):
        inlines = [token for token in PARSER.parse(source) if token.type == "inline"]
        tokens = [child for token in find(inlines) for child in token.children or ()]
        assert {token.type for token in tokens} <= {"text", "text_special", "html_inline"}
        assert {token.content for token in tokens if token.type == "html_inline"} <= OURS
        said = shown(tokens).removeprefix("x ").removeprefix("x")
        assert said.replace("\u200b", "").strip() == wanted


@pytest.mark.parametrize(
    "live", ["@octocat", "#12", "GH-12", "http://a.example", "www.a.example", "a@b.example", ":smile:", "!7", "{+x+}"]
)
def test_what_hosts_look_for_in_the_finished_page_is_broken_up(live: str) -> None:
    (token,) = [token for token in PARSER.parse(escape(f"see {live} there")) if token.type == "inline"]
    assert live not in shown(token.children or [])
    assert live in shown(token.children or []).replace("\u200b", "")


def test_a_comment_says_all_that_a_reviewer_needs() -> None:
    text = markdown.render(REPORTS["small"])
    for words in (
        "## stilted: Failed",
        "6 findings in 1 file: 1 critical, 2 major, 2 minor, 1 neutral.",
        "| critical | 5:27 | we shouldn’t mix it |",
        "*missing:* The ministry had refused it twice.",
        "| minor | 7:1 | Portable boat battery, portable boat charger. |",
        "27.0 to 35.9 | nrefs:1\\|bs:1000",
        "89% of the translation",
        "- Not run: learned/awkward (no model file is installed).",
    ):
        assert words in text


@pytest.mark.parametrize(("limit", "kind"), [(4000, "nasty"), (20_000, "small"), (60_000, "nasty")])
def test_a_comment_keeps_to_its_limit_with_the_worst_findings(limit: int, kind: str) -> None:
    report = many(200, REPORTS[kind])
    text = comment.write_comment([report, *[named(f"{n}.txt", report) for n in range(99)]], limit)
    assert len(text) <= limit
    rows = re.findall(r"^\| (critical|major|minor|neutral) \|", text, re.MULTILINE)
    assert set(rows) <= {"critical"}
    assert f"{20_000 - len(rows):,} findings left out here" in text
    assert re.search(r"- and \d+ more files", text)


def test_files_that_failed_come_first_where_not_all_have_room() -> None:
    passed = [named(f"{n}.txt", REPORTS["loose"]) for n in range(60)]
    reports = [*passed, named("failed.txt", REPORTS["small"])]
    assert re.findall(r"^- \*\*(\S+)\*\*", comment.write_comment(reports, 4000), re.MULTILINE)[0] == "failed.txt"
    notice = commands(github.render_all(reports))[-1][2]
    assert notice.index("failed.txt: Failed.") < notice.index("0.txt: Passed.")
    assert "And 51 more files." in notice


def test_the_worst_verdict_heads_the_comment() -> None:
    loose, quiet, small = REPORTS["loose"], REPORTS["quiet"], REPORTS["small"]
    for reports, word in (([loose], "Passed"), ([loose, quiet], "No verdict"), ([loose, quiet, small], "Failed")):
        assert markdown.render_all(reports).startswith(f"## stilted: {word}\n")


@pytest.mark.parametrize("form", [checkstyle, github, gitlab, junit, rdjson, sarif, markdown, html])
def test_a_placeholder_is_named_as_the_file_has_it(form: Any) -> None:
    catalogue = b'msgid "%s wird gelesen"\nmsgstr "%x is read"\n'
    report = api.check_parsed(formats.parse(catalogue, "a.po", "translation"), select=["markup"])
    assert [finding.text for finding in report.findings] == ["\ufffc"]
    written = form.render(report)
    assert re.search("%(25|&#8203;)?x", written)
    assert clean("\ufffc") not in written
