"""Write the pages of all built-in rules: ``python -m stilted.lab.rule_pages``, after a change of rules or evidence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import stilted
from stilted import api
from stilted.core.model import Rule
from stilted.render import rule_page
from stilted.rules.glossary import names
from stilted.rules.glossary.entries import Entry
from stilted.rules.glossary.rules import make_rules as glossary_rules

FOLDER = Path(stilted.__file__).parent.joinpath(*rule_page.FOLDER)


def list_pages() -> Iterator[tuple[str, str]]:
    """Yield ``(path below the folder, text)`` of every page, the list of all among them."""
    sample = Entry("sample", ("new energy vehicle",), ("new power car",), ("新能源汽车",))
    rules = sorted(
        (*api.list_rules(), *glossary_rules([sample]), *names.make_rules(("Lighthouse",))), key=lambda rule: rule.id
    )
    for rule in rules:
        yield f"{rule.id}.md", rule_page.write_page(rule)
    yield "README.md", _write_list(rules)


def _write_list(rules: list[Rule]) -> str:
    lines = ["# Rules", "", "Written by `python -m stilted.lab.rule_pages`.", ""]
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", f"## {family}", "", "| rule | status | severity | category |", "| --- | --- | --- | --- |"]
        lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.status} | {rule.severity} | {rule.category} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    for folder in FOLDER.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    for name, text in list_pages():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
