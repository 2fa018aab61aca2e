"""Make the data anew: ``python -m stilted.lab.training.grammar SHARE OUT --scowl DIR --lemminflect DIR --teacher DIR``.

The data of `stilted.text.parts_of_speech`, `stilted.text.native_usage` and the spelling check come to lie in ``OUT``;
their notices say what from. ``SHARE`` is the ``usr/share`` of the Debian packages named there, unpacked; ``--scowl`` is
``dict/scowl`` in it, ``--lemminflect`` the ``resources`` of that package, ``--teacher`` the folder of spaCy's model.
What the teacher tagged is kept in OUT and read again. Takes about half an hour on one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from stilted.lab.training.grammar import choices, forms, manuals, tagger, teach, words


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all files."""
    parser = argparse.ArgumentParser("python -m stilted.lab.training.grammar", description=__doc__)
    parser.add_argument("share", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--scowl", type=Path, required=True)
    parser.add_argument("--lemminflect", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--news", type=Path, help="rows of translations, of which the human ones are read")
    parser.add_argument("--edits", type=Path, help="pairs of sentences before and after an edit")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    taught = given.out / "taught.jsonl.gz"
    if not taught.is_file():
        teach.tag(teach.read_texts(given.share, given.news, given.edits), given.teacher, taught)
    rows = list(teach.read_tagged(taught))
    native = [sentence for kind, sentence in rows if kind != "edit"]
    kept_back, sentences = [s for _, s in rows[: tagger.KEPT_BACK]], [s for _, s in rows[tagger.KEPT_BACK :]]

    for name, examples, least in (
        ("articles", choices.list_articles(native), 0.12),
        ("agreement", choices.list_verbs(native), 0.05),
    ):
        weights, right = choices.train(examples)
        number = choices.write(given.out / f"{name}.xz", weights, least)
        print(f"{name}: {number:,} weights, right in {right:.1%} of what was kept back", flush=True)

    counts, listed = forms.count_tags(sentences), forms.read_tables(given.lemminflect)
    frequent = frozenset(word for word, tags in counts.items() if tags.total() >= tagger.FREQUENT)
    allowed = tagger.list_allowed_tags(counts, listed)
    learnt = tagger.train(sentences, allowed, frequent)
    kept = words.read_scowl(given.scowl, [size for size in words.SIZES if size <= 60])
    tagger.write(given.out, allowed, frequent, counts, listed, kept, learnt)
    same = tagger.measure_agreement(kept_back, learnt, allowed, frequent)
    print(f"tagger: {len(learnt):,} features, the teacher's tag for {same:.1%} of what was kept back", flush=True)

    paragraphs = (text for name in manuals.FOLDERS for text in manuals.list_paragraphs(given.share, name))
    common, rare = words.write(given.out, given.scowl, words.count(paragraphs))
    print(f"spelling: {common:,} frequent words, {rare:,} rare ones")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
