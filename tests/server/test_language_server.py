"""The server as an editor meets it: a process of its own, spoken to over its standard input and output."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.uris import to_fs_path

import beside
from stilted.cli import main
from stilted.lab.editor_client import PATIENCE, Editor
from stilted.server import code_actions, language_server
from stilted.server.positions import Edit

TEXT = (
    "# News\n\n🙂 She walked to the the station.\n\nOn Monday the carmaker’s production line officially went offline.\n"
)
SOURCE = "# 新闻\n\n她走到车站。\n\n周一，这家车企的生产线正式下线。\n"
DOUBLED, OFFLINE = "mechanics/doubled-word", "zh/line-goes-offline"


def with_editor(
    root: Path,
    work: Callable[[Editor], Awaitable[None]],
    *,
    folders: Sequence[str] = (),
    can: types.ClientCapabilities | None = None,
    **options: Any,
) -> None:
    async def run() -> None:
        editor = Editor(root)
        await editor.start(options, folders, can)
        try:
            await work(editor)
        finally:
            code = await editor.stop()
        assert code == 0

    asyncio.run(run())


def spot(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def edit_of(action: Any, uri: str) -> Edit:
    """Return the one change of a file that an action makes."""
    (made,) = action.edit.changes[uri]
    start, end = made.range.start, made.range.end
    return Edit(made.new_text, (start.line, start.character), (end.line, end.character))


def codes(diagnostics: Sequence[types.Diagnostic]) -> set[str]:
    return {str(each.code) for each in diagnostics}


async def message(editor: Editor) -> Any:
    return await asyncio.wait_for(editor.shown.get(), PATIENCE)


@pytest.mark.long
def test_findings_are_told_and_go_when_they_are_mended(tmp_path: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        diagnostics = {d.code: d for d in await editor.diagnostics(uri)}
        assert diagnostics[DOUBLED].range == spot(2, 17, 24)  # the smiling face is two units
        assert OFFLINE in diagnostics
        fix = (await editor.actions(uri, diagnostics[DOUBLED].range))["Write “the”"]
        assert fix.is_preferred
        edit = edit_of(fix, uri)
        assert edit == Edit("the", (2, 17), (2, 24))
        editor.change(uri, edit)
        assert DOUBLED not in codes(await editor.diagnostics(uri))

    with_editor(tmp_path, work, ignore="tagger")


@pytest.mark.long
def test_hover_says_why_with_the_source(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "page.md").write_text(SOURCE, "utf-8")

    async def work(editor: Editor) -> None:
        uri = editor.open("en/page.md", TEXT)
        await editor.diagnostics(uri)
        shown = await editor.hover(uri, 4, 40)
        for part in ("Why: ", "Source: ", "下线", f"`{OFFLINE}`", "Accuracy/Mistranslation, argued", "\n\nPattern: `["):
            assert part in shown
        assert not await editor.hover(uri, 0, 0)

    options = {"translation": "en", "source": "zh", "source-language": "zh", "ignore": "tagger"}
    with_editor(tmp_path, work, **options)


@pytest.mark.long
def test_what_is_accepted_stays_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stilted.toml").write_text('ignore = ["tagger"]\nbaseline = "known.json"\n', "utf-8")
    (tmp_path / "clean.txt").write_text("The ferry leaves the harbour at noon and reaches the island later.\n", "utf-8")
    assert main(["baseline", "write", "clean.txt", "--baseline", "known.json"]) == 0

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        diagnostics = {d.code: d for d in await editor.diagnostics(uri)}
        assert "Add to the baseline" in await editor.actions(uri, diagnostics[OFFLINE].range)
        await editor.run(code_actions.ADD_TO_BASELINE, uri, diagnostics[OFFLINE].data)
        assert OFFLINE not in codes(await editor.diagnostics(uri))
        actions = await editor.actions(uri, diagnostics[DOUBLED].range)
        editor.change(uri, edit_of(actions[f"Accept {DOUBLED} here"], uri))
        assert await editor.diagnostics(uri) == []

    with_editor(tmp_path, work)
    (tmp_path / "page.md").write_text(TEXT, "utf-8")
    assert main(["check", "page.md", "--select", "zh"]) == 0  # CI sees the same baseline


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"zh: PPT\n"),
        (b"one\n", b"one\nzh: PPT\n"),
        (b"one", b"one\nzh: PPT\n"),
        (b"one\r\ntwo", b"one\r\ntwo\r\nzh: PPT\r\n"),
        (b"\xef\xbb\xbfone\n", b"\xef\xbb\xbfone\nzh: PPT\n"),
        ("one\n".encode("utf-16"), "one\nzh: PPT\n".encode("utf-16")),
    ],
)
def test_a_list_of_phrases_is_begun_and_gone_on_with(before: bytes, after: bytes) -> None:
    assert code_actions.add_line(before, "zh: PPT") == after


@pytest.mark.long
def test_a_phrase_is_accepted_at_once_where_ci_looks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(TEXT, "utf-8")

    async def work(editor: Editor) -> None:
        uri = editor.open("docs/page.md", TEXT)
        told = await editor.diagnostics(uri)
        for finding in told:
            assert any(title.endswith("everywhere") for title in await editor.actions(uri, finding.range))
            await editor.run(code_actions.ACCEPT_PHRASE, uri, finding.data)
            told = await editor.diagnostics(uri)
            assert finding.code not in codes(told)
        assert told == []
        await editor.run(code_actions.ACCEPT_PHRASE, uri, "of nothing")
        assert "gone" in (await message(editor)).message

    with_editor(tmp_path, work, ignore="tagger")
    assert main(["check", "docs", "--ignore", "tagger", "--fail-on", "neutral"]) == 0


@pytest.mark.long
def test_a_list_that_leads_elsewhere_is_not_written(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.write_text("one\n", "utf-8")

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        finding = next(d for d in await editor.diagnostics(uri) if d.code == DOUBLED)
        (root / ".stilted-ignore").symlink_to(elsewhere)
        await editor.run(code_actions.ACCEPT_PHRASE, uri, finding.data)
        assert str(root / ".stilted-ignore") in (await message(editor)).message

    with_editor(root, work, ignore="tagger")
    assert elsewhere.read_text("utf-8") == "one\n"


@pytest.mark.long
@pytest.mark.parametrize("base", ["", "https://rules.example/stilted"])
@pytest.mark.parametrize("shows", [True, False])
def test_the_page_of_a_rule_is_shown_or_its_address_told(tmp_path: Path, base: str, shows: bool) -> None:
    window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=shows))

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        doubled = next(d for d in await editor.diagnostics(uri, rounds=1) if d.code == DOUBLED)
        assert f"Open the page of {DOUBLED}" in await editor.actions(uri, doubled.range)
        await editor.run(code_actions.OPEN_PAGE, uri, doubled.data)
        told = await message(editor)
        address = told.uri if shows else told.message
        assert doubled.code_description is not None
        assert address == doubled.code_description.href
        if base:
            assert address == f"{base}/{DOUBLED}.md"
        else:
            assert Path(to_fs_path(address) or "").read_text("utf-8").startswith(f"# {DOUBLED}\n")
        if shows:
            assert (told.external, told.take_focus) == (bool(base), True)

    options = {"rule-pages": base} if base else {}
    with_editor(tmp_path, work, can=types.ClientCapabilities(window=window), ignore="tagger", **options)


@pytest.mark.long
def test_other_kinds_of_action_are_not_asked_for(tmp_path: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        doubled = next(d for d in await editor.diagnostics(uri, rounds=1) if d.code == DOUBLED)
        for only, offered in (("refactor", False), ("source.fixAll", False), ("quickfix", True)):
            assert bool(await editor.actions(uri, doubled.range, [only])) is offered

    with_editor(tmp_path, work, ignore="tagger")


@pytest.mark.long
def test_positions_are_counted_as_both_sides_agreed(tmp_path: Path) -> None:
    wanted = types.GeneralClientCapabilities(position_encodings=["utf-8", "utf-16"])

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        diagnostics = {d.code: d for d in await editor.diagnostics(uri)}
        assert diagnostics[DOUBLED].range == spot(2, 19, 26)  # the smiling face is four bytes
        editor.change(uri, Edit("the", (2, 19), (2, 26)), "utf-8")
        assert DOUBLED not in codes(await editor.diagnostics(uri))

    with_editor(tmp_path, work, can=types.ClientCapabilities(general=wanted), ignore="tagger")


@pytest.mark.long
def test_every_folder_that_is_open_has_its_own_settings(tmp_path: Path) -> None:
    for name, settings in (("one", 'ignore = ["tagger", "zh"]\n'), ("two", 'ignore = ["tagger", "mechanics"]\n')):
        (tmp_path / name / "zh").mkdir(parents=True)
        (tmp_path / name / "zh" / "page.md").write_text(SOURCE, "utf-8")
        (tmp_path / name / "stilted.toml").write_text(settings, "utf-8")

    async def work(editor: Editor) -> None:
        one = editor.open("one/en/page.md", TEXT)
        assert codes(await editor.diagnostics(one)) == {DOUBLED}
        two = editor.open("two/en/page.md", TEXT)
        assert codes(await editor.diagnostics(two)) == {OFFLINE}
        assert "Source: " in await editor.hover(one, 2, 18)
        assert "Source: " in await editor.hover(two, 4, 30)
        folder = types.WorkspaceFolder((tmp_path / "two").as_uri(), "two")
        event = types.WorkspaceFoldersChangeEvent([], [folder])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        await editor.diagnostics(two)
        assert "Source: " not in await editor.hover(two, 4, 30)  # it is no longer known where that is

    with_editor(tmp_path, work, folders=["one", "two"], translation="en", source="zh")


@pytest.mark.long
def test_a_text_that_was_never_saved_is_checked_by_its_language(tmp_path: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open("untitled:Untitled-1", TEXT.replace("the the", "`the the` and the the"))
        found = [d for d in await editor.diagnostics(uri) if d.code == DOUBLED]
        assert [d.range for d in found] == [spot(2, 31, 38)]  # code is code: it was read as Markdown
        titles = await editor.actions(uri, found[0].range)
        assert "Write “the”" in titles
        assert not [title for title in titles if "everywhere" in title or "baseline" in title]
        editor.open("git:/page.md?old", TEXT)
        page = editor.open("page.md", TEXT)
        assert await editor.diagnostics(page)
        assert editor.published.empty()  # nothing of a version that nobody writes

    with_editor(tmp_path, work, ignore="tagger")


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.md", ""),
        ("de.md", "Die Boote verlassen den Hafen am Morgen, und sie kehren am Abend wieder zurück.\n"),
        ("a.json", '{"a": '),
        ("news.docx", "x"),
        ("data.bin", "\0\x01\x02" * 500),
    ],
)
def test_what_cannot_be_checked_is_no_finding(tmp_path: Path, name: str, text: str) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(name, text)
        assert await editor.diagnostics(uri, rounds=1) == []

    with_editor(tmp_path, work)


@pytest.mark.long
def test_what_happens_to_files_meanwhile_ends_nothing(tmp_path: Path) -> None:
    page, settings = tmp_path / "docs" / "page.md", tmp_path / "stilted.toml"
    page.parent.mkdir()
    page.write_text(TEXT, "utf-8")
    settings.write_text('ignore = ["tagger"]\n', "utf-8")

    async def work(editor: Editor) -> None:
        uri = editor.open("docs/page.md", TEXT)
        first = await editor.diagnostics(uri)
        assert len(first) >= 2
        settings.write_text('ignore = ["tagg"]\n', "utf-8")
        for length, text in ((0, " "), (1, "")):
            editor.type(uri, 0, length, text)
            assert await editor.diagnostics(uri, rounds=1) == []
        assert "Did you mean 'tagger'?" in (await message(editor)).message
        assert editor.shown.empty()  # it is said once
        settings.write_text('ignore = ["tagger"]\n', "utf-8")
        page.unlink()
        page.parent.rmdir()
        document = types.TextDocumentIdentifier(uri)
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        assert await editor.diagnostics(uri) == first
        for text in ("a" * 2_000_001, "\0\x01\x02" * 500, TEXT):
            editor.change(uri, Edit(text))
            told = await editor.diagnostics(uri, rounds=2 if text == TEXT else 1)
        assert told == first
        assert any("longer than 2,000,000 characters" in line for line in editor.logged)
        settings.write_text('ignore = ["tagg"]\n', "utf-8")
        editor.type(uri, 0, 0, " ")
        assert await editor.diagnostics(uri, rounds=1) == []
        assert "Did you mean 'tagger'?" in (await message(editor)).message  # it is news again

    with_editor(tmp_path, work)


@pytest.mark.long
def test_settings_that_change_outside_are_watched(tmp_path: Path) -> None:
    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    can = types.ClientCapabilities(workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching))
    asked: list[types.Registration] = []

    async def work(editor: Editor) -> None:
        uri = editor.open("page.md", TEXT)
        assert DOUBLED in codes(await editor.diagnostics(uri))
        (tmp_path / "stilted.toml").write_text('ignore = ["tagger", "mechanics"]\n', "utf-8")
        event = types.FileEvent((tmp_path / "stilted.toml").as_uri(), types.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert DOUBLED not in codes(await editor.diagnostics(uri))
        assert [each.method for each in asked] == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]

    async def run() -> None:
        editor = Editor(tmp_path)
        editor.client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: asked.extend(params.registrations))
        await editor.start({}, can=can)
        await work(editor)
        assert await editor.stop() == 0

    asyncio.run(run())


@pytest.mark.long
def test_the_server_ends_while_the_model_reads(tmp_path: Path) -> None:
    page = " ".join(f"The boat number {n} leaves the harbour of the old town at noon." for n in range(3_000))

    async def work(editor: Editor) -> None:
        uri = editor.open("page.txt", page)
        await editor.diagnostics(uri, rounds=1)
        server = editor.client._server
        assert server is not None
        worked = beside.cpu_seconds(server.pid)  # by the rules; the model would read for half a minute
        beside.until(lambda: beside.cpu_seconds(server.pid) > worked + 1)
        editor.type(uri, 0, 3, "A")
        await editor.diagnostics(uri, rounds=1)

    with_editor(tmp_path, work, **{"source-language": "zh"})


@pytest.mark.long
def test_a_menu_has_an_end(tmp_path: Path) -> None:
    async def work(editor: Editor) -> None:
        text = "It was the the boat, " * 900 + "so.\n"
        uri = editor.open("page.md", text)
        assert len(await editor.diagnostics(uri)) >= 900
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), spot(0, 0, len(text)), types.CodeActionContext([])
        )
        found = await editor.client.text_document_code_action_async(params) or []
        assert sum(action.title == "Write “the”" for action in found) == language_server.MOST_REMARKS

    with_editor(tmp_path, work, select=["mechanics"])
