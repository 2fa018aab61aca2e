"""Repositories that want a program run: what they plant is planted here, and nothing runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from git_repository import Git, make_repository
from stilted.core.errors import UserError
from stilted.project.git_changes import WHOLE, find_changed_lines

TEXT = "Alpha one.\nAlpha two.\n\nBravo one.\n"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return a runner of git in a repository with one commit."""
    run = make_repository(tmp_path / "repository", monkeypatch)
    Path("docs").mkdir()
    for name in ("docs/a.txt", "docs/b.txt", "docs/c.txt"):
        Path(name).write_text(TEXT, "utf-8")
    run("add", "-A")
    run("commit", "-q", "-m", "Texts")
    return run


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """Return a program that a repository may name, which leaves a file ``ran`` beside itself when it runs."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{tmp_path}/ran'\ncat\n", "utf-8")
    program.chmod(0o755)
    return program


def log(program: Path) -> str:
    """Return which commands ran."""
    path = program.with_name("ran")
    return path.read_text("utf-8") if path.exists() else ""


PROGRAMS = {
    "a monitor of files": {"core.fsmonitor": "{}"},
    "a monitor and an index that knows of it": {"core.fsmonitor": "{}", "core.untrackedCache": "true"},
    "a clean filter": {"filter.f.clean": "{}", "filter.f.smudge": "{}", "filter.f.required": "true"},
    "a filter process": {"filter.f.process": "{}", "filter.f.required": "true"},
    "an external diff": {"diff.external": "{}"},
    "a driver of diffs": {"diff.d.command": "{}", "diff.d.textconv": "{}", "diff.d.cachetextconv": "true"},
    "a driver of merges": {"merge.d.driver": "{}"},
    "pagers": {"core.pager": "{}", "pager.diff": "{}", "pager.ls-tree": "{}", "pager.diff-index": "{}"},
    "editors": {"core.editor": "{}", "sequence.editor": "{}"},
    "ssh, a proxy and passwords": {"core.sshCommand": "{}", "core.gitProxy": "{}", "core.askPass": "{}"},
    "helpers for credentials": {"credential.helper": "!{}", "credential.https://example.org.helper": "!{}"},
    "signatures": {"gpg.program": "{}", "gpg.ssh.program": "{}", "log.showSignature": "true"},
    "aliases": {f"alias.{name}": "!{}" for name in ("diff", "ls-tree", "rev-parse", "cat-file", "diff-index")},
    "references of an alternate": {"core.alternateRefsCommand": "{}"},
    "interactive filters": {"interactive.diffFilter": "{}", "difftool.d.cmd": "{}", "diff.tool": "d"},
    "traces": {"trace2.eventTarget": "|{}", "trace2.normalTarget": "|{}"},
}
HOOKS = (
    "post-index-change pre-auto-gc post-checkout reference-transaction fsmonitor-watchman query-watchman pre-commit "
    "post-rewrite"
).split()


def plant(git: Git, program: Path, settings: dict[str, str]) -> None:
    """Write settings into the repository, hooks beside them, and attributes that ask for every driver of theirs."""
    for key, value in settings.items():
        git("config", key, value.replace("{}", str(program)))
    for name in HOOKS:
        hook = Path(".git/hooks", name)
        hook.unlink(missing_ok=True)
        hook.symlink_to(program)
    Path(".git/info/attributes").write_text("* filter=f diff=d merge=d\n", "utf-8")


def edited() -> dict[Path, object]:
    """Change one file and its time, move another, and return what a right answer is."""
    a, b, c = (Path("docs", f"{name}.txt") for name in "abc")
    a.write_text(TEXT.replace("Bravo one", "Bravo 1"), "utf-8")
    os.utime(b, (1, 1))
    return {a: ((4, 4),), b: (), c: ()}


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_program_of_the_repository_runs(git: Git, ran: Path, name: str) -> None:
    plant(git, ran, PROGRAMS[name])
    expected = edited()
    assert find_changed_lines(list(expected), "HEAD") == expected
    assert find_changed_lines(list(expected), "HEAD", merge_base=True) == expected
    assert log(ran) == ""


def test_nothing_runs_where_files_were_renamed(git: Git, ran: Path) -> None:
    """Renames are read from the index, which is where a monitor would be asked."""
    git("mv", "docs/c.txt", "docs/d.txt")
    for settings in PROGRAMS.values():
        plant(git, ran, {key: value for key, value in settings.items() if not key.startswith("alias.")})
    plant(git, ran, {"diff.renames": "copies", "diff.renameLimit": "0", "status.renames": "true"})
    expected = edited()
    del expected[Path("docs/c.txt")]
    expected[Path("docs/d.txt")] = ()
    assert find_changed_lines(list(expected), "HEAD") == expected
    assert log(ran) == ""


def test_nothing_runs_for_the_settings_of_files_that_a_clone_brings(git: Git, ran: Path) -> None:
    """Attributes and settings of modules come with every clone; the programs they name are those of configurations."""
    plant(git, ran, PROGRAMS["a clean filter"] | PROGRAMS["a driver of diffs"])
    Path(".gitattributes").write_text(
        "* filter=f diff=d text=auto eol=crlf ident working-tree-encoding=UTF-16\n", "utf-8"
    )
    Path(".gitmodules").write_text(
        '[submodule "docs"]\n path = docs\n url = ext::sh -c true\n update = !true\n', "utf-8"
    )
    expected = edited()
    assert find_changed_lines(list(expected), "HEAD") == expected
    assert log(ran) == ""


def embed(git: Git, ran: Path, place: Path) -> None:
    """Plant a bare repository that takes *place* for its files and knows all commits of the real one."""
    for name in ("objects/info", "refs/heads"):
        (place / name).mkdir(parents=True)
    (place / "HEAD").write_text("ref: refs/heads/x\n", "utf-8")
    (place / "refs/heads/x").write_text(git("rev-parse", "HEAD") + "\n", "utf-8")
    (place / "objects/info/alternates").write_text(os.path.abspath(".git/objects") + "\n", "utf-8")
    lines = ["[core]", "repositoryformatversion = 0", "bare = false", "worktree = .", f'fsmonitor = "{ran}"']
    (place / "config").write_text("\n".join([*lines, f"hooksPath = {ran.parent}", ""]), "utf-8")


@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_that_looks_like_a_repository_is_none(
    git: Git, ran: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    embed(git, ran, Path("docs"))
    expected = edited()
    assert git("-C", "docs", "rev-parse", "--absolute-git-dir") == str(Path("docs").resolve()), (
        "git itself falls for it"
    )
    if inside:
        monkeypatch.chdir("docs")
        expected = {Path(path.name): lines for path, lines in expected.items()}
    assert find_changed_lines(list(expected), "HEAD") == expected
    assert log(ran) == ""


def test_a_working_folder_in_nothing_but_such_a_folder_is_in_no_repository(
    git: Git, ran: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "bare"
    embed(git, ran, place)
    (place / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(place)
    with pytest.raises(UserError, match="not in a git repository"):
        find_changed_lines([Path("a.txt")], "HEAD")
    (place / ".git").mkdir()  # git takes it for nothing, and would look at the folder around it
    with pytest.raises(UserError, match="not in a git repository that can be read"):
        find_changed_lines([Path("a.txt")], "HEAD")
    assert log(ran) == ""


def test_a_repository_below_is_not_asked(git: Git, ran: Path) -> None:
    """An archive can hold what a clone cannot: a whole repository with its ``.git``."""
    embed(git, ran, Path("docs/.git"))
    with pytest.raises(UserError, match="not in the git repository that this runs in"):
        find_changed_lines([Path("docs/a.txt")], "HEAD")
    assert log(ran) == ""


def test_a_repository_whose_files_are_elsewhere_is_refused(git: Git, tmp_path: Path) -> None:
    git("config", "core.worktree", str(tmp_path))
    with pytest.raises(UserError, match="puts its files into another folder"):
        find_changed_lines([Path("docs/a.txt")], "HEAD")


@pytest.mark.parametrize("missing", ["the tree", "a text"])
def test_what_a_repository_lacks_is_not_fetched(git: Git, ran: Path, missing: str) -> None:
    """A clone can name what to run for objects that it promises and does not have."""
    commit = git("rev-parse", "HEAD")
    gone = git("rev-parse", "HEAD:docs/a.txt" if missing == "a text" else "HEAD:docs")
    settings = {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{ran} %S",
        "remote.origin.uploadpack": str(ran),
        "remote.origin.vcs": "ext",
        "protocol.allow": "always",
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
    }
    plant(git, ran, settings)
    edited()
    Path(".git/objects", gone[:2], gone[2:]).unlink()
    for url in (f"ext::{ran} %S", str(ran.parent / "repository"), "ssh://example.org/x"):
        git("config", "remote.origin.url", url)
        with pytest.raises(UserError, match="git failed") as error:
            find_changed_lines([Path("docs/a.txt")], commit)
        assert error.value.hint.startswith("A clone that was made with --filter lacks old texts")
        git("config", "--unset-all", "remote.origin.vcs") if url.startswith("ext") else None
    assert log(ran) == ""


def test_a_git_in_the_working_folder_is_not_run(git: Git, ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ran, "git")
    expected = edited()
    monkeypatch.setenv("PATH", os.pathsep.join([".", os.environ["PATH"]]))
    with pytest.raises(UserError, match="cannot run git"):
        find_changed_lines(list(expected), "HEAD")
    assert log(ran) == ""


def test_an_old_text_that_is_too_large_is_not_read(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    from stilted import formats

    monkeypatch.setattr(formats, "MAX_BYTES", 10)
    Path("docs/a.txt").write_text("Short.\n", "utf-8")
    assert find_changed_lines([Path("docs/a.txt"), Path("docs/b.txt")], "HEAD") == {
        Path("docs/a.txt"): WHOLE,
        Path("docs/b.txt"): WHOLE,
    }
