"""Short articles, some with a fault, as files and as jobs of the file runner."""

from __future__ import annotations

from pathlib import Path

from stilted.runner import file_runner

GOOD = "The boats leave the harbour at six in the morning."
BAD = "On Monday the carmaker’s production line officially went offline."


def article(number: int, sentences: int = 3) -> str:
    lines = (f"{(GOOD, BAD)[(number + i) % 5 == 0]} It is day {number} of the week {i}." for i in range(sentences))
    return "\n\n".join(lines) + "\n"


def folder_of(path: Path, files: int, sentences: int = 3) -> Path:
    path.mkdir(exist_ok=True)
    for number in range(files):
        (path / f"{number:03}.txt").write_text(article(number, sentences), "utf-8")
    return path


def job(text: str | bytes, name: str = "a.txt", **options: object) -> file_runner.Job:
    data = text.encode() if isinstance(text, str) else text
    return file_runner.Job((name, data), None, None, None, tuple({"ignore": "tagger", **options}.items()))
