"""An editor without a screen: it starts ``stilted lsp`` as editors do and speaks to it over its standard input."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

from stilted.server.positions import Edit, EditorLines, apply_edit

PATIENCE: Final = 120.0
"""Seconds after which the server is taken for dead."""


class Editor:
    """A client that keeps what the server sends.

    Attributes:
        root: the folder that is open. published: diagnostics as they came, with the time of a clock in seconds.
        shown: messages and documents that the user is to see. logged: what stands in the log.
        texts: what is open, by address.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = BaseLanguageClient("editor", "1")
        self.published: asyncio.Queue[tuple[float, types.PublishDiagnosticsParams]] = asyncio.Queue()
        self.shown: asyncio.Queue[Any] = asyncio.Queue()
        self.logged: list[str] = []
        self.texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        hear = self.client.feature
        hear(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self.published.put_nowait((time.perf_counter(), params))
        )
        hear(types.WINDOW_LOG_MESSAGE)(lambda params: self.logged.append(params.message))
        hear(types.WINDOW_SHOW_MESSAGE)(lambda params: self.shown.put_nowait(params))
        hear(types.WINDOW_SHOW_DOCUMENT)(lambda params: self._show(params))

    def _show(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.shown.put_nowait(params)
        return types.ShowDocumentResult(True)

    async def start(
        self, options: dict[str, Any], folders: Sequence[str] = (), can: types.ClientCapabilities | None = None
    ) -> None:
        """Start the server.

        Args:
            options: for its initialisation. folders: names below the root, each open as a folder of its own.
            can: what the editor says that it can do; nothing by default.
        """
        await self.client.start_io(sys.executable, "-m", "stilted", "lsp")
        workspace_folders = [types.WorkspaceFolder((self.root / name).as_uri(), name) for name in folders]
        params = types.InitializeParams(
            can or types.ClientCapabilities(),
            root_uri=self.root.as_uri(),
            workspace_folders=workspace_folders or None,
            initialization_options=options,
        )
        await self.client.initialize_async(params)
        self.client.initialized(types.InitializedParams())

    async def stop(self) -> int | None:
        """End the server as the protocol says, and return its exit code."""
        process = self.client._server
        await self.client.shutdown_async(None)
        self.client.exit(None)
        code = await asyncio.wait_for(process.wait(), PATIENCE) if process else None
        await self.client.stop()
        return code

    def open(self, name: str, text: str, language: str = "markdown") -> str:
        """Open a file of the folder, or a text that has an address of its own, and return its address."""
        uri = name if ":" in name else (self.root / name).as_uri()
        self.texts[uri], self._versions[uri] = text, 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def close(self, uri: str) -> None:
        """Close a file."""
        document = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def type(self, uri: str, start: int, end: int, new: str) -> int:
        """Write *new* in place of the code points ``[start, end)``, and return the version that this makes."""
        lines = EditorLines.of(self.texts[uri])
        return self.change(uri, Edit(new, lines.position(start), lines.position(end)))

    def change(self, uri: str, edit: Edit, encoding: str = "utf-16") -> int:
        """Change an open text, and return the version that this makes."""
        self.texts[uri] = apply_edit(self.texts[uri], edit, encoding)
        self._versions[uri] += 1
        change: types.TextDocumentContentChangeEvent
        if edit.start is None or edit.end is None:
            change = types.TextDocumentContentChangeWholeDocument(edit.text)
        else:
            place = types.Range(types.Position(*edit.start), types.Position(*edit.end))
            change = types.TextDocumentContentChangePartial(place, edit.text)
        document = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
        return self._versions[uri]

    async def hear(self, uri: str, rounds: int = 1) -> tuple[float, list[types.Diagnostic]]:
        """Return when a file as it is now was last reported on, and what: with the rules, then with the model."""
        at, diagnostics = 0.0, list[types.Diagnostic]()
        for _ in range(rounds):
            while True:
                at, published = await asyncio.wait_for(self.published.get(), PATIENCE)
                if (published.uri, published.version) == (uri, self._versions[uri]):
                    break
            diagnostics = list(published.diagnostics)
        return at, diagnostics

    async def diagnostics(self, uri: str, rounds: int = 2) -> list[types.Diagnostic]:
        """Return what is said last of a file as it is now, after so many *rounds* of saying."""
        return (await self.hear(uri, rounds))[1]

    async def hover(self, uri: str, line: int, character: int) -> str:
        """Return what is shown over a place; empty for nothing."""
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(line, character))
        hover = await self.client.text_document_hover_async(params)
        return hover.contents.value if hover and isinstance(hover.contents, types.MarkupContent) else ""

    async def actions(self, uri: str, place: types.Range, only: Sequence[str] | None = None) -> dict[str, Any]:
        """Return what is offered at a place, by title."""
        context = types.CodeActionContext([], only=None if only is None else list(only))
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
        offered = await self.client.text_document_code_action_async(params)
        return {action.title: action for action in offered or []}

    async def run(self, command: str, *arguments: Any) -> None:
        """Run one of the server's commands."""
        await self.client.workspace_execute_command_async(types.ExecuteCommandParams(command, list(arguments)))
