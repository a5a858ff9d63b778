"""Count the cost of evaluating expressions, before it is done."""

from __future__ import annotations

import math
from dataclasses import dataclass

from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Call, Node, Num, Pow, children

# A step takes about a microsecond with 64 bits. The limit is a count and no time, since a verdict
# must not depend on how fast the machine is.
MAX_COST = 60_000
_LARGEST = 10**6
_CALL = 2
_WORD = 64


@dataclass
class Cost:
    """The cost of evaluating some expressions at one point.

    Attributes:
        steps: how many sums, products and the like there are.
        calls: how many functions, slow ones counting for more.
        largest: the largest number: around it lies where |x - 100| bends.
    """

    steps: int = 0
    calls: int = 0
    largest: int = 1

    @classmethod
    def of(cls, *nodes: Node) -> Cost:
        """Return the cost of some expressions together."""
        found, parts = cls(), list(nodes)
        for part in parts:  # which grows on the way
            if isinstance(part, Num):
                if abs(part.value.numerator) > found.largest:
                    found.largest = max(found.largest, min(math.ceil(abs(part.value)), _LARGEST))
                continue
            if isinstance(part, Call):
                found.calls += function_of(part.name).cost
            elif isinstance(part, Pow):
                found.calls += 1
            parts += children(part)
        found.steps = len(parts)
        return found

    def affordable(self, bits: int) -> int:
        """Return at how many points the expressions can be evaluated with so many bits."""
        words = bits // _WORD
        each = self.steps * (8 + words) // 8 + self.calls * _CALL * words * (1 + words // 8)
        return MAX_COST // max(each, 1)
