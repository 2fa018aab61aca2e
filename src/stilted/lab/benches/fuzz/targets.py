"""What is attacked: every reader, loader and file of options, and behind them rules and renderers."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from stilted import api, formats, render
from stilted.core.model import Analysis, Document
from stilted.core.options import Settings, make_settings
from stilted.lab.benches.fuzz import seeds
from stilted.lab.benches.fuzz.mutate import Mutation, change_archived, members, numbers, tags, texts, values
from stilted.pipeline.ignores import apply_ignored_phrases, read_ignored_phrases
from stilted.pipeline.run import finish
from stilted.project import baseline, config
from stilted.rules import glossary, packs
from stilted.runner import report_codec
from stilted.runner.batch.inputs import read_row
from stilted.runner.batch.row_checker import Checker
from stilted.runner.batch.shard import Job, judge_shard
from stilted.summary import read_records, render_summary, summarise
from stilted.summary.show import FORMATS, read_earlier


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the program that reads what strangers wrote.

    Attributes:
        run: what is done with an input, given a folder to write in. seeds: inputs in good order.
        kinds: damage that knows what the input is. share: of all damage.
    """

    name: str
    run: Callable[[bytes, Path], object]
    seeds: Sequence[bytes]
    kinds: Sequence[Mutation] = ()
    share: float = 0.6


@cache
def _get_settings() -> Settings:
    return make_settings(ignore="tagger", preview=True)


def _try_file(name: str, data: bytes, folder: Path) -> None:
    """Read a file, and now and then check it and render what comes of it."""
    parsed = formats.parse(data, name)
    part = hashlib.sha256(data).digest()[0]
    if part % 4:
        return
    reference = formats.parse(seeds.REFERENCE.encode(), "b.txt") if parsed.running and part % 8 else None
    report = api.check_parsed(parsed, reference, ignore="tagger", preview=True)
    known = {rule.id: rule for rule in api.list_rules(_get_settings())}
    assert report_codec.loads(report_codec.dumps(report), known, doubted=True).findings == report.findings
    for form in render.list_formats():
        render.get_renderer(form)(report)


def _write(name: str, data: bytes, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _try_pack(data: bytes, folder: Path) -> None:
    path = _write("pack.toml", data, folder)
    for rule in packs.load(path):
        list(rule.find(_get_document()))


@cache
def _get_document() -> Document:
    return api.check(seeds.PROSE, seeds.REFERENCE, ignore="tagger").document


def _try_config(data: bytes, folder: Path) -> None:
    project = config.read_config(_write("stilted.toml", data, folder))
    chosen = make_settings("fuzz", **project.choose_options(folder / "docs" / "a.md"))
    if not chosen.packs and not chosen.glossary:
        asked = dict.fromkeys(("min_bleu", "min_chrf", "no_worse_than_baseline", "fail_on", "select"))
        api.check(seeds.PROSE, **{**project.options, **asked, "ignore": ["tagger"]})


def _try_glossary(name: str, data: bytes, folder: Path) -> None:
    for rule in glossary.list_rules([_write(name, data, folder)]):
        list(rule.find(_get_document()))


@cache
def _get_analysis() -> Analysis:
    return api.analyse_text(_get_settings(), seeds.PROSE, seeds.REFERENCE)


def _try_ignored(data: bytes, folder: Path) -> None:
    rules = [rule.id for rule in api.list_rules(_get_settings())]
    phrases = read_ignored_phrases(_write("list", data, folder), rules)
    left, _ = apply_ignored_phrases(_get_analysis(), phrases)
    finish(left, _get_settings())


def _try_baseline(data: bytes, folder: Path) -> None:
    path = _write("known.json", data, folder)
    read = baseline.read_baseline(path)
    baseline.write_baseline_text(read)
    baseline.list_missing_files(read, path)
    entries = [entry for known in read.entries.values() for entry in known]
    baseline.mark_accepted(_get_analysis().findings, entries)


def _try_summary(name: str, data: bytes, folder: Path) -> None:
    summary = summarise(read_records([_write(name, data, folder)]))
    for form in FORMATS:
        render_summary(form, summary)


@cache
def _make_summary() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = _write("rows.jsonl", seeds.CHECKED, Path(folder))
        return render_summary("json", summarise(read_records([path]))).encode()


def _try_earlier(data: bytes, folder: Path) -> None:
    from stilted.summary.drift import measure_drift

    old = read_earlier(_write("old.json", data, folder))
    now = summarise(read_records([_write("rows.jsonl", seeds.CHECKED, folder)]))
    for form in FORMATS:
        render_summary(form, now, measure_drift("old", old, now))


@cache
def _get_checker() -> Checker:
    return Checker.of(make_settings(ignore="tagger"))


def _try_rows(kind: str, data: bytes, folder: Path) -> None:
    from stilted.runner.batch.shard import make_output_schema

    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    for line in lines:
        read_row(line, {"y": "source"})
    judge_shard(
        _get_checker(),
        lines,
        Job(_get_checker().settings, kind, make_output_schema(None, {}) if kind == "parquet" else None, {}, 1),
    )


def _try_parquet(data: bytes, folder: Path) -> None:
    from stilted.runner.batch import run

    path = _write("rows.parquet", data, folder)
    with suppress(OSError):
        (folder / "out.jsonl").unlink()
    run.run(path, folder / "out.jsonl", make_settings(select="mechanics"), workers=1, restart=True)


@cache
def _make_parquet_seed() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = io.BytesIO()
    table = pa.table({"target": ["He took the the boat.", "One."], "reference": ["He took a boat.", None], "n": [1, 2]})
    pq.write_table(table, made, compression="none", use_dictionary=False)
    return made.getvalue()


def _try_cached(data: bytes, folder: Path) -> None:
    known = {rule.id: rule for rule in api.list_rules(_get_settings())}
    try:
        kept = report_codec.loads(data, known, doubted=True)
    except ValueError:
        return
    for form in render.list_formats():
        render.get_renderer(form)(finish(kept, _get_settings()))


_JSON: Final = (members, numbers)
_XML: Final = (tags, numbers)
_KINDS: Final[dict[str, Sequence[Mutation]]] = {
    ".json": _JSON, ".jsonl": _JSON, ".arb": _JSON, ".xcstrings": _JSON, ".xlf": _XML, ".tmx": _XML, ".xml": _XML,
    ".resx": _XML, ".ts": _XML, ".stringsdict": _XML, ".html": _XML, ".md": _XML, ".mdx": _XML,
}  # fmt: skip


def list_targets() -> tuple[Target, ...]:
    """Return all of them."""
    files = (
        Target(name, partial(_try_file, name), (data,), _KINDS.get(Path(name).suffix, ()))
        for name, data in seeds.FILES.items()
    )
    return (
        *files,
        Target("a.docx", partial(_try_file, "a.docx"), (seeds.DOCX,), (change_archived,), 0.95),
        Target("pack", _try_pack, (seeds.PACK,), (values, numbers), 0.8),
        Target("config", _try_config, (seeds.CONFIG,), (values, numbers)),
        Target("glossary.csv", partial(_try_glossary, "a.csv"), (seeds.GLOSSARY,)),
        Target("glossary.tbx", partial(_try_glossary, "a.tbx"), (seeds.TBX,), _XML),
        Target("ignored", _try_ignored, (seeds.IGNORED,)),
        Target("baseline", _try_baseline, (seeds.BASELINE,), _JSON, 0.9),
        Target("rows", partial(_try_rows, "jsonl"), (seeds.ROWS,), _JSON),
        Target("rows to parquet", partial(_try_rows, "parquet"), (seeds.ROWS,), _JSON),
        Target("parquet", _try_parquet, (_make_parquet_seed(),)),
        Target("texts in parquet", _try_parquet, (_make_parquet_seed(),), (texts,), 1.0),
        Target("summary", partial(_try_summary, "rows.jsonl"), (seeds.CHECKED,), _JSON, 0.9),
        Target("earlier", _try_earlier, (_make_summary(),), _JSON, 0.9),
        Target("cache", _try_cached, (report_codec.dumps(_get_analysis()),), _JSON, 0.9),
    )
