"""A report in a notebook, and its findings as a table."""

from __future__ import annotations

import sys
from html.parser import HTMLParser

import pytest

import stilted
from stilted.core.errors import UserError

TEXT = (
    "She walked to the the station. <script>alert(1)</script>\n\n"
    "On Monday the first car’s production line went offline."
)


class Frames(HTMLParser):
    """Collects tags and the frame's own page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.page = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.page = dict(attrs).get("srcdoc") or ""


def test_a_cell_holds_the_page_in_a_frame_and_nothing_else() -> None:
    report = stilted.check(TEXT, ignore="tagger")
    frames = Frames()
    frames.feed(report._repr_html_())
    assert frames.tags == ["iframe"]
    assert frames.page == report.to_html()
    assert "allow-same-origin" not in report._repr_html_()


def test_findings_are_rows_with_the_columns_of_the_json() -> None:
    report = stilted.check(TEXT, ignore="tagger")
    rows = report.to_arrow().to_pylist()
    assert [row["rule"] for row in rows] == [finding.rule for finding in report.findings]
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)
    assert rows[0]["suggestions"] == list(report.findings[0].suggestions)


def test_no_finding_is_an_empty_table_with_its_columns() -> None:
    table = stilted.check("The ferry leaves the harbour at noon, and it is back at night.", ignore="tagger").to_arrow()
    assert (table.num_rows, table.schema.field("confidence").type) == (0, "double")


@pytest.mark.parametrize("method", ["to_arrow", "to_pandas"])
def test_what_is_missing_is_said(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = stilted.check(TEXT, ignore="tagger")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UserError, match="pyarrow is not installed"):
        getattr(report, method)()
