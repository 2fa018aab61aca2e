"""Files that are broken, or made to break a reader: refused by the command, with what, where and a hint."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from growth import loops
from stilted import render
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.formats import MAX_BYTES, parse
from writers import WRITERS, Writer

DEEP = 100_000
SECRET = "Nobody may read this sentence."
BOMB = (
    '<!DOCTYPE r [<!ENTITY a "the the boats ">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY i SYSTEM "file://{secret}">]>'
PARAMETER = '<!DOCTYPE r [<!ENTITY % p SYSTEM "file://{secret}"> %p;]>'
FETCHED = '<!DOCTYPE r SYSTEM "file://{secret}">'

XLIFF = (
    '<xliff version="1.2"><file original="a" source-language="de" target-language="en" datatype="plaintext"><body>'
    "{}</body></file></xliff>"
)
UNIT = '<trans-unit id="1"><source>Boot</source><target>The boats leave the harbour. {}</target></trans-unit>'
XML = {
    "a.xlf": XLIFF.replace("{}", UNIT),
    "b.xlf": '<xliff version="2.0" srcLang="de" trgLang="en"><file id="f"><unit id="u"><segment><source>Boot</source>'
    "<target>The boats leave. {}</target></segment></unit></file></xliff>",
    "a.sdlxliff": XLIFF.replace(
        "{}", UNIT.replace("<target>", '<target><mrk mtype="seg" mid="1">').replace("</t", "</mrk></t", 1)
    ),
    "a.tmx": '<tmx version="1.4"><header srclang="de"/><body><tu><tuv lang="en"><seg>The boats. {}</seg></tuv></tu>'
    "</body></tmx>",
    "strings.xml": '<resources><string name="a">The boats leave. {}</string></resources>',
    "a.stringsdict": "<plist><dict><key>a</key><dict><key>n</key><dict><key>other</key>"
    "<string>The boats leave. {}</string></dict></dict></dict></plist>",
    "app.ts": "<TS><context><name>Main</name><message><source>Boot</source>"
    "<translation>The boats leave. {}</translation></message></context></TS>",
    "a.resx": '<root><data name="a"><value>The boats leave. {}</value></data></root>',
}

ALL = tuple(XML.items())
PO_HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\n\n'
PO = 'msgid "Boot"\nmsgstr "The boats leave the harbour."\n\n'
ROWS = "id,source,target\n1,Boot,The boats leave the harbour.\n"


def word(body: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"word/document.xml": body, **more}.items():
            archive.writestr(name, text)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Half a megabyte that unpacks to half a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(500):
            part.write(b" " * 1_000_000)
    return out.getvalue()


LYING = word("<document><body><p><r><t>The boats.</t></r></p></body></document>")
LYING = LYING.replace(b"word/document.xml", b"word/document.xmk")

TABLE: list[tuple[str, str | bytes, str]] = [
    # cut off
    *((name, text[:-9], f"{name}:1: not XML: ") for name, text in ALL),
    ("a.po", PO + 'msgid "Zug"\nmsgstr "The train', "a.po:5: a string is not closed"),
    ("a.po", PO + 'msgid "Zug"\n', "a.po:4: a message without a msgstr"),
    ("a.csv", ROWS + '2,Zug,"The tr', "a.csv:3: a quotation mark is not closed"),
    ("a.csv", ROWS + "2,Zug", "a.csv:3: a row of 2 cells; the first has 3"),
    ("a.tsv", "id\ttarget\n1", "a.tsv:2: a row of 1 cells"),
    ("a.jsonl", '{"target": "The boats."}\n{"target": "The tr', "a.jsonl:2: not JSON"),
    ("a.json", '{\n"a": "The boats leave.", "b": ', "a.json:2: not JSON: cut off in the middle"),
    ("a.json", '{\n"a": "The boats leave.', "a.json:2: not JSON: unterminated string"),
    ("a.arb", '{"a": "The {boats"}', "a.arb:1: the message 'a' is faulty: an argument is not closed"),
    ("a.arb", '{"a": "{n, plural, one{boat"}', "a.arb:1: the message 'a' is faulty: a branch is not closed"),
    ("a.strings", '"a" = "The boats";\n"b" = "The tr', "a.strings:2: a string is not closed. Check it with"),
    ("a.strings", '"a" = "The boats";\n\n"b" = "The train"', "a.strings:3: the last entry is cut off"),
    ("a.strings", '"a" = "The boats"\n"b" = "x";', "a.strings:2: a ';' is missing before '\"b\"'"),
    ("a.strings", '"a" "The boats";', "a.strings:1: a '=' is missing before '\"The boats\"'"),
    ("a.strings", '"a" = "The boats";\n"b" = ;', "a.strings:2: unexpected ';'"),
    ("a.strings", '"a" = "The boats";\n= "b";', "a.strings:2: unexpected '='"),
    ("a.strings", '"a" = "The boats";\n{', "a.strings:2: unexpected '{'"),
    ("a.strings", '"a" = "The boats";\n/* b', "a.strings:2: a comment that begins here never ends"),
    ("a.strings", "/* The boats */", "a.strings: holds no strings"),
    ("a.strings", b"bplist00\xd1\x01\x02Ta\x00b", "a.strings: the translation is a binary file"),
    ("a.yml", 'a: The boats\nb: "The tr', "a.yml:2: not YAML: found unexpected end of stream"),
    ("a.yml", "a: The boats\nb: [The train\n", "a.yml:3: not YAML: expected ',' or ']'"),
    ("a.yml", "a: The boats\n\tb: c", "a.yml:2: not YAML: found character '\\t'"),
    ("a.yml", "a: Note: the boats", "a.yml:1: not YAML: mapping values are not allowed here"),
    ("a.yml", "a: The boats\nb: The \b train", "a.yml:2: not YAML: U+0008 may not stand there"),
    ("a.yml", 'a: The boats\nb: "\\UFFFFFFFF"', "a.yml:2: not YAML: a number in an escape or a directive is"),
    ("a.yml", f"%YAML {'1' * 5000}.1\n", "a.yml:1: not YAML: a number in an escape"),
    ("a.yml", "a: The boats\nb: !ruby/object:File x", "a.yml:2: the tag '!ruby/object:File' is not one of YAML's own"),
    ("a.yml", "a: The boats\nb: !!python/object/apply:os.system [ls]", "a.yml:2: the tag 'tag:yaml.org,2002:python"),
    ("a.yml", "a: The boats\n? [b]\n: c", "a.yml:2: a key is no text"),
    ("a.yml", "a: &a The boats\n*a : c", "a.yml:2: a key is no text"),
    ("a.yml", "a: The boats\n---\na: b", "a.yml:3: a second document begins here"),
    ("a.yml", "The boats leave.", "a.yml: holds no strings. Give a file of keys"),
    ("a.yml", "a: 1\nb: [on, ~]", "a.yml: holds no strings. Give a file whose values"),
    ("a.yml", "a: " + "x" * 4_000_001, "a.yml:1: more than 4,000,000 characters of YAML"),
    ("a.properties", "a=The boats\nb=The tr\\u00e", "a.properties:2: a \\u without four hexadecimal digits"),
    ("a.properties", "# The boats\n", "a.properties: holds no strings"),
    ("a.xcstrings", '{"sourceLanguage": "de", "strings": {', "a.xcstrings:1: not JSON: cut off"),
    ("a.html", "<p>The boats <a href='x", "a.html:1: <a> that begins here never ends"),
    ("a.md", "The boats.\n\n<!-- stilted-off", "a.md:3: a comment that begins here never ends"),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe boats.\n\n2\n00:00:03,000 -->",
     "a.srt:6: the timing line of cue 2"),
    ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000", "a.vtt:3: the file ends behind a timing line"),
    ("a.docx", word("<document><body><p>")[:90], "a.docx: no Word document"),
    ("a.docx", word("<document><body><p><r><t>The boats"), "a.docx: word/document.xml:1: not XML"),
    # encodings
    ("a.txt", "caf\xe9 the boats".encode("latin-1"), "a.txt: byte 3 (line 1) is not UTF-8. Save the"),
    ("a.po", (PO_HEADER.format("UTF-8") + PO).encode().replace(b"boats", b"b\xf6ats"),
     "a.po: byte 87 (line 5) is not UTF-8"),
    ("a.po", PO_HEADER.format("EBCDIC-9") + PO, "a.po: unknown encoding 'ebcdic-9'. Save the"),
    *(("a.po", PO_HEADER.format(name) + PO, f"a.po: unknown encoding '{name}'")
     for name in ("undefined", "punycode", "idna")),
    ("a.html", "<meta charset=unicode_escape><p>The \\x41 boats", "a.html: unknown encoding 'unicode_escape'"),
    ("a.xlf", f'<?xml version="1.0" encoding="rot13"?>{XML["a.xlf"]}', "a.xlf: unknown encoding 'rot13'"),
    ("a.xlf", XML["a.xlf"].replace("boats", "b\xf6ats").encode("latin-1"), "a.xlf: byte"),
    ("a.json", b'{"a": "b\xf6ats"}', "a.json: byte 8 (line 1) is not UTF-8"),
    ("a.txt", "The boats".encode("utf-16")[:-1], "a.txt: byte 18 (line 1) is not UTF-16-LE"),
    ("a.txt", "The boats".encode("utf-16-le"), "a.txt: the translation is a binary file"),
    ("a.csv", b"\x00\x01\x02", "a.csv: the translation is a binary file"),
    ("a.json", r'{"a": "The boats \ud800 leave the harbour."}',
     "a.json: unit a: the translation holds half a surrogate"),
    ("a.docx", word("x").replace(b"PK", b"QK"), "a.docx: no Word document: File is not a zip file"),
    ("a.docx", LYING, "a.docx: no Word document: it holds no word/document.xml"),
    # ids that are there twice
    ("a.xlf", XLIFF.replace("{}", UNIT + "\n" + UNIT), "a.xlf:2: two units are called '1', the first on line 1"),
    ("b.xlf", XML["b.xlf"].replace("</unit>", "</unit>\n<unit id='u'><segment><source>a</source></segment></unit>"),
     "b.xlf:2: two units are called 'u', the first on line 1"),
    ("b.xlf", XML["b.xlf"].replace("<segment>", '<segment id="s"><source>a</source></segment>\n<segment id="s">'),
     "b.xlf:2: two segments are called 'u:s'"),
    ("a.tmx", XML["a.tmx"].replace("<tu>", "<tu tuid='1'><tuv lang='en'><seg>b</seg></tuv></tu>\n<tu tuid='1'>"),
     "a.tmx:2: two entries are called '1', the first on line 1"),
    ("strings.xml", XML["strings.xml"].replace("</resources>", "\n<string name='a'>b</string></resources>"),
     "strings.xml:2: two are called 'a', the first on line 1"),
    ("a.resx", XML["a.resx"].replace("</root>", "\n<data name='a'><value>b</value></data></root>"),
     "a.resx:2: two strings are called 'a', the first on line 1"),
    ("app.ts", XML["app.ts"].replace("</context>", "\n<message><source>Boot</source></message></context>"),
     "app.ts:2: the message 'Boot' is there twice, first on line 1"),
    ("a.stringsdict", XML["a.stringsdict"].replace("</dict></plist>", "\n<key>a</key><dict/></dict></plist>"),
     "a.stringsdict:2: the key 'a' is there twice, first on line 1"),
    ("a.strings", '"a" = "The boats";\n"b" = "x";\n"a" = "The train";',
     "a.strings:3: the key 'a' has two texts, the first on line 1"),
    ("a.po", PO + PO, "a.po:4: the message 'Boot' is there twice, first on line 1"),
    ("a.csv", ROWS + "1,Zug,The train leaves.\n", "a.csv:3: the id '1' is there twice, first on line 2"),
    ("a.jsonl", '{"id": "1", "target": "The boats."}\n' * 2, "a.jsonl:2: the id '1' is there twice, first on line 1"),
    ("a.json", '{"a": "The boats.",\n"a": "The train."}', "a.json:2: the key 'a' is there twice, first on line 1"),
    ("a.properties", "a=The boats\nb=x\n# c\na: The train",
     "a.properties:4: the key 'a' has two texts, the first on line 1"),
    ("a.yml", "a: The boats\nb:\n  a: x\n'a': The train\n", "a.yml:4: the key 'a' is there twice, first on line 1"),
    # entities and declarations; {secret} is a file
    *((name, BOMB + text.replace("{}", "&i;"), f"{name}:1: the file brings its own declarations")
     for name, text in ALL),
    *((name, OUTSIDE + text.replace("{}", "&i;"), f"{name}:1: the file brings its own") for name, text in ALL),
    *((name, PARAMETER + text.replace("{}", "&i;"), f"{name}:1: the file brings its own") for name, text in ALL),
    *((name, FETCHED + text.replace("{}", "&i;"), f"{name}:1: the entity '&i;' is not") for name, text in ALL),
    ("a.docx", word(BOMB + "<document><p><r><t>&i;</t></r></p></document>"),
     "a.docx: word/document.xml:1: the file brings"),
    # depth
    *((name, text.replace("{}", "<g id='1'>" * DEEP), f"{name}:1: elements nest deeper than 200")
     for name, text in ALL),
    ("a.json", "[" * DEEP, "a.json:1: values nest deeper than 200"),
    ("a.json", '{"a":' * DEEP, "a.json:1: values nest deeper than 200"),
    ("a.yml", "a: " + "[" * DEEP, "a.yml:1: values nest deeper than 200"),
    ("a.yml", "- " * DEEP, "a.yml:1: values nest deeper than 200"),
    ("a.yml", "? " * DEEP, "a.yml:1: a key is no text"),
    ("a.jsonl", '{"target":' + "[" * DEEP, "a.jsonl:1: values nest deeper than 200"),
    ("a.arb", '{"a": "' + "{n, plural, one{" * DEEP + '"}',
     "a.arb:1: the message 'a' is faulty: choices nest too deeply"),
    ("a.html", "<div>" * DEEP + "The boats", "a.html:1: more than 300 elements are open here"),
    ("a.md", "> " * DEEP + "The boats", "a.md:1: lists and quotes are nested too deeply here"),
    ("a.md", "- " * DEEP + "The boats", "a.md:1: lists and quotes are nested too deeply here"),
    ("a.docx", word("<p>" * DEEP), "a.docx: word/document.xml:1: elements nest deeper than 200"),
    # size
    ("a.csv", ROWS + '2,Zug,"' + "a" * 20_000_000, "a.csv:3: a quotation mark is not closed"),
    # nothing in it, or something else
    ("a.xlf", "<html/>", "a.xlf: the root is <html>, not <xliff>"),
    ("a.xml", "<menu/>", "a.xml: cannot tell what kind of file this is. Name its format with --format-in"),
    ("a.xlf", '<xliff version="9"/>', "a.xlf:1: XLIFF of version '9'"),
    ("a.xlf", XLIFF.replace("{}", ""), "a.xlf: holds no units"),
    ("app.ts", "<TS><context/></TS>", "app.ts: holds no messages"),
    ("a.stringsdict", "<plist><array/></plist>", "a.stringsdict: holds no strings"),
    ("a.stringsdict", "<dict/>", "a.stringsdict: the root is <dict>, not <plist>"),
    ("a.po", "Not a catalogue", "a.po:1: 'Not a catalogue' is no line of a catalogue"),
    ("a.json", "The boats", "a.json:1: not a JSON object or list"),
    ("a.csv", "The boats\nleave\n", "a.csv:1: no column holds the translation"),
    ("a.srt", "The boats leave.", "a.srt:1: cue 1 has no timing line"),
    ("a.vtt", "The boats leave.", "a.vtt:1: a WebVTT file begins with WEBVTT"),
    ("a.txt", "", "a.txt: the translation is empty"),
]  # fmt: skip


LARGE = 1_000
"""Bytes from which the work is counted, too: counting takes longer than all the rest."""


@pytest.mark.parametrize(
    ("name", "content", "said"), TABLE, ids=[f"{row[0]}-{number}" for number, row in enumerate(TABLE)]
)
def test_what_is_broken_is_refused(
    name: str,
    content: str | bytes,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    data = content if isinstance(content, bytes) else content.replace("{secret}", str(secret)).encode()
    Path(name).write_bytes(data)
    ends: list[int] = []

    def check() -> None:
        ends.append(main(["check", name, "--no-cache"]))

    if len(data) > LARGE:
        assert loops(check) < 600
    else:
        check()
    assert ends == [2]
    captured = capsys.readouterr()
    assert captured.err.startswith(f"stilted: {said}")
    assert captured.err.count("\n") == 1
    assert ". " in captured.err  # a hint follows
    assert SECRET not in captured.out + captured.err


@pytest.mark.parametrize("role", ["file", "--reference", "--source"])
def test_a_file_of_200_megabytes_is_refused_unread(
    role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.po").write_text(PO)
    with Path("big.xlf").open("wb") as file:
        file.write(b'<?xml version="1.0"?><xliff version="1.2">')
        file.truncate(200_000_000)
    arguments = ["big.xlf"] if role == "file" else ["a.po", role, "big.xlf"]
    assert main(["check", "--no-cache", *arguments]) == 2
    limit = MAX_BYTES // 1_000_000
    assert (
        f"big.xlf: the {'translation' if role == 'file' else role[2:]} is larger than {limit} MB"
        in capsys.readouterr().err
    )


@pytest.mark.long
def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(zip_bomb())
    assert main(["check", "a.docx", "--no-cache"]) == 2
    assert "a.docx: the document is larger than 64 MB unpacked. Split it." in capsys.readouterr().err


def test_no_report_is_a_table_that_a_spreadsheet_would_run() -> None:
    """A cell that begins with ``=`` is a formula; whoever adds such an output has to see to that first."""
    assert not {"csv", "tsv", "xlsx"} & set(render.list_formats())


WHOLE = [writer for writer in WRITERS if writer.xml or writer.label in ("json", "arb", "xcstrings", "docx")]


@pytest.mark.parametrize("writer", WHOLE, ids=[writer.label for writer in WHOLE])
def test_a_file_that_is_cut_off_anywhere_is_refused(writer: Writer) -> None:
    written = writer.write(["The boats leave & stay.", "é🚗"])
    data = written if isinstance(written, bytes) else written.replace("{}", "utf-8", 1).rstrip().encode()
    for end in range(0, len(data), max(1, len(data) // 400)):
        with pytest.raises(UserError):
            parse(data[:end], writer.name)


NASTY = [
    b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"<![CDATA[", b"<!--", b"<?", b'"', b"'",
    b"\\", b"\\u12", b"\r", b"\n\n", b"\xff",
    b"\xef\xbb\xbf", b"\x00", b"{", b"}", b"[", b",", b";", b"\t", b"-->", b"msgid",
    b"#, fuzzy\n", b"\\d800", b"stilted-ignore", b"{n, plural, ",
    b"\xed\xa0\x80", b"<g>", b"</g>", b"<mrk mtype='seg'>", b"<target>", b"</target>", b"1",
    b"/*", b"//", b'";', b"\\U00",
    b"- ", b"? ", b"*a", b"&a ", b"!!int ", b"|2\n", b">\n", b"\\UFFFFFFFF", b"%YAML 9", b"\t",
    b"\\\n", b"''", b"{0,choice,", b"=", b":", b"# ",
    b"00:00", b"---\n", b"```", b"sep=;\n",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITERS, ids=[writer.label for writer in WRITERS])
def test_a_damaged_file_is_read_or_refused(writer: Writer) -> None:
    written = writer.write(["The boats leave & stay.", "é🚗 {who} 'quoted'\t\"twice\""])
    data = written if isinstance(written, bytes) else written.replace("{}", "utf-8", 1).encode()
    damage = st.tuples(st.integers(0, len(data)), st.integers(0, 12), st.sampled_from(NASTY))

    @settings(max_examples=examples(200), deadline=None)
    @given(st.lists(damage, min_size=1, max_size=3))
    def property_(damages: list[tuple[int, int, bytes]]) -> None:
        broken = data
        for at, count, put in damages:
            broken = broken[:at] + put + broken[at + count :]
        try:
            parsed = parse(broken, writer.name)
        except UserError:
            return
        for unit in parsed.units:
            for text in (unit.target, unit.source, unit.reference):
                if text is not None and text.text:
                    assert 0 <= text.map.place(0, 1)[0] <= text.map.place(0, len(text.text))[1] <= len(parsed.text)

    property_()
