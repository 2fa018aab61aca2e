from __future__ import annotations

import contextlib
import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from growth import loops
from places import check_places
from stilted.core.document import Span
from stilted.core.errors import UserError
from stilted.formats import OBJECT, Parsed, parse

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Cars &amp; trains</title>
<meta name="description" content="A page &quot;about&quot; cars.">
<meta name="generator" content="WordPress 6.7">
<style>p { color: red }</style>
<script>var a = "<p>no</p>";</script>
</head>
<body>
<h1 id=top>The   <em>first</em>
 car</h1>
<p>Press <kbd>Ctrl</kbd> and use <code>foo()</code>&nbsp;now.<br>Next line, &copy 2024; driver&#8217;s.
<p>See https://example.com/a_(b). <span lang="fr">Bonjour</span>
<ul><li>One<li>Two <p>Three</ul>
<table><tr><td>A cell<td><a href="x.html" title="A tip">Another</a></table>
<div translate="no"><p>Brand</p></div><p class="lead notranslate">Model</p>
<pre>code block</pre><!-- a comment --><noscript>Switch it on.</noscript>
<figure><img src="a.png" alt="A red car"><figcaption>Fig. 1</figcaption></figure>
<button>Save</button><button>Cancel</button><input type="text" placeholder="Your name">
<p>Words<!-- between -->glued, <b>bo</b>ld, <svg viewBox="0"><title>Icon</title></svg> done.</p>
</body></html>
"""


def read(text: str, name: str = "page.html") -> Parsed:
    return parse(text.encode("utf-8", "surrogatepass"), name)


def texts(text: str) -> list[str]:
    return [unit.target.text for unit in read(text).units if unit.target]


def test_a_page_as_a_cms_exports_it() -> None:
    parsed = read(PAGE)
    assert [unit.target.text for unit in parsed.units if unit.target] == [
        "Cars & trains",
        'A page "about" cars.',
        "The first car",
        f"Press {OBJECT} and use {OBJECT}\xa0now. Next line, © 2024; driver’s.",
        f"See {OBJECT}. {OBJECT}",
        "One",
        "Two",
        "Three",
        "A cell",
        "Another",
        "A tip",
        "A red car",
        "Fig. 1",
        "Save",
        "Cancel",
        "Your name",
        f"Wordsglued, bold, {OBJECT} done.",
    ]
    assert (parsed.format, parsed.running, parsed.language) == ("html", True, "en-GB")
    check_places(parsed)


def test_brackets_around_an_address_are_no_part_of_it() -> None:
    target = (
        read("<html><body><p>Lamps [https://example.com/a[1]], (https://example.com/b).</p></body></html>")
        .units[0]
        .target
    )
    assert target
    assert target.objects == ("https://example.com/a[1]", "https://example.com/b")


def test_full_width_marks_end_an_address() -> None:
    target = (
        read("<html><body><p>灯（https://example.com/a）、船（www.example.com）。</p></body></html>").units[0].target
    )
    assert target
    assert target.objects == ("https://example.com/a", "www.example.com")


def test_what_is_opaque_is_kept_as_written() -> None:
    parsed = read(PAGE)
    assert parsed.units[3].target
    assert parsed.units[4].target
    assert parsed.units[3].target.objects == ("<kbd>Ctrl</kbd>", "<code>foo()</code>")
    assert parsed.units[4].target.objects == ("https://example.com/a_(b)", '<span lang="fr">Bonjour</span>')


def test_templates_and_front_matter_are_no_prose() -> None:
    page = """---
layout: default
title: "The boats"
---
<h1 title="{{ tip }} here">{{ page.title | upcase }}</h1>
<p>Dear {{ user.name }}, {% if late %}you are late{% else %}good morning{% endif %}, and {{ that is all</p>
<p>Use { x } at {} 5% of 6%.</p>
"""
    parsed = read(page)
    assert [unit.target.text for unit in parsed.units if unit.target] == [
        "The boats",
        f"{OBJECT} here",
        f"Dear {OBJECT}, {OBJECT}you are late{OBJECT}good morning{OBJECT}, and {{{{ that is all",
        "Use { x } at {} 5% of 6%.",
    ]
    check_places(parsed)


@pytest.mark.parametrize(
    ("word", "spelt"),
    [("first", "first"), ("trains", "trains"), ("&", "&amp;"), ("’", "&#8217;"), ("e f", "e   <em>f"), ("©", "&copy"),
     (". N", ".<br>N"), ('"', "&quot;"), ("t c", "t</em>\n c"), ("dsg", "ds<!-- between -->g")],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_point_at_the_characters(word: str, spelt: str, newline: str) -> None:
    parsed = read("\U0001f697" + PAGE.replace("\n", newline))
    target = next(unit.target for unit in parsed.units if unit.target and word in unit.target.text)
    at = target.text.index(word)
    start, end = target.map.place(at, at + len(word))
    assert parsed.text[start:end] == spelt.replace("\n", newline)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a < b and c > d & e", ["a < b and c > d & e"]),
        ("<p>Use <code>oops</p><p>visible</p>", [f"Use {OBJECT}", "visible"]),
        ('<p>Try <span class="pkg big">oopsd</span> <span class="red">now</span>', [f"Try {OBJECT} now"]),
        ("<p>one</i></b></p></div>two", ["one", "two"]),
        ("one<br/>two<br>three", ["one two three"]),
        ("<p>&notit; &not; &amp;lt; &bogus; &#x1F697; &#0; &", ["¬it; ¬ &lt; &bogus; \U0001f697 \ufffd &"]),
        ('<p title="a&copy=b &copy; c">x', ["x", "a&copy=b © c"]),
        ("<P>UP</P><PRE>no</PRE>", ["UP"]),
        ("<p>a <x-card>b</x-card> c", ["a b c"]),
        ("<dl><dt>Term<dd>Meaning</dl>", ["Term", "Meaning"]),
        ("<select><option>Red<option>Blue</select>", ["Red", "Blue"]),
        ("<p>a<video><p>no</p></video>b", [f"a{OBJECT}b"]),
        ("<p lang=de>Nein<p lang=en-US>Yes", ["Yes"]),
        ("<textarea>no</textarea><template><p>no</p></template>yes", ["yes"]),
        (f"<p>a {OBJECT} b", [f"a {OBJECT} b"]),
        ("<p>mail joe@example.com, www.example.com!", [f"mail {OBJECT}, {OBJECT}!"]),
        ("<p>a&#32;&#10; b", ["a b"]),
        ("<p>x<!-->y<!--->z", ["xyz"]),
        ("<![a<p>x", ["x"]),
        ("<?php echo 1 ?>x", ["x"]),
    ],
)  # fmt: skip
def test_blocks(body: str, expected: list[str]) -> None:
    parsed = read(body)
    assert [unit.target.text for unit in parsed.units if unit.target] == expected
    check_places(parsed)


def test_a_language_that_a_template_fills_in_hides_nothing() -> None:
    page = '<html lang="{{ code }}"><p lang="{{ code }}">Open</p><p lang="de">Nacht</p><p lang="zxx">+++</p></html>'
    assert texts(page) == ["Open"]


def test_html_is_told_from_its_content() -> None:
    assert parse(b"<!-- x --><!doctype HTML><p>Hello", "page").format == "html"
    assert parse("<meta charset=iso-8859-1><p>caf\u00e9".encode("latin-1"), "a.htm").text.endswith("caf\u00e9")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>\n<!-- never", "a.html:2: a comment that begins here never ends"),
        ("<p>a\n<a href='x>b", "a.html:2: <a> that begins here never ends"),
        ("<p>a <b", "a.html:1: <b> that begins here never ends"),
        ("a<script>b", "a.html:1: <script> that begins here never ends"),
        ("a\n\n<div translate=no>b", "a.html:3: <div> that begins here never ends"),
        ("a <svg> b", "a.html:1: <svg> that begins here never ends"),
        ("<b>" * 400, "a.html:1: more than 300 elements are open here"),
        ("<p> <img src=a>", "a.html: the file holds no units"),
        ("<!--stilted-ingore-->x", "a.html:1: unknown remark 'stilted-ingore'. Did you mean 'stilted-ignore'?"),
        ("x\n<!--stilted-on-->", "a.html:2: stilted-on ends nothing"),
    ],
)
def test_what_cannot_be_read_is_refused(body: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read(body, "a.html")
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("body", "covered"),
    [
        ("<p>One</p><!-- stilted-ignore --><p>Two</p><p>Three</p>", "Two"),
        ("<p>One</p><p>Two<!-- stilted-ignore --></p><p>Three</p>", "Two"),
        ("<p>One</p><p><!-- stilted-ignore -->Two</p><p>Three</p>", "Two"),
        ("<ul><!-- stilted-ignore --><li><p>a</p><p>b</p></li><li>c</li></ul>", "<li><p>a</p><p>b</p></li>"),
        ("<table><!-- stilted-ignore --><tr><td>a</td><td>b</td></tr></table>", "<tr><td>a</td><td>b</td></tr>"),
        ("<tr><td>a</td><!-- stilted-ignore --><td>b</td></tr>", "b"),
        ("<p>x</p><!-- stilted-ignore --><img alt='A car'><p>y</p>", "<img alt='A car'>"),
    ],
)
def test_ignore_covers_its_block_or_the_next(body: str, covered: str) -> None:
    (one,) = read(body).suppressions
    assert re.sub("<!--.*?-->", "", one.span.of(body)) == covered


def test_off_and_on() -> None:
    body = "<p>a</p><!-- stilted-off: numbers -- a table --><p>b</p><!-- stilted-on --><p>c</p>"
    (one,) = read(body).suppressions
    assert (one.rules, one.reason) == (("numbers",), "a table")
    assert one.span == Span(body.index("<!-- stilted-off"), body.index("<!-- stilted-on"))


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufffc@"), min_size=1, max_size=12),
    min_size=1, max_size=6,
)  # fmt: skip


@given(WORDS, st.sampled_from(["<p>{}</p>", "<td>\r\n {}\n", "<b>{}</b>", "<p title='x'>{}<!--c-->"]))
@settings(max_examples=examples(300), deadline=None)
def test_what_another_writer_escapes_is_read_back(words: list[str], frame: str) -> None:
    plain = re.sub("[ \t\n\f\r]+", " ", " ".join(words)).strip(" ")
    if not plain or "://" in plain or "www." in plain or not plain.strip():
        return
    parsed = read(frame.format(html.escape(plain)))
    target = parsed.units[0].target
    assert target is not None
    assert target.text == plain
    for number, character in enumerate(plain):
        start, end = target.map.place(number, number + 1)
        assert html.unescape(parsed.text[start:end]) == character
    check_places(parsed)


PIECES = ["<", ">", "<p", "<p>", "</p>", "<!--", "-->", "&amp;", "&", " ", "\r\n", "'", '"', "=", "/", "<code>",
          "</code>", "<svg>", "<li>", "a", "\U0001f697", "<title>", "<img alt='b'>", "translate=no", "<br/>",
          "https://a.b", OBJECT, "<![CDATA[", "stilted-off", "&#", "&#x41;", "<script>", "</script>"]  # fmt: skip


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=60)))
@settings(max_examples=examples(600), deadline=None)
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        parsed = read(text)
    except (UserError, UnicodeEncodeError):
        return
    check_places(parsed)


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    ["<" * 100_000, "<!--" * 25_000, "<a" * 50_000, "<a b='" * 16_000, "<a" + " b" * 50_000, "<a" + " " * 100_000,
     "&" * 100_000, "&a" * 50_000, "<![CDATA[" * 12_000, "<script>" * 12_000, "<script>" + "</scrip" * 15_000,
     "<div>" * 100_000, "<i><div>" + "<b>" * 290 + "</i>" * 50_000, "a " * 100_000, "<p>" * 50_000 + "x",
     "a" + " \n" * 50_000 + "b", "w" * 100_000, "a@" * 50_000, "(" + "https://a)" * 10_000, "https://a" + ")" * 50_000,
     "<title>" * 15_000, "</p>" * 30_000, "<p>x<!--a-->" * 10_000, "<li>a" * 20_000, "<td title=a>" * 10_000],
)  # fmt: skip
def test_nothing_takes_long(text: str) -> None:
    def parse() -> None:
        with contextlib.suppress(UserError):
            read(text)

    assert loops(parse) < 250
