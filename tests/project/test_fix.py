"""Safe fixes change the fixed words and not one byte more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stilted import api
from stilted.cli import main
from stilted.core.errors import NothingToCheckError, UserError
from stilted.formats import Parsed
from stilted.project import fix
from stilted.project.fix import Edit, apply_edits
from writers import WRITERS, Writer, encoded

PO = """\
# Translators, 2026
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. shown on the pier
msgid "Die Boote"
msgstr "The boats leave from the \\"old\\" "
"pier , and the the train waits."

#, fuzzy
msgid "Der Zug"
msgstr "The the train"
"""

XLIFF = """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="a" source-language="de" target-language="en" datatype="plaintext"><body>
    <trans-unit id="boats"><source>Die &amp; Boote</source>
      <target>We take the the boats &amp; go</target></trans-unit>
    <trans-unit id="train" approved="yes"><source>Der <x id="1"/>Zug</source>
      <target>He said , it is late.</target></trans-unit>
  </body></file>
</xliff>
"""

MARKDOWN = """\
---
slug: the the boats
---

The boats leave from the the *old* pier ,
and the
the train `waits the the`.
"""


LINGUIST = """\
<!DOCTYPE TS>
<TS language="en"><context><name>the the</name><message><source>Boot</source>
<translation>We take the the boats &amp; go. He said , it&apos;s late</translation></message></context></TS>
"""
YAML = """\
a: We take the the boats # the the
b: "He said , he\\
  \\ is \\"here\\" the
  the day"
c: >
  It is the
  late the the train
d: [Note：it, 'it''s']
"""


def check(parsed: Parsed) -> api.Report:
    return api.check_parsed(parsed, select="mechanics")


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        (
            "a.txt",
            "We take the the boats\r\nat noon , and the train waits.\r\n",
            "We take the boats\r\nat noon, and the train waits.\r\n",
        ),
        ("a.po", PO, PO.replace("pier ,", "pier,").replace("and the the", "and the")),
        (
            "en.yml",
            YAML,
            YAML.replace("take the the", "take the").replace("said ,", "said,").replace("late the", "late"),
        ),
        (
            "en.properties",
            "go = Leave the the pier \\\n  at noon , now\nno=Don't wait the the {0}\n",
            "go = Leave the pier \\\n  at noon, now\nno=Don't wait the the {0}\n",
        ),
        ("a.xlf", XLIFF, XLIFF.replace("the the boats", "the boats").replace("said ,", "said,")),
        (
            "a.md",
            MARKDOWN,
            MARKDOWN.replace("from the the", "from the").replace("pier ,", "pier,"),
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_fixes_leave_every_other_byte_alone(name: str, text: str, wanted: str, encoding: str) -> None:
    done = fix.fix_file(text.encode(encoding), name, check)
    assert done.after == wanted
    assert done.data == wanted.encode(encoding)
    again = fix.fix_file(done.data, name, check)
    assert (again.count, again.data) == (0, done.data)


def test_a_fix_is_spelt_as_its_file_spells_it() -> None:
    assert apply_edits('a "b" c', [Edit(2, 5, '"d"', '\\"d\\"', "x/y")]) == 'a \\"d\\" c'


def test_a_format_that_cannot_be_written_is_left_alone() -> None:
    with pytest.raises(NothingToCheckError, match="not fixed in place"):
        fix.fix_file(b'{"a": "The the boats leave."}', "en.json", check)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("en.vue", "title: Note：see the the pier\n"),
        ("paper.TEX", "The tide takes 50％ of all boats.\n"),
        ("docs/index.rst", "Boats：all\n==========\n"),
    ],
)
def test_what_markup_would_take_for_itself_is_not_written(name: str, text: str) -> None:
    """TeX drops what stands behind a per cent sign."""
    ending = name[name.index(".") :]
    with pytest.raises(NothingToCheckError, match=f"'{ending}' files are not fixed in place"):
        fix.fix_file(text.encode(), name, check)
    assert fix.fix_file(text.encode(), name, check, "text").before == text  # whoever says that it is text is believed


def test_a_fix_that_would_change_more_than_its_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def far_reaching(report: api.Report) -> tuple[Edit, ...]:
        at = (report.document.origin or "").index("pier")
        return (Edit(at, at + 4, "# pier", "\n\n# pier", "mechanics/doubled-word"),)

    monkeypatch.setattr(fix, "list_edits", far_reaching)
    with pytest.raises(UserError, match="would change more than its words"):
        fix.fix_file(b"The boats leave from the pier.\n", "a.md", check)


def test_a_fix_that_the_encoding_cannot_spell_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "ours.toml"
    pack.write_text(
        """[[rule]]
id = "ours/cafe"
pattern = "coffee bar"
message = "We say café."
suggest = ["cafe\u0301 – bar"]
category = "Style"
severity = "minor"
why = "House style."
safe-fix = true
bad = [["The <v>coffee bar</v> opens.", "The cafe\u0301 – bar opens."]]
good = ["The coffee is hot."]
""",
        "utf-8",
    )
    catalogue = PO.replace("UTF-8", "ISO-8859-1").replace("pier", "coffee bar").encode("latin-1")
    with pytest.raises(UserError, match=r"a.po: a fix needs U\+0301, which ISO-8859-1 does not have"):
        fix.fix_file(catalogue, "a.po", lambda parsed: api.check_parsed(parsed, select="ours", packs=[pack]))


WORDS = st.lists(
    st.sampled_from(["the", "boats", "leave", ",", ".", "pier", "\n", "\r\n", "&", "*old*", "\u00e9𝒳"]), max_size=20
)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(["a.txt", "a.md"]))
def test_a_second_run_changes_nothing(words: list[str], name: str) -> None:
    data = ("The boats leave the harbour. " + " ".join(words)).encode()
    try:
        done = fix.fix_file(data, name, check)
    except UserError:
        return
    assert fix.fix_file(done.data, name, check).data == done.data


WRITTEN = [writer for writer in WRITERS if writer.label in ("text", "markdown", "po") or "xliff" in writer.label]
SEEN = "é&<>\"'\\{}%|;=*_`[]()~#!🚗𝒳\u00a0\t\n"
FAULT = "qqq"
SENTENCE = "Boats leave in the morning and qqq train waits"


@pytest.mark.long
@pytest.mark.parametrize("writer", WRITTEN, ids=[writer.label for writer in WRITTEN])
def test_only_the_fault_is_touched_whatever_stands_around_it(writer: Writer) -> None:
    """A file in which a fault was planted becomes, byte for byte, the file without it."""
    kept = "".join(char for char in SEEN if char not in writer.without)

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.text(kept, max_size=8), st.text(kept, max_size=8)), min_size=1, max_size=3),
        st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-be")),
        st.booleans(),
    )
    def property_(around: list[tuple[str, str]], encoding: str, crlf: bool) -> None:
        # Numbered: the same sentence three times is a fault of its own, which the planted one would be part of.
        texts = [f"{before} {SENTENCE} x{number}{after}" for number, (before, after) in enumerate(around)]
        written = writer.write(texts if writer.label != "text" else ["\r\n".join(texts)])
        assert isinstance(written, str)
        assume(f" {FAULT} " in written)
        files = (written.replace(f" {FAULT} ", f" {said} ") for said in ("the the", "the"))
        bad, good = (encoded(writer, file, encoding, crlf=crlf) for file in files)
        clean = fix.fix_file(good, writer.name, check)
        assume(clean.count == 0)  # what stands around is no fault itself
        done = fix.fix_file(bad, writer.name, check)
        left = done.after.count(" the the ")  # where what stands around may be code
        assert done.after.replace(" the the ", " the ") == clean.before
        assert done.data == good or left
        assert done.count == written.count(f" {FAULT} ") - left
        assert fix.fix_file(done.data, writer.name, check).count == 0

    property_()


def test_the_command_shows_first_and_then_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    page = Path("docs/page.md")
    page.write_bytes(b"The boats leave from the the pier.\n")
    Path("docs/good.txt").write_bytes(b"The boats leave from the pier.\n")
    rules = ["--select", "mechanics"]
    assert main(["fix", "docs", "--diff", *rules]) == 1
    captured = capsys.readouterr()
    assert "-The boats leave from the the pier.\n+The boats leave from the pier.\n" in captured.out
    assert "1 finding would be fixed in 1 of 2 files." in captured.err
    assert b"the the" in page.read_bytes()
    page.chmod(0o640)
    assert main(["fix", "docs", *rules]) == 0
    assert page.read_bytes() == b"The boats leave from the pier.\n"
    assert page.stat().st_mode & 0o777 == 0o640
    assert main(["fix", "docs", "--diff", *rules]) == 0
    Path("docs/page.html").write_bytes(b"<p>The boats leave from the the pier.</p>")
    capsys.readouterr()
    assert main(["fix", "docs", *rules]) == 0
    assert "docs/page.html: passed over, html files are not fixed in place." in capsys.readouterr().err
    assert main(["fix", "docs/page.html", *rules]) == 2
    assert main(["fix", "-", *rules]) == 2
    assert main(["fix", "missing.txt", *rules]) == 2
    capsys.readouterr()
    assert main(["fix", "docs/good.txt", "docs/page.md", "--select", "mechanicz"]) == 2
    assert capsys.readouterr().err.count("Did you mean 'mechanics'?") == 1  # though both files say so


def test_a_file_that_nobody_may_write_to_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    fault = "The boats leave from the the pier.\n"
    for name in ("kept.md", "open.md"):
        Path(name).write_text(fault)
    Path("kept.md").chmod(0o444)
    assert main(["fix", ".", "--select", "mechanics", "--diff"]) == 1
    assert main(["fix", ".", "--select", "mechanics"]) == 2
    said = capsys.readouterr().err
    assert "kept.md: write-protected, and left as it is; 1 finding could be fixed. Make it writable." in said
    assert "1 finding fixed in 1 of 2 files." in said
    assert (Path("kept.md").read_text(), "the the" in Path("open.md").read_text()) == (fault, False)


def test_what_a_remark_accepts_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = Path("page.md")
    page.write_text("<!-- stilted-ignore: mechanics -- a quotation -->\nThe boats leave from the the pier.\n")
    assert main(["fix", "page.md", "--select", "mechanics"]) == 0
    assert "the the" in page.read_text()
