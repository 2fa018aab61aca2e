"""Placeholders, tags and addresses: one lexer for files, segments and rows, and what a translation may do to them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import stilted
from stilted.core.offsets import MapBuilder
from stilted.core.options import Settings
from stilted.formats.placeholders import make_opaque
from stilted.formats.units import OBJECT, Text
from stilted.runner.batch.row_checker import Checker, Row

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n\n'


def in_segments(source: str, target: str) -> list[str]:
    report = stilted.check_segments([target], sources=[source], select="markup")
    return [finding.rule.partition("/")[2] for finding in report.findings]


def in_a_row(source: str, target: str) -> list[str]:
    checker = Checker.of(Settings(select=("markup",)))
    return [f.rule.partition("/")[2] for f in checker.judge([Row(target, None, source)])[0].findings]


def in_a_file(folder: Path, source: str, target: str) -> list[str]:
    for name, text in (("en.json", target), ("de.json", source)):
        (folder / name).write_text(json.dumps({"a": text}), "utf-8")
    report = stilted.check_file(folder / "en.json", source=folder / "de.json", select="markup")
    return [finding.rule.partition("/")[2] for finding in report.findings]


def in_po(folder: Path, source: str, target: str, flags: str = "") -> list[str]:
    flag = f"#, {flags}\n" if flags else ""
    path = folder / "a.po"
    original, english = (json.dumps(text, ensure_ascii=False) for text in (source, target))
    path.write_text(f"{HEAD}{flag}msgid {original}\nmsgstr {english}\n", "utf-8")
    report = stilted.check_file(path, select="markup")
    return [finding.rule.partition("/")[2] for finding in report.findings]


SAME = [
    ("von 3-5 Booten -a", "of 3-5 boats, -a"),
    ("%s „%.*s“ mit %u Booten", "%4$u boats: %3$.*2$s, %1$s"),
    ("'%c' in '%.250s' an '%.16s'", "%3$.16s in %2$.250s: '%1$c'"),
    ("%s: „%%%c“ an „%s“", "%3$s: `%%%2$c' of %1$s"),
    ("%s vor %s", "%2$s after %1$s"),
    ("https://dock-cn.lamp.example/a", "https://dock.lamp.example/a"),
    ("%1$s ist bei %2$s", "At %2$s lies %1$s"),
    ("%d Boote", "%i boats"),
    ("%ld Boote", "%d boats"),
    ("%'d Tonnen", "%d tons"),
    ("in %1$ss weg", "gone in %1$ss"),
    ("%s%s 배", "%sBoat of %s"),
    ("eine Folge \\x{…}", "a sequence \\x{...}"),
    ("行 %1、列 %2", "Row %1, column %2"),
    ("请写信至dock@lamp.example询问", "Write to dock@lamp.example"),
    ("%dpx breit", "%dpx wide"),
    ("%(boot)s fährt", "%(boot)s sails, and %(boot)s is fast"),
    ("Hallo {{pilot}}", "Hello {{ pilot }}"),
    ("Preis {{preis, waehrung}}", "Price {{ preis, waehrung }}"),
    ("Es sind {0:0,00} EUR", "It is {0:0.00} EUR"),
    ("Hallo {pilot, text}", "Hello {pilot}"),
    ("{name} sticht in See", "{name} sets sail, {name} and all"),
    ("Zeile eins<br>Zeile zwei", "Line one<br/>line two"),
    ("Zeile eins<br>Zeile zwei", "Line one, line two"),
    ("Start &amp; Ziel", "Start and finish"),
    ("Start&nbsp;jetzt", "Start now"),
    ("Nicht hier", "Don&#39;t stay here"),
    ("K&uuml;ste", "Coast"),
    ("&copy; Werft", "© Shipyard"),
    ("-b <Boots-ID> nutzen", "Use -b <boat ID>"),
    ("<Ihr Boot> eintragen", "Enter <your boat>"),
    ("Mit {Zahl} Booten", "With {Zahl} boats"),
    ("船 {数} 艘", "{Number} boats"),
    ('<a href="/de/hafen" title="Hafen">Hafen</a>', '<a href="/en/port" title="Port">Port</a>'),
    ('<img alt="Boot" src="a.png">', '<img alt="Boat" src="b.png">'),
    ("Siehe https://boats.example/de/hafen", "See https://boats.example/en/hafen"),
    ("Siehe https://de.boats.example/hafen", "See https://en.boats.example/port"),
    ("Siehe http://boats.example:8080/hafen/", "See http://boats.example/hafen"),
    ("자세히는 https://boats.example/a/b.html에서", "More on https://boats.example/a/b.html"),
    ("http://<Rechner>:<Anschluss>", "http://<host>:<port>"),
    ("Siehe https://boats.example/zh/%E5%B8%86%E8%88%B9", "See https://boats.example/en/sail"),
    ("Siehe [Hafen](https://boats.example/de/hafen/a)", "See [the port](/en/hafen/a)"),
    (r"Mit \begin{brief} und \frac{eins}{zwei} beginnen", r"Begin with \begin{letter} and \frac{one}{two}"),
    ("Noch { } Boote", "{} boats left"),
    ("Mit #Segeln suchen", "Search for #sailing"),
    ("Das <input>-Element fehlt", "The input element is missing"),
    ("Liegt `steg` in `ufer`?", "Does `pier` lie in a `<coast />` tag?"),
    ("100 % sicher", "100% safe"),
    ("%s: %sring von %s", "%s: %s ring of %s"),
    ("100 %sicher von %s", "%s is 100 %safe"),
    ("Mit %.1fkm/h nach %s", "At %.1f km/h to %s"),
    ("Das <b>Boot</ b> <i>hier< / i>", "The <b>boat</b> <i>here</i>"),
    ("Das Boot<p>fährt", "The boat<p/>sails"),
    ("Text in <h2>", "Heading 2"),
    ("<em>a</em> <em>b</em> <em>c</em> des Boots", "<kbd>a</kbd> <kbd>b</kbd> <kbd>c</kbd> of the boat"),
    ("%50 indirim", "50% off"),
    ("%{0} doldu, en az %{1}", "{0}% full, {1}% at least"),
    ("Liegeplatz Nr. {1} von {0}", "Berth #{1} of {0}"),
    ("Hallo :name", "Hello :name"),
    ("Aktualisiert :boot : :name", "Updated :boot: :name"),
    ("Siehe :class:`Boot` und :ref:`hafen`", "See the classes"),
    (">>> tag <Tag.EINS: 1>", ">>> day <Day.ONE: 1>"),
    ("{n, plural, one {# Boot} other {# Boote}}", "{n, plural, one {one boat} other {# boats}}"),
    ("{g, select, m {sein Boot} other {das Boot}} von {wer}", "{g, select, m {his boat} other {a boat}} of {wer}"),
    ("{g, select, m {Ihr Pilot} other {Ihre Pilotin}} kommt", "Your pilot is coming"),
    ("{n, plural, other {# Boote}} im Hafen", "{n} boats in the harbour"),
    ("Im Hafen: {n} 배", "In the harbour: {n, plural, one {# boat} other {# boats}}"),
    ("{n, plural, other {# Boote}", "{n, plural, other {# boats}"),
    ("％s行きの船：％1$d 艘", "%1$d boats to %s"),
    ("<html>Das <b>Boot</b>", "<html>The <b>boat</b></html>"),
    ("Das <b>Boot: nah", "The <b>boat</b>: near"),
    ("Das Boot</b>: nah", "The <b>boat</b>: near"),
]
OTHER = [
    ("mit -l oder -v", "with -k or -v", ["changed"]),
    ("%s vor %s", "%1$s after %1$s", ["missing"]),
    ("%s Boote", "%d boats", ["changed"]),
    ("%ld Boote", "Boats", ["missing"]),
    ("Hallo :name", "Hello :nom", ["changed"]),
    ("Hallo :name", "Hello", ["missing"]),
    ("Hafen %1 von %2", "Port 1% of %2", ["missing"]),
    ("Preis {{preis, waehrung}}", "Price here", ["missing"]),
    ("Es sind {0:0.00} EUR", "It is EUR", ["missing"]),
    ("Siehe $t(hafen, { count: 2 })", "See there", ["missing"]),
    ("Hallo {{pilot}}", "Hello {pilot}", ["changed"]),
    ("Hallo { $pilot }", "Hello { $skipper }", ["changed"]),
    ("Ein Boot", "A {boat} here", ["added"]),
    ("&boatName; starten", "Start it", ["missing"]),
    (r"Mit \n{boot} beginnen", r"Begin with \n", ["missing"]),
    ("%2d von %s Booten", "%s boats", ["changed", "missing"]),
    ("Siehe https://boats.example/de/hafen/a", "See [the port](/en/ufer/a)", ["missing"]),
    ("<b>Boot</b>", "<i>Boat</i>", ["changed", "changed"]),
    ("<b>Boot</b>: nah", "<b>Boat: near", ["missing"]),
    ("Boot: nah", "<b>Boat</b>: near", ["added", "added"]),
    ("％s行きの船", "The boat to it", ["missing"]),
    ("%s行きの船", "The boat to ％s", ["missing"]),
    ('Zum <a href="x">Boot</a>', 'To <a href="x">a boat', ["missing"]),
    ("Das <i>kleine</i> Boot", "A small boat, i.e. I like it", ["missing"]),
    ("Das <b>Boot</b>", "The <b>boat</ b>", ["changed"]),
    ("Das <b>Boot</b>", "The <b>boat< / b>", ["changed"]),
    ("%s: %sring von %s", "%s: a ring of it", ["missing"]),
    ("<em>a</em> und <em>b</em>", "<kbd>a</kbd> and <kbd>b</kbd>", ["changed"] * 4),
    ("Mit %.1fkm/h", "At speed", ["missing"]),
    ("Siehe https://boats.example/hafen", "See there", ["missing"]),
    ("Siehe https://boats.example/hafen", "See https://boats.example/hafem", ["changed"]),
    ("{n, plural, one {# Boot} other {# Boote}} von {wer}", "{n, plural, one {# boat} other {# boats}}", ["missing"]),
]


@pytest.mark.parametrize(("source", "target"), SAME)
def test_what_may_be_written_otherwise_is_the_same_at_every_door(source: str, target: str, tmp_path: Path) -> None:
    assert in_segments(source, target) == []
    assert in_a_row(source, target) == []
    assert in_a_file(tmp_path, source, target) == []
    assert in_po(tmp_path, source, target) == []


@pytest.mark.parametrize(("source", "target", "rules"), OTHER)
def test_what_is_lost_or_changed_is_found_at_every_door(
    source: str, target: str, rules: list[str], tmp_path: Path
) -> None:
    assert in_segments(source, target) == rules
    assert in_a_row(source, target) == rules
    if "plural" not in source:  # a file's forms are units of their own
        assert in_a_file(tmp_path, source, target) == rules
        assert in_po(tmp_path, source, target) == rules


@pytest.mark.parametrize(
    ("source", "target", "flags", "rules"),
    [
        ("%n Boot(e)", "boats", "qt-plural-format", ["missing"]),
        ("Es sind %L1", "There are %1", "qt-format", []),
        ("Es sind %L1", "There are some", "qt-format", ["missing"]),
        ("%1 von %2", "%2's %1", "kde-format", []),
        ("{boot} mit 5 % drin", "{boot} with 5 % inside", "python-brace-format", []),
        ("{boot}", "it", "python-brace-format", ["missing"]),
        ("{Boot} %d", "{boat} %d", "c-format", []),
        ("%dBoote", "boats", "c-format", ["missing"]),
        ("100 %der Boote", "100 % of boats", "no-c-format", []),
        ("%d % der Boote", "%d % of boats", "c-format", []),
    ],
)
def test_the_flags_of_a_message_say_how_it_is_written(
    source: str, target: str, flags: str, rules: list[str], tmp_path: Path
) -> None:
    assert in_po(tmp_path, source, target, flags) == rules


def test_the_form_for_one_may_spell_the_number(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    forms = 'msgid "%d Boot"\nmsgid_plural "%d Boote"\nmsgstr[0] "one boat"\nmsgstr[1] "{}"\n'
    path.write_text(HEAD + forms.format("%d boats"), "utf-8")
    assert stilted.check_file(path, select="markup").findings == ()
    path.write_text(HEAD + forms.format("boats"), "utf-8")
    assert [f.rule for f in stilted.check_file(path, select="markup").findings] == ["markup/missing"]


@pytest.mark.parametrize(
    ("source", "target", "flags", "right"),
    [
        ("%lld Boote", "%d boats", "c-format", ["%lld"]),
        ("%d Boote", "%u boats", "c-format", ["%d"]),
        ("%zu Boote", "%lu boats", "objc-format", ["%zu"]),
        ("%s: %5.2Lf Tonnen", "%2$5.2f tons: %1$s", "c-format", ["%2$5.2Lf"]),
        ("%-3hd von %x", "%2$u of %1$-3hd", "c-format", []),
        ("%lf, %i, %qd, %g", "%f, %d, %lld, %e", "c-format", []),
        ("%ld Boote", "%d boats", "python-format", []),
        ("%ld Boote", "%d boats", "no-c-format", []),
        ("%ld Boote", "%d boats", "", []),
    ],
)
def test_a_format_string_of_c_reads_the_types_that_msgfmt_asks_for(
    source: str, target: str, flags: str, right: list[str], tmp_path: Path
) -> None:
    assert in_po(tmp_path, source, target, flags) == ["changed"] * len(right)
    found = stilted.check_file(tmp_path / "a.po", select="markup").findings
    assert [finding.suggestions[0] for finding in found] == right
    if shutil.which("msgfmt"):
        command = ["msgfmt", "--check-format", "-o", os.devnull, str(tmp_path / "a.po")]
        assert (subprocess.run(command, capture_output=True, check=False).returncode == 0) is not bool(right)


XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:{}" version="{}" srcLang="de" trgLang="en"><file id="f"'
    ' source-language="de" target-language="en" original="a" datatype="x"><{}>{}</{}></file></xliff>'
)
KEPT = '<mrk id="m1" mtype="protected" translate="no">{}</mrk>'


@pytest.mark.parametrize(
    ("source", "target", "rules"),
    [
        ("Mit Lampix zum Boot", f"To the boat with {KEPT.format('Lampix')}", []),
        (f"Mit {KEPT.format('Lampix')} zum Boot", f"To the boat with {KEPT.format('Lampix').replace('m1', 'm7')}", []),
        (f"Mit {KEPT.format('Lamp &amp; Co')} zum Boot", "To the boat with Lamp &amp; Co", []),
        (f"Mit {KEPT.format('<g id=&2&>Lampix</g>')} zum Boot".replace("&2&", '"2"'), "To the boat with Lampix", []),
        (f"Mit {KEPT.format('Lampix')} zum Boot", "To the boat with it", ["missing"]),
        (f"Mit {KEPT.format('Lampix')} zum Boot", f"To the boat with {KEPT.format('Lampx')}", ["changed"]),
    ],
)
def test_words_that_are_not_to_be_translated_count_as_words(
    source: str, target: str, rules: list[str], tmp_path: Path
) -> None:
    sides = f"<source>{source}</source><target>{target}</target>"
    units = {
        "2.0": ("", f'<unit id="1"><segment>{sides}</segment></unit>', ""),
        "1.2": ("body", f'<trans-unit id="1">{sides}</trans-unit>', "body"),
    }
    for version, (opening, unit, closing) in units.items():
        path = tmp_path / f"{version}.xlf"
        text = XLIFF.format(version, version, opening, unit, closing).replace("<>", "").replace("</>", "")
        path.write_text(text, "utf-8")
        found = stilted.check_file(path, select="markup").findings
        assert [finding.rule.partition("/")[2] for finding in found] == rules, version
        assert all("“Lampix”" in finding.message for finding in found)


def on_a_page(folder: Path, source: str, target: str) -> list[str]:
    for name, text in (("en.md", target), ("de.md", source)):
        (folder / name).write_text(text, "utf-8")
    report = stilted.check_file(folder / "en.md", source=folder / "de.md", select="markup")
    return [finding.text for finding in report.findings]


def test_a_list_in_braces_is_prose_on_a_page_and_an_argument_with_a_format_is_not(tmp_path: Path) -> None:
    assert on_a_page(tmp_path, "Boot: {mast, segel, ...}", "Boat: {mast, sail, ...}") == []
    assert on_a_page(tmp_path, "Лодка {первая}", "Boat {first}") == []
    assert on_a_page(tmp_path, "Лодка", "Boat {first}") == ["{first}"]
    assert on_a_page(tmp_path, "%Boot% nennt das Boot.", "%Boats% names the boat.") == []
    assert on_a_page(tmp_path, "Ziffern: \\\\p{Zahl}.", "Digits: \\\\p{Digit}; {{{...}}} is free.") == []
    assert on_a_page(tmp_path, "Am {tag, date} im Hafen.", "On {day, date} in port.") == ["{day, date}"]


@pytest.mark.parametrize(
    ("source", "target", "severities"),
    [
        ("Das <b>Boot</b>", "The boat", ["minor"]),
        ("Das <em>Boot</em>", "The <strong>boat</strong>", ["minor", "minor"]),
        ("Das Boot", "The <i>boat", ["minor"]),
        ("Das <a>Boot</a>", "The boat", ["major"]),
        ("Das <b>Boot</b>", "The <a>boat</a>", ["major", "major"]),
        ("Das Boot {b}", "The boat", ["major"]),
    ],
)
def test_lost_stress_is_a_minor_fault(source: str, target: str, severities: list[str]) -> None:
    report = stilted.check_segments([target], sources=[source], select="markup")
    assert [finding.severity for finding in report.findings] == severities


def test_a_unit_may_follow_a_placeholder_and_a_word_may_not() -> None:
    assert (
        make_opaque(Text.of(_built("in %1$ss and %dms, 5 %safe, 3%d"))).text
        == f"in {OBJECT}s and {OBJECT}ms, 5 %safe, 3%d"
    )


def _built(text: str):  # type: ignore[no-untyped-def]

    built = MapBuilder()
    built.add(text, 0)
    return built
