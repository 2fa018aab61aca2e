"""Reading takes time in proportion to the file, whatever there is much of: what squares takes minutes here."""

from __future__ import annotations

import contextlib

import pytest

from growth import require_linear
from stilted.core.errors import UserError
from stilted.formats import parse

FEW = 3_000

XLIFF = "<xliff version='1.2'><file original='a'><body>"
TARGET = "<trans-unit id='1'><target>"
ENDED = "</target></trans-unit></body></file></xliff>"

MUCH = [
    ("comments", "strings.xml", "<resources>", "<!-- why --><string name='a%'>x</string>\n", "</resources>"),
    ("remarks", "strings.xml", "<resources>", "<!-- stilted-ignore --><string name='a%'>x</string>\n", "</resources>"),
    ("remarks", "a.xlf", XLIFF, "<trans-unit id='%'><target>x</target><note>stilted-ignore</note></trans-unit>\n",
     "</body></file></xliff>"),
    ("remarks", "a.tmx", "<tmx><body>",
     "<tu><note>stilted-ignore</note><tuv xml:lang='en'><seg>x</seg></tuv></tu>\n", "</body></tmx>"),
    ("remarks", "a.resx", "<root>",
     "<data name='%'><value>x</value><comment>stilted-ignore</comment></data>\n", "</root>"),
    ("remarks", "a.arb", "{", '"k%":"x","@k%":{"description":"stilted-ignore"},\n', '"k":"x"}'),
    ("remarks", "a.po", "", '# stilted-ignore\nmsgid "%"\nmsgstr "x"\n\n', ""),
    ("remarks", "a.ts", "<TS>", "<message><source>%</source><extracomment>stilted-ignore</extracomment><translation>x"
     "</translation></message>\n", "</TS>"),
    ("forms", "a.ts", "<TS><message><translation>", "<numerusform>x</numerusform>", "</translation></message></TS>"),
    ("remarks", "a.strings", "", '/* stilted-ignore */\n"%" = "x";\n', ""),
    ("comments", "a.strings", "", "/* x */\n", '"a" = "x";'),
    ("blank lines", "a.strings", "", "\n", '"a" = "x";'),
    ("stars", "a.strings", "/", "*", "/"),
    ("escapes", "a.strings", '"a" = "', '\\"\\U00e9 ', '";'),
    ("remarks", "a.yml", "", "# stilted-ignore\na%: x\n", ""),
    ("comments", "a.yml", "", "# x\n", "a: x"),
    ("comments", "a.yml", "a: [", "x, # y\n", "z]"),
    ("escapes", "a.yml", 'a: "', "\\u00e9 \\n ", '"'),
    ("wraps", "a.yml", 'a: "', "x\\\n  ", '"'),
    ("folds", "a.yml", "a: >\n", "  x\n\n", ""),
    ("blank lines", "a.yml", "a: |\n  x\n", "\n", ""),
    ("lists", "a.yml", "a: x\nb: [", "[], ", "[]]"),
    ("aliases", "a.yml", "a: &a x\nb: [", "*a, ", "*a]"),
    ("keys on a line", "a.yml", "a: {", "b%: c, ", "d: e}"),
    ("documents", "a.yml", "a: x\n", "---\n", ""),
    ("remarks", "a.properties", "", "# stilted-ignore\na%=x\n", ""),
    ("comments", "a.properties", "", "# x\n", "a=x"),
    ("wraps", "a.properties", "a=", "x\\\n ", ""),
    ("backslashes", "a.properties", "a=", "\\", ""),
    ("choices", "a.properties", "a=", "{0,choice,", ""),
    ("apostrophes", "a.properties", "a={0}", "x''x", ""),
    ("remarks", "a.csv", "target,note\n", "x,stilted-ignore\n", ""),
    ("remarks", "a.jsonl", "", '{"target":"x","note":"stilted-ignore"}\n', ""),
    ("remarks", "a.vtt", "WEBVTT\n\n", "NOTE stilted-ignore\n\n00:01.000 --> 00:02.000\nx\n\n", ""),
    ("files", "a.xlf", "<xliff>",
     "<file original='a'><trans-unit id='1'><target>x</target></trans-unit></file>", "</xliff>"),
    ("entities", "a.xlf", XLIFF + TARGET, "&amp; ", ENDED),
    ("tags", "a.xlf", XLIFF + TARGET, "<x id='%'/> ", ENDED),
    ("wraps", "a.xlf", XLIFF + TARGET, "a\n", ENDED),
    ("segments", "a.xlf", XLIFF + TARGET, "<mrk mtype='seg' mid='1'>x</mrk>", ENDED),
    ("variants", "a.tmx", "<tmx><body><tu>", "<tuv xml:lang='en'><seg>x</seg></tuv>", "</tu></body></tmx>"),
    ("quotes", "strings.xml", "<resources><string name='a'>", '\\n " x " ', "</string></resources>"),
    ("flags", "a.po", "", "#, fuzzy\n" * 10, 'msgid "a"\nmsgstr "x"\n'),
    ("lines", "a.po", 'msgid "a"\nmsgstr ""\n', '"x \\n"\n', ""),
    ("escapes", "a.json", '{"a":"', "\\u00e9 {x} ", '"}'),
    ("lists", "a.json", '{"a":"x","b":[', "[],", "[]]}"),
    ("arguments", "a.arb", '{"a":"', "{x} 'q' ", '"}'),
    ("quotes", "a.csv", 'target\n"', '""', '"\n'),
    ("cells", "a.csv", "target", ",x", "\n"),
    ("cues", "a.srt", "", "%\n00:00:01,000 --> 00:00:02,000\nword\n\n", ""),
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("what", "name", "head", "part", "tail"), MUCH, ids=[f"{row[0]}-{row[1]}" for row in MUCH])
def test_much_of_anything_takes_linear_time(what: str, name: str, head: str, part: str, tail: str) -> None:
    def work(size: int) -> None:
        data = (head + "".join(part.replace("%", str(number)) for number in range(size)) + tail).encode()
        with contextlib.suppress(UserError):
            parse(data, name)

    require_linear(work, FEW)
