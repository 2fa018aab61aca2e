"""Placeholders, tags and addresses that must come through a translation unchanged."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from stilted.core.model import Document, Example, Finding, Hit, Rule, Segment, SegmentFinder, Span
from stilted.formats import icu
from stilted.formats.placeholders import PLACEHOLDER, PROTECTED, TAG, Placeholder
from stilted.formats.units import OBJECT
from stilted.rules.checks.markup import allowed, conversions
from stilted.rules.checks.markup.addresses import ADDRESS
from stilted.rules.checks.markup.options import find_changed_option
from stilted.rules.checks.markup.pieces import HINT, NUMBER, Pieces, Side, find_pieces
from stilted.rules.checks.markup.roles import find_torn_role

_WORD: Final = re.compile(r"[^\W_]+")
_ONE: Final = re.compile(r"\[(?:one|zero|two|=\d{1,9})\]|[_.](?:one|zero|two|singular)\Z")
"""What the name of a form holds that is for one count alone in English, by the categories of CLDR."""
_OF_DATE: Final = re.compile(r"(?<!%)%[-#^_0EO]?[ABHIMYbjmy](?![a-z]{2})")
_FEWEST_OF_DATE: Final = 2
"""Parts of a pattern of dates (strftime, C11 7.27.3.5) that no other pattern has, and how many show that it is one."""
_FORMATTING: Final = frozenset("b big em font i mark s small strike strong tt u".split())
"""Elements that make words bold or slanted: without them a reader loses a stress, and nothing breaks."""


@SegmentFinder
def _find(document: Document) -> Iterator[Hit]:
    read = document.placeholders_are_opaque
    for number, segment in enumerate(document.segments):
        target_objects, reference_objects, source = segment.objects
        chosen_by = segment.arguments
        originals = [Side(segment.source, source, read, chosen_by[2], wide_signs=True)] if segment.source else []
        # A reference of another kind may not show what is opaque here.
        if segment.reference and (reference_objects or not target_objects):
            originals.append(Side(segment.reference, reference_objects, read, chosen_by[1]))
        target = Side(segment.target or "", target_objects, read, chosen_by[0])
        if segment.source:
            yield from _compare_options(number, target, originals[0], on_page=document.target is not None)
            yield from _compare_roles(number, target, originals[0])
            yield from _compare_percent_signs(number, target, originals[0])
            if segment.message and segment.message.syntax in conversions.FORMATS:
                yield from _compare_types(number, target, originals[0])
        if document.target is not None and any(OBJECT in side.text for side in (target, *originals)):
            continue  # on a page, what one side writes as code the other may write as words
        if target.text and originals and any(map(_may_have_pieces, (target, *originals))):
            on_page = document.target is not None
            broken = _find_broken_message(number, target, originals)
            if broken:
                yield broken
                continue
            yield from _compare(number, target, originals, one=_is_form_for_one(segment), on_page=on_page)


def _may_have_pieces(side: Side) -> bool:
    return bool(side.arguments) or HINT.search(side.text) is not None


def _find_broken_message(number: int, target: Side, originals: Sequence[Side]) -> Hit | None:
    """Mark what a message chooses by where its braces do not close, while those of the original do."""
    place = icu.find_choice(target.text)
    if place is None or not all(find_pieces(side).arguments for side in originals):
        return None
    parts = target.text.split(OBJECT) if target.objects else [target.text]
    written = "".join(part + code for part, code in zip_longest(parts, target.objects, fillvalue=""))
    fault = icu.find_fault(written)
    message = f"This message does not parse: {fault}; that of the original does."
    return Hit("markup/changed", number, Span(*place), message) if fault else None


def _compare_options(number: int, target: Side, source: Side, *, on_page: bool) -> Iterator[Hit]:
    changed = find_changed_option(target, source, on_page=on_page)
    if changed:
        span, old = changed
        suggestions = () if OBJECT in span.of(target.text) else (old,)
        yield Hit("markup/changed", number, span, f"The original has “{old}” here.", suggestions)


def _compare_roles(number: int, target: Side, source: Side) -> Iterator[Hit]:
    torn = find_torn_role(target.text, source.text)
    if torn:
        span, role = torn
        yield Hit("markup/changed", number, span, f"The original has “{role}” here.", (role,))


def _compare_types(number: int, target: Side, source: Side) -> Iterator[Hit]:
    for piece, right in conversions.find_other_types(target, source):
        message = f"“{piece.text}” reads another type than the original, which has “{right}” here."
        yield Hit("markup/changed", number, Span(piece.start, piece.end), message, (right,))


def _compare_percent_signs(number: int, target: Side, source: Side) -> Iterator[Hit]:
    """Mark a per cent sign that stands alone where the source doubles it, as format strings must: 100%% done."""
    if not _DOUBLED_SIGN.search(source.text) or "%%" in target.text:
        return
    taken = [(piece.start, piece.end) for piece in find_pieces(target).found]
    for sign in _SINGLE_SIGN.finditer(target.text):
        if not any(start <= sign.start() < end for start, end in taken):
            message = "The original doubles the sign: a format string takes a single one for a placeholder."
            yield Hit("markup/changed", number, Span(sign.start(), sign.end()), message, ("%%",))
            return


_DOUBLED_SIGN: Final = re.compile(r"(?<=[\d\ufffcsdfi)}])[ \u00a0]?%%(?!%)")
_SINGLE_SIGN: Final = re.compile(r"(?<!%)%(?!%)")


def _is_form_for_one(segment: Segment) -> bool:
    """Tell whether a segment is the form for one count, which may spell the number or leave it out."""
    form = segment.message.form if segment.message else None
    return form == 0 or _ONE.search(segment.id) is not None


def _compare(number: int, target: Side, originals: Sequence[Side], *, one: bool, on_page: bool) -> Iterator[Hit]:
    """Compare with the source, or else the reference; with both, only what they agree on is missing or added."""
    model = originals[0]
    if _is_date_pattern(target.text) and _is_date_pattern(model.text):
        return  # English has its own order of the parts, and its own clock
    own, wanted = find_pieces(target), find_pieces(model)
    extra, missing = _drop_numbers(own, wanted, _find_unmatched(own, wanted), _find_unmatched(wanted, own))
    wrong = [argument for argument in own.arguments if argument.key not in _list_keys(wanted)]
    for other in originals[1:]:
        known = _list_keys(find_pieces(other))
        extra, wrong = ([piece for piece in pieces if piece.key not in known] for pieces in (extra, wrong))
        missing = [piece for piece in missing if piece.key in known]
    yield from _mark_wrong_arguments(number, target, wrong, missing, _find_lost_arguments(own, wanted))
    if on_page:
        extra, missing = ([piece for piece in pieces if not allowed.is_prose(piece)] for pieces in (extra, missing))
    if one and len(missing) == 1 and missing[0].kind == PLACEHOLDER and not extra:
        return
    extra, missing = allowed.leave_out(target, own, model, extra, missing)
    for piece in extra:
        twin = next((m for m in missing if m.kind == piece.kind), None)
        if twin:
            missing.remove(twin)
            message, weight = f"The original has “{_show(twin)}” here.", _weigh(piece, twin)
            yield Hit("markup/changed", number, Span(piece.start, piece.end), message, (twin.text,), severity=weight)
        elif piece.kind not in (ADDRESS, PROTECTED) and not piece.loose:  # words may be marked in one file alone
            message = f"The original has no “{piece.text}”."
            yield Hit("markup/added", number, Span(piece.start, piece.end), message, ("",), severity=_weigh(piece))
    yield from _find_missing(number, target.text, model.text, _drop_ends(missing))


def _drop_numbers(
    own: Pieces, wanted: Pieces, extra: list[Placeholder], missing: list[Placeholder]
) -> tuple[list[Placeholder], list[Placeholder]]:
    """Leave out what a branch may write as ``#`` or by the name of what it was chosen by."""
    extra = [piece for piece in extra if piece.key not in _list_keys(wanted)]
    if wanted.arguments or any(piece.text.startswith("{") for piece in missing):
        numbered = own.arguments and any(piece.text == NUMBER for piece in extra)
        extra = [piece for piece in extra if piece.text != NUMBER]
        if numbered:
            told = {argument.key for argument in own.arguments}
            missing = [piece for piece in missing if piece.key not in told]
    if {argument.key for argument in wanted.arguments}.intersection(piece.key for piece in own.found):
        missing = [piece for piece in missing if piece.text != NUMBER]
    return extra, missing


def _mark_wrong_arguments(
    number: int,
    target: Side,
    wrong: Sequence[Placeholder],
    missing: list[Placeholder],
    lost: Iterator[Placeholder],
) -> Iterator[Hit]:
    """Mark what a message chooses by and the original does not know; its twin is then no longer *missing*."""
    for argument in wrong:
        twin = next((piece for piece in missing if piece.text.startswith("{")), None)
        if twin:
            missing.remove(twin)
        twin = twin or next(lost, None)
        said, span = argument.text.strip("{}"), Span(argument.start, argument.end)
        if twin is None:
            message = f"This message chooses by “{said}”, which the original does not have."
            yield Hit("markup/added", number, span, message)
            continue
        name = twin.text.strip("{} ").partition(",")[0]
        fix = (name,) if span.of(target.text) == said else ()
        yield Hit("markup/changed", number, span, f"This message chooses by “{said}”; the original has “{name}”.", fix)


def _list_keys(pieces: Pieces) -> frozenset[tuple[str, str]]:
    return frozenset(piece.key for piece in (*pieces.found, *pieces.arguments))


def _find_lost_arguments(own: Pieces, wanted: Pieces) -> Iterator[Placeholder]:
    """Yield what the original chooses by and the translation does not name; English may not need to choose."""
    known = _list_keys(own)
    return (argument for argument in wanted.arguments if argument.key not in known)


def _show(piece: Placeholder) -> str:
    """Return what a message calls a piece: words by themselves, without the element around them."""
    return piece.name if piece.kind == PROTECTED else piece.text


def _is_date_pattern(text: str) -> bool:
    return sum(1 for _ in _OF_DATE.finditer(text)) >= _FEWEST_OF_DATE


def _drop_ends(missing: Sequence[Placeholder]) -> list[Placeholder]:
    """Leave out the end of an element whose beginning is missing, too: a lost pair is one fault."""
    begun = Counter(piece.name for piece in missing if piece.kind == TAG)
    kept = []
    for piece in missing:
        start = piece.name.replace("</", "<", 1)
        if piece.kind == TAG and start != piece.name and begun[start]:
            begun[start] -= 1
        else:
            kept.append(piece)
    return kept


def _weigh(*pieces: Placeholder) -> str | None:
    """Return the severity of what is wrong with pieces; None for that of the rule."""
    are_light = all(piece.kind == TAG and piece.name.strip("</> ").lower() in _FORMATTING for piece in pieces)
    return "minor" if are_light else None


def _find_missing(number: int, target: str, model: str, missing: Iterable[Placeholder]) -> Iterator[Hit]:
    """Mark the word that stands about where the lost piece stood in the original."""
    words = list(_WORD.finditer(target))
    for piece in missing if words else ():
        place = piece.start / max(1, len(model)) * len(target)
        behind = bisect_left(words, place, key=re.Match.start)
        near = min(words[max(0, behind - 1) : behind + 1], key=lambda word: abs(word.start() - place))
        message = f"“{_show(piece)}” of the original is missing, perhaps here."
        yield Hit("markup/missing", number, Span(near.start(), near.end()), message, severity=_weigh(piece))


def _find_unmatched(pieces: Pieces, others: Pieces) -> list[Placeholder]:
    """Return the pieces that the other side does not have, or not as often.

    What has a name or a number may be said again, or once where the original says it twice; so may anything in the
    forms of a message, of which languages have more or fewer.
    """
    stock = Counter(piece.key for piece in others.found)
    known = set(stock)
    left = []
    for piece in pieces.found:
        if stock[piece.key]:
            stock[piece.key] -= 1
        elif piece.key not in known or not (piece.kind in (PLACEHOLDER, ADDRESS) or pieces.forms or others.forms):
            left.append(piece)
    return left


def _read(document: Document, finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the placeholders, tags and addresses that were read on each side."""
    segment = document.segments[finding.segment]
    read = document.placeholders_are_opaque
    texts = (segment.target, segment.reference, segment.source)
    for label, text, objects in zip(("read here", "reference", "read there"), texts, segment.objects, strict=True):
        if text is not None:
            yield label, " ".join(piece.text for piece in find_pieces(Side(text, objects, read)).found) or "none"


_WRITTEN = (
    Rule(
        id="markup/changed",
        category="Design and markup/Markup tag",
        severity="major",
        message="This differs from the original and must not.",
        why="Engines and hands rewrite placeholders, tags, addresses and options; program or reader cannot use them.",
        find=_find,
        bad=(
            Example.of("Hello, <v>{Name}</v>!", "Hello, {name}!", source="Hallo, {name}!"),
            Example.of(
                "Write to <v>sale@lamp.example</v>.",
                "Write to sales@lamp.example.",
                source="Schreiben Sie an sales@lamp.example.",
            ),
            Example.of("100<v>%</v> of %s", "100%% of %s", source="100%% von %s"),
            Example.of(
                "{<v>cnt</v>, plural, one {# lamp} other {# lamps}}",
                "{count, plural, one {# lamp} other {# lamps}}",
                source="{count, plural, one {# Lampe} other {# Lampen}}",
            ),
            Example.of("Use <v>--froce</v> to light it.", "Use --force to light it.", source="--force zündet sie an."),
            Example.of(
                "Light it with <v>py: class: </v>`Lamp`.",
                "Light it with :py:class:`Lamp`.",
                source="使用 :py:class:`Lamp` 点灯。",
            ),
        ),
        good=(
            Example.of("Of %1$d files, %2$s is new.", source="Von %1$d Dateien ist %2$s neu."),
            Example.of("%d per cent of %s", source="%d%% von %s"),
            Example.of("It grew by 5% in May, see https://lamp.example.", source="+5% im Mai: https://lamp.example"),
            Example.of("See https://lamp.example/en/faq.", source="Siehe https://lamp.example/de/faq#wann."),
            Example.of("Try https://my.example.org.", source="Etwa https://mein.example.org."),
            Example.of("Use -p <process ID>.", source="Nutzen Sie -p <Prozess-ID>."),
            Example.of("Use --lamp or --wick.", source="--wick oder --lamp, auch -l, geht."),
            Example.of("Print more with --verbose.", source="Mit --quiet weniger ausgeben."),
            Example.of(
                "Trim it with :class:`Wick` first.", source="先用 :class:`Wick` 修剪，再用 :class:`Lamp` 点灯。"
            ),
            Example.of("See the class: `Lamp`, and :py:class:`Wick`.", source="参见 :py:class:`Wick` 与 `Lamp`。"),
        ),
        confidence=0.9,
    ),
    Rule(
        id="markup/missing",
        category="Design and markup/Markup tag",
        severity="major",
        message="A placeholder, tag or address of the original is missing.",
        why="Engines drop what is no word; the program cannot fill in the value, the reader cannot follow the link.",
        find=_find,
        bad=(
            Example.of("<v>Hello</v> again!", None, source="{{name}}, hallo!"),
            Example.of("It is <v>EUR</v> now", None, source="Es sind {0:0.00} EUR"),
        ),
        good=(
            Example.of("Hello, {{name}}!", source="Hallo, {{name}}!"),
            Example.of("Follow us.", reference="Follow us #lamps"),
            Example.of("See [lamps](/en/docs/lamps).", source="Siehe [Lampen](https://lamp.example/de/docs/lamps)."),
            Example.of(r"Begin with \begin{letter}.", source=r"Beginnen Sie mit \begin{brief}."),
            Example.of("See https://lamp.example/en/lamp", source="https://lamp.example/zh/%E7%81%AF%E5%85%B7"),
            Example.of("%B %d, %Y at %H:%M", source="%d. %B %Y um %I:%M %p"),
        ),
        confidence=0.8,
    ),
    Rule(
        id="markup/added",
        category="Design and markup/Markup tag",
        severity="major",
        message="The original has no such placeholder or tag.",
        why="Engines invent or double tags; the page then shows them or breaks.",
        find=_find,
        bad=(Example.of("Save <v>{file}</v> and close", "Save and close", source="Speichern und schließen"),),
        good=(
            Example.of("Save&nbsp;{file}", source="{file} speichern"),
            Example.of("Save<br>and close", source="Speichern und schließen"),
        ),
        confidence=0.8,
    ),
)

RULES = tuple(replace(rule, evidence=_read, reads_code=True) for rule in _WRITTEN)
