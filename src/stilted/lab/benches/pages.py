"""How much of a page is compared with its source, and are planted faults seen there?

``python -m stilted.lab.benches.pages DIR [--faults]``. Each folder of ``DIR`` is a project: pages of English in ``en``,
their sources in a folder named by the language (``zh``, ``ko``), under the same paths. Printed are, for each project,
the sentences of the pages and the share of them that have a counterpart.

Then one block of 25 is left out on either side of each page, and the pairs are held against those of the page as it is:
how many are kept of the sentences that stand on both sides, and how many have another counterpart.

With ``--faults`` one paragraph of each page is spoilt: another page's paragraph stands in its place or behind it, or
its second half is cut off, or a *not* is put in, or it is gone; seen is what a rule of adequacy or coverage marks in
the spoilt page alone.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stilted import api, formats
from stilted.core.errors import UserError
from stilted.core.model import Document
from stilted.core.options import make_settings
from stilted.formats.units import Parsed
from stilted.pipeline import detect, join

ENGLISH: Final = "en"
LEFT_OUT: Final = 0.04
_LANGUAGE: Final = re.compile(r"[a-z]{2}")
_PARAGRAPH: Final = re.compile(r"^[A-Z][^|<>{}\[\]`\n]*[.]$", re.MULTILINE)
_FEWEST, _MOST = 10, 40
_VERB: Final = re.compile(r"\b(?:is|are|can|will|should|must|does|has)\b(?! not)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its source, as read, and the language of the source."""

    target: Parsed
    source: Parsed
    language: str

    def document(self) -> Document:
        """Return the page beside its source."""
        return join.join_document(self.target, None, self.source, source_language=self.language)


def read_pages(folder: Path) -> dict[str, list[Page]]:
    """Return the pages of every project below *folder* that have a source."""
    projects: dict[str, list[Page]] = {}
    for project in sorted(path for path in folder.iterdir() if (path / ENGLISH).is_dir()):
        languages = [p.name for p in sorted(project.iterdir()) if p.is_dir() and _LANGUAGE.fullmatch(p.name)]
        pages = [page for name in languages if name != ENGLISH for page in _read_pages(project, name)]
        if pages:
            projects[project.name] = pages
    return projects


def _read_pages(project: Path, language: str) -> Iterator[Page]:
    for path in sorted((project / ENGLISH).rglob("*.md*")):
        origin = project / language / path.relative_to(project / ENGLISH)
        if origin.is_file():
            try:
                page = Page(formats.read(path), formats.read(origin), language)
                page.document()
            except UserError:
                continue
            yield page


def list_pairs(document: Document) -> list[tuple[str, str | None]]:
    """Return each sentence of a page with what stands for it in the source."""
    return [(segment.target or "", segment.source) for segment in document.segments]


def drop_blocks(page: Page, seed: random.Random) -> Page:
    """Return the page with blocks left out on either side; the page itself where nothing would remain."""

    def thin(parsed: Parsed) -> Parsed:
        kept = tuple(unit for unit in parsed.units if seed.random() > LEFT_OUT)
        return replace(parsed, units=kept) if any(u.target and u.target.text.strip() for u in kept) else parsed

    return replace(page, target=thin(page.target), source=thin(page.source))


def measure_drift(pages: Sequence[Page]) -> tuple[int, int, int]:
    """Return how many sentences stand on both sides of thinned pages, how many are paired, and how many otherwise."""
    both = paired = other = 0
    for number, page in enumerate(pages):
        truth: dict[str, set[str]] = defaultdict(set)
        for text, origin in list_pairs(page.document()):
            if origin is not None:
                truth[text].add(origin)
        thin = drop_blocks(page, random.Random(number))
        there = join.get_text(thin.source)
        for text, origin in list_pairs(thin.document()):
            if any(each in there for each in truth[text]):
                both += 1
                paired += origin is not None
                other += origin is not None and origin not in truth[text]
    return both, paired, other


def _add_behind(text: str, other: str) -> str:
    return f"{text} {other}"


def _cut(text: str, other: str) -> str:
    words = text.split()
    return " ".join(words[: len(words) // 2]).rstrip(",;") + "."


def _deny(text: str, other: str) -> str:
    return _VERB.sub(lambda m: f"{m.group()} not", text, count=1)


def _leave_out(text: str, other: str) -> str:
    return ""


FAULTS: Final[dict[str, Callable[[str, str], str]]] = {
    "another page's paragraph": lambda text, other: other,
    "another paragraph behind it": _add_behind,
    "cut to half": _cut,
    "'not' put in": _deny,
    "left out": _leave_out,
}


def list_paragraphs(page: Page) -> list[str]:
    """Return the paragraphs that may be spoilt: plain sentences of middling length."""
    found = (m.group() for m in _PARAGRAPH.finditer(page.target.text))
    return [text for text in found if _FEWEST <= len(text.split()) <= _MOST]


def count_faults(pages: Sequence[Page]) -> Counter[tuple[str, str]]:
    """Spoil a paragraph of every page; return how many were spoilt and how many of these were seen, by fault."""
    chosen = make_settings(select=["adequacy", "coverage"])
    rules = api.select(api.list_rules(chosen), chosen)

    def count_marked(page: Page) -> Counter[tuple[str, str]]:
        document = page.document()
        findings, _ = detect.run(rules, document)
        return Counter((each.rule, document.segments[each.segment].target or "") for each in findings)

    others = [text for page in pages for text in list_paragraphs(page)]
    counts: Counter[tuple[str, str]] = Counter()
    for number, page in enumerate(pages):
        seed = random.Random(number)
        own = list_paragraphs(page)
        if not own:
            continue
        before, text, other = count_marked(page), seed.choice(own), seed.choice(others)
        for name, spoil in FAULTS.items():
            written = page.target.text.replace(text, spoil(text, other), 1)
            if written != page.target.text:
                parsed = formats.parse(written.encode("utf-8"), page.target.name, form=page.target.format)
                counts[name, "spoilt"] += 1
                counts[name, "seen"] += bool(count_marked(replace(page, target=parsed)) - before)
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser("python -m stilted.lab.benches.pages", description="Measure pages and sources.")
    parser.add_argument("folder", type=Path, help="holds projects with pages in 'en' beside 'zh', 'ko', …")
    parser.add_argument("--faults", action="store_true", help="plant faults, too: some minutes")
    parser.add_argument("--pages", type=int, metavar="N", help="pages of each project that faults are planted in")
    given = parser.parse_args(arguments)
    projects = read_pages(given.folder)
    print(f"{'':16}{'pages':>8}{'sentences':>12}{'paired':>9}{'thinned, on both':>20}{'paired':>9}{'otherwise':>12}")
    for name, pages in projects.items():
        every = [origin for page in pages for _, origin in list_pairs(page.document())]
        share = sum(origin is not None for origin in every) / max(1, len(every))
        both, paired, other = measure_drift(pages)
        kept = f"{paired / max(1, both):.0%}"
        print(f"{name:16}{len(pages):>8}{len(every):>12,}{share:>9.0%}{both:>20,}{kept:>9}{other:>12}")
    if given.faults:
        chosen = [page for pages in projects.values() for page in _take_sample(pages, given.pages)]
        counts = count_faults(chosen)
        for name in FAULTS:
            print(f"{name:32}{counts[name, 'seen']:>6} of {counts[name, 'spoilt']} seen")
    return 0


def _take_sample(pages: Sequence[Page], size: int | None) -> Sequence[Page]:
    return pages if size is None or size >= len(pages) else random.Random(1).sample(list(pages), size)


if __name__ == "__main__":
    raise SystemExit(main())
