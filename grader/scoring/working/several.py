"""Statements of several numbers: lists, sizes, and results that are put together."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.expected import value_expected
from grader.scoring.working.found import Found, Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.scoring.working.credits import Credits
    from grader.scoring.working.lines import Statement
    from grader.scoring.working.steps import Leaf
    from solvers.graph.solution import Solution

_FULL, _NONE = Fraction(1), Fraction(0)


def look_at_list(
    earned: Credits, statement: Statement, numbers: Sequence[Fraction]
) -> Found | None:
    """Return what a statement of several numbers is; None where there is no place for them."""
    text = statement.last
    if len(earned.steps.answer.reads) > 1 and len(numbers) == len(earned.steps.answer.reads):
        return _together(earned, statement, numbers)
    rows = [row for row in _rows(earned) if len(row) == len(numbers)]
    if not rows:
        return None
    pairs = [(row, _agreeing(earned, row, numbers, text)) for row in rows]
    row, agreeing = max(pairs, key=lambda pair: (sum(pair[1]), not earned.is_full(pair[0][0])))
    is_right = [
        earned.steps.expected_value(x) == earned.steps.expected_value(x, earned.steps.right)
        for x in row
    ]
    for leaf, number, agrees in zip(row, numbers, agreeing, strict=True):
        if agrees:
            earned.give(leaf)
        elif earned.wrong.get(leaf, (None,))[0] != number:
            earned.miss(leaf, number, _NONE)
    if all(agreeing):
        return Found(statement.line, Line.RIGHT if all(is_right) else Line.FOLLOWS, row[-1])
    places = ", ".join(str(n) for n, agrees in enumerate(agreeing, 1) if not agrees)
    return Found(statement.line, Line.WRONG, row[-1], f"not right: number {places} of the list")


def _agreeing(
    earned: Credits, row: Sequence[Leaf], numbers: Sequence[Fraction], text: str
) -> list[bool]:
    return [
        any(earned.steps.agrees(leaf, number, text, one) for one in _without(earned, leaf))
        for leaf, number in zip(row, numbers, strict=True)
    ]


def _without(earned: Credits, leaf: Leaf) -> tuple[Solution, Solution]:
    """Return the values by which a leaf is judged: what follows, without its own one, and right."""
    return earned.steps.without(leaf), earned.steps.right


def _rows(earned: Credits) -> list[list[Leaf]]:
    """Return the leaves of each quantity that is a list."""
    counts = Counter(leaf.name for leaf in earned.steps.leaves)
    names = [name for name, count in counts.items() if count > 1]
    return [[leaf for leaf in earned.steps.leaves if leaf.name == name] for name in names]


def _together(earned: Credits, statement: Statement, numbers: Sequence[Fraction]) -> Found:
    """Return what a result is that is put together of several quantities."""
    leaves = [earned.steps.leaf_of(name) for name in earned.steps.answer.reads]
    if earned.steps.answer.kind == "interval":  # its ends are written in their order
        leaves = sorted(leaves, key=lambda leaf: Fraction(earned.steps.expected_value(leaf)))
    agreeing = _agreeing(earned, leaves, numbers, statement.last)
    follows = [
        earned.steps.agrees(x, n, statement.last) for x, n in zip(leaves, numbers, strict=True)
    ]
    for leaf, agrees in zip(leaves, agreeing, strict=True):
        if agrees:
            earned.stated.setdefault(leaf, _FULL)
            earned.shown.setdefault(leaf, _FULL)
    earned.joined = _FULL if all(follows) or all(agreeing) else _NONE
    if not earned.joined:
        return Found(statement.line, Line.WRONG, leaves[0])
    is_right = all(
        earned.steps.agrees(x, n, statement.last, earned.steps.right)
        for x, n in zip(leaves, numbers, strict=True)
    )
    return Found(statement.line, Line.RIGHT if is_right else Line.FOLLOWS, leaves[0])


def compose_result(earned: Credits, texts: Mapping[Leaf, str]) -> str:
    """Return a result of which each number was stated by itself; empty where one is missing."""
    if len(earned.steps.answer.reads) > 1:
        return _put_together(earned, texts)
    rows = [row for row in _rows(earned) if row[0].name in earned.steps.answer.reads]
    stated = [texts.get(leaf) for row in rows for leaf in row]
    is_plain = len(earned.steps.answer.reads) == 1 and all(
        len(x.index) == 1 for r in rows for x in r
    )
    if not stated or not is_plain or any(text is None for text in stated):
        return ""
    return ", ".join(text for text in stated if text)


def _put_together(earned: Credits, texts: Mapping[Leaf, str]) -> str:
    """Return a result of several quantities, each of which was stated by itself."""
    answer = earned.steps.answer
    leaves = [earned.steps.leaf_of(name) for name in answer.reads]
    if earned.joined is not None or not all(leaf in texts for leaf in leaves):
        return ""
    earned.joined = _FULL
    return value_expected(answer.kind, tuple(earned.steps.carried[n] for n in answer.reads), None)
