"""Writers of every format, independent of the readers: what puts a text into a file, and what takes a spelling back.

Each is as thin as the library it uses: polib, lxml, ElementTree, csv, json, python-docx, `html.escape`.
"""

from __future__ import annotations

import codecs
import csv
import html
import io
import json
import plistlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import docx
import polib
import yaml
from lxml import etree

XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_2 = "urn:oasis:names:tc:xliff:document:2.0"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ANY = "".join(map(chr, (*range(1, 32), *range(127, 160)))) + "\u2028\ufeff\ufffe\uffff"
"""Characters that a file may well not hold; each format names those that it can."""


@dataclass(frozen=True)
class Writer:
    """How a format is written.

    Attributes:
        name: of the file. write: texts to the file as text, or to bytes where it is none. spelt: the inverse of the
            format's escapes. without: characters that it cannot hold, or that mean something in it. reads: how a text
            comes back where that is not as it was. wraps: the line ends of the file are free.
    """

    label: str
    name: str
    write: Callable[[Sequence[str]], str | bytes]
    spelt: Callable[[str], str]
    without: str = ""
    reads: Callable[[str], str] = str
    wraps: bool = True
    xml: bool = False


def even(text: str) -> str:
    """Make one space of the white space that HTML collapses."""
    return re.sub("[ \t\n\f\r]+", " ", text).strip(" ")


def xml_spelt(spelling: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", spelling)).replace("\r\n", "\n")


def xml_text(root: Any) -> str:
    declared = '<?xml version="1.0" encoding="{}"?>\n'
    return declared + etree.tostring(root, encoding="unicode")


def xliff_1(texts: Sequence[str]) -> str:
    root = etree.Element(f"{{{XLIFF_1}}}xliff", version="1.2", nsmap={None: XLIFF_1})
    attributes = {"original": "a", "source-language": "de", "target-language": "en", "datatype": "plaintext"}
    body = etree.SubElement(etree.SubElement(root, "file", attributes), "body")
    for number, text in enumerate(texts):
        unit = etree.SubElement(body, "trans-unit", {"id": f"u{number}", SPACE: "preserve"})
        etree.SubElement(unit, "source").text = "Quelle"
        etree.SubElement(unit, "target").text = text
    return xml_text(root)


def xliff_1_tags(texts: Sequence[str]) -> str:
    """Every third of a text stands in inline elements that are not read, one within the other."""
    root = ElementTree.Element("xliff", version="1.2")
    file = ElementTree.SubElement(root, "file", {"source-language": "de", "target-language": "en"})
    body = ElementTree.SubElement(file, "body")
    for number, text in enumerate(texts):
        unit = ElementTree.SubElement(body, "trans-unit", {"id": f"u{number}", SPACE: "preserve"})
        target = ElementTree.SubElement(unit, "target")
        third = len(text) // 3
        target.text = text[:third]
        outer = ElementTree.SubElement(target, "g", id="1")
        outer.tail = text[2 * third :]
        inner = ElementTree.SubElement(outer, "mrk", mtype="term")
        inner.text = text[third : 2 * third]
    return '<?xml version="1.0" encoding="{}"?>' + ElementTree.tostring(root, encoding="unicode")


def xliff_2(texts: Sequence[str]) -> str:
    root = etree.Element(f"{{{XLIFF_2}}}xliff", version="2.1", srcLang="de", trgLang="en", nsmap={None: XLIFF_2})
    file = etree.SubElement(root, "file", id="f")
    for number, text in enumerate(texts):
        unit = etree.SubElement(file, "unit", {"id": f"u{number}", SPACE: "preserve"})
        segment = etree.SubElement(unit, "segment", state="translated")
        etree.SubElement(segment, "source").text = "Quelle"
        target = etree.SubElement(segment, "target")
        pair = etree.SubElement(target, "pc", id="1")
        half = len(text) // 2
        pair.text, pair.tail = text[:half], text[half:]
    return xml_text(root)


def sdlxliff(texts: Sequence[str]) -> str:
    root = etree.Element(f"{{{XLIFF_1}}}xliff", version="1.2", nsmap={None: XLIFF_1, "sdl": "http://sdl.com/x"})
    attributes = {"original": "a.docx", "source-language": "de-DE", "target-language": "en-US"}
    body = etree.SubElement(etree.SubElement(root, "file", attributes), "body")
    unit = etree.SubElement(body, "trans-unit", {"id": "u", SPACE: "preserve"})
    etree.SubElement(unit, "source").text = "Quelle"
    target = etree.SubElement(unit, "target")
    settled = etree.SubElement(unit, "{http://sdl.com/x}seg-defs")
    for number, text in enumerate(texts, 1):
        mark = etree.SubElement(etree.SubElement(target, "g", id=f"{number}"), "mrk", mtype="seg", mid=f"{number}")
        mark.text = text
        mark.tail = " "
        etree.SubElement(settled, "{http://sdl.com/x}seg", id=f"{number}", conf="Translated")
    return xml_text(root)


def tmx(texts: Sequence[str]) -> str:
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", srclang="de")
    body = etree.SubElement(root, "body")
    for text in texts:
        entry = etree.SubElement(body, "tu")
        for language, said in (("de", "Quelle"), ("en-US", text)):
            etree.SubElement(etree.SubElement(entry, "tuv", {LANG: language}), "seg").text = said
    return '<?xml version="1.0" encoding="{}"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n' + etree.tostring(
        root, encoding="unicode", pretty_print=True
    )


def tmx_wrapped(texts: Sequence[str]) -> str:
    return tmx([text.replace(" ", "\n     ") for text in texts])


def po(texts: Sequence[str]) -> str:
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
    for number, text in enumerate(texts):
        catalogue.append(polib.POEntry(msgid=f"Quelle {number}", msgstr=text, flags=["no-c-format"]))
    return str(catalogue)


def po_spelt(spelling: str) -> str:
    said: str = polib.unescape(re.sub(r'"[ \t]*\r?\n[ \t]*"', "", spelling))
    return said


def table(texts: Sequence[str], **dialect: Any) -> str:
    out = io.StringIO()
    writer = csv.writer(out, **dialect)
    writer.writerows([("id", "source", "target"), *((f"r{n}", "Quelle", text) for n, text in enumerate(texts))])
    return out.getvalue()


def comma(texts: Sequence[str]) -> str:
    return table(texts, lineterminator="\n")


def semicolon(texts: Sequence[str]) -> str:
    return table(texts, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")


def tab(texts: Sequence[str]) -> str:
    return table(texts, dialect="excel-tab")


def json_lines(texts: Sequence[str]) -> str:
    rows = ({"id": f"r{number}", "source": "Quelle", "target": text} for number, text in enumerate(texts))
    return "".join(json.dumps(row) + "\n" for row in rows)


def i18next(texts: Sequence[str]) -> str:
    return json.dumps({"menu": {f"k{n}": text for n, text in enumerate(texts)}}, ensure_ascii=False, indent=2)


def arb(texts: Sequence[str]) -> str:
    """Messages with an argument, in which ICU wants quotes around braces and two apostrophes for one."""

    def quoted(run: re.Match[str]) -> str:
        mark = "'" if run[0].strip("'") else ""
        return mark + run[0].replace("'", "''") + mark

    messages = (re.sub("[{}']+", quoted, text) for text in texts)
    entries = {f"k{number}": f"{{who}}: {text}" for number, text in enumerate(messages)}
    return json.dumps({"@@locale": "en", **entries}, indent=4)


def xcstrings(texts: Sequence[str]) -> str:
    def localized(text: str) -> dict[str, Any]:
        return {"localizations": {"en": {"stringUnit": {"state": "translated", "value": text}}}}

    strings = {f"Quelle {number}": localized(text) for number, text in enumerate(texts)}
    catalogue = {"sourceLanguage": "de", "strings": strings, "version": "1.0"}
    return json.dumps(catalogue, ensure_ascii=False, indent=2, separators=(",", " : "))


def json_spelt(spelling: str) -> str:
    said: str = json.loads(f'"{spelling}"')
    return said


def arb_spelt(spelling: str) -> str:
    said = json_spelt(spelling)
    return (said[1:-1] if len(said) > 2 and said[0] == said[-1] == "'" else said).replace("''", "'")


def android(texts: Sequence[str]) -> str:
    root = etree.Element("resources")
    for number, text in enumerate(texts):
        quoted = re.sub(r"[\\'\"]", r"\\\g<0>", text).replace("\n", r"\n").replace("\t", r"\t")
        etree.SubElement(root, "string", name=f"s{number}").text = f'"{quoted}"'
    return '<?xml version="1.0" encoding="{}"?>\n' + etree.tostring(root, encoding="unicode", pretty_print=True)


def android_spelt(spelling: str) -> str:
    said = {"n": "\n", "t": "\t"}
    return re.sub(r"\\(.)", lambda match: said.get(match[1], match[1]), xml_spelt(spelling))


def resx(texts: Sequence[str]) -> str:
    root = ElementTree.Element("root")
    for number, text in enumerate(texts):
        data = ElementTree.SubElement(root, "data", {"name": f"s{number}", SPACE: "preserve"})
        ElementTree.SubElement(data, "value").text = text
    return '<?xml version="1.0" encoding="{}"?>\n' + ElementTree.tostring(root, encoding="unicode")


def apple_strings(texts: Sequence[str]) -> str:
    """As genstrings writes, every other character beyond ASCII as an escape."""

    def escaped(char: str) -> str:
        code = char.encode("utf-16-be").hex()
        spelt = "".join(f"\\U{code[at : at + 4]}" for at in range(0, len(code), 4))
        return spelt if char < " " or (char > "~" and ord(char) % 2) else re.sub(r'["\\]', r"\\\g<0>", char)

    entries = (f'/* Why */\n"menu.k{n}" = "{"".join(map(escaped, text))}";\n' for n, text in enumerate(texts))
    return "\n".join(entries)


def plural_forms(texts: Sequence[str]) -> str:
    def entry(text: str) -> dict[str, Any]:
        forms = {
            "NSStringFormatSpecTypeKey": "NSStringPluralRuleType",
            "NSStringFormatValueTypeKey": "d",
            "other": text,
        }
        return {"NSStringLocalizedFormatKey": "%#@n@", "n": forms}

    written = plistlib.dumps({f"k{number}": entry(text) for number, text in enumerate(texts)}, sort_keys=False)
    return '<?xml version="1.0" encoding="{}"?>\n' + written.decode().partition("\n")[2]


def apple_spelt(spelling: str) -> str:
    coded = re.sub(
        r"(?:\\U[0-9a-f]{4})+", lambda codes: bytes.fromhex(codes[0].replace("\\U", "")).decode("utf-16-be"), spelling
    )
    return coded if coded != spelling else re.sub(r"\\(.)", r"\1", spelling)


def linguist(texts: Sequence[str]) -> str:
    root = etree.Element("TS", version="2.1", language="en")
    context = etree.SubElement(root, "context")
    etree.SubElement(context, "name").text = "Main"
    for number, text in enumerate(texts):
        message = etree.SubElement(context, "message")
        etree.SubElement(message, "source").text = f"Quelle {number}"
        etree.SubElement(message, "translation").text = text
    return '<?xml version="1.0" encoding="{}"?>\n<!DOCTYPE TS>\n' + etree.tostring(root, encoding="unicode")


def properties(texts: Sequence[str]) -> str:
    """As `java.util.Properties.store` writes, and a line that goes on after every twelve characters."""
    said = {"\\": "\\\\", " ": "\\ ", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "#": "\\#", "=": "\\="}

    def escaped(char: str) -> str:
        code = char.encode("utf-16-be").hex()
        kept = " " <= char <= "~" or char.isalpha()
        return said.get(char, char if kept else "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4)))

    lines = []
    for number, text in enumerate(texts):
        pieces = ["".join(map(escaped, text[at : at + 12])) for at in range(0, len(text), 12)]
        lines.append(f"# Why\nmenu.k{number} = " + "\\\n    ".join(pieces) + "\n")
    return "".join(lines)


def properties_spelt(spelling: str) -> str:
    said = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}
    bare = re.sub(r"\\\r?\n[ \t\f]*", "", spelling)
    coded = re.sub(
        r"(?:\\u[0-9a-f]{4})+", lambda codes: bytes.fromhex(codes[0].replace("\\u", "")).decode("utf-16-be"), bare
    )
    return coded if coded != bare else re.sub(r"\\(.)", lambda match: said.get(match[1], match[1]), bare)


def yaml_catalogue(texts: Sequence[str]) -> str:
    said: str = yaml.safe_dump({"en": {f"k{n}": text for n, text in enumerate(texts)}}, allow_unicode=True, width=30)
    return said


def yaml_spelt(spelling: str) -> str:
    if spelling == "''":
        return "'"
    breaks = spelling.replace("\r\n", "\n").count("\n")
    return spelling if spelling.strip(" \r\n") or not breaks else "\n" * (breaks - 1) or " "


def yaml_quoted(texts: Sequence[str]) -> str:
    said: str = yaml.safe_dump({"menu": [*texts]}, default_style='"', width=20)
    return said


def yaml_unquoted(spelling: str) -> str:
    said: str = yaml.safe_load(f'"{spelling}"')
    return said


def yaml_block(texts: Sequence[str]) -> str:
    """Literal blocks, which keep every blank but the line breaks at their end."""
    blocks = ("\n".join(f"    {line}" if line else "" for line in text.split("\n")) for text in texts)
    return "en:\n" + "".join(f"  k{number}: |2- # Why\n{block}\n" for number, block in enumerate(blocks))


def page(texts: Sequence[str]) -> str:
    body = "\n".join(f"<p>\n  {html.escape(text)}\n</p>" for text in texts)
    return f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8></head>\n<body>\n{body}\n</body></html>\n"


def markdown(texts: Sequence[str]) -> str:
    """Every mark behind a backslash; what else could mean something, as an entity."""

    def escaped(char: str) -> str:
        if re.match(r"[!-/:-@\[-`{-~]", char):
            return f"\\{char}"
        return char if char == " " or char.isalnum() else f"&#x{ord(char):X};"

    return "\n\n".join(f"> {''.join(map(escaped, even(text)))}" for text in texts) + "\n"


def markdown_spelt(spelling: str) -> str:
    bare = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", spelling)
    return re.sub(r"&#x([0-9A-F]+);", lambda number: chr(int(number[1], 16)), bare)


def subrip(texts: Sequence[str]) -> str:
    cues = (f"{n}\n00:00:{10 * n:02},000 --> 00:00:{10 * n + 2:02},500\n{text}" for n, text in enumerate(texts, 1))
    return "\n\n".join(cues) + "\n"


def webvtt(texts: Sequence[str]) -> str:
    cues = (
        f"00:{10 * n:02}.000 --> 00:{10 * n + 2:02}.500 align:start\n<i>{html.escape(text)}</i>"
        for n, text in enumerate(texts, 1)
    )
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def word(texts: Sequence[str]) -> bytes:
    document = docx.Document()
    for text in texts:
        half = len(text) // 2
        paragraph = document.add_paragraph(text[:half])
        paragraph.add_run(text[half:]).bold = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


NOT_XML = "".join(char for char in ANY if char not in "\t\n\r\u2028\ufeff" and not "\x7f" <= char <= "\x9f")
NO_LINES = NOT_XML + "\t\n\r\x85\u2028"
"""What XML cannot hold, and what ends lines: the readers of running text make spaces of it."""

NOT_YAML = "".join(char for char in ANY if char not in "\t\n\ufeff")
"""What a block of YAML cannot hold as it is."""

DASHES = "-‐–—―"
"""In front of a subtitle, the mark of a speaker."""

WRITERS = (
    Writer("xliff 1.2", "a.xlf", xliff_1, xml_spelt, NOT_XML, xml=True),
    Writer("xliff 1.2, tags", "a.xliff", xliff_1_tags, xml_spelt, NOT_XML + "\r", xml=True),
    Writer("xliff 2", "a.xlf", xliff_2, xml_spelt, NOT_XML, xml=True),
    Writer("sdlxliff", "a.sdlxliff", sdlxliff, xml_spelt, NOT_XML, xml=True),
    Writer("tmx", "a.tmx", tmx, xml_spelt, NO_LINES, xml=True),
    Writer("tmx, wrapped", "a.tmx", tmx_wrapped, lambda s: even(xml_spelt(s)) or " ", NO_LINES, even, xml=True),
    Writer("po", "a.po", po, po_spelt, "\x00"),
    Writer("csv", "a.csv", comma, lambda s: s.replace('""', '"'), "\x00\r", wraps=False),
    Writer("csv, semicolons", "a.csv", semicolon, lambda s: s.replace('""', '"'), "\x00", wraps=False),
    Writer("tsv", "a.tsv", tab, lambda s: s.replace('""', '"'), "\x00", wraps=False),
    Writer("jsonl", "a.jsonl", json_lines, json_spelt),
    Writer("json", "en.json", i18next, json_spelt),
    Writer("arb", "app_en.arb", arb, arb_spelt),
    Writer("xcstrings", "a.xcstrings", xcstrings, json_spelt),
    Writer("android", "strings.xml", android, android_spelt, NOT_XML + "\r", xml=True),
    Writer("resx", "a.resx", resx, xml_spelt, NOT_XML + "\r", xml=True),
    Writer("strings", "en.lproj/Localizable.strings", apple_strings, apple_spelt, "\x00"),
    Writer("stringsdict", "en.lproj/a.stringsdict", plural_forms, xml_spelt, NOT_XML + "\r", xml=True),
    Writer("qt", "app_en.ts", linguist, xml_spelt, NOT_XML + "\r", xml=True),
    Writer("properties", "en.properties", properties, properties_spelt, "\x00'"),
    Writer("yaml", "en.yml", yaml_catalogue, yaml_spelt, ANY + "\\"),
    Writer("yaml, quoted", "en.yml", yaml_quoted, yaml_unquoted, "\x00"),
    Writer(
        "yaml, blocks",
        "en.yaml",
        yaml_block,
        lambda s: re.sub(r"\r?\n {0,4}", "\n", s),
        NOT_YAML,
        lambda text: text.rstrip("\n"),
    ),
    Writer("html", "a.html", page, lambda s: html.unescape(s) or " ", ANY + "@", even),
    Writer("markdown", "a.md", markdown, markdown_spelt, ANY + "@", even),
    Writer("text", "a.txt", lambda texts: texts[0], str, wraps=False),
    Writer("srt", "a.srt", subrip, str, ANY + DASHES + "<{\\", str.strip),
    Writer("vtt", "a.vtt", webvtt, html.unescape, ANY + DASHES + "{\\", str.strip),
    Writer("docx", "a.docx", word, str, NO_LINES, wraps=False),
)


def encoded(writer: Writer, written: str | bytes, encoding: str, *, crlf: bool) -> bytes:
    """Return the file as bytes, with a byte order mark where its encoding cannot be told without."""
    if isinstance(written, bytes):
        return written
    text = written.replace("{}", encoding.removesuffix("-sig"), 1) if writer.xml else written
    if crlf and writer.wraps:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" and not writer.xml else b""
    return mark + text.encode(encoding)
