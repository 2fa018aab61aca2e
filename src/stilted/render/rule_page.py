"""The page of a rule: what it is about, why, examples, evidence, how to silence it. Markdown that reads as plain text.

``stilted rules show`` prints it; the built-in rules' pages stand in ``stilted/docs/rules``, where reports link to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from stilted.core import span_markup
from stilted.core.foreign import clean
from stilted.core.model import Example, Need, Rule
from stilted.core.options import PATHS
from stilted.render.wording import FIX, format_count
from stilted.rules import packs

FOLDER: Final = ("docs", "rules")
NEXT: Final = "0.2.0"
"""The version in which rules that no release has had yet will come."""

_SINCE: Final = "since.json"


def write_page(rule: Rule) -> str:
    """Return the page of a rule, with a final newline."""
    facts = [
        ("status", f"{rule.status}, {'measured' if packs.is_measured(rule) else 'argued'}"),
        ("severity", rule.severity),
        ("category", rule.category),
        ("confidence", f"{rule.confidence:.2f}" if packs.is_measured(rule) else "not measured"),
        ("needs", ", ".join(sorted(rule.needs)) or "nothing beside the translation"),
    ]
    if rule.languages:
        facts.append(("source languages", ", ".join(sorted(rule.languages))))
    if rule.option:
        value = "FILE" if rule.option in PATHS else "NAMES"
        facts.append(("runs with", f"--{rule.option} {value}, or '{rule.option}' in the configuration"))
    facts.append(("fix", f"`stilted fix` {FIX}" if rule.safe_fix else "a person chooses"))
    facts.append(("since", _read_versions().get(rule.id, NEXT)))
    width = max(len(name) for name, _ in facts)
    lines = [
        f"# {rule.id}",
        "",
        clean(write_example_message(rule)),
        "",
        f"Why: {clean(rule.why)}",
        "",
        *(f"    {name + ':':{width + 1}} {value}" for name, value in facts),
        "",
        "## It marks",
        "",
        *(line for example in rule.bad for line in _write_bad(example)),
        "",
        "## It leaves alone",
        "",
        *(line for example in rule.good for line in _write_good(example)),
        "",
        "## Evidence",
        "",
        _describe_evidence(rule),
        "",
        "## How to silence it",
        "",
        f"Here: `<!-- stilted-ignore: {rule.id} -->` in Markdown or HTML, or a note `stilted-ignore` in a catalogue.",
        f"These words everywhere: a line `{rule.id}: the words` in `.stilted-ignore`.",
        f"The rule: `--ignore {rule.id}`, or `ignore` in `[tool.stilted]`.",
    ]
    return "\n".join(lines) + "\n"


def write_example_message(rule: Rule) -> str:
    """Return the rule's message as it reads for the first words of its first bad example."""
    first = rule.bad[0]
    return rule.message.replace("{match}", first.spans[0].of(first.text))


def get_address(base: str, rule: str) -> str:
    """Return where the page of a built-in rule stands below the address *base*; empty without one, or for other rules.

    Args:
        base: where ``docs/rules`` is published, as the option ``rule-pages`` says.
    """
    return f"{base.rstrip('/')}/{rule}.md" if base and rule in list_built_in() else ""


@cache
def get_packaged(rule: str) -> str:
    """Return the ``file`` address of the page in this package; empty for rules that have none."""
    if rule not in list_built_in():
        return ""
    path = resources.files("stilted").joinpath(*FOLDER, *f"{rule}.md".split("/"))
    return path.resolve().as_uri() if isinstance(path, Path) else ""


@cache
def list_built_in() -> frozenset[str]:
    """Return the ids of the rules that have a page in this package."""
    folder = resources.files("stilted").joinpath(*FOLDER)
    return frozenset(
        f"{family.name}/{page.name.removesuffix('.md')}"
        for family in folder.iterdir()
        if family.is_dir()
        for page in family.iterdir()
        if page.name.endswith(".md")
    )


@cache
def _read_versions() -> Mapping[str, str]:
    """Return the version that each rule of a release came with."""
    text = resources.files("stilted").joinpath(*FOLDER, _SINCE).read_text("utf-8")
    return {rule: version for version, rules in json.loads(text).items() for rule in rules}


def _describe_evidence(rule: Rule) -> str:
    record = packs.read_measurements().get(rule.id)
    if Need.MODEL in rule.needs:
        return "Measured on annotated translations that training did not see: see `stilted tagger info`."
    if record is None or not packs.is_measured(rule):
        return "Argued: it has no hit on annotated data, and stands on its examples and on silence over good English."
    parts = [_describe_marks(record)] if record["hits"] else []
    if record.get("edits", 0):
        edited, edits = int(record["edited"]), int(record["edits"])
        parts.append(
            f"On sentences of manuals that editors changed, {edited} of {format_count(edits, 'hit')}"
            f" {'touches' if 1 in (edited, edits) else 'touch'} what was changed; on sentences that they left alone it"
            f" has {record['left']:.0f}."
        )
    return " ".join(parts)


def _describe_marks(record: Mapping[str, float]) -> str:
    hits, touching = int(record["hits"]), int(record["touching"])
    human, clean_hits = int(record.get("human", 0)), int(record.get("clean", 0))
    return (
        f"Measured on machine translations with human MQM marks: {touching} of {format_count(hits, 'hit')}"
        f" {'touches' if 1 in (touching, hits) else 'touch'} a mark"
        f" ({record['chance'] / hits:.0%} would by chance). On human translations of the same texts it has"
        f" {format_count(human, 'hit')}, on clean English {clean_hits}."
    )


def _write_bad(example: Example) -> list[str]:
    marked = span_markup.render(example.text, [(span.start, span.end) for span in example.spans])
    lines = [f"    {clean(marked)}"]
    if example.fixed is not None:
        lines.append(f"    -> {clean(example.fixed)}")
    return [*lines, *_write_sides(example)]


def _write_good(example: Example) -> list[str]:
    return [f"    {clean(example.text)}", *_write_sides(example)]


def _write_sides(example: Example) -> list[str]:
    sides = (("reference", example.reference), ("source", example.source), ("source goes on", example.gap or None))
    return [f"       {role}: {clean(text)}" for role, text in sides if text is not None]
