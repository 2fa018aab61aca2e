"""pytest checks translations: files named in the configuration, and texts that a test holds.

::

    [tool.pytest.ini_options]
    stilted_files = ["docs/en/**/*.md"]      # globs from the root folder; each file becomes a test
    stilted_references = "docs/human"        # optional: references of the same name
    stilted_sources = "docs/zh"              # optional: sources likewise; a file that has none is checked without

    def test_greeting(stilted_check):
        stilted_check(render("greeting"), fail_on="minor", name="greeting")

The gate, the baseline and the list of accepted phrases are those of ``stilted check``, run in pytest's root
folder. This module is loaded by every run of pytest where stilted is installed, so it imports nothing heavy;
``-p no:stilted`` leaves it out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

if TYPE_CHECKING:
    from stilted.core.model import Analysis, Report
    from stilted.core.options import Settings
    from stilted.formats import Parsed
    from stilted.project.policy import Project


class Check(Protocol):
    """What the fixture `stilted_check` gives."""

    def __call__(
        self,
        text: str,
        reference: str | None = None,
        source: str | None = None,
        *,
        name: str = "translation",
        **options: Any,
    ) -> Report:
        """Check a text like `stilted.check`, with the project's configuration under the *options* given.

        Args:
            text, reference, source, options: as for `stilted.check`.
            name: what to call the text. The path of a file, from pytest's root folder, makes that file's
                sections of the configuration and its entries in the baseline count.

        Raises:
            AssertionError: the translation fails; its text is the report.
            UserError: it cannot be judged.
        """


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two keys of the configuration."""
    parser.addini("stilted_files", "globs of English translations to check, from the root folder", "linelist", [])
    parser.addini("stilted_references", "folder that holds references by the names of the translations", default="")
    parser.addini("stilted_sources", "folder that holds source texts by the names of the translations", default="")


_FILES: Final = pytest.StashKey[frozenset[Path]]()
_JUDGE: Final = pytest.StashKey["Judge"]()


def pytest_configure(config: pytest.Config) -> None:
    """Find the files to check; a plain run looks at all of them, wherever `testpaths` sends it.

    pytest takes a file among its arguments although ``--ignore`` names it, so those are not put there.
    """
    files: set[Path] = set()
    for pattern in config.getini("stilted_files"):
        paths = _glob(config.rootpath, pattern)
        if not paths:
            _warn(config, f"stilted_files: '{pattern}' fits no file in {config.rootpath}")
        files |= paths
    config.stash[_FILES] = frozenset(files)
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        roots = [Path(config.invocation_params.dir, argument) for argument in config.args]
        left_out = [*roots, *(config.invocation_params.dir / path for path in config.getoption("ignore") or ())]
        taken = [file for file in sorted(files) if not any(file.is_relative_to(root) for root in left_out)]
        _require_askable(taken, config.rootpath)
        config.args += map(str, taken)


def _require_askable(files: Iterable[Path], root: Path) -> None:
    """Refuse files that pytest takes for tests within files when it is given their names."""
    for file in files:
        if "::" in str(file) or "[" in str(file):
            what = f"pytest cannot be given '{_disarm(_show_path(file, root))}', since it reads '::' and '[' as its own"
            raise pytest.UsageError(f"stilted_files: {what}. Name its folder in testpaths, or rename it.")


def _warn(config: pytest.Config, sentence: str) -> None:
    try:
        config.issue_config_time_warning(pytest.PytestConfigWarning(sentence), stacklevel=3)
    except pytest.PytestConfigWarning as error:  # where users turn warnings into errors
        raise pytest.UsageError(sentence) from error


def _glob(root: Path, pattern: str) -> set[Path]:
    try:
        return {path for path in root.glob(pattern) if path.is_file()}
    except (NotImplementedError, ValueError) as error:
        raise pytest.UsageError(f"stilted_files: '{pattern}' is no glob from the root folder: {error}") from error


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the configured files."""
    if file_path not in parent.config.stash.get(_FILES, frozenset()):
        return None
    written = _show_path(file_path, parent.config.rootpath)
    shown = _disarm(written)  # pytest writes what tests are called into its log as it is
    named: dict[str, Any] = {} if shown == written else {"name": _disarm(file_path.name), "nodeid": shown}
    collector: pytest.Collector = TranslationFile.from_parent(parent, path=file_path, **named)
    return collector


class TranslationFile(pytest.File):
    """A file that holds one test: its text is a good translation."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the one test."""
        yield TranslationItem.from_parent(self, name="stilted")


class TranslationItem(pytest.Item):
    """Fails when the gate does, or when the file cannot be judged."""

    def runtest(self) -> None:
        """Check the file, against the reference and the source of its name if there are folders of them."""
        from stilted import formats
        from stilted.project import pairing

        target = replace(formats.read(self.path, "translation"), name=_show_path(self.path, self.config.rootpath))
        beside = _find_beside(self.config, self.path, "stilted_references")
        reference = formats.read(beside, "reference") if beside else None
        original = _find_beside(self.config, self.path, "stilted_sources")
        there = original is not None and (original.exists() or pairing.is_closed(original))
        source = formats.read(original, "source") if original and there else None
        _assert_passed(_get_judge(self.config).file(target, reference, source))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the report, or the sentence about what is wrong, without a traceback."""
        from stilted.core.errors import UserError

        short = self.config.getoption("tbstyle", "auto") == "line"
        if isinstance(excinfo.value, TranslationFailedError):
            name = _disarm(_show_path(self.path, self.config.rootpath))
            crash = _Crash(name, _disarm(" ".join(excinfo.value.reasons)))
            return _Failure(str(excinfo.value), crash, short)
        if isinstance(excinfo.value, UserError):
            sentence = _disarm(excinfo.value.sentence())
            return _Failure(sentence, _Crash("", sentence), short)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the test is, and what to call it."""
        return self.path, None, f"stilted {_disarm(_show_path(self.path, self.config.rootpath))}"


def _find_beside(config: pytest.Config, path: Path, option: str) -> Path | None:
    """Return what goes with a file in the folder that *option* names, None where it names none."""
    from stilted.project import pairing

    folder = config.getini(option)
    return pairing.find_counterpart(path, config.rootpath / folder, _get_judge(config).ends[path]) if folder else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave one sentence of what `stilted_check` raises to the summary, which repeats all on a build server."""
    report = yield
    error = call.excinfo.value if call.excinfo else None
    crash = getattr(report.longrepr, "reprcrash", None)
    if isinstance(error, TranslationFailedError) and crash and not isinstance(item, TranslationItem):
        crash.message = _disarm(f"{type(error).__name__}: {' '.join(error.reasons)}")
    return report


@pytest.fixture(scope="session")
def stilted_check(pytestconfig: pytest.Config) -> Check:
    """Check a text like `stilted.check`; raises AssertionError with the report when the translation fails."""
    from stilted.core.errors import UserError

    judge = _get_judge(pytestconfig)

    def check(
        text: str,
        reference: str | None = None,
        source: str | None = None,
        *,
        name: str = "translation",
        **options: Any,
    ) -> Report:
        __tracebackhide__ = True
        try:
            report = judge.text(name, text, reference, source, **options)
        except UserError as error:  # pytest writes its words into the log as they are
            raise type(error)(*map(_disarm, (error.what, error.where, error.hint))) from None
        _assert_passed(report)
        return report

    return check


class TranslationFailedError(AssertionError):
    """A translation that the gate fails; its text is the report, its `reasons` are those of the gate."""

    def __init__(self, text: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class _Crash:
    """What pytest says of a failure in one line; *message* names its own place where *path* is empty."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@dataclass(frozen=True, slots=True)
class _Failure:
    """What pytest shows of a failure: all of it once, and *reprcrash* in its summary and in JUnit's ``message``.

    A plain string would do, but on a build server pytest repeats the whole of it in the summary. With ``--tb=line``,
    *short*, it shows *reprcrash* alone.
    """

    text: str
    reprcrash: _Crash
    short: bool = False

    def toterminal(self, out: Any) -> None:
        """Write the text, as pytest writes a failure that is a string."""
        if not self.short:
            out.line(self.text)

    def __str__(self) -> str:
        return self.text


def _assert_passed(report: Report) -> None:
    __tracebackhide__ = True
    if report.verdict.passed is False:
        raise TranslationFailedError(f"the translation fails\n\n{report.to_text()}", report.verdict.reasons)


def _show_path(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _disarm(text: str) -> str:
    """Return what others named or wrote so that neither a terminal nor the log of a build acts on it."""
    from stilted.core.foreign import clean_line, disarm

    return disarm(clean_line(text))


@dataclass(frozen=True, slots=True)
class Judge:
    """Checks under the project's configuration, read once a run.

    Attributes:
        ends: what the reference and the source of each configured file may be called; see
            `stilted.project.pairing.list_path_ends`.
    """

    root: Path
    project: Project
    ends: Mapping[Path, tuple[Path, ...]]

    def text(
        self, name: str, text: str, reference: str | None = None, source: str | None = None, **given: Any
    ) -> Report:
        """Check one text under its *name*, leave out what is accepted, and mark what the baseline knows."""
        from stilted import api

        return self._finish(name, lambda chosen: api.analyse_text(chosen, text, reference, source, name), given)

    def file(self, target: Parsed, reference: Parsed | None, source: Parsed | None) -> Report:
        """Check a file as read, likewise."""
        from stilted import api

        return self._finish(target.name, lambda chosen: api.analyse_parsed(chosen, target, reference, source), {})

    def _finish(self, name: str, analyse: Callable[[Settings], Analysis], given: Mapping[str, Any]) -> Report:
        from stilted.core.options import make_settings
        from stilted.project import policy

        file = self.root / name
        chosen = make_settings(**policy.choose_options(self.project, file, given))
        return policy.apply_policy(self.project, file, analyse(chosen), chosen).report


def _get_judge(config: pytest.Config) -> Judge:
    if _JUDGE not in config.stash:
        from stilted.project import config as configuration
        from stilted.project import pairing, policy

        configured = config.stash[_FILES]
        files = sorted(configured)
        ends = pairing.list_path_ends([file.relative_to(config.rootpath) for file in files])
        # pytest runs what the repository brings anyhow, so what its configuration names may lie anywhere.
        project = policy.read_project(configuration.find(config.rootpath, outside=True))
        config.stash[_JUDGE] = Judge(config.rootpath, project, dict(zip(files, ends, strict=True)))
    return config.stash[_JUDGE]
