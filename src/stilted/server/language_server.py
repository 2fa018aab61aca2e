"""The Language Server Protocol over a `Checker`: diagnostics, hover, code actions (LSP 3.17, by pygls)."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from stilted import __version__, formats
from stilted.core.boundary import require_inside
from stilted.core.errors import UserError
from stilted.core.progress import on_progress
from stilted.core.whole_files import replace_file
from stilted.pipeline import ignores
from stilted.project import baseline
from stilted.rules.tagger.inference import remember_readings
from stilted.server.checker import Checked, Checker, Remark
from stilted.server.positions import Utf16Lines

Result = TypeVar("Result")

RULES_DELAY: Final = 0.03
"""Seconds of quiet before a file is checked with rules alone: keys struck in between are one change."""
MODEL_DELAY: Final = 0.4
"""Seconds of quiet before the model reads it, too."""

READINGS: Final = 2_000
"""Sentences of which the model's reading is kept: some ten thousand words for each megabyte."""

ADD_TO_BASELINE: Final = "stilted.addToBaseline"

_SEVERITIES: Final = {
    "critical": types.DiagnosticSeverity.Error,
    "major": types.DiagnosticSeverity.Warning,
    "minor": types.DiagnosticSeverity.Information,
    "neutral": types.DiagnosticSeverity.Hint,
}
_REMARKS_IN: Final = ("markdown", "html")
"""Formats in which a remark after the words accepts a finding."""


@dataclass(slots=True)
class _Open:
    """A file that is open: its version, what is known of it, and the check that is on its way."""

    version: int
    text: str
    checked: Checked | None = None
    task: asyncio.Task[None] | None = None


class _StoppedError(Exception):
    """Nobody waits for the check any longer."""


class _Worker:
    """One thread that checks; what is no longer waited for ends at its next step."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def __call__(self, work: Callable[..., Result], *arguments: Any) -> Result:
        stopped = threading.Event()

        def listen(share: float) -> None:
            if stopped.is_set():
                raise _StoppedError

        def run() -> Result:
            with on_progress(listen):
                return work(*arguments)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, run)
        finally:
            stopped.set()


class StiltedServer(LanguageServer):  # type: ignore[misc]
    """The server, with what it knows of the workspace and of the files that are open."""

    def __init__(self) -> None:
        kind = types.TextDocumentSyncKind.Incremental
        super().__init__("stilted", __version__, text_document_sync_kind=kind)
        self.checker = Checker(Path())
        self.files: dict[str, _Open] = {}
        self.rules = _Worker("rules")
        self.model = _Worker("model")
        remember_readings(READINGS)

    def touch(self, uri: str, version: int) -> None:
        """Check a file that was opened or changed, in place of a check of it that is on its way."""
        text = self.workspace.get_text_document(uri).source
        known = self.files.setdefault(uri, _Open(version, text))
        known.version, known.text = version, text
        if known.task:
            known.task.cancel()
        known.task = asyncio.get_running_loop().create_task(_check(self, uri, text, version))

    def tell(self, uri: str, text: str, version: int, checked: Checked) -> None:
        """Tell the editor what is known of a version of a file, if that is still the one that is open."""
        known = self.files.get(uri)
        if known is None or known.text != text:
            return
        known.checked = checked
        if checked.error is not None:
            message = f"{Path(to_fs_path(uri) or uri).name}: {checked.error.sentence()}"
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))
        diagnostics = [_diagnostic(checked, remark) for remark in checked.remarks]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def known(self, uri: str) -> Checked | None:
        """Return what is known of a file as it is now; None while a change is being checked."""
        known = self.files.get(uri)
        if known is None or known.checked is None or known.checked.lines.text != known.text:
            return None
        return known.checked


def server() -> StiltedServer:
    """Return a language server that has not been started."""
    made = StiltedServer()
    made.feature(types.INITIALIZE)(_initialize)
    made.feature(types.TEXT_DOCUMENT_DID_OPEN)(_did_open)
    made.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_did_change)
    made.feature(types.TEXT_DOCUMENT_DID_SAVE)(_did_save)
    made.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_did_close)
    made.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    made.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_code_action)
    made.command(ADD_TO_BASELINE)(_add_to_baseline)
    return made


# What pygls calls: it hands the server to a function whose first parameter is called ls.


def _initialize(ls: StiltedServer, params: types.InitializeParams) -> None:
    given = params.initialization_options
    options = {str(name).replace("-", "_"): value for name, value in (given if isinstance(given, dict) else {}).items()}
    path = to_fs_path(params.root_uri) if params.root_uri else None
    ls.checker = Checker(Path(path or "."), options)


async def _did_open(ls: StiltedServer, params: types.DidOpenTextDocumentParams) -> None:
    ls.touch(params.text_document.uri, params.text_document.version)


async def _did_change(ls: StiltedServer, params: types.DidChangeTextDocumentParams) -> None:
    ls.touch(params.text_document.uri, params.text_document.version)


async def _did_save(ls: StiltedServer, params: types.DidSaveTextDocumentParams) -> None:
    for uri, known in list(ls.files.items()):  # it may have been the configuration
        ls.touch(uri, known.version)


async def _did_close(ls: StiltedServer, params: types.DidCloseTextDocumentParams) -> None:
    known = ls.files.pop(params.text_document.uri, None)
    if known and known.task:
        known.task.cancel()
    ls.checker.forget(Path(to_fs_path(params.text_document.uri) or params.text_document.uri))
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _hover(ls: StiltedServer, params: types.HoverParams) -> types.Hover | None:
    checked = ls.known(params.text_document.uri)
    if checked is None:
        return None
    offset = checked.lines.offset(params.position.line, params.position.character)
    here = [r for r in checked.remarks if r.span.start <= offset < max(r.span.end, r.span.start + 1)]
    if not here:
        return None
    text = "\n\n---\n\n".join(remark.explanation for remark in here)
    value = types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.Hover(value, _range(checked, here[0].span.start, here[0].span.end))


def _code_action(ls: StiltedServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    uri = params.text_document.uri
    checked = ls.known(uri)
    if checked is None:
        return []
    start = checked.lines.offset(params.range.start.line, params.range.start.character)
    end = checked.lines.offset(params.range.end.line, params.range.end.character)
    near = (r for r in checked.remarks if r.span.start <= end and start <= r.span.end)
    return [action for remark in near for action in _actions(ls.checker, uri, checked, remark)]


async def _add_to_baseline(ls: StiltedServer, uri: str, fingerprint: str) -> None:
    checked = ls.known(uri)
    findings = [r.finding for r in checked.remarks if r.finding.fingerprint == fingerprint] if checked else []
    path = Path(to_fs_path(uri) or "")
    try:
        project = ls.checker.project(path)
        if project.baseline_path is None or not findings:
            return
        own = {baseline.file_key(path, project.baseline_path): (baseline.entry_of(findings[0]),)}
        joined = baseline.joined(project.baseline, baseline.Baseline(own))
        require_inside(project.baseline_path)
        replace_file(project.baseline_path.resolve(), baseline.baseline_text(joined).encode())
    except (UserError, OSError) as error:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"stilted: {error}"))
        return
    ls.touch(uri, ls.files[uri].version)


async def _check(ls: StiltedServer, uri: str, text: str, version: int) -> None:
    """Check a file once it is left alone for a moment: with the rules, and a while later with the model, too.

    The model reads in a thread of its own, so that the rules of the next change need not wait for it.
    """
    path = Path(to_fs_path(uri) or uri)
    await asyncio.sleep(RULES_DELAY)
    prepared = await ls.rules(ls.checker.prepare, path, text)
    if isinstance(prepared, Checked):
        ls.tell(uri, text, version, prepared)
        return
    ls.tell(uri, text, version, await ls.rules(partial(ls.checker.findings, prepared, with_model=False)))
    await asyncio.sleep(MODEL_DELAY)
    await ls.model(ls.checker.read, prepared)
    ls.tell(uri, text, version, await ls.rules(partial(ls.checker.findings, prepared, with_model=True)))


def _range(checked: Checked, start: int, end: int) -> types.Range:
    return types.Range(*(types.Position(*checked.lines.position(offset)) for offset in (start, end)))


def _diagnostic(checked: Checked, remark: Remark) -> types.Diagnostic:
    return types.Diagnostic(
        range=_range(checked, remark.span.start, remark.span.end),
        message=remark.finding.message,
        severity=_SEVERITIES[remark.finding.severity],
        code=remark.finding.rule,
        source="stilted",
        code_description=types.CodeDescription(remark.page) if remark.page else None,
        data=remark.finding.fingerprint,
    )


def _actions(checker: Checker, uri: str, checked: Checked, remark: Remark) -> Iterator[types.CodeAction]:
    """Yield what can be done about one finding: write something else, or accept it in one of three places."""
    finding, text = remark.finding, checked.lines.text
    about = [_diagnostic(checked, remark)]

    def action(title: str, preferred: bool = False, **what: Any) -> types.CodeAction:
        return types.CodeAction(
            title, kind=types.CodeActionKind.QuickFix, diagnostics=about, is_preferred=preferred or None, **what
        )

    def change(file: str, at: types.Range, new: str) -> types.WorkspaceEdit:
        return types.WorkspaceEdit(changes={file: [types.TextEdit(at, new)]})

    if text[remark.span.start : remark.span.end] == finding.text:
        at = _range(checked, remark.span.start, remark.span.end)
        for number, suggestion in enumerate(finding.suggestions):
            title = f"Write “{suggestion}”" if suggestion else f"Leave out “{finding.text}”"
            yield action(title, number == 0 and remark.is_safe, edit=change(uri, at, suggestion))
    end = min((at for at in (text.find(mark, remark.span.end) for mark in "\r\n") if at >= 0), default=len(text))
    line = text[checked.lines.line_start(remark.span.start) : end]
    if checked.format in _REMARKS_IN and not uri.endswith(".mdx") and not line.lstrip().startswith("|"):
        note = f" <!-- stilted-ignore: {finding.rule} -->"
        yield action(f"Accept {finding.rule} here", edit=change(uri, _range(checked, end, end), note))
    path = Path(to_fs_path(uri) or "")
    with contextlib.suppress(UserError):  # a faulty configuration has been told with the diagnostics
        project = checker.project(path)
        phrase = " ".join(finding.text.split())
        if phrase and "#" not in phrase:
            listed = project.config.ignore_file or project.config.root / ignores.FILE
            yield action(f"Accept “{phrase}” everywhere", edit=_appended(listed, f"{finding.rule}: {phrase}\n"))
        if project.baseline_path is not None:
            arguments = [uri, finding.fingerprint]
            command = types.Command("Add to the baseline", ADD_TO_BASELINE, arguments=arguments)
            yield action("Add to the baseline", command=command)


def _appended(path: Path, line: str) -> types.WorkspaceEdit:
    """Return the edit that adds a line at the end of a file, which is made where there is none."""
    uri = from_fs_path(str(path.resolve())) or ""
    before = ""
    with contextlib.suppress(UserError):  # none is there yet
        before = formats.read_text(path)
    at = types.Position(*Utf16Lines.of(before).position(len(before)))
    edit = types.TextEdit(types.Range(at, at), line if before.endswith("\n") or not before else f"\n{line}")
    return types.WorkspaceEdit(
        document_changes=[
            types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)),
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), [edit]),
        ]
    )
