"""Manuals by native writers, as Debian packages them: paragraphs of running text, inline code as one character."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from stilted.core.foreign import OBJECT

FOLDERS: Final = {
    "python": "doc/python3.11/html",
    "rust": "doc/rust-doc/html",
    "postgres": "doc/postgresql-doc-15/html",
    "django": "doc/python-django-doc/html",
    "apache": "doc/apache2-doc/manual/en",
    "sqlite": "doc/sqlite3",
    "nodejs": "doc/nodejs",
}
"""Where each manual lies below ``usr/share`` once its package is unpacked."""
_BLOCKS: Final = frozenset(
    "p li dd dt td th h1 h2 h3 h4 h5 h6 div section article ul ol dl table tr blockquote body br header footer"
    " nav".split()
)
_CODE: Final = frozenset("code tt kbd samp var".split())
_SKIPPED: Final = frozenset("pre script style head nav svg footer button h1 h2 h3 h4 h5 h6 dt th".split())
_RUST: Final = re.compile(
    r"html/(?:book|reference|cargo|nomicon|rust-by-example|rustdoc|rustc|std/(?:io|fs|sync|thread|collections|string|vec"
    r"|net|process|time|path|fmt|iter|mem|ptr|option|result))"
)
"""What is read of the Rust manuals; most of the rest says the same of other types."""
_INDEXES: Final = frozenset("genindex.html search.html print.html".split())
_FEWEST: Final = 6
_ENGLISH: Final = re.compile(r"\b(?:the|and|of|to|is|in)\b")


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._code = 0
        self._skipped: list[str] = []

    def flush(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._pieces)).strip()
        self._pieces = []
        if text:
            self.found.append(re.sub(rf"{OBJECT}\s?\(\)", OBJECT, text))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SKIPPED:
            self.flush()
            self._skipped.append(tag)
        elif not self._skipped:
            if tag in _BLOCKS:
                self.flush()
            if tag in _CODE:
                if not self._code:
                    self._pieces.append(OBJECT)
                self._code += 1

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            return
        if tag in _CODE and self._code:
            self._code -= 1
        if tag in _BLOCKS:
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self._skipped and not self._code:
            self._pieces.append(data)


def _read(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")


def list_paragraphs(share: Path, manual: str) -> Iterator[str]:
    """Yield the paragraphs of a manual that end like a sentence and are not mostly of another language, each once."""
    seen: set[str] = set()
    for path in sorted((share / FOLDERS[manual]).rglob("*.html*")):
        if path.name in _INDEXES or not path.name.endswith((".html", ".html.gz", ".html.en")):
            continue
        if manual == "rust" and not _RUST.search(str(path)):
            continue
        text = _read(path)
        if manual in ("python", "django"):
            text = text.partition('<div class="body" role="main">')[2] or text
        parser = _Paragraphs()
        parser.feed(text)
        parser.flush()
        for each in parser.found:
            words = each.split()
            if len(words) >= _FEWEST and each[-1] in ".?!:" and each not in seen:
                seen.add(each)
                if len(_ENGLISH.findall(each)) * 12 >= len(words):
                    yield each
