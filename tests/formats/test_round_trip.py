"""Any text put into any format by another's writer is read back equal, and every character has its place."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from examples import examples
from stilted import api
from stilted.core.model import find_place
from stilted.formats import OBJECT, Parsed, Text, parse
from stilted.rules.glossary import read_tbx
from writers import WRITERS, Writer, encoded

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32")
MARKS = "the &<>\"'\\{}%@?#|;,\t\n\r=:-*_`[]()$~/!.0&#amp;éß混𝒳🚗\u00a0\u2028\ufeff"
IDS = [writer.label for writer in WRITERS]


def texts(writer: Writer) -> st.SearchStrategy[list[str]]:
    """Texts that the format can hold, at least one character of which is a letter."""
    kept = [char for char in MARKS if char not in writer.without]
    chars = st.one_of(
        st.sampled_from(kept),
        st.characters(codec="utf-8", exclude_characters=f"\x00{OBJECT}{writer.without}", exclude_categories=["Cs"]),
    )
    text = st.text(chars, max_size=40).map(lambda said: f"{said[:20]}w{said[20:]}")
    return st.lists(text, min_size=1, max_size=1 if writer.label == "text" else 3)


def filled(text: Text) -> str:
    """Return a text with what its opaque characters stand for."""
    pieces = text.text.split(OBJECT)
    return "".join(piece + raw for piece, raw in zip(pieces, [*text.objects, ""], strict=True))


def require_places(parsed: Parsed, text: Text, writer: Writer) -> None:
    """Every character is spelt where its map says."""
    for number, char in enumerate(text.text):
        start, end = text.map.place(number, number + 1)
        spelling = parsed.text[start:end]
        if char == OBJECT:
            assert spelling
        elif char == " ":
            assert writer.spelt(spelling).strip(" \t\n\r\f") == ""
        else:
            said = writer.spelt(spelling)
            assert said == char or (char in said and said in text.text)  # what is quoted together has one place


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITERS, ids=IDS)
def test_what_another_writer_writes_is_read_back(writer: Writer) -> None:
    @settings(max_examples=examples(120), deadline=None)
    @given(texts(writer), st.sampled_from(ENCODINGS), st.booleans())
    def property_(given_texts: list[str], encoding: str, crlf: bool) -> None:
        expected = [writer.reads(text) for text in given_texts]
        assume(not any(hint in text for text in expected for hint in ("://", "www.")))
        parsed = parse(encoded(writer, writer.write(given_texts), encoding, crlf=crlf), writer.name)
        read = [unit.target for unit in parsed.units if unit.target is not None]
        if writer.label == "arb":
            expected = [f"{{who}}: {text}" for text in expected]
        assert [filled(text) for text in read] == expected
        for text in read:
            require_places(parsed, text, writer)

    property_()


@pytest.mark.parametrize("writer", WRITERS, ids=IDS)
def test_findings_point_at_the_flagged_characters(writer: Writer) -> None:
    # No backticks: what stands between them is code, and hidden from rules.
    kept = "".join(char for char in "é&<>\"'\\{%|;,=*_[]()~🚗𝒳" if char not in writer.without)

    @settings(max_examples=15, deadline=None)
    @given(st.text(kept, max_size=6), st.text(kept, max_size=6), st.sampled_from(ENCODINGS), st.booleans())
    def property_(before: str, after: str, encoding: str, crlf: bool) -> None:
        said = f"Boats{before} leave in the the morning, and she said: x{after} the next train is waiting ."
        written = encoded(writer, writer.write([said]), encoding, crlf=crlf)
        report = api.check_parsed(parse(written, writer.name), select="mechanics")
        doubled = [finding for finding in report.findings if finding.rule == "mechanics/doubled-word"]
        assert [finding.text for finding in doubled] == ["the the"]
        for finding in report.findings:
            place = find_place(report.document, finding)
            assert place is not None
            spelling = writer.spelt(place.of(report.document.origin or ""))
            assert " ".join(spelling.split()) == " ".join(finding.text.split()) or OBJECT in finding.text

    property_()


TERMS = st.lists(
    st.text("abc déß&<>'-混", min_size=1, max_size=12).map(lambda said: f"w{said}"), min_size=1, max_size=4
)


@settings(max_examples=examples(100), deadline=None)
@given(TERMS, st.booleans())
def test_the_terms_of_a_glossary_are_read_back(terms: list[str], old: bool) -> None:
    from xml.etree import ElementTree

    names = ("termEntry", "langSet", "tig") if old else ("conceptEntry", "langSec", "termSec")
    root = ElementTree.Element("martif" if old else "tbx")
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for term in terms:
        concept = ElementTree.SubElement(body, names[0])
        for language, said in (("de", "Wort"), ("en", term)):
            spoken = ElementTree.SubElement(concept, names[1], {"xml:lang": language})
            ElementTree.SubElement(ElementTree.SubElement(spoken, names[2]), "term").text = said
    entries = read_tbx.read_entries(ElementTree.tostring(root, encoding="unicode"), "a.tbx")
    assert [entry.preferred for entry in entries] == [(" ".join(term.split()),) for term in terms]
    assert [entry.sources for entry in entries] == [("Wort",)] * len(terms)
