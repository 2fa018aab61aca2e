"""The rules that read the source: pieces, masks, places of what is missing or extra, and when they keep silent."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stilted import check, check_file, check_segments
from stilted.core.errors import UserError
from stilted.core.model import Document, Hit, Segment, Span
from stilted.pipeline import rule_selftest
from stilted.rules.checks.negation.of_source import count_denials
from stilted.rules.tagger import adequacy, inference
from stilted.rules.tagger.adequacy import decide, model_files
from stilted.rules.tagger.adequacy.beside import breaks_off, holds_other_marks, shares_a_word
from stilted.rules.tagger.adequacy.denial import (
    ADDED_BESIDE,
    ADDED_TO_BOUND,
    ADDED_TO_IMPLIED,
    AGREED,
    AGREED_TWICE,
    BELIEFS,
    COULD,
    DROPPED_BESIDE,
    EVIDENCE,
    FORBIDDEN,
    IDIOM,
    MATCHED,
    UNEQUAL,
    UNSAID,
    find_evidence,
)
from stilted.rules.tagger.adequacy.inference import MAX_PIECES, PairReading, encode, infer
from stilted.rules.tagger.adequacy.lengths import count_source_words, count_spoken_words, count_words_behind_few
from stilted.rules.tagger.adequacy.rule import is_readable, make_finder, names_the_same
from stilted.rules.tagger.adequacy.unigram import UNKNOWN, Vocabulary, cut_into_pieces
from stilted.rules.tagger.features import split_words
from stilted.rules.tagger.masking import CODE, blank_code, find_masks
from stilted.rules.tagger.model_folder import CARD

SOURCE = "Speichern Sie die Datei, bevor Sie das Fenster schließen."
TARGET = "Save the file before you close the window."
ELSE = "The bakery sells fresh bread every morning."


def document(*pairs: tuple[str, str | None], language: str | None = None) -> Document:
    segments = tuple(Segment(str(n), target, None, source) for n, (target, source) in enumerate(pairs, 1))
    return Document("strings", segments, source_language=language, has_source=True)


def hits(*pairs: tuple[str, str | None], language: str | None = None, sensitivity: str = "medium") -> list[Hit]:
    return list(make_finder(sensitivity)(document(*pairs, language=language)))


# --- pieces ---------------------------------------------------------------------------------------------


TINY = Vocabulary(
    [
        ("<s>", 0),
        ("<pad>", 0),
        ("</s>", 0),
        ("<unk>", 0),
        ("▁", -2),
        ("▁ab", -3),
        ("a", -5),
        ("b", -5),
        ("ab", -6.5),
        ("c", -4),
    ]
)


def cut(text: str) -> list[tuple[int, str]]:
    return [(piece.id, text[piece.start : piece.end]) for piece in cut_into_pieces(text, TINY, find_masks(text))]


def test_the_likeliest_pieces_are_chosen() -> None:
    assert cut("abc ab") == [(5, "ab"), (9, "c"), (5, "ab")]
    assert cut("cab") == [(4, ""), (9, "c"), (8, "ab")]


def test_neighbours_that_are_unknown_are_one_piece() -> None:
    assert cut("aXYb") == [(4, ""), (6, "a"), (UNKNOWN, "XY"), (7, "b")]


def test_code_is_one_unknown_piece_and_markup_none() -> None:
    assert cut("ab {0}<b>ab</b>") == [(5, "ab"), (UNKNOWN, "{0}"), (5, "ab")]


def test_compatible_characters_are_read_alike_and_keep_their_places() -> None:
    assert cut("ａｂ\u200bc") == [(5, "ａｂ"), (4, ""), (9, "c")]


@given(st.text(max_size=80))
@settings(deadline=None)
def test_pieces_lie_in_the_text_and_in_order(text: str) -> None:
    parts = cut_into_pieces(text, model_files.read_vocabulary(), find_masks(text))
    assert all(0 <= piece.start <= piece.end <= len(text) for piece in parts)
    assert all(one.start <= other.start for one, other in pairwise(parts))


def test_a_word_without_end_is_cut_in_linear_time() -> None:
    assert sum(p.end - p.start for p in cut_into_pieces("ab" * 20_000, TINY)) == 40_000


# --- masks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Open {name} in %s or %(place)s", ["{name}", "%s", "%(place)s"]),
        ("Run `make all`, see https://a.example/b.", ["`make all`", "https://a.example/b."]),
        ("Set os.path or max_size with --no-cache", ["os.path", "max_size", "--no-cache"]),
        ("<b>Save</b> (&S)", ["<b>", "</b>", "(&S)"]),
        ("U.S. shares fell $100 at 9 a.m.", []),
        ("a plain sentence, e.g. this one", []),
        ("The :math:`i` of a :ref:`lamp <lamps>` burns", [":math:`i`", ":ref:`lamp <lamps>`"]),
        ("Note: `lamp` burns, at 9:`30`", ["`lamp`", "`30`"]),
        ("The wick `%s' is no part of lamp `%s'.", ["%s", "%s"]),
        ("Set `lamp` and ``oil wick``.", ["`lamp`", "``oil wick``"]),
    ],
)
def test_what_is_no_language_is_masked(text: str, hidden: list[str]) -> None:
    assert [text[mask.start : mask.end] for mask in find_masks(text)] == hidden


@given(st.text(max_size=60))
def test_a_text_without_code_keeps_its_length(text: str) -> None:
    assert len(blank_code(text)) == len(text)
    assert blank_code("See `some code` here.") == f"See {CODE}        here."


def test_only_words_of_language_count() -> None:
    assert count_spoken_words("Open {file} with `vim -R` now") == 3
    assert count_spoken_words("") == 0


# --- reading --------------------------------------------------------------------------------------------


def test_a_pair_is_read_the_same_whatever_stands_beside_it() -> None:
    alone = infer(TARGET, SOURCE)
    infer.cache_clear()
    before = inference._threads
    try:
        for threads in (1, 2):
            inference.use_threads(threads)
            crowd = hits((ELSE, SOURCE), (TARGET, SOURCE), (ELSE, SOURCE), sensitivity="high")
            assert {hit.segment for hit in crowd} == {0, 2}
    finally:
        inference.use_threads(before)
    assert infer(TARGET, SOURCE) == alone


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "{0}", "\ud800", "𐍈", "nan"])
def test_strange_texts_are_read_without_complaint(text: str) -> None:
    for pair in ((text, SOURCE), (TARGET, text), (text, text)):
        reading = infer(*pair)
        assert reading is None or len(reading.words) == len(reading.added) == len(reading.contrary)
        assert hits(pair, sensitivity="low") == [] or text not in ("", " ", "\u200b")


def test_pairs_that_are_too_long_are_left_alone() -> None:
    assert encode("word " * MAX_PIECES, SOURCE, model_files.read_vocabulary()) is None
    assert hits(("word " * MAX_PIECES, SOURCE)) == []


# --- places ---------------------------------------------------------------------------------------------


def reading(target: str, source: str, *, added: list[float], missing: list[float]) -> PairReading:
    own = cut_into_pieces(source, model_files.read_vocabulary())
    target_words = tuple(split_words(target))
    assert (len(target_words), len(own)) == (len(added), len(missing))
    return PairReading(
        target,
        source,
        (0.0,) * 4,
        target_words,
        tuple(added),
        (-5.0,) * len(target_words),
        tuple(zip(own, missing, strict=True)),
    )


POINTS = {"low": -1.0, "medium": -1.0, "high": -1.0, "certain": 9.0, "confidence": [0.0, 1.0]}
NEVER = {**POINTS, "medium": 9.0}
SILENT = {**dict.fromkeys(decide.FAULTS, NEVER), "contradiction": dict.fromkeys(EVIDENCE, NEVER)}


def test_the_words_that_are_extra_are_marked() -> None:
    target = "Close the window. Buy bread now."
    read = reading(
        target,
        "Fenster",
        added=[-5, -5, -5, -4, 3, -1, 3, 1],
        missing=[-5] * len(cut_into_pieces("Fenster", model_files.read_vocabulary())),
    )
    tuned = {**SILENT, "addition": POINTS}
    assert [v.span.of(target) for v in decide.decide_faults(read, tuned, "medium")] == ["Buy bread now."]


def test_what_is_missing_is_quoted_in_whole_words() -> None:
    source = "Fenster schließen und Licht löschen."
    own = cut_into_pieces(source, model_files.read_vocabulary())
    missing = [4.0 if piece.start >= source.index("icht") else -4.0 for piece in own]
    read = reading("Close the window.", source, added=[-5, -5, -5, -5], missing=missing)
    tuned = {**SILENT, "omission": POINTS}
    verdict = next(iter(decide.decide_faults(read, tuned, "medium")))
    assert verdict.quote == "Licht löschen" or verdict.quote == "löschen"
    assert verdict.span.of("Close the window.") == "window"


def test_what_is_missing_is_no_half_of_code_and_stands_beside_a_word() -> None:
    source = "Fenster schließen mit :kbd:`Lampe`."
    own = cut_into_pieces(source, model_files.read_vocabulary(), find_masks(source))
    missing = [4.0 if piece.start >= source.index(":kbd:") else -4.0 for piece in own]
    target = "Close :kbd:`Lampe`."
    read = PairReading(
        target, source, (0.0,) * 4, tuple(split_words(target)), (), (), tuple(zip(own, missing, strict=True))
    )
    tuned = {**dict.fromkeys(decide.FAULTS, NEVER), "omission": POINTS}
    verdict = next(iter(decide.decide_faults(read, tuned, "medium")))
    assert verdict.quote == ":kbd:`Lampe`"
    assert verdict.span.of(target) == "Close"


def test_a_mark_alone_adds_nothing() -> None:
    target = "Close the window (now)."
    size = len(cut_into_pieces("Fenster", model_files.read_vocabulary()))
    read = reading(target, "Fenster", added=[-5, -5, -5, 3, -5, -5, -5], missing=[-5] * size)
    tuned = {**SILENT, "addition": POINTS}
    assert list(decide.decide_faults(read, tuned, "medium")) == []


@pytest.mark.parametrize(
    ("target", "source", "same"),
    [
        ("Set LAMP_MODE to green", "请将 LAMP_MODE 设为绿色", True),
        ("Light the HTTP lamp of the CPU", "点亮 CPU 的 HTTP 灯", True),
        ("Light the HTTP lamp", "关闭 HTTP 窗口", False),
        ("Light the lamp", "Die Lampe brennt", False),
        ("Invalid wick for LightLamp", "LightLamp() の引数が無効です", True),
        ("The `lamp` lacks a `wick`.", "Il manque une « wick » à la « lamp ».", True),
        ("", "", False),
    ],
)
def test_who_names_the_same_things_translates(target: str, source: str, *, same: bool) -> None:
    assert names_the_same(target, source) is same


def test_a_translation_of_something_else_has_no_other_fault() -> None:
    read = reading(
        "Close it.",
        "Fenster",
        added=[5, 5, 5],
        missing=[5.0] * len(cut_into_pieces("Fenster", model_files.read_vocabulary())),
    )
    tuned = {**SILENT, "unrelated": POINTS, "addition": POINTS}
    assert [v.fault for v in decide.decide_faults(read, tuned, "medium")] == ["unrelated"]
    assert next(decide.decide_faults(read, tuned, "medium")).span == Span(0, 9)


# --- hits -----------------------------------------------------------------------------------------------


def test_the_rules_do_what_their_examples_show() -> None:
    assert [failure for rule in adequacy.list_rules() for failure in rule_selftest.list_failures(rule)] == []


def test_other_texts_are_told_from_translations() -> None:
    marked = hits((ELSE, SOURCE), (TARGET, SOURCE))
    assert [(hit.rule, hit.segment) for hit in marked] == [("adequacy/unrelated", 0)]
    assert SOURCE[:40] in marked[0].message


def test_a_stricter_point_finds_a_part_of_what_a_looser_one_finds() -> None:
    pairs = [(ELSE, SOURCE), (f"{TARGET} {ELSE}", SOURCE), ("Save the file now.", SOURCE), (TARGET, SOURCE)]
    low, medium, high = ({(h.rule, h.segment) for h in hits(*pairs, sensitivity=s)} for s in ("low", "medium", "high"))
    assert low <= medium <= high
    assert high


@pytest.mark.parametrize(
    ("target", "source", "language"),
    [
        ("Fresh bread daily", SOURCE, "de"),  # three words
        (SOURCE, SOURCE, "de"),  # left untranslated: another rule's affair
        (ELSE, SOURCE, "nl"),  # a language the model does not know
        (ELSE, "Zapisz plik, zanim zamkniesz okno, bo zmiany przepadną.", None),
        (ELSE, "Збережіть файл, перш ніж закрити вікно.", None),
        (ELSE, None, "de"),
        (ELSE, "x", "de"),  # nobody writes that
        ("{0} {1} {2} {3} {4}", SOURCE, "de"),
    ],
)
def test_it_is_silent_where_it_cannot_know(target: str, source: str | None, language: str | None) -> None:
    assert hits((target, source), language=language, sensitivity="high") == []


def test_the_findings_count_and_can_fail_a_check() -> None:
    report = check_segments([ELSE, TARGET], sources=[SOURCE, SOURCE], fail_on=["critical"])
    findings = [finding for finding in report.findings if finding.rule == "adequacy/unrelated"]
    assert [(f.segment, f.severity) for f in findings] == [(0, "critical")]
    assert findings[0].confidence >= 0.97  # what fails a build is said to be sure
    assert report.verdict.passed is False
    assert report.scorecard.penalty >= 25


def test_a_short_label_is_never_critical() -> None:
    report = check_segments(["Fresh bread every morning"], sources=[SOURCE], select=["adequacy"])
    assert [(f.rule, f.severity) for f in report.findings] == [("adequacy/unrelated", "major")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("下方", 1),
        ("是否隐藏", 2),
        ("保存 file 前", 2),
        ("窓を閉じる前に保存", 4),
        ("Datei speichern", 2),
        ("저장하기", 2),
    ],
)
def test_words_of_sources_are_counted_in_every_script(text: str, count: int) -> None:
    assert count_source_words(text) == count


def test_a_label_of_few_words_may_be_put_as_a_sentence() -> None:
    report = check_segments([ELSE, ELSE], sources=["下方", SOURCE], source_language="zh", select=["adequacy"])
    assert {finding.segment for finding in report.findings} == {1}


def test_a_heading_in_both_languages_adds_nothing() -> None:
    heading = "ランプの掃除と手入れの方法"
    report = check_segments(
        [f"{heading} -- How to clean a lamp and to look after it"],
        sources=[heading],
        source_language="ja",
        select=["adequacy/addition"],
    )
    assert not report.findings


def test_a_manual_puts_things_freely(tmp_path: Path) -> None:
    for name, text in (("en.md", ELSE), ("de.md", SOURCE)):
        (tmp_path / name).write_text(text, "utf-8")
    found = [
        len(
            check_file(
                tmp_path / "en.md",
                source=tmp_path / "de.md",
                source_language="de",
                select=["adequacy/unrelated"],
                sensitivity=sensitivity,
            ).findings
        )
        for sensitivity in ("medium", "high")
    ]
    assert found == [0, 1]


def test_forms_for_several_counts_add_nothing() -> None:
    source = "搜索灯，找到三盏灯。"
    target = "Search for lamps. Found no lamp at all. | Search for lamps. Found one lamp on the shelf."
    assert not check_segments([target], sources=[source], source_language="zh", select=["adequacy"]).findings


def test_a_break_that_a_program_spells_is_none_of_the_words() -> None:
    pair = r"Lamps cannot be\nlit this way!", r"Lampen können so\nnicht angezündet werden."
    assert not check_segments(pair[:1], sources=pair[1:], source_language="de", select=["adequacy"]).findings
    pair = r"You can not change the\npassword later.", r"Vous pourrez modifier le\nmot de passe plus tard."
    report = check_segments(pair[:1], sources=pair[1:], source_language="fr", select=["adequacy"])
    assert [finding.rule for finding in report.findings] == ["adequacy/contradiction"]


def test_what_is_told_of_pages_is_minor() -> None:
    report = check(ELSE, source=SOURCE, source_language="de", select=["adequacy"])
    assert [(f.rule, f.severity) for f in report.findings] == [("adequacy/unrelated", "minor")]


def test_without_a_source_the_rules_say_why_they_did_not_run() -> None:
    report = check_segments([TARGET])
    reasons = {skipped.rule: skipped.reason for skipped in report.skipped}
    assert "source" in reasons["adequacy/omission"]


@pytest.mark.parametrize(
    ("target", "source", "language", "said"),
    [
        ("This is not conducive to work.", "这不利于工作。", "zh", AGREED),
        ("You cannot leave.", "Sie können gehen.", "de", "added"),
        ("You cannot leave.", "Sie können nur gehen.", "de", "perhaps added"),
        ("You can leave the room.", "Sie können den Raum nicht verlassen.", "de", COULD),
        ("You can leave only now.", "Sie können jetzt nicht gehen.", "de", COULD),
        ("The lamp failed to burn.", "Die Lampe brannte nicht.", "de", "perhaps dropped"),
        ("The lamp {0} is green.", "Die Lampe {0} ist nicht grün.", "de", "dropped"),
        ("This field may be empty.", "Dieses Feld darf nicht leer sein.", "de", "dropped"),
        ("If not, buy another lamp.", "Falls nicht, kaufen Sie eine andere Lampe.", "de", UNSAID),
        ("The lamp could be found.", "Impossible de trouver la lampe.", "fr", COULD),
        ("Light it before the rain comes.", "Allumez-la avant que la pluie ne vienne.", "fr", UNSAID),
        ("The lamp is green and empty.", "La lámpara es verde y no está vacía.", "es", "dropped"),
        ("Up to nine lamps.", "Не больше девяти ламп.", "ru", UNSAID),
        ("The lamp is available.", "Лампа недоступна.", "ru", COULD),
        ("The lamp value is valid.", "ランプの値が無効です。", "ja", "dropped"),
        ("You may light the lamp here.", "여기서 램프를 켜면 안 됩니다.", "ko", "dropped"),
        ("The lamp was found.", "未找到该灯。", "zh", COULD),
        ("The names match.", "名称不匹配。", "zh", COULD),
        ("Lamps of many kinds hang here.", "这里挂着各种不一的灯。", "zh", UNSAID),
        ("You can leave.", "Sie können gehen.", "de", UNSAID),
        ("The name must be unique.", "名前は一意でなければなりません。", "ja", UNSAID),
        ("The window opens itself.", "ウィンドウは開きません。", "ja", "dropped"),
        ("The window opens itself.", "창이 열리지 않습니다.", "ko", "dropped"),
        ("Feel welcome to ask us.", "N'hésitez pas à demander.", "fr", UNSAID),
        ("Remember to save it.", "Не забудьте сохранить файл.", "ru", UNSAID),
        ("You can leave the room.", "Sie können den Raum nicht verlassen.", None, UNSAID),
        ("Dim indistinguishable lamps.", "调暗无法区分的灯。", "zh", UNSAID),
        (
            "The lamp must not be longer than :max metres.",
            "Die Lampe darf maximal :max Meter lang sein.",
            "de",
            MATCHED,
        ),
        ("Don't light any lamps other than green ones.", "Zünde nur grüne Lampen an.", "de", ADDED_TO_BOUND),
        ("Carry the lamp (not its stand).", "Trage die Lampe (statt ihres Ständers).", "de", ADDED_TO_BOUND),
        ("The lamp does not exist.", "Лампа отсутствует.", "ru", ADDED_TO_BOUND),
        ("Lamps outside the hall may flicker.", "Лампы не в зале могут мигать.", "ru", UNSAID),
        ("Light a lamp rather than a candle.", "请点灯，不要点蜡烛。", "zh", UNSAID),
        ("Green lamps won't be lit.", "Les lampes vertes seront ignorées.", "fr", ADDED_TO_IMPLIED),
        ("Do not show the lamp.", "Cacher la lampe.", "fr", ADDED_TO_IMPLIED),
        ("Light it without a match.", "Allumez-la, sinon attendez.", "fr", ADDED_TO_IMPLIED),
        ("The lamp could not be lit.", "Ошибка при включении лампы.", "ru", MATCHED),
        ("The size of the lamp is not valid", "请输入有效的灯的尺寸", "zh", ADDED_TO_BOUND),
        ("A lamp is optional.", "Une lampe n'est pas obligatoire.", "fr", UNSAID),
        ("It cannot burn if the oil is wrong.", "Das Öl muss stimmen, damit sie brennt.", "de", ADDED_TO_IMPLIED),
        ("Don&#39;t light it", "Zünden Sie sie nicht an", "de", AGREED),
        ("The lamp must not have a flame.", "La lampe ne doit pas avoir de flamme.", "fr", AGREED),
        ("The lamp may hold no oil.", "A lâmpada não pode conter nenhum óleo.", "pt", AGREED),
        ("The lamp is not the same as the other one.", "Лампа отличается от другой.", "ru", ADDED_TO_BOUND),
        ("The lamp could not be lit.", "Accensione della lampada fallita.", "it", MATCHED),
        ("Never lit", "Nunca encendida", "es", MATCHED),
        ("Never light green lamps.", "Zünden Sie niemals grüne Lampen an.", "de", MATCHED),
        ("The shade must not block the light.", "La pantalla debe permitir el paso de la luz.", "es", MATCHED),
        ("The lamp should have burnt!?", "¿¡No debería haber ardido la lámpara!?", "es", UNSAID),
        ("The lamp is too old to burn.", "灯太旧，无法点燃。", "zh", UNSAID),
        ("Old lamps will not be deleted.", "Les anciennes lampes seront conservées.", "fr", MATCHED),
        ("If the colour is not green, light it.", "色が緑以外なら、灯してください。", "ja", ADDED_TO_BOUND),
        ("Ignore the lamp.", "Не учитывать лампу.", "ru", UNSAID),
        ("Each lamp must be unique.", "Chaque lampe ne doit pas avoir de doublon.", "fr", UNSAID),
        ("The lamp is not disabled.", "ランプは無効です。", "ja", AGREED_TWICE),
        ("The lamp is not invalid.", "램프가 잘못되었습니다.", "ko", AGREED_TWICE),
        ("The lamp was not ignored.", "Лампа была пропущена.", "ru", ADDED_BESIDE),
        ("The lamps must not be green.", "ランプは緑でなければなりません。", "ja", FORBIDDEN),
        ("The lamps must not be green.", "ランプは緑以外でなければなりません。", "ja", ADDED_TO_BOUND),
        ("The lamp cannot burn without oil.", "没有油灯无法燃烧。", "zh", AGREED_TWICE),
        ("The lamp cannot burn with oil.", "没有油灯无法燃烧。", "zh", UNEQUAL),
        ("The lamp can be invalid.", "灯不能无效。", "zh", DROPPED_BESIDE),
        ("The lamp is invalid.", "灯无效。", "zh", UNSAID),
        ("Whether the lamp is lit", "Se a lâmpada está ou não acesa", "pt", UNSAID),
        ("could light the lamp", "accensione della lampada fallita", "it", COULD),
        ("The lamp is not known.", "不明なランプです。", "ja", AGREED),
        ("Lamp found", "lampada non trovata", "it", COULD),
        ("The lamp is lit, if not green.", "Die Lampe brennt, falls sie grün ist.", "de", IDIOM),
        ("It is one way to light lamps.", "这不失为一种点灯的方式。", "zh", UNSAID),
        ("The lamp must be a lit one.", "O valor da lâmpada não é válido.", "pt", MATCHED),
        ("The :lamp has to match.", ":lamp이 일치하지 않습니다.", "ko", MATCHED),
        ("The lamp must be lit.", "Die Lampe darf nicht brennen.", "de", "dropped"),
        ("The lamp must be lit.", "Лампа не должна гореть.", "ru", "dropped"),
        ("You should light it.", "不要点灯。", "zh", "dropped"),
        ("Lamps may not be lit here.", "Запрещено зажигать лампы.", "ru", MATCHED),
        ("Lamps burn forever.", "灯永不熄灭。", "zh", MATCHED),
        ("Do not light unused lamps.", "不要点亮未使用的灯。", "zh", AGREED_TWICE),
        ("skip old lamps (--no-old)", "nicht mehr alte Lampen zünden (--no-old)", "de", UNSAID),
        ("The lamp could not be lit.", "Errore nell'accensione della lampada.", "it", MATCHED),
        ("It ends without a light.", "灯りがつく前に終わります。", "ja", MATCHED),
        ("It must not exceed nine lamps.", "Es sind höchstens neun Lampen.", "de", MATCHED),
        ("Light them step by step.", "Allumez-les pas à pas.", "fr", UNSAID),
        ("A lamp without a shade burns.", "シェード抜きのランプが燃える。", "ja", AGREED),
        ("It is too hot for the old lamp to burn.", "太热，旧灯无法点燃。", "zh", UNSAID),
        ("The lamp does _not_ burn.", "Лампа _не_ горит.", "ru", AGREED),
        ("Lamps are rarely lit.", "ランプはほとんど灯りません。", "ja", UNSAID),
        ("The lamps do not match.", "Le lampade devono corrispondere.", "it", MATCHED),
        ("The lamps must not match.", "Le lampade devono corrispondere.", "it", "added"),
        ("The oil wasn't altered.", "Масло сохранилось.", "ru", MATCHED),
        ("The harbour is not open.", "Der Hafen ist geschlossen.", "de", MATCHED),
        ("The lamp isn't lit yet, since filling is not finished.", "Remplissage en cours.", "fr", MATCHED),
        ("Lighting it is not that difficult.", "点灯其实很简单。", "zh", MATCHED),
        ("The wick was not cut correctly.", "Фитиль был неправильно обрезан.", "ru", MATCHED),
        ("A lamp without oil hangs there.", "Une lampe dépourvue d'huile y pend.", "fr", MATCHED),
        ("Don't show old lamps in green", "Entferne die grüne Farbe alter Lampen", "de", MATCHED),
        ("Old lamps will not be removed.", "旧灯仍然可用。", "zh", MATCHED),
        ("Filling the lamp is still in progress.", "灯还没装满。", "zh", MATCHED),
        ("Some lamps have errors.", "Некоторые лампы не удалось зажечь.", "ru", MATCHED),
        ("Oil (green) required!", "Öl (grün) nicht gefunden!", "de", MATCHED),
        ("The end must be after the start.", "La fine non può venire prima dell'inizio.", "it", MATCHED),
        ("Fix lighting two lamps.", "二つのランプが灯らない不具合の修正。", "ja", MATCHED),
        ("Do not use invalid oil.", "不正な油を使わないでください。", "ja", AGREED),
        ("Oil it when the lamp is not green.", "Alle Lampen außer den grünen ölen.", "de", MATCHED),
        ("Oil it if the lamp isn't green.", "Huiler toutes les lampes, sauf les vertes.", "fr", MATCHED),
        ("Not oiled when the lamp is lit.", "Alle Lampen außer den grünen ölen.", "de", ADDED_TO_IMPLIED),
        ("Name of the lamp (fixed)", "Name der Lampe (nicht änderbar)", "de", MATCHED),
        ("Name of the lamp (constant)", "灯的名称（不可修改）", "zh", MATCHED),
        ("Name of the lamp (new)", "Name der Lampe (nicht änderbar)", "de", "dropped"),
        ("It won't burn until you light it.", "Sie brennt erst, wenn Sie sie anzünden.", "de", MATCHED),
    ],
)
def test_words_of_negation_tell_which_side_denies(target: str, source: str, language: str | None, said: str) -> None:
    assert find_evidence(target, source, language) == said


def test_a_source_whose_letters_are_spelt_by_numbers_is_not_compared() -> None:
    target = "With this you can light the lamps again, one by one."
    assert is_readable(Segment("", target, None, "Damit können Sie die Lampen nacheinander wieder anzünden."))
    assert not is_readable(Segment("", target, None, r"Damit k\u00F6nnen Sie die Lampen nacheinander wieder anzünden."))


@pytest.mark.parametrize(
    ("source", "language", "times"),
    [
        ("La lampe ne doit pas brûler.", "fr", 1),
        ("La lampe ne brûle pas, et sans huile.", "fr", 2),
        ("Nunca hay ninguna lámpara.", "es", 1),
        ("无法在非有效的灯中使用", "zh", 2),
        ("灯亮着。", None, 0),
        ("Die Lampe brennt nicht ohne Öl.", "de", 2),
        ("Die Lampe brennt nicht.", None, 0),
        ("", "ja", 0),
    ],
)
def test_words_of_one_denial_are_counted_once(source: str, language: str | None, times: int) -> None:
    assert count_denials(source, language) == times


@pytest.mark.parametrize("said", sorted({*EVIDENCE, *BELIEFS}))
def test_whoever_is_asked_for_more_is_told_no_less(said: str) -> None:
    for kind, tuned in model_files.FILES.read_card()["decoding"].items():
        low, medium, high = (decide.find_least(tuned, said, each, kind) for each in ("low", "medium", "high"))
        assert low >= medium >= high


def test_what_must_be_and_must_not_contradict_each_other() -> None:
    source = "ランプは緑色でなければなりません。"
    pairs = ("The lamp must not be green.", source), ("The lamp must be green.", source)
    assert [(h.rule, h.segment) for h in hits(*pairs, language="ja")] == [("adequacy/contradiction", 0)]


@pytest.mark.parametrize(
    ("target", "source", "off"),
    [
        ("Close the window and", "关上窗户和门。", True),
        ("The lamp is not", "灯不亮。", True),
        ("Green lamps or not", "绿灯与否", False),
        ("Sign in", "登录到灯塔", True),
        ("Warning:", "警告：灯没有点亮", True),
        ("Warning:", "警告：", False),
        ("Look in", "以下の灯台を探す：", False),
        ("Send to", "Absenden an:", False),
        ("Look in", "以下の灯台を探します。", True),
        ("The lamp (green", "灯（绿色）", True),
        ("The lamp (green", "灯（绿色", False),
        ("Close the window.", "关上窗户。", False),
        ("Lamps to buy", "要买的灯", False),
        ("", "", False),
    ],
)
def test_a_word_or_mark_behind_which_more_must_follow_breaks_off(target: str, source: str, off: bool) -> None:
    assert breaks_off(target, source) == off


@pytest.mark.parametrize(
    ("target", "source", "words"),
    [
        ("lit", "点灯が完了しました。", 1),
        ("Lamp error", "Bei der Lampe ist ein Fehler aufgetreten", 3),
        ("&Wick:", "芯(&W)：", 0),
        ("The lamp is green and lit", "Die Lampe ist grün und brennt", 0),
    ],
)
def test_what_a_label_leaves_out_rightly_is_not_counted(target: str, source: str, words: int) -> None:
    assert count_words_behind_few(target, source) == words


def test_what_the_source_has_in_the_same_words_is_no_addition() -> None:
    pair = ("Implementation based on :py:mod: `~.lamp`", "基于 :py:mod:`~.lamp` 的实现——")
    assert [h for h in hits(pair, language="zh") if h.rule == "adequacy/addition"] == []


def test_marks_and_names_are_compared_wherever_they_stand() -> None:
    assert not holds_other_marks("Lamp %1$s of %2$s burns", "%2$s 的灯 %1$s 亮着")
    assert holds_other_marks("Lamp %s burns", "灯亮着")
    assert holds_other_marks("Use --oil here", "Verwenden Sie --docht")
    assert not holds_other_marks("Light of the EEA", "Lumière de l'EEE")
    assert not holds_other_marks("Oil with VAT", "Öl mit MwSt")
    assert holds_other_marks("Oil with VAT", "Öl mit Docht")
    assert holds_other_marks("Oil with VAT for %s", "Öl mit MwSt")
    assert holds_other_marks("Oil by SSH", "Öl mit HTTP und FTP")
    assert shares_a_word("The Lumen lamp", "Lumen 灯")
    assert not shares_a_word("The lamp", "灯")
    assert not shares_a_word("", "")


def test_what_a_string_of_a_catalogue_adds_is_told_where_it_is_surer_than_that() -> None:
    terse = ("Move lamps to first row of keeper's window", "灯移至第一行")
    longer = ("Save the file before you close the window. The bakery sells fresh bread.", SOURCE)
    catalogue = dataclasses.replace(document(terse, longer), format="json")
    assert [(each.rule, each.segment) for each in make_finder("medium")(catalogue)] == [("adequacy/addition", 1)]
    assert [each.segment for each in make_finder("high")(catalogue)] == [0, 1]


def test_a_short_string_with_other_marks_may_be_another_text() -> None:
    source = "所有的灯都已经在关窗之前熄灭了。"
    assert [h.rule for h in hits(("Buy %d loaves", source), language="zh")] == ["adequacy/unrelated"]
    assert hits(("Burning %d lamps", "%d 盏灯正在燃烧。"), language="zh") == []


def test_half_of_a_short_string_is_missed() -> None:
    assert [h.rule for h in hits(("Could not", "Die Lampe konnte nicht gelöscht werden."))] == ["adequacy/omission"]
    assert hits(("Cannot light lamp", "Die Lampe kann nicht angezündet werden.")) == []
    assert hits(("Lamp", "Lampe")) == []
    assert hits(("lamp_oil (ml)", "lamp_oil — Verbleibender Vorrat an Öl in der Lampe (ml)")) == []


def test_the_opposite_of_a_short_string_is_told_where_words_say_so_too() -> None:
    source = "Die Lampe existiert nicht."
    assert [h.rule for h in hits(("The lamp exists", source), language="de")] == ["adequacy/contradiction"]
    assert hits(("Lamp does not exist", source), ("No such lamp", source), language="de") == []


def test_a_contradiction_is_told_where_words_and_model_agree() -> None:
    source = "Vous pourrez modifier le mot de passe plus tard."
    marked = hits(
        ("You can not change the password later.", source),
        ("You can change the password later.", source),
        ("You can change the password later.", "Vous ne pourrez pas modifier le mot de passe plus tard."),
    )
    assert [(hit.rule, hit.segment) for hit in marked] == [("adequacy/contradiction", 0), ("adequacy/contradiction", 2)]


# --- files ----------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    shipped = model_files.FILES.path
    for name in (model_files.MODEL, model_files.VOCABULARY, CARD):
        shutil.copy(shipped / name, tmp_path / name)
    model_files.FILES.look_in(tmp_path)
    yield tmp_path
    model_files.FILES.look_in(shipped)


def test_the_files_that_ship_are_whole_and_small() -> None:
    assert adequacy.find_obstacle() is None
    assert (model_files.FILES.path / model_files.MODEL).stat().st_size < 40_000_000


@pytest.mark.parametrize("name", [model_files.MODEL, model_files.VOCABULARY, CARD])
def test_a_missing_or_damaged_file_is_told(elsewhere: Path, name: str) -> None:
    file = elsewhere / name
    file.write_bytes(file.read_bytes()[:-7] if name != CARD else b"{")
    assert "damaged" in str(adequacy.find_obstacle())
    with pytest.raises(UserError, match="adequacy"):
        hits((TARGET, SOURCE))
    report = check_segments([ELSE], sources=[SOURCE])
    assert "damaged" in {s.rule: s.reason for s in report.skipped}["adequacy/unrelated"]
    file.unlink()
    model_files.FILES.forget()
    assert "missing" in str(adequacy.find_obstacle())


def test_the_card_tells_data_licence_figures_and_limits() -> None:
    card = adequacy.read_card()
    assert {"id", "sha256", "data", "encoder", "recipe", "confidence", "decoding", "figures", "weak_at"} <= card.keys()
    card["id"] = "changed"
    assert adequacy.read_card()["id"] != "changed"


# --- pages -------------------------------------------------------------------------------------------


def test_a_sentence_that_a_paragraph_of_the_source_lacks_is_found_at_high() -> None:
    added = "Every kettle is tested twice before it leaves our factory in the north of the country."
    page = (
        "The kettle\n\nFill the kettle with cold water and close the lid firmly before you press the switch."
        f" {added}\n\nClean the filter once a month with vinegar."
    )
    source = "水壶\n\n请将水壶装满冷水，并在按下开关之前盖紧盖子。\n\n每月用醋清洗一次滤网。"
    assert not check(page, source=source, source_language="zh", select="adequacy").findings
    report = check(page, source=source, source_language="zh", select="adequacy", sensitivity="high")
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("adequacy/addition", "minor")
    assert finding.text in added
    assert page[finding.start : finding.end] == finding.text


def test_a_page_that_says_what_its_source_says_is_left_alone() -> None:
    page = (
        "The kettle\n\nFill the kettle with cold water. Close the lid firmly before you press the switch.\n\n"
        "Clean the filter once a month with vinegar."
    )
    source = "水壶\n\n请将水壶装满冷水，并在按下开关之前盖紧盖子。\n\n每月用醋清洗一次滤网。"
    assert not check(page, source=source, source_language="zh", select="adequacy").findings
