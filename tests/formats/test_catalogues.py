"""What the readers of catalogues make of a file: ids, states, texts, sources, references, notes, languages."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from growth import require_linear
from stilted.core.errors import UserError
from stilted.formats import OBJECT, TRANSLATED, parse
from telling import read, said

XLIFF_1 = """<xliff version="1.2"><file original="a" source-language="de" target-language="en" datatype="x"><body>
{}</body></file></xliff>"""
XLIFF_2 = """<xliff version="2.1" srcLang="de" trgLang="en-GB"><file id="f">
{}</file></xliff>"""


def unit(content: str, more: str = "", ident: str = "a") -> str:
    return f'<trans-unit id="{ident}"{more}>{content}</trans-unit>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (unit("<source>A</source><target>B</target><note>Why</note>"), ["a (translated) B | source=A | # Why"]),
        (unit("<source>A</source>"), ["a (untranslated) - | source=A"]),
        (unit('<source>A</source><target state="new">B</target>'), ["a (untranslated) B | source=A"]),
        (unit('<source>A</source><target state="needs-review-translation">B</target>'), ["a (fuzzy) B | source=A"]),
        (unit('<source>A</source><target state="final">B</target>'), ["a (translated) B | source=A"]),
        (unit("<source>A</source><target>B</target>", ' translate="no"'), ["a (not translatable) B | source=A"]),
        (f'<group translate="no">{unit("<source>A</source><target>B</target>")}</group>',
         ["a (not translatable) B | source=A"]),
        (unit('<target>One <x id="1"/><g id="2">two<bpt id="3">&lt;b></bpt></g>.</target>'),
         ['a (translated) One «<x id="1"/>»two«<bpt id="3">&lt;b></bpt>».']),
        (unit('<target>Press <mrk mtype="protected">F1</mrk> <mrk mtype="term">now</mrk></target>'),
         ['a (translated) Press «<mrk mtype="protected">F1</mrk>» now']),
        (unit("<target>Hello {name}, %1$s: 5% &lt;b&gt;off&lt;/b&gt;</target>"),
         ["a (translated) Hello «{name}», «%1$s»: 5% «<b>»off«</b>»"]),
        (unit("<target>\n   One\n   two\n</target>"), ["a (translated) One two"]),
        (unit("<target>One\n two</target>", ' xml:space="preserve"'), ["a (translated) One\n two"]),
        (unit("<target><![CDATA[One & <two]]></target>"), ["a (translated) One & <two"]),
        # segments, of which one is missing, and words outside of them
        (unit('<source><mrk mtype="seg" mid="1">A</mrk><mrk mtype="seg" mid="2">B</mrk></source>'
              '<target><mrk mtype="seg" mid="1">One</mrk> and more</target>'),
         ["a:1 (translated) One | source=A", "a:2 (untranslated) - | source=B",
          'a (translated) «<mrk mtype="seg" mid="1">One</mrk>» and more']),
        (unit('<source><mrk mtype="seg" mid="1">A</mrk><mrk mtype="seg" mid="2">B</mrk></source>'),
         ["a:1 (untranslated) - | source=A", "a:2 (untranslated) - | source=B"]),
        (unit('<source><mrk mtype="seg" mid="1">A</mrk></source><target>Whole</target>'),
         ["a (translated) Whole | source=A"]),
        # Trados: states beside the text, tracked deletions
        (unit('<target><mrk mtype="seg" mid="1">One <mrk mtype="x-sdl-deleted">old </mrk><mrk '
         'mtype="x-sdl-added">new</mrk></mrk>'
              '<mrk mtype="seg" mid="2">Two</mrk><mrk mtype="seg" mid="3">Three</mrk></target>'
              '<seg-defs><seg id="1" conf="Translated"/><seg id="2" conf="Draft"/><seg id="3" '
              'locked="true"/></seg-defs>'),
         ["a:1 (translated) One new", "a:2 (fuzzy) Two", "a:3 (not translatable) Three"]),
        # memoQ, Phrase
        (unit('<target>B</target><comments><comment>Short</comment><comment deleted="true">No</comment></comments>',
              ' status="PartiallyEdited"'), ["a (fuzzy) B | # Short"]),
        (unit("<target>{b&gt;Bold&lt;b} {1} {biu&gt;x&lt;biu}</target>", ' confirmed="1"'),
         ["a (translated) «{b>»Bold«<b}» «{1}» «{biu>»x«<biu}»"]),
        (unit("<target>B</target>", ' confirmed="0"'), ["a (fuzzy) B"]),
        # alternatives
        (unit("<source>A</source><target>B</target><alt-trans><target>C</target></alt-trans>"),
         ["a (translated) B | source=A | reference=C"]),
        (unit('<source>A</source><target>B</target><alt-trans><target>C</target></alt-trans>'
              '<alt-trans alttranstype="reference"><target xml:lang="en-US">D</target></alt-trans>'),
         ["a (translated) B | source=A | reference=D"]),
        (unit('<source>A</source><target>B</target><alt-trans origin="machine-trans"><target>C</target></alt-trans>'
              "<alt-trans><source>AA</source><target>D</target></alt-trans>"
              '<alt-trans><target xml:lang="fr">E</target></alt-trans>'
              '<alt-trans alttranstype="previous-version"><target>F</target></alt-trans>'),
         ["a (translated) B | source=A"]),
        # a second file
        (unit("<target>B</target>") + '</body></file><file original="b"><body>' + unit("<target>C</target>"),
         ["a (translated) B", "b#a (translated) C"]),
    ],
)  # fmt: skip
def test_xliff_1(content: str, expected: list[str]) -> None:
    assert [said(each) for each in read("a.xlf", XLIFF_1.replace("{}", content)).units] == expected


def test_attributes_of_a_dialect_do_not_stand_for_those_of_the_standard() -> None:
    """Phrase writes ``version="1.2" m:version="2.4"``."""
    content = XLIFF_1.replace('version="1.2"', 'xmlns:m="m" version="1.2" m:version="2.4"')
    parsed = read("a.mxliff", content.replace("{}", unit("<target>B</target>", ' m:id="x"')))
    assert [said(each) for each in parsed.units] == ["a (translated) B"]
    assert (parsed.language, parsed.source_language) == ("en", "de")


def test_the_comments_of_trados_stand_with_their_segments() -> None:
    comment = '<cmt-def id="c"><Comments><Comment>Is it?</Comment></Comments></cmt-def>'
    defined = f"<doc-info><cmt-defs>{comment}</cmt-defs></doc-info>"
    segment, marked = '<mrk mtype="seg" mid="{}">{}</mrk>', '<mrk mtype="x-sdl-comment" sdl:cid="c">{}</mrk>'
    two = f'<g id="1">{marked.format("Two")}</g> {marked.format("2")}'
    target = segment.format(1, "One") + segment.format(2, two)
    content = XLIFF_1.replace("<file", f"{defined}<file").replace('"1.2"', '"1.2" xmlns:sdl="x" sdl:version="1.0"')
    parsed = read("a.sdlxliff", content.replace("{}", unit(f"<target>{target}</target>")))
    assert [said(each) for each in parsed.units] == ["a:1 (translated) One", "a:2 (translated) Two 2 | # Is it?"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<unit id="a"><notes><note>Why</note></notes><segment><source>A</source><target>B</target></segment></unit>',
         ["a (translated) B | source=A | # Why"]),
        ('<unit id="a"><segment id="s"><source>A</source><target>B</target></segment><ignorable><source> </source>'
         "</ignorable><segment><source>C</source></segment></unit>",
         ["a:s (translated) B | source=A", "a:2 (untranslated) - | source=C"]),
        ('<unit id="a"><segment id="2"><target>B</target></segment><segment><target>C</target></segment></unit>',
         ["a:2 (translated) B", "a:#2 (translated) C"]),
        ('<unit id="a"><segment state="initial"><target>B</target></segment></unit>', ["a (fuzzy) B"]),
        ('<group id="g" translate="no"><unit id="a"><segment><target>B</target></segment></unit></group>',
         ["a (not translatable) B"]),
        ('<unit id="a"><segment><target>One <pc id="1">two</pc><ph id="2"/> <mrk id="3" translate="no">X</mrk><cp '
         'hex="1"/>'
         "</target></segment></unit>",
         ['a (translated) One two«<ph id="2"/>» «<mrk id="3" translate="no">X</mrk>»«<cp hex="1"/>»']),
        ('<unit id="a"><matches><match ref="#s" reference="yes"><source>A</source><target>C</target></match></matches>'
         '<segment><source>A</source><target>B</target></segment></unit>',
         ["a (translated) B | source=A | reference=C"]),
    ],
)  # fmt: skip
def test_xliff_2(content: str, expected: list[str]) -> None:
    parsed = read("a.xlf", XLIFF_2.replace("{}", content))
    assert [said(each) for each in parsed.units] == expected
    assert (parsed.language, parsed.source_language) == ("en-GB", "de")


HEADER = 'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset={}\\n"\n\n'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('#. Why\n# Who\n#: a.c:1\nmsgid "A"\nmsgstr "B"\n', ["A (translated) B | source=A | # Why | # Who"]),
        ('#, fuzzy, c-format\n#| msgid "a"\nmsgid "A"\nmsgstr "B %s"\n', ["A (fuzzy) B «%s» | source=A"]),
        ('msgid "A"\nmsgstr ""\n', ["A (untranslated)  | source=A"]),
        ('msgid "A"\nmsgid_plural "As"\nmsgstr[0] "B"\nmsgstr[1] "Bs"\n',
         ["A[0] (translated) B | source=A", "A[1] (translated) Bs | source=As"]),
        ('msgctxt "x"\nmsgid "A"\nmsgstr "B"\nmsgid "A"\nmsgstr "C"\n#~ msgid "D"\n#~ msgstr "E"\n',
         ["x|A (translated) B | source=A", "A (translated) C | source=A"]),
        ('msgctxt "x"\nmsgid "A"\nmsgstr "B"\n\nmsgid "x|A"\nmsgstr "C"\n',
         ["x|A (translated) B | source=A", "x|A (translated) C | source=x|A"]),
        ('#, python-brace-format\nmsgid "A"\nmsgstr "{n} of 100% %s"\n',
         ["A (translated) «{n}» of 100% %s | source=A"]),
        ('msgid "A"\nmsgstr "\\"B\\"\\t\\303\\251\\\\n\\n"\n"C"\n', ['A (translated) "B"\té\\n\nC | source=A']),
        ('msgid ""\n"A"\nmsgstr ""\n"B"\n', ["A (translated) B | source=A"]),
    ],
)  # fmt: skip
def test_po(content: str, expected: list[str]) -> None:
    for spelling in (content, content.replace("\n", "\r\n")):
        parsed = read("a.po", HEADER.format("UTF-8") + spelling)
        assert [said(each) for each in parsed.units] == expected
        assert parsed.language == "en"


def test_po_leaves_out_the_names_of_translators() -> None:
    content = 'msgid "translator-credits"\nmsgstr "Ann Lee https://lamp.example"\n\nmsgid "Lampe"\nmsgstr "Lamp"\n'
    assert [said(each) for each in read("a.po", content).units] == ["Lampe (translated) Lamp | source=Lampe"]


def test_po_in_the_character_set_of_its_header() -> None:
    content = HEADER.format("ISO-8859-1") + 'msgid "A"\nmsgstr "café"\n'
    assert [said(each) for each in read("a.po", content.encode("latin-1")).units] == ["A (translated) café | source=A"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "Key;de;en-GB;Comment;Status\nx;A;B;Why;\ny;C;D;;needs review\nz;E;;;\n",
         ["x (translated) B | source=A | # Why", "y (fuzzy) D | source=C", "z (untranslated)  | source=E"]),
        ("a.csv", "sep=;\r\ntarget;reference\r\nOne, two;Three\r\n", ["1 (translated) One, two | reference=Three"]),
        ("a.csv", "key,de,en,fr,Context,Description\nx,A,B,C,Where,Why\n", ["x (translated) B | # Where | # Why"]),
        ("a.csv", "source,de,en,ID,key\nA,B,C,y,x\n", ["y (translated) C | source=A"]),
        ("a.csv", "location,source,target,fuzzy,comment,note\na:1,A,B,False,,\na:2,C,D,True,,E\n",
         ["1 (translated) B | source=A", "2 (fuzzy) D | source=C | # E"]),
        ("a.csv", "identifier,source_phrase,translation,context\nx,A,B,\n", ["x (translated) B | source=A"]),
        ("a.jsonl", '{"target": "B", "de": "A", "fr": "C", "note": "Why", "context": "Where", "fuzzy": "1"}',
         ["1 (fuzzy) B | # Why | # Where"]),
        ("a.csv", 'target\n"One\n""two"""\n', ['1 (translated) One\n"two"']),
        ("a.csv", "id,target\n2,A\n,B\n,C\n", ["2 (translated) A", "2 (row 2) (translated) B", "3 (translated) C"]),
        ("a.tsv", "target\nOne, two; three\n", ["1 (translated) One, two; three"]),
        ("a.jsonl", '{"src": "A", "mt": "B {0}", "ref": "C"}\n\n{"target": ""}\n',
         ["1 (translated) B «{0}» | source=A | reference=C", "2 (untranslated) "]),
        ("a.tmx", "<tmx><header srclang='de'/><body><tu><note>Why</note><tuv xml:lang='FR'><seg>F</seg></tuv>"
         "<tuv xml:lang='DE-de'><seg>A</seg></tuv><tuv xml:lang='EN-us'><seg>B<ph x='1'/></seg></tuv>"
         "<tuv xml:lang='en_GB'><seg>C</seg></tuv></tu><tu><tuv xml:lang='de'><seg>D</seg></tuv></tu></body></tmx>",
         ["1 (translated) B«<ph x='1'/>» | source=F | reference=C | # Why"]),
        ("strings.xml", "<resources><!-- Why --><string name='a'>It\\'s \\u0041 \"  x \" %1$d</string>"
         "<plurals name='n'><item quantity='one'>car</item><item quantity='other'>cars</item></plurals>"
         "<string-array name='d'><item>Mon</item></string-array><string name='b' translatable='false'>X</string>"
         "<string name='c'>@string/a</string><string name='a' product='tv'>TV</string></resources>",
         ["a (translated) It's A   x  «%1$d» | # Why", "n[one] (translated) car", "n[other] (translated) cars",
          "d[0] (translated) Mon", "b (not translatable) X", "c (not translatable) @string/a",
          "a(tv) (translated) TV"]),
        ("a.resx", "<root><data name='a'><value>A {0}</value><comment>Why</comment></data><data name='b' type='x'>"
         "<value>1</value></data><data name='&gt;&gt;c'><value>c</value></data><data name='d'><value>X</value>"
         "<comment>@Invariant</comment></data></root>",
         ["a (translated) A «{0}» | # Why", "d (not translatable) X | # @Invariant"]),
        ("a.properties", "# Who\n\n! Why\n#   \n  a.b = One\\\n\t two\\  \n\\u00e9\\ c:\\u00e9 \\ud83d\\ude97 \\q\\\\\n"
         "d\ne\\=f  =  x = y\r\ng h",
         ["a.b (translated) Onetwo   | # Why", "é c (translated) é 🚗 q\\", "d (untranslated) ",
          "e=f (translated) x = y", "g (translated) h"]),
        ("a.properties", "a=Don''t {0}, it''s ''{1}'' and '{'x'}'\nb=Don''t say '' or '{x}'\nc=It's {0}",
         ["a (translated) Don't «{0}», it's '«{1}»' and {x}", "b (translated) Don't say '' or '«{x}»'",
          "c (translated) It's «{0}»"]),
        ("a.properties", "a=There {0,choice,0#are no ''files''|1#is {1,choice,0#a|1#b}|1<are {0}} in {2,number,#.#}.\n"
         "b={n, plural, one {# car} other {# cars''}}",
         ["a (translated) There «{0,choice,0#are no ''files''|1#is {1,choice,0#a|1#b}|1<are {0}}» in «{2,number,#.#}».",
          "b[one] (translated) «#» car", "b[other] (translated) «#» cars'"]),
        ("a.json", '{"a": {"b": ["One", 2, null, "{{n}} two"]}, "c": "$t(a) <1>x</1>", "d": " "}',
         ["a.b[0] (translated) One", "a.b[3] (translated) «{{n}}» two", "c (translated) «$t(a)» «<1>»x«</1>»",
          "d (untranslated)  "]),
        ("a.json", '{"a": {"message": "One", "description": "Why"}}', ["a (translated) One | # Why"]),
        ("a.json", '{"a": "{n, plural, one {# car} other {# {kind}s}} in {g, select, f {her} other {their}} garage"}',
         ["a[one][f] (translated) «#» car in her garage", "a[one][other] (translated) «#» car in their garage",
          "a[other][f] (translated) «#» «{kind}»s in her garage",
          "a[other][other] (translated) «#» «{kind}»s in their garage"]),
        ("a.arb", '{"@@locale": "en_GB", "a": "It\'\'s {x} \'{y}\'", "@a": {"description": "Why"}, "b": "It\'s"}',
         ["a (translated) It's «{x}» «{y}» | # Why", "b (translated) It's"]),
        ("a.xcstrings", '{"sourceLanguage": "de", "strings": {"A": {"comment": "Why", "localizations": {"en-GB":'
         '{"stringUnit": {"state": "translated", "value": "B"}}}}, "C": {"localizations": {"en": {"stringSet":'
         '{"state": "new", "values": ["D", "E"]}}}}, "F": {}, "G": {"shouldTranslate": false, "localizations": {}}}}',
         ["A (translated) B | source=A | # Why", "C[0] (untranslated) D | source=C", "C[1] (untranslated) E | source=C",
          "F (untranslated) - | source=F", "G (not translatable) - | source=G"]),
        ("a.xcstrings", '{"sourceLanguage": "de", "strings": {"A %lld": {"localizations": {"en": {"stringUnit":'
         '{"state": "translated", "value": "%#@n@ left"}, "substitutions": {"n": {"variations": {"plural": {"one":'
         '{"stringUnit": {"state": "translated", "value": "%arg car"}}}}}}}}}}}',
         ["A %lld (translated) «%#@n@» left", "A %lld[n][one] (translated) «%arg» car"]),
    ],
)  # fmt: skip
def test_other_catalogues(name: str, content: str, expected: list[str]) -> None:
    assert [said(each) for each in read(name, content).units] == expected


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ('<?xml version="1.0"?>\n<xliff version="1.2"><file><body>' + unit("<target>B</target>")
         + "</body></file></xliff>", "xliff"),
        ("<tmx><body><tu><tuv xml:lang='en'><seg>B</seg></tuv></tu></body></tmx>", "tmx"),
        ("<resources><string name='a'>B</string></resources>", "android"),
        ("<!-- Microsoft --><root><resheader><value>text/microsoft-resx</value></resheader><data "
         "name='a'><value>B</value></data></root>", "resx"),
        ('# head\nmsgid "A"\nmsgstr "B"\n', "po"),
        ('{\n  "a": "B"\n}', "json"),
        ('[{"a": "B"}]', "json"),
        ('{"target": "B"}\n{"target": "C"}\n', "jsonl"),
        ("id,source,target\n1,A,B\n", "csv"),
        ("de\ten\nA\tB\n", "csv"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nB\n", "subtitles"),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nB\r\n", "subtitles"),
        ("---\n# B\n'en':\n  a: B\n", "yaml"),
        ("<!doctype html><p>B", "html"),
        ("To:\n  the crew\n", "text"),
        ("English, please: no table this.\n", "text"),
        ("{Laughter} The boats leave.\n", "text"),
        ("[Applause]\n", "text"),
        ("1\n2\n", "text"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_format_is_told_from_how_a_file_begins(content: str, form: str, encoding: str) -> None:
    assert read("<stdin>", content.encode(encoding)).format == form


PLACEHOLDERS = (
    "%{count} ${user.name} %name% {0:N2} {d, date, ::yMMMd} {{ v | date }} {} %(n)s %1$@ %#@n@ $t(a.b) <br/> </b> <1> "
    '<a href="x y" target=_blank download> <input disabled> {b> <b}'
)
PROSE = (
    "100% sure|5%of%this|5 %|a < b, c > d|{ boats leave in the morning }|%{ we said that this is prose }|"
    "<y and the z>|{so"
)


def test_what_a_program_fills_in_is_opaque_and_prose_is_not() -> None:
    def read_as(text: str) -> str:
        target = read("a.json", json.dumps({"a": text})).units[0].target
        return "" if target is None else target.text

    assert set(read_as(PLACEHOLDERS).split()) == {OBJECT}
    assert read_as(PROSE) == PROSE


@pytest.mark.parametrize("hostile", ["<a b=", "<a", "{a, ", "%{a ", "<", "{{", "$t(", "%(", "<a b='", "{a"])
def test_no_text_makes_the_search_for_placeholders_slow(hostile: str) -> None:
    require_linear(lambda size: read("a.json", json.dumps({"a": hostile * (size // len(hostile))})), 50_000)


BOXES = """<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>
<w:p><w:r><w:t>In the box</w:t></w:r></w:p><w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>
</w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>
<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In the old one</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>
<w:p><w:r><w:t>After</w:t></w:r></w:p></w:body></w:document>"""


def test_text_boxes_of_word_are_read_once_behind_their_anchor() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", BOXES)
    assert [said(each) for each in read("a.docx", out.getvalue()).units] == [
        "1 (translated) Anchor«object»",
        "2 (translated) In the box",
        "5 (translated) In the old one",
        "6 (translated) After",
    ]


@pytest.mark.parametrize("header", ["en,en-GB", "target,mt", "en,source,src", "en,ref,human"])
def test_a_table_with_two_columns_for_one_text_is_refused(header: str) -> None:
    with pytest.raises(UserError, match="two columns are the"):
        read("a.csv", f"{header}\na,b,c\n")


def test_the_source_language_is_that_of_the_only_column_named_after_one() -> None:
    assert read("a.csv", "de,en\nA,B\n").source_language == "de"
    assert read("a.csv", "de,fr,en\nA,B,C\n").source_language is None


CHOICE = '{{n, plural, =1 {{{} {{x}}}} other {{<ph id="1"/> {}}}}} {}'
CHOICES = unit(f"<source>{CHOICE.format('A', 'B', 'C')}</source><target>{CHOICE.format('D', 'E', 'F')}</target>")
SPLIT = ["a[=1] (translated) D «{x}» F | source=A «{x}» C",
         'a[other] (translated) «<ph id="1"/>» E F | source=«<ph id="1"/>» B C']  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.xlf", XLIFF_1.replace("{}", CHOICES), SPLIT),
        ("a.xlf", XLIFF_2.replace("{}", CHOICES.replace("trans-unit", "unit").replace("><s", "><segment><s")
                                  .replace("</unit>", "</segment></unit>")), SPLIT),
        ("a.po", 'msgid "{n, plural, one {A} other {B}}"\nmsgstr "{n, plural, one {C} few {{n} D} other {E}}"\n',
         [f"{{n, plural, one {{A}} other {{B}}}}{each}" for each in
          ("[one] (translated) C | source=A", "[few] (translated) «{n}» D", "[other] (translated) E | source=B")]),
        ("a.tsv", "id\tde\ten\na\t{n, plural, other {A}}\t{n, plural, one {B} other {C}}\n",
         ["a[one] (translated) B", "a[other] (translated) C | source=A"]),
        ("a.jsonl", '{"target": "{n, plural, one {B} other {C}}"}\n{"target": "D {e}"}',
         ["1[one] (translated) B", "1[other] (translated) C", "2 (translated) D «{e}»"]),
        ("a.xlf", XLIFF_1.replace("{}", unit("<source>A</source><target>{n, plural, one {B}</target>")),
         ["a (translated) {n, plural, one «{B}» | source=A"]),
        ("a.po", 'msgid "{n, plural, one {A} other {B}}"\nmsgstr "{n, plural, one {C} other {D}"\n',
         ["{n, plural, one {A} other {B}} (translated) {n, plural, one «{C}» other «{D}» | source=B"]),
        ("a.jsonl", '{"source": "{n} A", "target": "{n, plural, one {B} other {C}}"}\n',
         ["1[one] (translated) B", "1[other] (translated) C | source=«{n}» A"]),
        ("a.jsonl", '{"source": "{n, plural, other {A}", "target": "{n, plural, other {C}}"}\n',
         ["1[other] (translated) C"]),
    ],
)  # fmt: skip
def test_branches_of_messages_stand_beside_those_of_the_source(name: str, content: str, expected: list[str]) -> None:
    assert [said(each) for each in read(name, content).units] == expected


ANDROID = "<resources{}><string name='a'>B</string></resources>"
DOTNET = "<root><data name='a'><value>B</value></data></root>"


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("res/values/strings.xml", ANDROID.format(""), None),
        ("res/values-de/strings.xml", ANDROID.format(""), "de"),
        ("values-pt-rBR-night/strings.xml", ANDROID.format(""), "pt"),
        ("res\\values-b+zh+Hans\\strings.xml", ANDROID.format(""), "zh"),
        ("res/values-night/strings.xml", ANDROID.format(""), None),
        ("res/values-v21/strings.xml", ANDROID.format(""), None),
        ("res/values-car/strings.xml", ANDROID.format(""), None),
        ("res/values-de/strings.xml", ANDROID.format(" xmlns:tools='t' tools:locale='en'"), "en"),
        ("Strings.resx", DOTNET, None),
        ("App/Strings.de.resx", DOTNET, "de"),
        ("App/Strings.nn-NO.resx", DOTNET, "nn-NO"),
        ("App/Strings.zh-Hant.resx", DOTNET, "zh-Hant"),
        ("App/Strings.ui.resx", DOTNET, None),
        ("messages.properties", "a=b", None),
        ("app/messages_zh_CN.properties", "a=b", "zh-CN"),
        ("messages_zh_Hant_TW.properties", "a=b", "zh-Hant-TW"),
        ("en.properties", "a=b", "en"),
        ("build.properties", "a=b", None),
        ("log_in.properties", "a=b", None),
        ("Strings/fr/Resources.resw", DOTNET, "fr"),
        ("Strings/en-US/Resources.resw", DOTNET, "en-US"),
    ],
)
def test_the_place_of_resources_says_their_language(name: str, content: str, language: str | None) -> None:
    assert read(name, content).language == language


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "café ’"), ("utf-8-sig", "café ’"), ("latin-1", "café")])
def test_properties_are_read_as_java_reads_them(encoding: str, said: str) -> None:
    parsed = read("a.properties", f"a={said}".encode(encoding))
    assert [each.target.text for each in parsed.units if each.target] == [said]


@pytest.mark.parametrize("ending", [".xml", ".XML"])
def test_xml_says_itself_what_it_is(ending: str) -> None:
    assert read(f"a{ending}", XLIFF_1.replace("{}", unit("<target>B</target>"))).format == "xliff"
    assert read(f"strings{ending}", "<resources><string name='a'>B</string></resources>").format == "android"


def test_flags_of_an_obsolete_message_are_not_those_of_the_next() -> None:
    text = (
        'msgid ""\nmsgstr "Language: en\\n"\n\n# old\n#, fuzzy\n#~| msgid "c"\n#~ msgid "a"\n#~ msgstr "b"\n\n'
        'msgid "neu"\nmsgstr "new"\n'
    )
    (unit,) = read("a.po", text).units
    assert (unit.state, unit.notes) == (TRANSLATED, ())


def bilingual(*files: tuple[str, str]) -> str:
    """Write XLIFF of one unit a file, each with the language it is into."""
    parts = (
        f'<file original="{number}" source-language="ja" target-language="{into}"><body><trans-unit id="1">'
        f"<source>夜</source><target>{target}</target></trans-unit></body></file>"
        for number, (into, target) in enumerate(files)
    )
    return f'<xliff version="1.2">{"".join(parts)}</xliff>'


def test_of_files_into_several_languages_those_into_english_are_taken() -> None:
    parsed = parse(bilingual(("fr", "Nuit"), ("en-GB", "Night"), ("de", "Nacht")).encode(), "a.xlf")
    assert [unit.target.text for unit in parsed.units if unit.target] == ["Night"]
    assert (parsed.language, parsed.source_language) == ("en-GB", "ja")
    assert parsed.notes == ("Parts of it are into other languages (de, fr), and left out.",)
    abroad = parse(bilingual(("fr", "Nuit"), ("de", "Nacht")).encode(), "a.xlf")
    assert (len(abroad.units), abroad.language, abroad.notes) == (2, "fr", ())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<xliff:g id='n'>%1$s</xliff:g>", ["%1$s"]),
        ("<xliff:g id='n'> %1$d </xliff:g>", ["%1$d"]),
        ("<xliff:g id='n'>Night</xliff:g>", ["<xliff:g id='n'>Night</xliff:g>"]),
        ("<xliff:g id='n'>%1$s kB</xliff:g>", ["<xliff:g id='n'>%1$s kB</xliff:g>"]),
        ("<xliff:g id='n'></xliff:g>", ["<xliff:g id='n'></xliff:g>"]),
    ],
)
def test_a_placeholder_that_android_wraps_is_the_placeholder_alone(content: str, expected: list[str]) -> None:
    names = "xmlns:xliff='urn:oasis:names:tc:xliff:document:1.2'"
    parsed = read("strings.xml", f"<resources {names}><string name='a'>Boat {content}!</string></resources>")
    (target,) = [each.target for each in parsed.units]
    assert target is not None
    assert [*target.objects] == expected
