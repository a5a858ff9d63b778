"""What decides where expressions are compared, and how often that can be afforded."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from answers.algebra.identity_test import whole
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Call, Node, Num, Pow, Sym, children, symbols

FLOATS = 15
DIGITS = 50
MAX_DIGITS = 4_000
# What a step and a function cost by the number of digits: about a microsecond is 1. The limit is a
# count and no time, since a verdict must not depend on how fast the machine is.
COSTS = {FLOATS: (1, 2), DIGITS: (4, 15), 100: (4, 25), 200: (5, 60), 400: (8, 300),
         1_000: (30, 1_000), MAX_DIGITS: (300, 10_000)}  # fmt: skip
MAX_COST = 100_000
_SLOW_DIGITS = 400  # with more, a factorial takes seconds


@dataclass
class Traits:
    """What decides where expressions are compared.

    Attributes:
        names: letters and constants.
        bends: something jumps or bends, so that more points are looked at.
        is_cut: something jumps where numbers are complex.
        largest: the largest number: around it lies where |x - 100| bends.
        steps: how many sums, products and the like there are.
        calls: how many functions, slow ones counting for more.
        is_slow: whether there are slow ones.
    """

    names: set[str] = field(default_factory=set)
    bends: bool = False
    is_cut: bool = False
    largest: int = 1
    steps: int = 0
    calls: int = 0
    is_slow: bool = False

    @classmethod
    def of(cls, *nodes: Node) -> Traits:
        """The traits of some expressions together."""
        found, parts = cls(), list(nodes)
        for part in parts:  # which grows on the way
            if isinstance(part, Sym):
                found.names.add(part.name)
            elif isinstance(part, Num):
                if abs(part.value.numerator) > found.largest:
                    found.largest = max(found.largest, min(math.ceil(abs(part.value)), 10**6))
            else:
                if isinstance(part, Call):
                    function = function_of(part.name)
                    found.calls += function.cost
                    found.bends |= function.is_bent
                    found.is_cut |= function.branch_cut
                    found.is_slow |= function.cost > 1
                elif isinstance(part, Pow):
                    found.calls += 1
                    found.bends |= whole(part.exponent) is None and bool(symbols(part.base))
                parts += children(part)
        found.steps = len(parts)
        return found

    def affordable(self, digits: int) -> int:
        """At how many points the expressions can be evaluated with so many digits."""
        if self.is_slow and digits > _SLOW_DIGITS:
            return 0
        step, call = COSTS[digits]
        return MAX_COST // (self.steps * step + self.calls * call)
