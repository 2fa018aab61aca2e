"""Configuration: the nearest one counts, unknown keys are told, sections override."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stilted.core.errors import UserError
from stilted.core.options import OPTIONS, Gate, Settings, make_settings
from stilted.project import config

PYPROJECT = """
[tool.stilted]
source-language = "zh"
min-bleu = 20
packs = ["style/ours.toml"]
baseline = "known.json"

[[tool.stilted.per-path]]
paths = ["docs/*"]
sensitivity = "low"
ignore = ["mechanics"]

[[tool.stilted.per-path]]
paths = ["docs/old/*"]
min-bleu = 10
"""


def test_nearest_upward_up_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    inner = tmp_path / "docs" / "old"
    inner.mkdir(parents=True)
    configuration = config.find(inner)
    assert configuration.path == (tmp_path / "pyproject.toml").resolve()
    assert configuration.baseline == tmp_path.resolve() / "known.json"
    assert configuration.options["packs"] == (tmp_path.resolve() / "style" / "ours.toml",)
    (tmp_path / "docs" / "stilted.toml").write_text('sensitivity = "high"\n', "utf-8")
    assert config.find(inner).options == {"sensitivity": "high"}
    (inner / ".git").mkdir()
    assert config.find(inner) == config.Config(None, inner, {})


def test_a_project_file_of_other_tools_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "stilted.toml").write_text("preview = true\n", "utf-8")
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.ruff]\nline-length = 9\n", "utf-8")
    assert config.find(inner).options == {"preview": True}


def test_later_sections_win(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    configuration = config.find(tmp_path)
    assert configuration.choose_options(tmp_path / "a.txt")["min_bleu"] == 20
    old = configuration.choose_options(tmp_path / "docs" / "old" / "a.txt")
    assert (old["min_bleu"], old["sensitivity"], old["ignore"]) == (10, "low", ["mechanics"])
    assert make_settings(**{k: v for k, v in old.items() if k != "packs"}).gate == Gate(min_score=95.0, min_bleu=10.0)
    assert configuration.choose_options(Path("/elsewhere/a.txt"))["min_bleu"] == 20


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[tool.stilted]\nmin-blue = 3\n", "unknown key 'min-blue'. Did you mean 'min-bleu'?"),
        (
            "[tool.stilted]\nsource = 'docs/zh'\n",
            "unknown key 'source'. Say it to the command: stilted check docs/en --source docs/zh",
        ),
        ("[tool.stilted]\nfrobnicate = 3\n", "unknown key 'frobnicate'. Known here: align, baseline, "),
        ("[tool.stilted]\nmin-bleu = 'x'\n", "min-bleu: 'x' is not a number"),
        ("[tool.stilted]\nmin-bleu = true\n", "is not a number"),
        ("[tool.stilted]\nmin-bleu = nan\n", "is not a number"),
        ("[tool.stilted]\nselect = 5\n", "select: '5' is not a list"),
        ("[tool.stilted]\nselect = [5]\n", "'5' is not a string"),
        ("[tool.stilted]\npreview = 1\n", "neither true nor false"),
        ("[tool.stilted]\nsensitivity = 'hihg'\n", "Did you mean 'high'?"),
        ("[tool.stilted]\nbaseline = 5\n", "is not a path"),
        ("[tool.stilted]\nper-path = 5\n", "not a list of tables. Write [[tool.stilted.per-path]]."),
        ("[[tool.stilted.per-path]]\nselect = []\n", "names its 'paths'"),
        ("[[tool.stilted.per-path]]\npaths = [5]\n", "not a list of strings"),
        (
            "[[tool.stilted.per-path]]\npaths = ['a']\nbaseline = 'x'\n",
            "unknown key 'baseline'. It is for all files",
        ),
        ("[[tool.stilted.per-path]]\npaths = ['']\n", "no file has a path like ''"),
        ("[[tool.stilted.per-path]]\npaths = ['docs/*', './docs/*']\n", "no file has a path like './docs/*'"),
        ("[[tool.stilted.per-path]]\npaths = '/docs/*'\n", "no file has a path like '/docs/*'"),
        ("[[tool.stilted.per-path]]\npaths = '../docs/*'\n", "no file has a path like"),
        ("[[tool.stilted.per-path]]\npaths = 'docs\\*'\n", "with forward slashes"),
        ("[tool.stilted]\nmin-bleu = 130\n", "min-bleu: 130 is out of reach. Write a figure from 0 to 100."),
        ("[tool.stilted]\nmin-chrf = -1\n", "min-chrf: -1 is out of reach. Write a figure from 0 to 100."),
        ("[tool.stilted]\nmin-score = 101\n", "min-score: 101 is out of reach. Write a figure of 100 or less."),
        ("[tool.stilted]\nmax-penalty-per-1000-words = -1\n", "out of reach. Write a figure of 0 or more."),
        ("[tool]\nstilted = 5\n", "is not a table"),
        ("[tool.stilted\n", "not TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "nest"),
    ],
)
def test_every_fault_is_told(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as error:
        config.read_config(path)
    assert what in error.value.sentence()
    assert "pyproject.toml" in error.value.sentence()


def test_sections_are_called_as_their_file_has_them(tmp_path: Path) -> None:
    (tmp_path / "stilted.toml").write_text("[per-path]\npaths = ['a']\n", "utf-8")
    with pytest.raises(UserError) as error:
        config.read_config(tmp_path / "stilted.toml")
    assert error.value.hint == "Write [[per-path]]."
    assert error.value.hint


@pytest.mark.parametrize(
    ("pattern", "fitting"),
    [
        ("docs/*", ["docs/a.md", "docs/old/b.md"]),
        ("docs/**/*.md", ["docs/a.md", "docs/old/b.md"]),
        ("**/b.md", ["docs/old/b.md", "b.md"]),
        ("docs/old", ["docs/old/b.md"]),
        ("docs/", ["docs/a.md", "docs/old/b.md"]),
        ("**/old", ["docs/old/b.md"]),
        ("old", []),
        ("doc", []),
    ],
)
def test_patterns_fit_as_globs_do(tmp_path: Path, pattern: str, fitting: list[str]) -> None:
    (tmp_path / "stilted.toml").write_text(f"[[per-path]]\npaths = '{pattern}'\npreview = true\n", "utf-8")
    configuration = config.find(tmp_path)
    files = ["docs/a.md", "docs/old/b.md", "b.md"]
    assert [name for name in files if configuration.choose_options(tmp_path / name)] == fitting


def test_a_byte_order_mark_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "stilted.toml").write_bytes(b"\xef\xbb\xbfmin-score = 90\r\n")
    assert config.find(tmp_path).options == {"min_score": 90}


def test_a_table_that_belongs_into_another_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "stilted.toml").write_text("[tool.stilted]\nmin-score = 90\n", "utf-8")
    with pytest.raises(UserError, match=r"That is for pyproject\.toml; here the keys stand alone"):
        config.find(tmp_path)


def test_a_configuration_in_the_working_folder_is_named_shortly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stilted.toml").write_text("min-blue = 3\n", "utf-8")
    with pytest.raises(UserError, match=r"\Astilted\.toml: unknown key"):
        config.find(Path())
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    with pytest.raises(UserError, match=re.escape(str(tmp_path.resolve() / "stilted.toml"))):
        config.find(Path())


@pytest.mark.parametrize(
    "text", ["tool = 3\n", 'tool = ["stilted"]\n', "tool = 'stilted'\n", "[[tool]]\nstilted = 1\n"]
)
def test_a_tool_that_is_no_table_is_not_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    (tmp_path / ".git").mkdir()
    assert config.find(tmp_path).path is None
    assert config.read_config(tmp_path / "pyproject.toml").options == {}


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "stilted.toml"
    path.write_bytes(b"preview = \xff")
    with pytest.raises(UserError, match="not UTF-8 at byte 10"):
        config.read_config(path)


def test_options_of_python() -> None:
    assert make_settings() == Settings()
    assert make_settings(select="zh, mechanics", packs="a.toml").select == ("zh", "mechanics")
    assert make_settings(min_chrf=50).gate == Gate(min_score=95.0, min_chrf=50.0)
    assert make_settings(max_penalty_per_1000_words=20).gate.min_score is None
    assert make_settings(max_penalty_per_1000_words=20, min_score=-5).gate.min_score == -5.0
    assert make_settings(min_chrf=50, min_score=90).gate.min_score == 90.0
    assert len(set(OPTIONS)) == len(OPTIONS)
