"""The tables of an evaluation, as text: the terminal and the page show the same."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

_RULES_SHOWN: Final = 40
_QUOTED: Final = re.compile(r"'.*'")
_NUMBER: Final = re.compile(r"\b\d+")
_REASONS_SHOWN: Final = 8
_SPAN_COLUMNS: Final = (
    "MPP F1",
    "P",
    "R",
    "chance",
    "char F1",
    "chance",
    "exact",
    "overlap",
    "/1000 w",
    "touch",
    "chance",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of texts; *note* says how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def write_headline(result: dict[str, Any]) -> list[str]:
    """Return the few sentences that everything else explains."""
    rows, overall = result["rows"], result["overall"]
    lines = [
        f"Read {_write_count(rows['read'], 'row')}, {rows['bad']:,} bad. Measured {rows['measured']:,} on "
        f"{_write_count(rows['translations'], 'machine translation')} ({_write_count(rows['words'], 'word')}, "
        f"{_write_count(rows['documents'], 'document')})."
    ]
    reasons = Counter(_NUMBER.sub("N", _QUOTED.sub("'…'", record["reason"])) for record in rows["bad_records"])
    lines += [f"  bad: {n:,} x {reason}" for reason, n in reasons.most_common(_REASONS_SHOWN)]
    if len(reasons) > _REASONS_SHOWN:
        lines.append(f"  bad: {len(reasons) - _REASONS_SHOWN:,} other reasons; --json lists every record")
    if rows["translations_without_prediction"]:
        lines.append(f"Without prediction, counted as unmarked: {rows['translations_without_prediction']:,}.")
    mpp, chance = overall["mpp"]["f1"], overall["chance"]["mpp_f1"]
    lines.append(
        f"MPP F1 {_write_hundredths(mpp)} where chance gives {_write_hundredths(chance)}; "
        f"{_write_percent(overall['touch_rate'])} of {overall['findings']:,} findings touch a human mark "
        f"where chance gives {_write_percent(overall['chance']['touch_rate'])}."
    )
    return lines


def list_tables(result: dict[str, Any]) -> list[Table]:
    """Return every table of the report that has rows."""
    made = [
        _make_comparison(result),
        _make_spread(result["overall"]),
        _make_corpora(result["by_corpus"]),
        _make_groups("By source", result["by_source"]),
        _make_groups("By rule", result["by_rule"]),
        _make_categories(result["by_category"]),
        _make_points(result["operating_points"]),
        _make_calibration(result["calibration"]),
        _make_alarms(result),
        _make_scores(result["scores"]),
    ]
    return [table for table in made if table.rows]


def _make_comparison(result: dict[str, Any]) -> Table:
    named = {"all findings": result["overall"]}
    if "no_reference" in result:
        named["the same, without reference"] = result["no_reference"]
    named |= result["peers"] | {f"[{name}]": value for name, value in result["baselines"].items()}
    rows = [(name, *_make_line(measured)) for name, measured in named.items()]
    people = result["overall"]["human"]
    for key in ("rater_against_rater", "rater_against_union", "ours_on_the_same_rows"):
        if key in people:
            f = people[key]
            blank = ("", "") if key == "ours_on_the_same_rows" else ("", _write_percent(f["touch"]["precision"]))
            parts = (_write_hundredths(f["mpp"][p]) for p in ("f1", "precision", "recall"))
            chars = (
                _write_hundredths(f["char"]["f1"]),
                "",
                _write_hundredths(f["exact"]["f1"]),
                _write_hundredths(f["overlap"]["f1"]),
            )
            rows.append((key.replace("_", " "), *parts, "", *chars, *blank, ""))
    return Table(
        "Spans",
        ("", *_SPAN_COLUMNS),
        tuple(rows),
        "F1 x 100. MPP: one-to-one, partial credit, micro (arXiv 2603.19921). chance: as many windows of as many "
        "words at random places. touch: share that touches a mark of at least one rater. [..]: trivial detectors.",
    )


def _make_corpora(corpora: dict[str, Any]) -> Table:
    rows = []
    for name, c in corpora.items():
        human = c["human"]
        rows.append(
            (
                name,
                f"{c['rows']:,}",
                *_make_line(c),
                _write_hundredths(human["mpp_f1"]),
                _write_hundredths(human["char_f1"]),
            )
        )
    columns = ("", "rows", *_SPAN_COLUMNS, "human MPP", "human char")
    return Table("By data set", columns, tuple(rows))


def _make_line(measured: dict[str, Any]) -> tuple[str, ...]:
    chance = measured["chance"]
    return (
        *(_write_hundredths(measured["mpp"][part]) for part in ("f1", "precision", "recall")),
        _write_hundredths(chance["mpp_f1"]),
        _write_hundredths(measured["char"]["f1"]),
        _write_hundredths(chance["char_f1"]),
        _write_hundredths(measured["exact"]["f1"]),
        _write_hundredths(measured["overlap"]["f1"]),
        f"{measured['per_1000_words']:.1f}",
        _write_percent(measured["touch_rate"]),
        _write_percent(chance["touch_rate"]),
    )


def _make_spread(overall: dict[str, Any]) -> Table:
    rows = [
        (
            key.replace("_", " "),
            _write_hundredths(overall[key.split("_")[0]][key.split("_")[1]]),
            _write_hundredths(bounds[0]),
            _write_hundredths(bounds[1]),
        )
        for key, bounds in overall["interval"].items()
        if bounds is not None
    ]
    return Table("95% intervals, documents resampled", ("", "value", "low", "high"), tuple(rows))


def _make_groups(title: str, groups: dict[str, Any]) -> Table:
    order = sorted(groups, key=lambda name: (-groups[name]["findings"], name))
    rows = []
    for name in order[:_RULES_SHOWN]:
        g = groups[name]
        precision, chance = g["mpp"]["precision"], g["chance"]["mpp_precision"]
        rows.append(
            (
                name,
                f"{g['findings']:,}",
                f"{g['per_1000_words']:.2f}",
                _write_percent(g["touch_rate"]),
                _write_percent(g["chance"]["touch_rate"]),
                _write_times(g["lift"]["touch_rate"]),
                _write_hundredths(precision),
                _write_hundredths(chance),
                _write_hundredths(g["mpp"]["f1"]),
                _write_hundredths(g["char"]["f1"]),
            )
        )
    columns = ("", "findings", "/1000 w", "touch", "chance", "lift", "MPP P", "chance", "MPP F1", "char F1")
    more = f"The {_RULES_SHOWN} with most findings; --json has all." if len(order) > _RULES_SHOWN else ""
    return Table(title, columns, tuple(rows), more)


def _make_categories(groups: dict[str, Any]) -> Table:
    rows = []
    for name, g in groups.items():
        own = (
            (f"{g['findings']:,}", _write_percent(g["touch_rate"]), _write_hundredths(g["mpp"]["f1"]))
            if g["findings"]
            else ("0", "", "")
        )
        recall = g["recall"]
        recalled = (_write_percent(recall["touched"]), _write_percent(recall["char"])) if recall["gold"] else ("", "")
        rows.append((name, *own, f"{recall['gold']:,}", *recalled, _write_percent(g["human_touch_rate"])))
    columns = ("", "findings", "touch", "MPP F1", "human marks", "touched", "characters", "other raters")
    note = "Right: how much of what people filed there any finding touches, and a mark of any other rater."
    return Table("By category", columns, tuple(rows), note)


def _make_points(points: list[dict[str, float]]) -> Table:
    rows = [
        (
            f">= {p['confidence']:.1f}",
            f"{p['findings']:,}",
            f"{p['per_1000_words']:.1f}",
            _write_percent(p["touch_rate"]),
            _write_percent(p["touch_recall"]),
            _write_hundredths(p["mpp_f1"]),
            _write_hundredths(p["char_f1"]),
        )
        for p in points
        if p["findings"]
    ]
    columns = ("confidence", "findings", "/1000 w", "touch", "marks touched", "MPP F1", "char F1")
    return Table("Operating points", columns, tuple(rows))


def _make_calibration(calibration: dict[str, Any]) -> Table:
    rows = tuple(
        (
            f"{b['low']:.1f}-{b['high']:.1f}",
            f"{b['count']:,}",
            _write_percent(b["confidence"]),
            _write_percent(b["hit_rate"]),
        )
        for b in calibration["bins"]
    )
    error = calibration["expected_error"]
    note = "" if error is None else f"Expected calibration error {error:.3f}."
    return Table("Calibration", ("confidence", "findings", "said", "touched"), rows, note)


def _make_alarms(result: dict[str, Any]) -> Table:
    alarms = result["false_alarms"]
    named = {"findings on human references": alarms["human_references"], "findings on clean English": alarms["clean"]}
    named |= {f"{name} on human references": p["human_references"] for name, p in result["peers"].items()}
    rows = []
    for name, a in named.items():
        if a is not None:
            wrong = f"{a['unconfirmed_per_1000_words']:.2f}" if "unconfirmed" in a else ""
            rows.append((name, f"{a['words']:,}", f"{a['findings']:,}", f"{a['per_1000_words']:.2f}", wrong))
    columns = ("", "words", "findings", "/1000 w", "that no rater confirms")
    return Table("False alarms", columns, tuple(rows))


def _make_scores(result: dict[str, Any]) -> Table:
    keys = (
        "pearson_item",
        "acc_t",
        "pearson_pooled",
        "pearson_document",
        "kendall_document",
        "pearson_document_pooled",
        "kendall_document_pooled",
        "system_accuracy",
    )
    rows = tuple((name, *(_write_hundredths(m[key]) for key in keys)) for name, m in result["metrics"].items())
    columns = ("", "r item", "acc-t", "r pooled", "r doc", "tau doc", "r docs", "tau docs", "systems")
    note = (
        f"x 100, on {result['translations']:,} of {result['of']:,} translations with a reference. item: translations "
        "of one source compared. doc: within a document; docs: pooled. The last two lines are free: read the rest "
        "against them."
    )
    return Table("Agreement of scores with people", columns, rows, note)


def _write_count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _write_hundredths(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _write_percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}%"


def _write_times(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}x"
