"""How long an editor waits: from a key to the findings of the rules, and until the model's have followed.

``python -m stilted.lab.benches.editor corpora/clean``. The folder holds texts, of which a Markdown page of 2,000 words
is made, with headings, a list, a table, code and faults of our own in between. ``stilted lsp`` runs as an editor runs
it: a process of its own, spoken to over its standard input and output; the clock stops when a version's diagnostics
have arrived. One pass has the page alone, one a reference beside it, one a source. Figures need a machine that does
nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from stilted.lab.editor_client import Editor
from stilted.text.segment import split_blocks, split_sentences

WORDS: Final = 2_000
TYPED: Final = ("e", " ", "s", ".", "\n", "🙂", "very ", "\n\n")
"""What is typed, one change each; every other change takes it back, so that words are split and joined."""

_FAULTS: Final = (
    "On Monday the carmaker’s production line officially went offline.",
    "He waited at the the gate for an hour 🙂.",
    "The new office building have four floors.",
)
_CODE: Final = "```sh\nstilted check docs/en --source docs/zh\n```\n"
_TABLE: Final = "| Key | Meaning |\n| --- | --- |\n| Escape | leaves the menu |\n"
_TABLE_IN_CHINESE: Final = "| 键 | 意义 |\n| --- | --- |\n| 退出 | 离开菜单 |\n"


def make_page(folder: Path, words: int) -> str:
    """Return a Markdown page of about *words* words, made of the texts in *folder* in the order of their names."""
    parts: list[str] = []
    left = words
    for number, path in enumerate(sorted(folder.glob("*.txt"))):
        text = path.read_text("utf-8")
        parts.append(f"## {path.stem.replace('-', ' ').capitalize()}\n")
        for span in split_blocks(text):
            parts.append(f"{span.of(text)}\n")
            left -= len(span.of(text).split())
            if left <= 0:
                return "\n".join(parts)
        parts += [_FAULTS[number % len(_FAULTS)] + "\n", f"- {_FAULTS[(number + 1) % len(_FAULTS)]}\n", _CODE, _TABLE]
    raise ValueError(f"the texts of {folder} have fewer than {words} words")


def make_reference(text: str) -> str:
    """Return another version of a page: each tenth sentence is gone, and each third begins otherwise."""
    reworded = []
    for number, span in enumerate(split_sentences(text)):
        sentence = span.of(text)
        if number % 10:
            reworded.append(f"And then, {sentence}" if number % 3 == 0 and sentence[:1].isalpha() else sentence)
    return "\n\n".join(reworded)


def make_source(text: str) -> str:
    """Return a page in Chinese with the same blocks, and as many sentences of like length in each."""
    return "\n\n".join(map(_translate, text.split("\n\n")))


def _translate(block: str) -> str:
    if block.startswith("```"):
        return block
    if block.startswith("|"):
        return _TABLE_IN_CHINESE.rstrip()
    mark, prose = re.fullmatch(r"((?:#+ |- )?)(.*)", block, re.S).groups()  # type: ignore[union-attr]
    lengths = (len(span) for span in split_sentences(prose))
    return mark + "".join("这里写着原文" * (1 + length // 25) + "。" for length in lengths)


async def measure(text: str, keys: int, options: dict[str, str]) -> dict[str, list[float]]:
    """Return the seconds until the rules speak and until the model does, at opening and after each of *keys* changes.

    ``while the model reads`` are keys that come half a second after a whole paragraph was pasted: the rules must not
    wait for the model.
    """
    chance = random.Random(1)
    waits: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        waits.setdefault(name, []).append(seconds)

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for role, make in (("reference", make_reference), ("source", make_source)):
            if role in options:
                (root / options[role]).write_text(make(text), "utf-8")
        editor = Editor(root)
        await editor.start(dict(options))

        async def hear(began: float) -> float:
            return (await editor.hear(uri))[0] - began

        try:
            began = time.perf_counter()
            uri = editor.open("page.md", text)
            note("opened: rules", await hear(began))
            note("opened: model", await hear(began))
            pasted = " ".join(text.split()[:300])
            for number in range(keys):
                key = TYPED[number % len(TYPED)]
                at = chance.randrange(len(text))
                for start, end, new in ((at, at, key), (at, at + len(key), "")):
                    began = time.perf_counter()
                    editor.type(uri, start, end, new)
                    note("a key: rules", await hear(began))
                    note("a key: model", await hear(began))
            for number in range(max(1, keys // 4)):
                editor.type(uri, 0, 0, f"Part {number}. {pasted}\n\n")
                await asyncio.sleep(0.6)
                began = time.perf_counter()
                editor.type(uri, 0, 0, "a")
                note("a key while the model reads: rules", await hear(began))
                await hear(began)
                editor.type(uri, 0, editor.texts[uri].index("\n\n") + 2, "")
                await editor.hear(uri, rounds=2)
        finally:
            await editor.stop()
    return waits


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.benches.editor", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of English texts, *.txt")
    parser.add_argument("--words", type=int, default=WORDS, help=f"words of the page ({WORDS:,})")
    parser.add_argument("--keys", type=int, default=40, help="changes typed, each then taken back (40)")
    options = parser.parse_args(argv)
    text = make_page(options.folder, options.words)
    print(f"Milliseconds until findings are there, a page of {len(text.split()):,} words: median, 95%, most, times")
    passes: dict[str, dict[str, str]] = {
        "alone": {},
        "with a reference": {"reference": "reference.md"},
        "with a source": {"source": "source.md", "source-language": "zh"},
    }
    for name, given in passes.items():
        for what, seconds in asyncio.run(measure(text, options.keys, given)).items():
            high = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
            shown = "".join(f"{1000 * each:8,.0f}" for each in (median(seconds), high, max(seconds)))
            print(f"  {name + ', ' + what:54}{shown}{len(seconds):6}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
