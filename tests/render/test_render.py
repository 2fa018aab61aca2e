"""Every renderer on every report, and what each format promises."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import nasty
import stilted.render
from stilted import __version__, api, formats
from stilted.core import mqm
from stilted.core.errors import UserError
from stilted.core.model import Report, Score, Skipped, Span, Unjudged, Verdict
from stilted.render import json as as_json
from stilted.render import layout, terminal, wording

REPORTS = dict(nasty.all_reports())
SCHEMA = json.loads((Path(as_json.__file__).parent / "report.schema.json").read_text("utf-8"))
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
each_format = pytest.mark.parametrize("name", stilted.render.list_formats())


def test_formats_are_found_by_being_there() -> None:
    assert {"html", "json", "terminal"} <= set(stilted.render.list_formats())


@each_format
def test_every_format_holds_several_files_or_none(name: str) -> None:
    several = stilted.render.render_reports(name, list(REPORTS.values()))
    assert len(several) > len(stilted.render.render_reports(name, [REPORTS["small"]])) > 0
    assert stilted.render.render_reports(name, [REPORTS["quiet"]]) == stilted.render.get_renderer(name)(
        REPORTS["quiet"]
    )
    assert isinstance(stilted.render.render_reports(name, []), str)


def test_an_unknown_format_is_told_with_the_closest_one() -> None:
    with pytest.raises(UserError, match=r"unknown format 'jsn'\. Did you mean 'json'\?"):
        stilted.render.get_renderer("jsn")
    with pytest.raises(UserError, match="unknown format '_view'"):
        stilted.render.get_renderer("_view")


def test_importing_the_renderers_imports_none_of_their_libraries() -> None:
    code = (
        "import sys, stilted.render as r; [r.get_renderer(n) for n in r.list_formats()]; "
        "print([m for m in ('rich', 'jinja2', 'numpy', 'sacrebleu') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@each_format
@each_report
def test_the_same_report_gives_the_same_bytes(name: str, report: Report) -> None:
    render = stilted.render.get_renderer(name)
    first = render(report)
    assert first.encode() == render(dataclasses.replace(report)).encode()
    assert first.endswith("\n")
    assert not first.endswith("\n\n")


@each_format
@each_report
def test_no_format_sends_a_control_character(name: str, report: Report) -> None:
    allowed = "\n\u200c\u200d"
    text = stilted.render.get_renderer(name)(report)
    raw = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in allowed}
    assert not raw - ({"\u200b", "\ufeff"} if name == "json" else set())


@pytest.mark.parametrize(("name", "suffix"), [("terminal", "txt"), ("json", "json"), ("html", "html")])
def test_goldens(name: str, suffix: str, golden: Callable[[str, str], None]) -> None:
    golden(f"boats.{suffix}", stilted.render.get_renderer(name)(nasty.small()))


# JSON


@each_report
def test_json_is_what_the_schema_says(report: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = as_json.to_dict(report)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert json.loads(as_json.render(report)) == data


def test_the_schema_describes_every_key_and_requires_it() -> None:
    files = [Unjudged("a.txt", "it is empty", "Name another.")]
    data = json.loads(as_json.render_all([REPORTS["small"]], files))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    several = json.loads(as_json.render_all([], files))
    assert several == {"schema": 1, "reports": [], "unjudged": data["unjudged"]}
    (file,) = data.pop("unjudged")  # the one key that is not always there
    schema = {**SCHEMA, "properties": {key: SCHEMA["properties"][key] for key in SCHEMA["required"]}}
    assert SCHEMA["properties"].keys() - schema["properties"].keys() == {"unjudged"}
    parts = [
        (SCHEMA["properties"]["unjudged"]["items"], file),
        (schema, data),
        *((SCHEMA["$defs"][k], data[f"{k}s"][0]) for k in ("segment", "finding", "score")),
        (SCHEMA["$defs"]["mqm"], data["mqm"]),
    ]
    for each, part in parts:
        assert set(each["properties"]) == set(each["required"]) == set(part)


def test_json_carries_the_agreed_figures() -> None:
    data = as_json.to_dict(REPORTS["small"])
    assert (data["schema"], data["stilted"], data["language"]) == (1, __version__, "en")
    text = REPORTS["small"].document.target
    assert text is not None
    finding = data["findings"][0]
    assert text[finding["start"] : finding["end"]] == finding["text"]
    assert text.split("\n")[finding["line"] - 1][finding["column"] - 1 :].startswith(finding["text"])
    assert data["mqm"]["counts"] == {"neutral": 1, "minor": 2, "major": 2, "critical": 1}
    assert data["mqm"]["penalty"] == 2 * 1 + 2 * 5 + 25
    assert data["mqm"]["min_words"] == 300
    assert data["verdict"]["passed"] is False


def test_loose_segments_have_no_positions() -> None:
    data = as_json.to_dict(REPORTS["loose"])
    finding = data["findings"][0]
    assert [finding[k] for k in ("start", "end", "line", "column")] == [None] * 4
    assert (finding["segment_start"], finding["segment_end"]) == (3, 19)
    assert data["segments"][0]["target"] is None


def test_a_figure_that_is_not_a_number_is_refused() -> None:
    score = Score("BLEU", float("nan"), None, None, "none")
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json.render(dataclasses.replace(REPORTS["small"], scores=(score,)))


# terminal

PLACE = re.compile(r"^  ╭─ ")


@each_report
@pytest.mark.parametrize("width", [20, 40, 100, 200])
def test_no_line_is_wider_than_the_screen(report: Report, width: int) -> None:
    for line in terminal.render(report, width=width).split("\n"):
        assert cell_len(line) <= max(width, 40) or PLACE.match(line)


def test_carets_stand_under_the_span_whatever_is_before_it() -> None:
    report = nasty.build("t", [("漢字 e\u0301 \x1b[0m <v>mix it</v> well", None, (nasty.MIX,))], scores=())
    lines = terminal.render(report).split("\n")
    sentence = next(line for line in lines if "mix it well" in line)
    under = lines[lines.index(sentence) + 1]
    assert cell_len(sentence[: sentence.index("mix it")]) == under.index("^")
    assert under.count("^") == len("mix it")


def test_a_long_sentence_is_cut_around_its_span() -> None:
    filler = "word after word " * 200
    report = nasty.build("t", [(f"{filler}<v>mix it</v> {filler}", None, (nasty.MIX,))], scores=())
    above, _, _ = terminal.render(report).partition("  ├ why")
    quote = [line for line in above.split("\n") if line.startswith("  │ ")]
    assert quote[0].startswith(("  │ …word", "  │ …after"))
    assert quote[-1].endswith(("word…", "after…"))
    assert any("mix it" in line for line in quote)
    assert len(quote) <= 6


def test_colour_underlines_the_span_and_draws_no_carets() -> None:
    text = terminal.render(nasty.small(), color=True)
    assert "\x1b[1;4;35mwe shouldn’t mix it" in text
    assert "^^" not in text
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "\x1b" not in plain
    uncoloured = [line for line in terminal.render(nasty.small()).split("\n") if "^" not in line]
    assert plain.split("\n") == uncoloured


def test_of_many_files_one_with_nothing_to_say_is_a_line() -> None:
    accepted = tuple(dataclasses.replace(finding, in_baseline=True) for finding in REPORTS["small"].findings)
    known = dataclasses.replace(
        REPORTS["small"], findings=accepted, scores=(), verdict=Verdict(True, ("No finding that the gate fails on.",))
    )
    quiet = REPORTS["quiet"]
    assert terminal.render(quiet, many=True) == "── short.txt  No verdict: 3 words. 0 findings.\n"
    assert terminal.render(known, many=True) == "── boats.en.txt  Passed. 0 findings, 6 accepted by the baseline.\n"
    noted = dataclasses.replace(quiet, notes=("2 of 3 units checked; left out: 1 untranslated.",))
    assert terminal.render(noted, many=True) == (
        "── short.txt  No verdict: 3 words. 0 findings. 2 of 3 units checked; left out: 1 untranslated.\n"
    )
    for telling in (
        REPORTS["small"],
        dataclasses.replace(known, scores=REPORTS["small"].scores),
        dataclasses.replace(known, notes=("Read as plain text: what marks up '.rst' files is taken for prose.",)),
        dataclasses.replace(known, verdict=Verdict(None, ("No rule ran, so there is nothing to judge by.",)),
                            scorecard=mqm.make_scorecard((), 1000)),
        dataclasses.replace(quiet, verdict=Verdict(False, ("Most of the reference is left out.",))),
    ):  # fmt: skip
        assert "MQM" in terminal.render(telling, many=True)
        assert telling.verdict.reasons[0][:30] in terminal.render(telling, many=True)


def test_what_is_hostile_stays_visible_in_colour_too() -> None:
    text = re.sub(r"\x1b\[[0-9;]*m", "", terminal.render(nasty.nasty(), color=True))
    assert "\x1b" not in text
    assert "␛[31mred␛]0;title␇⟨U+009B⟩2J␡ ⟨U+2028⟩" in text


def test_the_tally_counts_what_is_listed_the_taggers_findings_too() -> None:
    small = REPORTS["small"]
    first, *rest = small.findings
    report = dataclasses.replace(small, findings=(dataclasses.replace(first, severity="critical"), *rest))
    without = dataclasses.replace(report, scorecard=mqm.make_scorecard((), 400))
    said = re.search("^findings  (.*)$", terminal.render(without), re.MULTILINE)
    assert said is not None
    assert said[1].startswith(f"{len(small.findings)} findings: 2 critical, 1 major, 2 minor")
    page = stilted.render.render_reports("html", [without])
    assert "Nothing was found" not in page
    assert '<rect class="fill critical" x="0.0"' in page


def test_no_score_is_shown_where_words_are_too_few_for_one() -> None:
    for words, shown in ((299, False), (300, True)):
        report = dataclasses.replace(REPORTS["small"], scorecard=mqm.make_scorecard(["major"], words))
        for name in ("terminal", "html", "markdown"):
            assert ("alibrated score" in stilted.render.render_reports(name, [report])) is shown


@pytest.mark.parametrize("name", ["terminal", "html", "markdown", "github", "sarif", "junit"])
def test_packs_about_other_languages_are_one_remark(name: str) -> None:
    others = [Skipped(f"{code}/rule-{n}", "is about others", (code,)) for code in ("ru", "de") for n in range(9)]
    skipped = (
        Skipped("coverage/x", "needs a reference"),
        *others,
        Skipped("european/x", "is about others", ("es", "fr")),
    )
    report = dataclasses.replace(REPORTS["small"], skipped=skipped)
    text = re.sub("</?(?:code|d[td])>| +", " ", stilted.render.render_reports(name, [report]))
    assert re.search("packs about other source languages:? +de,? +es,? +fr,? +ru", text)
    assert "rule-" not in text


def test_a_wide_place_is_counted_in_columns() -> None:
    document = dataclasses.replace(REPORTS["small"].document, name="漢" * 20)
    report = dataclasses.replace(REPORTS["small"], document=document)
    for width in range(80, 130, 2):
        assert all(cell_len(line) <= width for line in terminal.render(report, width=width).splitlines())


def test_findings_come_in_the_order_of_the_text() -> None:
    report = nasty.small()
    backwards = dataclasses.replace(report, findings=report.findings[::-1])
    assert terminal.render(backwards) == terminal.render(report)


def test_the_environment_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    before = terminal.render(nasty.small())
    for name, value in {"COLUMNS": "30", "FORCE_COLOR": "1", "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert terminal.render(nasty.small()) == before


@given(st.text(st.sampled_from("ab cd  é漢\t") | st.characters(), max_size=80), st.integers(1, 20))
def test_plain_text_is_wrapped_like_any_other(text: str, width: int) -> None:
    assert layout.wrap_to_strings(text, width) == [
        layout.join_cells(row) for row in layout.wrap(layout.make_cells(text), width)
    ]


@given(st.text(st.sampled_from("ab  "), max_size=80), st.integers(1, 20))
def test_text_of_letters_and_blanks_is_wrapped_at_blanks(text: str, width: int) -> None:
    wrapped = layout.wrap_to_strings(text, width)
    assert wrapped == [layout.join_cells(row) for row in layout.wrap(layout.make_cells(text), width)]
    assert all(len(row) <= width for row in wrapped)


@pytest.mark.parametrize(
    ("text", "objects", "span", "wanted"),
    [
        ("a \ufffc b \ufffc c", ("{n}", "%s"), Span(2, 3), "{n}"),
        ("a \ufffc b \ufffc c", ("{n}", "%s"), Span(4, 7), "b %s"),
        ("a \ufffc b", ("{n}",), Span(0, 1), "a"),
        ("\ufffc", ("<" + "x" * 100 + ">",), Span(0, 1), "<" + "x" * 58 + "…"),
        ("a \ufffc" + " b" * 10_000, ("{n}",), Span(2, 3), "\ufffc"),  # so long that many findings would take long
        ("a \ufffc b", (), Span(2, 3), "\ufffc"),  # nobody says what it is
    ],
)
def test_placeholders_are_shown_as_the_file_has_them(
    text: str, objects: tuple[str, ...], span: Span, wanted: str
) -> None:
    filled, there = wording.fill_objects(text, objects, span)
    assert there.of(filled) == wanted


def test_a_catalogue_is_quoted_with_its_placeholders() -> None:
    catalogue = b'msgid "%s wird von %d gelesen"\nmsgstr "%s is read by %d of the the \\\\ files"\n'
    report = api.check_parsed(formats.parse(catalogue, "a.po", "translation"), select=["mechanics"])
    shown = terminal.render(report, color=False, width=80, many=False)
    assert "│ %s is read by %d of the the \\ files" in shown
    assert f"│ {' ' * 20}^^^^^^^\n" in shown
    assert "source     %s wird von %d gelesen" in shown
