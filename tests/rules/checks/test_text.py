"""Markup, endings, inconsistency and text that was left untranslated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stilted
from stilted.core.model import Finding, Rule
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import inconsistency, markup, sentence_edges, untranslated
from work import grows

RULES: tuple[Rule, ...] = (*markup.RULES, *sentence_edges.RULES, *inconsistency.RULES, *untranslated.RULES)


def find_in(target: str, reference: str | None = None, source: str | None = None) -> list[tuple[str, str]]:
    one = build_segments("t", [target], [reference] if reference else None, [source] if source else None)
    return [(f.rule, f.text) for f in detect.run(RULES, one)[0]]


PIECES = ("{name}", "{{ user.name }}", "${x}", "%s", "%1$d", "%(count)d", "<b>", "</a>", "&copy;", "me@lamp.example")


@pytest.mark.parametrize("piece", [*PIECES, "https://lamp.example/a?b=c"])
def test_pieces_that_must_survive(piece: str) -> None:
    assert find_in(f"See {piece} today", source=f"Heute {piece} sehen") == []
    assert [rule for rule, _ in find_in("See it today", source=f"Heute {piece} sehen")] == ["markup/missing"]


def test_a_changed_tag_is_marked_with_the_right_one() -> None:
    one = build_segments("t", ["Click <i>here</i> now"], None, ["Hier <b>klicken</b> bitte"])
    hits = detect.run(markup.RULES, one)[0]
    assert [(f.text, f.suggestions[0]) for f in hits] == [("<i>", "<b>"), ("</i>", "</b>")]


def test_percentages_and_comparisons_are_no_placeholders() -> None:
    assert find_in("It fell 5 %, and a < b holds, AT&T says.", source="Es fiel 5 %, und a < b gilt, sagt AT&T.") == []


def test_what_reference_and_source_disagree_on_is_nobodys_fault() -> None:
    assert find_in("Write to us at once.", "Write to us at a@b.example at once.", "Schreiben Sie uns sofort.") == []


def test_endings() -> None:
    reference = "The river rose again and flooded the lower town."
    assert find_in("The river rose again and flooded the", reference) == [("endings/cut-off", "the")]
    assert find_in("The river rose again and flooded the town", reference) == [("endings/no-end-mark", "town")]
    assert find_in("the river rose again.", reference) == [("endings/small-start", "the")]
    assert find_in("Did the river rise again?", reference) == [("endings/question", "?")]
    assert find_in("River Rises Again In Lower Town", reference) == []


def segments(targets: list[str], sources: list[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    hits: tuple[Finding, ...] = detect.run(inconsistency.RULES, build_segments("t", targets, None, sources))[0]
    return [(f.rule.partition("/")[2], f.text, f.suggestions) for f in hits]


def test_inconsistency() -> None:
    assert segments(["Open file", "Open document"], ["Datei öffnen", "Datei öffnen"]) == [
        ("translated-two-ways", "document", ("file",))
    ]
    assert segments(["Open the file", "Open the file"], ["Datei öffnen", "Alles löschen"]) == [
        ("translated-alike", "Open the file", ())
    ]
    assert segments(["Open file.", "open file"], ["Datei öffnen", "Datei öffnen!"]) == []


def test_untranslated() -> None:
    assert find_in("He praised the 高质量 发展 plan.") == [("untranslated/source-script", "高质量 发展")]
    assert find_in("He praised the plan (高质量).") == []
    assert find_in("La città è stata chiusa per il maltempo.", None, "城市关闭了") == [
        ("untranslated/other-language", "La città è stata chiusa per il maltempo.")
    ]
    assert find_in("Ciudad de México", "Mexico City") == []
    assert find_in("Der Mann von der Post", "Der Mann von der Post") == []


def test_passages_in_another_language_are_told_once_in_a_row() -> None:
    italian = ["La città è stata chiusa per il maltempo.", "Il ponte non è aperto per la piena di un fiume."] * 2
    english = "The bridge is open again and the town is not."
    page = "\n\n".join([english, *italian, english, english, english, english, italian[0]])
    found = [
        f
        for f in stilted.check(page, ignore=["tagger", "repetition"]).findings
        if f.rule == "untranslated/other-language"
    ]
    assert [(f.text, f.message) for f in found] == [
        (italian[0], "This is Italian, not English. The same goes for 3 passages after it."),
        (italian[0], "This is Italian, not English."),
    ]
    strings = stilted.check_segments(italian, ignore=["tagger"])
    assert len([f for f in strings.findings if f.rule == "untranslated/other-language"]) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Kapitän Blaubär Straße 5, 20457 Hamburg",
        "Hotel Zum Goldenen Anker",
        "Universidad de las Américas",
        "Ludwig van Beethoven: Für Elise",
        "harbour.pilot.retry-interval.seconds",
        "boat_class [enum]",
        "--tug-colour-dark",
        "Int8 / UInt8 / Float32 / Decimal",
        "docs/häfen/straße.md",
        "https://boats.example/de/hafen/für/alle",
        "git push --force origin hafen",
        r"\\frac{a}{b} \\cdot \\mathrm{d} x",
        "Please enter the name of the pier",
        "New crew member",
        "AI pilot activated!",
        "Average mooring time (µs)",
        "日本",
        "Порт.ОткрытьКанал()",
        "{[ { hafen: 'Kiel', tiefe: '>= 11' } ]}",
        "Click to go aboard",
        "Fo'ana",
        "Depth (mm³)",
        "Hafen nad Labem [CZ-42]",
        "Puerto de San Ignacio de la Barca",
        "Lorem ipsum dolor sit amet",
        "português (Brasil)",
    ],
)
@pytest.mark.parametrize("language", ["cs", "de", "es", "fr", "it", "pl", "pt", "ru", "ja", None])
def test_a_source_without_words_of_its_language_may_stay(text: str, language: str | None) -> None:
    report = stilted.check_segments(
        [text], sources=[text], select="untranslated/copied-source", source_language=language
    )
    assert report.findings == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Datei öffnen", "de"),
        ("Bitte alle Boote vor dem Sturm vertäuen", None),
        ("O barco não pode sair do porto", "pt"),
        ("No se pudo abrir la compuerta", "es"),
        ("Amarrar los barcos antes de la tormenta", "es"),
        ("Selezionare la barca da ormeggiare", "it"),
        ("Ordner umbenennen", "de"),
        ("Masquer les colonnes", "fr"),
        ("L'envoi a échoué.", "fr"),
        ("Порт закрыт из-за шторма", "ru"),
        ("港は嵐のため閉鎖されました。 船は出ません。", "ja"),
    ],
)
def test_a_source_left_as_it_was_is_found(text: str, language: str | None) -> None:
    report = stilted.check_segments([text], sources=[text], select="untranslated", source_language=language)
    assert [(finding.rule, finding.severity) for finding in report.findings] == [
        ("untranslated/copied-source", "critical")
    ]


def test_sources_show_together_what_language_a_short_one_is_in() -> None:
    sources = ["Ordner umbenennen", "Alle auswählen", "Wird geladen …", "Datei wurde gelöscht", "Boot öffnen"]
    alone, *rest = sources
    translated = ["Select all", "Loading …", "The file was deleted", "Open the boat"]
    assert stilted.check_segments([alone], sources=[alone], select="untranslated").findings == ()
    report = stilted.check_segments([alone, *translated], sources=[alone, *rest], select="untranslated")
    assert [finding.text for finding in report.findings] == ["Ordner umbenennen"]
    english = ["Rename the folder", "Select all", "Open the boat", "The file was deleted"]
    assert stilted.check_segments(english, sources=english, select="untranslated").findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "var(--pier-gap-het) 0 var(--pier-gap-van) var(--pier-gap-een)",
        "e.g.: https://boats.example/por/que/uma/para",
        "El Niño y La Niña",
        "“Il mare non ha paese”",
        "van.de.het.een = niet; van.de.het.een = voor;",
        "Rio de Janeiro, São Paulo e Belo Horizonte",
    ],
)
def test_names_code_and_quotations_are_no_other_language(text: str) -> None:
    assert find_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The character 舟 (zhōu) stands for a boat.",
        "It is written as 舟 in most books.",
        "The Hebrew word ים is short.",
        "Boats (rus. ЛодкаПарус) are declared first.",
        "Set Порт.Глубина before ОткрытьПорт() runs.",
        "Its kanji, 海 (sea), is easy to draw.",
        "It returns letters (such as '배' for 舟).",
        "日本語",
        "English, 한국어 and Русский are there.",
        "docs/帆船/readme.md",
        "日本語 中文说明",
        "Letters that are allowed: A-Za-zА-Яа-я.",
        "It cannot be lit at once (refer to なぜ ランプは 点かないのか？).",
        "前往中文版",
        "灯塔 ¥ 50",
        "**帆 ¥ 10.5",
    ],
)
def test_words_of_another_script_that_a_text_speaks_of(text: str) -> None:
    assert find_in(text) == []


def test_a_table_may_list_names_of_another_language_under_its_name() -> None:
    names = ["ОТКРЫТЬПОРТ", "ЗАКРЫТЬПОРТ"]
    rules = {"select": "untranslated/source-script"}
    assert stilted.check_segments(["Russian name", "English name", *names], **rules).findings == ()
    findings = stilted.check_segments(["Name", "Russian boats", "ОТКРЫТЬ ПОРТ СЕЙЧАС"], **rules).findings
    assert [finding.text for finding in findings] == ["ОТКРЫТЬ ПОРТ СЕЙЧАС"]


def test_the_end_of_a_name_may_stay_in_another_script_where_the_original_has_it_so() -> None:
    def words_in(text: str, source: str) -> list[str]:
        report = stilted.check_segments([text], sources=[source], select="untranslated/source-script")
        return [finding.text for finding in report.findings]

    assert words_in("Send it by Lamp灯, if lit.", "可通过 Lamp灯 发送。") == []
    assert words_in("Send it by Lamp灯, if lit.", "可通过 Lamp灯光发送。") == ["灯"]
    assert words_in("Send it by Lamp灯光号, if lit.", "可通过 Lamp灯光号 发送。") == ["灯光号"]
    assert words_in("We lit the灯 today.", "我们今天点了the灯") == ["灯"]
    assert words_in("See 点灯の方法 for it", "点灯の方法を見てください") == ["点灯の方法"]
    assert words_in("灯塔 ¥ 50 for us", "灯塔 ¥ 50") == ["灯塔"]


def test_names_in_a_table_of_those_who_took_part_stay() -> None:
    rules = {"select": "untranslated"}
    texts = ["\ufffc 林小舟 💻 📖", "林小舟", "\ufffc 陈灯塔 🚇"]
    assert stilted.check_segments(texts, **rules).findings == ()
    assert stilted.check_segments([texts[2]], sources=[texts[2]], **rules).findings == ()
    assert [finding.text for finding in stilted.check_segments(["林小舟", "新功能 ✨"], **rules).findings] == [
        "林小舟",
        "新功能",
    ]


def test_a_heading_of_which_a_gloss_alone_is_english_is_found() -> None:
    assert find_in("设置 (Settings)") == [("untranslated/source-script", "设置")]
    assert find_in("We set $k$和$v$ here.") == [("untranslated/source-script", "和")]


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_them(one: str, other: str, third: str) -> None:
    for rule, _ in find_in(one or "x", other or "x", third or "x"):
        assert rule


@pytest.mark.parametrize("part", ["{", "<a ", "%(", "a@", "&a", "的 ", "# "])
def test_hostile_texts_take_work_in_proportion(part: str) -> None:
    def find(size: int) -> None:
        text = part * size
        find_in(text, text + ".", text + "x")

    assert grows(find, 200) < 8
