"""Statements of several numbers: lists, sizes, and results that are put together."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.expected import value_expected
from grader.scoring.working.found import Found, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.scoring.working.lines import Statement
    from grader.scoring.working.steps import Leaf
    from grader.scoring.working.walk import Walk
    from solvers.graph.solution import Solution

_FULL, _NONE = Fraction(1), Fraction(0)


def look_at_list(walk: Walk, statement: Statement, numbers: Sequence[Fraction]) -> Found | None:
    """Return what a statement of several numbers is; None where there is no place for them."""
    text = statement.last
    if len(walk.steps.answer.reads) > 1 and len(numbers) == len(walk.steps.answer.reads):
        return _together(walk, statement, numbers)
    rows = [row for row in _rows(walk) if len(row) == len(numbers)]
    if not rows:
        return None
    pairs = [(row, _agreeing(walk, row, numbers, text)) for row in rows]
    row, agreeing = max(
        pairs, key=lambda pair: (sum(pair[1]), not walk.credits.is_full(pair[0][0]))
    )
    is_right = [walk.steps.expected(x) == walk.steps.expected(x, walk.steps.right) for x in row]
    for leaf, number, agrees in zip(row, numbers, agreeing, strict=True):
        if agrees:
            walk.credits.give(leaf)
        elif walk.credits.wrong.get(leaf, (None,))[0] != number:
            walk.credits.miss(leaf, number, _NONE)
    if all(agreeing):
        return Found(statement.line, Line.RIGHT if all(is_right) else Line.FOLLOWS, row[-1])
    places = ", ".join(str(n) for n, agrees in enumerate(agreeing, 1) if not agrees)
    return Found(statement.line, Line.WRONG, row[-1], f"not right: number {places} of the list")


def _agreeing(
    walk: Walk, row: Sequence[Leaf], numbers: Sequence[Fraction], text: str
) -> list[bool]:
    return [
        any(walk.steps.agrees(leaf, number, text, one) for one in _without(walk, leaf))
        for leaf, number in zip(row, numbers, strict=True)
    ]


def _without(walk: Walk, leaf: Leaf) -> tuple[Solution, Solution]:
    """Return the values by which a leaf is judged: what follows, without its own one, and right."""
    return walk.steps.without(leaf), walk.steps.right


def _rows(walk: Walk) -> list[list[Leaf]]:
    """The leaves of each quantity that is a list."""
    counts = Counter(leaf.name for leaf in walk.steps.leaves)
    names = [name for name, count in counts.items() if count > 1]
    return [[leaf for leaf in walk.steps.leaves if leaf.name == name] for name in names]


def _together(walk: Walk, statement: Statement, numbers: Sequence[Fraction]) -> Found:
    """Return what a result is that is put together of several quantities."""
    leaves = [walk.steps.leaf_of(name) for name in walk.steps.answer.reads]
    if walk.steps.answer.kind == "interval":  # its ends are written in their order
        leaves = sorted(leaves, key=lambda leaf: Fraction(walk.steps.expected(leaf)))
    agreeing = _agreeing(walk, leaves, numbers, statement.last)
    follows = [
        walk.steps.agrees(x, n, statement.last) for x, n in zip(leaves, numbers, strict=True)
    ]
    for leaf, agrees in zip(leaves, agreeing, strict=True):
        if agrees:
            walk.credits.stated.setdefault(leaf, _FULL)
            walk.credits.shown.setdefault(leaf, _FULL)
    walk.credits.joined = _FULL if all(follows) or all(agreeing) else _NONE
    if not walk.credits.joined:
        return Found(statement.line, Line.WRONG, leaves[0])
    is_right = all(
        walk.steps.agrees(x, n, statement.last, walk.steps.right)
        for x, n in zip(leaves, numbers, strict=True)
    )
    return Found(statement.line, Line.RIGHT if is_right else Line.FOLLOWS, leaves[0])


def composed(walk: Walk) -> str:
    """Return a result of which each number was stated by itself; empty where one is missing."""
    if len(walk.steps.answer.reads) > 1:
        return _put_together(walk)
    rows = [row for row in _rows(walk) if row[0].name in walk.steps.answer.reads]
    texts = [walk.texts.get(leaf) for row in rows for leaf in row]
    is_plain = len(walk.steps.answer.reads) == 1 and all(len(x.index) == 1 for r in rows for x in r)
    if not texts or not is_plain or any(text is None for text in texts):
        return ""
    return ", ".join(text for text in texts if text)


def _put_together(walk: Walk) -> str:
    """Return a result of several quantities, each of which was stated by itself."""
    answer = walk.steps.answer
    leaves = [walk.steps.leaf_of(name) for name in answer.reads]
    if walk.credits.joined is not None or not all(leaf in walk.texts for leaf in leaves):
        return ""
    walk.credits.joined = _FULL
    return value_expected(answer.kind, tuple(walk.steps.carried[n] for n in answer.reads), None)
