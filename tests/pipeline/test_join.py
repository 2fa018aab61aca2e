"""What the units of a file stand against, and where their findings stand in it."""

from __future__ import annotations

import pytest

from stilted import api, formats
from stilted.core.document import Span, Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.model import find_place
from stilted.core.offsets import MapBuilder, OffsetMap
from stilted.formats import FUZZY, LOCKED, OBJECT, UNTRANSLATED, Parsed, Text, Unit
from stilted.pipeline import join

WORDS = ("The lamp is lit at night.", "Boats leave the harbour at six.", "Nobody waits for the last train.")
SOURCES = ("Die Lampe brennt nachts.", "Die Boote fahren um sechs.", "Niemand wartet auf den letzten Zug.")


def text(words: str, at: int = 0) -> Text:
    return Text(words, OffsetMap.verbatim(len(words), at))


def catalogue(words: tuple[str | None, ...], **rest: object) -> Parsed:
    """Put texts into a file of one line each, behind a name; texts of None are not translated."""
    names = rest.pop("names", None) or [f"key.{number}" for number in range(len(words))]
    sources = rest.pop("sources", None) or [None] * len(words)
    file, units = "", []
    for name, word, source in zip(names, words, sources, strict=True):
        start = len(file) + len(f"{name} = ")
        file += f"{name} = {word or ''}\n"
        target = None if word is None else text(word, start)
        state = UNTRANSLATED if word is None else "translated"
        units.append(Unit(name, target, None if source is None else text(source), state=state))
    return Parsed("en.keys", "keys", file, tuple(units), **rest)  # type: ignore[arg-type]


def plain(words: str) -> Parsed:
    return Parsed("human.txt", "text", words, (Unit("1", text(words)),), running=True)


def test_units_are_segments_and_findings_stand_where_the_file_has_them() -> None:
    parsed = catalogue((WORDS[0], "She waits for the the last train."))
    report = api.check_parsed(parsed, select="mechanics")
    (finding,) = report.findings
    span = find_place(report.document, finding)
    assert span is not None
    assert span.of(parsed.text) == finding.text == "the the"
    assert finding.start is None
    assert report.to_dict()["findings"][0]["line"] == 2
    assert "en.keys:2:23" in report.to_text()
    assert "unit       key.1" in report.to_text()


def test_blocks_become_one_text_whose_places_are_those_of_the_file() -> None:
    file = "# The lamp\n\n> He sees the\n> the lamp.\n"
    title, prose = MapBuilder(), MapBuilder()
    title.add("The lamp", 2)
    prose.add("He sees the", 14)
    prose.add(" ", 25, 28)
    prose.add("the lamp.", 28)
    units = (Unit("1", Text.of(title)), Unit("2", Text.of(prose)))
    report = api.check_parsed(Parsed("a.md", "markdown", file, units, running=True), select="mechanics")
    assert report.document.target == "The lamp\n\nHe sees the the lamp."
    (finding,) = report.findings
    span = find_place(report.document, finding)
    assert span is not None
    assert span.of(file) == "the\n> the"
    assert report.document.target[finding.start : finding.end] == finding.text


def test_what_is_not_translated_is_counted_and_not_checked() -> None:
    parsed = catalogue((WORDS[0], None, "the the", "the the"))
    units = list(parsed.units)
    units[2] = Unit("key.2", units[2].target, state=FUZZY)
    units[3] = Unit("key.3", units[3].target, state=LOCKED)
    report = api.check_parsed(Parsed(parsed.name, "keys", parsed.text, tuple(units)), select="mechanics")
    assert report.findings == ()
    assert report.notes == ("1 of 4 units checked; left out: 1 untranslated, 1 fuzzy, 1 not translatable.",)


@pytest.mark.parametrize(
    ("target", "reference", "how"),
    [
        (catalogue(WORDS), catalogue(WORDS[::-1], names=["key.2", "key.1", "key.0"]), "joined by id: 3 of 3 units"),
        (
            catalogue(WORDS, sources=SOURCES),
            catalogue(WORDS[::-1], names=["a", "b", "c"], sources=SOURCES[::-1]),
            "joined by source: 3 of 3 units",
        ),
        (catalogue(WORDS), catalogue(WORDS, names=["a", "b", "c"]), "joined by order: 3 of 3 units"),
        (catalogue(WORDS), plain("\n".join(WORDS)), "joined by order: 3 of 3 units"),
        (catalogue(WORDS), plain(" ".join(("A day begins.", *WORDS))), "aligned as documents: 3 of 3 units"),
        (catalogue(WORDS), catalogue(("A day.", *WORDS), names=list("abcd")), "aligned as documents: 3 of 3 units"),
    ],
)
def test_the_report_says_how_a_reference_was_joined(target: Parsed, reference: Parsed, how: str) -> None:
    document = join.join_document(target, reference)
    assert [segment.reference for segment in document.segments] == list(WORDS)
    assert document.notes == (f"The reference was {how}.",)


def test_one_source_with_several_translations_is_joined_in_its_order_or_not_at_all() -> None:
    def references(words: tuple[str, ...], sources: tuple[str, ...]) -> list[str | None]:
        other = catalogue(words, names=[f"x{number}" for number in range(len(words))], sources=sources)
        document = join.join_document(catalogue(WORDS, sources=("Auf", "Auf", "Zu")), other)
        assert document.notes[0].startswith("The reference was joined by source")
        return [segment.reference for segment in document.segments]

    assert references(("Shut.", "Open.", "On."), ("Zu", "Auf", "Auf")) == ["Open.", "On.", "Shut."]
    assert references(("Open.", "Shut."), ("Auf", "Zu")) == ["Open.", "Open.", "Shut."]
    assert references(("Open.", "Open.", "Open.", "Shut."), ("Auf", "Auf", "Auf", "Zu")) == ["Open.", "Open.", "Shut."]
    other = catalogue(("A.", "B.", "C.", "Shut."), names=list("pqrs"), sources=("Auf", "Auf", "Auf", "Zu"))
    document = join.join_document(catalogue(WORDS, sources=("Auf", "Zu", "Zu")), other)
    assert [segment.reference for segment in document.segments] == [None, "Shut.", "Shut."]


def test_a_reference_of_some_of_the_ids_is_joined_by_id_and_only_they_count_as_aligned() -> None:
    words = tuple(f"{word} It is {number} o'clock." for word in WORDS for number in (2, 4, 6))
    other = catalogue((words[4], words[1]), names=["key.4", "key.1"])
    report = api.check_parsed(catalogue(words), other, select="coverage")
    assert report.notes == ("The reference was joined by id: 2 of 9 units.",)
    assert [s.reference for s in report.document.segments] == [words[n] if n in (1, 4) else None for n in range(9)]
    assert report.findings == ()
    assert report.coverage.target == pytest.approx(2 / 9, abs=0.03)
    strangers = catalogue(words[4:], names=["key.4", *"abcd"])
    assert "aligned as documents" in api.check_parsed(catalogue(words), strangers, select="coverage").notes[0]


@pytest.mark.parametrize(
    ("own", "other"), [("en.{}", "de.{}"), ("EN_US.{}", "ZH_CN.{}"), ("{}", "pt-BR.{}"), ("en.{}", "{}")]
)
def test_a_key_for_the_language_is_no_part_of_an_id(own: str, other: str) -> None:
    target = catalogue(WORDS, names=[own.format(name) for name in ("lamp.on", "lamp.off", "boat")])
    names = [other.format(name) for name in ("boat", "lamp.off", "lamp.on")]
    document = join.join_document(target, source=catalogue(SOURCES[::-1], names=names))
    assert [segment.source for segment in document.segments] == list(SOURCES)
    assert document.notes == ("The source was joined by id: 3 of 3 units.",)


def test_keys_that_are_no_languages_part_what_differs() -> None:
    target = catalogue(WORDS, names=["lamp.on", "lamp.off", "lamp.boat"])
    document = join.join_document(target, source=catalogue(SOURCES, names=["door.on", "door.off", "door.boat"]))
    assert document.notes == ("The source was joined by order: 3 of 3 units.",)


def test_what_is_aligned_keeps_its_placeholders() -> None:
    def shown(words: str, *objects: str) -> Unit:
        return Unit(words[:3], Text(words, OffsetMap.verbatim(len(words)), objects))

    target = Parsed("en.keys", "keys", "", (shown(f"The lamp {OBJECT} is lit at night.", "{a}"),))
    lines = (shown(f"Heute ist der Tag {OBJECT}.", "{b}"), shown(f"Die Lampe {OBJECT} brennt nachts.", "{a}"))
    document = join.join_document(target, source=Parsed("de.keys", "keys", "", lines))
    (segment,) = document.segments
    assert segment.source is not None
    assert segment.objects[2] == (("{a}",) if segment.source.startswith("Die") else ("{b}", "{a}"))


def test_numbers_are_no_names_to_join_by() -> None:
    target = catalogue(WORDS, names=["1", "2", "3"])
    other = catalogue(("A day.", *WORDS), names=["1", "2", "3", "4"])
    assert [segment.reference for segment in join.join_document(target, other).segments] == list(WORDS)


def test_a_source_file_gives_what_it_translates() -> None:
    document = join.join_document(catalogue(WORDS), None, catalogue(SOURCES, language="de-DE"))
    assert [segment.source for segment in document.segments] == list(SOURCES)
    assert document.source_language == "de"
    assert document.has_source
    assert not document.has_reference


def test_nothing_in_common_is_an_error() -> None:
    with pytest.raises(UserError, match="nothing in the reference belongs to the 3 units"):
        join.join_document(catalogue(WORDS), plain("Zzz qqq xxx.\n\nWww vvv uuu kkk."))


@pytest.mark.parametrize(
    ("parsed", "what"),
    [
        (catalogue(SOURCES, language="de-DE"), "the translation is German (de-DE), not English"),
        (catalogue((None, None)), "none of its 2 units is translated"),
    ],
)
def test_a_file_without_english_text_is_refused(parsed: Parsed, what: str) -> None:
    with pytest.raises(NothingToCheckError) as caught:
        api.check_parsed(parsed)
    assert what in caught.value.what


@pytest.mark.parametrize("language", ["en@quot", "und", "{{ LANGUAGE_CODE|default:'en-us' }}", "English"])
def test_a_file_that_names_english_or_no_language_is_checked(language: str) -> None:
    assert api.check_parsed(catalogue(WORDS, language=language)).document.segments


def test_a_file_found_to_be_in_another_language_is_nothing_to_pass_over() -> None:
    with pytest.raises(UserError, match="this looks like German") as caught:
        api.check_parsed(catalogue(SOURCES))
    assert not isinstance(caught.value, NothingToCheckError)


def test_a_reference_that_is_the_translation_is_refused() -> None:
    with pytest.raises(UserError, match="the same texts"):
        api.check_parsed(catalogue(WORDS), catalogue(WORDS))


def remarked(*remarks: Suppression) -> Parsed:
    return catalogue(("She waits for the the train.", "He sees the the lamp."), suppressions=remarks)


def test_a_remark_accepts_what_it_covers_and_one_that_covers_nothing_is_named() -> None:
    first, second = Span(0, 35), Span(36, 66)
    accepting = Suppression(first, 0, ("mechanics/doubled-word",), "a quotation")
    report = api.check_parsed(remarked(accepting), select="mechanics")
    assert [report.document.segments[finding.segment].id for finding in report.findings] == ["key.1"]
    report = api.check_parsed(
        remarked(Suppression(first, 0), Suppression(second, 40, ("mechanics",))), select="mechanics"
    )
    assert report.findings == ()
    idle = Suppression(second, 40, ("mechanics/repetition-loop",))
    report = api.check_parsed(remarked(idle), select="mechanics")
    assert len(report.findings) == 2
    assert report.notes == ("The remark on line 2 suppresses nothing.",)
    report = api.check_parsed(remarked(idle), select="mechanics/doubled-word")
    assert report.notes == ()  # its rule did not run


def test_a_remark_on_a_rule_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UserError, match=r"en.keys:2: no rule is called 'mechanic'. Did you mean 'mechanics'\?"):
        api.check_parsed(remarked(Suppression(Span(0, 10), 40, ("mechanic",))))


def test_opaque_characters_are_compared_by_what_they_stand_for() -> None:
    def unit(target: tuple[str, ...], source: tuple[str, ...]) -> Unit:
        words, original = f"Hello {OBJECT} there", f"Hallo {OBJECT} dort"
        return Unit(
            "greeting", Text(words, OffsetMap.verbatim(13), target), Text(original, OffsetMap.verbatim(12), source)
        )

    def find_in(*units: Unit) -> list[str]:
        parsed = Parsed("a.xlf", "xliff", "Hello {0} there", units)
        return [finding.rule for finding in api.check_parsed(parsed, select="markup").findings]

    assert find_in(unit(("{name}",), ("{name}",))) == []
    assert find_in(unit(('<x id="1" equiv-text="Hi"/>',), ('<x id="1" equiv-text="Hallo"/>',))) == []
    assert find_in(unit(("{names}",), ("{name}",))) == ["markup/changed"]
    assert find_in(unit(('<x id="2"/>',), ('<x id="1"/>',))) == ["markup/changed"]


@pytest.mark.parametrize(
    ("name", "note"),
    [
        (f"en{ending}", (f"Read as plain text: what marks up '{ending}' files is taken for prose.",))
        for ending in (".toml", ".PHP", ".rst", ".tex", ".tsx")
    ]
    + [(name, ()) for name in ("a.txt", "a.TEXT", "README", "<stdin>", "a/.hidden", "notes.2024", "Dr. No")]
    + [(name, ()) for name in ("newstest.en", "test.zh-en.en", "hyp.out", "system.ref", "a.detok")],
)
def test_a_file_of_markup_that_is_not_known_is_said_to_be_read_as_plain_text(name: str, note: tuple[str, ...]) -> None:
    assert join.join_document(formats.parse(WORDS[0].encode(), name)).notes == note


KEYS = ("lamp.night", "boats_leave_at", "trainWait.last")


def test_a_key_is_no_source_text() -> None:
    document = join.join_document(catalogue(WORDS, sources=KEYS))
    assert [segment.source for segment in document.segments] == [None] * 3
    assert not document.has_source
    assert "The source of 3 units is a key, not a text, and nothing was compared with it." in document.notes
    kept = join.join_document(catalogue(("lamp.night", WORDS[1]), sources=("lamp.night", "Ja/Nein")))
    assert [segment.source for segment in kept.segments] == ["lamp.night", "Ja/Nein"]


@pytest.mark.parametrize(
    "source",
    [
        catalogue(SOURCES),
        catalogue(SOURCES, sources=KEYS),
        catalogue(SOURCES, sources=KEYS, language="de"),
        catalogue(SOURCES, sources=WORDS, language="de", source_language="en"),
        catalogue(SOURCES, sources=WORDS, language="de"),
        catalogue(WORDS, sources=SOURCES, language="en", source_language="de"),
    ],
)
@pytest.mark.parametrize("own", [None, KEYS, ("Le phare", "Les bateaux", "Le train")])
def test_the_given_source_outranks_that_of_the_file(source: Parsed, own: tuple[str, ...] | None) -> None:
    target = catalogue(WORDS, sources=own, language="en", source_language="fr")
    for spoken in (None, "de") if source.language else ("de",):
        document = join.join_document(target, source=source, source_language=spoken)
        assert tuple(segment.source for segment in document.segments) == SOURCES
        assert document.source_language == "de"
