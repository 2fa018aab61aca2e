"""What an editor offers to do about a finding, and the lists of a project that it is put down in."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lsprotocol import types

from stilted import formats
from stilted.core.boundary import require_inside
from stilted.core.bounded import read_bounded
from stilted.core.errors import UserError
from stilted.core.whole_files import replace_file
from stilted.pipeline import ignores
from stilted.project import baseline
from stilted.project.policy import Project
from stilted.server.checker import Checked, Remark
from stilted.server.positions import EditorLines

ADD_TO_BASELINE: Final = "stilted.addToBaseline"
ACCEPT_PHRASE: Final = "stilted.acceptPhrase"
OPEN_PAGE: Final = "stilted.openRulePage"
"""Commands; each gets the file's address and the finding's fingerprint."""

_SEVERITIES: Final = {
    "critical": types.DiagnosticSeverity.Error,
    "major": types.DiagnosticSeverity.Warning,
    "minor": types.DiagnosticSeverity.Information,
    "neutral": types.DiagnosticSeverity.Hint,
}
_REMARKS_IN: Final = ("markdown", "html")
"""Formats in which a remark after the words accepts a finding."""
_ROW: Final = re.compile(r"[ \t]*\|")
"""A row of a table, behind which no remark has room."""


def make_diagnostic(lines: EditorLines, remark: Remark) -> types.Diagnostic:
    """Return a finding as an editor shows it."""
    return types.Diagnostic(
        range=find_range(lines, remark.span.start, remark.span.end),
        message=remark.finding.message,
        severity=_SEVERITIES[remark.finding.severity],
        code=remark.finding.rule,
        source="stilted",
        code_description=types.CodeDescription(remark.page) if remark.page else None,
        data=remark.finding.fingerprint,
    )


def find_range(lines: EditorLines, start: int, end: int) -> types.Range:
    """Return where code points ``[start, end)`` stand."""
    return types.Range(*(types.Position(*lines.position(offset)) for offset in (start, end)))


def list_actions(
    uri: str, checked: Checked, lines: EditorLines, remark: Remark, project: Project | None
) -> Iterator[types.CodeAction]:
    """Yield what can be done about one finding: write something else, accept it in one of three places, read on.

    Args:
        project: where what is accepted is listed; None for a text that is no file, or whose settings are faulty.
    """
    finding, text = remark.finding, checked.text
    diagnostics = [make_diagnostic(lines, remark)]

    def make_action(title: str, preferred: bool = False, **what: Any) -> types.CodeAction:
        return types.CodeAction(
            title, kind=types.CodeActionKind.QuickFix, diagnostics=diagnostics, is_preferred=preferred or None, **what
        )

    def make_change(at: types.Range, new: str) -> types.WorkspaceEdit:
        return types.WorkspaceEdit(changes={uri: [types.TextEdit(at, new)]})

    def make_command(title: str, name: str) -> types.CodeAction:
        return make_action(title, command=types.Command(title, name, arguments=[uri, finding.fingerprint]))

    if text[remark.span.start : remark.span.end] == finding.text:
        at = find_range(lines, remark.span.start, remark.span.end)
        for number, suggestion in enumerate(finding.suggestions):
            title = f"Write “{suggestion}”" if suggestion else f"Leave out “{finding.text}”"
            yield make_action(title, number == 0 and remark.is_safe, edit=make_change(at, suggestion))
    end = lines.line_end(remark.span.end)
    is_row = _ROW.match(text, lines.line_start(remark.span.start)) is not None
    form = checked.report.document.format if checked.report else ""
    if form in _REMARKS_IN and not uri.endswith(".mdx") and not is_row:
        note = f" <!-- stilted-ignore: {finding.rule} -->"
        yield make_action(f"Accept {finding.rule} here", edit=make_change(find_range(lines, end, end), note))
    if project is not None and get_phrase(remark):
        yield make_command(f"Accept “{get_phrase(remark)}” everywhere", ACCEPT_PHRASE)
    if project is not None and project.baseline_path is not None:
        yield make_command("Add to the baseline", ADD_TO_BASELINE)
    if remark.page:
        yield make_command(f"Open the page of {finding.rule}", OPEN_PAGE)


def get_phrase(remark: Remark) -> str:
    """Return the words of a finding as a list of accepted phrases holds them; empty where it cannot."""
    phrase = " ".join(remark.finding.text.split())
    return "" if "#" in phrase else phrase


def add_line(before: bytes, line: str) -> bytes:
    r"""Return the content of a list with one more line, in its own encoding and with its own line ends.

    Args:
        before: the content so far. line: without its end.
    """
    encoding, _ = formats.find_codec(before, ignores.FILE, "text")
    text = before.decode(encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else end
    return before + f"{gap}{line}{end}".encode(encoding)


def accept_phrase(project: Project, remark: Remark) -> None:
    """Write the words of a finding into the list of accepted phrases, which is made where there is none.

    Raises:
        UserError: the list leads out of its repository. OSError: it cannot be written. UnicodeError: nor be read.
    """
    path = project.config.phrases_file
    require_inside(path)
    before = b""
    with contextlib.suppress(FileNotFoundError):
        before = read_bounded(path, "list of accepted phrases", formats.MAX_BYTES)
    replace_file(path.resolve(), add_line(before, f"{remark.finding.rule}: {get_phrase(remark)}"))


def add_to_baseline(project: Project, path: Path, remark: Remark) -> None:
    """Put down a finding of the file at *path* in the project's baseline.

    Raises:
        UserError: there is no baseline, or it leads out of its repository. OSError: it cannot be written.
    """
    if project.baseline_path is None:
        raise UserError("there is no baseline", str(path), "Write one with 'stilted baseline write'.")
    entries = {baseline.make_file_key(path, project.baseline_path): (baseline.make_entry(remark.finding),)}
    joined = baseline.join(project.baseline, baseline.Baseline(entries))
    require_inside(project.baseline_path)
    replace_file(project.baseline_path.resolve(), baseline.write_baseline_text(joined).encode())
