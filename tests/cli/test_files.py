"""Files, folders, globs and standard input, of any format, and references of any other."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from rights import bound_by_rights
from stilted import api
from stilted.cli import main
from writers import WRITERS

SAMPLES = Path(__file__).parents[2] / "corpora" / "formats"
SAID = (
    "The lamp at the pier is lit at six.",
    "Nine boats leave the harbour at night.",
    "Nobody waits for the last train.",
)
TOLD = (
    "At six the lamp on the pier is lit.",
    "Nine boats sail from the harbour at night.",
    "No one waits for the last train.",
)
QUIET = ["--no-cache", "--select", "mechanics"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(label: str, texts: tuple[str, ...] = SAID, name: str = "") -> str:
    """Write texts in the format with that label, and return the file's name."""
    writer = next(each for each in WRITERS if each.label == label)
    content = writer.write(list(texts))
    path = Path(name + Path(writer.name).suffix if name else writer.name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.replace("{}", "utf-8", 1).encode())
    return str(path)


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["check", *arguments, *QUIET, "--format", "json"]) in (0, 1)
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def test_one_report_a_file_and_a_total(capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        written(label, (*SAID, "She waits for the the train.")) for label in ("po", "markdown", "vtt", "docx", "arb")
    ]
    assert main(["check", *files, *QUIET]) == 0
    output = capsys.readouterr().out
    assert all(f"╭─ {name}:" in output for name in files)
    assert output.rstrip().endswith("5 files: 0 failed, 5 findings.")


def test_a_folder_is_all_texts_in_it_and_each_is_checked_once(capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("docs/deep", ".hidden", "node_modules"):
        Path(place).mkdir(parents=True)
    for place in ("docs/deep/a.md", "docs/b.txt", "docs/data.json", "docs/.c.md", ".hidden/d.md", "node_modules/e.md"):
        Path(place).write_text("She waits for the the train.\n")
    Path("docs/german.po").write_text('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Night"\nmsgstr "Die die Nacht"\n')
    Path("docs/loop").symlink_to(Path("docs").resolve())
    assert main(["check", ".", "docs/*.txt", "docs/b.txt", *QUIET]) == 0
    captured = capsys.readouterr()
    assert [line.split()[1] for line in captured.out.splitlines() if "╭─" in line] == [
        "docs/b.txt:1:15",
        "docs/deep/a.md:1:15",
    ]
    assert captured.err == "stilted: docs/german.po: passed over, the translation is German (de), not English.\n"
    assert main(["check", "docs/german.po", *QUIET]) == 2  # named itself, it is an error
    assert main(["check", ".hidden/*.md", *QUIET]) == 0
    assert main(["check", "*.xlf", *QUIET]) == 2
    assert "*.xlf: there is no such translation" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "taken"),
    [
        (
            ("app/messages_en.properties", "app/messages.properties", "log4j.properties"),
            ("app/messages_en.properties",),
        ),
        (
            ("app/messages.properties", "app/messages_zh_CN.properties", "app/other.properties"),
            ("app/messages.properties",),
        ),
        (("i18n/en-US/app.properties", "i18n/zh/app.properties", "en/app.properties"), ("i18n/en-US/app.properties",)),
        (
            ("config/locales/devise.en.yml", "ci.yml", "docker-compose.yml", "en/nav.yml"),
            ("config/locales/devise.en.yml",),
        ),
        (("languages/en.yaml", "languages/zh-CN.yaml", "mkdocs.en.yml", "_config.en.yml"), ("languages/en.yaml",)),
        (("en.properties", "messages_en_US_pseudo.properties", "token.properties"), ("en.properties",)),
    ],
)
def test_in_a_folder_a_catalogue_is_known_by_the_language_in_its_path(
    files: tuple[str, ...], taken: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in files:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        sign = "=" if name.endswith(".properties") else ":"
        Path(name).write_text(f"go{sign} She waits for the the train.\n")
    Path("a.md").write_text("A page.\n")
    assert main(["check", ".", *QUIET, "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert tuple(row["file"] for row in rows if row["type"] == "finding") == taken


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("en:\n  go: She waits for the the train.\n", True),
        ("---\n# ours\n\n'en-GB': # all\r\n  go: She waits for the the train.\n", True),
        ("de:\n  go: She waits for the the train.\n", False),
        ("on:\n  push: She waits for the the train.\n", False),
        ("en: She waits for the the train.\n", False),
        ("services:\n  en:\n    go: She waits for the the train.\n", False),
        ("openapi: 3.0.0\ninfo:\n  title: She waits for the the train.\n", False),
    ],
)
def test_in_a_folder_yaml_is_known_by_its_first_key(text: str, taken: bool, capsys: pytest.CaptureFixture[str]) -> None:
    Path("texts.yml").write_text(text)
    Path("a.md").write_text("A page.\n")
    assert main(["check", ".", *QUIET, "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any(row["type"] == "finding" for row in rows) is taken
    assert main(["check", "texts.yml", *QUIET, "--format", "github"]) == (2 if text.startswith("de") else 0)
    assert ("the the" in capsys.readouterr().out) is not text.startswith("de")  # asked for by name


def test_in_a_folder_catalogues_of_qt_are_told_from_programs(capsys: pytest.CaptureFixture[str]) -> None:
    written("qt", ("She waits for the the train.",))
    Path("de.ts").write_text(Path("app_en.ts").read_text().replace('language="en"', 'language="de"'))
    Path("locales").mkdir()
    for name in ("en.ts", "locales/en.ts", "main.ts"):
        Path(name).write_text("export const go = 'She waits for the the train.';\n")
    Path("film.ts").write_bytes(b"G@\x00\x10\xff" * 500)
    assert main(["check", ".", *QUIET, "--format", "jsonl"]) == 0
    captured = capsys.readouterr()
    rows = [json.loads(line) for line in captured.out.splitlines()]
    assert [row["file"] for row in rows if row["type"] == "finding"] == ["app_en.ts"]
    assert captured.err == "stilted: de.ts: passed over, the translation is German (de), not English.\n"


def test_in_a_folder_catalogues_of_apple_are_known_by_the_folder_they_lie_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    written("strings", ("She waits for the the train.",))
    for name in ("de.lproj/Localizable.strings", "Base.lproj/Main.strings", "built/Main.strings"):
        Path(name).parent.mkdir()
        Path(name).write_bytes(Path("en.lproj/Localizable.strings").read_bytes())
    Path("built/Main.strings").write_bytes(b"bplist00\xd1\x01\x02Ta\x00b")
    assert main(["check", ".", *QUIET, "--format", "jsonl"]) == 0
    captured = capsys.readouterr()
    rows = [json.loads(line) for line in captured.out.splitlines()]
    found = [row["file"] for row in rows if row["type"] == "finding"]
    assert found == ["Base.lproj/Main.strings", "en.lproj/Localizable.strings"]
    said = "de.lproj/Localizable.strings: passed over, the translation is German (de), not English."
    assert captured.err == f"stilted: {said}\n"


def test_a_plain_name_among_catalogues_may_be_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app").mkdir()
    Path("app/m.properties").write_text("go=Sie ging zum Bahnhof und fuhr dann mit dem Zug in die Stadt.\n")
    Path("app/m_it.properties").write_text("go=Andò alla stazione.\n")
    Path("a.md").write_text("A page.\n")
    assert main(["check", ".", *QUIET]) == 0
    assert "app/m.properties: passed over, this looks like German, not English." in capsys.readouterr().err
    assert main(["check", "app/m.properties", *QUIET]) == 2


def test_a_faulty_file_among_others_is_told_and_the_others_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    good = written("po", (*SAID, "She waits for the the train."))
    Path("bad.xlf").write_text("<xliff>")
    assert main(["check", "bad.xlf", good, *QUIET]) == 2
    captured = capsys.readouterr()
    assert f"╭─ {good}:" in captured.out
    assert captured.err.startswith("stilted: bad.xlf:1: not XML")


def test_reports_name_what_could_not_be_judged_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("site").mkdir()
    monkeypatch.chdir("site")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    good = written("po", SAID)
    Path("bad.xlf").write_text("<xliff>")
    outputs = [f"--output={name}=out.{name}" for name in ("sarif", "junit", "json", "github")]
    assert main(["check", "bad.xlf", good, *QUIET, *outputs]) == 2
    (invocation,) = json.loads(Path("out.sarif").read_text())["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "site/bad.xlf"
    (told,) = json.loads(Path("out.json").read_text())["unjudged"]
    assert told["file"] == "bad.xlf"
    assert capsys.readouterr().err == f"stilted: {told['what']}. {told['hint']}\n"  # the place of the fault leads
    assert '<testsuite name="bad.xlf" tests="1" failures="0" skipped="0" errors="1">' in Path("out.junit").read_text()
    assert Path("out.github").read_text().startswith("::error file=site/bad.xlf,title=could not tell::")
    assert main(["check", "bad.xlf", *QUIET, "--output=none.sarif"]) == 2
    assert not Path("none.sarif").exists()  # where nothing was judged, nothing is said of alerts


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 300 + "/y.md"])
def test_a_name_that_no_file_can_have(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", name, *QUIET]) == 2
    assert f"{name}: cannot read the translation: File name too long" in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_standard_input_is_read_as_what_it_is(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Markdown and rows of one object have nothing at their beginning that would tell them from prose."""
    names = {".mdx": "markdown", ".arb": "json"}
    forms = names | {ending: ending[1:] for ending in (".properties", ".stringsdict")}
    forced = ["--format-in", forms[path.suffix]] if path.suffix in forms else []
    with path.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        main(["check", "-", "--no-cache", "--ignore", "tagger", "--format", "github", *forced])
    shown = capsys.readouterr().out
    assert "line-goes-offline" in shown
    assert "file=<stdin>" in shown


@pytest.mark.parametrize("role", ["source", "reference"])
def test_standard_input_has_no_like_in_a_folder(role: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("beside").mkdir()
    assert main(["check", "-", f"--{role}", "beside", *QUIET]) == 2
    said = (
        f"stilted: beside: standard input has no name by which to find its {role} in a folder. Name the {role} itself."
    )
    assert capsys.readouterr().err == f"{said}\n"


def test_a_format_can_be_forced(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("# The the lamp\n\n    the the end\n")
    assert len(checked(capsys, "a.txt")["findings"]) == 2
    assert len(checked(capsys, "a.txt", "--format-in", "markdown")["findings"]) == 1
    assert main(["check", "a.txt", *QUIET, "--format-in", "markdwon"]) == 2
    assert "no format is called 'markdwon'. Did you mean 'markdown'?" in capsys.readouterr().err


CATALOGUES = (
    "xliff 1.2",
    "xliff 2",
    "tmx",
    "po",
    "csv",
    "tsv",
    "jsonl",
    "json",
    "xcstrings",
    "android",
    "resx",
    "properties",
)
DOCUMENTS = ("text", "markdown", "html", "srt", "docx")


def joined(target: str, reference: str) -> tuple[list[str | None], tuple[str, ...]]:
    """Check a file of one format against one of another; return the references of its segments, and the notes."""
    said, beside = (
        (" ".join(texts),) if label == "text" else texts for label, texts in ((target, SAID), (reference, TOLD))
    )
    report = api.check_file(Path(written(target, said)), Path(written(reference, beside, "ref")), select="mechanics")
    return [segment.reference for segment in report.document.segments], report.notes


@pytest.mark.parametrize("reference", [*CATALOGUES, *DOCUMENTS])
@pytest.mark.parametrize("target", CATALOGUES)
def test_a_catalogue_stands_against_any_other_file(target: str, reference: str) -> None:
    texts, notes = joined(target, reference)
    assert texts == list(TOLD)
    ways = (
        ("joined by id", "joined by source", "joined by order")
        if reference in CATALOGUES
        else ("aligned as documents",)
    )
    assert notes in [(f"The reference was {way}: 3 of 3 units.",) for way in ways]


@pytest.mark.parametrize(
    ("target", "reference", "how"),
    [
        ("xliff 1.2", "xliff 2", "joined by id"),
        ("po", "xcstrings", "joined by id"),
        ("android", "resx", "joined by id"),
        ("json", "properties", "joined by id"),
        ("yaml", "yaml, blocks", "joined by id"),
        ("qt", "po", "joined by source"),
        ("strings", "json", "joined by id"),
        ("json", "jsonl", "joined by order"),
        ("srt", "po", "aligned as a document"),
        ("json", "markdown", "aligned as documents"),
    ],
)
def test_how_it_was_joined_is_said(target: str, reference: str, how: str) -> None:
    (note,) = joined(target, reference)[1]
    assert note.startswith(f"The reference was {how}")


@pytest.mark.parametrize("reference", [*CATALOGUES, *DOCUMENTS])
@pytest.mark.parametrize("target", DOCUMENTS)
def test_a_document_is_aligned_with_any_other_file(target: str, reference: str) -> None:
    texts, notes = joined(target, reference)
    assert texts == list(TOLD)
    assert ("The reference was aligned as a document." in notes) is (reference in CATALOGUES)


def test_the_notes_of_a_unit_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SAMPLES / "weblate.po"), "--no-cache", "--ignore", "tagger"]) == 0
    output = capsys.readouterr().out
    assert "note       The lead of the news item." in output
    assert "note      4 of 6 units checked; left out: 1 untranslated, 1 fuzzy." in output


def test_a_page_left_untranslated_in_a_folder_is_an_error_and_the_others_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("She waits for the the train.\n", "utf-8")
    (tmp_path / "b.md").write_text("La commission s'est réunie mardi et a décidé de publier le rapport.\n", "utf-8")
    assert main(["check", str(tmp_path), "--ignore", "tagger"]) == 2
    captured = capsys.readouterr()
    assert "b.md (translation): this looks like French, not English." in captured.err
    assert "mechanics/doubled-word" in captured.out


def test_a_file_without_prose_is_passed_over_in_a_folder_and_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "code.md").write_text("```\nx = 1\n```\n", "utf-8")
    (tmp_path / "text.md").write_text("She walked to the station and took the train.\n", "utf-8")
    assert main(["check", str(tmp_path), "--ignore", "tagger"]) == 0
    assert "code.md: passed over" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "code.md"), "--ignore", "tagger"]) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--workers", "0"], "'0' is no number of processes"),
        (["--workers", "many"], "'many' is no number of processes"),
        (["--reference", "r" * 300], "File name too long"),
    ],
)
def test_an_option_that_cannot_be_is_told(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.md").write_text("She walked to the station and took the train.\n", "utf-8")
    assert main(["check", str(tmp_path / "text.md"), *options]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "cannot write" not in error


@pytest.mark.parametrize("named", [["docs"], ["docs/b.txt", "docs/in/b.txt", "docs/in/a.txt"], ["docs/**/*.txt"]])
def test_files_of_one_name_have_references_of_their_own(capsys: pytest.CaptureFixture[str], named: list[str]) -> None:
    for name in ("docs/b.txt", "docs/in/a.txt", "docs/in/b.txt", "human/b.txt", "human/in/a.txt", "human/a.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(
            f"{' '.join(TOLD if name.startswith('human') else SAID)} This is {name[-8:-4]}.\n", "utf-8"
        )
    assert main(["check", *named, "--reference", "human", *QUIET, "--format", "jsonl"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("stilted: human/in/b.txt: there is no such reference.")
    kinds = {row["file"]: row["type"] for row in map(json.loads, captured.out.splitlines())}
    assert kinds == {"docs/b.txt": "verdict", "docs/in/a.txt": "verdict", "docs/in/b.txt": "unjudged"}
    Path("human/in/b.txt").write_text(" ".join(TOLD), "utf-8")
    own = checked(capsys, "docs/in/b.txt", "--reference", "human")["segments"]  # even checked alone
    assert max(segment["reference"][1] for segment in own if segment["reference"]) == len(" ".join(TOLD))


def test_two_systems_have_one_reference(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one/a.txt", "two/a.txt", "human/a.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text(" ".join(TOLD if name.startswith("human") else SAID), "utf-8")
    for named in (["one/a.txt", "two/a.txt"], ["one", "two"]):
        assert main(["check", *named, "--reference", "human", *QUIET, "--format", "jsonl"]) == 0
        assert capsys.readouterr().out.count('"BLEU"') == 2


def test_a_reference_without_english_is_no_reason_to_pass_over_the_translation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("a.md", "b.md", "c.md", "d.md"):
        for folder, text in (("en", "She waits for the train."), ("ref", "She awaits the train.")):
            Path(folder).mkdir(exist_ok=True)
            Path(folder, name).write_text(text)
    Path("ref/b.md").write_text("---\nlang: de\n---\nSie wartet.\n")
    Path("ref/c.md").write_text("```\ncode\n```\n")
    Path("ref/d.md").write_text("")
    assert main(["check", "en", "--reference", "ref", *QUIET]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "stilted: ref/b.md: the reference is German (de), not English. Give the English file; stilted checks"
        " translations into English.",
        "stilted: ref/c.md: the file holds no units. Give a document with text in it.",
        "stilted: ref/d.md: the reference is empty. Give a file with text in it.",
    ]


def test_a_file_in_a_folder_without_a_word_is_passed_over_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("en").mkdir()
    Path("en/a.md").write_text("She waits for the train.")
    Path("en/_index.md").write_text("")
    Path("en/strings.xml").write_text("<resources/>")
    Path("en/a.po").write_text('msgid ""\nmsgstr "Language: en\\n"\n')
    Path("en/a.resx").write_text("<root/>")
    Path("en/a.tmx").write_text("<tmx/>")
    assert main(["check", "en", *QUIET]) == 0
    assert [line.partition(":")[2] for line in capsys.readouterr().err.splitlines()] == [
        " en/_index.md: passed over, the translation is empty.",
        " en/a.po: passed over, holds no messages.",
        " en/a.resx: passed over, holds no strings.",
        " en/a.tmx: passed over, holds no entries.",
        " en/strings.xml: passed over, holds no strings.",
    ]
    assert main(["check", "en/_index.md", *QUIET]) == 2


@pytest.mark.parametrize("words", [["check", ""], ["fix", ""], ["check", "a.md", "--reference", ""]])
def test_an_empty_name_is_not_the_working_folder(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("She waits for the the train.")
    assert main(words) == 2
    assert "a name is empty. Is a variable not set?" in capsys.readouterr().err
    assert Path("a.md").read_text() == "She waits for the the train."


def test_a_page_without_a_counterpart_among_the_sources_is_checked_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "en/a.md": "She walked to the the station.\n",
        "en/b.md": "It was the the end of a long day.\n",
        "zh/a.md": "她走到车站。\n",
    }.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    check = ["check", "en", "--source", "zh", "--ignore", "tagger", "--no-cache", "--format", "jsonl"]
    assert main(check) == 0
    out, err = capsys.readouterr()
    findings = [row for row in map(json.loads, out.splitlines()) if row["type"] == "finding"]
    assert [(row["file"], row["text"]) for row in findings] == [("en/a.md", "the the"), ("en/b.md", "the the")]
    assert err == "stilted: en/b.md: checked without a source, there is no zh/b.md.\n"
    assert main(["check", "en/b.md", "--source", "zh/b.md", "--no-cache"]) == 2
    assert main(["check", "en", "--reference", "zh", "--no-cache"]) == 2


@pytest.mark.long
def test_what_may_not_be_looked_at_is_no_guess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("en/a.md", "zh/a.md", "b.md"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("She walked to the the station.\n", "utf-8")
    Path("zh").chmod(0)
    Path("b.md").chmod(0)
    try:
        for arguments, said in {
            ("en", "--source", "zh"): "zh/a.md: cannot read the source: Permission denied. Check its rights.",
            ("en", "--reference", "zh"): "zh/a.md: cannot read the reference: Permission denied. Check its rights.",
            ("b.md",): "b.md: cannot read the translation: Permission denied. Check its rights.",
            ("zh",): "zh: cannot look into the folder: Permission denied. Check its rights, or name the files.",
        }.items():
            done = bound_by_rights("check", *arguments, "--no-cache", "--select", "mechanics")
            assert (done.returncode, done.stderr) == (2, f"stilted: {said}\n")
    finally:
        Path("zh").chmod(0o755)


def test_a_file_that_is_its_own_reference_is_a_remark_among_others_and_an_error_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "en/a.md": "A perfect sentence of the day, and one more for us.\n",
        "ref/a.md": "A perfect sentence of the day, and one more for us.\n",
        "en/b.md": "It was a fine day for all of us in town.\n",
        "ref/b.md": "The day was fine for everybody in town.\n",
    }.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    beside = ["--reference", "ref", "--ignore", "tagger", "--no-cache"]
    said = "stilted: en/a.md: passed over, translation and reference are the same text.\n"
    for files in (["en"], ["en/a.md", "en/b.md"]):
        assert main(["check", *files, *beside]) == 0
        assert capsys.readouterr().err == said
    assert main(["check", "en/a.md", *beside]) == 2
    assert "Give a reference made by somebody else." in capsys.readouterr().err


@pytest.mark.parametrize("role", ["reference", "source"])
def test_a_folder_that_is_its_own_counterpart_is_told(role: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("en").mkdir()
    for name in ("a.md", "b.md"):
        Path("en", name).write_text("She waits for the train.")
    assert main(["check", "en", f"--{role}", "en", *QUIET]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert f"stilted: en: nothing to check: translation and {role} are the same text in every file." in last


def test_a_folder_within_goes_with_its_like_where_the_whole_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    """``zh/a.md`` is the source of ``en/a.md``, not of ``en/guide/a.md``."""
    english, chinese = "Nine boats leave the harbour at night.\n", "晚上有九条船离开港口，没有人等最后一班火车。\n"
    pages = {"en/a.md": english, "en/guide/a.md": english, "zh/a.md": chinese, "zh/guide/a.md": chinese * 2}
    for name, text in pages.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")
    for named in ("en/guide", "en/guide/a.md", str(Path("en/guide").resolve()), "en/../en/guide"):
        report = checked(capsys, named, "--source", "zh", "--source-language", "zh")
        assert [segment["source"] for segment in report["segments"]] == [[0, len(chinese * 2) - 1]]
    Path("zh/guide/a.md").unlink()
    Path("zh/a.md").unlink()
    assert main(["check", "en/guide", "--source", "zh", *QUIET]) == 0
    assert "checked without a source, there is no zh/a.md" in capsys.readouterr().err


def test_a_page_that_was_never_translated_is_no_page_to_pass_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    chinese = "她走到车站，然后坐车去了城里。天下着雨，街上没有人。\n"
    english = "It was a fine day for all of us in town.\n"
    for name, text in {"en/a.md": chinese, "zh/a.md": chinese, "en/b.md": english, "zh/b.md": english}.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    assert main(["check", "en", "--source", "zh", "--no-cache"]) == 2
    err = capsys.readouterr().err
    assert "en/a.md (translation): this looks like Chinese, not English" in err
    assert "en/b.md: passed over, translation and source are the same text" in err


def test_a_page_whose_path_names_the_language_it_is_in_is_passed_over_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    chinese = "她走到车站，然后坐车去了城里。天下着雨，街上没有人。\n"
    german = "Sie ging zum Bahnhof und fuhr dann mit dem Zug in die Stadt, weil es regnete.\n"
    pages = {
        "README.zh-CN.md": chinese,
        "zh/a.md": chinese,
        "docs/a_de.md": german,
        "docs/a.md": "It was a fine day.\n",
    }
    for name, text in pages.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    said = [
        "stilted: README.zh-CN.md: passed over, this looks like Chinese, not English.",
        "stilted: docs/a_de.md: passed over, this looks like German, not English.",
        "stilted: zh/a.md: passed over, this looks like Chinese, not English.",
    ]
    for command in (["check"], ["fix", "--diff"]):
        assert main([*command, ".", *QUIET]) == 0
        assert capsys.readouterr().err.splitlines()[:3] == said
    for path in ("zh", "README.zh-CN.md"):  # asked for by name
        assert main(["check", path, *QUIET]) == 2
        assert "this looks like Chinese, not English" in capsys.readouterr().err
    Path("docs/zh.md").write_text("It was a fine day for all of us.\n", "utf-8")
    Path("human").mkdir()
    Path("human/zh.md").write_text(chinese, "utf-8")
    assert main(["check", "docs/zh.md", "docs", "--reference", "human", *QUIET]) == 2
    assert "docs/zh.md (reference): this looks like Chinese" in capsys.readouterr().err


def test_of_many_files_passed_over_alike_the_first_is_named_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en").mkdir()
    for number in range(1, 8):
        untranslated = "".join(f'msgid "Quelle {n}"\nmsgstr ""\n\n' for n in range(number))
        (tmp_path / "en" / f"{number}.po").write_text(untranslated, "utf-8")
    (tmp_path / "en" / "a.txt").write_text("The ferry leaves the harbour at noon.\n", "utf-8")
    (tmp_path / "en" / "b.md").write_text("", "utf-8")
    assert main(["check", "en", "--ignore", "tagger"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "stilted: en/1.po and 6 more files: passed over, none of its 1 unit is translated.",
        "stilted: en/b.md: passed over, the translation is empty.",
    ]
