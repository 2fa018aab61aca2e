"""Misspelt words: what is marked, what is written instead, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from stilted import api


def find_in(*texts: str, **options: list[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    report = api.check_segments(list(texts), options.get("references"), options.get("sources"), select="spelling")
    return [(each.rule.partition("/")[2], each.text, each.suggestions) for each in report.findings]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("managment", "management"),
        ("documnets", "documents"),
        ("posible", "possible"),
        ("necessarry", "necessary"),
        ("diferences", "differences"),
        ("behavoir", "behavior"),
        ("accessable", "accessible"),
        ("changable", "changeable"),
    ],
)
def test_one_slip_has_one_fix(slip: str, meant: str) -> None:
    ((rule, text, suggestions),) = find_in(f"They say that the {slip} of it matters.")
    assert (text, suggestions[0]) == (slip, meant)
    assert rule in ("misspelling", "likely-misspelling")


def test_two_slips_are_likely_at_most() -> None:
    assert find_in("It was done automaticly.") == [("likely-misspelling", "automaticly", ("automatically",))]


@pytest.mark.parametrize(
    "text",
    [
        "The organisation honours a catalogue of colours; the organization honors a catalog of colors.",
        "Run foo-managment, ./managment, managment.py or managment_of(it), then see user@managment.",
        "Managment is a village near Managment.",
        "The MANAGMENT column is empty.",
        "The maxiter of the asarray and the nodeids of the Promxy are here, and so is Mr Delaby.",
        "Pre-emptive steps are retriable, whatever the unlistable parens between the muxers say.",
        "The customisable ship is optimised, standardised and recognisable.",
        "The flyout is the de facto standard, the pages are crawlable, and the keystore of the mainchain is open.",
        "Deutsche Lampendokumentation",
        "🇩🇪 Dokumentation",
        "Press Ad&vanced, New B&ooking or Exten&ded for more.",
        "Every harbourpage of the tableshelf is new.",
        "Der Zustand der Verwaltung enviroment wurde geprueft und freigegeben.",
    ],
)
def test_left_alone(text: str) -> None:
    assert find_in(text) == []


def test_what_the_other_side_has_is_a_name() -> None:
    text = "They keep the managment of old."
    assert find_in(text, references=["They keep the managment of yore."]) == []
    assert find_in(text, sources=["Sie behalten managment bei."]) == []
    assert [each[1] for each in find_in(text, sources=["Sie behalten es bei."])] == ["managment"]


def test_a_word_in_code_is_a_name(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Set the flag.\n\nThe managment flag is set by now, and it stays so.\n", "utf-8")
    assert [each.text for each in api.check_file(page, select="spelling").findings] == ["managment"]
    page.write_text("Set `managment`.\n\nThe managment flag is set by now, and it stays so.\n", "utf-8")
    assert api.check_file(page, select="spelling").findings == ()


@pytest.mark.parametrize(
    "text", ["Le finestre nuove incluse sono:", "Percepción integra", "\ufffc harbourd 💻", "Die Stege geschlosen"]
)
def test_a_short_text_of_another_language_or_a_credit_holds_no_slip(text: str) -> None:
    assert find_in(text) == []


@pytest.mark.parametrize("text", ["Incomming Document", "Ocurrences", "The Incomming harbour plattform is new."])
def test_a_slip_in_a_short_english_text_is_told(text: str) -> None:
    assert find_in(text)


def test_what_is_written_three_times_is_told_where_it_can_be_nothing_else() -> None:
    text = "The managment here is not the managment there, and still other managment is what they had before."
    assert [each[:2] for each in find_in(text)] == [("likely-misspelling", "managment")] * 3
    assert find_in(text.replace("managment", "tidb")) == []


def test_what_is_written_with_a_capital_is_a_name_where_no_sentence_begins() -> None:
    texts = ["Managment is hard.", "Managment is done.", "Managment is good."]
    assert [each[:2] for each in find_in(*texts)] == [("likely-misspelling", "Managment")] * 3
    assert find_in(*texts, "They went to Managment.") == []


def test_a_compound_has_a_misspelt_beginning() -> None:
    assert find_in("It is a mutiple-choice test.") == [("likely-misspelling", "mutiple", ("multiple",))]
    assert find_in("See the foo.mutiple-choice test and mutiple-Choice.") == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Kuberentes", "Kubernetes"),
        ("elastisearch", "Elasticsearch"),
        ("forgotton", "forgotten"),
        ("xisting", "existing"),
        ("satisfythe", "satisfy the"),
        ("thedefault", "the default"),
        ("uploadis", "upload is"),
        ("worflow", "workflow"),
        ("avaible", "available"),
        ("comited", "committed"),
        ("heirachical", "hierarchical"),
        ("upcomming", "upcoming"),
        ("finde", "find"),
    ],
)
def test_names_lost_letters_and_lost_blanks(slip: str, meant: str) -> None:
    ((_, text, suggestions),) = find_in(f"They say that the {slip} of it matters.")
    assert (text, suggestions[0]) == (slip, meant)


@pytest.mark.parametrize("name", ["Wikimedia", "Cloudflared", "Openspace", "Terraformed"])
def test_another_name_is_no_slip_of_a_known_one(name: str) -> None:
    assert find_in(f"They say that {name} runs on it.") == []


def find_guesses(text: str, source: str | None = None, *, profile: str = "docs", sensitivity: str = "high") -> set[str]:
    sources = None if source is None else [source]
    report = api.check_segments([text], None, sources, ignore="tagger", sensitivity=sensitivity, profile=profile)
    return {
        f"{each.rule.partition('/')[2]} {each.text}" for each in report.findings if each.rule.startswith("spelling")
    }


def test_guesses_are_for_manuals_and_for_who_asks_for_more() -> None:
    text = "The Dashbaord shows the threadcount of each house."
    assert find_guesses(text) == {"possible-misspelling Dashbaord", "unknown-word threadcount"}
    assert find_guesses(text, sensitivity="medium") == set()
    assert find_guesses(text, profile="article") == set()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A threadcount is the threadcount of a house.", None),
        ("The threadcount of a house is small.", "Der threadcount des Hauses ist klein."),
        ("Each house has a count of threads, and so has the other.", None),
    ],
)
def test_a_word_that_is_used_or_given_elsewhere_is_no_guess(text: str, source: str | None) -> None:
    assert find_guesses(text, source) == set()
