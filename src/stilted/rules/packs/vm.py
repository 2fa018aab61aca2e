"""Run pattern programs over tokens: a Pike virtual machine, linear in tokens times steps.

Thompson's simulation with captures (R. Cox, "Regular Expression Matching: the Virtual Machine
Approach", 2009): all alternatives advance together over the tokens, so no pattern can hang.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stilted.core.model import Span
from stilted.core.tokens import Token, TokenKind
from stilted.rules.packs.compiler import Op, Program, Step
from stilted.text import parts_of_speech

SENTENCE_END = frozenset(".!?:;…。！？")


@dataclass(frozen=True, slots=True)
class Match:
    """A match of a program: *first* and *last* token (half open) and the token positions of its slots."""

    first: int
    last: int
    slots: tuple[int, ...]

    def span(self, tokens: Sequence[Token]) -> Span:
        """Return the code points of the marked stretch."""
        return Span(tokens[self.slots[0]].start, tokens[self.slots[1] - 1].end)

    def text(self, slot: int, tokens: Sequence[Token], text: str) -> str:
        """Return what a group or lemma matched; empty when its branch was not taken."""
        start, end = self.slots[slot], self.slots[slot + 1]
        return text[tokens[start].start : tokens[end - 1].end] if 0 <= start < end else ""


class Kinds:
    """What kinds of word the tokens of one text are; tagged only as far as a pattern asks."""

    __slots__ = ("_tagging",)

    def __init__(self, text: str) -> None:
        self._tagging = parts_of_speech.Tagging(text)

    def holds(self, step: Step, token: Token, at: int, *, tagged: bool) -> bool:
        """Tell whether the token can be what *step* wants and, if it says so, is: this is left open unless *tagged*."""
        if not parts_of_speech.get_all_forms().get(token.norm, 0) & step.bits:
            return False
        return not (tagged and step.words) or self._tagging.until(at)[at] in step.words


_Thread = tuple[int, tuple[int, ...]]


def _follow(steps: Sequence[Step], thread: _Thread, at: int, tokens: Sequence[Token], seen: set[int]) -> list[_Thread]:
    """Advance over steps that take no token, in order of preference, each step once per position."""
    out: list[_Thread] = []
    stack = [thread]
    while stack:
        index, slots = stack.pop()
        if index in seen:
            continue
        seen.add(index)
        step = steps[index]
        if step.op is Op.SPLIT:
            stack += [(step.second, slots), (step.first, slots)]
        elif step.op is Op.SAVE:
            stack.append((index + 1, (*slots[: step.slot], at, *slots[step.slot + 1 :])))
        elif step.op is Op.START:
            if at == 0 or tokens[at - 1].norm in SENTENCE_END:
                stack.append((index + 1, slots))
        else:
            out.append((index, slots))
    return out


def match_at(
    program: Program,
    tokens: Sequence[Token],
    start: int,
    texts: Sequence[str] | None = None,
    kinds: Kinds | None = None,
    *,
    tagged: bool = True,
) -> Match | None:
    """Match *program* at token *start*, preferring earlier branches and longer gaps last.

    Args:
        tokens: the tokens of one segment.
        texts: what to compare with instead of the normalised words (patterns that mind case).
        kinds: what kinds of word the tokens are; without it, no kind matches.
        tagged: words are what the pattern says in their sentence, and not only elsewhere.
    """
    steps = program.steps
    match: Match | None = None
    threads = _follow(steps, (0, (-1,) * program.slots), start, tokens, set())
    for at in range(start, len(tokens) + 1):
        if not threads:
            break
        token = tokens[at] if at < len(tokens) else None
        following: list[_Thread] = []
        seen: set[int] = set()
        for index, slots in threads:
            step = steps[index]
            if step.op is Op.MATCH:
                if slots[1] > slots[0]:
                    match = Match(start, at, slots)
                break
            if token is None:
                continue
            if step.op is Op.KIND:
                is_taken = kinds is not None and kinds.holds(step, token, at, tagged=tagged)
            else:
                is_taken = _takes(step, token, texts[at] if texts else token.norm)
            if is_taken:
                following += _follow(steps, (index + 1, slots), at + 1, tokens, seen)
        threads = following
    return match


def _takes(step: Step, token: Token, word: str) -> bool:
    if step.op is Op.WORD:
        return word in step.words
    return token.kind is TokenKind.NUMBER if step.op is Op.NUMBER else token.is_word


def find_matches_near(
    program: Program,
    tokens: Sequence[Token],
    anchors: Sequence[int],
    texts: Sequence[str] | None = None,
    kinds: Kinds | None = None,
) -> list[Match]:
    """Return the matches of *program* that hold one of *anchors* (positions of anchor words), left to right.

    Matches do not overlap; at each position the leftmost wins.
    """
    low, high = program.anchor.low, program.anchor.high
    starts = sorted({s for a in anchors for s in range(max(0, a - high), a - low + 1)})
    if program.first is not None:
        starts = [s for s in starts if (texts[s] if texts else tokens[s].norm) in program.first]
    matches: list[Match] = []
    end = 0
    for start in starts:
        if start < end:
            continue
        # Tags cost more than all else: a sentence is tagged only where everything but them agrees.
        if program.reads_tags and not match_at(program, tokens, start, texts, kinds, tagged=False):
            continue
        if match := match_at(program, tokens, start, texts, kinds):
            matches.append(match)
            end = match.last
    return matches
