"""Identities applied to random terms, some with a fault: pairs whose truth is known.

Nothing of the exact arithmetic is used here: that a fault makes a difference is seen by balls of
4,096 bits of the readings themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from answers.evaluation.evaluate import both_at
from answers.evaluation.precision import Undefined
from answers.evaluation.sample_points import Domain, points
from answers.judge import Judgement, Verdict, judge
from answers.syntax.nodes import free_symbols
from answers.syntax.parser import read
from tests.answers.comparison.identities import FAULTS, IDENTITIES, WRAPPED

BITS = 4_096
NUMBERS = ("1", "2", "3", "5", "(-2)", "1/3")
LETTERS = ("x", "y", "a")


@dataclass(frozen=True)
class Pair:
    """Two expressions.

    Attributes:
        is_equal: one is the other by an identity; else there is a fault in the answer.
    """

    expected: str
    answer: str
    is_equal: bool

    def is_false(self, found: Judgement) -> bool:
        """Return whether a verdict is surely not the right one."""
        if self.is_equal:
            return found.verdict is Verdict.WRONG
        return found.verdict is Verdict.CORRECT and apart(self.expected, self.answer)

    def judged(self) -> Judgement:
        """Return what the judge says."""
        return judge("expression", self.expected, self.answer)


def random_pair(draw: Random) -> Pair:
    """Two sides of an identity in the same surroundings; four of ten with a fault."""
    u, v, beside, around = _term(draw), _term(draw), _more(draw), draw.choice(WRAPPED)
    sides = [_put(side, u, v) for side in draw.choice(IDENTITIES)]
    expected, answer = (around.format(side, more=beside) for side in sides)
    if draw.random() < 0.5:
        expected, answer = answer, expected
    if draw.random() < 0.6:
        return Pair(expected, answer, is_equal=True)
    return Pair(expected, _with_fault(draw, answer), is_equal=False)


def _put(side: str, u: str, v: str) -> str:
    """Return a formula with terms for u and v, which are no letters of functions."""
    return re.sub(
        r"(?<![a-z])[uv](?![a-z])", lambda found: f"({u if found[0] == 'u' else v})", side
    )


def _term(draw: Random) -> str:
    match draw.randrange(3):
        case 0:
            return _line(draw)
        case 1:
            n, m, x, y = *draw.choices(NUMBERS, k=2), *draw.choices(LETTERS, k=2)
            return f"({n}*{x}^2+{m}*{y})"
        case _:
            return draw.choice(LETTERS)


def _line(draw: Random) -> str:
    return f"({draw.choice(NUMBERS)}*{draw.choice(LETTERS)}+{draw.choice(NUMBERS)})"


def _more(draw: Random) -> str:
    return f"{draw.choice(('sin', 'tanh', 'sqrt', 'abs', ''))}({_line(draw)})"


def _with_fault(draw: Random, right: str) -> str:
    """Return an expression with one place changed; it may be equal nevertheless."""
    faults = [fault for fault in FAULTS if fault[0] in right]
    if not faults or draw.random() < 0.1:
        return f"{right}+x/10^9"
    old, new = draw.choice(faults)
    parts = right.split(old)
    place = draw.randrange(1, len(parts))
    return old.join(parts[:place]) + new + old.join(parts[place:])


def apart(expected: str, answer: str) -> bool:
    """Return whether two expressions surely have different real values at one of many points."""
    one, other = read(expected), read(answer)
    names = sorted(free_symbols(one) | free_symbols(other))
    for point in points(names, Domain.REAL, b"an independent check", 14):
        try:
            left, right = both_at(one, other, point, BITS)
        except Undefined:
            continue
        if left.imag.is_zero() and right.imag.is_zero() and not left.overlaps(right):
            return True
    return False
