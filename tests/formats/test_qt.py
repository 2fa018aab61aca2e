"""Catalogues of Qt Linguist, and programs in TypeScript, which have the same ending."""

from __future__ import annotations

import pytest

from stilted.pipeline import join
from telling import read, said

CONTEXT = "<TS{}><context><name>Main</name>{}</context></TS>"


def message(content: str, more: str = "") -> str:
    return f"<message{more}><location filename='a.cpp' line='1'/><source>A</source>{content}</message>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (message("<translation>B %1 %L2 %n %s {x}</translation>"),
         ["Main|A (translated) B «%1» «%L2» «%n» «%s» «{x}» | source=A"]),
        (message("<translation>%1s of %12ms, %3.</translation>"),
         ["Main|A (translated) «%1»s of «%12»ms, «%3». | source=A"]),
        (message("<translation>%1$s and %1.2f</translation>"), ["Main|A (translated) «%1$s» and «%1.2f» | source=A"]),
        (message("<comment>Where</comment><extracomment>Why</extracomment><translatorcomment>Who</translatorcomment>"
                 "<translation>B</translation>"), ["Main|A|Where (translated) B | source=A | # Where | # Why | # Who"]),
        (message("<translation type='unfinished'>B</translation>"), ["Main|A (fuzzy) B | source=A"]),
        (message("<translation type='unfinished'></translation>"), ["Main|A (untranslated)  | source=A"]),
        (message("<translation/>"), ["Main|A (untranslated)  | source=A"]),
        (message(""), ["Main|A (untranslated)  | source=A"]),
        (message("<translation type='vanished'>B</translation>") + message("<translation>C</translation>")
         + message("<translation type='obsolete'>D</translation>"), ["Main|A (translated) C | source=A"]),
        (message("<translation><numerusform>%n B</numerusform><numerusform>%n Bs</numerusform></translation>",
                 " numerus='yes'"),
         ["Main|A[0] (translated) «%n» B | source=A", "Main|A[1] (translated) «%n» Bs | source=A"]),
        (message("<translation variants='yes'><lengthvariant>Long</lengthvariant><lengthvariant>L</lengthvariant>"
                 "</translation>"), ["Main|A (translated) Long | source=A"]),
        (message("<translation>B</translation>", " id='main.a'"), ["main.a (translated) B | source=A"]),
        (message("<translation>&lt;b&gt;B&lt;/b&gt;<byte value='x9'/>\n 5 %</translation>"),
         ["Main|A (translated) «<b>»B«</b>»«<byte value='x9'/>»\n 5 % | source=A"]),
        (message("<translation>B</translation>") + "</context><context><name>Other</name>"
         + message("<translation>C</translation>"),
         ["Main|A (translated) B | source=A", "Other|A (translated) C | source=A"]),
    ],
)  # fmt: skip
def test_qt(content: str, expected: list[str]) -> None:
    assert [said(each) for each in read("app.ts", CONTEXT.format("", content)).units] == expected


@pytest.mark.parametrize(
    ("name", "attributes", "languages"),
    [
        ("app.ts", "", (None, None)),
        ("app_en.ts", "", ("en", None)),
        ("ts/zh_CN.ts", "", ("zh_CN", None)),
        ("app_main.ts", "", (None, None)),
        ("app_de.ts", " language='en_GB' sourcelanguage='fr'", ("en_GB", "fr")),
    ],
)
def test_the_root_of_qt_says_its_languages(
    name: str, attributes: str, languages: tuple[str | None, str | None]
) -> None:
    parsed = read(name, CONTEXT.format(attributes, message("<translation>B</translation>")))
    assert (parsed.language, parsed.source_language) == languages


@pytest.mark.parametrize(
    "head", ["", "<?xml version='1.0'?>\n<!DOCTYPE TS>", "<!DOCTYPE TS>\n", "<!-- ours -->\n", "\n\n"]
)
def test_a_catalogue_of_qt_is_known_by_its_beginning(head: str) -> None:
    content = head + CONTEXT.format(" version='2.1'", message("<translation>B</translation>"))
    if head.startswith("\n"):
        content = content.lstrip()
    assert read("<stdin>", content).format == "qt"
    assert read("app.ts", content).format == "qt"


@pytest.mark.parametrize(
    "program",
    ["export const en = { go: 'Leave the pier' };\n", "// <TS>\nlet a = <TS>b;\n", "type A<TS> = TS[];\n", "{ x }\n"],
)
def test_a_program_in_typescript_is_plain_text_where_it_is_named(program: str) -> None:
    parsed = read("en.ts", program)
    assert parsed.format == "text"
    note = "Read as plain text: what marks up '.ts' files is taken for prose."
    assert join.join_document(parsed).notes == (note,)
