"""A repository that has never been checked: what is proposed, what is written, and that it is green afterwards."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml

from stilted.cli import main
from stilted.core.errors import UserError
from stilted.core.options import Gate
from stilted.project import config, proposal
from stilted.project.proposal import find_translations

GOOD = "The ferry leaves the harbour at noon and reaches the island an hour later.\n"
BAD = "On Monday the carmaker’s production line officially went offline.\n"


def made(root: Path, *names: str, text: str = GOOD) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("names", "translation", "source", "language"),
    [
        (["docs/en/a.md", "docs/en/b/c.md", "docs/zh/a.md", "docs/zh/b/c.md"], "docs/en", "docs/zh", "zh"),
        (["locales/en-US.json", "locales/ja.json"], "locales/en-US.json", "locales/ja.json", "ja"),
        (["i18n/en/app.json", "i18n/zh-CN/app.json"], "i18n/en/**/*.json", "i18n/zh-CN", "zh"),
        (["lib/l10n/app_en.arb", "lib/l10n/app_ja.arb"], "lib/l10n/app_en.arb", "lib/l10n/app_ja.arb", "ja"),
        (["README.md", "README_EN.md", "README_ZH.md"], "README_EN.md", "README_ZH.md", "zh"),
        (["a/values-en/strings.xml", "a/values-de/strings.xml"], "a/values-en", "a/values-de", "de"),
        (["src/en.ts", "docs/guide.md", "docs/more.md", "README.md"], "docs", None, ""),
        (["docs/en/a.md", "docs/zh/a.md", "docs/en/b.md", "docs/ko/a.md", "docs/ko/b.md"], "docs/en", "docs/ko", "ko"),
        (["node_modules/x/en/a.md", "node_modules/x/zh/a.md", "man/a.md", "man/a.zh.md"], "man", None, ""),
        (
            ["config/locales/a.en.yml", "config/locales/a.zh-CN.yml"],
            "config/locales/a.en.yml",
            "config/locales/a.zh-CN.yml",
            "zh",
        ),
        (["languages/en.yml", "languages/ja.yml", "ci.yml"], "languages/en.yml", "languages/ja.yml", "ja"),
        (["i18n/en/a.yaml", "i18n/de/a.yaml"], "i18n/en", "i18n/de", "de"),
        (["app/m_en.properties", "app/m_zh_CN.properties"], "app/m_en.properties", "app/m_zh_CN.properties", "zh"),
        (["app/en.lproj/a.strings", "app/zh-Hans.lproj/a.strings"], "app/en.lproj", "app/zh-Hans.lproj", "zh"),
        (["app/en.lproj/a.txt", "app/de.lproj/a.txt"], "app/en.lproj", "app/de.lproj", "de"),
    ],
)
def test_names_tell_translation_and_source(
    tmp_path: Path, names: list[str], translation: str, source: str | None, language: str
) -> None:
    made(tmp_path, *names)
    first = find_translations(tmp_path)[0]
    assert (first.paths[0], first.source, first.source_language) == (translation, source, language)


RUSSIAN = "Паром отходит от причала в полдень и через час прибывает на остров.\n"
GERMAN = "Die Fähre verlässt den Hafen am Mittag und erreicht die Insel eine Stunde später.\n"
ANDROID = '<resources><string name="go">{}</string></resources>'


@pytest.mark.parametrize(
    ("files", "translation", "source", "language"),
    [
        ({"README.md": RUSSIAN, "README_EN.md": GOOD}, "README_EN.md", "README.md", "ru"),
        ({"README.md": GOOD, "README.ru-RU.md": RUSSIAN}, "README.md", "README.ru-RU.md", "ru"),
        ({"README.md": GOOD, "README.ru-Cyrl-RU.md": RUSSIAN}, "README.md", "README.ru-Cyrl-RU.md", "ru"),
        ({"man/a.md": GERMAN, "man/a.en.md": GOOD}, "man/a.en.md", "man/a.md", "de"),
        ({"docs/a.md": GOOD, "docs-de/a.md": GERMAN}, "docs", "docs-de", "de"),
        (
            {"a/values/strings.xml": ANDROID.format(GOOD), "a/values-de/strings.xml": ANDROID.format(GERMAN)},
            "a/values",
            "a/values-de",
            "de",
        ),
        (
            {"a/m.properties": f"go={GOOD}", "a/m_de.properties": f"go={GERMAN}"},
            "a/m.properties",
            "a/m_de.properties",
            "de",
        ),
        (
            {"a/m.properties": f"go={RUSSIAN}", "a/m_en.properties": f"go={GOOD}"},
            "a/m_en.properties",
            "a/m.properties",
            "ru",
        ),
        (
            {
                "docs/a.md": RUSSIAN,
                "i18n/en/docusaurus-plugin-content-docs/current/a.md": GOOD,
                "i18n/en/docusaurus-plugin-content-docs/current.json": "{}",
            },
            "i18n/en/docusaurus-plugin-content-docs/current",
            "docs",
            "ru",
        ),
        (
            {
                "docs/a/b.md": GOOD,
                "docs/c.md": GOOD,
                "site/i18n/de/docusaurus-plugin-content-docs/current/a/b.md": GERMAN,
                "site/i18n/en/docusaurus-plugin-content-blog/a.md": GOOD,
            },
            "docs",
            "site/i18n/de/docusaurus-plugin-content-docs/current",
            "de",
        ),
        (
            {
                "versioned_docs/version-2.1/a.md": GERMAN,
                "i18n/en/docusaurus-plugin-content-docs/version-2.1/a.md": GOOD,
                "i18n/ru/docusaurus-plugin-content-docs/version-2.1/a.md": RUSSIAN,
            },
            "i18n/en/docusaurus-plugin-content-docs/version-2.1",
            "versioned_docs/version-2.1",
            "de",
        ),
        (
            {"community/a.md": GOOD, "i18n/ru/docusaurus-plugin-content-docs-community/current/a.md": RUSSIAN},
            "community",
            "i18n/ru/docusaurus-plugin-content-docs-community/current",
            "ru",
        ),
        # The names say what is not so, and a folder is no translation because of what it is called.
        ({"README.md": GOOD, "README.de.md": RUSSIAN, "man/a.md": GOOD}, "man", None, ""),
        ({"docs/a.md": RUSSIAN, "man/a.md": GOOD}, "man", None, ""),
    ],
)
def test_a_plain_name_is_told_by_what_it_holds(
    tmp_path: Path, files: dict[str, str], translation: str, source: str | None, language: str
) -> None:
    for name, text in files.items():
        made(tmp_path, name, text=text)
    first = find_translations(tmp_path)[0]
    assert (first.paths[0], first.source, first.source_language) == (translation, source, language)


def test_a_folder_in_another_language_is_no_translation(tmp_path: Path) -> None:
    made(tmp_path, "docs/a.md", text=RUSSIAN)
    assert find_translations(tmp_path) == ()


def test_a_catalogue_says_what_its_source_is_in(tmp_path: Path) -> None:
    strings = '{{"go": {{"localizations": {{"en": {{"stringUnit": {{"state": "translated", "value": "{}"}}}}}}}}}}'
    text = f'{{"sourceLanguage": "de", "version": "1.0", "strings": {strings.format(GOOD.strip())}}}'
    made(tmp_path, "Localizable.xcstrings", text=text)
    (found,) = find_translations(tmp_path)
    assert (found.source, found.source_language) == (None, "de")


def test_a_catalogue_of_qt_is_looked_into_and_a_program_is_not(tmp_path: Path) -> None:
    message = f"<message><source>{GERMAN}</source><translation>{GOOD}</translation></message>"
    made(tmp_path, "i18n/app_en.ts", text=f"<TS language='en'><context>{message}</context></TS>")
    made(tmp_path, "README.md")
    made(tmp_path, "src/en.ts", "src/de.ts", "src/main.ts", text="export {};\n")
    (found,) = find_translations(tmp_path)
    assert (found.paths, found.source, found.source_language, found.files) == (("i18n",), None, "de", 1)


def test_what_is_shown_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "docs/en/a.md", "docs/zh/a.md", ".github/CODEOWNERS")
    before = sorted(tmp_path.rglob("*"))
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    for part in ('source-language = "zh"', "stilted check docs/en --source docs/zh", "Nothing is written", "jobs:"):
        assert part in out
    assert sorted(tmp_path.rglob("*")) == before


def test_the_first_run_over_old_sentences_is_green_and_a_new_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "docs/en/a.md", "docs/en/b.md", text=GOOD + "\n" + BAD)
    made(tmp_path, "docs/zh/a.md", "docs/zh/b.md", text="渡轮中午离开港口。\n\n周一，这家车企的生产线正式下线。\n")
    made(tmp_path, ".github/CODEOWNERS")
    assert main(["init", "--write"]) == 0
    assert "2 findings of 2 files accepted" in capsys.readouterr().out
    assert (tmp_path / ".github/workflows/translations.yml").is_file()
    assert config.find(tmp_path).options == {"source_language": "zh"}
    gate = ["--fail-on", "major", "--ignore", "tagger"]
    assert main(["check", "docs/en", "--source", "docs/zh", *gate]) == 0
    made(
        tmp_path, "docs/en/b.md", text=GOOD + "\n" + BAD + "\nOn Friday its production line officially went offline.\n"
    )
    assert main(["check", "docs/en", "--source", "docs/zh", *gate]) == 1
    assert main(["init", "--write"]) == 2
    assert "set up already" in capsys.readouterr().err


def catalogue(*pairs: tuple[str, str]) -> str:
    return "\n".join(f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in pairs)


def test_catalogues_are_told_by_what_they_hold(tmp_path: Path) -> None:
    """Their names say nothing of English: folders that hold more than these are not named whole."""
    done = catalogue(("渡轮中午离开港口。", "The ferry leaves the harbour at noon."))
    made(tmp_path, "guide/a.po", "guide/deep/b.po", text=done)
    made(tmp_path, "guide/untouched.po", "api/untouched.po", text=catalogue(("渡轮中午离开港口。", "")))
    made(tmp_path, "shop/c.po", text=done)
    made(tmp_path, "shop/readme.md")
    german = 'msgid ""\nmsgstr "Language: de\\n"\n\n'
    made(tmp_path, "other/de.po", text=german + catalogue(("Sail away now", "Jetzt lossegeln")))
    made(
        tmp_path,
        "first/en.po",
        text=catalogue(("Nothing may leave the harbour.", "Nothing may leave the harbour now.")),
    )
    (found,) = find_translations(tmp_path)
    assert (found.paths, found.source, found.source_language, found.files) == (("guide", "shop/c.po"), None, "zh", 3)
    assert (found.command, found.profile) == ("stilted check guide shop/c.po", "ui")


def test_what_is_found_by_globs_is_checked_by_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "i18n/en/deep/app.json", text='{"go": "Her production line officially went offline."}')
    made(tmp_path, "i18n/zh-CN/deep/app.json", text='{"go": "她的生产线正式下线。"}')
    assert main(["init", "--write"]) == 0
    out = capsys.readouterr().out
    assert "The check: stilted check 'i18n/en/**/*.json' --source i18n/zh-CN" in out
    assert "1 finding of 1 file accepted" in out
    assert "The first run: 1 file, 0 failed." in out


def test_a_file_that_cannot_be_judged_stops_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "docs/en/a.md", text=GOOD + "\n" + BAD)
    made(tmp_path, "docs/en/b.md", text="渡轮中午离开港口，一小时后到达岛上，车上的人都下了船。\n")
    made(tmp_path, "docs/zh/a.md", "docs/zh/b.md", text="渡轮中午离开港口。\n\n周一，这家车企的生产线正式下线。\n")
    assert main(["init", "--write"]) == 2
    told = capsys.readouterr()
    assert "1 finding of 1 file accepted" in told.out
    assert "Until the file above can be judged, the check ends with exit code 2" in told.out
    assert "docs/en/b.md" in told.err
    assert main(["check", "docs/en/a.md", "--fail-on", "neutral"]) == 0


def test_where_nothing_can_be_judged_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "docs/en/a.md", "docs/zh/a.md", text="渡轮中午离开港口，一小时后到达岛上，车上的人都下了船。\n")
    assert main(["init", "--write"]) == 2
    assert "none of the files can be judged" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs"]


def test_a_page_that_no_baseline_accepts_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("stilted.core.profiles.make_gate", lambda *_: Gate(min_bleu=30.0))
    made(tmp_path, "docs/en/a.md", text=GOOD * 30)
    made(tmp_path, "docs/zh/a.md", text="渡轮中午离开港口，一小时后到达岛上。\n")
    assert main(["init", "--write"]) == 1
    assert "1 file, 1 failed.\n  docs/en/a.md: Failed." in capsys.readouterr().out


def test_a_job_for_gitlab_is_shown_and_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "docs/en/a.md", "docs/zh/a.md", ".gitlab-ci.yml")
    assert main(["init"]) == 0
    shown = capsys.readouterr().out.partition("a job for it:\n")[2].partition("\n\n")[0]
    (job,) = yaml.safe_load(shown).values()
    install, check = map(shlex.split, job["script"])
    assert install == ["pip", "install", "stilted"]
    report = job["artifacts"]["reports"]["codequality"]
    assert check == ["stilted", "check", "docs/en", "--source", "docs/zh", "--output", f"gitlab={report}", "--output",
                     "terminal=-"]  # fmt: skip
    assert main([*check[1:], "--ignore", "tagger"]) in (0, 2)


@pytest.mark.slow
def test_ten_thousand_old_sentences_end_green(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(100):
        page = "\n".join(f"{GOOD}\nIn week {number}, room {n}: {BAD}" for n in range(50))
        made(tmp_path, f"docs/en/{number}.md", text=f"# Week {number}\n\n{page}")
    assert main(["init", "--write", "--translation", "docs/en", "--source-language", "zh"]) == 0
    out = capsys.readouterr().out
    assert "5,000 findings of 100 files accepted" in out
    assert "The first run: 100 files, 0 failed." in out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "no file here is named like an English translation"),
        (["--translation", "nowhere"], "there is no such file or folder"),
        (["--source-language", "xx"], "unknown value 'xx'"),
    ],
)
def test_what_cannot_be_told_is_asked_for(
    arguments: list[str], what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", *arguments]) == 2
    assert what in capsys.readouterr().err


def test_nothing_that_exists_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "docs/en/a.md")
    made(tmp_path, "docs/zh/a.md", text="渡轮中午离开港口，一小时后到达岛上。\n")
    made(tmp_path, ".github/workflows/translations.yml", text="ours\n")
    assert main(["init", "--write", "--source-language", "zh"]) == 0
    assert (tmp_path / ".github/workflows/translations.yml").read_text("utf-8") == "ours\n"


@pytest.mark.parametrize("name", ["docs; touch ran", "-x", "a: b", "$(touch ran)", "it's", "#x", "日本", "::error::x"])
def test_a_workflow_runs_the_check_whatever_a_folder_is_called(name: str) -> None:
    data = yaml.safe_load(proposal.write_workflow(proposal.Translations((name,), name, "zh", 1, (".md",))))
    run = data["jobs"]["stilted"]["steps"][-1]["run"]
    path = f"./{name}" if name.startswith("-") else name
    assert shlex.split(run) == ["stilted", "check", path, "--source", path, "--format", "github"]


@pytest.mark.parametrize("name", ["${{ github.token }}", "a\nb", "a\x1bb"])
def test_a_name_that_is_more_to_a_workflow_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="no workflow can name this folder"):
        proposal.write_workflow(proposal.Translations((name,), None, "", 1, ()))
