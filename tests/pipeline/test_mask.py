"""Code, placeholders and addresses are opaque to rules about language, at every door, and stay what they are."""

from __future__ import annotations

import pytest

import stilted
from stilted.formats.code import find_code
from stilted.pipeline.build import build_segments
from stilted.pipeline.mask import mask_document


def code_in(text: str) -> list[str]:
    return [text[start:end] for start, end in find_code(text, placeholders=True)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Call :func:`~boats.sail` with ``wind=5`` now.", [":func:`~boats.sail`", "``wind=5``"]),
        ("See the `tide tables <https://boats.example/tides>`_ first.", ["<https://boats.example/tides>"]),
        (".. note:: Mind the tide", [".. note:: Mind the tide"]),
        ("Set `sail` to |speed| knots [1]_ here.", ["`sail`", "|speed|", "[1]_"]),
        (r"The area is $a^2 + b$ or \(c\) or \frac{a}{b} here.", ["$a^2 + b$", r"\(c\)", r"\frac{a}{b}"]),
        ("It costs $5 or $10.", []),
        (
            "Mail me@boats.example or see https://boats.example/a?b=c.",
            ["me@boats.example", "https://boats.example/a?b=c"],
        ),
        ("Run it with --all-boats=yes and -v tide.", ["--all-boats=yes", "-v"]),
        ("Open ~/boats/log or /etc/port/list, then README.md.", ["~/boats/log", "/etc/port/list", "README.md"]),
        ("Use boat.retry.max-wait, sail_size, openPort() and boatDeck.hoistSail.",
         ["boat.retry.max-wait", "sail_size", "openPort()", "boatDeck.hoistSail"]),
        ("sail_sizeを返します。", ["sail_size"]),
        ("It has var(--pier-gap) and --pier-gap, a Promise<void>.", ["var(--pier-gap)", "--pier-gap", "Promise<void>"]),
        ("Hello {name}, %d boats in <b>port</b>", ["{name}", "%d", "<b>", "</b>"]),
        ("He and/or she sailed 5 km/h in Mr. Fox's iPhone-like boat, e.g. a well-known one.", []),
        ("A 24/7 service (see p. 5) - or not - costs 5% of 100, AT&T said.", []),
        ("Red/green/blue, 1.2.3.4, U.S.A. and 3.14 -- all fine", []),
    ],
)  # fmt: skip
def test_what_is_code_in_prose(text: str, code: list[str]) -> None:
    assert code_in(text) == code


def test_masked_characters_keep_their_places() -> None:
    document = build_segments("t", ["Run `a a` now"], ["Run `b` now"], ["`c` starten"])
    (segment,) = mask_document(document).segments
    assert segment.target == "Run \ufffc\ufffc\ufffc\ufffc\ufffc now"
    assert segment.reference == "Run \ufffc\ufffc\ufffc now"
    plain = build_segments("t", ["No code here"])
    assert mask_document(plain) is plain


@pytest.mark.parametrize(
    "text",
    [
        "Set ``the the`` in the file.",
        "The path /boats/the/the is fine.",
        "Set `the the` and `a an` here.",
        "See https://boats.example/the/the , or not.",
    ],
)
def test_rules_about_language_do_not_look_into_code(text: str) -> None:
    findings = stilted.check_segments([text], select="mechanics/doubled-word,grammar").findings
    assert findings == ()


def test_findings_quote_what_is_written() -> None:
    text = "He sees the the `quay` there, and informations of `the the` quay."
    report = stilted.check_segments([text], select="mechanics/doubled-word,eu")
    assert [finding.text for finding in report.findings] == ["the the", "informations"]
    assert "\ufffc" not in report.to_text()


def test_rules_about_code_see_it() -> None:
    findings = stilted.check_segments(["Run `a` {x}"], sources=["`a` {y} starten"], select="markup").findings
    assert [finding.text for finding in findings] == ["{x}"]
    strings = ["Set `a` here", "Set `b` here"]
    assert stilted.check_segments(strings, sources=["`a` hier", "`b` hier"], select="inconsistency").findings == ()
