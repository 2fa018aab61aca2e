"""The server as an editor meets it: a process of its own, spoken to over its standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

from stilted.cli import main
from stilted.server import language_server

TEXT = (
    "# News\n\n🙂 She walked to the the station.\n\nOn Monday the carmaker’s production line officially went offline.\n"
)


class Editor:
    """A client that waits for what the server says of a file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = BaseLanguageClient("editor", "1")
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.told.put_nowait(params))
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: None)

    async def start(self, **options: Any) -> None:
        await self.client.start_io(sys.executable, "-m", "stilted", "lsp")
        params = types.InitializeParams(
            types.ClientCapabilities(), root_uri=self.root.as_uri(), initialization_options=options
        )
        await self.client.initialize_async(params)
        self.client.initialized(types.InitializedParams())

    def open(self, name: str, text: str) -> str:
        uri = (self.root / name).as_uri()
        item = types.TextDocumentItem(uri, "markdown", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, version: int, place: types.Range, text: str) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        change = types.TextDocumentContentChangePartial(place, text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self, version: int = 1, rounds: int = 2) -> list[types.Diagnostic]:
        """Return what is said last of a version: with the rules, and then with the model."""
        for _ in range(rounds):
            while (published := await asyncio.wait_for(self.told.get(), 60)).version != version:
                pass
        return list(published.diagnostics)

    async def actions(self, uri: str, place: types.Range) -> dict[str, Any]:
        document = types.TextDocumentIdentifier(uri)
        params = types.CodeActionParams(document, place, types.CodeActionContext([]))
        offered = await self.client.text_document_code_action_async(params)
        return {action.title: action for action in offered or []}

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


def with_editor(root: Path, work: Callable[[Editor], Awaitable[None]], **options: Any) -> None:
    async def run() -> None:
        editor = Editor(root)
        await editor.start(**options)
        try:
            await work(editor)
        finally:
            await editor.stop()

    asyncio.run(run())


def spot(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def test_findings_are_told_and_go_when_they_are_mended(tmp_path: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        diagnostics = {d.code: d for d in await editor.diagnostics()}
        doubled = diagnostics["mechanics/doubled-word"]
        assert doubled.range == spot(2, 17, 24)  # the smiling face is two units
        assert "zh/line-goes-offline" in diagnostics
        actions = await editor.actions(uri, doubled.range)
        fix = actions["Write “the”"]
        assert fix.is_preferred
        assert fix.edit is not None
        assert fix.edit.changes is not None
        (edit,) = fix.edit.changes[uri]
        assert (edit.range, edit.new_text) == (doubled.range, "the")
        editor.change(uri, 2, edit.range, edit.new_text)
        assert "mechanics/doubled-word" not in {d.code for d in await editor.diagnostics(2)}

    with_editor(tmp_path, work, ignore="tagger")


def test_hover_says_why_with_the_source(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "page.md").write_text("# 新闻\n\n她走到车站。\n\n周一，这家车企的生产线正式下线。\n", "utf-8")

    async def work(editor: Editor) -> None:
        uri = editor.open("en/page.md", TEXT)
        await editor.diagnostics()
        params = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(4, 40))
        hover = await editor.client.text_document_hover_async(params)
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        for part in ("Why: ", "Source: ", "下线", "`zh/line-goes-offline`", "confidence"):
            assert part in hover.contents.value
        elsewhere = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
        assert await editor.client.text_document_hover_async(elsewhere) is None

    options = {"translation": "en", "source": "zh", "source-language": "zh", "ignore": "tagger"}
    with_editor(tmp_path, work, **options)


def test_what_is_accepted_stays_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stilted.toml").write_text('ignore = ["tagger"]\nbaseline = "known.json"\n', "utf-8")
    (tmp_path / "clean.txt").write_text("The ferry leaves the harbour at noon and reaches the island later.\n", "utf-8")
    assert main(["baseline", "write", "clean.txt", "--baseline", "known.json"]) == 0

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        diagnostics = {d.code: d for d in await editor.diagnostics()}
        calque = diagnostics["zh/line-goes-offline"]
        assert "Add to the baseline" in await editor.actions(uri, calque.range)
        await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(language_server.ADD_TO_BASELINE, [uri, calque.data])
        )
        assert "zh/line-goes-offline" not in {d.code for d in await editor.diagnostics()}
        actions = await editor.actions(uri, diagnostics["mechanics/doubled-word"].range)
        assert 'the"' not in str(actions["Accept “the the” everywhere"].edit)
        here = actions["Accept mechanics/doubled-word here"].edit
        assert here is not None
        assert here.changes is not None
        (edit,) = here.changes[uri]
        editor.change(uri, 2, edit.range, edit.new_text)
        assert await editor.diagnostics(2) == []

    with_editor(tmp_path, work)
    (tmp_path / "page.md").write_text(TEXT, "utf-8")
    assert main(["check", "page.md", "--select", "zh"]) == 0  # CI sees the same baseline


def test_a_list_of_phrases_is_begun_and_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / ".stilted-ignore"
    for before, place, text in (
        (None, (0, 0), "zh: PPT\n"),
        ("one\n", (1, 0), "zh: PPT\n"),
        ("one", (0, 3), "\nzh: PPT\n"),
    ):
        if before is not None:
            path.write_text(before, "utf-8")
        edit = language_server._appended(path, "zh: PPT\n")
        assert edit.document_changes is not None
        made, change = edit.document_changes
        assert isinstance(made, types.CreateFile)
        assert isinstance(change, types.TextDocumentEdit)
        (one,) = change.edits
        assert isinstance(one, types.TextEdit)
        assert (one.range.start.line, one.range.start.character) == place
        assert one.new_text == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.md", ""),
        ("de.md", "Die Boote verlassen den Hafen am Morgen, und sie kehren am Abend wieder zurück.\n"),
        ("a.json", '{"a": '),
        ("news.docx", "x"),
    ],
)
def test_what_cannot_be_checked_is_no_finding(tmp_path: Path, name: str, text: str) -> None:
    async def work(editor: Editor) -> None:
        editor.open(name, text)
        assert await editor.diagnostics(rounds=1) == []

    with_editor(tmp_path, work)


def test_faults_of_the_configuration_are_logged_and_end_nothing(tmp_path: Path) -> None:
    (tmp_path / "stilted.toml").write_text("min-blue = 3\n", "utf-8")

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        assert await editor.diagnostics(rounds=1) == []
        (tmp_path / "stilted.toml").write_text('ignore = ["tagger"]\n', "utf-8")
        document = types.TextDocumentIdentifier(uri)
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        assert len(await editor.diagnostics()) >= 2

    with_editor(tmp_path, work)
