"""Glossaries: read strictly, found in every form, suggested in the same form, never slow."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from growth import loops
from stilted import api
from stilted.cli import main
from stilted.core.errors import UserError
from stilted.core.model import Example, Finding, Hit
from stilted.pipeline import rule_selftest
from stilted.rules import glossary
from stilted.rules.glossary.entries import Entry

CARS = """source,preferred,forbidden,note,case
新能源汽车,new energy vehicle|NEV,new power car,Our style since 2024.,
,car,automobile|motor vehicle,,
,choose,opt for|select,,
,log in,sign in,,
,point of sale,sale point,,
,internet,Internet,,exact
,C# (beta) [x],C++ (beta) [x],,
新能源,new energy,,,
"""


def written(folder: Path, text: str, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def cars(tmp_path: Path) -> Path:
    return written(tmp_path, CARS)


def check(path: Path, text: str, source: str | None = None) -> tuple[Finding, ...]:
    sources = None if source is None else [source]
    return api.check_segments([text], sources=sources, glossary=[path], select="glossary").findings


FORMS = [
    ("He sold two automobiles.", "automobiles", "cars"),
    ("Automobiles are loud.", "Automobiles", "Cars"),
    ("The automobile's door fell off.", "automobile", "car"),
    ("AUTOMOBILES ARE LOUD", "AUTOMOBILES", "CARS"),
    ("A motor-vehicle passed.", "motor-vehicle", "car"),
    ("The “motor vehicles” passed.", "motor vehicles", "cars"),
    ("She opted for red.", "opted for", "chose"),
    ("She has often opted for red.", "opted for", "chosen"),
    ("It was selected.", "selected", "chosen"),
    ("They are selecting it.", "selecting", "choosing"),
    ("He was signing in.", "signing in", "logging in"),
    ("New Motor Vehicles for All", "Motor Vehicles", "Cars"),
    ("A Sale Point for All", "Sale Point", "Point of Sale"),
    ("Sale points are open.", "Sale points", "Points of sale"),
    ("We use C++ (beta) [x] here.", "C++ (beta) [x]", "C# (beta) [x]"),
    ("See the Internet for more.", "Internet", "internet"),
]


@pytest.mark.parametrize(("text", "marked", "better"), FORMS, ids=[text for text, _, _ in FORMS])
def test_a_forbidden_term_is_found_in_every_form_and_replaced_in_the_same(
    cars: Path, text: str, marked: str, better: str
) -> None:
    (finding,) = check(cars, text)
    assert (finding.rule, finding.severity) == ("glossary/forbidden-term", "major")
    assert finding.category == "Terminology/Inconsistent with terminology resource"
    assert (finding.text, finding.suggestions[0]) == (marked, better)


@pytest.mark.parametrize(
    "text",
    [
        "An automobilist in an automobilelike thing.",
        "Internet is everywhere.",
        "The internet is everywhere.",
        "C (beta) x and C+ (beta) [x] and C++ beta.",
        "See https://example.com/automobile and mail automobile@example.com.",
        "The new power of the car.",
        "She opted. For red, she paid more.",
        "The file automobile.txt and #automobile and my_automobile.",
    ],
)
def test_near_misses(cars: Path, text: str) -> None:
    assert check(cars, text) == ()


def test_the_note_is_told(cars: Path) -> None:
    (finding,) = check(cars, "He bought two new power cars.")
    assert (
        finding.message == "The glossary forbids “new power cars”; it says “new energy vehicle”. Our style since 2024."
    )
    assert finding.suggestions == ("new energy vehicles", "NEVs")


def test_a_note_ends_before_more_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "preferred,forbidden,note\ncar,automobile,our style since 2024\nboat,ship,Ask!\n")
    messages = [finding.message for finding in check(path, "An automobile and a ship.")]
    assert [message.partition("”. ")[2] for message in messages] == ["our style since 2024.", "Ask!"]


def test_short_words_find_no_strangers(tmp_path: Path) -> None:
    path = written(tmp_path, "preferred,forbidden\nvehicle,car\nbeam,bar\n")
    assert check(path, "A caring person cared and bared her arm; a star stared.") == ()
    assert [f.text for f in check(path, "Two cars barred the way.")] == ["cars", "barred"]


def test_a_term_inside_a_longer_right_one_is_right(tmp_path: Path) -> None:
    path = written(tmp_path, "preferred,forbidden\nneural network,neuronal web\nmesh,network\nnet,mesh\n")
    assert check(path, "Neural networks learn.") == ()
    assert [f.text for f in check(path, "The network learns, and a mesh does not.")] == ["network"]


CODE_LIKE = ["C++", "C#", "Node.js", ".NET", "foo()", "obj.run()", "%1", "{name}", "file_name", "a.b.c", "--all"]


@pytest.mark.parametrize("term", CODE_LIKE)
def test_a_term_that_looks_like_code_is_found_in_prose_and_not_in_code(tmp_path: Path, term: str) -> None:
    path = written(tmp_path, f"source,preferred,forbidden\n{term},the tool,{term}\n")
    assert [f.text for f in check(path, f"You can use {term} for this. {term}, too.")] == [term, term]
    assert check(path, f"Call `{term}` and ``x {term} y`` for this.") == ()
    assert [f.rule for f in check(path, "You can use it.", f"你可以用 {term} 做。")] == [MISSING]
    assert check(path, "You can use it.", f"你可以用 `x {term}` 做。") == ()
    assert check(path, "You can use `the tool`.", f"你可以用 {term} 做。") == ()
    assert [breach for rule in glossary.list_rules([path]) for breach in rule_selftest.list_failures(rule)] == []


def test_a_part_of_code_is_no_term(tmp_path: Path) -> None:
    path = written(tmp_path, "preferred,forbidden\nbar,foo\nrunner,node\n")
    assert check(path, "Call foo() in foo.py or foo_x, with {foo}, /usr/foo/x, --foo and node.js.") == ()
    assert [f.text for f in check(path, "The foo (see foo()) is a foo.")] == ["foo", "foo"]


@pytest.mark.parametrize("term", ["`foo`", "https://foo.example/x", "mail a@b.org"])
def test_a_forbidden_term_that_can_never_be_found_is_refused(tmp_path: Path, term: str) -> None:
    path = written(tmp_path, f"preferred,forbidden\nbar,{term}\n")
    with pytest.raises(UserError, match="not looked for in those") as error:
        glossary.list_rules([path])
    assert (error.value.where, error.value.hint) == (
        f"{path}:2",
        "Forbid the words alone, without the address and without backticks.",
    )


@pytest.mark.parametrize("name", ["Lighthouse", "foo()", "Node.js", "{name}", "file_name"])
def test_a_name_that_is_kept_may_look_like_code(name: str) -> None:
    (rule,) = glossary.names.make_rules((name,))
    assert list(rule_selftest.list_failures(rule)) == []
    options = {"do_not_translate": [name], "select": "glossary"}
    assert len(api.check_segments(["Call it."], sources=[f"调用 {name}。"], **options).findings) == 1
    assert api.check_segments([f"Call `{name}`."], sources=[f"调用 {name}。"], **options).findings == ()
    assert api.check_segments(["Call it."], sources=[f"调用 `x {name}`。"], **options).findings == ()


def test_several_entries_forbid_one_term(tmp_path: Path) -> None:
    path = written(tmp_path, "preferred,forbidden\ncar,auto\nvehicle,auto\n")
    (finding,) = check(path, "Two autos passed.")
    assert finding.suggestions == ("cars", "vehicles")
    assert "“car” or “vehicle”" in finding.message


MISSING = "glossary/missing-term"


@pytest.mark.parametrize(
    ("text", "source", "rules"),
    [
        ("It sells cars.", "它卖新能源汽车。", [MISSING]),
        ("It sells new-energy vehicles.", "它卖新能源汽车。", []),
        ("NEVs sell.", "它卖新能源汽车。", []),
        ("It sells new power cars.", "它卖新能源汽车。", ["glossary/forbidden-term"]),
        ("It sells cars.", "它卖汽车。", []),
        ("It sells power.", "它卖新能源。", [MISSING]),
        ("It sells new energy.", "它卖新能源。", []),
    ],
)
def test_a_term_of_the_source_that_is_not_rendered(cars: Path, text: str, source: str, rules: list[str]) -> None:
    assert [f.rule for f in check(cars, text, source)] == rules


def test_one_finding_tells_all_missing_terms(cars: Path) -> None:
    (finding,) = check(cars, "“It sells.”", "新能源汽车、新能源")
    assert finding.text == "It"
    assert "“新能源汽车” as “new energy vehicle”, “新能源” as “new energy”, which" in finding.message


def test_katakana_words_are_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "source,preferred\nテスト,test\n")
    assert check(path, "The contest is over.", "コンテストは終わった。") == ()
    assert len(check(path, "It is over.", "テストは終わった。")) == 1


def test_without_a_source_the_rule_is_skipped_and_said_so(cars: Path) -> None:
    report = api.check_segments(["It sells cars."], glossary=[cars], select="glossary")
    assert [(s.rule, s.reason) for s in report.skipped if s.rule == MISSING] == [(MISSING, "no source was given")]


def test_the_rules_keep_the_contract_of_examples(cars: Path) -> None:
    rules = glossary.list_rules([cars])
    assert [rule.id for rule in rules] == ["glossary/forbidden-term", MISSING]
    assert [breach for rule in rules for breach in rule_selftest.list_failures(rule)] == []
    assert glossary.list_rules([]) == ()
    assert not any(rule.id.startswith("glossary/") for rule in api.list_rules())


WORD = st.text(st.sampled_from("abAB1+#()[]{}<>|*^.,:-'\"&;@$%_=/\\`车テ "), min_size=1, max_size=12)
"""With all that may make a term look like code, a placeholder, a path or an address."""


@settings(deadline=None, max_examples=examples(200))
@given(st.lists(st.tuples(WORD, WORD, WORD), min_size=1, max_size=5), st.booleans())
def test_any_glossary_is_refused_or_keeps_the_contract(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], exact: bool
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("source", "preferred", "forbidden", "case")])
    csv.writer(out).writerows([(*row, "exact" if exact else "") for row in rows])
    path = written(tmp_path_factory.mktemp("any"), out.getvalue())
    try:
        rules = glossary.list_rules([path])
    except UserError as error:
        if str(path) in error.where:
            return
        raise
    assert [breach for rule in rules for breach in rule_selftest.list_failures(rule)] == []


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(tmp_path: Path, delimiter: str, mark: str) -> None:
    rows = ["Preferred,Forbidden,SOURCE", '"car","auto|automobile",车', "", ",,", "van", '"a ""big"" van","big\nvan"']
    (car, van, big) = glossary.load(written(tmp_path, mark + "\r\n".join(rows).replace(",", delimiter)))
    assert (car.preferred, car.forbidden, car.sources) == (("car",), ("auto", "automobile"), ("车",))
    assert car.where.endswith("terms.csv:2")
    assert (van.preferred, van.where[-2:]) == (("van",), ":5")
    assert (big.preferred, big.forbidden) == (('a "big" van',), ("big van",))


BROKEN_CSV = [
    ("preferred,forbiden\na,b\n", ":1: unknown column 'forbiden'. Did you mean 'forbidden'?"),
    ("forbidden,source\na,b\n", ":1: no column 'preferred'. The columns are: source"),
    ("preferred,preferred\na,b\n", ":1: two columns are called 'preferred'"),
    ("preferred,forbidden\n,auto\n", ":2: column 'preferred': no term. Say what"),
    ("preferred,forbidden\ncar,auto,x\n", ":2: 3 cells under 2 columns. Put cells"),
    ('preferred,forbidden\ncar,"auto\n', ":2: not CSV: unexpected end of data. Close"),
    ('preferred,forbidden\ncar,"auto"x\n', ":2: not CSV: ',' expected"),
    ("preferred,case\ncar,exakt\n", ":2: column 'case': 'exakt' says nothing about case. Did you mean 'exact'?"),
    ("preferred,forbidden\ncar,++\n", ":2: column 'forbidden': “++” holds no word"),
    (f"preferred\n{'a ' * 13}\n", ":2: column 'preferred': “a a a a a a a a a a a a a” has 13 words"),
    (f"preferred\n{'a' * 301}\n", "has 301 characters. A term has at most 300."),
    (f"preferred,source\na,{'车' * 33}\n", ":2: column 'source': “"),
    (f"preferred\n{'a' * 200_000}\n", ":2: not CSV: field larger"),
    ("preferred,forbidden\nlog in,Log-in\n", ":2: “Log-in” is forbidden and reads like “log in”"),
    ("preferred,forbidden\ncar,\n", "forbids no term and names no source term"),
    ("preferred\n", "forbids no term and names no source term"),
    ("", "the glossary is empty"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN_CSV, ids=[message[:40] for _, message in BROKEN_CSV])
def test_a_broken_table_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UserError) as error:
        glossary.list_rules([path])
    assert error.value.sentence().startswith(str(path))
    assert message in error.value.sentence()
    assert error.value.hint


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"'.xlsx' is no kind of glossary. Give a .csv"):
        glossary.load(tmp_path / "terms.xlsx")
    with pytest.raises(UserError, match="there is no such glossary"):
        glossary.load(tmp_path / "terms.csv")
    (tmp_path / "bytes.csv").write_bytes(b"preferred\n\xff\n")
    with pytest.raises(UserError, match="is not UTF-8"):
        glossary.load(tmp_path / "bytes.csv")


TBX2 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1">
  <descrip type="definition">a car that is charged</descrip>
  <langSet xml:lang="en-US">
    <tig><term>EV</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>electric <hi>vehicle</hi></term><termNote type="partOfSpeech">noun</termNote>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
    <tig><term>power car</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <tig><term>e &amp; car</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="zh"><tig><term>电动汽车</term></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="zh"><tig><term>车</term></tig></langSet></termEntry>
</body></text></martif>
"""
TBX3 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xml:lang="en"><text><body>
<conceptEntry id="c1"><langSec xml:lang="de"><termSec><term>Auto</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>car</term></termSec>
<termSec><term>auto</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
</langSec></conceptEntry></body></text></tbx>
"""


def test_tbx_of_both_versions(tmp_path: Path) -> None:
    two = written(tmp_path, TBX2, "two.tbx")
    three = written(tmp_path, TBX3, "three.xml")
    assert glossary.load(two) == (
        Entry(f"{two}:4", ("electric vehicle", "EV"), ("power car", "e & car"), ("电动汽车",)),
    )
    assert glossary.load(three) == (Entry(f"{three}:2", ("car",), ("auto",), ("Auto",)),)
    assert [f.suggestions for f in check(two, "Power cars sell.")] == [("Electric vehicles", "EVs")]
    assert [f.rule for f in check(three, "It sells.", "Das Auto läuft.")] == [MISSING]


def test_a_concept_may_have_wrong_names_only(tmp_path: Path) -> None:
    right = "<termSec><term>car</term></termSec>"
    path = written(tmp_path, TBX3.replace(right, ""), "three.tbx")
    (finding,) = check(path, "An auto passed.")
    assert (finding.suggestions, finding.message) == ((), "The glossary forbids “auto”.")
    (rule,) = glossary.list_rules([path])
    assert list(rule_selftest.list_failures(rule)) == []


BOMB = '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
BROKEN_TBX = [
    (BOMB + TBX3, ":1: the file brings its own declarations"),
    ('<!DOCTYPE tbx SYSTEM "x.dtd">' + TBX3.replace(">car<", ">caf&eacute;<"), ":3: the entity '&eacute;' is not"),
    (TBX3.replace(">car<", ">caf&eacute;<"), ":3: not XML: undefined entity"),
    (TBX3.replace("</langSec></con", "</con"), ":5: not XML: mismatched tag"),
    (TBX3[:300], "not XML: "),
    ("<html><body/></html>", ":1: the root is <html>, so this is no TBX"),
    ("<tbx>" + "<hi>" * 200_000, ":1: elements nest deeper than 64"),
    (TBX3.replace('<langSec xml:lang="de">', "<langSec>"), ":2: <langSec> names no language"),
    (TBX3.replace("deprecatedTerm", "depricatedTerm"), "Did you mean 'deprecatedTerm-admn-sts'?"),
    (TBX3.replace(">car<", ">?!<"), ":3: <term>: “?!” holds no word"),
    (TBX3.replace(">car<", ">Auto<"), ":2: “auto” is forbidden and reads like “Auto”"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN_TBX, ids=[message[:40] for _, message in BROKEN_TBX])
def test_broken_tbx_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text, "terms.tbx")
    with pytest.raises(UserError) as error:
        glossary.list_rules([path])
    assert error.value.sentence().startswith(f"{path}:")
    assert message in error.value.sentence()
    assert error.value.hint


MOST_LOOPS = 500.0
"""Each of these takes about a second on one core; quadratic work takes minutes."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("forbidden", "text"),
    [
        ([f"system part{n}" for n in range(10_000)], "The system part9 works; a system of systems does not. " * 5_000),
        (["a " * 11 + "b"] + [f"{'a ' * (n % 11)}c{n}" for n in range(9_999)], "a " * 130_000),
        (["auto"] * 50_000, "Two autos passed. " * 2_000),
        ([f"C++ (beta) [x]{{{n}" for n in range(10_000)], "C++ (beta) [x" * 20_000),
    ],
    ids=["same beginning", "repetition", "one term in all rows", "pattern characters"],
)
def test_ten_thousand_terms_over_a_quarter_of_a_megabyte(tmp_path: Path, forbidden: list[str], text: str) -> None:
    rows = (f"词{n},right{n},{wrong}" for n, wrong in enumerate(forbidden))
    path = written(tmp_path, "source,preferred,forbidden\n" + "\n".join(rows))
    hits: list[Hit] = []

    def check() -> None:
        rule = glossary.list_rules([path])[0]
        hits.extend(rule.find(rule_selftest.make_document([Example(text, source="词5词7" * 10)])))

    assert loops(check) < MOST_LOOPS
    assert len(hits) <= 20_000


def test_a_changed_glossary_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, "preferred,forbidden\ncar,auto\n")
    assert check(path, "The van passed.") == ()
    written(tmp_path, "preferred,forbidden\ncar,van \n")
    assert [f.text for f in check(path, "The van passed.")] == ["van"]


def test_configuration_and_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The committee met on Tuesday and bought two automobiles for its members.\n"
    written(tmp_path, text, "a.txt")
    (tmp_path / "style").mkdir()
    written(tmp_path / "style", CARS, "terms.csv")
    written(tmp_path, 'glossary = ["style/terms.csv"]\nselect = "glossary"\nfail-on = "glossary"\n', "stilted.toml")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert main(["check", "../a.txt", "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["text"], finding["suggestions"]) == (
        "glossary/forbidden-term",
        "automobiles",
        ["cars"],
    )
    written(tmp_path, "glossary/forbidden-term: automobiles\n", ".stilted-ignore")
    assert main(["check", "../a.txt"]) == 0
    capsys.readouterr()


def test_the_option_is_repeatable_and_its_faults_exit_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "The committee met on Tuesday and bought two automobiles and a lorry.\n", "a.txt")
    written(tmp_path, CARS, "one.csv")
    written(tmp_path, "preferred;forbidden\ntruck;lorry\n", "two.csv")
    arguments = ["check", "a.txt", "--select", "glossary", "--format", "json", "--glossary", "one.csv"]
    assert main([*arguments, "--glossary", "two.csv"]) == 0
    assert [f["text"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["automobiles", "lorry"]
    written(tmp_path, "prefered;forbidden\ntruck;lorry\n", "two.csv")
    assert main([*arguments, "--glossary", "two.csv"]) == 2
    assert "two.csv:1: unknown column 'prefered'. Did you mean 'preferred'?" in capsys.readouterr().err


def test_a_word_that_is_written_small_forbids_no_name_that_is_written_alike(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("source,preferred,forbidden\n,can,may\n,log in,sign in\n", "utf-8")

    def marked(text: str) -> list[str]:
        return [f.text for f in api.check(text, glossary=path, select="glossary").findings]

    assert marked("It rained all through May in town.") == []
    assert marked("Users may go. May they stay?") == ["may", "May"]
    assert marked("What Users May Do") == ["May"]
    assert marked("Then Sign In to the page.") == ["Sign In"]


@pytest.mark.parametrize(
    ("source", "number"),
    [("Er schloss die Tür.", 0), ("Er verließ das Schloss.", 1)],
)
@pytest.mark.parametrize("language", ["de", None])
def test_a_german_noun_is_told_by_its_capital(tmp_path: Path, source: str, number: int, language: str | None) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("source,preferred\nSchloss,castle\n", "utf-8")
    report = api.check_segments(
        ["He left it."], sources=[source], source_language=language, glossary=path, select="glossary"
    )
    assert len(report.findings) == number
