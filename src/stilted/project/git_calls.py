"""Questions to git that run no program: a repository may be hostile, and its configuration names programs.

Git runs what a repository's configuration says when it refreshes an index (`core.fsmonitor`, hooks), reads a file of
the working tree (`filter.*.clean`), shows a difference (external programs, `textconv`, pagers) or fetches what is
missing (transports, helpers). So nothing here refreshes an index, reads the working tree, or may fetch; and what could
name a program is overridden in every call, for the day on which git runs it elsewhere too.

Which repository is asked does not depend on what lies in it: it is the nearest with a ``.git``, from the working folder
upward. A folder that only looks like a repository (`HEAD`, `objects`, `refs`: a bare one, which any clone can hold) is
never taken for one. The configuration of the user and of the system counts: there, people say which folders are safe.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from stilted.core.boundary import find_repository
from stilted.core.errors import UserError, explain_refusal

_WHERE: Final = "--changed-since"

_OVERRIDES: Final = {
    "safe.bareRepository": "explicit",
    "core.fsmonitor": "",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.editor": "false",
    "core.askPass": "",
    "core.sshCommand": "false",
    "core.alternateRefsCommand": "false",
    "credential.helper": "",
    "gpg.program": "false",
    "protocol.allow": "never",
    "submodule.recurse": "false",
    "core.quotepath": "off",
}
"""What may name a program, and what leads to one."""

_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # it outranks `protocol.NAME.allow` of a repository
    "GIT_TERMINAL_PROMPT": "0",
}

_APART: Final = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1"}
"""Two texts are compared where no configuration and no attribute is known."""

_PLACES: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
"""What git sets for its hooks. With a GIT_DIR alone it takes any folder for the top of the working tree; without one
it looks for the repository that the folder lies in."""


def find_root() -> Path:
    """Return the top of the repository that the working folder lies in, links resolved.

    Raises:
        UserError: there is none that git can read, or its configuration puts its files elsewhere.
    """
    here = Path(os.path.realpath(Path.cwd()))
    given = os.environ.get("GIT_WORK_TREE")
    root = Path(os.path.realpath(given)) if given else find_repository(here)
    hint = "Leave out --changed-since, or run in a checkout."
    if root is None:
        raise UserError("not in a git repository", str(here), hint)
    done = call(root, ["rev-parse", "--show-toplevel"])
    if done.returncode:
        raise UserError(f"not in a git repository that can be read ({read_fault(done)})", str(here), hint)
    if os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n"))) != str(root):
        raise UserError("the repository's configuration puts its files into another folder", str(root), hint)
    return root


def ask_git(root: Path, arguments: Sequence[str], stdin: bytes = b"") -> bytes:
    """Return what git answers in the repository at *root*, given *stdin* as input; raises `UserError`."""
    done = call(root, arguments, stdin)
    if done.returncode:
        hint = "A clone that was made with --filter lacks old texts: fetch them with 'git fetch --refetch --no-filter'."
        raise UserError(f"git failed ({read_fault(done)})", str(root), hint if b"lazy fetch" in done.stderr else "")
    return done.stdout


def call(root: Path, arguments: Sequence[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in the repository at *root*; raises `UserError` where there is no git."""
    environment = {**os.environ, **_ENVIRONMENT}
    for name in _PLACES & environment.keys():
        if "GIT_WORK_TREE" in os.environ:
            environment[name] = os.path.abspath(environment[name])  # -C would make it start from *root*
        else:
            del environment[name]
    return _run(["--literal-pathspecs", "-C", str(root), *arguments], environment, stdin)


def compare(old: bytes, new: bytes) -> bytes:
    """Return the difference between two texts in the unified format, without context.

    How lines end does not count: a checkout may write other ends than those that are kept.
    """
    options = ("--unified=0", "--inter-hunk-context=0", "--ignore-cr-at-eol", "--no-color", *QUIETLY)
    with tempfile.TemporaryDirectory(prefix="stilted-") as room:
        (Path(room) / "old").write_bytes(old)
        (Path(room) / "new").write_bytes(new)
        nowhere = {name: value for name, value in os.environ.items() if name not in _PLACES}
        environment = {**nowhere, **_ENVIRONMENT, **_APART, "GIT_DIR": os.path.join(room, "none")}
        done = _run(["-C", room, "diff", "--no-index", *options, "--", "old", "new"], environment)
    if done.returncode not in (0, 1):
        raise UserError(f"git failed ({read_fault(done)})", _WHERE)
    return done.stdout


QUIETLY: Final = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
"""Options of whatever compares: no program of another shows a difference."""


def _run(
    arguments: Sequence[str], environment: Mapping[str, str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    hint = "Install git, or leave the option out."
    if program is None or not os.path.isabs(program):  # a PATH with a dot in it names what the repository brings
        raise UserError("cannot run git: it is not on the PATH", _WHERE, hint)
    overrides = [part for name, value in _OVERRIDES.items() for part in ("-c", f"{name}={value}")]
    command = [program, "--no-pager", *overrides, *arguments]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise UserError(f"cannot run git: {explain_refusal(error)}", _WHERE, hint) from error


def read_fault(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what git said went wrong, on one line."""
    lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
    words = next((line for line in lines if line.startswith("fatal: ")), lines[0])  # warnings may stand before it
    return words.removeprefix("fatal: ") or f"exit {done.returncode}"
