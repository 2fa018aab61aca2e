"""Language: English is let in, other languages are not, and short texts get the benefit of the doubt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stilted
from growth import require_linear
from stilted.core.errors import UserError
from stilted.text.language import detect, require_english, require_prose

CORPORA = Path(__file__).parents[2] / "corpora"

ENGLISH = "The harbour was quiet when the first of the boats came back, long before the market opened."
OTHERS = {
    "de": "Der Hafen war noch still, als die ersten Boote lange vor der Öffnung des Marktes zurückkehrten.",
    "fr": "Le port était calme lorsque les premiers bateaux sont rentrés, bien avant l’ouverture du marché.",
    "es": "El puerto estaba tranquilo cuando volvieron los primeros barcos, mucho antes de abrir el mercado.",
    "it": "Il porto era tranquillo quando le prime barche tornarono, molto prima che aprisse il mercato.",
    "pt": "O porto estava calmo quando os primeiros barcos voltaram, muito antes de o mercado abrir.",
    "nl": "De haven was nog stil toen de eerste boten terugkwamen, lang voordat de markt openging.",
    "ru": "В гавани было тихо, когда вернулись первые лодки, задолго до открытия рынка.",
    "zh": "第一批船回来的时候，港口还很安静，市场还要很久才开门。",
    "ja": "最初の船が戻ってきたとき、港はまだ静かでした。",
    "ko": "첫 번째 배들이 돌아왔을 때 항구는 조용했다.",
    "ar": "كان الميناء هادئا عندما عادت القوارب الأولى.",
    "el": "Το λιμάνι ήταν ήσυχο όταν γύρισαν οι πρώτες βάρκες.",
}


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_refused_by_name(code: str) -> None:
    assert detect(OTHERS[code]) == code
    with pytest.raises(UserError, match=r"this looks like [A-Z][a-z]+, not English") as error:
        require_english(OTHERS[code], "reference.txt")
    assert error.value.where == "reference.txt"
    assert "source" in error.value.hint


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        f"{ENGLISH} He said “你好” to her.",
        "We weren't even here.",
        "Again, quite big differences.",
        "Drink warm water, don't drink ice water.",
        "He is in bed",
        "Log in to continue",
        "Set up email alerts",
        "Net income fell 4 percent",
        "Fire in Lagos market kills nine",
        "“Two weeks,” he said (see page 12).",
        "Best before end June",
        "Total energy use per capita",
        "Rio de la Plata ferry sinks",
        "São Paulo mayor visits Santa Fe",
        "Save",
        "Zurück zur Liste",  # too short to tell
        "",
        "12,345.67 89 10 11",
        "https://www.example.com/le/la/les/des/une",
        "\x00\ud800",
        "!!! … ???",
        "Names of calls:\n\n" + "\n".join(f"ОТКРЫТЬПОРТ{n} | OPENPORT{n}" for n in range(40)),
        "var(--pier-gap-het) var(--pier-gap-van) 0 var(--pier-gap-een)\n" * 30,
        "e.g.: https://boats.example/por/que/uma/para",
        "ПОРТ\nКАНАЛ\n\nOpen the port before the boats of the day come in.",
        "MY BOAT IS A WRECK",
        "charter agreement",
    ],
)
def test_english_and_what_is_too_short_to_tell_pass(text: str) -> None:
    require_english(text, "t")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Das Konzert findet heute nicht statt."),
        ("de", "Die Brücke ist seit gestern gesperrt."),
        ("de", "Bitte beachten Sie die neuen Öffnungszeiten."),
        ("fr", "Le chat noir dort dans la maison."),
        ("fr", "Nous avons perdu les clés du bureau."),
        ("es", "El alcalde no quiso hablar con nosotros."),
        ("it", "Il sindaco non ha voluto parlare oggi."),
        ("pt", "O presidente não quis falar com os jornalistas."),
        ("nl", "De burgemeester wilde niet met ons praten."),
        ("pl", "Burmistrz nie chciał dziś z nami rozmawiać."),
        ("sv", "Borgmästaren ville inte tala med oss."),
        ("tr", "Belediye başkanı bugün bizimle konuşmak istemedi ve gitti."),
    ],
)
def test_a_short_sentence_of_another_language_is_refused_for_its_own_words(code: str, text: str) -> None:
    assert detect(text) == code


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_an_answer_and_always_the_same(text: str) -> None:
    assert detect(text) == detect(text)


@pytest.mark.parametrize("code", ["ru", "zh", "de"])
def test_a_page_of_another_language_is_refused_though_some_of_it_is_english(code: str) -> None:
    with pytest.raises(UserError, match="not English"):
        require_english("\n\n".join([OTHERS[code]] * 8 + ["Open the port", "Save"]), "page.md")
    require_english("\n\n".join([OTHERS[code], *[ENGLISH] * 4]), "page.md")


def test_a_long_table_of_names_and_figures_with_labels_is_no_refusal() -> None:
    require_prose("Depth of piers\n" + "pier_depth.max-tons 12 string\n" * 40 + "pier.gap\n" * 300, "table.md")


def test_the_answer_is_the_same_in_every_process() -> None:
    code = f"from stilted.text.language import detect; print([detect(t) for t in {[ENGLISH, *OTHERS.values()]!r}])"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("text", [ENGLISH + " ", "小鹏汽车", "x" * 5000, "a@" * 3000], ids=["en", "zh", "x", "at"])
def test_time_does_not_grow_with_the_text(text: str) -> None:
    require_linear(lambda size: detect(text * size), 500)


LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. "


@pytest.mark.parametrize(
    "text",
    [LOREM * 30, " ".join(map(str, range(2000))), "a" * 100_000, "xq zvw plk brt " * 120],
    ids=["lorem", "numbers", "one letter", "random letters"],
)
def test_what_is_no_prose_does_not_pass(text: str) -> None:
    with pytest.raises(UserError, match=r"no English prose|looks like"):
        stilted.check(text, ignore="tagger")


@pytest.mark.parametrize(
    "path",
    sorted((*CORPORA.glob("*/*.en.txt"), *CORPORA.glob("clean/*.txt"))),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_prose_is_prose(path: Path) -> None:
    require_prose(path.read_text("utf-8"), path.name)
    require_prose("Save\nOpen\nClose\n" * 20, "short")
