"""Files in good order, one or a few of every kind, from which damage begins."""

# ruff: noqa: E501 (files, not code)

from __future__ import annotations

import io
import zipfile
from typing import Final

PROSE: Final = (
    "The ferry left the harbour at 7:30 a.m. and came back before it was dark. He took the the last 1,200 boats, or"
    " 3/4 of them, on 5 May 1999. “Nobody,” she said , “had not never seen such weather.” In all, 5% of the crew"
    " left the the ship (see http://example.com/a?b=c). Its production line went offline.\n\n"
    "It was\nnot late; they were glad to be home. It was not late. It was not late. It was not late. It was not late.\n"
)
REFERENCE: Final = (
    "The ferry left port at 7:30 in the morning and was back before dark. On 5 May 1999 he took the last 1,300 boats."
    " “Nobody,” she said, “has ever seen such weather.” 5 percent of the crew left. The car rolled off the line.\n"
)

FILES: Final[dict[str, bytes]] = {
    name: text.encode()
    for name, text in {
        "a.txt": PROSE,
        "a.md": "---\ntitle: \"The boat's\"\ndescription: 'a b' # c\n---\n# The boat {#id}\n\n" + PROSE + (
            "\n- [x] *one* **two** `three` [four](http://x.example \"five\") ![six](y.png)\n  1. ~~seven~~ <b>eight</b>\n"
            "\n| a | b \\| c |\n|---|:-:|\n| the the | &amp; &#65; |\n\n> [!NOTE]\n> Quoted\\\n\n```js\ncode\n```\n\n"
            ":::tip[The tip]\nText {{ x }} {% y %}.\n:::\n\n<!-- stilted-ignore: mechanics -- ours -->\nA b[^1].\n\n"
            "[^1]: The the note.\n\n<details><summary>More</summary>\n\nText.\n\n</details>\n"
        ),
        "a.mdx": "import X from 'x'\n\n# The boat\n\n" + PROSE + "<X a={1} b=\"c\">{`d`} text</X>\n\n{/* remark */}\n",
        "a.html": "<!DOCTYPE html><html lang='en'><head><meta charset=utf-8><title>The boat</title></head><body>"
        f"<p>{PROSE}</p><ul><li>One<li>Two &amp; three&nbsp;&#8212;</ul><img alt='The the boat'><p lang=de>Das</p>"
        "<table><tr><td>x<td translate=no>y</table><!-- stilted-off --><pre>z</pre><!-- stilted-on -->"
        "<script>if (a < b) {}</script><p>{{ x }} <i>and</i> <code>z</code></p></body></html>",
        "a.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n\n#. Note\n#, fuzzy, c-format\n'
        'msgctxt "c"\nmsgid "%d Boot"\nmsgid_plural "%d Boote"\nmsgstr[0] "%d the the boat"\nmsgstr[1] "%d boats\\n"\n"more"\n\n'
        '# stilted-ignore\nmsgid "Das Boot kam sp\u00e4t."\nmsgstr "The boat came home late and the crew was \\"glad\\"."\n\n'
        '#~ msgid "alt"\n#~ msgstr "old"\n',
        "a.xlf": "<?xml version='1.0'?><xliff version='1.2'><file original='a' source-language='de' target-language='en'><body>"
        "<group><trans-unit id='1'><source>Das <g id='1'>Boot</g></source><target state='final'>The the <g id='1'>boat"
        "</g> came home late &amp; was <x id='2'/> glad.</target><note>stilted-ignore</note><alt-trans><target>A boat"
        "</target></alt-trans></trans-unit></group><trans-unit id='2' translate='no'><source>x</source></trans-unit>"
        "<trans-unit id='3'><source>a b</source><seg-source><mrk mtype='seg' mid='1'>a</mrk></seg-source><target>"
        "<mrk mtype='seg' mid='1'>One of them.</mrk> <mrk mtype='seg' mid='2'>Two of the the.</mrk></target></trans-unit>"
        "</body></file></xliff>",
        "b.xlf": "<xliff version='2.0' srcLang='de' trgLang='en' xmlns='urn:oasis:names:tc:xliff:document:2.0'><file id='f'>"
        "<unit id='u'><notes><note>x</note></notes><originalData><data id='d'>{0}</data></originalData><segment id='s' "
        "state='final'><source>Das <ph id='1' dataRef='d'/></source><target>The the <ph id='1' dataRef='d'/> boat <pc "
        "id='2'>came</pc> home late and was glad.</target></segment></unit></file></xliff>",
        "a.tmx": "<tmx version='1.4'><header srclang='de'/><body><tu tuid='1'><prop type='x'>y</prop><tuv xml:lang='de'><seg>Boot"
        "</seg></tuv><tuv xml:lang='en'><seg>The the boat <bpt i='1'/>came<ept i='1'/> home late and was glad.</seg></tuv>"
        "</tu></body></tmx>",
        "a.csv": 'id,source,target,reference,state,notes\n1,Boot,"The the boat, ""late"", came home and was glad.",A boat,final,x\n'
        "2,Zwei,Two boats came home.,,,\n",
        "a.tsv": "source\ttarget\nBoot\tThe the boat came home late and was glad.\n",
        "a.jsonl": '{"id":"1","source":"Boot","target":"The the boat {0} came home late and was glad."}\n{"target":"Two \\u00e9"}\n',
        "a.json": '{"a":{"b":"The the boat came home late and was glad.","c":["{n, plural, =1 {one boat} other {# boats}}",1,null]},'
        '"d":"It\'s \'{x}\' {y}"}',
        "a.arb": '{"@@locale":"en","a":"The the boat {x} came home late and was glad.","@a":{"description":"stilted-ignore"}}',
        "a.xcstrings": '{"sourceLanguage":"de","version":"1.0","strings":{"Boot":{"comment":"x","localizations":{"en":{"stringUnit":'
        '{"state":"translated","value":"The the boat came home late and was glad."}}}}}}',
        "strings.xml": "<resources><!-- stilted-ignore --><string name='a'>The the boat\\n \\u0041 \"x  y\" &amp; %1$s came.</string>"
        "<string-array name='b'><item>One</item></string-array><plurals name='c'><item quantity='one'>A boat came home late"
        "</item></plurals><string name='d' translatable='false'>x</string></resources>",
        "a.resx": "<root><data name='a'><value>The the boat came home late and was glad.</value><comment>x</comment></data>"
        "<data name='b' type='x'><value>y</value></data></root>",
        "a.strings": "/* x\n*/\n\"Das Boot %@\" = \"The the boat %@ \\U00e9 \\\"came\\\" home\";\n// stilted-ignore\nb.c = \"Two\\n\";\n\"d\";\n",
        "a.stringsdict": "<plist><dict><key>Das %d Boot</key><dict><key>NSStringLocalizedFormatKey</key><string>%#@n@</string><key>n</key><dict>"
        "<key>one</key><string>The the boat</string><key>other</key><string>%d boats came home</string></dict></dict></dict></plist>",
        "app_en.ts": "<!DOCTYPE TS><TS version='2.1' language='en' sourcelanguage='de'><context><name>Main</name><message numerus='yes'>"
        "<location line='1'/><source>%n Boot</source><comment>x</comment><extracomment>stilted-ignore</extracomment><translation>"
        "<numerusform>%n the the boat</numerusform><numerusform>%n boats came &amp; went</numerusform></translation></message>"
        "<message id='a'><source>b</source><translation type='unfinished'>c<byte value='x9'/></translation></message></context></TS>",
        "en.yml": "# all\nen: &x\n  # stilted-ignore\n  a: \"The the boat\\\n    \\ came \\u00e9 home\"\n  b: 'it''s\n    late'\n  c: >2-\n     one\n    two\n\n"
        "    three\n  d: [x, *x, 1, ~]\n  <<: *x\n  'e': |\n    The the end.\n  ? f\n  : {one: a boat, other: '%{count} boats'} # no\n",
        "en.properties": "# stilted-ignore\na.b = The the boat\\\n  came home \\u00e9 late.\n! x\nc: Don''t open {0,choice,0#it|1#{0}}\n",
        "a.srt": "1\n00:00:01,000 --> 00:00:02,000\n<i>The the boat</i> came {\\an8}\n- and was glad\n\n2\n00:00:03,000 --> "
        "00:00:04,500\nthat it was home.\n",
        "a.vtt": "WEBVTT\n\nNOTE stilted-ignore\n\nSTYLE\nx\n\nid\n00:01.000 --> 00:02.000 line:0\n<v.loud Ann>The the boat &amp;\n\n"
        "00:03.000 --> 00:04.000\n<c.x>came home late</c> and was glad.\n",
    }.items()
}  # fmt: skip


def _make_docx() -> bytes:
    made = io.BytesIO()
    words = "".join(
        f"<w:p><w:pPr><w:x/></w:pPr><w:r><w:t xml:space='preserve'>{line}</w:t><w:tab/><w:br/></w:r></w:p>"
        for line in PROSE.split("\n")
    )
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    changed = "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del></w:p>"
    boxed = "<w:p><w:r><w:drawing/><w:pict><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:pict></w:r></w:p>"
    body = f'<w:document xmlns:w="w"><w:body>{words}{table}{changed}{boxed}<w:sectPr/></w:body></w:document>'
    notes = '<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>", zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("word/document.xml"), body, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("word/footnotes.xml"), notes, zipfile.ZIP_DEFLATED)
    return made.getvalue()


DOCX: Final = _make_docx()

PACK: Final = (
    'source-language = "zh"\n\n[[rule]]\nid = "x/boat"\npattern = ["{go} (home|to [the|a] port) *1-3 late", "blue #"]\n'
    'unless = "went home too late"\ncontext = "{boat:n}"\nunless-context = "^ no"\nsuggest = ["sail $1", "x"]\n'
    'message = "“{match}” is odd."\ncategory = "Style/Awkward style"\nseverity = "minor"\nwhy = "So it is."\nconfidence = 0.5\n'
    'case = "exact"\nreference = "ignored"\nstatus = "preview"\nsafe-fix = true\n'
    'bad = [["The boat <v>went home again late</v>.", "x"], { text = "A <v>blue 7</v> boat." }]\ngood = ["The boat."]\n'
).encode()
CONFIG: Final = (
    b'source-language = "zh"\nselect = ["mechanics", "numbers"]\nignore = "tagger"\nfail-on = ["critical"]\nmin-score = 90\n'
    b'max-penalty-per-1000-words = 5\nmin-bleu = 10.5\nbaseline = "known.json"\nignore-file = "list"\npacks = ["a.toml"]\n'
    b'glossary = ["b.csv"]\nsensitivity = "low"\npreview = false\ndo-not-translate = ["Boat", "/[A-Z]{2,5}x+/"]\n\n'
    b'[severity]\nmechanics = "neutral"\n\n[[per-path]]\npaths = ["docs/**", "*.md"]\nignore = ["mechanics"]\n'
)
GLOSSARY: Final = (
    b"source,preferred,forbidden,note,case\nBoot|Schiff,boat,ship|vessel,ours,\n\"a,b\",Internet,internet,,exact\n"
)  # fmt: skip
TBX: Final = (
    b"<tbx style='dca' type='TBX-Basic' xml:lang='en'><text><body><conceptEntry id='1'><langSec xml:lang='de'><termSec><term>Boot"
    b"</term></termSec></langSec><langSec xml:lang='en'><termSec><term>boat</term><termNote type='administrativeStatus'>"
    b"preferredTerm-admn-sts</termNote></termSec><termSec><term>ship</term><termNote type='administrativeStatus'>"
    b"deprecatedTerm-admn-sts</termNote></termSec></langSec></conceptEntry></body></text></tbx>"
)  # fmt: skip
IGNORED: Final = (
    "# ours\nthe the  # a brand\nmechanics: the the\nmechanics/doubled-word: “boat”\n\nplain: phrase\n".encode()
)
BASELINE: Final = (
    b'{"schema": 1, "files": {"a.txt": [{"fingerprint": "0123456789abcdef", "rule": "mechanics/doubled-word", "text": "the the"}]},'
    b' "scores": {"a.txt": {"reference": "ab", "words": 30, "penalty": 1, "squares": 1, "metrics": {"BLEU": {"value": 3.5,'
    b' "low": 1.0, "high": 9.0, "signature": "x|y"}}}}}'
)  # fmt: skip
CHECKED: Final = (
    b'{"id": "1", "document": "d", "system": "s", "target": "x", "findings": [{"rule": "a/b", "category": "Style/Awkward style",'
    b' "severity": "minor", "confidence": 0.5, "start": 0, "end": 1, "text": "x", "message": "m", "suggestions": [],'
    b' "fingerprint": "f"}], "penalty": 1, "words": 7, "bleu": 50.0, "chrf": 60.5, "estimate": 1.5, "error": null}\n'
    b'{"target": null, "findings": null, "penalty": null, "words": null, "bleu": null, "chrf": null, "estimate": null,'
    b' "error": "why"}\n'
)  # fmt: skip
ROWS: Final = (
    b'{"id": 1, "target": "He took the the last 1,200 boats.", "reference": "He took 1,300 boats.", "source": "x", "y": [1]}\n'
    b'{"target": "One"}\n'
)  # fmt: skip
