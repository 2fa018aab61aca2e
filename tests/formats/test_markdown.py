from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from growth import loops
from places import check_places
from stilted.core.errors import UserError
from stilted.formats import OBJECT, Parsed, parse

DOCUSAURUS = """---
id: intro
title: Getting started
description: "How to begin: a tour"
tags: [cars, trains]
---

import Tabs from '@theme/Tabs';
import TabItem from '@theme/TabItem';

# The *first* car {#first}

A soft
wrapped paragraph with `code()`, [a **bold** link](https://x.example/a_b "tip") and
&copy; 2024 \\* one&nbsp;two.

{/* stilted-ignore: numbers -- measured */}

:::tip[Note]

Inside an admonition.

:::

<Tabs groupId="os" values={[{label: 'A', value: 'a'}]}>
<TabItem value="a">

Within a tab: {props.name} and <Kbd keys={['a']} /> end.

</TabItem>
</Tabs>

| Name | What \\| why |
| :--- | ----: |
| `x`  | It *runs* |
| y    | a \\| b |

```js title="a.js"
const no = "prose";
```
"""

MKDOCS = """# Guide

!!! warning "Careful"

    Indented text of
    the admonition.

    ??? note

        Deeper text.

    Back again.

After it.

=== "Python"

    Tab text.

[TOC]

Term with a footnote[^1], $E = m c^2$, and costs of $5 or $10.

[^1]: The note itself.

$$
\\frac{a}{b}
$$

- [x] A task
- Item
  continued

  second paragraph
    1. nested

> [!NOTE]
> Quoted **strong
> words** here
lazily.

Setext
heading
===
"""

README = """<h1 align="center">
  <img src="logo.svg" alt="The logo"><br>
  Fast cars
</h1>

[![Build](https://ci.example/b.svg)](https://ci.example) ![Cover](c.svg)

<details>
<summary>More &amp; more</summary>

Hidden *text*: see https://example.com/a_b_c, <https://auto.example>, or joe@example.com.

</details>

* Press <kbd>Ctrl</kbd>+<b>C</b>,<br>then <!-- no --> ~~stop~~ go.

<!-- a
comment -->

[ref]: https://example.com "Title"

A [ref] and a [collapsed][] one, {{< shortcode >}} and {% raw %}.

    indented code

---
"""


def read(text: str, name: str = "guide.md") -> Parsed:
    return parse(text.encode("utf-8", "surrogatepass"), name)


def texts(parsed: Parsed) -> list[str]:
    return [unit.target.text for unit in parsed.units if unit.target]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_page_of_docusaurus(newline: str) -> None:
    parsed = read(DOCUSAURUS.replace("\n", newline), "intro.mdx")
    assert texts(parsed) == [
        "Getting started",
        "How to begin: a tour",
        "The first car",
        f"A soft wrapped paragraph with {OBJECT}, a bold link and © 2024 * one\xa0two.",
        "Note",
        "Inside an admonition.",
        f"Within a tab: {OBJECT} and end.",
        "Name",
        "What | why",
        "It runs",
        "y",
        "a | b",
    ]
    check_places(parsed)
    (one,) = parsed.suppressions
    assert (one.span.of(parsed.text), one.rules, one.reason) == (
        f"Note]{newline * 2}Inside an admonition.",
        ("numbers",),
        "measured",
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_page_of_mkdocs(newline: str) -> None:
    parsed = read(MKDOCS.replace("\n", newline))
    assert texts(parsed) == [
        "Guide",
        "Careful",
        "Indented text of the admonition.",
        "Deeper text.",
        "Back again.",
        "After it.",
        "Python",
        "Tab text.",
        f"Term with a footnote{OBJECT}, {OBJECT}, and costs of $5 or $10.",
        "The note itself.",
        "A task",
        "Item continued",
        "second paragraph",
        "nested",
        "Quoted strong words here lazily.",
        "Setext heading",
    ]
    check_places(parsed)


def test_a_readme() -> None:
    parsed = read(README)
    assert texts(parsed) == [
        f"{OBJECT} Fast cars",
        "The logo",
        "Build",
        "Cover",
        "More & more",
        f"Hidden text: see {OBJECT}, {OBJECT}, or {OBJECT}.",
        f"Press {OBJECT}+C, then stop go.",
        f"A ref and a [collapsed][] one, {OBJECT} and {OBJECT}.",
    ]
    check_places(parsed)
    assert [unit.target.objects for unit in parsed.units if unit.target and unit.target.objects] == [
        ('<img src="logo.svg" alt="The logo">',),
        ("https://example.com/a_b_c", "<https://auto.example>", "joe@example.com"),
        ("<kbd>Ctrl</kbd>",),
        ("{{< shortcode >}}", "{% raw %}"),
    ]


@pytest.mark.parametrize(
    ("word", "spelt"),
    [("soft w", "soft\nw"), ("©", "&copy;"), ("* one", "\\* one"), ("\xa0", "&nbsp;"), ("bold", "bold"),
     ("bold link", "bold** link"), ("| b", "\\| b"), ("runs", "runs"), ("tour", "tour"), (OBJECT, "`code()`")],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_point_at_the_characters(word: str, spelt: str, newline: str) -> None:
    text = DOCUSAURUS.replace("title: Get", "title: \U0001f697e\u0301 Get").replace("\n", newline)
    parsed = read(text, "a.mdx")
    target = next(unit.target for unit in parsed.units if unit.target and word in unit.target.text)
    at = target.text.index(word)
    start, end = target.map.place(at, at + len(word))
    assert parsed.text[start:end] == spelt.replace("\n", newline)


@pytest.mark.parametrize(
    ("text", "expected", "objects"),
    [("[^1]({% code %}\n", f"{OBJECT}({OBJECT}", ("[^1]", "{% code %}")),
     ("[^1]({{ x }}) and", f"{OBJECT}({OBJECT}) and", ("[^1]", "{{ x }}")),
     ("An [a]({{ abc }} b", f"An [a]({OBJECT} b", ("{{ abc }}",)),
     ("An a]({{ abc }}) b", f"An a]({OBJECT}) b", ("{{ abc }}",)),
     ("An [a]({{ a | b }}) b", "An a b", ()),
     ("An [a]({{ a_(b }}/c_d \"t\") b", "An a b", ()),
     ("An ![a]({{ abc }}) b", f"An {OBJECT} b", ("![a]({{ abc }})",)),
     ("An ![a]({% x \"y\" %} b", f"An ![a]({OBJECT} b", ("{% x \"y\" %}",)),
     ("| x |\n|---|\n| a]({{ a | b }} *c* |\n", f"a]({OBJECT} c", ("{{ a | b }}",)),
     ("| x |\n|---|\n| [a]({% a | b %} |\n", f"[a]({OBJECT}", ("{% a | b %}",)),
     ("> - *a*]({{ a*b }} c*", f"a]({OBJECT} c*", ("{{ a*b }}",))],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.md", "a.mdx"])
def test_a_template_where_an_address_may_stand(text: str, expected: str, objects: tuple[str, ...], name: str) -> None:
    parsed = read(text, name)
    target = next(unit.target for unit in parsed.units if unit.target and unit.target.text not in ("x", "a"))
    assert (target.text, target.objects) == (expected, objects)
    check_places(parsed)
    for number, char in enumerate(target.text):
        start, end = target.map.place(number, number + 1)
        assert parsed.text[start:end] in (char, *objects)


@pytest.mark.parametrize(
    ("spelt", "char"),
    [("&#xFDD0;", "\ufdd0"), ("&#xFFFF;", "\uffff"), ("&#x10FFFF;", "\U0010ffff"), ("&#1;", "\x01"), ("&#x8A;", "\x8a"),
     ("&#x7f;", "\x7f"), ("&#0;", "\ufffd"), ("&#xD800;", "\ufffd"), ("&#x110000;", "\ufffd"), ("&#10;", " "),
     ("&Tab;", " "), ("&NewLine;", " "), ("&#32;", " "), ("&NotEqualTilde;", "\u2242\u0338")],
)  # fmt: skip
def test_every_reference_is_its_character(spelt: str, char: str) -> None:
    parsed = read(f"A {spelt}b c")
    assert texts(parsed) == ["A b c" if char == " " else f"A {char}b c"]
    check_places(parsed)


def test_a_soft_wrap_is_the_stretch_between_the_words() -> None:
    parsed = read("- > one  \r\n  >   two\n")
    assert parsed.units[0].target is not None
    assert parsed.units[0].target.text == "one two"
    start, end = parsed.units[0].target.map.place(3, 4)
    assert parsed.text[start:end] == "  \r\n  >   "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_b_c **d**e f*g* 2 * 3", ["a_b_c de fg 2 * 3"]),
        ("**a *b* c** ***d***", ["a b c d"]),
        ("\\<b> &lt;b&gt; &bogus; &#x1F697;", ["<b> <b> &bogus; \U0001f697"]),
        ("# A #\n## B\\#\n#C", ["A", "B#", "#C"]),
        ("> > # A\n> > b", ["A", "b"]),
        ("a  \nb\\\nc", ["a b c"]),
        ("---\n\nA rule first", ["A rule first"]),
        ("---\ntitle: 'x\n\nno end", ["title: 'x", "no end"]),
        ('+++\ntitle = "Hugo"\ndate = 2024\n+++\nBody', ["Hugo", "Body"]),
        ("---\ntitle: a: b\ndescription: >-\n  folded\n---\nBody", ["folded", "Body"]),
        ("---\ntitle: |\n  a *b*\n\n  c: d # e\ntags: x\n---\nBody", ["a *b* c: d # e", "Body"]),
        ("---\ntitle: \"a \\\"b\\\" c\"  # d\ndescription: 'it''s\n  so'\n---\nBody", ['a "b" c', "it's so", "Body"]),
        ("---\ntitle: a\n  b\ndescription: c\n\n\nx:\n  title: d\n---\nBody", ["a b", "c", "Body"]),
        ('+++\ntitle = "a"\n  draft = "b"\n+++\nBody', ["a", "Body"]),
        ("---\ntitle: >\ndescription: [a]\n---\nBody", ["Body"]),
        ("a\n\n{% highlight ruby %}\nb\n\n{% c\n{% endhighlight %}\n\nd", ["a", "d"]),
        ('- a\n\n  {{< highlight go "x=y" >}}\n  b\n  {{< /highlight >}}\n- c', ["a", "c"]),
        ("{% comment %}a{% endcomment %}\n{%- code -%}\nb\n{%- endcode -%}\nc", ["c"]),
        ("{% code %}a{% endcode %} b\n\nc\n\n{% code %}\nd\n{% endcode %}", [f"{OBJECT}a{OBJECT} b", "c"]),
        (
            "````{note} a\n:class: x y\n:name: z\nb\n```{warning}\nc\n```\n```python\nd\n```\n:e: f\n````\ng",
            ["a", "b", "c", ":e: f", "g"],
        ),
        (
            ":::{admonition} A *b*\n:class: tip\n\nc\n:::\n```{code-block} python\nd\n```\n~~~{tip}\ne",
            ["A b", "c", "e"],
        ),
        ("{% highlight %}\na\n\n{{< code />}}\nb", [f"{OBJECT} a", "b"]),
        ("~~~\n{% highlight %}\n~~~\na\n\n{% endhighlight %}", ["a"]),
        ("[a](b){ .c .d } e{ width=3 f='g' } {h=i j} { k }", ["a e {h=i j} { k }"]),
        ('a\n!!! note "b *c*"\n    d\n:::tip[e]{f=g}\nh\n::: details i j\n', ["a", "b c", "d", "e", "h", "i j"]),
        ('::: zone pivot="a"\nb\n:::image type="c":::\nd\n!!! note ""\n    e', ["b", "d", "e"]),
        ('- a\n\n    ??? x "b"\n        c\n\n    d', ["a", "b", "c", "d"]),
        ("| a |\n|---|\n| b | dropped |\n\n1. x | y\n   --|--\n   - | z", ["a", "b", "1. x", "y", "| z"]),
        ("> a | b\n> --|--\n> > | c", ["a", "b", "| c"]),
        (f"a {OBJECT} b", [f"a {OBJECT} b"]),
        ("$$ is the id\n\nof a process", ["$$ is the id", "of a process"]),
        ("x $$a$$ y ``c ` d`` z", [f"x {OBJECT} y {OBJECT} z"]),
        ('A <span translate="no">Brand *x*</span> and <i>y</i>', [f"A {OBJECT} and y"]),
        ('A <img src="a.png" alt="red &amp; fast"> car', [f"A {OBJECT} car", "red & fast"]),
        ("A <kbd> unclosed", ["A unclosed"]),
        ("~~~\n$$\n~~~\nText", ["Text"]),
        ("![a \\* b &amp; *c*](x.png)", ["a * b & c"]),
        ("[![x y](b)](c) [^1]", ["x y"]),
        ("> <p>quoted html</p>\n\ntext", ["text"]),
        ("\ta\n\n- b\n\n\tc", ["b", "c"]),
        ("-\ta\n\tb", ["a b"]),
        ("> \x0b\na", ["a"]),
        ("\x0c|-|\n---\n", ["-"]),
        ("$HOME/$USER costs $5 to US$10", ["$HOME/$USER costs $5 to US$10"]),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    parsed = read(text)
    assert texts(parsed) == expected
    check_places(parsed)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_code_of_mdx_that_fills_several_lines_is_no_prose(newline: str) -> None:
    page = """export default function Page() {
  const a = {b: 1}

  return <p>no</p>
};

One {x} and
{y} two.

{list.map((each) => (

  <li>no {each}</li>
))}

{open

export const more = {

Three
"""
    parsed = read(page.replace("\n", newline), "a.mdx")
    assert texts(parsed) == [f"One {OBJECT} and {OBJECT} two.", "{open", "Three"]
    check_places(parsed)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("One\n\n<!-- stilted-ignore -->\nTwo\nwrapped\n\nThree", "Two\nwrapped"),
        ("One\n\nTwo <!-- stilted-ignore --> it\n\nThree", "Two <!-- stilted-ignore --> it"),
        ("<!-- stilted-ignore -->\n- a\n\n  b\n- c", "- a\n\n  b\n"),
        ("- a\n\n  <!-- stilted-ignore -->\n  b\n- c", "b"),
        ("<!-- stilted-ignore -->\n| a | b |\n|---|---|\n| c | d |", "| a | b |\n"),
        ("| a | b |\n|---|---|\n| c | d <!-- stilted-ignore --> |", "d <!-- stilted-ignore -->"),
        ("> <!-- stilted-ignore -->\n\n# H", "H"),
        ("<!-- stilted-ignore -->\n\n<p>x</p>\n\ny", "x"),
        ('<!-- stilted-ignore -->\n!!! note "A"\n    B\n\n    C', 'A"\n    B'),
        ('!!! note "A <!-- stilted-ignore -->"\n    B', "A <!-- stilted-ignore -->"),
        ('!!! note "A"\n    <!-- stilted-ignore -->\n    B', "B"),
        ("<!-- stilted-off -->\n\nOne\n\n<!-- stilted-on -->\n\nTwo", "<!-- stilted-off -->\n\nOne\n\n"),
    ],
)
def test_suppressions(text: str, covered: str) -> None:
    (one,) = read(text).suppressions
    assert one.span.of(text) == covered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n\n> <!-- stilted-ingore -->", "a.md:3: unknown remark 'stilted-ingore'. Did you mean 'stilted-ignore'?"),
        ("a\n\nb <!-- stilted-ignore: -->", "a.md:3: stilted-ignore has an empty rule name"),
        ("a\n\n<!-- stilted-on -->", "a.md:3: stilted-on ends nothing"),
        ("a\n\n<!-- stilted-off", "a.md:3: a comment that begins here never ends"),
        ("```\ncode\n```", "a.md: the file holds no units"),
        ("a\n\n" + "> " * 300 + "b", "a.md:3: lists and quotes are nested too deeply here"),
        ("a\n" + "".join("  " * n + "- b\n" for n in range(100)), "a.md:"),
        ("a\n" * 8_000_001, "a.md: the file is longer than 16 million characters"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read(text, "a.md")
    assert str(caught.value).startswith(said)


ESCAPED = re.compile(r"([!-/:-@\[-`{-~])")
FRAMES = (
    "{}",
    "# {}",
    "> {}",
    "- 1. {}",
    "| x | {} |\n|---|---|\n",
    "{}\r\n\r\nmore",
    "**{}**",
    "[{}](u)",
    "-\t{}\n\t===",
)


def escaped(plain: str) -> str:
    """Write text as Markdown: every mark behind a backslash, what else could mean something as an entity."""
    return "".join(f"\\{c}" if ESCAPED.match(c) else c if c == " " or c.isalnum() else f"&#x{ord(c):X};" for c in plain)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00@\ufffc", exclude_categories=["Cc"]), min_size=1),
    st.sampled_from(FRAMES),
)
@settings(max_examples=examples(400), deadline=None)
def test_what_another_writer_escapes_is_read_back(plain: str, frame: str) -> None:
    plain = " ".join(plain.split(" ")).strip()
    plain = re.sub(" +", " ", plain)
    if not plain or "://" in plain or "www." in plain or plain.lower() in ("toc", "x"):
        return
    parsed = read(frame.format(escaped(plain)))
    target = next(unit.target for unit in parsed.units if unit.target and unit.target.text != "x")
    assert target.text == plain
    for number, character in enumerate(plain):
        start, end = target.map.place(number, number + 1)
        spelt = parsed.text[start:end]
        said = re.sub(r"&#x([0-9A-F]+);", lambda number: chr(int(number[1], 16)), spelt)
        assert character in (spelt.removeprefix("\\"), said)
    check_places(parsed)


PIECES = ["a", "b c", " ", "  ", "\n", "\n\n", "\r\n", "\t", "> ", "- ", "1. ", "    ", "# ", "**", "*", "_", "~~", "`",
          "```\n", "[", "]", "(", ")", "](u)", "![", "<", ">", "<p>", "</p>", "<!-- ", "-->", "<b>", "<kbd>", "</kbd>",
          "&amp;", "\\", "|", "|-|\n", "| a | b |\n|---|---|\n", "$", "$$\n", ":::\n", "!!! note\n", "---\n", "===\n",
          "!!! a \"b\"\n", "{% code %}\n", "{% endcode %}\n", "```{note}\n",
          "{", "}", "[^1]", "[a]: b\n", "\U0001f697", OBJECT, "stilted-ignore", "https://a.b", "title: x\n", "\x0b",
          "\u2028", "\x85", "\f", "import {a}\n"]  # fmt: skip


@pytest.mark.long
@given(
    st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=60)),
    st.sampled_from(["a.md", "a.mdx"]),
)
@settings(max_examples=examples(1500), deadline=None)
def test_anything_is_read_or_refused(text: str, name: str) -> None:
    try:
        parsed = read(text, name)
    except (UserError, UnicodeEncodeError) as error:
        if "cannot be found" in str(error):
            raise
        return
    check_places(parsed)


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [">" * 500, ">  " * 24 + "a\n\n" + ">  " * 23 + "- b\naaa\n", "a_b_" * 10_000, "[" * 50_000,
     "[" * 20_000 + "]" * 20_000, "[a](" * 20_000, "<" * 100_000, "x <!--" * 15_000, "x <?" * 15_000,
     "x <a b='" * 15_000, "a" + " " * 100_000 + "b", "a|b" + " " * 100_000 + "b\n-|-\n", "# a" + " " * 100_000 + "b\n",
     " ".join("`" * n for n in range(1, 600)), "|a" * 3000 + "\n" + "|-" * 3000 + "\n" + "|b\n" * 3000,
     "".join(f"[a{n}]: b\n" for n in range(10_000)), "![" * 30_000, "{" * 50_000, "<A {" * 20_000, "$a" * 30_000,
     "$$ a\n" * 30_001, "> <!-- a\n" * 10_000, "> <!-- a -->\n\n" * 5_000, "<kbd>" * 10_000, "&#" * 50_000,
     "---\ntitle: a" + " " * 100_000 + "b\n---\n", "---\ntitle: a" + "\n " * 100_000 + "\n---\n",
     "---\ntitle: a" + "\n" * 100_000 + "\n---\n", "---\ntitle: \"" + "\\\"" * 100_000 + "\n---\n",
     "{% code %}\n" * 30_000, "{{< code >}}\n" * 30_000, "a{ .b" * 30_000, '!!! a "' * 30_000, ":::a[" * 30_000],
)  # fmt: skip
def test_nothing_takes_long(text: str) -> None:
    def parse() -> None:
        with contextlib.suppress(UserError):
            read(text, "a.mdx")

    assert loops(parse) < 250


def test_a_comment_without_end_hides_the_rest_and_is_told() -> None:
    parsed = read("The boats are old.\n\n<!-- a plan\n\nThe the end.\n", "a.md")
    assert [unit.target.text for unit in parsed.units if unit.target] == ["The boats are old."]
    assert parsed.notes == ("The comment that begins on line 3 never ends, and nothing behind it is read.",)


JSX = """# Boats

<Table
  head={['Boat', 'Depth']}
  onClick={() => {
    open()
  }}
>
  {[
    { boat: 'Tug', depth: '>= 4' },
  ].map((item) => (
    <Row key={item.boat}>{item.boat} {item.depth}</Row>
  ))}
</Table>

<Tabs items={['One', 'Two']}>
  <Tabs.Tab>
    The first tab.
  </Tabs.Tab>
  <Tabs.Tab>

    The second tab.

  </Tabs.Tab>
</Tabs>

Text with {props.name} and <Link to={`/a/${b}`}>a link</Link> in it,{' '}
and more.

<Steps>
### Step one
{boats.map((b) => <li>{b}</li>)}
</Steps>

<div style={{ color: 'red' }}>
  <p>Hello {name}, you have{' '} mail.</p>
</div>

`{code}` and `<Tag>` and \\{ brace \\} stay, as 1 < 2 does.

```jsx
<Boat
  sail={1}
/>
```
"""


def test_tags_and_expressions_of_jsx_are_no_prose() -> None:
    parsed = read(JSX, "a.mdx")
    assert [unit.target.text for unit in parsed.units if unit.target] == [
        "Boats",
        "The first tab.",
        "The second tab.",
        f"Text with {OBJECT} and a link in it, and more.",
        "Step one",
        f"Hello {OBJECT}, you have mail.",
        f"{OBJECT} and {OBJECT} and {{ brace }} stay, as 1 < 2 does.",
    ]
    for unit in parsed.units:
        assert unit.target is not None
        start, end = unit.target.map.place(0, 4)
        assert JSX[start:end].strip("`*").startswith(unit.target.text[0].replace(OBJECT, "{"))


def test_shortcodes_may_stand_for_addresses_and_around_blocks() -> None:
    page = """![A tug at sea]({{< asset "boats/tug.png" >}} "The tug")

See [the page]({{< ref "boats.md" >}}#tug) or [that one]({% link a b.md %}).

{{% notice note %}}
Mind the tide.
{{% /notice %}}
"""
    assert [unit.target.text for unit in read(page, "a.md").units if unit.target] == [
        "A tug at sea",
        "See the page or that one.",
        "Mind the tide.",
    ]
