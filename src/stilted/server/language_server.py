"""The Language Server Protocol over a `Checker`: diagnostics, hover, code actions (LSP 3.17, by pygls)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from stilted import __version__
from stilted.core.errors import UserError, make_internal_error
from stilted.core.progress import on_progress
from stilted.project.policy import Project
from stilted.rules.tagger.inference import THREADS, remember_readings, use_threads
from stilted.server import code_actions
from stilted.server.checker import Checked, Checker, Remark, explain_remark
from stilted.server.positions import Edit, EditorLines, apply_edit

Result = TypeVar("Result")

RULES_DELAY: Final = 0.005
"""Seconds of quiet before a file is checked with rules alone: changes that an editor sends at once are one."""
MODEL_DELAY: Final = 0.4
"""Seconds of quiet before the model reads it, too."""

READINGS: Final = 2_000
"""Sentences of which the model's reading is kept: some ten thousand words for each megabyte."""

MOST_REMARKS: Final = 200
"""Findings about which actions are offered at once: nobody reads a longer menu, and each answer repeats their texts."""

_ENDINGS: Final = {
    "csv": ".csv",
    "html": ".html",
    "json": ".json",
    "markdown": ".md",
    "mdx": ".mdx",
    "po": ".po",
    "xliff": ".xliff",
}
"""What a text in an editor's language would be called as a file; any other is plain text."""

_WATCHED: Final = ("**/stilted.toml", "**/pyproject.toml", "**/.stilted-ignore", "**/*baseline*.json")
"""Files that say what is checked and accepted; what is called otherwise is read again at the next change."""


@dataclass(slots=True)
class _Open:
    """A file that is open: its version, what is known of it, and the check that is on its way."""

    path: Path
    is_file: bool
    version: int
    text: str
    checked: Checked | None = None
    lines: EditorLines | None = None
    task: asyncio.Task[None] | None = None
    complaint: str = ""

    @property
    def known(self) -> tuple[Checked, EditorLines] | None:
        """What is known of the file as it is now; None while a change is being checked."""
        if self.checked is None or self.lines is None or self.checked.text != self.text:
            return None
        return self.checked, self.lines


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


class _Protocol(LanguageServerProtocol):  # type: ignore[misc]
    """Leaves the texts of files to the server.

    pygls itself ends lines where no editor does (U+2028, form feeds), and draws a place behind the last line that has
    no end into that line; the text here would part from the editor's.
    """

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)  # type: ignore[untyped-decorator]
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand a change on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


@dataclass(slots=True)
class _Workspace:
    """The folders that are open, each with what it knows; a text that lies in none of them belongs to the first."""

    options: dict[str, Any] = field(default_factory=dict)
    checkers: dict[Path, Checker] = field(default_factory=dict)

    def add(self, root: Path) -> None:
        self.checkers.setdefault(root, Checker(root, self.options))

    def of(self, path: Path) -> Checker:
        if not self.checkers:
            self.add(Path.cwd())
        within = [root for root in self.checkers if path.is_relative_to(root)]
        return self.checkers[max(within, key=lambda root: len(root.parts), default=next(iter(self.checkers)))]


class StiltedServer(LanguageServer):  # type: ignore[misc]
    """The server, with what it knows of the workspace and of the files that are open."""

    def __init__(self) -> None:
        kind = types.TextDocumentSyncKind.Incremental
        super().__init__("stilted", __version__, text_document_sync_kind=kind, protocol_cls=_Protocol)
        self.folders = _Workspace()
        self.files: dict[str, _Open] = {}
        self.rules = _Worker("rules")
        self.model = _Worker("model")
        self.shown_errors: set[str] = set()
        remember_readings(READINGS)
        use_threads(max(1, min(THREADS, (os.cpu_count() or 1) - 1)))  # a core is left to the rules and the editor

    @property
    def encoding(self) -> str:
        """What the editor counts characters in."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    def touch(self, uri: str) -> None:
        """Check a file that was opened or changed, in place of a check of it that is on its way."""
        known = self.files.get(uri)
        if known is None:
            return
        if known.task:
            known.task.cancel()
        known.task = asyncio.get_running_loop().create_task(_check(self, uri, known, known.text, known.version))

    def touch_all(self) -> None:
        """Check all files that are open: something that they depend on may have changed."""
        for uri in list(self.files):
            self.touch(uri)

    def tell(self, uri: str, version: int, checked: Checked) -> None:
        """Tell the editor what is known of a version of a file, if that is still the one that is open."""
        known = self.files.get(uri)
        if known is None or known.text != checked.text:
            return
        known.checked, known.lines = checked, EditorLines.of(checked.text, self.encoding)
        self._complain(known, checked)
        diagnostics = [code_actions.make_diagnostic(known.lines, remark) for remark in checked.remarks]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def known(self, uri: str) -> tuple[Checked, EditorLines] | None:
        """Return what is known of a file as it is now; None while a change is being checked."""
        return self.files[uri].known if uri in self.files else None

    def finding(self, uri: str, fingerprint: str) -> tuple[Remark | None, Project | None]:
        """Return what is known by *fingerprint* in a file, and the settings of its project.

        Raises:
            UserError: the settings are faulty.
        """
        known = self.files.get(uri)
        checked = known.checked if known else None
        remarks = [r for r in checked.remarks if r.finding.fingerprint == fingerprint] if checked else []
        is_file = known is not None and known.is_file
        project = self.folders.of(known.path).project(known.path) if known and is_file else None
        return (remarks[0] if remarks else None), project

    def stop(self) -> None:
        """Wait for no check any longer."""
        for known in self.files.values():
            if known.task:
                known.task.cancel()

    def _complain(self, known: _Open, checked: Checked) -> None:
        """Say once why a file is not checked; faulty settings, which keep every file from it, where all see it."""
        complaint = f"{known.path.name}: {checked.error.sentence()}" if checked.error else ""
        if complaint and complaint != known.complaint:
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, complaint))
        if known.complaint and not complaint:
            self.shown_errors.clear()  # it was mended; the same fault would be news
        known.complaint = complaint
        if checked.error is not None and checked.is_misconfigured and checked.error.sentence() not in self.shown_errors:
            self.shown_errors.add(checked.error.sentence())
            self.show_error(checked.error.sentence())

    def show_error(self, error: object) -> None:
        """Show the user why something cannot be done."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"stilted: {error}"))


def make_server() -> StiltedServer:
    """Return a language server that has not been started."""
    made = StiltedServer()
    made.feature(types.INITIALIZE)(_initialize)
    made.feature(types.INITIALIZED)(_initialized)
    made.feature(types.SHUTDOWN)(_shutdown)
    made.feature(types.TEXT_DOCUMENT_DID_OPEN)(_did_open)
    made.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_did_change)
    made.feature(types.TEXT_DOCUMENT_DID_SAVE)(_did_save)
    made.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_did_close)
    made.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_did_change_watched_files)
    made.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(_did_change_configuration)
    made.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(_did_change_folders)
    made.feature(types.TEXT_DOCUMENT_HOVER)(_show_hover)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    made.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_offer_actions)
    made.command(code_actions.ADD_TO_BASELINE)(_add_to_baseline)
    made.command(code_actions.ACCEPT_PHRASE)(_accept_phrase)
    made.command(code_actions.OPEN_PAGE)(_open_page)
    return made


# What pygls calls: it hands the server to a function whose first parameter is called ls.


def _initialize(ls: StiltedServer, params: types.InitializeParams) -> None:
    sent = params.initialization_options
    options = {str(name).replace("-", "_"): value for name, value in (sent if isinstance(sent, dict) else {}).items()}
    ls.folders = _Workspace(options)
    roots = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
    for path in map(to_fs_path, roots):
        if path:
            ls.folders.add(Path(path))


async def _initialized(ls: StiltedServer, params: types.InitializedParams) -> None:
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


def _shutdown(ls: StiltedServer, params: None) -> None:
    ls.stop()


async def _did_open(ls: StiltedServer, params: types.DidOpenTextDocumentParams) -> None:
    item = params.text_document
    place = _find_path(ls, item.uri, item.language_id)
    if place is not None:
        before = ls.files.get(item.uri)
        if before and before.task:
            before.task.cancel()
        ls.files[item.uri] = _Open(*place, item.version, item.text)
        ls.touch(item.uri)


async def _did_change(ls: StiltedServer, params: types.DidChangeTextDocumentParams) -> None:
    known = ls.files.get(params.text_document.uri)
    if known is None:
        return
    for change in params.content_changes:
        known.text = apply_edit(known.text, _read_edit(change), ls.encoding)
    known.version = params.text_document.version
    ls.touch(params.text_document.uri)


async def _did_save(ls: StiltedServer, params: types.DidSaveTextDocumentParams) -> None:
    ls.touch_all()  # it may have been the configuration


async def _did_change_watched_files(ls: StiltedServer, params: types.DidChangeWatchedFilesParams) -> None:
    ls.touch_all()


async def _did_change_configuration(ls: StiltedServer, params: types.DidChangeConfigurationParams) -> None:
    """Do nothing: editors send their initialisation options again, or none, and log an error if nothing takes them."""


async def _did_change_folders(ls: StiltedServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        ls.folders.checkers.pop(Path(to_fs_path(folder.uri) or ""), None)
    for folder in params.event.added:
        if path := to_fs_path(folder.uri):
            ls.folders.add(Path(path))
    ls.touch_all()


async def _did_close(ls: StiltedServer, params: types.DidCloseTextDocumentParams) -> None:
    known = ls.files.pop(params.text_document.uri, None)
    if known is None:
        return
    if known.task:
        known.task.cancel()
    ls.folders.of(known.path).forget(known.path)
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


def _show_hover(ls: StiltedServer, params: types.HoverParams) -> types.Hover | None:
    known = ls.known(params.text_document.uri)
    if known is None:
        return None
    checked, lines = known
    offset = lines.offset(params.position.line, params.position.character)
    remarks = [r for r in checked.remarks if r.span.start <= offset < max(r.span.end, r.span.start + 1)]
    if not remarks or checked.report is None:
        return None
    text = "\n\n---\n\n".join(explain_remark(checked.report, remark) for remark in remarks)
    value = types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.Hover(value, code_actions.find_range(lines, remarks[0].span.start, remarks[0].span.end))


def _offer_actions(ls: StiltedServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    uri, only = params.text_document.uri, params.context.only
    known = ls.known(uri)
    if known is None or (only and not any(_includes(kind, types.CodeActionKind.QuickFix) for kind in only)):
        return []
    checked, lines = known
    project = None
    with contextlib.suppress(UserError):  # a faulty configuration has been reported with the diagnostics
        project = ls.finding(uri, "")[1]
    start = lines.offset(params.range.start.line, params.range.start.character)
    end = lines.offset(params.range.end.line, params.range.end.character)
    remarks = [r for r in checked.remarks if r.span.start <= end and start <= r.span.end][:MOST_REMARKS]
    return [each for remark in remarks for each in code_actions.list_actions(uri, checked, lines, remark, project)]


async def _add_to_baseline(ls: StiltedServer, uri: str, fingerprint: str) -> None:
    def write(project: Project, remark: Remark) -> None:
        code_actions.add_to_baseline(project, ls.files[uri].path, remark)

    _put_down(ls, uri, fingerprint, write)


async def _accept_phrase(ls: StiltedServer, uri: str, fingerprint: str) -> None:
    _put_down(ls, uri, fingerprint, code_actions.accept_phrase)


async def _open_page(ls: StiltedServer, uri: str, fingerprint: str) -> None:
    remark, _ = _ask(ls, uri, fingerprint)
    if remark is None:
        return
    page = remark.page
    window = ls.client_capabilities.window
    if window and window.show_document and window.show_document.support:
        outside = not page.startswith("file:")
        ls.window_show_document(types.ShowDocumentParams(page, external=outside, take_focus=True))
    else:
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, page))


def _put_down(ls: StiltedServer, uri: str, fingerprint: str, write: Callable[[Project, Remark], None]) -> None:
    """Accept a finding in a list of its project, and check what is open against that."""
    remark, project = _ask(ls, uri, fingerprint)
    if remark is None or project is None:
        return
    try:
        write(project, remark)
    except (UserError, OSError, UnicodeError) as error:
        ls.show_error(error)
        return
    ls.touch_all()


def _ask(ls: StiltedServer, uri: str, fingerprint: str) -> tuple[Remark | None, Project | None]:
    """Return the finding that a command is about, and its project; where it is gone, the user gets a message."""
    try:
        remark, project = ls.finding(uri, fingerprint)
    except UserError as error:
        ls.show_error(error)
        return None, None
    if remark is None:
        ls.show_error("this finding is gone.")
    return remark, project


def _includes(kind: str, other: str) -> bool:
    """Tell whether a kind of actions is *other* or holds it: ``quickfix`` holds ``quickfix.spelling``."""
    kind = str(getattr(kind, "value", kind))
    return not kind or other == kind or other.startswith(f"{kind}.")


def _find_path(ls: StiltedServer, uri: str, language: str) -> tuple[Path, bool] | None:
    """Return the path of an editor's text, and whether it is a file.

    A text that was never saved is called by its language; what a program shows that is neither (an old version, say)
    is not checked.
    """
    path = to_fs_path(uri)
    if path:
        return Path(path), True
    parts = urlsplit(uri)
    if parts.scheme not in ("untitled", "file"):
        return None
    name = Path(unquote(parts.path)).name or "untitled"
    root = next(iter(ls.folders.checkers), Path.cwd())
    return root / (name if Path(name).suffix else name + _ENDINGS.get(language, ".txt")), False


def _read_edit(change: types.TextDocumentContentChangeEvent) -> Edit:
    if not isinstance(change, types.TextDocumentContentChangePartial):
        return Edit(change.text)
    start, end = change.range.start, change.range.end
    return Edit(change.text, (start.line, start.character), (end.line, end.character))


async def _check(ls: StiltedServer, uri: str, known: _Open, text: str, version: int) -> None:
    """Check a file once it is left alone for a moment: with the rules, and a while later with the model, too.

    The model reads in a thread of its own, so that the rules of the next change need not wait for it.
    """
    checker = ls.folders.of(known.path)
    try:
        await asyncio.sleep(RULES_DELAY)
        prepared = await ls.rules(checker.prepare, known.path, text)
        if isinstance(prepared, Checked):
            ls.tell(uri, version, prepared)
            return
        ls.tell(uri, version, await ls.rules(partial(checker.findings, prepared, with_model=False)))
        await asyncio.sleep(MODEL_DELAY)
        await ls.model(checker.read, prepared)
        ls.tell(uri, version, await ls.rules(partial(checker.findings, prepared, with_model=True)))
    except Exception as error:  # a fault of ours must not leave marks that are out of date
        ls.tell(uri, version, Checked(text, error=make_internal_error(error, str(known.path))))
