"""An equation that the right value solves, in place of the value: `3n = 6` for 2, `x^2 = 4`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.comparison.equality import equal
from answers.comparison.outcome import Found
from answers.comparison.reading import read_expected
from answers.syntax.errors import TooLarge, Unreadable
from answers.syntax.nodes import Sym, free_symbols, substitute
from answers.syntax.parser import read
from answers.verdict import Ground, Judgement, Verdict, undecided

if TYPE_CHECKING:
    from answers.kinds.rule import Rule

_SIDES = 2
_NUMBERS = frozenset({"number", "integer"})


def left_unsolved(rule: Rule, sides: list[str], found: Judgement) -> Judgement:
    """Let an equation wait that is wrong as a value, but that only the right values solve."""
    if found.verdict is not Verdict.WRONG or len(sides) != _SIDES:
        return found
    try:
        is_solved = _is_solved(rule, sides)
    except (Unreadable, TooLarge, ZeroDivisionError):
        return found
    why = "the right answer solves this equation, which is not solved here"
    return undecided(found.read_as, why, Ground.AMBIGUOUS) if is_solved else found


def _is_solved(rule: Rule, sides: list[str]) -> bool:
    left, right = map(read, sides)
    letters = free_symbols(left) | free_symbols(right)
    if len(letters) != 1 or isinstance(left, Sym) or isinstance(right, Sym):
        return False
    (letter,) = letters
    if rule.kind.name == "set":
        judged = rule.plainly(f"{{{letter} | {' = '.join(sides)}}}")
        return judged.verdict is not Verdict.WRONG and judged.verdict is not Verdict.UNREADABLE
    if rule.kind.name not in _NUMBERS:
        return False
    value = read_expected(rule.expected, rule.options)
    mine, theirs = (substitute(side, Sym(letter), value) for side in (left, right))
    return equal(mine, theirs, rule.options).found is Found.SAME
