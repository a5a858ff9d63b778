"""Formulas in letters without a value: whether one is the formula of a step.

Students have letters of their own, so a formula is tried with the numbers of the paper in place of
its letters: if it gives the value of the step for some choice of them, it is the step's formula.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from answers.comparison.equality import safe_exact
from answers.syntax.errors import Unreadable
from answers.syntax.nodes import Node, Num, Sym, free_symbols, substitute
from answers.syntax.parser import read
from answers.syntax.vocabulary import Names
from grader.scoring.working.values import is_calculated
from solvers.graph.derivation import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.scoring.working.steps import Leaf, Steps

_LONGEST = 120
_MOST_LETTERS = 5
_MOST_CHOICES = 800
_FEWEST = 2


def is_formula_of(steps: Steps, leaf: Leaf, side: str) -> bool:
    """Return whether a side is the formula of a leaf, in whatever letters."""
    node = _formula(side)
    if node is None or Fraction(steps.expected_value(leaf)).denominator != 1:
        return False
    value = Fraction(steps.expected_value(leaf))
    for choice in _choices(steps, leaf, node):
        steps.formulas -= 1
        if _value(node, choice) == value:
            return True
    return False


@lru_cache(256)
def _formula(side: str) -> Node | None:
    """Return a side as an expression in at least two letters; None where it is none."""
    if len(side) > _LONGEST or not any(map(str.isalpha, side)):
        return None
    try:
        node = read(side, Names())
    except (Unreadable, RecursionError):
        return None
    is_made = _FEWEST <= len(free_symbols(node)) <= _MOST_LETTERS
    return node if is_made and (is_calculated(side) or len(side) > _FEWEST) else None


def _choices(steps: Steps, leaf: Leaf, node: Node) -> Iterator[dict[str, Fraction]]:
    """Yield numbers for the letters: of inputs, and of what the leaf is calculated from."""
    numbers = tuple(dict.fromkeys(_numbers(steps, leaf)))
    letters = sorted(free_symbols(node))
    for place, chosen in enumerate(permutations(numbers, len(letters))):
        if place >= _MOST_CHOICES or steps.formulas <= 0:
            return
        yield dict(zip(letters, chosen, strict=True))


def _numbers(steps: Steps, leaf: Leaf) -> Iterator[Fraction]:
    derivation = steps.right.derivation
    behind = derivation.ancestors(leaf.name)
    direct = set(derivation.needs(leaf.name))
    for name, node in derivation.nodes.items():
        value = steps.carried[name]
        is_used = name in direct or (isinstance(node, Input) and name in behind)
        is_plain = isinstance(value, Fraction) and not getattr(node, "inline", False)
        if is_used and is_plain and isinstance(value, Fraction):
            yield value


def _value(node: Node, choice: dict[str, Fraction]) -> Fraction | None:
    for letter, number in choice.items():
        node = substitute(node, Sym(letter), Num(number))
    try:
        return safe_exact(node)
    except Unreadable:
        return None
