"""The page without a browser: nothing is lost, nothing is let through, nothing is fetched."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nasty
import stilted
import stilted.render
from stilted.core import mqm
from stilted.core.foreign import clean
from stilted.core.model import Document, Finding, Message, Report, Segment, Span, Unjudged, Verdict
from stilted.core.offsets import OffsetMap
from stilted.render import html, page_model, wording
from stilted.render import json as as_json


class Reader(HTMLParser):
    """Collect the text of each translation and reference cell, and every attribute of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, list[str]] = {"t": [], "r": []}
        self.attrs: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.cell = ""
        self.mute = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.attrs += given.items()
        self.tags.append(tag)
        kind = given.get("class", "")
        if tag == "p" and kind.split()[:1] in (["t"], ["r"]):
            self.cell = kind[0]
            self.cells[self.cell].append("")
        self.mute += tag == "sup" or kind == "vh"

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.cell, self.mute = "", 0
        elif self.mute and tag in ("sup", "span"):
            self.mute -= 1

    def handle_data(self, data: str) -> None:
        if self.cell and not self.mute:
            self.cells[self.cell][-1] += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("report", dict(nasty.all_reports()).values(), ids=dict(nasty.all_reports()))
def test_the_policy_allows_exactly_the_script_and_style_of_the_page(report: Report) -> None:
    page = html.render(report)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    reader = read(page)
    assert reader.tags.count("script") == reader.tags.count("style") == 1
    for key, value in reader.attrs:
        assert not key.startswith("on")
        assert key != "style"
        assert key not in ("href", "src") or value.startswith(("#", "data:image/svg+xml,"))


def everything() -> str:
    return html.render_all([report for _, report in nasty.all_reports()])


def test_every_link_leads_somewhere() -> None:
    for page in (everything(), *(html.render(report) for _, report in nasty.all_reports())):
        attrs = read(page).attrs
        ids = [value for key, value in attrs if key == "id"]
        assert len(ids) == len(set(ids))
        assert {value[1:] for key, value in attrs if key == "href" and value[0] == "#"} <= set(ids)
        assert {value for key, value in attrs if key == "aria-describedby"} <= set(ids)


def test_the_policy_of_a_page_of_several_files_allows_no_more() -> None:
    page = everything()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    reader = read(page)
    assert reader.tags.count("script") == reader.tags.count("style") == reader.tags.count("body") == 1
    assert not {key for key, _ in reader.attrs if key.startswith("on") or key == "style"}


def named(name: str, report: Report, passed: bool | None) -> Report:
    document = dataclasses.replace(report.document, name=name)
    return dataclasses.replace(report, document=document, verdict=Verdict(passed, (f"The reason of {name}.",)))


FILES = [
    named("a.txt", nasty.quiet(), True),
    named("b.txt", nasty.small(), False),
    named("c.txt", nasty.small(), None),
]


def rows(page: str) -> list[str]:
    cells = re.findall(r'<th scope="row">(.*?)</tr>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in cells]


def test_a_page_of_several_files_lists_and_holds_them_all() -> None:
    page = html.render_all(FILES)
    assert rows(page) == [
        "b.txt Failed The reason of b.txt. 1 critical 2 major 2 minor 1 neutral 560.6 66",
        "c.txt No verdict The reason of c.txt. 1 critical 2 major 2 minor 1 neutral 560.6 66",
        "a.txt Passed The reason of a.txt. no findings 0.0 3",
    ]
    assert "1 failed, 1 without a verdict, 1 passed." in page
    assert "12 findings: 2 critical, 4 major, 4 minor, 2 neutral." in page
    assert re.findall(r'<div class="report" id="([^"]*)"', page) == ["file-1", "file-2", "file-3"]
    assert "for want of room" not in page
    assert page == html.render_all(FILES)


def test_a_page_of_one_file_is_the_report_on_it() -> None:
    assert html.render_all(FILES[1:2]) == html.render(FILES[1])


def test_a_page_of_no_file_says_so() -> None:
    page = html.render_all([])
    assert "<h1>0 files</h1>" in page
    assert "<table>" not in page


def test_files_that_could_not_be_judged_head_the_list() -> None:
    page = html.render_all(FILES[1:2], [Unjudged("d/<e>.txt", "it is empty", "Name another.")])
    assert "<h1>2 files</h1>" in page
    assert "1 failed, 1 not judged." in page
    assert '<div class="verdict failed">' in page  # the whole is no better than that
    assert rows(page)[0].startswith("d/ &lt;e&gt;.txt Could not tell it is empty. Name another.")
    assert len(rows(page)) == 2


def test_files_with_findings_stand_before_those_of_which_there_is_nothing_to_read() -> None:
    silent = named("silent.txt", nasty.quiet(), None)
    listed = rows(html.render_all([silent, *FILES, named("praised.txt", nasty.small(), True)]))
    assert [row.split()[0] for row in listed] == ["b.txt", "c.txt", "praised.txt", "silent.txt", "a.txt"]


def test_findings_that_a_baseline_accepts_are_not_on_a_page_of_several_files() -> None:
    known = tuple(dataclasses.replace(finding, in_baseline=True) for finding in FILES[1].findings)
    page = html.render_all([dataclasses.replace(FILES[1], findings=known), FILES[0]])
    assert "0 findings." in page
    assert "6 findings are accepted by the baseline and not shown." in page


def test_a_page_of_several_files_is_bounded_and_keeps_those_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    length = len(html.render_all(FILES))
    monkeypatch.setattr(html, "LIMIT", 18_000)
    page = html.render_all(FILES)
    assert len(page) < length - 15_000
    assert re.findall(r'<div class="report" id="([^"]*)"', page) == ["file-2"]
    assert "2 reports left out of this page for want of room" in page
    assert [row.split()[0] for row in rows(page)] == ["b.txt", "c.txt", "a.txt"]
    assert '<a href="#file-1">' not in page
    monkeypatch.setattr(html, "ROWS", 1)
    page = html.render_all(FILES)
    assert [row.split()[0] for row in rows(page)] == ["b.txt"]
    assert "And 2 more files" in page


def test_a_bead_of_several_segments_shows_its_reference_once() -> None:
    text = "One half. Other half."
    segments = (
        Segment("1", "One half.", "A whole.", None, Span(0, 9), Span(0, 8)),
        Segment("2", "Other half.", "A whole.", None, Span(10, 21), Span(0, 8)),
    )
    document = Document("d", segments, text, "A whole.", has_reference=True)
    reader = read(html.render(dataclasses.replace(nasty.quiet(), document=document)))
    assert reader.cells == {"t": ["One half. Other half."], "r": ["A whole."]}


def test_text_outside_every_segment_is_shown_as_such() -> None:
    text = "# Heading\n\nBody. <!-- note -->"
    document = Document("d", (Segment("1", "Body.", None, None, Span(11, 16)),), text)
    rows = [
        row
        for rows in page_model.list_paragraphs(dataclasses.replace(nasty.quiet(), document=document))
        for row in rows
    ]
    assert [(row.kind, row.pieces[0].text) for row in rows] == [
        ("outside", "# Heading"),
        ("plain", "Body."),
        ("outside", "<!-- note -->"),
    ]


@pytest.mark.parametrize(
    ("joint", "target", "paragraphs"),
    [(" ", "One.", 1), ("\n", "One.", 2), ("\r\n", "One.", 2), ("\n", "One\nline.", 1), ("\n\n", "One\nline.", 2)],
)
def test_paragraphs_are_those_of_the_text(joint: str, target: str, paragraphs: int) -> None:
    report = nasty.build("d", [(target, None, ()), ("Two.", None, ())], joints=(joint,))
    assert len(page_model.list_paragraphs(report)) == paragraphs


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("<>&\"'{}%\\ \n\r\t\0\x1b\x9b\x7f\u2028\u202e\u200b\ufeff\ud800漢e\u0301\U0001f600|"),
        st.characters(),
    ),
    max_size=30,
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Segments of hostile text under findings that may touch, nest, cross and be empty."""
    targets = draw(st.lists(HOSTILE, min_size=1, max_size=4))
    text, segments, findings = "", [], []
    for index, target in enumerate(targets):
        base = len(text)
        reference = draw(st.none() | HOSTILE)
        segments.append(Segment(draw(HOSTILE), target, reference, None, Span(base, base + len(target))))
        text += target + draw(st.sampled_from([" ", "\n", "\n\n"]))
        for _ in range(draw(st.integers(0, 3))):
            start, end = sorted((draw(st.integers(0, len(target))), draw(st.integers(0, len(target)))))
            findings.append(
                Finding(
                    rule=f"x/{draw(HOSTILE)}",
                    category="Style",
                    severity=draw(st.sampled_from(mqm.SEVERITIES)),
                    confidence=draw(st.floats(0, 1)),
                    segment=index,
                    segment_start=start,
                    segment_end=end,
                    start=base + start,
                    end=base + end,
                    text=target[start:end],
                    message=draw(HOSTILE),
                    why=draw(HOSTILE),
                    suggestions=(draw(HOSTILE),),
                    fingerprint="0",
                )
            )
    document = Document(draw(HOSTILE), tuple(segments), text, has_reference=draw(st.booleans()))
    card = mqm.make_scorecard((finding.severity for finding in findings), 10)
    return dataclasses.replace(nasty.quiet(), document=document, findings=tuple(findings), scorecard=card)


@settings(deadline=None)
@given(reports())
def test_hostile_reports_render_everywhere(report: Report) -> None:
    for name in stilted.render.list_formats():
        text = stilted.render.get_renderer(name)(report)
        text.encode()
        if name != "json":
            assert not {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}


@settings(deadline=None)
@given(reports())
def test_the_page_holds_the_whole_translation_in_order(report: Report) -> None:
    shown = "".join(read(html.render(report)).cells["t"])
    missing = sum(finding.text == "" for finding in report.findings)
    wanted = squeezed("".join(clean(segment.target or "") for segment in report.document.segments))
    placeholders = shown.count(page_model.INSERT) - wanted.count(page_model.INSERT) + shown.count("not translated")
    assert placeholders == missing
    assert squeezed(shown.replace(page_model.INSERT, "").replace("not translated", "")) == wanted.replace("‸", "")


@settings(deadline=None)
@given(reports())
def test_json_brings_back_every_string(report: Report) -> None:
    data = json.loads(as_json.render(report))
    for item, finding in zip(data["findings"], report.findings, strict=True):
        if not re.search("[\ud800-\udbff][\udc00-\udfff]", finding.text):
            assert item["text"] == finding.text


def test_a_unit_is_shown_with_its_source_and_what_the_file_tells_translators() -> None:
    report = stilted.check_file(Path(__file__).parents[2] / "corpora" / "formats" / "weblate.po", ignore="tagger")
    for page in (report.to_html(), report.to_text()):
        for expected in ("The lead of the news item.", "news|"):
            assert expected in page
        assert page.count("车企的首款轿车周一正式下线。") == 1


@pytest.mark.parametrize(
    ("ident", "message", "shown"),
    [
        ("news|源", Message("源", "news"), ""),
        ("源", Message("源"), ""),
        ("源", None, ""),
        ("news|源[1]", Message("源", "news", 1), ""),
        ("title", None, "源"),
        ("来源", Message("来源"), "源"),
        ("源|x", Message("x", "源"), "源"),
    ],
)
def test_a_source_that_the_unit_is_named_by_is_not_shown_twice(ident: str, message: Message | None, shown: str) -> None:
    segment = Segment(ident, "source", None, "源", map=OffsetMap.verbatim(6), message=message)
    assert wording.get_source(segment) == shown
    assert wording.get_source(dataclasses.replace(segment, map=None)) == ""
