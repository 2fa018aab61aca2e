"""Files that would take far more memory than they have bytes are refused, before they do."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

from stilted.core.errors import UserError
from stilted.formats import parse, units, xml_tree
from stilted.formats.json import parser
from stilted.formats.yaml import parser as yaml_parser

MANY = 50

XLIFF = "<xliff version='1.2'><file original='a'><body>{}</body></file></xliff>"
UNIT = "<trans-unit id='{}'><target>x</target></trans-unit>"
SRT = "{0}\n00:00:01,000 --> 00:00:02,000\nx\n\n"


def docx(body: str, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>')
    return made.getvalue()


def test_elements_of_a_paragraph_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_tree, "MAX_NODES", MANY)
    for inside in ("<w:a/>" * MANY, "<w:r><w:t>x</w:t></w:r>" * MANY):
        with pytest.raises(UserError, match=f"holds more than {MANY} others"):
            parse(docx(f"<w:p>{inside}</w:p>"), "a.docx")
    fine = "<w:p><w:r><w:t>The boat.</w:t></w:r></w:p>"
    assert len(parse(docx(fine * MANY), "a.docx").units) == MANY


def test_thirty_kilobytes_of_elements_stay_small() -> None:
    bomb = docx("<w:p>" + "<a/>" * 8_000_000 + "</w:p>")
    assert len(bomb) < 60_000
    with pytest.raises(UserError, match=f"holds more than {xml_tree.MAX_NODES:,} others"):
        parse(bomb, "a.docx")


def test_values_of_yaml_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_parser, "MAX_VALUES", MANY)
    for part in ("[]", "{}", "x", "*x"):
        with pytest.raises(UserError, match=f"more than {MANY} values"):
            parse(f"a: [{', '.join([part] * MANY)}]".encode(), "a.yml")


def test_values_of_json_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MAX_VALUES", MANY)
    for part in ("[]", "{}", '"x"'):
        with pytest.raises(UserError, match=f"more than {MANY} values"):
            parse(f'{{"a":[{",".join([part] * MANY)}]}}'.encode(), "a.json")


@pytest.mark.parametrize(
    ("name", "head", "part", "tail"),
    [
        ("a.xlf", *XLIFF.replace("{}", "|").split("|")[:1], UNIT, "</body></file></xliff>"),
        ("a.csv", "target\n", "x\n", ""),
        ("a.jsonl", "", '{{"target":"x{0}"}}\n', ""),
        ("a.po", "", 'msgid "{0}"\nmsgstr "x"\n\n', ""),
        ("a.resx", "<root>", "<data name='{0}'><value>x</value></data>", "</root>"),
        ("a.tmx", "<tmx><body>", "<tu><tuv xml:lang='en'><seg>x</seg></tuv></tu>", "</body></tmx>"),
        ("a.json", "{", '"{0}":"x",', '"k":"x"}'),
        ("strings.xml", "<resources>", "<string name='a{0}'>x</string>", "</resources>"),
        ("a.properties", "", "a{0}=x\n", ""),
        ("a.yml", "", "a{0}: x\n", ""),
        (
            "a.stringsdict",
            "<plist><dict>",
            "<key>{0}</key><dict><key>n</key><dict><key>one</key><string>x</string></dict></dict>",
            "</dict></plist>",
        ),
        ("a.strings", "", '"{0}" = "x";', ""),
        ("a.ts", "<TS>", "<message><source>{0}</source><translation>x</translation></message>", "</TS>"),
        ("a.srt", "", SRT, ""),
        ("a.html", "", "<p>x</p>", ""),
    ],
)
def test_units_are_counted(name: str, head: str, part: str, tail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "MAX_UNITS", MANY)
    data = head + "".join(part.format(number) for number in range(MANY + 1)) + tail
    with pytest.raises(UserError, match=f"more than {MANY} units"):
        parse(data.encode(), name)


@pytest.mark.parametrize("compression", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_damaged_archives_are_no_word_documents(compression: int) -> None:
    archive = docx("<w:p><w:r><w:t>The boat came home late.</w:t></w:r></w:p>" * 9, compression)
    for at in range(44, len(archive) - 80, 3):
        damaged = archive[:at] + bytes([archive[at] ^ 0xFF]) + archive[at + 1 :]
        with contextlib.suppress(UserError):
            assert parse(damaged, "a.docx").units


@pytest.mark.parametrize("code", ["&#" + "1" * 5000, "&#x" + "f" * 5000, "&#" + "0" * 5000 + "65"])
def test_a_character_code_without_end_is_no_character(code: str) -> None:
    (unit,) = parse(f"<p>The boat {code}; came.</p>".encode(), "a.html").units
    assert unit.target is not None
    assert unit.target.text == "The boat \ufffd came."
