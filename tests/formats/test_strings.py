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
