"""Two versions of a translation against one reference: better, worse, or no difference shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from stilted import api, formats
from stilted.comparison import outputs, show
from stilted.comparison.significance import (
    ALPHA,
    BETTER,
    NO_DIFFERENCE,
    WORSE,
    Change,
    choose_deciding,
    format_chance,
    measure_changes,
    run_flip_test,
)
from stilted.comparison.units import Place, Unit, find_shared, pair_units
from stilted.core import mqm
from stilted.core.model import Finding
from stilted.core.options import Options, make_settings
from stilted.metrics.corpus import MIN_SEGMENTS
from stilted.pipeline import ignores, run, validate
from stilted.pipeline.ignores import IgnoredPhrase
from stilted.render.wording import format_count

__all__ = ["BETTER", "NO_DIFFERENCE", "WORSE", "Change", "Comparison", "compare", "compare_files"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known about two versions of a translation.

    Attributes:
        verdict: ``better``, ``worse`` or ``no difference shown``, of the new version.
        reasons: sentences, each with its figures.
        units: stretches of the reference that both versions are scored on.
        changes: scores of both with the tests. level: what their p-values must stay below.
        findings_p: p-value of the sign-flip test on penalties; None when no finding came or went.
        fixed: findings that only the old version has. introduced: only the new. kept: both, as in the new.
        old: the report on the old version. new: on the new.
    """

    verdict: str
    reasons: tuple[str, ...]
    units: int
    changes: tuple[Change, ...]
    level: float
    findings_p: float | None
    fixed: tuple[Finding, ...]
    introduced: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    old: api.Report
    new: api.Report

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data: exactly what `to_json` writes (schema 1)."""
        return show.to_dict(self)

    def to_json(self) -> str:
        """Return the comparison as JSON text."""
        return show.to_json(self)

    def to_text(self, *, color: bool = False, width: int = 100) -> str:
        """Return the comparison for a terminal of *width* columns, with ANSI colours if asked."""
        return show.to_text(self, color=color, width=width)

    def to_markdown(self) -> str:
        """Return the comparison for a pull request, of bounded length; markup in the texts stays text."""
        return show.to_markdown(self)

    def to_html(self) -> str:
        """Return the comparison as one self-contained HTML page."""
        return self.rendered("html")

    def rendered(self, name: str) -> str:
        """Return the comparison in any format of the command, such as ``sarif`` or ``junit``.

        Raises:
            UserError: there is no such format; the hint names the closest one.
        """
        return outputs.render_comparison(name, self)


def compare(
    old: str,
    new: str,
    reference: str,
    source: str | None = None,
    *,
    names: tuple[str, str] = ("old", "new"),
    **options: Unpack[Options],
) -> Comparison:
    """Compare two versions of an English translation against a human one.

    A difference counts when both of sacrebleu's paired tests, or the sign-flip test on findings, give a
    p-value below `ALPHA` shared among the measures. The verdict is ``better`` or ``worse`` when all measures
    with such a difference agree, and ``no difference shown`` otherwise.

    Args:
        old: the version so far. new: the one that may replace it.
        reference: a human translation of the same source. source: the source text, if there is one.
        names: what to call the versions. **options: those of `stilted.check`, the same for both.

    Raises:
        UserError: whatever `stilted.check` raises about one of the versions.
    """
    before = api.check(old, reference, source, name=names[0], **options)
    after = api.check(new, reference, source, name=names[1], **options)
    return _compare_reports(before, after)


def compare_files(
    old: str | Path,
    new: str | Path,
    reference: str | Path,
    source: str | Path | None = None,
    *,
    form: str | None = None,
    accepted: Sequence[IgnoredPhrase] = (),
    **options: Unpack[Options],
) -> Comparison:
    """Compare two versions of a translated file, of any format; otherwise like `compare`.

    Args:
        old: the file so far. new: the one that may replace it. reference, source: files of any format.
        form: the name of the versions' format; None to tell from name and content.
        accepted: phrases on which no finding counts, in either version. **options: as for `compare`.

    Raises:
        UserError: as `stilted.check_file` does, or one file is running text and the other a catalogue of strings.
    """
    chosen = make_settings(**options)
    validate.require_baseline(chosen.gate, str(new))
    beside = [
        None if given is None else formats.read(Path(given), role)
        for given, role in ((reference, "reference"), (source, "source"))
    ]
    analyses = (
        api.analyse_parsed(chosen, formats.read(Path(path), "translation", form), *beside) for path in (old, new)
    )
    kept = (ignores.apply_ignored_phrases(analysis, accepted)[0] for analysis in analyses)
    return _compare_reports(*(run.finish(analysis, chosen) for analysis in kept))


def _compare_reports(before: api.Report, after: api.Report) -> Comparison:
    pairs = pair_units(before.document, after.document)
    _, place = find_shared(before.document, after.document)
    fixed, introduced, kept = _match(before, after, place)
    rows = measure_changes(pairs)
    findings_p = run_flip_test(_count_differences(before, after, place)) if fixed or introduced else None
    tested = [row for row in choose_deciding(rows) if row.bootstrap is not None]
    level = ALPHA / max(1, len(tested) + (findings_p is not None))
    said = [_judge_score(row, level) for row in choose_deciding(rows)]
    counted = f"{format_count(len(fixed), 'finding')} fixed, {len(introduced):,} new, {len(kept):,} kept"
    # Versions are compared place by place: one that mends half of the same slips is better.
    points = before.scorecard.full_penalty, after.scorecard.full_penalty
    said.append(_judge_findings(counted, *points, findings_p, level))
    verdict = _choose_verdict(direction for direction, _ in said)
    same = ("Both versions are the same text.",) if _list_texts(before) == _list_texts(after) else ()
    reasons = (*same, *(sentence for _, sentence in said), *_list_remarks(verdict, said, pairs, level, len(tested)))
    return Comparison(
        verdict, reasons, len(pairs), rows, level, findings_p, fixed, introduced, kept, before, after
    )  # fmt: skip


def _list_texts(report: api.Report) -> list[str | None]:
    return [segment.target for segment in report.document.segments]


def _match(before: api.Report, after: api.Report, place: Place) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings only in *before*, only in *after*, and those of *after* that are in both.

    A finding is the same when its fingerprint is; of the rest, when the same rule quotes the same words for
    the same stretch of the reference: the sentence around them may have been rewritten.
    """

    def words(report: api.Report) -> Callable[[Finding], Hashable]:
        def key(finding: Finding) -> Hashable:
            segment = report.document.segments[finding.segment]
            return finding.rule, " ".join(finding.text.split()), place(segment)

        return key

    fixed, introduced = list(before.findings), list(after.findings)
    for old_key, new_key in ((_get_fingerprint, _get_fingerprint), (words(before), words(after))):
        fixed, introduced = (
            _find_unmatched(fixed, old_key, Counter(map(new_key, introduced))),
            _find_unmatched(introduced, new_key, Counter(map(old_key, fixed))),
        )
    new = set(map(id, introduced))
    return tuple(fixed), tuple(introduced), tuple(f for f in after.findings if id(f) not in new)


def _get_fingerprint(finding: Finding) -> Hashable:
    return finding.fingerprint


def _find_unmatched(
    findings: Iterable[Finding], key: Callable[[Finding], Hashable], met: Counter[Hashable]
) -> list[Finding]:
    """Return the findings for which *met* holds no partner, each partner taken once."""
    left = []
    for finding in findings:
        if met[key(finding)] > 0:
            met[key(finding)] -= 1
        else:
            left.append(finding)
    return left


def _count_differences(before: api.Report, after: api.Report, place: Place) -> list[int]:
    """Return the penalty points of the old version less those of the new, unit by unit.

    Findings of one unit are not independent of each other, so it is units that are tested. A segment that
    is aligned with nothing stands for itself.
    """
    points: Counter[Hashable] = Counter()
    for report, sign in ((before, 1), (after, -1)):
        for finding in report.findings:
            at = place(report.document.segments[finding.segment])
            points[(sign, finding.segment) if at is None else at] += sign * mqm.PENALTIES[finding.severity]
    return list(points.values())


def _judge_score(row: Change, level: float) -> tuple[str, str]:
    """Return the direction a score shows, if any, and the sentence that says so."""
    digits = next((n for n in (1, 2) if f"{row.old:.{n}f}" != f"{row.new:.{n}f}"), 0)
    moved = f"{row.metric} stays at {row.new:.1f}"
    if digits:
        moved = f"{row.metric} goes from {row.old:.{digits}f} to {row.new:.{digits}f}"
    if row.bootstrap is None or row.randomisation is None:
        return "", f"{moved}, untested."
    by_bootstrap, by_randomisation = format_chance(row.bootstrap), format_chance(row.randomisation)
    chances = f"p {by_bootstrap} by paired bootstrap, {by_randomisation} by approximate randomisation"
    direction = (BETTER if row.improves else WORSE) if row.shown(level) else ""
    return direction, f"{moved} ({chances}): {direction or 'no more than chance would do'}."


def _judge_findings(counted: str, old: int, new: int, p: float | None, level: float) -> tuple[str, str]:
    """Return the direction that the penalties show, if any, and the sentence that says so."""
    if p is None:
        return "", f"{counted}."
    direction = (BETTER if new < old else WORSE) if p < level else ""
    moved = f"penalty points go from {old:,} to {new:,}, p {format_chance(p)} by a sign-flip test"
    return direction, f"{counted} ({moved}): {direction or 'no more than chance would do'}."


def _choose_verdict(directions: Iterable[str]) -> str:
    shown = {direction for direction in directions if direction}
    return shown.pop() if len(shown) == 1 else NO_DIFFERENCE


def _list_remarks(
    verdict: str, said: Iterable[tuple[str, str]], pairs: Sequence[Unit], level: float, tested: int
) -> Iterable[str]:
    """Yield what a reader must know to trust the verdict."""
    if {BETTER, WORSE} <= {direction for direction, _ in said}:
        yield "The measures contradict each other, so neither version is called better."
    if len(pairs) < MIN_SEGMENTS:
        stretches = (
            "1 stretch of the reference is" if len(pairs) == 1 else f"{len(pairs)} stretches of the reference are"
        )
        few = f"{stretches} fewer than the {MIN_SEGMENTS} a test needs"
        yield f"No difference in scores can be shown: {few}."
    if verdict != NO_DIFFERENCE or tested:
        yield f"A difference counts below p {level:.4f}: {ALPHA:g} shared among the measures tested."
