"""Readers of annotated translations, on made-up samples of each public format with its known faults."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stilted.core import mqm
from stilted.core.errors import UserError
from stilted.lab.evaluation.annotations import map_category, map_severity
from stilted.lab.evaluation.readers import BadRow, GoldSpan, Row, read_corpus

GOOGLE_HEADER = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity"


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    return path


def only(path: Path, **options: Any) -> Row:
    corpus = read_corpus(path, **options)
    assert not corpus.bad
    (row,) = corpus.rows
    return row


def google(system: str, target: str, category: str, severity: str, source: str = "我们走吧", seg: str = "1") -> str:
    return f"{system}\ttalk\t1\t{seg}\tr1\t{source}\t{target}\t{category}\t{severity}"


def test_google_lines_of_one_translation_become_one_row(tmp_path: Path) -> None:
    path = write(
        tmp_path / "ted" / "mqm_zhen.tsv",
        GOOGLE_HEADER,
        google("A", "Let us <v>walk</v> bar.", "Accuracy/Mistranslation", "Major"),
        google("A", "Let us walk <v>bar</v>.", "Style/Awkward", "Minor"),
        google("A", "Let us walk bar.", "Accuracy/Omission", "Minor", source="<v>我们</v>走吧"),
        google("A", "Let us <v>walk</v> bar.", "Source error", "Minor"),
        google("B", '"Come on, then', "No-error", "No-error"),
    )
    first, second = read_corpus(path).rows
    assert first.target == "Let us walk bar."
    assert first.spans == (
        GoldSpan(7, 11, "major", "Accuracy/Mistranslation"),
        GoldSpan(12, 15, "minor", "Style/Awkward style"),
    )
    assert first.elsewhere == (("minor", "Accuracy/Omission"),)
    assert first.penalty == 7
    assert (first.corpus, first.language, first.source) == ("ted", "zh", "我们走吧")
    assert (second.target, second.spans) == ('"Come on, then', ())


def test_a_translation_with_one_broken_line_is_not_judged(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mqm.tsv",
        GOOGLE_HEADER,
        google("A", "Let us <v>walk</v> bar.", "Accuracy/Mistranslation", "Major"),
        google("A", "Let us walk <v>bar.", "Style/Awkward", "Minor"),
        google("B", "Off we go.", "Style/Awkward", "dreadful"),
        "C\ttalk\t1",
        google("D", "Here we go.", "No-error", "No-error"),
    )
    corpus = read_corpus(path)
    assert [row.system for row in corpus.rows] == ["D"]
    assert [(bad.file, bad.line) for bad in corpus.bad] == [("mqm.tsv", 3), ("mqm.tsv", 4), ("mqm.tsv", 5)]
    assert corpus.bad[0].reason == "the mark opened at 12 is never closed"
    assert "dreadful" in corpus.bad[1].reason
    assert "3 columns" in corpus.bad[2].reason


def test_newer_google_headers_are_known(tmp_path: Path) -> None:
    head = "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata"
    line = "A\td\t3\t77\tr\ts\tIt <v>go</v>.\tNon-translation!\tMajor\t{}"
    row = only(write(tmp_path / "x.tsv", head, line))
    assert (row.segment, row.spans) == ("77", (GoldSpan(3, 5, "critical", "Accuracy/Untranslated"),))


def offsets(system: str, *middle: str, target: str = "The car went offline.", marks: str = "-1\t-1\tno-error") -> str:
    return "\t".join([system, *middle, target, marks])


def test_offset_rows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "news_zh-en.tsv",
        offsets("hyp.A", "doc", "2", "r1", "汽车下线", marks="13 4\t20 7\tmajor minor"),
        offsets("hyp.B", "doc", "2", "r1", "汽车下线"),
        offsets("hyp.C", "doc", "2", "r1", "汽车下线", marks="13\t40\tmajor"),
        offsets("hyp.D", "doc", "2", "r1", "汽车下线", marks="13 1\t20\tmajor"),
        "hyp.E\tdoc\t2",
    )
    corpus = read_corpus(path)
    assert [row.spans for row in corpus.rows] == [(GoldSpan(4, 7, "minor"), GoldSpan(13, 20, "major")), ()]
    assert [bad.line for bad in corpus.bad] == [3, 4, 5]
    assert corpus.bad[0].reason == "span 13-40 does not fit a translation of 21 characters"


def test_names_broken_by_tabs_are_joined_on_the_source_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "news_zh-en.tsv",
        offsets("hyp.A", "shi", "jie", "bao-01.5", "第一"),
        offsets("hyp.A", "shi", "jie", "bao-01.5", "第二"),
        offsets("hyp.A", "shi", "jie", "bao-01.5", "第一"),
        offsets("ref.A", "shi", "jie", "bao-01.5", "第二", target="The second."),
        offsets("ref.A", "shi", "jie", "bao-01.5", "第一", target="The first."),
        offsets("hyp.A", "wan", "bao.7", "1", "第三"),
        offsets("ref.A", "wan", "bao.7", "1", "第三", target="The third."),
    )
    rows = read_corpus(path).rows
    assert [(row.doc, row.segment, row.rater) for row in rows] == [
        ("shi jie bao-01.5", "1", ""),
        ("shi jie bao-01.5", "2", ""),
        ("shi jie bao-01.5", "3", ""),
        ("shi jie bao-01.5", "2", ""),
        ("shi jie bao-01.5", "1", ""),
        ("wan bao.7", "1", ""),
        ("wan bao.7", "1", ""),
    ]
    assert [row.reference for row in rows] == [
        "The first.",
        "The second.",
        "The first.",
        None,
        None,
        "The third.",
        None,
    ]


def bio(target: str, *errors: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "source": "Der Patient wurde entlassen.",
        "target": target,
        "SEG_ID": "4",
        "MT_Engine": "engine",
        "source_locale": "dede",
        "source_errors": [],
        "target_errors": list(errors),
        "Annotator_ID": "AB ",
        "DOC_ID": "doc9",
        **more,
    }


def bio_error(term: str, start: int, kind: str = "Style/Non_fluent", severity: str = "Minor") -> dict[str, Any]:
    category, _, sub = kind.partition("/")
    return {
        "term": term,
        "startIndex": start,
        "endIndex": start + len(term) - 1,
        "error_category": category,
        "error_subcategory": sub,
        "severity": severity,
    }


def test_bio_terms_are_trusted_within_three_characters(tmp_path: Path) -> None:
    text = "The patient was let go."
    omission = {"error_category": "Accuracy", "error_subcategory": "Omission", "severity": "Critical"}
    records = [
        bio(text, bio_error("let go", 16), bio_error("patient", 7, "Terminology/Wrong_term", "Neutral")),
        bio(text, bio_error("let go", 12), Annotator_ID="CD"),
        bio(text, bio_error("let go", 16), bio_error("absent", 3), Annotator_ID="EF"),
        bio(text, Annotator_ID="GH", source_errors=[omission]),
        {"target": text},
    ]
    path = tmp_path / "bio-mqm" / "de2en" / "engine.json"
    write(path, json.dumps(records))
    corpus = read_corpus(tmp_path)
    first, last = corpus.rows
    assert first.spans == (
        GoldSpan(4, 11, "neutral", "Terminology/Wrong term"),
        GoldSpan(16, 22, "minor", "Style/Awkward style"),
    )
    assert (first.doc, first.rater, first.corpus, first.language) == ("de/doc9", "AB", "bio-mqm", "de")
    assert (last.spans, last.elsewhere, last.penalty) == ((), (("critical", "Accuracy/Omission"),), 25)
    assert [bad.line for bad in corpus.bad] == [2, 3, 5]
    assert corpus.bad[0] == BadRow("bio-mqm/de2en/engine.json", 2, "'let go' is not within 3 characters of 12")


def test_bio_references_are_joined_on_the_source(tmp_path: Path) -> None:
    folder = tmp_path / "bio-mqm" / "de2en"
    write(folder / "engine.json", json.dumps([bio("The patient was let go.")]))
    human = bio(
        "The patient was discharged.", MT_Engine="reference", SEG_ID="1", source="Der Patient wurde entlassen. "
    )
    write(folder / "reference.json", json.dumps([human]))
    write(folder / "reference_r1.json", json.dumps([{**human, "MT_Engine": "reference_r1"}]))
    references = {row.system: row.reference for row in read_corpus(tmp_path).rows}
    assert references == {
        "engine": "The patient was discharged.",
        "reference": None,
        "reference_r1": "The patient was discharged.",
    }


def test_our_jsonl(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.jsonl",
        '{"target": "It rain.", "spans": [{"start": 3, "end": 7, "category": "Fluency/Grammar"}]}',
        "",
        '{"target": "Fine.", "spans": [], "doc": "d", "segment": 5, "system": "s", "rater": "r", "reference": "Good."}',
        '{"target": "Fine.", "spans": [{"start": 2, "end": 9}]}',
        '{"target": "Fine.", "spans": [{"start": 2, "end": 2}]}',
        '{"target": "Fine.", "spans": [{"start": true, "end": 2}]}',
        '{"target": "Fine.", "spans": [{"start": 0, "end": 2, "severity": "grave"}]}',
        '{"target": "Fine.", "spans": ["x"]}',
        '{"target": null, "spans": []}',
        '{"target": "Fine."}',
        '{"target": "Fine.", "spans": [], "source": 3}',
        "[]",
        "{nonsense",
    )
    corpus = read_corpus(path)
    first, second = corpus.rows
    assert first.spans == (GoldSpan(3, 7, "minor", "Linguistic conventions/Grammar"),)
    assert (first.segment, first.line, first.document[1]) == ("1", 1, "segment 1")
    assert (second.doc, second.segment, second.system, second.rater, second.reference) == ("d", "5", "s", "r", "Good.")
    assert [bad.line for bad in corpus.bad] == list(range(4, 14))


def test_offsets_are_code_points_and_only_line_feeds_end_lines(tmp_path: Path) -> None:
    target = "a\u2028😀 café\x85 odd"
    record = {"target": target, "spans": [{"start": 2, "end": 3}]}
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(record, ensure_ascii=False).encode() + b"\r\n")
    row = only(path)
    assert row.target[row.spans[0].start : row.spans[0].end] == "😀"


def test_the_reference_system_can_be_chosen_and_never_refers_to_itself(tmp_path: Path) -> None:
    lines = [offsets(s, "d", "1", "r", "源", target=f"By {s}.") for s in ("hyp.A", "ref.A", "ref.B")]
    path = write(tmp_path / "zh-en.tsv", *lines)
    assert {row.system: row.reference for row in read_corpus(path).rows} == {
        "hyp.A": "By ref.A.",
        "ref.A": None,
        "ref.B": "By ref.A.",
    }
    assert [row.reference for row in read_corpus(path, reference_system="ref.B").rows] == [
        "By ref.B.",
        "By ref.B.",
        None,
    ]
    with pytest.raises(UserError, match=r"no translation by 'ref\.C'"):
        read_corpus(path, reference_system="ref.C")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.tsv", "a\tb\n", "neither a Google MQM sheet"),
        ("x.json", "{}", "not a Bio-MQM file"),
        ("x.json", "{", "not JSON"),
        ("x.tsv", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_files_in_no_known_format_are_refused(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError, match=message):
        read_corpus(path)


def test_a_stray_file_in_a_folder_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "notes.tsv", "a\tb")
    write(tmp_path / "own.jsonl", '{"target": "It rains.", "spans": []}')
    corpus = read_corpus(tmp_path)
    assert len(corpus.rows) == 1
    assert [(bad.file, bad.line) for bad in corpus.bad] == [("notes.tsv", 0)]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        read_corpus(tmp_path / "absent")
    with pytest.raises(UserError, match=r"no \.tsv"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("public", "core"),
    [
        ("Style/Awkward", "Style/Awkward style"),
        ("Style/Unnatural or awkward", "Style/Awkward style"),
        ("Fluency/Spelling", "Linguistic conventions/Spelling"),
        ("Locale convention/Name format", "Locale conventions"),
        ("Locale_conventions/Number_format", "Locale conventions/Number format"),
        ("Terminology/Inappropriate for context", "Terminology/Wrong term"),
        ("Accuracy/Something new", "Accuracy"),
        ("Unintelligible/", "Linguistic conventions/Unintelligible"),
        ("Other/", ""),
        ("", ""),
    ],
)
def test_public_categories_become_core_ones(public: str, core: str) -> None:
    assert map_category(public) == core


@given(st.sampled_from(sorted(mqm.CATEGORIES)))
def test_core_categories_stay_themselves(name: str) -> None:
    assert map_category(name) == name


def test_severities() -> None:
    assert [map_severity(word) for word in ("Major", "no-error", "No-error", "Critical")] == [
        "major",
        None,
        None,
        "critical",
    ]
    with pytest.raises(ValueError, match="unknown severity"):
        map_severity("HOTW")


@given(st.text(max_size=200))
def test_hostile_files_never_crash_the_readers(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("a.jsonl", "a.json", "a.tsv"):
        path = folder / name
        path.write_text(f"{GOOGLE_HEADER}\n{text}" if name == "a.tsv" else text, encoding="utf-8", newline="")
        with suppress(UserError):
            assert read_corpus(path).rows is not None
