"""Two versions of a translation: equal units, sacrebleu's own p-values, findings matched, an honest verdict."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from stilted.comparison import Change, Comparison, _judge_score, compare
from stilted.comparison.significance import NORMALISED, choose_deciding, format_chance, measure_changes, run_flip_test
from stilted.comparison.units import Unit, find_cuts, find_unit, pair_units
from stilted.core.errors import UserError
from stilted.core.model import Document, Segment, Span
from stilted.metrics.corpus import MIN_SEGMENTS

WHO = "The mayor|A fisherman|My neighbour|The museum|Our teacher|The young pilot|An old sailor".split("|")
DID = "opened|painted|sold|repaired|visited|described|bought|lost".split("|")
WHAT = "the bridge|a wooden boat|the tower|nine letters|a garden|the archive|an engine".split("|")
WHEN = "on Friday morning|after the storm|without a permit|for very little money|near the old station".split("|")

RULES = ["mechanics/doubled-word"]
"""One cheap rule, whose findings are easy to foresee."""


def sentences(count: int) -> list[str]:
    rng = random.Random(7)
    return [
        f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHAT)} {rng.choice(WHEN)} in year {n}." for n in range(count)
    ]


def worn(reference: Iterable[str], share: float, seed: int) -> list[str]:
    """Sentences in which some words are replaced, one for one."""
    rng = random.Random(seed)
    return [" ".join(rng.choice(WHO).lower() if rng.random() < share else w for w in s.split()) for s in reference]


def text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def by_lines(old: list[str], new: list[str], reference: list[str]) -> Comparison:
    return compare(text(old), text(new), text(reference), align="lines", select=RULES)


# units


def cut_up(name: str, reference: list[str], ends: set[int], omitted: set[int]) -> Document:
    """A document whose beads end after the sentences numbered *ends*; those in *omitted* have no translation."""
    text = " ".join(reference)
    starts = list(itertools.accumulate((len(s) + 1 for s in reference), initial=0))
    segments = []
    begin = 0
    for number in sorted(ends | {len(reference) - 1}):
        span = Span(starts[begin], starts[number] + len(reference[number]))
        target = None if number in omitted else f"{name}{begin}-{number}"
        segments.append(Segment(str(number), target, span.of(text), None, Span(0, 1), span))
        begin = number + 1
        segments.append(Segment(f"extra{number}", "Buy two.", None, None, Span(0, 1), None))
    return Document(name, tuple(segments), "text", text, has_reference=True)


NUMBERS = st.sets(st.integers(0, 11))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_units_end_where_both_alignments_agree(old: set[int], new: set[int], gone: set[int], lost: set[int]) -> None:
    reference = sentences(12)
    documents = cut_up("a", reference, old, gone), cut_up("b", reference, new, lost)
    pairs = pair_units(*documents)
    assert len(pairs) == len((old | {11}) & (new | {11}))
    assert " ".join(unit.reference for unit in pairs) == " ".join(reference)
    for side, document in zip(("old", "new"), documents, strict=True):
        given_texts = [s.target for s in document.segments if s.target and s.reference]
        assert " ".join(filter(None, (getattr(unit, side) for unit in pairs))) == " ".join(given_texts)
    ends = find_cuts(*documents)
    for document in documents:
        for segment in document.segments:
            at = find_unit(segment, ends)
            assert (at is None) == (segment.reference is None)
            assert at is None or (segment.reference or "") in pairs[at].reference


def test_units_need_one_reference() -> None:
    one, other = (cut_up("a", sentences(n), set(), set()) for n in (2, 3))
    with pytest.raises(ValueError, match="one reference"):
        pair_units(one, other)


def test_sentences_that_one_version_joins_make_one_unit() -> None:
    reference = "The ferry left the harbour. The captain waved at the crowd. Nobody waved back at him."
    old = "The ferry left the harbour. The captain waved at the crowd. Nobody waved back."
    new = "The ferry left the harbour, and the captain waved at the crowd. Nobody waved back at him."
    comparison = compare(old, new, reference, select=RULES)
    pairs = pair_units(comparison.old.document, comparison.new.document)
    assert pairs[-1] == Unit("Nobody waved back.", "Nobody waved back at him.", "Nobody waved back at him.")
    assert comparison.units == len(pairs) == 2


# tests


def as_units(old: list[str], new: list[str], reference: list[str]) -> list[Unit]:
    return [Unit(*row) for row in zip(old, new, reference, strict=True)]


@pytest.mark.long
def test_p_values_and_signatures_are_those_of_sacrebleu(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = sentences(60)
    old, new = worn(reference, 0.3, 1), worn(reference, 0.25, 2)
    metrics = {"BLEU": BLEU(), "chrF2": CHRF(), "TER": TER()}
    monkeypatch.setenv("SACREBLEU_SEED", "12345")
    expected = {
        kind: PairedTest([("a", old), ("b", new)], metrics, [reference], test_type=kind)() for kind in ("bs", "ar")
    }
    monkeypatch.setenv("SACREBLEU_SEED", "none")
    ours = measure_changes(as_units(old, new, reference))
    assert [row.metric for row in ours] == ["BLEU", "chrF2", "TER"]
    for row in ours:
        for kind, p, signature in zip(("bs", "ar"), (row.bootstrap, row.randomisation), row.signatures, strict=True):
            signatures, scores = expected[kind]
            first, second = scores[row.metric]
            assert (row.old, row.new, p) == (first.score, second.score, second.p_value)  # type: ignore[union-attr]
            assert signature == str(signatures[row.metric])
    assert os.environ["SACREBLEU_SEED"] == "none"


def test_equal_versions_are_not_called_different() -> None:
    reference = sentences(60)
    old = worn(reference, 0.3, 1)
    for row in measure_changes(as_units(old, old, reference)):
        assert (row.bootstrap, row.randomisation) == (1.0, 1.0)
        assert not row.shown(0.05)
        assert not row.improves


def test_too_few_units_get_scores_without_tests() -> None:
    reference = sentences(MIN_SEGMENTS - 1)
    rows = measure_changes(as_units(worn(reference, 0.5, 1), reference, reference))
    assert [(row.bootstrap, row.randomisation, row.shown(1.0)) for row in rows] == [(None, None, False)] * 3
    assert [row.new for row in rows] == [100.0, 100.0, 0.0]
    assert all(row.improves for row in rows)
    assert [row.higher_is_better for row in rows] == [True, True, False]
    assert "bs:" not in rows[0].signatures[0]


def test_ter_is_left_out_where_it_would_explode() -> None:
    long = " ".join(f"w{n}" for n in range(200))
    assert [row.metric for row in measure_changes([Unit(long, "a", "a b"), Unit("a", "a", "a")])] == ["BLEU", "chrF2"]


def test_quotes_decide_nothing() -> None:
    old = ["“Open the gate,” he said to the guard."]
    reference = ['"Open the gate," he said to the guard.']
    rows = measure_changes(as_units(old, reference, reference))
    assert rows[0].old < 60
    assert [row.metric for row in choose_deciding(rows)] == [f"{m} ({NORMALISED})" for m in ("BLEU", "chrF2", "TER")]
    assert choose_deciding(rows)[0].old == choose_deciding(rows)[0].new == 100.0
    assert choose_deciding(rows)[0].signatures[0].endswith("|quotes:straight")


@given(st.lists(st.integers(-30, 30), max_size=9))
def test_the_sign_flip_test_is_exact(differences: list[int]) -> None:
    seen = abs(sum(differences))
    flips = list(itertools.product((1, -1), repeat=len(differences)))
    extreme = sum(abs(sum(s * d for s, d in zip(signs, differences, strict=True))) >= seen for signs in flips)
    assert run_flip_test(differences) == pytest.approx(extreme / len(flips))


def test_the_sign_flip_test_takes_long_texts() -> None:
    assert run_flip_test([5] * 800 + [-5] * 700 + [1, 2, 25] * 9) < 0.01
    assert run_flip_test([5, -5] * 2000) == 1.0
    assert run_flip_test([]) == 1.0


@pytest.mark.parametrize(("p", "shown"), [(None, "–"), (0.0, "< 0.0001"), (0.0001, "0.0001"), (1.0, "1.0000")])
def test_chances_are_never_shown_as_none_at_all(p: float | None, shown: str) -> None:
    assert format_chance(p) == shown


# verdicts


@pytest.mark.long
def test_a_better_version_is_better_and_the_other_way_round_worse() -> None:
    reference = sentences(60)
    bad, good = worn(reference, 0.6, 1), worn(reference, 0.1, 2)
    better, worse = by_lines(bad, good, reference), by_lines(good, bad, reference)
    assert (better.verdict, worse.verdict) == ("better", "worse")
    assert better.units == 60
    assert better.level == pytest.approx(0.05 / 4)
    assert better.reasons[0].startswith("BLEU goes from ")
    assert better.reasons[0].endswith(": better.")
    assert "p 0.0010 by paired bootstrap, < 0.0001 by approximate randomisation" in better.reasons[0]
    assert worse.reasons[2].endswith(": worse.")
    assert better.reasons[-1].startswith("A difference counts below p 0.0125")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (58.0, 58.2, "BLEU goes from 58.0 to 58.2"),
        (58.12, 58.14, "BLEU goes from 58.12 to 58.14"),
        (58.121, 58.122, "BLEU stays at 58.1"),
        (58.1, 58.1, "BLEU stays at 58.1"),
    ],
)
def test_a_score_goes_nowhere_that_cannot_be_told_apart(old: float, new: float, said: str) -> None:
    _, sentence = _judge_score(Change("BLEU", old, new, True, None, None, ("s",)), 0.05)
    assert sentence == f"{said}, untested."


@pytest.mark.long
def test_a_version_against_itself_shows_no_difference() -> None:
    reference = sentences(60)
    same = worn(reference, 0.4, 3)
    comparison = by_lines(same, same, reference)
    assert comparison.verdict == "no difference shown"
    assert (comparison.fixed, comparison.introduced, comparison.findings_p) == ((), (), None)
    assert comparison.reasons[0] == "Both versions are the same text."
    assert comparison.reasons[1].startswith("BLEU stays at ")
    assert "(p 1.0000 by" in comparison.reasons[1]


def test_few_sentences_show_nothing_by_score_and_say_so() -> None:
    reference = sentences(10)
    comparison = by_lines(worn(reference, 0.9, 1), worn(reference, 0.05, 1), reference)
    assert comparison.verdict == "no difference shown"
    assert (
        "No difference in scores can be shown: 10 stretches of the reference are fewer than the 50 a test needs."
        in comparison.reasons
    )
    assert comparison.reasons[0].endswith(", untested.")
    alone = by_lines(worn(reference[:1], 0.9, 1), worn(reference[:1], 0.5, 2), reference[:1])
    assert "1 stretch of the reference is fewer than the 50 a test needs." in " ".join(alone.reasons)


DOUBLED = [f"The the ferry number {n} left the old harbour on Monday." for n in range(12)]
SINGLE = [f"The ferry number {n} left the old harbour on Monday." for n in range(12)]
HUMAN = [f"On Monday, ferry number {n} sailed from the old port." for n in range(12)]


def test_findings_alone_can_show_a_difference() -> None:
    better, worse = by_lines(DOUBLED, SINGLE, HUMAN), by_lines(SINGLE, DOUBLED, HUMAN)
    assert (better.verdict, len(better.fixed), len(better.introduced)) == ("better", 12, 0)
    assert (worse.verdict, len(worse.fixed), len(worse.introduced)) == ("worse", 0, 12)
    assert better.findings_p == worse.findings_p == pytest.approx(2 / 2**12)
    assert any(
        reason.startswith("12 findings fixed, 0 new, 0 kept (penalty points go from ") for reason in better.reasons
    )


def test_a_finding_is_kept_although_its_sentence_was_rewritten() -> None:
    rewritten = ["Yesterday " + line[:1].lower() + line[1:] for line in DOUBLED[:1]] + SINGLE[1:2] + DOUBLED[2:]
    rewritten[0] = "The the ferry number 0 has left that harbour."
    comparison = by_lines(DOUBLED, rewritten, HUMAN)
    assert (len(comparison.fixed), len(comparison.introduced), len(comparison.kept)) == (1, 0, 11)
    assert comparison.kept[0] is comparison.new.findings[0]


def test_options_and_errors_are_those_of_check() -> None:
    with pytest.raises(UserError, match="unknown option 'selcet'"):
        compare("A day.", "One day.", "The day.", selcet="mt")
    with pytest.raises(UserError, match="second: the translation is empty"):
        compare("A day.", " ", "The day.", names=("first", "second"), select=RULES)


# outputs


def comparison() -> Comparison:
    old = ["The the *ferry* left @harbour on Monday <b>now</b>.", *SINGLE[1:]]
    new = [SINGLE[0], "The the | ferry left the `old` harbour.", *SINGLE[2:]]
    return by_lines(old, new, HUMAN)


def test_the_data_are_plain_and_complete() -> None:
    made = comparison()
    data = made.to_dict()
    assert json.loads(made.to_json()) == data
    assert data["verdict"] == made.verdict
    assert [finding["text"] for finding in data["fixed"]] == [f.text for f in made.fixed]
    assert data["introduced"][0]["line"] == 2
    assert data["scores"][0].keys() == {
        "metric", "old", "new", "higher_is_better", "bootstrap", "randomisation", "signatures"
    }  # fmt: skip
    assert data["new"]["report"] == made.new.to_dict()


def test_the_text_names_places_and_signatures() -> None:
    shown = comparison().to_text()
    assert shown.startswith("new against old: no difference shown.\n")
    assert "New findings (1)\n  2:1: " in shown
    assert "Fixed findings (1)\n  1:1: " in shown
    assert "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:" in shown


def test_colours_and_width_are_those_asked_for() -> None:
    made = comparison()
    coloured = made.to_text(color=True)
    assert "\x1b[1;33mnew against old: no difference shown.\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == made.to_text()
    narrow = made.to_text(width=50).partition("Signatures")[0]
    assert max(map(len, narrow.splitlines())) <= 50
    assert " ".join(narrow.split()) == " ".join(made.to_text().partition("Signatures")[0].split())


def test_markup_stays_text_in_markdown() -> None:
    shown = comparison().to_markdown()
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(shown)
    html = {child.content for token in tokens for child in token.children or () if child.type == "html_inline"}
    assert html <= {"<sub>", "</sub>", "<br>"}
    assert [token.type for token in tokens].count("tr_open") == 1 + len(comparison().changes)


def test_the_same_twice_gives_the_same_bytes() -> None:
    one, other = comparison(), comparison()
    assert one.to_json() == other.to_json()
    assert one.to_markdown() == other.to_markdown()
    assert one.to_text() == other.to_text()


def test_importing_the_comparison_imports_nothing_heavy() -> None:
    code = "import sys, stilted.comparison; print([m for m in ('numpy', 'sacrebleu', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
