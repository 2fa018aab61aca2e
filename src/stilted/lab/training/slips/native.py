"""Sentences of documentation by native writers, for the reader of slips to learn what needs no mending.

``python -m stilted.lab.training.slips.native SHARE BOTOCORE OUT`` reads manuals as Debian packages them, unpacked below
``SHARE``, and the descriptions of interfaces in the package ``botocore``, unpacked in ``BOTOCORE``; it writes a line of
JSON for each sentence, with what it comes from.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from stilted.lab.training.grammar.manuals import OBJECT, is_read, paragraphs_of
from stilted.rules.tagger.masking import CODE
from stilted.text.segment import sentences

MANUALS: Final = {
    "python": "python3.11/html",
    "rust": "rust-doc/html",
    "postgres": "postgresql-doc-15/html",
    "django": "python-django-doc/html",
    "apache": "apache2-doc/manual/en",
    "sqlite": "sqlite3",
    "nodejs": "nodejs",
    "sqlalchemy": "python-sqlalchemy-doc/html",
    "llvm": "llvm-14-doc/html",
    "flask": "python-flask-doc/html",
    "jinja": "python-jinja2-doc/html",
    "werkzeug": "python-werkzeug-doc/html",
    "click": "python-click-doc/html",
    "pytest": "python-pytest-doc/html",
    "celery": "python-celery-doc/html",
    "cryptography": "python-cryptography-doc/html",
    "tornado": "python-tornado-doc/html",
    "tomcat": "tomcat10-docs/docs",
    "boost": "libboost1.74-doc/doc/html",
    "astropy": "python-astropy-doc/html",
    "pandas": "python-pandas-doc/html",
    "scipy": "python-scipy-doc/html",
    "sphinx": "sphinx-doc/html",
}
"""Where each manual lies below ``usr/share/doc``; all under Apache-2.0, MIT, BSD, PSF, PostgreSQL or Boost licences."""

_FEWEST, _MOST = 5, 40
"""Words of a sentence."""

_LONGEST: Final = 3_000
"""Code points of a paragraph; what is longer is a table or a listing."""

_MOST_OF_ONE: Final = 25_000
"""Sentences of one manual."""

_OF_BOTOCORE: Final = 110_000
_LINK: Final = re.compile(r"</?(?:a|i|b|em|strong)\b[^>]*>")
_WHOLE: Final = re.compile(r"[A-Z][^\n|{}<>\\=]*[.?!:]")
_ENGLISH: Final = re.compile(r"\b(?:the|and|of|to|is|in|a|for|you|this|be|are)\b", re.IGNORECASE)
_HEXES: Final = re.compile(r"\d[\d.,:/-]{7,}|[^\x00-\x7f–—’“”…é]")


def manual(share: Path, name: str) -> Iterator[str]:
    """Yield the paragraphs of a manual."""
    for path in sorted((share / "doc" / MANUALS[name]).rglob("*.html*")):
        if path.is_file() and is_read(path, name):
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
            yield from paragraphs_of(text.partition('role="main">')[2] or text)


def botocore(folder: Path) -> Iterator[str]:
    """Yield the paragraphs that describe the operations and shapes of services."""
    for path in sorted(folder.glob("botocore/data/*/*/service-2.json.gz")):
        for text in _descriptions(json.loads(gzip.decompress(path.read_bytes()))):
            yield from paragraphs_of(_LINK.sub("", text))


def _descriptions(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "documentation" and isinstance(value, str):
                yield value
            else:
                yield from _descriptions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _descriptions(value)


def clean_sentences(paragraphs: Iterator[str]) -> Iterator[str]:
    """Yield the sentences of *paragraphs* that are whole and English, each once; code is the word CODE."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        if len(paragraph) > _LONGEST or not _ENGLISH.search(paragraph):
            continue
        paragraph = re.sub(rf"\b{CODE}\(\)", CODE, re.sub(rf"{OBJECT}+", CODE, paragraph)).replace("¶", "")
        for span in sentences(paragraph):
            text = " ".join(span.of(paragraph).split())
            words = text.split()
            if (
                _FEWEST <= len(words) <= _MOST
                and _WHOLE.fullmatch(text)
                and not _HEXES.search(text)
                and len(_ENGLISH.findall(text)) * 9 >= len(words)
                and sum(word.strip(".,:()") == CODE for word in words) * 4 <= len(words)
                and text.count("(") == text.count(")")
                and text not in seen
            ):
                seen.add(text)
                yield text


def main(argv: Sequence[str] | None = None) -> None:
    """Write the sentences in an order that depends on nothing but them."""
    parser = argparse.ArgumentParser(prog="python -m stilted.lab.training.slips.native", description=__doc__)
    parser.add_argument("share", type=Path)
    parser.add_argument("botocore", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args(argv)
    rows: list[tuple[str, str]] = []
    for name in MANUALS:
        texts = sorted(clean_sentences(manual(chosen.share, name)))
        random.Random(name).shuffle(texts)
        rows += [(name, text) for text in texts[:_MOST_OF_ONE]]
        print(f"{name}: {len(texts):,}", flush=True)
    texts = sorted(clean_sentences(botocore(chosen.botocore)))
    random.Random("botocore").shuffle(texts)
    print(f"botocore: {len(texts):,}", flush=True)
    rows += [("botocore", text) for text in texts[:_OF_BOTOCORE]]
    rows.sort(key=lambda row: row[1])
    with chosen.out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
        for name, text in rows:
            file.write((json.dumps({"from": name, "text": text}, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
