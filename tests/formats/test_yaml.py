"""Catalogues in YAML: keys, texts in every style, comments, languages, and what is no text."""

from __future__ import annotations

import pytest
import yaml

from stilted.core.errors import UserError
from stilted.formats.faults import Faults
from stilted.formats.yaml.parser import Value, parse
from telling import read, said

STYLES = """\
# Who

# Why
a:
  b: [One, 2, ~, yes, '{{n}} two', 12:30, 2020-01-02, *x, !!str 3]  # no
  # Where
  # on the button
  c: &x |
    Two
      three

    # four

  d:
  'e': >-
    five
    six

    seven
  ? f
  : 'it''s'
  "g": "\\u00e9\\ud83d\\ude97 one\\
    \\  two\\n\\
    three

    four"
  h: plain
    and folded#not a comment
  <<: *x
  <<: {x: y}
"""
RAILS = """\
en-GB:
  a: ''
  date:
    formats: {short: '%d %b'}
    order:
    - :day
    - :month
  number: {human: {format: {delimiter: ','}}}
  time: Date and time
"""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (STYLES, [
            "a.b[0] (translated) One",
            "a.b[4] (translated) «{{n}}» two",
            "a.b[8] (translated) 3",
            "a.c (translated) Two\n  three\n\n# four | # Where | # on the button",
            "a.e (translated) five six\nseven",
            "a.f (translated) it's",
            "a.g (translated) é🚗 one  two\nthree\nfour",
            "a.h (translated) plain and folded#not a comment",
        ]),
        (RAILS, [
            "en-GB.a (untranslated) ",
            "en-GB.date.formats.short (not translatable) «%d» %b",
            "en-GB.date.order[0] (not translatable) :day",
            "en-GB.date.order[1] (not translatable) :month",
            "en-GB.number.human.format.delimiter (not translatable) ,",
            "en-GB.time (translated) Date and time",
        ]),
        ("# all\nzh-CN: {a: A, b: B}\nen:\n  a: C {x}\n  c: D\n",
         ["en.a (translated) C «{x}» | source=A", "en.c (translated) D"]),
        ("- id: a\n  translation: One\n- id: b\n  # Why\n  translation:\n    one: '{{.n}} car'\n    other: cars\n",
         ["a (translated) One", "b.one (translated) «{{.n}}» car", "b.other (translated) cars"]),
        ("a:\n  description: Why\n  other: One\nb: {description: Two, c: Three}\n",
         ["a.other (translated) One | # Why", "b.description (translated) Two", "b.c (translated) Three"]),
        ("a: '{n, plural, one {# car} other {# cars}}'\n",
         ["a[one] (translated) «#» car", "a[other] (translated) «#» cars"]),
        ("---\na: '%{name} and %<count>d'\n---\n", ["a (translated) «%{name}» and «%<count>d»"]),
    ],
)  # fmt: skip
def test_yaml(content: str, expected: list[str]) -> None:
    for spelling in (content, content.replace("\n", "\r\n")):
        assert [said(each) for each in read("a.yml", spelling).units] == expected


@pytest.mark.parametrize(
    ("content", "language", "note"),
    [
        ("en:\n  a: B", "en", ()),
        ("zh-CN:\n  a: B", "zh-CN", ()),
        ("pt_BR: {a: B}", "pt_BR", ()),
        ("en: B", None, ()),
        ("it: {a: B}\nb: C", None, ()),
        ("menu: {a: B}", None, ()),
        ("de: {a: A}\nfr: {a: A}\nen_GB: {a: B}", "en_GB",
         ("Parts of it are in other languages (de, fr), and left out.",)),
    ],
)  # fmt: skip
def test_the_root_of_yaml_says_its_language(content: str, language: str | None, note: tuple[str, ...]) -> None:
    parsed = read("a.yml", content)
    assert (parsed.language, parsed.source_language, parsed.notes) == (language, None, note)
    assert [each.target.text for each in parsed.units if each.target][:1] == ["B"]


def test_an_alias_is_read_where_its_text_is_written() -> None:
    bomb = "a: &a [The boats leave.]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [said(each) for each in read("a.yml", bomb).units] == ["a[0] (translated) The boats leave."]


@pytest.mark.parametrize(
    "content",
    [
        STYLES,
        STYLES.replace("\\ud83d\\ude97", "🚗"),
        RAILS,
        'en:\r\n  "日本 😀": >-\r\n    é 😀\r\n    ü # no\r\n\r\n  b: one\r\n    two # why\r\n  c: &x d\r\n  e: *x\r\n',
        "\ufeffen:\n  a: 'one\n\n    two'\n  # 😀\n  b: three",
        "en: {a: one\x85 two, b: 'three\u2028 four'}\n",
        "en:\n\ta: one\n",
        "en: 'never closed\n",
        "en: \x07\n",
        "en: \ud800\n",
        "a: one\na: two\n",
    ],
)
def test_both_loaders_read_the_same(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hasattr(yaml, "CSafeLoader")
    quick = _read_or_refuse(content)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert _read_or_refuse(content) == quick


def _read_or_refuse(content: str) -> Value | str:
    try:
        return parse(content, Faults(content, "en.yml", "Mend it."))
    except UserError as error:
        return str(error)
