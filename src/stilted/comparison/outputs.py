"""A comparison in every format: for machines the new findings as issues, with the verdict where it has a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from stilted import render
from stilted.comparison import page, show
from stilted.comparison.significance import PASSED
from stilted.core.model import Report, Verdict
from stilted.render import sarif
from stilted.render.annotations import dump, list_issues, make_path

if TYPE_CHECKING:
    from stilted.comparison import Comparison


def render_comparison(name: str, comparison: Comparison) -> str:
    """Return *comparison* in a format that `stilted.render.list_formats` lists.

    GitLab, Checkstyle, rdjson and the workflow commands hold the new findings of the new version; JUnit beside
    them one test for the verdict, which fails when the new version is worse.

    Raises:
        UserError: there is no such format; the hint names the closest one.
    """
    render.get_renderer(name)
    return _OWN[name](comparison) if name in _OWN else render.render_reports(name, [make_report(comparison)])


def make_report(comparison: Comparison) -> Report:
    """Return the report on the new version with the new findings for findings and the comparison for a verdict."""
    verdict = Verdict(PASSED[comparison.verdict], (f"{show.write_heading(comparison)}.", *comparison.reasons))
    return replace(comparison.new, findings=comparison.introduced, verdict=verdict)


def to_jsonl(comparison: Comparison) -> str:
    """Return a line for every finding, with its ``state``, then one of ``"type": "verdict"``.

    A finding has the keys it has in the JSON report; fixed ones are placed in the old version, new and kept ones
    in the new. Other lines and keys may be added.
    """
    return "".join(dump(line, indent=None) for line in _make_lines(comparison))


def _make_lines(comparison: Comparison) -> Iterator[dict[str, Any]]:
    data = show.to_dict(comparison)
    for state, side in (("fixed", "old"), ("introduced", "new"), ("kept", "new")):
        name = make_path(data[side]["name"])
        for finding in data[state]:
            yield {"type": "finding", "state": _STATES[state], "file": name, **finding}
    kept = {key: data[key] for key in ("verdict", "reasons", "units", "level", "scores", "findings_p")}
    yield {"type": "verdict", "file": make_path(data["new"]["name"]), "against": make_path(data["old"]["name"]), **kept}


_STATES: Final = {"fixed": "fixed", "introduced": "new", "kept": "kept"}


def to_sarif(comparison: Comparison) -> str:
    """Return one run on the new version, every result with its ``baselineState`` against the old one.

    New findings are ``new``, kept ones ``unchanged``; those fixed are ``absent`` and placed in the old version
    (SARIF 2.1.0, section 3.27.24). GitHub does not read the state and shows all of them as open.
    """
    given = (("new", comparison.introduced), ("unchanged", comparison.kept), ("absent", comparison.fixed))
    states = {id(finding): state for state, findings in given for finding in findings}
    new = [issue for issue in list_issues([comparison.new]) if id(issue.finding) in states]
    old = [issue for issue in list_issues([comparison.old]) if states.get(id(issue.finding)) == "absent"]
    return sarif.make_log([comparison.new], [*new, *old], states)


_OWN: Final[dict[str, Callable[[Comparison], str]]] = {
    "terminal": show.to_text,
    "json": show.to_json,
    "jsonl": to_jsonl,
    "markdown": show.to_markdown,
    "html": page.to_html,
    "sarif": to_sarif,
}
