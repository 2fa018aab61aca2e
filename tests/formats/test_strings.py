r"""Catalogues of Apple: keys, texts, comments, escapes, encodings, and folders that name a language."""

from __future__ import annotations

import pytest

from telling import read, said

COMMENTS = """\
/* Who
   wrote it */

/* Why,
   and where */
// on the button
"a" = /* not this */ "One"; /* nor this */
/*** three ***/
"b"   =
  "Two";"c"="Three";
/* No comment provided by engineer. */
"d" = "Four";
"""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (COMMENTS, ["a (translated) One | # Why, and where | # on the button", "b (translated) Two | # three",
                    "c (translated) Three", "d (translated) Four"]),
        (r'"a" = "\"B\"\tC\\ \U00e9\u00E9 \U0001\ud83d\ude97 \101\q %1$@ %ld %@";',
         ['a (translated) "B"\tC\\ éé \x01🚗 Aq «%1$@» «%ld» «%@»']),
        ('a.b-c = "B";\nNSNoteKey="C";\n"OK";\n"" = "D";',
         ["a.b-c (translated) B", "NSNoteKey (translated) C", "OK (translated) OK", " (translated) D"]),
        ('"a" = "B\nC";\n"d" = "";\n"e" = " ";',
         ["a (translated) B\nC", "d (untranslated) ", "e (untranslated)  "]),
        ('"a" = "B";\n"c" = "C";\n"a" = "B";', ["a (translated) B", "c (translated) C"]),
        # A key is the source where it is a sentence.
        ('"Das Boot %@" = "The boat %@";\n"车" = "Car";\n"Boot?" = "Boat?";\n"Boot" = "Boat";\n'
         '"7bK-jq-Zjz.title" = "E";',
         ["Das Boot %@ (translated) The boat «%@» | source=Das Boot «%@»", "车 (translated) Car | source=车",
          "Boot? (translated) Boat? | source=Boot?", "Boot (translated) Boat", "7bK-jq-Zjz.title (translated) E"]),
    ],
)  # fmt: skip
def test_strings(content: str, expected: list[str]) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert [said(each) for each in read("a.strings", content.encode(encoding)).units] == expected


def entry(key: str, whole: str, **forms: str) -> str:
    said = "".join(f"<key>{form}</key><string>{text}</string>" for form, text in forms.items())
    return (
        f"<key>{key}</key><dict><key>NSStringLocalizedFormatKey</key><string>{whole}</string><!-- why -->"
        f"<key>n</key><dict><key>NSStringFormatValueTypeKey</key><string>d</string>{said}</dict></dict>"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (entry("a.b", "%#@n@", one="%d car", other="%d &amp; cars"),
         ["a.b[n][one] (translated) «%d» car", "a.b[n][other] (translated) «%d» &amp; cars"]),
        (entry("a", "In %1$#@n@ here", zero="", few="x"),
         ["a (translated) In «%1$#@n@» here", "a[n][zero] (untranslated) ", "a[n][few] (translated) x"]),
        (entry("%d 辆车", "%#@n@", one="One car", other="%d cars") + entry("%d Boote", "%#@n@ left", other="%d boats"),
         ["%d 辆车[n][one] (translated) One car | source=«%d» 辆车",
          "%d 辆车[n][other] (translated) «%d» cars | source=«%d» 辆车",
          "%d Boote (translated) «%#@n@» left", "%d Boote[n][other] (translated) «%d» boats"]),
    ],
)  # fmt: skip
def test_plural_forms(content: str, expected: list[str]) -> None:
    parsed = read("en.lproj/a.stringsdict", f'<plist version="1.0"><dict>{content}</dict></plist>')
    assert [said(each).replace("&", "&amp;") for each in parsed.units] == expected
    assert parsed.language == "en"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en.lproj/Localizable.strings", "en"),
        ("App/zh-Hans.lproj/Localizable.strings", "zh-Hans"),
        ("App\\pt_BR.lproj\\InfoPlist.strings", "pt_BR"),
        ("English.lproj/Localizable.strings", "en"),
        ("French.lproj/Localizable.strings", "fr"),
        ("Base.lproj/Localizable.strings", None),
        ("Localizable.strings", None),
        ("fr.lproj/more/Localizable.strings", None),
    ],
)
def test_the_folder_of_strings_says_their_language(name: str, language: str | None) -> None:
    assert read(name, '"a" = "B";').language == language
